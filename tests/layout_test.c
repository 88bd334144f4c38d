/* SPDX-License-Identifier: ISC */
/* Pages: what enters is clean, wrapping parts no character, scrolling keeps in sight. */

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../tui/layout.h"

/* Every row of the page at a width, rows apart by '|'; the caller frees it. */
static char *rows_of(const struct page *page, unsigned width)
{
	struct layout layout = {0};
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	layout_page(&layout, page, width, 0);
	for (size_t i = 0; i < layout.n; i++) {
		const struct row *row = &layout.rows[i];

		fprintf(f, "%s%.*s", i > 0 ? "|" : "", (int)row->len,
		    page->list[row->para].text + row->from);
	}
	fclose(f);
	layout_fini(&layout);
	return text;
}

static void assert_rows(
    enum tone tone, const char *text, unsigned width, const char *expected)
{
	struct page page;
	char *rows;

	page_init(&page);
	page_add(&page, tone, text);
	rows = rows_of(&page, width);
	assert_string_equal(rows, expected);
	free(rows);
	page_fini(&page);
}

static void words_are_kept_whole(void **state)
{
	(void)state;
	assert_rows(TONE_TEXT, "the quick brown fox", 10, "the quick|brown fox");
	assert_rows(TONE_TEXT, "the quick brown fox", 9, "the quick|brown fox");
	assert_rows(TONE_TEXT, "the quick   brown", 10, "the quick|brown");
	assert_rows(TONE_TEXT, "fits here", 9, "fits here");
	assert_rows(TONE_TEXT, "", 10, "");
}

static void long_words_are_cut_where_the_row_ends(void **state)
{
	(void)state;
	assert_rows(TONE_TEXT, "abcdefghijklmnop", 10, "abcdefghij|klmnop");
	assert_rows(TONE_TEXT, "a edbbcli!HrClnSock", 10, "a|edbbcli!Hr|ClnSock");
}

static void line_ends_count_only_in_verbatim_text(void **state)
{
	(void)state;
	assert_rows(TONE_TEXT, "one\ntwo", 10, "one two");
	assert_rows(TONE_VERBATIM, "one\ntwo\n\nfour", 10, "one|two||four");
}

static void a_field_loses_no_byte(void **state)
{
	(void)state;
	assert_rows(TONE_FIELD, "one two  three ", 8,
	    "one two |"
	    " three ");
	assert_rows(TONE_FIELD, "one two  three ", 9, "one two  |three ");
}

static void wide_characters_take_two_columns_and_combining_ones_none(void **state)
{
	(void)state;
	assert_int_equal(layout_width("\xe6\xbc\xa2\xe5\xad\x97", 6), 4);
	assert_int_equal(layout_width("e\xcc\x81", 3), 1);
	assert_int_equal(layout_fit("\xe6\xbc\xa2\xe5\xad\x97", 3), 3);
	/* The accent stays with its letter at the end of a row. */
	assert_int_equal(layout_fit("ae\xcc\x81z", 2), 4);
	assert_rows(TONE_TEXT,
	    "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2", 8,
	    "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97|\xe6\xbc\xa2");
}

static void what_is_cut_says_so(void **state)
{
	char *cut = layout_cut("remote backup fails", 8, true);

	(void)state;
	assert_string_equal(cut, "remote~");
	free(cut);
	cut = layout_cut("remote backup fails", 8, false);
	assert_string_equal(cut, "remote\xe2\x80\xa6");
	free(cut);
	cut = layout_cut("remote", 6, false);
	assert_string_equal(cut, "remote");
	free(cut);
	cut = layout_cut("remote", 0, false);
	assert_string_equal(cut, "");
	free(cut);
}

static void no_control_character_enters_a_page(void **state)
{
	struct page page;

	(void)state;
	page_init(&page);
	page_add(&page, TONE_TEXT,
	    "a\033[31mb\xc2\x9b"
	    "c\007");
	page_label(&page, TONE_TEXT, 0, 4, "\033]0;x\007", "d\x80");
	for (size_t i = 0; i < page.n; i++) {
		assert_null(strpbrk(page.list[i].text, "\033\007"));
		assert_null(strstr(page.list[i].text, "\xc2\x9b"));
	}
	assert_null(strpbrk(page.list[1].label, "\033\007"));
	page_fini(&page);
}

static void labels_hang_and_wide_ones_stand_above_where_it_is_narrow(void **state)
{
	struct layout layout = {0};
	struct page page;

	(void)state;
	page_init(&page);
	page_label(&page, TONE_TEXT, 2, 20, "a label", "some text");
	layout_page(&layout, &page, 40, 0);
	assert_int_equal(layout.n, 1);
	assert_int_equal(layout_text_column(&layout, &page.list[0]), 22);
	layout_page(&layout, &page, 30, 0);
	assert_int_equal(layout.n, 2);
	assert_true(layout.rows[0].first);
	assert_int_equal(layout.rows[0].len, 0);
	assert_false(layout.rows[1].first);
	assert_int_equal(layout_text_column(&layout, &page.list[0]), 4);
	layout_fini(&layout);
	page_fini(&page);
}

static void gaps_never_double(void **state)
{
	struct page page;

	(void)state;
	page_init(&page);
	page_gap(&page);
	assert_int_equal(page.n, 0);
	page_add(&page, TONE_TEXT, "a");
	page_gap(&page);
	page_gap(&page);
	assert_int_equal(page.n, 2);
	page_fini(&page);
}

/* A page of ten rows, every second one an item. */
static void fill_ten(struct page *page, struct layout *layout)
{
	page_init(page);
	for (int i = 0; i < 10; i++)
		page_addf(page, TONE_TEXT, "%d", i)->item =
		    i % 2 == 0 ? i / 2 : PAGE_NO_ITEM;
	layout_page(layout, page, 20, 0);
}

static void scrolling_keeps_an_item_in_sight_and_moves_little(void **state)
{
	struct page page;
	struct layout layout = {0};
	struct scroll scroll = {0};
	size_t first, last;

	(void)state;
	fill_ten(&page, &layout);
	assert_true(layout_item(&layout, &page, 3, &first, &last));
	assert_int_equal(first, 6);
	layout_scroll(&scroll, &layout, &page, 4, first, last);
	assert_int_equal(scroll.top, 3);
	assert_int_equal(scroll.first_item, 2);
	assert_int_equal(scroll.last_item, 3);
	layout_scroll(&scroll, &layout, &page, 4, 4, 4);
	assert_int_equal(scroll.top, 3);
	layout_scroll(&scroll, &layout, &page, 4, 1, 1);
	assert_int_equal(scroll.top, 1);
	assert_false(layout_item(&layout, &page, 9, &first, &last));
	layout_fini(&layout);
	page_fini(&page);
}

static void a_page_is_never_scrolled_past_its_end(void **state)
{
	struct page page;
	struct layout layout = {0};
	struct scroll scroll = {.top = 50};

	(void)state;
	fill_ten(&page, &layout);
	layout_scroll(&scroll, &layout, &page, 4, 1, 0);
	assert_int_equal(scroll.top, 6);
	scroll_by(&scroll, 3);
	assert_int_equal(scroll.top, 6);
	scroll_by(&scroll, -100);
	assert_int_equal(scroll.top, 0);
	/* The window grew: what was above comes back. */
	scroll.top = 6;
	layout_scroll(&scroll, &layout, &page, 20, 1, 0);
	assert_int_equal(scroll.top, 0);
	layout_fini(&layout);
	page_fini(&page);
}

static void the_cursor_follows_the_text(void **state)
{
	struct page page;
	struct layout layout = {0};
	unsigned column;

	(void)state;
	page_init(&page);
	page_label(&page, TONE_FIELD, 0, 2, ">", "one two three");
	layout_page(&layout, &page, 12, 0);
	assert_int_equal(layout_place(&layout, &page, 0, 0, &column), 0);
	assert_int_equal(column, 2);
	assert_int_equal(layout_place(&layout, &page, 0, 13, &column), 1);
	assert_int_equal(column, 7);
	layout_fini(&layout);
	page_fini(&page);
}

static void every_width_shows_every_character(void **state)
{
	static const char text[] =
	    "Exchange\xe2\x80\x99s backup, 0x000006BA: a\xcc\x81 \xe6\xbc\xa2";

	(void)state;
	for (unsigned width = 0; width < 60; width++) {
		struct page page;
		char *rows;
		size_t letters = 0;

		page_init(&page);
		page_add(&page, TONE_TEXT, text);
		rows = rows_of(&page, width);
		for (const char *p = rows; *p != '\0'; p++)
			letters += *p != ' ' && *p != '|';
		assert_int_equal(letters, sizeof text - 1 - 4);
		free(rows);
		page_fini(&page);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_are_kept_whole),
	    cmocka_unit_test(long_words_are_cut_where_the_row_ends),
	    cmocka_unit_test(line_ends_count_only_in_verbatim_text),
	    cmocka_unit_test(a_field_loses_no_byte),
	    cmocka_unit_test(wide_characters_take_two_columns_and_combining_ones_none),
	    cmocka_unit_test(what_is_cut_says_so),
	    cmocka_unit_test(no_control_character_enters_a_page),
	    cmocka_unit_test(labels_hang_and_wide_ones_stand_above_where_it_is_narrow),
	    cmocka_unit_test(gaps_never_double),
	    cmocka_unit_test(scrolling_keeps_an_item_in_sight_and_moves_little),
	    cmocka_unit_test(a_page_is_never_scrolled_past_its_end),
	    cmocka_unit_test(the_cursor_follows_the_text),
	    cmocka_unit_test(every_width_shows_every_character),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
