/* SPDX-License-Identifier: ISC */
/*
 * Words as evidence: which articles a description or a message speaks of. The
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
 * What an article is compared by: its tokens in byte order, each once and followed by its
 * weight, "beep 4 printer 10"; how often it occurs, and more for a title than for a cause. The
 * caller frees it.
 */
char *words_signature(const struct article *);

/* One token of a signature. */
struct signed_word {
	const char *token; /* of `len` bytes, inside the signature */
	size_t len;
	unsigned weight;
};

/* The token at *at, which moves on; false at the end. */
bool words_signature_next(const char **at, struct signed_word *);

struct word_matches {
	struct likelihood_ratio *list; /* ascending by article */
	size_t n;
	double rest; /* ratio of every article that is not listed */
	double vague; /* P(it is about another article than it seems); 0 for no words */
};

/* What was fitted (HACKING has the figures); the essay in words_match.c says what each means. */
struct words_parameters {
	double ghost;
	double smoothing;
	double temper;
	double own;
	double vague;
	size_t candidates; /* articles told from the rest */
};

extern const struct words_parameters words_parameters;

/* How many tokens the text has. */
size_t words_count(const char *text);

/*
 * -1 and err when the knowledge file cannot be read. An empty text leaves everything at 1.
 * `said` tokens were said in all, where part of them counts otherwise; 0: those of the text.
 */
int words_match(
    struct word_matches *, struct knowledge *, const char *text, size_t said, struct err *);
/* The same with parameters that are being fitted. */
int words_match_with(struct word_matches *, const struct words_parameters *,
    struct knowledge *, const char *text, size_t said, struct err *);
void word_matches_fini(struct word_matches *);

#endif
