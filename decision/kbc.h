/* SPDX-License-Identifier: ISC */
/*
 * What the files of kbc share: the commands of its table and the reading of sources that
 * build and lint have in common. Nobody else includes this.
 */
#ifndef DECISION_KBC_H
#define DECISION_KBC_H

#include <stdio.h>

#include "../kb/collect.h"
#include "certify.h"
#include "curated.h"
#include "knowledge.h"
#include "simulate.h"

/* What the command line said. Strings point into argv. */
struct options {
	const char *questions; /* -q, or NULL */
	const char *curated; /* -c, or NULL */
	const char *output; /* -o, or NULL */
	const char *format; /* --format, or NULL */
	const char *name; /* --name, or NULL */
	struct exclusion exclusion; /* --exclude, as often as it was given; owned by main */
	uint64_t seed; /* --seed, or 1 */
	size_t callers; /* --callers, or 0 */
	bool json, strict, verify, summary, simulate;
	char **args; /* what is left */
	size_t nargs;
};

/* Every command returns the exit status of the program. */
int kbc_build(const struct options *);
int kbc_lint(const struct options *);
int kbc_new(const struct options *);
int kbc_show(const struct options *);
int kbc_tree(const struct options *);
int kbc_stats(const struct options *);
int kbc_diff(const struct options *);

/* Exit status where a build or lint found faults; the rest are those of err.h. */
#define KBC_FAULTS 1
/* ... and where diff found a difference. */
#define KBC_DIFFERENT 1

/* Prints "kbc: SENTENCE" and returns the status of the error's class; frees err. */
int kbc_fail(struct err *);
/* Opens a knowledge file, or prints why not: NULL, and *status is the exit status then. */
struct knowledge *kbc_open(const char *path, int *status);

/* Names for printing a tree of the file; what cannot be read is '?'. */
struct tree_names kbc_tree_names(struct knowledge *);
void kbc_tree_names_fini(struct tree_names *);

/* What articles are read with: of one thread at a time, as its patterns are. */
struct reader {
	const struct questions *questions;
	struct recognisers *recognisers;
	struct advisor *advisor;
};

/* -1 and err; is to be closed in any case. */
int reader_open(struct reader *, const struct questions *, struct err *);
void reader_close(struct reader *);

/* The sources of knowledge, opened: questions, recognisers, phrases, corrections. */
struct sources {
	struct questions *questions;
	struct reader reader;
	struct curated *curated; /* or NULL */
	struct diag diag;
};

/* -1 and err; what was found wrong in the files stands in s->diag. */
int sources_open(struct sources *s, const struct options *, struct err *);
void sources_close(struct sources *s);

/* One article as understood; facts and advice are those of the article and the curated file. */
struct understanding {
	struct article *article;
	struct facts facts;
	struct advices advice;
	bool is_list; /* of many problems: an answer to none */
	bool tells; /* it answers some question: a sign alone is no answer */
};

/* Reads a file; false if nothing in it is usable. Nothing of it is corrected yet. */
bool reader_read(
    const struct reader *, const char *path, struct understanding *u, struct diag *);
/* Applies the curated file, if there is one. */
void sources_correct(struct sources *s, struct understanding *u, struct diag *);
/* The two together. Reports to s->diag. */
bool sources_read(struct sources *s, const char *path, struct understanding *u);
void understanding_fini(struct understanding *u);

/* What articles are about, counted (kbc_name.c). */
struct products;

struct products *products_new(void);
void products_free(struct products *);
void products_add(struct products *, const struct article *);
/* The product of at least half of them, or NULL. */
const char *products_name(const struct products *);

/* An article of a set that no fixed question takes apart. */
#define APART_WORDS 3
struct apart {
	char *id;
	char *words
	    [APART_WORDS]; /* those that no other article of the set has, weightiest first */
	size_t nwords;
};

/* The largest of those sets, and the first articles of each. */
#define APART_SETS 5
#define APART_SHOWN 4
struct apart_set {
	uint32_t n; /* articles */
	struct apart list[APART_SHOWN];
	size_t nlist;
};

struct apart_sets {
	uint32_t n, articles; /* sets, and articles in them */
	struct apart_set list[APART_SETS];
	size_t nlist;
};

int apart_sets_find(
    struct apart_sets *, const struct classes *, struct knowledge *, struct err *);
void apart_sets_fini(struct apart_sets *);

/* Callers at these rates are simulated. */
struct rates {
	double unknown, wrong;
};
#define STATISTICS_RATES 5
extern const struct rates statistics_rates[STATISTICS_RATES];

/* What stats prints, gathered once for both forms. */
struct statistics {
	const char *name, *fingerprint;
	const struct questions *questions;
	const struct casetable *table;
	const struct tree *tree;
	uint32_t advice[ADVICE_NKINDS]; /* articles with advice of the kind */
	uint32_t without; /* articles without any */
	struct certificate certificate;
	struct apart_sets apart;
	bool simulates;
	uint64_t seed;
	struct simulated simulated[STATISTICS_RATES];
};

/* How many articles say something of a question, and how many values it has. */
uint32_t statistics_named(const struct statistics *, size_t question);
uint32_t statistics_values(const struct statistics *, size_t question);

/* The JSON forms (kbc_json.c). -1 and err when the knowledge file cannot be read. */
int kbc_json_article(
    FILE *, struct knowledge *, const struct understanding *, struct err *);
int kbc_json_tree(FILE *, struct knowledge *, struct err *);
void kbc_json_stats(FILE *, const struct statistics *);

#endif
