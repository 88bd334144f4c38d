/* SPDX-License-Identifier: ISC */
/*
 * Article files to articles: what goldens cannot show. Shapes no author writes, time, and
 * the published articles, of which thousands exist in both formats.
 */
#include <dirent.h>
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
#include "../kb/parse.h"
#include "../kb/xalloc.h"

#define HEAD "DOCUMENT:Q900100  06-AUG-2001  [tern]\nTITLE   :TERN: Test\n\n"

static struct article *parse_bytes(const char *bytes, size_t n, struct diag *diag)
{
	struct article *article;
	struct scan scan;

	scan_bytes(&scan, bytes, n);
	article = parse_lines(&scan, "folder/test.txt", diag);
	scan_fini(&scan);
	return article;
}

static struct article *parse_text(const char *text)
{
	struct article *article;
	struct diag diag;

	diag_init(&diag);
	article = parse_bytes(text, strlen(text), &diag);
	diag_fini(&diag);
	return article;
}

/* ---- odd files ---- */

static void assert_refused(const char *path, enum diag_code code)
{
	struct diag diag;

	diag_init(&diag);
	assert_null(parse_file(path, &diag));
	assert_int_equal(diag.n, 1);
	assert_int_equal(diag.list[0].code, code);
	assert_string_equal(diag.list[0].file, path);
	diag_fini(&diag);
}

static void what_is_no_file_is_reported(void **state)
{
	char folder[] = "parse_test.XXXXXX", *fifo;

	(void)state;
	assert_non_null(mkdtemp(folder));
	fifo = xasprintf("%s/fifo.txt", folder);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_refused(folder, DIAG_FILE_UNREADABLE);
	assert_refused(fifo, DIAG_FILE_UNREADABLE);
	unlink(fifo);
	assert_refused(fifo, DIAG_FILE_UNREADABLE);
	rmdir(folder);
	free(fifo);
}

static void binary_and_empty_files_get_one_error(void **state)
{
	struct diag diag;

	(void)state;
	diag_init(&diag);
	assert_null(parse_bytes("DOCUMENT:Q1\0", 12, &diag));
	assert_null(parse_bytes("", 0, &diag));
	assert_null(parse_bytes("\n \n", 3, &diag));
	assert_int_equal(diag.n, 3);
	assert_int_equal(diag.list[0].code, DIAG_FILE_BINARY);
	assert_int_equal(diag.list[1].code, DIAG_FILE_EMPTY);
	assert_int_equal(diag.list[2].code, DIAG_FILE_EMPTY);
	diag_fini(&diag);
}

static void every_beginning_of_an_article_is_survived(void **state)
{
	static const char text[] = HEAD
	    "======\n---\nThe information in this article applies to:\n\n - A\n    - "
	    "B\n---\n"
	    "SUMMARY\n=======\n\n1. Do:\n\n   a. This\n\n      that\n - x\nA  B\n----\n\n"
	    "   Q900101 Other\n   article\n\nAdditional query words: a\n\n"
	    "======================================================================\n"
	    "Keywords          : x\n\n"
	    "============================================================================="
	    "\n";
	size_t n;

	(void)state;
	for (n = 0; n < sizeof text; n++) {
		struct diag diag;

		diag_init(&diag);
		article_free(parse_bytes(text, n, &diag));
		diag_fini(&diag);
	}
}

static void line_ends_make_no_difference(void **state)
{
	struct article *article =
	    parse_text("DOCUMENT:Q900100\rTITLE   :T\r\rSUMMARY\r=======\r\rText.\r");

	(void)state;
	assert_non_null(article);
	assert_int_equal(article->sections[1].kind, SECTION_SUMMARY);
	assert_int_equal(article->sections[1].blocks[0].line, 7);
	assert_string_equal(article->file, "test.txt");
	article_free(article);
}

static void a_long_title_of_a_reference_is_cut_between_characters(void **state)
{
	char text[1000] = HEAD "RESOLUTION\n==========\n\n   Q123456 x";
	struct article *article;
	size_t n = strlen(text), len;

	(void)state;
	/* two bytes each: one of them stands across any even limit */
	for (; n < sizeof text - 4; n += 2)
		memcpy(text + n, "\xc3\xbf", 3);
	article = parse_text(text);
	assert_non_null(article);
	assert_int_equal(article->nreferences, 1);
	len = strlen(article->references[0].title);
	assert_int_equal(len % 2, 1);
	assert_int_equal((unsigned char)article->references[0].title[len - 1], 0xbf);
	article_free(article);
}

/* ---- time ---- */

/* Head and n times the piece, its '#' replaced by a number; the caller frees it. */
static char *repeat(const char *piece, size_t n)
{
	size_t size, i;
	char *text = NULL;
	FILE *out = open_memstream(&text, &size);

	fputs(HEAD, out);
	for (i = 0; i < n; i++) {
		size_t before = strcspn(piece, "#");

		fprintf(out, "%.*s%05zu%s", (int)before, piece, i,
		    piece[before] ? piece + before + 1 : "");
	}
	fclose(out);
	return text;
}

static void many_of_anything_take_no_longer_than_few(void **state)
{
	/* a quadratic step anywhere would take minutes here */
#define RULE "======================================================================"
	static const char *const pieces[] = {
	    "CAUSE\n=====\n\nText #.\n\n",
	    "Part #\n",
	    "1. Step #\n\n",
	    "   Q# A title\n",
	    "                                                        - deep #\n",
	    RULE "\n#",
	    "\n" RULE "\n#\n",
	    "Keywords: #\n",
	    "The information in this article applies to:\n\n#\n",
	    "a.b\\c\t\xe4\x1b #  ",
	};
#undef RULE
	size_t i;

	(void)state;
	for (i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		char *text = repeat(pieces[i], 100000);
		struct article *article = parse_text(text);

		assert_non_null(article);
		article_free(article);
		free(text);
	}
}

static void ten_thousand_sections_are_kept(void **state)
{
	char *text = repeat("Part #\n==========\n\nText.\n\n", 10000);
	struct article *article = parse_text(text);

	(void)state;
	assert_non_null(article);
	assert_int_equal(article->nsections, 10001);
	assert_string_equal(article->sections[10000].heading, "Part 09999");
	article_free(article);
	free(text);
}

static void items_nest_only_so_deep(void **state)
{
	size_t size, i;
	char *text = NULL;
	FILE *out = open_memstream(&text, &size);
	struct article *article;

	(void)state;
	fputs(HEAD, out);
	for (i = 0; i < 2000; i++)
		fprintf(out, "%*s- item\n", (int)(3 * i), "");
	fclose(out);
	article = parse_text(text);
	assert_non_null(article);
	assert_int_equal(article->sections[1].nblocks, 2000);
	assert_true(article->sections[1].blocks[1999].depth < 16);
	article_free(article);
	free(text);
}

/* ---- published articles ---- */

/* $KBW_SHARED/sub, or NULL if it is not there. The caller frees it. */
static char *shared(const char *sub)
{
	const char *folder = getenv("KBW_SHARED");
	char *path = xasprintf("%s/%s", folder ? folder : "../shared", sub);
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return path;
	free(path);
	return NULL;
}

/* Every line of every block stands, letter for letter, where the block says. */
static void assert_lines_exact(const struct article *article, const struct scan *scan)
{
	size_t i, k;

	for (i = 0; i < article->nsections; i++)
		for (k = 0; k < article->sections[i].nblocks; k++) {
			const struct block *block = &article->sections[i].blocks[k];
			const char *text = block->text;
			unsigned line = block->line;

			for (;; line++) {
				size_t len = strcspn(text, "\n");
				size_t blanks = strspn(text, " ");

				assert_true(line >= 1 && line <= scan->nlines);
				if (blanks > len)
					blanks = len;
				if (article->sections[i].kind != SECTION_TITLE &&
				    !memchr(scan->lines[line - 1].text, '<',
					scan->lines[line - 1].len) &&
				    !memmem(scan->lines[line - 1].text,
					scan->lines[line - 1].len, text + blanks,
					len - blanks))
					fail_msg("%s:%u", article->file, line);
				if (!text[len])
					break;
				text += len + 1;
			}
		}
}

static void assert_folder_parses(const char *sub)
{
	char *folder = shared(sub);
	struct err err = {.class = ERR_NONE};
	struct collection files;
	struct diag diag;
	size_t i;

	if (!folder) {
		print_message("skipped: %s is not in $KBW_SHARED\n", sub);
		skip();
	}
	diag_init(&diag);
	assert_int_equal(collect_paths(&files, &folder, 1, NULL, &err), 0);
	for (i = 0; i < files.n; i++) {
		size_t errors = diag.count[DIAG_ERROR];
		struct article *article = parse_file(files.paths[i], &diag);
		struct scan scan;

		if (!article) /* then the author is told why */
			assert_int_equal(diag.count[DIAG_ERROR], errors + 1);
		else if (scan_file(&scan, files.paths[i], PARSE_FILE_LIMIT, &err) == 0) {
			assert_lines_exact(article, &scan);
			scan_fini(&scan);
		}
		article_free(article);
	}
	collect_fini(&files);
	diag_fini(&diag);
	free(folder);
}

static void seeds_parse(void **state)
{
	(void)state;
	assert_folder_parses("seeds");
}

static void text_articles_parse(void **state)
{
	(void)state;
	assert_folder_parses("corpus/exchange/txt");
}

static void markdown_articles_parse(void **state)
{
	(void)state;
	assert_folder_parses("corpus/exchange/md");
}

static void articles_on_other_products_parse(void **state)
{
	(void)state;
	assert_folder_parses("corpus/other");
}

/*
 * What the article says without where it stands: canonical text less its line numbers and
 * file name. The export moved every TAB one column by taking the blank before it, so the
 * length of gaps inside lines is not compared where the text file has TABs.
 */
static char *canonical(const char *path, bool squeeze)
{
	struct diag diag;
	struct article *article;
	char *text = NULL, *from, *to;
	size_t size;
	FILE *out;

	diag_init(&diag);
	article = parse_file(path, &diag);
	diag_fini(&diag);
	if (!article)
		return xstrdup("");
	free(article->file);
	article->file = NULL;
	out = open_memstream(&text, &size);
	article_print(out, article);
	fclose(out);
	article_free(article);
	for (from = to = text; *from; from++) {
		bool begins = from == text || from[-1] == '\n';

		if (begins && *from == ' ') {
			from += strspn(from, " ");
			from += strspn(from, "0123456789");
		}
		if (!squeeze || *from != ' ' || from[-1] != ' ')
			*to++ = *from;
	}
	*to = '\0';
	return text;
}

static bool file_has_tab(const char *path)
{
	FILE *in = fopen(path, "r");
	int c = EOF;

	while (in && (c = getc(in)) != EOF && c != '\t')
		continue;
	if (in)
		fclose(in);
	return c == '\t';
}

static void both_formats_give_the_same_article(void **state)
{
	char *folder = shared("corpus/exchange/txt");
	struct err err = {.class = ERR_NONE};
	struct collection files;
	size_t i;

	(void)state;
	if (!folder) {
		print_message("skipped: corpus/exchange is not in $KBW_SHARED\n");
		skip();
	}
	assert_int_equal(collect_paths(&files, &folder, 1, NULL, &err), 0);
	for (i = 0; i < files.n; i++) {
		const char *name = strrchr(files.paths[i], '/') + 1;
		char *other =
		    xasprintf("%s/../md/%.*s.md", folder, (int)strcspn(name, "."), name);
		bool tabs = file_has_tab(files.paths[i]);
		char *text = canonical(files.paths[i], tabs),
		     *markdown = canonical(other, tabs);

		if (strcmp(text, markdown) != 0)
			fail_msg("%s: the two formats differ", name);
		free(text);
		free(markdown);
		free(other);
	}
	collect_fini(&files);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_file_is_reported),
	    cmocka_unit_test(binary_and_empty_files_get_one_error),
	    cmocka_unit_test(every_beginning_of_an_article_is_survived),
	    cmocka_unit_test(line_ends_make_no_difference),
	    cmocka_unit_test(a_long_title_of_a_reference_is_cut_between_characters),
	    cmocka_unit_test(many_of_anything_take_no_longer_than_few),
	    cmocka_unit_test(ten_thousand_sections_are_kept),
	    cmocka_unit_test(items_nest_only_so_deep),
	    cmocka_unit_test(seeds_parse),
	    cmocka_unit_test(text_articles_parse),
	    cmocka_unit_test(markdown_articles_parse),
	    cmocka_unit_test(articles_on_other_products_parse),
	    cmocka_unit_test(both_formats_give_the_same_article),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
