/* SPDX-License-Identifier: ISC */
/* Tokens in an array, found by hashing, compared by their first eight bytes at once. */
#include "token_set.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

#define SLOTS_FIRST 256

void token_set_fini(struct token_set *set)
{
	free(set->list);
	free(set->bytes);
	free(set->slots);
	*set = (struct token_set){.n = 0};
}

const char *token_set_bytes(const struct token_set *set, const struct token *token)
{
	return set->bytes + token->at;
}

/* Up to eight bytes, the first highest, zeros behind them. */
static uint64_t head_of(const char *bytes, size_t len)
{
	uint64_t head = 0;

	for (size_t i = 0; i < 8; i++)
		head = head << 8 | (i < len ? (unsigned char)bytes[i] : 0);
	return head;
}

static uint32_t hash_of(const char *bytes, size_t len)
{
	uint64_t sum = len;

	for (; len > 0; bytes += 8) {
		sum = (sum ^ head_of(bytes, len)) * UINT64_C(0x9e3779b97f4a7c15);
		sum ^= sum >> 32;
		len -= len < 8 ? len : 8;
	}
	return (uint32_t)sum;
}

static void set_rehash(struct token_set *set)
{
	set->nslots = set->nslots == 0 ? SLOTS_FIRST : 2 * set->nslots;
	free(set->slots);
	set->slots = xcalloc(set->nslots, sizeof *set->slots);
	for (size_t i = 0; i < set->n; i++) {
		size_t slot = set->list[i].hash & (set->nslots - 1);

		while (set->slots[slot] != 0)
			slot = (slot + 1) & (set->nslots - 1);
		set->slots[slot] = (uint32_t)i + 1;
	}
}

static size_t set_keep(struct token_set *set, const char *bytes, size_t len)
{
	size_t at = set->nbytes;

	if (at + len > set->cap_bytes) {
		set->cap_bytes = 2 * (at + len) + 1024;
		set->bytes = xrealloc_array(set->bytes, set->cap_bytes, 1);
	}
	memcpy(set->bytes + at, bytes, len);
	set->nbytes += len;
	return at;
}

struct token *token_set_add(struct token_set *set, const char *bytes, size_t len)
{
	uint32_t hash = hash_of(bytes, len);
	size_t slot;

	if (2 * set->n >= set->nslots)
		set_rehash(set);
	assert(set->n < UINT32_MAX - 1);
	slot = hash & (set->nslots - 1);
	for (; set->slots[slot] != 0; slot = (slot + 1) & (set->nslots - 1)) {
		struct token *t = &set->list[set->slots[slot] - 1];

		if (t->hash == hash && t->len == len &&
		    memcmp(set->bytes + t->at, bytes, len) == 0)
			return t;
	}
	set->list = xgrow(set->list, set->n, &set->cap, sizeof *set->list);
	set->list[set->n] = (struct token){.head = head_of(bytes, len),
	    .at = set_keep(set, bytes, len),
	    .len = (uint32_t)len,
	    .hash = hash,
	    .number = (uint32_t)set->n};
	set->slots[slot] = (uint32_t)++set->n;
	return &set->list[set->n - 1];
}

static int compare(const void *va, const void *vb, void *bytes)
{
	const struct token *a = va, *b = vb;
	size_t len = a->len < b->len ? a->len : b->len;
	int order;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	order = memcmp((char *)bytes + a->at, (char *)bytes + b->at, len);
	return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

void token_set_sort(struct token_set *set)
{
	if (set->n > 0)
		qsort_r(set->list, set->n, sizeof *set->list, compare, set->bytes);
	free(set->slots);
	set->slots = NULL;
	set->nslots = 0;
}
