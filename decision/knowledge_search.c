/* SPDX-License-Identifier: ISC */
/*
 * Searching by tokens. The index keeps tokens as words.h makes them; a query is a list of
 * strings, each in quotes, so that "-1018" and "edb!x" mean themselves and nothing in a
 * person's text is syntax.
 */
#include "knowledge_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* "a" OR "b" OR "c"; the caller frees it. */
static char *match_any(const char *const tokens[], size_t ntokens)
{
	char *text = NULL;
	size_t len;
	FILE *out = xopen_memstream(&text, &len);

	for (size_t i = 0; i < ntokens; i++) {
		fputs(i == 0 ? "\"" : " OR \"", out);
		for (const char *p = tokens[i]; *p != '\0'; p++) {
			if (*p == '"')
				putc('"', out);
			putc(*p, out);
		}
		putc('"', out);
	}
	xclose_memstream(out);
	return text;
}

int knowledge_search(struct knowledge *k, const char *const tokens[], size_t ntokens,
    size_t most, uint32_t **articles, size_t *count, struct err *err)
{
	struct query *q;
	char *match;
	int more = -1;
	size_t cap = 0;

	*articles = NULL;
	*count = 0;
	if (ntokens == 0 || most == 0)
		return 0;
	match = match_any(tokens, ntokens);
	q = db_query(k->db,
	    "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search), rowid "
	    "LIMIT ?",
	    err);
	if (q == NULL)
		goto out;
	query_bind_text(q, 1, match);
	query_bind_number(q, 2, (int64_t)most);
	while ((more = query_step(q, err)) > 0) {
		*articles = xgrow(*articles, *count, &cap, sizeof **articles);
		(*articles)[(*count)++] =
		    (uint32_t)query_number(q, 0, 0, (int64_t)k->narticles - 1);
	}
out:
	query_end(q);
	free(match);
	if (more < 0) {
		free(*articles);
		*articles = NULL;
		*count = 0;
	}
	return more;
}

int knowledge_frequency(
    struct knowledge *k, const char *token, struct frequency *frequency, struct err *err)
{
	struct query *q =
	    db_query(k->db, "SELECT articles, mass FROM word WHERE token = ?", err);
	int result;

	*frequency = (struct frequency){.articles = 0};
	if (q == NULL)
		return -1;
	query_bind_text(q, 1, token);
	result = query_step(q, err);
	if (result > 0) {
		frequency->articles = (uint32_t)query_number(q, 0, 1, k->narticles);
		frequency->mass = (uint64_t)query_number(q, 1, 1, INT64_MAX);
		result = query_step(q, err);
	}
	query_end(q);
	return result;
}

/* Whether one word becomes the other by one slip; neither is empty. */
static bool is_one_slip(const char *a, const char *b)
{
	size_t i = 0, la = strlen(a), lb = strlen(b);

	if (la > lb + 1 || lb > la + 1)
		return false;
	while (a[i] != '\0' && a[i] == b[i])
		i++;
	if (la != lb) {
		bool shorter = la < lb;

		return strcmp(a + i + !shorter, b + i + shorter) == 0;
	}
	if (a[i] == '\0')
		return false;
	if (strcmp(a + i + 1, b + i + 1) == 0)
		return true;
	return a[i] == b[i + 1] && a[i + 1] == b[i] && strcmp(a + i + 2, b + i + 2) == 0;
}

/* Articles that must hold a word before another one is taken for it. */
#define LEAST_HOLDERS 3

static int find_similar(
    struct knowledge *k, const char *token, char **similar, struct err *err)
{
	struct query *q = db_query(
	    k->db, "SELECT token, articles FROM word WHERE token >= ? AND token < ?", err);
	char *first = xstrndup(token, 2), *last = xasprintf("%s\x7f", first);
	int64_t most = LEAST_HOLDERS - 1;
	int more = -1;

	if (q != NULL) {
		query_bind_text(q, 1, first);
		query_bind_text(q, 2, last);
	}
	while (q != NULL && (more = query_step(q, err)) > 0) {
		char *other = query_text(q, 0);
		int64_t articles = query_number(q, 1, 1, k->narticles);

		if (articles > most && is_one_slip(token, other)) {
			free(*similar);
			*similar = other;
			most = articles;
		} else {
			free(other);
		}
	}
	query_end(q);
	free(first);
	free(last);
	return more;
}

int knowledge_similar(
    struct knowledge *k, const char *token, char **similar, struct err *err)
{
	struct frequency known;

	*similar = NULL;
	if (strlen(token) < 2)
		return 0;
	if (knowledge_frequency(k, token, &known, err) < 0)
		return -1;
	if (known.articles > 0)
		return 0;
	if (find_similar(k, token, similar, err) == 0)
		return 0;
	free(*similar);
	*similar = NULL;
	return -1;
}

char *knowledge_signature(struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q =
	    query_article(k, "SELECT words FROM signature WHERE article = ?", article, err);
	char *words = NULL;
	int result;

	if (q == NULL)
		return NULL;
	result = query_step(q, err);
	if (result > 0)
		words = query_text(q, 0);
	else if (result == 0)
		db_damaged(k->db, err, "article %u has no signature", article);
	if (result > 0 && query_step(q, err) < 0) {
		free(words);
		words = NULL;
	}
	query_end(q);
	return words;
}
