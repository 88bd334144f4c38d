/* SPDX-License-Identifier: ISC */
/*
 * Markdown to pieces of text. The only address of md4c.
 *
 * md4c calls back for every block it enters and leaves and for every run of text inside,
 * and what makes it fit is that a run is a pointer into the source: the line a run stands on
 * is looked up, not counted, so that every line of every piece knows its place whatever
 * markup stands between. (cmark knows the lines of a block, but where a link or a definition
 * takes up lines of its own its text no longer tells which of them it is on; and it has no
 * tables.) Line ends come from the change of the line; those that md4c reports, and text
 * that is none of the source, as the indent of code, carry no place and are only joined to
 * what follows.
 *
 * Tight items of lists have no paragraph inside, so a piece begins with its first text and
 * ends wherever any block begins or ends.
 *
 * The callbacks keep no stack but that of the open lists, and md4c is not recursive either:
 * depth costs memory, not stack. A row of a table has as many cells as its head, written or
 * not, and every link to a definition is given its whole target, so that few bytes can make
 * text without end. What md4c gives is counted; when it is more than the source can explain,
 * the source is read again without tables, and if that is no better, up to there.
 */
#include "markdown.h"

#include <md4c.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "parse_internal.h"
#include "scan.h"
#include "xalloc.h"

#define CELL_GAP " | "
/* Events, and bytes of link targets, that a byte of source may make, and any source may. */
#define EVENTS_PER_BYTE 8
#define EVENTS_LEAST 1000
/* No identifier stands at the end of a longer target. */
#define TARGET_LENGTH 1000

/* A list that is open, and its item. */
struct list {
	bool ordered;
	char delimiter;
	unsigned number; /* of the next item */
	bool fresh; /* nothing of the item was seen yet */
};

/* Text of growing length. */
struct text {
	char *s;
	size_t n, cap;
};

struct reader {
	struct markdown *to;
	const char *source;
	size_t len;
	size_t *starts; /* of the lines, in the source */
	size_t nlines;
	size_t events, events_max;
	struct list *lists;
	size_t nlists, lists_cap;
	unsigned quotes, nquotes; /* open now; begun so far */
	/* the piece being made */
	enum markdown_kind kind;
	unsigned level;
	struct text text;
	size_t line_start; /* in it, of its last line */
	unsigned first, last; /* its lines, 0 while there is none */
	size_t indent; /* blanks, and cells, that come before the text that follows */
	size_t cells, gaps;
	enum html_state html;
	/* the links being read */
	size_t links;
	struct text link_text;
	char *link_target;
	unsigned link_line;
};

static void text_add(struct text *t, const char *s, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = 2 * (t->n + n + 1);
		t->s = xrealloc_array(t->s, t->cap, 1);
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

static void text_trim(struct text *t, size_t least)
{
	while (t->n > least && t->s[t->n - 1] == ' ')
		t->s[--t->n] = '\0';
}

/* ---- pieces ---- */

/* The blanks that every line of text begins with. */
static size_t text_indent(const char *s)
{
	size_t least = SIZE_MAX;

	while (s) {
		size_t n = strspn(s, " ");

		least = n < least ? n : least;
		s = strchr(s, '\n');
		s = s ? s + 1 : NULL;
	}
	return least;
}

/* Takes `indent` bytes away from the beginning of every line. */
static void text_outdent(char *s, size_t indent)
{
	char *to = s;

	while (*s) {
		size_t n = strcspn(s += indent, "\n");

		memmove(to, s, n + (s[n] == '\n'));
		to += n + (s[n] == '\n');
		s += n + (s[n] == '\n');
	}
	*to = '\0';
}

static struct list *reader_list(struct reader *r)
{
	return r->nlists > 0 ? &r->lists[r->nlists - 1] : NULL;
}

/* Whether the piece begins an item, which then has begun. */
static void piece_set_item(struct reader *r, struct markdown_piece *piece)
{
	struct list *list = reader_list(r);

	piece->depth = r->nlists > MARKDOWN_DEPTH ? MARKDOWN_DEPTH : (unsigned)r->nlists;
	if (!list || !list->fresh)
		return;
	list->fresh = false;
	piece->item = true;
	piece->depth--;
	if (list->ordered)
		piece->label = xasprintf("%u%c", list->number, list->delimiter);
}

/* Ends the piece if there is one. */
static void reader_flush(struct reader *r)
{
	struct markdown *to = r->to;
	struct markdown_piece piece = {.kind = r->kind,
	    .level = r->level,
	    .quote = r->quotes > 0 ? r->nquotes : 0,
	    .line = r->first};

	text_trim(&r->text, r->line_start);
	while (r->text.n > 0 && r->text.s[r->text.n - 1] == '\n')
		r->text.s[--r->text.n] = '\0';
	if (r->text.n > 0) {
		piece_set_item(r, &piece);
		text_outdent(r->text.s, text_indent(r->text.s));
		piece.text = xstrndup(r->text.s, r->text.n);
		to->pieces = xgrow(to->pieces, to->n, &to->cap, sizeof *to->pieces);
		to->pieces[to->n++] = piece;
	}
	r->text.n = r->line_start = 0;
	r->first = r->last = 0;
	r->indent = r->gaps = 0;
}

/* The line a byte of the source stands on, from 1. */
static unsigned reader_line(const struct reader *r, const char *at)
{
	size_t offset = (size_t)(at - r->source), low = 0, high = r->nlines;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (r->starts[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return (unsigned)low + 1;
}

/* What follows stands on that line; a line left out ends the piece. */
static void reader_go(struct reader *r, unsigned line)
{
	size_t indent = r->indent, gaps = r->gaps;

	if (line == r->last)
		return;
	text_trim(&r->text, r->line_start);
	if (r->last > 0 && (line != r->last + 1 || r->text.n == r->line_start)) {
		reader_flush(r);
		r->indent = indent;
		r->gaps = gaps;
	}
	if (r->last > 0)
		text_add(&r->text, "\n", 1);
	else
		r->first = line;
	if (r->links > 0 && r->link_text.n > 0)
		text_add(&r->link_text, " ", 1);
	r->line_start = r->text.n;
	r->last = line;
}

static void reader_put(struct reader *r, const char *s, size_t n)
{
	for (; r->gaps > 0; r->gaps--)
		text_add(&r->text, CELL_GAP, sizeof CELL_GAP - 1);
	for (; r->indent > 0; r->indent--)
		text_add(&r->text, " ", 1);
	/* a blank that markup left at the beginning of a line */
	for (; r->kind != MARKDOWN_VERBATIM && r->text.n == r->line_start && n > 0 &&
	       *s == ' ';
	     s++)
		n--;
	text_add(&r->text, s, n);
	if (r->links > 0) {
		text_add(&r->link_text, s, n);
		r->link_line = r->link_line ? r->link_line : r->last;
	}
}

/* ---- what md4c calls ---- */

static int reader_count(struct reader *r)
{
	return ++r->events > r->events_max;
}

static void reader_enter_list(struct reader *r, struct list list)
{
	struct list *outer = reader_list(r);

	if (outer)
		outer->fresh = false;
	r->lists = xgrow(r->lists, r->nlists, &r->lists_cap, sizeof *r->lists);
	r->lists[r->nlists++] = list;
}

static void reader_enter_heading(struct reader *r, unsigned level)
{
	if (r->nlists > 0 || r->quotes > 0)
		return;
	r->kind = MARKDOWN_HEADING;
	r->level = level;
}

/* A part of a table, which is one piece: whether it is one. */
static bool reader_enter_cell(struct reader *r, MD_BLOCKTYPE type)
{
	if (type == MD_BLOCK_TR)
		r->cells = r->gaps = 0;
	else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
		r->gaps += r->cells++ > 0;
	return type >= MD_BLOCK_THEAD;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct reader *r = arg;
	const MD_BLOCK_OL_DETAIL *ordered = detail;

	if (reader_enter_cell(r, type))
		return reader_count(r);
	reader_flush(r);
	r->kind = MARKDOWN_TEXT;
	r->level = 0;
	r->html = HTML_TEXT;
	if (type == MD_BLOCK_QUOTE)
		r->nquotes += r->quotes++ == 0;
	else if (type == MD_BLOCK_OL)
		reader_enter_list(r, (struct list){.ordered = true,
					 .delimiter = ordered->mark_delimiter,
					 .number = ordered->start});
	else if (type == MD_BLOCK_UL)
		reader_enter_list(r, (struct list){.ordered = false});
	else if (type == MD_BLOCK_LI)
		reader_list(r)->fresh = true;
	else if (type == MD_BLOCK_H)
		reader_enter_heading(r, ((const MD_BLOCK_H_DETAIL *)detail)->level);
	else if (type == MD_BLOCK_CODE || type == MD_BLOCK_TABLE)
		r->kind = MARKDOWN_VERBATIM;
	return reader_count(r);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct reader *r = arg;

	(void)detail;
	if (type >= MD_BLOCK_THEAD)
		return reader_count(r);
	reader_flush(r);
	r->kind = MARKDOWN_TEXT;
	if (type == MD_BLOCK_QUOTE)
		r->quotes--;
	else if (type == MD_BLOCK_OL || type == MD_BLOCK_UL)
		r->nlists--;
	else if (type == MD_BLOCK_LI)
		reader_list(r)->number++;
	return reader_count(r);
}

/* Of links inside images inside links the outermost counts. */
static void reader_enter_link(struct reader *r, const MD_SPAN_A_DETAIL *link)
{
	size_t len = link->href.size < TARGET_LENGTH ? link->href.size : 0;

	r->events += link->href.size + link->title.size;
	if (r->links++ > 0)
		return;
	r->link_target = scan_clean(link->href.text, len);
	r->link_text.n = 0;
	r->link_line = 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *arg)
{
	const MD_SPAN_IMG_DETAIL *image = detail;
	struct reader *r = arg;

	if (type == MD_SPAN_A)
		reader_enter_link(r, detail);
	else if (type == MD_SPAN_IMG)
		r->events += image->src.size + image->title.size;
	return reader_count(r);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *arg)
{
	struct reader *r = arg;
	struct markdown *to = r->to;

	(void)detail;
	if (type != MD_SPAN_A || --r->links > 0)
		return reader_count(r);
	to->links = xgrow(to->links, to->nlinks, &to->links_cap, sizeof *to->links);
	to->links[to->nlinks++] = (struct markdown_link){.target = r->link_target,
	    .text = xstrndup(r->link_text.s ? r->link_text.s : "", r->link_text.n),
	    .line = r->link_line ? r->link_line : r->last};
	r->link_target = NULL;
	return reader_count(r);
}

static void reader_put_html(struct reader *r, const char *s, size_t n)
{
	char *text = html_text(&r->html, s, n);

	reader_put(r, text, strlen(text));
	free(text);
}

static void reader_put_entity(struct reader *r, const char *s, size_t n)
{
	uint32_t cp;
	char bytes[4], *clean;

	if (parse_entity((struct piece){s, n}, &cp) != n) {
		reader_put(r, s, n);
		return;
	}
	clean = scan_clean(bytes, scan_encode(cp, bytes));
	reader_put(r, clean, strlen(clean));
	free(clean);
}

/* Text that is not of the source: a line end, a blank for one, the indent of code. */
static void reader_put_made(struct reader *r, MD_TEXTTYPE type, const char *s, size_t n)
{
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR || n == 0 || s[0] == '\n')
		r->indent = 0;
	else if (r->kind == MARKDOWN_VERBATIM)
		r->indent += n;
	else
		reader_put(r, s, n);
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *arg)
{
	struct reader *r = arg;
	uintptr_t at = (uintptr_t)s, source = (uintptr_t)r->source;

	if (at < source || at >= source + r->len) {
		reader_put_made(r, type, s, n);
		return reader_count(r);
	}
	reader_go(r, reader_line(r, s));
	if (type == MD_TEXT_ENTITY)
		reader_put_entity(r, s, n);
	else if (type == MD_TEXT_HTML)
		reader_put_html(r, s, n);
	else
		reader_put(r, s, n);
	return reader_count(r);
}

/* ---- the whole ---- */

static void reader_find_lines(struct reader *r)
{
	const char *at = r->source, *end = r->source + r->len;
	size_t cap = 0;

	while (at) {
		r->starts = xgrow(r->starts, r->nlines, &cap, sizeof *r->starts);
		r->starts[r->nlines++] = (size_t)(at - r->source);
		at = memchr(at, '\n', (size_t)(end - at));
		at = at ? at + 1 : NULL;
	}
}

static void reader_fini(struct reader *r)
{
	free(r->starts);
	free(r->lists);
	free(r->text.s);
	free(r->link_text.s);
	free(r->link_target);
}

/* 0, or what stopped it. */
static int read_once(struct markdown *to, const char *text, size_t len, unsigned flags)
{
	const MD_PARSER parser = {.flags = flags,
	    .enter_block = enter_block,
	    .leave_block = leave_block,
	    .enter_span = enter_span,
	    .leave_span = leave_span,
	    .text = add_text};
	struct reader r = {.to = to,
	    .source = text,
	    .len = len,
	    .events_max = EVENTS_PER_BYTE * len + EVENTS_LEAST};
	int stopped;

	*to = (struct markdown){.pieces = NULL};
	reader_find_lines(&r);
	stopped = md_parse(text, (MD_SIZE)len, &parser, &r);
	reader_fini(&r);
	return stopped;
}

bool markdown_read(struct markdown *m, const char *text, size_t len)
{
	int stopped = read_once(m, text, len, MD_DIALECT_COMMONMARK | MD_FLAG_TABLES);

	if (stopped > 0) {
		markdown_fini(m);
		stopped = read_once(m, text, len, MD_DIALECT_COMMONMARK);
	}
	if (stopped < 0)
		abort(); /* it fails for want of memory only */
	return stopped == 0;
}

void markdown_fini(struct markdown *m)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		free(m->pieces[i].label);
		free(m->pieces[i].text);
	}
	for (i = 0; i < m->nlinks; i++) {
		free(m->links[i].target);
		free(m->links[i].text);
	}
	free(m->pieces);
	free(m->links);
	*m = (struct markdown){.pieces = NULL};
}
