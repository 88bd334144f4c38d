/* SPDX-License-Identifier: ISC */
/* What db.c (databases) and db_query.c (statements and rows) share. */
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

struct db {
	sqlite3 *sqlite;
	char *path; /* of the file SQLite has open */
	char *name; /* what sentences call it */
	const struct db_identity *identity;
	int fd; /* of a sealed database, else -1 */
	struct query *queries;
};

/* Reports what SQLite last complained of, and returns -1. */
int db_failed(const struct db *, struct err *);

#endif
