/* SPDX-License-Identifier: ISC */
/*
 * Facts and advice from their rows.
 */
#include "knowledge_private.h"

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "knowledge_schema.h"

static enum role query_role(struct query *q, int i)
{
	char *name = query_text(q, i);
	enum role role = role_by_name(name);

	free(name);
	if (role != ROLE_NKINDS)
		return role;
	query_damaged(q, "unknown role of a fact");
	return ROLE_AFFECTED;
}

/* An answer of a choice, or the value of an open question or a sign: never both. */
static void query_fact_answer(
    struct query *q, const struct questions *questions, struct fact *fact)
{
	const struct question *question = &questions->list[fact->question];

	fact->value = query_text_or_null(q, 2);
	if (question_is_open(question) || question_is_sign(question)) {
		fact->answer = (int)query_number(q, 1, -1, -1);
		if (fact->value == NULL)
			query_damaged(q, "a fact has no value");
		return;
	}
	fact->answer = (int)query_number(q, 1, 0, (int64_t)question->nanswers - 1);
	if (fact->value != NULL)
		query_damaged(q, "a choice has a value");
}

char *knowledge_sign(struct knowledge *k, uint32_t article, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	char *text = NULL;
	struct query *q;
	int more;

	if (questions == NULL)
		return NULL;
	q = query_article(
	    k, "SELECT value FROM fact WHERE article = ? AND question = ?", article, err);
	if (q == NULL)
		return NULL;
	query_bind_number(q, 2, (int64_t)questions_sign(questions));
	more = query_step(q, err);
	if (more == 0)
		db_damaged(k->db, err, "article %u has no sign", article);
	if (more > 0) {
		text = query_text(q, 0);
		more = query_step(q, err);
	}
	query_end(q);
	if (more == 0)
		return text;
	free(text);
	return NULL;
}

int knowledge_facts(
    struct knowledge *k, uint32_t article, struct facts *facts, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	struct query *q;
	int more = -1;

	*facts = (struct facts){.list = NULL};
	if (questions == NULL)
		return -1;
	q = query_article(k,
	    "SELECT question, answer, value, role, curated, section, line, quote FROM fact"
	    " WHERE article = ? ORDER BY number",
	    article, err);
	while (q != NULL && (more = query_step(q, err)) > 0) {
		int64_t question = query_number(q, 0, 0, (int64_t)questions->n - 1);
		struct fact *fact;

		if (questions->n == 0)
			continue; /* remembered as damage */
		facts->list = xgrow(facts->list, facts->n, &facts->cap, sizeof *fact);
		fact = &facts->list[facts->n++];
		*fact = (struct fact){.question = (size_t)question};
		query_fact_answer(q, questions, fact);
		fact->role = query_role(q, 3);
		fact->curated = query_number(q, 4, 0, 1) != 0;
		fact->section = query_section(q, 5);
		fact->line = query_line(q, 6);
		fact->quote = query_text(q, 7);
	}
	query_end(q);
	if (more < 0)
		facts_fini(facts);
	return more;
}

static enum advice_kind query_advice_kind(struct query *q, int i)
{
	char *name = query_text(q, i);
	enum advice_kind kind = advice_kind_by_name(name);

	free(name);
	if (kind != ADVICE_NKINDS)
		return kind;
	query_damaged(q, "unknown kind of advice");
	return ADVICE_EXPLANATION;
}

static int read_entries(
    struct advices *advices, struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT advice, kind, section, line, risks, text FROM advice WHERE article = ?"
	    " ORDER BY advice",
	    article, err);
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct advice *to;

		advices->list = xgrow(advices->list, advices->n, &advices->cap, sizeof *to);
		to = &advices->list[advices->n];
		query_index(q, 0, advices->n++);
		*to = (struct advice){.kind = query_advice_kind(q, 1)};
		to->section = query_section(q, 2);
		to->line = query_line(q, 3);
		to->risks = (unsigned)query_number(q, 4, 0, (1u << RISK_NKINDS) - 1);
		to->text = query_text(q, 5);
	}
	query_end(q);
	return more;
}

/* The entry that column i numbers, or NULL and damage remembered. */
static struct advice *query_entry(struct query *q, int i, struct advices *advices)
{
	int64_t number = query_number(q, i, 0, (int64_t)advices->n - 1);

	return advices->n == 0 ? NULL : &advices->list[number];
}

static int read_steps(
    struct advices *advices, struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT advice, step, text FROM step WHERE article = ? ORDER BY advice, step",
	    article, err);
	size_t cap = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct advice *advice = query_entry(q, 0, advices);

		if (advice == NULL)
			continue;
		cap = advice->nsteps == 0 ? 0 : cap;
		advice->steps =
		    xgrow(advice->steps, advice->nsteps, &cap, sizeof *advice->steps);
		query_index(q, 1, advice->nsteps);
		advice->steps[advice->nsteps++] = query_text(q, 2);
	}
	query_end(q);
	return more;
}

/* One answer more for the last condition, or the first of another. */
static void add_condition(struct advice *advice, size_t *cap, int64_t number,
    size_t question, int64_t answer, struct query *q)
{
	struct condition *last;

	if ((size_t)number == advice->napplies) {
		*cap = advice->napplies == 0 ? 0 : *cap;
		advice->applies =
		    xgrow(advice->applies, advice->napplies, cap, sizeof *advice->applies);
		advice->applies[advice->napplies++] =
		    (struct condition){.question = question};
	}
	last = &advice->applies[advice->napplies - 1];
	last->answers |= UINT64_C(1) << answer;
	if (last->question != question)
		query_damaged(q, "condition of two questions");
}

static int read_conditions(struct advices *advices, struct knowledge *k, uint32_t article,
    const struct questions *questions, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT advice, number, question, answer FROM condition WHERE article = ?"
	    " ORDER BY advice, number, answer",
	    article, err);
	size_t cap = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct advice *advice = query_entry(q, 0, advices);
		int64_t question = query_number(q, 2, 0, (int64_t)questions->n - 1), number,
			n;

		if (advice == NULL || questions->n == 0)
			continue;
		n = (int64_t)questions->list[question].nanswers;
		number = query_number(q, 1,
		    advice->napplies == 0 ? 0 : (int64_t)advice->napplies - 1,
		    (int64_t)advice->napplies);
		add_condition(advice, &cap, number, (size_t)question,
		    query_number(q, 3, 0, n > 0 ? n - 1 : 0), q);
	}
	query_end(q);
	return more;
}

int knowledge_advice(
    struct knowledge *k, uint32_t article, struct advices *advices, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);

	*advices = (struct advices){.list = NULL};
	if (questions == NULL)
		return -1;
	if (read_entries(advices, k, article, err) < 0 ||
	    read_steps(advices, k, article, err) < 0 ||
	    read_conditions(advices, k, article, questions, err) < 0) {
		advices_fini(advices);
		return -1;
	}
	return 0;
}
