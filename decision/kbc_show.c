/* SPDX-License-Identifier: ISC */
/* kbc show and tree: one article, and the tree, as text or JSON. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "kbc.h"

struct knowledge *kbc_open(const char *path, int *status)
{
	struct err err = {0};
	struct knowledge *k = knowledge_open(path, &err);

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
	struct knowledge *k = kbc_open(o->args[0], &status);

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

struct tree_names kbc_tree_names(struct knowledge *k)
{
	struct names *n = xcalloc(1, sizeof *n);

	n->k = k;
	return (struct tree_names){
	    .article = names_article, .value = names_value, .arg = n};
}

void kbc_tree_names_fini(struct tree_names *names)
{
	struct names *n = names->arg;

	free(n->last);
	free(n);
}

static int tree_show(struct knowledge *k, const char *format, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	const struct tree *tree = questions != NULL ? knowledge_tree(k, err) : NULL;
	struct tree_names names;

	if (tree == NULL)
		return -1;
	if (strcmp(format, "json") == 0)
		return kbc_json_tree(stdout, k, err);
	names = kbc_tree_names(k);
	if (strcmp(format, "dot") == 0)
		tree_print_dot(stdout, tree, questions, &names);
	else
		tree_print(stdout, tree, questions, &names);
	kbc_tree_names_fini(&names);
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
	k = kbc_open(o->args[0], &status);
	if (k == NULL)
		return status;
	if (tree_show(k, format, &err) == -1)
		status = kbc_fail(&err);
	knowledge_close(k);
	return status;
}
