/* SPDX-License-Identifier: ISC */
/*
 * SQLite in our own words, for knowledge*.c: databases, queries, rows. Every fault becomes
 * one sentence in a struct err that names the file: ERR_DATA when what is stored is damaged
 * or not what was expected, ERR_OPEN when it cannot be read, ERR_WRITE when writing failed.
 *
 * A sealed database is written once and then only read. The last eight bytes of each of its
 * pages hold a checksum of the page (SQLite lets a file reserve them), which db_seal puts
 * there and every read checks, so that no flipped bit, whatever it hits, is ever taken for
 * data. To sqlite3(1) such a file is like any other.
 */
#ifndef DECISION_DB_H
#define DECISION_DB_H

#include <stddef.h>
#include <stdint.h>

#include "../kb/err.h"

struct db;

/* What a file says it is. */
struct db_identity {
	const char *what; /* for sentences: "knowledge file" */
	const char *maker; /* the program that writes it */
	uint32_t application_id;
	uint32_t format; /* user_version */
};

/* The longest text or blob that is read or written, in bytes. */
#define DB_LONGEST (512u << 20)

/*
 * Opens a sealed database, read-only and as one that nobody changes. Its identity, its size
 * and its first page are checked.
 */
struct db *db_open_sealed(const char *path, const struct db_identity *, struct err *);
/*
 * Makes a database of the empty file `path`, in one transaction that db_seal ends. Sentences
 * call it `name`.
 */
struct db *db_create_sealed(
    const char *path, const char *name, const struct db_identity *, struct err *);
/* Commits, closes, seals and brings it to the disk. The db is freed, whatever happens. */
int db_seal(struct db *, struct err *);
void db_close(struct db *);

/* Runs statements without results. */
int db_run(struct db *, const char *sql, struct err *);
/* Reports that the file is damaged, in a few words, and returns -1. */
int db_damaged(const struct db *, struct err *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Reads every page, lets SQLite check its structures. */
int db_verify(struct db *, struct err *);

/*
 * A statement. query_end gives it back to its db, which keeps it for the next time the same
 * text is asked for.
 */
struct query;

struct query *db_query(struct db *, const char *sql, struct err *);
void query_end(struct query *);
/* Ready to be bound and stepped again; bindings stay until they are replaced. */
void query_reset(struct query *);

/* Parameters, from 1. Text and blobs must live until query_end; NULL is SQL's NULL. */
void query_bind_number(struct query *, int i, int64_t);
void query_bind_real(struct query *, int i, double);
void query_bind_text(struct query *, int i, const char *);
/* Text of `len` bytes, none of them 0. */
void query_bind_bytes(struct query *, int i, const char *text, size_t len);
void query_bind_blob(struct query *, int i, const void *, size_t len);

/*
 * The next row: 1, 0 at the end, or -1. A value of the row before that was not what it
 * should have been (see below) is reported here.
 */
int query_step(struct query *, struct err *);
/* Runs a statement without results and makes it ready for the next binding. */
int query_run(struct query *, struct err *);

/*
 * Values of the row, columns from 0. Whatever is of another type, out of range or no text is
 * remembered as damage, and something harmless returned. Text is clean (scan.h) and owned
 * by the caller; a blob is valid until the next step.
 */
int64_t query_number(struct query *, int i, int64_t least, int64_t most);
double query_real(struct query *, int i, double least, double most);
char *query_text(struct query *, int i);
char *query_text_or_null(struct query *, int i);
const unsigned char *query_blob(struct query *, int i, size_t *len);
/* Remembers damage that the caller sees in the row; `what` must be a constant. */
void query_damaged(struct query *, const char *what);

#endif
