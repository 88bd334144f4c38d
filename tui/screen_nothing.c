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

/* What the screen is about, of the article that is selected. */
static struct place *nothing_push(
    struct app *app, const struct place *place, const struct screen *screen)
{
	const struct state *st = app->state;
	size_t selected = place->selected > 0 ? (size_t)place->selected : 0;

	if (selected >= st->nranking)
		return NULL;
	return app_push(app, screen, (long)st->ranking[selected]);
}

static int nothing_act(struct app *app, struct place *place, enum action action)
{
	switch (action) {
	case ACTION_ESCALATE:
		return app_escalate(app);
	case ACTION_ARTICLE:
		nothing_push(app, place, &screen_article);
		return 1;
	case ACTION_WHY_NOT:
		nothing_push(app, place, &screen_whynot_which);
		return 1;
	default:
		return 0;
	}
}

/* The number of an article begins with it. */
static int nothing_digit(struct app *app, struct place *place, unsigned digit)
{
	struct place *which = nothing_push(app, place, &screen_whynot_which);

	if (which != NULL)
		field_key(&which->field, '0' + digit);
	return 1;
}

static const enum action nothing_actions[] = {ACTION_ANSWERS, ACTION_HELP, ACTION_BACK,
    ACTION_ESCALATE, ACTION_ARTICLE, ACTION_WHY_NOT, ACTION_TELL, ACTION_AGAIN, ACTION_QUIT,
    ACTION_NONE};

const struct screen screen_nothing = {
    .actions = nothing_actions,
    .draw = nothing_draw,
    .act = nothing_act,
    .digit = nothing_digit,
};

static const enum action why_actions[] = {
    ACTION_ARTICLE, ACTION_WHY_NOT, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_why = {
    .actions = why_actions,
    .draw = why_draw,
    .act = nothing_act,
    .digit = nothing_digit,
};
