/* SPDX-License-Identifier: ISC */
/* The rows of one article: its text, its facts and its advice. */
#include "knowledge_write_private.h"

#include <stdio.h>
#include <stdlib.h>

#include "../kb/xalloc.h"
#include "knowledge_schema.h"

static int write_head(
    struct knowledge_writer *w, const struct article *article, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO article VALUES(?,?,?,?,?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	put_number(w, q, 1, w->narticles);
	put_text(w, q, 2, article->id);
	put_text(w, q, 3, article->title);
	put_text(w, q, 4, article->date);
	put_text(w, q, 5, article->file);
	put_text(w, q, 6, article->product);
	result = query_run(q, err);
	query_end(q);
	return result;
}

static int write_blocks(struct knowledge_writer *w, size_t number,
    const struct section *section, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO block VALUES(?,?,?,?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < section->nblocks && result == 0; i++) {
		const struct block *block = &section->blocks[i];

		put_number(w, q, 1, w->narticles);
		put_number(w, q, 2, (int64_t)number);
		put_number(w, q, 3, (int64_t)i);
		put_text(w, q, 4, block_kind_name(block->kind));
		put_number(w, q, 5, block->depth);
		put_number(w, q, 6, block->line);
		put_text(w, q, 7, block->label);
		put_text(w, q, 8, block->text);
		result = query_run(q, err);
	}
	query_end(q);
	return result;
}

static int write_sections(
    struct knowledge_writer *w, const struct article *article, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO section VALUES(?,?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < article->nsections && result == 0; i++) {
		const struct section *section = &article->sections[i];

		put_number(w, q, 1, w->narticles);
		put_number(w, q, 2, (int64_t)i);
		put_text(w, q, 3, section_name(section->kind));
		put_number(w, q, 4, section->level);
		put_number(w, q, 5, section->line);
		put_text(w, q, 6, section->heading);
		result = query_run(q, err);
		if (result == 0)
			result = write_blocks(w, i, section, err);
	}
	query_end(q);
	return result;
}

static int write_references(
    struct knowledge_writer *w, const struct article *article, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO reference VALUES(?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < article->nreferences && result == 0; i++) {
		const struct reference *reference = &article->references[i];

		put_number(w, q, 1, w->narticles);
		put_number(w, q, 2, (int64_t)i);
		put_text(w, q, 3, reference->id);
		put_text(w, q, 4, reference->title);
		put_number(w, q, 5, reference->line);
		result = query_run(q, err);
	}
	query_end(q);
	return result;
}

static int write_facts(
    struct knowledge_writer *w, const struct facts *facts, struct err *err)
{
	struct query *q =
	    db_query(w->db, "INSERT INTO fact VALUES(?,?,?,?,?,?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < facts->n && result == 0; i++) {
		const struct fact *fact = &facts->list[i];

		put_number(w, q, 1, w->narticles);
		put_number(w, q, 2, (int64_t)i);
		put_number(w, q, 3, (int64_t)fact->question);
		put_number(w, q, 4, fact->answer);
		put_text(w, q, 5, fact->value);
		put_text(w, q, 6, role_name(fact->role));
		put_number(w, q, 7, fact->curated);
		put_text(w, q, 8, section_name(fact->section));
		put_number(w, q, 9, fact->line);
		put_text(w, q, 10, fact->quote);
		result = query_run(q, err);
	}
	query_end(q);
	return result;
}

static int write_steps(
    struct knowledge_writer *w, size_t number, const struct advice *advice, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO step VALUES(?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < advice->nsteps && result == 0; i++) {
		put_number(w, q, 1, w->narticles);
		put_number(w, q, 2, (int64_t)number);
		put_number(w, q, 3, (int64_t)i);
		put_text(w, q, 4, advice->steps[i]);
		result = query_run(q, err);
	}
	query_end(q);
	return result;
}

/* One row an answer that the condition allows. */
static int write_conditions(
    struct knowledge_writer *w, size_t number, const struct advice *advice, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO condition VALUES(?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < advice->napplies && result == 0; i++)
		for (int answer = 0; answer < QUESTION_MAX_ANSWERS && result == 0;
		     answer++) {
			if ((advice->applies[i].answers >> answer & 1) == 0)
				continue;
			put_number(w, q, 1, w->narticles);
			put_number(w, q, 2, (int64_t)number);
			put_number(w, q, 3, (int64_t)i);
			put_number(w, q, 4, (int64_t)advice->applies[i].question);
			put_number(w, q, 5, answer);
			result = query_run(q, err);
		}
	query_end(q);
	return result;
}

static int write_advices(
    struct knowledge_writer *w, const struct advices *advices, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO advice VALUES(?,?,?,?,?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < advices->n && result == 0; i++) {
		const struct advice *advice = &advices->list[i];

		put_number(w, q, 1, w->narticles);
		put_number(w, q, 2, (int64_t)i);
		put_text(w, q, 3, advice_kind_name(advice->kind));
		put_text(w, q, 4, section_name(advice->section));
		put_number(w, q, 5, advice->line);
		put_number(w, q, 6, advice->risks);
		put_text(w, q, 7, advice->text);
		result = query_run(q, err);
		if (result == 0)
			result = write_steps(w, i, advice, err);
		if (result == 0)
			result = write_conditions(w, i, advice, err);
	}
	query_end(q);
	return result;
}

int write_article(struct knowledge_writer *w, const struct article *article,
    const struct facts *facts, const struct advices *advices, struct err *err)
{
	if (write_head(w, article, err) < 0 || write_sections(w, article, err) < 0 ||
	    write_references(w, article, err) < 0 || write_facts(w, facts, err) < 0)
		return -1;
	return write_advices(w, advices, err);
}
