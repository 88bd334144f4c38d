/* SPDX-License-Identifier: ISC */
/*
 * What words and identifiers the articles hold: the signature of each, and for every token
 * who holds it. The latter is gathered in memory, some two bytes for every token of every
 * article, and written when all have come.
 */
#include "knowledge_write_private.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "words.h"

#define LONGEST_IN_ROW 64 /* bytes of a run that stands beside its token */

/* Seven bits a byte, the lowest first; the last byte of a number is below 128. */
static void run_put(struct packed_run *h, uint32_t number)
{
	while (number >= 0x80) {
		h->bytes = xgrow(h->bytes, h->n, &h->cap, 1);
		h->bytes[h->n++] = (unsigned char)(number | 0x80);
		number >>= 7;
	}
	h->bytes = xgrow(h->bytes, h->n, &h->cap, 1);
	h->bytes[h->n++] = (unsigned char)number;
}

static struct packed_run *holders_of(struct knowledge_writer *w, const struct token *token)
{
	if (token->number == w->nholders) {
		w->holders =
		    xgrow(w->holders, w->nholders, &w->cap_holders, sizeof *w->holders);
		w->holders[w->nholders++] = (struct packed_run){.n = 0};
	}
	return &w->holders[token->number];
}

/* How far the article is behind the one before it, and the weight. */
static void count_word(struct knowledge_writer *w, const struct signed_word *word)
{
	struct token *token = token_set_add(&w->words, word->token, word->len);
	struct packed_run *holders = holders_of(w, token);

	token->articles++;
	token->mass += word->weight;
	w->mass += word->weight;
	run_put(holders, w->narticles - holders->next);
	run_put(holders, word->weight);
	holders->next = w->narticles + 1;
}

static void count_words(struct knowledge_writer *w, const char *signature)
{
	struct signed_word word;
	uint32_t length = 0;

	while (words_signature_next(&signature, &word)) {
		count_word(w, &word);
		length += word.weight;
	}
	run_put(&w->lengths, length);
}

int write_words(struct knowledge_writer *w, const char *signature, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO signature VALUES(?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	put_number(w, q, 1, w->narticles);
	put_text(w, q, 2, signature);
	result = query_run(q, err);
	query_end(q);
	count_words(w, signature);
	return result;
}

/* The lengths end in a checksum, as all that is packed does. */
static int write_lengths(struct knowledge_writer *w, struct err *err)
{
	struct packed_run *lengths = &w->lengths;
	uint64_t sum = checksum(lengths->bytes, lengths->n);

	for (int i = 0; i < 8; i++) {
		lengths->bytes = xgrow(lengths->bytes, lengths->n, &lengths->cap, 1);
		lengths->bytes[lengths->n++] = (unsigned char)(sum >> 8 * i);
	}
	return write_packed(w, "lengths", lengths->bytes, lengths->n, err);
}

static int write_word(struct knowledge_writer *w, const struct token *t, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO word VALUES(?,?,?,?)", err);
	const struct packed_run *holders = &w->holders[t->number];
	bool in_row = holders->n <= LONGEST_IN_ROW;
	int result;

	if (q == NULL)
		return -1;
	query_bind_bytes(q, 1, token_set_bytes(&w->words, t), t->len);
	query_bind_number(q, 2, t->articles);
	query_bind_number(q, 3, (int64_t)t->mass);
	query_bind_blob(q, 4, in_row ? holders->bytes : NULL, in_row ? holders->n : 0);
	result = query_run(q, err);
	query_end(q);
	return result;
}

static int write_long(struct knowledge_writer *w, const struct token *t, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO holders VALUES(?,?)", err);
	const struct packed_run *holders = &w->holders[t->number];
	int result;

	if (q == NULL)
		return -1;
	query_bind_bytes(q, 1, token_set_bytes(&w->words, t), t->len);
	query_bind_blob(q, 2, holders->bytes, holders->n);
	result = query_run(q, err);
	query_end(q);
	return result;
}

int write_holders(struct knowledge_writer *w, struct err *err)
{
	token_set_sort(&w->words);
	for (size_t i = 0; i < w->words.n; i++)
		if (write_word(w, &w->words.list[i], err) < 0)
			return -1;
	for (size_t i = 0; i < w->words.n; i++) {
		const struct token *t = &w->words.list[i];

		if (w->holders[t->number].n > LONGEST_IN_ROW && write_long(w, t, err) < 0)
			return -1;
	}
	return write_lengths(w, err);
}

void words_kept_fini(struct knowledge_writer *w)
{
	for (size_t i = 0; i < w->nholders; i++)
		free(w->holders[i].bytes);
	free(w->holders);
	free(w->lengths.bytes);
	token_set_fini(&w->words);
}
