/* SPDX-License-Identifier: ISC */
/*
 * Databases: made, opened, closed, checked as a whole. See db.h for what a sealed database is
 * and db_pages.c for how its pages are checked.
 */
#include "db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kb/xalloc.h"
#include "db_pages.h"

#define PAGE_SIZE 4096
/* What SQLite may take of memory to read a file, beyond the size of the file. */
#define HEAP_LIMIT (64 << 20)

int db_damaged(const struct db *db, struct err *err, const char *fmt, ...)
{
	va_list ap;
	char *what;

	va_start(ap, fmt);
	what = xvasprintf(fmt, ap);
	va_end(ap);
	err_set(err, ERR_DATA, "%s: damaged %s: %s", db->name, db->identity->what, what);
	free(what);
	return -1;
}

static int write_failed(const char *name, struct err *err, const char *why)
{
	return err_set(err, ERR_WRITE, "%s: cannot be written: %s", name, why);
}

int db_write_failed(const struct db *db, struct err *err, const char *why)
{
	return write_failed(db->name, err, why);
}

static int written_failed(const struct db *db, int code, struct err *err)
{
	int sys = sqlite3_system_errno(db->sqlite);

	if ((code & 0xff) == SQLITE_IOERR && sys != 0)
		return write_failed(db->name, err, strerror(sys));
	return write_failed(db->name, err, sqlite3_errmsg(db->sqlite));
}

static int read_failed(const struct db *db, int code, struct err *err)
{
	if (code == SQLITE_IOERR_DATA)
		return db_damaged(db, err, "checksum of a page does not match");
	if (code == SQLITE_IOERR_SHORT_READ)
		return db_damaged(db, err, "it ends too early");
	if ((code & 0xff) == SQLITE_IOERR)
		return err_set(err, ERR_OPEN, "%s: cannot be read: %s", db->name,
		    sqlite3_errmsg(db->sqlite));
	return db_damaged(db, err, "%s", sqlite3_errmsg(db->sqlite));
}

/* What SQLite's results mean for a shared database; all others mean damage. */
static const struct {
	int code;
	enum err_class class;
	const char *text, *why; /* why: where the system says nothing */
} shared_faults[] = {
    {SQLITE_BUSY, ERR_WRITE, "another program has locked it for too long", NULL},
    {SQLITE_LOCKED, ERR_WRITE, "another program has locked it for too long", NULL},
    {SQLITE_IOERR_SHORT_READ, ERR_DATA, "damaged: it ends too early", NULL},
    {SQLITE_IOERR_READ, ERR_OPEN, "cannot be read", "Input/output error"},
    {SQLITE_IOERR, ERR_WRITE, "cannot be written", "Input/output error"},
    {SQLITE_CANTOPEN, ERR_OPEN, "cannot be opened", "one of its files is missing"},
    {SQLITE_PERM, ERR_OPEN, "cannot be opened", "permission denied"},
    {SQLITE_READONLY, ERR_WRITE, "cannot be written", "it is read-only"},
    {SQLITE_FULL, ERR_WRITE, "cannot be written", "no space left on the disk"},
    {SQLITE_NOLFS, ERR_WRITE, "cannot be written", "it is too large"},
};

static int shared_failed(const struct db *db, int code, struct err *err)
{
	int sys = sqlite3_system_errno(db->sqlite);

	for (size_t i = 0; i < sizeof shared_faults / sizeof *shared_faults; i++) {
		int want = shared_faults[i].code;
		const char *why = shared_faults[i].why;

		if (want != code && want != (code & 0xff))
			continue;
		if (sys != 0 && (want == SQLITE_IOERR || want == SQLITE_CANTOPEN))
			why = strerror(sys);
		return err_set(err, shared_faults[i].class, "%s: %s%s%s", db->name,
		    shared_faults[i].text, why == NULL ? "" : ": ", why == NULL ? "" : why);
	}
	return db_damaged(db, err, "%s", sqlite3_errmsg(db->sqlite));
}

int db_failed(const struct db *db, struct err *err)
{
	static int (*const failed[])(const struct db *, int, struct err *) = {
	    [DB_READ] = read_failed,
	    [DB_WRITTEN] = written_failed,
	    [DB_SHARED] = shared_failed,
	};

	return failed[db->kind](db, sqlite3_extended_errcode(db->sqlite), err);
}

/*
 * SQLite as it is set up sets memory aside for many pages and small pieces, and touches all of
 * it; the first screen needs few. And one thread at a time uses it here.
 */
static void prepare_sqlite(void)
{
	static bool prepared;

	if (prepared)
		return;
	prepared = true;
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
}

struct db *db_new(enum db_kind kind, const char *path, const char *name,
    const struct db_identity *identity)
{
	struct db *db = xcalloc(1, sizeof *db);

	prepare_sqlite();
	db->kind = kind;
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
	free(db->unwritable);
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

int db_check_identity(const struct db *db, uint32_t application_id, uint32_t user_version,
    bool older, struct err *err)
{
	const struct db_identity *want = db->identity;

	if (application_id != want->application_id)
		return err_set(err, ERR_DATA, "%s: not a %s", db->name, want->what);
	if (user_version > want->format || (user_version < want->format && !older))
		return err_set(err, ERR_DATA,
		    "%s: made by %s %s (format %u; this program reads %u)", db->name,
		    user_version > want->format ? "a newer" : "an older", want->maker,
		    user_version, want->format);
	return 0;
}

static int check_sealed(const struct db *db, const struct stat *st, struct err *err)
{
	struct pages pages;

	if (pages_header(db->fd, &pages) < 0)
		return err_sys(err, ERR_OPEN, "%s: cannot be read", db->name);
	if (pages.size == 0)
		return err_set(err, ERR_DATA, "%s: not a %s%s", db->name,
		    db->identity->what, st->st_size == 0 ? ": it is empty" : "");
	if (db_check_identity(db, pages.application_id, pages.user_version, false, err) < 0)
		return -1;
	if (pages.reserved != PAGES_RESERVED)
		return db_damaged(db, err, "its pages have no checksums");
	if ((uint64_t)st->st_size != (uint64_t)pages.size * pages.count)
		return db_damaged(db, err, "%lld bytes long instead of %llu",
		    (long long)st->st_size, (unsigned long long)pages.size * pages.count);
	return 0;
}

/* A damaged index can ask for any amount of memory. The limit is of the process: it only grows. */
static void limit_heap(sqlite3_int64 limit)
{
	if (sqlite3_hard_heap_limit64(-1) < limit)
		sqlite3_hard_heap_limit64(limit);
}

int db_restrain(struct db *db, int longest, struct err *err)
{
	limit_heap(HEAP_LIMIT + (sqlite3_int64)longest);
	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_limit(db->sqlite, SQLITE_LIMIT_LENGTH, longest);
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
	struct db *db = db_new(DB_READ, path, path, identity);
	const char *vfs = pages_vfs();
	char *fd = NULL;
	struct stat st = {.st_size = 0};
	int longest, code;

	if (open_regular(db, &st, err) < 0 || check_sealed(db, &st, err) < 0)
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
	/* no value of it is longer than the file */
	longest = st.st_size < DB_LONGEST ? (int)st.st_size : (int)DB_LONGEST;
	if (db_restrain(db, longest, err) < 0)
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
			"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2048;"
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
	struct db *db = db_new(DB_WRITTEN, path, name, identity);
	/* nobody else knows of the file, and whoever made it may have locked it */
	int code = sqlite3_open_v2(
	    path, &db->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, "unix-none");

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
