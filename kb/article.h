/* SPDX-License-Identifier: ISC */
/*
 * What an article is: identifier, title, date, and sections made of blocks. kb/parse.c makes
 * one of a file; decision/ reads facts and advice off it; the knowledge file stores its
 * parts and gives them back in the same shape.
 *
 * Everything an article says stands in a section: the title, the list of products it applies
 * to, the query words and the keywords of the trailer are sections of their own kind, so
 * that whoever looks for words walks one list. Order is that of the file, except that the
 * title comes first and the applies-to list second.
 *
 * The text of a block is one or more consecutive lines of the file joined by '\n': the k-th
 * of them (from 0) stands on line `line + k`. That is how every quotation finds its line.
 * Text is clean (scan.h); the layout of the file is gone: no indent common to a block, no
 * marker of a list item.
 */
#ifndef KB_ARTICLE_H
#define KB_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* kind, name in questions files and printed text, heading shown to people */
#define SECTION_LIST(X)                                                                    \
	X(TITLE, "title", "TITLE")                                                         \
	X(APPLIES_TO, "applies-to", "APPLIES TO")                                          \
	X(PREAMBLE, "preamble", "NOTE")                                                    \
	X(SUMMARY, "summary", "SUMMARY")                                                   \
	X(SYMPTOMS, "symptoms", "SYMPTOMS")                                                \
	X(CAUSE, "cause", "CAUSE")                                                         \
	X(RESOLUTION, "resolution", "RESOLUTION")                                          \
	X(WORKAROUND, "workaround", "WORKAROUND")                                          \
	X(STATUS, "status", "STATUS")                                                      \
	X(MORE_INFORMATION, "more-information", "MORE INFORMATION")                        \
	X(REFERENCES, "references", "REFERENCES")                                          \
	X(OTHER, "other", "OTHER")                                                         \
	X(QUERY_WORDS, "query-words", "QUERY WORDS")                                       \
	X(KEYWORDS, "keywords", "KEYWORDS")

enum section_kind {
#define X(kind, name, heading) SECTION_##kind,
	SECTION_LIST(X)
#undef X
	    SECTION_NKINDS
};

enum block_kind {
	BLOCK_PARAGRAPH, /* prose: line ends mean nothing */
	BLOCK_STEP, /* of a numbered list; label "1." or "a." */
	BLOCK_BULLET,
	BLOCK_VERBATIM, /* error text, path, command, table row: line ends count */
	BLOCK_NKINDS
};

struct block {
	enum block_kind kind;
	unsigned depth; /* 0 outermost; what belongs to a step or bullet is one deeper */
	unsigned line; /* of its first line, from 1 */
	char *label; /* of a step, else NULL */
	char *text; /* never empty */
};

struct section {
	enum section_kind kind;
	unsigned level; /* 1; 2 for a sub-section, whose kind is that of its section */
	unsigned line; /* of the heading, or of the first block where there is none */
	char *heading; /* as the author wrote it; NULL where there is none */
	struct block *blocks;
	size_t nblocks;
};

/* A reference to another article: "Q191014" and the title printed beside it, or NULL. */
struct reference {
	char *id, *title;
	unsigned line;
};

struct article {
	char *file; /* name without its folder */
	char *id; /* "Q177807" */
	char *title; /* never NULL; "" if there is none */
	char *date; /* "1999-12-22", or NULL */
	char *product;
	struct section *sections;
	size_t nsections;
	struct reference *references;
	size_t nreferences;
};

void article_free(struct article *);

/*
 * Whether that can be an identifier: up to 64 letters, digits, '.', '_' and '-', the first of
 * them a letter or digit. Identifiers that differ only in case are the same.
 */
bool article_id_fits(const char *id);

/* The first section of that kind and level 1, or NULL. */
const struct section *article_section(const struct article *, enum section_kind);

const char *section_name(enum section_kind); /* "more-information" */
const char *section_heading(enum section_kind); /* "MORE INFORMATION" */
/* The kind of that name, or SECTION_NKINDS. */
enum section_kind section_by_name(const char *name);

const char *block_kind_name(enum block_kind); /* "verbatim" */
/* The kind of that name, or BLOCK_NKINDS. */
enum block_kind block_kind_by_name(const char *name);

/*
 * Prints the article as canonical text: one line a fact of the structure, in file order,
 * with line numbers. It is what goldens compare and `kbc show` begins with.
 */
void article_print(FILE *, const struct article *);

#endif
