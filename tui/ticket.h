/* SPDX-License-Identifier: ISC */
/*
 * A recorded case as what goes into a ticket: plain text, Markdown or JSON, in the order in
 * which a colleague needs it. Head, what the caller sees, the answers with the words they
 * come from, advice tried and what came of it, what was ruled out and why, the next best
 * step, articles, notes, what happened when; and at the end of text and Markdown what another
 * machine needs to go on with it (ticket_block.h). Text has lines of at most 72 columns, no
 * tabs, and a layout of ASCII alone.
 *
 * A case that was escalated is told to the next level: what was tried comes first, then what
 * to look at first, and more is said of what was ruled out.
 *
 * Without the knowledge it was made with, a case is told from its record alone.
 */
#ifndef TUI_TICKET_H
#define TUI_TICKET_H

#include <stdio.h>

#include "../decision/casefile.h"
#include "layout.h"

enum ticket_format { TICKET_TEXT, TICKET_MARKDOWN, TICKET_JSON };

struct ticket {
	const struct case_record *record;
	struct session
	    *session; /* with its answers (casefile_restore); NULL: no knowledge */
	const struct misfits *misfits; /* of them; may be NULL */
	bool internal; /* notes that are not for the caller, too */
	bool escalation; /* told as one that was escalated, whether or not it was */
};

/* Functions return -1 and fill err where the knowledge file fails or the record is damaged. */

/* The case as a page, for a screen too. */
int ticket_page(struct page *, const struct ticket *, struct err *);
int ticket_write(FILE *, const struct ticket *, enum ticket_format, struct err *);

/* The block that a ticket in JSON carries; NULL if the text is none. The caller frees it. */
char *ticket_json_block(const char *text);

#endif
