/* SPDX-License-Identifier: ISC */
/*
 * Fits the parameters of words and of facts found in text by cross-validation.
 *
 *	fit FILE.kbw CALLERS
 *
 * CALLERS has a line for each caller: the articles that are right, separated by commas (none:
 * a stranger, whose problem is in no article), a tab, the kind of caller, a tab, what they say.
 * Callers of one kind more are made from the articles: some words of the title and the
 * symptoms of one, drowned in those of others. The score of a setting is the mean logarithm of the
 * probability that the right articles, or "none of them", end with, each kind of caller counting
 * the same. One parameter is varied at a time, and of five folds each is scored with the
 * value that is best for the other four. Equal input gives equal output.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/session.h"
#include "../decision/words.h"
#include "../kb/xalloc.h"

#define FOLDS 5
#define KINDS 8
#define MADE 200 /* callers made from articles */
#define LEAST_WORDS 12 /* of an article that one is made from */

struct caller {
	uint32_t *right;
	size_t nright;
	size_t kind;
	char *words; /* the text, and messages found in it */
	struct evidence *facts;
	size_t nfacts;
};

struct fit {
	struct knowledge *k;
	const struct questions *questions;
	const struct casetable *table;
	struct caller *callers;
	size_t n, cap;
	char *kinds[KINDS];
	size_t nkinds;
};

struct trial {
	struct words_parameters words;
	double doubt;
};

static void fail(const char *what, struct err *err)
{
	fprintf(stderr, "fit: %s: %s\n", what, err->text != NULL ? err->text : "failed");
	exit(1);
}

static size_t fit_kind(struct fit *fit, const char *name)
{
	for (size_t i = 0; i < fit->nkinds; i++)
		if (strcmp(fit->kinds[i], name) == 0)
			return i;
	if (fit->nkinds == KINDS)
		fail(name, &(struct err){0});
	fit->kinds[fit->nkinds] = xstrdup(name);
	return fit->nkinds++;
}

static struct caller *fit_caller(struct fit *fit, const char *kind)
{
	fit->callers = xgrow(fit->callers, fit->n, &fit->cap, sizeof *fit->callers);
	fit->callers[fit->n] = (struct caller){.kind = fit_kind(fit, kind)};
	return &fit->callers[fit->n++];
}

static void caller_add_fact(struct fit *fit, struct caller *c, const struct given *g)
{
	struct evidence *e;
	struct err err = {0};

	c->facts = xrealloc_array(c->facts, c->nfacts + 1, sizeof *c->facts);
	e = &c->facts[c->nfacts++];
	*e = (struct evidence){.question = (size_t)g->question, .answer = g->answer};
	if (g->kind == GIVEN_ANSWER) {
		e->kind = EVIDENCE_ANSWER;
	} else if (g->kind == GIVEN_NONE) {
		e->kind = EVIDENCE_NONE;
	} else {
		e->kind = EVIDENCE_VALUE;
		if (knowledge_value(fit->k, e->question, g->value, &e->value, &err) != 1)
			e->value = BELIEF_NO_VALUE;
	}
}

/* What a session makes of the text, message by message and fact by fact. */
static void caller_say(struct fit *fit, struct caller *c, const char *text)
{
	struct err err = {0};
	struct session *s = session_new(fit->k, SETTING_CONSOLE, &err);
	const struct given *given;
	size_t n, len;
	FILE *out = open_memstream(&c->words, &len);

	if (s == NULL || session_say(s, text, &err) == -1)
		fail(text, &err);
	given = session_given(s, &n);
	for (size_t i = 0; i < n; i++) {
		const struct given *g = &given[i];

		if (g->kind == GIVEN_WORDS)
			fprintf(out, "%s\n", g->value);
		else if (g->question >= 0 && g->kind != GIVEN_UNCLEAR &&
			 fit->questions->list[g->question].recogniser != RECOGNISE_MESSAGE)
			caller_add_fact(fit, c, g);
	}
	fclose(out);
	session_free(s);
}

static void caller_read(struct fit *fit, char *line)
{
	char *rest = line, *ids = strsep(&rest, "\t"), *kind = strsep(&rest, "\t"), *id;
	struct caller *c;
	struct err err = {0};

	if (kind == NULL || rest == NULL)
		fail(line, &err);
	c = fit_caller(fit, kind);
	while ((id = strsep(&ids, ",")) != NULL) {
		uint32_t article;

		if (*id == '\0' || knowledge_find(fit->k, id, &article, &err) != 1)
			continue;
		c->right = xrealloc_array(c->right, c->nright + 1, sizeof *c->right);
		c->right[c->nright++] = article;
	}
	caller_say(fit, c, rest);
}

static void callers_read(struct fit *fit, const char *path)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;

	if (in == NULL)
		fail(path, &(struct err){0});
	while (getline(&line, &cap, in) > 0) {
		line[strcspn(line, "\n")] = '\0';
		caller_read(fit, line);
	}
	free(line);
	fclose(in);
}

/* The same numbers everywhere: Numerical Recipes' generator, its upper bits. */
static uint32_t draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(*state >> 8) * below) >> 24);
}

struct bag {
	char **list;
	size_t n, cap;
};

static void bag_add(void *arg, const char *token, bool identifier)
{
	struct bag *bag = arg;

	(void)identifier;
	bag->list = xgrow(bag->list, bag->n, &bag->cap, sizeof *bag->list);
	bag->list[bag->n++] = xstrdup(token);
}

static void bag_fini(struct bag *bag)
{
	for (size_t i = 0; i < bag->n; i++)
		free(bag->list[i]);
	free(bag->list);
}

static struct bag bag_of(struct fit *fit, uint32_t number)
{
	struct err err = {0};
	struct article *article = knowledge_article(fit->k, number, &err);
	struct bag bag = {0};

	if (article == NULL)
		fail("article", &err);
	for (size_t i = 0; i < article->nsections; i++) {
		const struct section *section = &article->sections[i];

		if (section->kind != SECTION_TITLE && section->kind != SECTION_SYMPTOMS)
			continue;
		for (size_t j = 0; j < section->nblocks; j++)
			words_each(section->blocks[j].text, bag_add, &bag);
	}
	article_free(article);
	return bag;
}

/* A quarter of the words of one article, as many again of others. */
static void caller_make(struct fit *fit, uint32_t *state)
{
	uint32_t n = knowledge_narticles(fit->k), number = draw(state, n);
	struct bag own = bag_of(fit, number);
	struct caller *c;
	size_t len, taken = 0;
	FILE *out;

	if (own.n < LEAST_WORDS) {
		bag_fini(&own);
		return;
	}
	c = fit_caller(fit, "made");
	c->right = xmemdup(&number, sizeof number);
	c->nright = 1;
	out = open_memstream(&c->words, &len);
	for (size_t i = 0; i < own.n && taken < 20; i++)
		if (draw(state, 4) == 0) {
			fprintf(out, "%s ", own.list[i]);
			taken++;
		}
	for (; taken > 0; taken--) {
		struct bag other = bag_of(fit, draw(state, n));

		if (other.n > 0)
			fprintf(out, "%s ", other.list[draw(state, (uint32_t)other.n)]);
		bag_fini(&other);
	}
	fclose(out);
	bag_fini(&own);
}

struct score {
	double logarithm;
	bool first, among_five;
};

static struct score caller_score(
    struct fit *fit, const struct caller *c, const struct trial *setting)
{
	struct belief *b = belief_new(fit->table);
	struct word_matches matches;
	struct err err = {0};
	struct score score = {0};
	uint32_t ranked[5];
	double right = c->nright == 0 ? 0 : 1e-12;
	size_t n;

	if (words_match_with(&matches, &setting->words, fit->k, c->words, 0, &err) < 0)
		fail("words", &err);
	belief_update_ratios(b, matches.list, matches.n, matches.rest);
	for (size_t i = 0; i < c->nfacts; i++) {
		struct evidence e = c->facts[i];

		e.doubt = setting->doubt;
		belief_update(b, fit->table, fit->questions, &e);
	}
	n = belief_rank(b, ranked, 5);
	for (size_t i = 0; i < c->nright; i++) {
		right += b->p[c->right[i]];
		for (size_t r = 0; r < n; r++)
			if (ranked[r] == c->right[i]) {
				score.first |= r == 0;
				score.among_five = true;
			}
	}
	score.logarithm = log(c->nright == 0 ? fmax(b->none, 1e-12) : right);
	word_matches_fini(&matches);
	belief_free(b);
	return score;
}

/* Scores of all callers with one setting. */
static struct score *setting_scores(struct fit *fit, const struct trial *setting)
{
	struct score *scores = xcalloc(fit->n, sizeof *scores);

	for (size_t i = 0; i < fit->n; i++)
		scores[i] = caller_score(fit, &fit->callers[i], setting);
	return scores;
}

/* The mean over kinds of the mean over callers, in one fold or in all but that one. */
static double mean(const struct fit *fit, const struct score *scores, size_t fold, bool in)
{
	double sum[KINDS] = {0}, total = 0;
	size_t count[KINDS] = {0};

	for (size_t i = 0; i < fit->n; i++) {
		if ((i % FOLDS == fold) != in)
			continue;
		sum[fit->callers[i].kind] += scores[i].logarithm;
		count[fit->callers[i].kind]++;
	}
	for (size_t k = 0; k < fit->nkinds; k++)
		total += count[k] > 0 ? sum[k] / (double)count[k] : 0;
	return total / (double)fit->nkinds;
}

static void print_setting(
    const struct fit *fit, const char *name, double value, const struct score *scores)
{
	printf("%-10s %6g  %7.3f", name, value, mean(fit, scores, FOLDS, false));
	for (size_t k = 0; k < fit->nkinds; k++) {
		size_t n = 0, first = 0, five = 0;
		double sum = 0;

		for (size_t i = 0; i < fit->n; i++) {
			if (fit->callers[i].kind != k)
				continue;
			n++;
			first += scores[i].first;
			five += scores[i].among_five;
			sum += scores[i].logarithm;
		}
		printf("  %s %.3f (%.2f/%.2f)", fit->kinds[k], sum / (double)n,
		    (double)first / (double)n, (double)five / (double)n);
	}
	printf("\n");
	fflush(stdout);
}

/* Varies the parameter at `p` of the setting, which keeps the value it had. */
static void fit_parameter(struct fit *fit, struct trial *setting, const char *name,
    double *p, const double *values, size_t n)
{
	struct score **scores = xcalloc(n, sizeof *scores);
	double kept = *p, held_out = 0;

	for (size_t v = 0; v < n; v++) {
		*p = values[v];
		scores[v] = setting_scores(fit, setting);
		print_setting(fit, name, values[v], scores[v]);
	}
	*p = kept;
	printf("%-10s chosen by folds:", name);
	for (size_t fold = 0; fold < FOLDS; fold++) {
		size_t best = 0;

		for (size_t v = 1; v < n; v++)
			if (mean(fit, scores[v], fold, false) >
			    mean(fit, scores[best], fold, false))
				best = v;
		printf(" %g", values[best]);
		held_out += mean(fit, scores[best], fold, true) / FOLDS;
	}
	printf("; held out %.3f\n\n", held_out);
	for (size_t v = 0; v < n; v++)
		free(scores[v]);
	free(scores);
}

int main(int argc, char **argv)
{
	static const double ghosts[] = {0.25, 0.5, 1, 2},
			    smoothings[] = {0.5, 1, 1.5, 2, 3},
			    tempers[] = {0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8},
			    owns[] = {0.02, 0.05, 0.1, 0.2},
			    vagues[] = {0, 0.12, 0.25, 0.5, 1},
			    doubts[] = {0, 0.1, 0.15, 0.25, 0.4};
	struct fit fit = {0};
	struct trial setting = {
	    .words = words_parameters, .doubt = belief_parameters.text_doubt};
	struct err err = {0};
	uint32_t state = 1;

	if (argc != 3)
		fail("usage: fit FILE.kbw CALLERS", &err);
	fit.k = knowledge_open(argv[1], &err);
	if (fit.k == NULL)
		fail(argv[1], &err);
	fit.questions = knowledge_questions(fit.k, &err);
	fit.table = knowledge_casetable(fit.k, &err);
	if (fit.questions == NULL || fit.table == NULL)
		fail(argv[1], &err);
	callers_read(&fit, argv[2]);
	for (size_t i = 0; i < MADE; i++)
		caller_make(&fit, &state);
#define FIT(name, place, values)                                                           \
	fit_parameter(&fit, &setting, name, place, values, sizeof values / sizeof *values)
	FIT("ghost", &setting.words.ghost, ghosts);
	FIT("smoothing", &setting.words.smoothing, smoothings);
	FIT("temper", &setting.words.temper, tempers);
	FIT("own", &setting.words.own, owns);
	FIT("vague", &setting.words.vague, vagues);
	FIT("doubt", &setting.doubt, doubts);
#undef FIT
	for (size_t i = 0; i < fit.n; i++) {
		free(fit.callers[i].right);
		free(fit.callers[i].facts);
		free(fit.callers[i].words);
	}
	for (size_t i = 0; i < fit.nkinds; i++)
		free(fit.kinds[i]);
	free(fit.callers);
	knowledge_close(fit.k);
	return 0;
}
