/* SPDX-License-Identifier: ISC */
/* The tree as a graph in the language of dot(1): questions are ovals, outcomes are boxes. */

#include "tree.h"

/* A quoted string of dot: only '"' and '\' are special in it. */
static void dot_string(FILE *f, const char *text)
{
	putc('"', f);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', f);
		putc(*text == '\n' ? ' ' : *text, f);
	}
	putc('"', f);
}

static void dot_node(FILE *f, const struct tree *t, size_t i,
    const struct questions *questions, const struct tree_names *names)
{
	const struct node *n = &t->nodes[i];

	fprintf(f, "\tn%zu [label=", i);
	switch (n->decision.status) {
	case STATUS_ASK:
		dot_string(f, questions->list[n->decision.question].key);
		break;
	case STATUS_ADVISE:
		dot_string(f, names->article(names->arg, n->decision.best));
		fputs(", shape=box", f);
		break;
	case STATUS_NONE:
		fputs("\"nothing fits\", shape=box", f);
		break;
	}
	fputs("];\n", f);
}

void tree_print_dot(FILE *f, const struct tree *t, const struct questions *questions,
    const struct tree_names *names)
{
	fputs("digraph tree {\n\trankdir=LR;\n", f);
	for (size_t i = 0; i < t->n; i++)
		dot_node(f, t, i, questions, names);
	for (size_t i = 1; i < t->n; i++) {
		fprintf(f, "\tn%u -> n%zu [label=", (unsigned)t->nodes[i].parent, i);
		dot_string(f, tree_evidence_name(&t->nodes[i].evidence, questions, names));
		fputs("];\n", f);
	}
	fputs("}\n", f);
}
