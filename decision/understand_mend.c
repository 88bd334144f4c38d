/* SPDX-License-Identifier: ISC */
/*
 * Misspelt words that recognisers go by: "evnt 8010", "exhange 5.5". They are mended before
 * the text is read, or what they introduce is lost with them.
 *
 * A word that hardly any article has is taken for one that recognisers go by if one slip of
 * the fingers is between them: a letter left out, doubled or beside the right one on the
 * keyboard, two swapped. Those are a few words built in ("event", "error"), and the words in
 * the answers and patterns of the questions file that the articles know. It takes the place of
 * the typed one. For every other word that no article has, the word of most articles that is
 * spelled like it counts beside it, as a word.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "understand_private.h"
#include "words.h"

/* Words that are taken for others, of one text, and those that are looked up for it. */
#define MOST_MENDED 12
#define MOST_LOOKED_UP 4000
/* Shorter ones have too many neighbours; in those of so many letters one may be a wrong key. */
#define LEAST_TYPED 4
#define LEAST_WORD 5
#define LEAST_REPLACED 7
#define LONGEST_WORD 24

/* What the built-in recognisers go by. */
static const char *const cue_words[] = {"event", "events", "error", "errors", "code",
    "codes", "number", "source", "message", "service", "pack", "version", "identifier"};

struct anchor {
	char *word; /* as the questions file has it */
	char *lower; /* the same in small letters */
	char *token; /* as the articles have it */
};

/* The words of the questions file. */
struct anchors {
	struct anchor *list;
	size_t n, cap;
};

static void token_keep(void *arg, const char *token, bool identifier)
{
	char **kept = arg;

	(void)identifier;
	if (*kept == NULL)
		*kept = xstrdup(token);
}

/* The token of a word, as the articles have it; NULL for the commonest of the language. */
static char *token_of(const char *word)
{
	char *token = NULL;

	words_each(word, token_keep, &token);
	return token;
}

static char *lower_copy(const char *word)
{
	char *lower = xstrdup(word);

	for (char *c = lower; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return lower;
}

static void anchors_add(struct anchors *a, const char *start, size_t len)
{
	char *word, *token;

	if (len < LEAST_WORD || len > LONGEST_WORD)
		return;
	word = xstrndup(start, len);
	token = token_of(word);
	if (token == NULL) {
		free(word);
		return;
	}
	a->list = xgrow(a->list, a->n, &a->cap, sizeof *a->list);
	a->list[a->n++] =
	    (struct anchor){.word = word, .lower = lower_copy(word), .token = token};
}

/* Behind the group that begins a pattern. */
static const char *group_end(const char *pattern)
{
	size_t depth = 0;

	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '\\' && pattern[1] != '\0')
			pattern++;
		else if (*pattern == '(')
			depth++;
		else if (*pattern == ')' && --depth == 0)
			return pattern + 1;
	}
	return pattern;
}

/* Whether what follows a run of letters in a pattern leaves them a whole word. */
static bool ends_word(const char *pattern)
{
	if (*pattern == '(')
		return pattern[1] == ' ' || *group_end(pattern) == '?';
	if (*pattern == '\\')
		return pattern[1] == 'b' || pattern[1] == 's';
	return *pattern == '\0' || strchr("[{*+", *pattern) == NULL;
}

/* The words in a text or a pattern: runs of letters that an escape or a set does not cut. */
static void anchors_add_text(struct anchors *a, const char *text)
{
	while (*text != '\0') {
		size_t len = 0;

		if (*text == '\\' && text[1] != '\0') {
			text += 2;
			continue;
		}
		while (isalnum((unsigned char)text[len]))
			len++;
		if (len > 0 && ends_word(text + len))
			anchors_add(a, text, len - (text[len] == '?'));
		text += len > 0 ? len : 1;
	}
}

static void anchors_add_patterns(struct anchors *a, const struct patterns *patterns)
{
	for (size_t i = 0; i < patterns->n; i++)
		anchors_add_text(a, patterns->list[i]);
}

static void anchors_collect(struct anchors *a, const struct questions *qs)
{
	for (size_t i = 0; i < qs->n; i++) {
		const struct question *q = &qs->list[i];

		if (q->of != NULL)
			anchors_add_text(a, q->of);
		for (size_t k = 0; k < q->nanswers; k++) {
			anchors_add_text(
			    a, q->answers[k].label); /* before keys, for its case */
			anchors_add_text(a, q->answers[k].key);
			anchors_add_patterns(a, &q->answers[k].patterns);
			anchors_add_patterns(a, &q->answers[k].said);
		}
	}
}

struct mender {
	const struct questions *questions;
	const struct lookup *lookup;
	struct anchors anchors; /* collected when the first slip comes */
	size_t looked_up, mended;
};

struct mender *mender_new(const struct questions *qs, const struct lookup *lookup)
{
	struct mender *m = xcalloc(1, sizeof *m);

	m->questions = qs;
	m->lookup = lookup;
	return m;
}

void mender_free(struct mender *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->anchors.n; i++) {
		free(m->anchors.list[i].word);
		free(m->anchors.list[i].lower);
		free(m->anchors.list[i].token);
	}
	free(m->anchors.list);
	free(m);
}

/* A place on the keyboard. */
struct key {
	size_t row, column;
};

static bool key_find(struct key *key, char letter)
{
	static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

	for (size_t r = 0; letter != '\0' && r < sizeof rows / sizeof *rows; r++) {
		const char *at = strchr(rows[r], letter);

		if (at == NULL)
			continue;
		*key = (struct key){r, (size_t)(at - rows[r])};
		return true;
	}
	return false;
}

static bool are_near(size_t a, size_t b)
{
	return a + 1 >= b && b + 1 >= a;
}

/* Whether two letters are keys beside each other. */
static bool are_neighbours(char a, char b)
{
	struct key ka, kb;

	return key_find(&ka, a) && key_find(&kb, b) && are_near(ka.row, kb.row) &&
	       are_near(ka.column, kb.column);
}

/* Whether the longer word is the shorter one with one letter more, at `at`. */
static bool is_longer_by_one(const char *shorter, const char *longer, size_t at)
{
	return strcmp(shorter + at, longer + at + 1) == 0;
}

/*
 * Whether fingers make `typed` of `word`, both in small letters; the first letter is right. Of
 * words of four letters only two that were swapped are seen. A letter left out may be any, one
 * too many is the double of its neighbour, and a wrong key is seen in long words only; unless
 * there may be `more`.
 */
static bool is_finger_slip(const char *typed, const char *word, bool more)
{
	size_t at = 0, lt = strlen(typed), lw = strlen(word);

	while (typed[at] != '\0' && typed[at] == word[at])
		at++;
	if (at == 0 || (at == lt && at == lw))
		return false;
	if (lt == lw && typed[at] == word[at + 1] && typed[at + 1] == word[at] &&
	    strcmp(typed + at + 2, word + at + 2) == 0)
		return true;
	if (lw < LEAST_WORD)
		return false;
	if (lt + 1 == lw)
		return is_longer_by_one(typed, word, at);
	if (lt == lw + 1)
		return (more || typed[at] == typed[at - 1]) &&
		       is_longer_by_one(word, typed, at);
	return lt == lw && (more || lw >= LEAST_REPLACED) &&
	       are_neighbours(typed[at], word[at]) &&
	       strcmp(typed + at + 1, word + at + 1) == 0;
}

/* The word of the recognisers that one in small letters was meant for, or NULL. */
static const char *cue_meant(const char *lower, const char *token)
{
	const char *meant = NULL;

	for (size_t i = 0; i < sizeof cue_words / sizeof *cue_words && meant == NULL; i++) {
		char *cue = is_finger_slip(lower, cue_words[i], false)
				? token_of(cue_words[i])
				: NULL;

		if (cue != NULL && strcmp(cue, token) != 0)
			meant = cue_words[i];
		free(cue);
	}
	return meant;
}

/* A name as it is written; any other word in small letters, wherever the file has it. */
static const char *anchor_word(const struct anchor *a)
{
	return strcmp(a->word + 1, a->lower + 1) == 0 ? a->lower : a->word;
}

/* The same of the words of the questions file; another form of one is no slip. */
static const char *anchor_meant(struct mender *m, const char *lower, const char *token)
{
	const struct lookup *lookup = m->lookup;
	const struct anchor *meant = NULL;
	size_t len = strlen(lower);

	if (m->anchors.n == 0)
		anchors_collect(&m->anchors, m->questions);
	for (size_t i = 0; i < m->anchors.n; i++) {
		const struct anchor *a = &m->anchors.list[i];

		if (strcmp(a->token, token) == 0)
			return NULL;
		if (meant == NULL && len >= LEAST_WORD &&
		    is_finger_slip(lower, a->lower, false) &&
		    lookup->spelled(lookup->arg, a->token))
			meant = a;
	}
	return meant != NULL ? anchor_word(meant) : NULL;
}

/* The word of the questions file that the articles know by that token. */
static const char *anchor_find(const struct mender *m, const char *token)
{
	for (size_t i = 0; i < m->anchors.n; i++)
		if (strcmp(m->anchors.list[i].token, token) == 0)
			return anchor_word(&m->anchors.list[i]);
	return NULL;
}

/* What the articles have for a word that none of them has. */
static char *mend_known(struct mender *m, const char *token, bool *replaces)
{
	char *known =
	    strlen(token) >= LEAST_WORD ? m->lookup->word(m->lookup->arg, token) : NULL;
	const char *word = known != NULL && is_finger_slip(token, known, true)
			       ? anchor_find(m, known)
			       : NULL;

	*replaces = word != NULL;
	if (word != NULL) {
		free(known);
		return xstrdup(word);
	}
	if (known != NULL && (strlen(known) < LEAST_WORD || strlen(token) == LEAST_WORD)) {
		free(known);
		return NULL;
	}
	return known;
}

/* As mender_mend, of a word that is in small letters. */
static char *mend_word(struct mender *m, const char *lower, bool *replaces)
{
	char *token = token_of(lower), *meant = NULL;
	const char *word;

	if (token != NULL && m->looked_up++ < MOST_LOOKED_UP &&
	    !m->lookup->spelled(m->lookup->arg, token)) {
		word = cue_meant(lower, token);
		if (word == NULL)
			word = anchor_meant(m, lower, token);
		*replaces = true;
		meant = word != NULL ? xstrdup(word) : mend_known(m, token, replaces);
	}
	free(token);
	return meant;
}

/* The length of the word that begins a text and stands alone, or 0. */
static size_t word_alone(const char *text)
{
	size_t len = 0, figures = 0;

	for (; isalnum((unsigned char)text[len]); len++)
		figures += isdigit((unsigned char)text[len]) != 0;
	if (len < LEAST_TYPED || len > LONGEST_WORD || figures > 0)
		return 0;
	if (text[len] == '\0' || strchr(" \t\n,;:=!?)\"", text[len]) != NULL)
		return len;
	if (strchr(".'", text[len]) != NULL && !isalnum((unsigned char)text[len + 1]))
		return len;
	return 0;
}

char *mender_mend(
    struct mender *m, const char *text, size_t at, size_t *len, bool *replaces)
{
	char *typed, *lower, *meant;

	*len = 0;
	if (m->mended >= MOST_MENDED ||
	    (at > 0 && strchr(" \t\n(\",;:", text[at - 1]) == NULL))
		return NULL;
	*len = word_alone(text + at);
	if (*len == 0)
		return NULL;
	typed = xstrndup(text + at, *len);
	lower = lower_copy(typed);
	meant = mend_word(m, lower, replaces);
	m->mended += meant != NULL;
	free(lower);
	free(typed);
	return meant;
}
