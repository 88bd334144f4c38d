/* SPDX-License-Identifier: ISC */
/* What people say: facts understood, each once, and what they say is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

struct example {
	const char *text, *understood;
};

static struct reading_kit kit;

static int setup(void **state)
{
	(void)state;
	kit_open(&kit, "tests/articles/questions.yaml");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	kit_close(&kit);
	return 0;
}

static void check(const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *understood = kit_understand(&kit, examples[i].text);

		if (strcmp(understood, examples[i].understood) != 0)
			print_message("in \"%s\"\n", examples[i].text);
		assert_string_equal(understood, examples[i].understood);
		free(understood);
	}
}

static void understands_every_kind_of_question(void **state)
{
	static const struct example examples[] = {
	    {"we run tern mail 1.5 with sp2 on gull 4.0",
		"version=1.5 service-pack=sp2 system=gull4"},
	    {"one point five, and it says error 0x6ba", "version=1.5 error-code=1722"},
	    {"a TernStore 8010 in the log", "event-id=8010"},
	    {"there is an 8010 event", "event-id=8010"},
	    {"it shows \"The egg is not there.\"", "error-text=The egg is not there."},
	    {"something with ternlib!NestOpenEgg", "error-text=ternlib!NestOpenEgg"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void gives_every_value_once_in_order_of_question(void **state)
{
	static const struct example examples[] = {
	    {"error 1722, I mean 0x6ba, TRN_S_NEST_EMPTY, on Tern Mail 2.0, yes, Tern Mail "
	     "2.0",
		"version=2.0 error-code=1722"},
	    {"event 105, then event 145", "event-id=105 event-id=145"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void a_known_number_needs_no_word_beside_it(void **state)
{
	static const struct example examples[] = {
	    {"all I see is 1722", "error-code=1722"},
	    {"all I see is 1723", ""},
	    {"-1018 again", "error-code=-1018"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void takes_the_pack_of_another_product_for_none(void **state)
{
	static const struct example examples[] = {
	    {"gull 4.0 sp3", "system=gull4"},
	    {"gull 4.0, sp3", "system=gull4"},
	    {"gull 4.0 with sp3", "system=gull4"},
	    {"we have sp3 installed", "service-pack=sp3"},
	    {"no service pack at all", "service-pack=none"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void a_denial_is_its_own_answer(void **state)
{
	static const struct example examples[] = {
	    {"the archive is indexed", "indexed=yes"},
	    {"there is no index", "indexed=no"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void an_ambiguous_choice_is_left_to_be_asked(void **state)
{
	static const struct example examples[] = {
	    {"from Tern Mail 1.0 to Tern Mail 2.0, error 1722", "error-code=1722"},
	    {"Tern Mail 1.0, I said Tern Mail 1.0", "version=1.0"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void odd_input_is_no_error(void **state)
{
	static const struct example examples[] = {
	    {"", ""},
	    {"   \n", ""},
	    {"\x1b[2J\xff\xfe event id 105", "event-id=105"},
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(understands_every_kind_of_question),
	    cmocka_unit_test(gives_every_value_once_in_order_of_question),
	    cmocka_unit_test(a_known_number_needs_no_word_beside_it),
	    cmocka_unit_test(takes_the_pack_of_another_product_for_none),
	    cmocka_unit_test(a_denial_is_its_own_answer),
	    cmocka_unit_test(an_ambiguous_choice_is_left_to_be_asked),
	    cmocka_unit_test(odd_input_is_no_error),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
