/* SPDX-License-Identifier: ISC */
/* The end of an article file: query words, keys between two long rules, legal text. */
#include "parse_internal.h"

#include <ctype.h>
#include <string.h>

#include "xalloc.h"

/* The rules of the trailer are 70 and 77 wide; this much is a rule and no underline. */
#define TRAILER_RULE 60
/* "Keywords          :": a key of the trailer is no longer than this. */
#define TRAILER_KEY 24

/* Length of "Additional query words:", or 0 if the line does not begin so. */
static size_t query_length(const struct parse_line *line)
{
	static const char *const heads[] = {
	    "Additional query words:", "Additional reference words:"};
	size_t i;

	for (i = 0; i < sizeof heads / sizeof heads[0]; i++)
		if (line->indent == 0 && parse_begins(line, heads[i]))
			return strlen(heads[i]);
	return 0;
}

static bool trailer_is_rule(const struct parse_line *line)
{
	return line->len >= TRAILER_RULE && line->indent == 0 && parse_is_rule(line, '=');
}

/* "Keywords          : exc55" */
static bool trailer_is_key(const struct parse_line *line)
{
	size_t n = 0;

	if (line->indent > 0 || line->len == 0 || !isupper((unsigned char)line->text[0]))
		return false;
	while (n < line->len && n < TRAILER_KEY &&
	       (isalpha((unsigned char)line->text[n]) || line->text[n] == ' '))
		n++;
	return n < line->len && line->text[n] == ':';
}

/* Whether lines [from, to) are keys of a trailer, at least one, and nothing else. */
static bool trailer_is_keys(const struct parser *p, size_t from, size_t to)
{
	size_t i, n = 0;

	for (i = from; i < to; i++) {
		if (p->lines[i].len > 0 && !trailer_is_key(&p->lines[i]))
			return false;
		n += p->lines[i].len > 0;
	}
	return n > 0;
}

/* The index of the last long rule in [from, to), or `to`. */
static size_t trailer_last_rule(const struct parser *p, size_t from, size_t to)
{
	size_t i = to;

	while (i-- > from)
		if (trailer_is_rule(&p->lines[i]))
			return i;
	return to;
}

static bool text_ends_with_copyright(const struct parser *p)
{
	size_t i = p->nlines;

	while (i > p->body && p->lines[i - 1].len == 0)
		i--;
	return i > p->body && parse_begins(&p->lines[i - 1], "Copyright ");
}

/* The keys of articles that have no rule above them: those directly before index `to`. */
static struct range trailer_keys_before(const struct parser *p, size_t to)
{
	size_t i;

	while (to > p->body && p->lines[to - 1].len == 0)
		to--;
	for (i = to; i > p->body && trailer_is_key(&p->lines[i - 1]); i--)
		if (query_length(&p->lines[i - 1]) > 0)
			break;
	return (struct range){i, to};
}

/*
 * The lines of keys between the last two long rules, or behind the last; the text ends at
 * *end. Without a trailer the range is empty and the text ends with the file.
 */
struct range parse_trailer_find(const struct parser *p, size_t *end)
{
	size_t n = p->nlines;
	size_t last = trailer_last_rule(p, p->body, n);
	size_t first = trailer_last_rule(p, p->body, last);
	struct range keys = {n, n};

	*end = n;
	if (last == n)
		return keys;
	if (first < last && trailer_is_keys(p, first + 1, last)) {
		*end = first;
		keys = (struct range){first + 1, last};
	} else if (trailer_is_keys(p, last + 1, n) ||
		   parse_skip_empty(p, last + 1, n) == n) {
		*end = last;
		keys = (struct range){last + 1, n};
	} else if (text_ends_with_copyright(p)) {
		keys = trailer_keys_before(p, last);
		*end = keys.from;
	}
	return keys;
}

static bool key_has_value(const struct parse_line *line)
{
	const char *colon = memchr(line->text, ':', line->len);

	return colon && colon + 1 < line->text + line->len &&
	       strspn(colon + 1, " :;,") < (size_t)(line->text + line->len - colon - 1);
}

void parse_keywords_add(struct parser *p, struct range keys)
{
	struct section *section = parse_section_add(p, SECTION_KEYWORDS, 1, 0);
	size_t i;

	for (i = keys.from; i < keys.to; i++)
		if (p->lines[i].len > 0 && key_has_value(&p->lines[i]))
			parse_block_add(p, section, BLOCK_VERBATIM, 0, i, i + 1);
	for (i = 0; keys.from == keys.to && i < p->nkeys; i++)
		parse_block_add(p, section, BLOCK_VERBATIM, 0, p->keys[i], p->keys[i] + 1);
	parse_section_drop_empty(p);
}

/* ---- query words ---- */

/* The last paragraph before `end` that begins with the words' heading; else empty. */
struct range parse_query_find(const struct parser *p, size_t from, size_t end)
{
	size_t i = end, to;

	while (i > from && p->lines[i - 1].len == 0)
		i--;
	for (to = i; i > from && p->lines[i - 1].len > 0; i--)
		if (query_length(&p->lines[i - 1]) > 0)
			return (struct range){i - 1, to};
	return (struct range){end, end};
}

void parse_query_add(struct parser *p, struct range words)
{
	struct parse_line *line = &p->lines[words.from];
	struct section *section;
	size_t len, from = words.from;

	if (words.from == words.to)
		return;
	section = parse_section_add(p, SECTION_QUERY_WORDS, 1, (unsigned)from + 1);
	len = query_length(line);
	section->heading = xstrndup(line->text, len - 1);
	line->text += len;
	line->len -= len;
	for (; line->len > 0 && line->text[0] == ' '; line->text++)
		line->len--;
	from = parse_skip_empty(p, from, words.to);
	if (from < words.to)
		parse_block_add(p, section, BLOCK_PARAGRAPH, 0, from, words.to);
	parse_section_drop_empty(p);
}
