/* SPDX-License-Identifier: ISC */
/*
 * The tree as an outline. Neighbours that end alike share a line: of eighteen answers to a
 * question often all but two or three lead to the same outcome.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "tree.h"

struct outline {
	FILE *out;
	const struct tree *tree;
	const struct questions *questions;
	const struct tree_names *names;
};

const char *tree_evidence_name(const struct evidence *e, const struct questions *questions,
    const struct tree_names *names)
{
	switch (e->kind) {
	case EVIDENCE_ANSWER:
		return questions->list[e->question].answers[e->answer].key;
	case EVIDENCE_VALUE:
		if (e->value == BELIEF_NO_VALUE)
			return "any other";
		return names->value(names->arg, e->question, e->value);
	case EVIDENCE_NONE:
		return "none";
	case EVIDENCE_SIGN:
		return names->article(names->arg, e->value);
	case EVIDENCE_REJECTED:
		return "none of these";
	case EVIDENCE_UNKNOWN:
		break;
	}
	return "unknown";
}

/* The answer that leads to a node. */
static const char *edge_name(const struct outline *o, const struct node *node)
{
	return tree_evidence_name(&node->evidence, o->questions, o->names);
}

/* What happens at a node, in words; the caller frees them. */
static char *decision_text(const struct outline *o, const struct node *node)
{
	const struct decision *d = &node->decision;
	const char *best = o->names->article(o->names->arg, d->best);

	if (d->status == STATUS_ADVISE)
		return xasprintf("advise %s (%.2f)", best, node->best);
	if (d->status == STATUS_NONE)
		return xasprintf(
		    "none of them (%.2f; closest %s %.2f)", node->none, best, node->best);
	return xasprintf("%s? (%.2f bits%s; %s %.2f, none of them %.2f)",
	    o->questions->list[d->question].key, d->gain,
	    d->variant ? ", for its advice" : "", best, node->best, node->none);
}

static bool is_leaf(const struct tree *tree, size_t node)
{
	return node + 1 == tree->n || tree->nodes[node + 1].parent != node;
}

/* Prints node `i` and the leaves behind it that end alike; returns how many it printed. */
static size_t print_nodes(const struct outline *o, size_t i, unsigned depth)
{
	const struct node *node = &o->tree->nodes[i];
	char *text = decision_text(o, node);
	double probability = node->probability;
	size_t n = 1;

	fprintf(o->out, "%*s%s", 2 * (int)depth, "", edge_name(o, node));
	while (is_leaf(o->tree, i + n - 1) && i + n < o->tree->n &&
	       is_leaf(o->tree, i + n) && node[n].parent == node->parent) {
		char *next = decision_text(o, &node[n]);
		bool alike = strcmp(text, next) == 0;

		free(next);
		if (!alike)
			break;
		fprintf(o->out, ", %s", edge_name(o, &node[n]));
		probability += node[n].probability;
		n++;
	}
	fprintf(o->out, " %.1f %%: %s\n", 100 * probability, text);
	free(text);
	return n;
}

void tree_print(FILE *out, const struct tree *tree, const struct questions *questions,
    const struct tree_names *names)
{
	const struct outline o = {
	    .out = out, .tree = tree, .questions = questions, .names = names};
	unsigned *depth;
	char *root;

	if (tree->n == 0)
		return;
	root = decision_text(&o, &tree->nodes[0]);
	fprintf(out, "%s\n", root);
	free(root);
	depth = xcalloc(tree->n, sizeof *depth);
	for (size_t i = 1; i < tree->n; i++)
		depth[i] = depth[tree->nodes[i].parent] + 1;
	for (size_t i = 1; i < tree->n;)
		i += print_nodes(&o, i, depth[i]);
	free(depth);
}
