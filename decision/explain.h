/* SPDX-License-Identifier: ISC */
/*
 * Why this article, why not that one: the answers given, each with the article's own words on
 * that question. Used by diagnose ("for", "against"), the screens and line mode.
 */
#ifndef DECISION_EXPLAIN_H
#define DECISION_EXPLAIN_H

#include "session.h"

/* One answer beside what the article says of its question. */
struct reason {
	size_t given; /* index into session_given() */
	bool against; /* the article names something else; else it names this answer */
	char *quote; /* the article's words, or NULL where it is silent */
	unsigned line; /* of the article file; 0 where it is silent */
};

struct reasons {
	struct reason
	    *list; /* in the order given; answers that say nothing either way left out */
	size_t n;
};

/*
 * An answer is for an article that names it; against one that names only others, and
 * against one that does not mention an event, code or message at all (quote NULL). On
 * failure -1 and err; reasons_fini is due in any case.
 */
int explain_article(struct reasons *, struct session *, uint32_t article, struct err *);
void reasons_fini(struct reasons *);

#endif
