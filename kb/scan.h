/* SPDX-License-Identifier: ISC */
/*
 * Bytes from outside become clean UTF-8, here and nowhere else. Article files are read
 * through this; the wizard uses it on whatever it is about to show.
 *
 * Clean text is valid UTF-8 and holds no control character but '\n': no C0, no DEL, no C1,
 * no bidirectional or other invisible format control, no byte order mark. A TAB becomes
 * blanks up to the next multiple of eight columns; CR is dropped. Bytes that are not UTF-8
 * are read as Windows-1252 (line by line, so that one odd line does not change the others);
 * what that leaves undefined becomes U+FFFD, as does every control character dropped from
 * the middle of a line.
 */
#ifndef KB_SCAN_H
#define KB_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

struct scan_line {
	const char *text; /* NUL-terminated, clean, trailing blanks removed */
	size_t len; /* bytes */
	bool recoded; /* was not UTF-8, or lost a control character */
};

struct scan {
	struct scan_line *lines; /* lines[0] is line 1 */
	size_t nlines;
	size_t nbytes; /* as read */
	bool binary; /* holds NUL bytes: not text */
	char *store; /* what the lines point into */
	char *tabbed; /* the bytes as read where there is a TAB among them, else NULL */
};

/*
 * Reads a whole regular file of at most `limit` bytes. -1 and err when it cannot be
 * opened or read, is no regular file (it is never waited on), or is larger.
 */
int scan_file(struct scan *, const char *path, size_t limit, struct err *);
void scan_bytes(struct scan *, const char *bytes, size_t n);
void scan_fini(struct scan *);
/* The same lines with TABs that move to the next multiple of `tab` columns, 1 to 8. */
void scan_again(struct scan *, const struct scan *from, unsigned tab);

/* One clean string of n bytes (NULL if 0); line ends stay. The caller frees it. */
char *scan_clean(const char *bytes, size_t n);

/* The same of a string, with its line ends made blanks; NULL gives NULL. */
char *scan_sentence(const char *text);

/* A copy, trimmed, with every run of ASCII white space one blank. The caller frees it. */
char *scan_fold(const char *text);

/* Lines [from, to) as one text, '\n' between them; "" where from >= to. The caller frees it. */
char *scan_join(const struct scan *, size_t from, size_t to);

/* The most of the first n bytes of a longer text that does not end inside a character. */
size_t scan_cut(const char *text, size_t n);

/*
 * The code point at s (NUL-terminated) and its length in bytes; at the end 0 and *cp = 0.
 * An invalid byte is one U+FFFD of length 1.
 */
size_t scan_decode(const char *s, uint32_t *cp);

/* Writes the UTF-8 form of cp to out (4 bytes of room) and returns its length. */
size_t scan_encode(uint32_t cp, char out[4]);

#endif
