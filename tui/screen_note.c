/* SPDX-License-Identifier: ISC */
/* Lines that are typed into the case: a note, and who is calling. */

#include "../kb/xalloc.h"
#include "app.h"
#include "view_case.h"

static bool always_typing(struct app *app, struct place *place)
{
	(void)app;
	(void)place;
	return true;
}

static void add_field(struct page *page, const struct place *place)
{
	page_label(page, TONE_FIELD, 0, 2, ">", place->field.text)->item = 0;
	page_gap(page);
}

static int note_draw(struct app *app, struct place *place, struct frame *frame)
{
	(void)app;
	page_add(&frame->page, TONE_TITLE,
	    place->subject == 0 ? "A note, for colleagues"
				: "A note that the caller may read");
	add_field(&frame->page, place);
	page_add(&frame->page, TONE_NOTE,
	    place->subject == 0 ? "Tab: a note that the caller may read instead."
				: "Tab: a note for colleagues instead.");
	frame->absent = ACTION_SWITCH; /* its word in the key bar is of lists */
	return 0;
}

static int note_act(struct app *app, struct place *place, enum action action)
{
	const struct happening note = {.text = place->field.text,
	    .entry = -1,
	    .step = -1,
	    .internal = place->subject == 0};

	if (action == ACTION_SWITCH) {
		place->subject = !place->subject;
		return 1;
	}
	if (action != ACTION_TAKE)
		return 0;
	if (!field_is_blank(&place->field)) {
		app_did(app, EVENT_NOTED, &note);
		app_say(app, "Noted.");
	}
	app_pop(app);
	return 1;
}

static const enum action note_actions[] = {
    ACTION_TAKE, ACTION_SWITCH, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_note = {
    .actions = note_actions,
    .typing = always_typing,
    .draw = note_draw,
    .act = note_act,
};

/* The details one after the other, each as it is known. */

static const struct case_head *app_known_case(const struct app *app)
{
	return app->file != NULL ? &casefile_record(app->file)->head : NULL;
}

static void details_enter(struct app *app, struct place *place)
{
	const struct case_head *head = app_known_case(app);
	const char *known =
	    head != NULL ? view_detail(head, (enum detail)place->subject) : NULL;

	field_set(&place->field, known != NULL ? known : "");
}

static int details_draw(struct app *app, struct place *place, struct frame *frame)
{
	const struct case_head *head = app_known_case(app);

	page_add(&frame->page, TONE_TITLE, view_detail_asks((enum detail)place->subject));
	add_field(&frame->page, place);
	page_add(
	    &frame->page, TONE_NOTE, "Enter alone leaves it out; Esc leaves the rest out.");
	if (head != NULL && head->name != NULL)
		page_addf(&frame->page, TONE_NOTE, "Case %s.", head->name);
	return 0;
}

static int details_take(struct app *app, struct place *place)
{
	const char *known[DETAILS] = {NULL};
	const struct case_head *head = &casefile_record(app_case(app))->head;

	for (int i = 0; i < DETAILS; i++)
		known[i] = i == place->subject ? place->field.text
					       : view_detail(head, (enum detail)i);
	casefile_details(app->file, known[DETAIL_CALLER], known[DETAIL_CONTACT],
	    known[DETAIL_REFERENCE]);
	if (++place->subject == DETAILS)
		app_pop(app);
	else
		details_enter(app, place);
	return 1;
}

static int details_act(struct app *app, struct place *place, enum action action)
{
	return action == ACTION_TAKE ? details_take(app, place) : 0;
}

static const enum action details_actions[] = {
    ACTION_TAKE, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_details = {
    .actions = details_actions,
    .typing = always_typing,
    .enter = details_enter,
    .draw = details_draw,
    .act = details_act,
};
