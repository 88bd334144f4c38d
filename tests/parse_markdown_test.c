/* SPDX-License-Identifier: ISC */
/*
 * Articles in Markdown: what goldens cannot show. Lines of text that nobody would write,
 * files that would become far more than they are, and which format a file is taken for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../kb/parse.h"
#include "../kb/xalloc.h"

#define FRONT "---\nid: tern-1\ntitle: Test\n---\n\n## Status\n\n"

static struct article *read_bytes(const char *text, size_t n, struct diag *diag)
{
	struct article *article;
	struct scan scan;

	scan_bytes(&scan, text, n);
	article = parse_lines(&scan, "folder/test.md", diag);
	scan_fini(&scan);
	return article;
}

static struct article *read_text(const char *text)
{
	struct article *article;
	struct diag diag;

	diag_init(&diag);
	article = read_bytes(text, strlen(text), &diag);
	diag_fini(&diag);
	return article;
}

/* How often a code was reported of a text. */
static size_t count_reports(const char *text, size_t n, enum diag_code code)
{
	struct diag diag;
	size_t i, count = 0;

	diag_init(&diag);
	article_free(read_bytes(text, n, &diag));
	for (i = 0; i < diag.n; i++)
		count += diag.list[i].code == code;
	diag_fini(&diag);
	return count;
}

/* `head` and then n times `part`. */
static char *repeat(const char *head, const char *part, size_t n, size_t *len)
{
	size_t head_len = strlen(head), part_len = strlen(part), i;
	char *text = xmalloc(head_len + n * part_len + 1);

	memcpy(text, head, head_len);
	for (i = 0; i < n; i++)
		memcpy(text + head_len + i * part_len, part, part_len);
	*len = head_len + n * part_len;
	text[*len] = '\0';
	return text;
}

/* The block that begins with these words. */
static const struct block *find_block(const struct article *a, const char *words)
{
	size_t i, k;

	for (i = 0; i < a->nsections; i++)
		for (k = 0; k < a->sections[i].nblocks; k++)
			if (strncmp(a->sections[i].blocks[k].text, words, strlen(words)) ==
			    0)
				return &a->sections[i].blocks[k];
	fail_msg("no block begins with: %s", words);
	return NULL;
}

/*
 * Every word of the form "Lnn" stands on line nn of the text: through links, code spans,
 * entities, comments, tables and lists.
 */
static void every_line_knows_its_place(void **state)
{
	static const char text[] =
	    "---\nid: tern-1\n---\nL4 a [link L4\nL5 over](\nx.md\n) L7 `code L7\nL8 span` "
	    "*L8\n"
	    "L9* &amp; L9<!-- gone\ngone --> L10\\\nL11\n\n[ref]: /target\n\"title\"\n"
	    "L15 [ref] L15\n\n> L17\nL18 lazy\n\n- L20\n\n      L22\n\n  L24 | L24\n  - | "
	    "-\n"
	    "  L26 | L26\n\n```\n\n\nL31\n\n  L33\n```\n<div>\nL36 <b>L36</b>\n</div>\n";
	struct article *a = read_text(text);
	size_t i, k, n = 0;

	(void)state;
	assert_non_null(a);
	for (i = 0; i < a->nsections; i++)
		for (k = 0; k < a->sections[i].nblocks; k++) {
			const struct block *block = &a->sections[i].blocks[k];
			unsigned line = block->line;
			const char *s;

			for (s = block->text; *s; s++) {
				line += *s == '\n';
				if (*s != 'L')
					continue;
				assert_int_equal(strtoul(s + 1, NULL, 10), line);
				n++;
			}
		}
	assert_int_equal(n, 25);
	article_free(a);
}

static void a_tab_is_four_columns_wide(void **state)
{
	struct article *a = read_text(FRONT "-\tone\n\n\ttwo\n\n\t- three\n\n\t\t\tfour\n");

	(void)state;
	assert_int_equal(find_block(a, "one")->kind, BLOCK_BULLET);
	assert_int_equal(find_block(a, "two")->kind, BLOCK_PARAGRAPH);
	assert_int_equal(find_block(a, "two")->depth, 1);
	assert_int_equal(find_block(a, "three")->depth, 1);
	assert_int_equal(find_block(a, "four")->kind, BLOCK_VERBATIM);
	article_free(a);
}

static void steps_count_on_from_their_first_number(void **state)
{
	struct article *a =
	    read_text(FRONT "8. one\n8. two\n1. three\n\ntext\n\n3) four\n");

	(void)state;
	assert_string_equal(find_block(a, "one")->label, "8.");
	assert_string_equal(find_block(a, "two")->label, "9.");
	assert_string_equal(find_block(a, "three")->label, "10.");
	assert_string_equal(find_block(a, "four")->label, "3)");
	article_free(a);
}

/* A quotation that nothing announces is prose. */
static void an_announced_quotation_keeps_its_lines(void **state)
{
	struct article *a = read_text(
	    FRONT "You see:\n\n> one\n> two\n>\n> three\n\nNext.\n\n> four\n> five\n");

	(void)state;
	assert_int_equal(find_block(a, "one\ntwo")->kind, BLOCK_VERBATIM);
	assert_int_equal(find_block(a, "three")->kind, BLOCK_VERBATIM);
	assert_int_equal(find_block(a, "four\nfive")->kind, BLOCK_PARAGRAPH);
	article_free(a);
}

static void an_identifier_has_any_form_up_to_64_characters(void **state)
{
	static const char *const good[] = {"a", "7", "Q177807", "net-no-link", "KB_1.2",
	    "a234567890123456789012345678901234567890123456789012345678901234"};
	static const char *const bad[] = {"-a", ".a", "a b", "a/b", "\xc3\xa4", "a,b",
	    "a2345678901234567890123456789012345678901234567890123456789012345"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		char *text = xasprintf("---\nid: %s\n---\n\nText.\n", good[i]);
		struct article *a = read_text(text);

		assert_non_null(a);
		assert_string_equal(a->id, good[i]);
		article_free(a);
		free(text);
	}
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		char *text = xasprintf("---\nid: \"%s\"\n---\n\nText.\n", bad[i]);

		assert_null(read_text(text));
		assert_int_equal(count_reports(text, strlen(text), DIAG_HEADER_VALUE), 1);
		free(text);
	}
}

/* The export is told by its front matter, unless somebody writes an id there. */
static void the_front_matter_tells_the_format(void **state)
{
	struct article *a;

	(void)state;
	a = read_text("---\nlayout: page\npermalink: /kb/Q900001/\n---\n\n"
		      "\tArticle: Q900001\n\n\tSTATUS\n\t======\n\n\tText.\n");
	assert_non_null(a);
	assert_string_equal(a->id, "Q900001");
	assert_non_null(article_section(a, SECTION_STATUS));
	article_free(a);
	a = read_text(
	    "---\nlayout: page\npermalink: /own/\nid: own\n---\n\n# Status\n\nText.\n");
	assert_non_null(a);
	assert_string_equal(a->id, "own");
	assert_non_null(article_section(a, SECTION_STATUS));
	article_free(a);
}

/* Items of any depth, at most eight levels of which are kept apart, and as many quotations. */
static void depth_has_no_end(void **state)
{
	static const char *const parts[] = {"- ", "1. ", "> ", "[", "*", "![", "<", "- > "};
	size_t i, k, len;

	(void)state;
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		char *text = repeat(FRONT "x\n\n", parts[i], 10000, &len);
		struct article *a;

		text[len - 1] = 'x';
		a = read_text(text);
		assert_non_null(a);
		for (k = 0; k < a->sections[1].nblocks; k++)
			assert_true(a->sections[1].blocks[k].depth <= 8);
		article_free(a);
		free(text);
	}
}

/* As many cells as rows times columns; every row is kept, but as text. */
static void a_table_of_nothing_stays_small(void **state)
{
	size_t len, head_len, i;
	char *head = repeat(FRONT, "|a", 3000, &head_len), *rule, *text;
	struct article *a;

	(void)state;
	rule = repeat("\n", "|-", 3000, &head_len);
	head = xrealloc_array(head, strlen(head) + head_len + 2, 1);
	strcat(strcat(head, rule), "\n");
	text = repeat(head, "|b\n", 3000, &len);
	a = read_text(text);
	assert_non_null(a);
	for (i = 0; i < a->sections[1].nblocks; i++)
		assert_true(strlen(a->sections[1].blocks[i].text) < len);
	assert_int_equal(count_reports(text, len, DIAG_TEXT_GROWS), 0);
	article_free(a);
	free(text);
	free(rule);
	free(head);
}

static void links_to_a_long_target_are_measured(void **state)
{
	size_t len, target_len;
	char *target = repeat(FRONT "[a]: \\.", "u", 100000, &target_len), *text;

	(void)state;
	target = xrealloc_array(target, target_len + 3, 1);
	strcat(target, "\n\n");
	text = repeat(target, "[a] ", 20000, &len);
	assert_int_equal(count_reports(text, len, DIAG_TEXT_GROWS), 1);
	free(text);
	text = repeat(target, "[a] ", 4, &len);
	assert_int_equal(count_reports(text, len, DIAG_TEXT_GROWS), 0);
	free(text);
	free(target);
}

static void front_matter_nested_without_end_is_refused(void **state)
{
	size_t len;
	char *text = repeat("---\nid: tern-1\nkeywords: ", "[", 100000, &len);

	(void)state;
	assert_int_equal(count_reports(text, len, DIAG_YAML_SYNTAX), 1);
	assert_null(read_text(text));
	free(text);
}

/* Every front part and every rest of an article: no crash, no block without text. */
static void an_article_cut_anywhere_is_read(void **state)
{
	static const char text[] = FRONT
	    "1. a `b`\n\n   ```\n   c\n   ```\n\n> d\n\n| e | f |\n|---|---|\n| g | h |\n\n"
	    "<!-- i -->\n\n[j](k.md \"l\") &amp; **m**\n\n### n\n\no\n=\n";
	size_t i;

	(void)state;
	for (i = 0; i < sizeof text; i++) {
		struct diag diag;

		diag_init(&diag);
		article_free(read_bytes(text, i, &diag));
		article_free(read_bytes(text + i, sizeof text - 1 - i, &diag));
		diag_fini(&diag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_line_knows_its_place),
	    cmocka_unit_test(a_tab_is_four_columns_wide),
	    cmocka_unit_test(steps_count_on_from_their_first_number),
	    cmocka_unit_test(an_announced_quotation_keeps_its_lines),
	    cmocka_unit_test(an_identifier_has_any_form_up_to_64_characters),
	    cmocka_unit_test(the_front_matter_tells_the_format),
	    cmocka_unit_test(depth_has_no_end),
	    cmocka_unit_test(a_table_of_nothing_stays_small),
	    cmocka_unit_test(links_to_a_long_target_are_measured),
	    cmocka_unit_test(front_matter_nested_without_end_is_refused),
	    cmocka_unit_test(an_article_cut_anywhere_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
