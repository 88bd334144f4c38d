/* SPDX-License-Identifier: ISC */
/* Nothing fits: what came closest, and why not. And the same at any time, asked with "why". */

#include "app.h"
#include "view.h"

#define CLOSEST 5

static int nothing_draw(struct app *app, struct place *place, struct frame *frame)
{
	(void)place;
	view_nothing(&frame->page, app->session, app->state);
	page_gap(&frame->page);
	page_add(&frame->page, TONE_HEADING, "What came closest");
	return view_closest(&frame->page, app->session, app->state, CLOSEST, &app->err);
}

static int why_draw(struct app *app, struct place *place, struct frame *frame)
{
	(void)place;
	if (view_why(&frame->page, app->session, app->state, &app->err) == -1)
		return -1;
	return view_closest(&frame->page, app->session, app->state, CLOSEST, &app->err);
}

static int nothing_act(struct app *app, struct place *place, enum action action)
{
	if (action == ACTION_ESCALATE)
		return app_escalate(app);
	if (action != ACTION_ARTICLE)
		return 0;
	if ((size_t)place->selected < app->state->nranking)
		app_push(app, &screen_article, (long)app->state->ranking[place->selected]);
	return 1;
}

static const enum action nothing_actions[] = {ACTION_ANSWERS, ACTION_HELP, ACTION_BACK,
    ACTION_ESCALATE, ACTION_ARTICLE, ACTION_TELL, ACTION_AGAIN, ACTION_QUIT, ACTION_NONE};

const struct screen screen_nothing = {
    .actions = nothing_actions,
    .draw = nothing_draw,
    .act = nothing_act,
};

static const enum action why_actions[] = {
    ACTION_ARTICLE, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_why = {
    .actions = why_actions,
    .draw = why_draw,
    .act = nothing_act,
};
