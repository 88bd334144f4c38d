/* SPDX-License-Identifier: ISC */
/*
 * Reads off the source of a pattern what a text must hold for it to match.
 *
 * A descent over the syntax gives for every part of a pattern
 *
 *	words	all the strings it matches, where they are few: "gr[ae]y" has two
 *	digits	the least length, where it matches nothing but digits; hex likewise
 *	need	clauses, each a choice of atoms, that any text it matches in satisfies
 *
 * Parts in a row are joined: words multiply until they are too many or a part has none; what
 * was gathered up to there is a clause, and gathering begins anew. So are the lengths of runs
 * added up. Alternatives unite their words, or the best clause of each. What may be absent
 * needs nothing. What is looked at around a match (\b, lookahead, lookbehind) is no part of
 * it, though it may be needed. Whatever is not on this list makes the reader give up, and then nothing is needed:
 * being wrong here would lose matches, being ignorant only costs time.
 */
#include "pattern_need.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

#define WORDS_MAX 16 /* more strings of one part are not multiplied out */
#define CLASS_MAX 10 /* nor are brackets of more characters */
#define DEPTH_MAX 40

struct part {
	bool exact; /* `words` are all it matches, the empty one perhaps among them */
	struct need_clause words;
	int digits, hex; /* least length of what holds nothing else, or -1 */
	struct need need;
};

struct source {
	const char *at;
	unsigned depth;
	bool given_up;
};

static struct part *part_new(bool exact)
{
	struct part *p = xcalloc(1, sizeof *p);

	p->exact = exact;
	p->words.n = exact ? 1 : 0; /* the empty string */
	p->digits = p->hex = exact ? 0 : -1;
	return p;
}

/* Parts in a row, as far as they were read. */
struct row {
	struct part *whole;
	struct need_clause words; /* gathered since the last part without any */
	struct run {
		int n;
		bool open; /* some part of it has no words: the words do not say it all */
	} digits, hex; /* gathered since the last part that may hold anything else */
};

/* What was gathered is needed; gathering begins anew, with the words of the part if any. */
static void row_settle_words(struct row *row, const struct part *p)
{
	need_add(&row->whole->need, &row->words);
	row->words = p != NULL && p->exact ? p->words : (struct need_clause){.n = 1};
}

static void run_settle(struct need *need, enum need_kind kind, struct run *run)
{
	if (run->open)
		need_add_run(need, kind, run->n);
	*run = (struct run){.n = 0};
}

static void run_join(
    struct need *need, enum need_kind kind, struct run *run, int n, bool open)
{
	if (n < 0) {
		run_settle(need, kind, run);
		return;
	}
	run->n += n;
	run->open |= open;
}

static int run_sum(int whole, int n)
{
	return whole < 0 || n < 0 ? -1 : whole + n;
}

static void row_join(struct row *row, const struct part *p)
{
	struct part *whole = row->whole;

	run_join(&whole->need, NEED_DIGITS, &row->digits, p->digits, !p->exact);
	run_join(&whole->need, NEED_HEX, &row->hex, p->hex, !p->exact && p->digits < 0);
	whole->digits = run_sum(whole->digits, p->digits);
	whole->hex = run_sum(whole->hex, p->hex);
	need_add_all(&whole->need, &p->need);
	if (p->exact) {
		if (p->words.n > 1)
			need_add(&whole->need, &row->words);
		if (need_clause_multiply(&row->words, &p->words, WORDS_MAX))
			return;
	}
	whole->exact = false;
	row_settle_words(row, p);
}

/* The part takes over what was gathered in the last place. */
static struct part *row_end(struct row *row)
{
	struct part *whole = row->whole;

	if (whole->exact)
		whole->words = row->words;
	else
		row_settle_words(row, NULL);
	run_settle(&whole->need, NEED_DIGITS, &row->digits);
	run_settle(&whole->need, NEED_HEX, &row->hex);
	return whole;
}

/* The clause that says most of a part, or NULL if it needs nothing. */
static const struct need_clause *part_clause(const struct part *p)
{
	const struct need_clause *best = p->need.n > 0 ? &p->need.clauses[0] : NULL;
	int least = best != NULL ? need_clause_weight(best) : 0;

	return p->exact && need_clause_weight(&p->words) > least ? &p->words : best;
}

static int run_least(int a, int b)
{
	return a < 0 || b < 0 ? -1 : a < b ? a : b;
}

/* p becomes "p|other". */
static void part_unite(struct part *p, const struct part *other)
{
	const struct need_clause *a = part_clause(p), *b = part_clause(other);
	struct need_clause either = {.n = 0};

	if (a != NULL && b != NULL &&
	    (!need_clause_unite(&either, a) || !need_clause_unite(&either, b)))
		either.n = 0;
	p->need.n = 0;
	if (a != NULL && b != NULL)
		need_add(&p->need, &either);
	p->exact = p->exact && other->exact && p->words.n + other->words.n <= WORDS_MAX &&
		   need_clause_unite(&p->words, &other->words);
	p->digits = run_least(p->digits, other->digits);
	p->hex = run_least(p->hex, other->hex);
}

static struct part *alternatives_read(struct source *s);

static struct part *give_up(struct source *s)
{
	s->given_up = true;
	return part_new(false);
}

/* A part of one character, of which `set` has the possible ones; few are words. */
static struct part *part_of_set(const bool set[128])
{
	struct part *p = part_new(false);
	unsigned n = 0, ndigits = 0, nhex = 0;

	for (int c = 0; c < 128; c++) {
		bool twin = isupper(c) && set[tolower(c)];

		if (!set[c] || twin)
			continue;
		n++;
		ndigits += isdigit(c) != 0;
		nhex += isxdigit(c) != 0;
		if (n <= CLASS_MAX)
			p->words.atoms[n - 1] =
			    (struct need_atom){.n = 1, .literal = {(char)tolower(c)}};
	}
	p->exact = n > 0 && n <= CLASS_MAX;
	p->words.n = p->exact ? n : 0;
	p->digits = n > 0 && n == ndigits ? 1 : -1;
	p->hex = n > 0 && n == nhex ? 1 : -1;
	return p;
}

static struct part *part_of_char(int c)
{
	bool set[128] = {false};

	set[c] = true;
	return part_of_set(set);
}

static struct part *part_of_digits(void)
{
	struct part *p = part_new(false);

	p->digits = p->hex = 1;
	return p;
}

/* Behind a backslash: a place, a kind of character, or the character itself. */
static struct part *escape_read(struct source *s)
{
	int c = (unsigned char)*s->at++;

	if (c == 'd')
		return part_of_digits();
	if (c != '\0' && strchr("bBAzZGK", c) != NULL)
		return part_new(true);
	if (c != '\0' && strchr("sSwWDhHvVNRntrfea", c) != NULL)
		return part_new(false);
	if (c >= 128 || !ispunct(c))
		return c == ' ' ? part_of_char(c) : give_up(s);
	return part_of_char(c);
}

/* One character of brackets, or -1 for anything that is more than that. */
static int class_char(struct source *s)
{
	int c = (unsigned char)*s->at++;

	if (c == '[' && *s->at != '\0' && strchr(":.=", *s->at) != NULL)
		return -1;
	if (c == '\\')
		c = ispunct((unsigned char)*s->at) ? (unsigned char)*s->at++ : -1;
	return c > 0 && c < 128 ? c : -1;
}

/* The range or single character that begins in brackets; false if it is more than that. */
static bool class_item(struct source *s, bool set[128])
{
	int first, last;

	if (s->at[0] == '\\' && s->at[1] == 'd') {
		s->at += 2;
		for (int c = '0'; c <= '9'; c++)
			set[c] = true;
		return true;
	}
	first = last = class_char(s);
	if (first >= 0 && s->at[0] == '-' && s->at[1] != ']') {
		s->at++;
		last = class_char(s);
	}
	for (int c = first; c >= 0 && c <= last; c++)
		set[c] = true;
	return first >= 0 && last >= first;
}

/* The end of brackets, from behind the first; NULL where [: :] or \Q would have to be read. */
static const char *class_end(const char *p)
{
	p += *p == '^';
	p += *p == ']';
	for (; *p != '\0' && *p != ']'; p++) {
		if (*p == '[' && p[1] != '\0' && strchr(":.=", p[1]) != NULL)
			return NULL;
		if (*p != '\\')
			continue;
		p++;
		if (*p == '\0' || strchr("QEcopPxN", *p) != NULL)
			return NULL;
	}
	return *p == ']' ? p : NULL;
}

static struct part *class_read(struct source *s)
{
	const char *end = class_end(s->at);
	bool set[128] = {false}, plain;

	if (end == NULL)
		return give_up(s);
	plain = *s->at != '^';
	while (plain && s->at < end)
		plain = class_item(s, set);
	s->at = end + 1;
	return plain ? part_of_set(set) : part_new(false);
}

/* The name of a group behind "(?<", "(?P<" or "(?'", up to its end. */
static bool name_skip(struct source *s)
{
	while (isalnum((unsigned char)*s->at) || *s->at == '_')
		s->at++;
	return *s->at != '\0' && strchr(">'", *s->at++) != NULL;
}

/* "i", "-i", "m-s": of the letters only those that do not change how a source is read. */
static bool options_skip(struct source *s)
{
	s->at += strspn(s->at, "ims-");
	return *s->at == ':' || *s->at == ')';
}

enum group { GROUP_PLAIN, GROUP_LOOK, GROUP_LOOK_NOT, GROUP_OPTIONS, GROUP_STRANGE };

/* What stands behind "(?"; s moves to what the group holds. */
static enum group group_kind(struct source *s)
{
	static const char *const looks[] = {"<=", "<!", "=", "!"};

	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (strncmp(s->at, looks[i], strlen(looks[i])) == 0) {
			s->at += strlen(looks[i]);
			return looks[i][strlen(looks[i]) - 1] == '=' ? GROUP_LOOK
								     : GROUP_LOOK_NOT;
		}
	if (*s->at == '>' || *s->at == '|') {
		s->at++;
		return GROUP_PLAIN;
	}
	if (*s->at == '<' || *s->at == '\'' || strncmp(s->at, "P<", 2) == 0) {
		s->at += *s->at == 'P' ? 2 : 1;
		return name_skip(s) ? GROUP_PLAIN : GROUP_STRANGE;
	}
	if (!options_skip(s))
		return GROUP_STRANGE;
	return *s->at++ == ':' ? GROUP_PLAIN : GROUP_OPTIONS;
}

/* What stands beside a match is no part of it; what must stand there is needed all the same. */
static struct part *part_beside(struct part *p, bool needed)
{
	struct part *place = part_new(true);

	if (needed) {
		place->need = p->need;
		if (p->exact)
			need_add(&place->need, &p->words);
	}
	free(p);
	return place;
}

static struct part *group_read(struct source *s)
{
	enum group kind = GROUP_PLAIN;
	struct part *p;

	if (*s->at == '*' || ++s->depth > DEPTH_MAX)
		return give_up(s);
	if (*s->at == '?') {
		s->at++;
		kind = group_kind(s);
	}
	if (kind == GROUP_STRANGE)
		return give_up(s);
	if (kind == GROUP_OPTIONS)
		p = part_new(true);
	else
		p = alternatives_read(s);
	if (kind != GROUP_OPTIONS && *s->at++ != ')') {
		s->at--;
		s->given_up = true;
	}
	s->depth--;
	return kind == GROUP_LOOK || kind == GROUP_LOOK_NOT
		   ? part_beside(p, kind == GROUP_LOOK)
		   : p;
}

static struct part *item_read(struct source *s)
{
	int c = (unsigned char)*s->at++;

	switch (c) {
	case '\\':
		return escape_read(s);
	case '[':
		return class_read(s);
	case '(':
		return group_read(s);
	case '{':
		return give_up(s); /* a brace or a count: versions of PCRE2 differ */
	case '^':
	case '$':
		return part_new(true);
	case '.':
		return part_new(false);
	}
	if (c < 128)
		return part_of_char(c);
	while (((unsigned char)*s->at & 0xc0) == 0x80)
		s->at++;
	return part_new(false);
}

/* "{2}", "{2,}" or "{2,5}"; other braces are not understood. */
static bool count_read(struct source *s, unsigned long *least, unsigned long *most)
{
	char *end;

	if (!isdigit((unsigned char)*++s->at))
		return false;
	*least = *most = strtoul(s->at, &end, 10);
	if (*end == ',') {
		*most = 2;
		if (isdigit((unsigned char)*++end))
			*most = strtoul(end, &end, 10);
	}
	s->at = end;
	return *s->at++ == '}' && *least < 1000;
}

/* How often the item may be there; once where nothing is said. */
static void quantifier_read(struct source *s, unsigned long *least, unsigned long *most)
{
	*least = *most = 1;
	if (s->given_up || *s->at == '\0' || strchr("?*+{", *s->at) == NULL)
		return;
	if (*s->at == '{') {
		if (!count_read(s, least, most))
			s->given_up = true;
	} else {
		*least = *s->at == '+';
		*most = *s->at == '?' ? 1 : 2;
		s->at++;
	}
	if (*s->at == '?' || *s->at == '+')
		s->at++;
}

static int run_times(int n, unsigned long times)
{
	return n < 0 ? -1 : n * (int)times;
}

/* The words of a part that is repeated are needed; they are not all it matches. */
static void part_repeat(struct part *p, unsigned long least, unsigned long most)
{
	if (least == 1 && most == 1)
		return;
	if (least > 0 && p->exact)
		need_add(&p->need, &p->words);
	p->digits = run_times(p->digits, least);
	p->hex = run_times(p->hex, least);
	if (least == 0)
		p->need.n = 0;
	if (most == 1 && p->exact && p->words.n < WORDS_MAX)
		p->words.atoms[p->words.n++] = (struct need_atom){.n = 0};
	else
		p->exact = false;
}

static struct part *row_read(struct source *s)
{
	struct row row = {.whole = part_new(true), .words = {.n = 1}};

	while (!s->given_up && *s->at != '\0' && *s->at != '|' && *s->at != ')') {
		struct part *p = item_read(s);
		unsigned long least, most;

		quantifier_read(s, &least, &most);
		part_repeat(p, least, most);
		row_join(&row, p);
		free(p);
	}
	return row_end(&row);
}

static struct part *alternatives_read(struct source *s)
{
	struct part *p = row_read(s), *other;

	while (!s->given_up && *s->at == '|') {
		s->at++;
		other = row_read(s);
		part_unite(p, other);
		free(other);
	}
	return p;
}

/* Two bytes are met nearly everywhere: not worth a look behind a better clause. */
static bool clause_is_frequent(const struct need_clause *c)
{
	for (unsigned i = 0; i < c->n; i++)
		if (c->atoms[i].kind == NEED_LITERAL && c->atoms[i].n <= 2)
			return true;
	return false;
}

static void need_drop_frequent(struct need *need)
{
	unsigned n = need->n > 0;

	for (unsigned i = 1; i < need->n; i++)
		if (!clause_is_frequent(&need->clauses[i]))
			need->clauses[n++] = need->clauses[i];
	need->n = n;
}

void pattern_need(struct need *need, const char *source)
{
	struct source s = {.at = source};
	struct part *p = alternatives_read(&s);

	need->n = 0;
	if (!s.given_up && *s.at == '\0') {
		*need = p->need;
		if (p->exact)
			need_add(need, &p->words);
	}
	need_drop_frequent(need);
	free(p);
}
