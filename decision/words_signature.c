/* SPDX-License-Identifier: ISC */
/*
 * The signature of an article: its tokens, each with a weight, which is how often the article
 * says it, counted more where an article says what its problem looks like than where it says
 * what is to be done. words_match.c takes it for the mixture of words that people who have
 * that problem use.
 */
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* Per occurrence. What describes the article and not the problem counts nothing. */
#define WEIGHT_TITLE 6
#define WEIGHT_SYMPTOMS 4
#define WEIGHT_OTHER 1

/* Tokens of a signature while they are collected. */
struct collector {
	struct collected {
		char *token;
		unsigned weight;
	} * list;
	size_t n, cap;
	unsigned weight; /* of the section that is being read */
};

static void collect(void *arg, const char *token, bool identifier)
{
	struct collector *c = arg;

	(void)identifier;
	c->list = xgrow(c->list, c->n, &c->cap, sizeof *c->list);
	c->list[c->n++] = (struct collected){.token = xstrdup(token), .weight = c->weight};
}

/* A summary and what stands before the first heading are symptoms where there are no others. */
static unsigned section_weight(enum section_kind kind, bool symptoms)
{
	switch (kind) {
	case SECTION_TITLE:
		return WEIGHT_TITLE;
	case SECTION_SYMPTOMS:
		return WEIGHT_SYMPTOMS;
	case SECTION_SUMMARY:
	case SECTION_PREAMBLE:
		return symptoms ? WEIGHT_OTHER : WEIGHT_SYMPTOMS;
	case SECTION_APPLIES_TO:
	case SECTION_KEYWORDS:
	case SECTION_REFERENCES:
		return 0;
	default:
		return WEIGHT_OTHER;
	}
}

static int compare_tokens(const void *a, const void *b)
{
	return strcmp(
	    ((const struct collected *)a)->token, ((const struct collected *)b)->token);
}

/* Sorts, joins each once with the sum of its weights, frees the list. */
static char *join(struct collector *c)
{
	char *text = NULL;
	size_t len;
	FILE *out = xopen_memstream(&text, &len);

	if (c->n > 0)
		qsort(c->list, c->n, sizeof *c->list, compare_tokens);
	for (size_t i = 0; i < c->n; i++) {
		if (i + 1 < c->n && strcmp(c->list[i].token, c->list[i + 1].token) == 0)
			c->list[i + 1].weight += c->list[i].weight;
		else
			fprintf(out, "%s%s %u", ftell(out) > 0 ? " " : "", c->list[i].token,
			    c->list[i].weight);
	}
	xclose_memstream(out);
	for (size_t i = 0; i < c->n; i++)
		free(c->list[i].token);
	free(c->list);
	return text;
}

char *words_signature(const struct article *article)
{
	bool symptoms = article_section(article, SECTION_SYMPTOMS) != NULL;
	struct collector c = {.n = 0};

	for (size_t i = 0; i < article->nsections; i++) {
		const struct section *section = &article->sections[i];

		c.weight = section_weight(section->kind, symptoms);
		for (size_t j = 0; c.weight > 0 && j < section->nblocks; j++)
			words_each(section->blocks[j].text, collect, &c);
	}
	return join(&c);
}

bool words_signature_next(const char **at, struct signed_word *word)
{
	const char *p = *at;
	unsigned weight = 0;

	if (*p == '\0')
		return false;
	word->token = p;
	word->len = strcspn(p, " ");
	p += word->len + (p[word->len] == ' ');
	for (; *p >= '0' && *p <= '9' && weight < UINT32_MAX / 16; p++)
		weight = weight * 10 + (unsigned)(*p - '0');
	p += strcspn(p, " ");
	word->weight = weight > 0 ? weight : 1;
	*at = p + (*p == ' ');
	return true;
}
