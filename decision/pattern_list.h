/* SPDX-License-Identifier: ISC */
/*
 * Several patterns that mean one thing, compiled: those of an answer, of a recogniser, of a
 * phrase. Used inside decision/ only.
 */
#ifndef DECISION_PATTERN_LIST_H
#define DECISION_PATTERN_LIST_H

#include "pattern_set.h"
#include "question.h"

struct pattern_list {
	struct pattern **list;
	size_t n;
};

/*
 * Each returns -1 or NULL and err if a source does not compile; the list may be freed then. Where
 * needs are given the patterns are compiled later (pattern.h), and sources and needs must
 * outlive the list.
 */
struct pattern *pattern_make(const char *source, const struct needs *, struct err *);
int pattern_list_add(
    struct pattern_list *, const char *source, const struct needs *, struct err *);
int pattern_list_compile(
    struct pattern_list *, const struct patterns *, const struct needs *, struct err *);
/* Adds the domain's phrases of that name. */
int pattern_list_phrases(struct pattern_list *, const struct questions *, const char *name,
    const struct needs *, struct err *);
void pattern_list_fini(struct pattern_list *);
/* Makes members of a set of them, numbered one after the other. */
void pattern_list_join(const struct pattern_list *, struct pattern_set *);

#endif
