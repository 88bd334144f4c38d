/* SPDX-License-Identifier: ISC */
/*
 * Text to tokens. What is made of them is in words_signature.c and words_match.c.
 *
 * A text is cut at blanks and at punctuation that no identifier holds; what is left is a run
 * such as "stopped", "multi-processor", "edb.log", "edbbcli!HrClnSockAddrFromSocket", "-1018".
 * A run that has a digit, an inner '!', '_', '.', '\', ':' ... or a capital behind a small
 * letter is an identifier: it becomes a token as it stands. The words in it become tokens
 * too, unless they are among the commonest of the language. Everything is folded to lower
 * case (ASCII and Latin-1), and words lose the endings -s, -ing, -ed and -e, so that
 * "restoring", "restored" and "restores" meet. That is the first step of Porter's stemmer and no
 * more: a caller's word that is cut too far meets words of other articles, which costs more than
 * one that is not met.
 */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"

/* Longest token in bytes; what is longer is data, not a name that somebody would type. */
#define LONGEST 100

/* The longest stop word and its end: eight bytes compare at once. */
#define STOP_SIZE 8

/* Words that say nothing of a problem. Apostrophes are gone; sorted for bsearch. */
static const char stop_words[][STOP_SIZE] = {"about", "after", "all", "also", "am", "an",
    "and", "any", "are", "as", "at", "be", "because", "been", "before", "being", "both",
    "but", "by", "can", "cannot", "cant", "could", "did", "didnt", "do", "doe", "does",
    "doesnt", "doing", "dont", "each", "either", "else", "even", "ever", "every", "few",
    "for", "from", "get", "gets", "give", "gives", "go", "goes", "got", "had", "has",
    "have", "havent", "he", "her", "here", "hers", "him", "his", "how", "however", "if",
    "im", "in", "into", "is", "isnt", "it", "its", "itself", "ive", "just", "may", "me",
    "might", "more", "most", "must", "my", "no", "nor", "not", "now", "of", "off", "ok",
    "on", "once", "one", "only", "onto", "or", "other", "our", "out", "over", "own",
    "please", "shall", "she", "should", "since", "so", "some", "still", "such", "than",
    "that", "thats", "the", "their", "them", "then", "there", "these", "they", "thing",
    "this", "those", "though", "through", "to", "too", "up", "upon", "us", "very", "via",
    "was", "wasnt", "we", "were", "what", "when", "where", "whether", "which", "while",
    "who", "whom", "whose", "why", "will", "with", "within", "without", "wont", "would",
    "yes", "yet", "you", "your", "youre"};

static int compare_word(const void *word, const void *entry)
{
	return memcmp(word, entry, STOP_SIZE);
}

static bool is_stop_word(const char *word, size_t len)
{
	char padded[STOP_SIZE] = {0};

	if (len >= STOP_SIZE)
		return false;
	memcpy(padded, word, len);
	return bsearch(padded, stop_words, sizeof stop_words / sizeof *stop_words,
		   sizeof *stop_words, compare_word) != NULL;
}

enum glyph {
	GLYPH_BREAK, /* ends a run */
	GLYPH_INNER, /* belongs to an identifier when something stands on both sides */
	GLYPH_HYPHEN,
	GLYPH_QUOTE, /* an apostrophe: dropped */
	GLYPH_LOWER,
	GLYPH_UPPER,
	GLYPH_DIGIT,
};

static enum glyph glyph_of(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return GLYPH_DIGIT;
	if (cp >= 'a' && cp <= 'z')
		return GLYPH_LOWER;
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0xde && cp != 0xd7))
		return GLYPH_UPPER;
	if (cp == '-')
		return GLYPH_HYPHEN;
	if (cp == '\'' || cp == 0x2019)
		return GLYPH_QUOTE;
	if (cp != 0 && cp < 0x80)
		return strchr("!_.\\:@$#&+%~", (int)cp) != NULL ? GLYPH_INNER : GLYPH_BREAK;
	if (cp < 0xc0 || cp == 0xd7 || cp == 0xf7)
		return GLYPH_BREAK;
	if ((cp >= 0x2000 && cp <= 0x2bff) || (cp >= 0x3000 && cp <= 0x3020) ||
	    cp >= 0xfff0)
		return GLYPH_BREAK; /* punctuation, symbols */
	return GLYPH_LOWER;
}

static uint32_t fold(uint32_t cp, enum glyph glyph)
{
	return glyph == GLYPH_UPPER ? cp + 32 : cp;
}

/* A run, folded, apostrophes dropped, and what was seen in it. */
struct run {
	char text[LONGEST + 1];
	size_t len;
	bool too_long;
	bool digit, letter, inner, hyphen, capital_inside;
	enum glyph last;
};

struct reader {
	void (*each)(void *arg, const char *token, bool identifier);
	void *arg;
};

static void run_add(struct run *run, uint32_t cp, enum glyph glyph)
{
	char utf8[4];
	size_t n = scan_encode(fold(cp, glyph), utf8);

	if (run->len + n > LONGEST) {
		run->too_long = true;
		return;
	}
	memcpy(run->text + run->len, utf8, n);
	run->len += n;
	run->text[run->len] = '\0';
	run->digit |= glyph == GLYPH_DIGIT;
	run->letter |= glyph == GLYPH_LOWER || glyph == GLYPH_UPPER;
	run->capital_inside |= glyph == GLYPH_UPPER && run->last == GLYPH_LOWER;
	run->last = glyph;
}

/* A stem is no shorter than this before -ing and -ed go: "bring" and "speed" stay. */
#define SHORTEST_STEM 4

static bool ends_in(const char *word, size_t len, const char *ending)
{
	size_t n = strlen(ending);

	return len >= n && memcmp(word + len - n, ending, n) == 0;
}

/* "errors" -> "error", "entries" -> "entry"; "address", "status", "axis", "dos" stay. */
static size_t drop_plural(char *word, size_t len)
{
	if (len < 5 || word[len - 1] != 's' || strchr("sui", word[len - 2]) != NULL)
		return len;
	if (!ends_in(word, len, "ies"))
		return len - 1;
	word[len - 3] = 'y';
	return len - 2;
}

/* "moving" and "moved" -> "mov", "stopped" -> "stop"; "installing" -> "install". */
static size_t drop_tense(const char *word, size_t len)
{
	size_t n = ends_in(word, len, "ing") ? 3 : ends_in(word, len, "ed") ? 2 : 0;

	if (n == 0 || len < n + SHORTEST_STEM)
		return len;
	len -= n;
	if (word[len - 1] == word[len - 2] && word[len - 1] != 'l' && word[len - 1] != 's')
		len--;
	return len;
}

/* Until nothing is left to drop, so that the stem of a stem is itself. */
static void stem(char *word, size_t len)
{
	size_t before;

	do {
		before = len;
		len = drop_tense(word, drop_plural(word, len));
		if (len >= 5 && word[len - 1] == 'e')
			len--;
	} while (len < before);
	word[len] = '\0';
}

/* One word of a run: letters and digits only. */
static void emit_word(const struct reader *reader, const char *start, size_t len)
{
	char word[LONGEST + 1];
	bool digits = *start >= '0' && *start <= '9' && strspn(start, "0123456789") >= len;

	if (len < 2)
		return;
	memcpy(word, start, len);
	word[len] = '\0';
	if (is_stop_word(word, len))
		return;
	if (!digits)
		stem(word, len);
	reader->each(reader->arg, word, digits);
}

static bool is_separator(char c)
{
	return (c < 'a' || c > 'z') && strchr("-!_.\\:@$#&+%~", c) != NULL;
}

static void emit_parts(const struct reader *reader, const char *text)
{
	const char *start = text;

	for (const char *p = text;; p++) {
		if (*p != '\0' && !is_separator(*p))
			continue;
		emit_word(reader, start, (size_t)(p - start));
		if (*p == '\0')
			return;
		start = p + 1;
	}
}

/* Takes away what stands around an identifier: "(see \\server\share)." */
static char *trim(struct run *run)
{
	char *start = run->text;

	while (run->len > 0 && is_separator(run->text[run->len - 1]))
		run->text[--run->len] = '\0';
	while (*start != '\0' && is_separator(*start) &&
	       !(*start == '-' && start[1] >= '0' && start[1] <= '9'))
		start++;
	run->len -= (size_t)(start - run->text);
	run->inner = strpbrk(start, "!_.\\:@$#&+%~") != NULL;
	run->hyphen = strchr(start, '-') != NULL;
	return start;
}

/*
 * An identifier becomes a token as it stands. A plain number or a name like NetBIOS has no
 * parts that differ from it.
 */
static void emit_run(const struct reader *reader, struct run *run)
{
	char *text = trim(run);
	bool compound = run->inner || (run->hyphen && run->digit);
	bool name = run->capital_inside || (run->digit && run->letter);

	if ((compound || (name && !run->hyphen)) && !run->too_long && run->len > 1)
		reader->each(reader->arg, text, true);
	if (!name || compound || run->hyphen)
		emit_parts(reader, text);
}

/* The text of an empty run is not looked at. */
static void run_clear(struct run *run)
{
	run->len = 0;
	run->too_long = run->digit = run->letter = run->capital_inside = false;
	run->last = GLYPH_BREAK;
}

void words_each(const char *text,
    void (*each)(void *arg, const char *token, bool identifier), void *arg)
{
	const struct reader reader = {.each = each, .arg = arg};
	struct run run;
	uint32_t cp;

	run_clear(&run);
	for (size_t n; (n = scan_decode(text, &cp)) > 0; text += n) {
		enum glyph glyph = glyph_of(cp);

		if (glyph != GLYPH_BREAK && glyph != GLYPH_QUOTE) {
			run_add(&run, cp, glyph);
		} else if (glyph == GLYPH_BREAK && run.len > 0) {
			emit_run(&reader, &run);
			run_clear(&run);
		}
	}
	if (run.len > 0)
		emit_run(&reader, &run);
}

static void count_token(void *arg, const char *token, bool identifier)
{
	size_t *n = arg;

	(void)token;
	(void)identifier;
	++*n;
}

size_t words_count(const char *text)
{
	size_t n = 0;

	words_each(text, count_token, &n);
	return n;
}
