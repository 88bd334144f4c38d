/* SPDX-License-Identifier: ISC */
/*
 * What a schema cannot say about a questions file: keys, ranges, names that must exist,
 * patterns that must compile. Used by question_read.c.
 */
#ifndef DECISION_QUESTION_CHECK_H
#define DECISION_QUESTION_CHECK_H

#include "question.h"
#include "yamlfile.h"

/*
 * Checks questions made of a document, entry by entry in its order, and completes them:
 * answers of open questions become canonical, and a missing share (NAN) is what is left,
 * divided evenly. Returns the number of faults; each is in diag.
 */
size_t questions_check(struct questions *, const struct yamlfile *, struct diag *);

#endif
