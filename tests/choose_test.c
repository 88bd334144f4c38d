/* SPDX-License-Identifier: ISC */
/* The policy: gain against its definition, thresholds, ties and variants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "../decision/choose_gain.h"
#include "../kb/xalloc.h"
#include "table.h"

#define NEAR 1e-9
#define COUNT(list) (sizeof(list) / sizeof *(list))

static struct decision decide(const struct table *t, const struct belief *b, uint64_t asked)
{
	return choose_next(t->cases, t->questions, b, &(struct asked){.questions = asked},
	    SETTING_CONSOLE);
}

/* The i-th of all answers that a question can have, and how many there are. */
static size_t answer_list(
    const struct table *t, size_t question, size_t i, struct evidence *e)
{
	const struct column *column = &t->cases->columns[question];

	*e = (struct evidence){.question = question, .answer = -1};
	if (!question_is_open(&t->questions->list[question])) {
		e->kind = EVIDENCE_ANSWER;
		e->answer = (int)i;
		return column->nanswers;
	}
	e->kind = i == column->nvalues ? EVIDENCE_NONE : EVIDENCE_VALUE;
	e->value = i > column->nvalues ? BELIEF_NO_VALUE : (uint32_t)i;
	return column->nvalues + 2;
}

/* By definition: the entropy now less the one expected after each answer is believed. */
static double gain_by_definition(
    const struct table *t, const struct belief *b, size_t question)
{
	struct evidence e;
	size_t n = answer_list(t, question, 0, &e);
	double gain = belief_entropy(b);

	for (size_t i = 0; i < n; i++) {
		struct belief *after = belief_new(t->cases);
		double bits;

		belief_copy(after, b);
		answer_list(t, question, i, &e);
		bits = belief_update(after, t->cases, t->questions, &e);
		gain -= exp2(-bits) * belief_entropy(after);
		belief_free(after);
	}
	return gain;
}

static void believe_at_random(const struct table *t, struct belief *b, uint64_t *seed)
{
	for (uint32_t i = table_below(seed, 5); i > 0; i--) {
		struct evidence e = table_evidence_random(
		    t, seed, table_below(seed, (uint32_t)t->questions->n));

		belief_update(b, t->cases, t->questions, &e);
	}
}

static void gain_is_the_expected_drop_in_entropy(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		struct table *t = table_random(seed, 7, 1 + (uint32_t)seed * 4);
		struct belief *b = belief_new(t->cases);
		uint64_t random = seed;

		believe_at_random(t, b, &random);
		for (size_t q = 0; q < t->questions->n; q++)
			if (!question_is_sign(&t->questions->list[q]))
				assert_near(choose_gain(t->cases, t->questions, b, q),
				    gain_by_definition(t, b, q), NEAR);
		belief_free(b);
		table_free(t);
	}
}

/* Values that very many articles name, and articles that name very many values. */
static void gain_is_exact_for_common_values_and_long_lists(void **state)
{
	static const struct table_question code = {.key = "code", .kind = QUESTION_CODE};
	struct table_article articles[200];
	char *list = NULL;
	size_t len;
	FILE *f = open_memstream(&list, &len);
	struct table *t;
	struct belief *b;

	(void)state;
	for (int i = 0; i < 40; i++)
		fprintf(f, "code=%d ", i);
	fclose(f);
	for (size_t a = 0; a < COUNT(articles); a++)
		articles[a] = (struct table_article){
		    .facts = a % 3 == 0 ? "code=1" : "code=1 code=2"};
	articles[7].facts = list;
	articles[9].facts = "";
	t = table_new(&code, 1, articles, COUNT(articles));
	b = table_believe(t, "code=30", NULL);
	assert_near(
	    choose_gain(t->cases, t->questions, b, 0), gain_by_definition(t, b, 0), NEAR);
	belief_free(b);
	table_free(t);
	free(list);
}

static void predictions_are_the_chances_of_the_answers(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct table *t = table_random(seed, 6, 30);
		struct belief *b = belief_new(t->cases);
		uint64_t random = seed;

		believe_at_random(t, b, &random);
		for (size_t q = 0; q < t->questions->n; q++) {
			const struct column *column = &t->cases->columns[q];
			double *out;

			if (question_is_sign(&t->questions->list[q]))
				continue;
			out = xcalloc(column->nvalues + column->nanswers + 1, sizeof *out);
			choose_predict(t->cases, t->questions, b, q, out);
			for (size_t i = 0; i < column->nvalues + column->nanswers; i++) {
				struct belief *after = belief_new(t->cases);
				struct evidence e;
				double bits;

				belief_copy(after, b);
				answer_list(t, q, i, &e);
				bits = belief_update(after, t->cases, t->questions, &e);
				assert_near(exp2(-bits), out[i], NEAR);
				belief_free(after);
			}
			free(out);
		}
		belief_free(b);
		table_free(t);
	}
}

static const struct table_question seen[] = {
    {.key = "one", .answers = "a b", .error = 0.05},
    {.key = "sign", .recogniser = RECOGNISE_SIGN, .unknown = 0.1},
};
#define SEEN 1 /* the question of the signs */

static const struct table_article signed_articles[] = {
    {.facts = "sign=the_backup_stops_with_an_error_on_the_second_tape"},
    {.facts = "sign=printing_envelopes_turns_every_page_upside_down", .weight = 4},
    {.facts = "one=a", .weight = 9},
    {.facts = "sign=users_are_asked_for_a_password_again_and_again", .weight = 2},
    {.facts = "sign=the_backup_stops_with_an_error_on_the_second_tape", .weight = 0.5},
};

static const struct asked nothing = {0};

static void signs_are_of_likely_articles_each_said_once(void **state)
{
	static const uint32_t first[] = {1};
	const struct asked shown = {.shown = first, .nshown = 1, .signs = 1};
	struct table *t =
	    table_new(seen, COUNT(seen), signed_articles, COUNT(signed_articles));
	struct belief *b = belief_new(t->cases);
	struct signs signs;

	(void)state;
	choose_signs(&signs, &t->cases->columns[SEEN], b, &nothing);
	assert_int_equal(signs.n, 3);
	assert_int_equal(signs.article[0], 1);
	assert_int_equal(signs.article[1], 3);
	assert_int_equal(signs.article[2], 0);
	choose_signs(&signs, &t->cases->columns[SEEN], b, &shown);
	assert_int_equal(signs.n, 2);
	assert_int_equal(signs.article[0], 3);
	belief_free(b);
	table_free(t);
}

static void gain_of_signs_is_the_expected_drop_in_entropy(void **state)
{
	struct table *t = table_new(seen, COUNT(seen), signed_articles, 4);
	struct belief *b = belief_new(t->cases), *after = belief_new(t->cases);
	struct evidence e = {.kind = EVIDENCE_REJECTED, .question = SEEN};
	double gain = belief_entropy(b), p[SIGNS_SHOWN + 1], bits;

	(void)state;
	choose_signs(&e.shown, &t->cases->columns[SEEN], b, &nothing);
	choose_predict_signs(b, &e.shown, p);
	bits = belief_update(after, t->cases, t->questions, &e);
	assert_near(exp2(-bits), p[e.shown.n], NEAR);
	gain -= exp2(-bits) * belief_entropy(after);
	for (size_t i = 0; i < e.shown.n; i++) {
		struct evidence picked = {
		    .kind = EVIDENCE_SIGN, .question = SEEN, .value = e.shown.article[i]};

		belief_copy(after, b);
		bits = belief_update(after, t->cases, t->questions, &picked);
		assert_near(exp2(-bits), p[i], NEAR);
		gain -= exp2(-bits) * belief_entropy(after);
	}
	assert_near(choose_gain_signs(b, &e.shown), gain, NEAR);
	belief_free(after);
	belief_free(b);
	table_free(t);
}

static void signs_are_asked_for_a_few_times_only(void **state)
{
	struct table *t = table_new(seen, COUNT(seen), signed_articles, 4);
	struct belief *b = belief_new(t->cases);
	struct asked asked = {.questions = 1};

	(void)state;
	assert_int_equal(
	    choose_next(t->cases, t->questions, b, &asked, SETTING_CONSOLE).question, SEEN);
	asked.signs = CHOOSE_SIGNS_MOST;
	assert_int_not_equal(
	    choose_next(t->cases, t->questions, b, &asked, SETTING_CONSOLE).status,
	    STATUS_ASK);
	belief_free(b);
	table_free(t);
}

static enum status status_at(
    const struct table *t, struct belief *b, double first, double none, bool vague)
{
	const struct asked asked = {.questions = 1, .vague = vague};

	b->none = none;
	b->p[0] = first;
	for (uint32_t a = 1; a < b->n; a++)
		b->p[a] = (1 - first - none) / (b->n - 1);
	return choose_next(t->cases, t->questions, b, &asked, SETTING_CONSOLE).status;
}

static void a_vague_account_is_asked_more_before_an_outcome_is_told(void **state)
{
	struct table *t =
	    table_new(seen, COUNT(seen), signed_articles, COUNT(signed_articles));
	struct belief *b = belief_new(t->cases);

	(void)state;
	assert_int_equal(status_at(t, b, 0.75, 0.01, false), STATUS_ADVISE);
	assert_int_equal(status_at(t, b, 0.75, 0.01, true), STATUS_ASK);
	assert_int_equal(status_at(t, b, 0.92, 0.01, true), STATUS_ADVISE);
	assert_int_equal(status_at(t, b, 0.08, 0.80, false), STATUS_NONE);
	assert_int_equal(status_at(t, b, 0.08, 0.80, true), STATUS_ASK);
	assert_int_equal(status_at(t, b, 0.03, 0.92, true), STATUS_NONE);
	belief_free(b);
	table_free(t);
}

static void a_vague_account_is_advised_when_nothing_is_left_to_ask(void **state)
{
	struct table *t =
	    table_new(seen, COUNT(seen), signed_articles, COUNT(signed_articles));
	struct belief *b = belief_new(t->cases);
	const struct asked all = {
	    .questions = 1, .signs = CHOOSE_SIGNS_MOST, .vague = true};

	(void)state;
	assert_int_equal(status_at(t, b, 0.75, 0.01, true), STATUS_ASK);
	assert_int_equal(
	    choose_next(t->cases, t->questions, b, &all, SETTING_CONSOLE).status,
	    STATUS_ADVISE);
	belief_free(b);
	table_free(t);
}

static void signs_wait_unless_the_account_is_vague(void **state)
{
	static const struct table_article articles[] = {
	    {.facts = "one=a sign=the_backup_stops_with_an_error_on_the_second_tape"},
	    {.facts = "one=b sign=printing_envelopes_turns_every_page_upside_down"},
	    {.facts = "one=a sign=users_are_asked_for_a_password_again_and_again"},
	    {.facts = "one=b sign=nobody_in_the_other_office_can_open_a_calendar"},
	};
	struct table *t = table_new(seen, COUNT(seen), articles, COUNT(articles));
	struct belief *b = belief_new(t->cases);
	const struct asked vague = {.vague = true};

	(void)state;
	assert_true(choose_gain(t->cases, t->questions, b, 0) >= CHOOSE_TELLING_BITS);
	assert_false(
	    choose_signs_due(t->cases, t->questions, b, &nothing, SETTING_CONSOLE));
	assert_true(choose_signs_due(t->cases, t->questions, b, &vague, SETTING_CONSOLE));
	assert_int_equal(
	    choose_greedy(t->cases, t->questions, b, &nothing, SETTING_CONSOLE).question,
	    0);
	assert_int_equal(
	    choose_greedy(t->cases, t->questions, b, &vague, SETTING_CONSOLE).question,
	    SEEN);
	belief_free(b);
	table_free(t);
}

static void rank_is_by_bits_a_minute_and_leaves_out_what_was_asked(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct table *t = table_random(seed, 9, 30);
		struct belief *b = belief_new(t->cases);
		struct worth worth[9];
		const struct asked asked = {.questions = 1 << 2 | 1 << 5};
		size_t n =
		    choose_rank(t->cases, t->questions, b, &asked, SETTING_PHONE, worth);

		assert_int_equal(n, 7);
		for (size_t i = 0; i < n; i++) {
			const struct question *q = &t->questions->list[worth[i].question];

			assert_true(worth[i].question != 2 && worth[i].question != 5);
			if (!question_is_sign(q))
				assert_near(worth[i].gain,
				    (1 - q->unknown) * choose_gain(t->cases, t->questions,
							   b, worth[i].question),
				    NEAR);
			assert_near(worth[i].score, worth[i].gain / q->cost_phone, NEAR);
			assert_true(i == 0 || worth[i].score <= worth[i - 1].score);
		}
		belief_free(b);
		table_free(t);
	}
}

static const struct table_article split[] = {
    {.facts = "one=a two=a three=a"},
    {.facts = "one=b two=b three=b"},
};

static void of_equal_questions_the_first_is_asked(void **state)
{
	static const struct table_question equal[] = {
	    {.key = "one", .answers = "a b", .error = 0.05},
	    {.key = "two", .answers = "a b", .error = 0.05},
	    {.key = "three", .answers = "a b", .error = 0.05},
	};
	struct table *t = table_new(equal, 3, split, 2);
	struct belief *b = belief_new(t->cases);

	(void)state;
	assert_int_equal(decide(t, b, 0).question, 0);
	assert_int_equal(decide(t, b, 1).question, 1);
	assert_int_equal(decide(t, b, 3).question, 2);
	belief_free(b);
	table_free(t);
}

static void cost_and_not_knowing_count_against_a_question(void **state)
{
	static const struct table_question unequal[] = {
	    {.key = "one", .answers = "a b", .error = 0.05, .cost = 2},
	    {.key = "two", .answers = "a b", .error = 0.05, .cost = 1.5, .unknown = 0.4},
	    {.key = "three", .answers = "a b", .error = 0.05, .cost = 1.5},
	};
	struct table *t = table_new(unequal, 3, split, 2);
	struct belief *b = belief_new(t->cases);

	(void)state;
	assert_int_equal(decide(t, b, 0).question, 2);
	assert_int_equal(decide(t, b, 1 << 2).question, 0);
	/* On the phone the first one is quick. */
	t->questions->list[0].cost_phone = 0.1;
	assert_int_equal(
	    choose_next(t->cases, t->questions, b, &(struct asked){0}, SETTING_PHONE)
		.question,
	    0);
	belief_free(b);
	table_free(t);
}

static const struct table_question one[] = {
    {.key = "one", .answers = "a b", .error = 0.05},
    {.key = "two", .answers = "a b", .error = 0.05},
};

/* Two articles that the questions do not tell apart. */
static const struct table_article twins[] = {
    {.facts = "one=a", .variants = "two"},
    {.facts = "one=a"},
    {.facts = ""},
};

static struct decision decide_at(double first, double second, double none, uint64_t asked)
{
	struct table *t = table_new(one, 2, twins, 3);
	double p[] = {first, second, 1 - first - second - none};
	struct belief b = {.n = 3, .p = p, .none = none};
	struct decision d = decide(t, &b, asked);

	table_free(t);
	return d;
}

static void thresholds_end_a_session(void **state)
{
	(void)state;
	assert_int_equal(decide_at(0.1, 0.71, 0.1, 0).status, STATUS_ADVISE);
	assert_int_equal(decide_at(0.1, 0.71, 0.1, 0).best, 1);
	assert_int_equal(decide_at(0.1, 0.69, 0.1, 0).status, STATUS_ASK);
	assert_int_equal(decide_at(0.1, 0.1, 0.61, 0).status, STATUS_NONE);
	assert_int_equal(decide_at(0.1, 0.1, 0.61, 0).question, -1);
	assert_int_equal(decide_at(0.1, 0.1, 0.59, 0).status, STATUS_ASK);
}

static void variants_are_asked_for_before_advice_and_once(void **state)
{
	struct decision d = decide_at(0.8, 0.1, 0.05, 0);

	(void)state;
	assert_int_equal(d.status, STATUS_ASK);
	assert_int_equal(d.question, 1);
	assert_true(d.variant);
	assert_int_equal(decide_at(0.8, 0.1, 0.05, 1 << 1).status, STATUS_ADVISE);
	/* Not for the advice of another article. */
	assert_int_equal(decide_at(0.1, 0.8, 0.05, 0).status, STATUS_ADVISE);
}

static void when_questions_run_out_only_what_stands_out_is_advised(void **state)
{
	const uint64_t all = 3;

	(void)state;
	assert_int_equal(decide_at(0.05, 0.52, 0.38, all).status, STATUS_ADVISE);
	/* A few that cannot be told apart. */
	assert_int_equal(decide_at(0.45, 0.45, 0.05, all).status, STATUS_ADVISE);
	assert_int_equal(decide_at(0.45, 0.45, 0.05, all).best, 0);
	assert_int_equal(decide_at(0.2, 0.3, 0.4, all).status, STATUS_NONE);
	assert_int_equal(decide_at(0.37, 0.21, 0.27, all).status, STATUS_NONE);
}

static void a_question_that_tells_nothing_is_not_asked(void **state)
{
	static const struct table_article alike[] = {
	    {.facts = "one=a"}, {.facts = "one=a"}};
	static const struct table_question surely = {
	    .key = "one", .answers = "a:0.999 b:0.001", .error = 0.05};
	struct table *t = table_new(&surely, 1, alike, 2);
	struct belief *b = belief_new(t->cases);
	struct decision d = decide(t, b, 0);

	(void)state;
	assert_true(choose_gain(t->cases, t->questions, b, 0) < CHOOSE_LEAST_BITS);
	assert_int_not_equal(d.status, STATUS_ASK);
	assert_int_equal(d.question, -1);
	belief_free(b);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gain_is_the_expected_drop_in_entropy),
	    cmocka_unit_test(gain_is_exact_for_common_values_and_long_lists),
	    cmocka_unit_test(predictions_are_the_chances_of_the_answers),
	    cmocka_unit_test(signs_are_of_likely_articles_each_said_once),
	    cmocka_unit_test(gain_of_signs_is_the_expected_drop_in_entropy),
	    cmocka_unit_test(signs_are_asked_for_a_few_times_only),
	    cmocka_unit_test(a_vague_account_is_asked_more_before_an_outcome_is_told),
	    cmocka_unit_test(a_vague_account_is_advised_when_nothing_is_left_to_ask),
	    cmocka_unit_test(signs_wait_unless_the_account_is_vague),
	    cmocka_unit_test(rank_is_by_bits_a_minute_and_leaves_out_what_was_asked),
	    cmocka_unit_test(of_equal_questions_the_first_is_asked),
	    cmocka_unit_test(cost_and_not_knowing_count_against_a_question),
	    cmocka_unit_test(thresholds_end_a_session),
	    cmocka_unit_test(variants_are_asked_for_before_advice_and_once),
	    cmocka_unit_test(when_questions_run_out_only_what_stands_out_is_advised),
	    cmocka_unit_test(a_question_that_tells_nothing_is_not_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
