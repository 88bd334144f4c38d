/* SPDX-License-Identifier: ISC */
/*
 * Reads lines for line mode: with editing and history (libedit) on a terminal that can do
 * it, else plainly, so that a scripted session is a transcript.
 */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>

struct edit;

/* `plain`: never use libedit. */
struct edit *edit_new(bool plain);
void edit_free(struct edit *);

/* Prompts and reads: a line without its end, owned by the caller; NULL at end of input. */
char *edit_line(struct edit *, const char *prompt);

#endif
