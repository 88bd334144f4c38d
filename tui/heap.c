/* SPDX-License-Identifier: ISC */
/*
 * A program that starts gets its memory page by page, each at the first touch: an
 * interruption for every 4 KB. The wizard is on the screen within a few milliseconds, and a
 * third of them would be such interruptions: curses alone fills a hundred and fifty kilobytes
 * with blanks, the tables of a knowledge file take megabytes. So the break is moved once and
 * far, which costs nothing. What is needed anyway is asked for in one request, and ends where
 * a large page can begin: all that comes after it is one interruption for every 2 MB, as long
 * as the system has large pages.
 */
#include "heap.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE_PAGE ((size_t)2 << 20)
#define REACH ((size_t)64 << 20) /* of addresses, not of memory */
#define STEP ((size_t)1 << 20) /* by which it grows where that is not enough, or refused */
#define PIECE ((size_t)32 << 20) /* smaller pieces come from the heap */

#define BEGIN ((size_t)8 << 10) /* more than is left of the heap once it is trimmed */

/* Moves the break to where the heap goes on, `bytes` before a large page; NULL if it cannot. */
static char *place_choose(size_t bytes)
{
	uintptr_t start, large;

	malloc_trim(0); /* without shared libraries it has been used before main */
	start = (uintptr_t)sbrk(0);
	large = (start + bytes + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
	if (sbrk((intptr_t)(large - bytes - start)) == (void *)-1)
		return NULL;
	return (char *)(large - bytes);
}

void heap_prepare(size_t bytes)
{
	char *place = place_choose(bytes);
	void *volatile first; /* or compilers see that it is not needed */

	/* a large page is given only where nothing was touched: malloc stays before it */
	if (place == NULL)
		return;
	mallopt(M_TOP_PAD, REACH);
	mallopt(M_TRIM_THRESHOLD, 2 * REACH);
	mallopt(M_MMAP_THRESHOLD, PIECE);
	first = malloc(BEGIN);
	mallopt(M_TOP_PAD, STEP);
	free(first);
	if ((char *)sbrk(0) < place + REACH)
		return;
#ifdef MADV_HUGEPAGE
	madvise(place + bytes, REACH - bytes, MADV_HUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
	madvise(place, bytes, MADV_POPULATE_WRITE);
#endif
}

#else

void heap_prepare(size_t bytes)
{
	(void)bytes;
}

#endif
