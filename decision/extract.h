/* SPDX-License-Identifier: ISC */
/*
 * Articles to facts. A fact is "this article, this question, this answer" with its evidence:
 * section, line and the words themselves. Used by kbc; printed by facts_print for goldens
 * and `kbc show`.
 */
#ifndef DECISION_EXTRACT_H
#define DECISION_EXTRACT_H

#include "../kb/article.h"
#include "recognise.h"

struct fact {
	size_t question;
	int answer; /* index of a choice, -1 for an open question */
	char *value; /* canonical value of an open question, else NULL */
	enum role role;
	bool curated; /* stated in the curated file, not read off the article */
	enum section_kind section;
	unsigned line; /* of the article file, from 1 */
	char *quote; /* words that stand on that line, verbatim but for clean UTF-8 */
};

/* Ordered by question, then role, then answer or value, then line; one fact per value. */
struct facts {
	struct fact *list;
	size_t n, cap;
};

/* Fills facts with what the recognisers find in the article. */
void facts_extract(struct facts *, const struct recognisers *, const struct questions *,
    const struct article *);
/* Adds a copy, replacing one of the same question, role and answer or value. */
void facts_add(struct facts *, const struct fact *);
/* Puts them in the order above and drops repetitions. */
void facts_sort(struct facts *);
void facts_fini(struct facts *);
void facts_print(FILE *, const struct facts *, const struct questions *);

/*
 * Cuts the quotation of text[span] of a block down to the line its deciding words begin on.
 * Sets *line and returns the words; the caller frees them.
 */
char *evidence_quote(const struct block *, struct span, unsigned *line);

#endif
