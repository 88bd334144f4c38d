/* SPDX-License-Identifier: ISC */
/*
 * What the files of understand.c share: one text that is being understood. Nobody else
 * includes this.
 */
#ifndef DECISION_UNDERSTAND_PRIVATE_H
#define DECISION_UNDERSTAND_PRIVATE_H

#include "understand.h"

/* A text whose numbers in words were written in figures. */
struct spoken {
	char *text;
	struct rewrite {
		struct span figures, words; /* in `text`; in what was said */
	} * list; /* ascending */
	size_t n, cap;
};

/* "event ten sixteen" -> "event 1016". */
void spoken_figures(struct spoken *, const char *said);
/* The words that became text[span]. */
struct span spoken_words(const struct spoken *, struct span);
void spoken_fini(struct spoken *);

struct listener {
	const struct questions *questions;
	const struct lookup *lookup;
	const char *said;
	struct spoken spoken;
	struct findings found; /* in spoken.text */
	struct understandings *out;
};

/* Adds it unless that value is there already; takes `u` over. `where` is in spoken.text. */
void listener_add(struct listener *, struct understood u, struct span where);
bool listener_knows(const struct listener *, size_t question, const char *value);

/* The known value that typed, which is of no known value, was meant for; or NULL. */
char *slip_value(const struct listener *, size_t question, const char *typed);
/* Letters that look like figures made figures, or NULL if there are none: "8O1O" -> "8010". */
char *slip_figures(const char *typed);

/* Articles by number, bare numbers, lines of an exported event log, codes with slips. */
void listen_known(struct listener *);
/* Words that no article has and that are spelled like one. */
void listen_words(struct listener *);

#endif
