/* SPDX-License-Identifier: ISC */
/* What view.c and view_advice.c share: pieces of a page. */
#ifndef TUI_VIEW_PARTS_H
#define TUI_VIEW_PARTS_H

#include "view.h"

/* Prose whose paragraphs stand apart by empty lines. */
void view_prose(struct page *, enum tone, unsigned indent, const char *text);
/* "41%", "<1%"; the caller frees it. */
char *view_percent(double share);
/* An article with its probability. */
int view_candidate(struct page *, struct knowledge *, const struct state *,
    uint32_t article, struct err *);

#endif
