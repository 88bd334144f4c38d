/* SPDX-License-Identifier: ISC */
/* Free text to facts: what a person says, through the recognisers that read articles. */
#include <ctype.h>
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
	meant = slip_value(l, f->question, typed);
	if (meant == NULL) {
		free(typed);
		return;
	}
	free(u->value);
	u->value = meant;
	u->slip = typed;
}

static void listen_findings(struct listener *l)
{
	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];
		struct understood u = {.question = f->question, .answer = f->answer};

		if (!is_stated(f) || is_ambiguous(&l->found, f) ||
		    (f->answer >= 0 && is_denied(l->spoken.text, f->where.start)))
			continue;
		u.value = xstrdup(f->value);
		mend_slip(l, f, &u);
		listener_add(l, u, f->where);
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

	spoken_figures(&l.spoken, clean);
	recognise(r, VOICE_PERSON, ~0u, BLOCK_PARAGRAPH, l.spoken.text, NULL, &l.found);
	listen_findings(&l);
	if (lookup != NULL) {
		listen_known(&l);
		listen_words(&l);
	}
	listen_absence(&l);
	if (us->n > 0)
		qsort(us->list, us->n, sizeof *us->list, compare_understood);
	findings_fini(&l.found);
	spoken_fini(&l.spoken);
	free(clean);
}

void understandings_fini(struct understandings *us)
{
	for (size_t i = 0; i < us->n; i++)
		understood_fini(&us->list[i]);
	free(us->list);
	*us = (struct understandings){.list = NULL};
}
