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

void spoken_figures(struct spoken *spoken, const char *said)
{
	size_t len, at = 0;
	FILE *out;

	*spoken = (struct spoken){.list = NULL};
	out = xopen_memstream(&spoken->text, &len);
	while (said[at] != '\0') {
		bool begins = at == 0 || !isalnum((unsigned char)said[at - 1]);
		struct number number;
		size_t n = begins ? number_read(&number, said + at) : 0;
		size_t start = (size_t)ftell(out);

		if (n == 0) {
			putc(said[at++], out);
			continue;
		}
		fputs(number.figures, out);
		spoken->list =
		    xgrow(spoken->list, spoken->n, &spoken->cap, sizeof *spoken->list);
		spoken->list[spoken->n++] = (struct rewrite){
		    .figures = {start, start + number.n}, .words = {at, at + n}};
		at += n;
	}
	xclose_memstream(out);
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
	free(spoken->text);
	free(spoken->list);
	*spoken = (struct spoken){.list = NULL};
}
