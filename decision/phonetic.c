/* SPDX-License-Identifier: ISC */
/* The spelling alphabet. */

#include "phonetic.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"

static const char *const letters[26] = {"alpha", "bravo", "charlie", "delta", "echo",
    "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike", "november",
    "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey",
    "x-ray", "yankee", "zulu"};

static const char *const figures[10] = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

/* As people write them too. */
static const struct {
	const char *word;
	char letter;
} spellings[] = {{"alfa", 'a'}, {"juliet", 'j'}, {"whisky", 'w'}, {"xray", 'x'}};

static const struct {
	char sign;
	const char *word;
} signs[] = {{'-', "minus"}, {'.', "point"}, {'_', "underscore"}, {'\\', "backslash"},
    {'/', "slash"}, {'!', "exclamation mark"}, {'(', "bracket"}, {')', "close bracket"},
    {':', "colon"}};

/* The x of a hexadecimal number is said as it is: everybody knows "zero x". */
static void spell_one(FILE *f, const char *code, size_t at)
{
	unsigned char c = (unsigned char)code[at];

	if (isdigit(c)) {
		fputs(figures[c - '0'], f);
		return;
	}
	if (tolower(c) == 'x' && at > 0 && code[at - 1] == '0') {
		putc('x', f);
		return;
	}
	if (isalpha(c)) {
		fputs(letters[tolower(c) - 'a'], f);
		return;
	}
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (signs[i].sign == (char)c) {
			fputs(signs[i].word, f);
			return;
		}
	}
	putc(c, f);
}

char *phonetic_spell(const char *code)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	for (size_t i = 0; code[i] != '\0'; i++) {
		/* the bytes of one character stay together */
		if (i > 0 && ((unsigned char)code[i] & 0xc0) != 0x80)
			putc(' ', f);
		spell_one(f, code, i);
	}
	xclose_memstream(f);
	return text;
}

static int word_is(const char *name, const char *word, size_t len)
{
	return strncasecmp(name, word, len) == 0 && name[len] == '\0';
}

char phonetic_letter(const char *word, size_t len)
{
	for (size_t i = 0; i < 26; i++) {
		if (word_is(letters[i], word, len))
			return (char)('a' + i);
	}
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
		if (word_is(spellings[i].word, word, len))
			return spellings[i].letter;
	}
	return 0;
}
