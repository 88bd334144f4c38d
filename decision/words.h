/* SPDX-License-Identifier: ISC */
/*
 * Words as evidence: which articles a description or a message speaks of. Articles are
 * found by the rarest words and identifiers, and only those found are scored in full; the
 * essay in words_match.c has the formula. knowledge_write stores what words_signature makes of an
 * article; session asks words_match.
 */
#ifndef DECISION_WORDS_H
#define DECISION_WORDS_H

#include "belief.h"

struct knowledge;

/*
 * Calls `each` for every token of text in order: lower-case words without the commonest ones,
 * identifiers whole ("edbbcli!hrclnsockaddrfromsocket", "0x6ba", "-1018") and in their parts.
 */
void words_each(const char *text,
    void (*each)(void *arg, const char *token, bool identifier), void *arg);

/*
 * The tokens of an article's title, symptoms and messages, each once, separated by blanks, in
 * byte order. The caller frees it.
 */
char *words_signature(const struct article *);

struct word_matches {
	struct likelihood_ratio *list; /* ascending by article */
	size_t n;
	double rest; /* ratio of every article that is not listed */
};

/* -1 and err when the knowledge file cannot be read. An empty text leaves everything at 1. */
int words_match(struct word_matches *, struct knowledge *, const char *text, struct err *);
void word_matches_fini(struct word_matches *);

#endif
