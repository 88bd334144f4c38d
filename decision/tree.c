/* SPDX-License-Identifier: ISC */
/*
 * Growing the tree and following it.
 *
 * The policy of choose.h is unrolled depth first: at a node that asks, every answer worth
 * a branch is multiplied into a copy of the belief, and the policy is asked again. One belief
 * is kept for each depth of the path, not one for each node, and a path is no longer than
 * there are questions.
 *
 * Branches. A node is expanded if it is reached with the probability `least` or more:
 * 1/(4N), so that an article of an even prior has its path in the tree although it shares
 * questions and answers with others, kept between COARSEST and FINEST. Below a question that
 * is expanded stand its answers, values, `none`, `unknown` and signs that are reached with
 * `least` or more; and in a tree that somebody may read, of a table of up to READABLE articles,
 * every declared answer of a choice. What is reached more seldom counts as one more question.
 *
 * Where a session goes another way it leaves the tree, and the same policy plans live: the
 * tree holds nothing that could not be computed again.
 */
#include "tree.h"

#include <stdlib.h>

#include "../kb/xalloc.h"

/* Five articles get a tree as fine as this: a few hundred nodes, which can still be read. */
#define COARSEST (1.0 / 200)
/* No tree is finer: it bounds the nodes, whatever is compiled. */
#define FINEST (1.0 / 20000)

/* So many articles have a tree that can be read. */
#define READABLE 100

struct grower {
	const struct casetable *table;
	const struct questions *questions;
	choose_policy *policy;
	struct tree *tree;
	size_t cap;
	double least;
	double mean_cost; /* of a question, minutes */
	double least_choice; /* of an answer to a choice, to stand in the tree */
	struct belief *beliefs[TREE_DEEPEST + 1]; /* by depth; made when first needed */
	uint32_t
	    shown[CHOOSE_SIGNS_MOST * SIGNS_SHOWN]; /* on the path to the node at hand */
};

/* What leads to a node. */
struct step {
	uint32_t parent;
	unsigned depth;
	struct asked asked;
	double probability;
	struct evidence evidence;
};

static void grower_grow(struct grower *, const struct step *);

static double least_of(uint32_t narticles)
{
	double least = 1 / (4.0 * narticles);

	if (least > COARSEST)
		return COARSEST;
	return least < FINEST ? FINEST : least;
}

/* The belief of one level deeper: a copy of this one with the evidence multiplied in. */
static void grower_descend(
    struct grower *g, unsigned depth, const struct evidence *evidence)
{
	const struct belief *from = g->beliefs[depth];
	struct belief **to = &g->beliefs[depth + 1];

	if (*to == NULL)
		*to = belief_new(g->table);
	belief_copy(*to, from);
	belief_update(*to, g->table, g->questions, evidence);
}

/* What was asked when the question of `evidence` has been answered with it. */
static struct asked grower_asked(
    struct grower *g, const struct step *step, const struct evidence *evidence)
{
	struct asked asked = step->asked;

	switch (evidence->kind) {
	case EVIDENCE_SIGN:
		g->shown[asked.nshown++] = evidence->value;
		asked.signs++;
		break;
	case EVIDENCE_REJECTED:
		for (size_t i = 0; i < evidence->shown.n; i++)
			g->shown[asked.nshown++] = evidence->shown.article[i];
		asked.signs++;
		break;
	default:
		asked.questions |= UINT64_C(1) << evidence->question;
		break;
	}
	asked.shown = g->shown;
	return asked;
}

/* A branch that is not grown. */
static void grower_pass(struct grower *g, double probability)
{
	g->tree->expected_questions += probability;
	g->tree->expected_cost += probability * g->mean_cost;
}

static void grower_branch(struct grower *g, const struct step *step, uint32_t node,
    const struct evidence *evidence, double probability)
{
	grower_descend(g, step->depth, evidence);
	grower_grow(g, &(struct step){
			   .parent = node,
			   .depth = step->depth + 1,
			   .asked = grower_asked(g, step, evidence),
			   .probability = probability,
			   .evidence = *evidence,
		       });
}

/* The same where it is reached often enough; else it is reckoned as one more question. */
static void grower_branch_likely(struct grower *g, const struct step *step, uint32_t node,
    const struct evidence *evidence, double probability, double least)
{
	if (probability >= least)
		grower_branch(g, step, node, evidence, probability);
	else
		grower_pass(g, probability);
}

static void grower_branch_signs(
    struct grower *g, const struct step *step, uint32_t node, double answered)
{
	const struct decision *d = &g->tree->nodes[node].decision;
	struct evidence rejected = {.kind = EVIDENCE_REJECTED,
	    .question = (size_t)d->question,
	    .answer = -1,
	    .shown = d->signs};
	double predicted[SIGNS_SHOWN + 1];

	choose_predict_signs(g->beliefs[step->depth], &rejected.shown, predicted);
	for (size_t i = 0; i < rejected.shown.n; i++) {
		struct evidence picked = {.kind = EVIDENCE_SIGN,
		    .question = rejected.question,
		    .answer = -1,
		    .value = rejected.shown.article[i]};

		grower_branch_likely(
		    g, step, node, &picked, answered * predicted[i], g->least_choice);
	}
	grower_branch_likely(g, step, node, &rejected,
	    answered * predicted[rejected.shown.n], g->least_choice);
}

static void grower_branch_choice(struct grower *g, const struct step *step, uint32_t node,
    size_t question, const double *predicted, double answered)
{
	struct evidence e = {.kind = EVIDENCE_ANSWER, .question = question};

	for (size_t v = 0; v < g->questions->list[question].nanswers; v++) {
		e.answer = (int)v;
		grower_branch_likely(
		    g, step, node, &e, answered * predicted[v], g->least_choice);
	}
}

/* P(evidence | belief), for what the table does not list among the values. */
static double belief_expects(
    const struct grower *g, const struct belief *belief, const struct evidence *evidence)
{
	double sum = belief->none * belief_likelihood_none(g->table, evidence);

	for (uint32_t a = 0; a < belief->n; a++)
		sum +=
		    belief->p[a] * belief_likelihood(g->table, g->questions, evidence, a);
	return sum;
}

static void grower_branch_open(struct grower *g, const struct step *step, uint32_t node,
    size_t question, const double *predicted, double answered)
{
	struct evidence e = {.kind = EVIDENCE_VALUE, .question = question, .answer = -1};
	double p;

	for (uint32_t v = 0; v < g->table->columns[question].nvalues; v++) {
		e.value = v;
		grower_branch_likely(g, step, node, &e, answered * predicted[v], g->least);
	}
	e.value = BELIEF_NO_VALUE;
	p = answered * belief_expects(g, g->beliefs[step->depth], &e);
	grower_branch_likely(g, step, node, &e, p, g->least);
	e.kind = EVIDENCE_NONE;
	p = answered * belief_expects(g, g->beliefs[step->depth], &e);
	grower_branch_likely(g, step, node, &e, p, g->least);
}

static void grower_expand(struct grower *g, const struct step *step, uint32_t node)
{
	size_t question = (size_t)g->tree->nodes[node].decision.question;
	const struct question *q = &g->questions->list[question];
	const struct column *column = &g->table->columns[question];
	double unknown = step->probability * q->unknown;
	double answered = step->probability - unknown;
	double *predicted = NULL;

	if (question_is_sign(q)) {
		grower_branch_signs(g, step, node, answered);
	} else {
		predicted = xcalloc(
		    (size_t)column->nvalues + column->nanswers + 1, sizeof *predicted);
		choose_predict(
		    g->table, g->questions, g->beliefs[step->depth], question, predicted);
		if (question_is_open(q))
			grower_branch_open(g, step, node, question, predicted, answered);
		else
			grower_branch_choice(g, step, node, question, predicted, answered);
	}
	free(predicted);
	grower_branch_likely(g, step, node,
	    &(struct evidence){
		.kind = EVIDENCE_UNKNOWN, .question = question, .answer = -1},
	    unknown, g->least);
}

/* Adds up what is expected of somebody who comes to this node. */
static void tree_count(struct tree *tree, const struct questions *questions,
    const struct node *node, unsigned depth)
{
	if (depth > tree->depth)
		tree->depth = depth;
	if (node->decision.status != STATUS_ASK)
		return;
	tree->expected_questions += node->probability;
	tree->expected_cost +=
	    node->probability * questions->list[node->decision.question].cost;
}

static void grower_grow(struct grower *g, const struct step *step)
{
	const struct belief *belief = g->beliefs[step->depth];
	struct decision decision =
	    g->policy(g->table, g->questions, belief, &step->asked, SETTING_CONSOLE);
	uint32_t node = (uint32_t)g->tree->n;

	g->tree->nodes = xgrow(g->tree->nodes, g->tree->n, &g->cap, sizeof *g->tree->nodes);
	g->tree->nodes[g->tree->n++] = (struct node){
	    .parent = step->parent,
	    .evidence = step->evidence,
	    .probability = step->probability,
	    .decision = decision,
	    .best = belief->p[decision.best],
	    .none = belief->none,
	};
	tree_count(g->tree, g->questions, &g->tree->nodes[node], step->depth);
	if (decision.status == STATUS_ASK && step->probability >= g->least)
		grower_expand(g, step, node);
}

struct tree *tree_grow(
    const struct casetable *table, const struct questions *questions, choose_policy *policy)
{
	struct grower g = {
	    .table = table,
	    .questions = questions,
	    .policy = policy,
	    .tree = xcalloc(1, sizeof *g.tree),
	    .least = least_of(table->narticles),
	    .beliefs = {belief_new(table)},
	};

	if (table->narticles > READABLE)
		g.least_choice = g.least;
	for (size_t q = 0; q < questions->n; q++)
		g.mean_cost += questions->list[q].cost / (double)questions->n;

	grower_grow(&g, &(struct step){
			    .probability = 1,
			    .evidence = {.kind = EVIDENCE_UNKNOWN, .answer = -1},
			});
	for (size_t i = 0; i <= TREE_DEEPEST; i++)
		belief_free(g.beliefs[i]);
	return g.tree;
}

void tree_free(struct tree *tree)
{
	if (tree == NULL)
		return;
	free(tree->nodes);
	free(tree);
}
