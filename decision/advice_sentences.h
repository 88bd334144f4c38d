/* SPDX-License-Identifier: ISC */
/*
 * What the sentences of a block say: of which kind of advice each is, what it risks, whether
 * it is boilerplate, for which answers it is. Used by the files of advice.c only.
 */
#ifndef DECISION_ADVICE_SENTENCES_H
#define DECISION_ADVICE_SENTENCES_H

#include "advice.h"
#include "pattern_list.h"

struct advisor {
	const struct questions *questions;
	const struct recognisers *recognisers;
	struct pattern_list kinds[ADVICE_NKINDS], risks[RISK_NKINDS], drop, confirmed,
	    instructs, references, lists;
	struct pattern_set *set; /* of those that are sought in sentences, or NULL */
};

struct sentence {
	struct span where; /* in the text of its block */
	enum advice_kind kind; /* ADVICE_NKINDS: no phrase matched */
	unsigned risks; /* bits 1u << enum risk */
	bool drop; /* boilerplate */
	bool refers; /* to a cure that the article tells elsewhere */
	bool confirmed; /* says which versions have the problem */
};

struct sentences {
	struct sentence *list;
	size_t n, cap;
};

/* "Method 2", "Option B:", "Another way is": the beginning of an alternative. */
bool paragraph_is_method(const char *text);
/* "NOTE: ..." and its like. */
bool paragraph_is_note(const char *text);
/* Ends in a colon. */
bool paragraph_announces(const char *text);

/* A set of conditions; equal sets compare equal as lists. */
struct conditions {
	struct condition *list;
	size_t n;
};

/* The sentences of a block; one of all its text where line ends count. */
void sentences_read(struct sentences *, const struct advisor *, const struct block *);
/* All risks that any of them tells of. */
unsigned sentences_risks(const struct sentences *);
void sentences_fini(struct sentences *);

/* The answers of variant questions that text[where] names. */
void conditions_read(
    struct conditions *, const struct advisor *, const char *text, struct span where);
/*
 * The same for what a later version cures: the answers before the first one that text[where]
 * says cures, less those that it does not name as affected if it names any.
 */
void conditions_read_older(
    struct conditions *cs, const struct advisor *, const char *text, struct span where);
bool conditions_equal(
    const struct condition *a, size_t na, const struct condition *b, size_t nb);
void conditions_copy(struct conditions *, const struct conditions *);
void conditions_fini(struct conditions *);

#endif
