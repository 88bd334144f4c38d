/* SPDX-License-Identifier: ISC */
/*
 * What casetable.c and casetable_pack.c share: the parts of a column that follow from the
 * rest of it, and are computed again instead of stored.
 */
#ifndef DECISION_CASETABLE_PRIVATE_H
#define DECISION_CASETABLE_PRIVATE_H

#include "casetable.h"

/* Fills column->background from column->named. */
void column_count_background(struct column *, const struct question *, uint32_t narticles);
/* Fills column->count from the postings. */
void column_count_values(struct column *, uint32_t narticles);

#endif
