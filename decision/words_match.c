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
 * Cost: one pass over who holds each token of the text, which is a run of numbers, and a pass
 * over the lengths of the articles; no article is read. Those that the text fits best keep
 * their own ratio. All others share that of a text that hits nothing in an article of middle
 * length: a chance hit or two makes no difference.
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
    .candidates = 300,
};

#define WEIGHTS 16 /* weights below are common, and their hits computed once a token */

/* A name that some article holds fits by chance as seldom as so many words together. */
#define NAME_SAYS 20

struct word {
	char *token;
	bool identifier;
	bool known; /* some article holds it */
};

/* The tokens of a text. */
struct word_list {
	struct word *list; /* ascending, each once */
	size_t n, cap;
};

/* One text against one knowledge file. */
struct comparison {
	const struct words_parameters *parameters;
	struct word_list words;
	size_t said; /* tokens of the whole account */
	const uint32_t *lengths; /* [narticles] */
	uint32_t narticles;
	double mass; /* M */
	double smoothing; /* mu */
	double *scores; /* [narticles] the hits, and then ln B; 0 where nothing is hit */
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

static double ratio_of(const struct comparison *c, double score)
{
	double own = c->parameters->own;

	return own + (1 - own) * exp(c->parameters->temper * score);
}

/* Articles shorter than this share what is computed of their length. */
#define LENGTHS 2048

/* What the misses cost in an article of that length: the second factor of the essay. */
static double missed(const struct comparison *c, double length)
{
	return (double)c->words.n * log(c->smoothing / (c->smoothing + length));
}

static double hit(const struct comparison *c, uint64_t mass, uint32_t weight)
{
	double others = fmax((double)mass - weight, 0);
	double general = (others + c->parameters->ghost) / c->mass;

	return log(1 + weight / (c->smoothing * general));
}

/* Adds the hits of one token. */
static void add_hits(struct comparison *c, const struct holders *holders)
{
	double hits[WEIGHTS] = {0};

	for (size_t i = 0; i < holders->n; i++) {
		const struct holding *h = &holders->list[i];

		if (h->weight >= WEIGHTS) {
			c->scores[h->article] += hit(c, holders->mass, h->weight);
			continue;
		}
		if (hits[h->weight] == 0)
			hits[h->weight] = hit(c, holders->mass, h->weight);
		c->scores[h->article] += hits[h->weight];
	}
}

static void add_misses(struct comparison *c)
{
	double costs[LENGTHS] = {0}; /* 0: not known yet, or of an empty article */

	for (uint32_t a = 0; a < c->narticles; a++) {
		uint32_t length = c->lengths[a];

		if (c->scores[a] <= 0)
			continue;
		if (length >= LENGTHS) {
			c->scores[a] += missed(c, length);
			continue;
		}
		if (costs[length] == 0)
			costs[length] = missed(c, length);
		c->scores[a] += costs[length];
	}
}

static int score_articles(struct comparison *c, struct knowledge *k, struct err *err)
{
	for (size_t i = 0; i < c->words.n; i++) {
		struct holders holders;

		if (knowledge_holders(k, c->words.list[i].token, &holders, err) < 0)
			return -1;
		c->words.list[i].known = holders.n > 0;
		add_hits(c, &holders);
		holders_fini(&holders);
	}
	add_misses(c);
	return 0;
}

/* An article that was hit. */
struct candidate {
	uint32_t article;
	double score;
};

static int compare_scores(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->article > y->article) - (x->article < y->article);
}

static int compare_articles(const void *a, const void *b)
{
	const struct likelihood_ratio *x = a, *y = b;

	return (x->article > y->article) - (x->article < y->article);
}

/* Puts a candidate where it belongs in a heap whose root is the worst. */
static void sift(struct candidate *heap, size_t n, size_t at)
{
	for (;;) {
		size_t worst = at;
		struct candidate other;

		for (size_t i = 2 * at + 1; i <= 2 * at + 2 && i < n; i++)
			if (compare_scores(&heap[i], &heap[worst]) > 0)
				worst = i;
		if (worst == at)
			return;
		other = heap[at];
		heap[at] = heap[worst];
		heap[worst] = other;
		at = worst;
	}
}

/* The best candidates, in no order; returns how many. */
static size_t choose_candidates(const struct comparison *c, struct candidate *best)
{
	size_t n = 0, most = c->parameters->candidates;

	for (uint32_t a = 0; a < c->narticles; a++) {
		struct candidate candidate = {.article = a, .score = c->scores[a]};

		if (candidate.score == 0)
			continue;
		if (n < most) {
			best[n++] = candidate;
			for (size_t i = n / 2; n == most && i-- > 0;)
				sift(best, n, i);
		} else if (compare_scores(&candidate, &best[0]) < 0) {
			best[0] = candidate;
			sift(best, n, 0);
		}
	}
	return n;
}

static void match_articles(struct word_matches *matches, const struct comparison *c)
{
	struct candidate *best = xcalloc(c->parameters->candidates, sizeof *best);

	matches->n = choose_candidates(c, best);
	matches->list = xcalloc(matches->n, sizeof *matches->list);
	for (size_t i = 0; i < matches->n; i++)
		matches->list[i] = (struct likelihood_ratio){
		    .article = best[i].article, .ratio = ratio_of(c, best[i].score)};
	if (matches->n > 0)
		qsort(matches->list, matches->n, sizeof *matches->list, compare_articles);
	free(best);
}

static int comparison_init(struct comparison *c, struct knowledge *k, struct err *err)
{
	c->narticles = knowledge_narticles(k);
	c->lengths = knowledge_lengths(k, err);
	if (c->lengths == NULL)
		return -1;
	c->mass = fmax(1, (double)knowledge_mass(k));
	c->smoothing = c->parameters->smoothing * c->mass / c->narticles;
	c->scores = xcalloc(c->narticles, sizeof *c->scores);
	return 0;
}

static void comparison_fini(struct comparison *c)
{
	for (size_t i = 0; i < c->words.n; i++)
		free(c->words.list[i].token);
	free(c->words.list);
	free(c->scores);
}

/* Identifiers of the text that some article holds. */
static size_t names_known(const struct comparison *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->words.n; i++)
		n += c->words.list[i].identifier && c->words.list[i].known;
	return n;
}

/* With the probability of the essay the text is about another article than it seems. */
static void mix_in_others(struct word_matches *matches, const struct comparison *c)
{
	double all = c->narticles;
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
	struct comparison c = {.parameters = parameters};
	int result = 0;

	*matches = (struct word_matches){.rest = 1};
	words_each(text, add_word, &c.words);
	words_unique(&c.words);
	if (c.words.n == 0)
		return 0;
	c.said = said > c.words.n ? said : c.words.n;
	if (comparison_init(&c, k, err) < 0 || score_articles(&c, k, err) < 0) {
		result = -1;
	} else {
		matches->rest = ratio_of(&c, missed(&c, c.mass / c.narticles));
		match_articles(matches, &c);
		mix_in_others(matches, &c);
	}
	comparison_fini(&c);
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
