/* SPDX-License-Identifier: ISC */
/* A hash table from sets of answers to what is known of them; keys are compared whole. */
#include "optimum_memo.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

#define FIRST_SLOTS 1024 /* a power of 2 */
#define EMPTY UINT32_MAX
#define SIGN_BIT UINT32_C(0x80000000) /* begins the words of one showing of signs */

struct memo {
	struct memo_entry *entries;
	size_t n, cap;
	uint32_t *words; /* of all keys, one behind the other */
	size_t nwords, capwords;
	uint32_t *slots; /* [nslots] index of an entry, or EMPTY */
	size_t nslots;
};

static uint32_t *slots_new(size_t n)
{
	uint32_t *slots = xmalloc(n * sizeof *slots);

	memset(slots, 0xff, n * sizeof *slots);
	return slots;
}

struct memo *memo_new(void)
{
	struct memo *memo = xcalloc(1, sizeof *memo);

	memo->nslots = FIRST_SLOTS;
	memo->slots = slots_new(memo->nslots);
	return memo;
}

void memo_free(struct memo *memo)
{
	if (memo == NULL)
		return;
	free(memo->entries);
	free(memo->words);
	free(memo->slots);
	free(memo);
}

void memo_key_add(struct memo_key *key, size_t question, size_t branch)
{
	uint32_t word = (uint32_t)(question << 24 | branch);
	unsigned at = key->answers;

	assert(key->n < MEMO_KEY_MOST);
	while (at > 0 && key->words[at - 1] > word)
		at--;
	memmove(&key->words[at + 1], &key->words[at], (key->n - at) * sizeof *key->words);
	key->words[at] = word;
	key->answers++;
	key->n++;
}

void memo_key_add_signs(struct memo_key *key, const struct evidence *e)
{
	bool picked = e->kind == EVIDENCE_SIGN;
	size_t n = picked ? 1 : e->shown.n;

	assert(key->n + n < MEMO_KEY_MOST);
	key->words[key->n++] = SIGN_BIT | (uint32_t)picked;
	for (size_t i = 0; i < n; i++)
		key->words[key->n++] = picked ? e->value : e->shown.article[i];
}

/* FNV-1a over words, and a finaliser. */
static uint64_t key_hash(const struct memo_key *key)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (unsigned i = 0; i < key->n; i++)
		h = (h ^ key->words[i]) * UINT64_C(0x100000001b3);
	return h ^ h >> 29;
}

static void memo_grow(struct memo *memo)
{
	free(memo->slots);
	memo->nslots *= 2;
	memo->slots = slots_new(memo->nslots);
	for (size_t i = 0; i < memo->n; i++) {
		size_t at = memo->entries[i].hash & (memo->nslots - 1);

		while (memo->slots[at] != EMPTY)
			at = (at + 1) & (memo->nslots - 1);
		memo->slots[at] = (uint32_t)i;
	}
}

static bool entry_is(const struct memo *memo, const struct memo_entry *entry,
    const struct memo_key *key, uint64_t hash)
{
	if (entry->hash != hash || entry->nkey != key->n)
		return false;
	/* The key of the first state is empty, and there may be no words yet. */
	return key->n == 0 || memcmp(memo->words + entry->key, key->words,
				  key->n * sizeof *key->words) == 0;
}

static struct memo_entry *memo_add(
    struct memo *memo, const struct memo_key *key, uint64_t hash)
{
	struct memo_entry *entry;

	memo->entries = xgrow(memo->entries, memo->n, &memo->cap, sizeof *memo->entries);
	entry = &memo->entries[memo->n++];
	*entry = (struct memo_entry){
	    .key = memo->nwords, .nkey = key->n, .hash = hash, .question = -1};
	for (unsigned i = 0; i < key->n; i++) {
		memo->words =
		    xgrow(memo->words, memo->nwords, &memo->capwords, sizeof *memo->words);
		memo->words[memo->nwords++] = key->words[i];
	}
	return entry;
}

struct memo_entry *memo_entry(struct memo *memo, const struct memo_key *key)
{
	uint64_t hash = key_hash(key);
	size_t at;

	if (2 * (memo->n + 1) > memo->nslots)
		memo_grow(memo);
	for (at = hash & (memo->nslots - 1); memo->slots[at] != EMPTY;
	     at = (at + 1) & (memo->nslots - 1)) {
		struct memo_entry *entry = &memo->entries[memo->slots[at]];

		if (entry_is(memo, entry, key, hash))
			return entry;
	}
	memo->slots[at] = (uint32_t)memo->n;
	return memo_add(memo, key, hash);
}
