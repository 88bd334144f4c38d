/* SPDX-License-Identifier: ISC */
/* The session and what is given oddly: the same again and again, slips, what cannot be. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/session.h"
#include "../kb/xalloc.h"
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

static double probability(struct session *s, const char *id)
{
	struct err err = {0};
	const struct state *st = session_state(s, &err);
	uint32_t article = 0;

	if (st == NULL)
		fail_msg("%s", err_text(&err));
	assert_int_equal(knowledge_find(knowledge, id, &article, NULL), 1);
	return st->belief->p[article];
}

/* "!Q156715,Q156715,...": one article and so many more times the same. */
static char *rejected_again(size_t times)
{
	char *value = NULL;
	size_t len;
	FILE *f = xopen_memstream(&value, &len);

	fputs("!Q156715", f);
	for (size_t i = 0; i < times; i++)
		fputs(",Q156715", f);
	xclose_memstream(f);
	return value;
}

static void a_sign_rejected_again_and_again_counts_once(void **state)
{
	char *value = rejected_again(300);
	double once;

	give(*state, "sign", "!Q156715");
	once = probability(*state, "Q156715");
	session_clear(*state);
	give(*state, "sign", value);
	assert_true(fabs(probability(*state, "Q156715") - once) < 1e-12);
	free(value);
}

/* Looking ahead has room for every article once. */
static void signs_rejected_in_many_answers_are_shown_once(void **state)
{
	for (int i = 0; i < 40; i++)
		give(*state, "sign", "!Q156715,Q177807");
	assert_true(probability(*state, "Q156715") < 0.01);
}

static void a_slip_is_kept_beside_what_was_taken(void **state)
{
	const struct given *slipped = NULL;
	struct err err = {0};
	size_t n;

	assert_int_equal(session_say(*state, "event 8O10", &err), 0);
	for (size_t i = 0; session_given(*state, &n) != NULL && i < n; i++)
		if (session_given(*state, &n)[i].slip != NULL)
			slipped = &session_given(*state, &n)[i];
	assert_non_null(slipped);
	assert_int_equal(slipped->kind, GIVEN_VALUE);
	assert_string_equal(slipped->value, "8010");
	assert_string_equal(slipped->slip, "8O10");
}

static void what_text_says_is_doubted_more_than_an_answer(void **state)
{
	double answered, said;
	struct err err = {0};

	give(*state, "error-code", "1722");
	answered = probability(*state, "Q314588");
	session_clear(*state);
	assert_int_equal(session_say(*state, "1722", &err), 0);
	session_retract(*state, 1); /* its words */
	said = probability(*state, "Q314588");
	assert_true(said < answered);
	session_clear(*state);
	assert_true(said > probability(*state, "Q314588"));
}

/* What is believed of an article by the values that a text names, and by nothing else of it. */
static double probability_said(struct session *s, const char *text, const char *id)
{
	struct err err = {0};
	size_t n, left = 0;

	session_clear(s);
	assert_int_equal(session_say(s, text, &err), 0);
	session_given(s, &n);
	while (n-- > 0) {
		if (session_given(s, &left)[n].kind != GIVEN_VALUE)
			session_retract(s, n);
	}
	session_given(s, &left);
	assert_int_equal(left, 1);
	return probability(s, id);
}

static void what_a_slip_was_taken_for_is_doubted_more(void **state)
{
	double typed = probability_said(*state, "event 8010", "Q261160");
	double slipped = probability_said(*state, "event 8O10", "Q261160");

	session_clear(*state);
	assert_true(slipped > probability(*state, "Q261160"));
	assert_true(slipped < typed);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, new_session, free_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_sign_rejected_again_and_again_counts_once),
	    CASE(signs_rejected_in_many_answers_are_shown_once),
	    CASE(a_slip_is_kept_beside_what_was_taken),
	    CASE(what_text_says_is_doubted_more_than_an_answer),
	    CASE(what_a_slip_was_taken_for_is_doubted_more),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
