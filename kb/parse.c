/* SPDX-License-Identifier: ISC */
/*
 * Article files to articles.
 *
 * Two formats are published. The text form begins with six header lines (DOCUMENT, TITLE,
 * ...). The Markdown export was made of it by a program: the header became front matter, a
 * heading and lines of its own; the body has a TAB before each line, and every line that
 * began with blanks lost one of them. From the list of products on both are alike, so only
 * the place of the header and the shape of a line need a reader each (parse_format.c). Header
 * lines are one table of keys for both (parse_header.c). A reader turns the clean lines of
 * scan.c into an array of `struct parse_line`, one for each line of the file and at the same
 * index, so that a line number is never computed: it is index + 1 everywhere. Text is not
 * copied before it goes into a block; the few lines that must be rewritten are owned by the
 * parser.
 *
 * The body is cut from its ends inwards (parse_body.c), because its ends are regular and its
 * middle is not:
 *
 *	preamble?  rule  "... applies to:"  items  rule
 *	preamble?  sections ...
 *	query words?
 *	rule of '='  keys  rule of '='  legal text
 *
 * The trailer is found first, from the end (parse_trailer.c): two long rules with nothing
 * but "Key : value" lines between them. What follows is dropped. This must come before
 * headings are looked for: the last line of the text often stands directly above the first
 * rule. Then the list of products (parse_applies.c), then headings in what is left.
 *
 * A heading is a line at the left margin, an empty line before it, and below it as many '='
 * (section) or '-' (sub-section) as it has characters, exactly: message dumps and tables are
 * full of underlines that are nearly that long. A line with wide gaps inside is the head of
 * a table however long its underline is.
 *
 * The lines of a section become blocks (parse_block.c). An empty line always ends a block.
 * What a block is follows from its first character and its indent relative to the list item
 * it stands in: the text of an item of column c begins at c + 3, and so does everything that
 * belongs to it; three more are verbatim. A stack holds the items that are open. A line at
 * or left of an item's marker closes it.
 *
 *	1. Type the command:                step 1.    depth 0
 *
 *	      program /all                  verbatim   depth 1
 *
 *	   Wait until it ends.              paragraph  depth 1
 *
 *	    - Slow disks take long.         bullet     depth 1
 *
 *	Then go on.                         paragraph  depth 0
 *
 * Indent alone misjudges what stands at the margin but has a layout of its own (tables,
 * label-and-value lists, dumps) and the indented note that is prose; parse_look.c judges
 * these few cases by their words. A wrong guess costs little: paragraph and verbatim differ
 * only in whether line ends count.
 *
 * The third format is Markdown as anybody writes it, with front matter, for new articles. It
 * has a grammar of its own and shares nothing with the body of the others, so its reader does
 * all the work: parse_front.c reads the front matter with libyaml, markdown.c the text with
 * md4c, and parse_markdown.c makes sections and blocks of both. md4c was taken because it
 * hands out pointers into the text: every line of every block then knows the line of the file
 * it stands on, which is what an article promises (article.h). It is told from the export by
 * its front matter: whoever names an `id` there, or neither `layout` nor `permalink`, wrote
 * it by hand. Its TABs are those of Markdown, four columns wide, so it scans the bytes again
 * where there are any.
 *
 * No line is looked at more often than the number of these stages, and nothing is allocated
 * but the lines and the result: a file of any shape takes time proportional to its size.
 * markdown.c counts what its library makes of a text and stops where that would not hold.
 */
#include "parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parse_internal.h"
#include "xalloc.h"

#define PARSE_RULE_MIN 3

bool parse_is_rule(const struct parse_line *line, char c)
{
	size_t i;

	if (line->len < PARSE_RULE_MIN)
		return false;
	for (i = 0; i < line->len; i++)
		if (line->text[i] != c)
			return false;
	return true;
}

bool parse_begins(const struct parse_line *line, const char *prefix)
{
	size_t len = strlen(prefix);

	return line->len >= len && strncasecmp(line->text, prefix, len) == 0;
}

void parse_report(struct parser *p, enum diag_code code, size_t i, const char *at)
{
	const struct scan_line *line = &p->scan->lines[i];
	unsigned col = 0;

	/* a rewritten line does not lie in the scan: then the whole line is meant */
	if (at && at >= line->text && at <= line->text + line->len) {
		const char *s = line->text;
		uint32_t cp;

		for (col = 1; s < at; col++)
			s += scan_decode(s, &cp);
	}
	diag_report(p->diag, code, p->path, (unsigned)i + 1, col, line->text, NULL);
}

static void parse_report_file(struct parser *p, enum diag_code code)
{
	diag_report(p->diag, code, p->path, 0, 0, NULL, NULL);
}

static const char *parse_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* One note a file, at the first of its lines that were recoded. */
static void parse_report_recoded(struct parser *p)
{
	size_t i, first = p->scan->nlines, n = 0;

	for (i = p->scan->nlines; i-- > 0;)
		if (p->scan->lines[i].recoded) {
			first = i;
			n++;
		}
	if (n > 0)
		diag_report(p->diag, DIAG_TEXT_RECODED, p->path, (unsigned)first + 1, 0,
		    p->scan->lines[first].text, "%zu line%s", n, n > 1 ? "s" : "");
}

/* The title is that of its section, without the article's identifier before it. */
static void parse_set_title(struct article *article)
{
	const struct section *first = article_section(article, SECTION_TITLE);
	char *title = first ? first->blocks[0].text : NULL;
	size_t len = article->id ? strlen(article->id) : 0;

	if (title && len > 0 && strncmp(title, article->id, len) == 0 &&
	    title[len] == ':') {
		len += 1 + strspn(title + len + 1, " ");
		memmove(title, title + len, strlen(title + len) + 1);
	}
	article->title = xstrdup(title ? title : "");
}

static bool parse_has_text(const struct article *article)
{
	size_t i;

	for (i = 0; i < article->nsections; i++) {
		const struct section *s = &article->sections[i];

		if (s->kind != SECTION_TITLE && s->kind != SECTION_APPLIES_TO &&
		    s->kind != SECTION_QUERY_WORDS && s->kind != SECTION_KEYWORDS &&
		    s->nblocks > 0)
			return true;
	}
	return false;
}

static bool parse_has_headings(const struct article *article)
{
	size_t i;

	for (i = 0; i < article->nsections; i++) {
		const struct section *s = &article->sections[i];

		if (s->level == 1 && s->heading && s->kind >= SECTION_SUMMARY &&
		    s->kind <= SECTION_OTHER)
			return true;
	}
	return false;
}

/* Whether it is a heading, in Markdown, that is found in articles and hardly elsewhere. */
static bool parse_is_article_heading(const struct scan_line *line)
{
	struct piece heading = {line->text, line->len};
	enum section_kind kind;

	while (heading.len > 0 && heading.text[0] == '#') {
		heading.text++;
		heading.len--;
	}
	kind = parse_heading_kind(parse_trim(heading));
	return heading.len < line->len && kind >= SECTION_SYMPTOMS &&
	       kind <= SECTION_WORKAROUND;
}

/*
 * Whether it is Markdown that does not try to be an article: what stands among articles to
 * explain them, a README. With front matter or the headings of a problem it is one that lacks
 * its identifier.
 */
static bool parse_is_loose(const struct parser *p)
{
	size_t len = strlen(p->path), i = 0;

	if (len < 3 || strcasecmp(p->path + len - 3, ".md") != 0)
		return false;
	while (i < p->scan->nlines && p->scan->lines[i].len == 0)
		i++;
	if (i < p->scan->nlines && strcmp(p->scan->lines[i].text, "---") == 0)
		return false;
	for (; i < p->scan->nlines; i++)
		if (parse_is_article_heading(&p->scan->lines[i]))
			return false;
	return true;
}

/* What makes an article unusable, or poor. Returns false if it cannot be used. */
static bool parse_check(struct parser *p)
{
	if (!p->article->id) {
		parse_report_file(
		    p, parse_is_loose(p) ? DIAG_ARTICLE_NONE : DIAG_ARTICLE_NO_ID);
		return false;
	}
	if (!parse_has_text(p->article)) {
		parse_report_file(p, DIAG_ARTICLE_NO_TEXT);
		return false;
	}
	if (!p->article->title[0])
		parse_report_file(p, DIAG_ARTICLE_NO_TITLE);
	if (!article_section(p->article, SECTION_APPLIES_TO))
		parse_report_file(p, DIAG_ARTICLE_NO_APPLIES);
	if (!parse_has_headings(p->article))
		parse_report_file(p, DIAG_ARTICLE_NO_SECTIONS);
	return true;
}

/* A file that is no article at all needs no more said about it. */
static bool parse_is_text(struct parser *p)
{
	size_t i = 0;

	while (i < p->scan->nlines && p->scan->lines[i].len == 0)
		i++;
	if (p->scan->binary)
		parse_report_file(p, DIAG_FILE_BINARY);
	else if (i == p->scan->nlines)
		parse_report_file(p, DIAG_FILE_EMPTY);
	else
		return true;
	return false;
}

static void parser_fini(struct parser *p)
{
	size_t i;

	for (i = 0; i < p->nowned; i++)
		free(p->owned[i]);
	free(p->owned);
	free(p->lines);
	scan_fini(&p->rescan);
	article_free(p->article);
}

struct article *parse_lines(const struct scan *scan, const char *path, struct diag *diag)
{
	struct parser p = {.scan = scan, .path = path, .diag = diag};
	struct article *article = NULL;
	size_t i = 0;

	if (!parse_is_text(&p))
		return NULL;
	parse_report_recoded(&p);
	p.article = xcalloc(1, sizeof *p.article);
	p.article->file = xstrdup(parse_base_name(path));
	p.lines = xcalloc(scan->nlines, sizeof *p.lines);
	p.nlines = scan->nlines;
	while (!parse_formats[i].claims(scan))
		i++;
	parse_formats[i].read(&p);
	parse_set_title(p.article);
	if (!p.unusable && parse_check(&p)) {
		parse_references(p.article);
		article = p.article;
		p.article = NULL;
	}
	parser_fini(&p);
	return article;
}

struct article *parse_file(const char *path, struct diag *diag)
{
	struct err err = {.class = ERR_NONE};
	struct article *article = NULL;
	struct scan scan;

	if (scan_file(&scan, path, PARSE_FILE_LIMIT, &err) < 0) {
		diag_report(
		    diag, DIAG_FILE_UNREADABLE, path, 0, 0, NULL, "%s", err_text(&err));
		err_fini(&err);
		return NULL;
	}
	article = parse_lines(&scan, path, diag);
	scan_fini(&scan);
	return article;
}
