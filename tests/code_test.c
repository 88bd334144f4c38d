/* SPDX-License-Identifier: ISC */
/* Codes and numbers: every spelling of one error is one answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../decision/code.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char rpc_name[] = "RPC_S_SERVER_UNAVAILABLE", rpc_code[] = "1722";
static char mapi_name[] = "MAPI_E_CALL_FAILED", mapi_code[] = "0x80004005";

static const struct symbol symbols[] = {
    {.name = rpc_name, .code = rpc_code},
    {.name = mapi_name, .code = mapi_code},
};

/* What is given, and its canonical form or NULL. */
struct row {
	const char *given, *canonical;
};

static void check_row(const struct row *row, char *made)
{
	if ((made == NULL) != (row->canonical == NULL) ||
	    (made != NULL && strcmp(made, row->canonical) != 0))
		fail_msg("'%s' became '%s', not '%s'", row->given,
		    made == NULL ? "(none)" : made,
		    row->canonical == NULL ? "(none)" : row->canonical);
	free(made);
}

static void check_codes(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_row(&rows[i], code_canonical(rows[i].given, strlen(rows[i].given),
					symbols, COUNT(symbols)));
}

static void check_numbers(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_row(&rows[i], code_number(rows[i].given, strlen(rows[i].given)));
}

static void spellings_of_one_error_meet(void **state)
{
	static const struct row rows[] = {
	    {.given = "1722", .canonical = "1722"},
	    {.given = "0x6ba", .canonical = "1722"},
	    {.given = "0x000006BA", .canonical = "1722"},
	    {.given = "6ba", .canonical = "1722"},
	    {.given = "0X6BA", .canonical = "1722"},
	    {.given = "01722", .canonical = "1722"},
	    {.given = "RPC_S_SERVER_UNAVAILABLE", .canonical = "1722"},
	    {.given = "RPC_S_server_unavailable", .canonical = "1722"},
	    {.given = "-1018", .canonical = "-1018"},
	    {.given = "0xfffffc06", .canonical = "-1018"},
	    {.given = "fffffc06", .canonical = "-1018"},
	    {.given = "4294966278", .canonical = "-1018"},
	    {.given = "0x00000000FFFFFC06", .canonical = "-1018"},
	    {.given = "0xFFFFFFFFFFFFFC06", .canonical = "-1018"},
	    {.given = "-0x3fa", .canonical = "-1018"},
	    {.given = "\xe2\x88\x92"
		      "1018",
		.canonical = "-1018"},
	    {.given = "\xe2\x80\x93"
		      "1018",
		.canonical = "-1018"},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
}

static void eight_digits_from_8_are_hexadecimal(void **state)
{
	static const struct row rows[] = {
	    {.given = "80004005", .canonical = "-2147467259"},
	    {.given = "0x80004005", .canonical = "-2147467259"},
	    {.given = "-2147467259", .canonical = "-2147467259"},
	    {.given = "MAPI_E_CALL_FAILED", .canonical = "-2147467259"},
	    {.given = "70004005", .canonical = "70004005"},
	    {.given = "8000400", .canonical = "8000400"},
	    {.given = "800040051", .canonical = "800040051"},
	    {.given = "C1010AAE", .canonical = "-1056896338"},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
}

static void what_follows_an_eight_digit_code_is_dropped(void **state)
{
	static const struct row rows[] = {
	    {.given = "80004005-0501-00000000", .canonical = "-2147467259"},
	    {.given = "0x80004005-0501", .canonical = "-2147467259"},
	    {.given = "[c1010aae-0000]", .canonical = "-1056896338"},
	    {.given = "80004005-x", .canonical = "80004005-X"},
	    {.given = "12345678-1", .canonical = NULL},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
}

static void words_of_hexadecimal_letters_are_words(void **state)
{
	static const struct row rows[] = {
	    {.given = "dead", .canonical = "DEAD"},
	    {.given = "face", .canonical = "FACE"},
	    {.given = "bad", .canonical = "BAD"},
	    {.given = "0d", .canonical = "13"},
	    {.given = "0xbad", .canonical = "2989"},
	    {.given = "deadbeef", .canonical = "-559038737"},
	    {.given = "ecConnection", .canonical = "ECCONNECTION"},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
}

static void punctuation_around_a_code_is_not_of_it(void **state)
{
	static const struct row rows[] = {
	    {.given = "1722.", .canonical = "1722"},
	    {.given = "(0x6ba)", .canonical = "1722"},
	    {.given = " \"-1018\",", .canonical = "-1018"},
	    {.given = "#1722", .canonical = "1722"},
	    {.given = "RPC_S_SERVER_UNAVAILABLE.", .canonical = "1722"},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
}

static void what_cannot_be_a_code_is_none(void **state)
{
	static const struct row rows[] = {
	    {.given = "", .canonical = NULL},
	    {.given = "  ", .canonical = NULL},
	    {.given = "-", .canonical = NULL},
	    {.given = "0x", .canonical = NULL},
	    {.given = "0xzz", .canonical = NULL},
	    {.given = "two words", .canonical = NULL},
	    {.given = "17 22", .canonical = NULL},
	    {.given = "12345678901234567890123", .canonical = NULL},
	    {.given = "0x1ffffffffffffffff", .canonical = NULL},
	    {.given = "18446744073709551616", .canonical = NULL},
	    {.given = "-9223372036854775809", .canonical = NULL},
	    {.given = "a\x1b[2J", .canonical = NULL},
	    {.given = "...", .canonical = NULL},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
	assert_null(code_canonical("1722", 0, NULL, 0));
}

static void the_ends_of_the_ranges_hold(void **state)
{
	static const struct row rows[] = {
	    {.given = "2147483647", .canonical = "2147483647"},
	    {.given = "2147483648", .canonical = "-2147483648"},
	    {.given = "4294967295", .canonical = "-1"},
	    {.given = "4294967296", .canonical = "4294967296"},
	    {.given = "9223372036854775807", .canonical = "9223372036854775807"},
	    {.given = "0x8000000000000000", .canonical = "-9223372036854775808"},
	    {.given = "-9223372036854775808", .canonical = "-9223372036854775808"},
	    {.given = "0", .canonical = "0"},
	    {.given = "-0", .canonical = "0"},
	};

	(void)state;
	check_codes(rows, COUNT(rows));
}

static void a_symbol_without_a_table_is_its_own_name(void **state)
{
	char *code = code_canonical("rpc_s_server_unavailable", 24, NULL, 0);

	(void)state;
	assert_string_equal(code, "RPC_S_SERVER_UNAVAILABLE");
	free(code);
}

static void the_canonical_form_is_its_own(void **state)
{
	static const char *const codes[] = {"1722", "-1018", "-2147467259", "ECCONNECTION",
	    "-9223372036854775808", "800040051", "DEAD"};

	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++) {
		const struct row row = {.given = codes[i], .canonical = codes[i]};

		check_codes(&row, 1);
	}
}

static void numbers_are_whole_and_alone(void **state)
{
	static const struct row rows[] = {
	    {.given = "105", .canonical = "105"},
	    {.given = "0105", .canonical = "105"},
	    {.given = " 105. ", .canonical = "105"},
	    {.given = "event 105", .canonical = "105"},
	    {.given = "Event ID: 8010", .canonical = "8010"},
	    {.given = "#8010", .canonical = "8010"},
	    {.given = "0", .canonical = "0"},
	    {.given = "000", .canonical = "0"},
	    {.given = "4294967295", .canonical = "4294967295"},
	    {.given = "4294967296", .canonical = NULL},
	    {.given = "99999999999999999999999", .canonical = NULL},
	    {.given = "-5", .canonical = NULL},
	    {.given = "event -5", .canonical = NULL},
	    {.given = "3.5", .canonical = NULL},
	    {.given = "105, 145", .canonical = NULL},
	    {.given = "0x6ba", .canonical = NULL},
	    {.given = "sp1", .canonical = NULL},
	    {.given = "event", .canonical = NULL},
	    {.given = "", .canonical = NULL},
	};

	(void)state;
	check_numbers(rows, COUNT(rows));
}

static void codes_are_shown_as_people_see_them(void **state)
{
	static const char *const examples[][2] = {
	    {"-2147467259", "0x80004005"},
	    {"-1073741819", "0xc0000005"},
	    {"-1018", "-1018"},
	    {"1722", "1722"},
	    {"MAPI_E_CALL_FAILED", "MAPI_E_CALL_FAILED"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
		char *shown = code_shown(examples[i][0]);
		char *back = code_canonical(shown, strlen(shown), NULL, 0);

		assert_string_equal(shown, examples[i][1]);
		assert_string_equal(back, examples[i][0]);
		free(shown);
		free(back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_are_shown_as_people_see_them),
	    cmocka_unit_test(spellings_of_one_error_meet),
	    cmocka_unit_test(eight_digits_from_8_are_hexadecimal),
	    cmocka_unit_test(what_follows_an_eight_digit_code_is_dropped),
	    cmocka_unit_test(words_of_hexadecimal_letters_are_words),
	    cmocka_unit_test(punctuation_around_a_code_is_not_of_it),
	    cmocka_unit_test(what_cannot_be_a_code_is_none),
	    cmocka_unit_test(the_ends_of_the_ranges_hold),
	    cmocka_unit_test(a_symbol_without_a_table_is_its_own_name),
	    cmocka_unit_test(the_canonical_form_is_its_own),
	    cmocka_unit_test(numbers_are_whole_and_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
