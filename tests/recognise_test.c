/* SPDX-License-Identifier: ISC */
/* Recognisers: what is found in a text, and what looks like it and is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct example {
	const char *text, *found;
	const char *intro; /* a verbatim block, announced by it */
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

static void check(enum voice voice, const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct example *e = &examples[i];
		char *found = kit_recognise(&kit, voice,
		    e->intro != NULL ? BLOCK_VERBATIM : BLOCK_PARAGRAPH, e->text, e->intro);

		if (strcmp(found, e->found) != 0)
			print_message("in \"%s\"\n", e->text);
		assert_string_equal(found, e->found);
		free(found);
	}
}

static void finds_versions_in_lists_behind_the_product(void **state)
{
	static const struct example examples[] = {
	    {"Tern Mail Server, version 2.0", "version=2.0", NULL},
	    {"Tern Mail, versions 1.0, 1.5, and 2.0", "version=1.0 version=1.5 version=2.0",
		NULL},
	    {"Tern Mail Server versions 1.0 and\n2.0.", "version=1.0 version=2.0", NULL},
	    {"versions 1.0 and 2.0 of Tern Mail", "version=1.0 version=2.0", NULL},
	    {"Tern 2000 Server", "version=2000", NULL},
	    {"Tern Mail (version 1.5)", "version=1.5", NULL},
	    {"Tern Mail, Great Edition, version 1.5", "version=1.5", NULL},
	    {"Tern Mail 2.0 SP1", "version=2.0 service-pack=sp1", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void takes_no_version_for_another(void **state)
{
	static const struct example examples[] = {
	    {"Tern Mail 2.05", "", NULL},
	    {"Tern Mail needs 2.0 MB", "", NULL},
	    {"Tern Mail 1.5 MB", "", NULL},
	    {"Gull 4.0, version 2.0", "system=gull4", NULL},
	    {"Tern Mail runs on Gull 4.0", "system=gull4", NULL},
	    {"see Gull or Tern 2000", "", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void tells_packs_from_versions_in_one_list(void **state)
{
	static const struct example examples[] = {
	    {"Tern Mail, version 2.0 Service Packs 1, 2, 3",
		"version=2.0 service-pack=sp1 service-pack=sp2 service-pack=sp3", NULL},
	    {"Tern Mail, versions 1.5, 2.0 SP1, 2.0 SP2",
		"version=1.5 version=2.0 version=2.0 service-pack=sp1 service-pack=sp2",
		NULL},
	    {"Tern 2000 Server, versions SP1, SP2",
		"version=2000 service-pack=sp1 service-pack=sp2", NULL},
	    {"Service Pack 3 for Tern Mail 2.0", "service-pack=sp3 version=2.0", NULL},
	    {"Tern Mail 2.0 Service Pack (SP) 1", "version=2.0 service-pack=sp1", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void takes_no_pack_of_another_product(void **state)
{
	static const struct example examples[] = {
	    {"Gull 4.0 SP3", "system=gull4", NULL},
	    {"The fix is in SP3 for Gull 4.0.", "system=gull4", NULL},
	    {"The post-SP2 fix for Tern Mail", "", NULL},
	    {"On a Tern Mail computer with Gull 4.0 Service Pack 2", "system=gull4", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void gives_a_pack_its_role_from_its_sentence(void **state)
{
	static const struct example examples[] = {
	    {"This was corrected in Tern Mail Service Pack 3.", "service-pack=sp3/curing",
		NULL},
	    {"After you install Service Pack 1 for Tern Mail, it stops.",
		"service-pack=sp1/trigger", NULL},
	    {"Corrected in SP3 for Tern Mail. It stops in Tern Mail SP1.",
		"service-pack=sp3/curing service-pack=sp1", NULL},
	    {"After you install what was corrected in Tern Mail SP1, it stops.",
		"service-pack=sp1/trigger", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void a_version_that_is_cured_is_not_the_one_affected(void **state)
{
	static const struct example examples[] = {
	    {"Corrected in the latest service pack for Tern Mail version 2.0.",
		"version=2.0/curing", NULL},
	    {"We confirmed this to be a problem in Tern Mail 1.5. Corrected in Tern Mail "
	     "2.0.",
		"version=1.5 version=2.0/curing", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void finds_events_however_they_are_labelled(void **state)
{
	static const struct example examples[] = {
	    {"Event ID: 8010", "event-id=8010", NULL},
	    {"EventID:8010", "event-id=8010", NULL},
	    {"the event ID is 8010 and", "event-id=8010", NULL},
	    {"Event IDs 105 and 145", "event-id=105 event-id=145", NULL},
	    {"event ID's 1004, 1008, 1277, and 1198",
		"event-id=1004 event-id=1008 event-id=1277 event-id=1198", NULL},
	    {"Event 9301 is logged", "event-id=9301", NULL},
	    {"ID: 27\nSource: TernStore\nCategory: None",
		"event-id=27 event-source=ternstore", "The following event is logged:"},
	    {"Date: 1/2/99   Event ID: 4116\nTime: 10:15    Source: Tern Nest   Type: "
	     "Error",
		"event-id=4116 event-source=ternnest", "The following event is logged:"},
	    {"TernMTA Event ID: 208", "event-source=ternmta event-id=208", NULL},
	    {"Event Source: TernStore\nEvent ID: 5", "event-source=ternstore event-id=5",
		NULL},
	    {"Event: 4106", "event-id=4106", NULL},
	    {"Event ID ( 1 ) in Source ( TernStore )", "event-id=1 event-source=ternstore",
		NULL},
	    {"Event ID 2446/2447", "event-id=2446 event-id=2447", NULL},
	    {"Event ID - 2079", "event-id=2079", NULL},
	    {"some events (ID 2448)", "event-id=2448", NULL},
	    {"look for the 271 and 272 events", "event-id=271 event-id=272", NULL},
	    {"then a 2207 event", "event-id=2207", NULL},
	    {"Events 5004 5012", "event-id=5004 event-id=5012", NULL},
	    {"Event ID 105, and then event ID 9999999999", "event-id=105", NULL},
	    {"9405\nThe egg is lost.", "event-id=9405 error-text=The egg is lost.",
		"These events are logged:"},
	    {"TernMTA 9321", "event-id=9321 error-text=TernMTA 9321",
		"These events are seen:"},
	    {"ESE97   Error   145   lost", "event-source=ese97 event-id=145",
		"These events are seen"},
	    {"9/12/97  1:44 PM  TernMTA  Warning  X.400 Service  210  N/A",
		"event-source=ternmta event-id=210", "These events are seen"},
	    {"it may log the following 9301 warning", "event-id=9301", NULL},
	    {"it also logs a 210 egg error", "event-id=210", NULL},
	    {"There are 139 errors in the application log.", "event-id=139", NULL},
	    {"Error 2171 is often logged in the event log.",
		"event-id=2171 error-code=2171", NULL},
	    {"Event: 1294\nSource: MTA", "event-id=1294 event-source=mta", NULL},
	    {"Event     2563\nSource    TernMTA", "event-id=2563 event-source=ternmta",
		NULL},
	    {"Event ID 63\nSource Edb\nDescription: lost", "event-id=63 event-source=edb",
		NULL},
	    {"Source: TernStore Private", "event-source=ternstoreprivate",
		"The following events are logged:"},
	    {"Event ID - 4122\nTernMTA\nDescription", "event-id=4122 event-source=ternmta",
		NULL},
	    {"the event IDs are 12 and 14 from the TernMTA.",
		"event-id=12 event-id=14 event-source=ternmta", NULL},
	    {"9215\nThe egg is lost.", "event-id=9215 error-text=The egg is lost.",
		"This error is in the application log:"},
	    {"message TRN0210: Nest event, severity 14", "event-id=210",
		"You see the following:"},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void takes_no_event_from_years_and_counts(void **state)
{
	static const struct example examples[] = {
	    {"the event 2000 was a party", "", NULL},
	    {"two events 12 days apart", "", NULL},
	    {"up to 1000 events are kept", "", NULL},
	    {"the code in the event is 4096", "", NULL},
	    {"it logs 404 messages", "", NULL},
	    {"HTTP Error 404 is shown", "error-code=404", NULL},
	    {"Source: the old server", "", NULL},
	    {"data source: TernStore, event log", "", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void finds_one_code_in_every_spelling(void **state)
{
	static const char intro[] = "You may receive the following error message:";
	static const struct example examples[] = {
	    {"0x6ba", "error-code=1722", intro},
	    {"0x000006BA", "error-code=1722", intro},
	    {"1722", "error-code=1722", intro},
	    {"it fails with error 1722", "error-code=1722", NULL},
	    {"TRN_S_NEST_EMPTY is returned", "error-code=1722 error-code=1722", NULL},
	    {"returned 102 from a call", "error-code=102", NULL},
	    {"errors 1067 and 1069", "error-code=1067 error-code=1069", NULL},
	    {"failed (error -1018)", "error-code=-1018", NULL},
	    {"the database returned -1018 twice", "error-code=-1018", NULL},
	    {"which is 4294966278", "error-code=-1018", NULL},
	    {"code c1010aae is shown", "error-code=-1056896338", NULL},
	    {"ID no: 80004005-0501-00000000", "error-code=-2147467259", NULL},
	    {"[80070005-508-0-322]", "error-code=-2147024891", intro},
	    {"Error returned was [0x80004005].", "error-code=-2147467259", NULL},
	    {"due to error 00000BB8.", "error-code=3000", NULL},
	    {"due to error FFFFF9BF.", "error-code=-1601", NULL},
	    {"Error 0-82000201 occurred", "error-code=-2113928703", NULL},
	    {"Exception e0010002 has occurred", "error-code=-536805374", NULL},
	    {"ID no: 5866-5012", "error-code=5012", NULL},
	    {"error code: NESTLOST - gone", "error-code=NESTLOST", NULL},
	    {"40720: Error in the nest", "error-code=40720", intro},
	    {"(00d4) 4 04103:Egg lost", "error-code=4103", intro},
	    {"the error code is\n487, gone", "error-code=487", intro},
	    {"An error\ncode=8511 [EGG]", "error-code=8511", intro},
	    {"550 Relaying Is Prohibited", "error-code=550", intro},
	    {"An error occurred while it bound the socket (10050)", "error-code=10050",
		NULL},
	    {"Code: 0xc0000005 Flags: 0x00000000 Address: 0x0044e05c",
		"error-code=-1073741819", NULL},
	    {"ID no: 0x2040422", "error-code=33817634", NULL},
	    {"ID no:\n5866-80040115.", "error-code=-2147221227", NULL},
	    {"an error0x80040115", "error-code=-2147221227", NULL},
	    {"Fatal error: NESTGONE - no nest", "error-code=NESTGONE", NULL},
	    {"Error TRN_RC_NEST_BUSY is returned", "error-code=TRN_RC_NEST_BUSY", NULL},
	    {"a TRN_E_Nest_Problem error", "error-code=TRN_E_NEST_PROBLEM", NULL},
	    {"HTTP/1.0 403 access forbidden", "error-code=403", intro},
	    {"-1032 is the error TRN_S_NEST_EMPTY", "error-code=1722", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		char *found = kit_recognise(&kit, VOICE_ARTICLE,
		    examples[i].intro != NULL ? BLOCK_VERBATIM : BLOCK_PARAGRAPH,
		    examples[i].text, examples[i].intro);

		if (strstr(found, strrchr(examples[i].found, '=')) == NULL)
			fail_msg("\"%s\" gives %s", examples[i].text, found);
		free(found);
	}
}

static void takes_no_code_from_what_looks_like_one(void **state)
{
	static const struct example examples[] = {
	    {"at 10:15:33 -0500", "", NULL},
	    {"the file has 12345 bytes, version 4.0.80040115", "", NULL},
	    {"call 800-936-5700", "", NULL},
	    {"at address 0x77f01234 in memory", "", NULL},
	    {"0012ff10 77f01234 c0000005 80040115", "", "The following error is logged:"},
	    {"77fb4097 83f801  cmp  eax,0x1", "", "The following error is logged:"},
	    {"{c1031667-1234-5678-9abc-def012345678}", "", NULL},
	    {"Event ID: 1722", "event-id=1722", NULL},
	    {"the British pound is code 163", "", NULL},
	    {"Errors: 13", "", NULL},
	    {"error 0", "", NULL},
	    {"on page -1018 of the book", "", NULL},
	    {"the count shows 4294962176", "", NULL},
	    {"6f8d2b8a 8d7c2434  lea  edi,[esp+0x34]", "",
		"The following error is logged:"},
	    {"NEST!Egg+0x306(0x002DFF00, 0x8184FBDC)", "error-text=NEST!Egg", NULL},
	    {"reading property 0x67010003 on it", "", NULL},
	    {"it stopped when reading from 0xbffb0321", "", NULL},
	    {"the bird has the character code 0x5c", "", NULL},
	    {"the nest is at 0x0184FC1C)", "", NULL},
	    {"from 0x68000010 - 0xFFFE001E", "", NULL},
	    {"0020      0x80000002       EGG", "", NULL},
	    {"ERROR       0x00000001", "", NULL},
	    {"the error of socket(10050)", "", NULL},
	    {"the error: PLEASE wait", "", NULL},
	    {"-1032 is TRN_S_NEST_EMPTY", "error-code=-1032 error-code=-1032", NULL},
	    {"9405\nThe egg is lost.", "event-id=9405 error-text=The egg is lost.",
		"This event is logged:"},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void finds_announced_quoted_and_named_messages(void **state)
{
	static const char intro[] = "The following event is logged:";
	static const struct example examples[] = {
	    {"The egg is\nnot there.", "error-text=The egg is not there.", intro},
	    {"Type: Error\nUser: N/A\nDescription:\nThe egg is\nlost.",
		"error-text=The egg is lost.", intro},
	    {"The egg is not there.", "", "Type the following command:"},
	    {"The egg is not there.", "", "An error is in the log."},
	    {"the error \"The egg is not there.\" is shown",
		"error-text=The egg is not there.", NULL},
	    {"click \"Open this nest again\" twice", "", NULL},
	    {"in ternlib!NestOpenEgg+0x1c", "error-text=ternlib!NestOpenEgg", NULL},
	    {"a call to EggPrepare() fails", "error-text=EggPrepare()", NULL},
	    {"-or-", "", intro},
	    {"is lost. [NEST DISP:EGG 10 118] (16)", "error-text=NEST DISP:EGG 10 118",
		NULL},
	};
	char *found = kit_recognise(&kit, VOICE_ARTICLE, BLOCK_PARAGRAPH,
	    "The egg is\nnot there.", "You see the following error message:");

	(void)state;
	assert_string_equal(found, "error-text=The egg is not there.");
	free(found);
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void cuts_a_long_message_at_a_word(void **state)
{
	char text[2000], *found;

	(void)state;
	text[0] = '\0';
	while (strlen(text) + 10 < sizeof text)
		strcat(text, "egg bird ");
	found = kit_recognise(
	    &kit, VOICE_ARTICLE, BLOCK_VERBATIM, text, "The following error appears:");
	assert_in_range(strlen(found), 200, 330);
	assert_string_not_equal(found + strlen(found) - 2, "bi");
	assert_true(strcmp(found + strlen(found) - 3, "egg") == 0 ||
		    strcmp(found + strlen(found) - 4, "bird") == 0);
	free(found);
}

static void an_exception_beats_a_pattern(void **state)
{
	static const struct example examples[] = {
	    {"The archive is indexed.", "indexed=yes", NULL},
	    {"The archive is not indexed.", "", NULL},
	    {"It is not indexed but has an index.", "indexed=yes", NULL},
	};

	(void)state;
	check(VOICE_ARTICLE, examples, COUNT(examples));
}

static void reads_only_the_sections_a_question_names(void **state)
{
	struct findings found = {.list = NULL};

	(void)state;
	recognise(kit.recognisers, VOICE_ARTICLE, 1u << SECTION_RESOLUTION, BLOCK_PARAGRAPH,
	    "Tern Mail 2.0", NULL, &found);
	assert_int_equal(found.n, 0);
	recognise(kit.recognisers, VOICE_ARTICLE, 1u << SECTION_STATUS, BLOCK_PARAGRAPH,
	    "Tern Mail 2.0", NULL, &found);
	assert_int_equal(found.n, 1);
	findings_fini(&found);
}

static void hostile_text_ends_in_time(void **state)
{
	static const char *const pieces[] = {"event event id: ", "\"", "0x",
	    "Tern Mail 1.0, ", "source: ", "error code error ", "a!a", "1 ", "c1 ", "SP1, ",
	    "-", "\n", "("};

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		size_t n = strlen(pieces[i]);
		char *text = test_malloc(40000 + n + 1), *found;

		for (size_t at = 0; at < 40000; at += n)
			memcpy(text + at, pieces[i], n + 1);
		found = kit_recognise(&kit, VOICE_ARTICLE, BLOCK_VERBATIM, text,
		    "The following error appears:");
		free(found);
		test_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_versions_in_lists_behind_the_product),
	    cmocka_unit_test(takes_no_version_for_another),
	    cmocka_unit_test(tells_packs_from_versions_in_one_list),
	    cmocka_unit_test(takes_no_pack_of_another_product),
	    cmocka_unit_test(gives_a_pack_its_role_from_its_sentence),
	    cmocka_unit_test(a_version_that_is_cured_is_not_the_one_affected),
	    cmocka_unit_test(finds_events_however_they_are_labelled),
	    cmocka_unit_test(takes_no_event_from_years_and_counts),
	    cmocka_unit_test(finds_one_code_in_every_spelling),
	    cmocka_unit_test(takes_no_code_from_what_looks_like_one),
	    cmocka_unit_test(finds_announced_quoted_and_named_messages),
	    cmocka_unit_test(cuts_a_long_message_at_a_word),
	    cmocka_unit_test(an_exception_beats_a_pattern),
	    cmocka_unit_test(reads_only_the_sections_a_question_names),
	    cmocka_unit_test(hostile_text_ends_in_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
