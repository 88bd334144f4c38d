/* SPDX-License-Identifier: ISC */
/*
 * What recognise.c shares with the files of the built-in recognisers, and nobody else: one
 * text under one question, and the table entry each of those files fills.
 *
 * A method names the patterns it is built on; recognise.c compiles them once and hands them
 * over in the same order. Patterns of a method write white space as \s, never as a blank.
 */
#ifndef DECISION_RECOGNISE_METHOD_H
#define DECISION_RECOGNISE_METHOD_H

#include "pattern_list.h"
#include "recognise.h"

struct answer_patterns {
	struct pattern_list find, said, except;
};

struct question_patterns {
	struct pattern *of; /* or NULL */
	struct answer_patterns *answers;
};

struct recognisers {
	const struct questions *questions;
	const struct needs *needs; /* NULL: all patterns are compiled */
	struct question_patterns *list;
	struct pattern_list builtin[RECOGNISE_NKINDS];
	struct pattern_list curing, trigger, confirmed;
	struct pattern_set *set; /* of all of them, or NULL */
	size_t first_symbol; /* the symbol table's members of the set */
	size_t *first_answer; /* of each question: the first pattern of its answers */
};

/* One text under one question. */
struct reading {
	const struct recognisers *all;
	const struct question *question;
	const struct question_patterns *patterns;
	struct pattern *const *builtin; /* of this question's method */
	size_t index; /* of the question */
	enum voice voice;
	enum block_kind kind;
	const char *text;
	size_t len;
	const struct pattern_scan *scan; /* of the text */
	const char *intro;
	struct findings *out;
	size_t first; /* of the findings of this text in `out` */
};

struct method {
	const char *const *sources; /* of the built-in patterns, NULL at the end */
	void (*seek)(struct reading *);
};

extern const struct method method_version, method_service_pack, method_event_id,
    method_event_source, method_error_code, method_message;

/* As pattern_find, of the method's own pattern `which` in the reading's text. */
bool reading_find(
    const struct reading *, int which, size_t from, struct span *groups, size_t ngroups);

/* Appends a finding; an answer below 0 needs a value, which is owned from here on. */
void reading_add(struct reading *, int answer, char *value, size_t start, size_t end);
/*
 * The same for an open question: text[start..end) made canonical. False, and nothing is
 * added, if it is no value.
 */
bool reading_add_text(struct reading *, size_t start, size_t end);
/* Adds the first group of every match of the method's own pattern `which`. */
void reading_add_each(struct reading *, int which);

/* Whether the paragraph announces a message: speaks of one and ends in a colon. */
bool intro_announces(const char *intro);
/* Whether it names the word, or more than one of it. */
bool intro_names(const char *intro, const char *word);
/* Whether it speaks of events, or of the application log, where they are. */
bool intro_names_event(const char *intro);

#endif
