/* SPDX-License-Identifier: ISC */
/*
 * The decision tree: the policy of choose.h unrolled from the first question, as far as it
 * is reached with a probability of 1/(4N) or more. The compiler stores it, `kbc tree` prints
 * it, and it tells the wizard how many questions to expect. What a session asks next is the
 * same policy, computed from its answers.
 */
#ifndef DECISION_TREE_H
#define DECISION_TREE_H

#include "choose.h"

/* Every question once, and the signs a few times more. */
#define TREE_DEEPEST (QUESTION_MAX + CHOOSE_SIGNS_MOST)

/* Nodes in depth-first order: a parent stands before its children; node 0 is the root. */
struct node {
	uint32_t parent; /* own index at the root */
	struct evidence evidence; /* the answer that leads here from the parent */
	double probability; /* of reaching it */
	struct decision decision; /* the question asked here, or the outcome */
	double best; /* posterior of decision.best */
	double none; /* posterior of "none of them" */
};

struct tree {
	struct node *nodes;
	size_t n;
	double
	    expected_questions; /* from the root; what was too rare to grow counts as one */
	double expected_cost; /* minutes at a console */
	unsigned depth; /* of the deepest node; 0 = only a root */
};

/* By a policy: the wizard's is choose_next. */
struct tree *tree_grow(
    const struct casetable *, const struct questions *, choose_policy *policy);
void tree_free(struct tree *);

/*
 * Names for printing: the identifier of an article, the text of a value. A name need only be
 * valid until the next is asked for.
 */
struct tree_names {
	const char *(*article)(void *arg, uint32_t article);
	const char *(*value)(void *arg, size_t question, uint32_t value);
	void *arg;
};

/* An answer in words: its key, its value, "any other", "none", "unknown"; valid as a name is. */
const char *tree_evidence_name(
    const struct evidence *, const struct questions *, const struct tree_names *);

/*
 * An outline: one line a node, indented by depth: answer, how often, and question or outcome
 * in words. Neighbours that end in the same words share a line (tree_print.c).
 */
void tree_print(
    FILE *, const struct tree *, const struct questions *, const struct tree_names *);
/* The same as a graph in the language of dot(1) (tree_dot.c). */
void tree_print_dot(
    FILE *, const struct tree *, const struct questions *, const struct tree_names *);

#endif
