/* SPDX-License-Identifier: ISC */
/*
 * Words on a surface of some width: pages of paragraphs, wrapped into rows, scrolled. Pure:
 * no terminal, no state. A page says what each paragraph is (its tone), never how it looks;
 * view.h fills pages, draw.h shows them on a screen and line.h prints them as plain lines.
 *
 * Whatever enters a page is made clean (scan.h) on the way in, so that nothing from a
 * knowledge file reaches a terminal by another road. Columns are those of a terminal: a wide
 * character takes two, a combining one none.
 */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum tone {
	TONE_TEXT,
	TONE_TITLE, /* the question, the name of an article */
	TONE_HEADING, /* opens a part of the page */
	TONE_NOTE, /* said in a low voice: where it stands, how likely */
	TONE_RISK, /* read this before you act */
	TONE_VERBATIM, /* line ends count */
	TONE_CHOICE, /* an answer that can be picked */
	TONE_SHARE, /* a probability: label, bar, text */
	TONE_FIELD, /* what is being typed */
};

#define PAGE_NO_ITEM (-1)

struct para {
	enum tone tone;
	unsigned indent; /* columns before the label */
	unsigned hang; /* columns from the label to the text; 0 where there is no label */
	char *label; /* "1", "41%", or NULL */
	char *text; /* an empty one is an empty row */
	int item; /* its number if it can be selected, else PAGE_NO_ITEM */
	double share; /* of TONE_SHARE, 0..1 */
	bool single; /* one row, cut where it does not fit */
};

struct page {
	struct para *list;
	size_t n, cap;
};

void page_init(struct page *);
void page_fini(struct page *);

/* Each adds one paragraph and returns it, valid until the next one is added. */
struct para *page_add(struct page *, enum tone, const char *text);
struct para *page_addf(struct page *, enum tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* With a label, the text `hang` columns to the right of it. */
struct para *page_label(struct page *, enum tone, unsigned indent, unsigned hang,
    const char *label, const char *text);
/* An empty row, unless the page is empty or ends in one. */
void page_gap(struct page *);
/* Appends a copy of every paragraph of `from`. */
void page_append(struct page *, const struct page *from);

/* One row: bytes [from, from + len) of the text of a paragraph. */
struct row {
	size_t para;
	size_t from, len;
	bool first; /* of its paragraph: the label stands on it */
};

struct layout {
	struct row *rows;
	size_t n, cap;
	unsigned width; /* columns it was laid out for */
	unsigned bar; /* columns of the bar of a TONE_SHARE paragraph; 0: none */
};

/* Lays the page out for `width` columns (fewer than 8 are taken for 8). */
void layout_page(struct layout *, const struct page *, unsigned width, unsigned bar);
void layout_fini(struct layout *);

/* Column at which the text of a paragraph begins. */
unsigned layout_text_column(const struct layout *, const struct para *);

/* Columns that the first len bytes of clean text take. */
unsigned layout_width(const char *text, size_t len);
/* How many bytes of text fit into `columns`; never parts a character. */
size_t layout_fit(const char *text, unsigned columns);
/* The text cut to `columns`, with an ellipsis where it was cut; the caller frees it. */
char *layout_cut(const char *text, unsigned columns, bool ascii);

/* What of a layout is in sight. */
struct scroll {
	size_t top; /* first row shown */
	size_t rows; /* of the layout */
	size_t height; /* rows in sight */
	int first_item, last_item; /* whose first row is in sight; PAGE_NO_ITEM: none */
};

/*
 * Puts the rows [first, last] in sight, moving as little as it can, and never leaves empty
 * rows below the page while there is text above. Where no row must be seen say 1, 0.
 */
void layout_scroll(struct scroll *, const struct layout *, const struct page *,
    size_t height, size_t first, size_t last);
/* The rows of an item; false if the page has none of that number. */
bool layout_item(
    const struct layout *, const struct page *, int item, size_t *first, size_t *last);
/* Moves by rows; keeps top in range. */
void scroll_by(struct scroll *, long rows);

/* The row on which byte `offset` of the paragraph stands, and its column in *column. */
size_t layout_place(const struct layout *, const struct page *, size_t para, size_t offset,
    unsigned *column);

/* Prints the page as plain lines of at most `width` columns, no bars, no marks. */
void page_print(FILE *, const struct page *, unsigned width);

#endif
