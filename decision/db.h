/* SPDX-License-Identifier: ISC */
/*
 * SQLite in our own words, for knowledge*.c and caselog*.c: databases, queries, rows. Every fault becomes
 * one sentence in a struct err that names the file: ERR_DATA when what is stored is damaged
 * or not what was expected, ERR_OPEN when it cannot be read, ERR_WRITE when writing failed.
 *
 * A sealed database is written once and then only read. The last eight bytes of each of its
 * pages hold a checksum of the page (SQLite lets a file reserve them), which db_seal puts
 * there and every read checks, so that no flipped bit, whatever it hits, is ever taken for
 * data. To sqlite3(1) such a file is like any other.
 *
 * A shared database is written to by many programs at once, in transactions: see
 * db_open_shared.
 */
#ifndef DECISION_DB_H
#define DECISION_DB_H

#include <stdbool.h>
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

/* The longest text of a shared database, in bytes. */
#define DB_SHARED_LONGEST (16 << 20)

/*
 * Opens a database that others write to at the same time. `steps` are the migrations, one
 * transaction each: the first makes the tables, step i makes format i + 1 of format i, and
 * identity->format is how many there are. An older file is brought up to date.
 *
 * Where there is none (or an empty file) and `make` says so, it is made, for the user alone,
 * with its folders; an existing file keeps its mode. Nothing is written to a file that is
 * damaged, another's or of a newer program: ERR_DATA. One that cannot be written is opened
 * to be read, where that is possible: db_unwritable.
 */
struct db *db_open_shared(const char *path, const struct db_identity *,
    const char *const *steps, bool make, struct err *);
/* Why the database cannot be written, in words for a sentence; NULL if it can. */
const char *db_unwritable(const struct db *);
/* The path of the file, links resolved; its own files lie beside it. */
const char *db_file(const struct db *);

/*
 * A transaction of a shared database: begins at once, waits a short time for its turn
 * (ERR_WRITE if it does not come). After db_commit others see what was written, and after
 * db_sync it is on the disk. Both may fail with ERR_WRITE: then db_commit has written
 * nothing, but of db_sync nobody knows.
 */
int db_begin(struct db *, struct err *);
int db_commit(struct db *, struct err *);
int db_sync(struct db *, struct err *);
/* Takes back what the transaction did, if there is one. */
void db_rollback(struct db *);
/* One moment of a shared database, for several queries; ended by db_rollback. */
int db_begin_reading(struct db *, struct err *);
/* Moves what was written from the log to the file itself, where nobody is in the way. */
void db_settle(struct db *);

/* What sentences call the file. */
const char *db_name(const struct db *);
/* How many rows the last statement changed. */
int64_t db_changes(const struct db *);
/* The number given to the last row that was added. */
int64_t db_last_row(const struct db *);

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
