/* SPDX-License-Identifier: ISC */
/*
 * The knowledge files at hand: the one that was named, or all of a folder (those installed).
 * Screens and line mode let the person choose where there are several.
 */
#ifndef TUI_SHELF_H
#define TUI_SHELF_H

#include "../decision/knowledge.h"

struct book {
	char *path;
	struct knowledge *knowledge; /* open; NULL if it cannot be used */
	char *why; /* it cannot be used: a sentence; else NULL */
};

struct shelf {
	struct book *list; /* in order of their paths */
	size_t n;
};

/*
 * Opens the file, or every *.kbw of the folder. -1 and err if the file, or every file of the
 * folder, cannot be used; single bad files of a folder stay in the list with the reason.
 */
int shelf_open(struct shelf *, const char *path, struct err *);
/* The one of that fingerprint, else of that name; NULL if there is none. */
struct knowledge *shelf_find(
    const struct shelf *, const char *name, const char *fingerprint);
/* The first that can be used. */
struct knowledge *shelf_first(const struct shelf *);
void shelf_close(struct shelf *);

#endif
