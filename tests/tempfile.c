/* SPDX-License-Identifier: ISC */
/* A file of its own for a test that reads files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "../kb/xalloc.h"
#include "tempfile.h"

char *tempfile_new(void)
{
	const char *folder = getenv("TMPDIR");
	char *path = xasprintf("%s/kbw_test.XXXXXX", folder != NULL ? folder : "/tmp");
	int fd = mkstemp(path);

	if (fd >= 0 && close(fd) == 0)
		return path;
	free(path);
	return NULL;
}

void tempfile_write(const char *path, const char *text, size_t len)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, len, out), len);
	assert_int_equal(fclose(out), 0);
}

void tempfile_remove(char *path)
{
	if (path != NULL)
		unlink(path);
	free(path);
}
