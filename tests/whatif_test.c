/* SPDX-License-Identifier: ISC */
/* What other answers would do, with the shipped knowledge file. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/whatif.h"
#include "shipped.h"

static struct knowledge *knowledge;
static struct session *session;

static int begin(void **state)
{
	(void)state;
	knowledge = shipped_open();
	session = knowledge != NULL ? session_new(knowledge, SETTING_CONSOLE, NULL) : NULL;
	return session != NULL ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	session_free(session);
	knowledge_close(knowledge);
	return 0;
}

static void give(struct session *s, const char *question, const char *value)
{
	assert_int_equal(session_answer(s, question, value, NULL), 0);
}

static void assert_same(const struct outcome *a, const struct outcome *b)
{
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->article, b->article);
	assert_int_equal(a->articles_left, b->articles_left);
	assert_true(fabs(a->probability - b->probability) < 1e-9);
	assert_true(fabs(a->none - b->none) < 1e-9);
}

/* What the answers lead to when they are really given. */
static struct outcome outcome_given(const char *const answers[][2], size_t n)
{
	struct session *s = session_new(knowledge, SETTING_CONSOLE, NULL);
	struct outcome o;

	for (size_t i = 0; i < n; i++)
		give(s, answers[i][0], answers[i][1]);
	assert_int_equal(whatif_outcome(&o, s, NULL), 0);
	session_free(s);
	return o;
}

static void prospects_are_what_the_answers_lead_to(void **state)
{
	const struct prospects *p;
	const char *key;

	(void)state;
	session_clear(session);
	key = knowledge_questions(knowledge, NULL)
		  ->list[session_state(session, NULL)->decision.question]
		  .key;
	p = whatif_prospects(session, NULL);
	assert_non_null(p);
	assert_true(p->n >= 2);
	for (size_t i = 0; i < p->n; i++) {
		const char *const answer[][2] = {{key, p->list[i].value}};
		struct outcome o = outcome_given(answer, 1);

		assert_same(&p->list[i].after, &o);
	}
	assert_string_equal(p->list[p->n - 1].value, "unknown");
	/* They are kept until an answer changes, and are then others. */
	assert_ptr_equal(whatif_prospects(session, NULL), p);
	give(session, key, "unknown");
	p = whatif_prospects(session, NULL);
	assert_non_null(p);
	assert_true(p->n > 0);
	assert_string_not_equal(knowledge_questions(knowledge, NULL)
				    ->list[session_state(session, NULL)->decision.question]
				    .key,
	    key);
}

static void prospects_of_an_end_are_none(void **state)
{
	const struct prospects *p;

	(void)state;
	session_clear(session);
	assert_int_equal(session_say(session, "Q314588", NULL), 0);
	assert_int_equal(session_state(session, NULL)->status, STATUS_ADVISE);
	p = whatif_prospects(session, NULL);
	assert_non_null(p);
	assert_int_equal(p->n, 0);
}

static void what_if_replaces_and_leaves_the_session_alone(void **state)
{
	const char *const otherwise[][2] = {
	    {"exchange-version", "5.5"}, {"event-id", "8010"}};
	struct outcome now, after, real = outcome_given(otherwise, 2);
	struct session *copy;
	size_t n;

	(void)state;
	session_clear(session);
	give(session, "event-id", "8010");
	give(session, "exchange-version", "2000");
	assert_int_equal(whatif_outcome(&now, session, NULL), 0);
	copy = whatif_answer(session, "exchange-version", "5.5", NULL);
	assert_non_null(copy);
	assert_int_equal(whatif_outcome(&after, copy, NULL), 0);
	assert_same(&after, &real);
	session_free(copy);
	copy = whatif_change(session, 1, "5.5", NULL);
	assert_int_equal(whatif_outcome(&after, copy, NULL), 0);
	assert_same(&after, &real);
	session_free(copy);
	assert_string_equal(session_given(session, &n)[1].value, "2000");
	assert_int_equal(n, 2);
	assert_int_equal(whatif_outcome(&after, session, NULL), 0);
	assert_same(&after, &now);
}

/* "8010" in the description must not go on speaking for event 8010. */
static void words_an_answer_was_read_in_go_with_it(void **state)
{
	struct outcome said, never;
	struct session *copy, *s = session_new(knowledge, SETTING_CONSOLE, NULL);

	(void)state;
	session_clear(session);
	assert_int_equal(session_say(session, "backup fails, event 8010", NULL), 0);
	copy = whatif_answer(session, "event-id", "unknown", NULL);
	assert_int_equal(whatif_outcome(&said, copy, NULL), 0);
	assert_int_equal(session_say(s, "backup fails,", NULL), 0);
	give(s, "event-id", "unknown");
	assert_int_equal(whatif_outcome(&never, s, NULL), 0);
	assert_true(fabs(said.none - never.none) < 0.05);
	session_free(copy);
	session_free(s);
}

static void what_does_not_exist_is_refused(void **state)
{
	struct err err = {0};
	struct whynot w;

	(void)state;
	session_clear(session);
	assert_null(whatif_answer(session, "colour", "red", &err));
	assert_int_equal(err.class, ERR_USAGE);
	err_fini(&err);
	assert_null(whatif_answer(session, "cluster", "perhaps", &err));
	assert_int_equal(err.class, ERR_USAGE);
	err_fini(&err);
	assert_null(whatif_change(session, 0, "5.5", &err));
	assert_int_equal(err.class, ERR_USAGE);
	err_fini(&err);
	assert_int_equal(whatif_not(&w, session, "Q999", &err), -1);
	assert_int_equal(err.class, ERR_USAGE);
	whynot_fini(&w);
	err_fini(&err);
}

static void why_not_names_what_would_have_to_be_different(void **state)
{
	const char *const otherwise[][2] = {{"event-id", "8010"}, {"cluster", "yes"}};
	const char *const silent[][2] = {{"cluster", "no"}};
	struct session *s;
	struct whynot w;

	(void)state;
	session_clear(session);
	give(session, "event-id", "8010");
	give(session, "cluster", "no");
	assert_int_equal(whatif_not(&w, session, "Q314588", NULL), 0);
	assert_int_equal(w.n, 2);
	assert_int_equal(w.list[1].given, 1);
	assert_non_null(strcasestr(w.list[1].quote, "cluster"));
	assert_true(w.list[1].line > 0);
	assert_int_equal(w.list[1].nneeds, 1);
	assert_string_equal(w.list[1].needs[0].value, "yes");
	assert_true(w.rank > 1);
	s = session_new(knowledge, SETTING_CONSOLE, NULL);
	for (size_t i = 0; i < 2; i++)
		give(s, otherwise[i][0], otherwise[i][1]);
	assert_true(fabs(w.list[1].probability -
			 session_state(s, NULL)->belief->p[w.article]) < 1e-9);
	session_clear(s);
	give(s, silent[0][0], silent[0][1]);
	assert_int_equal(w.list[0].nneeds, 0);
	assert_null(w.list[0].quote);
	assert_true(fabs(w.list[0].probability -
			 session_state(s, NULL)->belief->p[w.article]) < 1e-9);
	session_free(s);
	assert_true(w.best >= 0);
	assert_true(w.list[w.best].probability >= w.list[1 - w.best].probability);
	whynot_fini(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(prospects_are_what_the_answers_lead_to),
	    cmocka_unit_test(prospects_of_an_end_are_none),
	    cmocka_unit_test(what_if_replaces_and_leaves_the_session_alone),
	    cmocka_unit_test(words_an_answer_was_read_in_go_with_it),
	    cmocka_unit_test(what_does_not_exist_is_refused),
	    cmocka_unit_test(why_not_names_what_would_have_to_be_different),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
