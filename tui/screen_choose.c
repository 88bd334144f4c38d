/* SPDX-License-Identifier: ISC */
/* Which knowledge to ask, where there are several files of it. */

#include "../kb/xalloc.h"
#include "app.h"
#include "view.h"

static int choose_draw(struct app *app, struct place *place, struct frame *frame)
{
	(void)place;
	page_add(&frame->page, TONE_TITLE, "What is it about?");
	page_gap(&frame->page);
	view_shelf(&frame->page, app->shelf);
	frame->digits = xasprintf("1-%zu", app->shelf->n);
	return 0;
}

static int choose_take(struct app *app, size_t item)
{
	const struct book *book;

	if (item >= app->shelf->n)
		return 1;
	book = &app->shelf->list[item];
	if (book->knowledge == NULL) {
		app_say(app, "%s.", book->why);
		return 1;
	}
	return app_open(app, book->knowledge) == -1 ? -1 : 1;
}

static int choose_act(struct app *app, struct place *place, enum action action)
{
	return action == ACTION_TAKE ? choose_take(app, (size_t)place->selected) : 0;
}

static int choose_digit(struct app *app, struct place *place, unsigned digit)
{
	(void)place;
	return digit > 0 ? choose_take(app, digit - 1) : 1;
}

static const enum action choose_actions[] = {
    ACTION_TAKE, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_choose = {
    .actions = choose_actions,
    .draw = choose_draw,
    .act = choose_act,
    .digit = choose_digit,
};
