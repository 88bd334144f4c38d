/* SPDX-License-Identifier: ISC */
/* The table of actions is whole, no key means two things, and kbwizard(1) agrees with it. */

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../tui/action.h"
#include "../tui/field.h"
#include "../tui/term.h"

static void every_action_has_a_key_or_a_word_and_a_sentence(void **state)
{
	(void)state;
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const struct action_entry *entry = action_entry((enum action)a);

		assert_true(entry->keys[0] != 0 || entry->word != NULL);
		assert_non_null(entry->help);
		assert_true(isupper((unsigned char)entry->help[0]));
		assert_int_equal(entry->help[strlen(entry->help) - 1], '.');
	}
}

static void no_key_means_two_things(void **state)
{
	(void)state;
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const struct action_entry *entry = action_entry((enum action)a);

		for (size_t i = 0; i < ACTION_KEYS && entry->keys[i] != 0; i++)
			assert_int_equal(action_of_key(entry->keys[i], false), a);
	}
}

static void letters_are_text_while_typing(void **state)
{
	(void)state;
	for (uint32_t key = ' '; key < 0x7f; key++)
		assert_int_equal(action_of_key(key, true), ACTION_NONE);
	assert_int_equal(action_of_key(TERM_LEFT, true), ACTION_NONE);
	assert_int_equal(action_of_key(TERM_BACKSPACE, true), ACTION_NONE);
	assert_int_equal(action_of_key(TERM_ESC, true), ACTION_BACK);
	assert_int_equal(action_of_key(TERM_ENTER, true), ACTION_TAKE);
	assert_int_equal(action_of_key(TERM_F1, true), ACTION_HELP);
}

/* What a screen with a line to type on offers must be within reach there. */
static void what_matters_can_be_done_while_typing(void **state)
{
	static const enum action needed[] = {ACTION_TAKE, ACTION_BACK, ACTION_FIND,
	    ACTION_ANSWERS, ACTION_TELL, ACTION_WHY, ACTION_HELP, ACTION_QUIT, ACTION_AGAIN,
	    ACTION_UP, ACTION_DOWN};

	(void)state;
	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		char *key = action_key_shown(needed[i], true);

		assert_non_null(key);
		free(key);
	}
}

static void words_are_found_whole_and_in_any_case(void **state)
{
	(void)state;
	assert_int_equal(action_of_word("BACK", 4), ACTION_BACK);
	assert_int_equal(action_of_word("?", 1), ACTION_HELP);
	assert_int_equal(action_of_word("backup", 6), ACTION_NONE);
	assert_int_equal(action_of_word("bac", 3), ACTION_NONE);
	assert_int_equal(action_of_word("", 0), ACTION_NONE);
}

/* The file, whole; the caller frees it. */
static char *read_all(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t cap = 0;
	ssize_t n;

	if (f == NULL)
		fail_msg("%s cannot be opened", path);
	n = getdelim(&text, &cap, '\0', f);
	fclose(f);
	assert_true(n > 0);
	return text;
}

static void assert_manual_has(void (*print)(FILE *), const char *what)
{
	const char *srcdir = getenv("srcdir");
	char *path, *manual, *expected = NULL;
	size_t len;
	FILE *f = open_memstream(&expected, &len);

	print(f);
	fclose(f);
	assert_true(
	    asprintf(&path, "%s/tui/kbwizard.1", srcdir != NULL ? srcdir : ".") != -1);
	manual = read_all(path);
	if (strstr(manual, expected) == NULL)
		fail_msg("%s does not list the %s as the table has them:\n%s", path, what,
		    expected);
	free(manual);
	free(path);
	free(expected);
}

static void the_manual_lists_the_same_keys(void **state)
{
	(void)state;
	assert_manual_has(action_print_manual_keys, "keys");
}

static void the_manual_lists_the_same_words(void **state)
{
	(void)state;
	assert_manual_has(action_print_manual_words, "words");
}

static void type(struct field *field, const char *text)
{
	for (; *text != '\0'; text++)
		assert_true(field_key(field, (unsigned char)*text));
}

static void a_typed_line_can_be_edited(void **state)
{
	struct field field;

	(void)state;
	field_init(&field);
	type(&field, "evnt 8010");
	field_key(&field, TERM_HOME);
	field_key(&field, TERM_RIGHT);
	field_key(&field, TERM_RIGHT);
	type(&field, "e");
	assert_string_equal(field.text, "event 8010");
	field_key(&field, TERM_END);
	field_key(&field, TERM_CONTROL('W'));
	assert_string_equal(field.text, "event ");
	assert_false(field_is_blank(&field));
	field_key(&field, TERM_CONTROL('U'));
	assert_string_equal(field.text, "");
	field_key(&field, TERM_BACKSPACE);
	field_key(&field, TERM_DELETE);
	field_key(&field, TERM_LEFT);
	assert_int_equal(field.cursor, 0);
	assert_false(field_key(&field, TERM_UP));
	assert_false(field_key(&field, 0x9b));
	field_fini(&field);
}

static void editing_parts_no_character(void **state)
{
	struct field field;

	(void)state;
	field_init(&field);
	field_key(&field, 0xe9);
	field_key(&field, 0x6f22);
	assert_string_equal(field.text, "\xc3\xa9\xe6\xbc\xa2");
	field_key(&field, TERM_LEFT);
	assert_int_equal(field.cursor, 2);
	field_key(&field, TERM_BACKSPACE);
	assert_string_equal(field.text, "\xe6\xbc\xa2");
	field_key(&field, TERM_DELETE);
	assert_string_equal(field.text, "");
	field_fini(&field);
}

static void a_typed_line_has_a_limit(void **state)
{
	struct field field;

	(void)state;
	field_init(&field);
	for (int i = 0; i < 2 * FIELD_LIMIT; i++)
		field_key(&field, 'x');
	assert_int_equal(field.len, FIELD_LIMIT);
	field_fini(&field);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_action_has_a_key_or_a_word_and_a_sentence),
	    cmocka_unit_test(no_key_means_two_things),
	    cmocka_unit_test(letters_are_text_while_typing),
	    cmocka_unit_test(what_matters_can_be_done_while_typing),
	    cmocka_unit_test(words_are_found_whole_and_in_any_case),
	    cmocka_unit_test(the_manual_lists_the_same_keys),
	    cmocka_unit_test(the_manual_lists_the_same_words),
	    cmocka_unit_test(a_typed_line_can_be_edited),
	    cmocka_unit_test(editing_parts_no_character),
	    cmocka_unit_test(a_typed_line_has_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
