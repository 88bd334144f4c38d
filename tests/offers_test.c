/* SPDX-License-Identifier: ISC */
/* What a session offers as answers, with the shipped knowledge file. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/session.h"
#include "shipped.h"

static struct knowledge *knowledge;

static int open_knowledge(void **state)
{
	(void)state;
	knowledge = shipped_open();
	return knowledge != NULL ? 0 : -1;
}

static int close_knowledge(void **state)
{
	(void)state;
	knowledge_close(knowledge);
	return 0;
}

static int new_session(void **state)
{
	*state = session_new(knowledge, SETTING_CONSOLE, NULL);
	return *state != NULL ? 0 : -1;
}

static int free_session(void **state)
{
	session_free(*state);
	return 0;
}

static void give(struct session *s, const char *question, const char *value)
{
	struct err err = {0};

	if (session_answer(s, question, value, &err) == -1)
		fail_msg("%s", err_text(&err));
}

static const struct state *state_of(struct session *s)
{
	struct err err = {0};
	const struct state *st = session_state(s, &err);

	if (st == NULL)
		fail_msg("%s", err_text(&err));
	return st;
}

static void offers_of_a_choice_are_all_its_answers(void **state)
{
	const struct questions *q = knowledge_questions(knowledge, NULL);
	const struct state *st;
	double sum = 0;

	for (size_t i = 0; i < q->n; i++) {
		if (question_is_open(&q->list[i]) || question_is_sign(&q->list[i]))
			give(*state, q->list[i].key, "unknown");
	}
	st = state_of(*state);
	assert_int_equal(st->status, STATUS_ASK);
	assert_int_equal(st->noffers, q->list[st->decision.question].nanswers);
	for (size_t i = 0; i < st->noffers; i++) {
		sum += st->offers[i].probability;
		assert_true(
		    i == 0 || st->offers[i].probability <= st->offers[i - 1].probability);
	}
	assert_true(fabs(sum - 1) < 1e-9);
}

/* Whether an article that is among those holding 99 % of the belief in articles names it. */
static bool is_named(const struct state *st, const struct column *column, int answer)
{
	double sum = 0, total = 1 - st->belief->none;

	for (size_t i = 0; i < st->nranking && sum < 0.99 * total * (1 - 1e-9); i++) {
		if (column->named[st->ranking[i]] >> answer & 1)
			return true;
		sum += st->belief->p[st->ranking[i]];
	}
	return false;
}

/* All questions asked on the way are looked at; returns how many of their offers were idle. */
static size_t check_idle(struct session *s)
{
	const struct questions *qs = knowledge_questions(knowledge, NULL);
	const struct casetable *table = knowledge_casetable(knowledge, NULL);
	size_t idle = 0;

	for (const struct state *st = state_of(s); st->status == STATUS_ASK;
	     st = state_of(s)) {
		const struct question *q = &qs->list[st->decision.question];

		for (size_t i = 0; i < st->noffers && !question_is_sign(q); i++) {
			const struct offer *o = &st->offers[i];
			int answer = question_answer(q, o->key);
			bool hardly = o->probability < 0.05 * st->offers[0].probability;

			assert_int_equal(o->idle,
			    !question_is_open(q) && hardly &&
				!is_named(st, &table->columns[q - qs->list], answer));
			idle += o->idle;
		}
		give(s, q->key, "unknown");
	}
	return idle;
}

static void offers_are_idle_where_no_article_still_possible_names_them(void **state)
{
	size_t idle = check_idle(*state);

	session_clear(*state);
	assert_int_equal(session_say(*state, "event 8010", NULL), 0);
	idle += check_idle(*state);
	assert_true(idle > 0);
}

static void offers_of_an_open_question_are_its_likeliest_values(void **state)
{
	const struct questions *q = knowledge_questions(knowledge, NULL);
	const struct state *st;

	for (size_t i = 0; i < q->n; i++) {
		if (q->list[i].kind != QUESTION_CODE)
			give(*state, q->list[i].key, "unknown");
	}
	st = state_of(*state);
	assert_int_equal(st->status, STATUS_ASK);
	assert_int_equal(q->list[st->decision.question].kind, QUESTION_CODE);
	assert_true(st->noffers >= 2);
	for (size_t i = 1; i < st->noffers; i++)
		assert_true(st->offers[i - 1].probability >= st->offers[i].probability);
	assert_true(st->questions_left >= 1);
	assert_true(st->articles_left >= 1 && st->articles_left <= st->belief->n);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, new_session, free_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(offers_of_a_choice_are_all_its_answers),
	    CASE(offers_are_idle_where_no_article_still_possible_names_them),
	    CASE(offers_of_an_open_question_are_its_likeliest_values),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
