/* SPDX-License-Identifier: ISC */
/* The case as a ticket: to read, and to copy into another program. Notes for colleagues stay out. */

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "app.h"
#include "clipboard.h"
#include "ticket.h"

static struct ticket ticket_of(struct app *app)
{
	return (struct ticket){
	    .record = casefile_record(app_case(app)), .session = app->session};
}

static int ticket_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct ticket ticket = ticket_of(app);

	(void)place;
	frame->absent = ACTION_YES; /* here it copies */
	return ticket_page(&frame->page, &ticket, &app->err);
}

/* What stands in the way of copying is said, and nothing else happens. */
static int ticket_copy(struct app *app)
{
	struct ticket ticket = ticket_of(app);
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);
	int result = ticket_write(f, &ticket, TICKET_TEXT, &app->err);

	xclose_memstream(f);
	if (result == 0 &&
	    clipboard_copy(text, len, app->desk->restricted, &app->err) == 0) {
		app_say(app, "Copied, if the terminal takes it: see kbwizard(1).");
	} else {
		app_say(app, "%s.", err_text(&app->err));
		err_fini(&app->err);
	}
	free(text);
	return 1;
}

static int ticket_act(struct app *app, struct place *place, enum action action)
{
	(void)place;
	return action == ACTION_COPY || action == ACTION_YES ? ticket_copy(app) : 0;
}

static const enum action ticket_actions[] = {ACTION_COPY, ACTION_BACK, ACTION_PAGE_DOWN,
    ACTION_HELP, ACTION_QUIT, ACTION_YES, ACTION_NONE};

const struct screen screen_ticket = {
    .actions = ticket_actions,
    .draw = ticket_draw,
    .act = ticket_act,
};
