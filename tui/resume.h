/* SPDX-License-Identifier: ISC */
/*
 * Taking up a case: one of the log by its number, or one from an exported file, which becomes
 * a new case here. Used by `kbwizard resume`, and by `kbwizard cases show` for the knowledge
 * that belongs to a case.
 */
#ifndef TUI_RESUME_H
#define TUI_RESUME_H

#include "desk.h"
#include "layout.h"
#include "shelf.h"

/* A case with which screens or line mode begin. They take session and file over. */
struct beginning {
	struct knowledge *knowledge;
	struct session *session; /* with the answers that fit */
	struct casefile *file;
	struct misfits misfits;
};

/* Whether it is the number of a case: "42" or "2026-00042"; else it is a file's name. */
bool resume_is_number(const char *what);

/*
 * The knowledge for a case: the one of its fingerprint, else of its name, else the only one
 * there is where a person named it. NULL if there is none.
 */
struct knowledge *resume_knowledge(
    const struct shelf *, bool named, const struct case_head *);

/*
 * Takes the case up. -1 and err: ERR_USAGE where there is no such case, its knowledge must be
 * named, or restricted mode forbids it; ERR_BUSY where somebody else has it, and who;
 * ERR_OPEN and ERR_DATA of file and log.
 */
int resume_open(struct beginning *, struct desk *, const struct shelf *, bool named,
    const char *what, struct err *);
void beginning_fini(struct beginning *);

/* The answers that no longer fit, and why; nothing where all fit. */
void view_misfits(struct page *, const struct misfits *);

#endif
