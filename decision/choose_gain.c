/* SPDX-License-Identifier: ISC */
/*
 * The gain of one question, and the probabilities of its answers. The essay in choose.c
 * says what is computed; here is how it is done in one pass over the articles.
 */
#include "choose_gain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "choose.h"

/* Sums that are made side by side. */
#define LANES 4
/* Terms of an open question are remembered for values in fewer articles than this ... */
#define MEMO_ARTICLES 64
/* ... and for articles that name fewer values than this. */
#define MEMO_VALUES 16

static double xlogx(double x)
{
	return x > 0 ? x * log(x) : 0;
}

/* The belief in all articles of one mask together, for every mask. The caller frees it. */
static double *mask_beliefs(const struct column *column, const struct belief *belief)
{
	size_t nmasks = column->nmasks;
	double *sum = xcalloc(LANES * nmasks, sizeof *sum);

	/* Neighbours often have the same mask: a sum each, so that none waits for another. */
	for (uint32_t a = 0; a < belief->n; a++)
		sum[(a % LANES) * nmasks + column->mask[a]] += belief->p[a];
	for (size_t i = nmasks; i < LANES * nmasks; i++)
		sum[i % nmasks] += sum[i];
	return sum;
}

/* P(answer) of every answer: what all rows have in common, and what the sets named add. */
static void choice_answers(const struct column *column, const struct question *question,
    double none, const double *sum, double *out)
{
	double outside = none;

	memset(out, 0, column->nanswers * sizeof *out);
	for (uint32_t i = 0; i < column->nmasks; i++) {
		uint64_t rest = column->masks[i];
		struct choice_factors f = belief_choice_factors(column, question, rest);

		outside += sum[i] * f.outside;
		for (; rest != 0; rest &= rest - 1) {
			int v = __builtin_ctzll(rest);
			double bg = column->background[v];

			out[v] +=
			    sum[i] * ((f.even ? f.inside : f.inside * bg) - f.outside * bg);
		}
	}
	for (size_t v = 0; v < column->nanswers; v++)
		out[v] += column->background[v] * outside;
}

/*
 * Sum of L log L over the answers of one row. As L = bg factor, and there are two factors,
 * it comes from the sums of bg and of bg log bg over the set named and over the others; an
 * even set has the same L for each of its answers.
 */
static double choice_row_entropy(const struct column *column,
    const struct question *question, uint64_t named, const double *terms)
{
	struct choice_factors f = belief_choice_factors(column, question, named);
	double share[2] = {0}, term[2] = {0};

	for (size_t v = 0; v < column->nanswers; v++) {
		share[named >> v & 1] += column->background[v];
		term[named >> v & 1] += terms[v];
	}
	return (f.even ? __builtin_popcountll(named) * xlogx(f.inside)
		       : f.inside * term[1] + share[1] * xlogx(f.inside)) +
	       f.outside * term[0] + share[0] * xlogx(f.outside);
}

static double gain_choice(const struct column *column, const struct question *question,
    const struct belief *belief)
{
	double *sum = mask_beliefs(column, belief), gain = 0;
	double answers[QUESTION_MAX_ANSWERS], terms[QUESTION_MAX_ANSWERS];

	choice_answers(column, question, belief->none, sum, answers);
	for (size_t v = 0; v < column->nanswers; v++) {
		terms[v] = xlogx(column->background[v]);
		gain += belief->none * terms[v] - xlogx(answers[v]);
	}
	for (uint32_t i = 0; i < column->nmasks; i++)
		gain +=
		    sum[i] * choice_row_entropy(column, question, column->masks[i], terms);
	free(sum);
	return gain;
}

static void predict_choice(const struct column *column, const struct question *question,
    const struct belief *belief, double *out)
{
	double *sum = mask_beliefs(column, belief);

	choice_answers(column, question, belief->none, sum, out);
	free(sum);
}

/* The three kinds of rows an open question knows, and the belief in each. */
struct rows {
	double unrelated, silent, naming;
};

static struct rows rows_of(const struct column *column, const struct belief *belief)
{
	struct rows rows = {.unrelated = belief->none};

	for (uint32_t a = 0; a < belief->n; a++) {
		if (column->count[a] == 0)
			rows.silent += belief->p[a];
		else
			rows.naming += belief->p[a];
	}
	return rows;
}

/* P(value) but for what the articles that name it add. */
static double rows_value(
    const struct rows *rows, const struct column *column, uint32_t value)
{
	return rows->unrelated * belief_open_unrelated(column, value) +
	       rows->silent * belief_open(column, 0, false, value) +
	       rows->naming * belief_open(column, 1, false, value);
}

/* Sum over the three kinds of belief times L log L, L being P(value) where it is not named. */
static double rows_entropy(
    const struct rows *rows, const struct column *column, uint32_t value)
{
	return rows->unrelated * xlogx(belief_open_unrelated(column, value)) +
	       rows->silent * xlogx(belief_open(column, 0, false, value)) +
	       rows->naming * xlogx(belief_open(column, 1, false, value));
}

static double gain_of_none(const struct rows *rows)
{
	double silent = belief_open_none(0), naming = belief_open_none(1);
	double unrelated = belief_open_none_unrelated();
	double answer =
	    rows->unrelated * unrelated + rows->silent * silent + rows->naming * naming;

	return rows->unrelated * xlogx(unrelated) + rows->silent * xlogx(silent) +
	       rows->naming * xlogx(naming) - xlogx(answer);
}

static double gain_of_unseen(const struct rows *rows, const struct column *column)
{
	return rows_entropy(rows, column, BELIEF_NO_VALUE) -
	       xlogx(rows_value(rows, column, BELIEF_NO_VALUE));
}

/*
 * Terms that depend on a value only through how many articles name it. Logarithms are most
 * of the work, and most values are named by few articles: those are taken once. 0 = not yet.
 */
struct memo {
	double value, entropy; /* rows_value, rows_entropy */
	double named[MEMO_VALUES]; /* named_term by count */
};

/* By how much L log L is more where the article names the value, one of `count`. */
static double named_term(const struct column *column, uint32_t count, uint32_t value)
{
	return xlogx(belief_open(column, count, true, value)) -
	       xlogx(belief_open(column, count, false, value));
}

static double memo_named(
    struct memo *memo, const struct column *column, uint32_t count, uint32_t value)
{
	if (count >= MEMO_VALUES)
		return named_term(column, count, value);
	if (memo->named[count] == 0)
		memo->named[count] = named_term(column, count, value);
	return memo->named[count];
}

static void memo_fill(
    struct memo *memo, const struct rows *rows, const struct column *column, uint32_t value)
{
	*memo = (struct memo){
	    .value = rows_value(rows, column, value),
	    .entropy = rows_entropy(rows, column, value),
	};
}

/* The last of the memos is for the one value at hand that many articles name. */
static double gain_of_value(struct memo memos[MEMO_ARTICLES + 1], const struct rows *rows,
    const struct column *column, const struct belief *belief, uint32_t value)
{
	uint32_t articles = column->first[value + 1] - column->first[value];
	struct memo *memo = &memos[articles < MEMO_ARTICLES ? articles : MEMO_ARTICLES];
	double answer, gain;

	if (articles >= MEMO_ARTICLES || memo->value == 0)
		memo_fill(memo, rows, column, value);
	answer = memo->value;
	gain = memo->entropy;
	for (uint32_t i = column->first[value]; i < column->first[value + 1]; i++) {
		uint32_t a = column->article[i], count = column->count[a];

		answer += belief->p[a] * belief_parameters.value_named / count;
		gain += belief->p[a] * memo_named(memo, column, count, value);
	}
	return gain - xlogx(answer);
}

static double gain_open(const struct column *column, const struct belief *belief)
{
	struct rows rows = rows_of(column, belief);
	struct memo *memos = xcalloc(MEMO_ARTICLES + 1, sizeof *memos);
	double gain = gain_of_none(&rows) + gain_of_unseen(&rows, column);

	for (uint32_t v = 0; v < column->nvalues; v++)
		gain += gain_of_value(memos, &rows, column, belief, v);
	free(memos);
	return gain;
}

static void predict_open(
    const struct column *column, const struct belief *belief, double *out)
{
	struct rows rows = rows_of(column, belief);

	for (uint32_t v = 0; v < column->nvalues; v++) {
		out[v] = rows_value(&rows, column, v);
		for (uint32_t i = column->first[v]; i < column->first[v + 1]; i++) {
			uint32_t a = column->article[i];

			out[v] +=
			    belief->p[a] * belief_parameters.value_named / column->count[a];
		}
	}
}

/*
 * Signs. Every article shown is a row of its own, and all others, and none of them, are one:
 * with L log L of picked and missed at hand it takes one step a sign.
 */
double choose_gain_signs(const struct belief *belief, const struct signs *signs)
{
	const struct belief_parameters *p = &belief_parameters;
	double hit = xlogx(p->sign_hit), miss = xlogx(p->sign_miss), shown = 0, gain = 0;
	double answers[SIGNS_SHOWN + 1];
	size_t n = signs->n;

	if (n == 0)
		return 0;
	choose_predict_signs(belief, signs, answers);
	for (size_t i = 0; i < n; i++) {
		double b = belief->p[signs->article[i]];

		shown += b;
		gain += b * hit + (1 - b) * miss - xlogx(answers[i]);
	}
	gain += shown * xlogx(belief_reject_shown(n)) +
		(1 - shown) * xlogx(belief_reject_unshown(n)) - xlogx(answers[n]);
	return fmax(0, gain / log(2));
}

void choose_predict_signs(
    const struct belief *belief, const struct signs *signs, double *out)
{
	const struct belief_parameters *p = &belief_parameters;
	double rest = 1;

	for (size_t i = 0; i < signs->n; i++) {
		double b = belief->p[signs->article[i]];

		out[i] = b * p->sign_hit + (1 - b) * p->sign_miss;
		rest -= out[i];
	}
	out[signs->n] = rest;
}

double choose_gain(const struct casetable *table, const struct questions *questions,
    const struct belief *belief, size_t question)
{
	const struct column *column = &table->columns[question];
	double gain;

	if (question_is_open(&questions->list[question]))
		gain = gain_open(column, belief);
	else
		gain = gain_choice(column, &questions->list[question], belief);
	return fmax(0, gain / log(2));
}

void choose_predict(const struct casetable *table, const struct questions *questions,
    const struct belief *belief, size_t question, double *out)
{
	const struct column *column = &table->columns[question];

	if (question_is_open(&questions->list[question]))
		predict_open(column, belief, out);
	else
		predict_choice(column, &questions->list[question], belief, out);
}
