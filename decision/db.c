/* SPDX-License-Identifier: ISC */
/*
 * Databases, queries and rows. See db.h for what a sealed database is and db_pages.c for how
 * its pages are checked.
 */
#include "db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "db_pages.h"

#define PAGE_SIZE 4096

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

int db_damaged(const struct db *db, struct err *err, const char *fmt, ...)
{
	va_list ap;
	char *what = NULL;

	va_start(ap, fmt);
	if (vasprintf(&what, fmt, ap) < 0)
		what = NULL;
	va_end(ap);
	err_set(err, ERR_DATA, "%s: damaged %s: %s", db->name, db->identity->what,
	    what != NULL ? what : "?");
	free(what);
	return -1;
}

static int write_failed(const char *name, struct err *err, const char *why)
{
	return err_set(err, ERR_WRITE, "%s: cannot be written: %s", name, why);
}

/* Reports what SQLite last complained of. */
static int db_failed(const struct db *db, struct err *err)
{
	int code = sqlite3_extended_errcode(db->sqlite);
	int sys = sqlite3_system_errno(db->sqlite);

	if (db->fd < 0 && (code & 0xff) == SQLITE_IOERR && sys != 0)
		return write_failed(db->name, err, strerror(sys));
	if (db->fd < 0)
		return write_failed(db->name, err, sqlite3_errmsg(db->sqlite));
	if (code == SQLITE_IOERR_DATA)
		return db_damaged(db, err, "checksum of a page does not match");
	if (code == SQLITE_IOERR_SHORT_READ)
		return db_damaged(db, err, "it ends too early");
	if ((code & 0xff) == SQLITE_IOERR)
		return err_set(err, ERR_OPEN, "%s: cannot be read: %s", db->name,
		    sqlite3_errmsg(db->sqlite));
	return db_damaged(db, err, "%s", sqlite3_errmsg(db->sqlite));
}

static struct db *db_new(
    const char *path, const char *name, const struct db_identity *identity)
{
	struct db *db = xcalloc(1, sizeof *db);

	db->path = xstrdup(path);
	db->name = xstrdup(name);
	db->identity = identity;
	db->fd = -1;
	return db;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (struct query *q = db->queries, *next; q != NULL; q = next) {
		next = q->next;
		sqlite3_finalize(q->stmt);
		free(q);
	}
	sqlite3_close(db->sqlite);
	if (db->fd >= 0)
		close(db->fd);
	free(db->path);
	free(db->name);
	free(db);
}

/* Never waits: a FIFO or a device is looked at and refused. */
static int open_regular(struct db *db, struct stat *st, struct err *err)
{
	db->fd = open(db->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (db->fd < 0 || fstat(db->fd, st) < 0)
		return err_sys(err, ERR_OPEN, "%s: cannot be opened", db->name);
	if (S_ISDIR(st->st_mode))
		return err_set(
		    err, ERR_OPEN, "%s: cannot be opened: it is a folder", db->name);
	if (!S_ISREG(st->st_mode))
		return err_set(err, ERR_OPEN,
		    "%s: cannot be opened: it is not a regular file", db->name);
	return 0;
}

static int check_identity(const struct db *db, const struct stat *st, struct err *err)
{
	const struct db_identity *want = db->identity;
	struct pages pages;

	if (pages_header(db->fd, &pages) < 0)
		return err_sys(err, ERR_OPEN, "%s: cannot be read", db->name);
	if (pages.size == 0 || pages.application_id != want->application_id)
		return err_set(err, ERR_DATA, "%s: not a %s%s", db->name, want->what,
		    st->st_size == 0 ? ": it is empty" : "");
	if (pages.user_version != want->format)
		return err_set(err, ERR_DATA,
		    "%s: made by %s %s (format %u; this program reads %u)", db->name,
		    pages.user_version > want->format ? "a newer" : "an older", want->maker,
		    pages.user_version, want->format);
	if (pages.reserved != PAGES_RESERVED)
		return db_damaged(db, err, "its pages have no checksums");
	if ((uint64_t)st->st_size != (uint64_t)pages.size * pages.count)
		return db_damaged(db, err, "%lld bytes long instead of %llu",
		    (long long)st->st_size, (unsigned long long)pages.size * pages.count);
	return 0;
}

/* Nothing that a file brings along is run, and no text of it is longer than we bear. */
static int restrain(struct db *db, struct err *err)
{
	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_limit(db->sqlite, SQLITE_LIMIT_LENGTH, DB_LONGEST);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	return db_run(db,
	    "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA "
	    "cell_size_check = ON",
	    err);
}

struct db *db_open_sealed(
    const char *path, const struct db_identity *identity, struct err *err)
{
	struct db *db = db_new(path, path, identity);
	const char *vfs = pages_vfs();
	char *fd = NULL;
	struct stat st;
	int code;

	if (open_regular(db, &st, err) < 0 || check_identity(db, &st, err) < 0)
		goto fail;
	fd = xasprintf("%d", db->fd);
	code = vfs == NULL ? SQLITE_ERROR
			   : sqlite3_open_v2(fd, &db->sqlite, SQLITE_OPEN_READONLY, vfs);
	free(fd);
	if (code != SQLITE_OK) {
		err_set(
		    err, ERR_OPEN, "%s: cannot be opened: %s", path, sqlite3_errstr(code));
		goto fail;
	}
	if (restrain(db, err) < 0)
		goto fail;
	return db;
fail:
	db_close(db);
	return NULL;
}

/* The whole file is one transaction and thrown away if anything fails: no journal. */
static int db_format(struct db *db, struct err *err)
{
	int reserved = PAGES_RESERVED;
	char *sql;
	int result;

	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_limit(db->sqlite, SQLITE_LIMIT_LENGTH, DB_LONGEST);
	sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
	sql = xasprintf("PRAGMA page_size = %d; PRAGMA journal_mode = OFF;"
			"PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
			"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
			"PRAGMA encoding = 'UTF-8'; PRAGMA application_id = %u;"
			"PRAGMA user_version = %u; BEGIN",
	    PAGE_SIZE, db->identity->application_id, db->identity->format);
	result = db_run(db, sql, err);
	free(sql);
	return result;
}

struct db *db_create_sealed(
    const char *path, const char *name, const struct db_identity *identity, struct err *err)
{
	struct db *db = db_new(path, name, identity);
	int code = sqlite3_open_v2(path, &db->sqlite, SQLITE_OPEN_READWRITE, NULL);

	if (code != SQLITE_OK) {
		write_failed(name, err, sqlite3_errstr(code));
		goto fail;
	}
	if (db_format(db, err) < 0)
		goto fail;
	return db;
fail:
	db_close(db);
	return NULL;
}

int db_seal(struct db *db, struct err *err)
{
	char *path = xstrdup(db->path), *name = xstrdup(db->name);
	int fd = -1, result = db_run(db, "COMMIT", err);

	db_close(db);
	if (result < 0)
		goto out;
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 || pages_seal(fd) < 0)
		result = write_failed(name, err, strerror(errno));
out:
	if (fd >= 0)
		close(fd);
	free(path);
	free(name);
	return result;
}

int db_run(struct db *db, const char *sql, struct err *err)
{
	if (sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(db, err);
	return 0;
}

int db_verify(struct db *db, struct err *err)
{
	long page = pages_check(db->fd);
	struct query *q = NULL;
	char *text = NULL;
	int result = -1;

	if (page < 0)
		return err_sys(err, ERR_OPEN, "%s: cannot be read", db->name);
	if (page > 0)
		return db_damaged(db, err, "checksum of page %ld does not match", page);
	q = db_query(db, "PRAGMA integrity_check(1)", err);
	if (q == NULL || query_step(q, err) < 0)
		goto out;
	text = query_text(q, 0);
	result = strcmp(text, "ok") == 0 ? 0 : db_damaged(db, err, "%s", text);
out:
	free(text);
	query_end(q);
	return result;
}

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
