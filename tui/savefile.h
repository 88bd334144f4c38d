/* SPDX-License-Identifier: ISC */
/* Saving text to a file that a person named: whole or not at all. Used by `kbwizard cases`. */
#ifndef TUI_SAVEFILE_H
#define TUI_SAVEFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "../kb/err.h"

/* Whether something of that name is there already. */
bool savefile_exists(const char *path);

/*
 * Writes the text beside the file, for the user alone, and renames it once it is on the
 * disk. What was there is replaced, unless it is no regular file. -1 and err (ERR_WRITE).
 */
int savefile_write(const char *path, const char *text, size_t len, struct err *);

#endif
