/* SPDX-License-Identifier: ISC */
/*
 * kbc lint on a questions file: which of its answers and patterns no article needs. Only a
 * pattern that has not matched yet is tried, so that few are left after some articles. The
 * file is opened once more at the end, because its structures have no lines.
 */
#include "kbc_lint.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "yamlfile.h"

/* A pattern that is to be matched: of an answer, or of a phrase. */
struct tried {
	size_t question, answer; /* question == their number: of a phrase */
	size_t number; /* among the patterns of the answer or of all phrases */
	unsigned sections; /* that it is looked for in */
	struct pattern *pattern;
	bool matched;
};

struct lint_questions {
	const struct questions *questions;
	struct tried *list;
	size_t n, cap;
	uint64_t had[QUESTION_MAX]; /* by question, bit per answer that an article has */
};

static int tried_add(
    struct lint_questions *l, struct tried t, const char *source, struct err *err)
{
	t.pattern = pattern_new(source, err);
	if (t.pattern == NULL)
		return -1;
	l->list = xgrow(l->list, l->n, &l->cap, sizeof *l->list);
	l->list[l->n++] = t;
	return 0;
}

static int tried_add_answer(
    struct lint_questions *l, size_t question, size_t answer, struct err *err)
{
	const struct question *q = &l->questions->list[question];
	const struct patterns *patterns = &q->answers[answer].patterns;

	for (size_t i = 0; i < patterns->n; i++) {
		struct tried t = {.question = question,
		    .answer = answer,
		    .number = i,
		    .sections = q->sections};

		if (tried_add(l, t, patterns->list[i], err) == -1)
			return -1;
	}
	return 0;
}

static int tried_add_all(struct lint_questions *l, struct err *err)
{
	const struct questions *qs = l->questions;

	for (size_t q = 0; q < qs->n; q++)
		for (size_t a = 0; a < qs->list[q].nanswers; a++)
			if (tried_add_answer(l, q, a, err) == -1)
				return -1;
	for (size_t i = 0; i < qs->nphrases; i++) {
		struct tried t = {.question = qs->n, .number = i, .sections = ~0u};

		if (tried_add(l, t, qs->phrases[i].pattern, err) == -1)
			return -1;
	}
	return 0;
}

struct lint_questions *lint_questions_new(
    const struct questions *questions, struct err *err)
{
	struct lint_questions *l = xcalloc(1, sizeof *l);

	l->questions = questions;
	if (tried_add_all(l, err) == 0)
		return l;
	lint_questions_free(l);
	return NULL;
}

void lint_questions_free(struct lint_questions *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->n; i++)
		pattern_free(l->list[i].pattern);
	free(l->list);
	free(l);
}

static bool tried_matches(const struct tried *t, const struct article *a)
{
	struct span where;

	for (size_t i = 0; i < a->nsections; i++) {
		const struct section *s = &a->sections[i];

		for (size_t k = 0; t->sections >> s->kind & 1 && k < s->nblocks; k++) {
			const char *text = s->blocks[k].text;

			if (pattern_find(t->pattern, text, strlen(text), 0, &where, 1))
				return true;
		}
	}
	return false;
}

void lint_questions_add(struct lint_questions *l, const struct understanding *u)
{
	for (size_t i = 0; i < u->facts.n; i++)
		if (u->facts.list[i].answer >= 0)
			l->had[u->facts.list[i].question] |= UINT64_C(1)
							     << u->facts.list[i].answer;
	for (size_t i = 0; i < l->n; i++)
		if (!l->list[i].matched)
			l->list[i].matched = tried_matches(&l->list[i], u->article);
}

/* Places in the file */

static int node_answer(const struct yamlfile *y, size_t question, size_t answer)
{
	int list = yamlfile_value(y, yamlfile_root(y), "questions");

	list = yamlfile_value(y, yamlfile_item(y, list, question), "answers");
	return yamlfile_item(y, list, answer);
}

/* Phrases are numbered through all their entries. */
static int node_phrase(const struct yamlfile *y, size_t number)
{
	int list = yamlfile_value(y, yamlfile_root(y), "phrases"), entry;

	for (size_t i = 0; (entry = yamlfile_item(y, list, i)) != 0; i++) {
		int patterns = yamlfile_value(y, entry, "patterns"), node;

		for (size_t k = 0; (node = yamlfile_item(y, patterns, k)) != 0; k++)
			if (number-- == 0)
				return node;
	}
	return 0;
}

/* An answer that no article has, unless it is what silence means or a mere suggestion. */
static bool answer_is_unused(const struct lint_questions *l, size_t question, size_t answer)
{
	const struct question *q = &l->questions->list[question];

	return !question_is_open(q) && q->silent != (int)answer &&
	       !(l->had[question] >> answer & 1);
}

static void report_answers(
    const struct lint_questions *l, const struct yamlfile *y, struct diag *diag)
{
	const struct questions *qs = l->questions;

	for (size_t q = 0; q < qs->n; q++)
		for (size_t a = 0; a < qs->list[q].nanswers; a++)
			if (answer_is_unused(l, q, a))
				yamlfile_report(y, diag, DIAG_ANSWER_UNUSED,
				    node_answer(y, q, a), "%s, %s", qs->list[q].key,
				    qs->list[q].answers[a].key);
}

static void report_patterns(
    const struct lint_questions *l, const struct yamlfile *y, struct diag *diag)
{
	const struct questions *qs = l->questions;

	for (size_t i = 0; i < l->n; i++) {
		const struct tried *t = &l->list[i];
		bool phrase = t->question == qs->n;
		int node;

		/* of an answer that no article has nothing more is said */
		if (t->matched || (!phrase && answer_is_unused(l, t->question, t->answer)))
			continue;
		if (phrase)
			node = node_phrase(y, t->number);
		else
			node = yamlfile_item(y,
			    yamlfile_value(
				y, node_answer(y, t->question, t->answer), "patterns"),
			    t->number);
		yamlfile_report(y, diag, DIAG_PATTERN_UNUSED, node, "%s",
		    phrase ? qs->phrases[t->number].name : qs->list[t->question].key);
	}
}

int lint_questions_end(
    const struct lint_questions *l, const char *path, struct diag *diag, struct err *err)
{
	struct yamlfile *y = yamlfile_read(path, diag, err);

	if (y == NULL)
		return -1;
	report_answers(l, y, diag);
	report_patterns(l, y, diag);
	yamlfile_free(y);
	return 0;
}
