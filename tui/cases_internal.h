/* SPDX-License-Identifier: ISC */
/* What the files of cases.h share. Nobody else includes it. */
#ifndef TUI_CASES_INTERNAL_H
#define TUI_CASES_INTERNAL_H

#include <stdio.h>

#include "desk.h"
#include "ticket.h"

enum list_format { LIST_TEXT, LIST_TSV, LIST_JSON };

/* The command line. */
struct demand {
	struct desk *desk;
	const char *knowledge;
	bool named; /* the knowledge, by a person */
	struct case_filter filter;
	enum list_format list;
	enum ticket_format ticket;
	bool internal, escalation, copy, force, yes;
	const char *output; /* of show, or NULL */
	enum case_state as; /* of close; CASE_STATES: not said */
	bool older; /* filter.before was said */
	char **arguments; /* number of a case, and what comes behind it */
	int narguments;
};

/* Each does one command; -1 and err on failure. */
int cases_list(const struct demand *, struct err *);
int cases_show(const struct demand *, struct err *);
int cases_hand_over(const struct demand *, struct err *);
int cases_escalate(const struct demand *, struct err *);
int cases_close(const struct demand *, struct err *);
int cases_note(const struct demand *, struct err *);
int cases_purge(const struct demand *, struct err *);

/*
 * The log. NULL: there is none (err is empty), or it cannot be used (err says why). The desk
 * keeps it.
 */
struct caselog *cases_log(const struct demand *, struct err *);

/* The last question asked and the last article advised; NULL where there is none. */
struct whereabouts {
	const char *question, *article;
};
struct whereabouts cases_whereabouts(const struct case_record *);

/* cases_json.c: one case of a list as JSON, and the list. */
struct cases_json;
struct cases_json *cases_json_new(void);
void cases_json_add(struct cases_json *, const struct case_record *);
/* Prints the list (NULL: nowhere) and frees it. */
void cases_json_print(struct cases_json *, FILE *);

#endif
