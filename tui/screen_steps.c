/* SPDX-License-Identifier: ISC */
/*
 * An entry of advice step by step: the selected one in full, all of them below with a tick
 * where they are done. Enter ticks it and goes on to the next.
 */

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "app.h"
#include "view_case.h"

/* NULL where the advice has changed since. */
static const struct advised *steps_of(const struct app *app, const struct place *place)
{
	return app->state->status == STATUS_ADVISE &&
		       (size_t)place->subject < app->state->nadvice
		   ? &app->state->advice[place->subject]
		   : NULL;
}

static const struct case_record *steps_record(const struct app *app)
{
	return app->file != NULL ? casefile_record(app->file) : NULL;
}

static int steps_draw(struct app *app, struct place *place, struct frame *frame)
{
	const struct advised *advised = steps_of(app, place);
	struct head head = {0};

	if (advised == NULL)
		return 0;
	if (knowledge_head(app->knowledge, advised->article, &head, &app->err) == -1)
		return -1;
	view_one_step(&frame->page, advised, (size_t)place->selected, app->setting);
	page_gap(&frame->page);
	if (view_steps_ticked(&frame->page, advised, head.id, steps_record(app)) ==
	    advised->advice.nsteps)
		frame->prompt = xasprintf("All done. %s y/n",
		    view_advice_asks(app->state, (size_t)place->subject));
	else
		frame->prompt = xstrdup("Enter when it is done.");
	frame->absent = ACTION_STRIKE; /* Enter does the same */
	head_fini(&head);
	return 0;
}

static int steps_tick(struct app *app, struct place *place)
{
	const struct advised *advised = steps_of(app, place);
	const struct case_record *record = steps_record(app);
	struct happening what = {.step = place->selected};
	struct head head = {0};
	bool ticked;

	if (advised == NULL)
		return 1;
	if (knowledge_head(app->knowledge, advised->article, &head, &app->err) == -1)
		return -1;
	what.article = head.id;
	what.entry = (int)advised->entry;
	ticked =
	    record != NULL && case_record_ticked(record, head.id, what.entry, what.step);
	app_did(app, ticked ? EVENT_UNTICKED : EVENT_TICKED, &what);
	if (!ticked && place->selected + 1 < place->nitems)
		place->selected++;
	place->follow = true;
	head_fini(&head);
	return 1;
}

/* Whether it helped is told on the screen below, of the same entry. */
static int steps_end(struct app *app, struct place *place, enum action action)
{
	long entry = place->subject;

	app_pop(app);
	place--;
	place->selected = (int)entry;
	return place->screen->act(app, place, action);
}

static int steps_act(struct app *app, struct place *place, enum action action)
{
	switch (action) {
	case ACTION_TAKE:
	case ACTION_STRIKE:
		return steps_tick(app, place);
	case ACTION_YES:
	case ACTION_NO:
		return steps_end(app, place, action);
	default:
		return 0;
	}
}

static const enum action steps_actions[] = {ACTION_TAKE, ACTION_YES, ACTION_NO, ACTION_BACK,
    ACTION_HELP, ACTION_STRIKE, ACTION_QUIT, ACTION_NONE};

const struct screen screen_steps = {
    .actions = steps_actions,
    .draw = steps_draw,
    .act = steps_act,
};
