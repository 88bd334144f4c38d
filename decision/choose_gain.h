/* SPDX-License-Identifier: ISC */
/*
 * What one question would tell: the arithmetic behind choose.c. Used by choose.c and its
 * tests; the formulas are in the essay there.
 */
#ifndef DECISION_CHOOSE_GAIN_H
#define DECISION_CHOOSE_GAIN_H

#include "belief.h"

/*
 * Mutual information, in bits, between the hypotheses (every article, and none of them) and
 * the answer of somebody who can answer. Never negative.
 */
double choose_gain(const struct casetable *, const struct questions *,
    const struct belief *, size_t question);

/* The same of showing these signs. That some may be like others is left out of account. */
double choose_gain_signs(const struct belief *, const struct signs *);

#endif
