/* SPDX-License-Identifier: ISC */
/*
 * What the files of the writer share: its state, and how a value gets into a row. Every
 * value goes through put_*, which also adds it to the fingerprint of the content.
 */
#ifndef DECISION_KNOWLEDGE_WRITE_PRIVATE_H
#define DECISION_KNOWLEDGE_WRITE_PRIVATE_H

#include "checksum.h"
#include "db.h"
#include "knowledge_write.h"
#include "token_set.h"

/* Numbers of seven bits a byte, as knowledge_search.c reads them. */
struct packed_run {
	unsigned char *bytes;
	size_t n, cap;
	uint32_t next; /* the first article that can follow */
};

struct knowledge_writer {
	struct db *db;
	char *path; /* the target, links resolved */
	char *temp; /* what is written until then; NULL once renamed */
	int lock; /* a descriptor of it, which keeps it locked; or -1 */
	const struct questions *questions;
	struct checksum content;
	uint32_t narticles;
	struct token_set words; /* of all signatures */
	struct packed_run *holders; /* of every token, by its number */
	size_t nholders, cap_holders;
	struct packed_run lengths; /* of all signatures */
	uint64_t mass; /* their weights together */
};

/*
 * An empty file of a new name in the folder of the target, locked; NULL and err. Files that
 * builds of this target left there when they were killed are removed.
 */
char *temp_make(const char *target, int *lock, struct err *);

/* Parameter i, from 1, of the row that is being written. */
void put_number(struct knowledge_writer *, struct query *, int i, int64_t);
void put_real(struct knowledge_writer *, struct query *, int i, double);
void put_text(struct knowledge_writer *, struct query *, int i, const char *);

/* All rows of the questions; all rows of the article that comes next. */
int write_questions(struct knowledge_writer *, struct err *);
int write_article(struct knowledge_writer *, const struct article *, const struct facts *,
    const struct advices *, struct err *);

/* The words of the article that comes next; who holds each, when all have come. */
int write_words(struct knowledge_writer *, const char *signature, struct err *);
int write_holders(struct knowledge_writer *, struct err *);
/* Frees what write_words kept. */
void words_kept_fini(struct knowledge_writer *);

/* A run of bytes of that name. */
int write_packed(
    struct knowledge_writer *, const char *name, const void *, size_t len, struct err *);

#endif
