/* SPDX-License-Identifier: ISC */
/* The case on screens: what is done is recorded and kept, cases are parked and taken up. */

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "app_internal.h"
#include "view_case.h"

struct casefile *app_case(struct app *app)
{
	if (app->file == NULL)
		app->file =
		    desk_begin(app->desk, app->session, app->setting == SETTING_PHONE);
	return app->file;
}

void app_did(struct app *app, enum event_kind kind, const struct happening *what)
{
	casefile_add(app_case(app), kind, what);
	app->changes++;
}

/* Before anything is shown, what led to it is kept; that it cannot be is said. */
void app_keep(struct app *app)
{
	char *fault;

	/* what is due is shown by the screen at the bottom */
	desk_keep(
	    app->file, app->begun && app->depth == 1 ? app->state : NULL, app->session);
	fault = app->file != NULL ? desk_fault(app->desk, app->file) : NULL;
	if (fault != NULL && !app->unsaved)
		app_say(app, "%s", fault);
	app->unsaved = fault != NULL;
	free(fault);
}

int app_put_aside(struct app *app, struct place *place)
{
	size_t question = app_question(app, place);
	const struct happening aside = {
	    .question = app->questions->list[question].key, .entry = -1, .step = -1};

	session_put_aside(app->session, question);
	app_did(app, EVENT_ASIDE, &aside);
	if (app_settle(app) == -1)
		return -1;
	app_say(
	    app, app->state->returned
		     ? "Nothing else is worth asking: this is all that is left."
		     : "Put aside: it comes back, or is answered in the list of answers.");
	return 1;
}

int app_escalate(struct app *app)
{
	app_did(app, EVENT_ESCALATED, NULL);
	app_keep(app);
	if (!app->unsaved)
		app_say(app, "Escalated; u shows the ticket.");
	return 1;
}

int app_call(struct app *app)
{
	app->setting = SETTING_PHONE;
	session_free(app->session);
	app->session = NULL;
	if (app_prepare(app) == -1)
		return -1;
	app_push(app, &screen_details, 0);
	return 0;
}

/* The open book of the knowledge that the case was made with, or NULL. */
static struct knowledge *app_knowledge_of(const struct app *app, const char *name)
{
	struct case_record record = {.n = 0};
	struct knowledge *found = NULL;
	struct caselog *log = desk_log(app->desk, false);

	if (log != NULL && caselog_read(log, name, &record, NULL) == 1)
		found =
		    shelf_find(app->shelf, record.head.knowledge, record.head.fingerprint);
	case_record_fini(&record);
	return found != NULL ? found : app->knowledge;
}

/* What no longer fits becomes a note in the case, and is said. */
static void app_note_misfits(struct app *app, const struct misfits *misfits)
{
	for (size_t i = 0; i < misfits->n; i++) {
		char *text = view_misfit(&misfits->list[i]);
		const struct happening note = {
		    .text = text, .entry = -1, .step = -1, .internal = true};

		app_did(app, EVENT_NOTED, &note);
		free(text);
	}
	if (misfits->n > 0)
		app_say(app, "%zu %s of this case no longer fit; notes say which.",
		    misfits->n, misfits->n == 1 ? "answer" : "answers");
}

int app_take_up(struct app *app, const char *name)
{
	struct knowledge *knowledge = app_knowledge_of(app, name);
	struct session *session = session_new(knowledge, app->setting, &app->err);
	struct misfits misfits = {0};
	struct casefile *file;
	int got = session != NULL
		      ? desk_resume(app->desk, &file, session, name, &misfits, &app->err)
		      : -1;

	if (got != 1) {
		session_free(session);
		misfits_fini(&misfits);
		app_say(app, "%s.", err_text(&app->err));
		err_fini(&app->err);
		return 1;
	}
	app_close(app);
	app->knowledge = knowledge;
	app->questions = knowledge_questions(knowledge, &app->err);
	app->session = session;
	app->file = file;
	app->begun = true;
	app_note_misfits(app, &misfits);
	misfits_fini(&misfits);
	return app_settle(app);
}

static void app_hold(struct app *app)
{
	bool held = app->file != NULL && case_record_held(casefile_record(app->file));

	app_did(app, held ? EVENT_UNHELD : EVENT_HELD, NULL);
	app_say(app,
	    held ? "The caller is back."
		 : "On hold: tell the caller you will be back. The key again ends it.");
}

/* What is possible on every screen once there is a session. */
bool app_act_everywhere(struct app *app, enum action action)
{
	if (app->session == NULL)
		return false;
	switch (action) {
	case ACTION_NOTE:
		app_push(app, &screen_note, 0);
		return true;
	case ACTION_DETAILS:
		app_push(app, &screen_details, 0);
		return true;
	case ACTION_CASES:
		app_push(app, &screen_cases, -1);
		return true;
	case ACTION_TICKET:
		app_push(app, &screen_ticket, -1);
		return true;
	case ACTION_HOLD:
		app_hold(app);
		return true;
	default:
		return false;
	}
}

/* A case on the phone has its clocks, one that waits says so. */
bool app_has_clock(const struct app *app)
{
	return app->file != NULL && (app->setting == SETTING_PHONE ||
					case_record_held(casefile_record(app->file)));
}
