/* SPDX-License-Identifier: ISC */
/*
 * What a knowledge file looks like inside: its tables, and the names that stand in them for
 * what is an enum outside. Writer and reader share this; kbw(5) describes it.
 */
#ifndef DECISION_KNOWLEDGE_SCHEMA_H
#define DECISION_KNOWLEDGE_SCHEMA_H

#include "advice.h"
#include "db.h"

extern const struct db_identity knowledge_identity;

/* One table: its name and the statement that makes it. */
struct schema_table {
	const char *name, *sql;
};
extern const struct schema_table knowledge_schema[];
extern const size_t knowledge_schema_n;

#define ROLES 3
const char *role_name(enum role);
unsigned role_by_name(const char *); /* or ROLES */

/* The lists of patterns of an answer, by name. */
enum pattern_list { PATTERN_LIST_PATTERNS, PATTERN_LIST_SAID, PATTERN_LIST_EXCEPT };
#define PATTERN_LISTS 3
const char *pattern_list_name(unsigned list);
struct patterns *pattern_list_of(struct answer *, unsigned list);

#endif
