/* SPDX-License-Identifier: ISC */
/* The keys of the screen below, from the table of actions. */

#include <stdlib.h>

#include "app.h"

#define KEYS_HANG 24

static void help_line(struct page *page, enum action action)
{
	char *keys = action_key_names(action);

	page_label(page, TONE_TEXT, 0, KEYS_HANG, keys, action_entry(action)->help);
	free(keys);
}

static int help_draw(struct app *app, struct place *place, struct frame *frame)
{
	static const enum action moving[] = {ACTION_UP, ACTION_DOWN, ACTION_PAGE_UP,
	    ACTION_PAGE_DOWN, ACTION_TOP, ACTION_BOTTOM, ACTION_REDRAW, ACTION_NONE};
	const struct place *below = place - 1;

	page_add(&frame->page, TONE_TITLE, "Keys");
	page_gap(&frame->page);
	page_add(&frame->page, TONE_TEXT,
	    "A number picks the answer with that number. Where a line is typed, letters "
	    "are text: use the other keys, or leave the line with Tab.");
	page_gap(&frame->page);
	if (app->depth > 1) {
		for (const enum action *a = below->screen->actions; *a != ACTION_NONE; a++)
			help_line(&frame->page, *a);
	}
	page_gap(&frame->page);
	page_add(&frame->page, TONE_HEADING, "On every screen");
	for (const enum action *a = action_everywhere; *a != ACTION_NONE; a++)
		help_line(&frame->page, *a);
	page_gap(&frame->page);
	page_add(&frame->page, TONE_HEADING, "Moving about");
	for (const enum action *a = moving; *a != ACTION_NONE; a++)
		help_line(&frame->page, *a);
	return 0;
}

static const enum action help_actions[] = {
    ACTION_BACK, ACTION_PAGE_DOWN, ACTION_QUIT, ACTION_NONE};

const struct screen screen_help = {
    .actions = help_actions,
    .draw = help_draw,
};
