/* SPDX-License-Identifier: ISC */
/*
 * The case log in a bad world: full disks, locks, damage, other people's files. What cannot be
 * done is said in a sentence, and nothing that was there is lost.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "../kb/xalloc.h"
#include "casedesk.h"
#include "tempfile.h"

static const struct case_filter all = {.most = 0};

/* The whole of a file; NULL if there is none, or it is something else. */
static char *contents(const char *path, size_t *len)
{
	char *bytes;
	struct stat st;
	FILE *in;

	*len = 0;
	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return NULL;
	in = fopen(path, "r");
	assert_non_null(in);
	bytes = xcalloc(1, 1 << 20);
	*len = fread(bytes, 1, 1 << 20, in);
	fclose(in);
	return bytes;
}

/* The disk: what is synced is copied to synced.db beside the log, or the sync fails. */

static struct {
	const struct casedesk *desk; /* NULL: it is left alone */
	bool broken;
} disk;

static void copy_synced(int fd)
{
	char *link = xasprintf("/proc/self/fd/%d", fd), name[4096];
	ssize_t len = readlink(link, name, sizeof name - 1);
	const char *tail;
	char *to, *bytes;
	size_t size;

	free(link);
	assert_true(len > 0);
	name[len] = '\0';
	tail = strstr(name, "cases.db");
	if (tail == NULL)
		return; /* the folder */
	to = xasprintf("%s/synced%s", disk.desk->folder, tail + strlen("cases"));
	bytes = contents(name, &size);
	tempfile_write(to, bytes, size);
	free(bytes);
	free(to);
}

/* In the place of the C library's, for SQLite. */
int fdatasync(int fd)
{
	if (disk.broken) {
		errno = EIO;
		return -1;
	}
	if (disk.desk != NULL)
		copy_synced(fd);
	return (int)syscall(SYS_fdatasync, fd);
}

/* What the folder would hold after a power cut: reading it would change it, so a copy. */
static void copy_file(const struct casedesk *desk, const char *from, const char *to)
{
	char *source = casedesk_path(desk, from), *target = casedesk_path(desk, to);
	size_t len;
	char *bytes = contents(source, &len);

	unlink(target);
	if (bytes != NULL)
		tempfile_write(target, bytes, len);
	free(bytes);
	free(source);
	free(target);
}

static void what_was_appended_outlives_a_power_cut(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	char *cut = casedesk_path(desk, "cut.db");

	caselog_close(desk->log);
	unlink(desk->path);
	disk.desk = desk;
	desk->log = caselog_open(desk->path, true, NULL);
	for (size_t i = 1; i <= 20; i++) {
		casedesk_append(desk, &head, EVENT_NOTED, "x");
		copy_file(desk, "synced.db", "cut.db");
		copy_file(desk, "synced.db-wal", "cut.db-wal");
		disk.desk = NULL;
		assert_int_equal(casedesk_events(cut, head.name), i);
		disk.desk = desk;
	}
	disk.desk = NULL;
	free(cut);
	case_head_fini(&head);
}

/* Reported as not written, and written again: it is there once. */
static void what_a_failing_disk_has_taken_is_not_there_twice(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	char anna[] = "anna";
	struct event event = {.kind = EVENT_NOTED, .agent = anna, .entry = -1, .step = -1};
	struct case_heads heads;

	for (int i = 0; i < 2; i++) {
		struct err err = {.text = NULL};

		disk.broken = true;
		assert_int_equal(caselog_append(desk->log, &head, &event, 1, &err), -1);
		assert_int_equal(err.class, ERR_WRITE);
		if (strstr(err.text, strerror(EIO)) == NULL)
			fail_msg("%s", err.text);
		assert_true(i == 1 || head.id == 0);
		disk.broken = false;
		assert_int_equal(caselog_append(desk->log, &head, &event, 1, &err), 0);
		assert_int_equal(casedesk_events(desk->path, head.name), i + 1);
		err_fini(&err);
	}
	assert_int_equal(caselog_list(desk->log, &all, &heads, NULL), 0);
	assert_int_equal(heads.n, 1);
	case_heads_fini(&heads);
	case_head_fini(&head);
}

/* Appending fails, and says so with these words in it. */
static void assert_append_fails(
    struct casedesk *desk, struct case_head *head, const char *why)
{
	char anna[] = "anna", *text = xmalloc(100001);
	struct event event = {
	    .kind = EVENT_NOTED, .agent = anna, .entry = -1, .step = -1, .text = text};
	struct err err = {.text = NULL};

	memset(text, 'x', 100000);
	text[100000] = '\0';
	assert_int_equal(caselog_append(desk->log, head, &event, 1, &err), -1);
	assert_int_equal(err.class, ERR_WRITE);
	if (strstr(err.text, why) == NULL || strstr(err.text, desk->path) == NULL)
		fail_msg("%s", err.text);
	err_fini(&err);
	free(text);
}

static void a_full_disk_costs_nothing_that_was_there(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	struct rlimit limit, old;

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	limit = (struct rlimit){.rlim_cur = 60000, .rlim_max = old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (int i = 0; i < 3; i++)
		assert_append_fails(desk, &head, "cannot be written");
	assert_int_equal(casedesk_events(desk->path, head.name), 1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	casedesk_append(desk, &head, EVENT_NOTED, "room again");
	assert_int_equal(casedesk_events(desk->path, head.name), 2);
	case_head_fini(&head);
}

static sqlite3 *other_program(const char *path)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

static void run(sqlite3 *db, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
}

static void run_on(const char *path, const char *sql)
{
	sqlite3 *db = other_program(path);

	run(db, sql);
	sqlite3_close(db);
}

static void a_lock_held_too_long_is_said(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	sqlite3 *other = other_program(desk->path);

	run(other, "BEGIN IMMEDIATE");
	assert_append_fails(desk, &head, "another program has locked it");
	assert_int_equal(head.id, 0);
	run(other, "COMMIT");
	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	sqlite3_close(other);
	case_head_fini(&head);
}

static void a_log_that_was_removed_is_not_written_to(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	unlink(desk->path);
	assert_append_fails(desk, &head, "moved or removed");
	case_head_fini(&head);
}

/* Files that are refused. */

/* It is refused, whether it may be made or not, with these words, and left as it is. */
static void assert_refused(const char *path, enum err_class class, const char *why)
{
	size_t len, after;
	char *before = contents(path, &len), *now;

	for (int make = 0; make < 2; make++) {
		struct err err = {.text = NULL};

		assert_null(caselog_open(path, make, &err));
		if (err.class != class || strstr(err.text, path) == NULL ||
		    strstr(err.text, why) == NULL)
			fail_msg("%s", err.text);
		err_fini(&err);
	}
	now = contents(path, &after);
	assert_int_equal(after, len);
	if (before != NULL)
		assert_memory_equal(now, before, len);
	free(before);
	free(now);
}

static void other_peoples_files_are_refused(void **state)
{
	struct casedesk *desk = *state;
	char *path = casedesk_path(desk, "other");

	tempfile_write(path, "a shopping list\n", 16);
	assert_refused(path, ERR_DATA, "not a case log");
	tempfile_write(path, "SQLite format 3", 16);
	assert_refused(path, ERR_DATA, "not a case log");
	unlink(path);
	run_on(path, "CREATE TABLE x(y); INSERT INTO x VALUES(1)");
	assert_refused(path, ERR_DATA, "not a case log");
	run_on(path, "PRAGMA journal_mode = WAL; INSERT INTO x VALUES(2)");
	assert_refused(path, ERR_DATA, "not a case log");
	run_on(path, "PRAGMA application_id = 0x4b425731");
	assert_refused(path, ERR_DATA, "not a case log");
	free(path);
}

static void a_newer_log_is_refused(void **state)
{
	struct casedesk *desk = *state;
	sqlite3 *other = other_program(desk->path);

	run(other, "PRAGMA user_version = 99");
	assert_refused(desk->path, ERR_DATA, "made by a newer kbwizard (format 99");
	sqlite3_close(other);
	caselog_close(desk->log);
	assert_refused(desk->path, ERR_DATA, "made by a newer kbwizard (format 99");
	run_on(desk->path, "PRAGMA user_version = 1");
	desk->log = caselog_open(desk->path, false, NULL);
	assert_non_null(desk->log);
}

static void what_is_no_file_is_refused_at_once(void **state)
{
	struct casedesk *desk = *state;
	char *path = casedesk_path(desk, "odd");
	struct err err = {.text = NULL};

	assert_null(caselog_open(path, false, &err));
	assert_int_equal(err.class, ERR_OPEN);
	err_fini(&err);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_refused(path, ERR_OPEN, "not a regular file");
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_refused(path, ERR_OPEN, "a folder");
	rmdir(path);
	assert_int_equal(symlink("/nonexistent/cases.db", path), 0);
	assert_refused(path, ERR_OPEN, "cannot be");
	free(path);
}

static void a_link_to_a_log_is_the_log(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");
	char *path = casedesk_path(desk, "link"), *wal = casedesk_path(desk, "link-wal");

	assert_int_equal(symlink(desk->path, path), 0);
	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	assert_int_equal(casedesk_events(path, head.name), 1);
	assert_int_equal(access(wal, F_OK), -1);
	case_head_fini(&head);
	free(path);
	free(wal);
}

static void an_empty_file_becomes_a_log_and_keeps_its_mode(void **state)
{
	struct casedesk *desk = *state;
	char *path = casedesk_path(desk, "empty"), *wal = casedesk_path(desk, "empty-wal");
	struct err err = {.text = NULL};
	struct stat st;
	struct caselog *log;

	tempfile_write(path, "", 0);
	chmod(path, 0660);
	assert_null(caselog_open(path, false, &err));
	assert_int_equal(err.class, ERR_DATA);
	err_fini(&err);
	/* what was not yet moved into the file would be thrown away */
	tempfile_write(wal, "x", 1);
	assert_refused(path, ERR_DATA, "its -wal file is not");
	assert_int_equal(access(wal, F_OK), 0);
	unlink(wal);
	log = caselog_open(path, true, NULL);
	assert_non_null(log);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_int_equal(stat(wal, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	caselog_close(log);
	free(path);
	free(wal);
}

/* Damage. */

static struct case_head three_events(struct casedesk *desk)
{
	struct case_head head = casedesk_head("anna");

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	casedesk_append(desk, &head, EVENT_NOTED, "one");
	casedesk_append(desk, &head, EVENT_PARKED, NULL);
	return head;
}

/* The case cannot be read, with these words. */
static void assert_damaged(struct casedesk *desk, const char *sql, const char *why)
{
	struct case_record record;
	struct err err = {.text = NULL};

	run_on(desk->path, sql);
	assert_int_equal(caselog_read(desk->log, "1", &record, &err), -1);
	assert_int_equal(err.class, ERR_DATA);
	if (strstr(err.text, "damaged case log") == NULL || strstr(err.text, why) == NULL)
		fail_msg("%s", err.text);
	err_fini(&err);
}

static void a_damaged_row_is_named(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = three_events(desk);

	case_head_fini(&head);
	assert_damaged(desk, "UPDATE events SET time = 'noon' WHERE seq = 3",
	    "(case 2026-00001, event 3)");
	assert_damaged(desk, "UPDATE events SET answers = 'x' WHERE seq = 3",
	    "case 2026-00001: event 3 has changed");
	assert_damaged(desk, "UPDATE events SET kind = 'x' WHERE seq = 2",
	    "case 2026-00001: event 2 is of no known kind");
	assert_damaged(desk, "DELETE FROM events WHERE seq = 2",
	    "case 2026-00001: event 2 is missing");
	assert_damaged(desk, "UPDATE cases SET state = 'x'", "case 2026-00001: its state");
}

static void a_cut_log_is_refused(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = three_events(desk);
	struct stat st;

	case_head_fini(&head);
	caselog_close(desk->log);
	desk->log = NULL;
	assert_int_equal(stat(desk->path, &st), 0);
	for (off_t len = st.st_size - 1; len > 0; len -= 1021) {
		assert_int_equal(truncate(desk->path, len), 0);
		assert_refused(desk->path, ERR_DATA, len < 100 ? "not a" : "bytes long");
	}
}

/*
 * A byte of the header that is another: refused and left alone, or it makes no difference,
 * neither now nor after something was written.
 */
static void try_header(struct casedesk *desk, const char *bytes, size_t len, size_t at)
{
	struct err err = {.text = NULL};
	struct case_record record;

	tempfile_write(desk->path, bytes, len);
	desk->log = caselog_open(desk->path, true, &err);
	if (desk->log == NULL) {
		assert_refused(desk->path, ERR_DATA, "");
	} else {
		if (caselog_read(desk->log, "1", &record, &err) != 1 || record.n != 3)
			fail_msg("byte %zu: %s", at, err_text(&err));
		casedesk_append(desk, &record.head, EVENT_NOTED, "x");
		assert_int_equal(casedesk_events(desk->path, "1"), 4);
		case_record_fini(&record);
	}
	err_fini(&err);
	caselog_close(desk->log);
	desk->log = NULL;
}

static void a_damaged_header_is_refused_or_harmless(void **state)
{
	static const unsigned char masks[] = {0x01, 0x80, 0xff};
	struct casedesk *desk = *state;
	struct case_head head = three_events(desk);
	size_t len, n = 0;
	char *bytes;

	case_head_fini(&head);
	caselog_close(desk->log);
	bytes = contents(desk->path, &len);
	for (size_t at = 0; at < 100; at++) {
		for (size_t i = 0; i < sizeof masks; i++) {
			bytes[at] ^= (char)masks[i];
			try_header(desk, bytes, len, at);
			bytes[at] ^= (char)masks[i];
			n++;
		}
	}
	assert_int_equal(n, 300);
	free(bytes);
}

static int teardown(void **state)
{
	disk.desk = NULL;
	disk.broken = false;
	return casedesk_teardown(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, casedesk_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_was_appended_outlives_a_power_cut),
	    TEST(what_a_failing_disk_has_taken_is_not_there_twice),
	    TEST(a_full_disk_costs_nothing_that_was_there),
	    TEST(a_lock_held_too_long_is_said),
	    TEST(a_log_that_was_removed_is_not_written_to),
	    TEST(other_peoples_files_are_refused),
	    TEST(a_newer_log_is_refused),
	    TEST(what_is_no_file_is_refused_at_once),
	    TEST(a_link_to_a_log_is_the_log),
	    TEST(an_empty_file_becomes_a_log_and_keeps_its_mode),
	    TEST(a_damaged_row_is_named),
	    TEST(a_cut_log_is_refused),
	    TEST(a_damaged_header_is_refused_or_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
