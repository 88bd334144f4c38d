/* SPDX-License-Identifier: ISC */
/* What the fuzzing targets share: promises that are looked at, and files in memory. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kb/scan.h"
#include "../../kb/xalloc.h"

static struct memory_file {
	int fd;
	char *path;
} files[FUZZ_FILES];

void fuzz_require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "broken promise: %s\n", what);
	abort();
}

void fuzz_require_clean(const char *text)
{
	char *clean;

	if (text == NULL)
		return;
	clean = scan_clean(text, strlen(text));
	fuzz_require(strcmp(text, clean) == 0, "text is clean");
	free(clean);
}

static void file_make(struct memory_file *file)
{
	file->fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (file->fd < 0)
		abort();
	file->path = xasprintf("/proc/self/fd/%d", file->fd);
}

const char *fuzz_file(unsigned slot, const void *data, size_t size)
{
	struct memory_file *file = &files[slot];

	if (file->path == NULL)
		file_make(file);
	if (ftruncate(file->fd, 0) < 0)
		abort();
	for (size_t done = 0; done < size;) {
		ssize_t n =
		    pwrite(file->fd, (const char *)data + done, size - done, (off_t)done);

		if (n <= 0)
			abort();
		done += (size_t)n;
	}
	return file->path;
}

int fuzz_file_descriptor(unsigned slot)
{
	return files[slot].fd;
}
