/* SPDX-License-Identifier: ISC */
/*
 * Words as evidence.
 *
 * The question is how much likelier a text is when it speaks of article a than when it speaks
 * of none of them. Only which tokens it holds counts, each once. Take a token t that
 * a share p(t) of the articles hold in their signatures:
 *
 *	p(t) = (max(df(t), 1) - 1 + ghost) / N
 *
 * df(t) articles of N hold it; the one that is being looked at does not vouch for itself
 * (the - 1), and `ghost` stands for the article that was never seen, without which a token of
 * a single article would prove everything. If texts were unrelated to articles, t would be in the
 * signature of a with probability p(t). If the text speaks of a, every hit is likelier by
 * (1/p)^temper. Normalised over hit and miss, the ratio for one token is
 *
 *	hit:  p^-temper / Z      miss:  1 / Z      Z(t) = 1 - p + p^(1 - temper)
 *
 * so that an unrelated text gives a ratio of 1 on the average, whatever its length and
 * however many articles there are. That takes the place of a threshold: a rare token that is
 * hit says much, one that is missed costs little, a token that all articles hold says
 * nothing, one that nobody holds counts as a small miss. `temper` < 1 because words hang
 * together: who says "backup" says "tape" as well, and counting both in full would be
 * counting one thing twice. The ratios of all tokens multiply:
 *
 *	B(a) = sum over hits of -temper * ln p(t)  -  sum over all tokens of ln Z(t)
 *
 * People also describe an article in words that are not in it. So with probability `own` the
 * words are the person's own and tell nothing, and the ratio of the article is
 *
 *	own + (1 - own) * min(most, exp B(a))
 *
 * which never falls under `own` and, because no pile of words is proof, never gets much
 * beyond `most`. This is the two-state model of Robertson and Sparck Jones' relevance weights
 * (1976) with the hit probability tied to the rarity of the token, in place of relevance
 * judgements that nobody has.
 *
 * Cost: articles are fetched by the rarest tokens of the text and by its identifiers, and
 * only those few hundred signatures are read. All others share the ratio of a text that
 * hits nothing.
 */
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "knowledge.h"

static const struct {
	double ghost;
	double temper;
	double own;
	double most;
	size_t rarest; /* words that fetch articles */
	size_t names; /* identifiers that do */
	size_t candidates; /* articles scored in full */
} parameters = {
    .ghost = 0.05,
    .temper = 0.66,
    .own = 0.2,
    .most = 1000,
    .rarest = 8,
    .names = 24,
    .candidates = 300,
};

/* A token of the text. */
struct word {
	char *token;
	bool identifier;
	uint32_t articles; /* how many hold it */
	double hit; /* -temper * ln p */
	double charge; /* ln Z */
};

struct word_list {
	struct word *list; /* ascending by token, each once */
	size_t n, cap;
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

static int weigh(struct word_list *words, struct knowledge *k, struct err *err)
{
	double n = knowledge_narticles(k);

	for (size_t i = 0; i < words->n; i++) {
		struct word *word = &words->list[i];
		double others, p;

		if (knowledge_frequency(k, word->token, &word->articles, err) < 0)
			return -1;
		others = word->articles > 0 ? word->articles - 1.0 : 0;
		p = (others + parameters.ghost) / (n > 0 ? n : 1);
		word->hit = -parameters.temper * log(p);
		word->charge = log(1 - p + pow(p, 1 - parameters.temper));
	}
	return 0;
}

static int compare_rarity(const void *a, const void *b)
{
	const struct word *x = *(const struct word *const *)a;
	const struct word *y = *(const struct word *const *)b;

	if (x->articles != y->articles)
		return x->articles < y->articles ? -1 : 1;
	return strcmp(x->token, y->token);
}

/*
 * The tokens to fetch articles by, rarest first; returns how many. An identifier that half the
 * articles hold ("5.5") would fetch them all and tell nothing.
 */
static size_t choose_tokens(const struct word_list *words, const char **tokens)
{
	const struct word **sorted = xcalloc(words->n, sizeof *sorted);
	size_t n = 0, rarest = 0, names = 0, known = 0;

	for (size_t i = 0; i < words->n; i++)
		if (words->list[i].articles > 0)
			sorted[known++] = &words->list[i];
	qsort(sorted, known, sizeof *sorted, compare_rarity);
	for (size_t i = 0; i < known; i++) {
		if (rarest < parameters.rarest)
			rarest++;
		else if (sorted[i]->identifier && names < parameters.names &&
			 sorted[i]->articles <= parameters.candidates)
			names++;
		else
			continue;
		tokens[n++] = sorted[i]->token;
	}
	free(sorted);
	return n;
}

static double ratio_of(double score)
{
	double told = fmin(parameters.most, exp(score));

	return parameters.own + (1 - parameters.own) * told;
}

/* Both lists ascend in byte order. */
static double score(const struct word_list *words, const char *signature, double missed)
{
	size_t i = 0;

	while (*signature != '\0' && i < words->n) {
		size_t len = strcspn(signature, " ");
		const char *token = words->list[i].token;
		int order = strncmp(token, signature, len);

		if (order == 0 && token[len] != '\0')
			order = 1;
		if (order == 0)
			missed += words->list[i].hit;
		if (order <= 0)
			i++;
		if (order >= 0)
			signature += len + (signature[len] == ' ');
	}
	return missed;
}

static int compare_articles(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int match_articles(struct word_matches *matches, const struct word_list *words,
    uint32_t *articles, size_t n, double missed, struct knowledge *k, struct err *err)
{
	if (n == 0)
		return 0;
	qsort(articles, n, sizeof *articles, compare_articles);
	matches->list = xcalloc(n, sizeof *matches->list);
	for (size_t i = 0; i < n; i++) {
		char *signature = knowledge_signature(k, articles[i], err);

		if (signature == NULL)
			return -1;
		matches->list[matches->n++] = (struct likelihood_ratio){
		    .article = articles[i],
		    .ratio = ratio_of(score(words, signature, missed)),
		};
		free(signature);
	}
	return 0;
}

int words_match(
    struct word_matches *matches, struct knowledge *k, const char *text, struct err *err)
{
	struct word_list words = {.n = 0};
	const char **tokens = NULL;
	uint32_t *articles = NULL;
	size_t n = 0, ntokens;
	double missed = 0;
	int result = -1;

	*matches = (struct word_matches){.rest = 1};
	words_each(text, add_word, &words);
	words_unique(&words);
	if (words.n == 0)
		return 0;
	if (weigh(&words, k, err) < 0)
		goto out;
	for (size_t i = 0; i < words.n; i++)
		missed -= words.list[i].charge;
	matches->rest = ratio_of(missed);
	tokens = xcalloc(words.n, sizeof *tokens);
	ntokens = choose_tokens(&words, tokens);
	if (knowledge_search(
		k, tokens, ntokens, parameters.candidates, &articles, &n, err) == 0)
		result = match_articles(matches, &words, articles, n, missed, k, err);
out:
	if (result < 0)
		word_matches_fini(matches);
	free(articles);
	free(tokens);
	words_fini(&words);
	return result;
}

void word_matches_fini(struct word_matches *matches)
{
	free(matches->list);
	*matches = (struct word_matches){.rest = 1};
}
