/* SPDX-License-Identifier: ISC */
/* Drawing: what a step of the cursor sends to the terminal, which is a file here. */

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <curses.h>

#include <cmocka.h>

#include "../tui/draw.h"

#define ITEMS 9
#define FEW 48 /* bytes; a menu that paints two rows anew takes more for its labels alone */

static FILE *terminal;

/* One process has one terminal: newterm does not like to be called again. */
static int open_terminal(void **state)
{
	FILE *keys = fopen("/dev/null", "r");

	(void)state;
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("LINES", "24", 1);
	setenv("COLUMNS", "80", 1);
	terminal = tmpfile();
	if (terminal == NULL || keys == NULL ||
	    newterm("xterm-256color", terminal, keys) == NULL)
		return -1;
	draw_start(false);
	return 0;
}

static int close_terminal(void **state)
{
	(void)state;
	endwin();
	return 0;
}

/* A question whose answers are as long as they can be, with or without numbers. */
static void draw_question(int selected, bool numbered)
{
	static const enum action actions[] = {ACTION_TAKE, ACTION_NONE};
	struct scroll scroll = {0};
	struct frame frame;

	frame_init(&frame);
	frame.title = strdup("Printers");
	frame.actions = actions;
	frame.selected = selected;
	frame.follow = true;
	page_add(&frame.page, TONE_TITLE, "What does the display of the printer show?");
	for (int i = 0; i < ITEMS; i++) {
		char label[] = {(char)('1' + i), '\0'};
		char text[] =
		    "0 sheets stuck in the fuser; open the lid, mind the heat, wait";

		text[0] = label[0];
		page_label(&frame.page, TONE_CHOICE, 2, numbered ? 3 : 0,
		    numbered ? label : "", text)
		    ->item = i;
	}
	draw_frame(&frame, &scroll);
	frame_fini(&frame);
}

static long sent(void)
{
	struct stat st;

	assert_int_equal(fstat(fileno(terminal), &st), 0);
	return (long)st.st_size;
}

/* Bytes of the step from one item to another. */
static long step(int from, int to, bool numbered)
{
	long before;

	draw_question(from, numbered);
	before = sent();
	draw_question(to, numbered);
	return sent() - before;
}

static void test_a_step_of_the_cursor_sends_little(void **state)
{
	(void)state;
	for (int i = 0; i + 1 < ITEMS; i++) {
		assert_in_range(step(i, i + 1, true), 1, FEW);
		assert_in_range(step(i + 1, i, true), 1, FEW);
		assert_in_range(step(i, i + 1, false), 1, FEW);
	}
}

static void test_nothing_new_sends_nothing(void **state)
{
	(void)state;
	assert_int_equal(step(3, 3, true), 0);
}

static void test_the_selected_item_is_marked_and_has_the_cursor(void **state)
{
	int row = 0, column;
	cchar_t cell;

	(void)state;
	draw_question(2, true);
	getyx(stdscr, row, column);
	assert_int_equal(column, 3);
	assert_int_equal(mvin_wch(row, 1, &cell), OK);
	assert_int_equal(cell.chars[0], '>');
	assert_true(cell.attr & A_REVERSE);
	assert_int_equal(mvin_wch(row, 3, &cell), OK);
	assert_int_equal(cell.chars[0], '3');
	assert_true(cell.attr & A_REVERSE);
	assert_int_equal(mvin_wch(row, 6, &cell), OK);
	assert_int_equal(cell.chars[0], '3');
	assert_false(cell.attr & A_REVERSE);
	assert_int_equal(mvin_wch(row + 1, 1, &cell), OK);
	assert_int_equal(cell.chars[0], ' ');
	assert_false(cell.attr & A_REVERSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_step_of_the_cursor_sends_little),
	    cmocka_unit_test(test_nothing_new_sends_nothing),
	    cmocka_unit_test(test_the_selected_item_is_marked_and_has_the_cursor),
	};

	return cmocka_run_group_tests(tests, open_terminal, close_terminal);
}
