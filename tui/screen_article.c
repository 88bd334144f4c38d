/* SPDX-License-Identifier: ISC */
/* Pages to read: an article's own text, how to find out an answer, what no longer fits. */

#include "app.h"
#include "resume.h"
#include "view.h"

static int article_draw(struct app *app, struct place *place, struct frame *frame)
{
	return view_article(
	    &frame->page, app->knowledge, (uint32_t)place->subject, &app->err);
}

static int find_draw(struct app *app, struct place *place, struct frame *frame)
{
	const struct question *question = &app->questions->list[place->subject];

	view_question(&frame->page, question, app->setting);
	page_gap(&frame->page);
	view_find(&frame->page, question);
	return 0;
}

static int misfits_draw(struct app *app, struct place *place, struct frame *frame)
{
	(void)place;
	view_misfits(&frame->page, &app->desk->beginning->misfits);
	page_gap(&frame->page);
	page_add(&frame->page, TONE_NOTE,
	    "Notes of the case keep them. All other answers are there.");
	return 0;
}

static const enum action reader_actions[] = {
    ACTION_BACK, ACTION_PAGE_DOWN, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_article = {
    .actions = reader_actions,
    .draw = article_draw,
};

const struct screen screen_find = {
    .actions = reader_actions,
    .draw = find_draw,
};

const struct screen screen_misfits = {
    .actions = reader_actions,
    .draw = misfits_draw,
};
