/* SPDX-License-Identifier: ISC */
/*
 * The terminal: start, stop, size, read a key. With draw.c the only user of curses; the rest
 * of the program sees keys as code points and the names below.
 *
 * Whatever ends the program, the terminal is given back as it was: term_stop runs at exit
 * and before xalloc gives up, and signals that end a program are seen by term_key as keys,
 * so that the main program can stop the terminal and die of them in good order.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "../kb/err.h"

/* Keys that are no character, above the last code point. */
enum term_key {
	TERM_UP = 0x110000,
	TERM_DOWN,
	TERM_LEFT,
	TERM_RIGHT,
	TERM_PAGE_UP,
	TERM_PAGE_DOWN,
	TERM_HOME,
	TERM_END,
	TERM_DELETE,
	TERM_BACKSPACE,
	TERM_ENTER,
	TERM_TAB,
	TERM_ESC,
	TERM_F1,
	TERM_F2,
	TERM_F3,
	TERM_F4,
	TERM_F5,
	TERM_F6,
	TERM_F7,
	TERM_F8,
	TERM_F9,
	TERM_F10,
	TERM_F11,
	TERM_F12,
	TERM_RESIZE, /* the size changed, or the screen must be painted anew */
	TERM_SIGNAL, /* a signal that ends the program: term_signal() */
	TERM_TICK, /* of term_key_within: no key came in that time */
	TERM_OTHER, /* a key that has no name here */
};
#define TERM_CONTROL(c) ((uint32_t)(c)&0x1f)

/* Takes over the terminal. -1 and err (one sentence, ERR_USAGE) if it cannot be driven. */
int term_start(struct err *);
/* Gives it back; harmless when it was never started. */
void term_stop(void);

/* The next drawing sends everything, whatever the terminal is thought to show. */
void term_repaint(void);

/* Sends a control sequence that moves and draws nothing; false where no screens run. */
bool term_send(const char *sequence);

/* Columns and rows now. */
void term_size(unsigned *columns, unsigned *rows);

/* Waits for a key. The line ends of pasted text are given as blanks. */
uint32_t term_key(void);
/* The same, but for so many milliseconds at most. */
uint32_t term_key_within(unsigned milliseconds);
/* More keys are there already: what is drawn now would not be seen. */
bool term_busy(void);
/* The signal that ended the waiting (SIGINT, SIGTERM, SIGHUP), or 0. */
int term_signal(void);

#endif
