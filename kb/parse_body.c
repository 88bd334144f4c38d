/* SPDX-License-Identifier: ISC */
/* The body of an article: products, sections, query words and trailer. See parse.c. */
#include "parse_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "xalloc.h"

struct section *parse_section_add(
    struct parser *p, enum section_kind kind, unsigned level, unsigned line)
{
	struct article *a = p->article;

	a->sections =
	    xgrow(a->sections, a->nsections, &p->sections_cap, sizeof *a->sections);
	a->sections[a->nsections] =
	    (struct section){.kind = kind, .level = level, .line = line};
	return &a->sections[a->nsections++];
}

void parse_section_drop_empty(struct parser *p)
{
	struct article *a = p->article;
	struct section *last = &a->sections[a->nsections - 1];

	if (last->nblocks > 0) {
		last->line = last->line ? last->line : last->blocks[0].line;
		return;
	}
	free(last->heading);
	a->nsections--;
}

static size_t line_width(const struct parse_line *line)
{
	size_t i, width = 0;

	for (i = 0; i < line->len; i++)
		width += ((unsigned char)line->text[i] & 0xc0) != 0x80;
	return width;
}

/* Two blanks side by side, those behind a leading number ("2.1  Notes") not counted. */
static bool line_has_gap(const struct parse_line *line)
{
	size_t i = 0;

	while (i < line->len &&
	       (isdigit((unsigned char)line->text[i]) || line->text[i] == '.'))
		i++;
	while (i > 0 && i < line->len && line->text[i] == ' ')
		i++;
	for (i++; i < line->len; i++)
		if (line->text[i] == ' ' && line->text[i - 1] == ' ')
			return true;
	return false;
}

size_t parse_skip_empty(const struct parser *p, size_t i, size_t to)
{
	while (i < to && p->lines[i].len == 0)
		i++;
	return i;
}

/* What could be a heading with an underline of c: 0, or its level. */
static unsigned heading_level(const struct parse_line *underline)
{
	if (underline->indent > 0)
		return 0;
	return parse_is_rule(underline, '=') ? 1 : parse_is_rule(underline, '-') ? 2 : 0;
}

/* The level of the heading on line i, or 0. Reports an underline that nearly makes one. */
static unsigned heading_find(
    struct parser *p, size_t from, size_t i, size_t to, bool report)
{
	const struct parse_line *line = &p->lines[i];
	unsigned level;

	if (line->len == 0 || line->indent > 0 || i + 1 >= to ||
	    (i > from && line[-1].len > 0))
		return 0;
	level = heading_level(&line[1]);
	if (level == 0 || line_has_gap(line) || heading_level(line) > 0)
		return 0;
	if (i + 2 < to && line[2].indent == 0 && line_has_gap(&line[2]))
		return 0; /* the head of a table and its first row */
	if (line_width(line) == line[1].len)
		return level;
	if (report && (i + 2 >= to || line[2].len == 0))
		parse_report(p, DIAG_HEADING_UNDERLINE, i + 1, line[1].text);
	return 0;
}

enum section_kind parse_heading_kind(struct piece heading)
{
	enum section_kind kind;

	for (kind = SECTION_SUMMARY; kind < SECTION_OTHER; kind++)
		if (parse_piece_is(heading, section_heading(kind)))
			break;
	return kind;
}

static bool sections_have_heading(struct parser *p, struct range text)
{
	size_t i;

	for (i = text.from; i < text.to; i++)
		if (heading_find(p, text.from, i, text.to, false) == 1)
			return true;
	return false;
}

void parse_section_report_empty(struct parser *p, size_t first)
{
	const struct article *a = p->article;
	size_t i;

	for (i = first; i < a->nsections; i++) {
		const struct section *s = &a->sections[i];
		bool parent = s->level == 1 && i + 1 < a->nsections && s[1].level == 2;

		if (s->nblocks == 0 && !parent)
			parse_report(p, DIAG_SECTION_EMPTY, s->line - 1, NULL);
	}
}

void parse_section_see(struct parser *p, enum section_kind kind, size_t i, unsigned *seen)
{
	if (kind != SECTION_OTHER && *seen & 1u << kind)
		parse_report(p, DIAG_SECTION_REPEATED, i, NULL);
	*seen |= 1u << kind;
}

/* Adds the section whose heading stands on line i. */
static struct section *section_open(
    struct parser *p, size_t i, unsigned level, enum section_kind *kind, unsigned *seen)
{
	const struct parse_line *line = &p->lines[i];
	struct section *section;

	if (level == 1) {
		*kind = parse_heading_kind((struct piece){line->text, line->len});
		parse_section_see(p, *kind, i, seen);
	}
	section = parse_section_add(p, *kind, level, (unsigned)i + 1);
	section->heading = xstrndup(line->text, line->len);
	return section;
}

/* What stands before the first heading joins the text before the list of products. */
static void sections_read(struct parser *p, struct range before, struct range text)
{
	bool headings = sections_have_heading(p, text);
	enum section_kind kind = headings ? SECTION_PREAMBLE : SECTION_OTHER;
	struct section *section = parse_section_add(p, kind, 1, 0);
	size_t first = p->article->nsections, i, start = text.from;
	unsigned level, seen = 0;

	parse_blocks(p, section, before.from, before.to);
	for (i = text.from; i < text.to; i++) {
		level = heading_find(p, text.from, i, text.to, true);
		if (level == 0)
			continue;
		parse_blocks(p, section, start, i);
		if (p->article->nsections == first) {
			parse_section_drop_empty(p);
			first = p->article->nsections;
		}
		section = section_open(p, i, level, &kind, &seen);
		start = ++i + 1;
	}
	parse_blocks(p, section, start, text.to);
	if (p->article->nsections == first)
		parse_section_drop_empty(p);
	else
		parse_section_report_empty(p, first);
}

/* A trace of the web page's download button; nothing a person can read. */
static bool line_is_junk(const struct parse_line *line)
{
	static const char word[] = "DownloadDownload ", end[] = " now";
	size_t len = sizeof word - 1, n = sizeof end - 1;

	return line->len > len + n && memcmp(line->text + line->len - n, end, n) == 0 &&
	       memmem(line->text, line->len, word, len);
}

void parse_body(struct parser *p)
{
	struct range keys, words, applies, before;
	size_t i, end;

	keys = parse_trailer_find(p, &end);
	words = parse_query_find(p, p->body, end);
	end = words.from;
	for (i = p->body; i < end; i++)
		if (line_is_junk(&p->lines[i]))
			p->lines[i].len = 0;
	applies = parse_applies_find(p, end);
	before = (struct range){p->body, applies.from};
	while (
	    before.to > before.from && (p->lines[before.to - 1].len == 0 ||
					   parse_applies_is_rule(&p->lines[before.to - 1])))
		before.to--;
	if (applies.to < end && parse_applies_is_rule(&p->lines[applies.to]))
		i = applies.to + 1;
	else
		i = applies.to;
	parse_applies_add(p, applies);
	sections_read(p, before, (struct range){i, end});
	parse_query_add(p, words);
	parse_keywords_add(p, keys);
}
