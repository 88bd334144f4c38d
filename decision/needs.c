/* SPDX-License-Identifier: ISC */
/*
 * Packed needs, least significant byte first:
 *
 *	u32 patterns, for each, ascending:	u64 checksum of its source, u32 place of its need
 *	needs, one after the other:	u8 clauses, for each: u8 atoms, for each:
 *					u8 kind, u8 n, of a literal n bytes
 *	u64 checksum of all before it
 *
 * A text is read once. Its letters are folded to 32 classes, and a bit is set for every three
 * classes in a row that occur, one for every two, and the longest runs of digits are kept. A
 * literal may be in the text if all threes of it are: four kilobytes answer for any number of
 * literals, and none of them is searched for.
 */
#include "needs.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "checksum.h"

#define SUM_SIZE 8
#define ENTRY_SIZE 12
#define THREES (1u << 3 * NEED_CLASS_BITS)
#define TWOS (1u << 2 * NEED_CLASS_BITS)

static void put(unsigned char *to, uint64_t number, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		to[i] = (unsigned char)(number >> 8 * i);
}

static uint64_t get(const unsigned char *from, unsigned size)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < size; i++)
		number |= (uint64_t)from[i] << 8 * i;
	return number;
}

/* Packing. */

struct entry {
	uint64_t sum;
	uint32_t place; /* among the needs */
};

struct needs_builder {
	struct entry *list;
	size_t n, cap;
	unsigned char *bytes; /* of the needs */
	size_t nbytes, cap_bytes;
};

struct needs_builder *needs_builder_new(void)
{
	return xcalloc(1, sizeof(struct needs_builder));
}

static void put_byte(struct needs_builder *b, unsigned byte)
{
	b->bytes = xgrow(b->bytes, b->nbytes, &b->cap_bytes, 1);
	b->bytes[b->nbytes++] = (unsigned char)byte;
}

static void put_atom(struct needs_builder *b, const struct need_atom *atom)
{
	put_byte(b, atom->kind);
	put_byte(b, atom->n < UINT8_MAX ? atom->n : UINT8_MAX); /* less is needed, too */
	for (unsigned i = 0; atom->kind == NEED_LITERAL && i < atom->n; i++)
		put_byte(b, (unsigned char)atom->literal[i]);
}

void needs_builder_add(struct needs_builder *b, const char *source, const struct need *need)
{
	b->list = xgrow(b->list, b->n, &b->cap, sizeof *b->list);
	b->list[b->n++] = (struct entry){
	    .sum = checksum(source, strlen(source)), .place = (uint32_t)b->nbytes};
	put_byte(b, need->n);
	for (unsigned c = 0; c < need->n; c++) {
		put_byte(b, need->clauses[c].n);
		for (unsigned i = 0; i < need->clauses[c].n; i++)
			put_atom(b, &need->clauses[c].atoms[i]);
	}
}

static int compare_entries(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;

	if (a->sum != b->sum)
		return a->sum < b->sum ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

unsigned char *needs_builder_finish(struct needs_builder *b, size_t *len)
{
	size_t at = 4 + b->n * ENTRY_SIZE;
	unsigned char *bytes = xmalloc(at + b->nbytes + SUM_SIZE);

	if (b->n > 0)
		qsort(b->list, b->n, sizeof *b->list, compare_entries);
	put(bytes, b->n, 4);
	for (size_t i = 0; i < b->n; i++) {
		put(bytes + 4 + i * ENTRY_SIZE, b->list[i].sum, 8);
		put(bytes + 4 + i * ENTRY_SIZE + 8, b->list[i].place, 4);
	}
	if (b->nbytes > 0)
		memcpy(bytes + at, b->bytes, b->nbytes);
	at += b->nbytes;
	put(bytes + at, checksum(bytes, at), SUM_SIZE);
	*len = at + SUM_SIZE;
	free(b->list);
	free(b->bytes);
	free(b);
	return bytes;
}

/* Unpacking: what is well formed can be read later without looking where it ends. */

struct needs {
	unsigned char *bytes;
	size_t len, n; /* without the checksum; patterns */
};

const struct needs needs_none = {.bytes = NULL};

static bool atom_is_well(const unsigned char **at, const unsigned char *end)
{
	unsigned kind, n;

	if (end - *at < 2)
		return false;
	kind = (*at)[0];
	n = (*at)[1];
	*at += 2;
	if (kind == NEED_DIGITS || kind == NEED_HEX)
		return true;
	if (kind != NEED_LITERAL || n > NEED_LITERAL_MAX || (size_t)(end - *at) < n)
		return false;
	*at += n;
	return true;
}

static bool need_is_well(const unsigned char *at, const unsigned char *end)
{
	unsigned nclauses;

	if (at >= end || *at > NEED_CLAUSES_MAX)
		return false;
	for (nclauses = *at++; nclauses > 0; nclauses--) {
		unsigned natoms;

		if (at >= end)
			return false;
		for (natoms = *at++; natoms > 0; natoms--)
			if (!atom_is_well(&at, end))
				return false;
	}
	return true;
}

static const unsigned char *entry_of(const struct needs *needs, size_t i)
{
	return needs->bytes + 4 + i * ENTRY_SIZE;
}

static const unsigned char *need_at(const struct needs *needs, size_t i)
{
	return entry_of(needs, needs->n) + get(entry_of(needs, i) + 8, 4);
}

static bool needs_are_well(const struct needs *needs)
{
	const unsigned char *end = needs->bytes + needs->len;
	size_t room;

	if (needs->n > (needs->len - 4) / ENTRY_SIZE)
		return false;
	room = needs->len - 4 - needs->n * ENTRY_SIZE;
	for (size_t i = 0; i < needs->n; i++)
		if (get(entry_of(needs, i) + 8, 4) >= room ||
		    !need_is_well(need_at(needs, i), end))
			return false;
	return true;
}

struct needs *needs_unpack(const unsigned char *bytes, size_t len, struct err *err)
{
	struct needs *needs = NULL;

	if (len < 4 + SUM_SIZE ||
	    get(bytes + len - SUM_SIZE, SUM_SIZE) != checksum(bytes, len - SUM_SIZE))
		goto damaged;
	needs = xcalloc(1, sizeof *needs);
	needs->len = len - SUM_SIZE;
	needs->n = (size_t)get(bytes, 4);
	needs->bytes = xmemdup(bytes, needs->len);
	if (needs_are_well(needs))
		return needs;
damaged:
	needs_free(needs);
	err_set(err, ERR_DATA, "the needs of the patterns are damaged");
	return NULL;
}

void needs_free(struct needs *needs)
{
	if (needs == NULL)
		return;
	free(needs->bytes);
	free(needs);
}

const unsigned char *needs_of(const struct needs *needs, const char *source)
{
	uint64_t sum = checksum(source, strlen(source));
	size_t low = 0, high = needs->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (get(entry_of(needs, middle), 8) < sum)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == needs->n || get(entry_of(needs, low), 8) != sum)
		return NULL;
	return need_at(needs, low);
}

/* Texts. */

struct text_map {
	bool anything; /* it has a character that folds to an ASCII letter */
	unsigned digits, hex; /* the longest runs */
	uint64_t twos[TWOS / 64], threes[THREES / 64];
};

static void bit_set(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= UINT64_C(1) << i % 64;
}

static bool bit_is_set(const uint64_t *bits, uint32_t i)
{
	return (bits[i / 64] >> i % 64 & 1) != 0;
}

static void map_runs(struct text_map *map, const char *text, size_t len)
{
	unsigned digits = 0, hex = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool digit = c >= '0' && c <= '9';

		digits = digit ? digits + 1 : 0;
		hex = digit || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') ? hex + 1 : 0;
		map->digits = digits > map->digits ? digits : map->digits;
		map->hex = hex > map->hex ? hex : map->hex;
	}
}

struct text_map *text_map_new(const char *text, size_t len)
{
	struct text_map *map = xcalloc(1, sizeof *map);
	uint32_t number = 0;

	map->anything = need_folds_to_ascii(text, len);
	map_runs(map, text, len);
	for (size_t i = 0; i < len; i++) {
		number = number << NEED_CLASS_BITS | need_class((unsigned char)text[i]);
		if (i >= 1)
			bit_set(map->twos, number % TWOS);
		if (i >= 2)
			bit_set(map->threes, number % THREES);
	}
	return map;
}

void text_map_free(struct text_map *map)
{
	free(map);
}

/* A literal of one character is in most texts, and not looked for. */
static bool literal_may_be_in(
    const unsigned char *literal, unsigned n, const struct text_map *map)
{
	uint32_t number = 0;

	for (unsigned i = 0; i < n; i++) {
		number = number << NEED_CLASS_BITS | need_class(literal[i]);
		if (i == 1 && !bit_is_set(map->twos, number % TWOS))
			return false;
		if (i >= 2 && !bit_is_set(map->threes, number % THREES))
			return false;
	}
	return true;
}

static bool atom_may_be_met(const unsigned char *atom, const struct text_map *map)
{
	switch (atom[0]) {
	case NEED_LITERAL:
		return literal_may_be_in(atom + 2, atom[1], map);
	case NEED_DIGITS:
		return map->digits >= atom[1];
	default:
		return map->hex >= atom[1];
	}
}

bool need_may_be_met(const unsigned char *need, const struct text_map *map)
{
	unsigned nclauses = *need++;

	if (map->anything)
		return true;
	for (; nclauses > 0; nclauses--) {
		unsigned natoms = *need++;
		bool met = false;

		for (; natoms > 0; natoms--) {
			met = met || atom_may_be_met(need, map);
			need += 2 + (need[0] == NEED_LITERAL ? need[1] : 0);
		}
		if (!met)
			return false;
	}
	return true;
}
