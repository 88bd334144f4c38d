/* SPDX-License-Identifier: ISC */
/*
 * Damage: every cut and many flipped bytes of a small knowledge file, each read whole as the
 * wizard reads it. It must be refused with ERR_DATA or ERR_OPEN, or everything read must be
 * what it was. Run by damage_test.sh, which damages the real programs' files less often.
 *
 *	flip		prints how many were refused, how many made no difference
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "library.h"

#define CUT 97 /* bytes from one length to the next */
#define FLIPS 3000 /* spread over the file */

struct tally {
	const char *path;
	const char *want;
	unsigned long refused, same, wrong;
};

/* Reads the file as it lies there. */
static void try_file(struct tally *tally, const char *what, size_t at)
{
	struct err err = {.text = NULL};
	char *got = library_print(tally->path, &err);

	if (got != NULL && strcmp(got, tally->want) == 0) {
		tally->same++;
	} else if (got == NULL && (err.class == ERR_DATA || err.class == ERR_OPEN)) {
		tally->refused++;
	} else {
		tally->wrong++;
		printf("%s %zu: %s\n", what, at,
		    got == NULL ? err_text(&err) : "wrong answer");
	}
	free(got);
	err_fini(&err);
}

static void flip_byte(int fd, size_t place, unsigned char mask)
{
	unsigned char byte;

	if (pread(fd, &byte, 1, (off_t)place) != 1)
		abort();
	byte ^= mask;
	if (pwrite(fd, &byte, 1, (off_t)place) != 1)
		abort();
}

/* Places and masks are spread without pattern, the same in every run. */
static void flip_bytes(struct tally *tally, int fd, size_t len)
{
	uint64_t at = 1;

	for (size_t i = 0; i < FLIPS; i++) {
		size_t place;
		unsigned char mask;

		at = at * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		/* Every byte of the header, then anywhere. */
		place = i < 100 ? i : (size_t)(at >> 33) % len;
		mask = i % 3 == 0 ? 0xff : (unsigned char)(1 << (at >> 60) % 8);
		flip_byte(fd, place, mask);
		try_file(tally, "flip", place);
		flip_byte(fd, place, mask);
	}
}

/* From the end to the beginning; every cut must be noticed. */
static void cut_bytes(struct tally *tally, int fd, size_t len)
{
	unsigned long same = tally->same;

	for (size_t n = len - 1; n > 0; n = n > CUT ? n - CUT : 0) {
		if (ftruncate(fd, (off_t)n) < 0)
			abort();
		try_file(tally, "cut", n);
	}
	if (tally->same > same) {
		printf("%lu cuts were not noticed\n", tally->same - same);
		tally->wrong++;
	}
}

int main(void)
{
	char *path = library_path("flip.kbw"), *want;
	struct err err = {.text = NULL};
	struct tally tally = {.path = path};
	struct stat st;
	int fd;

	if (library_write(path, LIBRARY_ARTICLES, &err) < 0 ||
	    (want = library_print(path, &err)) == NULL) {
		printf("%s\n", err_text(&err));
		return 1;
	}
	fd = open(path, O_RDWR);
	if (fd < 0 || fstat(fd, &st) < 0)
		abort();
	tally.want = want;
	flip_bytes(&tally, fd, (size_t)st.st_size);
	cut_bytes(&tally, fd, (size_t)st.st_size);
	printf("%lu refused, %lu without effect, %lu wrong\n", tally.refused, tally.same,
	    tally.wrong);
	close(fd);
	free(want);
	free(path);
	library_remove();
	return tally.wrong == 0 ? 0 : 1;
}
