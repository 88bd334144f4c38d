/* SPDX-License-Identifier: ISC */
/* The questions file: what is read, what is refused and where, and the built-in questions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../decision/advice.h"
#include "../decision/pattern.h"
#include "../decision/question.h"
#include "../kb/xalloc.h"
#include "tempfile.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char *path;

static int make_file(void **state)
{
	(void)state;
	path = tempfile_new();
	return path == NULL ? -1 : 0;
}

static int remove_file(void **state)
{
	(void)state;
	tempfile_remove(path);
	return 0;
}

static struct questions *read_text(const char *text, struct diag *diag)
{
	struct err err = {0};
	struct questions *qs;

	tempfile_write(path, text, strlen(text));
	qs = questions_read(path, diag, &err);
	if (qs == NULL)
		assert_int_equal(err.class, ERR_DATA);
	err_fini(&err);
	return qs;
}

static struct questions *read_good(const char *text)
{
	struct diag diag;
	struct questions *qs;

	diag_init(&diag);
	qs = read_text(text, &diag);
	if (qs == NULL)
		diag_print(stderr, &diag, DIAG_NOTE);
	assert_non_null(qs);
	assert_int_equal(diag.n, 0);
	diag_fini(&diag);
	return qs;
}

static const char whole[] = "name: Test\n"
			    "about: >\n"
			    "  Two\n"
			    "  lines.\n"
			    "questions:\n"
			    "  - key: product-version\n"
			    "    ask: Which version?\n"
			    "    say: Say the version.\n"
			    "    find: |\n"
			    "      Look here.\n"
			    "      And there.\n"
			    "    kind: choice\n"
			    "    recogniser: version\n"
			    "    of: 'product( server)?'\n"
			    "    sections: [title, status]\n"
			    "    cost: { console: 0.5, phone: 2 }\n"
			    "    unknown: 0.25\n"
			    "    error: 0.125\n"
			    "    silent: \"2.0\"\n"
			    "    variant: true\n"
			    "    answers:\n"
			    "      - key: 1.0\n"
			    "        label: One\n"
			    "        share: 0.5\n"
			    "        patterns: ['one', 'first one']\n"
			    "        said: [uno]\n"
			    "        except: ['one of']\n"
			    "      - key: \"2.0\"\n"
			    "      - { key: none, share: 0.1 }\n"
			    "      - key: other\n"
			    "  - key: code\n"
			    "    ask: Which code?\n"
			    "    kind: code\n"
			    "    answers: [{ key: 0x6ba, label: RPC }, { key: E_SOME }]\n"
			    "symbols:\n"
			    "  - { name: E_SOME, code: \"0x10\" }\n"
			    "phrases:\n"
			    "  - name: fix\n"
			    "    patterns: ['to fix', 'to mend']\n"
			    "  - { name: registry, patterns: [regedit] }\n"
			    "  - { name: curing, patterns: ['corrected in'] }\n";

static void everything_written_is_read(void **state)
{
	struct questions *qs = read_good(whole);
	const struct question *q = &qs->list[0];

	(void)state;
	assert_string_equal(qs->name, "Test");
	assert_string_equal(qs->about, "Two lines.");
	assert_int_equal(qs->n, 3);
	assert_true(question_is_sign(&qs->list[2]));
	assert_string_equal(q->key, "product-version");
	assert_string_equal(q->ask, "Which version?");
	assert_string_equal(q->say, "Say the version.");
	assert_string_equal(q->find, "Look here.\nAnd there.");
	assert_int_equal(q->kind, QUESTION_CHOICE);
	assert_int_equal(q->recogniser, RECOGNISE_VERSION);
	assert_string_equal(q->of, "product( server)?");
	assert_int_equal(q->sections, 1u << SECTION_TITLE | 1u << SECTION_STATUS);
	assert_true(q->cost == 0.5 && q->cost_phone == 2);
	assert_true(q->unknown == 0.25 && q->error == 0.125);
	assert_int_equal(q->silent, 1);
	assert_true(q->variant);
	assert_int_equal(q->nanswers, 4);
	assert_string_equal(q->answers[0].label, "One");
	assert_int_equal(q->answers[0].patterns.n, 2);
	assert_string_equal(q->answers[0].patterns.list[1], "first one");
	assert_string_equal(q->answers[0].said.list[0], "uno");
	assert_string_equal(q->answers[0].except.list[0], "one of");
	assert_int_equal(qs->nphrases, 4);
	assert_string_equal(qs->phrases[1].name, "fix");
	assert_string_equal(qs->phrases[1].pattern, "to mend");
	assert_string_equal(qs->phrases[3].name, "curing");
	assert_int_equal(qs->nsymbols, 1);
	questions_free(qs);
}

static void what_is_left_out_has_its_default(void **state)
{
	struct questions *qs = read_good(whole);
	const struct question *q = &qs->list[1];

	(void)state;
	assert_string_equal(q->say, q->ask);
	assert_string_equal(q->find, "");
	assert_int_equal(q->recogniser, RECOGNISE_PATTERNS);
	assert_null(q->of);
	assert_true(q->cost == 1 && q->cost_phone == 1);
	assert_true(q->unknown == 0.1 && q->error == 0.05);
	assert_int_equal(q->silent, -1);
	assert_false(q->variant);
	assert_true(q->sections & 1u << SECTION_SYMPTOMS);
	assert_false(q->sections & 1u << SECTION_RESOLUTION);
	assert_string_equal(qs->list[0].answers[1].label, "2.0");
	questions_free(qs);
}

static void missing_shares_divide_what_is_left(void **state)
{
	struct questions *qs = read_good(whole);
	const struct answer *a = qs->list[0].answers;

	(void)state;
	assert_true(a[0].share == 0.5 && a[2].share == 0.1);
	assert_true(fabs(a[1].share - 0.2) < 1e-12 && fabs(a[3].share - 0.2) < 1e-12);
	questions_free(qs);

	qs = read_good("name: T\nquestions:\n  - key: a\n    ask: A?\n    kind: choice\n"
		       "    answers: [{ key: x, share: 0.3 }, { key: y, share: 0.1 }]\n");
	a = qs->list[0].answers;
	assert_true(fabs(a[0].share - 0.75) < 1e-12 && fabs(a[1].share - 0.25) < 1e-12);
	questions_free(qs);
}

static void suggestions_of_open_questions_are_canonical(void **state)
{
	struct questions *qs = read_good(whole);

	(void)state;
	assert_string_equal(qs->list[1].answers[0].key, "1722");
	assert_string_equal(qs->list[1].answers[1].key, "16");
	questions_free(qs);
}

static void keys_are_found(void **state)
{
	struct questions *qs = read_good(whole);

	(void)state;
	assert_int_equal(questions_find(qs, "code"), 1);
	assert_int_equal(questions_find(qs, "cod"), -1);
	assert_int_equal(question_answer(&qs->list[0], "none"), 2);
	assert_int_equal(question_answer(&qs->list[0], "None"), -1);
	assert_false(question_is_open(&qs->list[0]));
	assert_true(question_is_open(&qs->list[1]));
	assert_string_equal(question_kind_name(qs->list[1].kind), "code");
	assert_string_equal(recogniser_name(RECOGNISE_SERVICE_PACK), "service-pack");
	questions_free(qs);
}

static void check_canonical(
    enum question_kind kind, const char *value, const char *expected)
{
	struct questions *qs = read_good(whole);
	struct question q = {.kind = kind};
	char *made = question_canonical(qs, &q, value);

	if (expected == NULL)
		assert_null(made);
	else
		assert_string_equal(made, expected);
	free(made);
	questions_free(qs);
}

static void values_become_canonical(void **state)
{
	(void)state;
	check_canonical(QUESTION_NUMBER, "event 0105", "105");
	check_canonical(QUESTION_NUMBER, "none of it", NULL);
	check_canonical(QUESTION_CODE, "0xfffffc06", "-1018");
	check_canonical(QUESTION_CODE, "e_some", "16");
	check_canonical(QUESTION_CODE, "two words", NULL);
	check_canonical(QUESTION_TEXT, "  The disk\n\t is  full ", "The disk is full");
	check_canonical(QUESTION_TEXT, " \n", NULL);
	check_canonical(QUESTION_CHOICE, "whatever", NULL);
}

/* n entries of a list, as one YAML text; the caller frees it. */
static char *repeat(const char *head, const char *format, size_t n)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	fputs(head, out);
	for (size_t i = 0; i < n; i++)
		fprintf(out,
		    strcmp(format, "q") == 0 ? "  - { key: q%zu, ask: A?, kind: text }\n"
					     : "      - key: k%zu\n",
		    i);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void check_limit(const char *head, const char *format, size_t most)
{
	char *text = repeat(head, format, most);
	struct diag diag;

	questions_free(read_good(text));
	free(text);
	text = repeat(head, format, most + 1);
	diag_init(&diag);
	assert_null(read_text(text, &diag));
	assert_int_equal(diag.list[0].code, DIAG_YAML_SCHEMA);
	assert_non_null(strstr(diag.list[0].detail, "at most 64"));
	diag_fini(&diag);
	free(text);
}

static void questions_and_answers_have_a_limit(void **state)
{
	(void)state;
	check_limit("name: T\nquestions:\n", "q", QUESTION_MAX);
	check_limit("name: T\nquestions:\n  - key: a\n    ask: A?\n    kind: choice\n    "
		    "answers:\n",
	    "a", QUESTION_MAX_ANSWERS);
}

static void a_file_too_large_or_missing_is_an_error_of_the_world(void **state)
{
	struct err err = {0};
	struct diag diag;
	char *text = xmalloc((4u << 20) + 2);

	(void)state;
	memset(text, '#', (4u << 20) + 1);
	tempfile_write(path, text, (4u << 20) + 1);
	free(text);
	diag_init(&diag);
	assert_null(questions_read(path, &diag, &err));
	assert_non_null(err.text);
	assert_null(questions_read("/nonexistent/questions.yaml", &diag, &err));
	assert_int_equal(err.class, ERR_OPEN);
	assert_int_equal(diag.n, 0);
	err_fini(&err);
	diag_fini(&diag);
}

/* Reads what may or may not be a questions file: nothing may break, and a fault is told. */
static void read_anything(const char *text, size_t len)
{
	struct err err = {0};
	struct diag diag;
	struct questions *qs;

	tempfile_write(path, text, len);
	diag_init(&diag);
	qs = questions_read(path, &diag, &err);
	if (qs == NULL)
		assert_true(err.text != NULL && diag.count[DIAG_ERROR] > 0);
	questions_free(qs);
	diag_fini(&diag);
	err_fini(&err);
}

static void truncated_files_do_no_harm(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof whole; len++)
		read_anything(whole, len);
}

static void flipped_bytes_do_no_harm(void **state)
{
	char text[sizeof whole];
	uint32_t random = 2463534242u;

	(void)state;
	for (size_t i = 0; i < 3 * sizeof whole; i++) {
		memcpy(text, whole, sizeof whole);
		random = random * 1664525u + 1013904223u;
		text[i % (sizeof whole - 1)] ^= (char)(1u << (random >> 29));
		text[(random >> 8) % (sizeof whole - 1)] =
		    "-:[]{}'\"&*#|>\n \t\xff"[random % 17];
		read_anything(text, sizeof whole - 1);
	}
}

static void phrases_are_named_for_advice_or_risks(const struct questions *qs)
{
	for (size_t i = 0; i < qs->nphrases; i++) {
		const char *name = qs->phrases[i].name;

		assert_true(advice_kind_by_name(name) != ADVICE_NKINDS ||
			    risk_by_name(name) != RISK_NKINDS ||
			    strcmp(name, "drop") == 0 || strcmp(name, "confirmed") == 0);
	}
}

static void compiles(const struct patterns *patterns)
{
	struct err err = {0};

	for (size_t i = 0; i < patterns->n; i++) {
		struct pattern *p = pattern_new(patterns->list[i], &err);

		if (p == NULL)
			fail_msg("%s: %s", patterns->list[i], err_text(&err));
		assert_false(pattern_find(p, "", 0, 0, NULL, 0));
		pattern_free(p);
	}
}

static void built_in_questions_obey_the_rules_of_the_file(void **state)
{
	struct questions *qs = questions_builtin();

	(void)state;
	phrases_are_named_for_advice_or_risks(qs);
	for (size_t i = 0; i < qs->nphrases; i++)
		compiles(&(struct patterns){.list = &qs->phrases[i].pattern, .n = 1});
	for (size_t i = 0; i < qs->n; i++) {
		const struct question *q = &qs->list[i];
		double sum = q->nanswers > 0 ? 0 : 1;

		assert_int_equal(questions_find(qs, q->key), (int)i);
		assert_true(q->cost > 0 && q->cost_phone > 0);
		assert_true((q->sections != 0) != question_is_sign(q));
		assert_true(
		    q->unknown > 0 && q->unknown < 0.95 && q->error > 0 && q->error < 0.5);
		assert_true(
		    strlen(q->find) > 0 &&
		    (question_is_open(q) || question_is_sign(q)) == (q->nanswers == 0));
		for (size_t k = 0; k < q->nanswers; k++) {
			sum += q->answers[k].share;
			assert_int_equal(question_answer(q, q->answers[k].key), (int)k);
			compiles(&q->answers[k].patterns);
			compiles(&q->answers[k].said);
		}
		assert_true(fabs(sum - 1) < 1e-9);
	}
	questions_free(qs);
	questions_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everything_written_is_read),
	    cmocka_unit_test(what_is_left_out_has_its_default),
	    cmocka_unit_test(missing_shares_divide_what_is_left),
	    cmocka_unit_test(suggestions_of_open_questions_are_canonical),
	    cmocka_unit_test(keys_are_found),
	    cmocka_unit_test(values_become_canonical),
	    cmocka_unit_test(questions_and_answers_have_a_limit),
	    cmocka_unit_test(a_file_too_large_or_missing_is_an_error_of_the_world),
	    cmocka_unit_test(truncated_files_do_no_harm),
	    cmocka_unit_test(flipped_bytes_do_no_harm),
	    cmocka_unit_test(built_in_questions_obey_the_rules_of_the_file),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
