/* SPDX-License-Identifier: ISC */
/*
 * The desk: who works here, where cases are kept, what is allowed, what time it is. main
 * sets it up from options and environment; screens, line mode and the commands about cases
 * work at it.
 */
#ifndef TUI_DESK_H
#define TUI_DESK_H

#include "../decision/casefile.h"

struct beginning;

struct desk {
	struct desk_facts facts;
	char *agent; /* --agent, $KBWIZARD_AGENT, else the user's name */
	char *who;
	char *path; /* of the log; NULL: there is no place for one */
	bool restricted; /* no path is chosen, no clipboard, only one's own cases */
	bool calling; /* begins with who is calling */
	bool recording; /* false: nothing is kept */
	struct caselog *log; /* NULL until it is needed */
	struct err fault; /* why the log cannot be used */
	struct beginning *beginning; /* the case to begin with (resume.h), or NULL */
};

struct desk_options {
	const char *agent; /* NULL: as above */
	const char *cases; /* NULL: $KBWIZARD_CASES, else the default place */
	bool restricted; /* or $KBWIZARD_RESTRICTED says so */
	bool unrecorded;
	bool calling; /* begin with who is calling */
};

void desk_init(struct desk *, const struct desk_options *);
void desk_fini(struct desk *);

/*
 * The log, opened when first asked for. NULL where there is none (desk->fault says why) or
 * none is wanted; `make`: it may be made if there is none.
 */
struct caselog *desk_log(struct desk *, bool make);

/* A case of that session, in the log if there is one. The caller frees it (casefile_free). */
struct casefile *desk_begin(struct desk *, struct session *, bool phone);
/*
 * Records what is about to be shown, and writes everything: to be called before it is shown.
 * A case in which nothing was done yet is not written. NULL is fine.
 */
void desk_keep(struct casefile *, const struct state *, const struct session *);
/*
 * Takes a case of the log up with that session: 1, 0 and err (ERR_USAGE) where another has
 * it or there is none, -1 and err.
 */
int desk_resume(struct desk *, struct casefile **, struct session *, const char *name,
    struct misfits *, struct err *);
/* The agent's open and parked cases, latest first; none where there is no log. */
void desk_open_cases(struct desk *, struct case_heads *);
/* Why the case is in memory only, as a sentence with its stop, or NULL. The caller frees it. */
char *desk_fault(const struct desk *, const struct casefile *);
/* Leaves the case: as parked if it is open. It is freed. */
void desk_leave(struct casefile *);
/* Keeps the case in the log of that path from now on; -1 and err. */
int desk_move(struct desk *, struct casefile *, const char *path, struct err *);

#endif
