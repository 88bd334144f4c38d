/* SPDX-License-Identifier: ISC */
/* Copies of a session with other answers, and what follows from them. */

#include "whatif.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "session_private.h"

/* Copies. */

static struct given given_copy(const struct given *from)
{
	struct given g = *from;

	g.value = xstrdup(from->value);
	g.quote = xstrdup(from->quote);
	g.slip = xstrdup(from->slip);
	g.articles = from->narticles > 0
			 ? xmemdup(from->articles, from->narticles * sizeof *from->articles)
			 : NULL;
	return g;
}

static struct session *session_copy(const struct session *from)
{
	struct session *s = xcalloc(1, sizeof *s);

	s->knowledge = from->knowledge;
	s->questions = from->questions;
	s->setting = from->setting;
	s->step = from->step;
	s->words = xcalloc(1, sizeof *s->words);
	s->n = s->cap = from->n;
	s->list = xcalloc(from->n + 1, sizeof *s->list);
	for (size_t i = 0; i < from->n; i++)
		s->list[i] = given_copy(&from->list[i]);
	return s;
}

/*
 * Takes an answer back together with the words it was read in: who would have answered
 * otherwise would have said otherwise.
 */
static void session_unsay(struct session *s, size_t i)
{
	const struct given *g = &s->list[i];
	size_t len = strlen(g->quote);

	for (size_t w = 0; w < s->n; w++) {
		struct given *words = &s->list[w];
		char *at = NULL;

		if (words->kind == GIVEN_WORDS && words->step == g->step && len > 0)
			at = strstr(words->value, g->quote);
		if (at != NULL)
			memset(at, ' ', len);
	}
	session_retract(s, i);
}

/* Gives the copy its answer, or frees it and returns NULL. */
static struct session *copy_answer(
    struct session *copy, const char *question, const char *value, struct err *err)
{
	if (session_answer(copy, question, value, err) == 0)
		return copy;
	session_free(copy);
	return NULL;
}

struct session *whatif_answer(
    const struct session *s, const char *question, const char *value, struct err *err)
{
	struct session *copy = session_copy(s);
	int index = questions_find(s->questions, question);

	for (size_t i = copy->n; index >= 0 && i-- > 0;) {
		if (copy->list[i].question == index)
			session_unsay(copy, i);
	}
	return copy_answer(copy, question, value, err);
}

struct session *whatif_change(
    const struct session *s, size_t given, const char *value, struct err *err)
{
	struct session *copy;
	int question;

	if (given >= s->n || s->list[given].question < 0) {
		err_set(err, ERR_USAGE, "this one answers no question");
		return NULL;
	}
	question = s->list[given].question;
	copy = session_copy(s);
	session_unsay(copy, given);
	return value == NULL
		   ? copy
		   : copy_answer(copy, s->questions->list[question].key, value, err);
}

int whatif_outcome(struct outcome *o, struct session *s, struct err *err)
{
	const struct state *st = session_state(s, err);

	if (st == NULL)
		return -1;
	*o = (struct outcome){.status = st->status,
	    .article = st->decision.best,
	    .probability = st->belief->p[st->decision.best],
	    .none = st->belief->none,
	    .articles_left = st->articles_left};
	return 0;
}

/* Prospects. */

static int prospects_add(struct prospects *p, struct session *s, struct prospect prospect,
    const char *question, struct err *err)
{
	struct session *copy = whatif_answer(s, question, prospect.value, err);
	int result = copy != NULL ? whatif_outcome(&prospect.after, copy, err) : -1;

	session_free(copy);
	p->list = xgrow(p->list, p->n, &p->cap, sizeof *p->list);
	p->list[p->n++] = prospect;
	return result;
}

/* How likely "there is none" is, of an open question. */
static int none_probability(
    const struct session *s, const struct state *st, double *p, struct err *err)
{
	const struct casetable *table = knowledge_casetable(s->knowledge, err);
	const struct evidence none = {
	    .kind = EVIDENCE_NONE, .question = (size_t)st->decision.question, .answer = -1};

	if (table == NULL)
		return -1;
	*p = st->belief->none * belief_likelihood_none(table, &none);
	for (uint32_t a = 0; a < st->belief->n; a++)
		*p += st->belief->p[a] * belief_likelihood(table, s->questions, &none, a);
	return 0;
}

/* The answer beside the offers: none of the signs, or no value of an open question. */
static int prospects_add_none(struct prospects *p, struct session *s,
    const struct state *st, const struct question *q, struct err *err)
{
	struct prospect none = {.probability = 1};

	if (question_is_sign(q) && st->noffers > 0) {
		for (size_t i = 0; i < st->noffers; i++)
			none.probability -= st->offers[i].probability;
		none.value = session_rejection(st);
		none.label = xstrdup("None of these");
	} else if (question_is_open(q)) {
		if (none_probability(s, st, &none.probability, err) == -1)
			return -1;
		none.value = xstrdup("none");
		none.label = xstrdup("There is none");
	} else {
		return 0;
	}
	return prospects_add(p, s, none, q->key, err);
}

/* Fills p; 0, or -1 and err. */
static int prospects_fill(
    struct prospects *p, struct session *s, const struct state *st, struct err *err)
{
	const struct question *q;
	int result = 0;

	if (st->status != STATUS_ASK)
		return 0;
	q = &s->questions->list[st->decision.question];
	for (size_t i = 0; result == 0 && i < st->noffers; i++)
		result = prospects_add(p, s,
		    (struct prospect){.value = xstrdup(st->offers[i].key),
			.label = xstrdup(st->offers[i].label),
			.probability = st->offers[i].probability},
		    q->key, err);
	if (result == 0)
		result = prospects_add_none(p, s, st, q, err);
	if (result == 0)
		result = prospects_add(p, s,
		    (struct prospect){.value = xstrdup("unknown"),
			.label = xstrdup("I don't know"),
			.probability = q->unknown},
		    q->key, err);
	return result;
}

const struct prospects *whatif_prospects(struct session *s, struct err *err)
{
	const struct state *st = session_state(s, err);

	if (st == NULL || s->prospects != NULL)
		return s->prospects;
	s->prospects = xcalloc(1, sizeof *s->prospects);
	if (prospects_fill(s->prospects, s, st, err) == -1) {
		prospects_free(s->prospects);
		s->prospects = NULL;
	}
	return s->prospects;
}

void prospects_free(struct prospects *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].value);
		free(p->list[i].label);
	}
	free(p->list);
	free(p);
}
