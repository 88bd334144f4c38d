/* SPDX-License-Identifier: ISC */
/* A case log in a folder of its own. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "casedesk.h"

#define NOON INT64_C(1778587200000)

static void open_log(struct casedesk *desk)
{
	struct err err = {.text = NULL};

	desk->log = caselog_open(desk->path, true, &err);
	if (desk->log == NULL)
		fail_msg("%s", err_text(&err));
}

int casedesk_setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct casedesk *desk = xcalloc(1, sizeof *desk);

	*state = desk;
	desk->now = NOON;
	desk->folder = xasprintf("%s/kbw_cases.XXXXXX", tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(desk->folder) == NULL)
		return -1;
	desk->path = casedesk_path(desk, "cases.db");
	open_log(desk);
	return 0;
}

/* The names in the folder, one after another; NULL at the end. */
static char *next_file(const struct casedesk *desk, DIR *folder)
{
	struct dirent *entry;

	while ((entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.')
			return casedesk_path(desk, entry->d_name);
	return NULL;
}

int casedesk_teardown(void **state)
{
	struct casedesk *desk = *state;
	DIR *folder = opendir(desk->folder);
	char *path;

	caselog_close(desk->log);
	while (folder != NULL && (path = next_file(desk, folder)) != NULL) {
		if (unlink(path) < 0)
			rmdir(path);
		free(path);
	}
	if (folder != NULL)
		closedir(folder);
	rmdir(desk->folder);
	free(desk->folder);
	free(desk->path);
	free(desk);
	return 0;
}

void casedesk_reopen(struct casedesk *desk)
{
	caselog_close(desk->log);
	open_log(desk);
}

char *casedesk_path(const struct casedesk *desk, const char *name)
{
	return xasprintf("%s/%s", desk->folder, name);
}

void casedesk_remove(struct casedesk *desk, const char *names)
{
	caselog_close(desk->log);
	desk->log = NULL;
	while (*names != '\0') {
		size_t len = strcspn(names, " ");
		char *path = xasprintf("%s/%.*s", desk->folder, (int)len, names);

		if (unlink(path) < 0)
			rmdir(path);
		free(path);
		names += len + strspn(names + len, " ");
	}
}

struct case_head casedesk_head(const char *agent)
{
	return (struct case_head){
	    .opened = NOON,
	    .changed = NOON,
	    .agent = xstrdup(agent),
	    .knowledge = xstrdup("exchange"),
	    .fingerprint = xstrdup("0123456789abcdef"),
	};
}

void casedesk_append(
    struct casedesk *desk, struct case_head *head, enum event_kind kind, const char *text)
{
	char anna[] = "anna";
	struct event event = {.time = desk->now,
	    .kind = kind,
	    .agent = anna,
	    .entry = -1,
	    .step = -1,
	    .text = (char *)text};
	struct err err = {.text = NULL};

	if (caselog_append(desk->log, head, &event, 1, &err) < 0)
		fail_msg("%s", err_text(&err));
}

size_t casedesk_events(const char *path, const char *name)
{
	struct err err = {.text = NULL};
	struct caselog *log = caselog_open(path, false, &err);
	struct case_record record;
	size_t n;

	if (log == NULL || caselog_read(log, name, &record, &err) < 1)
		fail_msg("%s: %s", name, err_text(&err));
	n = record.n;
	case_record_fini(&record);
	caselog_close(log);
	return n;
}

bool casedesk_holds(const struct casedesk *desk, const char *bytes)
{
	DIR *folder = opendir(desk->folder);
	bool held = false;
	char *path;

	while ((path = next_file(desk, folder)) != NULL) {
		FILE *in = fopen(path, "r");
		char *text = xcalloc(1, 1 << 20);
		size_t len = fread(text, 1, 1 << 20, in);

		held = held || memmem(text, len, bytes, strlen(bytes)) != NULL;
		fclose(in);
		free(text);
		free(path);
	}
	closedir(folder);
	return held;
}
