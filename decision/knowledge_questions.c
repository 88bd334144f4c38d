/* SPDX-License-Identifier: ISC */
/*
 * Questions from their rows. What questions_read promises of a file is checked again here:
 * numbering without gaps, known kinds, numbers in their ranges.
 */
#include "knowledge_private.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "knowledge_schema.h"

static enum question_kind query_kind(struct query *q, int i)
{
	char *name = query_text(q, i);
	unsigned kind = 0;

	while (kind < QUESTION_NKINDS && strcmp(question_kind_name(kind), name) != 0)
		kind++;
	free(name);
	if (kind < QUESTION_NKINDS)
		return kind;
	query_damaged(q, "unknown kind of question");
	return QUESTION_TEXT;
}

static enum recogniser query_recogniser(struct query *q, int i)
{
	char *name = query_text(q, i);
	unsigned kind = 0;

	while (kind < RECOGNISE_NKINDS && strcmp(recogniser_name(kind), name) != 0)
		kind++;
	free(name);
	if (kind < RECOGNISE_NKINDS)
		return kind;
	query_damaged(q, "unknown recogniser");
	return RECOGNISE_PATTERNS;
}

static int read_list(struct questions *questions, struct knowledge *k, struct err *err)
{
	struct query *q = db_query(k->db,
	    "SELECT question, key, ask, say, find, kind, recogniser, of, sections, cost,"
	    " cost_phone, unknown, error, silent, variant FROM question ORDER BY question",
	    err);
	size_t cap = 0;
	int more = q == NULL ? -1 : 0;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct question *to;

		questions->list = xgrow(questions->list, questions->n, &cap, sizeof *to);
		to = &questions->list[questions->n];
		query_index(q, 0, questions->n++);
		*to = (struct question){.key = query_text(q, 1)};
		to->ask = query_text(q, 2);
		to->say = query_text(q, 3);
		to->find = query_text(q, 4);
		to->kind = query_kind(q, 5);
		to->recogniser = query_recogniser(q, 6);
		to->of = query_text_or_null(q, 7);
		to->sections = (unsigned)query_number(q, 8, 0, (1u << SECTION_NKINDS) - 1);
		to->cost = query_real(q, 9, 1e-9, 1e9);
		to->cost_phone = query_real(q, 10, 1e-9, 1e9);
		to->unknown = query_real(q, 11, 0, 0.95);
		to->error = query_real(q, 12, 0, 0.5);
		to->silent = (int)query_number(q, 13, -1, QUESTION_MAX_ANSWERS - 1);
		to->variant = query_number(q, 14, 0, 1) != 0;
		if (questions->n > QUESTION_MAX)
			query_damaged(q, "too many questions");
	}
	query_end(q);
	return more;
}

static int read_answers(
    struct questions *questions, size_t number, struct knowledge *k, struct err *err)
{
	struct query *q = db_query(k->db,
	    "SELECT answer, key, label, share FROM answer WHERE question = ? ORDER BY "
	    "answer",
	    err);
	struct question *question = &questions->list[number];
	size_t cap = 0;
	int more = -1;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, (int64_t)number);
	while ((more = query_step(q, err)) > 0) {
		struct answer *to;

		question->answers =
		    xgrow(question->answers, question->nanswers, &cap, sizeof *to);
		to = &question->answers[question->nanswers];
		query_index(q, 0, question->nanswers++);
		*to = (struct answer){.key = query_text(q, 1)};
		to->label = query_text(q, 2);
		to->share = query_real(q, 3, 0, 1 + 1e-6);
		if (question->nanswers > QUESTION_MAX_ANSWERS)
			query_damaged(q, "too many answers");
	}
	query_end(q);
	if (more == 0 && question->silent >= (int)question->nanswers)
		more = db_damaged(
		    k->db, err, "question %s: answer meant by silence", question->key);
	if (more == 0 && !question_is_open(question) &&
	    (question->nanswers == 0) != question_is_sign(question))
		more =
		    db_damaged(k->db, err, "question %s: number of answers", question->key);
	return more;
}

/* The list a row of the pattern table belongs to, or NULL. */
static struct patterns *query_patterns(struct query *q, struct questions *questions)
{
	int64_t question = query_number(q, 0, 0, (int64_t)questions->n - 1);
	const struct question *of = &questions->list[question];
	int64_t answer = query_number(q, 1, 0, (int64_t)of->nanswers - 1);
	char *name = query_text(q, 2);
	unsigned list = 0;

	while (list < PATTERNS_NKINDS && strcmp(patterns_kind_name(list), name) != 0)
		list++;
	free(name);
	if (list < PATTERNS_NKINDS && answer < (int64_t)of->nanswers)
		return patterns_of_kind(&of->answers[answer], list);
	query_damaged(q, "whose pattern it is");
	return NULL;
}

/* All of them in the order of the table: a statement for each list would take longer. */
static int read_patterns(struct questions *questions, struct knowledge *k, struct err *err)
{
	struct query *q = db_query(k->db,
	    "SELECT question, answer, list, number, source FROM pattern"
	    " ORDER BY question, answer, list, number",
	    err);
	int more = q == NULL ? -1 : 0;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct patterns *to = query_patterns(q, questions);

		if (to == NULL)
			continue; /* the next step tells */
		query_index(q, 3, to->n);
		to->list = xrealloc_array(to->list, to->n + 1, sizeof *to->list);
		to->list[to->n++] = query_text(q, 4);
	}
	query_end(q);
	return more;
}

static int read_symbols(struct questions *questions, struct knowledge *k, struct err *err)
{
	struct query *q =
	    db_query(k->db, "SELECT number, name, code FROM symbol ORDER BY number", err);
	size_t cap = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct symbol *to;

		questions->symbols =
		    xgrow(questions->symbols, questions->nsymbols, &cap, sizeof *to);
		to = &questions->symbols[questions->nsymbols];
		query_index(q, 0, questions->nsymbols++);
		*to = (struct symbol){.name = query_text(q, 1)};
		to->code = query_text(q, 2);
	}
	query_end(q);
	return more;
}

static int read_phrases(struct questions *questions, struct knowledge *k, struct err *err)
{
	struct query *q =
	    db_query(k->db, "SELECT number, name, source FROM phrase ORDER BY number", err);
	size_t cap = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct phrase *to;

		questions->phrases =
		    xgrow(questions->phrases, questions->nphrases, &cap, sizeof *to);
		to = &questions->phrases[questions->nphrases];
		query_index(q, 0, questions->nphrases++);
		*to = (struct phrase){.name = query_text(q, 1)};
		to->pattern = query_text(q, 2);
	}
	query_end(q);
	return more;
}

struct questions *read_questions(struct knowledge *k, struct err *err)
{
	struct questions *questions = xcalloc(1, sizeof *questions);
	size_t nsigns = 0;

	questions->name = xstrdup(k->name);
	questions->about = xstrdup(k->about);
	if (read_list(questions, k, err) < 0)
		goto fail;
	for (size_t i = 0; i < questions->n; i++)
		nsigns += question_is_sign(&questions->list[i]);
	if (nsigns != 1) {
		db_damaged(k->db, err, "questions that ask for signs");
		goto fail;
	}
	for (size_t i = 0; i < questions->n; i++)
		if (read_answers(questions, i, k, err) < 0)
			goto fail;
	if (read_patterns(questions, k, err) < 0 || read_symbols(questions, k, err) < 0 ||
	    read_phrases(questions, k, err) < 0)
		goto fail;
	return questions;
fail:
	questions_free(questions);
	return NULL;
}
