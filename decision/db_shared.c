/* SPDX-License-Identifier: ISC */
/*
 * Databases that many programs write to at once, by SQLite's write-ahead log.
 *
 * What is committed must be on the disk, and nobody shall wait long for another. SQLite's own
 * way to the first (synchronous = FULL) syncs the log while it holds the lock, so that fifty
 * writers stand in a queue for the disk, one sync each. Here the lock is given back first
 * (synchronous = NORMAL, under which a crash costs the end of the log but never its order),
 * and then whoever committed syncs the log: db_sync. Syncs of many programs run side by side,
 * and the disk does them together. If another has meanwhile moved the log's pages into the
 * file, it has synced both.
 *
 * Who finds the lock taken asks again soon, and later every one or two milliseconds, by lot.
 * SQLite's own handler waits longer the longer it has waited, up to 100 ms, so that late
 * comers win.
 *
 * How the file is found, made and looked at: db_look.c.
 */
#include "db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../kb/xalloc.h"
#include "db_pages.h"

#define LOCK_TRIES 1500 /* two seconds and a half */
#define LOCK_SHORT 100000 /* nanoseconds, about as long as a transaction takes */
/* Pages in the log after which they are moved, and after which it must begin anew. */
#define LOG_PAGES 1000
#define LOG_MOST 4000

/* Soon at first, later every one or two milliseconds. */
static int ask_again(void *unused, int tries)
{
	long wait = tries < 20 ? LOCK_SHORT * (tries / 2 + 1) : 10 * LOCK_SHORT;
	unsigned lot;

	(void)unused;
	if (tries >= LOCK_TRIES)
		return 0;
	sqlite3_randomness(sizeof lot, &lot);
	db_pause(wait + (long)(lot % (unsigned)wait));
	return 1;
}

static int count_frames(void *arg, sqlite3 *sqlite, const char *name, int frames)
{
	struct db *db = (struct db *)arg;

	(void)sqlite, (void)name;
	db->frames = frames;
	return SQLITE_OK;
}

/* Connecting. */

/* The file as a name that says that nobody changes it, so that it is read without locks. */
static char *frozen_name(const char *path)
{
	static const char digits[] = "0123456789abcdef";
	char *name = NULL;
	size_t len;
	FILE *out = xopen_memstream(&name, &len);

	fputs("file:", out);
	for (const unsigned char *p = (const unsigned char *)path; *p != '\0'; p++) {
		if (strchr("%?#", *p) != NULL)
			fprintf(out, "%%%c%c", digits[*p >> 4], digits[*p & 15]);
		else
			fputc(*p, out);
	}
	fputs("?immutable=1", out);
	xclose_memstream(out);
	return name;
}

static int connect_to(struct db *db, const char *name, int flags, struct err *err)
{
	int code;

	sqlite3_close(db->sqlite);
	db->sqlite = NULL;
	code = sqlite3_open_v2(name, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK)
		return db->sqlite != NULL
			   ? db_failed(db, err)
			   : err_set(err, ERR_OPEN, "%s: cannot be opened", db->name);
	sqlite3_busy_handler(db->sqlite, ask_again, NULL);
	sqlite3_wal_hook(db->sqlite, count_frames, db);
	return 0;
}

static int restrain(struct db *db, struct err *err)
{
	if (db_restrain(db, DB_SHARED_LONGEST, err) < 0)
		return -1;
	return db_run(db,
	    "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
	    "PRAGMA synchronous = NORMAL",
	    err);
}

static int pragma_number(struct db *db, const char *sql, uint32_t *value, struct err *err)
{
	struct query *q = db_query(db, sql, err);
	int found = q == NULL ? -1 : query_step(q, err);

	*value = 0;
	if (found == 1)
		*value = (uint32_t)query_number(q, 0, INT32_MIN, UINT32_MAX);
	query_end(q);
	if (found == 0)
		return db_damaged(db, err, "it has no header");
	return found < 0 ? -1 : 0;
}

/* The header and, if it holds a later one, the log: 1 if there is nothing in it yet. */
static int read_identity(struct db *db, uint32_t *format, struct err *err)
{
	uint32_t application_id = 0, tables = 0;

	if (pragma_number(db, "PRAGMA application_id", &application_id, err) < 0 ||
	    pragma_number(db, "PRAGMA user_version", format, err) < 0 ||
	    pragma_number(db, "SELECT count(*) FROM sqlite_schema", &tables, err) < 0)
		return -1;
	if (application_id == 0 && *format == 0 && tables == 0)
		return 1;
	return db_check_identity(db, application_id, *format, true, err);
}

/* The change needs the file for itself for a moment, and SQLite does not wait for it. */
static int use_log(struct db *db, struct err *err)
{
	for (int tries = 0;; tries++) {
		if (db_run(db, "PRAGMA journal_mode = WAL", err) == 0)
			return 0;
		if ((sqlite3_errcode(db->sqlite) & 0xff) != SQLITE_BUSY ||
		    !ask_again(NULL, tries))
			return -1;
	}
}

/* Others may bring it up to date at the same time: whoever comes second finds it done. */
static int take_step(struct db *db, const char *const *steps, struct err *err)
{
	uint32_t format = 0;
	char *sql = NULL;
	int fresh, result = -1;

	if (db_begin(db, err) < 0)
		return -1;
	fresh = read_identity(db, &format, err);
	if (fresh < 0)
		goto out;
	if (format < db->identity->format) {
		sql = xasprintf("%s; PRAGMA application_id = %u; PRAGMA user_version = %u",
		    steps[format], db->identity->application_id, format + 1);
		if (db_run(db, sql, err) < 0)
			goto out;
	}
	result = db_commit(db, err);
out:
	db_rollback(db);
	free(sql);
	return result;
}

static int migrate(struct db *db, const char *const *steps, struct err *err)
{
	uint32_t format = 0;

	if (read_identity(db, &format, err) < 0)
		return -1;
	if (format == db->identity->format)
		return 0;
	if (db->unwritable != NULL)
		return err_set(err, ERR_OPEN,
		    "%s: cannot be brought up to date (format %u; this program reads %u): "
		    "%s",
		    db->name, format, db->identity->format, db->unwritable);
	while (format < db->identity->format)
		if (take_step(db, steps, err) < 0 || read_identity(db, &format, err) < 0)
			return -1;
	if (db_sync(db, err) < 0)
		return -1;
	db_settle(db);
	return 0;
}

/* Why SQLite could not write: what the system says of the file, else of its folder. */
static char *find_reason(const struct db *db)
{
	const char *path = db_file(db), *slash = strrchr(path, '/');
	char *folder = xstrndup(path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
	char *reason = NULL;

	if (access(path, W_OK) < 0)
		reason = xstrdup(strerror(errno));
	else if (access(folder, W_OK) < 0)
		reason = xasprintf("%s: %s", folder, strerror(errno));
	free(folder);
	return reason;
}

static void drop_queries(struct db *db)
{
	for (struct query *q = db->queries, *next; q != NULL; q = next) {
		next = q->next;
		sqlite3_finalize(q->stmt);
		free(q);
	}
	db->queries = NULL;
}

/*
 * SQLite cannot make the files it wants beside the database. If nobody else has made them,
 * the file does not change and can be read as it is.
 */
static int freeze(struct db *db, struct err *err)
{
	int code = sqlite3_errcode(db->sqlite) & 0xff;
	char *name, *reason;
	int result;

	if ((code != SQLITE_CANTOPEN && code != SQLITE_IOERR && code != SQLITE_READONLY &&
		code != SQLITE_FULL) ||
	    !db_log_is_empty(db))
		return -1;
	reason = find_reason(db);
	name = frozen_name(db_file(db));
	free(db->unwritable);
	db->unwritable = reason != NULL ? reason : xstrdup(sqlite3_errmsg(db->sqlite));
	drop_queries(db);
	result = connect_to(db, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
	free(name);
	return result < 0 ? -1 : restrain(db, err);
}

/* The first thing done that needs locks and a log. */
static int enter(struct db *db, struct err *err)
{
	uint32_t format;

	if (db->unwritable == NULL && use_log(db, err) < 0)
		return -1;
	return read_identity(db, &format, err);
}

static int open_db(struct db *db, const char *const *steps, bool make, struct err *err)
{
	if (db_find_file(db, make, err) < 0 ||
	    connect_to(db, db->path, SQLITE_OPEN_READWRITE, err) < 0)
		return -1;
	if (sqlite3_db_readonly(db->sqlite, "main") == 1) {
		db->unwritable = find_reason(db);
		if (db->unwritable == NULL)
			db->unwritable = xstrdup("it is read-only");
	}
	/* what turns out to be another's is closed as it was */
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	if (db_check_file(db, make, err) < 0)
		return -1;
	if ((restrain(db, err) < 0 || enter(db, err) < 0) && freeze(db, err) < 0)
		return -1;
	if (migrate(db, steps, err) < 0)
		return -1;
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	return 0;
}

struct db *db_open_shared(const char *path, const struct db_identity *identity,
    const char *const *steps, bool make, struct err *err)
{
	/* ":memory:" is a file's name like any other */
	char *where = xasprintf("%s%s", path[0] == '/' ? "" : "./", path);
	struct db *db = db_new(DB_SHARED, where, path, identity);

	free(where);
	if (open_db(db, steps, make, err) == 0)
		return db;
	db_close(db);
	return NULL;
}

const char *db_unwritable(const struct db *db)
{
	return db->unwritable;
}

const char *db_file(const struct db *db)
{
	return sqlite3_db_filename(db->sqlite, "main");
}

const char *db_name(const struct db *db)
{
	return db->name;
}

/* Transactions. */

static int run_kept(struct db *db, const char *sql, struct err *err)
{
	struct query *q = db_query(db, sql, err);
	int result = q == NULL ? -1 : query_run(q, err);

	query_end(q);
	return result;
}

/* What is written to a file that was removed or replaced is lost. */
static int check_place(struct db *db, struct err *err)
{
	int moved = 0;

	sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (!moved)
		return 0;
	db_rollback(db);
	return db_write_failed(db, err, "it was moved or removed");
}

int db_begin(struct db *db, struct err *err)
{
	if (db->unwritable != NULL)
		return db_write_failed(db, err, db->unwritable);
	if (run_kept(db, "BEGIN IMMEDIATE", err) < 0)
		return -1;
	return check_place(db, err);
}

int db_begin_reading(struct db *db, struct err *err)
{
	return run_kept(db, "BEGIN", err);
}

int db_commit(struct db *db, struct err *err)
{
	return run_kept(db, "COMMIT", err);
}

/*
 * Moving pages stops nobody from writing behind them, so that under constant load the log
 * never gets a chance to begin anew; when it is long, that is waited for with the lock held,
 * but only if it can be had now. Faults are met again, and said, by whoever writes next.
 */
void db_settle(struct db *db)
{
	sqlite3_busy_handler(db->sqlite, NULL, NULL);
	sqlite3_wal_checkpoint_v2(
	    db->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (db->frames >= LOG_MOST)
		sqlite3_wal_checkpoint_v2(
		    db->sqlite, "main", SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	sqlite3_busy_handler(db->sqlite, ask_again, NULL);
}

int db_sync(struct db *db, struct err *err)
{
	sqlite3_file *log = NULL;

	sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log == NULL || log->pMethods == NULL)
		return db_write_failed(db, err, "its log is not open");
	errno = 0;
	if (log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) !=
	    SQLITE_OK)
		return db_write_failed(
		    db, err, errno != 0 ? strerror(errno) : "it cannot be synced");
	/* of many that write at once, one in about sixteen is enough */
	if (db->frames >= LOG_PAGES && db->frames % 64 < 4)
		db_settle(db);
	return 0;
}

void db_rollback(struct db *db)
{
	if (sqlite3_get_autocommit(db->sqlite) == 0)
		run_kept(db, "ROLLBACK", NULL);
}

int64_t db_changes(const struct db *db)
{
	return sqlite3_changes64(db->sqlite);
}

int64_t db_last_row(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->sqlite);
}
