/* SPDX-License-Identifier: ISC */
/*
 * Pages, wrapping and scrolling.
 *
 * A paragraph is broken into rows greedily: as many characters as fit, cut back to the last
 * blank; a word longer than a row is cut where the row ends. The blanks at a break belong to
 * no row, except in a field, where every byte must have a place for the cursor.
 */

#include "layout.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define LEAST_WIDTH 8

/* Pages. */

void page_init(struct page *page)
{
	*page = (struct page){0};
}

void page_fini(struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		free(page->list[i].label);
		free(page->list[i].text);
	}
	free(page->list);
	page_init(page);
}

/* A clean copy; where line ends mean nothing they become blanks. */
static char *page_text(enum tone tone, const char *text)
{
	char *clean = scan_clean(text, strlen(text));

	if (tone == TONE_VERBATIM)
		return clean;
	for (char *p = clean; *p != '\0'; p++) {
		if (*p == '\n')
			*p = ' ';
	}
	return clean;
}

struct para *page_add(struct page *page, enum tone tone, const char *text)
{
	struct para *para;

	page->list = xgrow(page->list, page->n, &page->cap, sizeof *page->list);
	para = &page->list[page->n++];
	*para = (struct para){
	    .tone = tone, .text = page_text(tone, text), .item = PAGE_NO_ITEM};
	return para;
}

struct para *page_addf(struct page *page, enum tone tone, const char *fmt, ...)
{
	struct para *para;
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) == -1)
		text = xstrdup("");
	va_end(ap);
	para = page_add(page, tone, text);
	free(text);
	return para;
}

struct para *page_label(struct page *page, enum tone tone, unsigned indent, unsigned hang,
    const char *label, const char *text)
{
	struct para *para = page_add(page, tone, text);

	para->indent = indent;
	para->hang = hang;
	para->label = page_text(TONE_TEXT, label);
	return para;
}

void page_gap(struct page *page)
{
	const struct para *last = page->n > 0 ? &page->list[page->n - 1] : NULL;

	if (last != NULL && (last->text[0] != '\0' || last->label != NULL))
		page_add(page, TONE_TEXT, "");
}

void page_append(struct page *page, const struct page *from)
{
	for (size_t i = 0; i < from->n; i++) {
		struct para copy = from->list[i];

		copy.label = xstrdup(copy.label);
		copy.text = xstrdup(copy.text);
		page->list = xgrow(page->list, page->n, &page->cap, sizeof *page->list);
		page->list[page->n++] = copy;
	}
}

/* Widths. */

static unsigned char_width(uint32_t cp)
{
	int width = wcwidth((wchar_t)cp);

	return width < 0 ? 1 : (unsigned)width;
}

unsigned layout_width(const char *text, size_t len)
{
	unsigned width = 0;

	for (size_t at = 0; at < len;) {
		uint32_t cp;
		size_t step = scan_decode(text + at, &cp);

		if (step == 0)
			break;
		width += char_width(cp);
		at += step;
	}
	return width;
}

size_t layout_fit(const char *text, unsigned columns)
{
	size_t at = 0;

	for (unsigned width = 0; text[at] != '\0';) {
		uint32_t cp;
		size_t step = scan_decode(text + at, &cp);

		width += char_width(cp);
		if (width > columns)
			break;
		at += step;
	}
	return at;
}

char *layout_cut(const char *text, unsigned columns, bool ascii)
{
	const char *mark = ascii ? "~" : "\xe2\x80\xa6";
	size_t len = strlen(text);

	if (layout_width(text, len) <= columns)
		return xstrdup(text);
	if (columns == 0)
		return xstrdup("");
	len = layout_fit(text, columns - 1);
	while (len > 0 && text[len - 1] == ' ')
		len--;
	return xasprintf("%.*s%s", (int)len, text, mark);
}

/* Wrapping. */

/* A label too wide to have its text beside it has it below. */
static bool label_stands_above(const struct layout *layout, const struct para *para)
{
	return para->label != NULL && para->hang * 2 > layout->width;
}

unsigned layout_text_column(const struct layout *layout, const struct para *para)
{
	unsigned column = para->indent;

	if (label_stands_above(layout, para))
		column += 2;
	else if (para->label != NULL) {
		unsigned width = layout_width(para->label, strlen(para->label)) + 1;

		column += width > para->hang ? width : para->hang;
	}
	if (para->tone == TONE_SHARE && layout->bar > 0)
		column += layout->bar + 1;
	return column + LEAST_WIDTH > layout->width ? layout->width - LEAST_WIDTH : column;
}

static void layout_row(struct layout *layout, size_t para, size_t from, size_t len)
{
	bool first = layout->n == 0 || layout->rows[layout->n - 1].para != para;

	layout->rows = xgrow(layout->rows, layout->n, &layout->cap, sizeof *layout->rows);
	layout->rows[layout->n++] =
	    (struct row){.para = para, .from = from, .len = len, .first = first};
}

/* Bytes of `text`, which is longer than a row of `columns`, that go on that row. */
static size_t row_break(const char *text, unsigned columns, bool field)
{
	size_t fit = layout_fit(text, columns);
	size_t at = fit;
	uint32_t cp;

	if (fit == 0)
		return scan_decode(text, &cp);
	while (at > 0 && text[at - 1] != ' ' && (field || text[at] != ' '))
		at--;
	if (field)
		return at > 0 ? at : fit;
	while (at > 0 && text[at - 1] == ' ')
		at--;
	return at > 0 ? at : fit;
}

/* Rows of one line of a paragraph, bytes [from, to). */
static void layout_line(struct layout *layout, const struct page *page, size_t index,
    size_t from, size_t to, unsigned columns)
{
	const struct para *para = &page->list[index];
	bool field = para->tone == TONE_FIELD;

	/* What lies behind the row is not looked at: a paragraph may have megabytes. */
	while (layout_fit(para->text + from, columns) < to - from) {
		size_t len = row_break(para->text + from, columns, field);

		layout_row(layout, index, from, len);
		from += len;
		while (!field && from < to && para->text[from] == ' ')
			from++;
	}
	layout_row(layout, index, from, to - from);
}

static void layout_para(struct layout *layout, const struct page *page, size_t index)
{
	const struct para *para = &page->list[index];
	unsigned columns = layout->width - layout_text_column(layout, para);
	size_t from = 0;

	if (label_stands_above(layout, para))
		layout_row(layout, index, 0, 0);
	if (para->single) {
		layout_row(layout, index, 0, strlen(para->text));
		return;
	}
	for (;;) {
		size_t to = from + strcspn(para->text + from, "\n");

		layout_line(layout, page, index, from, to, columns);
		if (para->text[to] == '\0')
			return;
		from = to + 1;
	}
}

void layout_page(
    struct layout *layout, const struct page *page, unsigned width, unsigned bar)
{
	layout->n = 0;
	layout->width = width < LEAST_WIDTH ? LEAST_WIDTH : width;
	layout->bar = bar;
	for (size_t i = 0; i < page->n; i++)
		layout_para(layout, page, i);
}

void layout_fini(struct layout *layout)
{
	free(layout->rows);
	*layout = (struct layout){0};
}

/* Scrolling. */

bool layout_item(const struct layout *layout, const struct page *page, int item,
    size_t *first, size_t *last)
{
	bool found = false;

	for (size_t i = 0; i < layout->n; i++) {
		if (item == PAGE_NO_ITEM || page->list[layout->rows[i].para].item != item)
			continue;
		if (!found)
			*first = i;
		*last = i;
		found = true;
	}
	return found;
}

static void scroll_items(
    struct scroll *scroll, const struct layout *layout, const struct page *page)
{
	scroll->first_item = scroll->last_item = PAGE_NO_ITEM;
	for (size_t i = 0; i < scroll->height && scroll->top + i < layout->n; i++) {
		const struct row *row = &layout->rows[scroll->top + i];
		int item = row->first ? page->list[row->para].item : PAGE_NO_ITEM;

		if (item == PAGE_NO_ITEM)
			continue;
		if (scroll->first_item == PAGE_NO_ITEM)
			scroll->first_item = item;
		scroll->last_item = item;
	}
}

void layout_scroll(struct scroll *scroll, const struct layout *layout,
    const struct page *page, size_t height, size_t first, size_t last)
{
	scroll->rows = layout->n;
	scroll->height = height;
	if (first <= last) {
		if (last >= scroll->top + height)
			scroll->top = last + 1 - height;
		if (first < scroll->top)
			scroll->top = first;
	}
	scroll_by(scroll, 0);
	scroll_items(scroll, layout, page);
}

void scroll_by(struct scroll *scroll, long rows)
{
	size_t most = scroll->rows > scroll->height ? scroll->rows - scroll->height : 0;

	if (rows < 0 && scroll->top < (size_t)-rows)
		scroll->top = 0;
	else
		scroll->top += (size_t)rows;
	if (scroll->top > most)
		scroll->top = most;
}

size_t layout_place(const struct layout *layout, const struct page *page, size_t para,
    size_t offset, unsigned *column)
{
	const char *text = page->list[para].text;
	size_t at = 0;

	for (size_t i = 0; i < layout->n; i++) {
		if (layout->rows[i].para == para && layout->rows[i].from <= offset)
			at = i;
	}
	*column =
	    layout_text_column(layout, &page->list[para]) +
	    layout_width(text + layout->rows[at].from, offset - layout->rows[at].from);
	return at;
}

/* As lines. */

static void print_row(
    FILE *out, const struct layout *layout, const struct para *para, const struct row *row)
{
	unsigned column = 0;
	unsigned text_column = layout_text_column(layout, para);

	if (row->len == 0 && (para->label == NULL || !row->first)) {
		putc('\n', out);
		return;
	}
	if (row->first) {
		column = para->indent;
		fprintf(out, "%*s", (int)column, "");
		if (para->label != NULL) {
			fputs(para->label, out);
			column += layout_width(para->label, strlen(para->label));
		}
	}
	if (column < text_column)
		fprintf(out, "%*s", (int)(text_column - column), "");
	fprintf(out, "%.*s\n", (int)row->len, para->text + row->from);
}

void page_print(FILE *out, const struct page *page, unsigned width)
{
	struct layout layout = {0};

	layout_page(&layout, page, width, 0);
	for (size_t i = 0; i < layout.n; i++) {
		const struct row *row = &layout.rows[i];

		print_row(out, &layout, &page->list[row->para], row);
	}
	layout_fini(&layout);
}
