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

/* view_given_answer with the words of the article where it is about one; the caller frees it. */
char *view_given_text(struct session *, const struct given *);
/* One entry of advice of the article `id`; its heading is item number `item`. */
void view_entry(struct page *, const struct questions *, const struct advised *, int item,
    const char *id);
/* "Fix from support"; static. */
const char *view_kind_title(enum advice_kind);

#endif
