/* SPDX-License-Identifier: ISC */
/*
 * Drawing a frame:
 *
 *	title bar     reverse: title left, status right
 *	body          the page; its side to the right of it, or below where there is no room
 *	prompt        a rule, or what was said; at its right how much more there is to see
 *	key bar       as many keys as fit
 *
 * Everything is painted anew each time; curses sends only what changed. Body text goes
 * through draw_text, which lets no control character pass whatever it is given.
 */

#include "draw.h"

#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define TITLE_LEAST 8 /* a shorter title is none */
#define BAR_COLUMNS 10
#define BAR_LEAST 56 /* narrower pages show no bars */
#define ROOMY_ROWS 16 /* from here on there is an empty row under the title */

enum paint {
	PAINT_PLAIN,
	PAINT_BAR,
	PAINT_HEADING,
	PAINT_RISK,
	PAINT_SHARE,
	PAINT_KEY,
	PAINT_COUNT
};

static bool utf8; /* characters beyond ASCII can be shown */
static bool colours;

/* An area of the screen. */
struct area {
	unsigned row, column, rows, columns;
};

void frame_init(struct frame *frame)
{
	*frame = (struct frame){.selected = PAGE_NO_ITEM};
}

void frame_fini(struct frame *frame)
{
	free(frame->title);
	free(frame->status);
	free(frame->prompt);
	page_fini(&frame->page);
	page_fini(&frame->side);
	frame_init(frame);
}

void draw_start(bool ascii)
{
	static const short foreground[PAINT_COUNT] = {
	    [PAINT_PLAIN] = -1,
	    [PAINT_BAR] = -1,
	    [PAINT_HEADING] = COLOR_CYAN,
	    [PAINT_RISK] = COLOR_RED,
	    [PAINT_SHARE] = COLOR_CYAN,
	    [PAINT_KEY] = COLOR_CYAN,
	};
	const char *no_color = getenv("NO_COLOR");

	utf8 = !ascii && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if ((no_color != NULL && no_color[0] != '\0') || !has_colors())
		return;
	colours = start_color() == OK && use_default_colors() == OK;
	for (short paint = 1; colours && paint < PAINT_COUNT; paint++)
		init_pair(paint, foreground[paint], -1);
}

static attr_t draw_paint(enum paint paint)
{
	static const attr_t attributes[PAINT_COUNT] = {
	    [PAINT_PLAIN] = A_NORMAL,
	    [PAINT_BAR] = A_REVERSE,
	    [PAINT_HEADING] = A_BOLD,
	    [PAINT_RISK] = A_BOLD,
	    [PAINT_SHARE] = A_NORMAL,
	    [PAINT_KEY] = A_BOLD,
	};

	return attributes[paint] | (colours ? (attr_t)COLOR_PAIR(paint) : 0);
}

static attr_t draw_tone(enum tone tone)
{
	switch (tone) {
	case TONE_TITLE:
		return A_BOLD;
	case TONE_HEADING:
		return draw_paint(PAINT_HEADING);
	case TONE_RISK:
		return draw_paint(PAINT_RISK);
	default:
		return A_NORMAL;
	}
}

/* Text at a place; what cannot be shown is a question mark. */
static void draw_text(unsigned row, unsigned column, const char *text, size_t len)
{
	move((int)row, (int)column);
	for (size_t at = 0; at < len && text[at] != '\0';) {
		uint32_t cp;
		size_t step = scan_decode(text + at, &cp);

		if (cp < ' ' || (cp >= 0x7f && (cp < 0xa0 || !utf8)))
			addch('?');
		else
			addnstr(text + at, (int)step);
		at += step;
	}
}

/* Text cut to `columns`, with a sign that it was cut. Returns the columns it took. */
static unsigned draw_cut(unsigned row, unsigned column, unsigned columns, const char *text)
{
	char *cut = layout_cut(text, columns, !utf8);
	unsigned width = layout_width(cut, strlen(cut));

	draw_text(row, column, cut, strlen(cut));
	free(cut);
	return width;
}

static void draw_repeat(unsigned row, unsigned column, unsigned columns, const char *sign)
{
	move((int)row, (int)column);
	for (unsigned i = 0; i < columns; i++)
		addstr(sign);
}

static void draw_title_bar(const struct frame *frame, unsigned columns)
{
	const char *status = frame->status != NULL ? frame->status : "";
	unsigned right = layout_width(status, strlen(status));
	unsigned left = layout_width(frame->title, strlen(frame->title));

	attrset(draw_paint(PAINT_BAR));
	draw_repeat(0, 0, columns, " ");
	/* Where both do not fit the title gives way. */
	if (right + 2 > columns)
		right = columns - 2;
	if (left + right + 4 > columns && right > 0)
		left = columns > right + 4 + TITLE_LEAST ? columns - right - 4 : 0;
	draw_cut(0, 1, left < columns - 2 ? left : columns - 2, frame->title);
	if (right > 0)
		draw_cut(0, columns - right - 1, right, status);
	attrset(A_NORMAL);
}

static void draw_share(
    unsigned row, unsigned column, const struct layout *layout, double share)
{
	unsigned filled = (unsigned)(share * layout->bar + 0.5);

	attrset(draw_paint(PAINT_SHARE));
	draw_repeat(row, column, filled, !utf8 ? "#" : "\xe2\x96\x88");
	draw_repeat(
	    row, column + filled, layout->bar - filled, !utf8 ? "." : "\xe2\x96\x91");
	attrset(A_NORMAL);
}

/*
 * The mark of the selected item; its label is in reverse too. The text beside them is not: all
 * that changes is sent anew at every step of the cursor, and lines can be slow.
 */
static void draw_mark(unsigned row, const struct area *area, const struct para *para)
{
	unsigned column = area->column + para->indent;
	unsigned left = column - (para->indent >= 2 ? 2 : 1);

	attrset(A_REVERSE);
	draw_text(row, left, ">", 1);
	draw_repeat(row, left + 1, column - left - 1, " ");
}

/* One row of a page at a place. */
static void draw_row(const struct area *area, unsigned at, const struct layout *layout,
    const struct page *page, const struct row *row, int selected)
{
	const struct para *para = &page->list[row->para];
	bool chosen = para->item != PAGE_NO_ITEM && para->item == selected &&
		      para->tone != TONE_FIELD;
	unsigned text_column = area->column + layout_text_column(layout, para);
	attr_t attributes = draw_tone(para->tone);

	if (chosen && row->first)
		draw_mark(at, area, para);
	attrset(attributes | (chosen ? A_REVERSE : 0));
	/* A label without text beside it has the row for itself. */
	if (row->first && para->label != NULL)
		draw_cut(at, area->column + para->indent,
		    (row->len == 0 ? area->column + area->columns : text_column) -
			area->column - para->indent,
		    para->label);
	if (row->first && para->tone == TONE_SHARE && layout->bar > 0)
		draw_share(at, text_column - layout->bar - 1, layout, para->share);
	attrset(attributes);
	if (para->single)
		draw_cut(at, text_column, area->column + area->columns - text_column,
		    para->text);
	else
		draw_text(at, text_column, para->text + row->from, row->len);
	attrset(A_NORMAL);
}

static void draw_page(const struct area *area, const struct layout *layout,
    const struct page *page, size_t top, int selected)
{
	for (size_t i = 0; i < area->rows && top + i < layout->n; i++)
		draw_row(area, area->row + (unsigned)i, layout, page,
		    &layout->rows[top + i], selected);
}

/* "3 above, 12 below", or NULL when everything is in sight; the caller frees it. */
static char *scroll_sign(const struct scroll *scroll)
{
	size_t below = 0;

	if (scroll->rows > scroll->top + scroll->height)
		below = scroll->rows - scroll->top - scroll->height;
	if (below > 0 && scroll->top > 0)
		return xasprintf("%zu above, %zu more", scroll->top, below);
	if (below > 0)
		return xasprintf("%zu more", below);
	if (scroll->top > 0)
		return xasprintf("%zu above", scroll->top);
	return NULL;
}

/* The rows that a prompt takes: as many as it needs, but never more than half. */
static unsigned prompt_rows(const struct layout *prompt, unsigned rows)
{
	unsigned most = rows / 2;

	return prompt->n < most ? (unsigned)prompt->n : most;
}

/* The last row of the prompt, or none, with the scroll sign and a rule around it. */
static void draw_rule(
    const struct scroll *scroll, unsigned row, unsigned columns, const char *text)
{
	char *sign = scroll_sign(scroll);
	unsigned right = sign != NULL ? layout_width(sign, strlen(sign)) + 4 : 0;
	unsigned column = 0;

	draw_repeat(row, 0, columns, !utf8 ? "-" : "\xe2\x94\x80");
	if (text[0] != '\0') {
		if (layout_width(text, strlen(text)) + 2 + right > columns)
			right = 0;
		attrset(A_BOLD);
		draw_text(row, 0, " ", 1);
		column = 1 + draw_cut(row, 1, columns - 2, text);
		draw_text(row, column, " ", 1);
		attrset(A_NORMAL);
	}
	if (right > 0) {
		draw_text(row, columns - right + 1, " ", 1);
		draw_text(row, columns - right + 2, sign, strlen(sign));
		draw_text(row, columns - 2, " ", 1);
	}
	free(sign);
}

/* The prompt in its rows, the last of which is the rule. */
static void draw_prompt(const struct page *page, const struct layout *layout,
    const struct scroll *scroll, const struct area *area)
{
	const char *text = page->list[0].text;

	attrset(A_BOLD);
	for (unsigned i = 0; i + 1 < area->rows; i++)
		draw_text(
		    area->row + i, 1, text + layout->rows[i].from, layout->rows[i].len);
	attrset(A_NORMAL);
	draw_rule(scroll, area->row + area->rows - 1, area->columns,
	    text + layout->rows[area->rows - 1].from);
}

static unsigned draw_key(unsigned row, unsigned column, const char *key, const char *text)
{
	attrset(draw_paint(PAINT_KEY));
	draw_text(row, column, key, strlen(key));
	column += layout_width(key, strlen(key)) + 1;
	attrset(A_NORMAL);
	draw_text(row, column, text, strlen(text));
	return column + layout_width(text, strlen(text)) + 2;
}

/* Columns that a key takes in the bar, without the space behind it. */
static unsigned key_width(const char *key, const char *text)
{
	return layout_width(key, strlen(key)) + 1 + layout_width(text, strlen(text));
}

/* Whether the key bar names the action: not where it has no use now. */
static bool key_bar_names(
    const struct frame *frame, const struct scroll *scroll, enum action action)
{
	if (action == ACTION_PAGE_DOWN)
		return scroll->rows > scroll->height;
	return action != frame->absent && action_entry(action)->bar != NULL;
}

static void draw_key_bar(
    const struct frame *frame, const struct scroll *scroll, unsigned row, unsigned columns)
{
	unsigned column = 1;

	if (frame->digits != NULL)
		column = draw_key(row, column, frame->digits, "answer");
	for (const enum action *a = frame->actions; *a != ACTION_NONE; a++) {
		const char *text = action_entry(*a)->bar;
		char *key = action_key_shown(*a, frame->typing);

		if (key != NULL && key_bar_names(frame, scroll, *a) &&
		    column + key_width(key, text) < columns)
			column = draw_key(row, column, key, text);
		free(key);
	}
}

static void draw_cursor(const struct frame *frame, const struct layout *layout,
    const struct area *area, const struct scroll *scroll)
{
	unsigned column = 0;
	size_t first, last;
	const struct para *para;

	if (!layout_item(layout, &frame->page, frame->selected, &first, &last)) {
		move((int)area->row, (int)area->column);
		return;
	}
	para = &frame->page.list[layout->rows[first].para];
	if (para->tone == TONE_FIELD)
		first = layout_place(
		    layout, &frame->page, layout->rows[first].para, frame->cursor, &column);
	else
		column = para->indent;
	if (first < scroll->top || first >= scroll->top + scroll->height)
		first = scroll->top;
	if (column >= area->columns)
		column = area->columns - 1;
	move((int)(area->row + first - scroll->top), (int)(area->column + column));
}

/* The rows that must be seen: those of the selected item, of a field the cursor's. */
static void frame_scroll(const struct frame *frame, const struct layout *layout,
    struct scroll *scroll, size_t height)
{
	size_t first = 1, last = 0;
	unsigned column;

	if (frame->follow &&
	    layout_item(layout, &frame->page, frame->selected, &first, &last)) {
		size_t para = layout->rows[first].para;

		if (frame->page.list[para].tone == TONE_FIELD)
			first = last = layout_place(
			    layout, &frame->page, para, frame->cursor, &column);
		else if (frame->selected == 0 && last < height)
			first = 0;
		if (last - first >= height)
			last = first + height - 1;
	}
	layout_scroll(scroll, layout, &frame->page, height, first, last);
}

static void draw_side(const struct area *area, const struct page *page)
{
	struct layout layout = {0};

	for (unsigned i = 0; i < area->rows; i++)
		draw_text(area->row + i, area->column - 2, !utf8 ? "|" : "\xe2\x94\x82", 3);
	layout_page(&layout, page, area->columns, BAR_COLUMNS / 2);
	draw_page(area, &layout, page, 0, PAGE_NO_ITEM);
	layout_fini(&layout);
}

/* Puts the side in its pane, or at the end of the page where there is no room for it. */
static void draw_body(struct frame *frame, struct area *area, struct scroll *scroll)
{
	struct layout layout = {0};
	unsigned bar;

	if (frame->side.n > 0 && area->columns >= DRAW_WIDE - 2) {
		struct area right = *area;

		right.columns = area->columns * 2 / 5;
		right.column = area->column + area->columns - right.columns;
		draw_side(&right, &frame->side);
		area->columns -= right.columns + 4;
	} else if (frame->side.n > 0) {
		page_gap(&frame->page);
		page_append(&frame->page, &frame->side);
	}
	bar = area->columns >= BAR_LEAST ? BAR_COLUMNS : 0;
	layout_page(&layout, &frame->page, area->columns, bar);
	frame_scroll(frame, &layout, scroll, area->rows);
	draw_page(area, &layout, &frame->page, scroll->top, frame->selected);
	draw_cursor(frame, &layout, area, scroll);
	layout_fini(&layout);
}

static void draw_too_small(unsigned columns, unsigned rows)
{
	struct page page;
	struct layout layout = {0};
	struct area area = {0, 0, rows, columns};

	page_init(&page);
	page_addf(&page, TONE_TEXT, "Too small: %d x %d at least.", DRAW_LEAST_COLUMNS,
	    DRAW_LEAST_ROWS);
	layout_page(&layout, &page, columns, 0);
	draw_page(&area, &layout, &page, 0, PAGE_NO_ITEM);
	layout_fini(&layout);
	page_fini(&page);
}

static void draw_whole(
    struct frame *frame, struct scroll *scroll, unsigned columns, unsigned rows)
{
	unsigned margin = rows >= ROOMY_ROWS;
	struct page prompt;
	struct layout lines = {0};
	struct area foot = {.columns = columns};
	struct area body = {.row = 1 + margin, .column = 1, .columns = columns - 2};
	int y, x;

	page_init(&prompt);
	page_add(&prompt, TONE_TEXT, frame->prompt != NULL ? frame->prompt : "");
	layout_page(&lines, &prompt, columns - 2, 0);
	foot.rows = prompt_rows(&lines, rows);
	foot.row = rows - 1 - foot.rows;
	body.rows = foot.row - body.row;
	draw_title_bar(frame, columns);
	draw_body(frame, &body, scroll);
	getyx(stdscr, y, x);
	draw_prompt(&prompt, &lines, scroll, &foot);
	draw_key_bar(frame, scroll, rows - 1, columns);
	move(y, x);
	layout_fini(&lines);
	page_fini(&prompt);
}

void draw_frame(struct frame *frame, struct scroll *scroll)
{
	unsigned columns = (unsigned)getmaxx(stdscr), rows = (unsigned)getmaxy(stdscr);

	erase();
	if (columns < DRAW_LEAST_COLUMNS || rows < DRAW_LEAST_ROWS)
		draw_too_small(columns, rows);
	else
		draw_whole(frame, scroll, columns, rows);
	refresh();
}
