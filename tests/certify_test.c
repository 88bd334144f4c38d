/* SPDX-License-Identifier: ISC */
/* The certificate: Huffman's bound by hand, classes, leaves, and estimates of simulations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/certify.h"
#include "../decision/simulate.h"
#include "table.h"

#define NEAR 1e-9
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Huffman's own rule by hand: what is merged is added up. */
static void huffman_by_hand(void **state)
{
	double two[] = {0.4, 0.3, 0.2, 0.1}; /* 0.3 + 0.6 + 1 */
	double three[] = {0.4, 0.3, 0.2, 0.1}; /* one of probability 0 is added: 0.3 + 1 */
	double even[] = {0.2, 0.2, 0.2, 0.2, 0.2}; /* 0.4 + 0.4 + 0.6 + 1 */
	double nine[] = {1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0,
	    1 / 9.0, 1 / 9.0};
	double wide[] = {0.5, 0.25, 0.25};
	double one[] = {1};

	(void)state;
	assert_near(huffman_depth(two, 4, 2), 1.9, NEAR);
	assert_near(huffman_depth(three, 4, 3), 1.3, NEAR);
	assert_near(huffman_depth(even, 5, 2), 2.4, NEAR);
	assert_near(huffman_depth(nine, 9, 3), 2, NEAR);
	assert_near(huffman_depth(wide, 3, 18), 1, NEAR);
	assert_near(huffman_depth(one, 1, 2), 0, NEAR);
}

/* Between the entropy and one more; and never less with fewer branches. */
static void huffman_lies_above_the_entropy(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 50; round++) {
		double p[40], sorted[40], sum = 0, entropy = 0;
		size_t n = 2 + table_below(&seed, 39);

		for (size_t i = 0; i < n; i++)
			sum += p[i] = table_fraction(&seed) + 1e-6;
		for (size_t i = 0; i < n; i++) {
			p[i] /= sum;
			entropy -= p[i] * log2(p[i]);
		}
		for (unsigned k = 2; k < 6; k++) {
			double depth;

			memcpy(sorted, p, sizeof p);
			depth = huffman_depth(sorted, n, k);
			assert_true(depth >= entropy / log2(k) - NEAR);
			assert_true(depth < entropy / log2(k) + 1);
		}
	}
}

static const struct table_question questions[] = {
    {.key = "version", .answers = "old new", .error = 0.02, .unknown = 0.1},
    {.key = "code", .kind = QUESTION_CODE, .unknown = 0.1},
    {.key = "sign", .recogniser = RECOGNISE_SIGN},
};
static const struct table_article articles[] = {
    {.facts = "version=old code=7 sign=the_printer_burns"},
    {.facts = "version=new code=7 code=8"},
    {.facts = "version=old code=7 sign=it_is_cold"},
    {.facts = "version=new code=8 code=7"},
    {.facts = "version=new"},
};

static void equal_rows_are_one_class(void **state)
{
	struct table *t = table_new(questions, COUNT(questions), articles, COUNT(articles));
	struct classes classes;
	uint32_t class_of[5];

	(void)state;
	classes_find(&classes, t->cases, t->questions);
	assert_int_equal(classes.n, 3);
	for (uint32_t c = 0; c < classes.n; c++) {
		for (uint32_t i = classes.first[c]; i < classes.first[c + 1]; i++)
			class_of[classes.article[i]] = c;
	}
	assert_int_equal(class_of[0], class_of[2]);
	assert_int_equal(class_of[1], class_of[3]);
	assert_int_not_equal(class_of[0], class_of[1]);
	assert_int_not_equal(class_of[4], class_of[1]);
	classes_fini(&classes);
	table_free(t);
}

/* No tree does better than what is proven of it, and the leaves are all there is. */
static void bounds_are_below_the_tree(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct table *t = table_random(seed, 5, 3 + (uint32_t)seed);
		struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
		struct certificate c;
		double *leaves, sum = 0;
		size_t n;

		certify(&c, t->cases, t->questions, tree);
		n = certify_leaves(tree, &c.classes, &leaves);
		for (size_t i = 0; i < n; i++)
			sum += leaves[i];
		assert_near(sum, 1, 1e-6);
		assert_true(c.least <= tree->expected_questions + NEAR);
		assert_true(c.told <= c.entropy + NEAR);
		assert_true(c.class_entropy <= c.entropy + NEAR);
		assert_true(c.telling);
		assert_true(c.path_told <= c.told + NEAR);
		assert_true(c.path_told + c.path_unknown <= c.path + NEAR);
		assert_true(c.outcome_told <= c.path_told + NEAR);
		assert_true(c.least_told <= tree->expected_questions + NEAR);
		assert_true(c.followed >= 0 && c.followed <= 1 + NEAR);
		if (c.best.known)
			assert_true(c.best.cost <= c.policy.cost + NEAR);
		free(leaves);
		certificate_fini(&c);
		tree_free(tree);
		table_free(t);
	}
}

static const struct table_question choices[] = {
    {.key = "version", .answers = "old new", .error = 0.02, .unknown = 0.1},
    {.key = "colour", .answers = "red green blue", .error = 0.05, .unknown = 0.2},
    {.key = "place", .answers = "here there away", .error = 0.1, .unknown = 0.05},
};
static const struct table_article chosen[] = {
    {.facts = "version=old colour=red place=here"},
    {.facts = "version=new colour=red"},
    {.facts = "version=old colour=green place=there"},
    {.facts = "version=new colour=blue place=here"},
    {.facts = "version=new place=away"},
};

/*
 * Where every answer is a branch, what the paths tell is the sum of what the questions tell, by
 * the chain rule; and no order makes the questions tell more than each of them at the start.
 */
static void paths_tell_what_their_questions_tell(void **state)
{
	struct table *t = table_new(choices, COUNT(choices), chosen, COUNT(chosen));
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
	struct certificate c;
	double told = 0, ceiling = 0;

	(void)state;
	certify(&c, t->cases, t->questions, tree);
	for (size_t i = 1; i < tree->n; i++) {
		const struct node *parent = &tree->nodes[tree->nodes[i].parent];

		/* The first branch of every node that has any. */
		if (tree->nodes[i].parent == i - 1)
			told += parent->probability * parent->decision.gain;
	}
	for (size_t i = 0; i < c.nworths; i++)
		ceiling += c.worths[i].gain;
	assert_true(told > 0.5);
	assert_near(c.path_told, told, 1e-6);
	assert_near(c.ceiling, ceiling, NEAR);
	assert_true(c.told <= c.ceiling + NEAR);
	assert_true(c.outcome_told > 0 && c.outcome_told < c.path_told);
	certificate_fini(&c);
	tree_free(tree);
	table_free(t);
}

/* Of few articles greedy choice has a tree of its own. */
static void greedy_stands_beside_the_policy(void **state)
{
	struct table *t = table_new(choices, COUNT(choices), chosen, COUNT(chosen));
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
	struct tree *greedy = tree_grow(t->cases, t->questions, choose_greedy);
	struct certificate c;

	(void)state;
	certify(&c, t->cases, t->questions, tree);
	assert_true(choose_looks_ahead(t->cases));
	assert_near(c.greedy_questions, greedy->expected_questions, NEAR);
	assert_near(c.greedy_minutes, greedy->expected_cost, NEAR);
	certificate_fini(&c);
	tree_free(greedy);
	tree_free(tree);
	table_free(t);
}

/* Wilson's interval of 8 of 10, from the formula by hand; and at the ends. */
static void intervals_by_hand(void **state)
{
	const double x[] = {1, 2, 3, 4};
	struct estimate share = estimate_share(8, 10), all = estimate_share(10, 10);
	struct estimate mean = estimate_mean(10, 30, COUNT(x));

	(void)state;
	assert_near(share.value, 0.8, NEAR);
	assert_near(share.low, 0.4901625, 1e-6);
	assert_near(share.high, 0.9433178, 1e-6);
	assert_near(all.high, 1, NEAR);
	assert_true(all.low < 0.8);
	assert_near(mean.value, 2.5, NEAR);
	assert_near(mean.high - mean.value, 1.959963984540054 * sqrt(5 / 3.0 / 4), 1e-9);
}

static struct simulated play(
    const struct table *t, double unknown, double wrong, uint64_t seed)
{
	return simulate(&(struct simulate_task){.table = t->cases,
	    .questions = t->questions,
	    .policy = choose_next,
	    .seed = seed,
	    .callers = 400,
	    .unknown = unknown,
	    .wrong = wrong});
}

static void callers_of_one_seed_are_the_same(void **state)
{
	struct table *t = table_random(4, 6, 20);
	struct simulated a = play(t, 0.1, 0.1, 7), b = play(t, 0.1, 0.1, 7);
	struct simulated other = play(t, 0.1, 0.1, 8);

	(void)state;
	assert_true(a.first.value == b.first.value);
	assert_true(a.minutes.value == b.minutes.value);
	assert_true(a.minutes.value != other.minutes.value);
	table_free(t);
}

/* Not beyond what the two intervals leave open. */
static void more_noise_is_not_better(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++) {
		struct table *t = table_random(seed, 8, 25);
		struct simulated quiet = play(t, 0, 0, seed);
		struct simulated some = play(t, 0.1, 0.1, seed);
		struct simulated much = play(t, 0.2, 0.3, seed);

		assert_true(some.first.low <= quiet.first.high);
		assert_true(much.first.low <= some.first.high);
		assert_true(much.first.high < quiet.first.low);
		table_free(t);
	}
}

/* A caller who knows everything and errs in nothing is led to the only article of its kind. */
static void a_perfect_caller_finds_the_article(void **state)
{
	static const struct table_article three[] = {
	    {.facts = "version=old code=7"},
	    {.facts = "version=new code=8"},
	    {.facts = "version=old code=9"},
	};
	struct table *t = table_new(questions, 2, three, COUNT(three));
	struct simulated s = play(t, 0, 0, 1), dumb = play(t, 1, 0, 1);

	(void)state;
	assert_near(s.first.value, 1, NEAR);
	assert_near(s.three.value, 1, NEAR);
	assert_near(s.escalated.value, 0, NEAR);
	assert_near(dumb.questions.value, 2, NEAR);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(huffman_by_hand),
	    cmocka_unit_test(huffman_lies_above_the_entropy),
	    cmocka_unit_test(equal_rows_are_one_class),
	    cmocka_unit_test(bounds_are_below_the_tree),
	    cmocka_unit_test(paths_tell_what_their_questions_tell),
	    cmocka_unit_test(greedy_stands_beside_the_policy),
	    cmocka_unit_test(intervals_by_hand),
	    cmocka_unit_test(callers_of_one_seed_are_the_same),
	    cmocka_unit_test(more_noise_is_not_better),
	    cmocka_unit_test(a_perfect_caller_finds_the_article),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
