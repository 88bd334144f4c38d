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

/* The lists of patterns that an answer has. */
enum patterns_kind { PATTERNS_FIND, PATTERNS_SAID, PATTERNS_EXCEPT, PATTERNS_NKINDS };
/* Its name in the file, and the list of the answer that it is. */
const char *patterns_kind_name(unsigned kind);
struct patterns *patterns_of_kind(struct answer *, unsigned kind);

#endif
