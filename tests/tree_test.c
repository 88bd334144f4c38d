/* SPDX-License-Identifier: ISC */
/* The tree is the policy, unrolled: every node against the engine, and the way through it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/tree_pack.h"
#include "../kb/xalloc.h"
#include "table.h"

#define NEAR 1e-9

/* The belief at a node, from the prior and the answers on its path alone. */
static struct belief *believe_path(
    const struct table *t, const struct tree *tree, uint32_t node, struct asked *asked)
{
	static uint32_t shown[CHOOSE_SIGNS_MOST * SIGNS_SHOWN];
	struct belief *b = belief_new(t->cases);

	*asked = (struct asked){.shown = shown};
	for (; node != 0; node = tree->nodes[node].parent) {
		const struct evidence *e = &tree->nodes[node].evidence;

		belief_update(b, t->cases, t->questions, e);
		if (e->kind == EVIDENCE_SIGN) {
			shown[asked->nshown++] = e->value;
			asked->signs++;
		} else if (e->kind == EVIDENCE_REJECTED) {
			for (size_t i = 0; i < e->shown.n; i++)
				shown[asked->nshown++] = e->shown.article[i];
			asked->signs++;
		} else {
			asked->questions |= UINT64_C(1) << e->question;
		}
	}
	return b;
}

static void check_node(const struct table *t, const struct tree *tree, uint32_t i)
{
	const struct node *node = &tree->nodes[i];
	struct asked asked;
	struct belief *b = believe_path(t, tree, i, &asked);
	struct decision d = choose_next(t->cases, t->questions, b, &asked, SETTING_CONSOLE);

	assert_int_equal(d.status, node->decision.status);
	assert_int_equal(d.question, node->decision.question);
	assert_int_equal(d.best, node->decision.best);
	assert_int_equal(d.variant, node->decision.variant);
	assert_int_equal(d.signs.n, node->decision.signs.n);
	for (size_t k = 0; k < d.signs.n; k++)
		assert_int_equal(d.signs.article[k], node->decision.signs.article[k]);
	assert_near(d.gain, node->decision.gain, 1e-6);
	assert_near(b->p[d.best], node->best, NEAR);
	assert_near(b->none, node->none, NEAR);
	belief_free(b);
}

static void every_node_decides_as_the_engine_does(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 12; seed++) {
		struct table *t = table_random(seed, 8, 1 + 7 * (uint32_t)seed);
		struct tree *tree = tree_grow(t->cases, t->questions, choose_next);

		for (uint32_t i = 0; i < tree->n; i++)
			check_node(t, tree, i);
		tree_free(tree);
		table_free(t);
	}
}

static void parents_stand_before_children_that_ask_something_else(void **state)
{
	struct table *t = table_random(5, 8, 40);
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);

	(void)state;
	assert_int_equal(tree->nodes[0].parent, 0);
	assert_true(tree->n > 10);
	for (uint32_t i = 1; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];
		const struct node *parent = &tree->nodes[node->parent];

		assert_true(node->parent < i);
		assert_int_equal(parent->decision.status, STATUS_ASK);
		assert_int_equal(node->evidence.question, parent->decision.question);
	}
	tree_free(tree);
	table_free(t);
}

/* The children of a node share its probability; what is missing was too rare to store. */
static void probabilities_of_children_add_up(void **state)
{
	struct table *t = table_random(6, 8, 60);
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
	double *below = xcalloc(tree->n, sizeof *below), questions = 0;

	(void)state;
	assert_near(tree->nodes[0].probability, 1, NEAR);
	for (uint32_t i = 1; i < tree->n; i++)
		below[tree->nodes[i].parent] += tree->nodes[i].probability;
	for (uint32_t i = 0; i < tree->n; i++) {
		assert_true(below[i] <= tree->nodes[i].probability + NEAR);
		if (tree->nodes[i].decision.status != STATUS_ASK)
			continue;
		/* what is missing below counts as one question more */
		questions += tree->nodes[i].probability;
		if (tree->nodes[i].probability >= 1 / (4.0 * 60))
			questions += tree->nodes[i].probability - below[i];
	}
	assert_true(below[0] > 0.9);
	assert_near(tree->expected_questions, questions, NEAR);
	free(below);
	tree_free(tree);
	table_free(t);
}

/* How many branches of a node are that answer of a choice. */
static size_t branches_of(const struct tree *tree, uint32_t node, int answer)
{
	size_t n = 0;

	for (uint32_t i = node + 1; i < tree->n; i++) {
		const struct evidence *e = &tree->nodes[i].evidence;

		n += tree->nodes[i].parent == node && e->kind == EVIDENCE_ANSWER &&
		     e->question == (size_t)tree->nodes[node].decision.question &&
		     e->answer == answer;
	}
	return n;
}

static void a_choice_has_a_branch_for_every_answer(void **state)
{
	struct table *t = table_random(7, 8, 40);
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);

	(void)state;
	for (uint32_t i = 0; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];
		const struct question *question;

		if (i + 1 == tree->n || tree->nodes[i + 1].parent != i)
			continue; /* a leaf */
		question = &t->questions->list[node->decision.question];
		for (size_t v = 0; !question_is_open(question) && v < question->nanswers;
		     v++)
			assert_int_equal(branches_of(tree, i, (int)v), 1);
	}
	tree_free(tree);
	table_free(t);
}

static bool survives_packing(const struct tree *tree, const struct table *t)
{
	struct err err = {.text = NULL};
	size_t len;
	unsigned char *bytes = tree_pack(tree, &len);
	struct tree *back =
	    tree_unpack(bytes, len, t->questions, t->cases->narticles, &err);
	bool survives = back != NULL;

	assert_true(survives ? back->n == tree->n : err.class == ERR_DATA);
	tree_free(back);
	free(bytes);
	err_fini(&err);
	return survives;
}

static void a_tree_out_of_order_is_refused(void **state)
{
	struct table *t = table_random(8, 8, 40);
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
	uint32_t last = (uint32_t)tree->n - 1, parent = tree->nodes[last].parent;

	(void)state;
	assert_true(survives_packing(tree, t));
	tree->depth++;
	assert_false(survives_packing(tree, t));
	tree->depth--;
	tree->nodes[last].parent = 1; /* a branch that ended long before */
	assert_false(survives_packing(tree, t));
	tree->nodes[last].parent = parent;
	tree->expected_questions = NAN;
	assert_false(survives_packing(tree, t));
	tree_free(tree);
	table_free(t);
}

/* A chain of n nodes in which signs are asked again and again, and always rejected. */
static bool chain_survives(const struct table *t, size_t n)
{
	size_t signs = questions_sign(t->questions);
	struct node *nodes = calloc(n, sizeof *nodes);
	struct tree tree = {.nodes = nodes, .n = n, .depth = (unsigned)n - 1};
	bool survives;

	assert_true(signs < t->questions->n);
	for (size_t i = 0; i < n; i++)
		nodes[i] = (struct node){
		    .parent = i > 0 ? (uint32_t)i - 1 : 0,
		    .evidence = {.kind = EVIDENCE_REJECTED, .question = signs},
		    .decision = {.status = STATUS_ASK,
			.question = (int)signs,
			.signs = {.n = 1}},
		};
	survives = survives_packing(&tree, t);
	free(nodes);
	return survives;
}

static void signs_without_end_are_refused(void **state)
{
	struct table *t = table_random(8, 8, 40);

	(void)state;
	assert_true(chain_survives(t, CHOOSE_SIGNS_MOST));
	assert_false(chain_survives(t, CHOOSE_SIGNS_MOST + 1));
	table_free(t);
}

static void equal_tables_grow_equal_trees(void **state)
{
	struct table *t = table_random(9, 8, 40), *again = table_random(9, 8, 40);
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
	struct tree *other = tree_grow(again->cases, again->questions, choose_next);

	(void)state;
	assert_int_equal(tree->n, other->n);
	for (uint32_t i = 0; i < tree->n; i++) {
		assert_true(tree->nodes[i].probability == other->nodes[i].probability);
		assert_true(tree->nodes[i].decision.gain == other->nodes[i].decision.gain);
	}
	tree_free(tree);
	tree_free(other);
	table_free(t);
	table_free(again);
}

static const char *article_name(void *arg, uint32_t article)
{
	static const char *const names[] = {"Q1", "Q2", "Q3"};

	(void)arg;
	return names[article];
}

static const char *value_name(void *arg, size_t question, uint32_t value)
{
	const struct table *t = arg;

	(void)question;
	return t->values.list[value].text;
}

static void the_outline_tells_questions_answers_and_outcomes(void **state)
{
	static const struct table_question questions[] = {
	    {.key = "version", .answers = "old new", .error = 0.02, .unknown = 0.1},
	    {.key = "code", .kind = QUESTION_CODE},
	};
	static const struct table_article articles[] = {
	    {.facts = "version=old code=7"},
	    {.facts = "version=new code=7"},
	    {.facts = "version=new code=8"},
	};
	struct table *t = table_new(questions, 2, articles, 3);
	struct tree *tree = tree_grow(t->cases, t->questions, choose_next);
	const struct tree_names names = {article_name, value_name, t};
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	(void)state;
	tree_print(f, tree, t->questions, &names);
	fclose(f);
	assert_int_equal(strncmp(text, "code? (", 7), 0);
	assert_non_null(strstr(text, "\n  7 "));
	assert_non_null(strstr(text, "\n  8 "));
	assert_non_null(strstr(text, "\n  any other, none "));
	assert_non_null(strstr(text, "\n    old "));
	assert_non_null(strstr(text, "%: advise Q3 ("));
	assert_non_null(strstr(text, "%: none of them ("));
	assert_non_null(strstr(text, "\n    unknown "));
	free(text);
	tree_free(tree);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_node_decides_as_the_engine_does),
	    cmocka_unit_test(parents_stand_before_children_that_ask_something_else),
	    cmocka_unit_test(probabilities_of_children_add_up),
	    cmocka_unit_test(a_choice_has_a_branch_for_every_answer),
	    cmocka_unit_test(a_tree_out_of_order_is_refused),
	    cmocka_unit_test(signs_without_end_are_refused),
	    cmocka_unit_test(equal_tables_grow_equal_trees),
	    cmocka_unit_test(the_outline_tells_questions_answers_and_outcomes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
