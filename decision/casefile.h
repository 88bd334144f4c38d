/* SPDX-License-Identifier: ISC */
/*
 * The case at work: a session, and the record of what is done in it. Whoever drives the
 * session (screens, line mode) does something to it, then says with an event what that was;
 * the change of the answers is found by comparing. casefile_flush writes what is new, in one
 * transaction, and is called before anything is shown: nothing that was seen is ever lost.
 *
 * A log that cannot be written (full disk, no permission) stops nobody: the events stay in
 * memory, casefile_fault says it in a sentence, and each flush tries again, so that all is
 * there when the disk has room again or casefile_move has given it another place.
 *
 * The clock is passed in; nothing here reads it.
 */
#ifndef DECISION_CASEFILE_H
#define DECISION_CASEFILE_H

#include "caselog.h"
#include "session.h"

struct casefile;

/* Who works, and when it is. The strings must outlive the casefile. */
struct desk_facts {
	const char *agent;
	const char *who; /* for others who want the same case: "anna on front-1" */
	int64_t (*now)(void);
};

/*
 * A case of that session, which must outlive it. Its first event is OPENED; answers that the
 * session has already come with the next. The log may be
 * NULL: nothing is written then. Nothing is in the log before the first flush.
 */
struct casefile *casefile_new(
    struct session *, bool phone, struct caselog *, const struct desk_facts *);

/* An answer of a case that the knowledge at hand does not have. */
struct misfit {
	char *line; /* as in given_text.h */
	char *why;
};
struct misfits {
	struct misfit *list;
	size_t n, cap;
};
void misfits_fini(struct misfits *);

/*
 * Takes up a case of the log: its answers come into the (empty) session, but for those that
 * do not fit. 1 and *casefile; 0: another has it, and err (ERR_USAGE) says who; or there is
 * none of that name; -1 and err.
 */
int casefile_resume(struct casefile **, struct session *, struct caselog *,
    const char *name, const struct desk_facts *, struct misfits *, struct err *);
/* Gives the empty session the answers of a record (case_record_answers), but for those that do not fit. */
int casefile_restore(
    struct session *, const struct answer_lines *, struct misfits *, struct err *);
/*
 * A new case of a session that has its answers already: what OPENED says is where they come
 * from. Caller, contact, reference and whether it was on the phone are those of `of`.
 */
struct casefile *casefile_import(struct session *, const struct case_head *of,
    const char *from, struct caselog *, const struct desk_facts *);
/* Gives the case back. What could not be written is lost: look at casefile_fault before. */
void casefile_free(struct casefile *);

/* Members that an event of its kind has; others NULL or 0. */
struct happening {
	const char *question, *article, *text;
	int entry, step;
	bool internal;
};

/*
 * Records that it happened just now, and what it did to the answers. An event that is about
 * answers (ANSWERED to ASIDE) and changed none is not recorded, nor is ASKED of the question
 * that is being asked, nor ADVISED of the article advised.
 */
void casefile_add(struct casefile *, enum event_kind, const struct happening *);
/* NULL or "" takes a detail away. Recorded as DETAILS where something changed. */
void casefile_details(
    struct casefile *, const char *caller, const char *contact, const char *reference);
/* HANDED to another agent, whose case it then is. */
void casefile_hand_over(struct casefile *, const char *agent);

/* Writes what is new; see casefile_fault for whether it is there. */
void casefile_flush(struct casefile *);
/* Why the latest events are in memory only; NULL: all are on the disk. */
const char *casefile_fault(const struct casefile *);
/* Writes the whole case to another log, and goes on there. */
int casefile_move(struct casefile *, struct caselog *, struct err *);

const struct case_record *casefile_record(const struct casefile *);
/* Milliseconds since the question was asked or the advice shown; at work on the case; on hold now (0: not). */
int64_t casefile_step_time(const struct casefile *);
int64_t casefile_case_time(const struct casefile *);
int64_t casefile_hold_time(const struct casefile *);

#endif
