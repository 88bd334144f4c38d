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

static void print_json(json_t *j)
{
	json_dumpf(j, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(j);
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
	json_t *j;

	if (questions == NULL)
		return -1;
	if (!as_json) {
		article_print(stdout, u->article);
		puts("\nFACTS");
		facts_print(stdout, &u->facts, questions);
		puts("\nADVICE");
		advices_print(stdout, &u->advice, questions);
		return 0;
	}
	j = kbc_json_article(k, u, err);
	if (j == NULL)
		return -1;
	print_json(j);
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

/* Names for the tree, looked up once each; what cannot be read is printed as '?'. */
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
	json_t *j;

	if (tree == NULL)
		return -1;
	if (strcmp(format, "json") == 0) {
		j = kbc_json_tree(k, err);
		if (j == NULL)
			return -1;
		print_json(j);
	} else if (strcmp(format, "dot") == 0) {
		tree_print_dot(stdout, tree, questions, &lookup);
	} else {
		tree_print(stdout, tree, questions, &lookup);
	}
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

/* How many articles say something of a question. */
static uint32_t column_named(const struct casetable *t, size_t question, bool open)
{
	const struct column *c = &t->columns[question];
	uint32_t n = 0;

	for (uint32_t a = 0; a < t->narticles; a++)
		n += open ? c->count[a] > 0 : c->named[a] != 0;
	return n;
}

/* What stats prints, gathered once for both forms. */
struct statistics {
	const struct questions *questions;
	const struct casetable *table;
	const struct tree *tree;
	uint32_t advice[ADVICE_NKINDS]; /* articles with advice of the kind */
	uint32_t without; /* articles without any */
	double entropy; /* of the prior, bits */
};

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

static void stats_print(const struct statistics *st, const struct knowledge *k)
{
	printf("%s\n%" PRIu32 " articles, %zu questions, fingerprint %s\n\n",
	    knowledge_name(k), st->table->narticles, st->questions->n,
	    knowledge_fingerprint(k));
	printf("%-20s %8s %8s\n", "question", "articles", "values");
	for (size_t q = 0; q < st->questions->n; q++) {
		const struct question *question = &st->questions->list[q];
		bool open = question_is_open(question);

		printf("%-20s %8" PRIu32 " %8zu\n", question->key,
		    column_named(st->table, q, open),
		    open ? st->table->columns[q].nvalues : question->nanswers);
	}
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

static json_t *stats_json(const struct statistics *st, const struct knowledge *k)
{
	json_t *questions = json_object(), *advice = json_object();

	for (size_t q = 0; q < st->questions->n; q++) {
		const struct question *question = &st->questions->list[q];
		bool open = question_is_open(question);

		json_object_set_new(questions, question->key,
		    json_pack("{s:I, s:I}", "articles",
			(json_int_t)column_named(st->table, q, open), "values",
			(json_int_t)(open ? st->table->columns[q].nvalues
					  : question->nanswers)));
	}
	for (int kind = 0; kind < ADVICE_NKINDS; kind++)
		json_object_set_new(advice, advice_kind_name((enum advice_kind)kind),
		    json_integer(st->advice[kind]));
	json_object_set_new(advice, "none", json_integer(st->without));
	return json_pack("{s:s, s:I, s:s, s:o, s:o, s:f, s:{s:I, s:i, s:f, s:f}}", "name",
	    knowledge_name(k), "articles", (json_int_t)st->table->narticles, "fingerprint",
	    knowledge_fingerprint(k), "questions", questions, "advice", advice,
	    "entropy_bits", st->entropy, "tree", "nodes", (json_int_t)st->tree->n, "depth",
	    (int)st->tree->depth, "expected_questions", st->tree->expected_questions,
	    "expected_minutes", st->tree->expected_cost);
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
		print_json(stats_json(&st, k));
	else
		stats_print(&st, k);
	if (status == 0 && o->verify && !o->json)
		puts("verified: every page, row and checksum");
	knowledge_close(k);
	return status;
}
