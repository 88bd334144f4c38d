/* SPDX-License-Identifier: ISC */
/*
 * Articles to facts: runs the recognisers over every block and keeps, of all the places that
 * say the same, the one that says it best.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "extract.h"
#include "sentence.h"
#include "sign.h"

/* Quotations are cut to about this many bytes, at a word. */
#define QUOTE_MAX 100
/* Of a longer block only this many bytes are read: it is data, not something anybody says. */
#define BLOCK_MAX (32u << 10)
/* Fewer bytes than this tell nothing: the whole line is quoted then. */
#define QUOTE_MIN 24

/* How well a section states what an article is about: low is better. */
static const unsigned char rank_of_what[SECTION_NKINDS] = {
    [SECTION_SYMPTOMS] = 0,
    [SECTION_TITLE] = 1,
    [SECTION_SUMMARY] = 2,
    [SECTION_MORE_INFORMATION] = 3,
    [SECTION_CAUSE] = 4,
    [SECTION_PREAMBLE] = 5,
    [SECTION_STATUS] = 6,
    [SECTION_RESOLUTION] = 7,
    [SECTION_WORKAROUND] = 8,
    [SECTION_APPLIES_TO] = 9,
    [SECTION_OTHER] = 10,
    [SECTION_REFERENCES] = 11,
    [SECTION_QUERY_WORDS] = 12,
    [SECTION_KEYWORDS] = 13,
};

/* The same for what it applies to: products, versions and service packs. */
static const unsigned char rank_of_scope[SECTION_NKINDS] = {
    [SECTION_APPLIES_TO] = 0,
    [SECTION_TITLE] = 1,
    [SECTION_STATUS] = 2,
    [SECTION_SYMPTOMS] = 3,
    [SECTION_SUMMARY] = 4,
    [SECTION_PREAMBLE] = 5,
    [SECTION_RESOLUTION] = 6,
    [SECTION_CAUSE] = 7,
    [SECTION_WORKAROUND] = 8,
    [SECTION_MORE_INFORMATION] = 9,
    [SECTION_OTHER] = 10,
    [SECTION_REFERENCES] = 11,
    [SECTION_QUERY_WORDS] = 12,
    [SECTION_KEYWORDS] = 13,
};

static bool is_scope(const struct question *q)
{
	return q->recogniser == RECOGNISE_VERSION ||
	       q->recogniser == RECOGNISE_SERVICE_PACK;
}

static unsigned section_rank(const struct question *q, enum section_kind kind)
{
	return is_scope(q) ? rank_of_scope[kind] : rank_of_what[kind];
}

static int fact_compare_key(const struct fact *a, const struct fact *b)
{
	if (a->question != b->question)
		return a->question < b->question ? -1 : 1;
	if (a->role != b->role)
		return a->role < b->role ? -1 : 1;
	if (a->answer != b->answer)
		return a->answer < b->answer ? -1 : 1;
	if (a->value == NULL || b->value == NULL)
		return (a->value != NULL) - (b->value != NULL);
	return strcmp(a->value, b->value);
}

static int fact_compare(const void *va, const void *vb)
{
	const struct fact *a = va, *b = vb;
	int c = fact_compare_key(a, b);

	if (c != 0)
		return c;
	return (a->line > b->line) - (a->line < b->line);
}

static void fact_fini(struct fact *f)
{
	free(f->value);
	free(f->quote);
}

void facts_add(struct facts *facts, const struct fact *f)
{
	struct fact copy = *f;
	size_t i;

	copy.value = xstrdup(f->value);
	copy.quote = xstrdup(f->quote);
	for (i = 0; i < facts->n; i++)
		if (fact_compare_key(&facts->list[i], f) == 0) {
			fact_fini(&facts->list[i]);
			facts->list[i] = copy;
			return;
		}
	facts->list = xgrow(facts->list, facts->n, &facts->cap, sizeof *facts->list);
	facts->list[facts->n++] = copy;
}

void facts_sort(struct facts *facts)
{
	size_t n = 0;

	if (facts->n == 0)
		return;
	qsort(facts->list, facts->n, sizeof *facts->list, fact_compare);
	for (size_t i = 0; i < facts->n; i++) {
		if (n > 0 && fact_compare_key(&facts->list[n - 1], &facts->list[i]) == 0)
			fact_fini(&facts->list[i]);
		else
			facts->list[n++] = facts->list[i];
	}
	facts->n = n;
}

void facts_fini(struct facts *facts)
{
	for (size_t i = 0; i < facts->n; i++)
		fact_fini(&facts->list[i]);
	free(facts->list);
	*facts = (struct facts){.list = NULL};
}

/* The line of text that holds the byte at `at`, blanks at its ends left out. */
static struct span line_around(const char *text, size_t len, size_t at)
{
	struct span line = {.start = at, .end = at};

	while (line.start > 0 && text[line.start - 1] != '\n')
		line.start--;
	while (line.end < len && text[line.end] != '\n')
		line.end++;
	while (line.start < line.end && text[line.start] == ' ')
		line.start++;
	while (line.end > line.start && text[line.end - 1] == ' ')
		line.end--;
	return line;
}

/* At most QUOTE_MAX bytes of the line around the deciding words, cut at blanks. */
static struct span window_around(const char *text, struct span line, struct span where)
{
	struct span w = line;

	if (w.end - w.start <= QUOTE_MAX)
		return w;
	if (where.start - w.start > QUOTE_MAX / 4) {
		w.start = where.start - QUOTE_MAX / 4;
		while (w.start < where.start && text[w.start - 1] != ' ')
			w.start++;
	}
	if (w.end - w.start > QUOTE_MAX) {
		size_t end = w.start + QUOTE_MAX;
		while (end > where.start + 1 && text[end] != ' ')
			end--;
		w.end = end > where.start + 1 ? end : w.end;
	}
	return w;
}

/* The part of the line that is of the sentence of its deciding words. */
static struct span clause_around(
    const char *text, size_t len, struct span line, struct span where)
{
	struct span s = sentence_around(text, len, where.start);

	if (s.start < line.start)
		s.start = line.start;
	if (s.end > line.end)
		s.end = line.end;
	return s.end > s.start && s.end - s.start >= QUOTE_MIN ? s : line;
}

char *evidence_quote(const struct block *b, struct span where, unsigned *lineno)
{
	size_t len = strlen(b->text);
	struct span line, s;

	while (where.start < len && strchr(" \n", b->text[where.start]) != NULL)
		where.start++;
	line = line_around(b->text, len, where.start);
	s = b->kind == BLOCK_VERBATIM ? line : clause_around(b->text, len, line, where);
	s = window_around(b->text, s, where);
	*lineno = b->line;
	for (size_t i = 0; i < line.start; i++)
		*lineno += b->text[i] == '\n';
	return xstrndup(b->text + s.start, s.end - s.start);
}

/* A fact as found, with how well its place says it. */
struct candidate {
	struct fact fact;
	unsigned rank; /* of its section: low is better */
	bool dropped; /* another says the same, or it is no fact after all */
};

/* What reading one article needs at hand. */
struct extraction {
	const struct recognisers *recognisers;
	const struct questions *questions;
	struct findings findings; /* of one block, emptied before the next */
	struct candidate *list; /* all that was found, in order of place */
	size_t n, cap;
};

static void finding_keep(struct extraction *x, const struct finding *f,
    enum section_kind kind, const struct block *b)
{
	const struct question *q = &x->questions->list[f->question];
	struct candidate *c;

	/* A version that is only the one where it was corrected is none it applies to. */
	if (f->role != ROLE_AFFECTED && q->recogniser != RECOGNISE_SERVICE_PACK)
		return;
	x->list = xgrow(x->list, x->n, &x->cap, sizeof *x->list);
	c = &x->list[x->n++];
	*c = (struct candidate){
	    .fact = {.question = f->question,
		.answer = f->answer,
		.value = xstrdup(f->value),
		.role = f->role,
		.section = kind},
	    .rank = section_rank(q, kind),
	};
	c->fact.quote = evidence_quote(b, f->where, &c->fact.line);
}

static int candidate_compare(const void *va, const void *vb)
{
	const struct candidate *a = va, *b = vb;
	int c = fact_compare_key(&a->fact, &b->fact);

	if (c != 0)
		return c;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->fact.line > b->fact.line) - (a->fact.line < b->fact.line);
}

static bool names_event(const struct extraction *x, const char *value)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct fact *f = &x->list[i].fact;

		if (x->questions->list[f->question].recogniser == RECOGNISE_EVENT_ID &&
		    f->value != NULL && strcmp(f->value, value) == 0)
			return true;
	}
	return false;
}

/*
 * "Error 9318" in a title, or anywhere without saying "code", where the article says that 9318
 * is an event: it is an event.
 */
static bool is_event_called_error(const struct extraction *x, size_t i)
{
	const struct fact *f = &x->list[i].fact;

	if (x->questions->list[f->question].recogniser != RECOGNISE_ERROR_CODE)
		return false;
	for (size_t k = i; k < x->n && fact_compare_key(&x->list[k].fact, f) == 0; k++) {
		const struct fact *same = &x->list[k].fact;

		if (same->section != SECTION_TITLE &&
		    (strstr(same->quote, f->value) == NULL ||
			strcasestr(same->quote, "code") != NULL))
			return false;
	}
	return names_event(x, f->value);
}

/* Whether a number in the quotation begins with value and has more digits. */
static bool goes_on_as_number(const char *quote, const char *value)
{
	size_t n = strlen(value);

	for (const char *hit = quote; (hit = strstr(hit, value)) != NULL; hit += n)
		if ((hit == quote || !isalnum((unsigned char)hit[-1])) &&
		    isdigit((unsigned char)hit[n]))
			return true;
	return false;
}

/* A number at the end of a title, where the text has a longer one: it was cut off with it. */
static bool is_cut_in_title(const struct extraction *x, size_t i)
{
	const struct fact *f = &x->list[i].fact;
	size_t n = strlen(f->quote), m;

	if (x->questions->list[f->question].recogniser != RECOGNISE_ERROR_CODE ||
	    f->section != SECTION_TITLE || (m = strlen(f->value)) > n ||
	    strcmp(f->quote + n - m, f->value) != 0)
		return false;
	if (i + 1 < x->n && fact_compare_key(&x->list[i + 1].fact, f) == 0)
		return false; /* the text has it as well */
	for (size_t k = 0; k < x->n; k++)
		if (x->list[k].fact.question == f->question &&
		    x->list[k].fact.section != SECTION_TITLE &&
		    goes_on_as_number(x->list[k].fact.quote, f->value))
			return true;
	return false;
}

/* Moves the best of those that say the same to `facts`. */
static void candidates_settle(struct extraction *x, struct facts *facts)
{
	if (x->n > 0)
		qsort(x->list, x->n, sizeof *x->list, candidate_compare);
	for (size_t i = 0; i < x->n; i++) {
		struct fact *f = &x->list[i].fact;

		/* what is said of the first of its kind holds for those behind it */
		if ((i > 0 && fact_compare_key(&x->list[i - 1].fact, f) == 0) ||
		    is_event_called_error(x, i) || is_cut_in_title(x, i)) {
			x->list[i].dropped = true;
			continue;
		}
		facts->list =
		    xgrow(facts->list, facts->n, &facts->cap, sizeof *facts->list);
		facts->list[facts->n++] = *f;
	}
	for (size_t i = 0; i < x->n; i++)
		if (x->list[i].dropped)
			fact_fini(&x->list[i].fact);
	free(x->list);
}

static void text_read(
    struct extraction *x, enum section_kind kind, const struct block *b, const char *intro)
{
	x->findings.n = 0;
	recognise(x->recognisers, VOICE_ARTICLE, 1u << kind, b->kind, b->text, intro,
	    &x->findings);
	for (size_t i = 0; i < x->findings.n; i++) {
		finding_keep(x, &x->findings.list[i], kind, b);
		free(x->findings.list[i].value);
	}
}

static void block_read(
    struct extraction *x, enum section_kind kind, const struct block *b, const char *intro)
{
	struct block cut = *b;

	if (strnlen(b->text, BLOCK_MAX + 1) <= BLOCK_MAX) {
		text_read(x, kind, b, intro);
		return;
	}
	cut.text = xstrndup(b->text, scan_cut(b->text, BLOCK_MAX));
	text_read(x, kind, &cut, intro);
	free(cut.text);
}

/* The title of another article tells nothing of this one: "Q123456 Title". */
static bool is_reference(const char *text)
{
	size_t n;

	if (*text != 'Q')
		return false;
	n = strspn(text + 1, "0123456789");
	return n >= 5 && n <= 6 && strchr(" :\n", text[1 + n]) != NULL;
}

static void section_read(struct extraction *x, const struct section *s)
{
	const char *intro = NULL, *before = NULL;

	if (s->heading != NULL && s->level > 1) {
		struct block heading = {
		    .kind = BLOCK_PARAGRAPH, .line = s->line, .text = s->heading};
		block_read(x, s->kind, &heading, NULL);
	}
	for (size_t i = 0; i < s->nblocks; i++) {
		const struct block *b = &s->blocks[i];

		if (is_reference(b->text))
			continue;
		block_read(x, s->kind, b,
		    b->kind == BLOCK_VERBATIM    ? intro
		    : b->kind == BLOCK_PARAGRAPH ? before
						 : NULL);
		before = b->text;
		if (b->kind != BLOCK_VERBATIM && !sentence_is_connective(b->text))
			intro = b->text;
	}
}

/* The sentence that somebody with this problem would know it by. */
static void facts_add_sign(
    struct facts *facts, const struct questions *qs, const struct article *a)
{
	struct fact sign = {
	    .question = questions_sign(qs), .answer = -1, .role = ROLE_AFFECTED};

	if (!sign_find(a, &sign))
		return;
	facts_add(facts, &sign);
	facts_sort(facts);
	fact_fini(&sign);
}

void facts_extract(struct facts *facts, const struct recognisers *r,
    const struct questions *qs, const struct article *a)
{
	struct extraction x = {.recognisers = r, .questions = qs};

	for (size_t i = 0; i < a->nsections; i++)
		section_read(&x, &a->sections[i]);
	candidates_settle(&x, facts);
	x.findings.n = 0;
	findings_fini(&x.findings);
	facts_add_sign(facts, qs, a);
}

void facts_print(FILE *f, const struct facts *facts, const struct questions *qs)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *fact = &facts->list[i];
		const struct question *q = &qs->list[fact->question];

		fprintf(f, "%s%s%s = %s", q->key, fact->role == ROLE_AFFECTED ? "" : " ",
		    fact->role == ROLE_AFFECTED ? "" : role_name(fact->role),
		    fact->answer >= 0 ? q->answers[fact->answer].key : fact->value);
		fprintf(f, "  [%s %u%s] \"%s\"\n", section_name(fact->section), fact->line,
		    fact->curated ? " curated" : "", fact->quote);
	}
}
