/* SPDX-License-Identifier: ISC */
/* Writing a knowledge file: equal bytes, and the old file stays until the new one is whole. */

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../decision/knowledge.h"
#include "../decision/words.h"
#include "../kb/xalloc.h"
#include "library.h"

static char *path;

static int write_library(void **state)
{
	struct err err = {.text = NULL};
	int result;

	(void)state;
	path = library_path("library.kbw");
	result = library_write(path, LIBRARY_ARTICLES, &err);
	if (result < 0)
		fprintf(stderr, "%s\n", err_text(&err));
	err_fini(&err);
	return result;
}

static int remove_library(void **state)
{
	(void)state;
	free(path);
	library_remove();
	return 0;
}

static void test_equal_input_gives_equal_bytes(void **state)
{
	char *other = library_path("a-name-that-is-longer.kbw");
	size_t na, nb;
	char *a, *b;

	(void)state;
	assert_int_equal(library_write(other, LIBRARY_ARTICLES, NULL), 0);
	a = library_read(path, &na);
	b = library_read(other, &nb);
	assert_int_equal(na, nb);
	assert_memory_equal(a, b, na);
	free(a);
	free(b);
	free(other);
}

static void test_fingerprint_tells_contents_apart(void **state)
{
	char *other = library_path("four.kbw");
	struct knowledge *knowledge = knowledge_open(path, NULL), *k;

	(void)state;
	assert_int_equal(library_write(other, LIBRARY_ARTICLES - 1, NULL), 0);
	k = knowledge_open(other, NULL);
	assert_non_null(knowledge);
	assert_non_null(k);
	assert_string_not_equal(knowledge_fingerprint(k), knowledge_fingerprint(knowledge));
	knowledge_close(k);
	knowledge_close(knowledge);
	free(other);
}

/* An article under another name. */
static int add_copy(struct knowledge_writer *w, struct casetable_builder *builder,
    uint32_t number, uint32_t of)
{
	struct article copy = *library_article(of);
	char *signature = words_signature(&copy);
	int result;

	copy.id = xasprintf("C%u", number);
	casetable_builder_add(builder, library_facts(of), 1, 0);
	result = knowledge_writer_add(
	    w, &copy, library_facts(of), library_advices(of), signature, NULL);
	free(copy.id);
	free(signature);
	return result;
}

static void keep_value(void *arg, size_t question, uint32_t id, const char *value)
{
	assert_int_equal(knowledge_writer_value(arg, question, id, value, NULL), 0);
}

#define MANY 300 /* articles; every third of them beeps */

static void write_many(const char *name)
{
	struct knowledge_writer *w = knowledge_writer_new(name, library_questions(), NULL);
	struct casetable_builder *builder = casetable_builder_new(library_questions());
	struct casetable *table;
	struct tree *tree;

	assert_non_null(w);
	for (uint32_t i = 0; i < MANY; i++)
		assert_int_equal(add_copy(w, builder, i, i % 3 == 0 ? 4 : 1), 0);
	table = casetable_builder_finish(builder, keep_value, w);
	tree = tree_grow(table, library_questions(), choose_next);
	assert_int_equal(knowledge_writer_finish(w, table, tree, NULL), 0);
	knowledge_writer_free(w);
	casetable_free(table);
	tree_free(tree);
}

static void test_a_word_of_many_articles_has_all_its_holders(void **state)
{
	char *name = library_path("many.kbw");
	struct knowledge *k;
	struct holders holders;

	(void)state;
	write_many(name);
	k = knowledge_open(name, NULL);
	assert_non_null(k);
	assert_int_equal(knowledge_verify(k, NULL), 0);
	assert_int_equal(knowledge_holders(k, "printer", &holders, NULL), 0);
	assert_int_equal(holders.n, MANY);
	holders_fini(&holders);
	assert_int_equal(knowledge_holders(k, "beep", &holders, NULL), 0);
	assert_int_equal(holders.n, MANY / 3);
	for (uint32_t i = 0; i < holders.n; i++)
		assert_int_equal(holders.list[i].article, 3 * i);
	assert_int_equal(holders.mass, holders.n * holders.list[0].weight);
	holders_fini(&holders);
	knowledge_close(k);
	free(name);
}

/* Files of the scratch folder whose name begins so. */
static int count_files(const char *beginning)
{
	char *pattern = xasprintf("ls -A '%.*s' | grep -c '^%s'",
	    (int)(strrchr(path, '/') - path), path, beginning);
	FILE *in = popen(pattern, "r");
	int n = -1;

	assert_non_null(in);
	assert_int_equal(fscanf(in, "%d", &n), 1);
	pclose(in);
	free(pattern);
	return n;
}

static void test_writer_freed_early_leaves_the_old_file(void **state)
{
	struct knowledge_writer *w;
	size_t na, nb;
	char *a = library_read(path, &na), *b;

	(void)state;
	w = knowledge_writer_new(path, library_questions(), NULL);
	assert_non_null(w);
	assert_int_equal(count_files("[.]library.kbw"), 1);
	assert_int_equal(knowledge_writer_add(w, library_article(0), library_facts(0),
			     library_advices(0), "printer 4", NULL),
	    0);
	knowledge_writer_free(w);
	assert_int_equal(count_files("[.]library.kbw"), 0);
	b = library_read(path, &nb);
	assert_int_equal(na, nb);
	assert_memory_equal(a, b, na);
	free(a);
	free(b);
}

/* In a process of its own: the limit cannot be taken back. */
static int write_with_file_limit(const char *target, rlim_t limit)
{
	struct err err = {.text = NULL};
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		struct rlimit bytes = {limit, limit};

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &bytes);
		if (library_write(target, LIBRARY_ARTICLES, &err) == 0)
			_exit(0);
		_exit(strstr(err_text(&err), target) != NULL ? (int)err.class : 1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_full_disk_leaves_the_old_file(void **state)
{
	size_t na, nb;
	char *a = library_read(path, &na), *b;

	(void)state;
	for (rlim_t limit = 0; limit < na; limit += 16384)
		assert_int_equal(write_with_file_limit(path, limit), ERR_WRITE);
	assert_int_equal(count_files("[.]library.kbw"), 0);
	b = library_read(path, &nb);
	assert_int_equal(na, nb);
	assert_memory_equal(a, b, na);
	free(a);
	free(b);
}

static void assert_not_written(const char *target, const char *why)
{
	struct err err = {.text = NULL};

	assert_null(knowledge_writer_new(target, library_questions(), &err));
	assert_int_equal(err.class, ERR_WRITE);
	if (strstr(err_text(&err), why) == NULL || strstr(err_text(&err), target) == NULL)
		fail_msg("%s", err_text(&err));
	err_fini(&err);
}

static void test_targets_that_cannot_be_written(void **state)
{
	char *nowhere = library_path("no/such/folder.kbw"), *folder = library_path(".");

	(void)state;
	assert_not_written(nowhere, "No such file");
	assert_not_written(folder, "folder");
	assert_not_written("/dev/null", "not a regular file");
	assert_not_written("", "No such file");
	free(nowhere);
	free(folder);
}

static void test_a_link_stays_a_link(void **state)
{
	char *link = library_path("link.kbw"), *target = library_path("behind.kbw");
	struct stat st;

	(void)state;
	assert_int_equal(library_write(target, 1, NULL), 0);
	assert_int_equal(symlink(target, link), 0);
	assert_int_equal(library_write(link, 2, NULL), 0);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	free(link);
	free(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_equal_input_gives_equal_bytes),
	    cmocka_unit_test(test_fingerprint_tells_contents_apart),
	    cmocka_unit_test(test_a_word_of_many_articles_has_all_its_holders),
	    cmocka_unit_test(test_writer_freed_early_leaves_the_old_file),
	    cmocka_unit_test(test_full_disk_leaves_the_old_file),
	    cmocka_unit_test(test_targets_that_cannot_be_written),
	    cmocka_unit_test(test_a_link_stays_a_link),
	};

	return cmocka_run_group_tests_name(
	    "knowledge_write", tests, write_library, remove_library);
}
