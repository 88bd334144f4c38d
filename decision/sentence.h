/* SPDX-License-Identifier: ISC */
/*
 * Where sentences begin and end. Recognisers ask which words govern a version, quotations
 * are cut at sentences, advice is made of them. Used inside decision/ only.
 *
 * A sentence ends behind '.', '!' or '?' (and the quotes or brackets that close after it)
 * where white space follows and the next word does not begin with a small letter; a stop
 * behind an abbreviation ("Dr.", "U.S.", "no.") ends none.
 */
#ifndef DECISION_SENTENCE_H
#define DECISION_SENTENCE_H

#include "pattern.h"

/* End of the sentence that begins at `from`, white space behind it not included. */
size_t sentence_end(const char *text, size_t len, size_t from);

/* The first byte at or behind `from` that is not white space, at most len. */
size_t sentence_skip_space(const char *text, size_t len, size_t from);

/* The sentence that holds the byte at `at`; of a very long one the part around it. */
struct span sentence_around(const char *text, size_t len, size_t at);

/* Whether text is nothing but the word between two alternatives: "-or-". */
bool sentence_is_connective(const char *text);

#endif
