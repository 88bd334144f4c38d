/* SPDX-License-Identifier: ISC */
/* Messages about text an author wrote: kept in order, counted, printed with a caret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../kb/diag.h"

/* Sets *text to what is printed; the caller frees it. */
static void print_to(char **text, const struct diag *diag, enum diag_level least)
{
	size_t size;
	FILE *out = open_memstream(text, &size);

	diag_print(out, diag, least);
	fclose(out);
}

static void assert_printed(const struct diag *diag, enum diag_level least, const char *want)
{
	char *text;

	print_to(&text, diag, least);
	assert_string_equal(text, want);
	free(text);
}

static void message_has_place_level_text_and_caret(void **state)
{
	struct diag diag;

	(void)state;
	diag_init(&diag);
	diag_report(&diag, DIAG_HEADER_VALUE, "a.txt", 3, 5, "abcdefg", "day %d", 31);
	assert_printed(&diag, DIAG_NOTE,
	    "a.txt:3:5: warning: header line cannot be understood: day 31\n"
	    "    abcdefg\n"
	    "        ^\n");
	diag_fini(&diag);
}

static void place_is_as_exact_as_it_is_known(void **state)
{
	struct diag diag;

	(void)state;
	diag_init(&diag);
	diag_report(&diag, DIAG_FILE_EMPTY, "a.txt", 0, 0, NULL, NULL);
	diag_report(&diag, DIAG_SECTION_EMPTY, "a.txt", 9, 0, "CAUSE", NULL);
	assert_printed(&diag, DIAG_NOTE,
	    "a.txt: error: the file is empty\n"
	    "a.txt:9: note: section has no text\n"
	    "    CAUSE\n");
	diag_fini(&diag);
}

static void levels_are_counted_and_chosen(void **state)
{
	struct diag diag;

	(void)state;
	diag_init(&diag);
	diag_report(&diag, DIAG_SECTION_EMPTY, "a", 1, 0, NULL, NULL);
	diag_report(&diag, DIAG_ARTICLE_NO_TITLE, "b", 0, 0, NULL, NULL);
	diag_report(&diag, DIAG_FILE_BINARY, "c", 0, 0, NULL, NULL);
	assert_int_equal(diag.count[DIAG_NOTE], 1);
	assert_int_equal(diag.count[DIAG_WARNING], 1);
	assert_int_equal(diag.count[DIAG_ERROR], 1);
	assert_printed(
	    &diag, DIAG_WARNING, "b: warning: no title\nc: error: not a text file\n");
	assert_printed(&diag, DIAG_ERROR, "c: error: not a text file\n");
	diag_fini(&diag);
}

static void nothing_printed_can_steer_a_terminal(void **state)
{
	struct diag diag;
	char *text;

	(void)state;
	diag_init(&diag);
	diag_report(&diag, DIAG_PATTERN, "\033]0;x\007.txt", 1, 1, "\033[2Jsource", "%s",
	    "two\nlines\033[m");
	print_to(&text, &diag, DIAG_NOTE);
	assert_null(strchr(text, '\033'));
	assert_null(strchr(text, '\007'));
	assert_non_null(strstr(text, "two lines"));
	free(text);
	diag_fini(&diag);
}

static void caret_counts_characters_not_bytes(void **state)
{
	struct diag diag;

	(void)state;
	diag_init(&diag);
	diag_report(&diag, DIAG_PATTERN, "a", 1, 3, "\u00e4\u00f6x", NULL);
	assert_printed(&diag, DIAG_NOTE,
	    "a:1:3: error: pattern does not compile\n    \u00e4\u00f6x\n      ^\n");
	diag_fini(&diag);
}

static void long_line_is_shown_around_the_caret(void **state)
{
	char line[10001], *text;
	struct diag diag;

	(void)state;
	memset(line, '.', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	line[5000] = 'X';
	diag_init(&diag);
	diag_report(&diag, DIAG_PATTERN, "a", 1, 5001, line, NULL);
	print_to(&text, &diag, DIAG_NOTE);
	assert_true(strlen(text) < 300);
	assert_non_null(strchr(text, 'X'));
	assert_non_null(strchr(text, '^'));
	/* the caret stands below the character meant */
	assert_int_equal(strchr(text, 'X') - strstr(text, "    ."),
	    strchr(text, '^') - (strrchr(text, '.') + 2));
	free(text);
	diag_fini(&diag);
}

static void every_code_has_a_text(void **state)
{
	enum diag_code code;

	(void)state;
	for (code = 0; code < DIAG_NCODES; code++) {
		assert_non_null(diag_text(code));
		assert_true(diag_level(code) <= DIAG_ERROR);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(message_has_place_level_text_and_caret),
	    cmocka_unit_test(place_is_as_exact_as_it_is_known),
	    cmocka_unit_test(levels_are_counted_and_chosen),
	    cmocka_unit_test(nothing_printed_can_steer_a_terminal),
	    cmocka_unit_test(caret_counts_characters_not_bytes),
	    cmocka_unit_test(long_line_is_shown_around_the_caret),
	    cmocka_unit_test(every_code_has_a_text),
	};

	return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
