/* SPDX-License-Identifier: ISC */
/*
 * The sign of an article: one sentence or message by which somebody who has its problem
 * would know it. When no other question tells apart what is left, the wizard shows the signs
 * of the likeliest articles and asks "Which of these do you see?". extract.c keeps the sign
 * as a fact of the question whose recogniser is `sign`; the case table keeps its sketch.
 */
#ifndef DECISION_SIGN_H
#define DECISION_SIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "extract.h"

/* How long a sign may be, in bytes; a longer sentence is cut at a word. */
#define SIGN_LONGEST 240

/*
 * The sentence of SYMPTOMS that is best understood alone, with the message it announces;
 * the title where there is none. Fills value, section, line and quote of the fact; false
 * where the article has nothing to show. facts_add copies what is owned by the caller here.
 */
bool sign_find(const struct article *, struct fact *);

/*
 * A sketch of the words of a text (SimHash; Charikar 2002): of texts that share most of
 * their words few of the 64 bits differ. Never 0, which stands for "no sign".
 */
uint64_t sign_sketch(const char *text);

/* Whether two sketches are of texts that say nearly the same; no sketch is like 0. */
bool sign_alike(uint64_t, uint64_t);

#endif
