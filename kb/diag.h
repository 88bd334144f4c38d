/* SPDX-License-Identifier: ISC */
/*
 * Every message about text an author wrote: articles, the questions file, curated facts.
 * Reading goes on after one. One list (DIAG_LIST) gives the code, its level and its text;
 * messages are collected and printed as
 *
 *	file:line:col: level: text: detail
 *	    the line
 *	      ^
 *
 * Used by kb/ and decision/ when they read sources, printed by kbc.
 */
#ifndef KB_DIAG_H
#define KB_DIAG_H

#include <stddef.h>
#include <stdio.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* code, level, text. An error makes the file (or the entry) unusable. */
#define DIAG_LIST(X)                                                                       \
	X(FILE_UNREADABLE, ERROR, "cannot be read")                                        \
	X(FILE_EMPTY, ERROR, "the file is empty")                                          \
	X(FILE_BINARY, ERROR, "not a text file")                                           \
	X(ARTICLE_NO_ID, ERROR, "no article identifier (DOCUMENT:, Article: or id: line)") \
	X(ARTICLE_NONE, NOTE,                                                              \
	    "no article: Markdown without front matter and symptoms; left out")            \
	X(ARTICLE_NO_TITLE, WARNING, "no title")                                           \
	X(ARTICLE_NO_TEXT, ERROR, "no text after the header")                              \
	X(ARTICLE_DUPLICATE, WARNING,                                                      \
	    "another article has this identifier; this one is left out")                   \
	X(ARTICLE_NO_APPLIES, NOTE, "no list of products it applies to")                   \
	X(ARTICLE_NO_SECTIONS, NOTE, "no section headings")                                \
	X(HEADER_VALUE, WARNING, "header line cannot be understood")                       \
	X(FRONT_END, WARNING, "front matter without an end: a line of three hyphens")      \
	X(FRONT_KEY, NOTE, "front matter of no meaning here")                              \
	X(TEXT_GROWS, WARNING, "tables or links without measure: the rest is not read")    \
	X(TEXT_RECODED, NOTE, "not UTF-8, or control characters: read as Windows-1252")    \
	X(HEADING_UNDERLINE, WARNING,                                                      \
	    "underline is not as long as its heading: taken as text")                      \
	X(HEADING_UNKNOWN, NOTE,                                                           \
	    "heading that is none of those advice is looked for under")                    \
	X(SECTION_EMPTY, NOTE, "section has no text")                                      \
	X(SECTION_REPEATED, NOTE, "section appears twice")                                 \
	X(APPLIES_VERSION, NOTE, "version cannot be understood")                           \
	X(YAML_SYNTAX, ERROR, "not valid YAML")                                            \
	X(YAML_SCHEMA, ERROR, "does not fit the schema of the file")                       \
	X(QUESTION_KEY, ERROR, "bad or repeated question key")                             \
	X(QUESTION_ANSWER, ERROR, "bad or repeated answer key")                            \
	X(QUESTION_RANGE, ERROR, "number out of range")                                    \
	X(QUESTION_NAME, ERROR, "unknown name")                                            \
	X(PATTERN_LIMIT, WARNING, "a pattern gave up: not all of the text was searched")   \
	X(PATTERN, ERROR, "pattern does not compile")                                      \
	X(CURATED_ARTICLE, WARNING, "curated entry for an article that is not here")       \
	X(CURATED_QUESTION, ERROR, "curated fact for an unknown question or answer")       \
	X(CURATED_QUOTE, ERROR, "quoted words are not in the article")                     \
	X(CURATED_RISK, WARNING, "curated risk for advice that is not given")              \
	X(CURATED_BEATS, NOTE, "curated fact replaces an extracted one")                   \
	X(ADVICE_NONE, NOTE,                                                               \
	    "nothing to advise: no fix, workaround, cause or explanation")                 \
	X(ARTICLE_LIST, NOTE,                                                              \
	    "a list of many problems: found by searching, never advised")                  \
	X(REFERENCE_DEAD, NOTE, "no article here has the identifier it refers to")         \
	X(TITLE_REPEATED, NOTE, "another article has this title")                          \
	X(TITLE_CUT, NOTE, "the title seems to be cut short")                              \
	X(ANSWER_UNUSED, NOTE, "no article has this answer")                               \
	X(PATTERN_UNUSED, NOTE, "the pattern matches nothing in any article")              \
	X(FACTS_NONE, NOTE, "no question tells anything about it")

enum diag_code {
#define X(code, level, text) DIAG_##code,
	DIAG_LIST(X)
#undef X
	    DIAG_NCODES
};

struct diag_message {
	enum diag_code code;
	char *file; /* as the user named it */
	unsigned line; /* from 1; 0 = the whole file */
	unsigned col; /* from 1, in characters; 0 = the whole line */
	char *detail; /* or NULL */
	char *source; /* the line, clean, of a long one the part around col; or NULL */
	unsigned caret; /* the place of col in it, from 1; 0 = none */
};

struct diag {
	struct diag_message *list; /* in the order reported */
	size_t n, cap;
	size_t count[3]; /* by level */
};

void diag_init(struct diag *);
void diag_fini(struct diag *);

/* Copies everything it is given. detail and source may be NULL. */
void diag_report(struct diag *, enum diag_code, const char *file, unsigned line,
    unsigned col, const char *source, const char *detail, ...)
    __attribute__((format(printf, 7, 8)));

enum diag_level diag_level(enum diag_code);
const char *diag_text(enum diag_code);

/* Prints the messages of `least` level or above, in order. */
void diag_print(FILE *, const struct diag *, enum diag_level least);

#endif
