/* SPDX-License-Identifier: ISC */
/*
 * The desk on which one article's advice is written: reads a unit (a section or one of its
 * sub-sections) block by block and puts its sentences and steps into drafts. Used by
 * advice.c, whose essay says what the rules are.
 */
#ifndef DECISION_ADVICE_DESK_H
#define DECISION_ADVICE_DESK_H

#include "advice_draft.h"

/* One article being read. */
struct desk {
	const struct advisor *advisor;
	const struct article *article;
	struct drafts drafts;
	struct sentences sentences;

	/* the unit */
	enum section_kind section;
	enum advice_kind plain; /* what plain sentences are; ADVICE_NKINDS: nothing */
	bool explaining; /* nothing was found: what was confirmed counts */
	bool steps_only; /* of plain text, only steps and what announces them */
	struct conditions scope; /* named by the heading */
	struct conditions
	    confirmed; /* named by the last sentence that confirms the problem */
	unsigned method, methods; /* which alternative; how many there were so far */
	unsigned risks; /* said before the entry they belong to */

	/* where in it */
	long current; /* the draft being written, or -1 */
	bool open; /* the paragraph before ends in a colon and was kept */
	bool dropped; /* the paragraph before was boilerplate: what it announces is, too */
	bool in_steps; /* the block before was a step or part of one */
	unsigned depth; /* of that step */
	bool or_next; /* "-or-" stands before what comes */
	char *lead; /* words that announce the next step */
};

/*
 * Reads one section. `plain` is what its plain sentences are, ADVICE_NKINDS for nothing;
 * with `steps_only` only steps and the paragraphs that announce them count.
 */
void desk_read(
    struct desk *, const struct section *, enum advice_kind plain, bool steps_only);
void desk_fini(struct desk *);

#endif
