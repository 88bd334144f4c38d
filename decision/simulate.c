/* SPDX-License-Identifier: ISC */
/*
 * Simulated callers.
 *
 * A caller has one article, drawn by its prior, and answers each question like this:
 *
 *	unknown		with the rate given: "I don't know";
 *	wrong		with the rate given: an answer that the article does not name, drawn by the
 *			background of the others; of an open question a value drawn from those
 *			that it does not name (however often they are named), or `none` where
 *			there are none; of the signs another one of those shown, or none of them;
 *	else		one of the answers the article names, each as likely as the others. Where it
 *			is silent: one by the background; of an open question `none`. Of the signs
 *			their own if it is shown, else none of these.
 *
 * That is not the model of belief.c. There a silent article has some value, and an answer is
 * wrong as often as the questions file says; here rates are the same for every question, so that
 * rows can be compared. Callers whose trouble is in no article are not among them: the
 * share escalated is of people who could have been helped.
 *
 * A session ends where the policy ends it, or after SIMULATE_QUESTIONS. First and first three are
 * of the belief then, whatever the status; escalated is whoever was not advised.
 *
 * Numbers are drawn by SplitMix64 (Steele, Lea and Flood 2014). The n-th caller of a seed draws from
 * a stream of their own and has the same article in every row, so that rows differ by noise
 * alone. Shares have Wilson's interval (1927), which stays within 0 and 1 and is right for shares near
 * them; means the normal one, 1.96 standard errors.
 */
#include "simulate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "fan.h"

#define Z 1.959963984540054 /* 95 % of a normal distribution */
#define CALLER_STREAM UINT64_C(0xd1342543de82ef95)

static uint64_t draw(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* In [0, 1). */
static double draw_fraction(uint64_t *seed)
{
	return (double)(draw(seed) >> 11) / 9007199254740992.0;
}

static uint32_t draw_below(uint64_t *seed, uint32_t n)
{
	return (uint32_t)((draw(seed) >> 32) * n >> 32);
}

/* Index drawn by weights; the last that has any where rounding leaves something over. */
static uint32_t draw_weighted(uint64_t *seed, const double *weights, uint32_t n)
{
	double sum = 0, at;
	uint32_t last = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += weights[i];
	at = draw_fraction(seed) * sum;
	for (uint32_t i = 0; i < n; i++) {
		if (weights[i] <= 0)
			continue;
		last = i;
		at -= weights[i];
		if (at < 0)
			break;
	}
	return last;
}

struct estimate estimate_share(size_t hits, size_t n)
{
	double p = (double)hits / (double)n, z2 = Z * Z, count = (double)n;
	double middle = (p + z2 / (2 * count)) / (1 + z2 / count);
	double half =
	    Z * sqrt(p * (1 - p) / count + z2 / (4 * count * count)) / (1 + z2 / count);

	return (struct estimate){
	    .value = p, .low = fmax(0, middle - half), .high = fmin(1, middle + half)};
}

struct estimate estimate_mean(double sum, double squares, size_t n)
{
	double count = (double)n, mean = sum / count, half = 0;

	if (n > 1)
		half = Z * sqrt(fmax(0, (squares - sum * mean) / (count - 1)) / count);
	return (struct estimate){.value = mean, .low = mean - half, .high = mean + half};
}

/* One caller. */
struct caller {
	const struct simulate_task *task;
	uint64_t seed;
	uint32_t article;
	struct belief *belief;
	struct asked asked;
	uint32_t shown[ASKED_SHOWN_MOST];
	unsigned questions;
	double minutes;
};

/* What the caller does with a question. */
enum manner { MANNER_UNKNOWN, MANNER_WRONG, MANNER_RIGHT };

static enum manner caller_manner(struct caller *c)
{
	double at = draw_fraction(&c->seed);

	if (at < c->task->unknown)
		return MANNER_UNKNOWN;
	return at < c->task->unknown + c->task->wrong ? MANNER_WRONG : MANNER_RIGHT;
}

/* An answer that is named, or one that is not; by background where nothing says which. */
static int caller_choice(struct caller *c, const struct column *column, bool right)
{
	uint64_t named = column->named[c->article];
	double weights[QUESTION_MAX_ANSWERS], sum = 0;

	for (size_t v = 0; v < column->nanswers; v++) {
		bool is_named = named >> v & 1;

		weights[v] = named == 0 ? column->background[v]
			     : right    ? (double)is_named
					: column->background[v] * !is_named;
		sum += weights[v];
	}
	if (sum <= 0)
		return (int)draw_below(&c->seed, (uint32_t)column->nanswers);
	return (int)draw_weighted(&c->seed, weights, (uint32_t)column->nanswers);
}

static bool column_holds(const struct column *column, uint32_t value, uint32_t article)
{
	for (uint32_t i = column->first[value]; i < column->first[value + 1]; i++) {
		if (column->article[i] == article)
			return true;
	}
	return false;
}

/* One of the values that the article names, or of the others; false if there is none. */
static bool caller_value(
    struct caller *c, const struct column *column, bool named, uint32_t *value)
{
	uint32_t n = column->count[c->article], skip;

	if (!named)
		n = column->nvalues - n;
	if (n == 0)
		return false;
	skip = draw_below(&c->seed, n);
	for (uint32_t v = 0; v < column->nvalues; v++) {
		if (column_holds(column, v, c->article) != named)
			continue;
		*value = v;
		if (skip-- == 0)
			break;
	}
	return true;
}

static struct evidence caller_open(struct caller *c, size_t question, bool right)
{
	struct evidence e = {.kind = EVIDENCE_NONE, .question = question, .answer = -1};

	if (caller_value(c, &c->task->table->columns[question], right, &e.value))
		e.kind = EVIDENCE_VALUE;
	return e;
}

/* Their own sign, another one of those shown, or none of them. */
static struct evidence caller_signs(
    struct caller *c, size_t question, const struct signs *shown, bool right)
{
	struct evidence e = {
	    .kind = EVIDENCE_REJECTED, .question = question, .answer = -1, .shown = *shown};
	struct signs others = {.n = 0};
	uint32_t pick;

	for (size_t i = 0; i < shown->n; i++) {
		bool own = shown->article[i] == c->article;

		if (own == right)
			others.article[others.n++] = shown->article[i];
	}
	if (others.n == 0)
		return e;
	pick = draw_below(&c->seed, (uint32_t)others.n + !right);
	if (pick == others.n)
		return e;
	e.kind = EVIDENCE_SIGN;
	e.value = others.article[pick];
	return e;
}

static struct evidence caller_answers(struct caller *c, const struct decision *d)
{
	size_t question = (size_t)d->question;
	const struct question *q = &c->task->questions->list[question];
	enum manner manner = caller_manner(c);

	if (manner == MANNER_UNKNOWN)
		return (struct evidence){
		    .kind = EVIDENCE_UNKNOWN, .question = question, .answer = -1};
	if (question_is_sign(q))
		return caller_signs(c, question, &d->signs, manner == MANNER_RIGHT);
	if (question_is_open(q))
		return caller_open(c, question, manner == MANNER_RIGHT);
	return (struct evidence){.kind = EVIDENCE_ANSWER,
	    .question = question,
	    .answer = caller_choice(
		c, &c->task->table->columns[question], manner == MANNER_RIGHT)};
}

/* Asks until the policy ends or the caller has had enough; returns the last decision. */
static struct decision caller_play(struct caller *c)
{
	const struct simulate_task *t = c->task;

	for (;;) {
		struct decision d = t->policy(
		    t->table, t->questions, c->belief, &c->asked, SETTING_CONSOLE);
		struct evidence e;
		const struct question *q;

		if (d.status != STATUS_ASK || c->questions == SIMULATE_QUESTIONS)
			return d;
		e = caller_answers(c, &d);
		q = &t->questions->list[d.question];
		c->minutes += choose_cost(q, SETTING_CONSOLE);
		c->questions++;
		c->asked = asked_after(&c->asked, &e, c->shown);
		belief_update(c->belief, t->table, t->questions, &e);
	}
}

struct tally {
	size_t first, three, escalated;
	double questions, questions2, minutes, minutes2;
};

static void tally_add(struct tally *t, const struct caller *c, const struct decision *d)
{
	uint32_t best[3];
	size_t n = belief_rank(c->belief, best, 3);

	t->first += best[0] == c->article;
	for (size_t i = 0; i < n; i++)
		t->three += best[i] == c->article;
	t->escalated += d->status != STATUS_ADVISE;
	t->questions += c->questions;
	t->questions2 += (double)c->questions * c->questions;
	t->minutes += c->minutes;
	t->minutes2 += c->minutes * c->minutes;
}

static void caller_begin(struct caller *c, size_t number)
{
	c->seed = c->task->seed + (number + 1) * CALLER_STREAM;
	c->article =
	    draw_weighted(&c->seed, c->task->table->prior, c->task->table->narticles);
	c->asked = (struct asked){.shown = c->shown};
	c->questions = 0;
	c->minutes = 0;
	belief_reset(c->belief, c->task->table);
}

struct simulated simulate(const struct simulate_task *task)
{
	struct caller caller = {.task = task, .belief = belief_new(task->table)};
	size_t n = task->callers;
	struct tally t = {.first = 0};

	for (size_t i = 0; i < n; i++) {
		struct decision d;

		caller_begin(&caller, i);
		d = caller_play(&caller);
		tally_add(&t, &caller, &d);
	}
	belief_free(caller.belief);
	return (struct simulated){
	    .callers = n,
	    .first = estimate_share(t.first, n),
	    .three = estimate_share(t.three, n),
	    .questions = estimate_mean(t.questions, t.questions2, n),
	    .minutes = estimate_mean(t.minutes, t.minutes2, n),
	    .escalated = estimate_share(t.escalated, n),
	};
}
