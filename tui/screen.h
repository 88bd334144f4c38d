/* SPDX-License-Identifier: ISC */
/*
 * A screen is a table of what it does; app.c runs a stack of them. `draw` is a function of
 * the application's state and fills a frame; only `act` and `digit` change anything. What a
 * screen remembers between two keys (selection, scrolling, typed text) stands in its place
 * on the stack, the same for every screen.
 *
 * What every screen does alike (scrolling, back, help, the list of answers, quitting) is
 * done by app.c for the actions that a screen lists and does not take itself.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "draw.h"
#include "place.h"

struct app;

struct screen {
	const enum action *actions; /* key bar and dispatch; ACTION_NONE ends */
	/* Characters are text now; NULL: never. */
	bool (*typing)(struct app *, struct place *);
	void (*enter)(struct app *, struct place *); /* may be NULL */
	/* Fills the page, side, prompt and digits of a frame. -1: app->err says why. */
	int (*draw)(struct app *, struct place *, struct frame *);
	/* 1 if the action was taken, 0 if not, -1: app->err says why. May be NULL. */
	int (*act)(struct app *, struct place *, enum action);
	int (*digit)(
	    struct app *, struct place *, unsigned digit); /* as act; may be NULL */
};

/* The subject is ...                            */
extern const struct screen screen_choose;
extern const struct screen screen_start;
extern const struct screen screen_tell;
extern const struct screen screen_question; /* an index, or -1 for the one due */
extern const struct screen screen_find; /* a question: how to find out */
extern const struct screen screen_answers;
extern const struct screen screen_confirm; /* the step that was understood from text */
extern const struct screen screen_advice;
extern const struct screen screen_worked; /* an article */
extern const struct screen screen_steps; /* the entry of advice, from 0 */
extern const struct screen screen_note; /* 0: for colleagues; 1: for the caller */
extern const struct screen screen_details; /* which: enum detail of view_case.h */
extern const struct screen screen_cases;
extern const struct screen screen_ticket;
extern const struct screen screen_nothing;
extern const struct screen screen_why;
extern const struct screen screen_whynot_which; /* the article offered */
extern const struct screen screen_whynot; /* an article */
extern const struct screen screen_article; /* an article */
extern const struct screen
    screen_misfits; /* answers of a case taken up that no longer fit */
extern const struct screen screen_help;

#endif
