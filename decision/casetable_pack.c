/* SPDX-License-Identifier: ISC */
/*
 * The case table as one run of bytes. Numbers are little-endian whatever the machine; a
 * double is its IEEE 754 bits.
 *
 *	u32 magic, u32 articles, u32 columns
 *	f64 prior[articles]
 *	u64 variants[articles]
 *	columns, a choice:	u32 masks, u64 mask[masks] ascending,
 *				index of its mask for every article, in 1, 2 or 4 bytes as
 *				the number of masks needs
 *	columns, the signs:	u64 sketch[articles]
 *	columns, open:		u32 values, u32 first[values + 1], u32 article[first[values]]
 *	u64 checksum of all before it
 *
 * The checksum is looked at first, so that damage is told as such; and because a checksum
 * is not a proof, every count is held against the bytes left before anything is allocated,
 * every index against its range. There is one packed form of a table: what could be
 * written in two ways is refused in one of them. Background frequencies and counts follow
 * from the rest and are computed again.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "casetable_private.h"
#include "checksum.h"

#define MAGIC UINT32_C(0x3154434b) /* "KCT1" */
#define CHECKSUM_SIZE 8

/* Bytes that one mask index takes. */
static unsigned index_size(uint32_t nmasks)
{
	return nmasks <= UINT32_C(1) << 8 ? 1 : nmasks <= UINT32_C(1) << 16 ? 2 : 4;
}

struct writer {
	unsigned char *bytes;
	size_t n;
};

static void write_number(struct writer *w, uint64_t number, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		w->bytes[w->n++] = (unsigned char)(number >> 8 * i);
}

static void write_double(struct writer *w, double number)
{
	uint64_t bits;

	memcpy(&bits, &number, sizeof bits);
	write_number(w, bits, 8);
}

static bool column_is_open(const struct column *column)
{
	return column->first != NULL;
}

static size_t column_size(const struct column *column, uint32_t narticles)
{
	if (column->sketch != NULL)
		return 8 * (size_t)narticles;
	if (column_is_open(column))
		return 4 * (2 + (size_t)column->nvalues + column->first[column->nvalues]);
	return 4 + 8 * (size_t)column->nmasks +
	       (size_t)narticles * index_size(column->nmasks);
}

static size_t table_size(const struct casetable *table)
{
	size_t size = 12 + 16 * (size_t)table->narticles + CHECKSUM_SIZE;

	for (uint32_t c = 0; c < table->ncolumns; c++)
		size += column_size(&table->columns[c], table->narticles);
	return size;
}

static void write_column(struct writer *w, const struct column *column, uint32_t narticles)
{
	if (column_is_open(column)) {
		write_number(w, column->nvalues, 4);
		for (uint32_t v = 0; v <= column->nvalues; v++)
			write_number(w, column->first[v], 4);
		for (uint32_t i = 0; i < column->first[column->nvalues]; i++)
			write_number(w, column->article[i], 4);
		return;
	}
	if (column->sketch != NULL) {
		for (uint32_t a = 0; a < narticles; a++)
			write_number(w, column->sketch[a], 8);
		return;
	}
	write_number(w, column->nmasks, 4);
	for (uint32_t i = 0; i < column->nmasks; i++)
		write_number(w, column->masks[i], 8);
	for (uint32_t a = 0; a < narticles; a++)
		write_number(w, column->mask[a], index_size(column->nmasks));
}

unsigned char *casetable_pack(const struct casetable *table, size_t *len)
{
	size_t size = table_size(table);
	struct writer w = {.bytes = xmalloc(size)};

	write_number(&w, MAGIC, 4);
	write_number(&w, table->narticles, 4);
	write_number(&w, table->ncolumns, 4);
	for (uint32_t a = 0; a < table->narticles; a++)
		write_double(&w, table->prior[a]);
	for (uint32_t a = 0; a < table->narticles; a++)
		write_number(&w, table->variants[a], 8);
	for (uint32_t c = 0; c < table->ncolumns; c++)
		write_column(&w, &table->columns[c], table->narticles);
	write_number(&w, checksum(w.bytes, w.n), CHECKSUM_SIZE);
	*len = w.n;
	return w.bytes;
}

/* What is left to read. Once a read went wrong nothing more is read. */
struct reader {
	const unsigned char *bytes;
	size_t left;
	bool bad;
};

/* Written out, for compilers make one load of four bytes where the machine allows it. */
static uint32_t load_half(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static uint64_t load_number(const unsigned char *p, unsigned size)
{
	switch (size) {
	case 1:
		return p[0];
	case 2:
		return p[0] | (unsigned)p[1] << 8;
	case 4:
		return load_half(p);
	default:
		return load_half(p) | (uint64_t)load_half(p + 4) << 32;
	}
}

static uint64_t read_number(struct reader *r, unsigned size)
{
	uint64_t number;

	if (r->bad || r->left < size) {
		r->bad = true;
		return 0;
	}
	number = load_number(r->bytes, size);
	r->bytes += size;
	r->left -= size;
	return number;
}

/* True if n items of that size are there; else reading ends. */
static bool read_has(struct reader *r, size_t n, size_t size)
{
	if (n > r->left / size)
		r->bad = true;
	return !r->bad;
}

/* The next of many numbers, once read_has() has found that they are there. */
static inline uint64_t read_next(struct reader *r, unsigned size)
{
	uint64_t number = load_number(r->bytes, size);

	r->bytes += size;
	r->left -= size;
	return number;
}

static void reader_require(struct reader *r, bool condition)
{
	if (!condition)
		r->bad = true;
}

static void read_prior(struct reader *r, struct casetable *table)
{
	double sum = 0;

	if (!read_has(r, table->narticles, sizeof *table->prior))
		return;
	table->prior = xrealloc_array(NULL, table->narticles, sizeof *table->prior);
	for (uint32_t a = 0; a < table->narticles; a++) {
		uint64_t bits = read_next(r, 8);

		memcpy(&table->prior[a], &bits, sizeof bits);
		reader_require(r, table->prior[a] > 0 && table->prior[a] <= 1);
		sum += table->prior[a];
	}
	reader_require(r, fabs(sum - 1) < 1e-6);
}

static uint64_t bits_below(size_t n)
{
	return n >= 64 ? UINT64_MAX : (UINT64_C(1) << n) - 1;
}

static void read_variants(struct reader *r, struct casetable *table)
{
	if (!read_has(r, table->narticles, sizeof *table->variants))
		return;
	table->variants = xrealloc_array(NULL, table->narticles, sizeof *table->variants);
	for (uint32_t a = 0; a < table->narticles; a++) {
		table->variants[a] = read_next(r, 8);
		reader_require(r, (table->variants[a] & ~bits_below(table->ncolumns)) == 0);
	}
}

/* Which of its masks each article has; that many bytes are there. */
static void read_masks(struct reader *r, struct column *column, uint32_t narticles)
{
	const unsigned size = index_size(column->nmasks);

	for (uint32_t a = 0; a < narticles; a++) {
		/* one of three sizes, known to the compiler in each */
		uint32_t mask = (uint32_t)(size == 1   ? read_next(r, 1)
					   : size == 2 ? read_next(r, 2)
						       : read_next(r, 4));

		if (mask >= column->nmasks) {
			r->bad = true;
			return;
		}
		column->mask[a] = mask;
		column->named[a] = column->masks[mask];
	}
}

static void read_choice(struct reader *r, struct column *column,
    const struct question *question, uint32_t narticles)
{
	unsigned size;

	column->nanswers = question->nanswers;
	column->nmasks = (uint32_t)read_number(r, 4);
	size = index_size(column->nmasks);
	if (!read_has(r, column->nmasks, sizeof *column->masks))
		return;
	column->masks = xcalloc((size_t)column->nmasks + 1, sizeof *column->masks);
	for (uint32_t i = 0; i < column->nmasks; i++) {
		column->masks[i] = read_number(r, 8);
		reader_require(r, i == 0 || column->masks[i] > column->masks[i - 1]);
		reader_require(r, (column->masks[i] & ~bits_below(column->nanswers)) == 0);
	}
	if (!read_has(r, narticles, size))
		return;
	column->mask = xrealloc_array(NULL, narticles, sizeof *column->mask);
	column->named = xrealloc_array(NULL, narticles, sizeof *column->named);
	read_masks(r, column, narticles);
	if (!r->bad)
		column_count_background(column, question, narticles);
}

static void read_signs(struct reader *r, struct column *column, uint32_t narticles)
{
	if (!read_has(r, narticles, sizeof *column->sketch))
		return;
	column->sketch = xrealloc_array(NULL, narticles, sizeof *column->sketch);
	for (uint32_t a = 0; a < narticles; a++)
		column->sketch[a] = read_next(r, 8);
}

/* Every value is named by one article or more, in ascending order. */
static void read_postings(struct reader *r, struct column *column, uint32_t narticles)
{
	for (uint32_t v = 0; v < column->nvalues; v++) {
		for (uint32_t i = column->first[v]; i < column->first[v + 1]; i++) {
			column->article[i] = (uint32_t)read_next(r, 4);
			reader_require(r, column->article[i] < narticles);
			reader_require(r, i == column->first[v] ||
					      column->article[i] > column->article[i - 1]);
		}
	}
}

static void read_open(struct reader *r, struct column *column, uint32_t narticles)
{
	column->nvalues = (uint32_t)read_number(r, 4);
	if (!read_has(r, (size_t)column->nvalues + 1, sizeof *column->first))
		return;
	column->first = xcalloc((size_t)column->nvalues + 1, sizeof *column->first);
	for (uint32_t v = 0; v <= column->nvalues; v++) {
		column->first[v] = (uint32_t)read_next(r, 4);
		reader_require(r, v == 0 ? column->first[v] == 0
					 : column->first[v] > column->first[v - 1]);
	}
	if (!read_has(r, column->first[column->nvalues], sizeof *column->article))
		return;
	column->article =
	    xcalloc((size_t)column->first[column->nvalues] + 1, sizeof *column->article);
	read_postings(r, column, narticles);
	if (!r->bad)
		column_count_values(column, narticles);
}

static void read_table(
    struct reader *r, struct casetable *table, const struct questions *questions)
{
	reader_require(r, read_number(r, 4) == MAGIC);
	table->narticles = (uint32_t)read_number(r, 4);
	reader_require(r, table->narticles > 0 && read_number(r, 4) == questions->n);
	if (r->bad)
		return;
	table->columns = xcalloc(questions->n + 1, sizeof *table->columns);
	table->ncolumns = (uint32_t)questions->n;
	read_prior(r, table);
	read_variants(r, table);
	for (uint32_t c = 0; c < table->ncolumns && !r->bad; c++) {
		if (question_is_sign(&questions->list[c]))
			read_signs(r, &table->columns[c], table->narticles);
		else if (question_is_open(&questions->list[c]))
			read_open(r, &table->columns[c], table->narticles);
		else
			read_choice(
			    r, &table->columns[c], &questions->list[c], table->narticles);
	}
	reader_require(r, r->left == 0);
}

struct casetable *casetable_unpack(const unsigned char *bytes, size_t len,
    const struct questions *questions, struct err *err)
{
	struct reader r = {.bytes = bytes};
	struct casetable *table;

	if (len < CHECKSUM_SIZE ||
	    load_number(bytes + len - CHECKSUM_SIZE, CHECKSUM_SIZE) !=
		checksum(bytes, len - CHECKSUM_SIZE)) {
		err_set(err, ERR_DATA, "the case table is damaged: its checksum is wrong");
		return NULL;
	}
	r.left = len - CHECKSUM_SIZE;
	table = xcalloc(1, sizeof *table);
	read_table(&r, table, questions);
	if (!r.bad)
		return table;
	casetable_free(table);
	err_set(err, ERR_DATA, "the case table is damaged, or made for other questions");
	return NULL;
}
