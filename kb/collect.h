/* SPDX-License-Identifier: ISC */
/*
 * Which files to read: the paths given, and below folders every *.txt and *.md in any case,
 * sorted by path (bytes), dot-files and dot-folders skipped, each file once, links to
 * folders not followed.
 */
#ifndef KB_COLLECT_H
#define KB_COLLECT_H

#include <stddef.h>

#include "err.h"

struct collection {
	char **paths;
	size_t n;
};

/* -1 and err if a path given is missing or unreadable, or a folder holds no article file. */
int collect_paths(struct collection *, char *const paths[], size_t npaths, struct err *);
void collect_fini(struct collection *);

#endif
