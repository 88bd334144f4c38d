/* SPDX-License-Identifier: ISC */
/*
 * Reading a knowledge file. It is opened read-only and immutable and nothing in it is
 * trusted: application id and format version are checked at opening, rows as they are read,
 * the case table by its checksum; knowledge_verify checks everything. Every function that
 * returns -1 or NULL fills err: ERR_OPEN if the file cannot be opened, ERR_DATA if it is
 * damaged, foreign or of another format version.
 *
 * What is asked of it often (questions, case table, lengths, tree) is read once, when first needed;
 * opening reads neither. Articles are numbered from 0 in the order they were compiled.
 */
#ifndef DECISION_KNOWLEDGE_H
#define DECISION_KNOWLEDGE_H

#include "advice.h"
#include "casetable.h"
#include "tree.h"

/* "KBW1" as SQLite's application_id, and the version of the schema as its user_version. */
#define KNOWLEDGE_APPLICATION_ID 0x4b425731
#define KNOWLEDGE_FORMAT 4

struct knowledge;

struct knowledge *knowledge_open(const char *path, struct err *);
void knowledge_close(struct knowledge *);

const char *knowledge_name(const struct knowledge *);
const char *knowledge_about(const struct knowledge *);
uint32_t knowledge_narticles(const struct knowledge *);
/* How many a session takes that begins with nothing known; 0 where nothing is asked. */
double knowledge_expected_questions(const struct knowledge *);
/* Of the content: the same for the same articles and questions; 16 hexadecimal digits. */
const char *knowledge_fingerprint(const struct knowledge *);

/* These stay valid until knowledge_close. NULL and err on failure. */
const struct questions *knowledge_questions(struct knowledge *, struct err *);
const struct casetable *knowledge_casetable(struct knowledge *, struct err *);
/* What the patterns of the questions need. */
const struct needs *knowledge_needs(struct knowledge *, struct err *);
const struct tree *knowledge_tree(struct knowledge *, struct err *);

/* Title line of an article. Strings are owned by the head. */
struct head {
	char *id, *title, *date; /* date may be NULL */
};
int knowledge_head(struct knowledge *, uint32_t article, struct head *, struct err *);
void head_fini(struct head *);

/* The whole article; the caller frees it. */
struct article *knowledge_article(struct knowledge *, uint32_t article, struct err *);
/* 1 and *article, 0 if there is none of that identifier (case ignored), or -1. */
int knowledge_find(struct knowledge *, const char *id, uint32_t *article, struct err *);

/* All facts of an article with their evidence; its advice. */
int knowledge_facts(struct knowledge *, uint32_t article, struct facts *, struct err *);
int knowledge_advice(struct knowledge *, uint32_t article, struct advices *, struct err *);
/* The sign of an article that has one (its sketch is not 0); the caller frees it. */
char *knowledge_sign(struct knowledge *, uint32_t article, struct err *);

/* 1 and *id of a canonical value of an open question, 0 if no article names it, or -1. */
int knowledge_value(
    struct knowledge *, size_t question, const char *value, uint32_t *id, struct err *);
/* The value of an id; the caller frees it. NULL and err on failure. */
char *knowledge_value_text(struct knowledge *, size_t question, uint32_t id, struct err *);

/* Who holds a token (words.h): articles ascending, with its weight in their signatures. */
struct holding {
	uint32_t article;
	uint32_t weight;
};
struct holders {
	struct holding *list;
	size_t n;
	uint64_t mass; /* the weights together */
};
/* A token that nobody holds has no holders. holders_fini frees them. */
int knowledge_holders(
    struct knowledge *, const char *token, struct holders *, struct err *);
void holders_fini(struct holders *);
/* The weights of each article's signature together; valid until knowledge_close. */
const uint32_t *knowledge_lengths(struct knowledge *, struct err *);
/* How many articles hold a token, and its weight in all their signatures; 0 if none. */
struct frequency {
	uint32_t articles;
	uint64_t mass;
};
int knowledge_frequency(
    struct knowledge *, const char *token, struct frequency *, struct err *);
/* The weight of all tokens in all signatures. */
uint64_t knowledge_mass(const struct knowledge *);
/*
 * The token of most articles that is one slip away from `token`: a letter missing, too many,
 * another, or two swapped; the first two are right. *similar is NULL if there is none or
 * the token is known itself. The caller frees it.
 */
int knowledge_similar(
    struct knowledge *, const char *token, char **similar, struct err *err);
/* What words_signature made of the article; the caller frees it. */
char *knowledge_signature(struct knowledge *, uint32_t article, struct err *);

/* Checks every page, row and checksum. */
int knowledge_verify(struct knowledge *, struct err *);

#endif
