/* SPDX-License-Identifier: ISC */
/* Where sentences begin and end. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "sentence.h"

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

/* Looks back from `at`: a text of many sentences is not read from its beginning for each. */
struct span sentence_around(const char *text, size_t len, size_t at)
{
	struct span s = {.start = 0};

	for (size_t i = at < len ? at : len; i-- > 0 && s.start == 0;) {
		size_t end = stop_end(text, len, i), next;

		if (end == 0)
			continue;
		next = sentence_skip_space(text, len, end);
		if (next <= at && next < len)
			s.start = next;
	}
	if (s.start == 0)
		s.start = sentence_skip_space(text, len, 0);
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
