/* SPDX-License-Identifier: ISC */
/*
 * One pass over a text for the needs of many patterns.
 *
 * The literals of all clauses become one automaton of Aho and Corasick (CACM 1975): a state
 * is the longest beginning of a literal that the text read so far ends in, so every byte
 * costs one look into a table, however many literals there are. A state in which literals
 * end has an output: the marks (member, clause) of each of them. Marks are kept in one plane
 * of bits a clause; the members that have a bit in all planes may match. Members that need
 * less begin with bits in the planes they have no clause for.
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
#define CLASSES 64 /* of bytes: letters, digits and what punctuation is left */
#define STATES_MAX 0x8000u
#define HAS_OUTPUT 0x8000u /* in a table entry, beside the number of the state */
#define RUN_KINDS 2 /* digits, hexadecimal digits */

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

/* Marks of the literals that end in a state. */
struct output {
	struct stamp *stamps;
	size_t n;
};

struct pattern_set {
	size_t nmembers, nwords; /* words of one plane */
	size_t cap_members, cap_sought;
	unsigned *nclauses; /* per member */
	struct sought *sought;
	size_t nsought;

	/* made by pattern_set_finish */
	unsigned char class[256];
	uint16_t (*table)[CLASSES]; /* [nstates] */
	uint16_t *output; /* [nstates] index of outputs; 0: none */
	struct output *outputs;
	uint32_t nstates, noutputs;
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
	for (uint32_t i = 0; i < set->noutputs; i++)
		free(set->outputs[i].stamps);
	free(set->outputs);
	free(set->output);
	free(set->table);
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

/* Bytes that no literal has are of class 0, letters of that of their small letter. */
static bool set_make_classes(struct pattern_set *set)
{
	unsigned n = 1;

	for (size_t i = 0; i < set->nsought; i++)
		for (unsigned k = 0; k < set->sought[i].atom.n; k++) {
			unsigned char c = (unsigned char)set->sought[i].atom.literal[k];

			if (set->sought[i].atom.kind != NEED_LITERAL || set->class[c] != 0)
				continue;
			if (n == CLASSES)
				return false;
			set->class[c] = set->class[toupper(c)] = (unsigned char)n++;
		}
	return true;
}

static uint32_t set_add_state(struct pattern_set *set, size_t *cap)
{
	if (set->nstates == *cap) {
		*cap = *cap == 0 ? 256 : 2 * *cap;
		set->table = xrealloc_array(set->table, *cap, sizeof *set->table);
		set->output = xrealloc_array(set->output, *cap, sizeof *set->output);
	}
	memset(set->table[set->nstates], 0, sizeof *set->table);
	set->output[set->nstates] = 0;
	return set->nstates++;
}

static struct stamp stamp_of(const struct pattern_set *set, struct mark m)
{
	return (struct stamp){.word = m.plane * set->nwords + m.member / 64,
	    .bits = UINT64_C(1) << m.member % 64};
}

static void output_add(struct output *output, struct stamp stamp)
{
	for (size_t i = 0; i < output->n; i++)
		if (output->stamps[i].word == stamp.word) {
			output->stamps[i].bits |= stamp.bits;
			return;
		}
	output->stamps = xrealloc_array(output->stamps, output->n + 1, sizeof stamp);
	output->stamps[output->n++] = stamp;
}

/* The output of a state, made if it has none. */
static struct output *set_output(struct pattern_set *set, uint32_t state)
{
	if (set->output[state] == 0) {
		set->outputs =
		    xrealloc_array(set->outputs, set->noutputs + 1, sizeof *set->outputs);
		set->outputs[set->noutputs] = (struct output){.n = 0};
		set->output[state] = (uint16_t)set->noutputs++;
	}
	return &set->outputs[set->output[state]];
}

/* A path from the first state, one state a byte; 0 in the table: no way. */
static bool set_add_path(struct pattern_set *set, size_t *cap, const struct sought *s)
{
	uint32_t state = 0;

	for (unsigned i = 0; i < s->atom.n; i++) {
		unsigned char class = set->class[(unsigned char)s->atom.literal[i]];

		if (set->table[state][class] == 0) {
			uint32_t next;

			if (set->nstates == STATES_MAX)
				return false;
			next = set_add_state(set, cap);
			set->table[state][class] = (uint16_t)next;
		}
		state = set->table[state][class];
	}
	output_add(set_output(set, state), stamp_of(set, s->mark));
	return true;
}

/*
 * Breadth first, so that a state is met behind the shorter one it falls back to: where a
 * state has no way, it takes that of its fallback, whose marks are its own too.
 */
static void set_complete(struct pattern_set *set)
{
	uint32_t *fallback = xcalloc(set->nstates, sizeof *fallback);
	uint32_t *queue = xcalloc(set->nstates, sizeof *queue);
	size_t head = 0, tail = 0;

	for (queue[tail++] = 0; head < tail; head++) {
		uint32_t state = queue[head], back = fallback[state];

		if (back != state && set->output[back] != 0) {
			struct output *to = set_output(set, state);
			const struct output *from = &set->outputs[set->output[back]];

			for (size_t i = 0; i < from->n; i++)
				output_add(to, from->stamps[i]);
		}
		for (unsigned c = 1; c < CLASSES; c++) {
			uint32_t next = set->table[state][c];

			if (next == 0) {
				set->table[state][c] = set->table[back][c];
				continue;
			}
			fallback[next] = state == 0 ? 0 : set->table[back][c];
			queue[tail++] = next;
		}
	}
	free(fallback);
	free(queue);
}

static void set_flag_outputs(struct pattern_set *set)
{
	for (uint32_t s = 0; s < set->nstates; s++)
		for (unsigned c = 0; c < CLASSES; c++)
			if (set->output[set->table[s][c]] != 0)
				set->table[s][c] |= HAS_OUTPUT;
}

static void stamp_put(uint64_t *planes, struct stamp stamp)
{
	planes[stamp.word] |= stamp.bits;
}

/* A member whose literals do not fit into the automaton needs nothing of its clause. */
static void set_make_begin(struct pattern_set *set)
{
	set->nwords = set->nmembers / 64 + 1;
	set->begin = xcalloc(PLANES * set->nwords, sizeof *set->begin);
	for (uint32_t m = 0; m < set->nmembers; m++)
		for (uint32_t plane = set->nclauses[m]; plane < PLANES; plane++)
			stamp_put(set->begin,
			    stamp_of(set, (struct mark){.member = m, .plane = plane}));
}

void pattern_set_finish(struct pattern_set *set)
{
	bool classes = set_make_classes(set);
	size_t cap = 0;

	set_make_begin(set);
	set_add_state(set, &cap);
	set_output(set, 0);
	set->output[0] = 0; /* so that 0 is no output */
	set->runs = xcalloc(set->nsought + 1, sizeof *set->runs);
	for (size_t i = 0; i < set->nsought; i++) {
		const struct sought *s = &set->sought[i];

		if (s->atom.kind != NEED_LITERAL)
			set->runs[set->nruns++] = *s;
		else if (!classes || !set_add_path(set, &cap, s))
			stamp_put(set->begin, stamp_of(set, s->mark));
	}
	set_complete(set);
	set_flag_outputs(set);
}

/* What is being learned of a text. */
struct scanner {
	const struct pattern_set *set;
	uint64_t *planes;
	uint64_t *seen; /* bit per output: its marks are in the planes */
	unsigned longest[RUN_KINDS];
};

static void scanner_mark(struct scanner *s, uint32_t state)
{
	unsigned number = s->set->output[state];
	const struct output *o = &s->set->outputs[number];

	if (s->seen[number / 64] >> number % 64 & 1)
		return;
	s->seen[number / 64] |= UINT64_C(1) << number % 64;
	for (size_t i = 0; i < o->n; i++)
		stamp_put(s->planes, o->stamps[i]);
}

static bool folds_to_ascii(const char *text, size_t left)
{
	return (left >= 2 && memcmp(text, "\xc5\xbf", 2) == 0) ||
	       (left >= 3 && memcmp(text, "\xe2\x84\xaa", 3) == 0);
}

/* False if the text has a character that folds to ASCII. */
static bool scanner_literals(struct scanner *s, const char *text, size_t len)
{
	uint32_t state = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		state = s->set->table[state][s->set->class[c]];
		if (state & HAS_OUTPUT) {
			state &= ~HAS_OUTPUT;
			scanner_mark(s, state);
		}
		if (c >= 0x80 && folds_to_ascii(text + i, len - i))
			return false;
	}
	return true;
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
		return;
	s.planes = xcalloc(PLANES * set->nwords + set->noutputs / 64 + 1, sizeof *s.planes);
	s.seen = s.planes + PLANES * set->nwords;
	memcpy(s.planes, set->begin, PLANES * set->nwords * sizeof *s.planes);
	if (!scanner_literals(&s, text, len)) {
		free(s.planes);
		return;
	}
	scanner_runs(&s, text, len);
	for (size_t i = 0; i < set->nwords; i++)
		for (size_t plane = 1; plane < PLANES; plane++)
			s.planes[i] &= s.planes[plane * set->nwords + i];
	scan->may = s.planes;
	scan->nmembers = set->nmembers;
}

void pattern_scan_fini(struct pattern_scan *scan)
{
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
