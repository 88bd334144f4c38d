/* SPDX-License-Identifier: ISC */
/*
 * The old paths in the new file. Every path of the old tree that ends in advice is a list of
 * answers. They are given to the new knowledge all at once, by the keys of their questions
 * and answers, and its policy is asked what it does: it advises the same article, or another
 * one, or says that nothing fits (moved), or asks on (longer). The new tree itself is not
 * walked: it may ask the same in another order.
 *
 * What an answer says that the new file does not know is left out: a question or an answer that is
 * gone, an article whose sign was picked. A value that no article names any more is one that
 * no article names.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "fan.h"
#include "kbc_diff.h"

struct follower {
	struct diff *diff;
	const struct side *old, *new;
	const uint32_t *news; /* by old article */
	struct belief *belief;
	struct asked asked;
	uint32_t shown[ASKED_SHOWN_MOST];
	uint32_t path[TREE_DEEPEST]; /* nodes of the old tree, from below the root */
	size_t npath;
	struct err *err;
};

static void signs_translate(const struct follower *f, struct evidence *e)
{
	struct signs shown = {.n = 0};

	for (size_t i = 0; i < e->shown.n; i++) {
		uint32_t a = f->news[e->shown.article[i]];

		if (a != DIFF_NOBODY)
			shown.article[shown.n++] = a;
	}
	e->shown = shown;
}

/* 1 and the value's id in the new file, or BELIEF_NO_VALUE; -1 on failure. */
static int value_translate(
    const struct follower *f, const struct evidence *from, struct evidence *to)
{
	char *text;
	int found;

	if (from->value == BELIEF_NO_VALUE)
		return 1;
	text = knowledge_value_text(f->old->k, from->question, from->value, f->err);
	if (text == NULL)
		return -1;
	found = knowledge_value(f->new->k, to->question, text, &to->value, f->err);
	free(text);
	if (found == 0)
		to->value = BELIEF_NO_VALUE;
	return found == -1 ? -1 : 1;
}

/* 1 if the new file can be told this, 0 if not, -1 on failure. */
static int evidence_translate(
    const struct follower *f, const struct evidence *from, struct evidence *to)
{
	const struct question *before = &f->old->questions->list[from->question], *now;
	int question = questions_find(f->new->questions, before->key);

	if (question < 0)
		return 0;
	now = &f->new->questions->list[question];
	*to = *from;
	to->question = (size_t)question;
	if (question_is_open(now) != question_is_open(before) ||
	    question_is_sign(now) != question_is_sign(before))
		return 0;
	switch (from->kind) {
	case EVIDENCE_ANSWER:
		to->answer = question_answer(now, before->answers[from->answer].key);
		return to->answer >= 0;
	case EVIDENCE_VALUE:
		return value_translate(f, from, to);
	case EVIDENCE_SIGN:
		to->value = f->news[from->value];
		return to->value != DIFF_NOBODY;
	case EVIDENCE_REJECTED:
		signs_translate(f, to);
		return to->shown.n > 0;
	case EVIDENCE_NONE:
	case EVIDENCE_UNKNOWN:
		break;
	}
	return 1;
}

static void follower_set_path(struct follower *f, uint32_t leaf)
{
	size_t n = 0;

	for (uint32_t i = leaf; i != 0; i = f->old->tree->nodes[i].parent)
		n++;
	f->npath = n;
	for (uint32_t i = leaf; i != 0; i = f->old->tree->nodes[i].parent)
		f->path[--n] = i;
}

static int follower_believe(struct follower *f)
{
	belief_reset(f->belief, f->new->table);
	f->asked = (struct asked){.shown = f->shown};
	for (size_t i = 0; i < f->npath; i++) {
		struct evidence e;
		int told =
		    evidence_translate(f, &f->old->tree->nodes[f->path[i]].evidence, &e);

		if (told == -1)
			return -1;
		if (told == 0)
			continue;
		belief_update(f->belief, f->new->table, f->new->questions, &e);
		f->asked = asked_after(&f->asked, &e, f->shown);
	}
	return 0;
}

/* "version=5.5, code=1722"; the caller frees it. */
static char *path_text(const struct follower *f)
{
	struct tree_names names = kbc_tree_names(f->old->k);
	char *text = NULL;
	size_t len;
	FILE *out = xopen_memstream(&text, &len);

	for (size_t i = 0; i < f->npath; i++) {
		const struct evidence *e = &f->old->tree->nodes[f->path[i]].evidence;

		fprintf(out, "%s%s=%s", i > 0 ? ", " : "",
		    f->old->questions->list[e->question].key,
		    tree_evidence_name(e, f->old->questions, &names));
	}
	xclose_memstream(out);
	kbc_tree_names_fini(&names);
	return text;
}

static void follower_report(
    struct follower *f, const struct node *leaf, enum change_kind kind, const char *now)
{
	struct change *c =
	    diff_change(f->diff, kind, f->old->ids[leaf->decision.best], now);

	c->paths++;
	c->probability += leaf->probability;
	if (c->example != NULL && leaf->probability <= c->likeliest)
		return;
	free(c->example);
	c->example = path_text(f);
	c->likeliest = leaf->probability;
}

static int follower_follow(struct follower *f, uint32_t leaf)
{
	const struct node *node = &f->old->tree->nodes[leaf];
	struct decision d;

	follower_set_path(f, leaf);
	if (follower_believe(f) == -1)
		return -1;
	d = choose_next(
	    f->new->table, f->new->questions, f->belief, &f->asked, SETTING_CONSOLE);
	if (d.status == STATUS_ASK)
		follower_report(
		    f, node, CHANGE_LONGER, f->new->questions->list[d.question].key);
	else if (d.status == STATUS_NONE)
		follower_report(f, node, CHANGE_MOVED, "none of them");
	else if (d.best != f->news[node->decision.best])
		follower_report(f, node, CHANGE_MOVED, f->new->ids[d.best]);
	return 0;
}

/* By kind, those taken most often first, then by article and by what became of it. */
static int compare_changes(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->probability != y->probability)
		return x->probability > y->probability ? -1 : 1;
	if (strcmp(x->article, y->article) != 0)
		return strcmp(x->article, y->article);
	return strcmp(x->now, y->now);
}

int diff_find_paths(struct diff *diff, const struct side *old, const struct side *new,
    const uint32_t *news, struct err *err)
{
	struct follower f = {.diff = diff,
	    .old = old,
	    .new = new,
	    .news = news,
	    .belief = belief_new(new->table),
	    .err = err};
	int result = 0;

	for (uint32_t i = 0; i < old->tree->n && result == 0; i++) {
		const struct decision *d = &old->tree->nodes[i].decision;

		if (d->status == STATUS_ADVISE && news[d->best] != DIFF_NOBODY)
			result = follower_follow(&f, i);
	}
	if (diff->nchanges > 0)
		qsort(
		    diff->changes, diff->nchanges, sizeof *diff->changes, compare_changes);
	belief_free(f.belief);
	return result;
}
