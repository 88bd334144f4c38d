/* SPDX-License-Identifier: ISC */
/*
 * The policy: greedy, improved by looking further ahead where that is affordable.
 *
 * Greedy choice (choose.c) takes the question that tells most a minute now, and not the one
 * after which the next tells most. One step of policy improvement makes up for it: questions
 * are tried, greedy choice is followed behind each for a few questions more, and the one after
 * which the fewest are asked is taken ("rollout"; Bertsekas and Castanon, "Rollout algorithms
 * for stochastic scheduling problems", 1999). Questions are counted and not their minutes,
 * because a look that ends after a few questions finds cheap ones that tell nothing the best;
 * minutes decide which questions are tried: those of a quarter of the best score at least.
 *
 * It follows every answer of every question, which a table of a few articles allows at every
 * step and one of thousands does not: there greedy choice is all there is, and with so
 * many questions and articles it is near the best (the essay in choose.c). Because it is the
 * same function of the same belief everywhere, the compiled tree and a session that left
 * it go on alike.
 */
#include <assert.h>

#include "fan.h"
#include "optimum.h"

/* As many articles can be looked over at every step ... */
#define AHEAD_ARTICLES 32
static_assert(
    AHEAD_ARTICLES <= ASKED_SHOWN_MOST, "each is shown once, whatever was rejected");
/* ... so many questions deep ... */
#define AHEAD_QUESTIONS 4
/* ... and so many states, after which greedy choice stands: no step may be felt. */
#define AHEAD_STATES 100000
/* Of the best score, what a question must reach to be tried. */
#define AHEAD_SHARE 0.25

/* Bits of the questions that are worth trying. */
static uint64_t worth_trying(const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, enum setting setting)
{
	struct worth worths[QUESTION_MAX];
	size_t n = choose_rank(table, questions, belief, asked, setting, worths);
	uint64_t bits = 0;

	for (size_t i = 0; i < n; i++) {
		if (worths[i].score >= AHEAD_SHARE * worths[0].score)
			bits |= UINT64_C(1) << worths[i].question;
	}
	return bits;
}

bool choose_looks_ahead(const struct casetable *table)
{
	return table->narticles <= AHEAD_ARTICLES;
}

struct decision choose_next(const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, enum setting setting)
{
	struct optimum_task task = {
	    .table = table,
	    .questions = questions,
	    .setting = setting,
	    .policy = choose_greedy,
	    .deepest = AHEAD_QUESTIONS,
	    .budget = AHEAD_STATES,
	    .count = true,
	};
	struct decision d = choose_greedy(table, questions, belief, asked, setting);
	struct optimum best;

	if (d.status != STATUS_ASK || d.variant || !choose_looks_ahead(table))
		return d;
	task.only = worth_trying(table, questions, belief, asked, setting);
	best = optimum_rollout(&task, belief, asked);
	if (best.known && best.question >= 0 && best.question != d.question)
		choose_instead(
		    &d, table, questions, belief, asked, setting, (size_t)best.question);
	return d;
}
