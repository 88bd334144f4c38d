/* SPDX-License-Identifier: ISC */
/*
 * What optimum.c remembers of every state. Nobody else includes this. A state is the set of
 * answers given, by question and branch, and the signs picked or rejected, in their order.
 */
#ifndef DECISION_OPTIMUM_MEMO_H
#define DECISION_OPTIMUM_MEMO_H

#include "belief.h"

/* Words of a key: one an answer, and those of the signs. */
#define MEMO_KEY_MOST 96

struct memo_key {
	uint32_t words[MEMO_KEY_MOST];
	unsigned answers; /* the first ones, ascending: question and branch */
	unsigned n;
};

enum memo_status { MEMO_NEW, MEMO_ASKS, MEMO_STOPS };

struct memo_entry {
	size_t key; /* where it begins among the words of the memo */
	unsigned nkey;
	uint64_t hash;
	enum memo_status status;
	unsigned
	    exact; /* the deepest cut for which `value` is exact; else a bound from below */
	double value;
	int question;
};

struct memo;

struct memo *memo_new(void);
void memo_free(struct memo *);

/* There must be room: 6 questions need far less than MEMO_KEY_MOST. */
void memo_key_add(struct memo_key *, size_t question, size_t branch);
void memo_key_add_signs(struct memo_key *, const struct evidence *);

/* The entry of a state, made if there is none; valid until the next call. */
struct memo_entry *memo_entry(struct memo *, const struct memo_key *);

#endif
