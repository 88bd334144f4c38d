/* SPDX-License-Identifier: ISC */
/* A file of its own for a test that reads files, in TMPDIR or /tmp. */
#ifndef TESTS_TEMPFILE_H
#define TESTS_TEMPFILE_H

#include <stddef.h>

/* The name of a new file, to be given to tempfile_remove; NULL if there cannot be one. */
char *tempfile_new(void);
/* Replaces what the file holds; fails the test if it cannot. */
void tempfile_write(const char *path, const char *text, size_t len);
void tempfile_remove(char *path);

#endif
