/* SPDX-License-Identifier: ISC */
/*
 * The heap, asked for in large pieces. Used by main, before anything is allocated.
 */
#ifndef TUI_HEAP_H
#define TUI_HEAP_H

#include <stddef.h>

/*
 * Makes room for what is known to be needed, `bytes` of it at once. Nothing is promised: where
 * the system knows no such request, all works as without it.
 */
void heap_prepare(size_t bytes);

#endif
