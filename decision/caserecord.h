/* SPDX-License-Identifier: ISC */
/*
 * What a case is: a recorded session, as plain data. A head says whose it is and how it
 * stands; events say what happened, in order, and nothing is ever changed in them. The
 * answers at any moment are found by folding the events, so that resuming, replaying and
 * reporting all read the same thing. Where cases are kept: caselog.h; the one at work:
 * casefile.h.
 *
 * Times are milliseconds since 1970 as the clock said, which may have run backwards: the
 * order is that of the events. Strings are clean (scan.h) and owned by what holds them.
 */
#ifndef DECISION_CASERECORD_H
#define DECISION_CASERECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* name, word */
#define CASE_STATE_LIST(X)                                                                 \
	X(OPEN, "open")                                                                    \
	X(PARKED, "parked")                                                                \
	X(SOLVED, "solved")                                                                \
	X(ESCALATED, "escalated")                                                          \
	X(ABANDONED, "abandoned")

enum case_state {
#define X(name, word) CASE_##name,
	CASE_STATE_LIST(X)
#undef X
	    CASE_STATES
};

/*
 * name, word, and the state the case is in afterwards (CASE_STATES: as before).
 *
 *	OPENED       text: where an imported case comes from, or NULL
 *	DETAILS      caller, contact or reference of the head changed
 *	ASKED        the question was shown
 *	ANSWERED     the answers changed: a question was answered
 *	TOLD         ... text was understood
 *	CONFIRMED    ... what was understood was let stand, or parts were struck out
 *	CHANGED      ... an earlier answer has another value
 *	RETRACTED    ... an earlier answer was taken back
 *	BACK         ... the last step was taken back
 *	ASIDE        ... the question waits: the caller is looking it up
 *	NOTED        text; internal, or for the caller
 *	ADVISED      the article's advice was shown
 *	TICKED       step of an entry of advice was done; UNTICKED: not done after all
 *	WORKED, FAILED, TRIED   an entry of advice helped, did not help (the answers
 *	             changed), had been tried before the call (the same)
 *	HELD, UNHELD the caller is waiting
 *	PARKED, RESUMED, HANDED (text: to whom), SOLVED, ESCALATED, ABANDONED
 */
#define EVENT_LIST(X)                                                                      \
	X(OPENED, "opened", CASE_OPEN)                                                     \
	X(DETAILS, "details", CASE_STATES)                                                 \
	X(ASKED, "asked", CASE_STATES)                                                     \
	X(ANSWERED, "answered", CASE_STATES)                                               \
	X(TOLD, "told", CASE_STATES)                                                       \
	X(CONFIRMED, "confirmed", CASE_STATES)                                             \
	X(CHANGED, "changed", CASE_STATES)                                                 \
	X(RETRACTED, "retracted", CASE_STATES)                                             \
	X(BACK, "back", CASE_STATES)                                                       \
	X(ASIDE, "aside", CASE_STATES)                                                     \
	X(NOTED, "noted", CASE_STATES)                                                     \
	X(ADVISED, "advised", CASE_STATES)                                                 \
	X(TICKED, "ticked", CASE_STATES)                                                   \
	X(UNTICKED, "unticked", CASE_STATES)                                               \
	X(WORKED, "worked", CASE_STATES)                                                   \
	X(FAILED, "failed", CASE_STATES)                                                   \
	X(TRIED, "tried", CASE_STATES)                                                     \
	X(HELD, "held", CASE_STATES)                                                       \
	X(UNHELD, "unheld", CASE_STATES)                                                   \
	X(PARKED, "parked", CASE_PARKED)                                                   \
	X(RESUMED, "resumed", CASE_OPEN)                                                   \
	X(HANDED, "handed-over", CASE_PARKED)                                              \
	X(SOLVED, "solved", CASE_SOLVED)                                                   \
	X(ESCALATED, "escalated", CASE_ESCALATED)                                          \
	X(ABANDONED, "abandoned", CASE_ABANDONED)

enum event_kind {
#define X(name, word, state) EVENT_##name,
	EVENT_LIST(X)
#undef X
	    EVENT_KINDS
};

/*
 * What an event did to the list of answers: from place `at`, `removed` answers left and
 * `added` came, each in the form of given_text.h.
 */
struct splice {
	size_t at, removed;
	char **added;
	size_t nadded;
};

struct event {
	int64_t time;
	enum event_kind kind;
	char *agent;
	char *question; /* key, or NULL */
	char *article; /* identifier, or NULL */
	int entry, step; /* of the article's advice, from 0; -1: none */
	char *text; /* or NULL */
	bool internal; /* of NOTED: not for the caller */
	struct splice answers;
};

struct case_head {
	int64_t id; /* in its log; 0: in none yet */
	char *name; /* "2026-00042"; NULL: in no log yet */
	int64_t opened, changed; /* of the first and the last event */
	enum case_state state;
	char *agent; /* whose it is now */
	char *caller, *contact, *reference; /* or NULL */
	char *knowledge,
	    *fingerprint; /* knowledge_name and _fingerprint when it was opened */
	bool phone;
};

struct case_record {
	struct case_head head;
	struct event *events;
	size_t n, cap;
};

const char *case_state_word(enum case_state);
/* CASE_STATES if there is no such word. */
enum case_state case_state_of(const char *word);
const char *event_kind_word(enum event_kind);
/* EVENT_KINDS if there is no such word. */
enum event_kind event_kind_of(const char *word);

void case_head_fini(struct case_head *);
void case_head_copy(struct case_head *, const struct case_head *);
void event_fini(struct event *);
void case_record_fini(struct case_record *);
/* Takes the event over, and its time and state into the head. */
void case_record_add(struct case_record *, struct event);

/* A list of answers in the form of given_text.h. */
struct answer_lines {
	char **list;
	size_t n, cap;
};
void answer_lines_fini(struct answer_lines *);
/* The splice that makes `to` of `from`; removed and nadded are 0 where they are equal. */
struct splice splice_between(
    const struct answer_lines *from, const struct answer_lines *to);
/* False, and nothing done, if the list has no such place. */
bool splice_apply(struct answer_lines *, const struct splice *);
void splice_fini(struct splice *);
/* "AT REMOVED", then a line each that is added; NULL where nothing changed; caller frees. */
char *splice_write(const struct splice *);
/* False if the text is no splice. NULL is an empty one. */
bool splice_read(struct splice *, const char *text);

/* The answers after the first n events; false if the record is damaged. */
bool case_record_answers(const struct case_record *, size_t n, struct answer_lines *);
/* Whether the caller is on hold. */
bool case_record_held(const struct case_record *);
/* Whether the step of an entry of advice is ticked after all events. */
bool case_record_ticked(
    const struct case_record *, const char *article, int entry, int step);

/*
 * Milliseconds at work on the case: the time from each event to the next, except while the
 * caller was on hold or the case rested (parked, ended), and none where the clock ran
 * backwards.
 */
int64_t case_record_worked(const struct case_record *);

#endif
