/* SPDX-License-Identifier: ISC */
/* Checksums: the ones kbw(5) describes, however the bytes come. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/checksum.h"

#define SIZE 100

static void fill(unsigned char bytes[SIZE])
{
	for (int i = 0; i < SIZE; i++)
		bytes[i] = (unsigned char)(i * 37 + 11);
}

static uint64_t step(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

/* Step for step what kbw(5) says. */
static uint64_t described(const unsigned char *bytes, size_t len)
{
	uint64_t sums[4], word = 0;

	for (int i = 0; i < 4; i++)
		sums[i] = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < len; i++) {
		word |= (uint64_t)bytes[i] << 8 * (i % 8);
		if (i % 8 == 7) {
			sums[i / 8 % 4] = step(sums[i / 8 % 4], word);
			word = 0;
		}
	}
	sums[len / 8 % 4] = step(sums[len / 8 % 4], word);
	for (int i = 1; i < 4; i++)
		sums[0] = step(sums[0], sums[i]);
	return step(sums[0], len);
}

static void test_sum_is_the_one_described(void **state)
{
	unsigned char bytes[SIZE];

	(void)state;
	fill(bytes);
	for (size_t len = 0; len <= SIZE; len++)
		assert_true(checksum(bytes, len) == described(bytes, len));
	assert_true(checksum(NULL, 0) == described(bytes, 0));
}

static void test_pieces_make_the_same_sum(void **state)
{
	unsigned char bytes[SIZE];

	(void)state;
	fill(bytes);
	for (size_t cut = 0; cut <= SIZE; cut++) {
		struct checksum c;

		checksum_init(&c);
		checksum_add(&c, bytes, cut);
		checksum_add(&c, bytes + cut, SIZE - cut);
		assert_true(checksum_value(&c) == checksum(bytes, SIZE));
	}
}

static void test_every_flipped_bit_and_every_cut_shows(void **state)
{
	unsigned char bytes[SIZE];
	uint64_t sum;

	(void)state;
	fill(bytes);
	sum = checksum(bytes, SIZE);
	for (size_t i = 0; i < SIZE * 8; i++) {
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		assert_true(checksum(bytes, SIZE) != sum);
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	memset(bytes, 0, SIZE);
	for (size_t len = 1; len <= SIZE; len++)
		assert_true(checksum(bytes, len) != checksum(bytes, len - 1));
}

static uint64_t texts(const char *a, const char *b)
{
	struct checksum c;

	checksum_init(&c);
	checksum_add_text(&c, a);
	checksum_add_text(&c, b);
	return checksum_value(&c);
}

static void test_neighbouring_texts_are_kept_apart(void **state)
{
	(void)state;
	assert_true(texts("ab", "c") != texts("a", "bc"));
	assert_true(texts("", "a") != texts("a", ""));
	assert_true(texts(NULL, "a") != texts("", "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sum_is_the_one_described),
	    cmocka_unit_test(test_pieces_make_the_same_sum),
	    cmocka_unit_test(test_every_flipped_bit_and_every_cut_shows),
	    cmocka_unit_test(test_neighbouring_texts_are_kept_apart),
	};

	return cmocka_run_group_tests_name("checksum", tests, NULL, NULL);
}
