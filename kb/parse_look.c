/* SPDX-License-Identifier: ISC */
/* What lines look like, word by word: markers of list items, tables, labels, paths, notes. */
#include "parse_internal.h"

#include <ctype.h>
#include <string.h>

/* Prose is wrapped behind so many bytes. */
#define LINE_FULL 45
/* An identifier of an article is no shorter, where it begins a line of a list: "Q12345". */
#define IDENTIFIER_LEAST 6

bool parse_ends_with(const struct parse_line *line, const char *any)
{
	return line->len > 0 && strchr(any, line->text[line->len - 1]);
}

/* Nothing but rule characters and blanks between them: "---- -----". */
static bool line_is_rule(const struct parse_line *line)
{
	size_t i, n = 0;

	for (i = 0; i < line->len; i++) {
		if (!strchr("-=_*~+ ", line->text[i]))
			return false;
		n += line->text[i] != ' ';
	}
	return n >= 3;
}

static bool line_is_grid(const struct parse_line *line)
{
	return line->len > 2 && line->text[0] == '|' && line->text[line->len - 1] == '|';
}

/* A gap of two blanks that does not end a sentence: a row of a table. */
static bool line_is_row(const struct parse_line *line)
{
	size_t i;

	for (i = 1; i + 1 < line->len; i++)
		if (line->text[i] == ' ' && line->text[i + 1] == ' ' &&
		    !strchr(".:?!", line->text[i - 1]))
			return true;
	return false;
}

/* "Event ID: 8010": at most four words before a colon that has a blank behind it. */
static bool line_is_label(const struct parse_line *line)
{
	size_t i, words = 1;

	for (i = 0; i < line->len && line->text[i] != ':'; i++) {
		if (line->text[i] == ' ' && line->text[i - 1] != ' ')
			words++;
		if (!isalnum((unsigned char)line->text[i]) &&
		    !strchr(" /()#-_", line->text[i]))
			return false;
	}
	return i > 0 && i < line->len && words <= 4 &&
	       (i + 1 == line->len || line->text[i + 1] == ' ');
}

/* A path, registry key or address that fills the line. */
static bool line_is_path(const struct parse_line *line)
{
	const char *blank = memchr(line->text, ' ', line->len);
	size_t first = blank ? (size_t)(blank - line->text) : line->len;

	return (memchr(line->text, '\\', first) || memmem(line->text, first, "://", 3)) &&
	       !parse_ends_with(line, ".,");
}

static bool line_begins_note(const struct parse_line *line)
{
	static const char *const words[] = {
	    "NOTE", "NOTES", "WARNING", "IMPORTANT", "CAUTION", "TIP"};
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len = strlen(words[i]);

		if (parse_begins(line, words[i]) && line->len > len &&
		    line->text[len] == ':')
			return true;
	}
	return false;
}

/* "-or-" or "- or -" between two messages. */
static bool line_is_between(const struct parse_line *line)
{
	const char *s = line->text + 1, *end = line->text + line->len - 1;

	if (line->len < 3 || line->text[0] != '-' || *end != '-')
		return false;
	for (; s < end; s++)
		if (!isalpha((unsigned char)*s) &&
		    (*s != ' ' || (s[-1] != '-' && s[1] != '-')))
			return false;
	return true;
}

static size_t lines_count(
    const struct parse_line *lines, size_t n, bool (*is)(const struct parse_line *))
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		count += is(&lines[i]);
	return count;
}

/*
 * Prose is wrapped where a line is full. If no line but the last is nearly so, their ends
 * were meant: a list of files, a dialog's fields.
 */
static bool lines_are_ended(const struct parse_line *lines, size_t n)
{
	size_t i;

	for (i = 0; i + 1 < n; i++)
		if (lines[i].len >= LINE_FULL)
			return false;
	return n > 1;
}

bool parse_looks_verbatim(const struct parse_line *lines, size_t n, unsigned depth)
{
	if (lines_count(lines, n, line_is_grid) + lines_count(lines, n, line_is_rule) > 0)
		return true;
	if (n > 1 && lines_count(lines, n, line_is_row) * 2 > n)
		return true;
	if (n > 1 && lines_count(lines, n, line_is_label) * 2 > n)
		return true;
	if (depth > 0 && parse_identifier(lines[0].text, lines[0].len) >= IDENTIFIER_LEAST)
		return true;
	return lines_count(lines, n, line_is_path) == n ||
	       (depth > 0 && lines_are_ended(lines, n));
}

static size_t bullet_length(const struct parse_line *line)
{
	static const char *const bullets[] = {"-", "*", "+", "\u2022", "\u00b7"};
	size_t i;

	for (i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
		size_t len = strlen(bullets[i]);

		if (line->len > len && memcmp(line->text, bullets[i], len) == 0)
			return len;
	}
	return 0;
}

struct marker parse_marker(const struct parse_line *line)
{
	struct marker m = {.style = STYLE_NONE};
	const char *s = line->text;
	size_t n = 0;

	if (line->len == 0 || line_is_between(line))
		return m;
	if (isdigit((unsigned char)s[0])) {
		for (; n < line->len && n < 2 && isdigit((unsigned char)s[n]); n++)
			m.number = m.number * 10 + (unsigned)(s[n] - '0');
		m.style = STYLE_DIGIT;
	} else if (s[0] >= 'a' && s[0] <= 'z') {
		m.number = (unsigned)(s[n++] - 'a') + 1;
		m.style = STYLE_LETTER;
	} else if ((n = bullet_length(line)) > 0) {
		m.style = STYLE_BULLET;
	}
	if (m.style == STYLE_DIGIT || m.style == STYLE_LETTER)
		n += n < line->len && (s[n] == '.' || s[n] == ')') ? 1 : line->len;
	if (n == 0 || n >= line->len || s[n] != ' ')
		return (struct marker){.style = STYLE_NONE};
	for (m.label = m.text = n; m.text < line->len && s[m.text] == ' ';)
		m.text++;
	return m.text < line->len ? m : (struct marker){.style = STYLE_NONE};
}

bool parse_looks_prose(const struct parse_line *lines, size_t n)
{
	return line_begins_note(lines) || (n == 1 && line_is_between(lines));
}

bool parse_looks_empty(const struct parse_line *lines, size_t n)
{
	return lines_count(lines, n, line_is_rule) == n;
}

bool parse_looks_framed(const struct parse_line *lines, size_t n)
{
	return n > 2 && line_is_rule(&lines[0]) && line_is_rule(&lines[n - 1]);
}
