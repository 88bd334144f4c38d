/* SPDX-License-Identifier: ISC */
/*
 * Who works on a case. A claim is a lock on one byte of a file beside the log, at the offset
 * that is the case's id: the kernel gives it back when the program ends, however it ends. The
 * row of the case says who it is, for others to read; it may be out of date, the lock never
 * is.
 */
#include "caselog_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kb/xalloc.h"

/* Whoever may write the log may claim its cases: the same mode, whatever the umask is. */
static int open_held(const struct store *store, struct err *err)
{
	char *path = xasprintf("%s-held", db_file(store->db));
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	struct stat st;

	if (fd >= 0 && stat(db_file(store->db), &st) == 0)
		fchmod(fd, st.st_mode & 0666);
	else if (fd < 0)
		fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		err_sys(err, ERR_WRITE, "%s: cannot be written", path);
	free(path);
	return fd;
}

/* 1, 0 if it is locked, -1. */
static int lock_case(int fd, int64_t id)
{
	struct flock lock = {
	    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = id, .l_len = 1};

	if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
		return 1;
	return errno == EAGAIN || errno == EACCES ? 0 : -1;
}

static void unlock_case(int fd, int64_t id)
{
	struct flock lock = {
	    .l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = id, .l_len = 1};

	fcntl(fd, F_OFD_SETLK, &lock);
}

/* Who the row says has it; somebody, while it does not say. */
static int read_holder(struct store *store, int64_t id, char **holder, struct err *err)
{
	struct query *q = db_query(store->db, "SELECT holder FROM cases WHERE id = ?", err);
	int found;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, id);
	*holder = NULL;
	found = query_step(q, err);
	if (found == 1) {
		*holder = query_text_or_null(q, 0);
		found = query_step(q, err);
	}
	query_end(q);
	if (found >= 0 && *holder == NULL)
		*holder = xstrdup("another program");
	return found < 0 ? -1 : 0;
}

/* 1, 0 if there is no such case, -1. It need not outlive a power cut. */
static int write_holder(struct store *store, int64_t id, const char *who, struct err *err)
{
	struct query *q;
	int result;

	if (db_begin(store->db, err) < 0)
		return -1;
	q = db_query(store->db, "UPDATE cases SET holder = ? WHERE id = ?", err);
	if (q == NULL) {
		db_rollback(store->db);
		return -1;
	}
	query_bind_text(q, 1, who);
	query_bind_number(q, 2, id);
	result = query_run(q, err);
	query_end(q);
	if (result == 0)
		result = db_changes(store->db) > 0;
	if (result >= 0 && db_commit(store->db, err) < 0)
		result = -1;
	db_rollback(store->db);
	return result;
}

static void add_claim(struct store *store, int64_t id)
{
	for (size_t i = 0; i < store->nclaims; i++)
		if (store->claims[i] == id)
			return;
	store->claims =
	    xgrow(store->claims, store->nclaims, &store->claims_cap, sizeof *store->claims);
	store->claims[store->nclaims++] = id;
}

/* A disk too full to say who has it does not keep anybody from working on it. */
int store_claim(
    struct caselog *log, int64_t id, const char *who, char **holder, struct err *err)
{
	struct store *store = store_of(log);
	struct err fault = {.text = NULL};
	int locked, written;

	*holder = NULL;
	store_refresh(store, NULL);
	if (store->held_fd < 0)
		store->held_fd = open_held(store, err);
	if (store->held_fd < 0)
		return -1;
	locked = lock_case(store->held_fd, id);
	if (locked < 0)
		return err_sys(
		    err, ERR_WRITE, "%s-held: cannot be locked", db_file(store->db));
	if (locked == 0)
		return read_holder(store, id, holder, err);
	written = write_holder(store, id, who, &fault);
	if (written == 1 || (written < 0 && fault.class == ERR_WRITE)) {
		add_claim(store, id);
		err_fini(&fault);
		return 1;
	}
	unlock_case(store->held_fd, id);
	if (written == 0)
		err_set(err, ERR_DATA, "%s: the case is not there any more", store->path);
	else
		err_set(err, fault.class, "%s", err_text(&fault));
	err_fini(&fault);
	return -1;
}

void store_release(struct caselog *log, int64_t id)
{
	struct store *store = store_of(log);

	for (size_t i = 0; i < store->nclaims; i++) {
		if (store->claims[i] != id)
			continue;
		write_holder(store, id, NULL, NULL);
		unlock_case(store->held_fd, id);
		store->claims[i] = store->claims[--store->nclaims];
		return;
	}
}

void store_release_all(struct store *store)
{
	while (store->nclaims > 0)
		store_release(&store->log, store->claims[store->nclaims - 1]);
	free(store->claims);
	if (store->held_fd >= 0)
		close(store->held_fd);
}

/* Deleting. */

static int run_with(
    struct db *db, const char *sql, int64_t id, int64_t changed, struct err *err)
{
	struct query *q = db_query(db, sql, err);
	int result;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, id);
	query_bind_number(q, 2, changed);
	result = query_run(q, err);
	query_end(q);
	return result;
}

/* Deletes the case unless it is held, or was worked on since it was listed: 1, 0, -1. */
static int delete_case(
    struct store *store, int fd, const struct case_head *head, struct err *err)
{
	int locked = lock_case(fd, head->id);

	if (locked < 1)
		return locked == 0 ? 0
				   : err_sys(err, ERR_WRITE, "%s-held: cannot be locked",
					 db_file(store->db));
	if (run_with(store->db,
		"DELETE FROM events WHERE case_id = (SELECT id FROM cases WHERE id = ? "
		"AND changed = ?)",
		head->id, head->changed, err) < 0 ||
	    run_with(store->db, "DELETE FROM cases WHERE id = ? AND changed = ?", head->id,
		head->changed, err) < 0)
		return -1;
	return db_changes(store->db) > 0;
}

#define AT_ONCE 20 /* cases of one transaction: others wait for its end */

static int delete_some(struct store *store, int fd, const struct case_head *list, size_t n,
    size_t *deleted, struct err *err)
{
	size_t done = 0;

	if (db_begin(store->db, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int result = delete_case(store, fd, &list[i], err);

		if (result < 0) {
			db_rollback(store->db);
			return -1;
		}
		done += (size_t)result;
	}
	if (db_commit(store->db, err) < 0) {
		db_rollback(store->db);
		return -1;
	}
	*deleted += done;
	return db_sync(store->db, err);
}

/* Locks of a descriptor of its own: cases that this program holds are held. */
int store_purge(
    struct caselog *log, const struct case_filter *filter, size_t *n, struct err *err)
{
	struct store *store = store_of(log);
	struct case_heads heads = {.n = 0};
	int fd = -1, result = -1;

	*n = 0;
	if (store_refresh(store, err) < 0 || store_list(log, filter, &heads, err) < 0)
		return -1;
	fd = open_held(store, err);
	if (fd < 0)
		goto out;
	for (size_t i = 0; i < heads.n; i += AT_ONCE) {
		size_t some = heads.n - i < AT_ONCE ? heads.n - i : AT_ONCE;

		if (delete_some(store, fd, &heads.list[i], some, n, err) < 0)
			goto out;
	}
	db_settle(store->db);
	result = 0;
out:
	if (fd >= 0)
		close(fd);
	case_heads_fini(&heads);
	return result;
}
