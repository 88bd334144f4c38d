/* SPDX-License-Identifier: ISC */
/*
 * Lists of answers: all of them, to be changed or taken back; and what was understood from
 * typed text, shown with the words it came from before the person goes on.
 */

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "app.h"
#include "view.h"

/* The index of the answer that is item `item` of a list of one step (0: of all), or -1. */
static long answer_index(const struct app *app, unsigned step, int item)
{
	size_t n;
	const struct given *given = session_given(app->session, &n);

	for (size_t i = 0; i < n; i++) {
		if ((step == 0 || given[i].step == step) && item-- == 0)
			return (long)i;
	}
	return -1;
}

static int answers_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct answer_list all = {.items = true};

	frame->absent = ACTION_TAKE; /* the same as to change it */
	page_add(&frame->page, TONE_TITLE, "Answers so far");
	page_gap(&frame->page);
	if (view_answers(&frame->page, app->session, &all) == 0)
		page_add(&frame->page, TONE_NOTE, "None yet.");
	if (place->number > 0)
		frame->prompt = xasprintf("Answer %u", place->number);
	return 0;
}

static int answers_change(struct app *app, const struct place *place)
{
	long index = answer_index(app, 0, place->selected);
	struct place *asked;
	size_t n;
	const struct given *given = session_given(app->session, &n);

	if (index < 0)
		return 1;
	if (given[index].question < 0) {
		app_say(app, "This can be struck out, but not changed.");
		return 1;
	}
	asked = app_push(app, &screen_question, given[index].question);
	asked->given = index;
	if (given[index].kind == GIVEN_ANSWER)
		asked->selected = given[index].answer; /* the answer that stands */
	return 1;
}

static int answers_strike(struct app *app, struct place *place)
{
	long index = answer_index(app, 0, place->selected);

	if (index < 0)
		return 1;
	session_retract(app->session, (size_t)index);
	app_did(app, EVENT_RETRACTED, NULL);
	if (place->selected > 0 && place->selected == place->nitems - 1)
		place->selected--;
	return app_refresh(app) == -1 ? -1 : 1;
}

static int answers_act(struct app *app, struct place *place, enum action action)
{
	switch (action) {
	case ACTION_TAKE:
	case ACTION_CHANGE:
		return answers_change(app, place);
	case ACTION_STRIKE:
		return answers_strike(app, place);
	default:
		return 0;
	}
}

/* A number selects its answer. */
static int answers_digit(struct app *app, struct place *place, unsigned digit)
{
	unsigned number = place->number * 10 + digit;

	(void)app;
	if (number > (unsigned)place->nitems)
		number = digit;
	place->number = number;
	if (number >= 1 && number <= (unsigned)place->nitems)
		place->selected = (int)number - 1;
	place->follow = true;
	return 1;
}

static const enum action answers_actions[] = {ACTION_CHANGE, ACTION_STRIKE, ACTION_BACK,
    ACTION_HELP, ACTION_AGAIN, ACTION_QUIT, ACTION_TAKE, ACTION_NONE};

const struct screen screen_answers = {
    .actions = answers_actions,
    .draw = answers_draw,
    .act = answers_act,
    .digit = answers_digit,
};

/* What was understood. */

static void confirm_enter(struct app *app, struct place *place)
{
	session_given(app->session, &place->nstruck);
	place->struck = xcalloc(place->nstruck + 1, sizeof *place->struck);
}

static int confirm_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct answer_list list = {
	    .step = (unsigned)place->subject, .struck = place->struck, .items = true};

	page_add(&frame->page, TONE_TITLE, "This was understood. Is it right?");
	page_gap(&frame->page);
	if (view_answers(&frame->page, app->session, &list) <= 1) {
		page_gap(&frame->page);
		page_add(&frame->page, TONE_NOTE,
		    "No answer was recognised in it; the words themselves still count.");
	}
	return 0;
}

static void confirm_strike(struct app *app, struct place *place, int item)
{
	long index = answer_index(app, (unsigned)place->subject, item);

	if (index < 0)
		return;
	place->struck[index] = !place->struck[index];
	app->changes++;
	place->selected = item;
	place->follow = true;
}

/* What was struck out is taken back, the last first so that the others keep their index. */
static int confirm_take(struct app *app, struct place *place)
{
	for (size_t i = place->nstruck; i-- > 0;) {
		if (place->struck[i])
			session_retract(app->session, i);
	}
	session_confirm(app->session, (unsigned)place->subject);
	app_did(app, EVENT_CONFIRMED, NULL);
	return app_settle(app) == -1 ? -1 : 1;
}

static int confirm_act(struct app *app, struct place *place, enum action action)
{
	switch (action) {
	case ACTION_TAKE:
		return confirm_take(app, place);
	case ACTION_STRIKE:
		confirm_strike(app, place, place->selected);
		return 1;
	case ACTION_BACK:
		return app_back(app) == -1 ? -1 : 1;
	default:
		return 0;
	}
}

static int confirm_digit(struct app *app, struct place *place, unsigned digit)
{
	if (digit > 0)
		confirm_strike(app, place, (int)digit - 1);
	return 1;
}

static const enum action confirm_actions[] = {
    ACTION_TAKE, ACTION_STRIKE, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_confirm = {
    .actions = confirm_actions,
    .enter = confirm_enter,
    .draw = confirm_draw,
    .act = confirm_act,
    .digit = confirm_digit,
};
