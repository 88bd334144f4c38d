/* SPDX-License-Identifier: ISC */
/*
 * The checksums in the pages of a sealed database: put there when it is finished, checked
 * whenever SQLite reads one; and what the header of any database says. Only db*.c use this.
 */
#ifndef DECISION_DB_PAGES_H
#define DECISION_DB_PAGES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Bytes reserved at the end of every page. */
#define PAGES_RESERVED 8

/* What the header of a database file says. */
struct pages {
	uint32_t size; /* of a page, in bytes; 0 if this is no SQLite database */
	uint32_t reserved;
	uint32_t count;
	uint32_t application_id, user_version;
};

/* What the first bytes of a file say: PAGES_HEADER of them, or it is no database. */
#define PAGES_HEADER 100
void pages_read_header(struct pages *, const unsigned char *bytes, size_t n);
/* Reads the header; -1 and errno if the file cannot be read. */
int pages_header(int fd, struct pages *);
/* Checks every page: 0, -1 and errno, or the number of a damaged one, from 1. */
long pages_check(int fd);
/* Writes the checksum of every page and syncs; -1 and errno. */
int pages_seal(int fd);

/*
 * The name of the VFS through which SQLite reads a sealed database: it opens not a path but
 * the number of a file descriptor, which stays the caller's. NULL if it cannot be registered.
 */
const char *pages_vfs(void);

#endif
