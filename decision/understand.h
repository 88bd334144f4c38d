/* SPDX-License-Identifier: ISC */
/*
 * Free text to facts: what a caller says or pastes, read with the recognisers that read
 * the articles, and with what the knowledge file knows: a bare number, a code with a slip in
 * it, the number of an article. Used by the session for `--text` and the start screen.
 */
#ifndef DECISION_UNDERSTAND_H
#define DECISION_UNDERSTAND_H

#include <stdint.h>

#include "recognise.h"

/* What is known, so that understand() needs no knowledge file. */
struct lookup {
	/* whether some article names that canonical value of an open question */
	bool (*value)(void *arg, size_t question, const char *value);
	/* whether there is such an article */
	bool (*article)(void *arg, const char *id);
	/* a token of the articles that is spelled like this unknown one, or NULL; owned */
	char *(*word)(void *arg, const char *token);
	/* whether so many articles have the token that it is no slip */
	bool (*spelled)(void *arg, const char *token);
	void *arg;
};

#define UNDERSTOOD_ARTICLE (SIZE_MAX - 1) /* `value` is the identifier of an article */
#define UNDERSTOOD_WORD SIZE_MAX /* `value` is the word that `slip` was taken for */

/* One thing understood, with the words it came from (a copy). */
struct understood {
	size_t question; /* or one of the above */
	int answer; /* index of a choice, else -1 */
	uint64_t
	    among; /* bits of the answers of a choice that the text names, if several */
	char *value; /* canonical value of an open question, "none", else NULL */
	char *quote;
	char *slip; /* what was typed where something like it was taken, else NULL */
	size_t place; /* in the text */
};

struct understandings {
	struct understood *list; /* in order of question, then of place; one per value */
	size_t n, cap;
};

/*
 * Appends what the text says. A choice of which it names several answers is one item that says
 * `among` which: it is better asked than believed. Without a lookup nothing is tried that the text does not spell out.
 */
void understand(struct understandings *, const struct recognisers *,
    const struct questions *, const struct lookup *, const char *text);
void understandings_fini(struct understandings *);

/*
 * The text with numbers and codes in words made figures: "zero x six bravo alpha" is "0x6ba",
 * "ten sixteen" "1016". The caller frees it.
 */
char *understand_figures(const char *said);

#endif
