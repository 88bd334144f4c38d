/* SPDX-License-Identifier: ISC */
/*
 * Articles in Markdown with front matter: the format for new articles. markdown.c gives
 * pieces of text in a row; here they become sections, blocks and references. See parse.c.
 *
 * Headings of level 1 and 2 begin sections. A name that has a meaning begins one of that
 * kind wherever it stands; another begins a section of its own, but below a section with a
 * meaning whose heading is of a higher level it begins a sub-section, as every heading of a
 * lower level does:
 *
 *	# Gateway is not reached       the title again: nothing
 *	## Resolution                  resolution
 *	### Debian                     sub-section of it
 *	## Background                  other
 *
 *	# Resolution                   resolution
 *	## Debian                      sub-section of it
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "markdown.h"
#include "parse_front.h"
#include "xalloc.h"

/* To which columns a TAB moves in Markdown. */
#define MARKDOWN_TAB 4

struct writer {
	struct parser *p;
	struct markdown text;
	size_t offset; /* lines before the text */
	enum section_kind kind;
	unsigned level; /* of the heading of the section */
	size_t first; /* index of the first section with a heading */
	unsigned seen; /* kinds of sections, by bit */
	unsigned quoted; /* the last quotation that is verbatim */
	size_t references_cap;
};

static struct piece piece_of(const char *s)
{
	return (struct piece){s, strlen(s)};
}

/* ---- front matter ---- */

static void front_set_id(struct parser *p, const struct front_values *v)
{
	const char *id;

	if (v->n == 0)
		return;
	id = v->list[0].text;
	if (article_id_fits(id))
		p->article->id = xstrdup(id);
	else
		parse_report(p, DIAG_HEADER_VALUE, v->list[0].line, NULL);
}

static void front_set_date(struct parser *p, const struct front_values *v)
{
	if (v->n == 0)
		return;
	p->article->date = parse_date(piece_of(v->list[0].text));
	if (!p->article->date)
		parse_report(p, DIAG_HEADER_VALUE, v->list[0].line, NULL);
}

/* One bullet a value. */
static void front_add_section(
    struct parser *p, enum section_kind kind, const struct front_values *v)
{
	struct section *section;
	size_t i;

	if (v->n == 0)
		return;
	section = parse_section_add(p, kind, 1, (unsigned)v->list[0].line + 1);
	for (i = 0; i < v->n; i++)
		*parse_block_new(section) = (struct block){.kind = BLOCK_BULLET,
		    .line = (unsigned)v->list[i].line + 1,
		    .text = xstrdup(v->list[i].text)};
}

/* Versions in the list of products are looked at as in the other formats. */
static void front_check_versions(struct parser *p, const struct front_values *v)
{
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct scan_line *line = &p->scan->lines[v->list[i].line];

		p->lines[v->list[i].line] =
		    (struct parse_line){.text = line->text, .len = line->len};
		parse_applies_check(p, v->list[i].line);
	}
}

/* ---- sections ---- */

static size_t writer_line(const struct writer *w, unsigned line)
{
	return w->offset + line;
}

static char *text_on_one_line(const char *text)
{
	char *copy = xstrdup(text), *s = copy;

	while ((s = strchr(s, '\n')))
		*s++ = ' ';
	return copy;
}

static struct section *writer_open(
    struct writer *w, const struct markdown_piece *piece, unsigned level)
{
	return parse_section_add(
	    w->p, w->kind, level, (unsigned)writer_line(w, piece->line));
}

/* Whether a heading without a meaning of its own divides the section it stands in. */
static bool writer_is_inside(const struct writer *w, unsigned level)
{
	bool any = w->p->article->nsections > w->first && w->level > 0;

	return any && (level > 2 || (level > w->level && w->kind != SECTION_OTHER));
}

static bool writer_is_title(const struct writer *w, const char *heading)
{
	const struct section *title = article_section(w->p->article, SECTION_TITLE);

	return title && strcasecmp(title->blocks[0].text, heading) == 0;
}

static void writer_add_heading(struct writer *w, const struct markdown_piece *piece)
{
	char *heading = text_on_one_line(piece->text);
	enum section_kind kind = parse_heading_kind(piece_of(heading));
	bool names = kind != SECTION_OTHER && piece->level <= 2;

	if (piece->level <= 2 && !names && writer_is_title(w, heading)) {
		free(heading);
		return;
	}
	if (!names && writer_is_inside(w, piece->level)) {
		writer_open(w, piece, 2)->heading = heading;
		return;
	}
	w->kind = kind;
	w->level = piece->level;
	parse_section_see(w->p, w->kind, writer_line(w, piece->line) - 1, &w->seen);
	writer_open(w, piece, 1)->heading = heading;
}

/* ---- blocks ---- */

static struct section *writer_section(struct writer *w, const struct markdown_piece *piece)
{
	struct article *a = w->p->article;

	if (a->nsections == w->first)
		return writer_open(w, piece, 1);
	return &a->sections[a->nsections - 1];
}

/* A quotation that text ending in a colon announces is a message: its line ends count. */
static bool writer_is_message(
    struct writer *w, const struct markdown_piece *piece, const struct section *section)
{
	const struct block *last;
	size_t len;

	if (piece->quote == 0)
		return false;
	if (piece->quote == w->quoted || section->nblocks == 0)
		return piece->quote == w->quoted;
	last = &section->blocks[section->nblocks - 1];
	len = strlen(last->text);
	if (last->kind != BLOCK_VERBATIM && last->text[len - 1] == ':')
		w->quoted = piece->quote;
	return piece->quote == w->quoted;
}

static void writer_add_block(struct writer *w, struct markdown_piece *piece)
{
	struct section *section = writer_section(w, piece);
	enum block_kind kind = BLOCK_PARAGRAPH;

	if (piece->item)
		kind = piece->label ? BLOCK_STEP : BLOCK_BULLET;
	else if (piece->kind == MARKDOWN_VERBATIM || writer_is_message(w, piece, section))
		kind = BLOCK_VERBATIM;
	*parse_block_new(section) = (struct block){.kind = kind,
	    .depth = piece->depth,
	    .line = (unsigned)writer_line(w, piece->line),
	    .label = piece->label,
	    .text = piece->text};
	piece->label = piece->text = NULL;
}

/* ---- references ---- */

/*
 * The identifier a link leads to, or NULL: the name of a Markdown file in any folder, or an
 * identifier alone, of whatever is no address and not this article itself.
 */
static char *target_id(const char *target, const char *own)
{
	size_t len = strcspn(target, "#?");
	const char *end = target + len, *slash = memrchr(target, '/', len);
	const char *s = slash ? slash + 1 : target;
	bool file = end - s > 3 && strncasecmp(end - 3, ".md", 3) == 0;
	char *id;

	if ((slash && !file) || target[0] == '/' || memchr(target, ':', len))
		return NULL;
	id = xstrndup(s, (size_t)(end - s) - (file ? 3 : 0));
	if (article_id_fits(id) && !(own && strcasecmp(id, own) == 0))
		return id;
	free(id);
	return NULL;
}

static void writer_add_references(struct writer *w)
{
	struct article *a = w->p->article;
	size_t i;

	for (i = 0; i < w->text.nlinks; i++) {
		struct markdown_link *link = &w->text.links[i];
		char *id = target_id(link->target, a->id);

		if (!id)
			continue;
		a->references = xgrow(a->references, a->nreferences, &w->references_cap,
		    sizeof *a->references);
		a->references[a->nreferences++] = (struct reference){.id = id,
		    .title = link->text[0] && strcasecmp(link->text, id) != 0
				 ? xstrdup(link->text)
				 : NULL,
		    .line = (unsigned)writer_line(w, link->line)};
	}
}

/* ---- the whole ---- */

/* Without a title in the front matter, the first heading is it if its level is 1. */
static void writer_find_title(struct writer *w)
{
	const struct markdown_piece *piece = w->text.pieces;
	size_t n = w->text.n;
	char *heading;

	while (n > 0 && piece->kind != MARKDOWN_HEADING) {
		piece++;
		n--;
	}
	if (n == 0 || piece->level > 1)
		return;
	heading = text_on_one_line(piece->text);
	if (parse_heading_kind(piece_of(heading)) == SECTION_OTHER)
		parse_header_title(w->p, writer_line(w, piece->line) - 1, heading);
	else
		free(heading);
}

static void writer_use_front(struct writer *w, const struct front *front)
{
	const struct front_values *title = &front->of[FRONT_TITLE];
	const struct front_values *product = &front->of[FRONT_PRODUCT];
	struct parser *p = w->p;

	front_set_id(p, &front->of[FRONT_ID]);
	front_set_date(p, &front->of[FRONT_DATE]);
	if (title->n > 0)
		parse_header_title(p, title->list[0].line, xstrdup(title->list[0].text));
	else
		writer_find_title(w);
	if (product->n > 0)
		p->article->product = xstrdup(product->list[0].text);
	front_check_versions(p, &front->of[FRONT_APPLIES_TO]);
	front_add_section(p, SECTION_APPLIES_TO, &front->of[FRONT_APPLIES_TO]);
}

static bool writer_has_headings(const struct writer *w)
{
	size_t i;

	for (i = 0; i < w->text.n; i++)
		if (w->text.pieces[i].kind == MARKDOWN_HEADING &&
		    !writer_is_title(w, w->text.pieces[i].text))
			return true;
	return false;
}

static void writer_read_text(struct writer *w)
{
	char *text = scan_join(w->p->scan, w->offset, w->p->scan->nlines);

	if (!markdown_read(&w->text, text, strlen(text)))
		parse_report(w->p, DIAG_TEXT_GROWS, w->offset - 1, NULL);
	free(text);
}

static void writer_add_sections(struct writer *w)
{
	size_t i;

	w->first = w->p->article->nsections;
	w->kind = writer_has_headings(w) ? SECTION_PREAMBLE : SECTION_OTHER;
	for (i = 0; i < w->text.n; i++)
		if (w->text.pieces[i].kind == MARKDOWN_HEADING)
			writer_add_heading(w, &w->text.pieces[i]);
		else
			writer_add_block(w, &w->text.pieces[i]);
	parse_section_report_empty(w->p, w->first);
}

/* The index of the rule the front matter begins with. */
static size_t front_start(const struct scan *scan)
{
	size_t i = 0;

	while (i < scan->nlines && scan->lines[i].len == 0)
		i++;
	return i;
}

bool parse_markdown_claims(const struct scan *scan)
{
	size_t i = front_start(scan), last;
	bool ended;

	if (!front_find(scan, i, &last, &ended))
		return false;
	return front_has(scan, i, last, "id") || !(front_has(scan, i, last, "layout") ||
						     front_has(scan, i, last, "permalink"));
}

void parse_markdown_read(struct parser *p)
{
	struct writer w = {.p = p};
	struct front front;
	size_t i, last;
	bool ended;

	if (p->scan->tabbed) {
		scan_again(&p->rescan, p->scan, MARKDOWN_TAB);
		p->scan = &p->rescan;
	}
	i = front_start(p->scan);
	front_find(p->scan, i, &last, &ended);
	if (!ended)
		parse_report(p, DIAG_FRONT_END, i, NULL);
	front_read(&front, p, i + 1, ended ? last : last + 1);
	w.offset = last + 1;
	writer_read_text(&w);
	writer_use_front(&w, &front);
	writer_add_sections(&w);
	front_add_section(p, SECTION_KEYWORDS, &front.of[FRONT_KEYWORDS]);
	writer_add_references(&w);
	markdown_fini(&w.text);
	front_fini(&front);
}
