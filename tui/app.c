/* SPDX-License-Identifier: ISC */
/*
 * The event loop: draw the screen on top, wait for a key, find its action, let the screen
 * take it or take it here. Nothing is drawn but from state, and every key draws everything.
 */

#include "app.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "resume.h"
#include "term.h"
#include "view.h"
#include "app_internal.h"
#include "view_case.h"

#define CLOCK_TICK 1000 /* milliseconds between drawings of the clocks */

static struct place *app_top(struct app *app)
{
	return &app->stack[app->depth - 1];
}

struct place *app_push(struct app *app, const struct screen *screen, long subject)
{
	struct place *place;

	if (app->depth == APP_DEPTH)
		app_pop(app);
	place = &app->stack[app->depth++];
	place_init(place, screen, subject);
	if (screen->enter != NULL)
		screen->enter(app, place);
	return place;
}

/* Characters are text now. */
static bool app_typing(struct app *app)
{
	struct place *place = app_top(app);

	return place->screen->typing != NULL && place->screen->typing(app, place);
}

void app_pop(struct app *app)
{
	place_fini(&app->stack[--app->depth]);
}

/* What is due. */

static const struct screen *app_due(const struct app *app)
{
	static const struct screen *const by_status[] = {
	    [STATUS_ASK] = &screen_question,
	    [STATUS_ADVISE] = &screen_advice,
	    [STATUS_NONE] = &screen_nothing,
	};

	if (app->knowledge == NULL)
		return &screen_choose;
	return app->begun ? by_status[app->state->status] : &screen_start;
}

int app_refresh(struct app *app)
{
	app->changes++;
	if (app->begun) {
		app->state = session_state(app->session, &app->err);
		if (app->state == NULL)
			return -1;
	}
	place_fini(&app->stack[0]);
	place_init(&app->stack[0], app_due(app), -1);
	return 0;
}

int app_settle(struct app *app)
{
	while (app->depth > 1)
		app_pop(app);
	return app_refresh(app);
}

size_t app_question(const struct app *app, const struct place *place)
{
	return place->subject >= 0 ? (size_t)place->subject
				   : (size_t)app->state->decision.question;
}

/* Doing. */

void app_say(struct app *app, const char *fmt, ...)
{
	va_list ap;

	free(app->message);
	va_start(ap, fmt);
	app->message = xvasprintf(fmt, ap);
	va_end(ap);
}

/* Refused input is told, and nothing else happens: 1. The rest is a failure: -1. */
static int app_refused(struct app *app)
{
	if (app->err.class != ERR_USAGE)
		return -1;
	app_say(app, "%s.", err_text(&app->err));
	err_fini(&app->err);
	return 1;
}

int app_answer(struct app *app, struct place *place, const char *value)
{
	const struct question *q = &app->questions->list[app_question(app, place)];
	const struct happening answered = {
	    .question = q->key, .text = value, .entry = -1, .step = -1};
	int result;

	if (place->given >= 0)
		result =
		    choices_change(app->session, (size_t)place->given, value, &app->err);
	else
		result = session_answer(app->session, q->key, value, &app->err);
	if (result == -1)
		return app_refused(app);
	app_did(app, place->given >= 0 ? EVENT_CHANGED : EVENT_ANSWERED, &answered);
	return app_settle(app) == -1 ? -1 : 1;
}

int app_answer_by_number(struct app *app, struct place *place, const char *value)
{
	int result = app_answer(app, place, value);

	app->picked = true;
	return result;
}

int app_tell(struct app *app, struct place *place)
{
	const struct happening told = {.text = place->field.text, .entry = -1, .step = -1};

	if (session_say(app->session, place->field.text, &app->err) == -1)
		return -1;
	app_did(app, EVENT_TOLD, &told);
	app->begun = true;
	if (app_settle(app) == -1)
		return -1;
	app_push(app, &screen_confirm, (long)view_last_step(app->session));
	return 1;
}

/* The words of the last step, if it was a description; the caller frees them. */
static char *app_last_words(const struct app *app)
{
	unsigned step = view_last_step(app->session);
	size_t n;
	const struct given *given = session_given(app->session, &n);

	for (size_t i = 0; i < n; i++) {
		if (given[i].step == step && given[i].kind == GIVEN_WORDS)
			return xstrdup(given[i].quote);
	}
	return NULL;
}

void app_close(struct app *app)
{
	desk_leave(app->file);
	app->file = NULL;
	session_free(app->session);
	app->session = NULL;
	app->state = NULL;
	app->knowledge = NULL;
	app->begun = false;
}

int app_open(struct app *app, struct knowledge *knowledge)
{
	app_close(app);
	app->knowledge = knowledge;
	return app_settle(app);
}

/*
 * What the start screen does not show: questions, case table, the first question. They are
 * read, and it is chosen, while the person looks at that screen, so that it is there at once
 * however large the file, and so is what comes after it.
 */
int app_prepare(struct app *app)
{
	struct case_heads heads = {0};

	if (app->knowledge == NULL || app->session != NULL)
		return 0;
	app->questions = knowledge_questions(app->knowledge, &app->err);
	if (app->questions == NULL)
		return -1;
	app->session = session_new(app->knowledge, app->setting, &app->err);
	if (app->session == NULL)
		return -1;
	if (session_state(app->session, &app->err) == NULL)
		return -1;
	desk_open_cases(app->desk, &heads);
	app->nopen = heads.n;
	case_heads_fini(&heads);
	return app->nopen > 0;
}

int app_back(struct app *app)
{
	char *words;
	size_t n;
	int result;

	if (!app->begun) { /* at the start screen: to the shelf, if there is a choice */
		if (app->shelf->n > 1)
			app_close(app);
		else if (app_top(app)->field.len == 0)
			return 0;
		return app_settle(app);
	}
	words = app_last_words(app);
	if (session_back(app->session))
		app_did(app, EVENT_BACK, NULL);
	else
		app->begun = false;
	session_given(app->session, &n);
	if (words != NULL && n == 0)
		app->begun = false;
	result = app_settle(app);
	if (words != NULL && !app->begun)
		field_set(&app->stack[0].field, words);
	free(words);
	return result;
}

static int app_again(struct app *app)
{
	if (app->file != NULL && casefile_record(app->file)->head.state == CASE_OPEN)
		app_did(app, EVENT_ABANDONED, NULL);
	desk_leave(app->file);
	app->file = NULL;
	session_clear(app->session);
	app->begun = false;
	return app_settle(app);
}

/* Quitting and starting again are asked about once. */
static void app_ask(struct app *app, enum action action)
{
	app->asked = action;
	app_say(app, action == ACTION_QUIT
			 ? "Quit? q or y quits, any other key stays."
			 : "Give this case up? r or y starts again, any other key stays.");
}

static int app_asked(struct app *app, uint32_t key)
{
	enum action asked = app->asked;

	app->asked = ACTION_NONE;
	if (action_of_key(key, false) != asked && key != 'y')
		return 0;
	if (asked == ACTION_AGAIN)
		return app_again(app);
	app->quit = true;
	return 0;
}

/* What every screen does alike. */
static int app_common(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_BACK:
		if (app->depth == 1)
			return app_back(app);
		app_pop(app);
		break;
	case ACTION_HELP:
		app_push(app, &screen_help, -1);
		break;
	case ACTION_ANSWERS:
		app_push(app, &screen_answers, -1);
		break;
	case ACTION_TELL:
		app_push(app, &screen_tell, -1);
		break;
	case ACTION_WHY:
		app_push(app, &screen_why, -1);
		break;
	case ACTION_AGAIN:
	case ACTION_QUIT:
		app_ask(app, action);
		break;
	default:
		place_move(app_top(app), action);
	}
	return 0;
}

static bool screen_lists(const struct screen *screen, enum action action)
{
	for (const enum action *a = screen->actions; *a != ACTION_NONE; a++) {
		if (*a == action)
			return true;
	}
	return false;
}

static int app_act(struct app *app, enum action action)
{
	struct place *place = app_top(app);
	int taken = 0;

	if (action == ACTION_REDRAW)
		term_repaint();
	if (app_act_everywhere(app, action))
		return 0;
	if (!screen_lists(place->screen, action)) {
		place_move(place, action);
		return 0;
	}
	if (action == ACTION_TAKE && !place_in_sight(place)) {
		place->follow = true;
		app_say(app, "This one is selected; Enter again takes it.");
		return 0;
	}
	if (place->screen->act != NULL)
		taken = place->screen->act(app, place, action);
	if (taken != 0)
		return taken;
	return app_common(app, action);
}

/* Drawing. */

static char *app_status(const struct app *app)
{
	char *progress = NULL, *clocks, *status;

	if (app->unsaved)
		progress = xstrdup("NOT SAVED");
	else if (app->state != NULL && app->begun && app->state->status == STATUS_ASK)
		progress = view_progress(app->state);
	if (!app_has_clock(app))
		return progress;
	clocks = view_case_clocks(app->file);
	if (progress == NULL)
		return clocks;
	status = xasprintf("%s  %s", progress, clocks);
	free(progress);
	free(clocks);
	return status;
}

static int page_items(const struct page *page)
{
	int items = 0;

	for (size_t i = 0; i < page->n; i++) {
		if (page->list[i].item >= items)
			items = page->list[i].item + 1;
	}
	return items;
}

static int app_draw(struct app *app)
{
	struct place *place = app_top(app);
	const char *name =
	    app->knowledge != NULL ? knowledge_name(app->knowledge) : "kbwizard";
	struct frame frame;
	int result;

	app_keep(app);
	frame_init(&frame);
	frame.title = scan_clean(name, strlen(name));
	frame.status = app_status(app);
	frame.actions = place->screen->actions;
	frame.typing = app_typing(app);
	frame.cursor = place->field.cursor;
	result = place->screen->draw(app, place, &frame);
	place->nitems = page_items(&frame.page);
	frame.selected = place->nitems > 0 ? place->selected : PAGE_NO_ITEM;
	frame.follow = place->follow;
	if (app->message != NULL) {
		free(frame.prompt);
		frame.prompt = xstrdup(app->message);
	}
	if (result == 0)
		draw_frame(&frame, &place->scroll);
	frame_fini(&frame);
	app->stale = false;
	return result;
}

/* Keys. */

static int app_take_key(struct app *app, uint32_t key)
{
	struct place *place = app_top(app);
	bool typing = app_typing(app);
	enum action action = action_of_key(key, typing);

	free(app->message);
	app->message = NULL;
	if (key != TERM_ENTER)
		place->warned = false;
	if (app->asked != ACTION_NONE)
		return app_asked(app, key);
	if (app->picked && action == ACTION_TAKE) {
		app->picked = false;
		app_say(
		    app, "The number was the answer. Enter again takes the selected one.");
		return 0;
	}
	app->picked = false;
	/* Enter with more behind it is a line end of text that the terminal pasted unmarked. */
	if (typing && key == TERM_ENTER && place->field.len > 0 && term_busy()) {
		key = ' ';
		action = ACTION_NONE;
	}
	if (typing && key == '?' && place->field.len == 0)
		action = ACTION_HELP;
	if (action == ACTION_NONE && typing && field_key(&place->field, key)) {
		place->follow = true;
		app->stale = true;
		return 0;
	}
	/* Moving about goes by what was drawn. */
	if (app->stale && app_draw(app) == -1)
		return -1;
	if (key >= '0' && key <= '9' && place->screen->digit != NULL)
		return place->screen->digit(app, place, key - '0');
	place->number = 0;
	return app_act(app, action);
}

/* What a key can change of what is seen, but for the message. */
struct look {
	const struct screen *screen;
	long subject;
	size_t depth, top, len, cursor;
	unsigned changes, number;
	int selected;
	bool unfolded;
};

static struct look app_look(struct app *app)
{
	const struct place *place = app_top(app);

	return (struct look){
	    .screen = place->screen,
	    .subject = place->subject,
	    .depth = app->depth,
	    .top = place->scroll.top,
	    .len = place->field.len,
	    .cursor = place->field.cursor,
	    .changes = app->changes,
	    .number = place->number,
	    .selected = place->selected,
	    .unfolded = place->unfolded,
	};
}

static bool look_is_same(const struct look *a, const struct look *b)
{
	return a->screen == b->screen && a->subject == b->subject && a->depth == b->depth &&
	       a->top == b->top && a->len == b->len && a->cursor == b->cursor &&
	       a->changes == b->changes && a->number == b->number &&
	       a->selected == b->selected && a->unfolded == b->unfolded;
}

/* A key that changed nothing is named, so that it is not pressed in vain. */
static void app_say_idle(struct app *app, uint32_t key)
{
	char *name = action_key_name(key),
	     *help = action_key_shown(ACTION_HELP, app_typing(app));

	app_say(app, "%s does nothing here; %s shows the keys.",
	    name != NULL ? name : "That key", help);
	free(help);
	free(name);
}

/* 0 to go on, -1 when app->err says what failed. Every key has an effect that is seen. */
static int app_key(struct app *app, uint32_t key)
{
	bool asked = app->asked != ACTION_NONE;
	struct look before = app_look(app), after;

	if (app_take_key(app, key) == -1)
		return -1;
	after = app_look(app);
	if (!asked && app->message == NULL && !app->quit && look_is_same(&before, &after) &&
	    action_of_key(key, false) != ACTION_REDRAW)
		app_say_idle(app, key);
	return 0;
}

static int app_loop(struct app *app)
{
	while (!app->quit) {
		uint32_t key;
		int prepared;

		/* Of pasted text only the end is drawn. */
		if (!(app->stale && term_busy()) && app_draw(app) == -1)
			return -1;
		prepared = app_prepare(app);
		if (prepared == -1)
			return -1;
		if (prepared == 1) /* there is more to show */
			continue;
		if (app->desk->calling && app->session != NULL) {
			app->desk->calling = false;
			if (app_call(app) == -1)
				return -1;
			continue;
		}
		key = app_has_clock(app) ? term_key_within(CLOCK_TICK) : term_key();
		if (key == TERM_SIGNAL)
			return term_signal();
		if (key != TERM_RESIZE && key != TERM_TICK && app_key(app, key) == -1)
			return -1;
	}
	return 0;
}

/* The case that the program was started for, and what of it no longer fits. */
static int app_begin(struct app *app, struct beginning *beginning)
{
	app->knowledge = beginning->knowledge;
	app->session = beginning->session;
	app->file = beginning->file;
	beginning->session = NULL;
	beginning->file = NULL;
	app->questions = knowledge_questions(app->knowledge, &app->err);
	app->begun = true;
	if (app->questions == NULL || app_settle(app) == -1)
		return -1;
	if (beginning->misfits.n > 0)
		app_push(app, &screen_misfits, -1);
	return 0;
}

int app_run(
    const struct shelf *shelf, struct desk *desk, enum setting setting, struct err *err)
{
	struct app app = {.shelf = shelf, .desk = desk, .setting = setting};
	int result = 0;

	app_push(&app, &screen_choose, -1);
	if (desk->beginning != NULL)
		result = app_begin(&app, desk->beginning);
	else if (shelf->n == 1)
		result = app_open(&app, shelf->list[0].knowledge);
	if (result == 0)
		result = app_loop(&app);
	while (app.depth > 0)
		app_pop(&app);
	app_close(&app);
	free(app.message);
	*err = app.err;
	return result;
}
