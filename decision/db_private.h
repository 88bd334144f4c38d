/* SPDX-License-Identifier: ISC */
/* What db.c, db_shared.c and db_look.c (databases) and db_query.c (statements and rows) share. */
#ifndef DECISION_DB_PRIVATE_H
#define DECISION_DB_PRIVATE_H

#include <stdbool.h>

#include <sqlite3.h>

#include "db.h"

struct query {
	struct db *db;
	struct query *next;
	sqlite3_stmt *stmt;
	bool busy;
	const char *damage; /* what was wrong with a value of this row, or NULL */
};

enum db_kind { DB_READ, DB_WRITTEN, DB_SHARED }; /* sealed: to be read, being made */

struct db {
	enum db_kind kind;
	sqlite3 *sqlite;
	char *path; /* of the file SQLite has open */
	char *name; /* what sentences call it */
	const struct db_identity *identity;
	int fd; /* of a sealed database that is read, else -1 */
	struct query *queries;
	/* of a shared database: */
	char *unwritable; /* why it cannot be written; NULL: it can */
	int frames; /* of the write-ahead log after the last commit */
};

struct db *db_new(
    enum db_kind, const char *path, const char *name, const struct db_identity *);
/*
 * What a file brings along is not run, no value is longer than that, and no damage makes
 * SQLite take more memory than it and a little.
 */
int db_restrain(struct db *, int longest, struct err *);
/* Reports that writing failed, and returns -1. */
int db_write_failed(const struct db *, struct err *, const char *why);
/* Whether the file is of another program or a newer one: reported, -1. */
int db_check_identity(const struct db *, uint32_t application_id, uint32_t user_version,
    bool older, struct err *);

/* Of a shared database: its file is there, or made; only then SQLite may have it. */
int db_find_file(const struct db *, bool make, struct err *);
/* Once SQLite has it open, and before anything is read: it is whole, and of ours or new. */
int db_check_file(struct db *, bool make, struct err *);
/* Whether its write-ahead log holds nothing. */
bool db_log_is_empty(const struct db *);
void db_pause(long nanoseconds);

/* Reports what SQLite last complained of, and returns -1. */
int db_failed(const struct db *, struct err *);

#endif
