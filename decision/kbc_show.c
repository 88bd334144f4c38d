/* SPDX-License-Identifier: ISC */
/* kbc show, tree and stats: what is in a knowledge file, as text or JSON. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "kbc.h"

/* Opens the file named first, or prints why not; *status is the exit status then. */
static struct knowledge *kbc_open(const struct options *o, int *status)
{
	struct err err = {0};
	struct knowledge *k = knowledge_open(o->args[0], &err);

	if (k == NULL)
		*status = kbc_fail(&err);
	return k;
}

/* show */

static int show_read(
    struct understanding *u, struct knowledge *k, const char *id, struct err *err)
{
	uint32_t article;
	int found = knowledge_find(k, id, &article, err);

	if (found == 0)
		err_set(err, ERR_USAGE, "there is no article '%s' in %s", id,
		    knowledge_name(k));
	if (found != 1)
		return -1;
	u->article = knowledge_article(k, article, err);
	if (u->article == NULL || knowledge_facts(k, article, &u->facts, err) == -1)
		return -1;
	return knowledge_advice(k, article, &u->advice, err);
}

static int show_print(
    struct knowledge *k, const struct understanding *u, bool as_json, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);

	if (questions == NULL)
		return -1;
	if (as_json)
		return kbc_json_article(stdout, k, u, err);
	article_print(stdout, u->article);
	puts("\nFACTS");
	facts_print(stdout, &u->facts, questions);
	puts("\nADVICE");
	advices_print(stdout, &u->advice, questions);
	return 0;
}

int kbc_show(const struct options *o)
{
	struct understanding u = {0};
	struct err err = {0};
	int status = 0;
	struct knowledge *k = kbc_open(o, &status);

	if (k == NULL)
		return status;
	if (show_read(&u, k, o->args[1], &err) == -1 ||
	    show_print(k, &u, o->json, &err) == -1)
		status = kbc_fail(&err);
	understanding_fini(&u);
	knowledge_close(k);
	return status;
}

/* tree */

/* Names for the tree, looked up as they are printed; what cannot be read is printed as '?'. */
struct names {
	struct knowledge *k;
	char *last; /* the name given out last */
};

static const char *names_article(void *arg, uint32_t article)
{
	struct names *n = arg;
	struct head head = {0};
	struct err err = {0};

	free(n->last);
	n->last = NULL;
	if (knowledge_head(n->k, article, &head, &err) == 0)
		n->last = xstrdup(head.id);
	head_fini(&head);
	err_fini(&err);
	return n->last != NULL ? n->last : "?";
}

static const char *names_value(void *arg, size_t question, uint32_t value)
{
	struct names *n = arg;
	struct err err = {0};

	free(n->last);
	n->last = knowledge_value_text(n->k, question, value, &err);
	err_fini(&err);
	return n->last != NULL ? n->last : "?";
}

static int tree_show(struct knowledge *k, const char *format, struct err *err)
{
	struct names names = {.k = k};
	const struct tree_names lookup = {
	    .article = names_article, .value = names_value, .arg = &names};
	const struct questions *questions = knowledge_questions(k, err);
	const struct tree *tree = questions != NULL ? knowledge_tree(k, err) : NULL;

	if (tree == NULL)
		return -1;
	if (strcmp(format, "json") == 0)
		return kbc_json_tree(stdout, k, err);
	if (strcmp(format, "dot") == 0)
		tree_print_dot(stdout, tree, questions, &lookup);
	else
		tree_print(stdout, tree, questions, &lookup);
	free(names.last);
	return 0;
}

int kbc_tree(const struct options *o)
{
	static const char *const formats[] = {"text", "dot", "json"};
	const char *format = o->format != NULL ? o->format : formats[0];
	struct err err = {0};
	struct knowledge *k;
	int status = 0;

	if (strcmp(format, formats[0]) && strcmp(format, formats[1]) &&
	    strcmp(format, formats[2])) {
		fprintf(
		    stderr, "kbc: --format takes text, dot or json, not '%s'\n", format);
		return ERR_USAGE;
	}
	k = kbc_open(o, &status);
	if (k == NULL)
		return status;
	if (tree_show(k, format, &err) == -1)
		status = kbc_fail(&err);
	knowledge_close(k);
	return status;
}

/* stats */

uint32_t statistics_named(const struct statistics *st, size_t question)
{
	const struct column *c = &st->table->columns[question];
	uint32_t n = 0;

	for (uint32_t a = 0; a < st->table->narticles; a++)
		n += column_says(c, a);
	return n;
}

uint32_t statistics_values(const struct statistics *st, size_t question)
{
	const struct question *q = &st->questions->list[question];

	return question_is_open(q) ? st->table->columns[question].nvalues
				   : (uint32_t)q->nanswers;
}

static int statistics_advice(struct statistics *st, struct knowledge *k, struct err *err)
{
	for (uint32_t a = 0; a < st->table->narticles; a++) {
		struct advices list = {0};
		unsigned kinds = 0;

		if (knowledge_advice(k, a, &list, err) == -1)
			return -1;
		for (size_t i = 0; i < list.n; i++)
			kinds |= 1u << list.list[i].kind;
		for (int kind = 0; kind < ADVICE_NKINDS; kind++)
			st->advice[kind] += kinds >> kind & 1;
		st->without += list.n == 0;
		advices_fini(&list);
	}
	return 0;
}

static int statistics_gather(struct statistics *st, struct knowledge *k, struct err *err)
{
	struct belief *prior;

	st->name = knowledge_name(k);
	st->fingerprint = knowledge_fingerprint(k);
	st->questions = knowledge_questions(k, err);
	st->table = st->questions != NULL ? knowledge_casetable(k, err) : NULL;
	st->tree = st->table != NULL ? knowledge_tree(k, err) : NULL;
	if (st->tree == NULL || statistics_advice(st, k, err) == -1)
		return -1;
	prior = belief_new(st->table);
	st->entropy = belief_entropy(prior);
	belief_free(prior);
	return 0;
}

static void stats_print(const struct statistics *st)
{
	printf("%s\n%" PRIu32 " articles, %zu questions, fingerprint %s\n\n", st->name,
	    st->table->narticles, st->questions->n, st->fingerprint);
	printf("%-20s %8s %8s\n", "question", "articles", "values");
	for (size_t q = 0; q < st->questions->n; q++)
		printf("%-20s %8" PRIu32 " %8" PRIu32 "\n", st->questions->list[q].key,
		    statistics_named(st, q), statistics_values(st, q));
	printf("\n%-20s %8s\n", "advice", "articles");
	for (int kind = 0; kind < ADVICE_NKINDS; kind++)
		printf("%-20s %8" PRIu32 "\n", advice_kind_name((enum advice_kind)kind),
		    st->advice[kind]);
	printf("%-20s %8" PRIu32 "\n", "none", st->without);
	printf("\ntree: %zu nodes, depth %u, %.2f questions and %.2f minutes expected; "
	       "%.2f bits to tell\n",
	    st->tree->n, st->tree->depth, st->tree->expected_questions,
	    st->tree->expected_cost, st->entropy);
}

int kbc_stats(const struct options *o)
{
	struct statistics st = {0};
	struct err err = {0};
	int status = 0;
	struct knowledge *k = kbc_open(o, &status);

	if (k == NULL)
		return status;
	if ((o->verify && knowledge_verify(k, &err) == -1) ||
	    statistics_gather(&st, k, &err) == -1)
		status = kbc_fail(&err);
	else if (o->json)
		kbc_json_stats(stdout, &st);
	else
		stats_print(&st);
	if (status == 0 && o->verify && !o->json)
		puts("verified: every page, row and checksum");
	knowledge_close(k);
	return status;
}
