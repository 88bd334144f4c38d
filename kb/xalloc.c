/* SPDX-License-Identifier: ISC */
/* Allocation that cannot fail: the one place, besides the main programs, that ends a run. */
#include "xalloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

#define XALLOC_FIRST_CAPACITY 8

static void (*xalloc_restore)(void);

void xalloc_on_exit(void (*restore)(void))
{
	xalloc_restore = restore;
}

static _Noreturn void xalloc_die(void)
{
	if (xalloc_restore)
		xalloc_restore();
	fputs("out of memory\n", stderr);
	exit(ERR_INTERNAL);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		xalloc_die();
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		xalloc_die();
	return p;
}

void *xrealloc_array(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		xalloc_die();
	p = realloc(p, n && size ? n * size : 1);
	if (!p)
		xalloc_die();
	return p;
}

char *xstrdup(const char *s)
{
	return s ? xmemdup(s, strlen(s) + 1) : NULL;
}

char *xstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void *xmemdup(const void *p, size_t n)
{
	void *copy = xmalloc(n);

	if (n)
		memcpy(copy, p, n);
	return copy;
}

char *xvasprintf(const char *fmt, va_list args)
{
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		xalloc_die();
	return text;
}

char *xasprintf(const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = xvasprintf(fmt, args);
	va_end(args);
	return text;
}

FILE *xopen_memstream(char **text, size_t *len)
{
	FILE *stream = open_memstream(text, len);

	if (!stream)
		xalloc_die();
	return stream;
}

void xclose_memstream(FILE *stream)
{
	if (fclose(stream) != 0)
		xalloc_die();
}

void *xgrow(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	if (*cap > SIZE_MAX / 2)
		xalloc_die();
	*cap = *cap ? *cap * 2 : XALLOC_FIRST_CAPACITY;
	return xrealloc_array(p, *cap, size);
}
