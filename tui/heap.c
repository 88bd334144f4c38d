/* SPDX-License-Identifier: ISC */
/*
 * A program that starts gets its memory page by page, each at the first touch: an
 * interruption for every 4 KB. The wizard is on the screen within a few milliseconds, and a
 * third of them would be such interruptions: curses alone fills a hundred and fifty kilobytes
 * with blanks, the tables of a large knowledge file take megabytes. So the break is moved once
 * and far, which costs nothing; what is needed anyway is asked for in one request, and behind
 * it the system may take large pages.
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

void heap_prepare(size_t bytes)
{
	uintptr_t start = (uintptr_t)sbrk(0);
	uintptr_t large = (start + bytes + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1), end;
	void *volatile first; /* or compilers see that it is not needed */

	mallopt(M_TOP_PAD, REACH);
	mallopt(M_TRIM_THRESHOLD, REACH);
	mallopt(M_MMAP_THRESHOLD, PIECE);
	first = malloc(1);
	mallopt(M_TOP_PAD, STEP);
	free(first);
	end = (uintptr_t)sbrk(0) & ~(LARGE_PAGE - 1);
	if (end <= large)
		return;
#ifdef MADV_POPULATE_WRITE
	madvise((void *)start, bytes, MADV_POPULATE_WRITE);
#endif
#ifdef MADV_HUGEPAGE
	madvise((void *)large, end - large, MADV_HUGEPAGE);
#endif
}

#else

void heap_prepare(size_t bytes)
{
	(void)bytes;
}

#endif
