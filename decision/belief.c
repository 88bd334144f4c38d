/* SPDX-License-Identifier: ISC */
/*
 * Belief: the probability of every article, and of "none of them", given the answers.
 *
 * Bayes' rule. One of N + 1 hypotheses is true: the problem is that of article a (one of
 * N), or of no article here (o). Answers are taken as independent once it is known which
 * ("naive Bayes", the single-fault assumption of Heckerman, Breese and Rommelse,
 * "Decision-Theoretic Troubleshooting", CACM 38(3), 1995), so
 *
 *	P(a | answers)  =  P(a) * product over answers x of P(x | a)  /  Z
 *
 * where Z makes all sum to 1. Factors can be multiplied in any order, so an answer given late,
 * volunteered or changed counts as if it had been given first. Z of one answer alone is how
 * likely that answer was before it was given; -log2 Z is its surprise in bits, and the
 * surprises of a session add up to that of all its answers together.
 *
 * Why no filter. Articles contradict their own headers and people misread numbers. If a
 * factor could be 0, one slip would end the right article for good. Every factor is above
 * 0, and what three right answers say outweighs one that is wrong.
 *
 * Prior. P(o) = prior_none; the articles share the rest by the weights they were compiled
 * with. Without o the likeliest article of a hopeless field would still come out near 1.
 *
 * A choice (version, cluster ...). bg(v) is the background frequency of answer v
 * (casetable.c): what somebody would say of whom nothing is known. S is the set of answers
 * the article names, bg(S) the sum of bg over it, e how often an answer is wrong:
 *
 *	v in S:		P(v | a) = (1 - e) bg(v) / bg(S)	versions, service packs
 *			P(v | a) = (1 - e) / |S|		any other choice
 *	v not in S:	P(v | a) =      e  bg(v) / (1 - bg(S))
 *	S empty:	P(v | a) = bg(v)	the article is silent: v tells nothing
 *	none of them:	P(v | o) = bg(v)
 *
 * Each line sums to 1 over v. A set of versions is where a problem can be met: its people are
 * spread over them as all people are. Against o, a version that is met is worth (1 - e) / bg(S):
 * much where the article is the only one to name a rare one, nothing where it names all, and an
 * article for three versions is not punished for it as 1 / |S| would do. Other sets say what the
 * problem is about. Who has the problem of an article on rules in a mail client says "rules" as
 * soon as "client", although more articles name clients: of 24 callers whose article names
 * several tasks the even split gave each answer a probability of 0.46 (geometric mean), the
 * split by background 0.23, and of 24 with several symptoms 0.46 and 0.20. Background being
 * counted by even votes, it also leaves "none of them" where it was before the answer.
 *
 * An open question (event number, error code ...). What is given is one value of very many,
 * or `none`: "I looked, there is none". f(v) is the share of v among all values people give,
 * with df(v) articles naming it,
 *
 *	f(v) = (df(v) + 1/2) / T,	f(unseen) = U / T,	T = U + sum of (df + 1/2)
 *
 * which is additive smoothing with a mass U for values no article names. An article that
 * names k > 0 values is a mixture: its problem shows one of them, or none, or the value
 * comes from something else and is drawn from f:
 *
 *	P(none | a) = none_named
 *	P(v | a)    = value_named [v is named] / k + (1 - value_named - none_named) f(v)
 *
 * and whoever names nothing shows some value with a fixed probability:
 *
 *	P(none | o) = none_unrelated,	P(v | o) = (1 - none_unrelated) f(v)
 *	silent:	P(v | a) = silent_share P(v | o), and P(none | a) the rest
 *
 * Again each sums to 1. For a value that two of five articles name P(v | o) is about 0.03; a
 * code that one of thousands names has an f so small that it alone outweighs the prior
 * of o, as it should. The named part is divided by k because an article that lists two
 * hundred codes explains any one of them badly: lists do not swallow every session. A code that an
 * article does not mention counts against it: mildly (0.9) if it names none, more (about
 * 0.23) if it names others. Several values given multiply like several answers.
 *
 * What was found in free text is no answer to a question: a version may be that of the old
 * server, "restore" may be what is planned. With probability d = text_doubt it has nothing to do
 * with the problem and is as likely as under o, for every article:
 *
 *	P(x found in text | a) = d P(x | o) + (1 - d) P(x | a)
 *
 * so that no misreading costs the right article more than the factor d. What a person answers has
 * d = 0.
 *
 * `unknown` has the factor 1 everywhere: not knowing is taken to be independent of the
 * problem. Words (words_match.c) come as ratios P(words | a) / P(words | o), so the factor of o is 1.
 * An article whose advice did not help keeps the share `failed`: advice can be done wrong.
 *
 * Signs. Of n sentences shown a person picks one, or none of them. With sign_hit it is that of
 * the right article, and each of the others is picked by mistake with sign_miss:
 *
 *	a is shown:	P(a's | a) = sign_hit,	P(another | a) = sign_miss
 *			P(none | a) = 1 - sign_hit - (n - 1) sign_miss
 *	a is not, or o:	P(any one | a) = sign_miss,	P(none | a) = 1 - n sign_miss
 *
 * Each sums to 1. Where the sign of an article that is not shown says nearly the same as one
 * that is, whoever has that article's problem may well pick it: sign_alike instead of one
 * sign_miss. It is less than sign_hit, because a sentence can be rejected for the one word that
 * differs. belief_signs.c has the formulas.
 *
 * Limits. Answers are not independent (a version and its service pack, an event and its
 * source), so two that say the same count twice and probabilities come out too near 0 and 1;
 * the thresholds of choose.h were set with that in mind. One problem at a time: a caller with
 * two faults gets one after the other.
 */
#include "belief.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

const struct belief_parameters belief_parameters = {
    .prior_none = 0.30,
    .value_named = 0.77,
    .none_named = 0.15,
    .none_unrelated = 0.65,
    .silent_share = 0.90,
    .unseen = 25.0,
    .sign_hit = 0.80,
    .sign_alike = 0.30,
    .sign_miss = 0.01,
    .exhausted = 1e-12,
    .text_doubt = 0.15,
    .slip_doubt = 0.30,
    .failed = 0.10,
};

/* Frequencies below this are taken as 0 where they would be divided by. */
#define TINY 1e-9
/* No answer is wrong less often than this: a factor is never 0. */
#define LEAST_ERROR 1e-4
/* No article has less: it can always come back, and numbers stay normal. */
#define LEAST_BELIEF 1e-250

struct belief *belief_new(const struct casetable *table)
{
	struct belief *belief = xcalloc(1, sizeof *belief);

	belief->p = xrealloc_array(NULL, table->narticles, sizeof *belief->p);
	belief_reset(belief, table);
	return belief;
}

void belief_free(struct belief *belief)
{
	if (belief == NULL)
		return;
	free(belief->p);
	free(belief);
}

void belief_reset(struct belief *belief, const struct casetable *table)
{
	belief->n = table->narticles;
	belief->none = belief_parameters.prior_none;
	for (uint32_t a = 0; a < belief->n; a++)
		belief->p[a] = (1 - belief->none) * table->prior[a];
}

void belief_copy(struct belief *to, const struct belief *from)
{
	memcpy(to->p, from->p, from->n * sizeof *from->p);
	to->none = from->none;
}

/* Makes all sum to 1 and returns the surprise of what was multiplied in. */
static double belief_normalise(struct belief *belief)
{
	double sum = belief->none;

	for (uint32_t a = 0; a < belief->n; a++)
		sum += belief->p[a];
	assert(sum > 0 && isfinite(sum));
	belief->none = fmax(belief->none / sum, LEAST_BELIEF);
	for (uint32_t a = 0; a < belief->n; a++)
		belief->p[a] = fmax(belief->p[a] / sum, LEAST_BELIEF);
	return fmax(0, -log2(sum));
}

static double background_of_set(const struct column *column, uint64_t set)
{
	double sum = 0;

	for (; set != 0; set &= set - 1)
		sum += column->background[__builtin_ctzll(set)];
	return sum;
}

static double belief_choice_unrelated(const struct column *column, int answer)
{
	return column->background[answer];
}

struct choice_factors belief_choice_factors(
    const struct column *column, const struct question *question, uint64_t named)
{
	double error = fmax(question->error, LEAST_ERROR);
	double inside = background_of_set(column, named);
	bool even = question->recogniser != RECOGNISE_VERSION &&
		    question->recogniser != RECOGNISE_SERVICE_PACK;

	if (named == 0 || 1 - inside < TINY) /* silent, or it names every answer there is */
		return (struct choice_factors){.inside = 1, .outside = 1};
	return (struct choice_factors){
	    .inside = (1 - error) / (even ? __builtin_popcountll(named) : inside),
	    .outside = error / (1 - inside),
	    .even = even,
	};
}

static double belief_choice(const struct column *column, const struct question *question,
    uint64_t named, int answer)
{
	struct choice_factors factors = belief_choice_factors(column, question, named);

	if ((named >> answer & 1) == 0)
		return factors.outside * column->background[answer];
	return factors.even ? factors.inside : factors.inside * column->background[answer];
}

/* f(v) of the essay. */
static double value_share(const struct column *column, uint32_t value)
{
	double unseen = belief_parameters.unseen;
	double total = unseen + column->first[column->nvalues] + 0.5 * column->nvalues;

	if (value == BELIEF_NO_VALUE)
		return unseen / total;
	return (column->first[value + 1] - column->first[value] + 0.5) / total;
}

double belief_open_unrelated(const struct column *column, uint32_t value)
{
	return (1 - belief_parameters.none_unrelated) * value_share(column, value);
}

double belief_open(const struct column *column, uint32_t count, bool named, uint32_t value)
{
	const struct belief_parameters *p = &belief_parameters;
	double stray;

	if (count == 0)
		return p->silent_share * belief_open_unrelated(column, value);
	stray = (1 - p->value_named - p->none_named) * value_share(column, value);
	return named ? p->value_named / count + stray : stray;
}

double belief_open_none_unrelated(void)
{
	return belief_parameters.none_unrelated;
}

double belief_open_none(uint32_t count)
{
	const struct belief_parameters *p = &belief_parameters;

	if (count > 0)
		return p->none_named;
	return 1 - p->silent_share * (1 - p->none_unrelated);
}

static bool column_names(const struct column *column, uint32_t value, uint32_t article)
{
	uint32_t low, high;

	if (value == BELIEF_NO_VALUE)
		return false;
	low = column->first[value];
	high = column->first[value + 1];
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (column->article[middle] < article)
			low = middle + 1;
		else
			high = middle;
	}
	return low < column->first[value + 1] && column->article[low] == article;
}

static double likelihood_undoubted(const struct casetable *table,
    const struct questions *questions, const struct evidence *e, uint32_t article)
{
	const struct column *column = &table->columns[e->question];

	switch (e->kind) {
	case EVIDENCE_ANSWER:
		return belief_choice(column, &questions->list[e->question],
		    column->named[article], e->answer);
	case EVIDENCE_VALUE:
		return belief_open(column, column->count[article],
		    column_names(column, e->value, article), e->value);
	case EVIDENCE_NONE:
		return belief_open_none(column->count[article]);
	case EVIDENCE_SIGN:
	case EVIDENCE_REJECTED:
		return belief_signs(column, e, article);
	case EVIDENCE_UNKNOWN:
		break;
	}
	return 1;
}

double belief_likelihood_none(const struct casetable *table, const struct evidence *e)
{
	const struct column *column = &table->columns[e->question];

	switch (e->kind) {
	case EVIDENCE_ANSWER:
		return belief_choice_unrelated(column, e->answer);
	case EVIDENCE_VALUE:
		return belief_open_unrelated(column, e->value);
	case EVIDENCE_NONE:
		return belief_open_none_unrelated();
	case EVIDENCE_SIGN:
	case EVIDENCE_REJECTED:
		return belief_signs_unrelated(e);
	case EVIDENCE_UNKNOWN:
		break;
	}
	return 1;
}

/* The formula of the essay for what was found in text; no doubt changes nothing. */
static double doubted(double likelihood, double unrelated, double doubt)
{
	return doubt * unrelated + (1 - doubt) * likelihood;
}

double belief_likelihood(const struct casetable *table, const struct questions *questions,
    const struct evidence *e, uint32_t article)
{
	return doubted(likelihood_undoubted(table, questions, e, article),
	    belief_likelihood_none(table, e), e->doubt);
}

/* Articles of one mask are alike to a choice: one likelihood a mask. */
static void belief_take_answer(struct belief *belief, const struct column *column,
    const struct question *question, const struct evidence *e, double unrelated)
{
	double *likelihood = xcalloc(column->nmasks, sizeof *likelihood);

	for (uint32_t i = 0; i < column->nmasks; i++)
		likelihood[i] =
		    doubted(belief_choice(column, question, column->masks[i], e->answer),
			unrelated, e->doubt);
	for (uint32_t a = 0; a < belief->n; a++)
		belief->p[a] *= likelihood[column->mask[a]];
	free(likelihood);
}

/* Postings ascend, as the articles do: one pass over both. */
static void belief_take_value(struct belief *belief, const struct column *column,
    const struct evidence *e, double unrelated)
{
	uint32_t value = e->value;
	double silent = doubted(belief_open(column, 0, false, value), unrelated, e->doubt);
	double others = doubted(belief_open(column, 1, false, value), unrelated, e->doubt);
	const uint32_t *next = NULL, *end = NULL;

	if (value != BELIEF_NO_VALUE) {
		next = column->article + column->first[value];
		end = column->article + column->first[value + 1];
	}
	for (uint32_t a = 0; a < belief->n; a++) {
		if (next < end && *next == a) {
			belief->p[a] *=
			    doubted(belief_open(column, column->count[a], true, value),
				unrelated, e->doubt);
			next++;
		} else {
			belief->p[a] *= column->count[a] == 0 ? silent : others;
		}
	}
}

static void belief_take_none(struct belief *belief, const struct column *column)
{
	double silent = belief_open_none(0), named = belief_open_none(1);

	for (uint32_t a = 0; a < belief->n; a++)
		belief->p[a] *= column->count[a] == 0 ? silent : named;
}

/* A sign that was picked, or those that were rejected. */
static void belief_take_signs(
    struct belief *belief, const struct column *column, const struct evidence *e)
{
	for (uint32_t a = 0; a < belief->n; a++)
		belief->p[a] *= belief_signs(column, e, a);
}

double belief_update(struct belief *belief, const struct casetable *table,
    const struct questions *questions, const struct evidence *e)
{
	const struct column *column = &table->columns[e->question];
	double unrelated = belief_likelihood_none(table, e);

	switch (e->kind) {
	case EVIDENCE_ANSWER:
		belief_take_answer(
		    belief, column, &questions->list[e->question], e, unrelated);
		break;
	case EVIDENCE_VALUE:
		belief_take_value(belief, column, e, unrelated);
		break;
	case EVIDENCE_NONE:
		belief_take_none(belief, column);
		break;
	case EVIDENCE_SIGN:
	case EVIDENCE_REJECTED:
		belief_take_signs(belief, column, e);
		break;
	case EVIDENCE_UNKNOWN:
		return 0;
	}
	belief->none *= unrelated;
	return belief_normalise(belief);
}

/*
 * Ratios are known up to the probability of the words under "none of them", which cancels
 * in the belief. Scaled so that the largest factor is 1, they are probabilities, and the
 * surprise is never negative.
 */
double belief_update_ratios(
    struct belief *belief, const struct likelihood_ratio *ratios, size_t n, double rest)
{
	double most = fmax(1, rest);
	size_t next = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, ratios[i].ratio);
	for (uint32_t a = 0; a < belief->n; a++) {
		bool listed = next < n && ratios[next].article == a;

		belief->p[a] *= (listed ? ratios[next].ratio : rest) / most;
		next += listed;
	}
	belief->none /= most;
	return belief_normalise(belief);
}

/*
 * Who cites an article mostly means it, and else cites any of them: it was tried before, or
 * a message names it. That is one of N, which is why a number says more than a sentence that
 * was recognised among a few.
 */
double belief_update_cited(struct belief *belief, uint32_t article)
{
	double meant = belief_parameters.sign_hit, any = (1 - meant) / belief->n;

	for (uint32_t a = 0; a < belief->n; a++)
		belief->p[a] *= a == article ? meant + any : any;
	belief->none *= any;
	return belief_normalise(belief);
}

static void belief_weigh(struct belief *belief, uint32_t article, double weight)
{
	belief->p[article] *= weight;
	belief_normalise(belief);
}

void belief_update_failed(struct belief *belief, uint32_t article)
{
	belief_weigh(belief, article, belief_parameters.failed);
}

void belief_update_exhausted(struct belief *belief, uint32_t article)
{
	belief_weigh(belief, article, belief_parameters.exhausted);
}
