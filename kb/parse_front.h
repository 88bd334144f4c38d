/* SPDX-License-Identifier: ISC */
/*
 * The front matter of an article in Markdown: YAML between two lines of three hyphens. Used
 * by parse_markdown.c only.
 */
#ifndef KB_PARSE_FRONT_H
#define KB_PARSE_FRONT_H

#include "parse_internal.h"

/* key, as it is written, whether it may have a list of values */
#define FRONT_LIST(X)                                                                      \
	X(ID, "id", false)                                                                 \
	X(TITLE, "title", false)                                                           \
	X(DATE, "date", false)                                                             \
	X(PRODUCT, "product", false)                                                       \
	X(APPLIES_TO, "applies-to", true)                                                  \
	X(KEYWORDS, "keywords", true)

enum front_key {
#define X(key, name, list) FRONT_##key,
	FRONT_LIST(X)
#undef X
	    FRONT_NKEYS
};

struct front_value {
	char *text; /* clean, on one line, not empty */
	size_t line; /* index of the line it begins on */
};

struct front_values {
	struct front_value *list;
	size_t n, cap;
};

struct front {
	struct front_values of[FRONT_NKEYS];
};

/*
 * Whether the lines from index i on are front matter, which begins with a rule of hyphens.
 * *last is then the index of the rule that ends it, or of the line before the first empty
 * one, or of the last, if there is no such rule.
 */
bool front_find(const struct scan *, size_t i, size_t *last, bool *ended);
/* Whether a line of it at the margin has that key. */
bool front_has(const struct scan *, size_t from, size_t last, const char *key);

/* Reads the lines [from, to) between the rules; reports what is odd. */
void front_read(struct front *, struct parser *, size_t from, size_t to);
void front_fini(struct front *);

#endif
