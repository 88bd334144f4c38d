/* SPDX-License-Identifier: ISC */
/* The session: answers in, state out, with the shipped knowledge file. */

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

static size_t count_of(struct session *s)
{
	size_t n;

	session_given(s, &n);
	return n;
}

static uint32_t article(const char *id)
{
	uint32_t a = 0;

	assert_int_equal(knowledge_find(knowledge, id, &a, NULL), 1);
	return a;
}

static double probability(struct session *s, const char *id)
{
	return state_of(s)->belief->p[article(id)];
}

static void answers_are_taken_by_key_or_label_in_any_case(void **state)
{
	const struct questions *q = knowledge_questions(knowledge, NULL);
	int version = questions_find(q, "exchange-version");
	size_t n;

	give(*state, "exchange-version", q->list[version].answers[0].label);
	give(*state, "cluster", "YES");
	assert_string_equal(
	    session_given(*state, &n)[0].value, q->list[version].answers[0].key);
	assert_string_equal(session_given(*state, &n)[1].value, "yes");
}

static void unknown_questions_and_answers_are_refused_with_what_is_allowed(void **state)
{
	struct err err = {0};

	assert_int_equal(session_answer(*state, "colour", "red", &err), -1);
	assert_int_equal(err.class, ERR_USAGE);
	assert_non_null(strstr(err_text(&err), "colour"));
	assert_non_null(strstr(err_text(&err), "exchange-version"));
	assert_int_equal(session_answer(*state, "exchange-version", "6.5", &err), -1);
	assert_non_null(strstr(err_text(&err), "6.5"));
	assert_non_null(strstr(err_text(&err), "2000"));
	assert_int_equal(session_answer(*state, "event-id", "many", &err), -1);
	assert_int_equal(count_of(*state), 0);
	err_fini(&err);
}

static void a_choice_given_again_replaces_the_answer_in_its_place(void **state)
{
	size_t n;
	const struct given *g;

	give(*state, "cluster", "yes");
	give(*state, "location", "remote");
	give(*state, "cluster", "no");
	g = session_given(*state, &n);
	assert_int_equal(n, 2);
	assert_string_equal(g[0].value, "no");
	assert_string_equal(g[1].value, "remote");
}

static void spellings_of_one_code_count_once(void **state)
{
	size_t n;

	give(*state, "error-code", "0x6ba");
	give(*state, "error-code", "1722");
	give(*state, "error-code", "RPC_S_SERVER_UNAVAILABLE");
	assert_string_equal(session_given(*state, &n)[0].value, "1722");
	assert_int_equal(n, 1);
}

static void open_values_add_up_and_none_clears_them(void **state)
{
	size_t n;

	give(*state, "event-id", "105");
	give(*state, "event-id", "145");
	assert_int_equal(count_of(*state), 2);
	give(*state, "event-id", "none");
	assert_int_equal(session_given(*state, &n)[0].kind, GIVEN_NONE);
	assert_int_equal(n, 1);
	give(*state, "event-id", "8010");
	assert_int_equal(session_given(*state, &n)[0].kind, GIVEN_VALUE);
	assert_int_equal(n, 1);
}

static void back_takes_one_act_and_what_it_brought(void **state)
{
	give(*state, "cluster", "no");
	assert_int_equal(
	    session_say(*state, "Exchange 5.5 backup, event ID 8010 in the log", NULL), 0);
	assert_true(count_of(*state) > 2);
	assert_true(session_back(*state));
	assert_int_equal(count_of(*state), 1);
	assert_true(session_back(*state));
	assert_false(session_back(*state));
}

static void retracting_an_answer_leaves_the_later_ones(void **state)
{
	size_t n;

	give(*state, "cluster", "no");
	give(*state, "location", "remote");
	session_retract(*state, 0);
	assert_string_equal(session_given(*state, &n)[0].value, "remote");
	assert_int_equal(n, 1);
}

static void text_does_not_replace_an_answer(void **state)
{
	size_t n;

	give(*state, "exchange-version", "5.0");
	assert_int_equal(session_say(*state, "we have Exchange 5.5", NULL), 0);
	assert_string_equal(session_given(*state, &n)[0].value, "5.0");
}

static void text_is_understood_with_the_words_it_came_from(void **state)
{
	size_t n, seen = 0;
	const struct given *g;
	const struct questions *q = knowledge_questions(knowledge, NULL);

	assert_int_equal(
	    session_say(*state, "Exchange Server 5.5, event ID 8010", NULL), 0);
	g = session_given(*state, &n);
	for (size_t i = 0; i < n; i++) {
		if (g[i].question == questions_find(q, "event-id")) {
			assert_string_equal(g[i].value, "8010");
			assert_non_null(strstr(g[i].quote, "8010"));
			assert_int_equal(g[i].source, SOURCE_TEXT);
			seen++;
		}
		if (g[i].question == questions_find(q, "exchange-version")) {
			assert_string_equal(g[i].value, "5.5");
			seen++;
		}
	}
	assert_int_equal(seen, 2);
}

static void what_was_confirmed_counts_like_an_answer(void **state)
{
	const char *text = "Exchange Server 5.5";
	double understood;
	size_t n;

	assert_int_equal(session_say(*state, text, NULL), 0);
	understood = probability(*state, "Q156715");
	session_confirm(*state, session_given(*state, &n)[0].step);
	assert_true(probability(*state, "Q156715") < understood);
}

static void people_may_say_in_their_words_that_they_do_not_know(void **state)
{
	size_t n;

	give(*state, "event-source", "Dunno");
	assert_int_equal(session_given(*state, &n)[0].kind, GIVEN_UNKNOWN);
	give(*state, "cluster", "I don't know");
	assert_int_equal(session_given(*state, &n)[1].kind, GIVEN_UNKNOWN);
	give(*state, "error-code", "nothing");
	assert_int_equal(session_given(*state, &n)[2].kind, GIVEN_NONE);
}

static void what_is_said_to_be_absent_does_not_speak_for_what_has_it(void **state)
{
	double without;

	assert_int_equal(session_say(*state, "error 1722", NULL), 0);
	without = probability(*state, "Q314588");
	session_clear(*state);
	assert_int_equal(session_say(*state, "We have no cluster. error 1722", NULL), 0);
	assert_true(probability(*state, "Q314588") < without);
}

static void a_number_typed_counts_once(void **state)
{
	assert_int_equal(session_say(*state, "event 8010", NULL), 0);
	assert_int_equal(state_of(*state)->status, STATUS_ASK);
	assert_true(
	    fabs(probability(*state, "Q261160") - probability(*state, "Q156715")) < 0.2);
}

static void the_order_of_answers_does_not_matter(void **state)
{
	struct session *other = session_new(knowledge, SETTING_CONSOLE, NULL);
	const struct state *a, *b;

	give(*state, "event-id", "8010");
	give(*state, "exchange-version", "5.5");
	give(*state, "cluster", "no");
	give(other, "cluster", "no");
	give(other, "event-id", "8010");
	give(other, "exchange-version", "5.5");
	a = state_of(*state);
	b = state_of(other);
	for (uint32_t i = 0; i < a->belief->n; i++)
		assert_true(fabs(a->belief->p[i] - b->belief->p[i]) < 1e-12);
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->decision.question, b->decision.question);
	session_free(other);
}

static void words_fit_the_article_that_has_them(void **state)
{
	struct session *s = *state;
	uint32_t has, lacks;

	assert_int_equal(knowledge_find(knowledge, "Q314588", &has, NULL), 1);
	assert_int_equal(knowledge_find(knowledge, "Q177807", &lacks, NULL), 1);
	state_of(s);
	assert_true(fabs(session_words_fit(s, has) - 1) < 1e-12);
	assert_int_equal(session_say(s,
			     "an Exchange Server-aware backup of a clustered "
			     "server, RPC unavailable",
			     NULL),
	    0);
	state_of(s);
	assert_true(session_words_fit(s, has) > 2);
	assert_true(session_words_fit(s, has) > 2 * session_words_fit(s, lacks));
}

static size_t asked_now(struct session *s)
{
	const struct state *st = state_of(s);

	assert_int_equal(st->status, STATUS_ASK);
	return (size_t)st->decision.question;
}

static void a_question_put_aside_waits_and_counts_for_nothing(void **state)
{
	struct session *s = *state;
	double before = state_of(s)->belief->p[0];
	size_t question = asked_now(s), n;

	session_put_aside(s, question);
	assert_int_not_equal(asked_now(s), question);
	assert_false(state_of(s)->returned);
	assert_true(fabs(state_of(s)->belief->p[0] - before) < 1e-12);
	assert_int_equal(session_given(s, &n)->kind, GIVEN_ASIDE);
	assert_true(session_back(s));
	assert_int_equal(asked_now(s), question);
}

static void what_was_put_aside_comes_back_when_nothing_else_is_left(void **state)
{
	struct session *s = *state;
	size_t first = asked_now(s), steps = 0;

	session_put_aside(s, first);
	while (state_of(s)->status == STATUS_ASK && !state_of(s)->returned && steps++ < 50)
		give(s, knowledge_questions(knowledge, NULL)->list[asked_now(s)].key,
		    "unknown");
	assert_true(state_of(s)->returned);
	assert_int_equal(asked_now(s), first);
}

static void an_answer_takes_the_place_of_what_was_put_aside(void **state)
{
	struct session *s = *state;
	const struct questions *questions = knowledge_questions(knowledge, NULL);
	size_t n;

	session_put_aside(s, (size_t)questions_find(questions, "cluster"));
	session_put_aside(s, (size_t)questions_sign(questions));
	give(s, "cluster", "yes");
	give(s, "sign", "Q314588");
	session_given(s, &n);
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++)
		assert_int_not_equal(session_given(s, &n)[i].kind, GIVEN_ASIDE);
}

static void belief_sums_to_one_and_nothing_is_excluded(void **state)
{
	double sum;
	const struct state *st;

	give(*state, "exchange-version", "2000");
	give(*state, "location", "local");
	give(*state, "error-code", "-1018");
	st = state_of(*state);
	sum = st->belief->none;
	for (uint32_t i = 0; i < st->belief->n; i++) {
		assert_true(st->belief->p[i] > 0);
		sum += st->belief->p[i];
	}
	assert_true(fabs(sum - 1) < 1e-9);
}

static void unknown_changes_nothing_and_is_not_asked_again(void **state)
{
	double before = probability(*state, "Q314588");
	int first = state_of(*state)->decision.question;
	const struct questions *q = knowledge_questions(knowledge, NULL);

	give(*state, q->list[first].key, "unknown");
	assert_true(fabs(probability(*state, "Q314588") - before) < 1e-12);
	assert_int_not_equal(state_of(*state)->decision.question, first);
}

static void a_sign_picked_or_rejected_moves_its_article(void **state)
{
	double before = probability(*state, "Q177807");
	struct err err = {0};

	give(*state, "sign", "Q177807");
	assert_true(probability(*state, "Q177807") > before);
	session_clear(*state);
	give(*state, "sign", "!Q177807,Q156715");
	assert_true(probability(*state, "Q177807") < before);
	assert_int_equal(session_answer(*state, "sign", "Q1", &err), -1);
	assert_int_equal(err.class, ERR_USAGE);
	err_fini(&err);
}

static void answers_to_crash(struct session *s)
{
	give(s, "exchange-version", "5.0");
	give(s, "service-pack", "sp1");
	give(s, "location", "local");
	give(s, "cluster", "no");
	give(s, "symptom", "crash");
	give(s, "error-text", "edbbcli!HrClnSockAddrFromSocket");
}

static void advice_that_failed_makes_room_for_the_next(void **state)
{
	const struct state *st;
	double before;

	answers_to_crash(*state);
	st = state_of(*state);
	assert_int_equal(st->status, STATUS_ADVISE);
	assert_int_equal(st->advice[0].advice.kind, ADVICE_WORKAROUND);
	before = st->belief->p[st->advice[0].article];
	session_failed(*state, st->advice[0].article, st->advice[0].entry);
	assert_true(probability(*state, "Q177807") < before);
	st = state_of(*state);
	for (size_t i = 0; i < st->nadvice; i++)
		assert_int_not_equal(st->advice[i].advice.kind, ADVICE_WORKAROUND);
}

static void an_article_without_advice_left_makes_room(void **state)
{
	const struct state *st;
	uint32_t first;

	answers_to_crash(*state);
	first = state_of(*state)->decision.best;
	for (int tries = 0; tries < 9 && state_of(*state)->nadvice > 0; tries++) {
		st = state_of(*state);
		if (st->advice[0].article != first)
			break;
		session_failed(*state, st->advice[0].article, st->advice[0].entry);
	}
	st = state_of(*state);
	assert_true(st->status != STATUS_ADVISE || st->nadvice > 0);
	assert_true(st->nadvice == 0 || st->advice[0].article != first);
	assert_true(st->belief->p[first] < 0.01);
}

static void what_was_not_known_can_be_told_later(void **state)
{
	const struct questions *q = knowledge_questions(knowledge, NULL);
	size_t n;
	const struct given *g;

	give(*state, "task", "unknown");
	assert_int_equal(session_say(*state, "the backup fails", NULL), 0);
	g = session_given(*state, &n);
	assert_int_equal(g[0].question, questions_find(q, "task"));
	assert_string_equal(g[0].value, "backup");
}

static void an_answer_that_contradicts_the_rest_raises_an_alarm(void **state)
{
	const struct questions *q = knowledge_questions(knowledge, NULL);
	const struct state *st;
	bool alarmed = false;
	size_t n;

	answers_to_crash(*state);
	assert_int_equal(state_of(*state)->nalarms, 0);
	give(*state, "location", "remote");
	give(*state, "exchange-version", "2000");
	st = state_of(*state);
	for (size_t i = 0; i < st->nalarms; i++) {
		const struct given *g = &session_given(*state, &n)[st->alarms[i].given];

		alarmed = alarmed || g->question == questions_find(q, "exchange-version");
		assert_true(st->alarms[i].bits >= 5.0);
		assert_true(st->alarms[i].suspect != (int)st->alarms[i].given);
	}
	assert_true(alarmed);
}

static void an_article_named_by_number_is_meant(void **state)
{
	struct err err = {0};
	size_t n;

	assert_int_equal(session_say(*state, "is it q261160?", &err), 0);
	assert_true(probability(*state, "Q261160") > 0.5);
	assert_int_equal(session_given(*state, &n)[0].kind, GIVEN_SIGN);
	assert_string_equal(session_given(*state, &n)[0].quote, "q261160");
	assert_true(session_back(*state));
	assert_false(session_back(*state));
}

static const struct given *given_of(const struct session *s, enum given_kind kind)
{
	size_t n;
	const struct given *list = session_given(s, &n);

	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind)
			return &list[i];
	return NULL;
}

static void two_answers_named_count_for_nothing_until_one_is_given(void **state)
{
	const char *text = "from Exchange 5.0 to Exchange 5.5";
	const struct given *unclear;
	double with, without;
	size_t n;

	assert_int_equal(session_say(*state, text, NULL), 0);
	unclear = given_of(*state, GIVEN_UNCLEAR);
	assert_non_null(unclear);
	assert_int_equal(__builtin_popcountll(unclear->among), 2);
	assert_string_equal(unclear->quote, "Exchange 5.0 ... Exchange 5.5");
	with = probability(*state, "Q177807");
	session_retract(*state, (size_t)(unclear - session_given(*state, &n)));
	without = probability(*state, "Q177807");
	assert_true(with == without);

	assert_int_equal(session_say(*state, text, NULL), 0);
	give(*state, "exchange-version", "5.5");
	assert_null(given_of(*state, GIVEN_UNCLEAR));
	assert_int_equal(session_say(*state, text, NULL), 0);
	assert_null(given_of(*state, GIVEN_UNCLEAR));
	session_clear(*state);
}

static void what_two_answers_are_named_of_is_still_asked(void **state)
{
	const struct state *st;
	const struct questions *questions =
	    knowledge_questions(session_knowledge(*state), NULL);
	bool asked = false;

	assert_int_equal(session_say(*state, "Exchange 5.0 or Exchange 5.5", NULL), 0);
	for (int i = 0; i < 12 && !asked; i++) {
		st = session_state(*state, NULL);
		if (st->status != STATUS_ASK)
			break;
		asked = strcmp(questions->list[st->decision.question].key,
			    "exchange-version") == 0;
		if (!asked)
			give(*state, questions->list[st->decision.question].key, "unknown");
	}
	assert_true(asked);
	session_clear(*state);
}

static const char *key_asked(struct session *s)
{
	const struct state *st = state_of(s);

	assert_int_equal(st->status, STATUS_ASK);
	return knowledge_questions(knowledge, NULL)->list[st->decision.question].key;
}

/* Signs wait for other questions unless all began with a few words. */
static void a_few_words_are_a_vague_account(void **state)
{
	assert_int_equal(session_say(*state, "backup stops", NULL), 0);
	give(*state, "error-text", "unknown");
	assert_string_equal(key_asked(*state), "sign");
	session_clear(*state);
	assert_int_equal(session_say(*state,
			     "the backup stops with an error after a while on our server "
			     "every night since monday",
			     NULL),
	    0);
	give(*state, "error-text", "unknown");
	assert_string_not_equal(key_asked(*state), "sign");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, new_session, free_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(answers_are_taken_by_key_or_label_in_any_case),
	    CASE(unknown_questions_and_answers_are_refused_with_what_is_allowed),
	    CASE(a_choice_given_again_replaces_the_answer_in_its_place),
	    CASE(spellings_of_one_code_count_once),
	    CASE(open_values_add_up_and_none_clears_them),
	    CASE(back_takes_one_act_and_what_it_brought),
	    CASE(retracting_an_answer_leaves_the_later_ones),
	    CASE(text_does_not_replace_an_answer),
	    CASE(text_is_understood_with_the_words_it_came_from),
	    CASE(what_was_confirmed_counts_like_an_answer),
	    CASE(people_may_say_in_their_words_that_they_do_not_know),
	    CASE(what_is_said_to_be_absent_does_not_speak_for_what_has_it),
	    CASE(a_number_typed_counts_once),
	    CASE(the_order_of_answers_does_not_matter),
	    CASE(belief_sums_to_one_and_nothing_is_excluded),
	    CASE(words_fit_the_article_that_has_them),
	    CASE(a_question_put_aside_waits_and_counts_for_nothing),
	    CASE(what_was_put_aside_comes_back_when_nothing_else_is_left),
	    CASE(an_answer_takes_the_place_of_what_was_put_aside),
	    CASE(unknown_changes_nothing_and_is_not_asked_again),
	    CASE(a_sign_picked_or_rejected_moves_its_article),
	    CASE(advice_that_failed_makes_room_for_the_next),
	    CASE(an_article_without_advice_left_makes_room),
	    CASE(what_was_not_known_can_be_told_later),
	    CASE(an_answer_that_contradicts_the_rest_raises_an_alarm),
	    CASE(an_article_named_by_number_is_meant),
	    CASE(two_answers_named_count_for_nothing_until_one_is_given),
	    CASE(what_two_answers_are_named_of_is_still_asked),
	    CASE(a_few_words_are_a_vague_account),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
