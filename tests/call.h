/* SPDX-License-Identifier: ISC */
/*
 * A call to the help desk with the shipped knowledge file and a clock of its own, for the
 * tests of what becomes of its record: setups of cmocka, and what can happen in a call.
 */
#ifndef TESTS_CALL_H
#define TESTS_CALL_H

#include "../decision/casefile.h"
#include "../tui/ticket.h"

/* Of the call; valid between call_begin and call_end. */
struct session *call_session(void);
struct casefile *call_file(void);
const struct case_record *call_record(void);
struct knowledge *call_knowledge(void);

/* Of the group, and of each test. */
int call_open(void **);
int call_close(void **);
int call_begin(void **);
int call_end(void **);

/* Each happens some seconds after the last. */
void call_passes(int seconds);
void call_did(enum event_kind, const char *question, const char *text);
void call_tell(const char *text);
void call_answer(const char *question, const char *value);
void call_note(const char *text, bool internal);
/* Something about the first advice that stands now; of ADVISED the step is -2. */
void call_advised(enum event_kind, int step);
/* A call with something of everything in it; the same in which nothing that was advised helped. */
void call_whole(void);
void call_without_help(void);

/* What people type who mean no good. */
extern const char call_nasty[];

/* The ticket of the record; the caller frees it. */
char *call_ticket(struct ticket *, enum ticket_format);

#endif
