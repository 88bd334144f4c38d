/* SPDX-License-Identifier: ISC */
/*
 * Layout, all numbers little-endian: the head (number of nodes, depth, expected questions and
 * cost), the nodes in their order with the fields in the order of `struct node`, the checksum
 * of all that. Reals are IEEE 754 doubles as 64-bit numbers. The signs shown are written once,
 * with the question: those that an answer rejects are its parent's.
 */
#include "tree_pack.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "checksum.h"

#define HEAD_SIZE (4 + 4 + 8 + 8)
#define DECISION_SIZE (1 + 4 + 8 + 1 + 4 + 1 + 4 * SIGNS_SHOWN)
#define NODE_SIZE (4 + (1 + 4 + 4 + 4) + 8 + DECISION_SIZE + 8 + 8)
#define SUM_SIZE 8

static unsigned char *put(unsigned char *p, uint64_t value, int size)
{
	for (int i = 0; i < size; i++)
		*p++ = (unsigned char)(value >> 8 * i);
	return p;
}

static unsigned char *put_real(unsigned char *p, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return put(p, bits, 8);
}

static unsigned char *put_signs(unsigned char *p, const struct signs *signs)
{
	p = put(p, signs->n, 1);
	for (size_t i = 0; i < SIGNS_SHOWN; i++)
		p = put(p, i < signs->n ? signs->article[i] : 0, 4);
	return p;
}

static unsigned char *put_node(unsigned char *p, const struct node *node)
{
	p = put(p, node->parent, 4);
	p = put(p, node->evidence.kind, 1);
	p = put(p, node->evidence.question, 4);
	p = put(p, (uint32_t)node->evidence.answer, 4);
	p = put(p, node->evidence.value, 4);
	p = put_real(p, node->probability);
	p = put(p, node->decision.status, 1);
	p = put(p, (uint32_t)node->decision.question, 4);
	p = put_real(p, node->decision.gain);
	p = put(p, node->decision.variant, 1);
	p = put(p, node->decision.best, 4);
	p = put_signs(p, &node->decision.signs);
	p = put_real(p, node->best);
	return put_real(p, node->none);
}

unsigned char *tree_pack(const struct tree *tree, size_t *len)
{
	unsigned char *bytes, *p;

	*len = HEAD_SIZE + tree->n * NODE_SIZE + SUM_SIZE;
	p = bytes = xmalloc(*len);
	p = put(p, tree->n, 4);
	p = put(p, tree->depth, 4);
	p = put_real(p, tree->expected_questions);
	p = put_real(p, tree->expected_cost);
	for (size_t i = 0; i < tree->n; i++)
		p = put_node(p, &tree->nodes[i]);
	put(p, checksum(bytes, *len - SUM_SIZE), SUM_SIZE);
	return bytes;
}

static uint64_t take(const unsigned char **p, int size)
{
	uint64_t value = 0;

	for (int i = 0; i < size; i++)
		value |= (uint64_t) * (*p)++ << 8 * i;
	return value;
}

static double take_real(const unsigned char **p)
{
	uint64_t bits = take(p, 8);
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

static int take_index(const unsigned char **p)
{
	return (int)(int32_t)(uint32_t)take(p, 4);
}

static void take_signs(const unsigned char **p, struct signs *signs)
{
	signs->n = take(p, 1);
	for (size_t i = 0; i < SIGNS_SHOWN; i++)
		signs->article[i] = (uint32_t)take(p, 4);
}

static void take_node(const unsigned char **p, struct node *node)
{
	node->parent = (uint32_t)take(p, 4);
	node->evidence.kind = (enum evidence_kind)take(p, 1);
	node->evidence.question = take(p, 4);
	node->evidence.answer = take_index(p);
	node->evidence.value = (uint32_t)take(p, 4);
	node->probability = take_real(p);
	node->decision.status = (enum status)take(p, 1);
	node->decision.question = take_index(p);
	node->decision.gain = take_real(p);
	node->decision.variant = take(p, 1) != 0;
	node->decision.best = (uint32_t)take(p, 4);
	take_signs(p, &node->decision.signs);
	node->best = take_real(p);
	node->none = take_real(p);
}

static bool is_probability(double p)
{
	return p >= 0 && p <= 1 + 1e-9;
}

static bool evidence_fits(const struct evidence *e, const struct questions *questions)
{
	const struct question *question;

	if (e->question >= questions->n)
		return false;
	question = &questions->list[e->question];
	switch (e->kind) {
	case EVIDENCE_SIGN:
	case EVIDENCE_REJECTED:
		return question_is_sign(question);
	case EVIDENCE_ANSWER:
		return !question_is_open(question) && e->answer >= 0 &&
		       (size_t)e->answer < question->nanswers;
	case EVIDENCE_VALUE:
	case EVIDENCE_NONE:
		return question_is_open(question);
	case EVIDENCE_UNKNOWN:
		return true;
	}
	return false;
}

/* Signs are shown by the question that asks for them, and by no other. */
static bool signs_fit(
    const struct decision *d, const struct questions *questions, uint32_t narticles)
{
	bool asked =
	    d->status == STATUS_ASK && question_is_sign(&questions->list[d->question]);

	if (d->signs.n > SIGNS_SHOWN || (d->signs.n > 0) != asked)
		return false;
	for (size_t i = 0; i < d->signs.n; i++) {
		if (d->signs.article[i] >= narticles)
			return false;
	}
	return true;
}

static bool node_fits(const struct node *node, uint32_t index,
    const struct questions *questions, uint32_t narticles)
{
	const struct decision *d = &node->decision;

	if (index > 0 && !evidence_fits(&node->evidence, questions))
		return false;
	if (d->status > STATUS_NONE || d->best >= narticles)
		return false;
	if (d->status == STATUS_ASK ? d->question < 0 || (size_t)d->question >= questions->n
				    : d->question != -1)
		return false;
	if (!signs_fit(d, questions, narticles))
		return false;
	return is_probability(node->probability) && is_probability(node->best) &&
	       is_probability(node->none) && isfinite(d->gain);
}

/*
 * Whether node i stands right in depth-first order below those before it. path[d] is the
 * last node of depth d; *depth is that of the node before, and then that of this one. No
 * path is longer than there are questions, so whoever walks a tree may recurse.
 */
static bool node_is_in_order(
    const struct node *node, uint32_t i, uint32_t *path, unsigned *depth, size_t nquestions)
{
	if (i == 0) {
		path[0] = *depth = 0;
		return node->parent == 0;
	}
	while (*depth > 0 && path[*depth] != node->parent)
		(*depth)--;
	if (path[*depth] != node->parent || *depth >= nquestions + CHOOSE_SIGNS_MOST)
		return false;
	path[++*depth] = i;
	return true;
}

/* A sign that was picked is one of those shown; those that were rejected are all of them. */
static bool node_follows(struct node *node, const struct node *parent)
{
	const struct signs *shown = &parent->decision.signs;

	if (node->evidence.kind == EVIDENCE_REJECTED) {
		node->evidence.shown = *shown;
		return shown->n > 0;
	}
	if (node->evidence.kind != EVIDENCE_SIGN)
		return true;
	for (size_t i = 0; i < shown->n; i++) {
		if (shown->article[i] == node->evidence.value)
			return true;
	}
	return false;
}

/* Signs are asked CHOOSE_SIGNS_MOST times at most: asked[d] of them up to depth d of the path. */
static bool signs_are_few(const struct node *node, unsigned *asked, unsigned depth)
{
	asked[depth] =
	    (depth > 0 ? asked[depth - 1] : 0) + (node->decision.signs.n > 0 ? 1 : 0);
	return asked[depth] <= CHOOSE_SIGNS_MOST;
}

static bool take_nodes(const unsigned char **p, struct tree *tree,
    const struct questions *questions, uint32_t narticles)
{
	uint32_t path[TREE_DEEPEST + 1];
	unsigned asked[TREE_DEEPEST + 1];
	unsigned depth = 0, deepest = 0;

	for (uint32_t i = 0; i < tree->n; i++) {
		struct node *node = &tree->nodes[i];

		take_node(p, node);
		if (!node_fits(node, i, questions, narticles) ||
		    !node_is_in_order(node, i, path, &depth, questions->n) ||
		    !node_follows(node, &tree->nodes[node->parent]) ||
		    !signs_are_few(node, asked, depth))
			return false;
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest == tree->depth;
}

struct tree *tree_unpack(const unsigned char *bytes, size_t len,
    const struct questions *questions, uint32_t narticles, struct err *err)
{
	const unsigned char *p = bytes, *sum;
	struct tree *tree = NULL;
	uint32_t n;

	if (len < HEAD_SIZE + NODE_SIZE + SUM_SIZE)
		goto damaged;
	n = (uint32_t)take(&p, 4);
	if (n == 0 || (len - HEAD_SIZE - SUM_SIZE) / NODE_SIZE != n ||
	    (len - HEAD_SIZE - SUM_SIZE) % NODE_SIZE != 0)
		goto damaged;
	sum = bytes + len - SUM_SIZE;
	if (take(&sum, SUM_SIZE) != checksum(bytes, len - SUM_SIZE))
		goto damaged;
	tree = xcalloc(1, sizeof *tree);
	tree->n = n;
	tree->nodes = xcalloc(n, sizeof *tree->nodes);
	tree->depth = (unsigned)take(&p, 4);
	tree->expected_questions = take_real(&p);
	tree->expected_cost = take_real(&p);
	if (isfinite(tree->expected_questions) && isfinite(tree->expected_cost) &&
	    take_nodes(&p, tree, questions, narticles))
		return tree;
damaged:
	tree_free(tree);
	err_set(err, ERR_DATA, "the decision tree is damaged");
	return NULL;
}
