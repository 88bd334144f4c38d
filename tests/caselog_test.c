/* SPDX-License-Identifier: ISC */
/* The case log: what is written is read again, by whoever, and what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "../decision/caselog.h"
#include "../kb/xalloc.h"
#include "casedesk.h"

/* Appending and reading. */

static void a_new_case_is_named_by_its_year_and_number(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna"), next = casedesk_head("anna"),
			 old = casedesk_head("anna");

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	casedesk_append(desk, &next, EVENT_OPENED, NULL);
	old.opened = INT64_C(1577836799999); /* the last millisecond of 2019, UTC */
	casedesk_append(desk, &old, EVENT_OPENED, NULL);
	assert_string_equal(head.name, "2026-00001");
	assert_string_equal(next.name, "2026-00002");
	assert_string_equal(old.name, "2019-00001");
	assert_true(head.id > 0 && next.id > head.id);
	case_head_fini(&head);
	case_head_fini(&next);
	case_head_fini(&old);
}

static void assert_head_equal(const struct case_head *a, const struct case_head *b)
{
	assert_int_equal(a->id, b->id);
	assert_string_equal(a->name, b->name);
	assert_int_equal(a->opened, b->opened);
	assert_int_equal(a->changed, b->changed);
	assert_int_equal(a->state, b->state);
	assert_string_equal(a->agent, b->agent);
	assert_string_equal(a->caller, b->caller);
	assert_string_equal(a->contact, b->contact);
	assert_string_equal(a->reference, b->reference);
	assert_string_equal(a->knowledge, b->knowledge);
	assert_string_equal(a->fingerprint, b->fingerprint);
	assert_int_equal(a->phone, b->phone);
}

static const char strange[] =
    "'); DROP TABLE cases; --\n\"quoted\" 'twice'\n%s %n \\ \xe2\x98\x8e Zo\xc3\xab";

static void everything_of_a_case_is_read_as_it_was_written(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("o'neill");
	char first[] = "answer question=a value=x%20y", second[] = "answer question=b";
	char *lines[] = {first, second}, question[] = "a", article[] = "Q1";
	struct event event = {
	    .time = -5,
	    .kind = EVENT_ANSWERED,
	    .agent = head.agent,
	    .question = question,
	    .article = article,
	    .entry = 0,
	    .step = 7,
	    .text = (char *)strange,
	    .internal = true,
	    .answers = {.at = 3, .removed = 1, .added = lines, .nadded = 2},
	};
	struct case_record record;

	head.caller = xstrdup(strange);
	head.contact = xstrdup("");
	head.reference = xstrdup("1; DELETE FROM events");
	head.phone = true;
	head.state = CASE_PARKED;
	assert_int_equal(caselog_append(desk->log, &head, &event, 1, NULL), 0);
	casedesk_reopen(desk);
	assert_int_equal(caselog_read(desk->log, head.name, &record, NULL), 1);
	assert_head_equal(&record.head, &head);
	assert_int_equal(record.n, 1);
	assert_int_equal(record.events[0].time, -5);
	assert_int_equal(record.events[0].kind, EVENT_ANSWERED);
	assert_string_equal(record.events[0].agent, "o'neill");
	assert_string_equal(record.events[0].question, "a");
	assert_string_equal(record.events[0].article, "Q1");
	assert_int_equal(record.events[0].entry, 0);
	assert_int_equal(record.events[0].step, 7);
	assert_string_equal(record.events[0].text, strange);
	assert_true(record.events[0].internal);
	assert_int_equal(record.events[0].answers.at, 3);
	assert_int_equal(record.events[0].answers.removed, 1);
	assert_int_equal(record.events[0].answers.nadded, 2);
	assert_string_equal(record.events[0].answers.added[0], lines[0]);
	assert_string_equal(record.events[0].answers.added[1], lines[1]);
	case_record_fini(&record);
	case_head_fini(&head);
}

static void what_an_event_does_not_have_is_not_there(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct case_record record;

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	assert_int_equal(caselog_read(desk->log, head.name, &record, NULL), 1);
	assert_null(record.head.caller);
	assert_null(record.events[0].question);
	assert_null(record.events[0].article);
	assert_null(record.events[0].text);
	assert_int_equal(record.events[0].entry, -1);
	assert_int_equal(record.events[0].step, -1);
	assert_int_equal(record.events[0].answers.nadded, 0);
	case_record_fini(&record);
	case_head_fini(&head);
}

static void every_kind_and_state_is_kept(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct case_record record;

	for (int i = 0; i < EVENT_KINDS; i++) {
		head.state = (enum case_state)(i % CASE_STATES);
		casedesk_append(desk, &head, (enum event_kind)i, NULL);
		assert_int_equal(caselog_read(desk->log, head.name, &record, NULL), 1);
		assert_int_equal(record.n, i + 1);
		assert_int_equal(record.events[i].kind, i);
		assert_int_equal(record.head.state, head.state);
		case_record_fini(&record);
	}
	case_head_fini(&head);
}

static void events_stay_in_order_when_the_clock_runs_backwards(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct case_record record;

	for (int i = 0; i < 5; i++) {
		char *text = xasprintf("%d", i);

		desk->now -= 3600000;
		casedesk_append(desk, &head, EVENT_NOTED, text);
		free(text);
	}
	assert_int_equal(caselog_read(desk->log, head.name, &record, NULL), 1);
	assert_int_equal(record.n, 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(record.events[i].text[0], '0' + i);
	case_record_fini(&record);
	case_head_fini(&head);
}

static void a_note_may_be_a_megabyte(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct case_record record;
	char *text = xmalloc((1 << 20) + 1);

	for (int i = 0; i < 1 << 20; i++)
		text[i] = "it's \n"[i % 6];
	text[(1 << 20) - 1] = '.';
	text[1 << 20] = '\0';
	casedesk_append(desk, &head, EVENT_NOTED, text);
	assert_int_equal(caselog_read(desk->log, head.name, &record, NULL), 1);
	assert_string_equal(record.events[0].text, text);
	case_record_fini(&record);
	case_head_fini(&head);
	free(text);
}

/* Longer than a row may be: said, nothing written, and the log is as good as before. */
static void a_text_without_measure_is_refused(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	size_t len = 20 << 20;
	char *text = xmalloc(len + 1);
	struct event event = {.kind = EVENT_NOTED, .agent = head.agent, .text = text};
	struct err err = {.text = NULL};

	memset(text, 'x', len);
	text[len] = '\0';
	assert_int_equal(caselog_append(desk->log, &head, &event, 1, &err), -1);
	assert_int_equal(err.class, ERR_WRITE);
	err_fini(&err);
	free(text);
	assert_int_equal(head.id, 0);
	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	case_head_fini(&head);
}

static void a_case_is_found_by_its_number_alone(void **state)
{
	struct casedesk *desk = *state;
	struct case_head old = casedesk_head("old"), head = casedesk_head("new");
	struct case_record record;

	old.opened -= INT64_C(366) * 24 * 3600 * 1000;
	casedesk_append(desk, &old, EVENT_OPENED, NULL);
	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	assert_int_equal(caselog_read(desk->log, "1", &record, NULL), 1);
	assert_string_equal(record.head.agent, "new");
	case_record_fini(&record);
	assert_int_equal(caselog_read(desk->log, old.name, &record, NULL), 1);
	assert_string_equal(record.head.agent, "old");
	case_record_fini(&record);
	case_head_fini(&old);
	case_head_fini(&head);
}

static void what_names_no_case_finds_none(void **state)
{
	static const char *const names[] = {"2", "2026-00002", "2025-00001", "", "x", "-1",
	    "2026-", "2026-1x", " 1", "2026-1 OR 1=1", "99999999999999999999999"};
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct case_record record;

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(caselog_read(desk->log, names[i], &record, NULL), 0);
	case_head_fini(&head);
}

/* Lists. */

/* The agents of the cases found, a word each. */
static void assert_listed(
    struct casedesk *desk, const struct case_filter *filter, const char *want)
{
	struct case_heads heads;
	char *got = xstrdup("");

	assert_int_equal(caselog_list(desk->log, filter, &heads, NULL), 0);
	for (size_t i = 0; i < heads.n; i++) {
		char *more =
		    xasprintf("%s%s%s", got, i == 0 ? "" : " ", heads.list[i].agent);

		free(got);
		got = more;
	}
	assert_string_equal(got, want);
	free(got);
	case_heads_fini(&heads);
}

/* Three cases, an hour from one to the next; of anna's the caller is known. */
static void fill(struct casedesk *desk)
{
	static const char *const agents[] = {"anna", "bert", "cleo"};

	for (int i = 0; i < 3; i++) {
		struct case_head head = casedesk_head(agents[i]);
		char line[] = "answer question=os value=Windows%20NT";
		char *lines[] = {line};
		struct event event = {.kind = EVENT_ANSWERED,
		    .agent = head.agent,
		    .entry = -1,
		    .step = -1,
		    .answers = {.added = lines, .nadded = i == 2}};

		head.state = (enum case_state)i;
		head.caller = i == 0 ? xstrdup("Mrs. Pauli") : NULL;
		head.changed = desk->now + i * 3600000;
		assert_int_equal(caselog_append(desk->log, &head, &event, 1, NULL), 0);
		case_head_fini(&head);
	}
}

static void cases_are_listed_the_latest_first(void **state)
{
	struct casedesk *desk = *state;

	assert_listed(desk, &(struct case_filter){.most = 0}, "");
	fill(desk);
	assert_listed(desk, &(struct case_filter){.most = 0}, "cleo bert anna");
	assert_listed(desk, &(struct case_filter){.most = 2}, "cleo bert");
}

static void lists_are_narrowed(void **state)
{
	struct casedesk *desk = *state;
	int64_t noon = desk->now + 3600000;

	fill(desk);
	assert_listed(desk, &(struct case_filter){.agent = "bert"}, "bert");
	assert_listed(desk, &(struct case_filter){.since = noon}, "cleo bert");
	assert_listed(desk, &(struct case_filter){.before = noon}, "anna");
	assert_listed(desk, &(struct case_filter){.states = 1u << CASE_PARKED}, "bert");
	assert_listed(desk,
	    &(struct case_filter){.states = 1u << CASE_OPEN | 1u << CASE_SOLVED},
	    "cleo anna");
	assert_listed(
	    desk, &(struct case_filter){.states = 1u << CASE_OPEN, .since = noon}, "");
}

static void lists_are_searched_for_text(void **state)
{
	struct casedesk *desk = *state;

	fill(desk);
	assert_listed(desk, &(struct case_filter){.text = "mrs. pauLI"}, "anna");
	assert_listed(desk, &(struct case_filter){.text = "2026-00002"}, "bert");
	assert_listed(desk, &(struct case_filter){.text = "windows nt"}, "cleo");
	assert_listed(desk, &(struct case_filter){.text = "%"}, "");
	assert_listed(desk, &(struct case_filter){.text = "' OR 1=1 --"}, "");
}

/* Claims. */

static void a_case_is_claimed_by_one_at_a_time(void **state)
{
	struct casedesk *desk = *state;
	struct caselog *other = caselog_open(desk->path, false, NULL);
	struct case_head head = casedesk_head("anna");
	char *holder;

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	assert_int_equal(caselog_claim(desk->log, head.id, "anna's", &holder, NULL), 1);
	assert_int_equal(caselog_claim(desk->log, head.id, "anna's", &holder, NULL), 1);
	assert_int_equal(caselog_claim(other, head.id, "bert", &holder, NULL), 0);
	assert_string_equal(holder, "anna's");
	free(holder);
	caselog_release(other, head.id); /* is not his to release */
	assert_int_equal(caselog_claim(other, head.id, "bert", &holder, NULL), 0);
	free(holder);
	caselog_release(desk->log, head.id);
	assert_int_equal(caselog_claim(other, head.id, "bert", &holder, NULL), 1);
	assert_int_equal(caselog_claim(desk->log, head.id, "anna's", &holder, NULL), 0);
	assert_string_equal(holder, "bert");
	free(holder);
	caselog_close(other);
	assert_int_equal(caselog_claim(desk->log, head.id, "anna's", &holder, NULL), 1);
	case_head_fini(&head);
}

static void what_is_not_there_cannot_be_claimed(void **state)
{
	struct casedesk *desk = *state;
	struct err err = {.text = NULL};
	char *holder;

	assert_int_equal(caselog_claim(desk->log, 7, "anna", &holder, &err), -1);
	assert_int_equal(err.class, ERR_DATA);
	err_fini(&err);
}

/* Deleting. */

static int64_t id_of(struct casedesk *desk, const char *name)
{
	struct case_record record;
	int64_t id;

	assert_int_equal(caselog_read(desk->log, name, &record, NULL), 1);
	id = record.head.id;
	case_record_fini(&record);
	return id;
}

static void assert_purged(
    struct casedesk *desk, const struct case_filter *filter, size_t want)
{
	size_t n;

	assert_int_equal(caselog_purge(desk->log, filter, &n, NULL), 0);
	assert_int_equal(n, want);
}

static const struct case_filter all = {.most = 0};

/* By another program, or by the one that purges: and they still have them afterwards. */
static void cases_are_purged_unless_somebody_works_on_them(void **state)
{
	struct casedesk *desk = *state;
	struct caselog *other = caselog_open(desk->path, false, NULL);
	struct caselog *third = caselog_open(desk->path, false, NULL);
	char *holder;

	fill(desk);
	assert_int_equal(caselog_claim(other, id_of(desk, "1"), "x", &holder, NULL), 1);
	assert_int_equal(caselog_claim(desk->log, id_of(desk, "2"), "y", &holder, NULL), 1);
	assert_purged(desk, &(struct case_filter){.agent = "z"}, 0);
	assert_purged(desk, &all, 1);
	assert_listed(desk, &all, "bert anna");
	for (int i = 1; i <= 2; i++) {
		const char *name = i == 1 ? "1" : "2";

		assert_int_equal(
		    caselog_claim(third, id_of(desk, name), "z", &holder, NULL), 0);
		free(holder);
	}
	caselog_close(other);
	assert_purged(desk, &all, 1);
	assert_listed(desk, &all, "bert");
	caselog_close(third);
}

static void the_number_of_a_purged_case_is_not_given_again(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct event event = {.kind = EVENT_NOTED, .agent = head.agent};
	struct err err = {.text = NULL};

	fill(desk);
	assert_purged(desk, &all, 3);
	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	assert_string_equal(head.name, "2026-00004");
	assert_purged(desk, &all, 1);
	assert_int_equal(caselog_append(desk->log, &head, &event, 1, &err), -1);
	assert_int_equal(err.class, ERR_DATA);
	assert_non_null(strstr(err.text, "2026-00004"));
	err_fini(&err);
	case_head_fini(&head);
}

/* What was deleted is nowhere in the files. */
static void what_was_purged_is_overwritten(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");

	casedesk_append(desk, &head, EVENT_NOTED, "the-secret-of-the-caller");
	case_head_fini(&head);
	assert_true(casedesk_holds(desk, "the-secret-of-the-caller"));
	assert_purged(desk, &all, 1);
	casedesk_reopen(desk);
	assert_false(casedesk_holds(desk, "the-secret-of-the-caller"));
}

/* Where the log is. */

static void the_usual_place_is_in_the_state_folder(void **state)
{
	(void)state;
	char *home = xstrdup(getenv("HOME")), *path;

	setenv("HOME", "/home/x", 1);
	setenv("XDG_STATE_HOME", "/var/state", 1);
	path = caselog_default_path();
	assert_string_equal(path, "/var/state/kbwizard/cases.db");
	free(path);
	setenv("XDG_STATE_HOME", "relative", 1);
	path = caselog_default_path();
	assert_string_equal(path, "/home/x/.local/state/kbwizard/cases.db");
	free(path);
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	assert_null(caselog_default_path());
	if (home != NULL)
		setenv("HOME", home, 1);
	free(home);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, casedesk_setup, casedesk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_new_case_is_named_by_its_year_and_number),
	    TEST(everything_of_a_case_is_read_as_it_was_written),
	    TEST(what_an_event_does_not_have_is_not_there),
	    TEST(every_kind_and_state_is_kept),
	    TEST(events_stay_in_order_when_the_clock_runs_backwards),
	    TEST(a_note_may_be_a_megabyte),
	    TEST(a_text_without_measure_is_refused),
	    TEST(a_case_is_found_by_its_number_alone),
	    TEST(what_names_no_case_finds_none),
	    TEST(cases_are_listed_the_latest_first),
	    TEST(lists_are_narrowed),
	    TEST(lists_are_searched_for_text),
	    TEST(a_case_is_claimed_by_one_at_a_time),
	    TEST(what_is_not_there_cannot_be_claimed),
	    TEST(cases_are_purged_unless_somebody_works_on_them),
	    TEST(the_number_of_a_purged_case_is_not_given_again),
	    TEST(what_was_purged_is_overwritten),
	    cmocka_unit_test(the_usual_place_is_in_the_state_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
