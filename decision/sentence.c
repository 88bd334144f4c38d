/* SPDX-License-Identifier: ISC */
/* Where sentences begin and end. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "../kb/scan.h"
#include "sentence.h"

/*
 * A sentence is looked for so many bytes around a place. What is longer is a table or a dump,
 * and a text that is full of places must not be read from end to end for each of them.
 */
#define SENTENCE_REACH 1000

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* The no-break space (C2 A0) that some articles put between two sentences. */
static bool is_hard_space(const char *text, size_t len, size_t at)
{
	return at + 1 < len && text[at] == '\xc2' && text[at + 1] == '\xa0';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_closing(char c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']';
}

size_t sentence_skip_space(const char *text, size_t len, size_t from)
{
	while (from < len) {
		if (is_space(text[from]))
			from++;
		else if (is_hard_space(text, len, from))
			from += 2;
		else
			break;
	}
	return from;
}

/* Whether the stop at text[at] belongs to an abbreviation. */
static bool is_abbreviation(const char *text, size_t at)
{
	static const char *const words[] = {
	    "dr", "mr", "mrs", "ms", "vs", "no", "e.g", "i.e"};
	size_t start = at, i, n;

	while (start > 0 && (is_letter(text[start - 1]) || text[start - 1] == '.'))
		start--;
	n = at - start;
	if (n == 1)
		return is_letter(text[start]) && text[start] != 'I';
	if (n == 3 && text[start + 1] == '.')
		return true;
	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (n == strlen(words[i]) && strncasecmp(text + start, words[i], n) == 0)
			return true;
	return false;
}

/* Where the sentence that ends with the stop at text[at] ends; 0 if none does. */
static size_t stop_end(const char *text, size_t len, size_t at)
{
	size_t end = at + 1, next;

	if (text[at] != '.' && text[at] != '!' && text[at] != '?')
		return 0;
	while (end < len && is_closing(text[end]))
		end++;
	next = sentence_skip_space(text, len, end);
	if (next == len)
		return end;
	if (next == end || (text[next] >= 'a' && text[next] <= 'z'))
		return 0;
	return text[at] == '.' && is_abbreviation(text, at) ? 0 : end;
}

size_t sentence_end(const char *text, size_t len, size_t from)
{
	size_t end;

	for (size_t i = from; i < len; i++)
		if ((end = stop_end(text, len, i)) > 0)
			return end;
	while (len > from && is_space(text[len - 1]))
		len--;
	return len;
}

/* Where a text is cut that goes on far beyond `at`: at a blank, or not inside a character. */
static size_t reach_end(const char *text, size_t len, size_t at)
{
	size_t end = at + SENTENCE_REACH;

	if (at >= len || len - at <= SENTENCE_REACH)
		return len;
	while (end > at && !is_space(text[end]))
		end--;
	return end > at ? end : at + scan_cut(text + at, SENTENCE_REACH);
}

/* The beginning of a text, or the blank far before `at` that counts as one. */
static size_t reach_start(const char *text, size_t at)
{
	size_t from = at > SENTENCE_REACH ? at - SENTENCE_REACH : 0;

	while (from > 0 && from < at && !is_space(text[from]))
		from++;
	return from;
}

/* Looks back from `at`: a text of many sentences is not read from its beginning for each. */
struct span sentence_around(const char *text, size_t len, size_t at)
{
	struct span s = {.start = 0};
	size_t first;

	at = at < len ? at : len;
	len = reach_end(text, len, at);
	first = reach_start(text, at);
	for (size_t i = at; i-- > first && s.start == 0;) {
		size_t end = stop_end(text, len, i), next;

		if (end == 0)
			continue;
		next = sentence_skip_space(text, len, end);
		if (next <= at && next < len)
			s.start = next;
	}
	if (s.start == 0)
		s.start = sentence_skip_space(text, len, first);
	s.end = sentence_end(text, len, s.start);
	return s;
}

bool sentence_is_connective(const char *text)
{
	text += strspn(text, " -");
	if (strncasecmp(text, "or", 2) == 0)
		text += 2;
	else if (strncasecmp(text, "and", 3) == 0)
		text += 3;
	else
		return false;
	return text[strspn(text, " -:")] == '\0';
}
