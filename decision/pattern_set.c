/* SPDX-License-Identifier: ISC */
/*
 * One pass over a text for the needs of many patterns.
 *
 * Three bytes of a text, folded to 32 classes each, are a number of 15 bits. A map of that
 * many bits, small enough to stay in the nearest cache, says whether any literal of any
 * clause begins with such bytes; only where one does are the literals of that number
 * compared. (An automaton of Aho and Corasick compares nothing, but waits at every byte
 * for a look into a table too large for that cache; it was measured to take 1.6 times as
 * long.)
 *
 * A literal that is met has marks (member, clause). Marks are kept in one plane of bits a
 * clause; the members that have a bit in all planes may match. Members that need less begin
 * with bits in the planes they have no clause for.
 *
 * Two characters beyond ASCII fold to ASCII letters: U+017F to s and the Kelvin sign to k. A
 * text that has one is taken to hold everything.
 */
#include "pattern_set.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "pattern_need.h"

#define PLANES NEED_CLAUSES_MAX
#define RUN_KINDS 2 /* digits, hexadecimal digits */

/* Classes of bytes, and numbers of three of them. */
#define CLASS_BITS NEED_CLASS_BITS
#define CLASS_END 0 /* what is behind the end of a text */
#define NUMBERS (1u << 3 * CLASS_BITS)

struct mark {
	uint32_t member, plane;
};

/* A literal or run of some clause, as it was added. */
struct sought {
	struct need_atom atom;
	struct mark mark;
};

/* Marks of one word of the planes. */
struct stamp {
	size_t word;
	uint64_t bits;
};

/*
 * A literal with its first eight bytes as folded_word makes them. More of it is not compared:
 * to take a need for satisfied that is not costs time, no result. Its marks are a run of
 * stamps; everything a scan looks at lies close together.
 */
struct literal {
	uint64_t word, mask;
	uint32_t stamp, nstamps;
	uint32_t next; /* that begins with the same number; 0: none */
};

struct pattern_set {
	size_t nmembers, nwords; /* words of one plane */
	size_t cap_members, cap_sought;
	unsigned *nclauses; /* per member */
	struct sought *sought;
	size_t nsought;

	/* made by pattern_set_finish */
	struct literal *literals; /* from 1 */
	struct stamp *stamps;
	uint32_t nliterals, nstamps;
	unsigned char class[256];
	uint64_t map[NUMBERS / 64]; /* bit per number: some literal begins so */
	uint32_t first[NUMBERS]; /* of the literals of the number */
	uint64_t *begin; /* the planes of an empty text */
	struct sought *runs; /* those of `sought` that are no literals */
	size_t nruns;
};

struct pattern_set *pattern_set_new(void)
{
	return xcalloc(1, sizeof(struct pattern_set));
}

void pattern_set_free(struct pattern_set *set)
{
	if (set == NULL)
		return;
	free(set->literals);
	free(set->stamps);
	free(set->begin);
	free(set->sought);
	free(set->runs);
	free(set->nclauses);
	free(set);
}

static size_t set_add_member(struct pattern_set *set, const struct need *need)
{
	assert(set->begin == NULL);
	set->nclauses =
	    xgrow(set->nclauses, set->nmembers, &set->cap_members, sizeof *set->nclauses);
	set->nclauses[set->nmembers] = need->n;
	for (unsigned c = 0; c < need->n; c++)
		for (unsigned i = 0; i < need->clauses[c].n; i++) {
			set->sought = xgrow(set->sought, set->nsought, &set->cap_sought,
			    sizeof *set->sought);
			set->sought[set->nsought++] = (struct sought){
			    .atom = need->clauses[c].atoms[i],
			    .mark = {.member = (uint32_t)set->nmembers, .plane = c},
			};
		}
	return set->nmembers++;
}

size_t pattern_set_add(struct pattern_set *set, struct pattern *p)
{
	struct need need;
	size_t member;

	pattern_need(&need, pattern_source(p));
	member = set_add_member(set, &need);
	pattern_number(p, member);
	return member;
}

size_t pattern_set_add_words(struct pattern_set *set, const char *words)
{
	struct need need = {.n = 1, .clauses = {{.n = 1}}};
	struct need_atom *atom = &need.clauses[0].atoms[0];

	for (; words[atom->n] != '\0' && atom->n < NEED_LITERAL_MAX; atom->n++)
		atom->literal[atom->n] = (char)tolower((unsigned char)words[atom->n]);
	need.n = atom->n > 0;
	return set_add_member(set, &need);
}

size_t pattern_set_size(const struct pattern_set *set)
{
	return set->nmembers;
}

static struct stamp stamp_of(const struct pattern_set *set, struct mark m)
{
	return (struct stamp){.word = m.plane * set->nwords + m.member / 64,
	    .bits = UINT64_C(1) << m.member % 64};
}

static void stamp_put(uint64_t *planes, struct stamp stamp)
{
	planes[stamp.word] |= stamp.bits;
}

static void set_make_begin(struct pattern_set *set)
{
	set->nwords = set->nmembers / 64 + 1;
	set->begin = xcalloc(PLANES * set->nwords, sizeof *set->begin);
	for (uint32_t m = 0; m < set->nmembers; m++)
		for (uint32_t plane = set->nclauses[m]; plane < PLANES; plane++)
			stamp_put(set->begin,
			    stamp_of(set, (struct mark){.member = m, .plane = plane}));
}

/* The first eight of n bytes, zeros behind them; letters are small, as is some punctuation. */
static uint64_t folded_word(const char *text, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, text, n < sizeof word ? n : sizeof word);
	return word | UINT64_C(0x2020202020202020);
}

/*
 * Puts a literal before those of its number, a shorter one of all numbers that begin as it
 * does. Shorter ones come first: so far those numbers have the same literals.
 */
static void set_link(
    struct pattern_set *set, uint32_t literal, const struct need_atom *atom)
{
	unsigned known = atom->n < 3 ? atom->n : 3, open = (3 - known) * CLASS_BITS;
	uint32_t number = 0;

	for (unsigned i = 0; i < known; i++)
		number = number << CLASS_BITS | need_class((unsigned char)atom->literal[i]);
	number <<= open;
	set->literals[literal].next = set->first[number];
	for (uint32_t end = number + (1u << open); number < end; number++) {
		set->first[number] = literal;
		set->map[number / 64] |= UINT64_C(1) << number % 64;
	}
}

static void set_add_literal(struct pattern_set *set, const struct need_atom *atom)
{
	struct literal *literal = &set->literals[++set->nliterals];

	memset(&literal->mask, 0xff, atom->n < 8 ? atom->n : 8);
	literal->word = folded_word(atom->literal, atom->n) & literal->mask;
	literal->stamp = set->nstamps;
	set_link(set, set->nliterals, atom);
}

/* To the literal that was added last. */
static void set_add_stamp(struct pattern_set *set, struct stamp stamp)
{
	struct literal *literal = &set->literals[set->nliterals];

	for (uint32_t i = literal->stamp; i < set->nstamps; i++)
		if (set->stamps[i].word == stamp.word) {
			set->stamps[i].bits |= stamp.bits;
			return;
		}
	set->stamps[set->nstamps++] = stamp;
	literal->nstamps++;
}

static int compare_literals(const void *va, const void *vb)
{
	const struct sought *a = va, *b = vb;

	if (a->atom.kind != b->atom.kind)
		return a->atom.kind < b->atom.kind ? -1 : 1;
	if (a->atom.n != b->atom.n)
		return a->atom.n < b->atom.n ? -1 : 1;
	return memcmp(a->atom.literal, b->atom.literal, a->atom.n);
}

/* Equal literals, neighbours once sorted, are one with the marks of all. */
static void set_make_literals(struct pattern_set *set)
{
	set->literals = xcalloc(set->nsought + 1, sizeof *set->literals);
	set->stamps = xcalloc(set->nsought + 1, sizeof *set->stamps);
	for (size_t i = 0; i < set->nsought; i++) {
		const struct sought *s = &set->sought[i];

		if (s->atom.kind != NEED_LITERAL)
			continue;
		if (i == 0 || compare_literals(s, s - 1) != 0)
			set_add_literal(set, &s->atom);
		set_add_stamp(set, stamp_of(set, s->mark));
	}
}

void pattern_set_finish(struct pattern_set *set)
{
	for (unsigned c = 0; c < 256; c++)
		set->class[c] = (unsigned char)need_class((unsigned char)c);
	set_make_begin(set);
	if (set->nsought > 0)
		qsort(set->sought, set->nsought, sizeof *set->sought, compare_literals);
	set_make_literals(set);
	set->runs = xcalloc(set->nsought + 1, sizeof *set->runs);
	for (size_t i = 0; i < set->nsought; i++)
		if (set->sought[i].atom.kind != NEED_LITERAL)
			set->runs[set->nruns++] = set->sought[i];
}

/* What is being learned of a text. */
struct scanner {
	const struct pattern_set *set;
	uint64_t *planes;
	unsigned longest[RUN_KINDS];
};

/* Compares the literals of a number with the text that begins so. */
static void scanner_compare(
    struct scanner *s, uint32_t number, const char *text, size_t left)
{
	uint64_t word = folded_word(text, left);

	for (uint32_t i = s->set->first[number]; i != 0; i = s->set->literals[i].next) {
		const struct literal *literal = &s->set->literals[i];

		if ((word & literal->mask) != literal->word)
			continue;
		for (uint32_t k = 0; k < literal->nstamps; k++)
			stamp_put(s->planes, s->set->stamps[literal->stamp + k]);
	}
}

/* The number of three bytes, of which the last is text[at], is met. */
static void scanner_step(
    struct scanner *s, uint32_t number, const char *text, size_t len, size_t at)
{
	if ((s->set->map[number / 64] >> number % 64 & 1) != 0)
		scanner_compare(s, number, text + at - 2, len + 2 - at);
}

/* Numbers that begin before the text begin with no class, and so does no literal. */
static void scanner_literals(struct scanner *s, const char *text, size_t len)
{
	uint32_t number = 0;

	for (size_t i = 0; i < len; i++) {
		number = number << CLASS_BITS | s->set->class[(unsigned char)text[i]];
		number %= NUMBERS;
		scanner_step(s, number, text, len, i);
	}
	for (size_t i = len; i < len + 2; i++) {
		number = (number << CLASS_BITS | CLASS_END) % NUMBERS;
		scanner_step(s, number, text, len, i);
	}
}

static unsigned longer(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

/* Without branches: which letters are hexadecimal digits cannot be foreseen. */
static void scanner_runs(struct scanner *s, const char *text, size_t len)
{
	unsigned digits = 0, hex = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		unsigned digit = (unsigned)(c - '0') < 10;
		unsigned either = digit | ((unsigned)((c | 0x20) - 'a') < 6);

		digits = (digits + 1) * digit;
		hex = (hex + 1) * either;
		s->longest[0] = longer(s->longest[0], digits);
		s->longest[1] = longer(s->longest[1], hex);
	}
	for (size_t i = 0; i < s->set->nruns; i++) {
		const struct need_atom *atom = &s->set->runs[i].atom;

		if (s->longest[atom->kind == NEED_HEX] >= atom->n)
			stamp_put(s->planes, stamp_of(s->set, s->set->runs[i].mark));
	}
}

void pattern_scan_init(
    struct pattern_scan *scan, const struct pattern_set *set, const char *text, size_t len)
{
	struct scanner s = {.set = set};

	*scan = (struct pattern_scan){.may = NULL};
	if (set == NULL)
		scan->map = text_map_new(text, len);
	if (set == NULL || need_folds_to_ascii(text, len))
		return;
	s.planes = xmemdup(set->begin, PLANES * set->nwords * sizeof *set->begin);
	scanner_literals(&s, text, len);
	scanner_runs(&s, text, len);
	for (size_t i = 0; i < set->nwords; i++)
		for (size_t plane = 1; plane < PLANES; plane++)
			s.planes[i] &= s.planes[plane * set->nwords + i];
	scan->may = s.planes;
	scan->nmembers = set->nmembers;
}

void pattern_scan_fini(struct pattern_scan *scan)
{
	text_map_free(scan->map);
	free(scan->may);
	*scan = (struct pattern_scan){.may = NULL};
}

size_t pattern_scan_next(const struct pattern_scan *scan, size_t member, size_t end)
{
	while (scan->may != NULL && member < end) {
		uint64_t rest = scan->may[member / 64] >> member % 64;

		if (rest != 0) {
			member += (size_t)__builtin_ctzll(rest);
			break;
		}
		member = (member / 64 + 1) * 64;
	}
	return member < end ? member : end;
}
