/* SPDX-License-Identifier: ISC */
/*
 * Versions and service packs of one product.
 *
 * Wherever the product is named, the list behind it is read:
 *
 *	product [,] [edition] [version(s)] item { separator item }
 *	item      := number | pack          pack := ("SP" | "Service Pack(s)") digit
 *
 * A lone digit behind a pack is a pack too ("Service Packs 1, 2, 3"), with a point in it it
 * is a version again. "versions 4.0 and 5.0 of PRODUCT" and "Service Pack 3 for PRODUCT" are
 * read from their head. A pack beside the name of anything else ("Windows NT 4.0 SP5") is
 * not of the product, nor is a fix made before or after one ("post-SP2").
 *
 * A number becomes the answer of that key; "SP3" and "Service Pack 3" the answer "sp3".
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "recognise_method.h"
#include "sentence.h"

enum {
	VERSION_EDITION, /* ", Enterprise Edition" */
	VERSION_WORD, /* "version", with what may stand before it */
	VERSION_NUMBER, /* "5.5" */
	VERSION_PACK, /* "Service Packs 1" */
	VERSION_DIGIT, /* the next digit of a list of packs */
	VERSION_SEPARATOR, /* ", and" */
	VERSION_HEAD, /* "versions 4.0", anywhere */
	VERSION_PACK_HEAD, /* "Service Pack 3", anywhere */
	VERSION_OF, /* "for the", between a head and its product */
	VERSION_LEAD, /* a word that may stand before a pack whose product is not named */
};

static const char *const version_sources[] = {
    [VERSION_EDITION] = "\\G,?\\s+\\w+\\s+edition\\b",
    [VERSION_WORD] = "\\G[\\s,(:]*(?:(?:versions?|ver\\.|release|v\\.?)\\s*(?=[\\ds]))?",
    [VERSION_NUMBER] =
	"\\G(\\d+(?:\\.\\d+)*[a-z]{0,2})(?![\\w]|\\.\\d|%|\\s+(?:MB|KB|GB|bytes)\\b)",
    [VERSION_PACK] =
	"\\G(?:SP|service\\s+packs?(?:\\s+\\(SP\\))?)\\s*(\\d[a-z]?)(?!\\w|\\.\\d)",
    [VERSION_DIGIT] = "\\G(\\d[a-z]?)(?!\\w|\\.\\d|\\s+\\w+s\\b)",
    [VERSION_SEPARATOR] = "\\G(?:\\s*[,;/"
			  "+&(]\\s*(?:and\\s+|or\\s+|with\\s+)?|\\s+(?:and|or|with|through)"
			  "\\s+(?:with\\s+)?|\\s+|\\)\\s*,?\\s*(?:and\\s+|or\\s+)?)"
			  "(?:(?:versions?|ver\\.|the|U\\.?S\\.?)\\s+)*",
    [VERSION_HEAD] = "\\bversions?\\s+(?=\\d)",
    [VERSION_PACK_HEAD] = "(?<![\\w-])(?=(?:SP|service\\s+packs?(?:\\s+\\(SP\\))?)\\s*\\d)",
    [VERSION_OF] =
	"\\G\\)?,?\\s+(?:for|of|to|on)\\s+(?:the\\s+|your\\s+|our\\s+)?(?:microsoft\\s+)?",
    [VERSION_LEAD] =
	"(?:^|\\b(?:appl(?:y|ied|ying)|install(?:ed|ing)?|with|after|have|has|had|"
	"is|are|at|on|to|the|running|run|latest|and|or|using|upgrading|in|got|got\\s+it|"
	"of|by|from|before|since|until|put)|[,;+/"
	"-]|\\b(?:to|of|with|on|in|is|running)\\s+version\\s+\\d\\.\\d)\\s*$",
    NULL,
};

static bool seeks_packs(const struct reading *rd)
{
	return rd->question->recogniser == RECOGNISE_SERVICE_PACK;
}

/*
 * Where the evidence of an item begins: at the product it belongs to, or at the item itself
 * where that stands on a later line (a quotation is of one line, and must hold the number).
 */
static size_t evidence_start(const struct reading *rd, size_t product, size_t item)
{
	bool same_line =
	    item < product || memchr(rd->text + product, '\n', item - product) == NULL;

	return same_line ? product : item;
}

/* Adds the answer whose key is the number, or "sp" and the number. `start`: see list_read. */
static void item_add(struct reading *rd, bool pack, struct span number, size_t start)
{
	char *key;
	int answer;

	if (pack != seeks_packs(rd))
		return;
	key = xasprintf("%s%.*s", pack ? "sp" : "", (int)(number.end - number.start),
	    rd->text + number.start);
	answer = question_answer(rd->question, key);
	if (answer < 0 && pack) {
		key[strlen("sp") + 1] =
		    '\0'; /* "sp6a" is sp6 where nothing finer is asked */
		answer = question_answer(rd->question, key);
	}
	free(key);
	if (answer < 0)
		return;
	reading_add(rd, answer, NULL, start, number.end);
}

/* One item of a list at `from`: its end, or 0 where there is none. */
static size_t item_read(struct reading *rd, size_t from, bool *pack, size_t start)
{
	struct span g[2];

	if (reading_find(rd, VERSION_PACK, from, g, 2)) {
		*pack = true;
	} else if (*pack && reading_find(rd, VERSION_DIGIT, from, g, 2)) {
		*pack = true;
	} else if (reading_find(rd, VERSION_NUMBER, from, g, 2)) {
		*pack = false;
	} else {
		return 0;
	}
	item_add(rd, *pack, g[1], evidence_start(rd, start, g[0].start));
	return g[0].end;
}

/* A longer list is read in pieces: nobody writes one, and each of its heads reads on from it. */
#define LIST_MAX 32

/*
 * Reads items as long as there are any and returns the end of the last, or 0. Evidence of an
 * item begins at `start`, where the product is named.
 */
static size_t list_read(struct reading *rd, size_t from, size_t start)
{
	bool pack = false;
	size_t end = item_read(rd, from, &pack, start), next;
	struct span s;

	if (end == 0)
		return 0;
	for (int n = 1; n < LIST_MAX && reading_find(rd, VERSION_SEPARATOR, end, &s, 1) &&
			(next = item_read(rd, s.end, &pack, start)) != 0;
	     n++)
		end = next;
	return end;
}

/* Steps over "versions 4.0, 5.0" to where its product must begin, or returns 0. */
static size_t list_skip(const struct reading *rd, size_t from)
{
	struct reading silent = *rd;
	struct findings none = {.list = NULL};
	struct span s;
	size_t end;

	silent.out = &none;
	end = list_read(&silent, from, from);
	findings_fini(&none);
	return end != 0 && reading_find(rd, VERSION_OF, end, &s, 1) ? s.end : 0;
}

static bool product_at(const struct reading *rd, size_t from)
{
	struct span s;

	return pattern_scan_find(
		   rd->scan, rd->patterns->of, rd->text, rd->len, from, &s, 1) &&
	       s.start == from;
}

/* Lists behind the product: "PRODUCT, version 5.5 SP1". */
static void seek_behind_product(struct reading *rd)
{
	struct span product, s;
	size_t from = 0, next;

	while (pattern_scan_find(
	    rd->scan, rd->patterns->of, rd->text, rd->len, from, &product, 1)) {
		from = product.end > product.start ? product.end : product.end + 1;
		next = product.end;
		if (reading_find(rd, VERSION_EDITION, next, &s, 1))
			next = s.end;
		if (reading_find(rd, VERSION_WORD, next, &s, 1))
			next = s.end;
		next = next > product.end ? list_read(rd, next, product.start) : 0;
		if (next > from)
			from = next;
	}
}

/* Lists before the product: "versions 4.0 and 5.0 of PRODUCT". */
static void seek_before_product(struct reading *rd, int head)
{
	struct span s;
	size_t from = 0, product, start;

	while (from <= rd->len && reading_find(rd, head, from, &s, 1)) {
		from = s.end + 1;
		start = head == VERSION_HEAD ? s.end : s.start;
		product = list_skip(rd, start);
		if (product != 0 && product_at(rd, product))
			list_read(rd, start, s.start);
	}
}

static void seek_version(struct reading *rd)
{
	if (rd->patterns->of == NULL)
		return;
	seek_behind_product(rd);
	seek_before_product(rd, VERSION_HEAD);
}

/* The end of text[from..end) without blanks and the word that links a pack to a name. */
static size_t trim_linking(const char *text, size_t from, size_t end)
{
	static const char with[] = " with";
	size_t n = strlen(with);

	while (end > from && strchr(" \n,(+", text[end - 1]) != NULL)
		end--;
	if (end - from > n && strncasecmp(text + end - n, with, n) == 0)
		end -= n;
	return end;
}

/* No name, and no word before a pack, is longer than this. */
#define NAME_REACH 120

/* Whether the words before `end` (from `from`) end with the name of something else. */
static bool follows_other_name(const struct reading *rd, size_t from, size_t end)
{
	const struct questions *qs = rd->all->questions;
	struct span s;

	end = trim_linking(rd->text, from, end);
	if (end - from > NAME_REACH)
		from = end - NAME_REACH;
	for (size_t i = 0; i < qs->n; i++) {
		if (qs->list[i].recogniser != RECOGNISE_PATTERNS)
			continue;
		for (size_t k = 0; k < qs->list[i].nanswers; k++) {
			const struct pattern_list *l = &rd->all->list[i].answers[k].find;
			for (size_t p = 0; p < l->n; p++)
				for (size_t f = from; pattern_scan_find(
					 rd->scan, l->list[p], rd->text, end, f, &s, 1);
				     f = s.start + 1)
					if (s.end == end)
						return true;
		}
	}
	return false;
}

/*
 * A pack whose product is not named beside it is the product's where the sentence speaks of
 * the product (or a person speaks) and nothing else is named before it or with "for" behind.
 */
static bool is_own_pack(const struct reading *rd, size_t start)
{
	struct span sentence = sentence_around(rd->text, rd->len, start), s, number[2];
	size_t near =
	    start - sentence.start > NAME_REACH ? start - NAME_REACH : sentence.start;

	if (!reading_find(rd, VERSION_PACK, start, number, 2) ||
	    reading_find(rd, VERSION_OF, number[0].end, &s, 1))
		return false;
	if (rd->voice == VOICE_ARTICLE &&
	    !pattern_scan_find(
		rd->scan, rd->patterns->of, rd->text, sentence.end, sentence.start, &s, 1))
		return false;
	if (!pattern_find(rd->builtin[VERSION_LEAD], rd->text, start, near, &s, 1))
		return false;
	return !follows_other_name(rd, sentence.start, start);
}

/* Whether a list behind the product, or before it, has this place already. */
static bool is_found(const struct reading *rd, size_t at_byte)
{
	for (size_t i = rd->first; i < rd->out->n; i++)
		if (rd->out->list[i].question == rd->index &&
		    rd->out->list[i].where.start <= at_byte &&
		    at_byte < rd->out->list[i].where.end)
			return true;
	return false;
}

/* To find out whose a pack is takes long; a text with more of them is a list of something. */
#define PACKS_MAX 64

static void seek_lone_packs(struct reading *rd)
{
	struct span s;
	size_t from = 0;
	unsigned npacks = 0;

	while (npacks < PACKS_MAX && reading_find(rd, VERSION_PACK_HEAD, from, &s, 1)) {
		from = s.start + 1;
		if (is_found(rd, s.start))
			continue;
		npacks++;
		if (is_own_pack(rd, s.start))
			list_read(rd, s.start, s.start);
	}
}

static void seek_service_pack(struct reading *rd)
{
	if (rd->patterns->of == NULL)
		return;
	seek_behind_product(rd);
	seek_before_product(rd, VERSION_HEAD);
	seek_before_product(rd, VERSION_PACK_HEAD);
	seek_lone_packs(rd);
}

const struct method method_version = {.sources = version_sources, .seek = seek_version};
const struct method method_service_pack = {
    .sources = version_sources, .seek = seek_service_pack};
