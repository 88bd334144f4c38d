/* SPDX-License-Identifier: ISC */
/*
 * What a text must hold for a pattern to match in it, read off the pattern: "back(s|ed)? up"
 * needs "back" and "up", "[0-9a-f]{8}" needs a run of eight hexadecimal digits. So a pattern
 * need not be tried on most texts. A need is always necessary and never sufficient; where
 * the source has anything that is not understood, nothing is needed. Used by pattern_set.c.
 */
#ifndef DECISION_PATTERN_NEED_H
#define DECISION_PATTERN_NEED_H

#include "need.h"

/* The source is one that PCRE2 compiles, matched without regard to case. */
void pattern_need(struct need *, const char *source);

#endif
