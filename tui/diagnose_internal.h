/* SPDX-License-Identifier: ISC */
/*
 * What diagnose.c (the state as it is) and diagnose_whatif.c (other answers tried) share.
 * Nobody else includes it.
 */
#ifndef TUI_DIAGNOSE_INTERNAL_H
#define TUI_DIAGNOSE_INTERNAL_H

#include "../decision/session.h"
#include "json_text.h"
#include "layout.h"

/* The command line. */
struct request {
	const char *file;
	const char *text;
	char **answers; /* "question=answer", in order */
	size_t nanswers;
	size_t shortlist;
	bool why; /* what each answer would leave */
	const char *why_not; /* an article, or NULL */
	const char *what_if; /* "question=answer", or NULL */
	bool json;
};

const char *given_question(const struct given *, const struct questions *);
const char *status_name(enum status);
/* The likeliest, at most `most`; NULL and err when the knowledge file fails. */
json_t *json_candidates(struct session *, const struct state *, size_t most,
    const struct questions *, struct err *);

/* Adds to the state's JSON what the request asks for beside it; -1 and err on failure. */
int json_add_trials(json_t *, struct session *, const struct request *, struct err *);
/* The same in words. */
int page_add_trials(struct page *, struct session *, const struct request *, struct err *);

#endif
