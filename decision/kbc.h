/* SPDX-License-Identifier: ISC */
/*
 * What the files of kbc share: the commands of its table and the reading of sources that
 * build and lint have in common. Nobody else includes this.
 */
#ifndef DECISION_KBC_H
#define DECISION_KBC_H

#include <stdio.h>

#include "../kb/collect.h"
#include "curated.h"
#include "knowledge.h"

/* What the command line said. Strings point into argv. */
struct options {
	const char *questions; /* -q, or NULL */
	const char *curated; /* -c, or NULL */
	const char *output; /* -o, or NULL */
	const char *format; /* --format, or NULL */
	const char *name; /* --name, or NULL */
	struct exclusion exclusion; /* --exclude, as often as it was given; owned by main */
	bool json, strict, verify, summary;
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

/* Exit status where a build or lint found faults; the rest are those of err.h. */
#define KBC_FAULTS 1

/* Prints "kbc: SENTENCE" and returns the status of the error's class; frees err. */
int kbc_fail(struct err *);

/* What articles are read with. Patterns keep a match in it: it is of one thread at a time. */
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

/* What stats prints, gathered once for both forms. */
struct statistics {
	const char *name, *fingerprint;
	const struct questions *questions;
	const struct casetable *table;
	const struct tree *tree;
	uint32_t advice[ADVICE_NKINDS]; /* articles with advice of the kind */
	uint32_t without; /* articles without any */
	double entropy; /* of the prior, bits */
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
