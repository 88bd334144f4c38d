/* SPDX-License-Identifier: ISC */
/* The knowledge file as understand() sees it. */
#include "session_private.h"

static bool known_value(void *arg, size_t question, const char *value)
{
	struct known *known = arg;
	uint32_t id;
	int found = knowledge_value(known->knowledge, question, value, &id, known->err);

	known->failed |= found == -1;
	return found == 1;
}

static bool known_article(void *arg, const char *id)
{
	struct known *known = arg;
	uint32_t article;
	int found = knowledge_find(known->knowledge, id, &article, known->err);

	known->failed |= found == -1;
	return found == 1;
}

static char *known_word(void *arg, const char *token)
{
	struct known *known = arg;
	char *word = NULL;

	if (knowledge_similar(known->knowledge, token, &word, known->err) == -1)
		known->failed = true;
	return word;
}

/* Of so many articles one has a word that is spelled wrong. */
#define ARTICLES_A_SLIP 1000

static bool known_token(void *arg, const char *token)
{
	struct known *known = arg;
	struct frequency frequency;

	if (knowledge_frequency(known->knowledge, token, &frequency, known->err) == -1)
		known->failed = true;
	return frequency.articles > knowledge_narticles(known->knowledge) / ARTICLES_A_SLIP;
}

struct lookup known_lookup(struct known *known)
{
	return (struct lookup){.value = known_value,
	    .article = known_article,
	    .word = known_word,
	    .spelled = known_token,
	    .arg = known};
}
