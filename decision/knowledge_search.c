/* SPDX-License-Identifier: ISC */
/*
 * Searching by tokens. Who holds a token stands in its row as a run of numbers, seven bits a
 * byte, the lowest first: for every article how far it is behind the one before it, and the
 * weight of the token in it. Long runs have a table of their own, so that looking through the
 * words themselves stays quick. Most tokens are rare, and their rows short; one that every
 * article of thousands holds is read in microseconds, as it is nothing but additions. That is
 * why a description can be held against all articles, and not only against a few that an
 * index of another kind brought up.
 */
#include "knowledge_private.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "checksum.h"

#define CHECKSUM_SIZE 8

/* What is left of a run of bytes. */
struct run {
	const unsigned char *at, *end;
};

/* A number of several bytes. */
static bool run_next_long(struct run *run, uint32_t *number)
{
	uint64_t value = 0;

	for (unsigned shift = 0; run->at < run->end && shift < 35; shift += 7) {
		unsigned char byte = *run->at++;

		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*number = (uint32_t)value;
			return value <= UINT32_MAX;
		}
	}
	return false;
}

/* The next number; false at the end, and where none of 32 bits stands there. */
static inline bool run_next(struct run *run, uint32_t *number)
{
	if (run->at == run->end || *run->at >= 0x80)
		return run_next_long(run, number);
	*number = *run->at++; /* nearly all are like this */
	return true;
}

/* Whether the run holds that many articles of that mass and nothing else. */
static bool take_holders(struct holders *h, struct run run, size_t n, uint32_t narticles)
{
	uint32_t next = 0, distance, weight;
	uint64_t mass = 0;

	/* two bytes each at least: no more is allocated than the file is long */
	if (n > (size_t)(run.end - run.at) / 2)
		return false;
	h->list = xrealloc_array(NULL, n, sizeof *h->list);
	for (; h->n < n; h->n++) {
		if (!run_next(&run, &distance) || !run_next(&run, &weight) || weight == 0 ||
		    distance >= narticles - next)
			return false;
		h->list[h->n] =
		    (struct holding){.article = next + distance, .weight = weight};
		next += distance + 1;
		mass += weight;
	}
	return run.at == run.end && mass == h->mass;
}

static void read_holders(struct knowledge *k, struct query *q, struct holders *h)
{
	size_t len, n = (size_t)query_number(q, 0, 1, k->narticles);
	const unsigned char *bytes = query_blob(q, 2, &len);

	h->mass = (uint64_t)query_number(q, 1, 1, INT64_MAX);
	if (!take_holders(h, (struct run){bytes, bytes + len}, n, k->narticles))
		query_damaged(q, "who holds a word");
}

int knowledge_holders(
    struct knowledge *k, const char *token, struct holders *h, struct err *err)
{
	struct query *q = db_query(k->db,
	    "SELECT articles, mass, coalesce(holders, (SELECT list FROM holders WHERE"
	    " holders.token = word.token)) FROM word WHERE token = ?",
	    err);
	int result;

	*h = (struct holders){.n = 0};
	if (q == NULL)
		return -1;
	query_bind_text(q, 1, token);
	result = query_step(q, err);
	if (result > 0) {
		read_holders(k, q, h);
		result = query_step(q, err);
	}
	query_end(q);
	if (result < 0)
		holders_fini(h);
	return result;
}

void holders_fini(struct holders *h)
{
	free(h->list);
	*h = (struct holders){.n = 0};
}

static int unpack_lengths(
    struct knowledge *k, const unsigned char *bytes, size_t len, struct err *err)
{
	uint64_t mass = 0, sum = 0;
	uint32_t n = 0;
	struct run run;

	if (len < CHECKSUM_SIZE + (size_t)k->narticles)
		goto damaged;
	run = (struct run){bytes, bytes + len - CHECKSUM_SIZE};
	for (int i = 0; i < CHECKSUM_SIZE; i++)
		sum |= (uint64_t)run.end[i] << 8 * i;
	if (sum != checksum(bytes, len - CHECKSUM_SIZE))
		goto damaged;
	k->lengths = xcalloc(k->narticles, sizeof *k->lengths);
	while (n < k->narticles && run_next(&run, &k->lengths[n]))
		mass += k->lengths[n++];
	if (n == k->narticles && run.at == run.end && mass == k->mass)
		return 0;
damaged:
	free(k->lengths);
	k->lengths = NULL;
	return err_set(err, ERR_DATA, "the lengths of the articles are damaged");
}

const uint32_t *knowledge_lengths(struct knowledge *k, struct err *err)
{
	if (k->lengths == NULL)
		read_packed(k, "lengths", unpack_lengths, err);
	return k->lengths;
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
