/* SPDX-License-Identifier: ISC */
/* Faulty questions files: each is refused, with the place and the name of what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../decision/question.h"
#include "../kb/xalloc.h"
#include "tempfile.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char *path;

static int make_file(void **state)
{
	(void)state;
	path = tempfile_new();
	return path == NULL ? -1 : 0;
}

static int remove_file(void **state)
{
	(void)state;
	tempfile_remove(path);
	return 0;
}

static struct questions *read_text(const char *text, struct diag *diag)
{
	struct err err = {0};
	struct questions *qs;

	tempfile_write(path, text, strlen(text));
	qs = questions_read(path, diag, &err);
	if (qs == NULL)
		assert_int_equal(err.class, ERR_DATA);
	err_fini(&err);
	return qs;
}

/* A fault: the file, and where and as what it is reported. */
struct fault_row {
	enum diag_code code;
	const char *place; /* "line:col" */
	const char *detail; /* words of it */
	const char *text;
};

#define FAULT(name, where, words, file)                                                    \
	{                                                                                  \
		.code = DIAG_##name, .place = where, .detail = words, .text = file         \
	}

#define TOP "name: T\nquestions:\n  - key: a\n    ask: A?\n"
#define CHOICE TOP "    kind: choice\n"
#define ANSWERED CHOICE "    answers: [{ key: x }, { key: y }]\n"

static void check_fault(const struct fault_row *row)
{
	struct diag diag;
	const struct diag_message *m;
	char *place;

	diag_init(&diag);
	if (read_text(row->text, &diag) != NULL || diag.n == 0)
		fail_msg("accepted:\n%s", row->text);
	m = &diag.list[0];
	place = xasprintf("%u:%u", m->line, m->col);
	if (m->code != row->code || strcmp(place, row->place) != 0 ||
	    (m->detail == NULL ? "" : strstr(m->detail, row->detail)) == NULL) {
		diag_print(stderr, &diag, DIAG_NOTE);
		fail_msg("expected %s: %s: %s in\n%s", row->place, diag_text(row->code),
		    row->detail, row->text);
	}
	assert_string_equal(m->file, path);
	assert_true(m->line == 0 || m->source != NULL);
	free(place);
	diag_fini(&diag);
}

static void check_faults(const struct fault_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_fault(&rows[i]);
}

static void what_is_no_yaml_is_refused_with_its_place(void **state)
{
	static const struct fault_row rows[] = {
	    FAULT(FILE_EMPTY, "0:0", "", ""),
	    FAULT(FILE_EMPTY, "0:0", "", "# only a comment\n"),
	    FAULT(YAML_SYNTAX, "1:0", "", "name: [a\n"),
	    FAULT(YAML_SYNTAX, "2:12", "", "name: T\n  questions: x\n"),
	    FAULT(YAML_SYNTAX, "1:0", "", "name: \"T\n"),
	    FAULT(YAML_SCHEMA, "1:1", "mapping", "- a\n- b\n"),
	    FAULT(YAML_SCHEMA, "1:1", "", "word\n"),
	    FAULT(YAML_SYNTAX, "2:1", "second document", "name: T\n---\nname: U\n"),
	    FAULT(YAML_SYNTAX, "1:7", "anchors", "name: &n T\nabout: *n\n"),
	    FAULT(YAML_SYNTAX, "2:8", "", "name: T\nabout: *n\n"),
	};

	(void)state;
	check_faults(rows, COUNT(rows));
}

static void what_does_not_fit_the_schema_is_refused_with_its_place(void **state)
{
	static const struct fault_row rows[] = {
	    FAULT(YAML_SCHEMA, "1:1", "questions is missing", "name: T\n"),
	    FAULT(YAML_SCHEMA, "2:12", "empty list", "name: T\nquestions: []\n"),
	    FAULT(YAML_SCHEMA, "2:12", "has to be a list", "name: T\nquestions: yes\n"),
	    FAULT(YAML_SCHEMA, "1:6", "name is empty", "name:\nquestions: []\n"),
	    FAULT(YAML_SCHEMA, "1:1", "unknown key \"colour\"", "colour: red\n" ANSWERED),
	    FAULT(YAML_SCHEMA, "7:5", "unknown key", ANSWERED "    colour: red\n"),
	    FAULT(YAML_SCHEMA, "7:5", "ask is given twice", ANSWERED "    ask: again\n"),
	    FAULT(YAML_SCHEMA, "3:5", "ask is missing",
		"name: T\nquestions:\n  - key: a\n    kind: text\n"),
	    FAULT(YAML_SCHEMA, "3:5", "kind is missing", TOP),
	    FAULT(YAML_SCHEMA, "7:14", "not a number: \"often\"",
		ANSWERED "    unknown: often\n"),
	    FAULT(YAML_SCHEMA, "7:14", "", ANSWERED "    unknown: 0,5\n"),
	    FAULT(YAML_SCHEMA, "7:14", "", ANSWERED "    unknown: nan\n"),
	    FAULT(YAML_SCHEMA, "7:14", "plain value", ANSWERED "    unknown: [0.1]\n"),
	    FAULT(YAML_SCHEMA, "7:14", "", ANSWERED "    variant: maybe\n"),
	    FAULT(YAML_SCHEMA, "7:11", "mapping", ANSWERED "    cost: 3\n"),
	    FAULT(YAML_SCHEMA, "7:5", "", ANSWERED "    [a]: 3\n"),
	    FAULT(YAML_SCHEMA, "8:9", "\"pattern\"",
		CHOICE "    answers:\n      - key: x\n        pattern: [a]\n"),
	    FAULT(YAML_SCHEMA, "7:9", "key is missing",
		CHOICE "    answers:\n      - label: x\n"),
	    FAULT(YAML_SCHEMA, "7:9", "", CHOICE "    answers:\n      - x\n"),
	    FAULT(
		YAML_SCHEMA, "7:11", "control character", ANSWERED "    find: \"a\\eb\"\n"),
	    FAULT(
		YAML_SCHEMA, "7:11", "control character", ANSWERED "    find: \"a\\0b\"\n"),
	};

	(void)state;
	check_faults(rows, COUNT(rows));
}

static void unknown_names_are_told_with_those_there_are(void **state)
{
	static const struct fault_row rows[] = {
	    FAULT(QUESTION_NAME, "5:11", "\"chocie\"; there are choice, number, code, text",
		TOP "    kind: chocie\n"),
	    FAULT(QUESTION_NAME, "5:11", "", TOP "    kind: 1\n"),
	    FAULT(
		QUESTION_NAME, "7:17", "service-pack", ANSWERED "    recogniser: magic\n"),
	    FAULT(QUESTION_NAME, "7:23", "\"moral\"",
		ANSWERED "    sections: [title, moral]\n"),
	    FAULT(YAML_SCHEMA, "7:16", "", ANSWERED "    sections: [[title]]\n"),
	    FAULT(QUESTION_NAME, "7:13", "\"z\"", ANSWERED "    silent: z\n"),
	    FAULT(QUESTION_NAME, "6:13", "choice only",
		TOP "    kind: text\n    silent: x\n    answers: [{ key: x }]\n"),
	    FAULT(QUESTION_NAME, "6:14", "", TOP "    kind: text\n    variant: true\n"),
	    FAULT(QUESTION_NAME, "7:17", "needs \"of\"",
		ANSWERED "    recogniser: version\n"),
	    FAULT(QUESTION_NAME, "7:17", "needs \"of\"",
		ANSWERED "    recogniser: service-pack\n"),
	    FAULT(QUESTION_NAME, "7:9", "", ANSWERED "    of: thing\n"),
	    FAULT(QUESTION_NAME, "7:17", "kind \"number\"",
		ANSWERED "    recogniser: event-id\n"),
	    FAULT(QUESTION_NAME, "8:13", "\"fxi\"",
		ANSWERED "phrases:\n  - { name: fxi, patterns: [a] }\n"),
	};

	(void)state;
	check_faults(rows, COUNT(rows));
}

static void keys_are_checked(void **state)
{
	static const struct fault_row rows[] = {
	    FAULT(QUESTION_KEY, "3:10", "Big Key",
		"name: T\nquestions:\n  - key: Big Key\n    ask: A?\n    kind: text\n"),
	    FAULT(QUESTION_KEY, "3:10", "go together",
		"name: T\nquestions:\n  - key: sign\n    ask: A?\n    kind: text\n"),
	    FAULT(QUESTION_KEY, "7:10", "another question",
		ANSWERED "  - key: a\n    ask: B?\n    kind: text\n"),
	    FAULT(QUESTION_ANSWER, "6:34", "another answer",
		CHOICE "    answers: [{ key: x }, { key: x }]\n"),
	    FAULT(QUESTION_ANSWER, "6:34", "",
		CHOICE "    answers: [{ key: x }, { key: 'a=b' }]\n"),
	    FAULT(QUESTION_ANSWER, "6:34", "",
		CHOICE "    answers: [{ key: x }, { key: unknown }]\n"),
	    FAULT(QUESTION_ANSWER, "3:5", "at least two", CHOICE),
	    FAULT(QUESTION_ANSWER, "6:14", "at least two",
		CHOICE "    answers: [{ key: x }]\n"),
	    FAULT(QUESTION_ANSWER, "6:22", "no number",
		TOP "    kind: number\n    answers: [{ key: many }]\n"),
	    FAULT(QUESTION_ANSWER, "6:22", "",
		TOP "    kind: number\n    answers: [{ key: none }]\n"),
	    FAULT(QUESTION_ANSWER, "6:38", "another answer",
		TOP "    kind: code\n    answers: [{ key: 0x6ba }, { key: 1722 }]\n"),
	    FAULT(QUESTION_KEY, "7:41", "given twice",
		ANSWERED "symbols: [{ name: A, code: 1 }, { name: A, code: 2 }]\n"),
	};

	(void)state;
	check_faults(rows, COUNT(rows));
}

static void numbers_out_of_range_are_refused(void **state)
{
	static const struct fault_row rows[] = {
	    FAULT(QUESTION_RANGE, "7:22", "",
		ANSWERED "    cost: { console: 0, phone: 1 }\n"),
	    FAULT(QUESTION_RANGE, "7:32", "",
		ANSWERED "    cost: { console: 1, phone: -1 }\n"),
	    FAULT(QUESTION_RANGE, "7:14", "0 to 0.95", ANSWERED "    unknown: 0.96\n"),
	    FAULT(QUESTION_RANGE, "7:14", "", ANSWERED "    unknown: -0.1\n"),
	    FAULT(QUESTION_RANGE, "7:12", "0 to 0.5", ANSWERED "    error: 0.51\n"),
	    FAULT(QUESTION_RANGE, "6:14", "sum to 1.1",
		CHOICE "    answers: [{ key: x, share: 0.7 }, { key: y, share: 0.4 }]\n"),
	    FAULT(QUESTION_RANGE, "6:14", "leave nothing",
		CHOICE "    answers: [{ key: x, share: 0.7 }, { key: y, share: 0.3 }, { "
		       "key: z }]\n"),
	    FAULT(QUESTION_RANGE, "6:32", "",
		CHOICE "    answers: [{ key: x, share: 0 }, { key: y }]\n"),
	    FAULT(QUESTION_RANGE, "7:28", "no number",
		ANSWERED "symbols: [{ name: A, code: B }]\n"),
	};

	(void)state;
	check_faults(rows, COUNT(rows));
}

static void every_pattern_is_compiled(void **state)
{
	static const struct fault_row rows[] = {
	    FAULT(PATTERN, "10:13", "character 6",
		CHOICE "    answers:\n      - key: x\n        patterns:\n          - "
		       "fine\n          - '(open'\n      - key: y\n"),
	    FAULT(PATTERN, "8:16", "",
		CHOICE
		"    answers:\n      - key: x\n        said: ['[a']\n      - key: y\n"),
	    FAULT(PATTERN, "8:18", "",
		CHOICE
		"    answers:\n      - key: x\n        except: ['*']\n      - key: y\n"),
	    FAULT(PATTERN, "6:36", "empty text",
		CHOICE "    answers: [{ key: x, patterns: ['a*'] }, { key: y }]\n"),
	    FAULT(PATTERN, "8:9", "", ANSWERED "    recogniser: version\n    of: '('\n"),
	    FAULT(PATTERN, "13:9", "",
		ANSWERED "phrases:\n  - name: fix\n    patterns: [a, b]\n  - name: drop\n  "
			 "  patterns:\n      - ok\n      - ')'\n"),
	};

	(void)state;
	check_faults(rows, COUNT(rows));
}

static void all_faults_are_reported_at_once(void **state)
{
	struct diag diag;

	(void)state;
	diag_init(&diag);
	assert_null(
	    read_text(ANSWERED "    unknown: 2\n    error: 2\n    silent: q\n", &diag));
	assert_int_equal(diag.count[DIAG_ERROR], 3);
	diag_fini(&diag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_yaml_is_refused_with_its_place),
	    cmocka_unit_test(what_does_not_fit_the_schema_is_refused_with_its_place),
	    cmocka_unit_test(unknown_names_are_told_with_those_there_are),
	    cmocka_unit_test(keys_are_checked),
	    cmocka_unit_test(numbers_out_of_range_are_refused),
	    cmocka_unit_test(every_pattern_is_compiled),
	    cmocka_unit_test(all_faults_are_reported_at_once),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
