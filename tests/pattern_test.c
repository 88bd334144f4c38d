/* SPDX-License-Identifier: ISC */
/* Patterns: blanks, case, groups, faults and limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../decision/pattern.h"
#include "../kb/xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool matches(const char *source, const char *text)
{
	struct err err = {0};
	struct pattern *p = pattern_new(source, &err);
	bool found;

	if (p == NULL)
		fail_msg("%s: %s", source, err_text(&err));
	found = pattern_find(p, text, strlen(text), 0, NULL, 0);
	pattern_free(p);
	return found;
}

struct row {
	const char *source, *text;
	bool found;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (matches(rows[i].source, rows[i].text) != rows[i].found)
			fail_msg("'%s' in '%s' should%s match", rows[i].source,
			    rows[i].text, rows[i].found ? "" : " not");
}

static void a_blank_matches_any_white_space(void **state)
{
	static const struct row rows[] = {
	    {.source = "service pack", .text = "the service\n  pack", .found = true},
	    {.source = "service pack", .text = "service\tpack", .found = true},
	    {.source = "service pack", .text = "servicepack", .found = false},
	    {.source = "a  b", .text = "a b", .found = true},
	    {.source = "sp ?3", .text = "sp3", .found = true},
	    {.source = "sp ?3", .text = "sp  \n3", .found = true},
	    {.source = "sp *3", .text = "sp \n 3", .found = true},
	    {.source = "sp +3", .text = "sp   3", .found = true},
	    {.source = "sp {0,1}3", .text = "sp3", .found = true},
	    {.source = "(a | b)c", .text = "\nbc", .found = true},
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void a_blank_in_brackets_or_escaped_is_a_blank(void **state)
{
	static const struct row rows[] = {
	    {.source = "a[ ]b", .text = "a\nb", .found = false},
	    {.source = "a[ ]b", .text = "a b", .found = true},
	    {.source = "a[] x]b", .text = "a]b", .found = true},
	    {.source = "a[] x]b", .text = "a\nb", .found = false},
	    {.source = "a[^] x]b", .text = "a\nb", .found = true},
	    {.source = "a[^] x]b", .text = "a b", .found = false},
	    {.source = "a[\\] ]b", .text = "a\nb", .found = false},
	    {.source = "a[[:alpha:] ]b c", .text = "axb\nc", .found = true},
	    {.source = "a[[:alpha:] ]b", .text = "a\nb", .found = false},
	    {.source = "a[\\Q] \\E]b", .text = "a\nb", .found = false},
	    {.source = "a\\ b", .text = "a\nb", .found = false},
	    {.source = "a\\ b", .text = "a b", .found = true},
	    {.source = "a\\\\ b", .text = "a\\\nb", .found = true},
	    {.source = "\\Qa b\\E c", .text = "a b\nc", .found = true},
	    {.source = "\\Qa b\\E c", .text = "a\nb\nc", .found = false},
	    {.source = "\\Qa b", .text = "a b", .found = true},
	    {.source = "\\[a b", .text = "[a\nb", .found = true},
	    {.source = "a(?# a note )b", .text = "ab", .found = true},
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void case_is_ignored_beyond_ascii_too(void **state)
{
	static const struct row rows[] = {
	    {.source = "ntbackup", .text = "NTBackup", .found = true},
	    {.source = "\xc3\xbc"
		       "ber",
		.text = "\xc3\x9c"
			"BER",
		.found = true},
	    {.source = "a.b",
		.text = "a\xe2\x82\xac"
			"b",
		.found = true},
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void bytes_that_are_no_utf8_are_passed_over(void **state)
{
	static const struct row rows[] = {
	    {.source = "error", .text = "\xff\xfe error", .found = true},
	    {.source = "a.b",
		.text = "a\xff"
			"b",
		.found = false},
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void groups_are_all_set(void **state)
{
	const char *text = "xx event 105.";
	struct span groups[4] = {{9, 9}, {9, 9}, {9, 9}, {9, 9}};
	struct pattern *p = pattern_new("event (id )?(\\d+)", NULL);

	(void)state;
	assert_true(pattern_find(p, text, strlen(text), 0, groups, 4));
	assert_int_equal(groups[0].start, 3);
	assert_int_equal(groups[0].end, 12);
	assert_int_equal(groups[1].start, 0);
	assert_int_equal(groups[1].end, 0);
	assert_int_equal(groups[2].start, 9);
	assert_int_equal(groups[2].end, 12);
	assert_int_equal(groups[3].end, 0);

	assert_false(pattern_find(p, text, strlen(text), 4, groups, 4));
	assert_int_equal(groups[0].end, 0);
	assert_false(pattern_find(p, text, 9, 0, groups, 4));
	assert_false(pattern_find(p, text, strlen(text), 99, groups, 4));
	pattern_free(p);
	pattern_free(NULL);
}

static void a_fault_is_told_with_its_place(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(pattern_new("service pack (\\d+", &err));
	assert_int_equal(err.class, ERR_DATA);
	assert_non_null(strstr(err_text(&err), "at character 18"));
	assert_null(pattern_new("a b c)d", &err));
	assert_non_null(strstr(err_text(&err), "at character 6"));
	assert_null(pattern_new("a\\Cb", &err));
	assert_null(pattern_new("[z", &err));
	assert_null(pattern_new("\\", &err));
	assert_null(pattern_new("(?<", NULL));
	err_fini(&err);
}

static void a_source_that_is_too_long_is_refused(void **state)
{
	struct err err = {0};
	char *source = xmalloc(20001);

	(void)state;
	memset(source, 'a', 20000);
	source[20000] = '\0';
	assert_null(pattern_new(source, &err));
	assert_int_equal(err.class, ERR_DATA);
	err_fini(&err);
	free(source);
}

static void a_runaway_pattern_hits_a_limit_and_has_not_matched(void **state)
{
	char text[4097];
	struct pattern *p = pattern_new("^(a|aa)+$", NULL);
	unsigned long before = pattern_limits_hit();

	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = 'y';
	assert_false(pattern_find(p, text, sizeof text, 0, NULL, 0));
	assert_true(pattern_limits_hit() > before);
	pattern_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_blank_matches_any_white_space),
	    cmocka_unit_test(a_blank_in_brackets_or_escaped_is_a_blank),
	    cmocka_unit_test(case_is_ignored_beyond_ascii_too),
	    cmocka_unit_test(bytes_that_are_no_utf8_are_passed_over),
	    cmocka_unit_test(groups_are_all_set),
	    cmocka_unit_test(a_fault_is_told_with_its_place),
	    cmocka_unit_test(a_source_that_is_too_long_is_refused),
	    cmocka_unit_test(a_runaway_pattern_hits_a_limit_and_has_not_matched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
