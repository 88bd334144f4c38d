/* SPDX-License-Identifier: ISC */
/* What is said of other answers: what each would leave, why not that article, what if. */

#include "view.h"

#include <stdlib.h>
#include <string.h>

#include "../decision/explain.h"
#include "../kb/xalloc.h"
#include "view_parts.h"

#define LABEL_COLUMNS 60 /* a message is cut here */
#define LABELS_MERGED 3 /* answers that lead to the same: so many are named */
#define LIKELIEST 3

/* "3 articles, Q192440 61%"; the caller frees it. NULL and err when the file fails. */
static char *outcome_text(struct knowledge *k, const struct outcome *o, struct err *err)
{
	struct head head = {0};
	char *percent, *text;

	if (knowledge_head(k, o->article, &head, err) == -1)
		return NULL;
	percent = view_percent(o->status == STATUS_NONE ? o->none : o->probability);
	if (o->status == STATUS_ASK)
		text = xasprintf("%zu %s, %s %s", o->articles_left,
		    o->articles_left == 1 ? "article" : "articles", head.id, percent);
	else if (o->status == STATUS_ADVISE)
		text = xasprintf("the advice of %s, %s", head.id, percent);
	else
		text = xasprintf("nothing that fits, none of them %s", percent);
	free(percent);
	head_fini(&head);
	return text;
}

/* What it leads to, in words; NULL and err when the file fails. */
static char *prospect_text(struct knowledge *k, const struct prospect *p, struct err *err)
{
	char *after = outcome_text(k, &p->after, err), *text = NULL;

	if (after != NULL)
		text = xasprintf(
		    "%s %s", p->after.status == STATUS_ASK ? "leaves" : "ends with", after);
	free(after);
	return text;
}

static int prospects_texts(
    char **texts, const struct prospects *list, struct knowledge *k, struct err *err)
{
	for (size_t i = 0; i < list->n; i++) {
		texts[i] = prospect_text(k, &list->list[i], err);
		if (texts[i] == NULL)
			return -1;
	}
	return 0;
}

/*
 * Whether not knowing is among the two: it says how many cannot answer, the others what is
 * answered if people can, and it stays apart.
 */
static bool prospects_differ(const struct prospect *a, const struct prospect *b)
{
	return (strcmp(a->value, "unknown") == 0) != (strcmp(b->value, "unknown") == 0);
}

/* The answers from `first` on that lead to the same, "A, B and 3 more"; their texts go. */
static void view_prospect(
    struct page *page, const struct prospects *list, char **texts, size_t first)
{
	char *same = texts[first], *percent;
	double sum = 0;
	size_t n = 0, len;
	char *labels = NULL;
	FILE *f = xopen_memstream(&labels, &len);

	for (size_t i = first; i < list->n; i++) {
		char *label;

		if (texts[i] == NULL || strcmp(texts[i], same) != 0 ||
		    prospects_differ(&list->list[first], &list->list[i]))
			continue;
		sum += list->list[i].probability;
		label = layout_cut(list->list[i].label, LABEL_COLUMNS, false);
		if (n < LABELS_MERGED)
			fprintf(f, "%s%s", n > 0 ? "; " : "", label);
		free(label);
		n++;
		if (i > first) {
			free(texts[i]);
			texts[i] = NULL;
		}
	}
	if (n > LABELS_MERGED)
		fprintf(f, " and %zu more", n - LABELS_MERGED);
	xclose_memstream(f);
	percent = view_percent(sum);
	page_addf(page, TONE_TEXT, "%s (%s): %s", labels, percent, same)->indent = 2;
	free(percent);
	free(labels);
}

static int view_prospects(struct page *page, struct session *session, struct err *err)
{
	const struct prospects *prospects = whatif_prospects(session, err);
	char **texts;
	int result;

	if (prospects == NULL)
		return -1;
	if (prospects->n == 0)
		return 0;
	texts = xcalloc(prospects->n, sizeof *texts);
	result = prospects_texts(texts, prospects, session_knowledge(session), err);
	page_gap(page);
	page_add(page, TONE_HEADING, "What each answer would leave");
	for (size_t i = 0; i < prospects->n; i++) {
		if (result == 0 && texts[i] != NULL)
			view_prospect(page, prospects, texts, i);
		free(texts[i]);
	}
	free(texts);
	return result;
}

int view_why(
    struct page *page, struct session *session, const struct state *state, struct err *err)
{
	char *none = view_percent(state->belief->none);

	page_add(page, TONE_TITLE, "What is likely, and why");
	page_gap(page);
	if (state->status == STATUS_ASK && state->decision.variant)
		page_add(page, TONE_TEXT,
		    "The question asked decides which of the likeliest article's advice is "
		    "for you.");
	else if (state->status == STATUS_ASK)
		page_addf(page, TONE_TEXT,
		    "The question asked tells most for the time it takes: its answer is "
		    "expected to settle %.0f%% of what is open.",
		    100 * state->decision.gain / belief_entropy(state->belief));
	page_addf(page, TONE_TEXT, "That it is none of the articles is %s likely.", none);
	free(none);
	return view_prospects(page, session, err);
}

/* "Yes or No"; the caller frees it. */
static char *needs_text(const struct objection *o)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	for (size_t i = 0; i < o->nneeds; i++) {
		char *label = layout_cut(o->needs[i].label, LABEL_COLUMNS, false);

		fprintf(f, "%s\"%s\"", i > 0 ? " or " : "", label);
		free(label);
	}
	xclose_memstream(f);
	return text;
}

static void view_objection(
    struct page *page, struct session *session, const struct objection *o, bool best)
{
	char *needs = needs_text(o), *percent = view_percent(o->probability);
	const struct reason reason = {
	    .given = o->given, .against = true, .quote = o->quote, .line = o->line};

	view_reason(page, session, &reason);
	page_addf(page, TONE_TEXT, "%s%s%s it would be %s likely%s.",
	    o->nneeds > 0 ? "With " : "Without this answer", needs,
	    o->nneeds > 0 ? " instead" : "", percent,
	    best ? "; no other change does as much" : "")
	    ->indent = 11;
	free(percent);
	free(needs);
}

int view_why_not(
    struct page *page, struct session *session, const struct whynot *w, struct err *err)
{
	struct head head = {0};
	char *percent;

	if (knowledge_head(session_knowledge(session), w->article, &head, err) == -1)
		return -1;
	percent = view_percent(w->probability);
	page_addf(page, TONE_TITLE, "%s: %s", head.id, head.title);
	page_addf(page, TONE_TEXT, "It is %s likely, number %zu of %u.", percent, w->rank,
	    knowledge_narticles(session_knowledge(session)));
	if (w->n == 0)
		page_add(page, TONE_TEXT, "No answer speaks against it.");
	for (size_t i = 0; i < w->n; i++)
		view_objection(page, session, &w->list[i], w->n > 1 && w->best == (int)i);
	free(percent);
	head_fini(&head);
	return 0;
}

static int view_outcome(
    struct page *page, const char *label, struct session *session, struct err *err)
{
	struct outcome o;
	char *text;

	if (whatif_outcome(&o, session, err) == -1)
		return -1;
	text = outcome_text(session_knowledge(session), &o, err);
	if (text == NULL)
		return -1;
	page_label(page, TONE_TEXT, 2, 6, label, text);
	free(text);
	return 0;
}

int view_what_if(
    struct page *page, struct session *session, struct session *other, struct err *err)
{
	struct knowledge *k = session_knowledge(session);
	const struct state *state = session_state(other, err);

	page_add(page, TONE_TITLE, "What if");
	if (state == NULL || view_outcome(page, "now", session, err) == -1 ||
	    view_outcome(page, "then", other, err) == -1)
		return -1;
	page_gap(page);
	return view_candidates(page, k, state, LIKELIEST, err);
}
