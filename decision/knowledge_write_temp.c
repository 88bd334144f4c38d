/* SPDX-License-Identifier: ISC */
/*
 * The file a writer works on until it takes the target's name. It lies beside the target as
 * ".NAME.PROCESS-NUMBER.tmp" and is locked as long as its writer lives; the system unlocks
 * it even where the writer is killed or the machine is not asked. So whoever writes next can
 * tell a file that is left over, which it removes, from one of a build under way.
 */
#include "knowledge_write_private.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kb/xalloc.h"

#define TEMP_TRIES 100

/* Where the name begins in a path. */
static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash + 1 - path);
}

/* Steps over digits and `end`; NULL if something else stands there. */
static const char *skip_number(const char *s, const char *end)
{
	size_t n = 0, len = strlen(end);

	while (isdigit((unsigned char)s[n]))
		n++;
	return n > 0 && strncmp(s + n, end, len) == 0 ? s + n + len : NULL;
}

static bool is_temp_of(const char *file, const char *name)
{
	size_t len = strlen(name);
	const char *s = file;

	if (s[0] != '.' || strncmp(s + 1, name, len) != 0 || s[1 + len] != '.')
		return false;
	s = skip_number(s + len + 2, "-");
	s = s == NULL ? NULL : skip_number(s, ".tmp");
	return s != NULL && *s == '\0';
}

/* Removes the file unless a writer has it locked. */
static void leftover_remove(int folder, const char *file)
{
	int fd =
	    openat(folder, file, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(folder, file, 0);
	close(fd);
}

/* What cannot be removed is in nobody's way. */
static void leftovers_remove(const char *target)
{
	size_t len = folder_length(target);
	char *folder = len == 0 ? xstrdup(".") : xstrndup(target, len);
	DIR *dir = opendir(folder);
	struct dirent *entry;

	free(folder);
	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (is_temp_of(entry->d_name, target + len))
			leftover_remove(dirfd(dir), entry->d_name);
	closedir(dir);
}

/* Locks a new file; false if somebody took it for a leftover in between. */
static bool temp_lock(int fd)
{
	struct stat st;

	flock(fd, LOCK_EX); /* where files cannot be locked none is taken for a leftover */
	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

/*
 * The name begins with a dot, and with "./" where there is no folder, so that SQLite never
 * takes it for one of its own.
 */
/* Who may read the old file may read the new one, and nobody else. */
static void temp_take_mode(int fd, const char *target)
{
	struct stat st;

	if (stat(target, &st) == 0)
		fchmod(fd, st.st_mode & 0777);
}

char *temp_make(const char *target, int *lock, struct err *err)
{
	size_t len = folder_length(target);

	leftovers_remove(target);
	for (unsigned i = 0; i < TEMP_TRIES; i++) {
		char *temp = xasprintf("%.*s.%s.%ld-%u.tmp", len == 0 ? 2 : (int)len,
		    len == 0 ? "./" : target, target + len, (long)getpid(), i);

		*lock = open(temp, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0644);
		if (*lock >= 0 && temp_lock(*lock)) {
			temp_take_mode(*lock, target);
			return temp;
		}
		free(temp);
		if (*lock >= 0)
			close(*lock);
		else if (errno != EEXIST)
			break;
		*lock = -1;
	}
	err_sys(err, ERR_WRITE, "%s: cannot be written", target);
	return NULL;
}
