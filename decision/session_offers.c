/* SPDX-License-Identifier: ISC */
/* What is offered as answers to the question asked, each with its probability. */
#include <stdio.h>
#include <stdlib.h>

#include "../kb/xalloc.h"
#include "code.h"
#include "session_private.h"

#define OFFERS_OPEN 9 /* values of an open question that are suggested */
#define OFFER_LEAST 0.001 /* and how likely one must be */
#define ROUNDING 1e-9
#define OFFER_IDLE 0.05 /* of the likeliest answer: below, it is hardly expected */

/* Likeliest first; equal ones in the order declared. */
static void offers_choice(struct state *st, const struct question *q, const double *p)
{
	st->offers = xcalloc(q->nanswers + 1, sizeof *st->offers);
	for (size_t i = 0; i < q->nanswers; i++) {
		size_t at = st->noffers++;

		for (; at > 0 && p[i] > st->offers[at - 1].probability; at--)
			st->offers[at] = st->offers[at - 1];
		st->offers[at] = (struct offer){
		    .key = xstrdup(q->answers[i].key),
		    .label = xstrdup(q->answers[i].label),
		    .probability = p[i],
		};
	}
}

/* The answers that an article still possible names, as bits. */
static uint64_t answers_named(const struct column *column, const struct belief *belief)
{
	double least = belief_least(belief, SESSION_LEFT) * (1 - ROUNDING);
	uint64_t named = 0;

	for (uint32_t a = 0; a < belief->n; a++) {
		if (belief->p[a] >= least)
			named |= column->named[a];
	}
	return named;
}

static void offers_mark_idle(
    struct state *st, const struct question *q, const struct column *column)
{
	double expected = OFFER_IDLE * st->offers[0].probability;
	uint64_t named;

	if (st->offers[st->noffers - 1].probability >= expected)
		return;
	named = answers_named(column, st->belief);
	for (size_t i = 0; i < st->noffers; i++) {
		struct offer *offer = &st->offers[i];
		int answer = question_answer(q, offer->key);

		offer->idle = offer->probability < expected && (named >> answer & 1) == 0;
	}
}

static int offers_signs(struct state *st, struct knowledge *k, struct err *err)
{
	const struct signs *signs = &st->decision.signs;
	double p[SIGNS_SHOWN + 1];

	choose_predict_signs(st->belief, signs, p);
	st->offers = xcalloc(signs->n + 1, sizeof *st->offers);
	for (size_t i = 0; i < signs->n; i++) {
		struct offer *offer = &st->offers[st->noffers];
		struct head head;

		if (knowledge_head(k, signs->article[i], &head, err) == -1)
			return -1;
		*offer = (struct offer){.key = head.id, .probability = p[i]};
		head.id = NULL;
		head_fini(&head);
		st->noffers++;
		offer->label = knowledge_sign(k, signs->article[i], err);
		if (offer->label == NULL)
			return -1;
	}
	return 0;
}

/* The OFFERS_OPEN likeliest of n values, likeliest first, equal ones in the order of ids. */
static size_t values_best(const double *p, size_t n, uint32_t ids[OFFERS_OPEN])
{
	size_t kept = 0;

	for (size_t v = 0; v < n; v++) {
		size_t at = kept;

		if (p[v] < OFFER_LEAST || (kept == OFFERS_OPEN && p[v] <= p[ids[kept - 1]]))
			continue;
		if (kept < OFFERS_OPEN)
			kept++;
		else
			at--;
		for (; at > 0 && p[ids[at - 1]] < p[v]; at--)
			ids[at] = ids[at - 1];
		ids[at] = (uint32_t)v;
	}
	return kept;
}

static int offers_open(struct state *st, const struct session *s,
    const struct column *column, const double *p, struct err *err)
{
	size_t question = (size_t)st->decision.question;
	bool code = s->questions->list[question].kind == QUESTION_CODE;
	uint32_t ids[OFFERS_OPEN];
	size_t n = values_best(p, column->nvalues, ids);

	st->offers = xcalloc(n + 1, sizeof *st->offers);
	for (size_t i = 0; i < n; i++) {
		char *text = knowledge_value_text(s->knowledge, question, ids[i], err);

		if (text == NULL)
			return -1;
		st->offers[st->noffers++] = (struct offer){.key = text,
		    .label = code ? code_shown(text) : xstrdup(text),
		    .probability = p[ids[i]]};
	}
	return 0;
}

char *session_rejection(const struct state *st)
{
	char *value = NULL;
	size_t len;
	FILE *f = xopen_memstream(&value, &len);

	for (size_t i = 0; i < st->noffers; i++)
		fprintf(f, "%c%s", i == 0 ? '!' : ',', st->offers[i].key);
	xclose_memstream(f);
	return value;
}

int state_offers(struct state *st, const struct session *s, const struct casetable *table,
    struct err *err)
{
	const struct question *q;
	const struct column *column;
	double *p;
	int result = 0;

	if (st->status != STATUS_ASK)
		return 0;
	q = &s->questions->list[st->decision.question];
	if (question_is_sign(q))
		return offers_signs(st, s->knowledge, err);
	column = &table->columns[st->decision.question];
	p = xcalloc((question_is_open(q) ? column->nvalues : q->nanswers) + 1, sizeof *p);
	choose_predict(table, s->questions, st->belief, (size_t)st->decision.question, p);
	if (question_is_open(q))
		result = offers_open(st, s, column, p, err);
	else {
		offers_choice(st, q, p);
		offers_mark_idle(st, q, column);
	}
	free(p);
	return result;
}
