/* SPDX-License-Identifier: ISC */
/*
 * Allocation that cannot fail: no memory ends the program with a sentence on standard
 * error and status 70, after the function given to xalloc_on_exit (which restores the
 * terminal) has run. Everything may use this. Results are freed with free().
 */
#ifndef KB_XALLOC_H
#define KB_XALLOC_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

void xalloc_on_exit(void (*restore)(void));

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc_array(void *p, size_t n, size_t size); /* exits if n * size overflows */
char *xstrdup(const char *); /* NULL gives NULL */
char *xstrndup(const char *, size_t n);
void *xmemdup(const void *, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *fmt, va_list) __attribute__((format(printf, 1, 0)));

/* A stream that writes a string: *text and *len are set by xclose_memstream. */
FILE *xopen_memstream(char **text, size_t *len);
void xclose_memstream(FILE *);

/*
 * Makes room for one more element behind the first n of a growing array whose capacity is
 * *cap: `list = xgrow(list, n, &cap, sizeof *list)`.
 */
void *xgrow(void *p, size_t n, size_t *cap, size_t size);

#endif
