/* SPDX-License-Identifier: ISC */
/*
 * Corrections and additions per article that no extractor could know: the curated file. A
 * curated fact beats an extracted one of the same question, and kbc says so. Used by kbc.
 * The format is described in kb-questions(5).
 */
#ifndef DECISION_CURATED_H
#define DECISION_CURATED_H

#include "advice.h"
#include "extract.h"

struct curated;

/* NULL: unreadable or not valid YAML (err, and diag says where). */
struct curated *curated_read(
    const char *path, const struct questions *, struct diag *, struct err *);
void curated_free(struct curated *);

/* Applies what is said of this article to its facts and advice, reporting what was beaten. */
void curated_apply(struct curated *, const struct article *, const struct questions *,
    struct facts *, struct advices *, struct diag *);

/* Reports the entries no article took. */
void curated_report_unused(const struct curated *, struct diag *);

#endif
