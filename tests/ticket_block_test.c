/* SPDX-License-Identifier: ISC */
/* The block from which a case is taken up elsewhere, whatever becomes of it; the clipboard. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/given_text.h"
#include "../kb/xalloc.h"
#include "../tui/clipboard.h"
#include "../tui/ticket_block.h"
#include "call.h"

static struct answer_lines lines_now(void)
{
	struct answer_lines lines;

	assert_true(case_record_answers(call_record(), call_record()->n, &lines));
	return lines;
}

static char *block_now(void)
{
	struct answer_lines lines = lines_now();
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	ticket_block_write(f, &call_record()->head, &lines);
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
	const struct case_head *head = &call_record()->head;
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
	casefile_details(
	    call_file(), call_nasty, "-- two -- dashes ~~ *", "x'); DROP TABLE cases; --");
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
	call_answer("cluster", "yes");
	before = block_now();
	call_answer("location", "remote");
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
	struct ticket ticket = {.session = call_session(), .internal = true};

	(void)state;
	call_without_help();
	call_note("kbwizard-case-begin 1 is how such a thing begins", false);
	for (int format = TICKET_TEXT; format <= TICKET_JSON; format++) {
		char *text = call_ticket(&ticket, (enum ticket_format)format);
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
		assert_non_null(call_end);
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, call_begin, call_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
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

	return cmocka_run_group_tests(tests, call_open, call_close);
}
