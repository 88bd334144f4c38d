/* SPDX-License-Identifier: ISC */
/* One sentence for what went wrong in the world. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../kb/err.h"

static void err_set_returns_failure_and_keeps_the_sentence(void **state)
{
	struct err err = {.class = ERR_NONE};

	(void)state;
	assert_int_equal(
	    err_set(&err, ERR_DATA, "%s is damaged at byte %d", "a.kbw", 7), -1);
	assert_int_equal(err.class, ERR_DATA);
	assert_string_equal(err_text(&err), "a.kbw is damaged at byte 7");
	err_fini(&err);
}

static void err_sys_appends_what_the_system_says(void **state)
{
	struct err err = {.class = ERR_NONE};

	(void)state;
	errno = ENOENT;
	assert_int_equal(err_sys(&err, ERR_OPEN, "cannot open %s", "x"), -1);
	assert_string_equal(err_text(&err), "cannot open x: No such file or directory");
	assert_int_equal(err.class, ERR_OPEN);
	err_fini(&err);
}

static void err_may_be_built_from_its_own_text(void **state)
{
	struct err err = {.class = ERR_NONE};

	(void)state;
	err_set(&err, ERR_DATA, "no such table");
	err_set(&err, ERR_DATA, "a.kbw: %s", err_text(&err));
	assert_string_equal(err_text(&err), "a.kbw: no such table");
	errno = ENOSPC;
	err_sys(&err, ERR_WRITE, "%s", err_text(&err));
	assert_string_equal(
	    err_text(&err), "a.kbw: no such table: No space left on device");
	err_fini(&err);
}

static void err_may_be_null(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, ERR_DATA, "nobody listens"), -1);
	assert_int_equal(err_sys(NULL, ERR_DATA, "nobody listens"), -1);
	assert_string_equal(err_text(NULL), "no error");
	err_fini(NULL);
}

static void err_fini_empties_it_for_the_next_use(void **state)
{
	struct err err = {.class = ERR_NONE};

	(void)state;
	err_set(&err, ERR_DATA, "once");
	err_fini(&err);
	assert_int_equal(err.class, ERR_NONE);
	assert_null(err.text);
	assert_string_equal(err_text(&err), "no error");
	err_fini(&err);
}

static void nothing_in_a_sentence_can_steer_a_terminal(void **state)
{
	struct err err = {.class = ERR_NONE};

	(void)state;
	err_set(&err, ERR_OPEN, "cannot open %s", "a\x1b]0;b\nc.txt");
	assert_string_equal(err_text(&err), "cannot open a\ufffd]0;b c.txt");
	err_fini(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(err_set_returns_failure_and_keeps_the_sentence),
	    cmocka_unit_test(err_sys_appends_what_the_system_says),
	    cmocka_unit_test(err_may_be_built_from_its_own_text),
	    cmocka_unit_test(err_may_be_null),
	    cmocka_unit_test(err_fini_empties_it_for_the_next_use),
	    cmocka_unit_test(nothing_in_a_sentence_can_steer_a_terminal),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
