/* SPDX-License-Identifier: ISC */
/* Questions in memory: finding, naming, canonical values, freeing. Used by all of decision/. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "question.h"

static const char *const kind_names[QUESTION_NKINDS] = {
#define X(kind, name) [QUESTION_##kind] = name,
    QUESTION_KIND_LIST(X)
#undef X
};

static const char *const recogniser_names[RECOGNISE_NKINDS] = {
#define X(kind, name) [RECOGNISE_##kind] = name,
    RECOGNISER_LIST(X)
#undef X
};

const char *question_kind_name(enum question_kind kind)
{
	return kind_names[kind];
}

const char *recogniser_name(enum recogniser recogniser)
{
	assert(recogniser < RECOGNISE_NKINDS);
	return recogniser_names[recogniser];
}

int questions_find(const struct questions *qs, const char *key)
{
	for (size_t i = 0; i < qs->n; i++)
		if (strcmp(qs->list[i].key, key) == 0)
			return (int)i;
	return -1;
}

int question_answer(const struct question *q, const char *key)
{
	for (size_t i = 0; i < q->nanswers; i++)
		if (strcmp(q->answers[i].key, key) == 0)
			return (int)i;
	return -1;
}

bool question_is_open(const struct question *q)
{
	return q->kind != QUESTION_CHOICE;
}

bool question_is_sign(const struct question *q)
{
	return q->recogniser == RECOGNISE_SIGN;
}

size_t questions_sign(const struct questions *qs)
{
	size_t i = 0;

	while (i < qs->n && !question_is_sign(&qs->list[i]))
		i++;
	return i;
}

/* NULL if nothing is left. */
static char *text_canonical(const char *value)
{
	char *text = scan_fold(value);

	if (text[0] != '\0')
		return text;
	free(text);
	return NULL;
}

/* Names are written with and without blanks, in any case: they are compared without both. */
static char *name_canonical(const char *value)
{
	char *name = text_canonical(value), *out = name;

	if (name == NULL)
		return NULL;
	for (const char *in = name; *in != '\0'; in++)
		if (*in != ' ')
			*out++ = *in >= 'A' && *in <= 'Z' ? (char)(*in - 'A' + 'a') : *in;
	*out = '\0';
	return name;
}

char *question_canonical(
    const struct questions *qs, const struct question *q, const char *value)
{
	switch (q->kind) {
	case QUESTION_NUMBER:
		return code_number(value, strlen(value));
	case QUESTION_CODE:
		return code_canonical(value, strlen(value), qs->symbols, qs->nsymbols);
	case QUESTION_TEXT:
		return q->recogniser == RECOGNISE_EVENT_SOURCE ? name_canonical(value)
							       : text_canonical(value);
	default:
		break;
	}
	if (question_is_sign(q))
		return text_canonical(value);
	return question_answer(q, value) < 0 ? NULL : xstrdup(value);
}

static void patterns_fini(struct patterns *patterns)
{
	for (size_t i = 0; i < patterns->n; i++)
		free(patterns->list[i]);
	free(patterns->list);
}

static void answer_fini(struct answer *answer)
{
	free(answer->key);
	free(answer->label);
	patterns_fini(&answer->patterns);
	patterns_fini(&answer->said);
	patterns_fini(&answer->except);
}

static void question_fini(struct question *q)
{
	free(q->key);
	free(q->ask);
	free(q->say);
	free(q->find);
	free(q->of);
	for (size_t i = 0; i < q->nanswers; i++)
		answer_fini(&q->answers[i]);
	free(q->answers);
}

void questions_free(struct questions *qs)
{
	if (qs == NULL)
		return;
	for (size_t i = 0; i < qs->n; i++)
		question_fini(&qs->list[i]);
	for (size_t i = 0; i < qs->nsymbols; i++) {
		free(qs->symbols[i].name);
		free(qs->symbols[i].code);
	}
	for (size_t i = 0; i < qs->nphrases; i++) {
		free(qs->phrases[i].name);
		free(qs->phrases[i].pattern);
	}
	free(qs->list);
	free(qs->symbols);
	free(qs->phrases);
	free(qs->name);
	free(qs->about);
	free(qs);
}
