/* SPDX-License-Identifier: ISC */
/*
 * The articles that no fixed question takes apart, and words that would: those of the signature
 * (words.h) of one that are in the signature of no other article of its set. A title weighs most
 * there, then the symptoms. An author who makes such a word an answer of a question has told
 * the article apart.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "kbc.h"
#include "words.h"

/* One word of one article of a set; text points into its signature. */
struct own_word {
	struct signed_word word;
	uint32_t member;
};

struct own_words {
	struct own_word *list;
	size_t n, cap;
};

static int token_order(const struct signed_word *a, const struct signed_word *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->token, b->token, n);

	return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static int compare_tokens(const void *x, const void *y)
{
	const struct own_word *a = x, *b = y;

	return token_order(&a->word, &b->word);
}

/* By article, weightiest first, then in byte order. */
static int compare_weights(const void *x, const void *y)
{
	const struct own_word *a = x, *b = y;

	if (a->member != b->member)
		return a->member < b->member ? -1 : 1;
	if (a->word.weight != b->word.weight)
		return a->word.weight > b->word.weight ? -1 : 1;
	return token_order(&a->word, &b->word);
}

static void words_add(struct own_words *words, const char *signature, uint32_t member)
{
	struct own_word w = {.member = member};

	while (words_signature_next(&signature, &w.word)) {
		words->list =
		    xgrow(words->list, words->n, &words->cap, sizeof *words->list);
		words->list[words->n++] = w;
	}
}

/* Keeps the words of which only one article has each, by article. */
static void words_keep_own(struct own_words *words)
{
	size_t kept = 0;

	if (words->n == 0)
		return;
	qsort(words->list, words->n, sizeof *words->list, compare_tokens);
	for (size_t i = 0, end; i < words->n; i = end) {
		end = i + 1;
		while (end < words->n &&
		       token_order(&words->list[i].word, &words->list[end].word) == 0)
			end++;
		if (end == i + 1)
			words->list[kept++] = words->list[i];
	}
	words->n = kept;
	qsort(words->list, words->n, sizeof *words->list, compare_weights);
}

static void set_take_words(struct apart_set *set, const struct own_words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct own_word *w = &words->list[i];
		struct apart *a;

		if (w->member >= set->nlist)
			continue; /* not shown */
		a = &set->list[w->member];
		if (a->nwords < APART_WORDS)
			a->words[a->nwords++] = xstrndup(w->word.token, w->word.len);
	}
}

static int set_find(
    struct apart_set *set, const uint32_t *articles, struct knowledge *k, struct err *err)
{
	char **signatures = xcalloc(set->n, sizeof *signatures);
	struct own_words words = {.n = 0};
	int result = -1;

	for (uint32_t i = 0; i < set->n; i++) {
		struct head head = {0};

		signatures[i] = knowledge_signature(k, articles[i], err);
		if (signatures[i] == NULL)
			goto out;
		words_add(&words, signatures[i], i);
		if (set->nlist == APART_SHOWN)
			continue;
		if (knowledge_head(k, articles[i], &head, err) == -1)
			goto out;
		set->list[set->nlist++].id = xstrdup(head.id);
		head_fini(&head);
	}
	words_keep_own(&words);
	set_take_words(set, &words);
	result = 0;
out:
	for (uint32_t i = 0; i < set->n; i++)
		free(signatures[i]);
	free(signatures);
	free(words.list);
	return result;
}

static uint32_t class_size(const struct classes *classes, uint32_t c)
{
	return classes->first[c + 1] - classes->first[c];
}

/* The largest classes, of equal ones that which begins with the earlier article. */
static size_t classes_largest(const struct classes *classes, uint32_t largest[APART_SETS])
{
	size_t n = 0;

	for (uint32_t c = 0; c < classes->n; c++) {
		uint32_t size = class_size(classes, c);
		size_t at = n;

		if (size < 2)
			continue;
		while (at > 0 &&
		       (size > class_size(classes, largest[at - 1]) ||
			   (size == class_size(classes, largest[at - 1]) &&
			       classes->article[classes->first[c]] <
				   classes->article[classes->first[largest[at - 1]]])))
			at--;
		if (at == APART_SETS)
			continue;
		n += n < APART_SETS;
		memmove(largest + at + 1, largest + at, (n - at - 1) * sizeof *largest);
		largest[at] = c;
	}
	return n;
}

int apart_sets_find(struct apart_sets *sets, const struct classes *classes,
    struct knowledge *k, struct err *err)
{
	uint32_t largest[APART_SETS];
	size_t n = classes_largest(classes, largest);

	*sets = (struct apart_sets){.n = 0};
	for (uint32_t c = 0; c < classes->n; c++) {
		if (class_size(classes, c) < 2)
			continue;
		sets->n++;
		sets->articles += class_size(classes, c);
	}
	for (size_t i = 0; i < n; i++) {
		struct apart_set *set = &sets->list[sets->nlist++];

		set->n = class_size(classes, largest[i]);
		if (set_find(set, classes->article + classes->first[largest[i]], k, err) ==
		    -1)
			return -1;
	}
	return 0;
}

void apart_sets_fini(struct apart_sets *sets)
{
	for (size_t i = 0; i < sets->nlist; i++) {
		for (size_t m = 0; m < sets->list[i].nlist; m++) {
			struct apart *a = &sets->list[i].list[m];

			free(a->id);
			for (size_t w = 0; w < a->nwords; w++)
				free(a->words[w]);
		}
	}
}
