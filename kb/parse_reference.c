/* SPDX-License-Identifier: ISC */
/*
 * Finds what other articles the text of an article speaks of: identifiers of the same series
 * as its own, each once, and what the reader found already (links, of any identifier). Where
 * a block begins with one, what follows on its lines is the title of that article.
 */
#include "parse_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "xalloc.h"

#define IDENTIFIER_LETTERS 8
#define IDENTIFIER_DIGITS 9
/* Shorter numbers are more often something else ("Q1"), unless a hyphen goes before. */
#define REFERENCE_DIGITS 5
#define REFERENCE_TITLE 200

struct mention {
	const char *id; /* in the text of a block, or of a reference found before */
	size_t len;
	unsigned line;
	char *title;
};

struct mentions {
	struct mention *list;
	size_t n, cap;
};

static bool identifier_has(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

size_t parse_identifier(const char *text, size_t len)
{
	size_t letters = 0, digits = 0, at;

	while (letters < len && text[letters] >= 'A' && text[letters] <= 'Z')
		letters++;
	at = letters + (letters < len && text[letters] == '-');
	while (at + digits < len && isdigit((unsigned char)text[at + digits]))
		digits++;
	if (letters < 1 || letters > IDENTIFIER_LETTERS || digits < 1 ||
	    digits > IDENTIFIER_DIGITS ||
	    (at + digits < len && identifier_has(text[at + digits])))
		return 0;
	return at + digits;
}

/* How many letters the article's own identifier begins with, and a hyphen behind them. */
static size_t series_length(const char *id)
{
	size_t n = 0;

	while (id[n] >= 'A' && id[n] <= 'Z')
		n++;
	return n + (n > 0 && id[n] == '-');
}

/* Length of the reference at s, or 0: same series, not the article itself, no file name. */
static size_t reference_length(const struct article *article, const char *s, size_t rest)
{
	size_t series = series_length(article->id);
	size_t len = parse_identifier(s, rest);

	bool hyphen = series > 0 && article->id[series - 1] == '-';

	if (len < series + (hyphen ? 1 : REFERENCE_DIGITS) ||
	    strncmp(s, article->id, series) != 0 || !isdigit((unsigned char)s[series]))
		return 0;
	if (rest > len + 1 && s[len] == '.' && identifier_has(s[len + 1]))
		return 0;
	if (strlen(article->id) == len && memcmp(s, article->id, len) == 0)
		return 0;
	return len;
}

/* The title behind a reference that begins a line: up to the next line that begins so. */
static char *reference_title(const struct article *article, const char *s, const char *end)
{
	char *title = xmalloc(REFERENCE_TITLE + 1);
	size_t n = 0;

	s += strspn(s, " :-");
	for (; s < end && n < REFERENCE_TITLE; s++) {
		if (*s == '\n' &&
		    reference_length(article, s + 1, (size_t)(end - s - 1)) > 0)
			break;
		if (!isspace((unsigned char)*s))
			title[n++] = *s;
		else if (n > 0 && title[n - 1] != ' ')
			title[n++] = ' ';
	}
	/* a character is not cut in two */
	if (s < end && ((unsigned char)*s & 0xc0) == 0x80)
		while (n > 0 && ((unsigned char)title[--n] & 0xc0) == 0x80)
			continue;
	while (n > 0 && title[n - 1] == ' ')
		n--;
	title[n] = '\0';
	if (n > 0)
		return title;
	free(title);
	return NULL;
}

static void mentions_add(struct mentions *m, struct mention mention)
{
	m->list = xgrow(m->list, m->n, &m->cap, sizeof *m->list);
	m->list[m->n++] = mention;
}

static void mentions_read_block(
    struct mentions *m, const struct article *article, const struct block *block)
{
	const char *s, *end = block->text + strlen(block->text);
	unsigned line = block->line;
	bool link = block->depth > 0 || block->kind != BLOCK_PARAGRAPH;

	link =
	    link && reference_length(article, block->text, (size_t)(end - block->text)) > 0;
	for (s = block->text; s < end; s++) {
		bool begins = s == block->text || s[-1] == '\n';
		size_t len;

		line += *s == '\n';
		if (*s != article->id[0] || (!begins && identifier_has(s[-1])))
			continue;
		len = reference_length(article, s, (size_t)(end - s));
		if (len == 0)
			continue;
		mentions_add(
		    m, (struct mention){.id = s,
			   .len = len,
			   .line = line,
			   .title = link && begins ? reference_title(article, s + len, end)
						   : NULL});
		s += len - 1;
	}
}

/* By identifier; of one identifier the one with a title first, then by line. */
static int mention_compare(const void *left, const void *right)
{
	const struct mention *a = left, *b = right;
	int order = strncasecmp(a->id, b->id, a->len < b->len ? a->len : b->len);

	if (order != 0)
		return order;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	if (!a->title != !b->title)
		return a->title ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static int reference_compare(const void *left, const void *right)
{
	const struct reference *a = left, *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return strcmp(a->id, b->id);
}

static bool mention_is_same(const struct mention *a, const struct mention *b)
{
	return a->len == b->len && strncasecmp(a->id, b->id, a->len) == 0;
}

void parse_references(struct article *article)
{
	struct reference *found = article->references;
	size_t nfound = article->nreferences, i, k;
	struct mentions m = {.list = NULL};

	for (i = 0; i < nfound; i++)
		mentions_add(&m, (struct mention){.id = found[i].id,
				     .len = strlen(found[i].id),
				     .title = found[i].title,
				     .line = found[i].line});
	for (i = 0; i < article->nsections; i++) {
		const struct section *section = &article->sections[i];

		for (k = 0; k < section->nblocks; k++)
			mentions_read_block(&m, article, &section->blocks[k]);
	}
	if (m.n == 0)
		return;
	qsort(m.list, m.n, sizeof *m.list, mention_compare);
	article->references = xcalloc(m.n, sizeof *article->references);
	article->nreferences = 0;
	for (i = 0; i < m.n; i++) {
		if (i > 0 && mention_is_same(&m.list[i - 1], &m.list[i])) {
			free(m.list[i].title);
			continue;
		}
		article->references[article->nreferences++] =
		    (struct reference){.id = xstrndup(m.list[i].id, m.list[i].len),
			.title = m.list[i].title,
			.line = m.list[i].line};
	}
	qsort(article->references, article->nreferences, sizeof *article->references,
	    reference_compare);
	for (i = 0; i < nfound; i++)
		free(found[i].id);
	free(found);
	free(m.list);
}
