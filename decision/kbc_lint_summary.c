/* SPDX-License-Identifier: ISC */
/*
 * kbc lint --summary: how many articles were understood, and why others were not. An article
 * is usable if something tells it from others (a fact) and it has something to say (advice).
 */
#include "kbc_lint.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* Articles without advice, by the sections they have. */
struct shape {
	char *sections;
	size_t n;
};

struct lint_summary {
	const struct questions *questions;
	size_t articles;
	size_t told[QUESTION_MAX]; /* articles with a fact, by question */
	size_t signature, advice[ADVICE_NKINDS];
	size_t no_facts, no_advice, neither;
	struct shape *shapes;
	size_t nshapes, shapes_cap;
};

struct lint_summary *lint_summary_new(const struct questions *questions)
{
	struct lint_summary *s = xcalloc(1, sizeof *s);

	s->questions = questions;
	return s;
}

void lint_summary_free(struct lint_summary *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nshapes; i++)
		free(s->shapes[i].sections);
	free(s->shapes);
	free(s);
}

/* What names a fault so well that few articles share it. */
static bool question_is_signature(const struct question *q)
{
	return q->recogniser == RECOGNISE_EVENT_ID ||
	       q->recogniser == RECOGNISE_ERROR_CODE || q->recogniser == RECOGNISE_MESSAGE;
}

static void summary_add_facts(struct lint_summary *s, const struct facts *facts)
{
	uint64_t told = 0;
	bool signature = false;

	for (size_t i = 0; i < facts->n; i++)
		told |= UINT64_C(1) << facts->list[i].question;
	for (size_t q = 0; q < s->questions->n; q++) {
		bool has = told >> q & 1;

		s->told[q] += has;
		signature |= has && question_is_signature(&s->questions->list[q]);
	}
	s->signature += signature;
}

static void summary_add_advice(struct lint_summary *s, const struct advices *advices)
{
	unsigned kinds = 0;

	for (size_t i = 0; i < advices->n; i++)
		kinds |= 1u << advices->list[i].kind;
	for (int kind = 0; kind < ADVICE_NKINDS; kind++)
		s->advice[kind] += kinds >> kind & 1;
}

/* There are few shapes: a search from the first is enough. */
static void summary_add_shape(struct lint_summary *s, const struct article *a)
{
	char *sections = lint_sections(a);

	for (size_t i = 0; i < s->nshapes; i++)
		if (strcmp(s->shapes[i].sections, sections) == 0) {
			s->shapes[i].n++;
			free(sections);
			return;
		}
	s->shapes = xgrow(s->shapes, s->nshapes, &s->shapes_cap, sizeof *s->shapes);
	s->shapes[s->nshapes++] = (struct shape){.sections = sections, .n = 1};
}

void lint_summary_add(struct lint_summary *s, const struct understanding *u)
{
	s->articles++;
	summary_add_facts(s, &u->facts);
	summary_add_advice(s, &u->advice);
	s->no_facts += !u->tells;
	s->no_advice += u->advice.n == 0;
	s->neither += !u->tells && u->advice.n == 0;
	if (u->advice.n == 0)
		summary_add_shape(s, u->article);
}

/* Printing */

static void print_row(FILE *f, const struct lint_summary *s, const char *what, size_t n)
{
	fprintf(f, "  %-40s %8zu", what, n);
	if (s->articles > 0)
		fprintf(f, " %5.1f %%", 100.0 * (double)n / (double)s->articles);
	fputc('\n', f);
}

static void print_variants(FILE *f, const struct lint_summary *s)
{
	size_t n = 0;

	fputs("\nversions, by the questions that advice depends on\n", f);
	for (size_t q = 0; q < s->questions->n; q++)
		if (s->questions->list[q].variant) {
			print_row(f, s, s->questions->list[q].key, s->told[q]);
			n++;
		}
	if (n == 0)
		fputs("  advice depends on none of these questions\n", f);
}

static void print_signatures(FILE *f, const struct lint_summary *s)
{
	fputs("\nsignature\n", f);
	for (size_t q = 0; q < s->questions->n; q++)
		if (question_is_signature(&s->questions->list[q]))
			print_row(f, s, s->questions->list[q].key, s->told[q]);
	print_row(f, s, "any of them", s->signature);
}

static int shape_compare(const void *left, const void *right)
{
	const struct shape *a = left, *b = right;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return strcmp(a->sections, b->sections);
}

static void print_unusable(FILE *f, struct lint_summary *s)
{
	fputs("\nnot usable\n", f);
	print_row(f, s, "articles", s->no_facts + s->no_advice - s->neither);
	print_row(f, s, "because no question tells about them", s->no_facts);
	print_row(f, s, "because they advise nothing", s->no_advice);
	print_row(f, s, "for both reasons", s->neither);
	if (s->nshapes > 0) {
		fputs("\nwhat those that advise nothing have\n", f);
		qsort(s->shapes, s->nshapes, sizeof *s->shapes, shape_compare);
	}
	for (size_t i = 0; i < s->nshapes; i++)
		print_row(f, s, s->shapes[i].sections, s->shapes[i].n);
}

static void print_errors(FILE *f, const struct diag *diag)
{
	size_t count[DIAG_NCODES] = {0};

	if (diag->count[DIAG_ERROR] == 0)
		return;
	fputs("\nfiles that are no article\n", f);
	for (size_t i = 0; i < diag->n; i++)
		count[diag->list[i].code]++;
	for (int code = 0; code < DIAG_NCODES; code++)
		if (count[code] > 0 && diag_level((enum diag_code)code) == DIAG_ERROR)
			fprintf(f, "  %-40s %8zu\n", diag_text((enum diag_code)code),
			    count[code]);
}

void lint_summary_print(FILE *f, struct lint_summary *s, const struct diag *diag)
{
	fprintf(f, "%zu articles\n", s->articles);
	print_variants(f, s);
	print_signatures(f, s);
	fputs("\nadvice\n", f);
	for (int kind = 0; kind < ADVICE_NKINDS; kind++)
		print_row(f, s, advice_kind_name((enum advice_kind)kind), s->advice[kind]);
	print_unusable(f, s);
	print_errors(f, diag);
}
