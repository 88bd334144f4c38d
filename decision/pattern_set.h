/* SPDX-License-Identifier: ISC */
/*
 * Many patterns against many texts. Nearly all patterns fail on nearly all texts, and what a
 * text must hold for a pattern to match is known beforehand (pattern_need.h). A set looks for
 * all of it in one pass over a text; what may match then is tried, the rest is not. Results
 * are the same as without. To make a set costs milliseconds: it is worth it for whoever
 * reads thousands of texts. Used by recognise.c and advice.c.
 */
#ifndef DECISION_PATTERN_SET_H
#define DECISION_PATTERN_SET_H

#include <stdint.h>

#include "needs.h"
#include "pattern.h"

struct pattern_set;

struct pattern_set *pattern_set_new(void);
void pattern_set_free(struct pattern_set *);

/*
 * Members are numbered from 0 in the order added: a pattern, which then knows its number, or
 * ASCII words that are met regardless of case.
 */
size_t pattern_set_add(struct pattern_set *, struct pattern *);
size_t pattern_set_add_words(struct pattern_set *, const char *words);
size_t pattern_set_size(const struct pattern_set *);
/* Nothing can be added from here on, and texts can be scanned. */
void pattern_set_finish(struct pattern_set *);

/* What one text may hold. */
struct pattern_scan {
	uint64_t *may; /* bit per member; NULL: anything */
	size_t nmembers;
	struct text_map
	    *map; /* where there is no set: for patterns that know their needs */
};

/* Scans a text. Without a set (NULL) all may match but patterns whose needs are not met. */
void pattern_scan_init(
    struct pattern_scan *, const struct pattern_set *, const char *text, size_t len);
void pattern_scan_fini(struct pattern_scan *);

/* The first member at or behind `member`, before `end`, that may be met; else `end`. */
size_t pattern_scan_next(const struct pattern_scan *, size_t member, size_t end);

/* Whether the member may be met in the text or in any part of it. */
static inline bool pattern_scan_may(const struct pattern_scan *scan, size_t member)
{
	return scan->may == NULL || member >= scan->nmembers ||
	       (scan->may[member / 64] >> member % 64 & 1) != 0;
}

/* As pattern_find, of the text that was scanned or a part of it. */
bool pattern_scan_find(const struct pattern_scan *, const struct pattern *,
    const char *text, size_t len, size_t from, struct span *groups, size_t ngroups);

#endif
