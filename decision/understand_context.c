/* SPDX-License-Identifier: ISC */
/*
 * Numbers and names that count because of the words around them: "the MTA logs 9301",
 * "a 145 right next to it", "warnings from MSExchangeIS Public, 3089". People leave out the
 * word that says what a number is, and texts are full of other numbers. So a number counts if
 *
 *   - some article names it,
 *   - it stands where a name would, not before what it counts ("1018 users"), nor behind what
 *     makes it an amount or a time ("after 1016"), and is no year, date, time or version, and
 *   - the sentence speaks of events or errors, or it has an article of its own ("a 145"); of
 *     fewer than four figures, a word right before it must, or an event in the same list.
 *
 * What it is the articles decide; of a number that is both, the nearest such word before it.
 * A source counts beside its number, in front of "events", and behind "from" in a sentence
 * that speaks of one.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "sentence.h"
#include "understand_private.h"

#define LEAST_FIGURES 3
#define CLEAR_FIGURES 4 /* fewer are counts and sizes too often */
#define LONG_FIGURES 7 /* so many are a code as they stand */
#define MOST_FIGURES 10
/* Numbers and names that are looked at, of one text. */
#define MOST_PLACES 500
/* Words before a number that may say what it is. */
#define NEAR_WORDS 3
/* Bytes between two numbers of one list. */
#define LIST_GAP 24

static const char *const event_words[] = {"event", "events", "log", "logs", "logged",
    "logging", "eventlog", "viewer", "entry", "entries", "id", "ids", "warning",
    "warnings"};
static const char *const error_words[] = {"error", "errors", "code", "codes", "fail",
    "fails", "failed", "failing", "failure", "return", "returns", "returned", "status",
    "message", "messages", "quits", "aborts", "aborted", "stops"};
/* Behind these a number is an amount, a time or a place. */
static const char *const amount_words[] = {"about", "around", "over", "under", "than",
    "after", "before", "for", "build", "version", "port", "line", "page", "room", "phone",
    "tel", "ext", "extension", "since", "until", "till", "every", "by", "times", "size",
    "within", "nearly", "almost", "at", "in", "to", "some", "user", "users", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december"};
static const char *const own_articles[] = {"a", "an", "the", "another", "this", "that"};
/* In front of these it is no count of something. */
static const char *const follow_words[] = {"and", "or", "with", "from", "in", "on", "at",
    "then", "but", "that", "which", "when", "where", "while", "again", "every", "right",
    "each", "since", "after", "before", "by", "for", "is", "was", "are", "were", "the", "a",
    "to", "plus", "only", "appears", "appeared", "shows", "says", "saying", "about",
    "mentioning", "telling", "because", "as", "if", "it", "we", "i", "comes", "came",
    "event", "entry", "error", "warning", "message"};
/* In front of these a number of few figures counts, and a longer one is a name. */
static const char *const counted_words[] = {
    "events", "entries", "errors", "warnings", "messages"};
static const char *const from_words[] = {"from", "by", "source"};

#define IS_ONE(word, list) is_one_of(word, list, sizeof list / sizeof *list)

/* A word of the text, in small letters, cut at what no list has. */
struct word {
	char text[16];
	struct span where;
};

static bool is_one_of(const struct word *w, const char *const list[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], w->text) == 0)
			return true;
	return false;
}

static struct word word_at(const char *text, struct span where)
{
	struct word w = {.where = where};

	for (size_t i = 0; i < sizeof w.text - 1 && where.start + i < where.end; i++)
		w.text[i] = (char)tolower((unsigned char)text[where.start + i]);
	return w;
}

/* The word before a place, with nothing but blanks between; empty if there is none. */
static struct word word_before(const char *text, size_t at)
{
	struct span s = {at, at};

	while (s.end > 0 && strchr(" \n\t(\"", text[s.end - 1]) != NULL)
		s.end--;
	for (s.start = s.end; s.start > 0 && isalnum((unsigned char)text[s.start - 1]);)
		s.start--;
	return word_at(text, s);
}

static struct word word_behind(const char *text, size_t at)
{
	struct span s = {at, at};

	while (text[s.start] == ' ' || text[s.start] == '\n')
		s.start++;
	for (s.end = s.start; isalnum((unsigned char)text[s.end]);)
		s.end++;
	return word_at(text, s);
}

static bool is_cue(const struct word *w)
{
	return IS_ONE(w, event_words) || IS_ONE(w, error_words);
}

/* What words about events and errors there are around a number. */
struct cues {
	bool sentence; /* some in its sentence */
	bool event; /* of events, in its sentence */
	bool near; /* one among the few words before it */
	bool error; /* the last one before it is of errors */
};

static struct cues cues_around(const char *text, struct span where)
{
	struct span sentence = sentence_around(text, strlen(text), where.start), s;
	struct cues cues = {.sentence = false};
	size_t last = 0, n = 0;

	for (s = token_next(text, sentence.start);
	     s.start < sentence.end && s.end > s.start; s = token_next(text, s.end)) {
		struct word w = word_at(text, s);
		bool before = s.end <= where.start;

		n += before;
		if (!is_cue(&w))
			continue;
		cues.sentence = true;
		cues.event |= IS_ONE(&w, event_words);
		if (before) {
			last = n;
			cues.error = IS_ONE(&w, error_words);
		}
	}
	cues.near = last > 0 && n - last < NEAR_WORDS;
	return cues;
}

bool listener_speaks_of_events(const struct listener *l, struct span where)
{
	return cues_around(l->spoken.text, where).event;
}

/* Whether the figures are part of a date, a time, a version, a size or a name. */
static bool is_part(const char *text, struct span where)
{
	char before = where.start > 0 ? text[where.start - 1] : ' ',
	     after = text[where.end];
	bool figures =
	    isdigit((unsigned char)text[after != '\0' ? where.end + 1 : where.end]);

	if (strchr(" \n\t(\"',;[=", before) == NULL)
		return true;
	if (before == ',' && where.start > 1 &&
	    isdigit((unsigned char)text[where.start - 2]))
		return true;
	return strchr("%/\\@$", after) != NULL ? after != '\0'
					       : strchr(".,:", after) != NULL && figures;
}

static bool is_year(const char *figures)
{
	return strlen(figures) == 4 &&
	       (strncmp(figures, "199", 3) == 0 || strncmp(figures, "200", 3) == 0);
}

/* Whether it stands where a name would, before a stop or a word that it cannot count. */
static bool stands_as_name(const char *text, struct span where)
{
	struct word before = word_before(text, where.start);
	struct word behind = word_behind(text, where.end);

	if (IS_ONE(&before, amount_words))
		return false;
	if (IS_ONE(&behind, counted_words))
		return where.end - where.start >= CLEAR_FIGURES;
	return behind.text[0] == '\0' || IS_ONE(&behind, follow_words);
}

/* Whether an event stands right before it in one list: "106, then 109". */
static bool is_next_of_list(const struct listener *l, struct span where)
{
	const char *text = l->spoken.text;

	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];
		size_t gap = f->where.end;

		if (f->answer >= 0 || gap > where.start || where.start - gap > LIST_GAP ||
		    l->questions->list[f->question].kind != QUESTION_NUMBER)
			continue;
		while (gap < where.start && strchr(".0123456789", text[gap]) == NULL)
			gap++;
		if (gap == where.start)
			return true;
	}
	return false;
}

static bool context_take(
    struct listener *l, enum question_kind kind, const char *figures, struct span where)
{
	for (size_t q = 0; q < l->questions->n; q++) {
		if (l->questions->list[q].kind == kind &&
		    listen_value(l, q, figures, NULL, where))
			return true;
	}
	return false;
}

/* A number in a sentence: an event or a code, if some article names it and it can be one. */
static void listen_number(struct listener *l, const char *figures, struct span where)
{
	const char *text = l->spoken.text;
	size_t n = strlen(figures);
	struct word before = word_before(text, where.start);
	struct cues cues;
	bool listed;

	if (n < LEAST_FIGURES || n > MOST_FIGURES || is_part(text, where))
		return;
	if (n >= LONG_FIGURES) {
		context_take(l, QUESTION_CODE, figures, where);
		return;
	}
	if (is_year(figures) || !stands_as_name(text, where))
		return;
	cues = cues_around(text, where);
	listed = is_next_of_list(l, where);
	if (!IS_ONE(&before, own_articles) && !cues.near && !listed &&
	    (n < CLEAR_FIGURES || !cues.sentence))
		return;
	if (listed || strcmp(before.text, "with") == 0)
		cues.error = !listed;
	if (!context_take(l, cues.error ? QUESTION_CODE : QUESTION_NUMBER, figures, where))
		context_take(
		    l, cues.error ? QUESTION_NUMBER : QUESTION_CODE, figures, where);
}

/* Sources. */

static bool is_event_at(const struct listener *l, size_t place)
{
	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];

		if (f->answer < 0 && f->where.start <= place && place < f->where.end &&
		    l->questions->list[f->question].kind == QUESTION_NUMBER)
			return true;
	}
	return false;
}

/* Whether it is written as nothing but a name is: "ESE97", "NTBackup". */
static bool is_name(const char *text, struct span where)
{
	size_t capitals = 0, figures = 0;

	for (size_t i = where.start; i < where.end; i++) {
		capitals += isupper((unsigned char)text[i]) != 0;
		figures += isdigit((unsigned char)text[i]) != 0;
	}
	return capitals >= 2 || (capitals > 0 && figures > 0);
}

/* "9301 / msexchangemta", "9301 MSExchangeMTA"; also where the event was found with its name. */
static bool follows_event(const struct listener *l, struct span where)
{
	const char *text = l->spoken.text;
	size_t at = where.start;
	bool parted = false;

	while (at > 0 && strchr(" /(", text[at - 1]) != NULL)
		parted |= text[--at] != ' ';
	return at > 0 && at < where.start && is_event_at(l, at - 1) &&
	       (parted || is_name(text, where));
}

/* Whether the words around a name make it the source of an event. */
static bool is_source(const struct listener *l, struct span where)
{
	const char *text = l->spoken.text;
	struct word before = word_before(text, where.start);
	struct word behind = word_behind(text, where.end);
	size_t next = where.end;

	while (text[next] != '\0' && strchr(" ,:/\n", text[next]) != NULL)
		next++;
	if (IS_ONE(&behind, event_words) &&
	    (is_name(text, where) || is_event_at(l, behind.where.start)))
		return true;
	if (next > where.end && is_event_at(l, next))
		return true;
	if (follows_event(l, where))
		return true;
	if (!IS_ONE(&before, from_words))
		return false;
	if (before.where.start > 1 && is_event_at(l, before.where.start - 2))
		return true;
	return is_name(text, where) && cues_around(text, where).sentence;
}

static bool listen_source(struct listener *l, struct span where)
{
	bool known = false;
	char *name;

	if (!is_source(l, where))
		return false;
	name = xstrndup(l->spoken.text + where.start, where.end - where.start);
	for (size_t q = 0; q < l->questions->n; q++)
		if (l->questions->list[q].recogniser == RECOGNISE_EVENT_SOURCE)
			known |= listen_value(l, q, name, NULL, where);
	free(name);
	return known;
}

static bool is_number(const char *text, struct span where)
{
	return strspn(text + where.start, "0123456789") == where.end - where.start;
}

static void listen_numbers(struct listener *l)
{
	const char *text = l->spoken.text;
	struct span s = token_next(text, 0);

	for (size_t i = 0; i < MOST_PLACES && s.end > s.start;
	     s = token_next(text, s.end)) {
		char *figures;

		if (!is_number(text, s) || listener_has_found(l, s))
			continue;
		i++;
		figures = xstrndup(text + s.start, s.end - s.start);
		listen_number(l, figures, s);
		free(figures);
	}
}

/* The longer name first: "MSExchangeIS Public". */
static void listen_sources(struct listener *l)
{
	const char *text = l->spoken.text;
	struct span s = token_next(text, 0), next;

	for (size_t i = 0; i < MOST_PLACES && s.end > s.start; s = next) {
		next = token_next(text, s.end);
		if (s.end - s.start < LEAST_FIGURES ||
		    !isalpha((unsigned char)text[s.start]))
			continue;
		i++;
		if (next.start == s.end + 1 && text[s.end] == ' ' &&
		    listen_source(l, (struct span){s.start, next.end}))
			next = token_next(text, next.end);
		else
			listen_source(l, s);
	}
}

void listen_context(struct listener *l)
{
	listen_numbers(l);
	listen_sources(l);
}
