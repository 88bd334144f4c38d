/* SPDX-License-Identifier: ISC */
/*
 * Regular expressions: the only address of PCRE2. A pattern ignores case, and a blank in it
 * matches any run of white space, line ends included, because articles are wrapped; inside
 * brackets or escaped a blank is a blank. Matching runs with match, depth and heap limits:
 * a pattern that hits one has not matched, and pattern_limits_hit() counts it.
 *
 * A pattern counts how much it is used, to become machine code when that pays: it is of one
 * thread at a time, though it is constant to its users.
 */
#ifndef DECISION_PATTERN_H
#define DECISION_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../kb/err.h"

struct pattern;

/* A run of bytes [start, end) of a text; start == end == 0 for a group that took no part. */
struct span {
	size_t start, end;
};

/* NULL and err (ERR_DATA, with the offset) when the source does not compile. */
struct pattern *pattern_new(const char *source, struct err *);
/*
 * The same, compiled when it is first tried. Source and need (needs.h; NULL: not known) are
 * not copied. One that does not compile then matches nothing, and pattern_tried() is -1 with
 * the err of pattern_new.
 */
struct pattern *pattern_later(const char *source, const unsigned char *need);
int pattern_tried(const struct pattern *, struct err *);
const char *pattern_later_source(const struct pattern *);
void pattern_free(struct pattern *);

/*
 * The first match at or after `from` in text[0..len). groups[0] is the whole match, groups[i]
 * the i-th parenthesis; of `ngroups` elements all are set. Returns whether it matched.
 */
bool pattern_find(const struct pattern *, const char *text, size_t len, size_t from,
    struct span *groups, size_t ngroups);

unsigned long pattern_limits_hit(void); /* in this thread */
/* Frees what matching keeps in this thread; its main thread need not. */
void pattern_thread_end(void);

/* A source as PCRE2 gets it; the caller frees it. */
char *pattern_rewrite(const char *source);
/* For pattern_set.c: the source as PCRE2 has it, and which member of a set the pattern is. */
const char *pattern_source(const struct pattern *);
void pattern_number(struct pattern *, size_t member);

#endif
