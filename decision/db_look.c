/* SPDX-License-Identifier: ISC */
/*
 * The file of a shared database: found, made, and looked at before SQLite reads it. To begin
 * reading can change a file (an old journal is played back, a log without its header thrown
 * away), and SQLite takes much of a header at its word.
 *
 * The bytes are read through the file that SQLite has open: to close another descriptor of
 * the same file would give up its locks.
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

void db_pause(long nanoseconds)
{
	struct timespec time = {.tv_nsec = nanoseconds};

	nanosleep(&time, NULL);
}

/* Finding and making the file. */

static int make_failed(const char *path, struct err *err)
{
	return err_sys(err, ERR_OPEN, "%s: cannot be made", path);
}

/* A new folder or file is there after a power cut only if the folder it is in is synced. */
static void sync_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = xstrndup(path, (size_t)(slash - path) + 1);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* Makes the folders of the path that are not there, for the user alone. */
static int make_folders(const char *path, struct err *err)
{
	char *folder = xstrdup(path);
	int result = 0;

	for (char *slash = strchr(folder + 1, '/'); slash != NULL && result == 0;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) == 0) {
			chmod(folder, 0700); /* whatever the umask is */
			sync_folder_of(folder);
		} else if (errno != EEXIST && access(folder, X_OK) < 0) {
			result = make_failed(folder, err);
		}
		*slash = '/';
	}
	free(folder);
	return result;
}

/* Another program may make it at the same time: EEXIST is fine. */
static int make_file(const struct db *db, struct err *err)
{
	struct stat st;
	int fd;

	if (lstat(db->path, &st) == 0 && S_ISLNK(st.st_mode))
		return err_set(err, ERR_OPEN,
		    "%s: cannot be made: it is a link to a file that is not there",
		    db->name);
	if (make_folders(db->path, err) < 0)
		return -1;
	fd = open(db->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? 0 : make_failed(db->name, err);
	fchmod(fd, 0600);
	close(fd);
	sync_folder_of(db->path);
	return 0;
}

/* Never waits: a FIFO or a device is refused unopened. */
int db_find_file(const struct db *db, bool make, struct err *err)
{
	struct stat st;

	if (stat(db->path, &st) < 0) {
		if (errno == ENOENT && make)
			return make_file(db, err);
		return err_sys(err, ERR_OPEN, "%s: cannot be opened", db->name);
	}
	if (S_ISREG(st.st_mode))
		return 0;
	return err_set(err, ERR_OPEN, "%s: cannot be opened: it is %s", db->name,
	    S_ISDIR(st.st_mode) ? "a folder" : "not a regular file");
}

bool db_log_is_empty(const struct db *db)
{
	char *path = xasprintf("%s-wal", db_file(db));
	struct stat st;
	bool empty = stat(path, &st) < 0 || st.st_size == 0;

	free(path);
	return empty;
}

/* Looking at it. */

struct look {
	unsigned char head[PAGES_HEADER];
	struct pages pages;
	sqlite3_int64 size; /* of the file */
	bool log_empty; /* looked at first: what comes later makes the file grow */
};

static int look_at(const struct db *db, struct look *look, struct err *err)
{
	sqlite3_file *file = NULL;
	int code;

	*look = (struct look){.log_empty = db_log_is_empty(db)};
	sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (file == NULL || file->pMethods == NULL)
		return err_set(err, ERR_OPEN, "%s: cannot be opened", db->name);
	code = file->pMethods->xRead(file, look->head, sizeof look->head, 0);
	if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)
		code = file->pMethods->xFileSize(file, &look->size);
	if (code != SQLITE_OK)
		return err_set(err, ERR_OPEN, "%s: cannot be read: %s", db->name,
		    sqlite3_errstr(code));
	pages_read_header(&look->pages, look->head,
	    look->size < PAGES_HEADER ? (size_t)look->size : PAGES_HEADER);
	return 0;
}

/*
 * Bytes of the header that have one value in every database of ours, and `fresh` as long as
 * no table was made. SQLite looks at few of them, and takes some at their word.
 */
static const struct {
	unsigned at;
	unsigned char value, fresh;
} fixed_bytes[] = {
    {20, 0, 0},
    {21, 64, 64},
    {22, 32, 32},
    {23, 32, 32},
    {44, 0, 0},
    {45, 0, 0},
    {46, 0, 0},
    {47, 4, 0},
    {52, 0, 0},
    {53, 0, 0},
    {54, 0, 0},
    {55, 0, 0},
    {56, 0, 0},
    {57, 0, 0},
    {58, 0, 0},
    {59, 1, 0},
    {64, 0, 0},
    {65, 0, 0},
    {66, 0, 0},
    {67, 0, 0},
};

#define JOURNALED 1 /* at 18 and 19: by a journal, as a copy may be; by a log */
#define LOGGED 2

static bool header_is_whole(const struct look *look)
{
	const unsigned char *head = look->head;

	for (size_t i = 0; i < sizeof fixed_bytes / sizeof *fixed_bytes; i++) {
		unsigned char byte = head[fixed_bytes[i].at];

		if (byte != fixed_bytes[i].value &&
		    (byte != fixed_bytes[i].fresh || look->pages.application_id != 0))
			return false;
	}
	for (int i = 72; i < 92; i++) /* reserved */
		if (head[i] != 0)
			return false;
	if (head[18] != head[19] || (head[18] != JOURNALED && head[18] != LOGGED))
		return false;
	/* SQLite would throw a log away that the header says nothing of */
	return head[18] == LOGGED || look->log_empty;
}

/* With a log beside it the file may be any number of pages: some are in the log. */
static bool size_is_right(const struct look *look)
{
	return !look->log_empty ||
	       (uint64_t)look->size == (uint64_t)look->pages.size * look->pages.count;
}

static int check_empty(
    const struct db *db, const struct look *look, bool make, struct err *err)
{
	if (!look->log_empty)
		return db_damaged(db, err, "it is empty, and its -wal file is not");
	if (!make || db->unwritable != NULL)
		return err_set(err, ERR_DATA, "%s: not a %s: it is empty", db->name,
		    db->identity->what);
	return 0;
}

/*
 * A file whose tables are still in the log has no identity of its own yet. Others may be at
 * work on it, and its size a moment ahead of its header: that is looked at again.
 */
int db_check_file(struct db *db, bool make, struct err *err)
{
	struct look look;
	bool fresh;

	for (int tries = 0;; tries++) {
		if (look_at(db, &look, err) < 0)
			return -1;
		if (look.size == 0)
			return check_empty(db, &look, make, err);
		if (tries == 5 || look.pages.size == 0 || size_is_right(&look))
			break;
		db_pause(2000000);
	}
	fresh = look.pages.application_id == 0 && look.pages.count <= 1;
	if (look.pages.size == 0 ||
	    (!fresh && db_check_identity(db, look.pages.application_id,
			   look.pages.user_version, true, err) < 0))
		return look.pages.size != 0 ? -1
					    : err_set(err, ERR_DATA, "%s: not a %s",
						  db->name, db->identity->what);
	if (!header_is_whole(&look))
		return db_damaged(db, err, "its header");
	if (!size_is_right(&look))
		return db_damaged(db, err, "%lld bytes long instead of %llu",
		    (long long)look.size,
		    (unsigned long long)look.pages.size * look.pages.count);
	return 0;
}
