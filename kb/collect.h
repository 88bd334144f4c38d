/* SPDX-License-Identifier: ISC */
/*
 * Which files to read: the paths given, and below folders every *.txt and *.md in any case,
 * sorted by path (bytes), dot-files and dot-folders skipped, each file once, links to
 * folders not followed. What is found below a folder can be excluded by patterns; a path given
 * is always read.
 */
#ifndef KB_COLLECT_H
#define KB_COLLECT_H

#include <stddef.h>

#include "err.h"

struct collection {
	char **paths;
	size_t n;
};

/*
 * Patterns of the shell (fnmatch(3)) of what is left out: of a name, or, with a slash in them,
 * of a path below the folder given. A folder that matches is left out whole.
 */
struct exclusion {
	const char *const *globs;
	size_t n;
};

/*
 * -1 and err if a path given is missing or unreadable, or a folder holds no article file (that
 * is not excluded). `exclusion` may be NULL.
 */
int collect_paths(struct collection *, char *const paths[], size_t npaths,
    const struct exclusion *, struct err *);
void collect_fini(struct collection *);

#endif
