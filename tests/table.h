/* SPDX-License-Identifier: ISC */
/*
 * Case tables for the tests of the engine: written by hand as text, or drawn at random from
 * a seed. Used by casetable_test, belief_test, choose_test and tree_test.
 *
 * Text of an article or of a session: "version=5.5 location=remote event=8010". Of a session
 * also "event=none" and "version=unknown". Signs of an article are written with underscores for
 * blanks, "sign=the_backup_stops"; in a session they are given as evidence, not as text.
 */
#ifndef TESTS_TABLE_H
#define TESTS_TABLE_H

#include <math.h>

#include "../decision/choose.h"

struct table {
	struct questions *questions;
	struct casetable *cases;
	struct values {
		struct value {
			size_t question;
			char *text;
		} * list; /* in the order reported: by question, then by id */
		size_t n, cap;
	} values;
};

/* Row of a questions file. answers: "yes:0.3 no:0.7", the shares may be left out. */
struct table_question {
	const char *key, *answers, *silent;
	enum question_kind kind;
	enum recogniser recogniser; /* RECOGNISE_SIGN: a choice without answers */
	double error, unknown, cost;
};

/* One article: what it says, its weight, and the keys of the questions of its variants. */
struct table_article {
	const char *facts, *variants;
	double weight; /* 0 counts as 1 */
};

struct table *table_new(const struct table_question *, size_t nquestions,
    const struct table_article *, size_t narticles);
/* Random questions and articles; `narticles` > 0. Equal seeds give equal tables. */
struct table *table_random(uint64_t seed, size_t nquestions, uint32_t narticles);
void table_free(struct table *);

/* The evidence that "key=value" is. */
struct evidence table_evidence(const struct table *, const char *given);
/* Belief after everything given, and which questions that answered. */
struct belief *table_believe(const struct table *, const char *given, uint64_t *asked);
/* One possible answer of the question, drawn at random, `unknown` among them. */
struct evidence table_evidence_random(
    const struct table *, uint64_t *seed, size_t question);

/* The next random number below n > 0, and below 1. */
uint32_t table_below(uint64_t *seed, uint32_t n);
double table_fraction(uint64_t *seed);

/* cmocka of Debian 12 compares no doubles. */
#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

#endif
