/* SPDX-License-Identifier: ISC */
/*
 * A multiplicative checksum over words of eight bytes, in the manner of FNV-1a: xor a word
 * in, multiply by an odd constant, fold the high half down. Each step is a bijection of the
 * sum for a given word and of the word for a given sum, so two runs of bytes that differ in
 * one word never meet again. The length goes in last, so that zeros at the end count.
 */
#include "checksum.h"

#include <string.h>

#define BASIS UINT64_C(0xcbf29ce484222325)
#define FACTOR UINT64_C(0x9e3779b97f4a7c15) /* odd: multiplication can be undone */

static uint64_t step(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * FACTOR;
	return sum ^ sum >> 32;
}

/* Compilers make one load of this where the machine allows it. */
static uint64_t word_at(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	       (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
	       (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

void checksum_init(struct checksum *c)
{
	*c = (struct checksum){.sum = BASIS};
}

/* The last word has n bytes, 0 to 7; eight more complete it and leave n for the next. */
static void add_word(struct checksum *c, uint64_t word)
{
	unsigned n = c->len % 8;

	c->sum = step(c->sum, c->tail | word << 8 * n);
	c->tail = n == 0 ? 0 : word >> (64 - 8 * n);
	c->len += 8;
}

static void add_byte(struct checksum *c, unsigned char byte)
{
	unsigned at = c->len++ % 8;

	c->tail |= (uint64_t)byte << 8 * at;
	if (at == 7) {
		c->sum = step(c->sum, c->tail);
		c->tail = 0;
	}
}

void checksum_add(struct checksum *c, const void *bytes, size_t len)
{
	const unsigned char *p = bytes, *end;

	if (len == 0)
		return; /* bytes may be NULL */
	end = p + len;
	for (; end - p >= 8; p += 8)
		add_word(c, word_at(p));
	while (p < end)
		add_byte(c, *p++);
}

uint64_t checksum_value(const struct checksum *c)
{
	return step(step(c->sum, c->tail), c->len);
}

uint64_t checksum(const void *bytes, size_t len)
{
	struct checksum c;

	checksum_init(&c);
	checksum_add(&c, bytes, len);
	return checksum_value(&c);
}

void checksum_add_number(struct checksum *c, uint64_t number)
{
	add_word(c, number);
}

void checksum_add_bytes(struct checksum *c, const char *text, size_t len)
{
	checksum_add_number(c, len);
	checksum_add(c, text, len);
}

void checksum_add_text(struct checksum *c, const char *text)
{
	if (text == NULL)
		checksum_add_number(c, UINT64_MAX);
	else
		checksum_add_bytes(c, text, strlen(text));
}
