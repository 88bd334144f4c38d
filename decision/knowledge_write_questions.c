/* SPDX-License-Identifier: ISC */
/*
 * The rows of the questions: all that questions_read made of the file, patterns in the order
 * the author wrote them, so that the reader gives back the same questions.
 */
#include "knowledge_schema.h"
#include "knowledge_write_private.h"

static int write_patterns(struct knowledge_writer *w, size_t question, size_t answer,
    const struct answer *a, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO pattern VALUES(?,?,?,?,?)", err);
	struct answer lists = *a;
	int result = q == NULL ? -1 : 0;

	for (unsigned list = 0; list < PATTERNS_NKINDS && result == 0; list++) {
		const struct patterns *patterns = patterns_of_kind(&lists, list);

		for (size_t i = 0; i < patterns->n && result == 0; i++) {
			put_number(w, q, 1, (int64_t)question);
			put_number(w, q, 2, (int64_t)answer);
			put_text(w, q, 3, patterns_kind_name(list));
			put_number(w, q, 4, (int64_t)i);
			put_text(w, q, 5, patterns->list[i]);
			result = query_run(q, err);
		}
	}
	query_end(q);
	return result;
}

static int write_answers(struct knowledge_writer *w, size_t question,
    const struct question *from, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO answer VALUES(?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < from->nanswers && result == 0; i++) {
		const struct answer *answer = &from->answers[i];

		put_number(w, q, 1, (int64_t)question);
		put_number(w, q, 2, (int64_t)i);
		put_text(w, q, 3, answer->key);
		put_text(w, q, 4, answer->label);
		put_real(w, q, 5, answer->share);
		result = query_run(q, err);
		if (result == 0)
			result = write_patterns(w, question, i, answer, err);
	}
	query_end(q);
	return result;
}

static int write_question(struct knowledge_writer *w, size_t number, struct err *err)
{
	const struct question *from = &w->questions->list[number];
	struct query *q = db_query(
	    w->db, "INSERT INTO question VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	put_number(w, q, 1, (int64_t)number);
	put_text(w, q, 2, from->key);
	put_text(w, q, 3, from->ask);
	put_text(w, q, 4, from->say);
	put_text(w, q, 5, from->find);
	put_text(w, q, 6, question_kind_name(from->kind));
	put_text(w, q, 7, recogniser_name(from->recogniser));
	put_text(w, q, 8, from->of);
	put_number(w, q, 9, from->sections);
	put_real(w, q, 10, from->cost);
	put_real(w, q, 11, from->cost_phone);
	put_real(w, q, 12, from->unknown);
	put_real(w, q, 13, from->error);
	put_number(w, q, 14, from->silent);
	put_number(w, q, 15, from->variant);
	result = query_run(q, err);
	query_end(q);
	return result < 0 ? -1 : write_answers(w, number, from, err);
}

/* A numbered list of pairs: symbols, phrases. */
static int write_pair(struct knowledge_writer *w, const char *sql, size_t number,
    const char *name, const char *text, struct err *err)
{
	struct query *q = db_query(w->db, sql, err);
	int result;

	if (q == NULL)
		return -1;
	put_number(w, q, 1, (int64_t)number);
	put_text(w, q, 2, name);
	put_text(w, q, 3, text);
	result = query_run(q, err);
	query_end(q);
	return result;
}

int write_questions(struct knowledge_writer *w, struct err *err)
{
	const struct questions *from = w->questions;
	int result = 0;

	for (size_t i = 0; i < from->n && result == 0; i++)
		result = write_question(w, i, err);
	for (size_t i = 0; i < from->nsymbols && result == 0; i++)
		result = write_pair(w, "INSERT INTO symbol VALUES(?,?,?)", i,
		    from->symbols[i].name, from->symbols[i].code, err);
	for (size_t i = 0; i < from->nphrases && result == 0; i++)
		result = write_pair(w, "INSERT INTO phrase VALUES(?,?,?)", i,
		    from->phrases[i].name, from->phrases[i].pattern, err);
	return result;
}
