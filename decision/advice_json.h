/* SPDX-License-Identifier: ISC */
/*
 * Advice as JSON, the same in `kbc show` and `kbwizard diagnose`. Used by kbc_json.c and
 * tui/diagnose.c, which add what each knows beyond it.
 */
#ifndef DECISION_ADVICE_JSON_H
#define DECISION_ADVICE_JSON_H

#include <jansson.h>

#include "advice.h"

/* A new object: kind, section, line, applies, steps, text, risk. */
json_t *advice_json(const struct advice *, const struct questions *);

#endif
