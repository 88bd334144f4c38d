/* SPDX-License-Identifier: ISC */
/* Which files are read of the paths given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../kb/collect.h"
#include "../kb/xalloc.h"

#define LIST_MAX 8

static char *home;

static void make_file(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fclose(f);
}

/* A scratch folder to work in, with a few files and folders. */
static int set_up(void **state)
{
	char folder[] = "collect_test.XXXXXX";

	home = getcwd(NULL, 0);
	*state = NULL;
	if (!home || !mkdtemp(folder) || chdir(folder) < 0)
		return -1;
	*state = xstrdup(folder);
	mkdir("kb", 0700);
	mkdir("kb/sub.txt", 0700);
	mkdir("kb/.git", 0700);
	mkdir("empty", 0700);
	make_file("kb/b.TXT");
	make_file("kb/a.md");
	make_file("kb/c.text");
	make_file("kb/.hidden.txt");
	make_file("kb/.git/x.txt");
	make_file("kb/sub.txt/a.Md");
	make_file("loose");
	return 0;
}

static int tear_down(void **state)
{
	static const char *const files[] = {"kb/.git/x.txt", "kb/sub.txt/a.Md",
	    "kb/.hidden.txt", "kb/c.text", "kb/a.md", "kb/b.TXT", "kb/link.txt", "kb/loop",
	    "kb/gone.txt", "loose", "kb/.git", "kb/sub.txt", "kb", "empty"};
	size_t i;

	for (i = 0; i < sizeof files / sizeof files[0]; i++)
		remove(files[i]);
	if (chdir(home) < 0)
		return -1;
	rmdir(*state);
	free(*state);
	free(home);
	return 0;
}

/* Collects what at most LIST_MAX paths give; they are copied, as those of argv can be written. */
static int collect(
    struct collection *collection, const char *const *paths, size_t n, struct err *err)
{
	char *copies[LIST_MAX] = {NULL};
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		copies[i] = xstrdup(paths[i]);
	rc = collect_paths(collection, copies, n, NULL, err);
	for (i = 0; i < n; i++)
		free(copies[i]);
	return rc;
}

static void assert_collected(
    const char *const *paths, size_t npaths, const char *const *want, size_t nwant)
{
	struct err err = {.class = ERR_NONE};
	struct collection collection;
	size_t i;

	assert_int_equal(collect(&collection, paths, npaths, &err), 0);
	assert_int_equal(collection.n, nwant);
	for (i = 0; i < nwant; i++)
		assert_string_equal(collection.paths[i], want[i]);
	collect_fini(&collection);
	err_fini(&err);
}

static void assert_refused(const char *path, const char *why)
{
	struct err err = {.class = ERR_NONE};
	struct collection collection;

	assert_int_equal(collect(&collection, &path, 1, &err), -1);
	assert_int_equal(err.class, ERR_OPEN);
	assert_non_null(strstr(err_text(&err), path));
	assert_non_null(strstr(err_text(&err), why));
	assert_int_equal(collection.n, 0);
	collect_fini(&collection);
	err_fini(&err);
}

static void folder_gives_its_articles_sorted(void **state)
{
	static const char *const want[] = {"kb/a.md", "kb/b.TXT", "kb/sub.txt/a.Md"};
	const char *const plain[] = {"kb"}, *const slash[] = {"kb/"};

	(void)state;
	assert_collected(plain, 1, want, 3);
	assert_collected(slash, 1, want, 3);
}

static void file_given_needs_no_ending(void **state)
{
	static const char *const want[] = {"kb/c.text", "loose"};
	const char *const paths[] = {"loose", "kb/c.text"};

	(void)state;
	assert_collected(paths, 2, want, 2);
}

static void each_file_is_read_once(void **state)
{
	static const char *const want[] = {"./kb/b.TXT", "kb/a.md", "kb/sub.txt/a.Md"};
	const char *const paths[] = {"kb", "kb/a.md", "./kb/b.TXT", "kb/sub.txt"};

	(void)state;
	assert_collected(paths, 4, want, 3);
}

static void links_lead_to_files_but_not_to_folders(void **state)
{
	static const char *const want[] = {
	    "kb/a.md", "kb/b.TXT", "kb/gone.txt", "kb/link.txt", "kb/sub.txt/a.Md"};
	const char *const paths[] = {"kb"};

	(void)state;
	assert_int_equal(symlink("../loose", "kb/link.txt"), 0);
	assert_int_equal(symlink("..", "kb/loop"), 0);
	assert_int_equal(symlink("nowhere", "kb/gone.txt"), 0);
	assert_collected(paths, 1, want, 5);
}

static void assert_left(
    const char *const *globs, size_t n, const char *const *want, size_t nwant)
{
	const struct exclusion exclusion = {.globs = globs, .n = n};
	struct err err = {.class = ERR_NONE};
	struct collection collection;
	char folder[] = "kb", given[] = "kb/c.text";
	char *paths[] = {folder, given};

	assert_int_equal(collect_paths(&collection, paths, 2, &exclusion, &err), 0);
	assert_int_equal(collection.n, nwant);
	for (size_t i = 0; i < nwant; i++)
		assert_string_equal(collection.paths[i], want[i]);
	collect_fini(&collection);
}

static void what_is_excluded_is_not_found_but_can_be_given(void **state)
{
	static const char *const all[] = {
	    "kb/a.md", "kb/b.TXT", "kb/c.text", "kb/sub.txt/a.Md"};
	static const char *const no_a[] = {"kb/b.TXT", "kb/c.text", "kb/sub.txt/a.Md"};
	static const char *const no_folder[] = {"kb/a.md", "kb/b.TXT", "kb/c.text"};
	static const char *const no_text[] = {"kb/a.md", "kb/c.text"};
	const char *const nothing[] = {"kb", "*.text", "a.md/", "sub.txt/a.md", "?"};
	const char *const name[] = {"a.md"}, *const folder[] = {"sub*"};
	const char *const path[] = {"sub.txt/*"}, *const both[] = {"*.TXT", "*.txt"};

	(void)state;
	assert_left(nothing, 5, all, 4);
	assert_left(name, 1, no_a, 3);
	assert_left(folder, 1, no_folder, 3);
	assert_left(path, 1, no_folder, 3);
	assert_left(both, 2, no_text, 2);
}

static void path_that_gives_nothing_is_refused(void **state)
{
	(void)state;
	assert_refused("missing", "No such file");
	assert_refused("empty", "no article file");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(folder_gives_its_articles_sorted),
	    TEST(file_given_needs_no_ending),
	    TEST(each_file_is_read_once),
	    TEST(links_lead_to_files_but_not_to_folders),
	    TEST(what_is_excluded_is_not_found_but_can_be_given),
	    TEST(path_that_gives_nothing_is_refused),
	};

	return cmocka_run_group_tests_name("collect", tests, NULL, NULL);
}
