/* SPDX-License-Identifier: ISC */
/* Each answer beside what one article says of its question, with the article's words. */

#include "explain.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "words.h"

/* A message counts as found in an article when this share of its tokens is there. */
#define MESSAGE_SHARE 0.4

/* What is known of the article while its reasons are gathered. */
struct inquiry {
	const struct questions *questions;
	struct facts facts;
	struct tokens {
		char **list; /* in byte order */
		size_t n, cap;
	} signature;
};

static void tokens_add(void *arg, const char *token, bool identifier)
{
	struct tokens *t = arg;

	(void)identifier;
	t->list = xgrow(t->list, t->n, &t->cap, sizeof *t->list);
	t->list[t->n++] = xstrdup(token);
}

static void tokens_fini(struct tokens *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->list[i]);
	free(t->list);
	*t = (struct tokens){0};
}

static int tokens_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool tokens_hold(const struct tokens *t, const char *token)
{
	return t->n > 0 &&
	       bsearch(&token, t->list, t->n, sizeof *t->list, tokens_compare) != NULL;
}

/* The share of the tokens of `of` that `in` holds; 0 for no tokens. */
static double tokens_share(const struct tokens *of, const struct tokens *in)
{
	size_t held = 0;

	for (size_t i = 0; i < of->n; i++)
		held += tokens_hold(in, of->list[i]);
	return of->n > 0 ? (double)held / (double)of->n : 0.0;
}

static void tokens_of(struct tokens *t, const char *text)
{
	*t = (struct tokens){0};
	words_each(text, tokens_add, t);
	if (t->n > 0)
		qsort(t->list, t->n, sizeof *t->list, tokens_compare);
}

static void tokens_of_signature(struct tokens *t, const char *signature)
{
	struct signed_word word;

	*t = (struct tokens){0};
	while (words_signature_next(&signature, &word)) {
		t->list = xgrow(t->list, t->n, &t->cap, sizeof *t->list);
		t->list[t->n++] = xstrndup(word.token, word.len);
	}
}

static bool fact_speaks_of(const struct fact *f, size_t question)
{
	return f->question == question && f->role != ROLE_CURING;
}

static bool fact_is(const struct fact *f, const struct given *g)
{
	if (g->kind == GIVEN_ANSWER)
		return f->answer == g->answer;
	return g->kind == GIVEN_VALUE && f->value != NULL &&
	       strcmp(f->value, g->value) == 0;
}

static void reasons_add(struct reasons *r, size_t given, bool against, const struct fact *f)
{
	r->list[r->n++] = (struct reason){
	    .given = given,
	    .against = against,
	    .quote = f != NULL ? xstrdup(f->quote) : NULL,
	    .line = f != NULL ? f->line : 0,
	};
}

/* The message of the article that shares most tokens with the one given, or NULL. */
static const struct fact *message_nearest(
    const struct inquiry *in, size_t question, const struct tokens *given)
{
	const struct fact *nearest = NULL;
	double best = 0;

	for (size_t i = 0; i < in->facts.n; i++) {
		const struct fact *f = &in->facts.list[i];
		struct tokens said;
		double share;

		if (!fact_speaks_of(f, question) || f->value == NULL)
			continue;
		tokens_of(&said, f->value);
		share = tokens_share(given, &said);
		tokens_fini(&said);
		if (share > best) {
			best = share;
			nearest = f;
		}
	}
	return nearest;
}

static void explain_message(
    struct reasons *r, const struct inquiry *in, size_t i, const struct given *g)
{
	struct tokens given;

	tokens_of(&given, g->value);
	if (tokens_share(&given, &in->signature) >= MESSAGE_SHARE)
		reasons_add(r, i, false, message_nearest(in, (size_t)g->question, &given));
	else if (given.n > 0)
		reasons_add(r, i, true, NULL);
	tokens_fini(&given);
}

/*
 * An answer the article names is for it. Naming only others is against it, and so is not
 * mentioning an open value at all; silence on a choice says nothing.
 */
static void explain_answer(
    struct reasons *r, const struct inquiry *in, size_t i, const struct given *g)
{
	const struct fact *same = NULL, *other = NULL;

	for (size_t f = 0; f < in->facts.n; f++) {
		const struct fact *fact = &in->facts.list[f];

		if (!fact_speaks_of(fact, (size_t)g->question))
			continue;
		if (same == NULL && fact_is(fact, g))
			same = fact;
		else if (other == NULL)
			other = fact;
	}
	if (same != NULL)
		reasons_add(r, i, false, same);
	else if (other != NULL || g->kind == GIVEN_VALUE)
		reasons_add(r, i, true, other);
}

static void explain_given(
    struct reasons *r, const struct inquiry *in, size_t i, const struct given *g)
{
	if (g->question < 0 || g->kind == GIVEN_UNKNOWN || g->kind == GIVEN_UNCLEAR ||
	    g->kind == GIVEN_ASIDE)
		return;
	if (g->kind == GIVEN_VALUE &&
	    in->questions->list[g->question].recogniser == RECOGNISE_MESSAGE)
		explain_message(r, in, i, g);
	else
		explain_answer(r, in, i, g);
}

static int inquiry_open(
    struct inquiry *in, struct knowledge *k, uint32_t article, struct err *err)
{
	char *signature;

	in->questions = knowledge_questions(k, err);
	if (in->questions == NULL || knowledge_facts(k, article, &in->facts, err) == -1)
		return -1;
	signature = knowledge_signature(k, article, err);
	if (signature == NULL)
		return -1;
	tokens_of_signature(&in->signature, signature);
	free(signature);
	return 0;
}

int explain_article(struct reasons *r, struct session *s, uint32_t article, struct err *err)
{
	struct inquiry in = {0};
	size_t n;
	const struct given *given = session_given(s, &n);
	int result = inquiry_open(&in, session_knowledge(s), article, err);

	*r = (struct reasons){.list = xcalloc(n + 1, sizeof *r->list)};
	for (size_t i = 0; result == 0 && i < n; i++)
		explain_given(r, &in, i, &given[i]);
	facts_fini(&in.facts);
	tokens_fini(&in.signature);
	return result;
}

void reasons_fini(struct reasons *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->list[i].quote);
	free(r->list);
	*r = (struct reasons){0};
}
