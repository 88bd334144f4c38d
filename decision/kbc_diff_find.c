/* SPDX-License-Identifier: ISC */
/*
 * The differences that need no path: articles by identifier, questions and answers by key, and
 * the articles that the tree does not advise any more or that are told apart no longer.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "kbc_diff.h"

static const char *const change_names[] = {
#define X(kind, name) name,
    CHANGE_KIND_LIST(X)
#undef X
};

const char *change_kind_name(enum change_kind kind)
{
	return change_names[kind];
}

int side_read(struct side *side, struct err *err)
{
	side->questions = knowledge_questions(side->k, err);
	side->table = side->questions != NULL ? knowledge_casetable(side->k, err) : NULL;
	side->tree = side->table != NULL ? knowledge_tree(side->k, err) : NULL;
	if (side->tree == NULL)
		return -1;
	classes_find(&side->classes, side->table, side->questions);
	side->ids = xcalloc(side->table->narticles, sizeof *side->ids);
	for (uint32_t a = 0; a < side->table->narticles; a++) {
		struct head head = {0};

		if (knowledge_head(side->k, a, &head, err) == -1)
			return -1;
		side->ids[a] = xstrdup(head.id);
		head_fini(&head);
	}
	return 0;
}

void side_fini(struct side *side)
{
	if (side->ids != NULL) {
		for (uint32_t a = 0; a < side->table->narticles; a++)
			free(side->ids[a]);
	}
	free(side->ids);
	classes_fini(&side->classes);
	knowledge_close(side->k);
}

/* An identifier and its article, in the order of identifiers. */
struct numbered {
	const char *id;
	uint32_t article;
};

static int compare_ids(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	return strcmp(x->id, y->id);
}

/* counterparts[a] of the other side, or DIFF_NOBODY; the caller frees it. */
static uint32_t *counterparts(const struct side *side, const struct side *other)
{
	uint32_t n = other->table->narticles;
	struct numbered *sorted = xcalloc(n, sizeof *sorted);
	uint32_t *result = xcalloc(side->table->narticles, sizeof *result);

	for (uint32_t a = 0; a < n; a++)
		sorted[a] = (struct numbered){other->ids[a], a};
	qsort(sorted, n, sizeof *sorted, compare_ids);
	for (uint32_t a = 0; a < side->table->narticles; a++) {
		struct numbered key = {side->ids[a], 0};
		const struct numbered *found =
		    bsearch(&key, sorted, n, sizeof *sorted, compare_ids);

		result[a] = found != NULL ? found->article : DIFF_NOBODY;
	}
	free(sorted);
	return result;
}

static void strings_add(struct strings *strings, char *text)
{
	strings->list =
	    xgrow(strings->list, strings->n, &strings->cap, sizeof *strings->list);
	strings->list[strings->n++] = text;
}

static void strings_fini(struct strings *strings)
{
	for (size_t i = 0; i < strings->n; i++)
		free(strings->list[i]);
	free(strings->list);
}

static bool same_now(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

struct change *diff_change(
    struct diff *d, enum change_kind kind, const char *article, const char *now)
{
	for (size_t i = d->nchanges; i > 0; i--) {
		struct change *c = &d->changes[i - 1];

		if (c->kind == kind && strcmp(c->article, article) == 0 &&
		    same_now(c->now, now))
			return c;
	}
	d->changes = xgrow(d->changes, d->nchanges, &d->cap, sizeof *d->changes);
	d->changes[d->nchanges] =
	    (struct change){.kind = kind, .article = xstrdup(article), .now = xstrdup(now)};
	return &d->changes[d->nchanges++];
}

bool diff_is_empty(const struct diff *d)
{
	return d->articles_new.n + d->articles_gone.n + d->questions_new.n +
		   d->questions_gone.n + d->nchanges ==
	       0;
}

void diff_fini(struct diff *d)
{
	strings_fini(&d->articles_new);
	strings_fini(&d->articles_gone);
	strings_fini(&d->questions_new);
	strings_fini(&d->questions_gone);
	for (size_t i = 0; i < d->nchanges; i++) {
		free(d->changes[i].article);
		free(d->changes[i].now);
		free(d->changes[i].example);
	}
	free(d->changes);
}

/* Adds the questions and answers of one side that the other has not. */
static void find_questions(
    struct strings *strings, const struct questions *a, const struct questions *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct question *q = &a->list[i];
		int other = questions_find(b, q->key);

		if (other < 0) {
			strings_add(strings, xstrdup(q->key));
			continue;
		}
		for (size_t v = 0; v < q->nanswers; v++) {
			const char *key = q->answers[v].key;

			if (question_answer(&b->list[other], key) < 0)
				strings_add(strings, xasprintf("%s=%s", q->key, key));
		}
	}
}

static void find_missing(
    struct strings *strings, const struct side *side, const uint32_t *others)
{
	for (uint32_t a = 0; a < side->table->narticles; a++) {
		if (others[a] == DIFF_NOBODY)
			strings_add(strings, xstrdup(side->ids[a]));
	}
}

/* Which articles the tree advises; the caller frees it. */
static bool *advised_by(const struct side *side)
{
	bool *advised = xcalloc(side->table->narticles, sizeof *advised);

	for (size_t i = 0; i < side->tree->n; i++) {
		const struct decision *d = &side->tree->nodes[i].decision;

		if (d->status == STATUS_ADVISE)
			advised[d->best] = true;
	}
	return advised;
}

static void find_unreachable(
    struct diff *d, const struct side *old, const struct side *new, const uint32_t *news)
{
	bool *before = advised_by(old), *now = advised_by(new);

	for (uint32_t a = 0; a < old->table->narticles; a++) {
		if (before[a] && news[a] != DIFF_NOBODY && !now[news[a]])
			diff_change(d, CHANGE_UNREACHABLE, old->ids[a], NULL);
	}
	free(before);
	free(now);
}

/* Of a class, the place of its first article that the old file has as well; or its end. */
static uint32_t first_known(
    const struct classes *classes, uint32_t class, const uint32_t *olds)
{
	uint32_t i = classes->first[class];

	while (i < classes->first[class + 1] && olds[classes->article[i]] == DIFF_NOBODY)
		i++;
	return i;
}

/* Every article of a class beside its first one, where the two were told apart before. */
static void find_indistinguishable(
    struct diff *d, const struct side *old, const struct side *new, const uint32_t *olds)
{
	const struct classes *classes = &new->classes;
	uint32_t *before = classes_of_articles(&old->classes);

	for (uint32_t c = 0; c < classes->n; c++) {
		uint32_t known = first_known(classes, c, olds);

		for (uint32_t i = known + 1; i < classes->first[c + 1]; i++) {
			uint32_t first = classes->article[known], a = classes->article[i];

			if (olds[a] != DIFF_NOBODY &&
			    before[olds[a]] != before[olds[first]])
				diff_change(d, CHANGE_INDISTINGUISHABLE, new->ids[a],
				    new->ids[first]);
		}
	}
	free(before);
}

int diff_find(
    struct diff *d, const struct side *old, const struct side *new, struct err *err)
{
	uint32_t *news = counterparts(old, new), *olds = counterparts(new, old);
	int result;

	find_missing(&d->articles_new, new, olds);
	find_missing(&d->articles_gone, old, news);
	find_questions(&d->questions_new, new->questions, old->questions);
	find_questions(&d->questions_gone, old->questions, new->questions);
	result = diff_find_paths(d, old, new, news, err);
	find_unreachable(d, old, new, news);
	find_indistinguishable(d, old, new, olds);
	free(news);
	free(olds);
	return result;
}
