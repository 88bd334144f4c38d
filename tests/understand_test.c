/* SPDX-License-Identifier: ISC */
/* What people say: facts understood, each once, and what they say is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

static void an_ambiguous_choice_says_what_it_is_among(void **state)
{
	static const struct example examples[] = {
	    {"from Tern Mail 1.0 to Tern Mail 2.0, error 1722",
		"version=1.0|2.0 error-code=1722"},
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

/* What a knowledge file would know. */

static bool value_is_known(void *arg, size_t question, const char *value)
{
	static const struct {
		const char *question, *value;
	} known[] = {
	    {"event-id", "1016"},
	    {"event-id", "1018"},
	    {"event-id", "1998"},
	    {"event-id", "8010"},
	    {"event-id", "105"},
	    {"event-source", "ternstore"},
	    {"error-code", "-1018"},
	    {"error-code", "1722"},
	    {"error-code", "1008"},
	    {"error-code", "-1056762265"},
	    {"error-code", "-2147221233"},
	    {"error-code", "-2147024891"},
	    {"error-code", "5"},
	};

	(void)arg;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (questions_find(kit.questions, known[i].question) == (int)question &&
		    strcmp(known[i].value, value) == 0)
			return true;
	return false;
}

static bool article_is_known(void *arg, const char *id)
{
	(void)arg;
	return strcasecmp(id, "Q261160") == 0;
}

static char *word_is_known(void *arg, const char *token)
{
	(void)arg;
	return strcmp(token, "infromation") == 0 ? strdup("information") : NULL;
}

static bool token_is_known(void *arg, const char *token)
{
	static const char *const known[] = {
	    "error", "event", "index", "mail", "store", "tern", "ternstore", "indexer"};

	(void)arg;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i], token) == 0)
			return true;
	return false;
}

static const struct lookup everything = {.value = value_is_known,
    .article = article_is_known,
    .word = word_is_known,
    .spelled = token_is_known};

static void check_known(const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *understood =
		    kit_understand_known(&kit, &everything, examples[i].text);

		if (strcmp(understood, examples[i].understood) != 0)
			print_message("in \"%s\"\n", examples[i].text);
		assert_string_equal(understood, examples[i].understood);
		free(understood);
	}
}

static void a_bare_number_is_whatever_is_known(void **state)
{
	static const struct example examples[] = {
	    {"1018", "event-id=1018 error-code=-1018<1018"},
	    {"8010", "event-id=8010"},
	    {"0x3f0", "error-code=1008"},
	    {"4711", ""},
	    {"c1031667", "error-code=-1056762265"},
	    {"-2147221233", "error-code=-2147221233"},
	    {"there were 1018 letters in the office", ""},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void numbers_may_be_spoken(void **state)
{
	static const struct example examples[] = {
	    {"event ten sixteen", "event-id=1016"},
	    {"event one oh one six", "event-id=1016"},
	    {"event ID eighty ten", "event-id=8010"},
	    {"error one thousand and eight", "error-code=1008"},
	    {"the number is minus ten eighteen", "error-code=-1018"},
	    {"zero x six b a", "error-code=1722"},
	    {"zero x six bravo alpha", "error-code=1722"},
	    {"error charlie one zero three one double six seven", "error-code=-1056762265"},
	    {"zero x-ray six Bravo Alfa, they say", "error-code=1722"},
	    {"error seventeen twenty two, on Tern Mail 2.0", "version=2.0 error-code=1722"},
	    {"two servers, one point five", "version=1.5"},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void slips_are_forgiven_and_said(void **state)
{
	static const struct example examples[] = {
	    {"event 8O10", "event-id=8010<8O10"},
	    {"error -1O18", "error-code=-1018<-1O18"},
	    {"error -1081", "error-code=-1018<-1081"},
	    {"cl031667", "error-code=-1056762265<cl031667"},
	    {"c103166", "error-code=-1056762265<c103166"},
	    {"c1013667", "error-code=-1056762265<c1013667"},
	    {"0x8004010", "error-code=-2147221233<0x8004010"},
	    {"error 17222", "error-code=1722<17222"},
	    {"event 88010", "event-id=8010<88010"},
	    {"c1031567", "error-code=-1056762265<c1031567"},
	    {"error 1018", "error-code=-1018<1018"},
	    {"HRESULT 0x800706ba", "error-code=1722<0x800706ba"},
	    {"the infromation is gone", "word=information<infromation"},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void what_is_known_is_never_corrected(void **state)
{
	static const struct example examples[] = {
	    {"event 1016", "event-id=1016"},
	    {"event 1018", "event-id=1018"},
	    {"error 1722, 0x6ba", "error-code=1722"},
	    {"event id 9999", "event-id=9999"},
	    {"event id 8019", "event-id=8019"},
	    {"error 80070005", "error-code=-2147024891"},
	    {"error 5", "error-code=5"},
	    {"error 18010", "error-code=18010"},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void an_article_is_known_by_its_number(void **state)
{
	static const struct example examples[] = {
	    {"Q261160", "article=Q261160"},
	    {"see kb261160.", "article=Q261160"},
	    {"http://kb.example/articles/Q261/1/60.ASP", "article=Q261160"},
	    {"disk Q261/1/6", ""},
	    {"I have read Q999999", ""},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void pasted_events_are_read(void **state)
{
	static const struct example examples[] = {
	    {"Date: 3/4/2000   Source: TernStore\nTime: 2:11:03   Category: None\n"
	     "Type: Error      Event ID: 8010\nDescription:\nThe nest is empty.",
		"event-id=8010 event-source=ternstore"},
	    {"Log Name:      Application\nSource:        TernStore\nEvent ID:      8010\n"
	     "Level:         Error\n",
		"event-id=8010 event-source=ternstore"},
	    {"3/4/2000\t2:11:03 AM\tTernStore\tError\tNone\t8010\tN/A\tNEST1",
		"event-id=8010 event-source=ternstore"},
	    {"2000-03-04,02:11:03,TernStore,Error,None,1018,N/A,NEST1",
		"event-id=1018 event-source=ternstore"},
	    {"Error   3.4.2000  02:11:03  TernStore  105  None",
		"event-id=105 event-source=ternstore"},
	    {"\"Error\",\"3/4/2000 2:11:03 AM\",\"TernStore\",\"8010\",\"General\"",
		"event-id=8010 event-source=ternstore"},
	    {"Date:  3/14/00    Event ID: 8010\nTime:  2:11    Source: TernStore",
		"event-id=8010 event-source=ternstore"},
	    {"Category: X.400 Service\nEvent ID: 8010", "event-id=8010"},
	    {"<Provider Name=\"TernStore\"/><EventID Qualifiers=\"16384\">8010</EventID>",
		"event-id=8010 event-source=ternstore"},
	    {"| Error | 3/4/00 | 2:11:03 | TernStore | 8010 | N/A |",
		"event-id=8010 event-source=ternstore"},
	    {"{\"EventID\": 8010, \"Source\": \"TernStore\"}",
		"event-id=8010 event-source=ternstore"},
	    {"eventid 8010 / ternstore", "event-id=8010 event-source=ternstore"},
	    {"eventid=8010;source=TernStore;computer=NEST1",
		"event-id=8010 event-source=ternstore"},
	    {"> Hello,\r\n> since Monday it says error 0x6ba.\r\n> -- \r\n> Ann, 2001",
		"error-code=1722"},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void a_misspelt_word_still_introduces_what_follows(void **state)
{
	static const struct example examples[] = {
	    {"since Monday we see evnt 8010 from the store on Tern Mail 1.5",
		"version=1.5 event-id=8010 word=event<evnt"},
	    {"EVNET ID 8010", "event-id=8010 word=event<EVNET"},
	    {"eror code 1722, always", "error-code=1722 word=error<eror"},
	    {"servce pack 3 is on it", "service-pack=sp3 word=service<servce"},
	    {"Tern Mail 1.5, the archive has an idnex",
		"version=1.5 indexed=yes word=index<idnex"},
	    {"TernStroe event 8010",
		"event-id=8010 event-source=ternstore word=TernStore<TernStroe"},
	    {"Tern Mail couldn't, and even events.txt did", ""},
	    {"the indexer", ""},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void a_known_number_counts_where_it_is_no_amount(void **state)
{
	static const struct example examples[] = {
	    {"since we moved it the log is full of 8010 entries", "event-id=8010"},
	    {"it stops, and right next to that I see a 105 that was not there before",
		"event-id=105"},
	    {"the log has 105, 1016 and then a lot more of it",
		"event-id=105 event-id=1016"},
	    {"after the restart it quits with 4294966278, nothing else",
		"error-code=-1018"},
	    {"a warning from TernStore, 8010, every night",
		"event-id=8010 event-source=ternstore"},
	    {"the log shows 8010 from ternstore again",
		"event-id=8010 event-source=ternstore"},
	    {"we have 8010 users and the log is full", ""},
	    {"the error comes after 1016 seconds", ""},
	    {"a log of 1016.5 KB, error at 10:18 on 1016/2, port 1018, and", ""},
	    {"a log of about 1016, all errors", ""},
	    {"the log has errors of early 1998, and from ternstore", ""},
	    {"event ID 1998 in the log", "event-id=1998"},
	    {"it reports 105 errors", ""},
	    {"we have got 105, all of them new; no errors", ""},
	    {"the ternstore on our server is fine", ""},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void an_event_may_be_called_an_error(void **state)
{
	static const struct example examples[] = {
	    {"error 8010 in the log", "event-id=8010"},
	    {"event 1722", "error-code=1722"},
	    {"the service says error 8010", "error-code=8010"},
	    {"error code 1722, 8010 with 1008, so says the log",
		"event-id=8010 error-code=1722 error-code=1008"},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

static void what_is_not_there_is_an_answer(void **state)
{
	static const struct example examples[] = {
	    {"there is no event in the log", "event-id=none"},
	    {"no error code, nothing in the event log", "event-id=none error-code=none"},
	    {"no event but this one: event 105", "event-id=105"},
	    {"casino events", ""},
	    {"no eventual answer, no error codex", ""},
	};

	(void)state;
	check_known(examples, sizeof examples / sizeof *examples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(understands_every_kind_of_question),
	    cmocka_unit_test(gives_every_value_once_in_order_of_question),
	    cmocka_unit_test(a_known_number_needs_no_word_beside_it),
	    cmocka_unit_test(takes_the_pack_of_another_product_for_none),
	    cmocka_unit_test(a_denial_is_its_own_answer),
	    cmocka_unit_test(an_ambiguous_choice_says_what_it_is_among),
	    cmocka_unit_test(odd_input_is_no_error),
	    cmocka_unit_test(a_bare_number_is_whatever_is_known),
	    cmocka_unit_test(numbers_may_be_spoken),
	    cmocka_unit_test(slips_are_forgiven_and_said),
	    cmocka_unit_test(what_is_known_is_never_corrected),
	    cmocka_unit_test(an_article_is_known_by_its_number),
	    cmocka_unit_test(pasted_events_are_read),
	    cmocka_unit_test(a_misspelt_word_still_introduces_what_follows),
	    cmocka_unit_test(a_known_number_counts_where_it_is_no_amount),
	    cmocka_unit_test(an_event_may_be_called_an_error),
	    cmocka_unit_test(what_is_not_there_is_an_answer),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
