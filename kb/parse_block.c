/* SPDX-License-Identifier: ISC */
/*
 * Lines of a section to blocks. Runs of lines without an empty one among them are cut into
 * chunks, each beginning with the marker of a list item or having none; a chunk is then one
 * block, or a few where its indent tells so. See parse.c for what an indent means.
 */
#include "parse_internal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define ITEM_DEPTH 8 /* items nested deeper lie side by side */
#define ITEM_TEXT 3 /* from an item's marker to its text */
#define ITEM_INSIDE                                                                        \
	2 /* what is indented that much more than a marker belongs to its item */
#define VERBATIM 2 /* what is indented that much more than its surroundings is verbatim */
#define LINE_WRAPPED 60 /* a line of prose that long was wrapped, a shorter one was ended */

struct item {
	enum style style;
	unsigned number, column;
};

struct reader {
	struct parser *p;
	struct section *section;
	struct item items[ITEM_DEPTH]; /* those that are open, outermost first */
	unsigned depth;
};

/* ---- blocks ---- */

static bool block_keeps_layout(enum block_kind kind)
{
	return kind == BLOCK_VERBATIM;
}

/* The text of lines [from, to): of a verbatim block with the indent they do not share. */
static char *block_text(const struct parse_line *lines, size_t n, enum block_kind kind)
{
	bool keep = block_keeps_layout(kind);
	unsigned common = UINT32_MAX;
	size_t size = 0, i;
	char *text, *to;

	for (i = 0; i < n; i++)
		if (lines[i].indent < common)
			common = lines[i].indent;
	for (i = 0; i < n; i++)
		size += lines[i].len + 1 + (keep ? lines[i].indent - common : 0);
	text = to = xmalloc(size);
	for (i = 0; i < n; i++) {
		unsigned indent = keep ? lines[i].indent - common : 0;

		memset(to, ' ', indent);
		memcpy(to + indent, lines[i].text, lines[i].len);
		to += indent + lines[i].len;
		*to++ = '\n';
	}
	to[-1] = '\0';
	return text;
}

/* Room is doubled whenever the number of blocks is a power of two: no capacity is kept. */
struct block *parse_block_new(struct section *section)
{
	size_t n = section->nblocks, cap = n;

	if ((n & (n - 1)) == 0)
		section->blocks = xrealloc_array(
		    section->blocks, n ? 2 * cap : 1, sizeof *section->blocks);
	return &section->blocks[section->nblocks++];
}

void parse_block_add(struct parser *p, struct section *section, enum block_kind kind,
    unsigned depth, size_t from, size_t to)
{
	*parse_block_new(section) = (struct block){.kind = kind,
	    .depth = depth,
	    .line = (unsigned)from + 1,
	    .text = block_text(p->lines + from, to - from, kind)};
}

/* The innermost open item at that column, or NULL. */
static const struct item *reader_item_at(const struct reader *r, unsigned column)
{
	unsigned i;

	for (i = r->depth; i-- > 0;)
		if (r->items[i].column == column)
			return &r->items[i];
	return NULL;
}

/*
 * Whether the marker on a line that follows another without an empty line between is one,
 * and not a word that wrapped prose happens to begin a line with.
 */
static bool reader_accepts(
    const struct reader *r, const struct parse_line *line, const struct marker *m)
{
	const struct item *sibling = reader_item_at(r, line->indent);

	if (sibling && sibling->style == m->style)
		return true;
	if (m->style != STYLE_BULLET && m->number != 1)
		return false;
	return line[-1].len < LINE_WRAPPED || parse_ends_with(&line[-1], ":.?!;)");
}

/* ---- text ---- */

static void reader_close_items(struct reader *r, unsigned indent)
{
	while (r->depth > 0 && r->items[r->depth - 1].column + ITEM_INSIDE > indent)
		r->depth--;
}

/* The column at which text of the innermost item begins. */
static unsigned reader_margin(const struct reader *r)
{
	return r->depth > 0 ? r->items[r->depth - 1].column + ITEM_TEXT : 0;
}

static bool reader_is_indented(const struct reader *r, const struct parse_line *line)
{
	return line->indent >= reader_margin(r) + VERBATIM;
}

static void reader_add_text(struct reader *r, enum block_kind kind, size_t from, size_t to)
{
	const struct parse_line *lines = r->p->lines + from;
	size_t n = to - from;

	if (parse_looks_empty(lines, n))
		return;
	if (kind == BLOCK_PARAGRAPH && parse_looks_verbatim(lines, n, r->depth))
		kind = BLOCK_VERBATIM;
	else if (kind == BLOCK_VERBATIM && parse_looks_prose(lines, n))
		kind = BLOCK_PARAGRAPH;
	parse_block_add(r->p, r->section, kind, r->depth, from, to);
}

/* The first line of [from, to) that is (or is not) indented against its surroundings. */
static size_t reader_while_indented(
    const struct reader *r, size_t from, size_t to, bool indented)
{
	while (from < to && reader_is_indented(r, &r->p->lines[from]) == indented)
		from++;
	return from;
}

/*
 * A piece of text that stands in one item. Text that announces something (":") ends where
 * indented lines begin, and they where the indent ends; lines that go in and out otherwise
 * are one verbatim block: code, a dump, a hanging indent.
 */
static void reader_read_piece(struct reader *r, size_t from, size_t to)
{
	while (from < to) {
		bool indented = reader_is_indented(r, &r->p->lines[from]);
		size_t stop = reader_while_indented(r, from, to, indented);
		size_t next = reader_while_indented(r, stop, to, !indented);

		if (indented && next < to)
			stop = to;
		else if (!indented && stop < to &&
			 !parse_ends_with(&r->p->lines[stop - 1], ":"))
			indented = (stop = to);
		reader_add_text(r, indented ? BLOCK_VERBATIM : BLOCK_PARAGRAPH, from, stop);
		from = stop;
	}
}

/* Lines without a marker; where they fall out of an item they continue outside it. */
static void reader_read_text(struct reader *r, size_t from, size_t to)
{
	while (from < to) {
		size_t stop = from + 1;
		unsigned least;

		reader_close_items(r, r->p->lines[from].indent);
		least = r->depth > 0 ? r->items[r->depth - 1].column + ITEM_INSIDE : 0;
		while (stop < to && r->p->lines[stop].indent >= least)
			stop++;
		reader_read_piece(r, from, stop);
		from = stop;
	}
}

/* ---- items ---- */

/* Closes the items this one ends and opens it; the depth of its first block is returned. */
static unsigned reader_open_item(struct reader *r, const struct marker *m, unsigned column)
{
	while (r->depth > 0) {
		const struct item *top = &r->items[r->depth - 1];

		/* letters below a number are its sub-steps even at the same column */
		if (m->style == STYLE_LETTER && top->style == STYLE_DIGIT &&
		    top->column == column)
			break;
		if (top->column + ITEM_INSIDE <= column)
			break;
		r->depth--;
	}
	if (r->depth == ITEM_DEPTH)
		r->depth--;
	r->items[r->depth] =
	    (struct item){.style = m->style, .number = m->number, .column = column};
	return r->depth++;
}

/* Where the lines that continue an item's first sentence end. */
static size_t reader_item_end(
    const struct reader *r, const struct marker *m, size_t from, size_t to)
{
	const struct parse_line *lines = r->p->lines;
	unsigned column = lines[from].indent;
	size_t i;

	for (i = from + 1; i < to; i++) {
		unsigned indent = lines[i].indent;
		bool hangs =
		    indent + 1 >= column + m->text && indent <= column + m->text + 1;
		bool lazy = indent <= column && lines[i - 1].len >= LINE_WRAPPED;

		if (!hangs && !lazy &&
		    (indent <= column || reader_is_indented(r, &lines[i])))
			break;
	}
	return i;
}

static void reader_read_item(
    struct reader *r, const struct marker *m, unsigned depth, size_t from, size_t to)
{
	struct parse_line *line = &r->p->lines[from];
	bool bullet = m->style == STYLE_BULLET;
	size_t stop = reader_item_end(r, m, from, to);
	char *label = bullet ? NULL : xstrndup(line->text, m->label);

	line->text += m->text;
	line->len -= m->text;
	parse_block_add(
	    r->p, r->section, bullet ? BLOCK_BULLET : BLOCK_STEP, depth, from, stop);
	r->section->blocks[r->section->nblocks - 1].label = label;
	reader_read_text(r, stop, to);
}

/* A run of lines without an empty one. */
static void reader_read_run(struct reader *r, size_t from, size_t to)
{
	const struct parse_line *lines = r->p->lines;
	struct marker m = parse_marker(&lines[from]), next = {.style = STYLE_NONE};

	if (parse_looks_framed(&lines[from], to - from)) {
		reader_close_items(r, lines[from].indent);
		parse_block_add(r->p, r->section, BLOCK_VERBATIM, r->depth, from, to);
		return;
	}
	while (from < to) {
		bool item = m.style != STYLE_NONE;
		unsigned depth = 0;
		size_t stop;

		if (item)
			depth = reader_open_item(r, &m, lines[from].indent);
		else
			reader_close_items(r, lines[from].indent);
		for (stop = from + 1; stop < to; stop++) {
			next = parse_marker(&lines[stop]);
			if (next.style != STYLE_NONE &&
			    reader_accepts(r, &lines[stop], &next))
				break;
		}
		if (item)
			reader_read_item(r, &m, depth, from, stop);
		else
			reader_read_text(r, from, stop);
		m = next;
		from = stop;
	}
}

void parse_blocks(struct parser *p, struct section *section, size_t from, size_t to)
{
	struct reader r = {.p = p, .section = section};

	while (from < to) {
		size_t stop = from;

		while (stop < to && p->lines[stop].len > 0)
			stop++;
		if (stop > from)
			reader_read_run(&r, from, stop);
		from = stop + 1;
	}
}
