/* SPDX-License-Identifier: ISC */
/*
 * Where one screen stands: selection, scrolling, typed text. The same for every screen, so
 * that they all move alike.
 */
#ifndef TUI_PLACE_H
#define TUI_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "action.h"
#include "field.h"
#include "layout.h"

struct screen;

struct place {
	const struct screen *screen;
	long subject; /* what it is about: see screen.h; -1 none */
	long given; /* of a question: the answer that it replaces, or -1 */
	int selected; /* item, or PAGE_NO_ITEM */
	int nitems; /* on the page as last drawn */
	bool follow; /* the selected item must be in sight */
	struct scroll scroll;
	struct field field;
	bool warned; /* of what Enter would do; it does it now */
	unsigned number; /* digits typed so far of a number that may go on */
	bool unfolded; /* of a question: the answers that hardly matter are listed too */
	bool *struck; /* by index of an answer; owned */
	size_t nstruck;
};

void place_init(struct place *, const struct screen *, long subject);
void place_fini(struct place *);
/* Whether the selected item, if there is one, was in sight when last drawn. */
bool place_in_sight(const struct place *);
/* Does an action that moves the selection or scrolls; false if it is another. */
bool place_move(struct place *, enum action);

#endif
