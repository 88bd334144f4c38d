/* SPDX-License-Identifier: ISC */
/*
 * What words and identifiers the articles hold: the signature of each, the search index, and
 * how much of every token there is in all of them, which is counted in memory.
 */
#include "knowledge_write_private.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "words.h"

/* A token of all articles. */
struct counted {
	char *token;
	uint32_t articles;
	uint64_t mass;
};

static int compare_tokens(const void *a, const void *b)
{
	return strcmp(
	    ((const struct counted *)a)->token, ((const struct counted *)b)->token);
}

static void count_word(struct knowledge_writer *w, const struct signed_word *word)
{
	struct counted *counted = xcalloc(1, sizeof *counted), **entry;

	counted->token = xstrndup(word->token, word->len);
	entry = tsearch(counted, &w->words, compare_tokens);
	if (entry == NULL || *entry != counted) {
		free(counted->token);
		free(counted);
	}
	if (entry != NULL) {
		(*entry)->articles++;
		(*entry)->mass += word->weight;
		w->mass += word->weight;
	}
}

/* Counts the tokens of a signature; returns them alone. The caller frees it. */
static char *count_words(struct knowledge_writer *w, const char *signature)
{
	char *tokens = NULL;
	size_t len;
	FILE *out = xopen_memstream(&tokens, &len);
	struct signed_word word;

	while (words_signature_next(&signature, &word)) {
		count_word(w, &word);
		fprintf(out, "%.*s ", (int)word.len, word.token);
	}
	xclose_memstream(out);
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

int write_words(struct knowledge_writer *w, const struct article *article, struct err *err)
{
	char *signature = words_signature(article);
	char *tokens = count_words(w, signature);
	int result = -1;

	if (write_signature(w, signature, err) == 0)
		result = write_search(w, tokens, err);
	free(tokens);
	free(signature);
	return result;
}

/* State of a walk through all tokens. */
struct walk {
	struct query *query;
	struct err *err;
	int result;
};

static void write_counted(const void *node, VISIT visit, void *arg)
{
	const struct counted *counted = *(struct counted *const *)node;
	struct walk *walk = arg;

	if ((visit != postorder && visit != leaf) || walk->result < 0)
		return;
	query_bind_text(walk->query, 1, counted->token);
	query_bind_number(walk->query, 2, counted->articles);
	query_bind_number(walk->query, 3, (int64_t)counted->mass);
	walk->result = query_run(walk->query, walk->err);
}

int write_word_counts(struct knowledge_writer *w, struct err *err)
{
	struct walk walk = {.err = err};

	walk.query = db_query(w->db, "INSERT INTO word VALUES(?,?,?)", err);
	if (walk.query == NULL)
		return -1;
	twalk_r(w->words, write_counted, &walk);
	query_end(walk.query);
	return walk.result;
}

static void free_counted(void *node)
{
	free(((struct counted *)node)->token);
	free(node);
}

void word_counts_free(struct knowledge_writer *w)
{
	tdestroy(w->words, free_counted);
	w->words = NULL;
}
