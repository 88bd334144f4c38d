/* SPDX-License-Identifier: ISC */
/* Who may read and write a case log: modes of its files, and logs that are read-only. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "../kb/xalloc.h"
#include "casedesk.h"

static void assert_mode(const struct casedesk *desk, const char *name, unsigned mode)
{
	char *path = casedesk_path(desk, name);
	struct stat st;

	if (stat(path, &st) < 0 || (st.st_mode & 0777) != mode)
		fail_msg("%s: %o", name, st.st_mode & 0777);
	free(path);
}

static void a_log_is_for_its_user_alone_whatever_the_umask_is(void **state)
{
	static const unsigned umasks[] = {0, 0022, 0277};
	struct casedesk *desk = *state;

	for (size_t i = 0; i < sizeof umasks / sizeof *umasks; i++) {
		char *path = casedesk_path(desk, "a/b/cases.db"), *holder;
		struct case_head head = casedesk_head("anna");
		mode_t before = umask(umasks[i]);

		caselog_close(desk->log);
		desk->log = caselog_open(path, true, NULL);
		assert_non_null(desk->log);
		casedesk_append(desk, &head, EVENT_OPENED, NULL);
		assert_int_equal(caselog_claim(desk->log, head.id, "x", &holder, NULL), 1);
		umask(before);
		assert_mode(desk, "a", 0700);
		assert_mode(desk, "a/b", 0700);
		assert_mode(desk, "a/b/cases.db", 0600);
		assert_mode(desk, "a/b/cases.db-wal", 0600);
		assert_mode(desk, "a/b/cases.db-shm", 0600);
		assert_mode(desk, "a/b/cases.db-held", 0600);
		casedesk_remove(desk, "a/b/cases.db-wal a/b/cases.db-shm a/b/cases.db-held "
				      "a/b/cases.db a/b a");
		case_head_fini(&head);
		free(path);
	}
}

/* What a user without rights can do with a log in a folder that is read-only: read. */
static int use_readonly(struct casedesk *desk, const char *name)
{
	struct case_head head = casedesk_head("anna");
	struct case_record record;
	struct err err = {.text = NULL};
	char *holder;

	if (geteuid() == 0 && setresuid(65534, 65534, 65534) < 0)
		return 2;
	desk->log = caselog_open(desk->path, true, &err);
	if (desk->log == NULL) {
		print_error("%s\n", err_text(&err));
		return 4;
	}
	if (caselog_append(desk->log, &head, NULL, 0, &err) != -1 ||
	    err.class != ERR_WRITE || strstr(err.text, strerror(EACCES)) == NULL)
		return 8;
	if (caselog_claim(desk->log, 1, "x", &holder, NULL) != -1)
		return 5;
	if (caselog_read(desk->log, name, &record, NULL) != 1)
		return 6;
	return record.n == 2 || record.events[2].kind == EVENT_RESUMED ? 0 : 7;
}

static void set_modes(const struct casedesk *desk, mode_t folder, mode_t files)
{
	static const char *const names[] = {"cases.db", "cases.db-wal", "cases.db-shm"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = casedesk_path(desk, names[i]);

		chmod(path, files);
		free(path);
	}
	chmod(desk->folder, folder);
}

/*
 * Alone, or while this program has the log open: after the fork, because SQLite's locks
 * stay behind in it.
 */
static void assert_readable(struct casedesk *desk, struct case_head *head, bool open)
{
	int ends[2], status = -1;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(read(ends[0], &status, 1) == 1 ? use_readonly(desk, head->name) : 3);
	if (open) {
		casedesk_reopen(desk);
		/* the second makes SQLite mark the first as one that is read */
		casedesk_append(desk, head, EVENT_RESUMED, NULL);
		casedesk_append(desk, head, EVENT_PARKED, NULL);
	}
	set_modes(desk, 0555, 0444);
	assert_int_equal(write(ends[1], "", 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	set_modes(desk, 0755, 0600);
	assert_int_equal(status, 0);
	close(ends[0]);
	close(ends[1]);
}

static void a_log_that_cannot_be_written_can_be_read(void **state)
{
	struct casedesk *desk = *state;
	struct case_head head = casedesk_head("anna");

	casedesk_append(desk, &head, EVENT_OPENED, NULL);
	casedesk_append(desk, &head, EVENT_NOTED, NULL);
	caselog_close(desk->log);
	desk->log = NULL;
	assert_readable(desk, &head, false);
	assert_readable(desk, &head, true);
	case_head_fini(&head);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, casedesk_setup, casedesk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_log_is_for_its_user_alone_whatever_the_umask_is),
	    TEST(a_log_that_cannot_be_written_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
