/* SPDX-License-Identifier: ISC */
/*
 * The case table: articles x questions, what the engine needs at every step. A builder
 * takes the facts of one article after the other; the packed form is one run of bytes with
 * a checksum, stored in the knowledge file and checked when it is read. Belief and choice
 * work on this alone and never see an article.
 */
#ifndef DECISION_CASETABLE_H
#define DECISION_CASETABLE_H

#include <stdint.h>

#include "extract.h"

/*
 * One question. Exactly one of the three groups is used, by question_is_open() and
 * question_is_sign().
 */
struct column {
	/* choice: bit per answer index that the article names; 0 = silent */
	uint64_t *named; /* [narticles] */
	uint64_t *masks; /* [nmasks] every mask that occurs in named, ascending */
	uint32_t nmasks;
	uint32_t *
	    mask; /* [narticles] index of named[a] in masks: articles alike to this question */
	size_t nanswers;
	double
	    background[QUESTION_MAX_ANSWERS]; /* smoothed share of each answer; sums to 1 */

	/* the signs (sign.h): the sketch of what the article shows; 0 = nothing */
	uint64_t *sketch; /* [narticles] */

	/* open: value v is named by article[first[v]] .. article[first[v + 1] - 1], ascending */
	uint32_t nvalues;
	uint32_t *first; /* [nvalues + 1] */
	uint32_t *article; /* [first[nvalues]] */
	uint32_t *count; /* [narticles] how many values the article names; 0 = silent */
};

struct casetable {
	uint32_t narticles;
	uint32_t ncolumns;
	struct column *columns; /* in the order of the questions */
	double *prior; /* [narticles] sums to 1: given that it is in the file at all */
	uint64_t *variants; /* [narticles] bits: questions to ask before its advice */
};

/* Whether the article says anything of the question. */
bool column_says(const struct column *, uint32_t article);

struct casetable_builder;

struct casetable_builder *casetable_builder_new(const struct questions *);
/* `weight` > 0 is the article's prior before scaling; `variants` as above. */
void casetable_builder_add(
    struct casetable_builder *, const struct facts *, double weight, uint64_t variants);
/*
 * The finished table of at least one article; the builder is freed. `values`, where not NULL, is called once for
 * every value of every open question, ids ascending from 0 in byte order of the value.
 */
struct casetable *casetable_builder_finish(struct casetable_builder *,
    void (*values)(void *arg, size_t question, uint32_t id, const char *value), void *arg);

/* Frees a builder that is not to be finished; NULL is fine. */
void casetable_builder_free(struct casetable_builder *);

void casetable_free(struct casetable *);

/* One run of bytes, the same for the same table on every machine; the caller frees it. */
unsigned char *casetable_pack(const struct casetable *, size_t *len);
/*
 * NULL and err (ERR_DATA) unless the bytes are whole, their checksum right, every index in
 * range and the shape that of `questions`.
 */
struct casetable *casetable_unpack(
    const unsigned char *, size_t len, const struct questions *, struct err *);

void casetable_print(FILE *, const struct casetable *, const struct questions *);

#endif
