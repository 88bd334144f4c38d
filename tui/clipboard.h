/* SPDX-License-Identifier: ISC */
/*
 * The clipboard of the terminal that the person sits at, however many machines lie between:
 * OSC 52, which asks the terminal to take text. Nothing answers, so nobody can know whether
 * the terminal did; that it may not is for the manual to say. Used by tickets on screens and
 * by `kbwizard cases show --copy`, never in restricted mode.
 */
#ifndef TUI_CLIPBOARD_H
#define TUI_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "../kb/err.h"

/* More is refused: longer sequences are cut or ignored by terminals in use. */
#define CLIPBOARD_MOST 74994 /* bytes of text: 100,000 of the sequence */

/*
 * The sequence that copies the text; in pieces that GNU screen passes on where `screen` says
 * so. The caller frees it.
 */
char *clipboard_sequence(const char *text, size_t len, bool screen);

/*
 * Copies: by the terminal that the screens run on, or else by the one that controls the
 * program. -1 and err: restricted (ERR_USAGE), too much (ERR_USAGE), no terminal (ERR_OPEN).
 */
int clipboard_copy(const char *text, size_t len, bool restricted, struct err *);

#endif
