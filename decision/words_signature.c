/* SPDX-License-Identifier: ISC */
/*
 * The signature of an article: the tokens by which a person who has its problem would
 * describe it. These are all of its title and symptoms (of its summary where there are no
 * symptoms), and from the rest messages, quotations and identifiers.
 */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* Tokens of a signature while they are collected. */
struct collector {
	char **list;
	size_t n, cap;
	bool identifiers; /* take only these */
};

static void collect(void *arg, const char *token, bool identifier)
{
	struct collector *c = arg;

	if (c->identifiers && !identifier)
		return;
	c->list = xgrow(c->list, c->n, &c->cap, sizeof *c->list);
	c->list[c->n++] = xstrdup(token);
}

/* Sections that describe the article and not the problem. */
static bool is_about_the_article(enum section_kind kind)
{
	return kind == SECTION_APPLIES_TO || kind == SECTION_KEYWORDS ||
	       kind == SECTION_QUERY_WORDS || kind == SECTION_REFERENCES;
}

/* What stands between quotation marks: names of options and messages. */
static void collect_quoted(struct collector *c, const char *text)
{
	const char *open, *close;

	while (
	    (open = strchr(text, '"')) != NULL && (close = strchr(open + 1, '"')) != NULL) {
		char *quoted = xstrndup(open + 1, (size_t)(close - open - 1));

		words_each(quoted, collect, c);
		free(quoted);
		text = close + 1;
	}
}

/* All of what says how the problem looks; of the rest messages, quotations, identifiers. */
static void collect_section(struct collector *c, const struct section *section, bool whole)
{
	for (size_t i = 0; i < section->nblocks; i++) {
		const struct block *block = &section->blocks[i];

		c->identifiers = !whole && block->kind != BLOCK_VERBATIM;
		words_each(block->text, collect, c);
		if (c->identifiers) {
			c->identifiers = false;
			collect_quoted(c, block->text);
		}
	}
}

static int compare_tokens(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorts, joins each once, frees the list. */
static char *join(struct collector *c)
{
	size_t len = 0;
	char *text, *end;

	if (c->n > 0)
		qsort(c->list, c->n, sizeof *c->list, compare_tokens);
	for (size_t i = 0; i < c->n; i++)
		len += strlen(c->list[i]) + 1;
	text = end = xmalloc(len + 1);
	*end = '\0';
	for (size_t i = 0; i < c->n; i++) {
		if (i > 0 && strcmp(c->list[i], c->list[i - 1]) == 0)
			continue;
		if (end > text)
			*end++ = ' ';
		end = stpcpy(end, c->list[i]);
	}
	for (size_t i = 0; i < c->n; i++)
		free(c->list[i]);
	free(c->list);
	return text;
}

char *words_signature(const struct article *article)
{
	bool symptoms = article_section(article, SECTION_SYMPTOMS) != NULL;
	struct collector c = {.n = 0};

	for (size_t i = 0; i < article->nsections; i++) {
		const struct section *section = &article->sections[i];
		enum section_kind kind = section->kind;

		if (is_about_the_article(kind))
			continue;
		collect_section(&c, section,
		    kind == SECTION_TITLE || kind == SECTION_SYMPTOMS ||
			(kind == SECTION_SUMMARY && !symptoms));
	}
	return join(&c);
}
