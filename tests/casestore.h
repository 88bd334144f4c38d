/* SPDX-License-Identifier: ISC */
/*
 * A store of cases in memory, behind the same interface as the case log: what the tests of
 * the case at work write to, and what can be made to fail.
 */
#ifndef TESTS_CASESTORE_H
#define TESTS_CASESTORE_H

#include "../decision/caselog.h"

struct caselog *casestore_new(void);
/* From now on writing fails as on a full disk, or works again. */
void casestore_fill(struct caselog *, bool full);
/* What is kept of the case of that number, from 0. */
const struct case_record *casestore_case(const struct caselog *, size_t number);

#endif
