/* SPDX-License-Identifier: ISC */
/*
 * What the files of the article reader share; nobody else includes this. parse.c tells how
 * they fit together.
 */
#ifndef KB_PARSE_INTERNAL_H
#define KB_PARSE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article.h"
#include "diag.h"
#include "scan.h"

/*
 * A line of the file in the shape two formats share: what stands before the text has become
 * a number. An indent of one blank counts as none: the export takes one blank from
 * every line that has any, so that nobody can tell the two apart there.
 */
struct parse_line {
	const char
	    *text; /* from the first character that is no blank; not NUL-terminated */
	size_t len; /* bytes; 0 for an empty line */
	unsigned indent;
};

#define PARSE_HEADER_KEYS 8

struct parser {
	const struct scan *scan;
	const char *path;
	struct diag *diag;
	struct article *article;
	size_t sections_cap;
	struct parse_line *lines; /* lines[i] is line i + 1 of the file */
	size_t nlines;
	size_t body; /* index of the first line behind the header */
	char **owned; /* lines that had to be rewritten; freed with the parser */
	size_t nowned, owned_cap;
	/* header lines that count as keywords if there is no trailer; by index */
	size_t keys[PARSE_HEADER_KEYS];
	size_t nkeys;
	bool unusable; /* an error was reported that says so */
	struct scan rescan; /* of a reader that reads TABs in its own way; or empty */
};

/* One format. `claims` looks at the first lines; `read` fills the article. */
struct parse_format {
	bool (*claims)(const struct scan *);
	void (*read)(struct parser *);
};

/* A piece of a line. */
struct piece {
	const char *text;
	size_t len;
};

/* Lines [from, to). */
struct range {
	size_t from, to;
};

/* parse_format.c: the formats, in the order they are tried; the last one claims any file. */
extern const struct parse_format parse_formats[];

/* parse_markdown.c: articles in Markdown of anybody's own writing */
bool parse_markdown_claims(const struct scan *);
void parse_markdown_read(struct parser *);

/* parse_entity.c: the code point an entity "&name;" stands for and its length, or 0. */
size_t parse_entity(struct piece, uint32_t *cp);

/* parse_header.c */
bool parse_is_header(const struct parse_line *);
/* Reads header lines from index i up to an empty line or a rule; where it stopped. */
size_t parse_header_read(struct parser *, size_t i);
/* Makes the title a section of its own and takes it over. Of two titles the second counts. */
void parse_header_title(struct parser *, size_t i, char *title);
struct piece parse_trim(struct piece); /* without the blanks at its ends */
bool parse_piece_is(struct piece, const char *word); /* in any case */
/* "2002-08-06" of "06-AUG-2002", "6-Aug-2002" or itself; NULL of what is no date. */
char *parse_date(struct piece);
/* Splits "Key : value"; false if there is no colon behind a key. */
bool parse_split(const struct parse_line *, struct piece *key, struct piece *value);

/* parse_trailer.c */
/* The lines of keys; *end is where the text before the trailer ends. */
struct range parse_trailer_find(const struct parser *, size_t *end);
/* The last paragraph before `end` if it begins with the heading of query words, else none. */
struct range parse_query_find(const struct parser *, size_t from, size_t end);
void parse_keywords_add(struct parser *, struct range keys);
void parse_query_add(struct parser *, struct range words);

/* parse_applies.c */
/*
 * From the heading of the list to the rule that ends it, or empty. Only a heading at the
 * beginning or below a rule counts: the same words occur in prose.
 */
struct range parse_applies_find(const struct parser *, size_t end);
void parse_applies_add(struct parser *, struct range list);
bool parse_applies_is_rule(const struct parse_line *);
/* Reports versions on line i that cannot be understood. */
void parse_applies_check(struct parser *, size_t i);

/* parse_body.c: the list of products, the sections, and what parse_trailer.c finds. */
void parse_body(struct parser *);
struct section *parse_section_add(
    struct parser *, enum section_kind, unsigned level, unsigned line);
/* The kind of section that has this heading, in any case, or SECTION_OTHER. */
enum section_kind parse_heading_kind(struct piece);
/* Notes in `seen` that there is such a section; reports the second of a kind. */
void parse_section_see(struct parser *, enum section_kind, size_t i, unsigned *seen);
/* Reports sections from the first-th on without text; one with sub-sections has their text. */
void parse_section_report_empty(struct parser *, size_t first);
/* Takes back the section added last if nothing came to stand in it. */
void parse_section_drop_empty(struct parser *);
/* The first line of [i, to) that is not empty, or `to`. */
size_t parse_skip_empty(const struct parser *, size_t i, size_t to);

/* parse_block.c: makes blocks of lines [from, to) and adds them to the section. */
void parse_blocks(struct parser *, struct section *, size_t from, size_t to);
/* Room for one block more. */
struct block *parse_block_new(struct section *);
/* Adds one block of lines [from, to) as they stand. */
void parse_block_add(struct parser *, struct section *, enum block_kind, unsigned depth,
    size_t from, size_t to);

/* parse_look.c */
enum style { STYLE_NONE, STYLE_DIGIT, STYLE_LETTER, STYLE_BULLET };

/* What a line begins with if it is a list item. */
struct marker {
	enum style style;
	unsigned number; /* of a digit or letter, from 1 */
	size_t label; /* bytes of "12." */
	size_t text; /* bytes before the item's text */
};

struct marker parse_marker(const struct parse_line *);
bool parse_ends_with(const struct parse_line *, const char *any);
/* Whether text at the margin of its surroundings has a layout of its own. */
bool parse_looks_verbatim(const struct parse_line *, size_t n, unsigned depth);
/* Whether indented text is prose all the same: a note, "-or-". */
bool parse_looks_prose(const struct parse_line *, size_t n);
/* Whether a rule stands above and below: a banner, a grid. */
bool parse_looks_framed(const struct parse_line *, size_t n);
/* Whether there are only rules. */
bool parse_looks_empty(const struct parse_line *, size_t n);

/*
 * parse_reference.c: finds what other articles the text speaks of, beside the references
 * that the reader found.
 */
void parse_references(struct article *);
/*
 * Length of the article identifier text[0..len) begins with, or 0: one to eight capitals, a
 * hyphen or none, one to nine digits, and no letter, digit or '_' behind them.
 */
size_t parse_identifier(const char *text, size_t len);

/* parse.c */
bool parse_is_rule(const struct parse_line *, char c); /* nothing but c, three or more */
bool parse_begins(const struct parse_line *, const char *prefix); /* in any case */
/* Reports about line i (an index); `at` points into its text, or is NULL for the line. */
void parse_report(struct parser *, enum diag_code, size_t i, const char *at);

#endif
