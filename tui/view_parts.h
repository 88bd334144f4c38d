/* SPDX-License-Identifier: ISC */
/* What view.c, view_advice.c and view_why.c share: pieces of a page. */
#ifndef TUI_VIEW_PARTS_H
#define TUI_VIEW_PARTS_H

#include "../decision/explain.h"
#include "view.h"

/* Prose whose paragraphs stand apart by empty lines. */
void view_prose(struct page *, enum tone, unsigned indent, const char *text);
/* "41%", "<1%"; the caller frees it. */
char *view_percent(double share);
/* An article with its probability. */
int view_candidate(struct page *, struct knowledge *, const struct state *,
    uint32_t article, struct err *);
/* An answer for or against an article, with the article's words. */
void view_reason(struct page *, struct session *, const struct reason *);

#endif
