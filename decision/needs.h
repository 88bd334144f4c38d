/* SPDX-License-Identifier: ISC */
/*
 * The needs of many patterns against one text. Whoever reads one sentence has no use for a
 * set (pattern_set.h), which takes longer to make than all patterns take to match; and to
 * compile the patterns takes longer still. So kbc writes down what each pattern needs, and
 * the wizard compiles those alone whose needs a text meets: some forty of four hundred.
 *
 * A need is found by a checksum of the pattern's source as its author wrote it. A pattern
 * whose need is not there is tried on every text: results are the same, whatever is missing.
 * Used by pattern.c and recognise.c; kept by the knowledge file.
 */
#ifndef DECISION_NEEDS_H
#define DECISION_NEEDS_H

#include <stddef.h>
#include <stdint.h>

#include "../kb/err.h"
#include "need.h"

/* Packing: any number of sources, each once or more often. */
struct needs_builder;

struct needs_builder *needs_builder_new(void);
void needs_builder_add(struct needs_builder *, const char *source, const struct need *);
/* One run of bytes, equal for equal patterns, which the caller frees; the builder is freed. */
unsigned char *needs_builder_finish(struct needs_builder *, size_t *len);

struct needs;

/* Of no pattern anything is known. */
extern const struct needs needs_none;

/* NULL and err (ERR_DATA) unless the bytes are whole and each need is well formed. */
struct needs *needs_unpack(const unsigned char *, size_t len, struct err *);
void needs_free(struct needs *);

/* What that pattern needs, packed, as long as `needs` lives; NULL if that is not known. */
const unsigned char *needs_of(const struct needs *, const char *source);

/* What there is in a text. */
struct text_map;

struct text_map *text_map_new(const char *text, size_t len);
void text_map_free(struct text_map *);

/* Whether the text may meet the need. */
bool need_may_be_met(const unsigned char *need, const struct text_map *);

#endif
