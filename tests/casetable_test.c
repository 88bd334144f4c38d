/* SPDX-License-Identifier: ISC */
/* The case table: what the builder makes of facts, and the packed form against damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/checksum.h"
#include "../kb/xalloc.h"
#include "table.h"

#define NEAR 1e-12

static const struct table_question questions[] = {
    {.key = "version", .answers = "a:0.5 b:0.25 c:0.25", .error = 0.02},
    {.key = "cluster", .answers = "yes:0.25 no:0.75", .silent = "no", .error = 0.02},
    {.key = "code", .kind = QUESTION_CODE},
    {.key = "text", .kind = QUESTION_TEXT},
};

static const struct table_article articles[] = {
    {.facts = "version=a version=b code=9 code=10 code=9", .weight = 2},
    {.facts = "version=a cluster=yes code=10", .variants = "version"},
    {.facts = "", .weight = 3},
    {.facts = "version=c code=-1018", .variants = "cluster version"},
};

static struct table *small(void)
{
	return table_new(questions, 4, articles, 4);
}

static void a_choice_becomes_a_mask_an_article(void **state)
{
	struct table *t = small();
	const struct column *version = &t->cases->columns[0];

	(void)state;
	assert_int_equal(t->cases->narticles, 4);
	assert_int_equal(t->cases->ncolumns, 4);
	assert_int_equal(version->named[0], 3);
	assert_int_equal(version->named[1], 1);
	assert_int_equal(version->named[2], 0);
	assert_int_equal(version->named[3], 4);
	assert_int_equal(version->nmasks, 4);
	for (uint32_t a = 0; a < 4; a++)
		assert_int_equal(version->masks[version->mask[a]], version->named[a]);
	table_free(t);
}

static void an_open_question_becomes_postings_in_byte_order(void **state)
{
	static const char *const values[] = {"-1018", "10", "9"};
	struct table *t = small();
	const struct column *code = &t->cases->columns[2];

	(void)state;
	assert_int_equal(code->nvalues, 3);
	assert_int_equal(t->values.n, 3);
	for (size_t v = 0; v < 3; v++)
		assert_string_equal(t->values.list[v].text, values[v]);
	assert_int_equal(code->first[1] - code->first[0], 1);
	assert_int_equal(code->article[0], 3);
	assert_int_equal(code->first[2] - code->first[1], 2);
	assert_int_equal(code->article[1], 0);
	assert_int_equal(code->article[2], 1);
	assert_int_equal(code->first[3] - code->first[2], 1);
	assert_int_equal(code->count[0], 2);
	assert_int_equal(code->count[1], 1);
	assert_int_equal(code->count[2], 0);
	assert_int_equal(t->cases->columns[3].nvalues, 0);
	table_free(t);
}

static void weights_become_priors_and_variants_are_kept(void **state)
{
	struct table *t = small();

	(void)state;
	assert_near(t->cases->prior[0], 2 / 7.0, NEAR);
	assert_near(t->cases->prior[1], 1 / 7.0, NEAR);
	assert_near(t->cases->prior[2], 3 / 7.0, NEAR);
	assert_int_equal(t->cases->variants[0], 0);
	assert_int_equal(t->cases->variants[1], 1);
	assert_int_equal(t->cases->variants[3], 3);
	table_free(t);
}

/* Four votes by share, one an article that names any, split over what it names. */
static void background_is_counted_and_smoothed(void **state)
{
	struct table *t = small();
	const double *version = t->cases->columns[0].background;
	const double *cluster = t->cases->columns[1].background;

	(void)state;
	assert_near(version[0], (4 * 0.5 + 0.5 + 1) / 7, NEAR);
	assert_near(version[1], (4 * 0.25 + 0.5) / 7, NEAR);
	assert_near(version[2], (4 * 0.25 + 1) / 7, NEAR);
	/* Silent articles mean no. */
	assert_near(cluster[0], (4 * 0.25 + 1) / 8, NEAR);
	assert_near(cluster[1], (4 * 0.75 + 3) / 8, NEAR);
	table_free(t);
}

/* Where a problem is cured is no sign of it; what triggers it is. */
static void roles_decide_what_enters_the_table(void **state)
{
	struct table *t = small();
	struct fact facts[] = {
	    {.question = 0, .answer = 0, .role = ROLE_AFFECTED},
	    {.question = 0, .answer = 1, .role = ROLE_CURING},
	    {.question = 0, .answer = 2, .role = ROLE_TRIGGER},
	};
	struct facts list = {.list = facts, .n = 3};
	struct casetable_builder *builder = casetable_builder_new(t->questions);
	struct casetable *table;

	(void)state;
	casetable_builder_add(builder, &list, 1, 0);
	table = casetable_builder_finish(builder, NULL, NULL);
	assert_int_equal(table->columns[0].named[0], 5);
	casetable_free(table);
	table_free(t);
}

static char *printed(const struct casetable *table, const struct questions *list)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	casetable_print(f, table, list);
	fclose(f);
	return text;
}

static void unpacked_is_what_was_packed(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		struct table *t =
		    table_random(seed, 1 + seed % 12, 1 + (uint32_t)seed * 11);
		size_t len, again;
		unsigned char *bytes = casetable_pack(t->cases, &len), *repeated;
		struct casetable *back = casetable_unpack(bytes, len, t->questions, NULL);
		char *before = printed(t->cases, t->questions), *after;

		assert_non_null(back);
		after = printed(back, t->questions);
		assert_string_equal(before, after);
		for (uint32_t c = 0; c < back->ncolumns; c++)
			if (question_is_open(&t->questions->list[c]))
				assert_memory_equal(back->columns[c].count,
				    t->cases->columns[c].count, 4 * t->cases->narticles);
		repeated = casetable_pack(back, &again);
		assert_int_equal(len, again);
		assert_memory_equal(bytes, repeated, len);
		free(before);
		free(after);
		free(bytes);
		free(repeated);
		casetable_free(back);
		table_free(t);
	}
}

static void more_masks_than_a_byte_can_count_survive_packing(void **state)
{
	struct table_question wide = {
	    .key = "wide", .answers = "a b c d e f g h i j", .error = 0.1};
	static char facts[600][64];
	static struct table_article many[600];
	struct casetable *back;
	unsigned char *bytes;
	struct table *t;
	size_t len;

	(void)state;
	for (int a = 0; a < 600; a++) {
		for (int bit = 0; bit < 10; bit++)
			if (a >> bit & 1)
				sprintf(facts[a] + strlen(facts[a]), "wide=%c ", 'a' + bit);
		many[a].facts = facts[a];
	}
	t = table_new(&wide, 1, many, 600);
	assert_int_equal(t->cases->columns[0].nmasks, 600);
	bytes = casetable_pack(t->cases, &len);
	back = casetable_unpack(bytes, len, t->questions, NULL);
	assert_non_null(back);
	assert_memory_equal(
	    back->columns[0].named, t->cases->columns[0].named, 600 * sizeof(uint64_t));
	free(bytes);
	casetable_free(back);
	table_free(t);
}

/* The bytes stand at the end of a block of their own, so that reading past them is seen. */
static bool refused(const unsigned char *bytes, size_t len, const struct questions *list)
{
	unsigned char *copy = xmalloc(len + !len);
	struct err err = {0};
	struct casetable *table;
	bool result;

	if (len > 0)
		memcpy(copy, bytes, len);
	table = casetable_unpack(copy, len, list, &err);
	result = table == NULL && err.class == ERR_DATA && err.text != NULL;
	casetable_free(table);
	err_fini(&err);
	free(copy);
	return result;
}

static void every_truncation_is_refused(void **state)
{
	struct table *t = table_random(1, 6, 20);
	size_t len;
	unsigned char *bytes = casetable_pack(t->cases, &len);

	(void)state;
	for (size_t n = 0; n < len; n++)
		assert_true(refused(bytes, n, t->questions));
	free(bytes);
	table_free(t);
}

static void every_flipped_bit_is_refused(void **state)
{
	struct table *t = table_random(2, 6, 20);
	size_t len;
	unsigned char *bytes = casetable_pack(t->cases, &len);

	(void)state;
	for (size_t i = 0; i < 8 * len; i++) {
		bytes[i / 8] ^= 1 << i % 8;
		assert_true(refused(bytes, len, t->questions));
		bytes[i / 8] ^= 1 << i % 8;
	}
	assert_false(refused(bytes, len, t->questions));
	free(bytes);
	table_free(t);
}

/* Writes the checksum of the first len - 8 bytes behind them. */
static void seal(unsigned char *bytes, size_t len)
{
	uint64_t sum = checksum(bytes, len - 8);

	for (int i = 0; i < 8; i++)
		bytes[len - 8 + i] = (unsigned char)(sum >> 8 * i);
}

/* Everything that the engine follows stays inside the table. */
static void check_indices(const struct casetable *table)
{
	for (uint32_t c = 0; c < table->ncolumns; c++) {
		const struct column *column = &table->columns[c];

		for (uint32_t a = 0; column->mask != NULL && a < table->narticles; a++)
			assert_true(column->mask[a] < column->nmasks);
		for (uint32_t v = 0; v < column->nvalues; v++)
			assert_true(column->first[v] < column->first[v + 1]);
		for (uint32_t i = 0;
		     column->first != NULL && i < column->first[column->nvalues]; i++)
			assert_true(column->article[i] < table->narticles);
	}
}

/* A checksum is no proof: whoever wrote these bytes knew how to make one. */
static void damage_under_a_right_checksum_stays_in_range(void **state)
{
	struct table *t = table_random(2, 6, 20);
	size_t len, accepted = 0;
	unsigned char *bytes = casetable_pack(t->cases, &len);

	(void)state;
	for (size_t i = 0; i < 8 * (len - 8); i++) {
		struct casetable *table;

		bytes[i / 8] ^= 1 << i % 8;
		seal(bytes, len);
		table = casetable_unpack(bytes, len, t->questions, NULL);
		if (table != NULL) {
			check_indices(table);
			accepted++;
		}
		casetable_free(table);
		bytes[i / 8] ^= 1 << i % 8;
	}
	assert_true(accepted > 0);
	free(bytes);
	table_free(t);
}

static void bytes_too_many_are_refused_whatever_their_checksum(void **state)
{
	struct table *t = table_random(2, 6, 20);
	size_t len;
	unsigned char *bytes = casetable_pack(t->cases, &len);

	(void)state;
	bytes = xrealloc_array(bytes, len + 4, 1);
	memset(bytes + len - 8, 0, 4);
	seal(bytes, len + 4);
	assert_true(refused(bytes, len + 4, t->questions));
	free(bytes);
	table_free(t);
}

static void bytes_of_other_questions_are_refused(void **state)
{
	struct table *t = table_random(3, 6, 20), *other = table_random(3, 7, 20);
	struct table *open_first = small();
	size_t len;
	unsigned char *bytes = casetable_pack(t->cases, &len);

	(void)state;
	assert_true(refused(bytes, len, other->questions));
	free(bytes);
	bytes = casetable_pack(open_first->cases, &len);
	open_first->questions->list[0].kind = QUESTION_TEXT;
	assert_true(refused(bytes, len, open_first->questions));
	open_first->questions->list[0].kind = QUESTION_CHOICE;
	open_first->questions->list[0].nanswers = 2; /* names an answer that is not there */
	assert_true(refused(bytes, len, open_first->questions));
	open_first->questions->list[0].nanswers = 3;
	free(bytes);
	table_free(t);
	table_free(other);
	table_free(open_first);
}

static void printed_form_names_questions_answers_and_articles(void **state)
{
	struct table *t = small();
	char *text = printed(t->cases, t->questions);

	(void)state;
	assert_non_null(strstr(text, "article 3 prior 0.142857 version cluster\n"));
	assert_non_null(strstr(text, "question version\n  background a 0.5000\n"));
	assert_non_null(strstr(text, "  article 0: a b\n  article 1: a\n  article 3: c\n"));
	assert_non_null(strstr(text, "question code\n  value 0: 3\n  value 1: 0 1\n"));
	free(text);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_choice_becomes_a_mask_an_article),
	    cmocka_unit_test(an_open_question_becomes_postings_in_byte_order),
	    cmocka_unit_test(weights_become_priors_and_variants_are_kept),
	    cmocka_unit_test(background_is_counted_and_smoothed),
	    cmocka_unit_test(roles_decide_what_enters_the_table),
	    cmocka_unit_test(unpacked_is_what_was_packed),
	    cmocka_unit_test(more_masks_than_a_byte_can_count_survive_packing),
	    cmocka_unit_test(every_truncation_is_refused),
	    cmocka_unit_test(every_flipped_bit_is_refused),
	    cmocka_unit_test(damage_under_a_right_checksum_stays_in_range),
	    cmocka_unit_test(bytes_too_many_are_refused_whatever_their_checksum),
	    cmocka_unit_test(bytes_of_other_questions_are_refused),
	    cmocka_unit_test(printed_form_names_questions_answers_and_articles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
