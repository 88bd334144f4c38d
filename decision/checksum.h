/* SPDX-License-Identifier: ISC */
/*
 * Checksums of packed data, against damage and not against malice: 64 bits, the same on
 * every machine. A change inside one aligned run of eight bytes is always noticed, any other
 * with a chance of 1 - 2^-64. Used for the case table, the tree and the pages of the
 * knowledge file, and to fingerprint what it holds.
 */
#ifndef DECISION_CHECKSUM_H
#define DECISION_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

uint64_t checksum(const void *bytes, size_t len);

/* The same in pieces: however the bytes are cut, the sum is that of all of them. */
#define CHECKSUM_SUMS 4

struct checksum {
	uint64_t
	    sums[CHECKSUM_SUMS]; /* word i of the bytes is in sums[i % CHECKSUM_SUMS] */
	uint64_t tail; /* of the last word, the bytes that came so far, lowest first */
	uint64_t len; /* bytes so far */
};

void checksum_init(struct checksum *);
void checksum_add(struct checksum *, const void *bytes, size_t len);
uint64_t checksum_value(const struct checksum *);

/* One value with its size, so that neighbours cannot trade bytes; NULL is not "". */
void checksum_add_text(struct checksum *, const char *);
/* The same of a text whose length is known. */
void checksum_add_bytes(struct checksum *, const char *text, size_t len);
void checksum_add_number(struct checksum *, uint64_t);

#endif
