/* SPDX-License-Identifier: ISC */
/*
 * Tickets of whole calls: tickets/NAME holds what is exported of each, and REGEN=1 renews
 * them. And what no call may break.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "../tui/ticket_block.h"
#include "call.h"

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
	const char *fingerprint = knowledge_fingerprint(call_knowledge());
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
	char *path = golden_path(name), *seen = call_ticket(ticket, format), *golden;
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
	struct ticket ticket = {.session = call_session()};

	(void)state;
	call_whole();
	assert_golden("call.txt", &ticket, TICKET_TEXT);
	assert_golden("call.md", &ticket, TICKET_MARKDOWN);
	assert_golden("call.json", &ticket, TICKET_JSON);
	ticket.internal = true;
	assert_golden("call-internal.txt", &ticket, TICKET_TEXT);
}

static void an_escalated_call_says_first_what_was_tried(void **state)
{
	struct ticket ticket = {.session = call_session()};

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
	struct ticket ticket = {.session = call_session()};

	(void)state;
	call_whole();
	call_advised(EVENT_ADVISED, -2);
	call_advised(EVENT_WORKED, -1);
	call_did(EVENT_SOLVED, NULL, NULL);
	assert_golden("solved.txt", &ticket, TICKET_TEXT);
}

/* What no call may break. */

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
	struct ticket ticket = {.session = call_session(), .internal = true};
	size_t len = 1 << 20;
	char *megabyte = xmalloc(len + 1);

	(void)state;
	memset(megabyte, 'x', len);
	for (size_t i = 0; i < len; i += 97)
		megabyte[i] = " \n\t\x1b"[i % 4];
	megabyte[len] = '\0';
	casefile_details(call_file(), call_nasty, call_nasty, "x'); DROP TABLE cases; --");
	call_tell(call_nasty);
	call_note(call_nasty, false);
	call_note(megabyte, true);
	for (int format = TICKET_TEXT; format <= TICKET_JSON; format++) {
		char *text = call_ticket(&ticket, (enum ticket_format)format);

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
	struct ticket ticket = {.session = call_session()};
	char *text;

	(void)state;
	casefile_details(call_file(), "# *Jim* <script>", "_x_ [a](b)", NULL);
	call_note("```\n# no heading\n```", false);
	text = call_ticket(&ticket, TICKET_MARKDOWN);
	assert_non_null(strstr(text, "\\# \\*Jim\\* \\<script\\>"));
	assert_non_null(strstr(text, "\\_x\\_ \\[a\\](b)"));
	assert_non_null(strstr(text, "\n````\n```\n# no heading\n```\n````\n"));
	free(text);
}

static void internal_notes_leave_only_when_asked_for(void **state)
{
	struct ticket ticket = {.session = call_session()};

	(void)state;
	call_note("for colleagues only", true);
	for (int internal = 0; internal < 2; internal++) {
		for (int format = TICKET_TEXT; format <= TICKET_JSON; format++) {
			char *text;

			ticket.internal = internal;
			text = call_ticket(&ticket, (enum ticket_format)format);
			assert_int_equal(
			    strstr(text, "for colleagues only") != NULL, internal);
			free(text);
		}
	}
}

static void a_failure_taken_back_is_no_failure(void **state)
{
	struct ticket ticket = {.session = call_session()};
	char *text;

	(void)state;
	call_whole();
	call_advised(EVENT_ADVISED, -2);
	call_advised(EVENT_FAILED, -1);
	text = call_ticket(&ticket, TICKET_JSON);
	assert_non_null(strstr(text, "\"outcome\": \"failed\""));
	free(text);
	assert_true(session_back(call_session()));
	call_did(EVENT_BACK, NULL, NULL);
	text = call_ticket(&ticket, TICKET_JSON);
	assert_null(strstr(text, "\"outcome\": \"failed\""));
	free(text);
}

static void what_no_longer_fits_is_named(void **state)
{
	struct misfit gone = {.line = (char *)"answer question=colour value=red step=1",
	    .why = (char *)"there is no question \"colour\" any more"};
	const struct misfits misfits = {.list = &gone, .n = 1};
	struct ticket ticket = {.session = call_session(), .misfits = &misfits};
	char *text = call_ticket(&ticket, TICKET_TEXT);

	(void)state;
	assert_non_null(
	    strstr(text, "colour: red (there is no question \"colour\" any more)"));
	free(text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, call_begin, call_end)

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
	};

	return cmocka_run_group_tests(tests, call_open, call_close);
}
