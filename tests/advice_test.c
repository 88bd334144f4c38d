/* SPDX-License-Identifier: ISC */
/* Advice: kinds, versions, steps, risks, alternatives, and the five articles. */
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

#define RULE                                                                               \
	"-------------------------------------------------------------------------------"  \
	"\n"
#define HEAD                                                                               \
	"DOCUMENT:Q900110  06-AUG-2001  [tern]\nTITLE   :TERN: Birds\nPRODUCT :Tern "      \
	"Mail\n"                                                                           \
	"PROD/VER::2.0\nOPER/SYS:\nKEYWORDS:\n\n"                                          \
	"======================================================================\n" RULE    \
	"The information in this article applies to:\n\n - Tern Mail, version 2.0\n" RULE  \
	"\n"
#define SYMPTOMS "SYMPTOMS\n========\n\nThe nest is empty.\n\n"
#define CAUSE "CAUSE\n=====\n\n"
#define RESOLUTION "RESOLUTION\n==========\n\n"
#define WORKAROUND "WORKAROUND\n==========\n\n"
#define STATUS "STATUS\n======\n\n"
#define MORE "MORE INFORMATION\n================\n\n"

/* Reads an article of these sections and compares all of its advice. */
static void check(const char *sections, const char *expected)
{
	char *text = xasprintf(HEAD "%s", sections), *advice;
	struct article *a = article_of(text);

	assert_non_null(a);
	advice = kit_advice(&tern, a);
	assert_string_equal(advice, expected);
	free(advice);
	article_free(a);
	free(text);
}

static void steps_stay_in_order_and_keep_their_parts(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    "To resolve this, do this:\n\n1. Take an egg\n   of a bird.\n\n2. Type "
	    "this:\n\n"
	    "      nest open\n\n   a. Wait.\n\n3. Close it.\n\nNow it is full.\n",
	    "fix [resolution 23]\n    To resolve this, do this:\n    Now it is full.\n"
	    "    1. Take an egg of a bird.\n    2. Type this:\n       nest open\n"
	    "       a. Wait.\n    3. Close it.\n");
}

static void a_second_list_goes_on_with_its_announcement(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    "At the nest:\n\n1. Open it.\n\nIn the tree:\n\n1. Shut it.\n",
	    "fix [resolution 23]\n    At the nest:\n    1. Open it.\n"
	    "    2. In the tree: Shut it.\n");
}

static void alternatives_stay_apart(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "1. Open it.\n\n- or -\n\n1. Shut it.\n",
	    "fix [resolution 23]\n    1. Open it.\n"
	    "fix [resolution 27]\n    1. Shut it.\n");
	check(SYMPTOMS WORKAROUND
	    "Use one of these methods:\n\nMethod 1\n--------\n\nCall.\n\n"
	    "Method 2\n--------\n\nWait.\n",
	    "workaround [workaround 23]\n    Use one of these methods:\n    Call.\n"
	    "workaround [workaround 33]\n    Wait.\n");
	check(SYMPTOMS RESOLUTION "1. Open it.\n\nAnother way is to wait.\n",
	    "fix [resolution 23]\n    1. Open it.\n"
	    "fix [resolution 25]\n    Another way is to wait.\n");
	check(SYMPTOMS RESOLUTION "Open the nest.\n\n-or-\n\nShut the nest.\n",
	    "fix [resolution 23]\n    Open the nest.\n    -or-\n    Shut the nest.\n");
}

static void an_entry_is_for_the_versions_of_its_sentence(void **state)
{
	(void)state;
	check(SYMPTOMS STATUS
	    "Corrected in the latest service pack for Tern Mail version 2.0.\n\n"
	    "Corrected in the post-SP1 fix for Tern Mail 1.0.\n",
	    "service-pack [status 23] version=2.0\n"
	    "    Corrected in the latest service pack for Tern Mail version 2.0.\n"
	    "hotfix [status 25] version=1.0\n"
	    "    Corrected in the post-SP1 fix for Tern Mail 1.0.\n");
}

static void a_cure_without_version_is_for_those_confirmed_before_it(void **state)
{
	(void)state;
	check(SYMPTOMS STATUS
	    "We confirmed this to be a problem in Tern Mail 1.0 and 1.5. It was\n"
	    "corrected in the latest service pack.\n",
	    "service-pack [status 23] version=1.0|1.5\n"
	    "    It was corrected in the latest service pack.\n");
	check(SYMPTOMS STATUS "It was corrected in the latest service pack.\n",
	    "service-pack [status 23]\n    It was corrected in the latest service pack.\n");
}

static void a_sub_section_is_for_the_version_of_its_heading(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "Tern Mail 1.0\n-------------\n\nOpen it.\n\n"
				  "Tern Mail 2.0\n-------------\n\nShut it.\n",
	    "fix [resolution 26] version=1.0\n    Open it.\n"
	    "fix [resolution 31] version=2.0\n    Shut it.\n");
}

static void a_line_that_names_versions_is_a_heading_too(void **state)
{
	(void)state;
	check(SYMPTOMS STATUS
	    "We confirmed this to be a problem in Tern Mail 1.0 and 2.0.\n\n"
	    "Tern Mail 1.0:\n\nA supported fix is there.\n",
	    "hotfix [status 27] version=1.0\n    A supported fix is there.\n");
}

static void references_to_the_workaround_are_none(void **state)
{
	(void)state;
	check(SYMPTOMS CAUSE "To work around it, see below.\n\n" WORKAROUND "Wait.\n",
	    "workaround [workaround 28]\n    Wait.\n");
	check(SYMPTOMS CAUSE "Birds. To work around it, wait.\n",
	    "workaround [cause 23]\n    To work around it, wait.\n");
}

static void entries_of_one_kind_and_version_are_one(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    "Obtain the latest Tern service pack for Tern Mail 2.0.\n\n" STATUS
	    "It was corrected in Tern Mail 2.0 service pack 3.\n",
	    "service-pack [resolution 23] version=2.0\n"
	    "    Obtain the latest Tern service pack for Tern Mail 2.0.\n"
	    "    It was corrected in Tern Mail 2.0 service pack 3.\n");
}

static void risks_stand_on_the_entry_they_are_told_of(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    "A supported fix is there, but it has not been fully tested.\n\n" WORKAROUND
	    "To work around this problem, edit the nest file. Mail can be lost.\n",
	    "hotfix [resolution 23] risk untested-fix\n"
	    "    A supported fix is there, but it has not been fully tested.\n"
	    "workaround [workaround 28] risk data-loss,registry\n"
	    "    To work around this problem, edit the nest file. Mail can be lost.\n");
	check("IMPORTANT: You have to edit the nest file.\n\n" SYMPTOMS CAUSE
	      "It is by design.\n\n" WORKAROUND "Wait.\n",
	    "workaround [workaround 30] risk registry\n    Wait.\n"
	    "by-design [cause 25]\n    It is by design.\n");
}

static void a_warning_before_everything_is_the_risk_of_what_is_done(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    "WARNING: Mail can be lost.\n\nObtain the latest Tern service pack.\n\n"
	    "Then:\n\nNOTE: It is dark.\n\n1. Open it.\n",
	    "service-pack [resolution 25]\n    Obtain the latest Tern service pack.\n"
	    "fix [resolution 27] risk data-loss\n    Then:\n    NOTE: It is dark.\n"
	    "    1. Open it.\n");
}

#define OBTAIN "Obtain the latest Tern service pack.\n\n"
#define SUPPORTED "A supported fix is there.\n\n"

static void what_the_resolution_says_comes_first_in_its_order(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION OBTAIN WORKAROUND "Wait.\n",
	    "service-pack [resolution 23]\n    Obtain the latest Tern service pack.\n"
	    "workaround [workaround 28]\n    Wait.\n");
	check(SYMPTOMS RESOLUTION "Open the nest.\n\n" OBTAIN,
	    "fix [resolution 23]\n    Open the nest.\n"
	    "service-pack [resolution 25]\n    Obtain the latest Tern service pack.\n");
	check(SYMPTOMS RESOLUTION SUPPORTED OBTAIN "Then:\n\n1. Open it.\n",
	    "service-pack [resolution 25]\n    Obtain the latest Tern service pack.\n"
	    "hotfix [resolution 23]\n    A supported fix is there.\n"
	    "fix [resolution 27]\n    Then:\n    1. Open it.\n");
}

static void a_cure_told_elsewhere_comes_behind_a_workaround(void **state)
{
	(void)state;
	check(SYMPTOMS WORKAROUND "Wait.\n\n" STATUS OBTAIN,
	    "workaround [workaround 23]\n    Wait.\n"
	    "service-pack [status 28]\n    Obtain the latest Tern service pack.\n");
	check(SYMPTOMS STATUS OBTAIN MORE "To see it:\n\n1. Open the nest.\n",
	    "service-pack [status 23]\n    Obtain the latest Tern service pack.\n"
	    "fix [more-information 28]\n    To see it:\n    1. Open the nest.\n");
}

static void a_resolution_that_refers_to_the_cure_puts_it_first(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "Apply the fix below.\n\n" WORKAROUND
				  "Wait.\n\n" STATUS OBTAIN,
	    "service-pack [status 33]\n    Obtain the latest Tern service pack.\n"
	    "workaround [workaround 28]\n    Wait.\n");
	check(SYMPTOMS WORKAROUND "Apply the fix below, or wait.\n\n" STATUS OBTAIN,
	    "service-pack [status 28]\n    Obtain the latest Tern service pack.\n");
}

static void instructions_come_before_what_they_mend_by_the_way(void **state)
{
	(void)state;
	check("SUMMARY\n=======\n\n1. Open the nest.\n\n" MORE "To mend this, feed them.\n",
	    "how-to [summary 18]\n    1. Open the nest.\n"
	    "fix [more-information 23]\n    To mend this, feed them.\n");
}

static void what_the_vendor_did_is_no_fix_beside_the_cure(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "The nest is now larger.\n\n" STATUS OBTAIN,
	    "service-pack [status 28]\n    Obtain the latest Tern service pack.\n"
	    "explanation [resolution 23]\n    The nest is now larger.\n");
	check(SYMPTOMS RESOLUTION "Open the nest.\n\n" STATUS OBTAIN,
	    "fix [resolution 23]\n    Open the nest.\n"
	    "service-pack [status 28]\n    Obtain the latest Tern service pack.\n");
	check(SYMPTOMS RESOLUTION "The nest is now larger.\n",
	    "fix [resolution 23]\n    The nest is now larger.\n");
	check(SYMPTOMS RESOLUTION "This is by design. It is a bird.\n",
	    "by-design [resolution 23]\n    This is by design.\n"
	    "explanation [resolution 23]\n    It is a bird.\n");
	check(SYMPTOMS RESOLUTION "Open this:\n\n" SUPPORTED,
	    "hotfix [resolution 25]\n    A supported fix is there.\n");
}

static void by_design_is_an_entry_beside_the_fix(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "This is by design. Open the nest.\n",
	    "fix [resolution 23]\n    Open the nest.\n"
	    "by-design [resolution 23]\n    This is by design.\n");
}

static void boilerplate_and_what_it_announces_is_left_out(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "Open the nest. Please see the following article:\n\n"
				  "   Q900111 TERN: Nests\n\nThen wait.\n",
	    "fix [resolution 23]\n    Open the nest.\n    Then wait.\n");
	check(SYMPTOMS CAUSE "A bird.\n\n" MORE
			     "Steps to reproduce it:\n\n1. Open the nest.\n",
	    "explanation [cause 23]\n    A bird.\n");
}

static void the_cause_explains_when_nothing_else_helps(void **state)
{
	(void)state;
	check(SYMPTOMS CAUSE "Birds\nleft.\n", "explanation [cause 23]\n    Birds left.\n");
	check(SYMPTOMS CAUSE "Birds left.\n\n" WORKAROUND "Wait.\n",
	    "workaround [workaround 28]\n    Wait.\n");
	check(SYMPTOMS STATUS "We confirmed this to be a problem in Tern Mail 2.0.\n",
	    "explanation [status 23]\n"
	    "    We confirmed this to be a problem in Tern Mail 2.0.\n");
}

static void steps_of_more_information_are_the_fix_without_a_resolution(void **state)
{
	(void)state;
	check(SYMPTOMS MORE "Birds eat fish.\n\nTo fill it:\n\n1. Open the nest.\n",
	    "fix [more-information 25]\n    To fill it:\n    1. Open the nest.\n");
	check(SYMPTOMS WORKAROUND "Wait.\n\n" MORE "To see it:\n\n1. Open the nest.\n",
	    "workaround [workaround 23]\n    Wait.\n");
}

static void steps_of_symptoms_instruct_when_nothing_else_does(void **state)
{
	(void)state;
	check(SYMPTOMS "To find out:\n\n1. Open the nest.\n",
	    "how-to [symptoms 20]\n    To find out:\n    1. Open the nest.\n");
	check(SYMPTOMS "1. Open the nest.\n\n" CAUSE "Birds left.\n",
	    "explanation [cause 25]\n    Birds left.\n");
}

static void an_article_without_problem_is_a_how_to(void **state)
{
	(void)state;
	check("SUMMARY\n=======\n\nFeed birds.\n\n" MORE "To feed them:\n\n1. Take fish.\n",
	    "how-to [summary 18]\n    Feed birds.\n    To feed them:\n    1. Take fish.\n");
}

static void a_later_version_is_a_fix_for_those_before_it(void **state)
{
	(void)state;
	check(SYMPTOMS STATUS "It was corrected in Tern Mail 2.0.\n",
	    "fix [status 23] version=1.0|1.5\n    It was corrected in Tern Mail 2.0.\n");
}

static void words_that_lead_to_a_cure_belong_to_it(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    "The nest is closed now. Obtain the latest service pack.\n",
	    "service-pack [resolution 23]\n"
	    "    The nest is closed now. Obtain the latest service pack.\n");
}

static void what_was_changed_is_told_and_not_advised(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "The nest was changed to close.\n",
	    "explanation [resolution 23]\n    The nest was changed to close.\n");
	check(SYMPTOMS RESOLUTION "Close the nest. It was changed to close.\n",
	    "fix [resolution 23]\n    Close the nest. It was changed to close.\n");
}

static void an_alternative_to_a_cure_is_done_by_a_person(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION
	    " - Close the nest.\n\n   -or-\n\n - Obtain the latest service pack.\n\n"
	    "   -or-\n\n - Open it.\n",
	    "fix [resolution 23]\n    - Close the nest.\n    -or-\n    - Open it.\n"
	    "service-pack [resolution 27]\n"
	    "    - Obtain the latest service pack.\n");
}

static void a_story_that_is_resolved_is_no_how_to(void **state)
{
	(void)state;
	check("SUMMARY\n=======\n\nThe nest may be empty.\n\n" MORE
	      "To mend this, call the bird.\n",
	    "fix [more-information 23]\n    To mend this, call the bird.\n");
}

static void a_list_of_problems_advises_nothing(void **state)
{
	struct article *a = article_of(
	    "DOCUMENT:Q900111  06-AUG-2001  [tern]\n"
	    "TITLE   :TERN: Nests Mended in Tern Mail 2.0\n\n" SYMPTOMS RESOLUTION
	    "Open the nest.\n");
	char *advice = kit_advice(&tern, a);

	(void)state;
	assert_string_equal(advice, "");
	free(advice);
	article_free(a);
}

static void a_symptom_is_no_cure(void **state)
{
	(void)state;
	check("SYMPTOMS\n========\n\nAfter a supported fix it fails.\n\n" CAUSE "Birds.\n",
	    "explanation [cause 23]\n    Birds.\n");
}

static void words_broken_at_a_hyphen_are_joined(void **state)
{
	(void)state;
	check(SYMPTOMS RESOLUTION "Open the half-\nopen nest.\n",
	    "fix [resolution 23]\n    Open the half-open nest.\n");
}

/* Beginnings of lines that the advice of each of the five must have, in this order. */
static const struct {
	const char *id;
	const char *lines[12];
} five[] = {
    {"Q156715", {"service-pack [status ", "    NOTE: "}},
    {"Q177807", {"workaround [workaround 33]\n", "    To work around this problem",
		    "service-pack [status ", "hotfix [status "}},
    {"Q192440", {"service-pack [resolution ",
		    "hotfix [resolution 46] exchange-version=4.0 risk untested-fix",
		    "hotfix [resolution "}},
    {"Q261160", {"fix [resolution ", "    1. ", "    2. ", "    3. Double-click", "    4. ",
		    "    5. Click Advanced", "    6. ", "by-design [status "}},
    {"Q314588", {"explanation [cause "}},
};

static const char *next_line(const char *text, const char *beginning)
{
	const char *at = strstr(text, beginning);

	while (at != NULL && at != text && at[-1] != '\n')
		at = strstr(at + 1, beginning);
	return at;
}

static struct article *five_read(const char *id, bool published)
{
	static const char *const endings[] = {"txt", "md", "TXT"};
	struct article *a = NULL;

	for (size_t k = 0; a == NULL && k < sizeof endings / sizeof *endings; k++) {
		char *path = xasprintf(
		    "%s/%s.%s", published ? "seeds" : "kb/articles", id, endings[k]);

		a = published ? article_published(path) : article_own(path);
		free(path);
	}
	return a;
}

static void five_check(bool published)
{
	for (size_t i = 0; i < sizeof five / sizeof *five; i++) {
		struct article *a = five_read(five[i].id, published);
		const char *at;
		char *advice;

		if (a == NULL) {
			print_message("skipped: the article %s is not here\n", five[i].id);
			skip();
		}
		at = advice = kit_advice(&exchange, a);
		for (size_t k = 0; k < 12 && five[i].lines[k] != NULL; k++) {
			at = next_line(at, five[i].lines[k]);
			if (at == NULL)
				fail_msg("%s lacks %s\n%s", five[i].id, five[i].lines[k],
				    advice);
		}
		free(advice);
		article_free(a);
	}
}

static void shipped_articles_give_their_advice(void **state)
{
	(void)state;
	five_check(false);
}

static void published_articles_give_the_same_advice(void **state)
{
	(void)state;
	five_check(true);
}

/* Which answers of exchange-version each entry is for: "service-pack:5.5". */
static char *variants_of(const struct article *a)
{
	struct advices advices = {.list = NULL};
	int version = questions_find(exchange.questions, "exchange-version");
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	advice_extract(&advices, exchange.advisor, a);
	for (size_t i = 0; i < advices.n; i++) {
		const struct advice *v = &advices.list[i];

		fprintf(f, "%s%s", i > 0 ? " " : "", advice_kind_name(v->kind));
		for (size_t k = 0; k < v->napplies; k++) {
			const struct question *q =
			    &exchange.questions->list[v->applies[k].question];

			assert_int_equal(v->applies[k].question, version);
			for (size_t n = 0; n < q->nanswers; n++)
				if (v->applies[k].answers >> n & 1)
					fprintf(f, ":%s", q->answers[n].key);
		}
	}
	fclose(f);
	advices_fini(&advices);
	return out;
}

static void versions_of_the_five_select_their_advice(void **state)
{
	static const struct {
		const char *id, *variants;
	} expected[] = {
	    {"Q156715", "service-pack:4.0"},
	    {"Q177807", "workaround service-pack:5.5 hotfix:5.0"},
	    {"Q192440", "service-pack:5.5 hotfix:4.0 hotfix:5.0"},
	    {"Q261160", "fix by-design"},
	    {"Q314588", "explanation"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		for (int published = 0; published < 2; published++) {
			struct article *a = five_read(expected[i].id, published);
			char *variants;

			if (a == NULL)
				continue;
			variants = variants_of(a);
			assert_string_equal(variants, expected[i].variants);
			free(variants);
			article_free(a);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(steps_stay_in_order_and_keep_their_parts),
	    cmocka_unit_test(a_second_list_goes_on_with_its_announcement),
	    cmocka_unit_test(alternatives_stay_apart),
	    cmocka_unit_test(an_entry_is_for_the_versions_of_its_sentence),
	    cmocka_unit_test(a_cure_without_version_is_for_those_confirmed_before_it),
	    cmocka_unit_test(a_sub_section_is_for_the_version_of_its_heading),
	    cmocka_unit_test(a_line_that_names_versions_is_a_heading_too),
	    cmocka_unit_test(references_to_the_workaround_are_none),
	    cmocka_unit_test(entries_of_one_kind_and_version_are_one),
	    cmocka_unit_test(risks_stand_on_the_entry_they_are_told_of),
	    cmocka_unit_test(a_warning_before_everything_is_the_risk_of_what_is_done),
	    cmocka_unit_test(what_the_resolution_says_comes_first_in_its_order),
	    cmocka_unit_test(a_cure_told_elsewhere_comes_behind_a_workaround),
	    cmocka_unit_test(a_resolution_that_refers_to_the_cure_puts_it_first),
	    cmocka_unit_test(instructions_come_before_what_they_mend_by_the_way),
	    cmocka_unit_test(what_the_vendor_did_is_no_fix_beside_the_cure),
	    cmocka_unit_test(by_design_is_an_entry_beside_the_fix),
	    cmocka_unit_test(boilerplate_and_what_it_announces_is_left_out),
	    cmocka_unit_test(the_cause_explains_when_nothing_else_helps),
	    cmocka_unit_test(steps_of_more_information_are_the_fix_without_a_resolution),
	    cmocka_unit_test(steps_of_symptoms_instruct_when_nothing_else_does),
	    cmocka_unit_test(an_article_without_problem_is_a_how_to),
	    cmocka_unit_test(a_later_version_is_a_fix_for_those_before_it),
	    cmocka_unit_test(words_that_lead_to_a_cure_belong_to_it),
	    cmocka_unit_test(what_was_changed_is_told_and_not_advised),
	    cmocka_unit_test(an_alternative_to_a_cure_is_done_by_a_person),
	    cmocka_unit_test(a_story_that_is_resolved_is_no_how_to),
	    cmocka_unit_test(a_list_of_problems_advises_nothing),
	    cmocka_unit_test(a_symptom_is_no_cure),
	    cmocka_unit_test(words_broken_at_a_hyphen_are_joined),
	    cmocka_unit_test(shipped_articles_give_their_advice),
	    cmocka_unit_test(published_articles_give_the_same_advice),
	    cmocka_unit_test(versions_of_the_five_select_their_advice),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
