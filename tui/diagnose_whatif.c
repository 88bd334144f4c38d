/* SPDX-License-Identifier: ISC */
/* Other answers tried: --why, --why-not and --what-if, as JSON or in words. */

#include "diagnose_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/whatif.h"
#include "../kb/xalloc.h"
#include "view.h"

/* The session with "question=answer" tried; NULL and err. */
static struct session *session_try(
    const struct session *s, const char *assignment, struct err *err)
{
	size_t len = strcspn(assignment, "=");
	char *key = xstrndup(assignment, len);
	struct session *other = whatif_answer(s, key, assignment + len + 1, err);

	free(key);
	return other;
}

/* JSON. */

/* Appends or frees; -1 if there is none. */
static int json_take(json_t *list, json_t *j)
{
	return j != NULL ? json_array_append_new(list, j) : -1;
}

static json_t *json_outcome(struct knowledge *k, const struct outcome *o, struct err *err)
{
	struct head head = {0};
	json_t *j;

	if (knowledge_head(k, o->article, &head, err) == -1)
		return NULL;
	j = json_pack("{s:s, s:o, s:o, s:o, s:I}", "status", status_name(o->status),
	    "article", json_text(head.id), "probability", json_probability(o->probability),
	    "none", json_probability(o->none), "articles", (json_int_t)o->articles_left);
	head_fini(&head);
	return j;
}

static json_t *json_prospect(struct knowledge *k, const struct prospect *p, struct err *err)
{
	json_t *leaves = json_outcome(k, &p->after, err);

	if (leaves == NULL)
		return NULL;
	return json_pack("{s:o, s:o, s:o, s:o}", "answer", json_text(p->value), "label",
	    json_text(p->label), "probability", json_probability(p->probability), "leaves",
	    leaves);
}

static int json_add_prospects(json_t *state, struct session *s, struct err *err)
{
	json_t *question = json_object_get(state, "question"), *list = json_array();
	const struct prospects *p = whatif_prospects(s, err);
	int result = p != NULL ? 0 : -1;

	for (size_t i = 0; result == 0 && i < p->n; i++)
		result =
		    json_take(list, json_prospect(session_knowledge(s), &p->list[i], err));
	if (result == 0 && json_is_object(question))
		json_object_set(question, "prospects", list);
	json_decref(list);
	return result;
}

static json_t *json_objection(
    const struct objection *o, const struct given *g, const struct questions *questions)
{
	json_t *needs = json_array();

	for (size_t i = 0; i < o->nneeds; i++)
		json_array_append_new(needs,
		    json_pack("{s:o, s:o, s:o}", "answer", json_text(o->needs[i].value),
			"label", json_text(o->needs[i].label), "probability",
			json_probability(o->needs[i].probability)));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "question",
	    json_text(given_question(g, questions)), "answer", json_text(g->value), "quote",
	    json_text(o->quote), "line",
	    o->quote != NULL ? json_integer(o->line) : json_null(), "needs", needs,
	    "probability", json_probability(o->probability));
}

static json_t *json_whynot(struct session *s, const struct whynot *w,
    const struct questions *questions, struct err *err)
{
	struct head head = {0};
	json_t *against, *j;
	size_t n;
	const struct given *given = session_given(s, &n);

	if (knowledge_head(session_knowledge(s), w->article, &head, err) == -1)
		return NULL;
	against = json_array();
	for (size_t i = 0; i < w->n; i++)
		json_array_append_new(against,
		    json_objection(&w->list[i], &given[w->list[i].given], questions));
	j = json_pack("{s:o, s:o, s:I, s:o, s:o}", "article", json_text(head.id),
	    "probability", json_probability(w->probability), "rank", (json_int_t)w->rank,
	    "against", against, "most",
	    w->best < 0
		? json_null()
		: json_text(given_question(&given[w->list[w->best].given], questions)));
	head_fini(&head);
	return j;
}

static int json_add_whynot(json_t *state, struct session *s, const struct questions *q,
    const char *id, struct err *err)
{
	struct whynot w;
	json_t *j = NULL;

	if (whatif_not(&w, s, id, err) == 0)
		j = json_whynot(s, &w, q, err);
	whynot_fini(&w);
	return j != NULL ? json_object_set_new(state, "why_not", j) : -1;
}

static json_t *json_whatif(struct session *other, const struct request *r,
    const struct questions *questions, struct err *err)
{
	const struct state *st = session_state(other, err);
	size_t len = strcspn(r->what_if, "=");
	char *key = xstrndup(r->what_if, len);
	json_t *candidates = NULL, *j = NULL;
	struct outcome o;

	if (st != NULL)
		candidates = json_candidates(other, st, r->shortlist, questions, err);
	if (candidates != NULL && whatif_outcome(&o, other, err) == 0)
		j = json_pack("{s:o, s:o, s:s, s:o, s:o, s:I}", "question", json_text(key),
		    "answer", json_text(r->what_if + len + 1), "status",
		    status_name(o.status), "candidates", candidates, "none",
		    json_probability(o.none), "articles", (json_int_t)o.articles_left);
	free(key);
	return j;
}

static int json_add_whatif(json_t *state, struct session *s, const struct questions *q,
    const struct request *r, struct err *err)
{
	struct session *other = session_try(s, r->what_if, err);
	json_t *j = other != NULL ? json_whatif(other, r, q, err) : NULL;

	session_free(other);
	return j != NULL ? json_object_set_new(state, "what_if", j) : -1;
}

int json_add_trials(
    json_t *state, struct session *s, const struct request *r, struct err *err)
{
	const struct questions *q = knowledge_questions(session_knowledge(s), err);

	if (q == NULL || (r->why && json_add_prospects(state, s, err) == -1) ||
	    (r->why_not != NULL && json_add_whynot(state, s, q, r->why_not, err) == -1))
		return -1;
	return r->what_if != NULL ? json_add_whatif(state, s, q, r, err) : 0;
}

/* In words: the pages of the other faces. */

static int page_add_whynot(
    struct page *page, struct session *s, const char *id, struct err *err)
{
	struct whynot w;
	int result = whatif_not(&w, s, id, err);

	page_gap(page);
	if (result == 0)
		result = view_why_not(page, s, &w, err);
	whynot_fini(&w);
	return result;
}

static int page_add_whatif(
    struct page *page, struct session *s, const char *assignment, struct err *err)
{
	struct session *other = session_try(s, assignment, err);
	int result = -1;

	page_gap(page);
	if (other != NULL)
		result = view_what_if(page, s, other, err);
	session_free(other);
	return result;
}

int page_add_trials(
    struct page *page, struct session *s, const struct request *r, struct err *err)
{
	const struct state *st = session_state(s, err);
	int result = st != NULL ? 0 : -1;

	if (result == 0 && r->why)
		result = view_why(page, s, st, err);
	if (result == 0 && r->why_not != NULL)
		result = page_add_whynot(page, s, r->why_not, err);
	if (result == 0 && r->what_if != NULL)
		result = page_add_whatif(page, s, r->what_if, err);
	return result;
}
