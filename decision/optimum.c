/* SPDX-License-Identifier: ISC */
/*
 * The best order of questions.
 *
 * A state is what was answered so far; its belief and what may still be asked follow from it.
 * The caller is one drawn from the model itself: the article that is true, or none of them, by
 * the belief, and every answer by its likelihood, `unknown` among them. With c(q) the cost of
 * a question and P(x) the probability of its answer x in this state,
 *
 *	V(state)  =  0				if the stopping rule ends there, or so many
 *						questions were asked that the tree is cut
 *		  =  min over questions q of [ c(q) + sum over answers x of P(x) V(state, x) ]
 *
 * (Bellman's recurrence for optimal diagnosis; Garey, "Optimal binary identification
 * procedures", 1972). Who asks the questions in another order keeps the same rule for stopping:
 * the figure says what the order costs, not what the rule does. Every question not asked yet
 * may be tried, also one that tells nothing. Signs may be shown where choose.h would come to
 * them, that is when no other question tells CHOOSE_TELLING_BITS; or at any time, if so wanted.
 *
 * How it is kept small.
 *
 *	Answers after which the same is believed are one branch (fan.h).
 *	A state is reached by many orders of the same answers and looked at once: the memo.
 *	A question is given up as soon as it cannot beat the best one known (branch and bound):
 *	    every answer after which the rule goes on costs the cheapest question at least. What
 *	    was not followed to its end is remembered as a bound.
 *	The tree is searched cut at one question, then at two, and so on. What is cut earlier
 *	    costs no more, so that every round has better bounds from the one before it, in
 *	    whose order questions are tried.
 *
 * The states are so many that only small tables come to an end; the budget ends the others.
 */
#include "optimum.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "fan.h"
#include "optimum_memo.h"

/* Of a state at which the policy stops the value is known, whatever the cut. */
#define FOR_ALL UINT32_MAX
/* Costs that differ by less than this are equal. */
#define EQUAL 1e-9

struct search {
	const struct optimum_task *task;
	struct fan *fans; /* by question; that of the signs is made anew in every state */
	struct memo *memo;
	struct belief **beliefs; /* by depth */
	double cheapest; /* cost of the cheapest question */
	unsigned cut; /* so many questions are asked at most, in this round */
	size_t states;
	bool spent; /* the budget is: what is returned from there on means nothing */
};

/* Where the search stands. */
struct place {
	unsigned depth; /* questions asked */
	struct asked asked;
	uint32_t shown[ASKED_SHOWN_MOST];
	struct memo_key key;
};

static double cost_of(const struct optimum_task *task, size_t question)
{
	return task->count ? 1
			   : choose_cost(&task->questions->list[question], task->setting);
}

static struct decision ask_policy(const struct search *s, const struct place *place)
{
	const struct optimum_task *t = s->task;

	return t->policy(
	    t->table, t->questions, s->beliefs[place->depth], &place->asked, t->setting);
}

/* The memo of this state, its status filled in. Valid until the next is asked for. */
static struct memo_entry *search_state(struct search *s, const struct place *place)
{
	struct memo_entry *entry = memo_entry(s->memo, &place->key);
	struct decision d;

	if (entry->status != MEMO_NEW || s->spent)
		return entry;
	s->states++;
	s->spent |= s->states > s->task->budget;
	d = ask_policy(s, place);
	entry->status = d.status == STATUS_ASK ? MEMO_ASKS : MEMO_STOPS;
	entry->question = d.question;
	entry->value = entry->status == MEMO_ASKS ? s->cheapest : 0;
	entry->exact = entry->status == MEMO_ASKS ? 0 : FOR_ALL;
	return entry;
}

/* What V is at least, as far as it is known. */
static double search_bound(struct search *s, const struct place *place)
{
	return place->depth >= s->cut ? 0 : search_state(s, place)->value;
}

/* Goes down a branch; the belief below is made. Returns the probability of the branch. */
static double place_enter(struct search *s, const struct place *from, struct place *to,
    const struct branch *branch, size_t number)
{
	const struct evidence *e = &branch->evidence;

	memcpy(to->shown, from->shown, from->asked.nshown * sizeof *to->shown);
	to->depth = from->depth + 1;
	to->asked = asked_after(&from->asked, e, to->shown);
	to->key = from->key;
	if (e->kind == EVIDENCE_SIGN || e->kind == EVIDENCE_REJECTED)
		memo_key_add_signs(&to->key, e);
	else
		memo_key_add(&to->key, e->question, number);
	return branch_follow(branch, s->beliefs[from->depth], s->beliefs[to->depth]);
}

/* The branches of a question in this state; `made` is to be freed. */
static const struct fan *search_fan(
    const struct search *s, const struct place *place, size_t question, struct fan *made)
{
	const struct optimum_task *t = s->task;
	struct signs signs;

	*made = (struct fan){.n = 0};
	if (!question_is_sign(&t->questions->list[question]))
		return &s->fans[question];
	choose_signs(
	    &signs, &t->table->columns[question], s->beliefs[place->depth], &place->asked);
	if (signs.n > 0)
		fan_init_signs(made, t->table, t->questions, question, &signs);
	return made;
}

/* Whether the signs come into question. */
static bool signs_are_due(const struct search *s, const struct place *place)
{
	const struct optimum_task *t = s->task;

	if (place->asked.signs >= CHOOSE_SIGNS_MOST)
		return false;
	return t->signs_freely || choose_signs_due(t->table, t->questions,
				      s->beliefs[place->depth], &place->asked, t->setting);
}

static bool may_be_tried(const struct search *s, const struct place *place, size_t question)
{
	if (place->asked.questions >> question & 1)
		return false;
	return !question_is_sign(&s->task->questions->list[question]) ||
	       signs_are_due(s, place);
}

/* A question to try, and what it costs at least. */
struct trial {
	size_t question;
	double least;
};

/* What the question costs at least: what the memo knows of every state behind it. */
static double trial_least(struct search *s, const struct place *place, size_t question)
{
	struct fan made;
	const struct fan *fan = search_fan(s, place, question, &made);
	double least = cost_of(s->task, question);
	struct place below;

	for (size_t i = 0; i < fan->n && !s->spent; i++) {
		double p = place_enter(s, place, &below, &fan->list[i], i);

		least += p * search_bound(s, &below);
	}
	if (fan->n == 0)
		least = INFINITY;
	fan_fini(&made);
	return least;
}

/* The trials of a state, the most promising first; returns how many. */
static size_t trials_list(struct search *s, const struct place *place, struct trial *out)
{
	size_t n = 0;

	for (size_t q = 0; q < s->task->questions->n && !s->spent; q++) {
		struct trial trial = {.question = q};
		size_t at = n;

		if (!may_be_tried(s, place, q))
			continue;
		n++;
		trial.least = trial_least(s, place, q);
		for (; at > 0 && trial.least < out[at - 1].least - EQUAL; at--)
			out[at] = out[at - 1];
		out[at] = trial;
	}
	return n;
}

static double search_value(struct search *, const struct place *, double limit);

/* The cost of one question; exact below `limit`, and else no less than it. */
static double trial_value(
    struct search *s, const struct place *place, const struct trial *trial, double limit)
{
	struct fan made;
	const struct fan *fan = search_fan(s, place, trial->question, &made);
	double total = trial->least;
	struct place below;

	for (size_t i = 0; i < fan->n && total < limit && !s->spent; i++) {
		double p = place_enter(s, place, &below, &fan->list[i], i);
		double known = search_bound(s, &below);

		if (p > 0)
			total += p * (search_value(s, &below, known + (limit - total) / p) -
					 known);
	}
	fan_fini(&made);
	return total;
}

/* Tries the questions; returns the least cost and the question, exact if below `limit`. */
static double search_trials(
    struct search *s, const struct place *place, double limit, int *question)
{
	struct trial trials[QUESTION_MAX];
	size_t n = trials_list(s, place, trials);
	double best = limit;

	*question = -1;
	for (size_t i = 0; i < n && trials[i].least < best - EQUAL && !s->spent; i++) {
		double cost = trial_value(s, place, &trials[i], best);

		if (cost < best - EQUAL) {
			best = cost;
			*question = (int)trials[i].question;
		}
	}
	return best;
}

/*
 * V of the state whose belief is that of the place: exact if it is below `limit`, else some
 * bound that is no less than it.
 */
static double search_value(struct search *s, const struct place *place, double limit)
{
	const struct memo_entry *known;
	struct memo_entry *entry;
	double value;
	int question;

	if (place->depth >= s->cut)
		return 0;
	known = search_state(s, place);
	if (known->exact >= s->cut || known->value >= limit - EQUAL || s->spent)
		return known->value;
	value = search_trials(s, place, limit, &question);
	entry = memo_entry(s->memo, &place->key);
	entry->value = fmax(entry->value, value);
	if (question >= 0) {
		entry->exact = s->cut;
		entry->question = question;
	}
	return entry->value;
}

static void search_init(
    struct search *s, const struct optimum_task *task, const struct belief *belief)
{
	size_t n = task->questions->n;

	*s = (struct search){
	    .task = task,
	    .fans = xcalloc(n, sizeof *s->fans),
	    .memo = memo_new(),
	    .beliefs = xcalloc(task->deepest + 1, sizeof *s->beliefs),
	    .cheapest = INFINITY,
	    .cut = task->deepest,
	};
	for (size_t q = 0; q < n; q++) {
		s->cheapest = fmin(s->cheapest, cost_of(task, q));
		if (!question_is_sign(&task->questions->list[q]))
			fan_init(&s->fans[q], task->table, task->questions, q);
	}
	for (unsigned d = 0; d <= task->deepest; d++)
		s->beliefs[d] = belief_new(task->table);
	belief_copy(s->beliefs[0], belief);
}

static void search_fini(struct search *s)
{
	for (size_t q = 0; q < s->task->questions->n; q++)
		fan_fini(&s->fans[q]);
	for (unsigned d = 0; d <= s->task->deepest; d++)
		belief_free(s->beliefs[d]);
	free(s->fans);
	free(s->beliefs);
	memo_free(s->memo);
}

static void place_init(struct place *place, const struct asked *asked)
{
	assert(asked->nshown <= ASKED_SHOWN_MOST);
	*place = (struct place){.asked = *asked};
	if (asked->nshown > 0)
		memcpy(place->shown, asked->shown, asked->nshown * sizeof *place->shown);
	place->asked.shown = place->shown;
}

/*
 * Making the branches of every question of a table takes questions x values x articles steps:
 * what is larger than the budget for it is not searched at all.
 */
#define FAN_MOST 4000000

static bool is_small(const struct optimum_task *task)
{
	size_t steps = 0;

	for (size_t q = 0; q < task->questions->n; q++) {
		const struct column *c = &task->table->columns[q];

		steps += (c->nvalues + c->nanswers + 3) * (size_t)task->table->narticles;
	}
	return steps <= FAN_MOST;
}

/* Following the policy. */

static double follow_value(struct search *, const struct place *);

/* The cost of a question, if the policy goes on behind it. */
static double follow_question(struct search *s, const struct place *place, size_t question)
{
	struct fan made;
	const struct fan *fan = search_fan(s, place, question, &made);
	double value = fan->n > 0 ? cost_of(s->task, question) : INFINITY;
	struct place below;

	for (size_t i = 0; i < fan->n && !s->spent; i++) {
		double p = place_enter(s, place, &below, &fan->list[i], i);

		value += p * follow_value(s, &below);
	}
	fan_fini(&made);
	return value;
}

static double follow_value(struct search *s, const struct place *place)
{
	const struct memo_entry *known;
	struct memo_entry *entry;
	double value;

	if (place->depth >= s->cut)
		return 0;
	known = search_state(s, place);
	if (known->exact >= s->cut || s->spent)
		return known->value;
	value = follow_question(s, place, (size_t)known->question);
	entry = memo_entry(s->memo, &place->key);
	entry->value = value;
	entry->exact = s->cut;
	return value;
}

/* The policy's own question is the one to beat. */
static double follow_best(struct search *s, const struct place *place, int *question)
{
	const struct memo_entry *known = search_state(s, place);
	uint64_t only = s->task->only;
	double best;

	*question = known->question;
	if (known->exact >= s->cut)
		return known->value;
	best = follow_question(s, place, (size_t)*question);
	for (size_t q = 0; q < s->task->questions->n && !s->spent; q++) {
		double cost;

		if ((only != 0 && (only >> q & 1) == 0) || !may_be_tried(s, place, q))
			continue;
		cost = follow_question(s, place, q);
		if (cost < best - EQUAL) {
			best = cost;
			*question = (int)q;
		}
	}
	return best;
}

/* What the three functions have in common. */

static struct optimum search_run(const struct optimum_task *task,
    const struct belief *belief, const struct asked *asked,
    double (*reckon)(struct search *, const struct place *, int *question))
{
	struct optimum result = {.question = -1};
	struct search s;
	struct place place;

	if (!is_small(task))
		return result;
	search_init(&s, task, belief);
	place_init(&place, asked);
	result.cost = reckon(&s, &place, &result.question);
	result.states = s.states;
	result.known = !s.spent;
	search_fini(&s);
	return result;
}

static double reckon_best(struct search *s, const struct place *place, int *question)
{
	double cost = 0;

	for (s->cut = 1; s->cut <= s->task->deepest && !s->spent; s->cut++)
		cost = search_value(s, place, INFINITY);
	*question = memo_entry(s->memo, &place->key)->question;
	return cost;
}

static double reckon_policy(struct search *s, const struct place *place, int *question)
{
	double cost = follow_value(s, place);

	*question = memo_entry(s->memo, &place->key)->question;
	return cost;
}

struct optimum optimum_find(
    const struct optimum_task *task, const struct belief *belief, const struct asked *asked)
{
	return search_run(task, belief, asked, reckon_best);
}

struct optimum optimum_rollout(
    const struct optimum_task *task, const struct belief *belief, const struct asked *asked)
{
	return search_run(task, belief, asked, follow_best);
}

struct optimum optimum_follow(
    const struct optimum_task *task, const struct belief *belief, const struct asked *asked)
{
	return search_run(task, belief, asked, reckon_policy);
}
