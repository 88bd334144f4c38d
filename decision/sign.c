/* SPDX-License-Identifier: ISC */
/*
 * Choosing the sign of an article.
 *
 * Every sentence of SYMPTOMS is a candidate, and each is given points: for standing first
 * (authors say there what is seen), for a message that it announces, for a length that can
 * be read at a glance among seven; against words that lean on another sentence ("This occurs
 * ...", "the following"), and against speaking of the article instead of the problem. The
 * best one is taken if it has any points left; else the title, which authors write to be read
 * alone. A sentence that ends in a colon is joined with the message below it, because neither
 * half says enough.
 */
#include "sign.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "recognise_method.h"
#include "sentence.h"
#include "words.h"

#define MESSAGE_LONGEST 160 /* of a message that is joined; in bytes */
#define SHORTEST 25 /* a shorter sentence hardly says anything */
#define GLANCE 170 /* a longer one is hard to compare with six others */
#define MOST_SENTENCES 40 /* of a section: what is further down is detail */

enum points {
	POINTS_FIRST = 4,
	POINTS_EARLY = 2, /* the second to fourth sentence */
	POINTS_MESSAGE = 3,
	POINTS_LONG = -2,
	POINTS_SHORT = -4,
	POINTS_LEANS = -4,
	POINTS_UNANNOUNCED = -5, /* announces what does not follow */
	POINTS_ARTICLE = -8,
	POINTS_LEAST = 0, /* a sign has as many at least */
};

/* What a sentence begins with that is understood only from the one before it. */
static const char *const leaning[] = {"additionally", "also", "and", "as a result", "but",
    "e.g.", "even", "for example", "for more", "further", "furthermore", "he", "hence",
    "however", "in addition", "in either case", "in this", "it", "its", "moreover", "note",
    "notes", "or", "otherwise", "she", "similarly", "so", "such", "that", "their", "then",
    "therefore", "these", "they", "this", "those", "thus", "to work around", "where",
    "you may also", "you might also"};

/* Words that make a sentence one about the article, or about what it does not hold. */
static const char *const about_article[] = {"this article", "knowledge base", "see below",
    "see above", "shown below", "shown above", "as follows", "listed below"};

/* A sentence of the section, with what it may be joined with. */
struct candidate {
	const struct block *block, *message; /* message: the block it announces, or NULL */
	struct span where; /* in the text of its block */
	int points;
};

static bool begins_with(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len > n && strncasecmp(text, word, n) == 0 &&
	       !isalnum((unsigned char)text[n]) && text[n] != '-';
}

static bool holds(const char *text, size_t len, const char *words)
{
	size_t n = strlen(words);

	for (size_t i = 0; i + n <= len; i++) {
		if (strncasecmp(text + i, words, n) == 0)
			return true;
	}
	return false;
}

static bool leans(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof leaning / sizeof *leaning; i++) {
		if (begins_with(text, len, leaning[i]))
			return true;
	}
	return !isupper((unsigned char)text[0]) && !isdigit((unsigned char)text[0]) &&
	       text[0] != '"';
}

static bool is_about_article(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof about_article / sizeof *about_article; i++) {
		if (holds(text, len, about_article[i]))
			return true;
	}
	return false;
}

static int points_of(const struct candidate *c, size_t number)
{
	const char *text = c->block->text + c->where.start;
	size_t len = c->where.end - c->where.start;
	bool announces = text[len - 1] == ':' || holds(text, len, "following");
	int points = number == 0 ? POINTS_FIRST : number < 4 ? POINTS_EARLY : 0;

	if (leans(text, len))
		points += POINTS_LEANS;
	if (is_about_article(text, len))
		points += POINTS_ARTICLE;
	if (announces && c->message == NULL)
		points += POINTS_UNANNOUNCED;
	if (c->message != NULL)
		points += POINTS_MESSAGE;
	else if (len < SHORTEST)
		points += POINTS_SHORT;
	if (len > GLANCE)
		points += POINTS_LONG;
	return points;
}

/* The message that the last sentence of block i announces: the verbatim block behind it. */
static const struct block *announced(
    const struct section *s, size_t i, const struct span *where)
{
	const char *text = s->blocks[i].text;

	if (i + 1 >= s->nblocks || s->blocks[i + 1].kind != BLOCK_VERBATIM ||
	    !intro_announces(text))
		return NULL;
	return text[where->end] == '\0' ? &s->blocks[i + 1] : NULL;
}

/* Looks at every sentence of block i; *number counts those of the section. */
static void block_candidates(
    const struct section *s, size_t i, size_t *number, struct candidate *best)
{
	const struct block *b = &s->blocks[i];
	size_t len = strlen(b->text), at = sentence_skip_space(b->text, len, 0);

	while (at < len && *number < MOST_SENTENCES) {
		struct candidate c = {
		    .block = b, .where = {at, sentence_end(b->text, len, at)}};

		if (c.where.end <= at)
			break;
		c.message = announced(s, i, &c.where);
		c.points = points_of(&c, (*number)++);
		if (best->block == NULL || c.points > best->points)
			*best = c;
		at = sentence_skip_space(b->text, len, c.where.end);
	}
}

static void section_candidates(
    const struct section *s, size_t *number, struct candidate *best)
{
	for (size_t i = 0; i < s->nblocks && *number < MOST_SENTENCES; i++) {
		if (s->blocks[i].kind != BLOCK_VERBATIM)
			block_candidates(s, i, number, best);
	}
}

/* One line of at most `most` bytes; what is cut is marked, and cut at a word where one ends. */
static char *fold_cut(const char *text, size_t len, size_t most)
{
	char *copy = xstrndup(text, len), *line = scan_fold(copy), *cut;
	size_t n, blank;

	free(copy);
	if (strlen(line) <= most)
		return line;
	n = scan_cut(line, most - 3);
	for (blank = n; blank > most / 2 && line[blank] != ' ';)
		blank--;
	if (line[blank] == ' ')
		n = blank;
	cut = xasprintf("%.*s ...", (int)n, line);
	free(line);
	return cut;
}

/* Without the colon that announces the message, and with it. */
static char *join_message(const char *sentence, const struct block *message)
{
	char *said = fold_cut(message->text, strlen(message->text), MESSAGE_LONGEST);
	size_t len = strlen(sentence);
	const char *quote = strchr(said, '"') == NULL ? "\"" : "";
	char *both = xasprintf("%.*s: %s%s%s",
	    (int)(len > 0 && sentence[len - 1] == ':' ? len - 1 : len), sentence, quote,
	    said, quote);

	free(said);
	return both;
}

static char *candidate_text(const struct candidate *c)
{
	const char *text = c->block->text + c->where.start;
	char *sentence = fold_cut(text, c->where.end - c->where.start, SIGN_LONGEST), *both;

	if (c->message == NULL)
		return sentence;
	both = join_message(sentence, c->message);
	free(sentence);
	return both;
}

/* "XADM: Information Store Stops" without the tag of its archive. */
static size_t title_begin(const char *title)
{
	size_t n = strspn(title, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n > 1 && n < 9 && title[n] == ':' && title[n + 1] == ' ' ? n + 2 : 0;
}

static struct candidate title_candidate(const struct article *a)
{
	const struct section *title = article_section(a, SECTION_TITLE);
	struct candidate c = {.block = NULL};
	size_t begin;

	if (title == NULL || title->nblocks == 0)
		return c;
	begin = title_begin(title->blocks[0].text);
	c.block = &title->blocks[0];
	c.where = (struct span){begin, strlen(c.block->text)};
	return c;
}

bool sign_find(const struct article *a, struct fact *fact)
{
	struct candidate best = {.block = NULL};
	size_t number = 0;

	for (size_t i = 0; i < a->nsections; i++) {
		if (a->sections[i].kind == SECTION_SYMPTOMS)
			section_candidates(&a->sections[i], &number, &best);
	}
	fact->section = SECTION_SYMPTOMS;
	if (best.block == NULL || best.points < POINTS_LEAST) {
		best = title_candidate(a);
		fact->section = SECTION_TITLE;
	}
	if (best.block == NULL || best.where.end <= best.where.start)
		return false;
	fact->value = candidate_text(&best);
	fact->quote = evidence_quote(best.block, best.where, &fact->line);
	return true;
}

/* Sketches. */

/* Bits that may differ: of unrelated texts about half of the 64 do. */
#define ALIKE_BITS 14

/* A mixing of 64 bits (FNV-1a, then the finaliser of SplitMix64; both public domain). */
static uint64_t token_hash(const char *token)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *token != '\0'; token++)
		h = (h ^ (unsigned char)*token) * UINT64_C(0x100000001b3);
	h = (h ^ h >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
	return h ^ h >> 31;
}

static void sketch_token(void *arg, const char *token, bool identifier)
{
	int *votes = arg;
	uint64_t hash = token_hash(token);

	(void)identifier;
	for (int bit = 0; bit < 64; bit++)
		votes[bit] += hash >> bit & 1 ? 1 : -1;
}

uint64_t sign_sketch(const char *text)
{
	int votes[64] = {0};
	uint64_t sketch = 0;

	words_each(text, sketch_token, votes);
	for (int bit = 0; bit < 64; bit++)
		sketch |= (uint64_t)(votes[bit] > 0) << bit;
	return sketch != 0 ? sketch : 1;
}

/* Adds neighbouring bits, pairs and quadruples in place: there may be no instruction for it. */
static unsigned bits_set(uint64_t x)
{
	x -= x >> 1 & UINT64_C(0x5555555555555555);
	x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
	x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)(x * UINT64_C(0x0101010101010101) >> 56);
}

bool sign_alike(uint64_t a, uint64_t b)
{
	return a != 0 && b != 0 && bits_set(a ^ b) <= ALIKE_BITS;
}
