/* SPDX-License-Identifier: ISC */
/*
 * What went wrong in the world: a file that cannot be opened, a full disk, a damaged
 * knowledge file. A function that can fail that way takes a `struct err *`, fills it with
 * one sentence (what, which path, why) and returns -1 or NULL. Everything may use this.
 *
 * Mistakes in text an author wrote are not errors: see diag.h. Odd input is not one either.
 */
#ifndef KB_ERR_H
#define KB_ERR_H

/* Classes of failure; the values are the exit statuses of sysexits(3). */
enum err_class {
	ERR_NONE = 0,
	ERR_USAGE = 64, /* the command line */
	ERR_DATA = 65, /* a file is damaged, foreign or of another format version */
	ERR_OPEN = 66, /* a file cannot be opened */
	ERR_INTERNAL = 70, /* a fault of ours */
	ERR_WRITE = 74, /* writing failed */
	ERR_BUSY = 75, /* somebody else has it now; later it may work */
};

struct err {
	enum err_class class;
	char *text; /* one clean sentence (scan.h), no final stop; owned; NULL if none */
};

/* Fills err (replacing what it held) and returns -1. err may be NULL. */
int err_set(struct err *err, enum err_class, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, and appends ": " and the text of errno. */
int err_sys(struct err *err, enum err_class, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The sentence, or "no error". Valid until err changes. */
const char *err_text(const struct err *err);

/* Frees the text and empties err; err may be NULL. */
void err_fini(struct err *err);

#endif
