/* SPDX-License-Identifier: ISC */
/*
 * What the curated file changes in an article's facts and advice. Used by kbc. Entries have
 * kept their places in the file, because whether a quotation stands in the article shows
 * only when the article is at hand.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "curated_private.h"
#include "curated_quote.h"

struct application {
	const struct curated *curated;
	const struct article *article;
	const struct questions *questions;
	struct facts *facts;
	struct advices *advices;
	struct diag *diag;
};

/* Finds a quotation, or reports at its node that the article has none. */
static bool quote_place(
    struct application *a, int node, const char *quote, struct curated_place *found)
{
	if (curated_quote_find(a->article, quote, found))
		return true;
	yamlfile_report(a->curated->yaml, a->diag, DIAG_CURATED_QUOTE,
	    yamlfile_value(a->curated->yaml, node, "quote"), "%s", a->article->id);
	return false;
}

/* Drops what was extracted for a question; with a node it is said what the fact there beats. */
static void facts_forget(struct application *a, size_t question, int node)
{
	const struct question *q = &a->questions->list[question];
	struct facts *facts = a->facts;
	size_t n = 0;

	for (size_t i = 0; i < facts->n; i++) {
		struct fact *f = &facts->list[i];

		if (f->question != question || f->curated) {
			facts->list[n++] = *f;
			continue;
		}
		if (node != 0)
			yamlfile_report(a->curated->yaml, a->diag, DIAG_CURATED_BEATS, node,
			    "%s, %s: %s of line %u", a->article->id, q->key,
			    f->answer >= 0 ? q->answers[f->answer].key : f->value, f->line);
		free(f->value);
		free(f->quote);
	}
	facts->n = n;
}

/* The facts a statement makes, none where its question or answers are unknown. */
static struct facts facts_make(
    const struct questions *qs, const struct statement *s, struct curated_place *found)
{
	struct facts made = {0};
	struct fact fact = {
	    .question = (size_t)questions_find(qs, s->question),
	    .role = ROLE_AFFECTED,
	    .curated = true,
	    .section = found->section,
	    .line = found->line,
	    .quote = found->words,
	};

	for (size_t i = 0; i < s->nanswers; i++) {
		if (curated_answer(
			qs, fact.question, s->answers[i], &fact.answer, &fact.value))
			facts_add(&made, &fact);
		free(fact.value);
	}
	return made;
}

static void fact_apply(struct application *a, int node, const struct statement *s)
{
	struct curated_place found;
	struct facts made;

	if (questions_find(a->questions, s->question) < 0 ||
	    !quote_place(a, node, s->quote, &found))
		return;
	made = facts_make(a->questions, s, &found);
	if (made.n > 0)
		facts_forget(a, made.list[0].question, node);
	for (size_t i = 0; i < made.n; i++)
		facts_add(a->facts, &made.list[i]);
	facts_fini(&made);
	free(found.words);
}

static void risks_apply(struct application *a, int node, const struct added_risks *r)
{
	bool any = false;

	for (size_t i = 0; i < a->advices->n; i++) {
		struct advice *advice = &a->advices->list[i];

		if (advice->kind != r->kind)
			continue;
		advice->risks |= r->risks;
		any = true;
	}
	if (!any)
		yamlfile_report(a->curated->yaml, a->diag, DIAG_CURATED_RISK, node,
		    "%s gives no %s", a->article->id, advice_kind_name(r->kind));
}

/* False when the question or every answer is unknown: never advice for too many. */
static bool condition_make(
    const struct questions *qs, const struct statement *s, struct condition *condition)
{
	int question = questions_find(qs, s->question), answer;

	if (question < 0)
		return false;
	*condition = (struct condition){.question = (size_t)question};
	for (size_t i = 0; i < s->nanswers; i++) {
		answer = question_answer(&qs->list[question], s->answers[i]);
		if (answer >= 0)
			condition->answers |= UINT64_C(1) << answer;
	}
	return condition->answers != 0 && !question_is_open(&qs->list[question]);
}

/* Into the order that advice has: of kinds, then of lines. */
static void advices_insert(struct advices *list, struct advice *added)
{
	size_t at = list->n;

	list->list = xgrow(list->list, list->n, &list->cap, sizeof *list->list);
	while (at > 0 && (list->list[at - 1].kind > added->kind ||
			     (list->list[at - 1].kind == added->kind &&
				 list->list[at - 1].line > added->line)))
		at--;
	memmove(&list->list[at + 1], &list->list[at], (list->n - at) * sizeof *list->list);
	list->list[at] = *added;
	list->n++;
}

static void advice_apply(struct application *a, int node, const struct added_advice *from)
{
	struct advice advice = {.kind = from->kind, .risks = from->risks};
	struct curated_place found;

	if (from->quote == NULL && from->text == NULL)
		return;
	advice.applies = xcalloc(from->napplies + 1, sizeof *advice.applies);
	for (; advice.napplies < from->napplies; advice.napplies++)
		if (!condition_make(a->questions, &from->applies[advice.napplies],
			&advice.applies[advice.napplies]))
			break;
	if (advice.napplies < from->napplies ||
	    !quote_place(a, node, from->quote, &found)) {
		free(advice.applies);
		return;
	}
	advice.section = found.section;
	advice.line = found.line;
	free(found.words);
	advice.text = scan_fold(from->text != NULL ? from->text : from->quote);
	advice.steps = xcalloc(from->nsteps + 1, sizeof *advice.steps);
	for (; advice.nsteps < from->nsteps; advice.nsteps++)
		advice.steps[advice.nsteps] = scan_fold(from->steps[advice.nsteps]);
	advices_insert(a->advices, &advice);
}

static void entry_apply(struct application *a, int node, const struct entry *e)
{
	const struct curated *c = a->curated;

	for (size_t i = 0; i < e->nforget; i++) {
		int question = questions_find(a->questions, e->forget[i]);

		if (question >= 0)
			facts_forget(a, (size_t)question, 0);
	}
	for (size_t i = 0; i < e->nfacts; i++)
		fact_apply(a, curated_node(c, node, "facts", i), &e->facts[i]);
	for (size_t i = 0; i < e->nadvice; i++)
		advice_apply(a, curated_node(c, node, "advice", i), &e->advice[i]);
	for (size_t i = 0; i < e->nrisks; i++)
		risks_apply(a, curated_node(c, node, "risks", i), &e->risks[i]);
	facts_sort(a->facts);
}

/* The place in by_id of the first entry whose identifier is not less than id. */
static size_t entries_from(const struct curated *c, const char *id)
{
	size_t low = 0, high = c->entries->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(c->entries->list[c->by_id[middle]].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void curated_apply(struct curated *c, const struct article *article,
    const struct questions *qs, struct facts *facts, struct advices *advices,
    struct diag *diag)
{
	struct application a = {
	    .curated = c,
	    .article = article,
	    .questions = qs,
	    .facts = facts,
	    .advices = advices,
	    .diag = diag,
	};

	for (size_t at = entries_from(c, article->id); at < c->entries->n; at++) {
		size_t i = c->by_id[at];

		if (strcmp(c->entries->list[i].id, article->id) != 0)
			break;
		c->used[i] = true;
		entry_apply(&a, curated_entry_node(c, i), &c->entries->list[i]);
	}
}
