/* SPDX-License-Identifier: ISC */
/*
 * HTML inside of Markdown: what is markup and what is text. A tag in an article is more often
 * a placeholder, "ping <address>", than HTML: only tags of well-known names are taken away,
 * and comments. Used by markdown.c only.
 */
#ifndef KB_HTML_H
#define KB_HTML_H

#include <stddef.h>

/* Where a text ended that the next one may continue. */
enum html_state { HTML_TEXT, HTML_TAG, HTML_COMMENT };

/* The text of n bytes without its markup, which may go on from the one before. */
char *html_text(enum html_state *, const char *s, size_t n);

#endif
