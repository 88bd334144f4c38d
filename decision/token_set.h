/* SPDX-License-Identifier: ISC */
/*
 * A set of tokens with what is counted of each: one array and one run of bytes, so that a
 * million of them cost a few allocations. Used for the words of an article and of all.
 */
#ifndef DECISION_TOKEN_SET_H
#define DECISION_TOKEN_SET_H

#include <stddef.h>
#include <stdint.h>

struct token {
	uint64_t
	    head; /* its first eight bytes as a number: tokens in order have it in order */
	size_t at; /* in the bytes of the set */
	uint32_t len, hash;
	uint32_t number; /* how many were added before it; sorting leaves it */
	uint32_t articles;
	uint64_t mass;
};

struct token_set {
	struct token *list; /* in the order added, until sorted */
	size_t n, cap;
	char *bytes;
	size_t nbytes, cap_bytes;
	uint32_t *slots; /* open addressing: 1 + index in list, 0 where free */
	size_t nslots;
};

/* A set begins as zeros. */
void token_set_fini(struct token_set *);

/* The token of these bytes (none of them 0), added with counts of 0 if it is new. */
struct token *token_set_add(struct token_set *, const char *bytes, size_t len);
const char *token_set_bytes(const struct token_set *, const struct token *);
/* Puts the list in byte order; nothing can be added any more. */
void token_set_sort(struct token_set *);

#endif
