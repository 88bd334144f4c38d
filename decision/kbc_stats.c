/* SPDX-License-Identifier: ISC */
/* kbc stats: what is in a knowledge file, and how good its tree is, as text or JSON. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbc.h"

/* Simulated callers a row, if nobody says how many. */
#define CALLERS 1000

const struct rates statistics_rates[STATISTICS_RATES] = {
    {0, 0}, {0.1, 0.05}, {0.1, 0.1}, {0.2, 0.05}, {0.2, 0.1}};

uint32_t statistics_named(const struct statistics *st, size_t question)
{
	const struct column *c = &st->table->columns[question];
	uint32_t n = 0;

	for (uint32_t a = 0; a < st->table->narticles; a++)
		n += column_says(c, a);
	return n;
}

uint32_t statistics_values(const struct statistics *st, size_t question)
{
	const struct question *q = &st->questions->list[question];

	return question_is_open(q) ? st->table->columns[question].nvalues
				   : (uint32_t)q->nanswers;
}

static int statistics_advice(struct statistics *st, struct knowledge *k, struct err *err)
{
	for (uint32_t a = 0; a < st->table->narticles; a++) {
		struct advices list = {0};
		unsigned kinds = 0;

		if (knowledge_advice(k, a, &list, err) == -1)
			return -1;
		for (size_t i = 0; i < list.n; i++)
			kinds |= 1u << list.list[i].kind;
		for (int kind = 0; kind < ADVICE_NKINDS; kind++)
			st->advice[kind] += kinds >> kind & 1;
		st->without += list.n == 0;
		advices_fini(&list);
	}
	return 0;
}

static int statistics_gather(struct statistics *st, struct knowledge *k, struct err *err)
{
	st->name = knowledge_name(k);
	st->fingerprint = knowledge_fingerprint(k);
	st->questions = knowledge_questions(k, err);
	st->table = st->questions != NULL ? knowledge_casetable(k, err) : NULL;
	st->tree = st->table != NULL ? knowledge_tree(k, err) : NULL;
	if (st->tree == NULL || statistics_advice(st, k, err) == -1)
		return -1;
	certify(&st->certificate, st->table, st->questions, st->tree);
	return apart_sets_find(&st->apart, &st->certificate.classes, k, err);
}

static void statistics_simulate(struct statistics *st, const struct options *o)
{
	struct simulate_task task = {.table = st->table,
	    .questions = st->questions,
	    .policy = choose_next,
	    .seed = o->seed,
	    .callers = o->callers > 0 ? o->callers : CALLERS};

	st->simulates = true;
	st->seed = o->seed;
	for (size_t i = 0; i < STATISTICS_RATES; i++) {
		task.unknown = statistics_rates[i].unknown;
		task.wrong = statistics_rates[i].wrong;
		st->simulated[i] = simulate(&task);
	}
}

static void statistics_fini(struct statistics *st)
{
	certificate_fini(&st->certificate);
	apart_sets_fini(&st->apart);
}

/* The text. */

#define LABEL "  %-28s "

static void print_bounds(const struct certificate *c, const struct tree *tree)
{
	printf("\nhow many questions are needed (kbc(1) says what is proven)\n");
	printf(LABEL "%" PRIu32 " classes and none of them: %.2f bits\n",
	    "articles told apart", c->classes.n, c->class_entropy);
	printf(LABEL, "Huffman's bound over them");
	for (size_t i = 0; i < CERTIFY_HUFFMANS; i++)
		printf("%s%.2f by %u answers", i > 0 ? ", " : "", c->huffman[i].questions,
		    c->huffman[i].k);
	printf("\n" LABEL "%.2f bits; %.0f %% of sessions end in it\n",
	    "the tree as stored tells", c->told, 100 * c->followed);
	printf(LABEL "%zu: %.2f bits\n", "its outcomes", c->outcomes, c->outcome_entropy);
	if (c->least > 0)
		printf(LABEL "%.2f questions of %.2f ways (Huffman: %.2f by %u); the "
			     "tree asks %.2f, %.2f times as many\n",
		    "they take at least", c->least, c->ways, c->outcome_huffman.questions,
		    c->outcome_huffman.k, tree->expected_questions,
		    tree->expected_questions / c->least);
}

/* What takes part in the paths of the tree, and what no order of questions can add. */
static void print_told(const struct certificate *c, const struct tree *tree)
{
	double missing = c->class_entropy - c->ceiling;

	printf(LABEL "%.2f bits", "its paths", c->path);
	if (c->telling)
		printf(": %.2f tell of the article, %.2f whether people know, %.2f are "
		       "chance\n" LABEL
		       "%.2f bits of the article; questions like its own are at least %.2f "
		       "for that, it asks %.2f times as many",
		    c->path_told, c->path_unknown, c->path - c->path_told - c->path_unknown,
		    "its outcomes tell", c->outcome_told, c->least_told,
		    c->least_told > 0 ? tree->expected_questions / c->least_told : 1);
	printf("\n" LABEL "%.2f bits at most, signs aside", "all questions together tell",
	    c->ceiling);
	if (missing > 0)
		printf("; %.2f bits need questions that only authors can add", missing);
	putchar('\n');
}

static void print_order(const struct certificate *c)
{
	printf("\ncut at %d questions that cost one each\n", CERTIFY_CUT);
	if (!c->policy.known || !c->best.known) {
		puts("  too many articles to search every order of questions");
		return;
	}
	printf(LABEL "%.4f\n", "the best order there is", c->best.cost);
	printf(LABEL "%.4f, %.4f times as many\n", "the wizard", c->policy.cost,
	    c->policy.cost / c->best.cost);
	printf(LABEL "%.4f, %.4f times as many\n", "greedy choice", c->greedy.cost,
	    c->greedy.cost / c->best.cost);
	if (c->freely.known)
		printf(LABEL "%.4f\n", "best, signs at any time", c->freely.cost);
}

static void print_worths(const struct certificate *c, const struct questions *questions)
{
	printf("\n%-20s %8s %12s\n", "tells at the start", "bits", "bits a minute");
	for (size_t i = 0; i < c->nworths; i++)
		printf("%-20s %8.2f %12.2f\n", questions->list[c->worths[i].question].key,
		    c->worths[i].gain, c->worths[i].score);
}

static void print_apart(const struct apart *a)
{
	printf("    %s:", a->id);
	for (size_t i = 0; i < a->nwords; i++)
		printf(" %s", a->words[i]);
	puts(a->nwords > 0 ? "" : " no word of its own");
}

static void print_sets(const struct apart_sets *sets)
{
	printf("\nsets of articles that no question but the signs tells apart: %" PRIu32
	       ", of %" PRIu32 " articles\n",
	    sets->n, sets->articles);
	for (size_t i = 0; i < sets->nlist; i++) {
		const struct apart_set *set = &sets->list[i];

		printf(
		    "  %" PRIu32 " articles; words that would tell them apart:\n", set->n);
		for (size_t m = 0; m < set->nlist; m++)
			print_apart(&set->list[m]);
		if (set->n > set->nlist)
			printf("    and %zu more\n", set->n - set->nlist);
	}
}

static void print_share(const struct estimate *e)
{
	printf("  %5.1f (%5.1f-%5.1f)", 100 * e->value, 100 * e->low, 100 * e->high);
}

static void print_mean(const struct estimate *e)
{
	printf("  %5.2f (%5.2f-%5.2f)", e->value, e->low, e->high);
}

static void print_simulated(const struct statistics *st)
{
	printf("\n%zu simulated callers a row, seed %" PRIu64
	       "; at most %d questions; %% and means, with 95 %% confidence\n",
	    st->simulated[0].callers, st->seed, SIMULATE_QUESTIONS);
	printf("%7s %5s  %-19s  %-19s  %-19s  %-19s  %s\n", "unknown", "wrong", "first",
	    "first three", "questions", "minutes", "escalated");
	for (size_t i = 0; i < STATISTICS_RATES; i++) {
		const struct simulated *s = &st->simulated[i];

		printf("%5.0f %% %3.0f %%", 100 * statistics_rates[i].unknown,
		    100 * statistics_rates[i].wrong);
		print_share(&s->first);
		print_share(&s->three);
		print_mean(&s->questions);
		print_mean(&s->minutes);
		print_share(&s->escalated);
		putchar('\n');
	}
}

static void print_greedy(const struct statistics *st)
{
	const struct certificate *c = &st->certificate;

	if (choose_looks_ahead(st->table))
		printf("greedy choice: %.2f questions and %.2f minutes expected\n",
		    c->greedy_questions, c->greedy_minutes);
	else
		puts("greedy choice: the same, of so many articles it is what is done");
}

static void stats_print(const struct statistics *st)
{
	printf("%s\n%" PRIu32 " articles, %zu questions, fingerprint %s\n\n", st->name,
	    st->table->narticles, st->questions->n, st->fingerprint);
	printf("%-20s %8s %8s\n", "question", "articles", "values");
	for (size_t q = 0; q < st->questions->n; q++)
		printf("%-20s %8" PRIu32 " %8" PRIu32 "\n", st->questions->list[q].key,
		    statistics_named(st, q), statistics_values(st, q));
	printf("\n%-20s %8s\n", "advice", "articles");
	for (int kind = 0; kind < ADVICE_NKINDS; kind++)
		printf("%-20s %8" PRIu32 "\n", advice_kind_name((enum advice_kind)kind),
		    st->advice[kind]);
	printf("%-20s %8" PRIu32 "\n", "none", st->without);
	printf("\ntree: %zu nodes, depth %u, %.2f questions and %.2f minutes expected; "
	       "%.2f bits to tell\n",
	    st->tree->n, st->tree->depth, st->tree->expected_questions,
	    st->tree->expected_cost, st->certificate.entropy);
	print_greedy(st);
	print_bounds(&st->certificate, st->tree);
	print_told(&st->certificate, st->tree);
	print_order(&st->certificate);
	print_worths(&st->certificate, st->questions);
	print_sets(&st->apart);
	if (st->simulates)
		print_simulated(st);
}

static void statistics_show(struct statistics *st, const struct options *o)
{
	if (o->simulate)
		statistics_simulate(st, o);
	if (o->json) {
		kbc_json_stats(stdout, st);
		return;
	}
	stats_print(st);
	if (o->verify)
		puts("verified: every page, row and checksum");
}

int kbc_stats(const struct options *o)
{
	struct statistics st = {0};
	struct err err = {0};
	int status = 0;
	struct knowledge *k = kbc_open(o->args[0], &status);

	if (k == NULL)
		return status;
	if ((o->verify && knowledge_verify(k, &err) == -1) ||
	    statistics_gather(&st, k, &err) == -1)
		status = kbc_fail(&err);
	else
		statistics_show(&st, o);
	statistics_fini(&st);
	knowledge_close(k);
	return status;
}
