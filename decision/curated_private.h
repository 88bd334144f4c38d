/* SPDX-License-Identifier: ISC */
/* What curated_read.c reads and curated.c applies. */
#ifndef DECISION_CURATED_PRIVATE_H
#define DECISION_CURATED_PRIVATE_H

#include "curated.h"
#include "yamlfile.h"

/* A question and answers to it; of a condition the quotation is never set. */
struct statement {
	char *question;
	char **answers;
	size_t nanswers;
	char *quote;
};

struct added_risks {
	enum advice_kind kind;
	unsigned risks;
};

struct added_advice {
	enum advice_kind kind;
	struct statement *applies;
	size_t napplies;
	char *quote, *text;
	char **steps;
	size_t nsteps;
	unsigned risks;
};

/* What is said of one article. */
struct entry {
	char *id, *why;
	char **forget;
	size_t nforget;
	struct statement *facts;
	size_t nfacts;
	struct added_risks *risks;
	size_t nrisks;
	struct added_advice *advice;
	size_t nadvice;
};

struct entries {
	struct entry *list;
	size_t n;
};

struct curated {
	struct yamlfile *yaml;
	struct entries *entries;
	bool *used; /* an article took the entry */
	size_t *by_id; /* indexes of the entries, ascending by id, then as in the file */
};

/* The i-th item of the list that a key of the node has. */
int curated_node(const struct curated *, int node, const char *key, size_t i);
/* The node of the i-th entry. */
int curated_entry_node(const struct curated *, size_t i);

/*
 * The answer meant, as a fact states it: index or, of an open question, canonical value,
 * which the caller frees. False if the question has none like it.
 */
bool curated_answer(
    const struct questions *, size_t question, const char *text, int *answer, char **value);

#endif
