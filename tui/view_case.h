/* SPDX-License-Identifier: ISC */
/* What is said of cases, on screens and in line mode; pages as in view.h. */
#ifndef TUI_VIEW_CASE_H
#define TUI_VIEW_CASE_H

#include "desk.h"
#include "view.h"

/* What is noted of a caller. */
enum detail { DETAIL_CALLER, DETAIL_CONTACT, DETAIL_REFERENCE, DETAILS };

/* "Who is calling?" */
const char *view_detail_asks(enum detail);
/* "caller", "contact", "reference"; DETAILS if it is none of them. */
enum detail view_detail_of(const char *word);
/* Of the case; NULL where it is not known. */
const char *view_detail(const struct case_head *, enum detail);

/* "0:42", "1:02:03"; the caller frees it. */
char *view_duration(int64_t milliseconds);
/* "step 0:42, case 3:10", or "on hold 1:05"; the caller frees it. */
char *view_case_clocks(const struct casefile *);
/* The answer that no longer fits and why, as a sentence; the caller frees it. */
char *view_misfit(const struct misfit *);

/* The cases, each an item from 0, or that there are none. */
void view_cases(struct page *, const struct case_heads *);

/*
 * The steps of an entry of advice, each an item from 0, ticked or not. How many are ticked.
 * The article is named as in the record.
 */
size_t view_steps_ticked(
    struct page *, const struct advised *, const char *article, const struct case_record *);
/* What is said with the step: to be read to a caller, or to be done. */
void view_one_step(struct page *, const struct advised *, size_t step, enum setting);

#endif
