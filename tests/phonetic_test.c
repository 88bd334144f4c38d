/* SPDX-License-Identifier: ISC */
/* Codes as they are said over the phone. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/phonetic.h"
#include "../decision/understand.h"

static void codes_are_spelled(void **state)
{
	static const char *const examples[][2] = {
	    {"0x6ba", "zero x six bravo alpha"},
	    {"-1018", "minus one zero one eight"},
	    {"C0000005", "charlie zero zero zero zero zero zero five"},
	    {"x", "x-ray"},
	    {"", ""},
	    {"\xc3\xa9", "\xc3\xa9"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
		char *text = phonetic_spell(examples[i][0]);

		assert_string_equal(text, examples[i][1]);
		free(text);
	}
}

/* What is read back to a caller and typed as the caller repeats it is the same code. */
static void what_is_spelled_is_understood(void **state)
{
	static const char *const codes[] = {
	    "0x6ba", "0xc0040000", "-1018", "c0000005", "0x80040115", "0xabcdef", "1722"};

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		char *spelled = phonetic_spell(codes[i]);
		char *back = understand_figures(spelled);

		assert_string_equal(back, codes[i]);
		free(spelled);
		free(back);
	}
}

static void double_and_triple_repeat_a_figure(void **state)
{
	char *text = understand_figures("charlie double zero triple zero zero five, twice");

	(void)state;
	assert_string_equal(text, "c0000005, twice");
	free(text);
}

static void prose_is_left_alone(void **state)
{
	static const char *const texts[] = {"a double fault in the echo server",
	    "two hotel servers", "mike and oscar from papa", "alpha one",
	    "delta two three"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char *text = understand_figures(texts[i]);

		assert_string_equal(text, texts[i]);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_are_spelled),
	    cmocka_unit_test(what_is_spelled_is_understood),
	    cmocka_unit_test(double_and_triple_repeat_a_figure),
	    cmocka_unit_test(prose_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
