/* SPDX-License-Identifier: ISC */
/*
 * Slips in codes and numbers. What was typed is compared with what the knowledge file knows:
 * a letter for the figure it looks like, a minus sign left out, an error of Windows with or
 * without what HRESULTs put before it; then one figure left out, two neighbours swapped, one
 * figure doubled, and in long ones a figure too many or a wrong one: of four figures nearly
 * any number is one wrong figure away from some event. A value that some article names is
 * never touched, and where two known values are as near, none is taken. Words are in
 * understand_mend.c.
 *
 * An HRESULT of 0x8007xxxx carries an error of Windows in its low half. It is no other spelling
 * of that error, as code.h means it, because articles that name 80070005 mean that one only, of
 * all where access is denied; but where one of the two is unknown the other is what is meant.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "understand_private.h"

/* Shorter ones are a slip away from too many others; one figure of so many may be wrong. */
#define LEAST_LENGTH 4
#define LONG_LENGTH 7
#define MOST_LENGTH 24

/* The HRESULTs that carry an error of Windows in their low half. */
#define HRESULT_WIN32 0x80070000u
#define WIN32_MASK 0xffffu

static const char letters_alike[] = "OoBlISZ";
static const char figures_alike[] = "0081152";

char *slip_figures(const char *typed)
{
	char *copy = xstrdup(typed);
	bool changed = false;

	for (char *c = copy; *c != '\0'; c++) {
		const char *letter = strchr(letters_alike, *c);

		if (letter == NULL)
			continue;
		*c = figures_alike[letter - letters_alike];
		changed = true;
	}
	if (changed)
		return copy;
	free(copy);
	return NULL;
}

/* One value that is looked for, and what was found. */
struct search {
	const struct listener *listener;
	size_t question;
	char *found;
	bool several;
};

static void search_try(struct search *s, const char *text)
{
	const struct questions *qs = s->listener->questions;
	char *value = question_canonical(qs, &qs->list[s->question], text);

	if (value != NULL && listener_knows(s->listener, s->question, value)) {
		if (s->found == NULL)
			s->found = xstrdup(value);
		else if (strcmp(s->found, value) != 0)
			s->several = true;
	}
	free(value);
}

static void try_swapped(struct search *s, const char *typed, size_t len)
{
	char text[MOST_LENGTH + 2];

	memcpy(text, typed, len + 1);
	for (size_t i = 0; i + 1 < len && !s->several; i++) {
		if (text[i] == text[i + 1])
			continue;
		text[i] = typed[i + 1];
		text[i + 1] = typed[i];
		search_try(s, text);
		text[i] = typed[i];
		text[i + 1] = typed[i + 1];
	}
}

static void try_completed(
    struct search *s, const char *typed, size_t len, const char *figures)
{
	char text[MOST_LENGTH + 2];

	for (size_t i = 0; i <= len; i++) {
		memcpy(text, typed, i);
		memcpy(text + i + 1, typed + i, len - i + 1);
		for (const char *f = figures; *f != '\0' && !s->several; f++) {
			text[i] = *f;
			search_try(s, text);
		}
	}
}

/* Without each of its figures; of short ones only of two that are the same. */
static void try_shortened(struct search *s, const char *typed, size_t len)
{
	char text[MOST_LENGTH + 2];

	for (size_t i = 0; i < len && !s->several; i++) {
		if (len < LONG_LENGTH && (i == 0 || typed[i] != typed[i - 1]))
			continue;
		memcpy(text, typed, i);
		memcpy(text + i, typed + i + 1, len - i);
		search_try(s, text);
	}
}

static void try_replaced(
    struct search *s, const char *typed, size_t len, const char *figures)
{
	char text[MOST_LENGTH + 2];

	memcpy(text, typed, len + 1);
	for (size_t i = 0; i < len && len >= LONG_LENGTH; i++) {
		for (const char *f = figures; *f != '\0' && !s->several; f++) {
			text[i] = *f;
			search_try(s, text);
		}
		text[i] = typed[i];
	}
}

/* An error of Windows for the HRESULT that carries it, and the other way round. */
static void try_carried(struct search *s, const char *typed)
{
	char *canonical = code_canonical(typed, strlen(typed), NULL, 0), *end, *text = NULL;
	long long value = canonical != NULL ? strtoll(canonical, &end, 10) : 0;
	uint32_t bits = (uint32_t)value;

	if (canonical == NULL || *end != '\0')
		value = 0;
	if (value < 0 && (bits & ~WIN32_MASK) == HRESULT_WIN32)
		text = xasprintf("%" PRIu32, bits & WIN32_MASK);
	else if (value > 0 && value <= WIN32_MASK)
		text = xasprintf("0x%" PRIx32, bits | HRESULT_WIN32);
	if (text != NULL)
		search_try(s, text);
	free(text);
	free(canonical);
}

/* The same value in other clothes. */
static void try_alike(struct search *s, const char *typed, bool code)
{
	char *alike = slip_figures(typed), *negative;

	if (alike != NULL)
		search_try(s, alike);
	free(alike);
	if (!code || s->found != NULL)
		return;
	negative = xasprintf("-%s", typed);
	if (typed[strspn(typed, "0123456789")] == '\0')
		search_try(s, negative);
	free(negative);
	if (s->found == NULL)
		try_carried(s, typed);
}

static char *search_result(struct search *s)
{
	if (!s->several)
		return s->found;
	free(s->found);
	return NULL;
}

char *slip_clothes(const struct listener *l, size_t question, const char *typed)
{
	struct search s = {.listener = l, .question = question};

	try_alike(&s, typed, l->questions->list[question].kind == QUESTION_CODE);
	return search_result(&s);
}

char *slip_value(const struct listener *l, size_t question, const char *typed)
{
	struct search s = {.listener = l, .question = question};
	bool hex = typed[strspn(typed, "-0123456789")] != '\0';
	const char *figures = hex ? "0123456789abcdef" : "0123456789";
	size_t len = strlen(typed);

	if (len >= LEAST_LENGTH && len <= MOST_LENGTH) {
		try_swapped(&s, typed, len);
		try_completed(&s, typed, len, figures);
		try_shortened(&s, typed, len);
		try_replaced(&s, typed, len, figures);
	}
	return search_result(&s);
}
