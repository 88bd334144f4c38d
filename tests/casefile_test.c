/* SPDX-License-Identifier: ISC */
/* The case at work: recorded, kept, taken up again, with the shipped knowledge file. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/casefile.h"
#include "../decision/given_text.h"
#include "../kb/xalloc.h"
#include "casestore.h"
#include "shipped.h"

static struct knowledge *knowledge;
static struct caselog *store;
static struct session *session;
static struct casefile *file;

static int64_t now;
static int64_t clock_now(void)
{
	return now;
}

static const struct desk_facts anna = {
    .agent = "anna", .who = "anna on front-1", .now = clock_now};
static const struct desk_facts bert = {
    .agent = "bert", .who = "bert on front-2", .now = clock_now};

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

static int begin(void **state)
{
	(void)state;
	now = 1000000;
	store = casestore_new();
	session = session_new(knowledge, SETTING_PHONE, NULL);
	file = casefile_new(session, true, store, &anna);
	return 0;
}

static int end(void **state)
{
	(void)state;
	casefile_free(file);
	session_free(session);
	caselog_close(store);
	return 0;
}

static struct happening of_question(const char *key)
{
	return (struct happening){.question = key, .entry = -1, .step = -1};
}

static void answer(const char *question, const char *value)
{
	const struct happening what = of_question(question);

	assert_int_equal(session_answer(session, question, value, NULL), 0);
	casefile_add(file, EVENT_ANSWERED, &what);
}

static void tell(const char *text)
{
	assert_int_equal(session_say(session, text, NULL), 0);
	casefile_add(file, EVENT_TOLD, NULL);
}

static char *lines_of(struct session *s)
{
	char *text = NULL;
	size_t len, n;
	FILE *f = xopen_memstream(&text, &len);
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < n; i++) {
		char *line = given_write(s, &given[i], NULL);

		assert_non_null(line);
		fprintf(f, "%s\n", line);
		free(line);
	}
	xclose_memstream(f);
	return text;
}

/* The same answers, and so the same state. */
static void assert_same_session(struct session *a, struct session *b)
{
	char *one = lines_of(a), *other = lines_of(b);
	const struct state *x = session_state(a, NULL), *y = session_state(b, NULL);

	assert_string_equal(one, other);
	assert_int_equal(x->status, y->status);
	assert_int_equal(x->decision.question, y->decision.question);
	assert_int_equal(x->decision.best, y->decision.best);
	assert_int_equal(x->nadvice, y->nadvice);
	free(one);
	free(other);
}

/* Every kind of answer there is. */
static void give_all_kinds(void)
{
	const struct state *st;
	char *rejected;

	tell("evnt 8010 from ntbackup, 5.0 or 5.5, 100% of the time, \"quoted\"");
	answer("exchange-version", "5.0");
	answer("cluster", "unknown");
	answer("error-code", "none");
	answer("sign", "!Q156715,Q261160");
	answer("sign", "Q314588");
	session_failed(session, 1, 0);
	casefile_add(file, EVENT_FAILED, NULL);
	session_put_aside(session,
	    (size_t)questions_find(knowledge_questions(knowledge, NULL), "location"));
	casefile_add(file, EVENT_ASIDE, NULL);
	st = session_state(session, NULL);
	rejected = session_rejection(st);
	free(rejected);
}

static void answers_read_back_are_the_same(void **state)
{
	struct session *other = session_new(knowledge, SETTING_PHONE, NULL);
	const struct given *given;
	struct given *list;
	size_t n;

	(void)state;
	give_all_kinds();
	given = session_given(session, &n);
	list = xcalloc(n, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		char *line = given_write(session, &given[i], NULL), *why;

		assert_int_equal(given_read(other, line, &list[i], &why, NULL), 1);
		assert_null(why);
		free(line);
	}
	session_adopt(other, list, n);
	free(list);
	assert_same_session(session, other);
	/* what comes after it is a step of its own */
	assert_int_equal(session_answer(other, "service-pack", "sp1", NULL), 0);
	assert_true(session_back(other));
	assert_same_session(session, other);
	session_free(other);
}

static void assert_unfit(const char *line, const char *because)
{
	struct given given;
	char *why;

	assert_int_equal(given_read(session, line, &given, &why, NULL), 0);
	assert_non_null(strstr(why, because));
	free(why);
}

static void what_the_knowledge_lacks_is_named(void **state)
{
	(void)state;
	assert_unfit("answer question=colour value=red step=1", "no question \"colour\"");
	assert_unfit("answer question=cluster value=maybe step=1", "no answer \"maybe\"");
	assert_unfit("value question=cluster value=12 step=1", "no such value");
	assert_unfit("sign value=Q1 articles=Q1 step=1", "no article Q1");
	assert_unfit("failed value=failed articles=Q1 entry=0 step=1", "no article Q1");
}

static void lines_that_are_none_are_refused(void **state)
{
	static const char *const lines[] = {"", "answer",
	    "answers question=cluster value=yes step=1",
	    "answer question=cluster value=yes", "answer question=cluster value=yes step=0",
	    "answer question=cluster value=yes step=99999999",
	    "answer question=cluster value=yes step=1 step=2",
	    "answer question=cluster value=%zz step=1",
	    "answer question=cluster value=%00 step=1",
	    "answer question=cluster value=yes colour=red step=1",
	    "sign value=Q314588 step=1", "rejected value=x articles= step=1",
	    "failed value=failed articles=Q314588 entry=x step=1",
	    "unclear question=cluster step=1", "aside step=1"};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct given given;
		char *why;

		assert_int_equal(given_read(session, lines[i], &given, &why, NULL), 0);
		free(why);
	}
}

static void a_line_has_no_blank_but_between_its_members(void **state)
{
	char *line = given_encode("a b,c%\n\x1b[2J"), *back;

	(void)state;
	assert_null(strpbrk(line, " ,\n\x1b"));
	back = given_decode(line, strlen(line));
	assert_non_null(back);
	assert_null(strchr(back, '\x1b')); /* what comes from outside is clean */
	free(line);
	free(back);
}

static void splices_make_one_list_of_another(void **state)
{
	static const char *const texts[] = {"", "a", "ab", "abc", "ac", "bc", "xabc",
	    "abxc", "abcx", "axc", "xyz", "aab", "aba"};
	const size_t n = sizeof texts / sizeof texts[0];

	(void)state;
	for (size_t k = 0; k < n * n; k++) {
		struct answer_lines from = {0}, to = {0};
		struct answer_lines *const both[] = {&from, &to};
		const char *const want[] = {texts[k / n], texts[k % n]};
		struct splice splice, read;
		char *text;

		for (size_t side = 0; side < 2; side++)
			for (const char *c = want[side]; *c != '\0'; c++) {
				both[side]->list = xgrow(both[side]->list, both[side]->n,
				    &both[side]->cap, sizeof *both[side]->list);
				both[side]->list[both[side]->n++] = xstrndup(c, 1);
			}
		splice = splice_between(&from, &to);
		text = splice_write(&splice);
		assert_true((text == NULL) == (strcmp(want[0], want[1]) == 0));
		assert_true(splice_read(&read, text));
		assert_true(splice_apply(&from, &read));
		assert_int_equal(from.n, to.n);
		for (size_t i = 0; i < to.n; i++)
			assert_string_equal(from.list[i], to.list[i]);
		free(text);
		splice_fini(&splice);
		splice_fini(&read);
		answer_lines_fini(&from);
		answer_lines_fini(&to);
	}
}

static void splices_that_are_none_are_refused(void **state)
{
	static const char *const texts[] = {
	    "", "1", "x 1", "1 x", "1  1", "-1 0", "1 1 1", "99999999999 0"};
	struct splice beyond = {.at = 1};
	struct answer_lines none = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct splice splice;

		assert_false(splice_read(&splice, texts[i]));
		splice_fini(&splice);
	}
	assert_false(splice_apply(&none, &beyond));
}

static void nothing_is_in_the_log_before_the_first_flush(void **state)
{
	(void)state;
	answer("exchange-version", "5.5");
	assert_null(casestore_case(store, 0));
	casefile_flush(file);
	assert_non_null(casestore_case(store, 0));
	assert_string_equal(casefile_record(file)->head.name, "2026-00001");
	assert_int_equal(casestore_case(store, 0)->n, casefile_record(file)->n);
}

static void an_act_that_changed_nothing_is_no_event(void **state)
{
	size_t n;

	(void)state;
	answer("exchange-version", "5.5");
	n = casefile_record(file)->n;
	casefile_add(file, EVENT_CONFIRMED, NULL);
	assert_int_equal(casefile_record(file)->n, n);
}

static void what_is_shown_already_is_not_shown_again(void **state)
{
	const struct happening version = of_question("exchange-version"),
			       task = of_question("task");
	size_t n;

	(void)state;
	casefile_add(file, EVENT_ASKED, &version);
	n = casefile_record(file)->n;
	casefile_add(file, EVENT_ASKED, &version);
	assert_int_equal(casefile_record(file)->n, n);
	casefile_add(file, EVENT_ASKED, &task);
	assert_int_equal(casefile_record(file)->n, n + 1);
}

/* Takes case `name` up as somebody else with a session of his own. */
static int resume(const char *name, struct session **s, struct casefile **f,
    struct misfits *misfits, struct err *err)
{
	*s = session_new(knowledge, SETTING_PHONE, NULL);
	*f = NULL;
	return casefile_resume(f, *s, store, name, &bert, misfits, err);
}

static void after_every_event_a_case_can_be_taken_up_as_it_was(void **state)
{
	size_t n;

	(void)state;
	give_all_kinds();
	assert_true(session_back(session));
	casefile_add(file, EVENT_BACK, NULL);
	session_retract(session, 0);
	casefile_add(file, EVENT_RETRACTED, NULL);
	n = casefile_record(file)->n;
	casefile_flush(file);
	for (size_t i = 1; i <= n; i++) {
		struct answer_lines lines;

		assert_true(case_record_answers(casefile_record(file), i, &lines));
		answer_lines_fini(&lines);
	}
	casefile_free(file);
	{
		struct session *other;
		struct casefile *again;
		struct misfits misfits = {0};

		assert_int_equal(resume("2026-00001", &other, &again, &misfits, NULL), 1);
		assert_int_equal(misfits.n, 0);
		assert_same_session(session, other);
		assert_string_equal(casefile_record(again)->head.agent, "bert");
		casefile_free(again);
		session_free(other);
	}
	file = NULL;
}

static void the_second_is_told_who_has_it(void **state)
{
	struct session *other;
	struct casefile *again;
	struct misfits misfits = {0};
	struct err err = {0};

	(void)state;
	answer("exchange-version", "5.5");
	casefile_flush(file);
	assert_int_equal(resume("2026-00001", &other, &again, &misfits, &err), 0);
	assert_int_equal(err.class, ERR_USAGE);
	assert_non_null(strstr(err_text(&err), "anna on front-1"));
	session_free(other);
	assert_int_equal(resume("2026-00009", &other, &again, &misfits, &err), 0);
	assert_non_null(strstr(err_text(&err), "no case 2026-00009"));
	session_free(other);
	err_fini(&err);
}

static void a_full_disk_loses_nothing(void **state)
{
	(void)state;
	answer("exchange-version", "5.5");
	casefile_flush(file);
	assert_null(casefile_fault(file));
	casestore_fill(store, true);
	answer("cluster", "no");
	casefile_flush(file);
	assert_non_null(strstr(casefile_fault(file), "no space left"));
	answer("location", "remote");
	casefile_flush(file);
	assert_int_equal(casestore_case(store, 0)->n, 2);
	casestore_fill(store, false);
	casefile_flush(file);
	assert_null(casefile_fault(file));
	assert_int_equal(casestore_case(store, 0)->n, casefile_record(file)->n);
}

static void a_case_can_be_moved_to_another_log(void **state)
{
	struct caselog *other = casestore_new();

	(void)state;
	casestore_fill(store, true);
	answer("exchange-version", "5.5");
	casefile_flush(file);
	assert_non_null(casefile_fault(file));
	assert_int_equal(casefile_move(file, other, NULL), 0);
	assert_null(casefile_fault(file));
	answer("cluster", "no");
	casefile_flush(file);
	assert_int_equal(casestore_case(other, 0)->n, casefile_record(file)->n);
	casefile_free(file);
	file = NULL;
	caselog_close(other);
}

static void details_are_recorded_once_and_clean(void **state)
{
	size_t n;

	(void)state;
	casefile_details(file, "O'Neil\n\x1b[31m", "", "x'); DROP TABLE event; --");
	n = casefile_record(file)->n;
	assert_null(strpbrk(casefile_record(file)->head.caller, "\n\x1b"));
	assert_null(casefile_record(file)->head.contact);
	casefile_details(file, "O'Neil\n\x1b[31m", NULL, "x'); DROP TABLE event; --");
	assert_int_equal(casefile_record(file)->n, n);
}

static void an_ended_case_that_goes_on_is_open_again(void **state)
{
	(void)state;
	answer("exchange-version", "5.5");
	casefile_add(file, EVENT_SOLVED, NULL);
	assert_int_equal(casefile_record(file)->head.state, CASE_SOLVED);
	casefile_add(file, EVENT_NOTED,
	    &(struct happening){.text = "thanks", .entry = -1, .step = -1});
	assert_int_equal(casefile_record(file)->head.state, CASE_SOLVED);
	answer("cluster", "no");
	assert_int_equal(casefile_record(file)->head.state, CASE_OPEN);
	assert_int_equal(casefile_record(file)->events[casefile_record(file)->n - 1].kind,
	    EVENT_ANSWERED);
}

static void time_at_work_leaves_out_rests_and_a_clock_that_runs_back(void **state)
{
	(void)state;
	answer("exchange-version", "5.5"); /* opened just now */
	now += 5000;
	casefile_add(file, EVENT_HELD, NULL);
	now += 60000;
	assert_int_equal(casefile_hold_time(file), 60000);
	casefile_add(file, EVENT_UNHELD, NULL);
	assert_int_equal(casefile_hold_time(file), 0);
	now -= 3600000;
	answer("cluster", "no");
	now += 2000;
	casefile_add(file, EVENT_PARKED, NULL);
	now += 100000;
	casefile_add(file, EVENT_RESUMED, NULL);
	now += 1000;
	assert_int_equal(case_record_worked(casefile_record(file)), 7000);
	assert_int_equal(casefile_case_time(file), 8000);
}

static void ticks_are_the_last_said(void **state)
{
	const struct happening step = {.article = "Q314588", .entry = 0, .step = 2};

	(void)state;
	assert_false(case_record_ticked(casefile_record(file), "Q314588", 0, 2));
	casefile_add(file, EVENT_TICKED, &step);
	assert_true(case_record_ticked(casefile_record(file), "Q314588", 0, 2));
	assert_false(case_record_ticked(casefile_record(file), "Q314588", 0, 1));
	casefile_add(file, EVENT_UNTICKED, &step);
	assert_false(case_record_ticked(casefile_record(file), "Q314588", 0, 2));
}

static void words_are_read_as_they_are_written(void **state)
{
	(void)state;
	for (int kind = 0; kind < EVENT_KINDS; kind++)
		assert_int_equal(
		    event_kind_of(event_kind_word((enum event_kind)kind)), kind);
	for (int s = 0; s < CASE_STATES; s++)
		assert_int_equal(case_state_of(case_state_word((enum case_state)s)), s);
	assert_int_equal(event_kind_of("nothing"), EVENT_KINDS);
	assert_int_equal(case_state_of("nothing"), CASE_STATES);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(answers_read_back_are_the_same),
	    CASE(what_the_knowledge_lacks_is_named),
	    CASE(lines_that_are_none_are_refused),
	    CASE(a_line_has_no_blank_but_between_its_members),
	    CASE(splices_make_one_list_of_another),
	    CASE(splices_that_are_none_are_refused),
	    CASE(nothing_is_in_the_log_before_the_first_flush),
	    CASE(an_act_that_changed_nothing_is_no_event),
	    CASE(what_is_shown_already_is_not_shown_again),
	    CASE(after_every_event_a_case_can_be_taken_up_as_it_was),
	    CASE(the_second_is_told_who_has_it),
	    CASE(a_full_disk_loses_nothing),
	    CASE(a_case_can_be_moved_to_another_log),
	    CASE(details_are_recorded_once_and_clean),
	    CASE(an_ended_case_that_goes_on_is_open_again),
	    CASE(time_at_work_leaves_out_rests_and_a_clock_that_runs_back),
	    CASE(ticks_are_the_last_said),
	    CASE(words_are_read_as_they_are_written),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
