/* SPDX-License-Identifier: ISC */
/*
 * The wizard on screens: the event loop and the stack. At the bottom stands the screen that
 * the state of the session calls for (start, question, advice, nothing fits); above it what
 * was opened over it (help, an article, the list of answers). The session holds the answers;
 * the application only knows where the person is looking.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "../decision/session.h"
#include "desk.h"
#include "screen.h"
#include "shelf.h"

#define APP_DEPTH 8

struct app {
	const struct shelf *shelf;
	struct knowledge *knowledge; /* NULL until one of the shelf is chosen */
	struct session *session;
	struct desk *desk;
	struct casefile
	    *file; /* the case; NULL until the person is past the start screen */
	bool unsaved; /* as the last drawing said */
	size_t nopen; /* cases that are open or parked, when the start screen came */
	enum setting setting;
	const struct questions *questions;
	const struct state *state; /* NULL until the person is past the start screen */
	struct place stack[APP_DEPTH];
	size_t depth;
	bool begun; /* past the start screen */
	bool quit;
	bool
	    picked; /* a number has just answered: Enter is not meant for the next question */
	enum action asked; /* quit or start again was pressed once, else ACTION_NONE */
	bool stale; /* text was typed that no drawing shows yet */
	unsigned changes; /* of the answers, of what is struck out of them */
	char *message; /* one sentence for the prompt line until the next key, or NULL */
	struct err err; /* what ended it */
};

/*
 * Runs until the person quits: 0, the signal that ended it, or -1 and err. The terminal has
 * been started (term.h) and stays so.
 */
int app_run(const struct shelf *, struct desk *, enum setting, struct err *);

/* For the screens. Functions that return -1 have filled app->err. */

struct place *app_push(struct app *, const struct screen *, long subject);
void app_pop(struct app *);
/* A call begins: questions to be read aloud, and who is calling comes first. */
int app_call(struct app *);
/* Parks the case and goes on with that of the log; what cannot be is said. */
int app_take_up(struct app *, const char *name);
/* Begins a session with the knowledge chosen. */
int app_open(struct app *, struct knowledge *);
/* The answers changed: what is due is computed anew, what is open stays open. */
int app_refresh(struct app *);
/* The same, and closes what was opened. */
int app_settle(struct app *);
/* Takes the last step back; from the first question, to the start screen. */
int app_back(struct app *);
/* The case, which begins with the first thing that is done. */
struct casefile *app_case(struct app *);
/* Records what was just done to the session, or beside it (casefile.h). */
void app_did(struct app *, enum event_kind, const struct happening *);
void app_say(struct app *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Odd input becomes the message and nothing changes. */
int app_answer(struct app *, struct place *, const char *value);
/* The same where a number key picked the answer; an Enter right behind it is not taken. */
int app_answer_by_number(struct app *, struct place *, const char *value);
/* Understands what is typed in the place's field and shows it for confirmation. */
int app_tell(struct app *, struct place *);
/* Puts the question of the place aside. */
int app_put_aside(struct app *, struct place *);
/* The case goes to somebody else. */
int app_escalate(struct app *);
/* The question that a question screen asks. */
size_t app_question(const struct app *, const struct place *);

#endif
