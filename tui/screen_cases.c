/* SPDX-License-Identifier: ISC */
/* The open cases: one is picked to go on with, and the present one is parked. */

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "app.h"
#include "view_case.h"

static int cases_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct case_heads heads;

	(void)place;
	page_add(&frame->page, TONE_TITLE, "Open cases");
	page_gap(&frame->page);
	desk_open_cases(app->desk, &heads);
	view_cases(&frame->page, &heads);
	case_heads_fini(&heads);
	if (app->file != NULL && casefile_record(app->file)->head.name != NULL)
		frame->prompt = xasprintf("Now: %s", casefile_record(app->file)->head.name);
	return 0;
}

static int cases_take(struct app *app, size_t item)
{
	struct case_heads heads;
	char *name = NULL;
	int result = 1;

	desk_open_cases(app->desk, &heads);
	if (item < heads.n)
		name = xstrdup(heads.list[item].name);
	case_heads_fini(&heads);
	if (name != NULL)
		result = app_take_up(app, name) == -1 ? -1 : 1;
	free(name);
	return result;
}

static int cases_act(struct app *app, struct place *place, enum action action)
{
	return action == ACTION_TAKE ? cases_take(app, (size_t)place->selected) : 0;
}

static const enum action cases_actions[] = {
    ACTION_TAKE, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_cases = {
    .actions = cases_actions,
    .draw = cases_draw,
    .act = cases_act,
};
