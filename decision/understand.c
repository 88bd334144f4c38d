/* SPDX-License-Identifier: ISC */
/* Free text to facts: what a person says, through the recognisers that read articles. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "understand_private.h"

static bool is_same(const struct understood *a, const struct understood *b)
{
	if (a->question != b->question || a->answer != b->answer)
		return false;
	return a->value == NULL || b->value == NULL || strcmp(a->value, b->value) == 0;
}

/* The words of a finding on one line. */
static char *quote_copy(const char *text, struct span where)
{
	char *words = xstrndup(text + where.start, where.end - where.start);
	char *quote = scan_fold(words);

	free(words);
	return quote;
}

/* A version that a person says is the cure ("will SP3 help?") is not the one that is there. */
static bool is_stated(const struct finding *f)
{
	return f->role != ROLE_CURING;
}

/*
 * "It is not a cluster" and "this isn't on a cluster" name what is not so. Only with an
 * article behind the negation: "mail is not delivered" is about delivery.
 */
static bool is_denied(const char *text, size_t start)
{
	static const char *const denials[] = {"not a ", "not an ", "n't a ", "n't an ",
	    "not on a ", "not in a ", "n't on a ", "n't in a ", "not using a "};

	for (size_t i = 0; i < sizeof denials / sizeof *denials; i++) {
		size_t len = strlen(denials[i]);

		if (start >= len && strncasecmp(text + start - len, denials[i], len) == 0)
			return true;
	}
	return false;
}

/* Whether the finding says that something is so, here and now. */
static bool is_said(const struct listener *l, const struct finding *f)
{
	return is_stated(f) &&
	       !(f->answer >= 0 && is_denied(l->spoken.text, f->where.start));
}

/*
 * Gathers the answers that the text names, of every choice. Measured on descriptions whose
 * answers are known, one answer named is right in nineteen of twenty cases and the first of
 * two in little more than half: what is ambiguous is better asked than believed.
 */
static void listen_named(struct listener *l)
{
	l->named = xcalloc(l->questions->n + 1, sizeof *l->named);
	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];

		if (f->answer >= 0 && is_said(l, f))
			l->named[f->question] |= UINT64_C(1) << f->answer;
	}
}

static bool is_one(uint64_t bits)
{
	return (bits & (bits - 1)) == 0;
}

bool listener_knows(const struct listener *l, size_t question, const char *value)
{
	return l->lookup->value(l->lookup->arg, question, value);
}

static void understood_fini(struct understood *u)
{
	free(u->value);
	free(u->quote);
	free(u->slip);
}

void listener_add(struct listener *l, struct understood u, struct span where)
{
	struct understandings *us = l->out;
	struct span words = spoken_words(&l->spoken, where);

	u.place = words.start;
	for (size_t i = 0; i < us->n; i++)
		if (is_same(&us->list[i], &u)) {
			understood_fini(&u);
			return;
		}
	u.quote = quote_copy(l->said, words);
	us->list = xgrow(us->list, us->n, &us->cap, sizeof *us->list);
	us->list[us->n++] = u;
}

/* What was typed for a value: the figures themselves, without "event ID:" before them. */
static char *typed_of(const struct listener *l, const struct finding *f)
{
	if (l->questions->list[f->question].kind == QUESTION_NUMBER)
		return xstrdup(f->value);
	return xstrndup(l->spoken.text + f->where.start, f->where.end - f->where.start);
}

/*
 * People call an event an error, where a log is spoken of, and seldom the other way round.
 * Takes what no article has under this question for what one has, to the letter, under the
 * other. Whether there is such.
 */
static bool mend_question(const struct listener *l, const struct finding *f,
    const char *typed, struct understood *u)
{
	const struct questions *qs = l->questions;
	enum question_kind kind = qs->list[u->question].kind;

	if (kind == QUESTION_CODE && !listener_speaks_of_events(l, f->where))
		return false;
	for (size_t q = 0; q < qs->n; q++) {
		enum question_kind other = qs->list[q].kind;
		char *value;

		if (other == kind || (other != QUESTION_NUMBER && other != QUESTION_CODE))
			continue;
		value = question_canonical(qs, &qs->list[q], typed);
		if (value != NULL && listener_knows(l, q, value)) {
			free(u->value);
			u->value = value;
			u->question = q;
			return true;
		}
		free(value);
	}
	return false;
}

/* Takes a code or number that nobody knows for the known one it was meant for. */
static void mend_slip(
    const struct listener *l, const struct finding *f, struct understood *u)
{
	enum question_kind kind = l->questions->list[f->question].kind;
	char *typed, *meant;

	if (l->lookup == NULL || (kind != QUESTION_NUMBER && kind != QUESTION_CODE) ||
	    listener_knows(l, f->question, f->value))
		return;
	typed = typed_of(l, f);
	meant = slip_clothes(l, f->question, typed);
	if (meant == NULL && !mend_question(l, f, typed, u))
		meant = slip_value(l, f->question, typed);
	if (meant == NULL) {
		free(typed);
		return;
	}
	free(u->value);
	u->value = meant;
	u->slip = typed;
}

#define LEAST_LETTERS 3

/*
 * Whether a quotation is a message: a quoted field of an exported log is a date or the name of
 * a source as well, and between two attributes of XML there are quotes, too.
 */
static bool is_message(const struct listener *l, const struct finding *f)
{
	const struct questions *qs = l->questions;
	size_t letters = 0, longest = 0;

	for (const char *c = f->value; *c != '\0'; c++) {
		letters = isalpha((unsigned char)*c) ? letters + 1 : 0;
		longest = letters > longest ? letters : longest;
	}
	for (size_t q = 0; q < qs->n && l->lookup != NULL; q++) {
		char *name = qs->list[q].recogniser == RECOGNISE_EVENT_SOURCE
				 ? question_canonical(qs, &qs->list[q], f->value)
				 : NULL;
		bool known = name != NULL && listener_knows(l, q, name);

		free(name);
		if (known)
			return false;
	}
	return longest >= LEAST_LETTERS && strstr(f->value, "><") == NULL;
}

static bool is_heard(const struct listener *l, const struct finding *f)
{
	if (f->answer >= 0)
		return is_said(l, f) && is_one(l->named[f->question]);
	return l->questions->list[f->question].recogniser != RECOGNISE_MESSAGE ||
	       is_message(l, f);
}

static void listen_findings(struct listener *l)
{
	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];
		struct understood u = {.question = f->question, .answer = f->answer};

		if (!is_heard(l, f))
			continue;
		u.value = xstrdup(f->value);
		mend_slip(l, f, &u);
		listener_add(l, u, f->where);
	}
}

/* "5.0 ... 5.5": the words of the first finding of each of the answers named. */
static char *quotes_of(const struct listener *l, size_t question, uint64_t named)
{
	char *text = NULL;
	size_t len;
	FILE *out = xopen_memstream(&text, &len);

	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];
		char *quote;

		if (f->question != question || f->answer < 0 || !is_said(l, f) ||
		    (named >> f->answer & 1) == 0)
			continue;
		named &= ~(UINT64_C(1) << f->answer);
		quote = quote_copy(l->said, spoken_words(&l->spoken, f->where));
		fprintf(out, "%s%s", ftell(out) > 0 ? " ... " : "", quote);
		free(quote);
	}
	xclose_memstream(out);
	return text;
}

/* The choices that the text leaves open between several answers. */
static void listen_unclear(struct listener *l)
{
	for (size_t q = 0; q < l->questions->n; q++) {
		uint64_t named = l->named[q];
		struct understandings *us = l->out;

		if (is_one(named))
			continue;
		us->list = xgrow(us->list, us->n, &us->cap, sizeof *us->list);
		us->list[us->n++] = (struct understood){
		    .question = q,
		    .answer = -1,
		    .among = named,
		    .quote = quotes_of(l, q, named),
		};
	}
}

/* The slips in words, whether recognisers went by them or not. */
static void listen_mended(struct listener *l)
{
	for (size_t i = 0; i < l->spoken.n; i++) {
		const struct rewrite *r = &l->spoken.list[i];
		struct understood u = {.question = UNDERSTOOD_WORD, .answer = -1};

		if (r->meant == NULL)
			continue;
		u.value = xstrdup(r->meant);
		u.slip = xstrndup(l->said + r->words.start, r->words.end - r->words.start);
		listener_add(l, u, r->figures);
	}
}

static bool is_asked_about(const struct understandings *us, size_t question)
{
	for (size_t i = 0; i < us->n; i++)
		if (us->list[i].question == question)
			return true;
	return false;
}

/* Whether the words at a place are whole ones; the last may have a plural s. */
static bool stands_alone(const char *text, size_t start, const char *words)
{
	const char *end = text + start + strlen(words);

	if (start > 0 && isalnum((unsigned char)text[start - 1]))
		return false;
	return !isalnum((unsigned char)end[*end == 's']);
}

/* "No event in the log", "there is no error code": looked for, and not there. */
static void listen_absence(struct listener *l)
{
	static const struct absence {
		enum recogniser recogniser;
		const char *words;
	} absences[] = {
	    {RECOGNISE_EVENT_ID, "no event"},
	    {RECOGNISE_EVENT_ID, "nothing in the event log"},
	    {RECOGNISE_EVENT_ID, "nothing in the log"},
	    {RECOGNISE_EVENT_ID, "nothing in the application log"},
	    {RECOGNISE_ERROR_CODE, "no error code"},
	    {RECOGNISE_ERROR_CODE, "no error number"},
	    {RECOGNISE_ERROR_CODE, "without an error code"},
	    {RECOGNISE_MESSAGE, "no error message"},
	    {RECOGNISE_MESSAGE, "no message at all"},
	};

	for (size_t i = 0; i < sizeof absences / sizeof *absences; i++) {
		const char *at = strcasestr(l->spoken.text, absences[i].words);
		size_t start = at == NULL ? 0 : (size_t)(at - l->spoken.text);

		if (at == NULL || !stands_alone(l->spoken.text, start, absences[i].words))
			continue;
		for (size_t q = 0; q < l->questions->n; q++)
			if (l->questions->list[q].recogniser == absences[i].recogniser &&
			    question_is_open(&l->questions->list[q]) &&
			    !is_asked_about(l->out, q))
				listener_add(l,
				    (struct understood){.question = q,
					.answer = -1,
					.value = xstrdup("none")},
				    (struct span){
					start, start + strlen(absences[i].words)});
	}
}

static int compare_understood(const void *va, const void *vb)
{
	const struct understood *a = va, *b = vb;

	if (a->question != b->question)
		return a->question < b->question ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (a->answer != b->answer)
		return a->answer < b->answer ? -1 : 1;
	return a->value == NULL || b->value == NULL ? 0 : strcmp(a->value, b->value);
}

void understand(struct understandings *us, const struct recognisers *r,
    const struct questions *qs, const struct lookup *lookup, const char *text)
{
	char *clean = scan_clean(text, strlen(text));
	struct listener l = {.questions = qs, .lookup = lookup, .said = clean, .out = us};
	struct mender *mender = lookup != NULL ? mender_new(qs, lookup) : NULL;

	spoken_read(&l.spoken, clean, mender);
	mender_free(mender);
	recognise(r, VOICE_PERSON, ~0u, BLOCK_PARAGRAPH, l.spoken.text, NULL, &l.found);
	listen_named(&l);
	listen_findings(&l);
	listen_unclear(&l);
	listen_mended(&l);
	if (lookup != NULL)
		listen_known(&l);
	listen_absence(&l);
	if (us->n > 0)
		qsort(us->list, us->n, sizeof *us->list, compare_understood);
	findings_fini(&l.found);
	spoken_fini(&l.spoken);
	free(l.named);
	free(clean);
}

void understandings_fini(struct understandings *us)
{
	for (size_t i = 0; i < us->n; i++)
		understood_fini(&us->list[i]);
	free(us->list);
	*us = (struct understandings){.list = NULL};
}
