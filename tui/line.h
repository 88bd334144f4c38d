/* SPDX-License-Identifier: ISC */
/*
 * Line mode: the same wizard as plain numbered lines, for screen readers, dumb terminals,
 * pipes and transcripts. It only appends; no cursor moves, no colour.
 */
#ifndef TUI_LINE_H
#define TUI_LINE_H

#include "../decision/session.h"
#include "desk.h"
#include "shelf.h"

/* Runs until `quit` or the end of input: 0, or -1 and err. */
int line_run(const struct shelf *, struct desk *, enum setting, struct err *);

#endif
