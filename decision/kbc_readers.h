/* SPDX-License-Identifier: ISC */
/*
 * Articles read and understood by as many threads as there are processors, and handed over
 * one by one in the order of their paths, so that what is made of them does not depend on
 * how many threads there were. Threads go on only some articles ahead: memory does not grow
 * with the articles. Used by kbc_build.c.
 */
#ifndef DECISION_KBC_READERS_H
#define DECISION_KBC_READERS_H

#include "../kb/collect.h"
#include "kbc.h"

struct readers;

/* One article. */
struct reading_result {
	bool usable; /* without it only `diag` is set */
	struct understanding understanding;
	char *signature; /* words_signature of it */
	struct diag diag; /* what was found wrong in it */
};

/* Sources and files must outlive the readers. */
struct readers *readers_new(const struct sources *, const struct collection *files);
/*
 * The next article, which the caller may change and which is valid until the next call. To
 * be called as often as there are files.
 */
struct reading_result *readers_next(struct readers *);
/* Waits for the threads, whatever they are at. NULL is fine. */
void readers_free(struct readers *);

#endif
