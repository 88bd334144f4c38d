/* SPDX-License-Identifier: ISC */
/*
 * Articles that no fixed question tells apart: those whose rows are equal. A row is written
 * out as numbers (what is named of each choice, then every value of every open question) and
 * rows are sorted, so that equal ones lie side by side.
 */
#include "certify.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

struct row {
	uint32_t article;
	size_t n, cap;
	uint64_t *words;
};

static void row_add(struct row *row, uint64_t word)
{
	row->words = xgrow(row->words, row->n, &row->cap, sizeof *row->words);
	row->words[row->n++] = word;
}

/* Values ascend in every row, since they are taken in the order of their ids. */
static void rows_add_open(struct row *rows, const struct column *column, size_t question)
{
	for (uint32_t v = 0; v < column->nvalues; v++) {
		for (uint32_t i = column->first[v]; i < column->first[v + 1]; i++)
			row_add(&rows[column->article[i]], (uint64_t)question << 32 | v);
	}
}

static struct row *rows_new(
    const struct casetable *table, const struct questions *questions)
{
	struct row *rows = xcalloc(table->narticles, sizeof *rows);

	for (uint32_t a = 0; a < table->narticles; a++)
		rows[a].article = a;
	for (size_t q = 0; q < questions->n; q++) {
		const struct column *column = &table->columns[q];

		if (question_is_sign(&questions->list[q]) ||
		    question_is_open(&questions->list[q]))
			continue;
		for (uint32_t a = 0; a < table->narticles; a++)
			row_add(&rows[a], column->named[a]);
	}
	for (size_t q = 0; q < questions->n; q++) {
		if (question_is_open(&questions->list[q]))
			rows_add_open(rows, &table->columns[q], q);
	}
	return rows;
}

static int row_order(const struct row *a, const struct row *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (size_t i = 0; i < a->n; i++) {
		if (a->words[i] != b->words[i])
			return a->words[i] < b->words[i] ? -1 : 1;
	}
	return 0;
}

static int compare_rows(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int order = row_order(a, b);

	return order != 0 ? order : (a->article > b->article) - (a->article < b->article);
}

void classes_find(struct classes *classes, const struct casetable *table,
    const struct questions *questions)
{
	uint32_t n = table->narticles;
	struct row *rows = rows_new(table, questions);

	qsort(rows, n, sizeof *rows, compare_rows);
	*classes = (struct classes){
	    .article = xcalloc(n, sizeof *classes->article),
	    .first = xcalloc((size_t)n + 1, sizeof *classes->first),
	};
	for (uint32_t i = 0; i < n; i++) {
		if (i == 0 || row_order(&rows[i - 1], &rows[i]) != 0)
			classes->first[classes->n++] = i;
		classes->article[i] = rows[i].article;
	}
	classes->first[classes->n] = n;
	for (uint32_t i = 0; i < n; i++)
		free(rows[i].words);
	free(rows);
}

uint32_t *classes_of_articles(const struct classes *classes)
{
	uint32_t *class = xcalloc(classes->first[classes->n] + 1, sizeof *class);

	for (uint32_t c = 0; c < classes->n; c++) {
		for (uint32_t i = classes->first[c]; i < classes->first[c + 1]; i++)
			class[classes->article[i]] = c;
	}
	return class;
}

void classes_fini(struct classes *classes)
{
	free(classes->article);
	free(classes->first);
}
