/* SPDX-License-Identifier: ISC */
/* Advice, one entry selected as the one tried; and the closing words when it helped. */

#include "../kb/xalloc.h"
#include "app.h"
#include "view.h"

static int advice_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct answer_list all = {0};

	if (view_advice(&frame->page, app->session, app->state, &app->err) == -1)
		return -1;
	page_add(&frame->side, TONE_HEADING, "Answers so far");
	view_answers(&frame->side, app->session, &all);
	if (app->state->nadvice > 1)
		frame->prompt = xasprintf("%d: %s y/n", place->selected + 1,
		    view_advice_asks(app->state, (size_t)place->selected));
	else
		frame->prompt = xasprintf("%s y/n", view_advice_asks(app->state, 0));
	return 0;
}

static const struct advised *advice_tried(const struct app *app, const struct place *place)
{
	return (size_t)place->selected < app->state->nadvice
		   ? &app->state->advice[place->selected]
		   : NULL;
}

static uint32_t advice_article(const struct app *app, const struct place *place)
{
	const struct advised *tried = advice_tried(app, place);

	return tried != NULL ? tried->article : app->state->decision.best;
}

/* Records that the entry selected was tried. */
static int advice_did(struct app *app, const struct place *place, enum event_kind kind)
{
	const struct advised *tried = advice_tried(app, place);
	struct happening what = {
	    .entry = tried != NULL ? (int)tried->entry : 0, .step = -1};
	struct head head = {0};

	if (knowledge_head(app->knowledge, advice_article(app, place), &head, &app->err) ==
	    -1)
		return -1;
	what.article = head.id;
	app_did(app, kind, &what);
	head_fini(&head);
	return 0;
}

static int advice_failed(struct app *app, const struct place *place, enum event_kind kind)
{
	const struct advised *tried = advice_tried(app, place);

	session_failed(
	    app->session, advice_article(app, place), tried != NULL ? tried->entry : 0);
	if (advice_did(app, place, kind) == -1)
		return -1;
	return app_settle(app) == -1 ? -1 : 1;
}

static int advice_steps(struct app *app, const struct place *place)
{
	const struct advised *tried = advice_tried(app, place);

	if (tried == NULL || tried->advice.nsteps == 0)
		app_say(app, "This advice has no steps: it is all on the screen.");
	else
		app_push(app, &screen_steps, place->selected);
	return 1;
}

static int advice_worked(struct app *app, const struct place *place)
{
	if (advice_did(app, place, EVENT_WORKED) == -1)
		return -1;
	app_did(app, EVENT_SOLVED, NULL);
	app_push(app, &screen_worked, (long)advice_article(app, place));
	return 1;
}

static int advice_act(struct app *app, struct place *place, enum action action)
{
	switch (action) {
	case ACTION_YES:
		return advice_worked(app, place);
	case ACTION_NO:
		return advice_failed(app, place, EVENT_FAILED);
	case ACTION_TRIED:
		return advice_failed(app, place, EVENT_TRIED);
	case ACTION_TAKE:
	case ACTION_STEPS:
		return advice_steps(app, place);
	case ACTION_ESCALATE:
		return app_escalate(app);
	case ACTION_ARTICLE:
		app_push(app, &screen_article, (long)advice_article(app, place));
		return 1;
	case ACTION_SWITCH:
		place->selected =
		    place->nitems > 0 ? (place->selected + 1) % place->nitems : 0;
		place->follow = true;
		return 1;
	default:
		return 0;
	}
}

static int advice_digit(struct app *app, struct place *place, unsigned digit)
{
	(void)app;
	if (digit >= 1 && (int)digit <= place->nitems) {
		place->selected = (int)digit - 1;
		place->follow = true;
	}
	return 1;
}

static const enum action advice_actions[] = {ACTION_YES, ACTION_NO, ACTION_HELP,
    ACTION_STEPS, ACTION_ARTICLE, ACTION_BACK, ACTION_WHY, ACTION_ANSWERS, ACTION_QUIT,
    ACTION_TRIED, ACTION_ESCALATE, ACTION_TELL, ACTION_AGAIN, ACTION_SWITCH, ACTION_TAKE,
    ACTION_NONE};

const struct screen screen_advice = {
    .actions = advice_actions,
    .draw = advice_draw,
    .act = advice_act,
    .digit = advice_digit,
};

static int worked_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct answer_list all = {0};

	if (view_worked(
		&frame->page, app->knowledge, (uint32_t)place->subject, &app->err) == -1)
		return -1;
	page_gap(&frame->page);
	page_add(&frame->page, TONE_HEADING, "Answers");
	view_answers(&frame->page, app->session, &all);
	return 0;
}

static const enum action worked_actions[] = {
    ACTION_AGAIN, ACTION_QUIT, ACTION_BACK, ACTION_HELP, ACTION_NONE};

const struct screen screen_worked = {
    .actions = worked_actions,
    .draw = worked_draw,
};
