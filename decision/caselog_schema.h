/* SPDX-License-Identifier: ISC */
/*
 * What a case log looks like inside: its identity, and the migrations that bring an older one
 * up to date. Used by caselog_db*.c; kbcases(5) describes the tables.
 */
#ifndef DECISION_CASELOG_SCHEMA_H
#define DECISION_CASELOG_SCHEMA_H

#include "db.h"

#define CASELOG_APPLICATION_ID 0x4b424331 /* "KBC1" */

extern const struct db_identity caselog_identity;

/* As db_open_shared wants them, identity.format of them. */
extern const char *const caselog_steps[];

#endif
