/* SPDX-License-Identifier: ISC */
/*
 * Free text to facts: what a caller says or pastes, read with the recognisers that read
 * the articles. Used by the session for `--text` and the start screen.
 */
#ifndef DECISION_UNDERSTAND_H
#define DECISION_UNDERSTAND_H

#include "recognise.h"

/* One thing understood, with the words it came from (a copy). */
struct understood {
	size_t question;
	int answer; /* index of a choice, else -1 */
	char *value; /* canonical value of an open question, else NULL */
	char *quote;
};

struct understandings {
	struct understood *list; /* in order of question, then of place; one per value */
	size_t n, cap;
};

/*
 * Appends what the text says. A choice of which it names two answers is left out: it is
 * better asked.
 */
void understand(struct understandings *, const struct recognisers *,
    const struct questions *, const char *text);
void understandings_fini(struct understandings *);

#endif
