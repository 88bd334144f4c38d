/* SPDX-License-Identifier: ISC */
/* Entries of advice while they are written. */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "advice_draft.h"

bool draft_has_doing(enum advice_kind kind)
{
	return kind == ADVICE_FIX || kind == ADVICE_WORKAROUND || kind == ADVICE_HOW_TO;
}

static bool is_announcement(const struct draft *d)
{
	size_t n = d->advice.text != NULL ? strlen(d->advice.text) : 0;

	return d->advice.nsteps == 0 && n > 0 && d->advice.text[n - 1] == ':';
}

bool draft_only_announces(const struct draft *d)
{
	return is_announcement(d) && strstr(d->advice.text, "\n\n") == NULL;
}

size_t draft_open(struct drafts *ds, enum advice_kind kind,
    const struct conditions *applies, unsigned method, enum section_kind section,
    unsigned line)
{
	struct conditions copy = {.list = NULL};

	for (size_t i = 0; i < ds->n; i++) {
		struct draft *d = &ds->list[i];

		if (d->advice.kind != kind ||
		    !conditions_equal(
			d->advice.applies, d->advice.napplies, applies->list, applies->n))
			continue;
		if (!draft_has_doing(kind) || d->method == method)
			return i;
		/* "Use one of these methods:" becomes the beginning of the first of them. */
		if (d->method == 0 && i + 1 == ds->n && is_announcement(d)) {
			d->method = method;
			return i;
		}
	}
	conditions_copy(&copy, applies);
	ds->list = xgrow(ds->list, ds->n, &ds->cap, sizeof *ds->list);
	ds->list[ds->n] = (struct draft){
	    .advice =
		{
		    .kind = kind,
		    .section = section,
		    .line = line,
		    .applies = copy.list,
		    .napplies = copy.n,
		},
	    .method = method,
	};
	return ds->n++;
}

/* text = text + between + words, any of the two last may be NULL. */
static void append(char **text, const char *between, const char *words)
{
	char *all = xasprintf("%s%s%s", *text != NULL ? *text : "",
	    *text != NULL && **text != '\0' && between != NULL ? between : "",
	    words != NULL ? words : "");

	free(*text);
	*text = all;
}

void draft_add_text(struct draft *d, const char *words, bool paragraph)
{
	struct advice *a = &d->advice;

	if (a->text != NULL &&
	    (strlen(a->text) > DRAFT_TEXT_MAX || strstr(a->text, words) != NULL))
		return;
	append(&a->text, paragraph ? "\n\n" : " ", words);
}

void draft_add_or(struct draft *d)
{
	if (d->advice.text != NULL)
		append(&d->advice.text, "\n\n", "-or-");
}

void draft_add_step(struct draft *d, const char *lead, const char *words)
{
	struct advice *a = &d->advice;

	if (a->nsteps >= DRAFT_STEPS_MAX)
		return;
	a->steps = xrealloc_array(a->steps, a->nsteps + 1, sizeof *a->steps);
	a->steps[a->nsteps] =
	    lead != NULL ? xasprintf("%s %s", lead, words) : xstrdup(words);
	a->nsteps++;
}

void draft_add_detail(struct draft *d, const char *label, const char *words)
{
	struct advice *a = &d->advice;
	char *line;

	if (a->nsteps == 0 || strlen(a->steps[a->nsteps - 1]) > DRAFT_TEXT_MAX)
		return;
	line = label != NULL ? xasprintf("%s %s", label, words) : xstrdup(words);
	append(&a->steps[a->nsteps - 1], "\n", line);
	free(line);
}

char *draft_words(const struct block *b, struct span where)
{
	char *words = xstrndup(b->text + where.start, where.end - where.start),
	     *out = words;

	if (b->kind == BLOCK_VERBATIM)
		return words;
	for (const char *in = words; *in != '\0'; in++) {
		if (*in != '\n' && *in != ' ') {
			*out++ = *in;
			continue;
		}
		if (out == words || out[-1] == ' ')
			continue;
		if (*in == '\n' && out - words > 1 && out[-1] == '-' && out[-2] != ' ')
			continue;
		*out++ = ' ';
	}
	while (out > words && out[-1] == ' ')
		out--;
	*out = '\0';
	return words;
}

static bool is_cure(const struct advice *a)
{
	return a->kind == ADVICE_SERVICE_PACK || a->kind == ADVICE_HOTFIX;
}

/* Whether it is an article of instructions: what that fixes, it fixes by the way. */
static bool are_instructions(const struct drafts *ds)
{
	for (size_t i = 0; i < ds->n; i++)
		if (ds->list[i].advice.kind == ADVICE_HOW_TO &&
		    ds->list[i].advice.nsteps > 0)
			return true;
	return false;
}

/*
 * Where an entry is offered among those of its article. What the author calls the resolution
 * comes first, whoever supplies it; then what helps meanwhile; then a vendor's cure that is
 * only mentioned, and instructions beside it, which are mostly about that cure.
 */
static unsigned draft_rank(const struct drafts *ds, const struct advice *a)
{
	if (a->section == SECTION_RESOLUTION && (is_cure(a) || a->kind == ADVICE_FIX))
		return 0;
	if (is_cure(a))
		return ds->refers ? 0 : 2;
	if (a->kind == ADVICE_WORKAROUND)
		return 1;
	if (a->kind == ADVICE_FIX)
		return are_instructions(ds) ? 5 : 3;
	return a->kind == ADVICE_EXPLANATION ? 6 : 4;
}

/* The vendor's cures of a resolution keep together, where the first of them stands. */
static void drafts_rank(struct drafts *ds)
{
	size_t cure = ds->n;

	for (size_t i = 0; i < ds->n; i++) {
		struct draft *d = &ds->list[i];

		d->number = i;
		d->rank = draft_rank(ds, &d->advice);
		if (d->rank == 0 && is_cure(&d->advice))
			cure = cure < i ? cure : i;
		d->place = d->rank != 0 ? 0 : is_cure(&d->advice) ? cure : i;
	}
}

static int compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int draft_compare(const void *va, const void *vb)
{
	const struct draft *a = va, *b = vb;
	int c = compare(a->rank, b->rank);

	if (c == 0)
		c = compare(a->place, b->place);
	if (c == 0)
		c = compare(a->advice.kind, b->advice.kind);
	return c != 0 ? c : compare(a->number, b->number);
}

void drafts_finish(struct drafts *ds, struct advices *out)
{
	drafts_rank(ds);
	if (ds->n > 0)
		qsort(ds->list, ds->n, sizeof *ds->list, draft_compare);
	for (size_t i = 0; i < ds->n; i++) {
		struct advice *a = &ds->list[i].advice;

		if (a->text == NULL)
			a->text = xstrdup("");
		out->list = xgrow(out->list, out->n, &out->cap, sizeof *out->list);
		out->list[out->n++] = *a;
	}
	free(ds->list);
	*ds = (struct drafts){.list = NULL};
}
