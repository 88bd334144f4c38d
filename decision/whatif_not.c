/* SPDX-License-Identifier: ISC */
/* Why not that article: what speaks against it, and what it would need instead. */

#include "whatif.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "explain.h"

/* What all the objections to one article need. */
struct inquest {
	struct session *session;
	const struct questions *questions;
	uint32_t article;
	struct facts facts;
	struct err *err;
};

/* The article's probability in that copy, which is freed; negative and err on failure. */
static double trial(struct inquest *in, struct session *copy)
{
	const struct state *st = copy != NULL ? session_state(copy, in->err) : NULL;
	double p = st != NULL ? st->belief->p[in->article] : -1;

	session_free(copy);
	return p;
}

static bool objection_has(const struct objection *o, const char *value)
{
	for (size_t i = 0; i < o->nneeds; i++) {
		if (strcmp(o->needs[i].value, value) == 0)
			return true;
	}
	return false;
}

/* What one fact of the article would want in place of the answer. */
static int objection_add_need(struct inquest *in, struct objection *o, const struct fact *f)
{
	const struct question *q = &in->questions->list[f->question];
	const char *value = f->value != NULL ? f->value : q->answers[f->answer].key;
	double p;

	if (o->nneeds == WHATIF_NEEDS || objection_has(o, value))
		return 0;
	p = trial(in, whatif_change(in->session, o->given, value, in->err));
	if (p < 0)
		return -1;
	o->needs[o->nneeds++] = (struct need_instead){.value = xstrdup(value),
	    .label = xstrdup(f->value != NULL ? f->value : q->answers[f->answer].label),
	    .probability = p};
	if (p > o->probability)
		o->probability = p;
	return 0;
}

static int objection_fill(
    struct inquest *in, struct objection *o, const struct reason *reason)
{
	size_t n;
	const struct given *g = &session_given(in->session, &n)[reason->given];

	*o = (struct objection){.given = reason->given,
	    .quote = xstrdup(reason->quote),
	    .line = reason->line,
	    .needs = xcalloc(WHATIF_NEEDS, sizeof *o->needs)};
	for (size_t i = 0; i < in->facts.n; i++) {
		const struct fact *f = &in->facts.list[i];

		if (f->question == (size_t)g->question && f->role != ROLE_CURING &&
		    objection_add_need(in, o, f) == -1)
			return -1;
	}
	if (o->nneeds == 0)
		o->probability =
		    trial(in, whatif_change(in->session, o->given, NULL, in->err));
	return o->probability < 0 ? -1 : 0;
}

static int whynot_object(
    struct whynot *w, struct inquest *in, const struct reasons *reasons)
{
	double most = w->probability;

	w->list = xcalloc(reasons->n + 1, sizeof *w->list);
	for (size_t i = 0; i < reasons->n; i++) {
		struct objection *o = &w->list[w->n];

		if (!reasons->list[i].against)
			continue;
		w->n++;
		if (objection_fill(in, o, &reasons->list[i]) == -1)
			return -1;
		if (o->probability > most) {
			most = o->probability;
			w->best = (int)w->n - 1;
		}
	}
	return 0;
}

/* Where the article stands now. */
static int whynot_stand(struct whynot *w, struct session *s, struct err *err)
{
	const struct state *st = session_state(s, err);

	if (st == NULL)
		return -1;
	w->probability = st->belief->p[w->article];
	w->rank = 1;
	for (uint32_t a = 0; a < st->belief->n; a++)
		w->rank += st->belief->p[a] > w->probability;
	return 0;
}

static int whynot_find(
    struct whynot *w, struct knowledge *k, const char *id, struct err *err)
{
	int found = knowledge_find(k, id, &w->article, err);

	if (found == 0)
		err_set(err, ERR_USAGE, "there is no article '%s' in %s", id,
		    knowledge_name(k));
	return found == 1 ? 0 : -1;
}

int whatif_not(struct whynot *w, struct session *s, const char *id, struct err *err)
{
	struct knowledge *k = session_knowledge(s);
	struct inquest in = {.session = s, .err = err};
	struct reasons reasons = {0};
	int result = -1;

	*w = (struct whynot){.best = -1};
	in.questions = knowledge_questions(k, err);
	if (in.questions == NULL || whynot_find(w, k, id, err) == -1 ||
	    whynot_stand(w, s, err) == -1)
		return -1;
	in.article = w->article;
	if (knowledge_facts(k, w->article, &in.facts, err) == 0 &&
	    explain_article(&reasons, s, w->article, err) == 0)
		result = whynot_object(w, &in, &reasons);
	reasons_fini(&reasons);
	facts_fini(&in.facts);
	return result;
}

static void objection_fini(struct objection *o)
{
	for (size_t i = 0; i < o->nneeds; i++) {
		free(o->needs[i].value);
		free(o->needs[i].label);
	}
	free(o->needs);
	free(o->quote);
}

void whynot_fini(struct whynot *w)
{
	for (size_t i = 0; i < w->n; i++)
		objection_fini(&w->list[i]);
	free(w->list);
	*w = (struct whynot){.best = -1};
}
