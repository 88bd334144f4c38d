/* SPDX-License-Identifier: ISC */
/*
 * What the files of the reader share: knowledge.c opens and closes, the others read one kind
 * of thing each. Nobody else includes this.
 */
#ifndef DECISION_KNOWLEDGE_PRIVATE_H
#define DECISION_KNOWLEDGE_PRIVATE_H

#include "db.h"
#include "knowledge.h"

struct knowledge {
	struct db *db;
	char *name, *about, *fingerprint;
	uint32_t narticles;
	uint64_t mass; /* of all signatures */
	double expected_questions;
	/* read when first asked for */
	struct questions *questions;
	struct casetable *casetable;
	uint32_t *lengths;
	struct needs *needs;
	struct tree *tree;
};

/* NULL and err unless the rows make questions as questions_read would have made them. */
struct questions *read_questions(struct knowledge *, struct err *);

/*
 * Starts a statement whose only parameter is the number of an article. An article that is
 * not in the file is a fault of the caller.
 */
struct query *query_article(
    struct knowledge *, const char *sql, uint32_t article, struct err *);

/* Gives the bytes of that name in the file to a function that keeps in k what it made of them. */
int read_packed(struct knowledge *, const char *name,
    int (*unpack)(struct knowledge *, const unsigned char *, size_t, struct err *),
    struct err *);

/* A number that must be `expected`: rows come in order and without gaps. */
void query_index(struct query *, int i, size_t expected);
/* The number of a line of an article file. */
unsigned query_line(struct query *, int i);
/* A section's name in column i as its kind. */
enum section_kind query_section(struct query *, int i);

#endif
