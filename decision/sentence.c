/* SPDX-License-Identifier: ISC */
/* Where sentences begin and end. */
#include <stdbool.h>
#include <string.h>

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
static bool is_abbreviation(const char *text, size_t from, size_t at)
{
	static const char *const words[] = {
	    "dr", "mr", "mrs", "ms", "vs", "no", "e.g", "i.e"};
	size_t start = at, i, n;

	while (start > from && (is_letter(text[start - 1]) || text[start - 1] == '.'))
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

size_t sentence_end(const char *text, size_t len, size_t from)
{
	size_t i, end, next;

	for (i = from; i < len; i++) {
		if (text[i] != '.' && text[i] != '!' && text[i] != '?')
			continue;
		for (end = i + 1; end < len && is_closing(text[end]); end++)
			continue;
		next = sentence_skip_space(text, len, end);
		if (next == len)
			return end;
		if (next == end || (text[next] >= 'a' && text[next] <= 'z'))
			continue;
		if (text[i] == '.' && is_abbreviation(text, from, i))
			continue;
		return end;
	}
	while (len > from && is_space(text[len - 1]))
		len--;
	return len;
}

struct span sentence_around(const char *text, size_t len, size_t at)
{
	struct span s = {.start = sentence_skip_space(text, len, 0), .end = 0};

	for (;;) {
		s.end = sentence_end(text, len, s.start);
		size_t next = sentence_skip_space(text, len, s.end);
		if (at < next || next >= len || next <= s.start)
			return s;
		s.start = next;
	}
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
