/* SPDX-License-Identifier: ISC */
/*
 * Words as evidence.
 *
 * The question is how much likelier a text is when it speaks of article a than when it speaks
 * of none of them. Only which tokens it holds counts, each once. Who has the problem of a
 * draws words from what a says of it, and else from what people say in general: the language
 * model of Ponte and Croft (SIGIR 1998) with the Dirichlet smoothing of Zhai and Lafferty
 * (SIGIR 2001). Let w be the weight of token t in the signature of a, L the sum of the weights
 * of a, M that of all N articles, and
 *
 *	c(t) = (weight of t in all other articles + ghost) / M		P(t | none of them)
 *	P(t | a) = (w + mu c(t)) / (mu + L),	mu = smoothing * M / N
 *
 * so that the ratio of one token is
 *
 *	(1 + w / (mu c(t))) * mu / (mu + L)
 *
 * A rare token that is hit says much, one that every article holds says nothing, one that is
 * missed costs the same small factor whether anybody holds it or not, and long articles,
 * which hit by chance, pay for their length. The article that is looked at does not vouch for its
 * own words, and `ghost` stands for the article that was never seen: without it a token of a
 * single article would prove everything, and of five articles none would be told by a word.
 *
 * The tokens are not independent: who says "backup" says "tape" as well, and counting both in
 * full would be counting one thing twice. The product B(a) of all of them is tempered:
 *
 *	own + (1 - own) * B(a) ^ temper
 *
 * where `own` is the probability that the words are the person's own and tell nothing, under
 * which the ratio never falls. All of this is near 1 for a text that speaks of no article, so
 * there is no threshold to choose. A few words can fit one article by chance while another is
 * meant, the sooner the more articles there are: with the probability v / (v + number of tokens),
 * v = vague ln N, the ratio of an article is the mean of those of all, which leaves their sum,
 * and "none of them", where they were.
 *
 * Cost: articles are fetched by the rarest tokens of the text and by its identifiers, and
 * only those few hundred signatures are read. All others share the ratio of a text that
 * hits nothing in an article of middle length.
 */
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "knowledge.h"

const struct words_parameters words_parameters = {
    .ghost = 0.5,
    .smoothing = 1.5,
    .temper = 0.6,
    .own = 0.1,
    .vague = 0.25,
    .rarest = 16,
    .names = 16,
    .candidates = 300,
};

/* A name that some article holds fits by chance as seldom as so many words together. */
#define NAME_SAYS 20

/* A token of the text. */
struct word {
	char *token;
	bool identifier;
	struct frequency everywhere;
};

struct word_list {
	struct word *list; /* ascending by token, each once */
	size_t n, cap;
};

/* One text against one knowledge file. */
struct comparison {
	const struct words_parameters *parameters;
	struct knowledge *knowledge;
	struct word_list words;
	size_t said; /* tokens of the whole account */
	double mass; /* M */
	double smoothing; /* mu */
};

static void add_word(void *arg, const char *token, bool identifier)
{
	struct word_list *words = arg;

	words->list = xgrow(words->list, words->n, &words->cap, sizeof *words->list);
	words->list[words->n++] =
	    (struct word){.token = xstrdup(token), .identifier = identifier};
}

static int compare_tokens(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->token, ((const struct word *)b)->token);
}

static void words_fini(struct word_list *words)
{
	for (size_t i = 0; i < words->n; i++)
		free(words->list[i].token);
	free(words->list);
}

static void words_unique(struct word_list *words)
{
	size_t n = 0;

	if (words->n == 0)
		return;
	qsort(words->list, words->n, sizeof *words->list, compare_tokens);
	for (size_t i = 1; i < words->n; i++) {
		struct word *word = &words->list[i];

		if (strcmp(words->list[n].token, word->token) != 0) {
			words->list[++n] = *word;
			continue;
		}
		words->list[n].identifier |= word->identifier;
		free(word->token);
	}
	words->n = n + 1;
}

static int weigh(struct comparison *c, struct err *err)
{
	c->mass = fmax(1, (double)knowledge_mass(c->knowledge));
	c->smoothing =
	    c->parameters->smoothing * c->mass / knowledge_narticles(c->knowledge);
	for (size_t i = 0; i < c->words.n; i++) {
		struct word *word = &c->words.list[i];

		if (knowledge_frequency(c->knowledge, word->token, &word->everywhere, err) <
		    0)
			return -1;
	}
	return 0;
}

static int compare_rarity(const void *a, const void *b)
{
	const struct word *x = *(const struct word *const *)a;
	const struct word *y = *(const struct word *const *)b;

	if (x->everywhere.articles != y->everywhere.articles)
		return x->everywhere.articles < y->everywhere.articles ? -1 : 1;
	return strcmp(x->token, y->token);
}

/*
 * The tokens to fetch articles by, rarest first; returns how many. An identifier that half the
 * articles hold ("5.5") would fetch them all and tell nothing.
 */
static size_t choose_tokens(const struct comparison *c, const char **tokens)
{
	const struct word_list *words = &c->words;
	const struct word **sorted = xcalloc(words->n, sizeof *sorted);
	size_t n = 0, rarest = 0, names = 0, known = 0;

	for (size_t i = 0; i < words->n; i++)
		if (words->list[i].everywhere.articles > 0)
			sorted[known++] = &words->list[i];
	qsort(sorted, known, sizeof *sorted, compare_rarity);
	for (size_t i = 0; i < known; i++) {
		if (rarest < c->parameters->rarest)
			rarest++;
		else if (sorted[i]->identifier && names < c->parameters->names &&
			 sorted[i]->everywhere.articles <= c->parameters->candidates)
			names++;
		else
			continue;
		tokens[n++] = sorted[i]->token;
	}
	free(sorted);
	return n;
}

static double ratio_of(const struct comparison *c, double score)
{
	double own = c->parameters->own;

	return own + (1 - own) * exp(c->parameters->temper * score);
}

/* What the misses cost in an article of that length: the second factor of the essay. */
static double missed(const struct comparison *c, double length)
{
	return (double)c->words.n * log(c->smoothing / (c->smoothing + length));
}

static double hit(const struct comparison *c, const struct word *word, unsigned weight)
{
	double others = fmax((double)word->everywhere.mass - weight, 0);
	double general = (others + c->parameters->ghost) / c->mass;

	return log(1 + weight / (c->smoothing * general));
}

/* ln B of the essay. Both lists ascend in byte order. */
static double score(const struct comparison *c, const char *signature)
{
	double hits = 0, length = 0;
	struct signed_word said;
	size_t i = 0;

	while (words_signature_next(&signature, &said)) {
		int order = -1;

		length += said.weight;
		for (; i < c->words.n && order < 0; i += order < 0) {
			const char *token = c->words.list[i].token;

			order = strncmp(token, said.token, said.len);
			if (order == 0 && token[said.len] != '\0')
				order = 1;
		}
		if (order == 0)
			hits += hit(c, &c->words.list[i++], said.weight);
	}
	return hits + missed(c, length);
}

static int compare_articles(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int match_articles(struct word_matches *matches, const struct comparison *c,
    uint32_t *articles, size_t n, struct err *err)
{
	if (n == 0)
		return 0;
	qsort(articles, n, sizeof *articles, compare_articles);
	matches->list = xcalloc(n, sizeof *matches->list);
	for (size_t i = 0; i < n; i++) {
		char *signature = knowledge_signature(c->knowledge, articles[i], err);

		if (signature == NULL)
			return -1;
		matches->list[matches->n++] = (struct likelihood_ratio){
		    .article = articles[i],
		    .ratio = ratio_of(c, score(c, signature)),
		};
		free(signature);
	}
	return 0;
}

/* Identifiers of the text that some article holds. */
static size_t names_known(const struct comparison *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->words.n; i++)
		n +=
		    c->words.list[i].identifier && c->words.list[i].everywhere.articles > 0;
	return n;
}

/* With the probability of the essay the text is about another article than it seems. */
static void mix_in_others(struct word_matches *matches, const struct comparison *c)
{
	double all = knowledge_narticles(c->knowledge);
	double vague = c->parameters->vague * log(all), mean = 0;
	double said = (double)c->said + NAME_SAYS * (double)names_known(c);
	double other = vague / (vague + said);

	for (size_t i = 0; i < matches->n; i++)
		mean += matches->list[i].ratio;
	mean = (mean + matches->rest * (all - (double)matches->n)) / all;
	for (size_t i = 0; i < matches->n; i++)
		matches->list[i].ratio =
		    other * mean + (1 - other) * matches->list[i].ratio;
	matches->rest = other * mean + (1 - other) * matches->rest;
}

int words_match_with(struct word_matches *matches,
    const struct words_parameters *parameters, struct knowledge *k, const char *text,
    size_t said, struct err *err)
{
	struct comparison c = {.parameters = parameters, .knowledge = k};
	const char **tokens = NULL;
	uint32_t *articles = NULL;
	size_t n = 0, ntokens;
	int result = -1;

	*matches = (struct word_matches){.rest = 1};
	words_each(text, add_word, &c.words);
	words_unique(&c.words);
	if (c.words.n == 0)
		return 0;
	c.said = said > c.words.n ? said : c.words.n;
	if (weigh(&c, err) < 0)
		goto out;
	matches->rest = ratio_of(&c, missed(&c, c.mass / knowledge_narticles(k)));
	tokens = xcalloc(c.words.n, sizeof *tokens);
	ntokens = choose_tokens(&c, tokens);
	if (knowledge_search(
		k, tokens, ntokens, parameters->candidates, &articles, &n, err) == 0)
		result = match_articles(matches, &c, articles, n, err);
	if (result == 0)
		mix_in_others(matches, &c);
out:
	if (result < 0)
		word_matches_fini(matches);
	free(articles);
	free(tokens);
	words_fini(&c.words);
	return result;
}

int words_match(struct word_matches *matches, struct knowledge *k, const char *text,
    size_t said, struct err *err)
{
	return words_match_with(matches, &words_parameters, k, text, said, err);
}

void word_matches_fini(struct word_matches *matches)
{
	free(matches->list);
	*matches = (struct word_matches){.rest = 1};
}
