/* SPDX-License-Identifier: ISC */
/* Text to a file: beside it first, then in its place. */

#include "savefile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kb/xalloc.h"

bool savefile_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* A name may lead elsewhere by a link; what it leads to is replaced only if it is a file. */
static bool can_replace(const char *path)
{
	struct stat st;

	return lstat(path, &st) == -1 || S_ISREG(st.st_mode);
}

static int fill(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n == -1)
			return -1;
		text += n;
		len -= (size_t)n;
	}
	return fsync(fd);
}

int savefile_write(const char *path, const char *text, size_t len, struct err *err)
{
	char *beside;
	int fd, result = 0;

	if (!can_replace(path))
		return err_set(err, ERR_WRITE, "%s is no regular file", path);
	beside = xasprintf("%s."
			   "XXXXXX",
	    path);
	fd = mkostemp(beside, O_CLOEXEC); /* mode 0600 */
	if (fd == -1)
		result = err_sys(err, ERR_WRITE, "cannot write beside %s", path);
	else if (fill(fd, text, len) == -1 || rename(beside, path) == -1)
		result = err_sys(err, ERR_WRITE, "cannot write %s", path);
	if (result == -1 && fd != -1)
		unlink(beside);
	if (fd != -1)
		close(fd);
	free(beside);
	return result;
}
