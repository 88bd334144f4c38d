/* SPDX-License-Identifier: ISC */
/* Words: what the tokens of a text are, what a signature holds, what words prove. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/knowledge.h"
#include "../decision/words.h"
#include "library.h"

static struct knowledge *knowledge;

static int open_library(void **state)
{
	char *path = library_path("words.kbw");

	(void)state;
	if (library_write(path, LIBRARY_ARTICLES, NULL) == 0)
		knowledge = knowledge_open(path, NULL);
	free(path);
	return knowledge == NULL ? -1 : 0;
}

static int close_library(void **state)
{
	(void)state;
	knowledge_close(knowledge);
	library_remove();
	return 0;
}

static void print_token(void *arg, const char *token, bool identifier)
{
	FILE *out = arg;

	fprintf(out, "%s%s%s", ftell(out) > 0 ? " " : "", token, identifier ? "*" : "");
}

/* Tokens in order, identifiers marked with a star. */
static void assert_tokens(const char *text, const char *want)
{
	char *got = NULL;
	size_t len;
	FILE *out = open_memstream(&got, &len);

	assert_non_null(out);
	words_each(text, print_token, out);
	fclose(out);
	assert_string_equal(got, want);
	free(got);
}

static void test_words_are_folded_and_the_commonest_left_out(void **state)
{
	(void)state;
	assert_tokens(
	    "The Backups, and \xc3\x89tat \xe2\x80\x94 don't!", "backup \xc3\xa9tat");
	assert_tokens(
	    "status of address: multi-processor", "status address multi processor");
	assert_tokens("", "");
	assert_tokens(" ... -- () a I ", "");
	assert_tokens("this thing about about yours you're", "your");
}

static void test_identifiers_are_whole_and_in_parts(void **state)
{
	(void)state;
	assert_tokens("edbbcli!HrClnSockAddrFromSocket",
	    "edbbcli!hrclnsockaddrfromsocket* edbbcli hrclnsockaddrfromsocket");
	assert_tokens("'BackupPrepare()'", "backupprepare*");
	assert_tokens("0x6ba", "0x6ba*");
	assert_tokens("error -1018.", "error -1018* 1018*");
	assert_tokens(
	    "RPC_S_SERVER_UNAVAILABLE", "rpc_s_server_unavailable* rpc server unavailabl");
	assert_tokens("(edb.log)", "edb.log* edb log");
	assert_tokens("Event ID: 8010", "event id 8010*");
	assert_tokens(
	    "80004005-0501-00000000", "80004005-0501-00000000* 80004005* 0501* 00000000*");
}

static void note_longest(void *arg, const char *token, bool identifier)
{
	size_t *longest = arg;

	(void)identifier;
	if (strlen(token) > *longest)
		*longest = strlen(token);
}

static void test_tokens_are_of_bounded_length(void **state)
{
	char text[5000];
	size_t longest = 0;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	text[50] = '.';
	words_each(text, note_longest, &longest);
	assert_in_range(longest, 1, 128);
}

static void test_words_of_one_stem_meet(void **state)
{
	(void)state;
	assert_tokens("restore restores restored restoring", "restor restor restor restor");
	assert_tokens("stop stopped stopping", "stop stop stop");
	assert_tokens("install installed installing", "install install install");
	assert_tokens("process processes processed", "process process process");
	assert_tokens("entry entries", "entry entry");
	assert_tokens("bring speed red need", "bring speed red need");
	assert_tokens("edb.log 5.5 -1018", "edb.log* edb log 5.5* -1018* 1018*");
}

static void test_signature_weighs_title_and_symptoms(void **state)
{
	char *signature = words_signature(library_article(1));

	(void)state;
	assert_string_equal(signature,
	    "200 6 come 4 drum 1 grey 10 leak 4 page 10 printer 10 toner 4 worn 1");
	free(signature);
	signature = words_signature(library_article(0));
	assert_non_null(strstr(signature, "rollers!feedstart "));
	free(signature);
}

static void test_signature_is_read_token_by_token(void **state)
{
	const char *at = "-1018 4 beep 12 odd x tail";
	struct signed_word word;

	(void)state;
	assert_true(words_signature_next(&at, &word));
	assert_int_equal(word.len, 5);
	assert_int_equal(word.weight, 4);
	assert_true(words_signature_next(&at, &word));
	assert_memory_equal(word.token, "beep", word.len);
	assert_int_equal(word.weight, 12);
	assert_true(words_signature_next(&at, &word));
	assert_int_equal(word.weight, 1);
	assert_true(words_signature_next(&at, &word));
	assert_memory_equal(word.token, "tail", word.len);
	assert_false(words_signature_next(&at, &word));
}

static void test_signature_is_stored(void **state)
{
	char *want = words_signature(library_article(0));
	char *got = knowledge_signature(knowledge, 0, NULL);

	(void)state;
	assert_string_equal(got, want);
	free(want);
	free(got);
}

static double ratio(const char *text, uint32_t article)
{
	struct word_matches matches;
	double found;

	assert_int_equal(words_match(&matches, knowledge, text, 0, NULL), 0);
	found = matches.rest;
	for (size_t i = 0; i < matches.n; i++) {
		if (i > 0)
			assert_true(matches.list[i - 1].article < matches.list[i].article);
		if (matches.list[i].article == article)
			found = matches.list[i].ratio;
	}
	word_matches_fini(&matches);
	return found;
}

static void test_a_message_lifts_its_article_alone(void **state)
{
	static const struct {
		const char *text;
		uint32_t article;
	} cases[] = {
	    {"sheet stuck in fuser", 0},
	    {"rollers!FeedStart", 0},
	    {"-1018", 0},
	    {"it says no route to printer", 2},
	    {"toner leaks", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (uint32_t article = 0; article < LIBRARY_ARTICLES; article++) {
			double r = ratio(cases[i].text, article);
			double most = ratio(cases[i].text, cases[i].article);

			/* The others may be meant where so few words fit by chance. */
			assert_true(
			    article == cases[i].article ? r >= 10 : r <= 1.5 + most / 20);
		}
}

static void test_words_of_no_article_and_of_all_say_little(void **state)
{
	static const char *const texts[] = {"disk is full", "printer",
	    "hello, can you help me", "my printer does not work"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (uint32_t article = 0; article < LIBRARY_ARTICLES; article++) {
			double r = ratio(texts[i], article);

			assert_true(r >= 0.2 && r <= 1.3);
		}
}

static void test_no_text_rules_out_or_proves(void **state)
{
	static const char strange[] = "violin cloud Tuesday marmalade river seven candle "
				      "window bicycle letter mountain "
				      "garden sleeping copper lantern feather harbour "
				      "meadow pocket thunder winter orchard "
				      "blanket cherry dragon engine falcon glacier hammer "
				      "island jungle kettle ladder";
	static const char everything[] = "paper jam 100 stop display shows sheet stuck "
					 "fuser E_JAM 0x11 log rollers!FeedStart "
					 "-1018 follow";

	(void)state;
	for (uint32_t article = 0; article < LIBRARY_ARTICLES; article++) {
		assert_true(ratio(strange, article) >= words_parameters.own);
		assert_true(ratio(strange, article) < words_parameters.own + 0.05);
	}
	assert_true(ratio(everything, 0) > 500);
	assert_true(isfinite(ratio(everything, 0)));
}

static void test_more_of_the_words_say_more(void **state)
{
	(void)state;
	assert_true(ratio("beeps three times", 4) > ratio("beeps", 4));
	assert_true(
	    ratio("beeps", 4) > ratio("beeps while the weather is nice outside", 4));
}

static void test_repeating_a_word_adds_nothing(void **state)
{
	(void)state;
	assert_true(ratio("toner", 1) == ratio("toner toner Toner", 1));
}

static double vagueness(const char *text, size_t said)
{
	struct word_matches matches;
	double vague;

	assert_int_equal(words_match(&matches, knowledge, text, said, NULL), 0);
	vague = matches.vague;
	word_matches_fini(&matches);
	return vague;
}

static void test_few_words_are_vague_and_names_are_not(void **state)
{
	double few = vagueness("the backup stops", 0);

	(void)state;
	assert_true(vagueness("", 0) == 0);
	assert_true(few > 0.1 && few < 0.5);
	assert_true(vagueness("the backup stops", 20) < few);
	assert_true(vagueness("the backup stops with an error on tape two", 0) < few);
	assert_true(vagueness("rollers!FeedStart stops", 0) < few / 2);
}

static void test_empty_text_changes_nothing(void **state)
{
	struct word_matches matches;

	(void)state;
	assert_int_equal(words_match(&matches, knowledge, " , and the", 0, NULL), 0);
	assert_int_equal(matches.n, 0);
	assert_true(matches.rest == 1);
	word_matches_fini(&matches);
}

static void test_a_word_one_slip_away_is_similar(void **state)
{
	static const struct {
		const char *typed, *meant;
	} cases[] = {
	    {"pritner", "printer"}, /* swapped */
	    {"prnter", "printer"}, /* missing */
	    {"prinnter", "printer"}, /* one too many */
	    {"printar", "printer"}, /* another */
	    {"printer", NULL}, /* known */
	    {"prantar", NULL}, /* two slips */
	    {"tonner", NULL}, /* of a word that one article holds */
	    {"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *similar;

		assert_int_equal(
		    knowledge_similar(knowledge, cases[i].typed, &similar, NULL), 0);
		if (cases[i].meant == NULL)
			assert_null(similar);
		else
			assert_string_equal(similar, cases[i].meant);
		free(similar);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words_are_folded_and_the_commonest_left_out),
	    cmocka_unit_test(test_identifiers_are_whole_and_in_parts),
	    cmocka_unit_test(test_tokens_are_of_bounded_length),
	    cmocka_unit_test(test_words_of_one_stem_meet),
	    cmocka_unit_test(test_signature_weighs_title_and_symptoms),
	    cmocka_unit_test(test_signature_is_read_token_by_token),
	    cmocka_unit_test(test_a_word_one_slip_away_is_similar),
	    cmocka_unit_test(test_signature_is_stored),
	    cmocka_unit_test(test_a_message_lifts_its_article_alone),
	    cmocka_unit_test(test_words_of_no_article_and_of_all_say_little),
	    cmocka_unit_test(test_no_text_rules_out_or_proves),
	    cmocka_unit_test(test_more_of_the_words_say_more),
	    cmocka_unit_test(test_repeating_a_word_adds_nothing),
	    cmocka_unit_test(test_few_words_are_vague_and_names_are_not),
	    cmocka_unit_test(test_empty_text_changes_nothing),
	};

	return cmocka_run_group_tests_name("words", tests, open_library, close_library);
}
