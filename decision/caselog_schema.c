/* SPDX-License-Identifier: ISC */
/*
 * The tables of a case log. What is an enum outside is a word here, so that people can read
 * it with sqlite3(1). A step that was released is never changed: what comes next is a step
 * of its own at the end.
 *
 * Neither the id of a case nor its number is given again when the case was deleted: a ticket
 * that names it must not come to mean another.
 */
#include "caselog_schema.h"

const char *const caselog_steps[] = {
    "CREATE TABLE cases(id INTEGER PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, "
    "number INTEGER NOT NULL, opened INTEGER NOT NULL, changed INTEGER NOT NULL, "
    "state TEXT NOT NULL, agent TEXT NOT NULL, caller TEXT, contact TEXT, reference TEXT, "
    "knowledge TEXT NOT NULL, fingerprint TEXT NOT NULL, phone INTEGER NOT NULL, "
    "holder TEXT, UNIQUE(year, number));"
    "CREATE INDEX cases_changed ON cases(changed);"
    "CREATE TABLE events(case_id INTEGER NOT NULL REFERENCES cases(id), "
    "seq INTEGER NOT NULL, time INTEGER NOT NULL, kind TEXT NOT NULL, "
    "agent TEXT NOT NULL, question TEXT, article TEXT, entry INTEGER, step INTEGER, "
    "text TEXT, internal INTEGER NOT NULL, answers TEXT, "
    "PRIMARY KEY(case_id, seq)) WITHOUT ROWID;"
    "CREATE TABLE numbers(year INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
};

const struct db_identity caselog_identity = {
    .what = "case log",
    .maker = "kbwizard",
    .application_id = CASELOG_APPLICATION_ID,
    .format = sizeof caselog_steps / sizeof *caselog_steps,
};
