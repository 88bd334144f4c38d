/* SPDX-License-Identifier: ISC */
/* What line.c (reads and does), line_show.c (says) and line_whatif.c (tries) share. Nobody else includes it. */
#ifndef TUI_LINE_INTERNAL_H
#define TUI_LINE_INTERNAL_H

#include "../decision/session.h"
#include "action.h"
#include "desk.h"
#include "edit.h"
#include "layout.h"
#include "view_case.h"

/* What the next line of input is for. */
enum turn { TURN_START, TURN_CONFIRM, TURN_SESSION, TURN_SOLVED };

struct line {
	struct knowledge *knowledge;
	struct session *session;
	struct desk *desk;
	struct casefile *file; /* the case; NULL until something was done */
	bool unsaved; /* as was said last */
	size_t stepping; /* the entry of advice whose steps are gone through */
	const struct questions *questions;
	const struct state *state; /* at TURN_SESSION and TURN_SOLVED */
	struct edit *edit;
	struct err *err;
	enum setting setting;
	unsigned width;
	enum turn turn;
	bool unfolded; /* of what is asked, the answers that hardly matter are listed too */
	bool show; /* what is due must be said before the next prompt */
	bool quit;
};

/* Columns to print in. */
unsigned line_width(void);
void line_say(const struct line *, const char *text);
/* Prints the page, apart from what stands above, and empties it. */
void line_page(const struct line *, struct page *);

/* Refused input (ERR_USAGE in line->err) is told; -1 where the world failed. */
int line_refused(struct line *);
/* What is due is to be said before the next prompt. Returns 0. */
int line_changed(struct line *);
/* The number at the beginning of text as an index below n; -1 if it is none. */
long line_index(const char *text, size_t n);
int line_no_such_answer(const struct line *);

/* These return -1 and fill line->err when the knowledge file fails. */

/* What is due: where to begin, what was understood, question, advice, nothing. */
int line_show(struct line *);
int line_why(struct line *);
/* "Q123456": what speaks against it, and what it would need. */
int line_why_not(struct line *, const char *id);
/* "N VALUE" or "question=answer": what that would leave; nothing changes. */
int line_what_if(struct line *, const char *instead);
/* How to find out the answer to what is asked. */
int line_find(struct line *);
void line_answers(struct line *);
void line_help(struct line *);

/* line_case.c: recording, advice tried, notes, cases. */

/* Records what was just done to the session, or beside it. */
void line_did(struct line *, enum event_kind, const struct happening *);
/* The same of something with words or without (NULL), and what is due comes next. */
int line_did_say(struct line *, enum event_kind, const char *text);
/* Before anything is said, what led to it is kept; that it cannot be is said once. */
void line_keep(struct line *);
int line_detail(struct line *, enum detail, const char *value);
int line_worked(struct line *, const char *argument);
/* EVENT_FAILED, or EVENT_TRIED: before the call. */
int line_failed(struct line *, const char *argument, enum event_kind);
int line_steps(struct line *, const char *argument);
int line_done(struct line *, const char *argument);
int line_put_aside(struct line *);
int line_escalate(struct line *);
int line_again(struct line *);
/* Begins with the case that the program was started for; what no longer fits is said. */
void line_begin(struct line *, struct beginning *);
/* Parks this case and goes on with another. */
int line_take_up(struct line *, const char *name);
/* What concerns the case and is possible at every turn; false if it is something else. */
bool line_act_case(struct line *, enum action, const char *argument, int *result);

#endif
