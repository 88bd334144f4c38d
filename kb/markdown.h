/* SPDX-License-Identifier: ISC */
/*
 * Markdown (CommonMark and tables) to a flat list of pieces of text, each with the file
 * lines it stands on; what a piece means for an article is parse_markdown.c's business, its
 * only user. markdown.c is the only file that knows the library.
 */
#ifndef KB_MARKDOWN_H
#define KB_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

/* Items nested deeper than this lie side by side. */
#define MARKDOWN_DEPTH 8

enum markdown_kind {
	MARKDOWN_HEADING, /* outside of lists and quotations */
	MARKDOWN_TEXT,
	MARKDOWN_VERBATIM, /* code, rows of a table (cells apart by " | ") */
};

/*
 * Text on consecutive lines, joined by '\n': the k-th stands on line `line + k`. Markup is
 * gone: emphasis, link targets, entities, comments, tags of HTML. Never empty, and no line
 * of it is. A paragraph is one piece unless a line of it is all markup; verbatim text is one
 * for each run of lines that are not empty.
 */
struct markdown_piece {
	enum markdown_kind kind;
	unsigned level; /* of a heading, 1 to 6 */
	bool item; /* the first piece of a list item */
	char *label; /* of an item of an ordered list, "1.", else NULL */
	unsigned
	    depth; /* list items it is inside of, one that it begins itself not counted */
	unsigned quote; /* the how-manieth quotation of the text it is in, or 0 */
	unsigned line; /* from 1, of the text given */
	char *text;
};

struct markdown_link {
	char *target, *text; /* text may be empty */
	unsigned line;
};

struct markdown {
	struct markdown_piece *pieces; /* in order */
	size_t n, cap;
	struct markdown_link *links; /* in order */
	size_t nlinks, links_cap;
};

/*
 * Reads clean text (scan.h): any text is Markdown. False if it was not read to its end
 * because its tables or links would make far more text than there is.
 */
bool markdown_read(struct markdown *, const char *text, size_t len);
void markdown_fini(struct markdown *);

#endif
