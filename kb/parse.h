/* SPDX-License-Identifier: ISC */
/*
 * Article files to articles. Three formats, told apart by their first lines: the text form
 * (header DOCUMENT/TITLE/PRODUCT..., underlined headings), its export (front matter with a
 * permalink, an indented body), and Markdown with front matter that names an id. All end in
 * the same article. The essay in parse.c says how.
 */
#ifndef KB_PARSE_H
#define KB_PARSE_H

#include "article.h"
#include "diag.h"
#include "scan.h"

/* Largest article file that is read, in bytes. */
#define PARSE_FILE_LIMIT (16u << 20)

/*
 * The article in a file, or NULL when nothing usable is in it. Whatever is odd is reported
 * to diag under the name `path`, and reading goes on. The caller frees the article.
 */
struct article *parse_file(const char *path, struct diag *);

/* The same from lines already read; `path` is used for messages and for article->file. */
struct article *parse_lines(const struct scan *, const char *path, struct diag *);

#endif
