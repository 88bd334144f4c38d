/* SPDX-License-Identifier: ISC */
/* Free text to facts: what a person says, through the recognisers that read articles. */
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "understand.h"

static bool is_same(const struct understood *u, const struct finding *f)
{
	if (u->question != f->question || u->answer != f->answer)
		return false;
	return f->value == NULL || strcmp(u->value, f->value) == 0;
}

static bool is_known(const struct understandings *us, const struct finding *f)
{
	for (size_t i = 0; i < us->n; i++)
		if (is_same(&us->list[i], f))
			return true;
	return false;
}

/* The words of a finding on one line, blanks at its ends and runs of them dropped. */
static char *quote_copy(const char *text, struct span where)
{
	char *quote = xstrndup(text + where.start, where.end - where.start), *out = quote;
	bool blank = true;

	for (const char *in = quote; *in != '\0'; in++) {
		bool space = *in == ' ' || *in == '\n';
		if (!space || !blank)
			*out++ = space ? ' ' : *in;
		blank = space;
	}
	if (out > quote && out[-1] == ' ')
		out--;
	*out = '\0';
	return quote;
}

/* A version that a person says is the cure ("will SP3 help?") is not the one that is there. */
static bool is_stated(const struct finding *f)
{
	return f->role != ROLE_CURING;
}

/*
 * Whether the text names a second answer of a choice. Measured on descriptions whose answers
 * are known, one answer named is right in nineteen of twenty cases and the first of two in
 * little more than half: what is ambiguous is better asked than believed.
 */
static bool is_ambiguous(const struct findings *found, const struct finding *f)
{
	if (f->answer < 0)
		return false;
	for (size_t i = 0; i < found->n; i++) {
		const struct finding *other = &found->list[i];

		if (other->question == f->question && other->answer != f->answer &&
		    is_stated(other))
			return true;
	}
	return false;
}

void understand(struct understandings *us, const struct recognisers *r,
    const struct questions *qs, const char *text)
{
	struct findings found = {.list = NULL};
	char *clean = scan_clean(text, strlen(text));

	recognise(r, VOICE_PERSON, ~0u, BLOCK_PARAGRAPH, clean, NULL, &found);
	for (size_t q = 0; q < qs->n; q++)
		for (size_t i = 0; i < found.n; i++) {
			const struct finding *f = &found.list[i];

			if (f->question != q || !is_stated(f) || is_known(us, f) ||
			    is_ambiguous(&found, f))
				continue;
			us->list = xgrow(us->list, us->n, &us->cap, sizeof *us->list);
			us->list[us->n++] = (struct understood){
			    .question = f->question,
			    .answer = f->answer,
			    .value = xstrdup(f->value),
			    .quote = quote_copy(clean, f->where),
			};
		}
	findings_fini(&found);
	free(clean);
}

void understandings_fini(struct understandings *us)
{
	for (size_t i = 0; i < us->n; i++) {
		free(us->list[i].value);
		free(us->list[i].quote);
	}
	free(us->list);
	*us = (struct understandings){.list = NULL};
}
