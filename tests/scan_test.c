/* SPDX-License-Identifier: ISC */
/* Bytes from outside become clean UTF-8 lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define LIMIT 65536

static void assert_clean(const char *bytes, const char *want)
{
	char *clean = scan_clean(bytes, strlen(bytes));

	assert_string_equal(clean, want);
	free(clean);
}

static void assert_lines(const char *bytes, size_t n, const char *const *want, size_t nwant)
{
	struct scan scan;
	size_t i;

	scan_bytes(&scan, bytes, n);
	assert_int_equal(scan.nlines, nwant);
	assert_int_equal(scan.nbytes, n);
	for (i = 0; i < nwant; i++) {
		assert_string_equal(scan.lines[i].text, want[i]);
		assert_int_equal(scan.lines[i].len, strlen(want[i]));
	}
	scan_fini(&scan);
}

static void lines_end_at_lf_crlf_or_lone_cr(void **state)
{
	static const char *const want[] = {"one", "", "two"};

	(void)state;
	assert_lines("one\n\ntwo", 8, want, 3);
	assert_lines("one\n\ntwo\n", 9, want, 3);
	assert_lines("one\r\n\r\ntwo\r\n", 12, want, 3);
	assert_lines("one\r\rtwo\r", 9, want, 3);
}

static void nothing_has_no_lines(void **state)
{
	(void)state;
	assert_lines("", 0, NULL, 0);
}

static void blanks_at_the_end_of_a_line_go(void **state)
{
	static const char *const want[] = {"  a", ""};

	(void)state;
	assert_lines("  a \t \n   \xa0\n", 12, want, 2);
}

static void tab_goes_to_the_next_stop(void **state)
{
	(void)state;
	assert_clean("\ta", "        a");
	assert_clean("abc\td", "abc     d");
	assert_clean("12345678\td", "12345678        d");
	assert_clean("\xe4\tb", "\u00e4       b");
	assert_clean("\ufeff\ta", "        a");
}

static void bytes_that_are_no_utf8_are_windows_1252(void **state)
{
	(void)state;
	assert_clean("\x93no\x94 \xe4\xa7 \x80", "\u201cno\u201d \u00e4\u00a7 \u20ac");
	assert_clean("a\x81z", "a\ufffdz");
	assert_clean("caf\u00e9", "caf\u00e9");
	/* overlong, surrogate, beyond the last, cut off: no UTF-8 */
	assert_clean("\xc0\xaf", "\u00c0\u00af");
	assert_clean("\xed\xa0\xa0", "\u00ed  ");
	assert_clean("\xf4\xa0\xa0\xb0", "\u00f4  \u00b0");
	assert_clean("\xe2\x82", "\u00e2\u201a");
}

static void one_odd_line_leaves_the_others_alone(void **state)
{
	struct scan scan;

	(void)state;
	scan_bytes(&scan, "\u00e4\n\xe4\nplain\n", 11);
	assert_string_equal(scan.lines[0].text, "\u00e4");
	assert_string_equal(scan.lines[1].text, "\u00e4");
	assert_false(scan.lines[0].recoded);
	assert_true(scan.lines[1].recoded);
	assert_false(scan.lines[2].recoded);
	scan_fini(&scan);
}

static void no_control_character_survives(void **state)
{
	char bytes[512], *clean;
	size_t i, n = 0;

	(void)state;
	for (i = 1; i < 256; i++) {
		bytes[n++] = 'a';
		bytes[n++] = (char)i;
	}
	clean = scan_clean(bytes, n);
	for (i = 0; clean[i]; i++) {
		uint32_t cp;

		i += scan_decode(clean + i, &cp) - 1;
		assert_true(cp == '\n' || (cp >= 0x20 && (cp < 0x7f || cp > 0x9f)));
	}
	free(clean);
}

static void invisible_characters_are_controls(void **state)
{
	(void)state;
	assert_clean("a\u202eb", "a\ufffdb");
	assert_clean("a\u200bb", "a\ufffdb");
	assert_clean("a\xc2\x85"
		     "b",
	    "a\ufffdb");
	assert_clean("a\u2066b", "a\ufffdb");
	assert_clean("a\U000e0041b", "a\ufffdb");
}

static void controls_at_the_ends_of_a_line_go_without_a_trace(void **state)
{
	(void)state;
	assert_clean("\ufeffa", "a");
	assert_clean("\fa\nb\x1a", "a\nb");
	assert_clean("a\x1b", "a");
	assert_clean("a\x1b\x1b"
		     "b",
	    "a\ufffd\ufffdb");
}

static void blank_that_does_not_break_is_a_blank(void **state)
{
	(void)state;
	assert_clean("5.0.\xa0This", "5.0. This");
	assert_clean("5.0.\u00a0This", "5.0. This");
	assert_clean("a\u3000b\u2009c", "a b c");
}

static void nul_makes_a_file_binary(void **state)
{
	struct scan scan;

	(void)state;
	scan_bytes(&scan, "ab\0cd\n", 6);
	assert_true(scan.binary);
	assert_string_equal(scan.lines[0].text, "ab\ufffdcd");
	scan_fini(&scan);
}

static void code_points_go_out_as_they_came_in(void **state)
{
	static const uint32_t list[] = {
	    1, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		char text[5] = "";
		uint32_t cp;
		size_t len = scan_encode(list[i], text);

		assert_int_equal(scan_decode(text, &cp), len);
		assert_int_equal(cp, list[i]);
	}
}

static void decoding_stops_at_the_end_and_steps_over_faults(void **state)
{
	uint32_t cp;

	(void)state;
	assert_int_equal(scan_decode("", &cp), 0);
	assert_int_equal(cp, 0);
	assert_int_equal(scan_decode("\xff"
				     "a",
			     &cp),
	    1);
	assert_int_equal(cp, 0xfffd);
	assert_int_equal(scan_decode("\xe2\x82", &cp), 1);
	assert_int_equal(cp, 0xfffd);
}

static void long_line_stays_one_line(void **state)
{
	size_t n = 100000;
	char *bytes = xmalloc(n);
	struct scan scan;

	(void)state;
	memset(bytes, 'x', n);
	bytes[n - 1] = '\xe4';
	scan_bytes(&scan, bytes, n);
	assert_int_equal(scan.nlines, 1);
	assert_int_equal(scan.lines[0].len, n + 1);
	scan_fini(&scan);
	free(bytes);
}

/* ---- files ---- */

static char *make_folder(void)
{
	char *folder = xstrdup("scan_test.XXXXXX");

	assert_non_null(mkdtemp(folder));
	return folder;
}

static void assert_refused(const char *path, const char *why)
{
	struct err err = {.class = ERR_NONE};
	struct scan scan;

	assert_int_equal(scan_file(&scan, path, LIMIT, &err), -1);
	assert_int_equal(err.class, ERR_OPEN);
	assert_non_null(strstr(err_text(&err), path));
	assert_non_null(strstr(err_text(&err), why));
	err_fini(&err);
	scan_fini(&scan);
}

static void regular_file_is_read(void **state)
{
	char *folder = make_folder(), *path = xasprintf("%s/a", folder);
	struct err err = {.class = ERR_NONE};
	struct scan scan;
	FILE *f = fopen(path, "w");

	(void)state;
	fputs("one\ntwo", f);
	fclose(f);
	assert_int_equal(scan_file(&scan, path, 7, &err), 0);
	assert_int_equal(scan.nlines, 2);
	scan_fini(&scan);
	assert_int_equal(scan_file(&scan, path, 6, &err), -1);
	assert_non_null(strstr(err_text(&err), "larger than 6 bytes"));
	err_fini(&err);
	unlink(path);
	rmdir(folder);
	free(path);
	free(folder);
}

static void what_is_no_file_is_refused_at_once(void **state)
{
	char *folder = make_folder(), *path = xasprintf("%s/fifo", folder);

	(void)state;
	assert_refused(folder, "not a regular file");
	assert_refused(path, "No such file");
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_refused(path, "not a regular file");
	assert_refused("/dev/zero", "not a regular file");
	unlink(path);
	rmdir(folder);
	free(path);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_end_at_lf_crlf_or_lone_cr),
	    cmocka_unit_test(nothing_has_no_lines),
	    cmocka_unit_test(blanks_at_the_end_of_a_line_go),
	    cmocka_unit_test(tab_goes_to_the_next_stop),
	    cmocka_unit_test(bytes_that_are_no_utf8_are_windows_1252),
	    cmocka_unit_test(one_odd_line_leaves_the_others_alone),
	    cmocka_unit_test(no_control_character_survives),
	    cmocka_unit_test(invisible_characters_are_controls),
	    cmocka_unit_test(controls_at_the_ends_of_a_line_go_without_a_trace),
	    cmocka_unit_test(blank_that_does_not_break_is_a_blank),
	    cmocka_unit_test(nul_makes_a_file_binary),
	    cmocka_unit_test(code_points_go_out_as_they_came_in),
	    cmocka_unit_test(decoding_stops_at_the_end_and_steps_over_faults),
	    cmocka_unit_test(long_line_stays_one_line),
	    cmocka_unit_test(regular_file_is_read),
	    cmocka_unit_test(what_is_no_file_is_refused_at_once),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
