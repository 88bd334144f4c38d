/* SPDX-License-Identifier: ISC */
/* The table of actions, and what is made of it. */

#include "action.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "term.h"

static const struct action_entry table[ACTION_COUNT] = {
    [ACTION_TAKE] = {.keys = {TERM_ENTER},
	.bar = "go on",
	.help = "Takes the selected answer, or what was typed."},
    [ACTION_UNKNOWN] = {.keys = {'d', '0'},
	.bar = "don't know",
	.word = "unknown",
	.help = "Nobody knows, or nobody can look now."},
    [ACTION_BACK] = {.keys = {TERM_ESC, TERM_LEFT, TERM_BACKSPACE, 'b'},
	.bar = "back",
	.word = "back",
	.help = "One step back, never more."},
    [ACTION_MORE] = {.keys = {'m'},
	.word = "more",
	.help = "All answers to what is asked, the unlikely ones too."},
    [ACTION_FIND] = {.keys = {'h', TERM_F2},
	.bar = "find out",
	.word = "find",
	.help = "How to find out the answer."},
    [ACTION_ANSWERS] = {.keys = {'a', TERM_F3},
	.bar = "answers",
	.word = "answers",
	.help = "The answers so far; any of them can be changed."},
    [ACTION_CHANGE] = {.keys = {'c', TERM_RIGHT},
	.bar = "change",
	.word = "change",
	.argument = "N VALUE",
	.help = "Gives an earlier answer a new value; the others stay."},
    [ACTION_STRIKE] = {.keys = {'x', ' ', TERM_DELETE},
	.bar = "strike out",
	.word = "drop",
	.argument = "N",
	.help = "Takes an answer back, or what was understood wrongly."},
    [ACTION_TELL] = {.keys = {'t', TERM_F4},
	.bar = "tell",
	.word = "tell",
	.argument = "WORDS",
	.help = "Says something that was not asked; what is understood of it counts."},
    [ACTION_PASTE] = {.word = "paste",
	.help = "Says several lines at once: all up to one with a full stop alone."},
    [ACTION_WHY] = {.keys = {'w', TERM_F5},
	.bar = "why",
	.word = "why",
	.argument = "[not ID]",
	.help = "What is likely, and what speaks for and against it."},
    [ACTION_WHY_NOT] = {.keys = {'N'},
	.bar = "why not",
	.help =
	    "What speaks against an article, and what it would need; a number says which."},
    [ACTION_WHAT_IF] = {.word = "what",
	.argument = "if N VALUE",
	.help = "What another answer would lead to; question=answer names any question."},
    [ACTION_ARTICLE] = {.keys = {'v', TERM_F6},
	.bar = "article",
	.word = "article",
	.argument = "[ID]",
	.help = "The article's own text."},
    [ACTION_YES] = {.keys = {'y'},
	.bar = "worked",
	.word = "yes",
	.argument = "[N]",
	.help = "The advice helped."},
    [ACTION_NO] = {.keys = {'n'},
	.bar = "did not",
	.word = "no",
	.argument = "[N]",
	.help = "The advice did not help: what comes next is shown."},
    [ACTION_TRIED] = {.keys = {'T'},
	.bar = "tried before",
	.word = "tried",
	.argument = "[N]",
	.help = "The advice had been tried before, and did not help."},
    [ACTION_STEPS] = {.keys = {'p'},
	.bar = "step by step",
	.word = "steps",
	.argument = "[N]",
	.help = "The advice step by step, each ticked when it is done."},
    [ACTION_DONE] = {.word = "done",
	.argument = "[N]",
	.help = "The step is done: it is ticked, or no longer."},
    [ACTION_ESCALATE] = {.keys = {'E'},
	.bar = "escalate",
	.word = "escalate",
	.help = "Nothing helped: the case goes to somebody else."},
    [ACTION_TICKET] = {.keys = {'u', TERM_CONTROL('Y')},
	.bar = "ticket",
	.help = "The case as it goes into a ticket, without notes for colleagues."},
    [ACTION_COPY] = {.keys = {'Y'},
	.bar = "copy",
	.help = "Copies the ticket to the clipboard of your terminal; y does too."},
    [ACTION_ASIDE] = {.keys = {'l', TERM_F11, TERM_CONTROL('T')},
	.bar = "later",
	.word = "later",
	.help = "Puts the question aside while somebody looks it up; others come first."},
    [ACTION_NOTE] = {.keys = {'e', TERM_F7, TERM_CONTROL('N')},
	.bar = "note",
	.word = "note",
	.argument = "WORDS",
	.help = "Writes a note into the case, for colleagues."},
    [ACTION_REMARK] = {.word = "remark",
	.argument = "WORDS",
	.help = "Writes a note that the caller may read."},
    [ACTION_HOLD] = {.keys = {'o', TERM_F9, TERM_CONTROL('O')},
	.bar = "hold",
	.word = "hold",
	.help = "The caller waits, or waits no longer."},
    [ACTION_DETAILS] = {.keys = {'i', TERM_CONTROL('P')},
	.bar = "caller",
	.help = "Who is calling, how to reach them, the ticket's own number."},
    [ACTION_CASES] = {.keys = {'s', TERM_F12, TERM_CONTROL('X')},
	.bar = "cases",
	.word = "cases",
	.help = "The open cases: parks this one and goes on with another."},
    [ACTION_OPEN] = {.word = "open",
	.argument = "N",
	.help = "Parks this case and goes on with that of the number."},
    [ACTION_CALLER] = {.word = "caller=NAME", .help = "Who is calling."},
    [ACTION_CONTACT] = {.word = "contact=HOW", .help = "How to reach the caller."},
    [ACTION_REFERENCE] = {.word = "reference=TICKET",
	.help = "The number of the ticket elsewhere."},
    [ACTION_PLACE] = {.word = "place",
	.argument = "WORDS",
	.help = "Keeps cases in that file from now on, where the log cannot be written."},
    [ACTION_AGAIN] = {.keys = {'r', TERM_F8},
	.bar = "start again",
	.word = "again",
	.help = "Forgets every answer and starts again."},
    [ACTION_SWITCH] = {.keys = {TERM_TAB},
	.bar = "list",
	.help = "From the typing line to the list, and back; to the next entry of advice."},
    [ACTION_UP] = {.keys = {TERM_UP, 'k'}, .help = "One row up."},
    [ACTION_DOWN] = {.keys = {TERM_DOWN, 'j'}, .help = "One row down."},
    [ACTION_PAGE_UP] = {.keys = {TERM_PAGE_UP, TERM_CONTROL('B')}, .help = "One page up."},
    [ACTION_PAGE_DOWN] = {.keys = {TERM_PAGE_DOWN, TERM_CONTROL('F')},
	.bar = "more",
	.help = "One page down."},
    [ACTION_TOP] = {.keys = {TERM_HOME, 'g'}, .help = "To the top."},
    [ACTION_BOTTOM] = {.keys = {TERM_END, 'G'}, .help = "To the bottom."},
    [ACTION_REDRAW] = {.keys = {TERM_CONTROL('L')}, .help = "Paints the screen anew."},
    [ACTION_HELP] = {.keys = {'?', TERM_F1},
	.bar = "help",
	.word = "help",
	.help = "Explains the keys or words."},
    [ACTION_QUIT] = {.keys = {'q', TERM_F10, TERM_CONTROL('D')},
	.bar = "quit",
	.word = "quit",
	.help = "Leaves the wizard; a screen asks once whether you mean it."},
};

const enum action action_everywhere[] = {
    ACTION_NOTE, ACTION_HOLD, ACTION_DETAILS, ACTION_TICKET, ACTION_CASES, ACTION_NONE};

const struct action_entry *action_entry(enum action action)
{
	return &table[action];
}

/* A character, or a key that edits a line of text. */
static bool key_is_text(uint32_t key)
{
	static const uint32_t editing[] = {
	    TERM_LEFT, TERM_RIGHT, TERM_HOME, TERM_END, TERM_DELETE, TERM_BACKSPACE};

	for (size_t i = 0; i < sizeof editing / sizeof editing[0]; i++) {
		if (editing[i] == key)
			return true;
	}
	return key >= ' ' && key < TERM_UP;
}

enum action action_of_key(uint32_t key, bool typing)
{
	if (key == 0 || (typing && key_is_text(key)))
		return ACTION_NONE;
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		for (size_t i = 0; i < ACTION_KEYS && table[action].keys[i] != 0; i++) {
			if (table[action].keys[i] == key)
				return (enum action)action;
		}
	}
	return ACTION_NONE;
}

enum action action_of_word(const char *word, size_t len)
{
	if (len == 1 && word[0] == '?')
		return ACTION_HELP;
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		const char *name = table[action].word;

		if (name != NULL && strlen(name) == len &&
		    strncasecmp(name, word, len) == 0)
			return (enum action)action;
	}
	return ACTION_NONE;
}

char *action_key_name(uint32_t key)
{
	static const char *const names[] = {"Up", "Down", "Left", "Right", "PageUp",
	    "PageDown", "Home", "End", "Delete", "Backspace", "Enter", "Tab", "Esc"};
	char bytes[4];

	if (key >= TERM_F1 && key <= TERM_F12)
		return xasprintf("F%u", key - TERM_F1 + 1);
	if (key >= TERM_UP && key <= TERM_ESC)
		return xstrdup(names[key - TERM_UP]);
	if (key > TERM_UP)
		return NULL;
	if (key == ' ')
		return xstrdup("Space");
	if (key < ' ')
		return xasprintf("Ctrl-%c", (int)key + '@');
	return xstrndup(bytes, scan_encode(key, bytes));
}

char *action_key_shown(enum action action, bool typing)
{
	for (size_t i = 0; i < ACTION_KEYS && table[action].keys[i] != 0; i++) {
		if (!typing || !key_is_text(table[action].keys[i]))
			return action_key_name(table[action].keys[i]);
	}
	return NULL;
}

char *action_key_names(enum action action)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	for (size_t i = 0; i < ACTION_KEYS && table[action].keys[i] != 0; i++) {
		char *name = action_key_name(table[action].keys[i]);

		fprintf(f, "%s%s", i > 0 ? ", " : "", name);
		free(name);
	}
	xclose_memstream(f);
	return text;
}

void action_print_manual_keys(FILE *f)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		char *keys;

		if (table[action].keys[0] == 0) /* a word of line mode only */
			continue;
		keys = action_key_names((enum action)action);
		fprintf(f, ".It %s\n%s\n", keys, table[action].help);
		free(keys);
	}
}

void action_print_manual_words(FILE *f)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		const struct action_entry *entry = &table[action];

		if (entry->word == NULL)
			continue;
		fprintf(f, ".It Ic %s", entry->word);
		if (entry->argument != NULL)
			fprintf(f, " %s", entry->argument);
		fprintf(f, "\n%s\n", entry->help);
	}
}
