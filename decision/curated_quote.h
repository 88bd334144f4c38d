/* SPDX-License-Identifier: ISC */
/* Where quoted words stand in an article. Used by curated.c. */
#ifndef DECISION_CURATED_QUOTE_H
#define DECISION_CURATED_QUOTE_H

#include "extract.h"

struct curated_place {
	enum section_kind section;
	unsigned line;
	char *words; /* as they stand on that line; owned */
};

/*
 * Finds the first block that holds the quotation, whatever its white space and line ends.
 * Without a quotation the place is the title. False if no block has it.
 */
bool curated_quote_find(const struct article *, const char *quote, struct curated_place *);

#endif
