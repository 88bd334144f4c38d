/* SPDX-License-Identifier: ISC */
/*
 * The answers of a question as branches. Two answers are merged if their likelihoods are
 * proportional over all articles and none of them: then Bayes' rule gives the same after both.
 * An answer that is equally likely under every hypothesis is merged with `unknown`.
 */
#include "fan.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* Likelihoods that differ by less than this part of themselves are equal. */
#define EQUAL 1e-9

/* A fan in the making: the likelihoods of one hypothesis sum to `answered` before `unknown`. */
struct maker {
	struct fan *fan;
	const struct casetable *table;
	const struct questions *questions;
	size_t cap;
	double answered;
};

static double sum_of(const double *x, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i];
	return sum;
}

static bool is_proportional(const double *a, const double *b, size_t n)
{
	double ratio = sum_of(b, n) / sum_of(a, n);

	for (size_t i = 0; i < n; i++) {
		if (fabs(a[i] * ratio - b[i]) > EQUAL * b[i])
			return false;
	}
	return true;
}

/* Takes the likelihoods over: adds them to a branch that is like it, or makes one. */
static void fan_add(struct maker *m, const struct evidence *e, double *likelihood)
{
	struct fan *fan = m->fan;
	size_t n = (size_t)m->table->narticles + 1;

	for (size_t i = 0; i < fan->n; i++) {
		if (!is_proportional(fan->list[i].likelihood, likelihood, n))
			continue;
		for (size_t h = 0; h < n; h++)
			fan->list[i].likelihood[h] += likelihood[h];
		free(likelihood);
		return;
	}
	fan->list = xgrow(fan->list, fan->n, &m->cap, sizeof *fan->list);
	fan->list[fan->n++] = (struct branch){.evidence = *e, .likelihood = likelihood};
}

static void fan_add_answer(struct maker *m, const struct evidence *e)
{
	uint32_t n = m->table->narticles;
	double *likelihood = xcalloc((size_t)n + 1, sizeof *likelihood);

	for (uint32_t a = 0; a < n; a++)
		likelihood[a] =
		    m->answered * belief_likelihood(m->table, m->questions, e, a);
	likelihood[n] = m->answered * belief_likelihood_none(m->table, e);
	fan_add(m, e, likelihood);
}

static void fan_add_unknown(struct maker *m, size_t question)
{
	struct evidence e = {.kind = EVIDENCE_UNKNOWN, .question = question, .answer = -1};
	size_t n = (size_t)m->table->narticles + 1;
	double *likelihood;

	if (m->questions->list[question].unknown <= 0)
		return;
	likelihood = xcalloc(n, sizeof *likelihood);
	for (size_t h = 0; h < n; h++)
		likelihood[h] = m->questions->list[question].unknown;
	fan_add(m, &e, likelihood);
}

void fan_init(struct fan *fan, const struct casetable *table,
    const struct questions *questions, size_t question)
{
	const struct question *q = &questions->list[question];
	struct maker m = {
	    .fan = fan, .table = table, .questions = questions, .answered = 1 - q->unknown};
	struct evidence e = {.question = question, .answer = -1};

	*fan = (struct fan){.n = 0};
	for (size_t v = 0; !question_is_open(q) && v < q->nanswers; v++) {
		e.kind = EVIDENCE_ANSWER;
		e.answer = (int)v;
		fan_add_answer(&m, &e);
	}
	if (question_is_open(q)) {
		e.kind = EVIDENCE_VALUE;
		for (uint32_t v = 0; v < table->columns[question].nvalues; v++) {
			e.value = v;
			fan_add_answer(&m, &e);
		}
		e.value = BELIEF_NO_VALUE;
		fan_add_answer(&m, &e);
		e.kind = EVIDENCE_NONE;
		fan_add_answer(&m, &e);
	}
	fan_add_unknown(&m, question);
}

/* What is picked and what is rejected must sum to 1, also where articles are alike to two. */
static void fan_scale(struct fan *fan, size_t hypotheses, double answered)
{
	for (size_t h = 0; h < hypotheses; h++) {
		double sum = 0;

		for (size_t i = 0; i < fan->n; i++)
			sum += fan->list[i].likelihood[h];
		for (size_t i = 0; i < fan->n; i++)
			fan->list[i].likelihood[h] *= answered / sum;
	}
}

void fan_init_signs(struct fan *fan, const struct casetable *table,
    const struct questions *questions, size_t question, const struct signs *signs)
{
	struct maker m = {
	    .fan = fan, .table = table, .questions = questions, .answered = 1};
	struct evidence e = {.kind = EVIDENCE_SIGN, .question = question, .answer = -1};

	*fan = (struct fan){.n = 0};
	for (size_t i = 0; i < signs->n; i++) {
		e.value = signs->article[i];
		fan_add_answer(&m, &e);
	}
	e.kind = EVIDENCE_REJECTED;
	e.shown = *signs;
	fan_add_answer(&m, &e);
	fan_scale(fan, (size_t)table->narticles + 1, 1 - questions->list[question].unknown);
	fan_add_unknown(&m, question);
}

void fan_fini(struct fan *fan)
{
	for (size_t i = 0; i < fan->n; i++)
		free(fan->list[i].likelihood);
	free(fan->list);
	*fan = (struct fan){.n = 0};
}

double branch_follow(
    const struct branch *branch, const struct belief *from, struct belief *to)
{
	double sum = to->none = from->none * branch->likelihood[from->n];

	for (uint32_t a = 0; a < from->n; a++)
		sum += to->p[a] = from->p[a] * branch->likelihood[a];
	to->none /= sum;
	for (uint32_t a = 0; a < from->n; a++)
		to->p[a] /= sum;
	return sum;
}

static size_t signs_shown(const struct evidence *e)
{
	if (e->kind == EVIDENCE_SIGN)
		return 1;
	return e->kind == EVIDENCE_REJECTED ? e->shown.n : 0;
}

struct asked asked_after(
    const struct asked *before, const struct evidence *e, uint32_t *shown)
{
	struct asked asked = *before;

	assert(before->nshown + signs_shown(e) <= ASKED_SHOWN_MOST);
	asked.shown = shown;
	if (e->kind != EVIDENCE_SIGN && e->kind != EVIDENCE_REJECTED) {
		asked.questions |= UINT64_C(1) << e->question;
		return asked;
	}
	asked.signs++;
	if (e->kind == EVIDENCE_SIGN) {
		shown[asked.nshown++] = e->value;
		asked.vague = false;
	}
	for (size_t i = 0; e->kind == EVIDENCE_REJECTED && i < e->shown.n; i++)
		shown[asked.nshown++] = e->shown.article[i];
	return asked;
}
