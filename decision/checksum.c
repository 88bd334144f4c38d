/* SPDX-License-Identifier: ISC */
/*
 * A multiplicative checksum over words of eight bytes, in the manner of FNV-1a: xor a word
 * in, multiply by an odd constant, fold the high half down. Each step is a bijection of the
 * sum for a given word and of the word for a given sum, so two runs of bytes that differ in
 * one word never meet again. The length goes in last, so that zeros at the end count.
 *
 * A step waits for the one before it, and most of its time is waiting. So there are four sums,
 * and each takes every fourth word: a machine works at all of them at once. In the end the
 * first sum takes the others as words, which are bijections again.
 */
#include "checksum.h"

#include <string.h>

#define BASIS UINT64_C(0xcbf29ce484222325)
#define FACTOR UINT64_C(0x9e3779b97f4a7c15) /* odd: multiplication can be undone */
#define ROUND (8 * CHECKSUM_SUMS)

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
	*c = (struct checksum){.sums = {BASIS, BASIS, BASIS, BASIS}};
}

/* The sum that takes the word which the next byte is in. */
static uint64_t *turn(struct checksum *c)
{
	return &c->sums[c->len / 8 % CHECKSUM_SUMS];
}

/* The last word has n bytes, 0 to 7; eight more complete it and leave n for the next. */
static void add_word(struct checksum *c, uint64_t word)
{
	unsigned n = c->len % 8;
	uint64_t *sum = turn(c);

	*sum = step(*sum, c->tail | word << 8 * n);
	c->tail = n == 0 ? 0 : word >> (64 - 8 * n);
	c->len += 8;
}

static void add_byte(struct checksum *c, unsigned char byte)
{
	unsigned at = c->len % 8;
	uint64_t *sum = turn(c);

	c->len++;
	c->tail |= (uint64_t)byte << 8 * at;
	if (at == 7) {
		*sum = step(*sum, c->tail);
		c->tail = 0;
	}
}

/* As many rounds of whole words as there are; the first sum is next. Returns their end. */
static const unsigned char *add_rounds(
    struct checksum *c, const unsigned char *p, const unsigned char *end)
{
	uint64_t a = c->sums[0], b = c->sums[1], d = c->sums[2], e = c->sums[3];

	for (; end - p >= ROUND; p += ROUND) {
		a = step(a, word_at(p));
		b = step(b, word_at(p + 8));
		d = step(d, word_at(p + 16));
		e = step(e, word_at(p + 24));
		c->len += ROUND;
	}
	c->sums[0] = a;
	c->sums[1] = b;
	c->sums[2] = d;
	c->sums[3] = e;
	return p;
}

void checksum_add(struct checksum *c, const void *bytes, size_t len)
{
	const unsigned char *p = bytes, *end;

	if (len == 0)
		return; /* bytes may be NULL */
	end = p + len;
	while (end - p >= 8) {
		if (c->len % ROUND == 0 && end - p >= ROUND) {
			p = add_rounds(c, p, end);
			continue;
		}
		add_word(c, word_at(p));
		p += 8;
	}
	while (p < end)
		add_byte(c, *p++);
}

uint64_t checksum_value(const struct checksum *c)
{
	struct checksum last = *c;

	*turn(&last) = step(*turn(&last), c->tail);
	for (int i = 1; i < CHECKSUM_SUMS; i++)
		last.sums[0] = step(last.sums[0], last.sums[i]);
	return step(last.sums[0], c->len);
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
