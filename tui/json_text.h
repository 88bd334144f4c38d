/* SPDX-License-Identifier: ISC */
/* Values as JSON, the same in diagnose, tickets and lists of cases. */
#ifndef TUI_JSON_TEXT_H
#define TUI_JSON_TEXT_H

#include <jansson.h>
#include <stdint.h>

/* Clean UTF-8; null for NULL. */
json_t *json_text(const char *);
/* To six places. */
json_t *json_probability(double);
/* "2026-11-24T09:12:33Z" of milliseconds since 1970. */
json_t *json_time(int64_t);

#endif
