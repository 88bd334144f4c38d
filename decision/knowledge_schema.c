/* SPDX-License-Identifier: ISC */
/*
 * The tables of a knowledge file. Rows that belong together are neighbours: the key of a
 * table begins with the article (or question) it is about, and WITHOUT ROWID keeps the rows
 * in the order of their keys, so that an article is read from a few pages in a row.
 */
#include "knowledge_schema.h"

#include "knowledge.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct db_identity knowledge_identity = {
    .what = "knowledge file",
    .maker = "kbc",
    .application_id = KNOWLEDGE_APPLICATION_ID,
    .format = KNOWLEDGE_FORMAT,
};

/* Sorted by nothing: made in this order. */
const struct schema_table knowledge_schema[] = {
    {"meta", "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"},
    {"question", "CREATE TABLE question(question INTEGER PRIMARY KEY, key TEXT NOT NULL, "
		 "ask TEXT NOT NULL, say TEXT NOT NULL, find TEXT NOT NULL, "
		 "kind TEXT NOT NULL, recogniser TEXT NOT NULL, of TEXT, "
		 "sections INTEGER NOT NULL, cost REAL NOT NULL, "
		 "cost_phone REAL NOT NULL, unknown REAL NOT NULL, error REAL NOT NULL, "
		 "silent INTEGER NOT NULL, variant INTEGER NOT NULL)"},
    {"answer", "CREATE TABLE answer(question INTEGER, answer INTEGER, key TEXT NOT NULL, "
	       "label TEXT NOT NULL, share REAL NOT NULL, "
	       "PRIMARY KEY(question, answer)) WITHOUT ROWID"},
    {"pattern", "CREATE TABLE pattern(question INTEGER, answer INTEGER, list TEXT, "
		"number INTEGER, source TEXT NOT NULL, "
		"PRIMARY KEY(question, answer, list, number)) WITHOUT ROWID"},
    {"symbol", "CREATE TABLE symbol(number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
	       "code TEXT NOT NULL)"},
    {"phrase", "CREATE TABLE phrase(number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
	       "source TEXT NOT NULL)"},
    {"article", "CREATE TABLE article(article INTEGER PRIMARY KEY, id TEXT NOT NULL, "
		"title TEXT NOT NULL, date TEXT, file TEXT NOT NULL, product TEXT)"},
    {"article_id", "CREATE UNIQUE INDEX article_id ON article(id COLLATE NOCASE)"},
    {"signature", "CREATE TABLE signature(article INTEGER PRIMARY KEY, "
		  "words TEXT NOT NULL)"},
    {"word", "CREATE TABLE word(token TEXT PRIMARY KEY, articles INTEGER NOT NULL, "
	     "mass INTEGER NOT NULL, holders BLOB) WITHOUT ROWID"},
    {"holders", "CREATE TABLE holders(token TEXT PRIMARY KEY, list BLOB NOT NULL) "
		"WITHOUT ROWID"},
    {"section", "CREATE TABLE section(article INTEGER, section INTEGER, "
		"kind TEXT NOT NULL, level INTEGER NOT NULL, line INTEGER NOT NULL, "
		"heading TEXT, PRIMARY KEY(article, section)) WITHOUT ROWID"},
    {"block", "CREATE TABLE block(article INTEGER, section INTEGER, block INTEGER, "
	      "kind TEXT NOT NULL, depth INTEGER NOT NULL, line INTEGER NOT NULL, "
	      "label TEXT, text TEXT NOT NULL, "
	      "PRIMARY KEY(article, section, block)) WITHOUT ROWID"},
    {"reference", "CREATE TABLE reference(article INTEGER, number INTEGER, "
		  "id TEXT NOT NULL, title TEXT, line INTEGER NOT NULL, "
		  "PRIMARY KEY(article, number)) WITHOUT ROWID"},
    {"fact", "CREATE TABLE fact(article INTEGER, number INTEGER, "
	     "question INTEGER NOT NULL, answer INTEGER, value TEXT, "
	     "role TEXT NOT NULL, curated INTEGER NOT NULL, section TEXT NOT NULL, "
	     "line INTEGER NOT NULL, quote TEXT NOT NULL, "
	     "PRIMARY KEY(article, number)) WITHOUT ROWID"},
    {"advice", "CREATE TABLE advice(article INTEGER, advice INTEGER, "
	       "kind TEXT NOT NULL, section TEXT NOT NULL, line INTEGER NOT NULL, "
	       "risks INTEGER NOT NULL, text TEXT NOT NULL, "
	       "PRIMARY KEY(article, advice)) WITHOUT ROWID"},
    {"step", "CREATE TABLE step(article INTEGER, advice INTEGER, step INTEGER, "
	     "text TEXT NOT NULL, PRIMARY KEY(article, advice, step)) WITHOUT ROWID"},
    {"condition", "CREATE TABLE condition(article INTEGER, advice INTEGER, "
		  "number INTEGER, question INTEGER, answer INTEGER, "
		  "PRIMARY KEY(article, advice, number, answer)) WITHOUT ROWID"},
    {"value", "CREATE TABLE value(question INTEGER, id INTEGER, value TEXT NOT NULL, "
	      "PRIMARY KEY(question, id)) WITHOUT ROWID"},
    {"value_id", "CREATE UNIQUE INDEX value_id ON value(question, value)"},
    {"packed", "CREATE TABLE packed(name TEXT PRIMARY KEY, bytes BLOB NOT NULL) "
	       "WITHOUT ROWID"},
};
const size_t knowledge_schema_n = COUNT(knowledge_schema);

static const char *const patterns_kind_names[PATTERNS_NKINDS] = {
    [PATTERNS_FIND] = "patterns",
    [PATTERNS_SAID] = "said",
    [PATTERNS_EXCEPT] = "except",
};

const char *patterns_kind_name(unsigned kind)
{
	return patterns_kind_names[kind];
}

struct patterns *patterns_of_kind(struct answer *answer, unsigned kind)
{
	struct patterns *const lists[PATTERNS_NKINDS] = {
	    [PATTERNS_FIND] = &answer->patterns,
	    [PATTERNS_SAID] = &answer->said,
	    [PATTERNS_EXCEPT] = &answer->except,
	};

	return lists[kind];
}
