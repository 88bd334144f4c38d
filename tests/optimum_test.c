/* SPDX-License-Identifier: ISC */
/* The best order of questions against trying everything, and what a policy costs beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/fan.h"
#include "../decision/optimum.h"
#include "../kb/xalloc.h"
#include "table.h"

#define NEAR 1e-9
#define SEEDS 40
#define DEEPEST 3

static struct optimum_task task_of(const struct table *t, unsigned deepest)
{
	return (struct optimum_task){
	    .table = t->cases,
	    .questions = t->questions,
	    .policy = choose_next,
	    .deepest = deepest,
	    .budget = 1000000,
	    .signs_freely = true,
	};
}

/* Trying everything: no memo, no bound, no answers merged, beliefs as the session has them. */

static double brute_value(
    const struct optimum_task *, const struct belief *, const struct asked *, bool follow);

static double brute_answer(const struct optimum_task *task, const struct belief *belief,
    const struct asked *asked, const struct evidence *e, bool follow)
{
	const struct question *q = &task->questions->list[e->question];
	uint32_t shown[ASKED_SHOWN_MOST];
	struct belief *after = belief_new(task->table);
	struct asked then;
	double p = q->unknown, value;

	if (e->kind != EVIDENCE_UNKNOWN) {
		p = belief->none * belief_likelihood_none(task->table, e);
		for (uint32_t a = 0; a < belief->n; a++)
			p += belief->p[a] *
			     belief_likelihood(task->table, task->questions, e, a);
		p *= 1 - q->unknown;
	}
	if (asked->nshown > 0)
		memcpy(shown, asked->shown, asked->nshown * sizeof *shown);
	then = asked_after(asked, e, shown);
	belief_copy(after, belief);
	belief_update(after, task->table, task->questions, e);
	value = p > 0 ? p * brute_value(&(struct optimum_task){.table = task->table,
					    .questions = task->questions,
					    .policy = task->policy,
					    .deepest = task->deepest - 1},
				after, &then, follow)
		      : 0;
	belief_free(after);
	return value;
}

static double brute_signs(const struct optimum_task *task, const struct belief *belief,
    const struct asked *asked, size_t question, bool follow)
{
	struct evidence e = {.question = question, .answer = -1};
	double value = task->questions->list[question].cost;

	choose_signs(&e.shown, &task->table->columns[question], belief, asked);
	if (e.shown.n == 0)
		return INFINITY;
	for (size_t i = 0; i < e.shown.n; i++) {
		e.kind = EVIDENCE_SIGN;
		e.value = e.shown.article[i];
		value += brute_answer(task, belief, asked, &e, follow);
	}
	e.kind = EVIDENCE_REJECTED;
	value += brute_answer(task, belief, asked, &e, follow);
	e.kind = EVIDENCE_UNKNOWN;
	return value + brute_answer(task, belief, asked, &e, follow);
}

static double brute_question(const struct optimum_task *task, const struct belief *belief,
    const struct asked *asked, size_t question, bool follow)
{
	const struct question *q = &task->questions->list[question];
	const struct column *column = &task->table->columns[question];
	struct evidence e = {.question = question, .answer = -1};
	double value = q->cost;

	if (question_is_sign(q))
		return brute_signs(task, belief, asked, question, follow);
	e.kind = EVIDENCE_ANSWER;
	for (e.answer = 0; e.answer < (int)column->nanswers; e.answer++)
		value += brute_answer(task, belief, asked, &e, follow);
	if (question_is_open(q)) {
		e.kind = EVIDENCE_VALUE;
		for (e.value = 0; e.value < column->nvalues; e.value++)
			value += brute_answer(task, belief, asked, &e, follow);
		e.value = BELIEF_NO_VALUE;
		value += brute_answer(task, belief, asked, &e, follow);
		e.kind = EVIDENCE_NONE;
		value += brute_answer(task, belief, asked, &e, follow);
	}
	e.kind = EVIDENCE_UNKNOWN;
	return value + brute_answer(task, belief, asked, &e, follow);
}

static double brute_value(const struct optimum_task *task, const struct belief *belief,
    const struct asked *asked, bool follow)
{
	struct decision d;
	double best = INFINITY;

	if (task->deepest == 0)
		return 0;
	d = task->policy(task->table, task->questions, belief, asked, task->setting);
	if (d.status != STATUS_ASK)
		return 0;
	if (follow)
		return brute_question(task, belief, asked, (size_t)d.question, follow);
	for (size_t q = 0; q < task->questions->n; q++) {
		if (asked->questions >> q & 1)
			continue;
		best = fmin(best, brute_question(task, belief, asked, q, follow));
	}
	return best;
}

/* What is right of every small table. */
static void each_table(void (*check)(const struct optimum_task *, const struct belief *))
{
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct table *t = table_random(seed, 4, 2 + seed % 4);
		struct belief *b = belief_new(t->cases);
		struct optimum_task task = task_of(t, DEEPEST);

		check(&task, b);
		belief_free(b);
		table_free(t);
	}
}

static void check_optimum(const struct optimum_task *task, const struct belief *belief)
{
	struct optimum o = optimum_find(task, belief, &(struct asked){.signs = 0});

	assert_true(o.known);
	assert_near(
	    o.cost, brute_value(task, belief, &(struct asked){.signs = 0}, false), NEAR);
}

static void the_optimum_is_that_of_trying_everything(void **state)
{
	(void)state;
	each_table(check_optimum);
}

static void check_policy(const struct optimum_task *task, const struct belief *belief)
{
	struct optimum o = optimum_follow(task, belief, &(struct asked){.signs = 0});

	assert_true(o.known);
	assert_near(
	    o.cost, brute_value(task, belief, &(struct asked){.signs = 0}, true), NEAR);
}

static void a_policy_costs_what_its_questions_cost(void **state)
{
	(void)state;
	each_table(check_policy);
}

static void check_order(const struct optimum_task *task, const struct belief *belief)
{
	const struct asked asked = {.signs = 0};
	double best = optimum_find(task, belief, &asked).cost;
	double rollout = optimum_rollout(task, belief, &asked).cost;
	double policy = optimum_follow(task, belief, &asked).cost;

	assert_true(best <= rollout + NEAR);
	assert_true(rollout <= policy + NEAR);
}

static void looking_ahead_costs_no_more_than_the_policy(void **state)
{
	(void)state;
	each_table(check_order);
}

static double best_freely_or_not;

static void check_due(const struct optimum_task *task, const struct belief *belief)
{
	const struct asked asked = {.signs = 0};
	struct optimum_task due = *task;

	due.signs_freely = false;
	assert_true(optimum_find(task, belief, &asked).cost <=
		    optimum_find(&due, belief, &asked).cost + NEAR);
	best_freely_or_not += optimum_find(&due, belief, &asked).cost -
			      optimum_find(task, belief, &asked).cost;
}

static void signs_that_wait_cost_questions(void **state)
{
	(void)state;
	best_freely_or_not = 0;
	each_table(check_due);
	assert_true(best_freely_or_not > NEAR);
}

static void a_small_budget_is_said_to_be_spent(void **state)
{
	struct table *t = table_random(3, 8, 8);
	struct belief *b = belief_new(t->cases);
	struct optimum_task task = task_of(t, 6);

	(void)state;
	task.budget = 20;
	assert_false(optimum_find(&task, b, &(struct asked){.signs = 0}).known);
	belief_free(b);
	table_free(t);
}

/* Of two questions that are the same to the articles the cheaper one is asked. */
static void costs_count(void **state)
{
	static const struct table_question questions[] = {
	    {.key = "dear", .answers = "a b", .error = 0.01, .cost = 3},
	    {.key = "cheap", .answers = "a b", .error = 0.01, .cost = 1},
	};
	static const struct table_article articles[] = {
	    {.facts = "dear=a cheap=a"},
	    {.facts = "dear=b cheap=b"},
	};
	struct table *t = table_new(questions, 2, articles, 2);
	struct belief *b = belief_new(t->cases);
	struct optimum_task task = task_of(t, 1);
	struct optimum o = optimum_find(&task, b, &(struct asked){.signs = 0});

	(void)state;
	assert_int_equal(o.question, 1);
	assert_near(o.cost, 1, NEAR);
	belief_free(b);
	table_free(t);
}

static void answers_that_say_the_same_are_one_branch(void **state)
{
	static const struct table_question questions[] = {
	    {.key = "task", .answers = "a b c d e f", .error = 0.02, .unknown = 0.1},
	};
	static const struct table_article articles[] = {
	    {.facts = "task=a"},
	    {.facts = "task=b"},
	};
	struct table *t = table_new(questions, 1, articles, 2);
	struct fan fan;
	double sum[3] = {0};

	(void)state;
	fan_init(&fan, t->cases, t->questions, 0);
	assert_int_equal(fan.n, 4); /* a, b, the other four, unknown */
	for (size_t i = 0; i < fan.n; i++)
		for (size_t h = 0; h < 3; h++)
			sum[h] += fan.list[i].likelihood[h];
	for (size_t h = 0; h < 3; h++)
		assert_near(sum[h], 1, NEAR);
	fan_fini(&fan);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_optimum_is_that_of_trying_everything),
	    cmocka_unit_test(a_policy_costs_what_its_questions_cost),
	    cmocka_unit_test(looking_ahead_costs_no_more_than_the_policy),
	    cmocka_unit_test(signs_that_wait_cost_questions),
	    cmocka_unit_test(a_small_budget_is_said_to_be_spent),
	    cmocka_unit_test(costs_count),
	    cmocka_unit_test(answers_that_say_the_same_are_one_branch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
