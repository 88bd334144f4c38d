/* SPDX-License-Identifier: ISC */
/*
 * SQLite trusts the pages it reads: a flipped bit in a text is shown as it is, one in an
 * index hides a row. So every page of a sealed database ends in a checksum of the bytes
 * before it and of its own number (a page in another's place is as bad), and SQLite reads
 * the file through a VFS that compares it. The VFS can read one file and do nothing else:
 * no journal, no lock, no temporary file.
 *
 * The layout of the header is that of SQLite's file format, section 1.3.
 */
#include "db_pages.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "../kb/xalloc.h"
#include "checksum.h"

#define LARGEST_PAGE 65536

static uint32_t big_endian(const unsigned char *p, int n)
{
	uint32_t value = 0;

	while (n-- > 0)
		value = value << 8 | *p++;
	return value;
}

/* Reads until the end of the file; returns how much, or -1. */
static ssize_t read_at(int fd, unsigned char *out, size_t n, off_t at)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = pread(fd, out + done, n - done, at + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

static int write_at(int fd, const unsigned char *bytes, size_t n, off_t at)
{
	while (n > 0) {
		ssize_t done = pwrite(fd, bytes, n, at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes += done;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

void pages_read_header(struct pages *pages, const unsigned char *head, size_t n)
{
	uint32_t size;

	*pages = (struct pages){.size = 0};
	if (n < PAGES_HEADER || memcmp(head, "SQLite format 3", 16) != 0)
		return;
	size = big_endian(head + 16, 2);
	if (size == 1)
		size = LARGEST_PAGE;
	if (size < 512 || (size & (size - 1)) != 0)
		return;
	*pages = (struct pages){
	    .size = size,
	    .reserved = head[20],
	    .count = big_endian(head + 28, 4),
	    .user_version = big_endian(head + 60, 4),
	    .application_id = big_endian(head + 68, 4),
	};
}

int pages_header(int fd, struct pages *pages)
{
	unsigned char head[PAGES_HEADER];
	ssize_t got = read_at(fd, head, sizeof head, 0);

	if (got < 0)
		return -1;
	pages_read_header(pages, head, (size_t)got);
	return 0;
}

static void page_sum(const unsigned char *page, size_t size, uint64_t number,
    unsigned char out[PAGES_RESERVED])
{
	struct checksum c;
	uint64_t sum;

	checksum_init(&c);
	checksum_add_number(&c, number);
	checksum_add(&c, page, size - PAGES_RESERVED);
	sum = checksum_value(&c);
	for (int i = 0; i < PAGES_RESERVED; i++)
		out[i] = (unsigned char)(sum >> 8 * i);
}

/* So much is read and written at once: the calls would take longer than the sums. */
#define SEAL_SIZE (1u << 20)

/* Sums up n pages from the one of that number on. */
static void pages_sum(
    unsigned char *bytes, const struct pages *pages, uint32_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		unsigned char *page = bytes + (size_t)i * pages->size;

		page_sum(page, pages->size, first + i, page + pages->size - PAGES_RESERVED);
	}
}

int pages_seal(int fd)
{
	struct pages pages;
	unsigned char *bytes;
	uint32_t most, n;
	int result = -1;

	if (pages_header(fd, &pages) < 0)
		return -1;
	errno = EIO; /* of what follows: not the file that was made, or it has shrunk */
	if (pages.size == 0 || pages.reserved != PAGES_RESERVED)
		return -1;
	bytes = xmalloc(SEAL_SIZE);
	most = SEAL_SIZE / pages.size;
	for (uint32_t i = 0; i < pages.count; i += n) {
		off_t at = (off_t)i * pages.size;
		size_t size;

		n = pages.count - i < most ? pages.count - i : most;
		size = (size_t)n * pages.size;
		if (read_at(fd, bytes, size, at) != (ssize_t)size)
			goto out;
		pages_sum(bytes, &pages, i, n);
		if (write_at(fd, bytes, size, at) < 0)
			goto out;
	}
	result = fsync(fd);
out:
	free(bytes);
	return result;
}

static bool page_is_whole(const unsigned char *page, size_t size, uint64_t number)
{
	unsigned char sum[PAGES_RESERVED];

	page_sum(page, size, number, sum);
	return memcmp(sum, page + size - PAGES_RESERVED, sizeof sum) == 0;
}

long pages_check(int fd)
{
	struct pages pages;
	unsigned char *page;
	long result = 0;

	if (pages_header(fd, &pages) < 0)
		return -1;
	page = xmalloc(LARGEST_PAGE);
	for (uint32_t i = 0; i < pages.count && result == 0; i++) {
		ssize_t got = read_at(fd, page, pages.size, (off_t)i * pages.size);

		if (got < 0)
			result = -1;
		else if (got < (ssize_t)pages.size || !page_is_whole(page, pages.size, i))
			result = (long)i + 1;
	}
	free(page);
	return result;
}

/*
 * What SQLite holds of the open file. It asks for one page at a time, though what is read most
 * of, the long lists, lies in pages one after the other: there the next ones are read as well,
 * twice as many each time, because the call takes longer than to copy a page.
 */
struct page_file {
	sqlite3_file base; /* first: SQLite sees only this */
	int fd;
	int page_size;
	unsigned char *ahead; /* AHEAD_MOST bytes, or NULL */
	size_t nahead, window; /* bytes in it, and how many are asked for next */
	sqlite3_int64 ahead_at, next; /* where in the file; behind the page read last */
};

#define AHEAD_LEAST ((size_t)16 << 10)
#define AHEAD_MOST ((size_t)128 << 10)

static int file_close(sqlite3_file *base)
{
	struct page_file *file = (struct page_file *)base;

	free(file->ahead); /* the descriptor belongs to whoever opened it */
	file->ahead = NULL;
	return SQLITE_OK;
}

static bool is_ahead(const struct page_file *file, int n, sqlite3_int64 at)
{
	return at >= file->ahead_at &&
	       at + n <= file->ahead_at + (sqlite3_int64)file->nahead;
}

/* Reads what begins at that place into the store; what cannot be read is tried again alone. */
static void read_ahead(struct page_file *file, sqlite3_int64 at)
{
	ssize_t got;

	if (file->ahead == NULL)
		file->ahead = xmalloc(AHEAD_MOST);
	got = read_at(file->fd, file->ahead, file->window, at);
	file->nahead = got < 0 ? 0 : (size_t)got;
	file->ahead_at = at;
	if (file->window < AHEAD_MOST)
		file->window *= 2;
}

/* Reads a page, or what there is of it. */
static ssize_t read_page(struct page_file *file, void *out, int n, sqlite3_int64 at)
{
	bool on = at == file->next;

	file->next = at + n;
	if (on && !is_ahead(file, n, at))
		read_ahead(file, at);
	if (!is_ahead(file, n, at)) {
		file->window = AHEAD_LEAST;
		return read_at(file->fd, out, (size_t)n, at);
	}
	memcpy(out, file->ahead + (at - file->ahead_at), (size_t)n);
	return n;
}

/* Whole pages are checked; SQLite reads parts only of the header, before the page itself. */
static int file_read(sqlite3_file *base, void *out, int n, sqlite3_int64 at)
{
	struct page_file *file = (struct page_file *)base;
	bool whole = n == file->page_size && at % n == 0;
	ssize_t got =
	    whole ? read_page(file, out, n, at) : read_at(file->fd, out, (size_t)n, at);

	if (got < 0)
		return SQLITE_IOERR_READ;
	if (got < n) {
		memset((unsigned char *)out + got, 0, (size_t)(n - got));
		return SQLITE_IOERR_SHORT_READ;
	}
	if (whole && !page_is_whole(out, (size_t)n, (uint64_t)(at / n)))
		return SQLITE_IOERR_DATA;
	return SQLITE_OK;
}

static int file_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	(void)file, (void)bytes, (void)n, (void)at;
	return SQLITE_READONLY;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	(void)file, (void)size;
	return SQLITE_READONLY;
}

static int file_sync(sqlite3_file *file, int flags)
{
	(void)file, (void)flags;
	return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
	struct stat st;

	if (fstat(((struct page_file *)base)->fd, &st) < 0)
		return SQLITE_IOERR_FSTAT;
	*size = st.st_size;
	return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level)
{
	(void)file, (void)level;
	return SQLITE_OK;
}

static int file_reserved_lock(sqlite3_file *file, int *held)
{
	(void)file;
	*held = 0;
	return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int what, void *arg)
{
	(void)file, (void)what, (void)arg;
	return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int file_characteristics(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

static int vfs_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
	struct page_file *file = (struct page_file *)base;
	struct pages pages;

	(void)vfs;
	file->base.pMethods = NULL;
	if (name == NULL || (flags & SQLITE_OPEN_MAIN_DB) == 0)
		return SQLITE_CANTOPEN;
	file->fd = (int)strtol(name, NULL, 10);
	if (pages_header(file->fd, &pages) < 0)
		return SQLITE_IOERR_READ;
	file->page_size = (int)pages.size;
	file->ahead = NULL;
	file->nahead = 0;
	file->window = AHEAD_LEAST;
	file->ahead_at = file->next = 0;
	file->base.pMethods = &file_methods;
	if (out_flags != NULL)
		*out_flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY;
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	(void)vfs, (void)name, (void)sync_folder;
	return SQLITE_READONLY;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *exists)
{
	(void)vfs, (void)name, (void)flags;
	*exists = 0;
	return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
	(void)vfs;
	sqlite3_snprintf(n, out, "%s", name);
	return SQLITE_OK;
}

/* Nothing here is random or has a time: equal files give equal answers. */
static int vfs_randomness(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	memset(out, 0, (size_t)n);
	return n;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, double *days)
{
	(void)vfs;
	*days = 0;
	return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs, (void)n, (void)out;
	return errno;
}

const char *pages_vfs(void)
{
	static sqlite3_vfs vfs = {
	    .iVersion = 1,
	    .szOsFile = sizeof(struct page_file),
	    .mxPathname = 64,
	    .zName = "sealed",
	    .xOpen = vfs_open,
	    .xDelete = vfs_delete,
	    .xAccess = vfs_access,
	    .xFullPathname = vfs_full_path,
	    .xRandomness = vfs_randomness,
	    .xSleep = vfs_sleep,
	    .xCurrentTime = vfs_time,
	    .xGetLastError = vfs_last_error,
	};

	if (sqlite3_vfs_find(vfs.zName) == NULL &&
	    sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
		return NULL;
	return vfs.zName;
}
