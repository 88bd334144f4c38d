/* SPDX-License-Identifier: ISC */
/* Clauses and their atoms: which says more, which says nothing new. */
#include "need.h"

#include <ctype.h>
#include <string.h>

/* Letters have a class each, digits and what else there is in literals share some. */
unsigned need_class(unsigned char c)
{
	c |= 0x20;
	if (c >= 'a' && c <= 'z')
		return 1u + (unsigned)(c - 'a');
	return 27u + c % 5;
}

/* U+017F folds to s, the Kelvin sign to k. */
bool need_folds_to_ascii(const char *text, size_t len)
{
	return memmem(text, len, "\xc5\xbf", 2) != NULL ||
	       memmem(text, len, "\xe2\x84\xaa", 3) != NULL;
}

/* How much is learned from an atom's absence: rarer is better. */
static int atom_weight(const struct need_atom *a)
{
	switch (a->kind) {
	case NEED_HEX:
		return (int)a->n - 2; /* "feed", "added" */
	case NEED_LITERAL:
		return a->n == 1 && isalpha((unsigned char)a->literal[0]) ? 0 : (int)a->n;
	default:
		return (int)a->n;
	}
}

int need_clause_weight(const struct need_clause *c)
{
	int least = NEED_LITERAL_MAX;

	for (unsigned i = 0; i < c->n; i++)
		if (atom_weight(&c->atoms[i]) < least)
			least = atom_weight(&c->atoms[i]);
	return c->n == 0 || least <= 0 ? 0 : 2 * NEED_ATOMS_MAX * least - (int)c->n;
}

/* Whether every text that has b has a. */
static bool atom_covers(const struct need_atom *a, const struct need_atom *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind != NEED_LITERAL)
		return a->n <= b->n;
	for (unsigned i = 0; i + a->n <= b->n; i++)
		if (memcmp(a->literal, b->literal + i, a->n) == 0)
			return true;
	return false;
}

/* Leaves out atoms that another one covers. */
static void clause_thin(struct need_clause *c)
{
	unsigned n = 0;

	for (unsigned i = 0; i < c->n; i++) {
		bool covered = false;

		for (unsigned k = 0; k < c->n && !covered; k++)
			covered = k != i && atom_covers(&c->atoms[k], &c->atoms[i]) &&
				  (k < i || !atom_covers(&c->atoms[i], &c->atoms[k]));
		if (!covered)
			c->atoms[n++] = c->atoms[i];
	}
	c->n = n;
}

/* Whether every text that satisfies a satisfies b. */
static bool clause_implies(const struct need_clause *a, const struct need_clause *b)
{
	for (unsigned i = 0; i < a->n; i++) {
		bool covered = false;

		for (unsigned k = 0; k < b->n && !covered; k++)
			covered = atom_covers(&b->atoms[k], &a->atoms[i]);
		if (!covered)
			return false;
	}
	return true;
}

/* Drops the clauses that say no more than c does. */
static void need_drop(struct need *need, const struct need_clause *c)
{
	unsigned n = 0;

	for (unsigned i = 0; i < need->n; i++)
		if (!clause_implies(c, &need->clauses[i]))
			need->clauses[n++] = need->clauses[i];
	need->n = n;
}

void need_add(struct need *need, const struct need_clause *clause)
{
	struct need_clause c = *clause;
	unsigned at;

	clause_thin(&c);
	for (unsigned i = 0; i < need->n; i++)
		if (clause_implies(&need->clauses[i], &c))
			return;
	if (need_clause_weight(&c) == 0)
		return;
	need_drop(need, &c);
	at = need->n;
	while (
	    at > 0 && need_clause_weight(&need->clauses[at - 1]) < need_clause_weight(&c))
		at--;
	if (at == NEED_CLAUSES_MAX)
		return;
	if (need->n < NEED_CLAUSES_MAX)
		need->n++;
	for (unsigned i = need->n - 1; i > at; i--)
		need->clauses[i] = need->clauses[i - 1];
	need->clauses[at] = c;
}

void need_add_run(struct need *need, enum need_kind kind, int n)
{
	const struct need_clause c = {.n = 1, .atoms = {{.kind = kind, .n = (unsigned)n}}};

	if (n > 0)
		need_add(need, &c);
}

void need_add_all(struct need *to, const struct need *from)
{
	for (unsigned i = 0; i < from->n; i++)
		need_add(to, &from->clauses[i]);
}

bool need_clause_multiply(
    struct need_clause *to, const struct need_clause *by, unsigned most)
{
	struct need_clause all = {.n = 0};

	if (to->n * by->n > most)
		return false;
	for (unsigned i = 0; i < to->n; i++)
		for (unsigned k = 0; k < by->n; k++) {
			struct need_atom a = to->atoms[i];

			if (a.n + by->atoms[k].n > NEED_LITERAL_MAX)
				return false;
			memcpy(a.literal + a.n, by->atoms[k].literal, by->atoms[k].n);
			a.n += by->atoms[k].n;
			all.atoms[all.n++] = a;
		}
	*to = all;
	return true;
}

bool need_clause_unite(struct need_clause *to, const struct need_clause *with)
{
	if (to->n + with->n > NEED_ATOMS_MAX)
		return false;
	memcpy(to->atoms + to->n, with->atoms, with->n * sizeof *with->atoms);
	to->n += with->n;
	return true;
}
