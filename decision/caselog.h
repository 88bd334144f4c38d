/* SPDX-License-Identifier: ISC */
/*
 * Where cases are kept. The interface is a table of operations that any store can implement;
 * caselog_open gives the one that keeps them in an SQLite database, which many programs on
 * one machine write to at the same time (caselog_db.c; its migrations: caselog_schema.c).
 * Used by casefile.h for the case at work, and by everything that lists, exports, counts or
 * learns from cases.
 *
 * Functions return -1 and fill err: ERR_OPEN when the log cannot be opened, ERR_DATA when it
 * is damaged, foreign or of a newer program (it is never written to then), ERR_WRITE when
 * writing failed (full disk, lock held too long): nothing was written, and the same call can
 * be made again.
 */
#ifndef DECISION_CASELOG_H
#define DECISION_CASELOG_H

#include "../kb/err.h"
#include "caserecord.h"

/* Which cases: members that are NULL or 0 ask for nothing. */
struct case_filter {
	unsigned states; /* bits 1 << CASE_... */
	const char *agent; /* whose it is now */
	const char *text; /* in name, caller, contact, reference or an event, any case */
	int64_t since, before; /* last changed at or after; before */
	size_t most; /* so many of the latest changed */
};

struct case_heads {
	struct case_head *list; /* latest changed first */
	size_t n, cap;
};
void case_heads_fini(struct case_heads *);

struct caselog;

struct caselog_ops {
	int (*append)(struct caselog *, struct case_head *, const struct event *, size_t n,
	    struct err *);
	int (*read)(struct caselog *, const char *name, struct case_record *, struct err *);
	int (*list)(struct caselog *, const struct case_filter *, struct case_heads *,
	    struct err *);
	int (*claim)(
	    struct caselog *, int64_t id, const char *who, char **holder, struct err *);
	void (*release)(struct caselog *, int64_t id);
	int (*purge)(struct caselog *, const struct case_filter *, size_t *n, struct err *);
	void (*close)(struct caselog *);
};

/* The head of every store. */
struct caselog {
	const struct caselog_ops *ops;
};

/*
 * The log at that path. It is made, with its folders, for the user alone where there is none
 * and `make` says so; else ERR_OPEN. A damaged one is refused, and never overwritten.
 */
struct caselog *caselog_open(const char *path, bool make, struct err *);
/* $XDG_STATE_HOME/kbwizard/cases.db, else ~/.local/state/...; NULL without a home. Freed by the caller. */
char *caselog_default_path(void);

/*
 * Writes head and events, all or nothing, and on the disk when it returns. A head without an
 * id begins a case: it is given its id, and as name the year of head->opened (UTC) and the
 * next number.
 */
int caselog_append(
    struct caselog *, struct case_head *, const struct event *, size_t n, struct err *);
/* A case by its name, or by the number of it alone ("42": of the latest year that has it): 1, 0 none, -1. */
int caselog_read(struct caselog *, const char *name, struct case_record *, struct err *);
int caselog_list(
    struct caselog *, const struct case_filter *, struct case_heads *, struct err *);
/*
 * Takes the case, so that nobody else works on it: 1; 0 if another program has it, and
 * *holder (the caller frees it) is the `who` of that one; -1. It is given back by release,
 * by close, and when the program ends in whatever way.
 */
int caselog_claim(
    struct caselog *, int64_t id, const char *who, char **holder, struct err *);
void caselog_release(struct caselog *, int64_t id);
/* Deletes the cases of the filter that nobody has claimed; *n of them. */
int caselog_purge(struct caselog *, const struct case_filter *, size_t *n, struct err *);
void caselog_close(struct caselog *); /* NULL is fine */

#endif
