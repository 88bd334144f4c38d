/* SPDX-License-Identifier: ISC */
/* The curated file: what it adds to an article and takes from it, and its faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../decision/curated.h"
#include "../kb/xalloc.h"
#include "tempfile.h"

/* Questions, an article, and the facts and advice that were extracted from it. */
struct bench {
	char *path;
	struct questions *questions;
	struct article *article;
	struct facts facts;
	struct advices advices;
	struct diag diag;
};

static const char questions_text[] = "name: Test\n"
				     "questions:\n"
				     "  - key: location\n"
				     "    ask: Where?\n"
				     "    kind: choice\n"
				     "    answers: [{ key: local }, { key: remote }]\n"
				     "  - key: event-id\n"
				     "    ask: Which event?\n"
				     "    kind: number\n";

static void block_set(
    struct section *s, enum section_kind kind, unsigned line, const char *text)
{
	*s = (struct section){.kind = kind, .level = 1, .line = line, .nblocks = 1};
	s->blocks = xcalloc(1, sizeof *s->blocks);
	s->blocks[0] = (struct block){.line = line, .text = xstrdup(text)};
}

static struct article *make_article(void)
{
	struct article *a = xcalloc(1, sizeof *a);

	a->file = xstrdup("q1.txt");
	a->id = xstrdup("Q1");
	a->title = xstrdup("A title");
	a->nsections = 2;
	a->sections = xcalloc(2, sizeof *a->sections);
	block_set(&a->sections[0], SECTION_TITLE, 2, "A title");
	block_set(&a->sections[1], SECTION_CAUSE, 10,
	    "This is the first line.\nThe second says that it\nruns over   there at "
	    "night.");
	return a;
}

static void add_fact(struct bench *b, size_t question, int answer, const char *value)
{
	struct fact f = {.question = question, .answer = answer, .line = 11};
	char *copy = xstrdup(value);
	char quote[] = "it";

	f.value = copy;
	f.quote = quote;
	facts_add(&b->facts, &f);
	free(copy);
}

static int bench_open(void **state)
{
	struct bench *b = xcalloc(1, sizeof *b);

	*state = b;
	diag_init(&b->diag);
	b->path = tempfile_new();
	if (b->path == NULL)
		return -1;
	tempfile_write(b->path, questions_text, sizeof questions_text - 1);
	b->questions = questions_read(b->path, &b->diag, NULL);
	b->article = make_article();
	add_fact(b, 0, 0, NULL);
	add_fact(b, 1, -1, "105");
	b->advices.list = xcalloc(1, sizeof *b->advices.list);
	b->advices.n = b->advices.cap = 1;
	b->advices.list[0] = (struct advice){
	    .kind = ADVICE_WORKAROUND, .line = 12, .text = xstrdup("Wait.")};
	return b->questions == NULL ? -1 : 0;
}

static int bench_close(void **state)
{
	struct bench *b = *state;

	facts_fini(&b->facts);
	advices_fini(&b->advices);
	article_free(b->article);
	questions_free(b->questions);
	diag_fini(&b->diag);
	tempfile_remove(b->path);
	free(b);
	return 0;
}

static struct curated *read_text(struct bench *b, const char *text)
{
	struct err err = {0};
	struct curated *c;

	tempfile_write(b->path, text, strlen(text));
	c = curated_read(b->path, b->questions, &b->diag, &err);
	assert_true((c == NULL) == (err.text != NULL));
	err_fini(&err);
	return c;
}

/* Reads an entry for Q1 and applies it. */
static void apply(struct bench *b, const char *entry)
{
	char *text = xasprintf("articles:\n  - id: Q1\n    why: For the test.\n%s", entry);
	struct curated *c = read_text(b, text);

	assert_non_null(c);
	curated_apply(c, b->article, b->questions, &b->facts, &b->advices, &b->diag);
	curated_report_unused(c, &b->diag);
	curated_free(c);
	free(text);
}

static void check_only_message(const struct bench *b, enum diag_code code, unsigned line)
{
	if (b->diag.n != 1 || b->diag.list[0].code != code ||
	    b->diag.list[0].line != line) {
		diag_print(stderr, &b->diag, DIAG_NOTE);
		fail_msg("expected line %u: %s, and nothing else", line, diag_text(code));
	}
}

static void a_fact_beats_what_was_extracted_and_says_so(void **state)
{
	struct bench *b = *state;
	const struct fact *f = b->facts.list;

	apply(b, "    facts:\n      - question: location\n        answers: [remote]\n"
		 "        quote: second says\n");
	f = b->facts.list;
	assert_int_equal(b->facts.n, 2);
	assert_int_equal(f->question, 0);
	assert_int_equal(f->answer, 1);
	assert_true(f->curated);
	assert_int_equal(f->section, SECTION_CAUSE);
	assert_int_equal(f->line, 11);
	assert_non_null(strstr(f->quote, "second says"));
	check_only_message(b, DIAG_CURATED_BEATS, 5);
	assert_non_null(strstr(b->diag.list[0].detail, "local"));
}

static void a_quotation_may_run_over_lines(void **state)
{
	struct bench *b = *state;

	apply(b, "    facts:\n      - { question: location, answers: [local, remote],\n"
		 "          quote: 'it runs  over there' }\n");
	assert_int_equal(b->facts.n, 3);
	assert_int_equal(b->facts.list[0].line, 11);
	assert_int_equal(b->facts.list[1].answer, 1);
}

static void without_a_quotation_the_title_is_the_place(void **state)
{
	struct bench *b = *state;

	apply(b, "    facts: [{ question: event-id, answers: ['0200'] }]\n");
	assert_string_equal(b->facts.list[1].value, "200");
	assert_int_equal(b->facts.list[1].section, SECTION_TITLE);
	assert_int_equal(b->facts.list[1].line, 2);
	assert_string_equal(b->facts.list[1].quote, "A title");
}

static void words_the_article_lacks_change_nothing(void **state)
{
	struct bench *b = *state;

	apply(b, "    facts: [{ question: location, answers: [remote], quote: first second "
		 "}]\n");
	check_only_message(b, DIAG_CURATED_QUOTE, 4);
	assert_int_equal(b->facts.n, 2);
	assert_int_equal(b->facts.list[0].answer, 0);
}

static void facts_are_forgotten(void **state)
{
	struct bench *b = *state;

	apply(b, "    forget: [event-id]\n");
	assert_int_equal(b->facts.n, 1);
	assert_int_equal(b->facts.list[0].question, 0);
	assert_int_equal(b->diag.n, 0);
}

static void advice_is_added_in_its_place(void **state)
{
	struct bench *b = *state;
	const struct advice *a;

	apply(b, "    advice:\n"
		 "      - kind: fix\n"
		 "        quote: the first\n"
		 "        text: >\n          Do\n          this.\n"
		 "        steps: [One., Two.]\n"
		 "        risks: [restart, registry]\n"
		 "        applies: [{ question: location, answers: [remote] }]\n");
	assert_int_equal(b->diag.n, 0);
	assert_int_equal(b->advices.n, 2);
	a = &b->advices.list[0];
	assert_int_equal(a->kind, ADVICE_FIX);
	assert_string_equal(a->text, "Do this.");
	assert_int_equal(a->section, SECTION_CAUSE);
	assert_int_equal(a->line, 10);
	assert_int_equal(a->nsteps, 2);
	assert_string_equal(a->steps[1], "Two.");
	assert_int_equal(a->risks, 1u << RISK_RESTART | 1u << RISK_REGISTRY);
	assert_int_equal(a->napplies, 1);
	assert_int_equal(a->applies[0].question, 0);
	assert_int_equal(a->applies[0].answers, 2);
	assert_int_equal(b->advices.list[1].kind, ADVICE_WORKAROUND);
}

static void advice_for_unknown_answers_is_left_out(void **state)
{
	struct bench *b = *state;

	apply(b, "    advice:\n      - kind: fix\n        text: Do.\n"
		 "        applies: [{ question: location, answers: [moon] }]\n");
	check_only_message(b, DIAG_CURATED_QUESTION, 7);
	assert_int_equal(b->advices.n, 1);
}

static void risks_are_added_to_advice_of_their_kind(void **state)
{
	struct bench *b = *state;

	apply(b, "    risks: [{ kind: workaround, risks: [data-loss] }]\n");
	assert_int_equal(b->advices.list[0].risks, 1u << RISK_DATA_LOSS);
	assert_int_equal(b->diag.n, 0);
	apply(b, "    risks: [{ kind: hotfix, risks: [data-loss] }]\n");
	check_only_message(b, DIAG_CURATED_RISK, 4);
}

static void an_entry_no_article_took_is_reported(void **state)
{
	struct bench *b = *state;
	struct curated *c = read_text(b, "articles:\n  - id: Q2\n    why: Gone.\n");

	curated_apply(c, b->article, b->questions, &b->facts, &b->advices, &b->diag);
	curated_report_unused(c, &b->diag);
	check_only_message(b, DIAG_CURATED_ARTICLE, 2);
	curated_free(c);
}

static void check_reported(
    struct bench *b, const char *entry, enum diag_code code, unsigned line)
{
	diag_fini(&b->diag);
	diag_init(&b->diag);
	apply(b, entry);
	check_only_message(b, code, line);
	assert_int_equal(b->facts.n, 2);
	assert_int_equal(b->advices.n, 1);
}

static void unknown_questions_and_answers_are_reported_and_passed_over(void **state)
{
	struct bench *b = *state;

	check_reported(b, "    forget: [where]\n", DIAG_CURATED_QUESTION, 4);
	check_reported(b, "    facts:\n      - question: where\n        answers: [x]\n",
	    DIAG_CURATED_QUESTION, 5);
	check_reported(b,
	    "    advice:\n      - kind: fix\n        text: Do.\n"
	    "        applies: [{ question: event-id, answers: ['1'] }]\n",
	    DIAG_CURATED_QUESTION, 7);
	check_reported(b, "    advice:\n      - kind: fix\n", DIAG_YAML_SCHEMA, 5);
	assert_int_equal(b->facts.list[0].answer, 0);
}

static void a_fact_with_no_answer_that_is_known_beats_nothing(void **state)
{
	struct bench *b = *state;

	check_reported(b,
	    "    facts:\n      - question: location\n        answers: [moon]\n",
	    DIAG_CURATED_QUESTION, 6);
	assert_int_equal(b->facts.list[0].answer, 0);
}

static void check_refused(
    struct bench *b, const char *text, enum diag_code code, unsigned line)
{
	diag_fini(&b->diag);
	diag_init(&b->diag);
	assert_null(read_text(b, text));
	check_only_message(b, code, line);
}

static void a_file_of_another_shape_is_refused(void **state)
{
	struct bench *b = *state;

	check_refused(b, "articles:\n  - id: Q1\n", DIAG_YAML_SCHEMA, 2);
	check_refused(
	    b, "articles:\n  - id: Q1\n    why: x\n    fact: []\n", DIAG_YAML_SCHEMA, 4);
	check_refused(b,
	    "articles:\n  - id: Q1\n    why: x\n    risks: [{ kind: fxi, risks: [] }]\n",
	    DIAG_QUESTION_NAME, 4);
	check_refused(b, "articles: [\n", DIAG_YAML_SYNTAX, 1);
	check_refused(b, "", DIAG_FILE_EMPTY, 0);
	curated_free(NULL);
}

#define BENCH_TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH_TEST(a_fact_beats_what_was_extracted_and_says_so),
	    BENCH_TEST(a_quotation_may_run_over_lines),
	    BENCH_TEST(without_a_quotation_the_title_is_the_place),
	    BENCH_TEST(words_the_article_lacks_change_nothing),
	    BENCH_TEST(facts_are_forgotten),
	    BENCH_TEST(advice_is_added_in_its_place),
	    BENCH_TEST(advice_for_unknown_answers_is_left_out),
	    BENCH_TEST(risks_are_added_to_advice_of_their_kind),
	    BENCH_TEST(an_entry_no_article_took_is_reported),
	    BENCH_TEST(unknown_questions_and_answers_are_reported_and_passed_over),
	    BENCH_TEST(a_fact_with_no_answer_that_is_known_beats_nothing),
	    BENCH_TEST(a_file_of_another_shape_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
