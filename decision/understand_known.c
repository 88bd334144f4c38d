/* SPDX-License-Identifier: ISC */
/*
 * What only makes sense to one who knows the articles: the number of one, a number that
 * stands alone, a line of an exported event log. Everything that is taken here
 * is known to the letter to the knowledge file; what is not known is left to the words.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "understand_private.h"

/* A text of no more words is about the number in it. */
#define FEW_WORDS 3
/* Tokens that are looked up, of a text that may be a whole file. */
#define MOST_TOKENS 4000

static bool is_token_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || c == '-' ||
	       c == '_';
}

struct span token_next(const char *text, size_t from)
{
	struct span s = {from, from};

	while (text[s.start] != '\0' && !is_token_byte(text[s.start]))
		s.start++;
	for (s.end = s.start; is_token_byte(text[s.end]);)
		s.end++;
	return s;
}

static char *span_copy(const struct listener *l, struct span where)
{
	return xstrndup(l->spoken.text + where.start, where.end - where.start);
}

static bool takes_numbers(const struct question *q)
{
	return q->kind == QUESTION_NUMBER || q->kind == QUESTION_CODE;
}

bool listener_has_found(const struct listener *l, struct span where)
{
	for (size_t i = 0; i < l->found.n; i++) {
		const struct finding *f = &l->found.list[i];

		if (takes_numbers(&l->questions->list[f->question]) &&
		    f->where.start < where.end && where.start < f->where.end)
			return true;
	}
	return false;
}

static bool is_number(const char *token)
{
	return *token != '\0' && token[strspn(token, "0123456789")] == '\0';
}

/* The identifier of an article as it stands: "PG-3", "net-no-carrier"; no plain word is one. */
static bool is_identifier(const struct listener *l, const char *token)
{
	return strlen(token) >= 4 && strpbrk(token, "-0123456789") != NULL &&
	       !is_number(token) && l->lookup->article(l->lookup->arg, token);
}

/* An address of an article by folders, "Q177/8/07", as its number; or NULL. */
static char *article_folders(const char *text, struct span where)
{
	int digits[6], end = 0;

	if (where.end - where.start != 4 || text[where.end] != '/' ||
	    sscanf(text + where.start, "%*1[qQ]%1d%1d%1d/%1d/%1d%1d%n", &digits[0],
		&digits[1], &digits[2], &digits[3], &digits[4], &digits[5], &end) != 6 ||
	    end != 9)
		return NULL;
	return xasprintf("Q%d%d%d%d%d%d", digits[0], digits[1], digits[2], digits[3],
	    digits[4], digits[5]);
}

/* The number of an article: "Q261160", "KB261160", "261160"; or its identifier. */
static bool listen_article(struct listener *l, const char *token, struct span where)
{
	const char *figures = token + strcspn(token, "0123456789");
	size_t letters = (size_t)(figures - token);
	char *id = article_folders(l->spoken.text, where);
	bool known;

	if (id == NULL && is_identifier(l, token)) {
		listener_add(l,
		    (struct understood){.question = UNDERSTOOD_ARTICLE,
			.answer = -1,
			.value = xstrdup(token)},
		    where);
		return true;
	}
	if (id == NULL && (letters > 2 || strlen(figures) < 5 || !is_number(figures)))
		return false;
	if (id == NULL)
		id = letters == 1 ? xstrdup(token) : xasprintf("Q%s", figures);
	known = l->lookup->article(l->lookup->arg, id);
	if (known)
		listener_add(l,
		    (struct understood){
			.question = UNDERSTOOD_ARTICLE, .answer = -1, .value = xstrdup(id)},
		    where);
	free(id);
	return known;
}

bool listen_value(struct listener *l, size_t question, const char *text, const char *slip,
    struct span where)
{
	const struct questions *qs = l->questions;
	struct findings *f = &l->found;
	char *value = question_canonical(qs, &qs->list[question], text);

	if (value == NULL || !listener_knows(l, question, value)) {
		free(value);
		return false;
	}
	f->list = xgrow(f->list, f->n, &f->cap, sizeof *f->list);
	f->list[f->n++] = (struct finding){
	    .question = question, .answer = -1, .value = xstrdup(value), .where = where};
	listener_add(l,
	    (struct understood){.question = question,
		.answer = -1,
		.value = value,
		.slip = slip != NULL ? xstrdup(slip) : NULL},
	    where);
	return true;
}

bool listen_negative(struct listener *l, const char *figures, struct span where)
{
	char *negative = xasprintf("-%s", figures);
	bool known = false;

	for (size_t q = 0; q < l->questions->n; q++)
		if (l->questions->list[q].kind == QUESTION_CODE)
			known |= listen_value(l, q, negative, figures, where);
	free(negative);
	return known;
}

/* A number that stands alone: an event, a code, or a code whose minus sign was left out. */
static void listen_bare(struct listener *l, const char *figures, struct span where)
{
	for (size_t q = 0; q < l->questions->n; q++)
		if (takes_numbers(&l->questions->list[q]))
			listen_value(l, q, figures, NULL, where);
	listen_negative(l, figures, where);
}

/* The same with letters that were read as the figures they look like. */
static void listen_alike(
    struct listener *l, const char *figures, const char *typed, struct span where)
{
	for (size_t q = 0; q < l->questions->n; q++)
		if (takes_numbers(&l->questions->list[q]))
			listen_value(l, q, figures, typed, where);
}

/* A code as it stands that has a minus sign and more figures than a recogniser takes for one. */
static bool listen_signed(struct listener *l, const char *token, struct span where)
{
	bool known = false;

	if (token[0] != '-' || !is_number(token + 1))
		return false;
	for (size_t q = 0; q < l->questions->n; q++)
		if (l->questions->list[q].kind == QUESTION_CODE)
			known |= listen_value(l, q, token, NULL, where);
	return known;
}

/* Whether figures may be a code as it stands, without a word that says so. */
static bool is_hex_code(const char *figures)
{
	size_t lead = strncasecmp(figures, "0x", 2) == 0 ? 2 : 0;
	size_t digits = strspn(figures + lead, "0123456789abcdefABCDEF");
	size_t plain = strspn(figures + lead, "0123456789");

	return figures[lead + digits] == '\0' && digits >= 7 && digits <= 8 &&
	       (lead > 0 || plain < digits);
}

/* A code that no article has: one figure is missing, or two are swapped. */
static void listen_damaged(
    struct listener *l, const char *token, size_t question, struct span where)
{
	char *meant = slip_clothes(l, question, token);

	if (meant == NULL)
		meant = slip_value(l, question, token);
	if (meant != NULL)
		listen_value(l, question, meant, token, where);
	free(meant);
}

/* "8O10", "l018", "0x8OO4OO05": figures, when letters are read as what they look like. */
static void listen_misprint(struct listener *l, const char *token, struct span where)
{
	char *alike = slip_figures(token);
	const char *figures = alike != NULL ? alike : token;

	if (alike != NULL && strlen(alike) >= 3 && is_number(alike + (*alike == '-')))
		listen_alike(l, alike, token, where);
	for (size_t q = 0; q < l->questions->n; q++) {
		enum question_kind kind = l->questions->list[q].kind;

		if (kind == QUESTION_CODE && is_hex_code(figures) &&
		    !listen_value(l, q, figures, token, where))
			listen_damaged(l, figures, q, where);
	}
	free(alike);
}

static bool has_figure_and_more(const char *token)
{
	size_t figures = 0;

	for (const char *c = token; *c != '\0'; c++)
		figures += *c >= '0' && *c <= '9';
	return figures >= 1 && strlen(token) >= 4;
}

static void listen_tokens(struct listener *l)
{
	const char *text = l->spoken.text;
	size_t words = 0;
	struct span s = {0, 0};

	for (; text[s.end] != '\0' && words <= FEW_WORDS; words += s.end > s.start)
		s = token_next(text, s.end);
	s = (struct span){0, 0};
	for (size_t i = 0; i < MOST_TOKENS && text[s.end] != '\0'; i++) {
		char *token;

		s = token_next(text, s.end);
		token = span_copy(l, s);
		if (!listen_article(l, token, s) && !listener_has_found(l, s)) {
			if (is_number(token) && words <= FEW_WORDS && strlen(token) >= 3)
				listen_bare(l, token, s);
			else if (has_figure_and_more(token) && !listen_signed(l, token, s))
				listen_misprint(l, token, s);
		}
		free(token);
	}
}

/*
 * An event log that was exported or copied as a list: one line an event, fields between
 * tabs, commas or wide gaps, a date and a time among them.
 */

static bool is_gap(const char *p)
{
	return *p == '\t' || *p == ',' || *p == ';' || *p == '|' ||
	       (p[0] == ' ' && p[1] == ' ');
}

/* Whether the first such mark of a line stands between figures: a time or a date has it. */
static bool has_between_figures(const char *line, size_t len, char between)
{
	const char *mark = memchr(line, between, len);

	return mark != NULL && mark > line && isdigit((unsigned char)mark[-1]) &&
	       isdigit((unsigned char)mark[1]);
}

static void listen_field(struct listener *l, struct span where)
{
	const char *text = l->spoken.text;
	char *field;

	while (where.end > where.start && text[where.end - 1] == ' ')
		where.end--;
	if (where.end - where.start > 2 && text[where.start] == '"' &&
	    text[where.end - 1] == '"')
		where = (struct span){where.start + 1, where.end - 1};
	field = span_copy(l, where);

	for (size_t q = 0; q < l->questions->n; q++) {
		enum recogniser kind = l->questions->list[q].recogniser;

		if ((kind == RECOGNISE_EVENT_ID && is_number(field)) ||
		    kind == RECOGNISE_EVENT_SOURCE)
			listen_value(l, q, field, NULL, where);
	}
	free(field);
}

static void listen_fields(struct listener *l, struct span line)
{
	const char *text = l->spoken.text;
	struct span field = {line.start, line.start};

	while (field.start < line.end) {
		field.end = field.start;
		while (field.end < line.end && !is_gap(text + field.end))
			field.end++;
		if (field.end > field.start && field.end - field.start < 64)
			listen_field(l, field);
		field.start = field.end;
		while (field.start < line.end &&
		       (is_gap(text + field.start) || text[field.start] == ' '))
			field.start++;
	}
}

static void listen_log_lines(struct listener *l)
{
	const char *text = l->spoken.text;
	struct span line = {0, 0};

	for (size_t i = 0; i < MOST_TOKENS && text[line.start] != '\0'; i++) {
		size_t len = strcspn(text + line.start, "\n");

		line.end = line.start + len;
		if (has_between_figures(text + line.start, len, ':') &&
		    (has_between_figures(text + line.start, len, '/') ||
			has_between_figures(text + line.start, len, '.') ||
			has_between_figures(text + line.start, len, '-')))
			listen_fields(l, line);
		line.start = line.end + (text[line.end] == '\n');
	}
}

void listen_known(struct listener *l)
{
	listen_tokens(l);
	listen_log_lines(l);
	listen_context(l);
}
