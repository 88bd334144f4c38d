/* SPDX-License-Identifier: ISC */
/*
 * Needs: what a text must hold, as clauses that must all be satisfied, each by one of its
 * atoms. pattern_need.c reads them off patterns, pattern_set.c looks for them in texts.
 */
#ifndef DECISION_NEED_H
#define DECISION_NEED_H

#include <stdbool.h>
#include <stddef.h>

/* The longest literal; a longer one is taken for several. */
#define NEED_LITERAL_MAX 16
/* A choice of more atoms tells nothing. */
#define NEED_ATOMS_MAX 32
/* More clauses than these hardly ever turn a text away. */
#define NEED_CLAUSES_MAX 3

enum need_kind { NEED_LITERAL, NEED_DIGITS, NEED_HEX };

/* One thing that a text holds or not. */
struct need_atom {
	enum need_kind kind;
	unsigned n; /* bytes of the literal, or the least length of the run */
	char literal[NEED_LITERAL_MAX]; /* ASCII, lower case; case does not count */
};

/* At least one of its atoms is needed. */
struct need_clause {
	unsigned n;
	struct need_atom atoms[NEED_ATOMS_MAX];
};

/* All of the clauses are needed; the first turns away most. None: any text will do. */
struct need {
	unsigned n;
	struct need_clause clauses[NEED_CLAUSES_MAX];
};

/* Classes of bytes, of so many bits, as texts are looked at: case does not count. 0 is none. */
#define NEED_CLASS_BITS 5
unsigned need_class(unsigned char);
/* Whether a text has a character beyond ASCII that folds to an ASCII letter: it holds anything. */
bool need_folds_to_ascii(const char *text, size_t len);

/* Adds a clause in the order of weight; one that says nothing, or is one too many, is lost. */
void need_add(struct need *, const struct need_clause *);
void need_add_run(struct need *, enum need_kind, int n);
void need_add_all(struct need *to, const struct need *from);

/* How much its absence tells: longer and fewer atoms are better, 0 is nothing at all. */
int need_clause_weight(const struct need_clause *);
/* Appends the atoms; false if there are too many. */
bool need_clause_unite(struct need_clause *to, const struct need_clause *with);
/* Literals so far, each followed by each of `by`; false if they would be too many or long. */
bool need_clause_multiply(
    struct need_clause *to, const struct need_clause *by, unsigned most);

#endif
