/* SPDX-License-Identifier: ISC */
/*
 * What can be done, in one table: the action, its keys, its word in line mode, its text in
 * the key bar and its sentence in the help. Dispatch, key bar, help screen, the help of line
 * mode and the list in kbwizard(1) all come from here; a test compares the manual.
 */
#ifndef TUI_ACTION_H
#define TUI_ACTION_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum action {
	ACTION_NONE,
	ACTION_TAKE,
	ACTION_UNKNOWN,
	ACTION_BACK,
	ACTION_MORE,
	ACTION_FIND,
	ACTION_ANSWERS,
	ACTION_WHY,
	ACTION_WHY_NOT,
	ACTION_WHAT_IF,
	ACTION_TELL,
	ACTION_PASTE,
	ACTION_ARTICLE,
	ACTION_YES,
	ACTION_NO,
	ACTION_STRIKE,
	ACTION_CHANGE,
	ACTION_TRIED,
	ACTION_STEPS,
	ACTION_DONE,
	ACTION_ESCALATE,
	ACTION_TICKET,
	ACTION_COPY,
	ACTION_ASIDE,
	ACTION_NOTE,
	ACTION_REMARK,
	ACTION_HOLD,
	ACTION_DETAILS,
	ACTION_CASES,
	ACTION_OPEN,
	ACTION_CALLER,
	ACTION_CONTACT,
	ACTION_REFERENCE,
	ACTION_PLACE,
	ACTION_AGAIN,
	ACTION_SWITCH,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_TOP,
	ACTION_BOTTOM,
	ACTION_REDRAW,
	ACTION_HELP,
	ACTION_QUIT,
	ACTION_COUNT
};

#define ACTION_KEYS 5

struct action_entry {
	uint32_t
	    keys[ACTION_KEYS]; /* code points and TERM_ keys; 0 ends them; may be none */
	const char *bar; /* what the key bar says; NULL: never there */
	const char *word; /* in line mode; NULL: there is none */
	const char *argument; /* of the word, or NULL */
	const char *help; /* one sentence */
};

/* What can be done on every screen, whether or not it lists it; ACTION_NONE ends it. */
extern const enum action action_everywhere[];

/* Entry of an action other than ACTION_NONE. */
const struct action_entry *action_entry(enum action);

/*
 * The action of a key. While `typing`, characters belong to the text and so do the keys that
 * edit it: only keys that no text needs are actions.
 */
enum action action_of_key(uint32_t key, bool typing);
/* The action of a word of line mode, in any case, or of "?"; else ACTION_NONE. */
enum action action_of_word(const char *word, size_t len);

/* The key that the key bar names, "Enter", "F1", "?"; NULL if text needs them all. The caller frees it. */
char *action_key_shown(enum action, bool typing);
/* A key as people call it, "Enter", "F1", "Z"; NULL where it has no name. The caller frees it. */
char *action_key_name(uint32_t key);
/* All keys of an action, "Esc, Left, b". The caller frees it. */
char *action_key_names(enum action);

/* The lists of keys and of words as kbwizard(1) holds them. */
void action_print_manual_keys(FILE *);
void action_print_manual_words(FILE *);

#endif
