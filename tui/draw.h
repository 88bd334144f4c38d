/* SPDX-License-Identifier: ISC */
/*
 * The vocabulary of the screens, by role: title bar, page, field, rule, key bar. A screen
 * fills a frame with words and draw_frame puts it on the terminal; no screen knows a
 * coordinate, a colour or curses. Meaning never hangs on colour: every role also has a mark,
 * a place or an attribute. The hardware cursor stands on the selected row, or where text is
 * typed, so that a screen reader or a magnifier follows it.
 */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include <stdbool.h>

#include "action.h"
#include "layout.h"

/* Smaller than this holds one sentence only; wider than that may hold two panes. */
#define DRAW_LEAST_COLUMNS 20
#define DRAW_LEAST_ROWS 5
#define DRAW_WIDE 100

struct frame {
	char *title; /* left in the title bar */
	char *status; /* right in it; may be NULL */
	struct page page;
	struct page side; /* beside the page where there is room, else the end of it */
	int selected; /* item of the page, or PAGE_NO_ITEM */
	bool follow; /* keep the selected item in sight */
	bool typing; /* keys that text needs are not named in the key bar */
	size_t cursor; /* byte of the text of a selected field */
	char *prompt; /* above the key bar, or NULL */
	char *digits; /* "1-4": number keys that pick an answer, or NULL */
	const enum action
	    *actions; /* for the key bar, the most needed first; ACTION_NONE ends */
	enum action absent; /* one of them that has no use now, or ACTION_NONE */
};

void frame_init(struct frame *);
void frame_fini(struct frame *);

/* Nothing but ASCII if asked for; colours unless NO_COLOR is set. */
void draw_start(bool ascii);

/*
 * Draws the frame. scroll is brought up to date with what fits; where there is no room
 * beside the page, its side is moved to the end of it.
 */
void draw_frame(struct frame *, struct scroll *);

#endif
