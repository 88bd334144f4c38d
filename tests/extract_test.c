/* SPDX-License-Identifier: ISC */
/* Facts of articles: their evidence, the best of several places, and the five articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "reading.h"

static struct reading_kit tern, exchange;

static int setup(void **state)
{
	(void)state;
	kit_open(&tern, "tests/articles/questions.yaml");
	kit_open(&exchange, "kb/exchange.yaml");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	kit_close(&tern);
	kit_close(&exchange);
	return 0;
}

static char *quote_of(
    const char *text, enum block_kind kind, const char *words, unsigned *line)
{
	char *copy = xstrdup(text);
	struct block block = {.kind = kind, .line = 10, .text = copy};
	size_t start = (size_t)(strstr(text, words) - text);
	char *quote =
	    evidence_quote(&block, (struct span){start, start + strlen(words)}, line);

	free(copy);
	return quote;
}

static void a_quotation_is_the_clause_on_its_line(void **state)
{
	unsigned line;
	char *quote;

	(void)state;
	quote =
	    quote_of("Birds eat. A big bird that has eaten\nfish sleeps. Then it flies.",
		BLOCK_PARAGRAPH, "has eaten", &line);
	assert_string_equal(quote, "A big bird that has eaten");
	assert_int_equal(line, 10);
	free(quote);
	quote =
	    quote_of("Birds eat. A bird that has eaten\nfish in the morning sleeps. Then",
		BLOCK_PARAGRAPH, "sleeps", &line);
	assert_string_equal(quote, "fish in the morning sleeps.");
	assert_int_equal(line, 11);
	free(quote);
}

static void a_quotation_that_would_say_nothing_is_the_line(void **state)
{
	unsigned line;
	char *quote =
	    quote_of("It is a problem in version\n2.0. It was mended in the nest.",
		BLOCK_PARAGRAPH, "2.0", &line);

	(void)state;
	assert_string_equal(quote, "2.0. It was mended in the nest.");
	assert_int_equal(line, 11);
	free(quote);
}

static void a_long_line_is_cut_at_words_around_what_decides(void **state)
{
	char text[600] = "";
	unsigned line;
	char *quote;

	(void)state;
	while (strlen(text) < 250)
		strcat(text, "egg bird ");
	strcat(text, "DECIDES ");
	while (strlen(text) < 500)
		strcat(text, "egg bird ");
	quote = quote_of(text, BLOCK_VERBATIM, "DECIDES", &line);
	assert_non_null(strstr(quote, "DECIDES"));
	assert_true(strlen(quote) <= 110);
	assert_true(strncmp(quote, "egg ", 4) == 0 || strncmp(quote, "bird ", 5) == 0);
	free(quote);
}

/* Whether the line of the article file holds the words. */
static void quote_stands(const struct reading_kit *kit, const struct article *a)
{
	struct facts facts = {.list = NULL};

	facts_extract(&facts, kit->recognisers, kit->questions, a);
	assert_true(facts.n > 0);
	for (size_t i = 0; i < facts.n; i++) {
		bool found = false;

		for (size_t s = 0; s < a->nsections; s++)
			for (size_t b = 0; b < a->sections[s].nblocks; b++) {
				const struct block *block = &a->sections[s].blocks[b];
				const char *at = block->text;
				unsigned line = block->line;
				char *one;

				for (; line < facts.list[i].line && (at = strchr(at, '\n'));
				     at++)
					line++;
				if (at == NULL || line != facts.list[i].line)
					continue;
				one = xstrndup(at, strcspn(at, "\n"));
				found |= strstr(one, facts.list[i].quote) != NULL;
				free(one);
			}
		if (!found)
			fail_msg("%s: \"%s\" is not on line %u", a->id, facts.list[i].quote,
			    facts.list[i].line);
	}
	facts_fini(&facts);
}

static const char *const five[] = {"Q156715", "Q177807", "Q192440", "Q261160", "Q314588"};

static struct article *five_read(size_t i, bool published)
{
	static const char *const endings[] = {"txt", "md", "TXT"};
	struct article *a = NULL;

	for (size_t k = 0; a == NULL && k < sizeof endings / sizeof *endings; k++) {
		char *path = xasprintf(
		    "%s/%s.%s", published ? "seeds" : "kb/articles", five[i], endings[k]);

		a = published ? article_published(path) : article_own(path);
		free(path);
	}
	return a;
}

/* What every wording of the article must tell; the beginnings of the lines of facts_print. */
static const char *const told[][12] = {
    {"exchange-version = 4.0 ", "operating-system = nt4 ", "location = remote ",
	"task = backup ", "event-id = 8010 ", "error-code = 102 ",
	"error-text = The Microsoft Exchange services returned 102 from a call to "
	"BackupRead()"},
    {"exchange-version = 5.0 ", "exchange-version = 5.5 ", "service-pack = sp1 ",
	"location = local ", "symptom = crash ",
	"error-text = edbbcli!HrClnSockAddrFromSocket "},
    {"exchange-version = 4.0 ", "exchange-version = 5.0 ", "exchange-version = 5.5 ",
	"symptom = stops-responding "},
    {"exchange-version = 5.5 ", "operating-system = w2000 ", "location = remote ",
	"task = backup ", "event-id = 8010 ", "event-source = ntbackup ",
	"error-text = BackupPrepare() "},
    {"exchange-version = 5.5 ", "cluster = yes ", "error-code = 1722 "},
};

static const char *const not_told[][4] = {
    {"exchange-version = 5", "service-pack"},
    {"location = remote ", "service-pack = sp2 ", "error-code"},
    {"exchange-version = 2000 ", "event-id", "error-code"},
    {"exchange-version = 2000 ", "location = local ", "error-code"},
    {"error-code = -", "event-id"},
};

static bool has_line(const char *text, const char *beginning)
{
	const char *at = strstr(text, beginning);

	for (; at != NULL; at = strstr(at + 1, beginning))
		if (at == text || at[-1] == '\n')
			return true;
	return false;
}

static void five_check(bool published)
{
	for (size_t i = 0; i < sizeof five / sizeof *five; i++) {
		struct article *a = five_read(i, published);
		char *facts;

		if (a == NULL) {
			print_message("skipped: the article %s is not here\n", five[i]);
			skip();
		}
		facts = kit_facts(&exchange, a);
		for (size_t k = 0; k < 12 && told[i][k] != NULL; k++)
			if (!has_line(facts, told[i][k]))
				fail_msg(
				    "%s does not tell %s\n%s", five[i], told[i][k], facts);
		for (size_t k = 0; k < 4 && not_told[i][k] != NULL; k++)
			if (has_line(facts, not_told[i][k]))
				fail_msg("%s tells %s\n%s", five[i], not_told[i][k], facts);
		quote_stands(&exchange, a);
		free(facts);
		article_free(a);
	}
}

static void shipped_articles_tell_their_facts(void **state)
{
	(void)state;
	five_check(false);
}

static void published_articles_tell_the_same_facts(void **state)
{
	(void)state;
	five_check(true);
}

#define HEAD                                                                               \
	"DOCUMENT:Q900110  06-AUG-2001  [tern]\nTITLE   :TERN: Birds\nPRODUCT :Tern "      \
	"Mail\n"                                                                           \
	"PROD/VER::2.0\nOPER/SYS:\nKEYWORDS:\n\n"                                          \
	"======================================================================\n"         \
	"-------------------------------------------------------------------------------"  \
	"\n"                                                                               \
	"The information in this article applies to:\n\n - Tern Mail, version 2.0\n"       \
	"-------------------------------------------------------------------------------"  \
	"\n\n"

static void the_best_place_is_the_evidence(void **state)
{
	struct article *a = article_of(
	    HEAD "CAUSE\n=====\n\nThe event ID 105 comes from Tern Mail 2.0.\n\n"
		 "SYMPTOMS\n========\n\nThe event ID 105 is logged by Tern Mail 2.0.\n");
	char *facts = kit_facts(&tern, a);

	(void)state;
	assert_true(has_line(facts, "version = 2.0  [applies-to 12]"));
	assert_true(has_line(facts, "event-id = 105  [symptoms 23]"));
	free(facts);
	article_free(a);
}

static void an_error_in_the_title_that_is_an_event_is_no_code(void **state)
{
	struct article *a = article_of("DOCUMENT:Q900104  06-AUG-2001  [tern]\n"
				       "TITLE   :TERN: Errors 9318 and 1753\n\n"
				       "SYMPTOMS\n========\n\nEvent ID 9318 is logged.\n");
	char *facts = kit_facts(&tern, a);

	(void)state;
	assert_true(has_line(facts, "event-id = 9318"));
	assert_false(has_line(facts, "error-code = 9318"));
	assert_true(has_line(facts, "error-code = 1753"));
	free(facts);
	article_free(a);
}

static void an_error_that_is_an_event_is_no_code_anywhere(void **state)
{
	struct article *a =
	    article_of(HEAD "SYMPTOMS\n========\n\nEvent ID 246 and event ID "
			    "2171 are logged.\n\nCAUSE\n=====\n\nIt "
			    "records the error 246.\nThe error code is 2171.\n");
	char *facts = kit_facts(&tern, a);

	(void)state;
	assert_false(has_line(facts, "error-code = 246"));
	assert_true(has_line(facts, "error-code = 2171"));
	free(facts);
	article_free(a);
}

static void a_number_cut_off_with_the_title_is_no_code(void **state)
{
	struct article *a = article_of("DOCUMENT:Q900104  06-AUG-2001  [tern]\n"
				       "TITLE   :TERN: Error 1753 and Error 33554\n\n"
				       "SYMPTOMS\n========\n\nIt shows error 335544.\n");
	char *facts = kit_facts(&tern, a);

	(void)state;
	assert_true(has_line(facts, "error-code = 1753"));
	assert_true(has_line(facts, "error-code = 335544"));
	assert_false(has_line(facts, "error-code = 33554  "));
	free(facts);
	article_free(a);
}

static void alternatives_share_what_announces_them(void **state)
{
	struct article *a = article_of(HEAD "SYMPTOMS\n========\n\nThe following error "
					    "messages appear:\n\n   1722\n\n   -or-\n\n"
					    "   1753\n");
	char *facts = kit_facts(&tern, a);

	(void)state;
	assert_true(has_line(facts, "error-code = 1722  [symptoms 20]"));
	assert_true(has_line(facts, "error-code = 1753  [symptoms 24]"));
	free(facts);
	article_free(a);
}

static void the_title_of_another_article_tells_nothing(void **state)
{
	struct article *a = article_of(
	    HEAD "MORE INFORMATION\n================\n\nThese articles tell of errors:\n\n"
		 "   Q900111 TERN: Event ID 777 and Error 1722\n");
	char *facts = kit_facts(&tern, a);

	(void)state;
	assert_false(has_line(facts, "event-id"));
	assert_false(has_line(facts, "error-code"));
	free(facts);
	article_free(a);
}

static void adding_again_replaces_and_sorting_drops_repetitions(void **state)
{
	char first[] = "first", second[] = "second";
	struct fact fact = {.question = 1, .answer = 0, .line = 7, .quote = first};
	struct facts facts = {.list = NULL};

	(void)state;
	facts_add(&facts, &fact);
	fact.quote = second;
	facts_add(&facts, &fact);
	assert_int_equal(facts.n, 1);
	assert_string_equal(facts.list[0].quote, "second");
	fact.question = 0;
	fact.answer = 1;
	facts_add(&facts, &fact);
	fact.role = ROLE_CURING;
	facts_add(&facts, &fact);
	facts_sort(&facts);
	assert_int_equal(facts.n, 3);
	assert_int_equal(facts.list[0].question, 0);
	assert_int_equal(facts.list[0].role, ROLE_AFFECTED);
	assert_int_equal(facts.list[1].role, ROLE_CURING);
	assert_int_equal(facts.list[2].question, 1);
	facts_fini(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_quotation_is_the_clause_on_its_line),
	    cmocka_unit_test(a_quotation_that_would_say_nothing_is_the_line),
	    cmocka_unit_test(a_long_line_is_cut_at_words_around_what_decides),
	    cmocka_unit_test(the_best_place_is_the_evidence),
	    cmocka_unit_test(an_error_in_the_title_that_is_an_event_is_no_code),
	    cmocka_unit_test(an_error_that_is_an_event_is_no_code_anywhere),
	    cmocka_unit_test(a_number_cut_off_with_the_title_is_no_code),
	    cmocka_unit_test(alternatives_share_what_announces_them),
	    cmocka_unit_test(the_title_of_another_article_tells_nothing),
	    cmocka_unit_test(adding_again_replaces_and_sorting_drops_repetitions),
	    cmocka_unit_test(shipped_articles_tell_their_facts),
	    cmocka_unit_test(published_articles_tell_the_same_facts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
