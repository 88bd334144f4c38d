/* SPDX-License-Identifier: ISC */
/*
 * What an answer's line (given_text.h) says by itself, where the knowledge that it was made
 * with is not at hand or no longer has it. Used by tickets, and to name what does not fit.
 */
#ifndef TUI_GIVEN_LINE_H
#define TUI_GIVEN_LINE_H

#include <stdbool.h>

/* A member; NULL if it has none. The caller frees it. */
char *given_line_member(const char *line, const char *name);
bool given_line_is_kind(const char *line, const char *kind);
/* Whether a member without a value is there: "text", "confirmed". */
bool given_line_has_word(const char *line, const char *word);
/* "cluster: yes"; the caller frees it. */
char *given_line_text(const char *line);

#endif
