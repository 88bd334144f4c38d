/* SPDX-License-Identifier: ISC */
/*
 * Slips in codes and numbers. What was typed is compared with what the knowledge file knows:
 * one figure left out, two neighbours swapped, a letter for the figure it looks like. A value
 * that some article names is never touched, and where two known values are as near, none is
 * taken. Words are in understand_known.c.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "understand_private.h"

/* Shorter ones are a slip away from too many others. */
#define LEAST_LENGTH 4
#define MOST_LENGTH 24

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

char *slip_value(const struct listener *l, size_t question, const char *typed)
{
	struct search s = {.listener = l, .question = question};
	bool hex = typed[strspn(typed, "-0123456789")] != '\0';
	char *alike = slip_figures(typed);
	size_t len = strlen(typed);

	if (alike != NULL)
		search_try(&s, alike);
	free(alike);
	if (s.found == NULL && len >= LEAST_LENGTH && len <= MOST_LENGTH) {
		try_swapped(&s, typed, len);
		try_completed(&s, typed, len, hex ? "0123456789abcdef" : "0123456789");
	}
	if (!s.several)
		return s.found;
	free(s.found);
	return NULL;
}
