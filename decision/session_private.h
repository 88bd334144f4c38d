/* SPDX-License-Identifier: ISC */
/*
 * What the parts of a session share: session.c keeps the answers, session_state.c computes
 * from them, whatif.c tries others on a copy. Nobody else includes this.
 */
#ifndef DECISION_SESSION_PRIVATE_H
#define DECISION_SESSION_PRIVATE_H

#include "session.h"
#include "understand.h"
#include "words.h"

/* What the words of a session fit, until they are others: an answer does not change that. */
struct words_kept {
	char *text; /* or NULL: none yet */
	size_t said;
	struct word_matches matches;
};

struct session {
	struct knowledge *knowledge;
	const struct questions *questions;
	struct recognisers *recognisers; /* compiled when free text first comes */
	enum setting setting;
	struct given *list; /* in the order given */
	size_t n, cap;
	unsigned step; /* of the last act */
	struct words_kept
	    *words; /* of its own, changed also where the session is constant */
	struct state *state; /* of the answers as they are, or NULL */
	struct prospects *prospects; /* the same: see whatif.h */
};

/* Whether the article is among them. */
bool articles_have(const uint32_t *, size_t n, uint32_t article);

/* NULL and err when the knowledge file cannot be read. */
struct state *state_compute(const struct session *, struct err *);
void state_free(struct state *);

void words_kept_free(struct words_kept *);

/* Each returns -1 and fills err (ERR_USAGE) with what there is instead. */
int session_refuse_question(const struct session *, const char *key, struct err *);
int session_refuse_answer(const struct question *, const char *value, struct err *);
int session_refuse_value(const struct question *, const char *value, struct err *);

/* Fills the offers of a state whose belief and decision stand (session_offers.c). */
int state_offers(
    struct state *, const struct session *, const struct casetable *, struct err *);

/* What understand() asks (session_lookup.c). The first failure is kept: `failed` and err. */
struct known {
	struct knowledge *knowledge;
	struct err *err;
	bool failed;
};

struct lookup known_lookup(struct known *);

/* Of whatif.c; NULL is fine. */
void prospects_free(struct prospects *);

#endif
