/* SPDX-License-Identifier: ISC */
/*
 * The signature of an article: its tokens, each with a weight, which is how often the article
 * says it, counted more where an article says what its problem looks like than where it says
 * what is to be done. words_match.c takes it for the mixture of words that people who have
 * that problem use.
 */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "token_set.h"

/* Per occurrence. What describes the article and not the problem counts nothing. */
#define WEIGHT_TITLE 6
#define WEIGHT_SYMPTOMS 4
#define WEIGHT_OTHER 1

/* Tokens of a signature while they are collected. */
struct collector {
	struct token_set tokens;
	unsigned weight; /* of the section that is being read */
};

static void collect(void *arg, const char *token, bool identifier)
{
	struct collector *c = arg;

	(void)identifier;
	token_set_add(&c->tokens, token, strlen(token))->mass += c->weight;
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

/* A blank, the weight in decimal. */
#define WEIGHT_MAX (1 + 20)

static size_t put_weight(char *out, uint64_t weight)
{
	char digits[WEIGHT_MAX];
	size_t n = 0, len = 0;

	out[len++] = ' ';
	do
		digits[n++] = (char)('0' + weight % 10);
	while ((weight /= 10) > 0);
	while (n > 0)
		out[len++] = digits[--n];
	return len;
}

/* "token weight token weight" in byte order. */
static char *join(struct token_set *tokens)
{
	char *text = xmalloc(tokens->nbytes + tokens->n * (1 + WEIGHT_MAX) + 1);
	size_t len = 0;

	token_set_sort(tokens);
	for (size_t i = 0; i < tokens->n; i++) {
		const struct token *t = &tokens->list[i];

		if (i > 0)
			text[len++] = ' ';
		memcpy(text + len, token_set_bytes(tokens, t), t->len);
		len += t->len;
		len += put_weight(text + len, t->mass);
	}
	text[len] = '\0';
	return text;
}

char *words_signature(const struct article *article)
{
	bool symptoms = article_section(article, SECTION_SYMPTOMS) != NULL;
	struct collector c = {.weight = 0};
	char *signature;

	for (size_t i = 0; i < article->nsections; i++) {
		const struct section *section = &article->sections[i];

		c.weight = section_weight(section->kind, symptoms);
		for (size_t j = 0; c.weight > 0 && j < section->nblocks; j++)
			words_each(section->blocks[j].text, collect, &c);
	}
	signature = join(&c.tokens);
	token_set_fini(&c.tokens);
	return signature;
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
