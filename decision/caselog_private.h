/* SPDX-License-Identifier: ISC */
/*
 * What the parts of the SQLite store share: caselog_db.c opens and writes, caselog_db_read.c
 * reads, caselog_db_claim.c holds cases and deletes those that nobody holds.
 */
#ifndef DECISION_CASELOG_PRIVATE_H
#define DECISION_CASELOG_PRIVATE_H

#include "caselog.h"
#include "db.h"

struct store {
	struct caselog log; /* first */
	struct db *db;
	char *path;
	/*
	 * Events that were committed when the disk failed: the first of them. They were
	 * reported as not written, and are taken back by whatever is written next.
	 */
	int64_t doubtful_id, doubtful_seq; /* id 0: none */
	int held_fd; /* of the file of claims; -1: not opened yet */
	int64_t *claims; /* ids of the cases held */
	size_t nclaims, claims_cap;
};

struct store *store_of(struct caselog *);
/*
 * A database that could not be written when it was opened is opened anew before it is used:
 * there may be room, permission, or news in it now. -1: it is still open as it was.
 */
int store_refresh(struct store *, struct err *);

int store_read(struct caselog *, const char *name, struct case_record *, struct err *);
int store_list(
    struct caselog *, const struct case_filter *, struct case_heads *, struct err *);

int store_claim(struct caselog *, int64_t id, const char *who, char **holder, struct err *);
void store_release(struct caselog *, int64_t id);
int store_purge(struct caselog *, const struct case_filter *, size_t *n, struct err *);
/* Gives all claims back. */
void store_release_all(struct store *);

#endif
