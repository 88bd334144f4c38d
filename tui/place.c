/* SPDX-License-Identifier: ISC */
/* A place on the stack of screens, and moving about in its page. */

#include "place.h"

#include <stdlib.h>

#include "screen.h"

void place_init(struct place *place, const struct screen *screen, long subject)
{
	*place = (struct place){.screen = screen,
	    .subject = subject,
	    .given = -1,
	    .follow = screen->typing != NULL};
	field_init(&place->field);
}

void place_fini(struct place *place)
{
	field_fini(&place->field);
	free(place->struck);
}

static void place_select(struct place *place, int item)
{
	place->selected = item;
	place->follow = true;
	place->number = 0;
}

static void place_scroll(struct place *place, long rows)
{
	scroll_by(&place->scroll, rows);
	place->follow = false;
}

/*
 * Down goes to the next item in sight. Where there is none, it first shows what lies below,
 * row by row, so that no text between two items is passed over. Up likewise.
 */
static void place_down(struct place *place)
{
	const struct scroll *s = &place->scroll;
	int next = place->selected + 1;

	if (place->selected < s->first_item)
		next = s->first_item;
	if (next <= s->last_item)
		place_select(place, next);
	else if (s->top + s->height < s->rows)
		place_scroll(place, 1);
	else if (next < place->nitems)
		place_select(place, next);
}

static void place_up(struct place *place)
{
	const struct scroll *s = &place->scroll;
	int next = place->selected - 1;

	if (place->selected > s->last_item)
		next = s->last_item;
	if (s->first_item != PAGE_NO_ITEM && next >= s->first_item)
		place_select(place, next);
	else if (s->top > 0)
		place_scroll(place, -1);
	else if (next >= 0 && next < place->nitems)
		place_select(place, next);
}

/* Selects an end of the list; false if there is none or it was selected before. */
static bool place_end(struct place *place, int item)
{
	if (place->nitems == 0 || place->selected == item)
		return false;
	place_select(place, item);
	return true;
}

bool place_in_sight(const struct place *place)
{
	const struct scroll *s = &place->scroll;

	return place->nitems == 0 ||
	       (place->selected >= s->first_item && place->selected <= s->last_item);
}

bool place_move(struct place *place, enum action action)
{
	long page = place->scroll.height > 1 ? (long)place->scroll.height - 1 : 1;

	switch (action) {
	case ACTION_UP:
		place_up(place);
		return true;
	case ACTION_DOWN:
		place_down(place);
		return true;
	case ACTION_PAGE_UP:
		place_scroll(place, -page);
		return true;
	case ACTION_PAGE_DOWN:
		place_scroll(place, page);
		return true;
	case ACTION_TOP:
		place_end(place, 0);
		place_scroll(place, -(long)place->scroll.rows);
		return true;
	case ACTION_BOTTOM:
		if (place_end(place, place->nitems - 1))
			return true;
		place_scroll(place, (long)place->scroll.rows);
		return true;
	default:
		return action == ACTION_REDRAW;
	}
}
