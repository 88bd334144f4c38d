/* SPDX-License-Identifier: ISC */
/*
 * What the ends of a tree tell of the hypotheses (the articles, and none of them), and what is
 * left of that when only the outcome is kept. The tree is walked once, with a belief for each
 * depth. Where a session ends at a node or leaves the stored tree there, what is believed is
 * what is believed at the node less what its stored branches take away: P(node) b(node) - sum
 * of P(branch) b(branch), which is P(hypothesis and this end).
 */
#include "certify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* Numbers that are held, at most: 128 MB. Beyond it nothing is known. */
#define MOST_NUMBERS ((size_t)1 << 24)
#define NO_OUTCOME SIZE_MAX

struct telling {
	const struct casetable *table;
	const struct questions *questions;
	const struct tree *tree;
	const size_t *outcome; /* by node */
	size_t width; /* hypotheses */
	struct belief *beliefs[TREE_DEEPEST + 1]; /* by depth */
	double *left[TREE_DEEPEST + 1]; /* [width] P(hypothesis and this end), by depth */
	uint32_t path[TREE_DEEPEST + 1]; /* nodes from the root */
	double *outcomes; /* [outcomes][width] P(hypothesis and outcome) */
	double open; /* H(hypothesis | end), summed up */
};

/* -sum of p log2 p / sum of p, weighed by that sum. */
static double open_bits(const double *p, size_t n)
{
	double sum = 0, bits = 0;

	for (size_t i = 0; i < n; i++) {
		sum += p[i];
		bits -= p[i] > 0 ? p[i] * log2(p[i]) : 0;
	}
	return sum > 0 ? bits + sum * log2(sum) : 0;
}

/* left += weight b, and never below nothing. */
static void left_add(double *left, const struct belief *b, double weight)
{
	for (uint32_t a = 0; a < b->n; a++)
		left[a] = fmax(0, left[a] + weight * b->p[a]);
	left[b->n] = fmax(0, left[b->n] + weight * b->none);
}

static void telling_enter(struct telling *t, size_t i, unsigned depth)
{
	const struct node *node = &t->tree->nodes[i];

	if (t->beliefs[depth] == NULL) {
		t->beliefs[depth] = belief_new(t->table);
		t->left[depth] = xcalloc(t->width, sizeof *t->left[depth]);
	}
	memset(t->left[depth], 0, t->width * sizeof *t->left[depth]);
	if (depth > 0) {
		belief_copy(t->beliefs[depth], t->beliefs[depth - 1]);
		belief_update(t->beliefs[depth], t->table, t->questions, &node->evidence);
		left_add(t->left[depth - 1], t->beliefs[depth], -node->probability);
	}
	left_add(t->left[depth], t->beliefs[depth], node->probability);
	t->path[depth] = (uint32_t)i;
}

/* All branches of the node at this depth have been taken away. */
static void telling_leave(struct telling *t, unsigned depth)
{
	double *outcome = t->outcomes + t->outcome[t->path[depth]] * t->width;

	t->open += open_bits(t->left[depth], t->width);
	for (size_t i = 0; i < t->width; i++)
		outcome[i] += t->left[depth][i];
}

static void telling_walk(struct telling *t)
{
	unsigned depth = 0;

	telling_enter(t, 0, 0);
	for (size_t i = 1; i < t->tree->n; i++) {
		for (; depth > 0 && t->path[depth] != t->tree->nodes[i].parent; depth--)
			telling_leave(t, depth);
		telling_enter(t, i, ++depth);
	}
	for (;; depth--) {
		telling_leave(t, depth);
		if (depth == 0)
			break;
	}
}

static void telling_fini(struct telling *t)
{
	for (size_t i = 0; i <= TREE_DEEPEST; i++) {
		belief_free(t->beliefs[i]);
		free(t->left[i]);
	}
	free(t->outcomes);
}

static double telling_open_outcomes(const struct telling *t, size_t noutcomes)
{
	double sum = 0;

	for (size_t o = 0; o < noutcomes; o++)
		sum += open_bits(t->outcomes + o * t->width, t->width);
	return sum;
}

bool certify_telling(
    const struct certify_ends *ends, double *ends_open, double *outcomes_open)
{
	struct telling t = {
	    .table = ends->table,
	    .questions = ends->questions,
	    .tree = ends->tree,
	    .outcome = ends->outcome,
	    .width = (size_t)ends->table->narticles + 1,
	};

	if (ends->noutcomes > MOST_NUMBERS / t.width)
		return false;
	t.outcomes = xcalloc(ends->noutcomes * t.width, sizeof *t.outcomes);
	telling_walk(&t);
	*ends_open = t.open;
	*outcomes_open = telling_open_outcomes(&t, ends->noutcomes);
	telling_fini(&t);
	return true;
}
