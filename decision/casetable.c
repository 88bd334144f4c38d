/* SPDX-License-Identifier: ISC */
/*
 * Building the case table from the facts of one article after the other, and printing it.
 * kbc builds; the packed form is made and read in casetable_pack.c.
 *
 * A choice becomes one mask an article. Articles of equal mask are alike to the question, so
 * the distinct masks are listed once and every article has the index of its own: whoever
 * computes with a column computes once a mask. An open question becomes postings: the
 * values in byte order, and for each the articles that name it.
 *
 * The background frequency of an answer v is what somebody whose problem stands in no
 * article would say. It is counted over the articles that name any answer, each of which
 * has one vote that it splits evenly over the answers it names, and smoothed by M votes
 * split by the shares of the questions file:
 *
 *	bg(v) = (M share(v) + sum over naming articles of [v in S] / |S|) / (M + naming articles)
 *
 * With five articles the author's shares decide, with thousands the count does. Where the
 * question declares what silence means (`silent`), a silent article votes for that answer.
 */
#include "casetable_private.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "sign.h"

/* The votes of the questions file against those of the articles. */
#define BACKGROUND_VOTES 4.0

/* No answer is impossible, whatever the author thought. */
#define LEAST_SHARE 0.001

/* One value of an open question that an article names. */
struct mention {
	uint32_t column, article;
	char *value;
};

struct casetable_builder {
	const struct questions *questions;
	uint32_t narticles;
	size_t cap_prior, cap_variants, *cap_named; /* cap_named per column */
	double *prior;
	uint64_t *variants;
	uint64_t **named; /* per column: of a choice the masks, of the signs the sketches */
	struct mention *mentions;
	size_t nmentions, cap_mentions;
};

struct casetable_builder *casetable_builder_new(const struct questions *questions)
{
	struct casetable_builder *b = xcalloc(1, sizeof *b);

	assert(questions->n <= QUESTION_MAX);
	b->questions = questions;
	b->named = xcalloc(questions->n + 1, sizeof *b->named);
	b->cap_named = xcalloc(questions->n + 1, sizeof *b->cap_named);
	/* Never NULL, so that a question nobody mentions has a place to begin at. */
	b->mentions = xgrow(NULL, 0, &b->cap_mentions, sizeof *b->mentions);
	return b;
}

static void builder_append_rows(
    struct casetable_builder *b, double weight, uint64_t variants)
{
	b->prior = xgrow(b->prior, b->narticles, &b->cap_prior, sizeof *b->prior);
	b->prior[b->narticles] = weight;
	b->variants =
	    xgrow(b->variants, b->narticles, &b->cap_variants, sizeof *b->variants);
	b->variants[b->narticles] = variants;
	for (size_t q = 0; q < b->questions->n; q++) {
		if (question_is_open(&b->questions->list[q]))
			continue;
		b->named[q] =
		    xgrow(b->named[q], b->narticles, &b->cap_named[q], sizeof *b->named[q]);
		b->named[q][b->narticles] = 0;
	}
}

static void builder_append_mention(
    struct casetable_builder *b, size_t question, const char *value)
{
	b->mentions =
	    xgrow(b->mentions, b->nmentions, &b->cap_mentions, sizeof *b->mentions);
	b->mentions[b->nmentions++] = (struct mention){
	    .column = (uint32_t)question,
	    .article = b->narticles,
	    .value = xstrdup(value),
	};
}

void casetable_builder_add(struct casetable_builder *b, const struct facts *facts,
    double weight, uint64_t variants)
{
	assert(weight > 0);
	assert(b->narticles < UINT32_MAX);
	builder_append_rows(b, weight, variants);
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *fact = &facts->list[i];

		/* What cures a problem says nothing of where it is met. */
		if (fact->role == ROLE_CURING)
			continue;
		if (question_is_sign(&b->questions->list[fact->question]))
			b->named[fact->question][b->narticles] = sign_sketch(fact->value);
		else if (question_is_open(&b->questions->list[fact->question]))
			builder_append_mention(b, fact->question, fact->value);
		else
			b->named[fact->question][b->narticles] |= UINT64_C(1)
								  << fact->answer;
	}
	b->narticles++;
}

static int mention_compare(const void *left, const void *right)
{
	const struct mention *a = left, *b = right;
	int order;

	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	order = strcmp(a->value, b->value);
	if (order != 0)
		return order;
	return (a->article > b->article) - (a->article < b->article);
}

/* Sorts the mentions and drops repetitions; their strings are freed here or by the caller. */
static void builder_sort_mentions(struct casetable_builder *b)
{
	size_t n = 0;

	if (b->nmentions > 0)
		qsort(b->mentions, b->nmentions, sizeof *b->mentions, mention_compare);
	for (size_t i = 0; i < b->nmentions; i++) {
		if (n > 0 && mention_compare(&b->mentions[n - 1], &b->mentions[i]) == 0)
			free(b->mentions[i].value);
		else
			b->mentions[n++] = b->mentions[i];
	}
	b->nmentions = n;
}

static bool mention_is_new_value(const struct mention *m, size_t i)
{
	return i == 0 || strcmp(m[i - 1].value, m[i].value) != 0;
}

/* Makes the postings of one open question of its n sorted mentions. */
static void column_fill_open(
    struct column *column, uint32_t narticles, const struct mention *mentions, size_t n)
{
	column->first = xcalloc(n + 1, sizeof *column->first);
	column->article = xcalloc(n + 1, sizeof *column->article);
	for (size_t i = 0; i < n; i++) {
		if (mention_is_new_value(mentions, i))
			column->first[column->nvalues++] = (uint32_t)i;
		column->article[i] = mentions[i].article;
	}
	column->first[column->nvalues] = (uint32_t)n;
	column_count_values(column, narticles);
}

void column_count_values(struct column *column, uint32_t narticles)
{
	column->count = xcalloc((size_t)narticles + 1, sizeof *column->count);
	for (uint32_t i = 0; i < column->first[column->nvalues]; i++)
		column->count[column->article[i]]++;
}

static int mask_compare(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

static uint32_t mask_index(const struct column *column, uint64_t mask)
{
	const uint64_t *found =
	    bsearch(&mask, column->masks, column->nmasks, sizeof mask, mask_compare);

	assert(found != NULL);
	return (uint32_t)(found - column->masks);
}

/* Lists the distinct masks of column->named and gives every article its index. */
static void column_list_masks(struct column *column, uint32_t narticles)
{
	column->masks = xmemdup(column->named, narticles * sizeof *column->masks);
	qsort(column->masks, narticles, sizeof *column->masks, mask_compare);
	for (uint32_t i = 0; i < narticles; i++)
		if (i == 0 || column->masks[i] != column->masks[column->nmasks - 1])
			column->masks[column->nmasks++] = column->masks[i];
	column->mask = xcalloc(narticles, sizeof *column->mask);
	for (uint32_t a = 0; a < narticles; a++)
		column->mask[a] = mask_index(column, column->named[a]);
}

static double answer_share(const struct answer *answer)
{
	return answer->share > LEAST_SHARE ? answer->share : LEAST_SHARE;
}

/* An article has one vote, which the answers share that it names; `articles` name these. */
static double masks_vote(
    struct column *column, uint64_t set, uint32_t articles, uint64_t silent)
{
	double share;

	if (set == 0)
		set = silent;
	if (set == 0)
		return 0;
	share = (double)articles / __builtin_popcountll(set);
	for (uint64_t rest = set; rest != 0; rest &= rest - 1)
		column->background[__builtin_ctzll(rest)] += share;
	return articles;
}

void column_count_background(
    struct column *column, const struct question *question, uint32_t narticles)
{
	uint64_t silent = question->silent < 0 ? 0 : UINT64_C(1) << question->silent;
	uint32_t *articles = xcalloc((size_t)column->nmasks + 1, sizeof *articles);
	double votes = BACKGROUND_VOTES, shares = 0;

	for (size_t v = 0; v < question->nanswers; v++)
		shares += answer_share(&question->answers[v]);
	for (size_t v = 0; v < question->nanswers; v++)
		column->background[v] =
		    BACKGROUND_VOTES * answer_share(&question->answers[v]) / shares;
	for (uint32_t a = 0; a < narticles; a++)
		articles[column->mask[a]]++;
	for (uint32_t m = 0; m < column->nmasks; m++)
		votes += masks_vote(column, column->masks[m], articles[m], silent);
	for (size_t v = 0; v < question->nanswers; v++)
		column->background[v] /= votes;
	free(articles);
}

static void builder_report_values(const struct mention *mentions, size_t n, size_t question,
    void (*values)(void *arg, size_t question, uint32_t id, const char *value), void *arg)
{
	uint32_t id = 0;

	for (size_t i = 0; i < n; i++)
		if (mention_is_new_value(mentions, i))
			values(arg, question, id++, mentions[i].value);
}

static double *builder_take_prior(struct casetable_builder *b)
{
	double *prior = b->prior, sum = 0;

	for (uint32_t a = 0; a < b->narticles; a++)
		sum += prior[a];
	for (uint32_t a = 0; a < b->narticles; a++)
		prior[a] /= sum;
	b->prior = NULL;
	return prior;
}

static uint64_t *builder_take_variants(struct casetable_builder *b)
{
	uint64_t *variants = b->variants;

	b->variants = NULL;
	return variants;
}

void casetable_builder_free(struct casetable_builder *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->nmentions; i++)
		free(b->mentions[i].value);
	free(b->mentions);
	for (size_t q = 0; q < b->questions->n; q++)
		free(b->named[q]);
	free(b->named);
	free(b->cap_named);
	free(b->prior);
	free(b->variants);
	free(b);
}

struct casetable *casetable_builder_finish(struct casetable_builder *b,
    void (*values)(void *arg, size_t question, uint32_t id, const char *value), void *arg)
{
	struct casetable *table = xcalloc(1, sizeof *table);
	size_t from = 0;

	assert(b->narticles > 0);
	table->narticles = b->narticles;
	table->ncolumns = (uint32_t)b->questions->n;
	table->columns = xcalloc(table->ncolumns + 1, sizeof *table->columns);
	table->prior = builder_take_prior(b);
	table->variants = builder_take_variants(b);
	builder_sort_mentions(b);
	for (size_t q = 0; q < b->questions->n; q++) {
		const struct question *question = &b->questions->list[q];
		struct column *column = &table->columns[q];
		size_t to = from;

		if (question_is_sign(question)) {
			column->sketch = b->named[q];
			b->named[q] = NULL;
			continue;
		}
		if (!question_is_open(question)) {
			column->nanswers = question->nanswers;
			column->named = b->named[q];
			b->named[q] = NULL;
			column_list_masks(column, b->narticles);
			column_count_background(column, question, b->narticles);
			continue;
		}
		while (to < b->nmentions && b->mentions[to].column == q)
			to++;
		column_fill_open(column, b->narticles, b->mentions + from, to - from);
		if (values != NULL)
			builder_report_values(
			    b->mentions + from, to - from, q, values, arg);
		from = to;
	}
	casetable_builder_free(b);
	return table;
}

bool column_says(const struct column *column, uint32_t article)
{
	if (column->sketch != NULL)
		return column->sketch[article] != 0;
	if (column->named != NULL)
		return column->named[article] != 0;
	return column->count[article] > 0;
}

void casetable_free(struct casetable *table)
{
	if (table == NULL)
		return;
	for (uint32_t c = 0; c < table->ncolumns; c++) {
		free(table->columns[c].sketch);
		free(table->columns[c].named);
		free(table->columns[c].masks);
		free(table->columns[c].mask);
		free(table->columns[c].first);
		free(table->columns[c].article);
		free(table->columns[c].count);
	}
	free(table->columns);
	free(table->prior);
	free(table->variants);
	free(table);
}

static void column_print_choice(FILE *out, const struct column *column,
    const struct question *question, uint32_t narticles)
{
	for (size_t v = 0; v < column->nanswers; v++)
		fprintf(out, "  background %s %.4f\n", question->answers[v].key,
		    column->background[v]);
	for (uint32_t a = 0; a < narticles; a++) {
		if (column->named[a] == 0)
			continue;
		fprintf(out, "  article %" PRIu32 ":", a);
		for (uint64_t rest = column->named[a]; rest != 0; rest &= rest - 1)
			fprintf(out, " %s", question->answers[__builtin_ctzll(rest)].key);
		fputc('\n', out);
	}
}

static void column_print_signs(FILE *out, const struct column *column, uint32_t narticles)
{
	for (uint32_t a = 0; a < narticles; a++)
		fprintf(
		    out, "  article %" PRIu32 ": %016" PRIx64 "\n", a, column->sketch[a]);
}

static void column_print_open(FILE *out, const struct column *column)
{
	for (uint32_t v = 0; v < column->nvalues; v++) {
		fprintf(out, "  value %" PRIu32 ":", v);
		for (uint32_t i = column->first[v]; i < column->first[v + 1]; i++)
			fprintf(out, " %" PRIu32, column->article[i]);
		fputc('\n', out);
	}
}

void casetable_print(
    FILE *out, const struct casetable *table, const struct questions *questions)
{
	for (uint32_t a = 0; a < table->narticles; a++) {
		fprintf(out, "article %" PRIu32 " prior %.6f", a, table->prior[a]);
		for (uint64_t rest = table->variants[a]; rest != 0; rest &= rest - 1)
			fprintf(out, " %s", questions->list[__builtin_ctzll(rest)].key);
		fputc('\n', out);
	}
	for (uint32_t c = 0; c < table->ncolumns; c++) {
		const struct question *question = &questions->list[c];

		fprintf(out, "question %s\n", question->key);
		if (question_is_sign(question))
			column_print_signs(out, &table->columns[c], table->narticles);
		else if (question_is_open(question))
			column_print_open(out, &table->columns[c]);
		else
			column_print_choice(
			    out, &table->columns[c], question, table->narticles);
	}
}
