/* SPDX-License-Identifier: ISC */
/*
 * What other answers would do: what each answer to the question asked would leave, what an
 * earlier answer given otherwise would have led to, and what would have to be different for
 * an article to be advised. All of it is tried on copies: the session itself stays as it is.
 * Used by line mode, the screens and diagnose.
 *
 * Functions return -1 or NULL and fill err as those of session.h: ERR_USAGE where the
 * question, answer or article does not exist. Each trial costs what one step of a session does.
 */
#ifndef DECISION_WHATIF_H
#define DECISION_WHATIF_H

#include "session.h"

/* A state in one line. */
struct outcome {
	enum status status;
	uint32_t article; /* the likeliest */
	double probability; /* of it */
	double none;
	size_t articles_left; /* holding 99 % of the belief in articles */
};

/* Of the session as it is. */
int whatif_outcome(struct outcome *, struct session *, struct err *);

/*
 * A copy of the session in which that question has this answer instead of all it had; an
 * answer to signs is added. And one in which answer number `given` is `value`, or was not
 * given at all (NULL); what answers no question cannot be exchanged. Words that an answer was
 * read in go with it. The caller frees the copy, before the knowledge
 * is closed.
 */
struct session *whatif_answer(
    const struct session *, const char *question, const char *value, struct err *);
struct session *whatif_change(
    const struct session *, size_t given, const char *value, struct err *);

/* One way to answer the question asked. */
struct prospect {
	char *value; /* as session_answer takes it */
	char *label; /* of an offer, "none of these", "there is none", "I don't know" */
	double probability; /* of "unknown": that people cannot answer; else if they can */
	struct outcome after;
};

struct prospects {
	struct prospect *list; /* the offers in their order, then the others */
	size_t n, cap;
};

/*
 * Empty where nothing is asked. Owned by the session, valid until it changes, and computed
 * once: a screen may ask for it at every redraw.
 */
const struct prospects *whatif_prospects(struct session *, struct err *);

/* What the article would need in place of an answer. */
struct need_instead {
	char *value; /* as session_answer takes it */
	char *label;
	double probability; /* of the article, if only this answer were such */
};

/* An answer that speaks against an article. */
struct objection {
	size_t given; /* index into session_given() */
	char *quote; /* the article's words; NULL where it is silent */
	unsigned line; /* of the article file; 0 where it is silent */
	struct need_instead *needs; /* at most WHATIF_NEEDS; none where it is silent */
	size_t nneeds;
	double
	    probability; /* of the article with the best of needs, or without the answer */
};

#define WHATIF_NEEDS 8 /* an article may name a hundred codes */

struct whynot {
	uint32_t article;
	double probability; /* now */
	size_t rank; /* now; 1 is the likeliest */
	struct objection *list; /* in the order given */
	size_t n;
	int best; /* the objection whose change lifts it most, or -1 if none does */
};

/* `id` is the article's, as people write it. whynot_fini is due in any case. */
int whatif_not(struct whynot *, struct session *, const char *id, struct err *);
void whynot_fini(struct whynot *);

#endif
