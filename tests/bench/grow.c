/* SPDX-License-Identifier: ISC */
/*
 * Grows the decision tree of a knowledge file anew, for tests/bench/run.
 *
 *	grow FILE.kbw		prints "MS KIB NODES": what tree_grow took, the most memory the
 *				program had
 *	grow -t FILE.kbw	prints the case table for other programs that make trees: a
 *				line an article, for every answer of every choice whether the
 *				article names it, for every open question whether it names a
 *				value
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "../../decision/knowledge.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void print_row(
    const struct casetable *table, const struct questions *questions, uint32_t article)
{
	for (uint32_t q = 0; q < table->ncolumns; q++) {
		const struct column *column = &table->columns[q];

		if (question_is_open(&questions->list[q])) {
			printf("%d ", column->count[article] > 0);
			continue;
		}
		for (size_t i = 0; i < column->nanswers; i++)
			printf("%d ", (int)(column->named[article] >> i & 1));
	}
	putchar('\n');
}

static void print_growth(const struct casetable *table, const struct questions *questions)
{
	double begun = now();
	struct tree *tree = tree_grow(table, questions, choose_next);
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	printf("%.3f %ld %zu\n", now() - begun, used.ru_maxrss, tree->n);
	tree_free(tree);
}

int main(int argc, char *argv[])
{
	bool print = argc == 3 && strcmp(argv[1], "-t") == 0;
	struct err err = {.text = NULL};
	struct knowledge *k;
	const struct casetable *table;

	if (argc != 2 && !print)
		return 64;
	k = knowledge_open(argv[argc - 1], &err);
	table = k != NULL ? knowledge_casetable(k, &err) : NULL;
	if (table == NULL) {
		fprintf(stderr, "grow: %s\n", err_text(&err));
		return (int)err.class;
	}
	if (print) {
		for (uint32_t a = 0; a < table->narticles; a++)
			print_row(table, knowledge_questions(k, &err), a);
	} else {
		print_growth(table, knowledge_questions(k, &err));
	}
	knowledge_close(k);
	return 0;
}
