/* SPDX-License-Identifier: ISC */
/*
 * Statements and rows. A statement that has ended stays prepared and is found again by its
 * text. What is wrong in a row is remembered and reported by the next step, so that whoever
 * reads ten columns asks once.
 */
#include "db_private.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

struct query *db_query(struct db *db, const char *sql, struct err *err)
{
	struct query *q;

	for (q = db->queries; q != NULL; q = q->next)
		if (!q->busy && strcmp(sqlite3_sql(q->stmt), sql) == 0) {
			q->busy = true;
			return q;
		}
	q = xcalloc(1, sizeof *q);
	q->db = db;
	if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt,
		NULL) != SQLITE_OK) {
		free(q);
		db_failed(db, err);
		return NULL;
	}
	q->busy = true;
	q->next = db->queries;
	db->queries = q;
	return q;
}

void query_end(struct query *q)
{
	if (q == NULL)
		return;
	sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
	q->damage = NULL;
	q->busy = false;
}

void query_reset(struct query *q)
{
	sqlite3_reset(q->stmt);
	q->damage = NULL;
}

/* Binding fails only for a wrong index or no memory: faults of ours, seen at the next step. */
static void bound(struct query *q, int code)
{
	if (code != SQLITE_OK)
		query_damaged(q, sqlite3_errstr(code));
}

void query_bind_number(struct query *q, int i, int64_t value)
{
	bound(q, sqlite3_bind_int64(q->stmt, i, value));
}

void query_bind_real(struct query *q, int i, double value)
{
	bound(q, sqlite3_bind_double(q->stmt, i, value));
}

void query_bind_text(struct query *q, int i, const char *text)
{
	bound(q, sqlite3_bind_text(q->stmt, i, text, -1, SQLITE_STATIC));
}

void query_bind_bytes(struct query *q, int i, const char *text, size_t len)
{
	bound(q, sqlite3_bind_text64(q->stmt, i, text, len, SQLITE_STATIC, SQLITE_UTF8));
}

void query_bind_blob(struct query *q, int i, const void *bytes, size_t len)
{
	bound(q, sqlite3_bind_blob64(q->stmt, i, bytes, len, SQLITE_STATIC));
}

int query_step(struct query *q, struct err *err)
{
	int code;

	if (q->damage != NULL)
		return db_damaged(q->db, err, "%s", q->damage);
	code = sqlite3_step(q->stmt);
	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	return db_failed(q->db, err);
}

int query_run(struct query *q, struct err *err)
{
	int result = query_step(q, err);

	sqlite3_reset(q->stmt);
	return result < 0 ? -1 : 0;
}

void query_damaged(struct query *q, const char *what)
{
	if (q->damage == NULL)
		q->damage = what;
}

int64_t query_number(struct query *q, int i, int64_t least, int64_t most)
{
	int64_t value = sqlite3_column_int64(q->stmt, i);

	if (sqlite3_column_type(q->stmt, i) == SQLITE_INTEGER && value >= least &&
	    value <= most)
		return value;
	query_damaged(q, "a number is missing or out of range");
	return least;
}

double query_real(struct query *q, int i, double least, double most)
{
	int type = sqlite3_column_type(q->stmt, i);
	double value = sqlite3_column_double(q->stmt, i);

	if ((type == SQLITE_FLOAT || type == SQLITE_INTEGER) && value >= least &&
	    value <= most)
		return value;
	query_damaged(q, "a number is missing or out of range");
	return least;
}

char *query_text(struct query *q, int i)
{
	char *text = query_text_or_null(q, i);

	if (text != NULL)
		return text;
	query_damaged(q, "a text is missing");
	return xstrdup("");
}

char *query_text_or_null(struct query *q, int i)
{
	int type = sqlite3_column_type(q->stmt, i);
	const unsigned char *bytes = sqlite3_column_text(q->stmt, i);
	size_t len = (size_t)sqlite3_column_bytes(q->stmt, i);

	if (type == SQLITE_NULL)
		return NULL;
	if (type == SQLITE_TEXT && bytes != NULL && memchr(bytes, '\0', len) == NULL)
		return scan_clean((const char *)bytes, len);
	query_damaged(q, "a text is none");
	return xstrdup("");
}

const unsigned char *query_blob(struct query *q, int i, size_t *len)
{
	const unsigned char *bytes = sqlite3_column_blob(q->stmt, i);

	*len = (size_t)sqlite3_column_bytes(q->stmt, i);
	if (sqlite3_column_type(q->stmt, i) == SQLITE_BLOB && bytes != NULL)
		return bytes;
	query_damaged(q, "packed data is missing");
	*len = 0;
	return (const unsigned char *)"";
}
