/* SPDX-License-Identifier: ISC */
/*
 * Numbers in words. People read a number from a screen in pieces: "ten sixteen" is 1016,
 * "eighty ten" 8010, "one oh one eight" 1018, "four thousand and fifty" 4050. What stands for
 * fewer than three figures is left alone, so that "two servers" and "five point five" are.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "phonetic.h"
#include "understand_private.h"

static const struct numeral {
	const char *word;
	unsigned value;
} numerals[] = {
    {"zero", 0},
    {"oh", 0},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"six", 6},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
    {"ten", 10},
    {"eleven", 11},
    {"twelve", 12},
    {"thirteen", 13},
    {"fourteen", 14},
    {"fifteen", 15},
    {"sixteen", 16},
    {"seventeen", 17},
    {"eighteen", 18},
    {"nineteen", 19},
    {"twenty", 20},
    {"thirty", 30},
    {"forty", 40},
    {"fifty", 50},
    {"sixty", 60},
    {"seventy", 70},
    {"eighty", 80},
    {"ninety", 90},
    {"hundred", 100},
    {"thousand", 1000},
};

/* Figures of one number: more is none that is read aloud. */
#define MOST_FIGURES 10
#define LEAST_FIGURES 3

/* A number while its words are read. */
struct number {
	char figures[MOST_FIGURES + 8];
	size_t n;
	unsigned last; /* value of the word before */
	size_t words;
};

static const struct numeral *numeral_find(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
		if (strncasecmp(numerals[i].word, word, len) == 0 &&
		    numerals[i].word[len] == '\0')
			return &numerals[i];
	return NULL;
}

static void number_append(struct number *number, unsigned value)
{
	number->n += (size_t)snprintf(
	    number->figures + number->n, sizeof number->figures - number->n, "%u", value);
}

/* "hundred" and "thousand" make what was read so far so much more. */
static void number_multiply(struct number *number, unsigned by)
{
	unsigned long value = strtoul(number->figures, NULL, 10) * by;

	number->n = (size_t)snprintf(
	    number->figures, sizeof number->figures, "%lu", value > 99999 ? 0 : value);
}

/* "four thousand" "fifty": what follows stands in place of the noughts. */
static void number_fill(struct number *number, unsigned value)
{
	unsigned long sum = strtoul(number->figures, NULL, 10) + value;

	number->n = (size_t)snprintf(number->figures, sizeof number->figures, "%lu", sum);
}

/* False if the word cannot go on with the number. */
static bool number_take(struct number *number, unsigned value)
{
	if (number->n >= MOST_FIGURES || (value >= 100 && number->n == 0))
		return false;
	if (value >= 100) {
		if (number->n > 2)
			return false;
		number_multiply(number, value);
	} else if (number->last >= 100 ||
		   (number->last >= 20 && value > 0 && value < 10 && number->n > 0)) {
		number_fill(number, value);
	} else {
		number_append(number, value);
	}
	number->last = value;
	number->words++;
	return true;
}

/* The length of the number in words that begins here, or 0. */
static size_t number_read(struct number *number, const char *text)
{
	size_t end = 0, at = 0;

	*number = (struct number){.n = 0};
	for (;;) {
		size_t len = 0;
		const struct numeral *numeral;

		while (isalpha((unsigned char)text[at + len]))
			len++;
		numeral = numeral_find(text + at, len);
		if (len == 0 ||
		    (numeral == NULL &&
			(number->last < 100 || strncasecmp(text + at, "and", len) != 0)))
			break;
		if (numeral != NULL) {
			if (!number_take(number, numeral->value))
				break;
			end = at + len;
		}
		at += len;
		if (text[at] != ' ' && text[at] != '-')
			break;
		at++;
	}
	return number->words >= 2 && number->n >= LEAST_FIGURES ? end : 0;
}

/* The value of a figure or letter of a hexadecimal number that is spelled, or -1. */
static int spelled_digit(const char *word, size_t len)
{
	const struct numeral *numeral = numeral_find(word, len);
	char letter =
	    len == 1 ? (char)tolower((unsigned char)word[0]) : phonetic_letter(word, len);

	if (numeral != NULL)
		return numeral->value < 10 ? (int)numeral->value : -1;
	if (letter >= 'a' && letter <= 'f')
		return letter - 'a' + 10;
	return len == 1 && isdigit((unsigned char)word[0]) ? word[0] - '0' : -1;
}

static size_t word_length(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]))
		len++;
	return len;
}

/* "double" and "triple" before a figure, as people read long codes: 2, 3; else 1. */
static unsigned times_read(const char *text, size_t *at)
{
	static const char *const words[] = {"double ", "triple "};

	for (unsigned i = 0; i < 2; i++) {
		if (strncasecmp(text + *at, words[i], strlen(words[i])) == 0) {
			*at += strlen(words[i]);
			return i + 2;
		}
	}
	return 1;
}

/* The figures and letters spelled from text[at] on, behind those of the number; where they end. */
static size_t digits_read(struct number *number, const char *text, size_t at, bool *letters)
{
	size_t end = 0;

	while (number->n < MOST_FIGURES) {
		unsigned times = times_read(text, &at);
		size_t len = word_length(text + at);
		int digit = len > 0 ? spelled_digit(text + at, len) : -1;

		if (digit < 0)
			break;
		*letters |= digit > 9 && len > 1;
		while (times-- > 0 && number->n < MOST_FIGURES)
			number->n += (size_t)snprintf(number->figures + number->n,
			    sizeof number->figures - number->n, "%x", (unsigned)digit);
		end = at + len;
		at = end + (text[end] == ' ');
	}
	return end;
}

/* "x", as it stands behind the zero; its length with the blanks around it, or 0. */
static size_t x_read(const char *text)
{
	static const char *const words[] = {" x ", " x-ray ", " xray "};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			return strlen(words[i]);
	}
	return 0;
}

#define LEAST_SPELLED 4 /* of a number without 0x */

/*
 * "zero x six bravo alpha", or "charlie zero zero double zero zero zero five": the length of a
 * hexadecimal number that is spelled, or 0. Without the 0x a word of the alphabet must be
 * among its letters.
 */
static size_t hex_read(struct number *number, const char *text)
{
	size_t at = word_length(text), end;
	size_t x = spelled_digit(text, at) == 0 ? x_read(text + at) : 0;
	bool letters = false;

	*number = (struct number){.n = 0};
	if (x > 0)
		number->n = (size_t)snprintf(number->figures, sizeof number->figures, "0x");
	end = digits_read(number, text, x > 0 ? at + x : 0, &letters);
	if (x == 0 && (!letters || number->n < LEAST_SPELLED))
		return 0;
	return number->n >= LEAST_SPELLED ? end : 0;
}

/* "minus ten eighteen": as number_read, with the sign that may stand before it. */
static size_t signed_read(struct number *number, const char *text)
{
	static const char minus[] = "minus ";
	size_t lead = strncasecmp(text, minus, strlen(minus)) == 0 ? strlen(minus) : 0;
	size_t n = number_read(number, text + lead);

	if (n == 0 || lead == 0)
		return n;
	memmove(number->figures + 1, number->figures, ++number->n);
	number->figures[0] = '-';
	number->figures[number->n] = '\0';
	return lead + n;
}

/* A text while it is written anew. */
struct writing {
	struct spoken *spoken;
	FILE *out;
};

/* Writes `text` in place of said[at..at+n); takes `meant` over. */
static void writing_put(
    struct writing *w, const char *text, size_t at, size_t n, char *meant)
{
	struct spoken *spoken = w->spoken;
	size_t start = (size_t)ftell(w->out);

	fputs(text, w->out);
	spoken->list = xgrow(spoken->list, spoken->n, &spoken->cap, sizeof *spoken->list);
	spoken->list[spoken->n++] = (struct rewrite){
	    .figures = {start, start + strlen(text)},
	    .words = {at, at + n},
	    .meant = meant,
	};
}

/* Writes the word at said[at] in another way. Its length, or 0 if it stays as it is. */
static size_t writing_word(
    struct writing *w, const char *said, size_t at, struct mender *mender)
{
	struct number number;
	size_t n = signed_read(&number, said + at);
	char *meant, *typed;
	bool replaces;

	if (n == 0)
		n = hex_read(&number, said + at);
	if (n > 0) {
		writing_put(w, number.figures, at, n, NULL);
		return n;
	}
	meant = mender != NULL ? mender_mend(mender, said, at, &n, &replaces) : NULL;
	if (meant == NULL)
		return 0;
	typed = xstrndup(said + at, n);
	writing_put(w, replaces ? meant : typed, at, n, meant);
	free(typed);
	return n;
}

void spoken_read(struct spoken *spoken, const char *said, struct mender *mender)
{
	struct writing w = {.spoken = spoken};
	size_t len, at = 0;

	*spoken = (struct spoken){.list = NULL};
	w.out = xopen_memstream(&spoken->text, &len);
	while (said[at] != '\0') {
		bool begins = at == 0 || !isalnum((unsigned char)said[at - 1]);
		size_t n = begins ? writing_word(&w, said, at, mender) : 0;

		if (n == 0)
			putc(said[at++], w.out);
		at += n;
	}
	xclose_memstream(w.out);
}

/* A place outside the numbers, moved by what those before it grew or shrank. */
static size_t place_moved(const struct spoken *spoken, size_t place, bool end)
{
	size_t moved = place;

	for (size_t i = 0; i < spoken->n; i++) {
		const struct rewrite *r = &spoken->list[i];

		if (place < r->figures.start || (end && place == r->figures.start))
			break;
		if (place < r->figures.end)
			return end ? r->words.end : r->words.start;
		moved = place - r->figures.end + r->words.end;
	}
	return moved;
}

struct span spoken_words(const struct spoken *spoken, struct span where)
{
	return (struct span){
	    place_moved(spoken, where.start, false), place_moved(spoken, where.end, true)};
}

void spoken_fini(struct spoken *spoken)
{
	for (size_t i = 0; i < spoken->n; i++)
		free(spoken->list[i].meant);
	free(spoken->text);
	free(spoken->list);
	*spoken = (struct spoken){.list = NULL};
}

char *understand_figures(const char *said)
{
	struct spoken spoken;
	char *text;

	spoken_read(&spoken, said, NULL);
	text = xstrdup(spoken.text);
	spoken_fini(&spoken);
	return text;
}
