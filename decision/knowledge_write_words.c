/* SPDX-License-Identifier: ISC */
/*
 * What words and identifiers the articles hold: the signature of each, the search index, and
 * how much of every token there is in all of them, which is counted in memory.
 */
#include "knowledge_write_private.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "words.h"

/* Counts the tokens of a signature; returns them alone. The caller frees it. */
static char *count_words(struct knowledge_writer *w, const char *signature)
{
	char *tokens = xmalloc(strlen(signature) + 1);
	struct signed_word word;
	size_t len = 0;

	while (words_signature_next(&signature, &word)) {
		struct token *counted = token_set_add(&w->words, word.token, word.len);

		counted->articles++;
		counted->mass += word.weight;
		w->mass += word.weight;
		memcpy(tokens + len, word.token, word.len);
		len += word.len;
		tokens[len++] = ' ';
	}
	tokens[len] = '\0';
	return tokens;
}

static int write_signature(
    struct knowledge_writer *w, const char *signature, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO signature VALUES(?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	put_number(w, q, 1, w->narticles);
	put_text(w, q, 2, signature);
	result = query_run(q, err);
	query_end(q);
	return result;
}

static int write_search(struct knowledge_writer *w, const char *tokens, struct err *err)
{
	struct query *q =
	    db_query(w->db, "INSERT INTO search(rowid, tokens) VALUES(?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, w->narticles);
	query_bind_text(q, 2, tokens);
	result = query_run(q, err);
	query_end(q);
	return result;
}

int write_words(struct knowledge_writer *w, const char *signature, struct err *err)
{
	char *tokens = count_words(w, signature);
	int result = -1;

	if (write_signature(w, signature, err) == 0)
		result = write_search(w, tokens, err);
	free(tokens);
	return result;
}

int write_word_counts(struct knowledge_writer *w, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO word VALUES(?,?,?)", err);
	int result = q == NULL ? -1 : 0;

	token_set_sort(&w->words);
	for (size_t i = 0; i < w->words.n && result == 0; i++) {
		const struct token *t = &w->words.list[i];

		query_bind_bytes(q, 1, token_set_bytes(&w->words, t), t->len);
		query_bind_number(q, 2, t->articles);
		query_bind_number(q, 3, (int64_t)t->mass);
		result = query_run(q, err);
	}
	query_end(q);
	return result;
}
