/* SPDX-License-Identifier: ISC */
/*
 * Tickets of whole calls: tickets/NAME holds what is exported of each, and REGEN=1 renews
 * them. What no call may break, and the block from which a case is taken up elsewhere.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "../kb/xalloc.h"
#include "../decision/given_text.h"
#include "../tui/ticket.h"
#include "../kb/scan.h"
#include "../tui/clipboard.h"
#include "../tui/layout.h"
#include "../tui/ticket_block.h"
#include "shipped.h"

static struct knowledge *knowledge;
static struct session *session;
static struct casefile *file;

static int64_t now;
static int64_t clock_now(void)
{
	return now;
}

static const struct desk_facts anna = {
    .agent = "anna", .who = "anna on front-1", .now = clock_now};

static int open_knowledge(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
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
	now = INT64_C(1795512000000); /* 2026-11-24 10:40 */
	session = session_new(knowledge, SETTING_PHONE, NULL);
	file = casefile_new(session, true, NULL, &anna);
	return 0;
}

static int end(void **state)
{
	(void)state;
	casefile_free(file);
	session_free(session);
	return 0;
}

/* What happens in a call, each some seconds after the last. */

static void passes(int seconds)
{
	now += seconds * INT64_C(1000);
}

static void did(enum event_kind kind, const char *question, const char *text)
{
	const struct happening what = {
	    .question = question, .text = text, .entry = -1, .step = -1};

	casefile_add(file, kind, &what);
}

static void tell(const char *text)
{
	passes(20);
	assert_int_equal(session_say(session, text, NULL), 0);
	did(EVENT_TOLD, NULL, text);
}

static void answer(const char *question, const char *value)
{
	did(EVENT_ASKED, question, NULL);
	passes(31);
	assert_int_equal(session_answer(session, question, value, NULL), 0);
	did(EVENT_ANSWERED, question, value);
}

static void note(const char *text, bool internal)
{
	const struct happening what = {
	    .text = text, .entry = -1, .step = -1, .internal = internal};

	passes(5);
	casefile_add(file, EVENT_NOTED, &what);
}

/* Something about the first advice that stands now. */
static void advised(enum event_kind kind, int step)
{
	const struct state *st = session_state(session, NULL);
	struct happening what = {.entry = step < -1 ? -1 : 0, .step = step};
	struct head head = {0};

	assert_int_equal(st->status, STATUS_ADVISE);
	assert_int_equal(knowledge_head(knowledge, st->decision.best, &head, NULL), 0);
	what.article = head.id;
	if (what.entry == 0)
		what.entry = (int)st->advice[0].entry;
	passes(60);
	if (kind == EVENT_FAILED || kind == EVENT_TRIED)
		session_failed(session, st->decision.best, st->advice[0].entry);
	casefile_add(file, kind, &what);
	head_fini(&head);
}

/* A call with something of everything in it. */
static void whole_call(void)
{
	casefile_details(file, "Mr. O'Neil \"Jim\"", "+1 555 0100", "INC-4711");
	tell("ntbackup stops with an RPC error, event 8010, on our clustered Exchange 5.5");
	did(EVENT_CONFIRMED, NULL, NULL);
	answer("cluster", "yes");
	note("Caller is in a hurry.", true);
	note("Will send the event log by mail.\nIt has 3 pages.", false);
	session_put_aside(session,
	    (size_t)questions_find(knowledge_questions(knowledge, NULL), "service-pack"));
	did(EVENT_ASIDE, "service-pack", NULL);
	answer("operating-system", "unknown");
}

static char *ticket_of(struct ticket *ticket, enum ticket_format format)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);
	struct err err = {0};

	ticket->record = casefile_record(file);
	if (ticket_write(f, ticket, format, &err) == -1)
		fail_msg("%s", err_text(&err));
	xclose_memstream(f);
	return text;
}

/* Goldens. */

static char *golden_path(const char *name)
{
	const char *srcdir = getenv("srcdir");

	return xasprintf("%s/tests/tickets/%s", srcdir != NULL ? srcdir : ".", name);
}

static char *golden_read(const char *path)
{
	struct scan scan;
	struct err err = {0};
	char *lines, *text;

	if (scan_file(&scan, path, 1 << 20, &err) == -1)
		fail_msg("%s", err_text(&err));
	lines = scan_join(&scan, 0, scan.nlines);
	text = xasprintf("%s\n", lines);
	free(lines);
	scan_fini(&scan);
	return text;
}

/* The figures of the knowledge file change with every article: they are masked. */
static void mask_fingerprint(char *text)
{
	const char *fingerprint = knowledge_fingerprint(knowledge);
	char *at;

	while ((at = strstr(text, fingerprint)) != NULL)
		memset(at, '0', strlen(fingerprint));
	at = strstr(text, "kbwizard-case-end ");
	if (at != NULL)
		memset(at + strcspn(at, "\n\\") - 16, '0', 16);
}

static void assert_golden(
    const char *name, struct ticket *ticket, enum ticket_format format)
{
	char *path = golden_path(name), *seen = ticket_of(ticket, format), *golden;
	FILE *f;

	mask_fingerprint(seen);
	if (getenv("REGEN") != NULL && (f = fopen(path, "w")) != NULL) {
		fputs(seen, f);
		fclose(f);
	}
	golden = golden_read(path);
	assert_string_equal(golden, seen);
	free(golden);
	free(seen);
	free(path);
}

static void a_whole_call_is_exported_as_it_always_was(void **state)
{
	struct ticket ticket = {.session = session};

	(void)state;
	whole_call();
	assert_golden("call.txt", &ticket, TICKET_TEXT);
	assert_golden("call.md", &ticket, TICKET_MARKDOWN);
	assert_golden("call.json", &ticket, TICKET_JSON);
	ticket.internal = true;
	assert_golden("call-internal.txt", &ticket, TICKET_TEXT);
}

/* Nothing that was advised helped. */
static void call_without_help(void)
{
	whole_call();
	advised(EVENT_ADVISED, -2);
	advised(EVENT_TRIED, -1);
	advised(EVENT_ADVISED, -2);
	advised(EVENT_TICKED, 0);
	advised(EVENT_TICKED, 1);
	advised(EVENT_FAILED, -1);
	passes(10);
	did(EVENT_ESCALATED, NULL, NULL);
}

static void an_escalated_call_says_first_what_was_tried(void **state)
{
	struct ticket ticket = {.session = session};

	(void)state;
	call_without_help();
	assert_golden("escalated.txt", &ticket, TICKET_TEXT);
	assert_golden("escalated.json", &ticket, TICKET_JSON);
}

static void without_its_knowledge_a_case_is_told_from_the_record(void **state)
{
	struct ticket ticket = {.internal = true};

	(void)state;
	call_without_help();
	assert_golden("record.txt", &ticket, TICKET_TEXT);
	assert_golden("record.json", &ticket, TICKET_JSON);
}

static void a_solved_call_names_what_worked_and_no_next_step(void **state)
{
	struct ticket ticket = {.session = session};

	(void)state;
	whole_call();
	advised(EVENT_ADVISED, -2);
	advised(EVENT_WORKED, -1);
	did(EVENT_SOLVED, NULL, NULL);
	assert_golden("solved.txt", &ticket, TICKET_TEXT);
}

/* What no call may break. */

static const char nasty[] =
    "Robert'); DROP TABLE event; --\n\x1b]0;owned\x07\x1b[31m"
    "\"quoted\" <b>bold</b> **stars** `tick` \xe2\x80\xae \xff\xc2\x9b";

static void assert_plain(const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		assert_true(layout_width(text, len) <= TICKET_COLUMNS);
		for (size_t i = 0; i < len; i++)
			assert_true((unsigned char)text[i] >= ' ' && text[i] != 0x7f);
		assert_null(memchr(text, 0x1b, len));
		text += len + (text[len] == '\n');
	}
}

static void text_is_narrow_and_clean_whatever_was_typed(void **state)
{
	struct ticket ticket = {.session = session, .internal = true};
	size_t len = 1 << 20;
	char *megabyte = xmalloc(len + 1);

	(void)state;
	memset(megabyte, 'x', len);
	for (size_t i = 0; i < len; i += 97)
		megabyte[i] = " \n\t\x1b"[i % 4];
	megabyte[len] = '\0';
	casefile_details(file, nasty, nasty, "x'); DROP TABLE cases; --");
	tell(nasty);
	note(nasty, false);
	note(megabyte, true);
	for (int format = TICKET_TEXT; format <= TICKET_JSON; format++) {
		char *text = ticket_of(&ticket, (enum ticket_format)format);

		assert_null(strchr(text, 0x1b));
		assert_null(strstr(text, "\xc2\x9b"));
		assert_null(strstr(text, "\xe2\x80\xae"));
		if (format == TICKET_TEXT)
			assert_plain(text);
		free(text);
	}
	free(megabyte);
}

static void markdown_reads_nothing_in_what_people_wrote(void **state)
{
	struct ticket ticket = {.session = session};
	char *text;

	(void)state;
	casefile_details(file, "# *Jim* <script>", "_x_ [a](b)", NULL);
	note("```\n# no heading\n```", false);
	text = ticket_of(&ticket, TICKET_MARKDOWN);
	assert_non_null(strstr(text, "\\# \\*Jim\\* \\<script\\>"));
	assert_non_null(strstr(text, "\\_x\\_ \\[a\\](b)"));
	assert_non_null(strstr(text, "\n````\n```\n# no heading\n```\n````\n"));
	free(text);
}

static void internal_notes_leave_only_when_asked_for(void **state)
{
	struct ticket ticket = {.session = session};

	(void)state;
	note("for colleagues only", true);
	for (int internal = 0; internal < 2; internal++) {
		for (int format = TICKET_TEXT; format <= TICKET_JSON; format++) {
			char *text;

			ticket.internal = internal;
			text = ticket_of(&ticket, (enum ticket_format)format);
			assert_int_equal(
			    strstr(text, "for colleagues only") != NULL, internal);
			free(text);
		}
	}
}

static void a_failure_taken_back_is_no_failure(void **state)
{
	struct ticket ticket = {.session = session};
	char *text;

	(void)state;
	whole_call();
	advised(EVENT_ADVISED, -2);
	advised(EVENT_FAILED, -1);
	text = ticket_of(&ticket, TICKET_JSON);
	assert_non_null(strstr(text, "\"outcome\": \"failed\""));
	free(text);
	assert_true(session_back(session));
	did(EVENT_BACK, NULL, NULL);
	text = ticket_of(&ticket, TICKET_JSON);
	assert_null(strstr(text, "\"outcome\": \"failed\""));
	free(text);
}

static void what_no_longer_fits_is_named(void **state)
{
	struct misfit gone = {.line = (char *)"answer question=colour value=red step=1",
	    .why = (char *)"there is no question \"colour\" any more"};
	const struct misfits misfits = {.list = &gone, .n = 1};
	struct ticket ticket = {.session = session, .misfits = &misfits};
	char *text = ticket_of(&ticket, TICKET_TEXT);

	(void)state;
	assert_non_null(
	    strstr(text, "colour: red (there is no question \"colour\" any more)"));
	free(text);
}

/* The block. */

static struct answer_lines lines_now(void)
{
	struct answer_lines lines;

	assert_true(
	    case_record_answers(casefile_record(file), casefile_record(file)->n, &lines));
	return lines;
}

static char *block_now(void)
{
	struct answer_lines lines = lines_now();
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	ticket_block_write(f, &casefile_record(file)->head, &lines);
	xclose_memstream(f);
	answer_lines_fini(&lines);
	return text;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Each line says the same, however its values are written. */
static bool same_line(const char *a, const char *b)
{
	for (;;) {
		size_t x = strcspn(a, " "), y = strcspn(b, " ");
		char *one = given_decode(a, x), *other = given_decode(b, y);
		bool equal = one != NULL && same(one, other);

		free(one);
		free(other);
		if (!equal || a[x] != b[y])
			return false;
		if (a[x] == '\0')
			return true;
		a += x + 1;
		b += y + 1;
	}
}

/* 1: the text gives this very case; 0: it is refused, with a sentence; -1: another case. */
static int reads_back(const char *text)
{
	const struct case_head *head = &casefile_record(file)->head;
	struct answer_lines lines = lines_now(), read;
	struct case_head got;
	struct err err = {0};
	int result = 1;

	if (ticket_block_read(&got, &read, text, "it", &err) == -1) {
		result = err.class == ERR_DATA && err_text(&err)[0] != '\0' ? 0 : -1;
		err_fini(&err);
		answer_lines_fini(&lines);
		return result;
	}
	if (!same(got.caller, head->caller) || !same(got.contact, head->contact) ||
	    !same(got.reference, head->reference) || !same(got.agent, head->agent) ||
	    !same(got.knowledge, head->knowledge) ||
	    !same(got.fingerprint, head->fingerprint) || got.phone != head->phone ||
	    read.n != lines.n)
		result = -1;
	for (size_t i = 0; result == 1 && i < read.n; i++)
		result = same_line(lines.list[i], read.list[i]) ? 1 : -1;
	case_head_fini(&got);
	answer_lines_fini(&read);
	answer_lines_fini(&lines);
	return result;
}

/* The text with every blank or line end (`what`) made `by`. The caller frees it. */
static char *replaced(const char *text, const char *what, const char *by)
{
	char *result = NULL;
	size_t len;
	FILE *f = xopen_memstream(&result, &len);

	for (; *text != '\0'; text++) {
		if (strchr(what, *text) != NULL)
			fputs(by, f);
		else
			putc(*text, f);
	}
	xclose_memstream(f);
	return result;
}

static void what_ticket_systems_do_changes_nothing(void **state)
{
	static const struct {
		const char *what, *by;
	} harms[] = {{"\n", "\n> "}, {"\n", "\r\n"}, {"\n", "   \n"}, {"\n", "\n> > | "},
	    {"\n", " "}, {" ", "\n"}, {" \n", "\n>  "}, {" ", "\xc2\xa0"},
	    {" ", "\xe2\x80\xaf"}, {"\n", "\n\n"}, {"\n", "\xe2\x80\x8b\n"},
	    {"-", "\xe2\x80\x91"}, {"-", "\xe2\x80\x93"}, {"\n", "\n\t"}};
	char *block;

	(void)state;
	call_without_help();
	casefile_details(file, nasty, "-- two -- dashes ~~ *", "x'); DROP TABLE cases; --");
	block = block_now();
	assert_int_equal(reads_back(block), 1);
	for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
		char *harmed = replaced(block, harms[i].what, harms[i].by);

		assert_int_equal(reads_back(harmed), 1);
		free(harmed);
	}
	free(block);
}

static void a_block_of_any_length_is_refused_unless_whole(void **state)
{
	char *block;
	size_t len;

	(void)state;
	call_without_help();
	block = block_now();
	len = strlen(block);
	block[--len] = '\0'; /* its line end is no loss */
	assert_int_equal(reads_back(block), 1);
	while (len-- > 0) {
		block[len] = '\0';
		assert_int_equal(reads_back(block), 0);
	}
	free(block);
}

static void a_changed_block_is_refused(void **state)
{
	char *block;
	size_t refused = 0;

	(void)state;
	call_without_help();
	block = block_now();
	for (char *p = block; *p != '\0'; p++) {
		for (int bit = 0; bit < 8; bit++) {
			int result;

			*p = (char)(*p ^ 1 << bit);
			result = reads_back(block);
			assert_true(result != -1);
			refused += result == 0;
			*p = (char)(*p ^ 1 << bit);
		}
	}
	assert_true(refused > 7 * strlen(block));
	free(block);
}

static void a_newer_format_is_refused_by_name(void **state)
{
	struct case_head head;
	struct answer_lines lines;
	struct err err = {0};

	(void)state;
	assert_int_equal(ticket_block_read(&head, &lines,
			     "kbwizard-case-begin 2\nkbwizard-case-end 0 0", "it", &err),
	    -1);
	assert_int_equal(err.class, ERR_DATA);
	assert_non_null(strstr(err_text(&err), "format 2"));
	assert_int_equal(ticket_block_read(&head, &lines, "hello", "it", &err), -1);
	assert_non_null(strstr(err_text(&err), "no exported case"));
	err_fini(&err);
}

static void the_last_block_of_a_text_counts(void **state)
{
	char *before, *after, *both;

	(void)state;
	answer("cluster", "yes");
	before = block_now();
	answer("location", "remote");
	after = block_now();
	both = xasprintf("a note quotes:\n%s\nand then\n%s\ngoodbye", before, after);
	assert_int_equal(reads_back(before), -1);
	assert_int_equal(reads_back(both), 1);
	free(both);
	/* a damaged last one is not passed over for an earlier one */
	after[strlen(after) / 2] ^= 1;
	both = xasprintf("%s\n%s", before, after);
	assert_int_equal(reads_back(both), 0);
	free(both);
	free(before);
	free(after);
}

static void every_export_can_be_taken_up_again(void **state)
{
	struct ticket ticket = {.session = session, .internal = true};

	(void)state;
	call_without_help();
	note("kbwizard-case-begin 1 is how such a thing begins", false);
	for (int format = TICKET_TEXT; format <= TICKET_JSON; format++) {
		char *text = ticket_of(&ticket, (enum ticket_format)format);
		char *block =
		    format == TICKET_JSON ? ticket_json_block(text) : xstrdup(text);

		assert_non_null(block);
		assert_int_equal(reads_back(block), 1);
		free(block);
		free(text);
	}
	assert_null(ticket_json_block("{\"resume\": 3}"));
	assert_null(ticket_json_block("no json"));
}

/* The clipboard. */

static void the_clipboard_gets_base64_in_one_sequence(void **state)
{
	static const char *const pairs[][2] = {{"", "\033]52;c;\a"},
	    {"f", "\033]52;c;Zg==\a"}, {"fo", "\033]52;c;Zm8=\a"},
	    {"foo", "\033]52;c;Zm9v\a"}, {"foob\xff", "\033]52;c;Zm9vYv8=\a"}};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		char *sequence =
		    clipboard_sequence(pairs[i][0], strlen(pairs[i][0]), false);

		assert_string_equal(sequence, pairs[i][1]);
		free(sequence);
	}
}

static void screen_gets_it_in_pieces(void **state)
{
	char text[1000], *sequence, *piece;
	size_t longest = 0;

	(void)state;
	memset(text, 'x', sizeof text);
	sequence = clipboard_sequence(text, sizeof text, true);
	for (piece = sequence; *piece != '\0';) {
		char *end = strstr(piece, "\033\\");

		assert_int_equal(strncmp(piece, "\033P", 2), 0);
		assert_non_null(end);
		if ((size_t)(end - piece) > longest)
			longest = (size_t)(end - piece);
		piece = end + 2;
	}
	assert_true(longest <= 256);
	free(sequence);
}

static void nothing_is_copied_where_it_must_not_or_cannot_be(void **state)
{
	static char much[CLIPBOARD_MOST + 1];
	struct err err = {0};

	(void)state;
	assert_int_equal(clipboard_copy("x", 1, true, &err), -1);
	assert_int_equal(err.class, ERR_USAGE);
	assert_non_null(strstr(err_text(&err), "restricted"));
	assert_int_equal(clipboard_copy(much, sizeof much, false, &err), -1);
	assert_int_equal(err.class, ERR_USAGE);
	err_fini(&err);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_whole_call_is_exported_as_it_always_was),
	    CASE(an_escalated_call_says_first_what_was_tried),
	    CASE(without_its_knowledge_a_case_is_told_from_the_record),
	    CASE(a_solved_call_names_what_worked_and_no_next_step),
	    CASE(text_is_narrow_and_clean_whatever_was_typed),
	    CASE(markdown_reads_nothing_in_what_people_wrote),
	    CASE(internal_notes_leave_only_when_asked_for),
	    CASE(a_failure_taken_back_is_no_failure),
	    CASE(what_no_longer_fits_is_named),
	    CASE(what_ticket_systems_do_changes_nothing),
	    CASE(a_block_of_any_length_is_refused_unless_whole),
	    CASE(a_changed_block_is_refused),
	    CASE(a_newer_format_is_refused_by_name),
	    CASE(the_last_block_of_a_text_counts),
	    CASE(every_export_can_be_taken_up_again),
	    CASE(the_clipboard_gets_base64_in_one_sequence),
	    CASE(screen_gets_it_in_pieces),
	    CASE(nothing_is_copied_where_it_must_not_or_cannot_be),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
