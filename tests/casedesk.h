/* SPDX-License-Identifier: ISC */
/* A case log in a folder of its own, for tests of the log; a clock that they move. */
#ifndef TESTS_CASEDESK_H
#define TESTS_CASEDESK_H

#include "../decision/caselog.h"

struct casedesk {
	char *folder, *path; /* path: of the log in it */
	struct caselog *log;
	int64_t now; /* 12 May 2026, 12:00 UTC, until it is changed */
};

/* Setup and teardown of cmocka: *state is a struct casedesk, its log open and empty. */
int casedesk_setup(void **state);
int casedesk_teardown(void **state);

/* The log closed and opened again. */
void casedesk_reopen(struct casedesk *);
/* A path beside the log; the caller frees it. */
char *casedesk_path(const struct casedesk *, const char *name);

/* Removes files and folders of those names, separated by blanks, and closes the log. */
void casedesk_remove(struct casedesk *, const char *names);

/* The head of a case opened at that time; to be given to case_head_fini. */
struct case_head casedesk_head(const char *agent);
/* Appends one event of anna's without answers; fails the test if it cannot. */
void casedesk_append(
    struct casedesk *, struct case_head *, enum event_kind, const char *text);
/* How many events the case of that name has; fails the test if it cannot be read. */
size_t casedesk_events(const char *path, const char *name);
/* Whether a file in the folder holds those bytes. */
bool casedesk_holds(const struct casedesk *, const char *bytes);

#endif
