/* SPDX-License-Identifier: ISC */
/* Header lines of an article file, "Key: value", whatever the format: one table of keys. */
#include "parse_internal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "xalloc.h"

struct piece parse_trim(struct piece s)
{
	for (; s.len > 0 && s.text[0] == ' '; s.text++)
		s.len--;
	while (s.len > 0 && s.text[s.len - 1] == ' ')
		s.len--;
	return s;
}

bool parse_piece_is(struct piece s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.text, word, s.len) == 0;
}

/* The first word of *rest, which then begins behind it. */
static struct piece piece_word(struct piece *rest)
{
	struct piece word = parse_trim(*rest);
	const char *end = rest->text + rest->len;
	const char *blank = word.len ? memchr(word.text, ' ', word.len) : NULL;

	if (blank)
		word.len = (size_t)(blank - word.text);
	rest->text = word.text + word.len;
	rest->len = (size_t)(end - rest->text);
	return word;
}

bool parse_split(const struct parse_line *line, struct piece *key, struct piece *value)
{
	const char *colon = line->len ? memchr(line->text, ':', line->len) : NULL;

	if (!colon || colon == line->text)
		return false;
	*key = parse_trim((struct piece){line->text, (size_t)(colon - line->text)});
	*value = parse_trim(
	    (struct piece){colon + 1, line->len - (size_t)(colon + 1 - line->text)});
	return true;
}

/* ---- values ---- */

static bool date_digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!isdigit((unsigned char)s[i]))
			return false;
	return n > 0;
}

/* "YYYY", month and "D" or "DD" as "2002-08-06", or NULL if there is no such day. */
static char *date_make(const char *year, int month, const char *day, size_t ndays)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int number;

	if (!date_digits(year, 4) || !date_digits(day, ndays) || month < 1 || month > 12)
		return NULL;
	number = day[0] - '0';
	if (ndays == 2)
		number = number * 10 + day[1] - '0';
	if (number < 1 || number > days[month - 1])
		return NULL;
	return xasprintf("%.4s-%02d-%02d", year, month, number);
}

char *parse_date(struct piece s)
{
	static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	size_t ndays = s.len == 11 ? 2 : 1;
	int month = 0;

	if (s.len == 10 && s.text[4] == '-' && s.text[7] == '-' &&
	    date_digits(s.text + 5, 2))
		return date_make(
		    s.text, (s.text[5] - '0') * 10 + s.text[6] - '0', s.text + 8, 2);
	if ((s.len != 10 && s.len != 11) || s.text[ndays] != '-' ||
	    s.text[ndays + 4] != '-')
		return NULL;
	while (month < 12 && strncasecmp(names + 3 * month, s.text + ndays + 1, 3) != 0)
		month++;
	return date_make(s.text + ndays + 5, month + 1, s.text, ndays);
}

static void header_set_id(struct parser *p, size_t i, struct piece value)
{
	size_t len = parse_identifier(value.text, value.len);

	if (len == 0 || len != value.len)
		parse_report(p, DIAG_HEADER_VALUE, i, value.text);
	else if (!p->article->id)
		p->article->id = xstrndup(value.text, value.len);
}

static void header_set_date(struct parser *p, size_t i, struct piece value)
{
	if (value.len == 0)
		return;
	free(p->article->date);
	p->article->date = parse_date(value);
	if (!p->article->date)
		parse_report(p, DIAG_HEADER_VALUE, i, value.text);
}

/* "Q177807  22-DEC-1999  [exchange]" */
static void header_set_document(struct parser *p, size_t i, struct piece value)
{
	header_set_id(p, i, piece_word(&value));
	header_set_date(p, i, piece_word(&value));
}

static void header_set_product(struct parser *p, size_t i, struct piece value)
{
	(void)i;
	if (value.len > 0 && !p->article->product)
		p->article->product = xstrndup(value.text, value.len);
}

void parse_header_title(struct parser *p, size_t i, char *title)
{
	struct article *a = p->article;

	if (a->nsections == 0) {
		a->sections = xgrow(a->sections, 0, &p->sections_cap, sizeof *a->sections);
		a->sections[a->nsections++] = (struct section){.kind = SECTION_TITLE,
		    .level = 1,
		    .blocks = xcalloc(1, sizeof *a->sections[0].blocks),
		    .nblocks = 1};
	}
	free(a->sections[0].blocks[0].text);
	a->sections[0].line = a->sections[0].blocks[0].line = (unsigned)i + 1;
	a->sections[0].blocks[0].text = title;
}

static void header_set_title(struct parser *p, size_t i, struct piece value)
{
	if (value.len > 0)
		parse_header_title(p, i, xstrndup(value.text, value.len));
}

/* Versions, systems and keywords stand again, untruncated, in the trailer: only kept for
 * articles that have none. */
static void header_keep(struct parser *p, size_t i, struct piece value)
{
	if (value.len > 0 && p->nkeys < PARSE_HEADER_KEYS)
		p->keys[p->nkeys++] = i;
}

static const struct header_key {
	const char *name;
	void (*set)(struct parser *, size_t i, struct piece value);
} header_keys[] = {
    {"DOCUMENT", header_set_document},
    {"TITLE", header_set_title},
    {"PRODUCT", header_set_product},
    {"PROD/VER", header_keep},
    {"OPER/SYS", header_keep},
    {"KEYWORDS", header_keep},
    {"Article", header_set_id},
    {"Product(s)", header_set_product},
    {"Version(s)", header_keep},
    {"Operating System(s)", header_keep},
    {"Keyword(s)", header_keep},
    {"Last Modified", header_set_date},
};

/* The row of the key a line begins with, or NULL. */
static const struct header_key *header_find_key(
    const struct parse_line *line, struct piece *value)
{
	struct piece key;
	size_t k;

	if (!parse_split(line, &key, value))
		return NULL;
	for (k = 0; k < sizeof header_keys / sizeof header_keys[0]; k++)
		if (parse_piece_is(key, header_keys[k].name))
			return &header_keys[k];
	return NULL;
}

bool parse_is_header(const struct parse_line *line)
{
	struct piece value;

	return header_find_key(line, &value) != NULL;
}

size_t parse_header_read(struct parser *p, size_t i)
{
	for (; i < p->nlines && p->lines[i].len > 0 && !parse_is_rule(&p->lines[i], '=') &&
	       !parse_is_rule(&p->lines[i], '-');
	     i++) {
		struct piece value;
		const struct header_key *key = header_find_key(&p->lines[i], &value);

		if (key)
			key->set(p, i, value);
		else
			parse_report(p, DIAG_HEADER_VALUE, i, p->lines[i].text);
	}
	return i;
}
