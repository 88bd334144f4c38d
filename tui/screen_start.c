/* SPDX-License-Identifier: ISC */
/* The start screen, and saying something unasked: a line to type what is seen. */

#include <string.h>

#include "../kb/xalloc.h"
#include "app.h"
#include "view.h"

#define CALL "c" /* typed alone on the start screen: somebody is on the phone */

static bool always_typing(struct app *app, struct place *place)
{
	(void)app;
	(void)place;
	return true;
}

static void add_field(struct page *page, const struct place *place)
{
	page_label(page, TONE_FIELD, 0, 2, ">", place->field.text)->item = 0;
}

static const enum action start_actions[] = {
    ACTION_TAKE, ACTION_BACK, ACTION_HELP, ACTION_CASES, ACTION_QUIT, ACTION_NONE};

static int start_draw(struct app *app, struct place *place, struct frame *frame)
{
	page_add(&frame->page, TONE_TITLE, "What do you see?");
	add_field(&frame->page, place);
	page_gap(&frame->page);
	page_add(&frame->page, TONE_NOTE,
	    "An error message, an event number, a few words; or Enter alone to be asked. "
	    "c alone: somebody is on the phone.");
	page_gap(&frame->page);
	view_start(&frame->page, app->knowledge);
	if (app->nopen > 0)
		page_addf(&frame->page, TONE_NOTE, "%zu %s open: F12 or Ctrl-X lists them.",
		    app->nopen, app->nopen == 1 ? "case is" : "cases are");
	if (app->shelf->n == 1)
		frame->absent = ACTION_BACK;
	return 0;
}

static int start_act(struct app *app, struct place *place, enum action action)
{
	if (action != ACTION_TAKE)
		return 0;
	if (strcmp(place->field.text, CALL) == 0) {
		field_clear(&place->field);
		return app_call(app) == -1 ? -1 : 1;
	}
	if (!field_is_blank(&place->field))
		return app_tell(app, place);
	app->begun = true;
	return app_settle(app) == -1 ? -1 : 1;
}

const struct screen screen_start = {
    .actions = start_actions,
    .typing = always_typing,
    .draw = start_draw,
    .act = start_act,
};

static int tell_draw(struct app *app, struct place *place, struct frame *frame)
{
	(void)app;
	page_add(&frame->page, TONE_TITLE, "What else do you see, or know?");
	add_field(&frame->page, place);
	page_gap(&frame->page);
	page_add(
	    &frame->page, TONE_NOTE, "What is understood of it is shown before it counts.");
	return 0;
}

static int tell_act(struct app *app, struct place *place, enum action action)
{
	if (action != ACTION_TAKE)
		return 0;
	if (!field_is_blank(&place->field))
		return app_tell(app, place);
	app_pop(app);
	return 1;
}

static const enum action tell_actions[] = {
    ACTION_TAKE, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_tell = {
    .actions = tell_actions,
    .typing = always_typing,
    .draw = tell_draw,
    .act = tell_act,
};
