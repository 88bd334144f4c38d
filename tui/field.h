/* SPDX-License-Identifier: ISC */
/*
 * One line of text being typed on a screen: the text, the cursor, the usual editing keys.
 * Pure; the screens own one each.
 */
#ifndef TUI_FIELD_H
#define TUI_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest text taken, in bytes. */
#define FIELD_LIMIT 8192

struct field {
	char *text; /* never NULL after field_init */
	size_t len, cap;
	size_t cursor; /* byte before which the cursor stands */
};

void field_init(struct field *);
void field_fini(struct field *);
void field_clear(struct field *);
/* Replaces the text; the cursor stands behind it. */
void field_set(struct field *, const char *text);

/* Takes a key; false if it is none that edits text. */
bool field_key(struct field *, uint32_t key);
/* The text is empty or blank. */
bool field_is_blank(const struct field *);

#endif
