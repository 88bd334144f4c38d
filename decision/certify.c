/* SPDX-License-Identifier: ISC */
/*
 * The certificate.
 *
 * What there is to tell. The hypotheses are the articles, by their prior, and none of them.
 * Their entropy H is the number of yes/no questions without error that would settle which, on
 * average, at the least. Articles whose rows are equal over every question but the signs are one
 * class, which no fixed question can take apart: the outcomes that can be distinguished are the
 * classes and none of them.
 *
 * Huffman's bound (1952; k-ary: k branches are merged at a time, with outcomes of probability 0
 * added until the last merging is full) is the expected depth of the best tree over those
 * outcomes if every question had k answers, any of them could be asked, and none were ever
 * unknown or wrong. It is a true lower bound of a tree that ends in one outcome for certain and
 * branches k ways at most. Three values are printed, and what they mean differs:
 *
 *	k = 2			what yes/no questions would take. Questions here have more answers,
 *				so a tree can do better than this: no bound, but a measure that
 *				other programs print.
 *	k = 2^g, rounded up	g: the most bits that a question tells at the start. So many
 *				answers, equally likely and never wrong, would tell as much. A
 *				bound for trees that branch no wider, and for no other.
 *	k = most answers	of any choice. A bound for trees of choices alone, and a loose one: no
 *				question has eighteen answers of one probability.
 *
 * The tree itself does not end in certainty: the rule for stopping is content with 0.70, gives up
 * at 0.60 of none, answers are unknown or wrong, and what is stored stops where it is hardly
 * ever reached. Its own bound is therefore over the outcomes that its leaves do distinguish: advice
 * of a class, none of them, and "undecided, this class likeliest". Let O be the outcome, D
 * the number of questions and h the mean entropy of their answers, unknown included, each
 * weighed by how often it is asked. By the chain rule the path of a session has the entropy
 *
 *	H(path)  =  sum over questions of P(reached) H(answer | answers before)  =  h E[D]
 *
 * and the outcome follows from the path, so that H(O) <= H(path) and
 *
 *	E[D]  >=  H(O) / h
 *
 * for every tree that ends in these outcomes so often and whose answers have no more entropy than
 * h on average: "branches 2^h ways". This is what the expected number of questions is
 * held against. Both sides are of the tree as it is stored, so it says how much of what is answered does not
 * serve the outcome (several paths to one, questions that people cannot answer, cheap ones asked
 * first: the tree saves minutes, not questions). It does not say that a better tree of
 * these questions exists. Huffman's bound over the same outcomes, with k = 2^h rounded up, is
 * printed beside it; it holds for trees of which no question branches wider.
 *
 * By the same rule the bits told are the sum of the gains that the tree stores:
 *
 *	I(F; path)  =  sum over questions of P(reached) (1 - u) I(F; A | answers before)
 *
 * What that bound leaves out. The entropy of a path is not all about the article:
 *
 *	H(path)  =  I(F; path)		what is told of the article
 *		    + what is not known		sum over questions of P(reached) h(u)
 *		    + chance			which answer somebody gives whose article is silent, names
 *					several, or is answered wrongly
 *
 * The last two are paid by every order of the same questions, and no outcome is nearer for
 * them. A bound that takes them into account holds what the outcome tells of the article
 * against what a question does. The outcome follows from the path, so I(F; O) <= I(F; path), and
 * with g = I(F; path) / E[D], what a question tells on average,
 *
 *	E[D]  >=  I(F; O) / g
 *
 * for every tree whose outcomes tell as much and whose questions tell no more than g on
 * average. Of the shipped articles the tree is 1.77 times the first bound and 1.03 times
 * this one, and the optimum, which is known there, asks as many as it does: what seemed
 * waste is people who do not know and articles that are silent. Of 3,188 articles of the Exchange
 * archive it is 1.27 and 1.11 times: paths have 10.5 bits, of which 3.3 tell of the
 * article, 1.7 are what is not known and 5.5 chance.
 *
 * What no order can mend. Answers are independent of each other given the article, and so
 * is whether they are known. Let S be what was answered until a question q is asked, or
 * until the end where it never is; q tells where it is asked I(F; A_q | S) at the most, and
 *
 *	I(F; A_q | S)  =  H(A_q | S) - H(A_q | F)  <=  H(A_q) - H(A_q | F)  =  I(F; A_q)
 *
 * so that no tree, however it orders them and whatever it leaves out, tells more than the sum
 * of what each question tells at the start. (Signs are made anew from what is believed, and
 * are not in it.) Where that ceiling is below the entropy of the classes, the rest needs
 * questions that only authors can add: of the Exchange archive 7.0 bits of 8.4.
 *
 * Other policies over the Exchange archive, followed to their ends by 3,000 callers drawn from
 * the model (the tree counts what it does not store as one question more, which is why it
 * expects 6.2 where they are asked 9.0): bits a minute, which is what is done, 9.02 questions
 * and 6.56 minutes (95 %: +- 0.17 and 0.13); the best of thirteen first questions, then the same, 8.63 and 6.39,
 * with a text to type in first and an article less in a hundred found; bits a question, by
 * 1,000 callers, 8.64 and 6.58, where bits a minute took 8.95 and 6.49. That is what
 * looking one question further at the top could win, and it is not enough to look for it
 * at every step.
 *
 * The tree cut at six questions is compared with the exact optimum (optimum.c): callers drawn
 * from the model itself, every question costs one, the rule for stopping is the wizard's own. That is
 * the only figure that says how much a better order would save; it can be computed for small
 * tables, and beyond them only the bounds are left.
 */
#include "certify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* States that are looked at before the search for the best order is given up: some seconds. */
#define BUDGET 1500000
/* What sums of probabilities may be off by. */
#define ROUNDING 1e-12

static int compare_descending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

/*
 * Two queues: leaves that wait, the least likely last, and merged nodes, which come in
 * ascending order by themselves. No heap is needed.
 */
struct huffman_queues {
	const double *leaves;
	size_t nleaves; /* left */
	double *merged;
	size_t from, to;
};

static double huffman_take(struct huffman_queues *q)
{
	if (q->from == q->to ||
	    (q->nleaves > 0 && q->leaves[q->nleaves - 1] <= q->merged[q->from]))
		return q->leaves[--q->nleaves];
	return q->merged[q->from++];
}

double huffman_depth(double *probabilities, size_t n, unsigned k)
{
	struct huffman_queues q = {.leaves = probabilities, .nleaves = n};
	double depth = 0;
	size_t first;

	if (n < 2)
		return 0;
	qsort(probabilities, n, sizeof *probabilities, compare_descending);
	q.merged = xcalloc(n, sizeof *q.merged);
	first = (n - 1) % (k - 1) == 0 ? k : (n - 1) % (k - 1) + 1;
	while (q.nleaves + q.to - q.from > 1) {
		double sum = 0;

		for (size_t i = 0; i < first; i++)
			sum += huffman_take(&q);
		q.merged[q.to++] = sum;
		depth += sum;
		first = k;
	}
	free(q.merged);
	return depth;
}

/* The outcomes: classes, and none of them. The caller frees it. */
static double *outcomes_of(const struct classes *classes, const struct belief *belief)
{
	double *p = xcalloc((size_t)classes->n + 1, sizeof *p);

	for (uint32_t c = 0; c < classes->n; c++) {
		for (uint32_t i = classes->first[c]; i < classes->first[c + 1]; i++)
			p[c] += belief->p[classes->article[i]];
	}
	p[classes->n] = belief->none;
	return p;
}

static double entropy_of(const double *p, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum -= p[i] > 0 ? p[i] * log2(p[i]) : 0;
	return sum;
}

static unsigned most_answers(const struct questions *questions)
{
	size_t most = 2;

	for (size_t q = 0; q < questions->n; q++) {
		const struct question *question = &questions->list[q];

		if (!question_is_open(question) && question->nanswers > most)
			most = question->nanswers;
	}
	return (unsigned)most;
}

static double most_gain(const struct worth *worths, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, worths[i].gain);
	return most;
}

static void certify_outcomes(
    struct certificate *c, const struct questions *questions, const struct belief *prior)
{
	double *outcomes = outcomes_of(&c->classes, prior);
	size_t n = (size_t)c->classes.n + 1;
	unsigned answers = (unsigned)ceil(exp2(most_gain(c->worths, c->nworths)));
	const unsigned k[CERTIFY_HUFFMANS] = {
	    2, answers > 2 ? answers : 2, most_answers(questions)};

	c->class_entropy = entropy_of(outcomes, n);
	for (size_t i = 0; i < CERTIFY_HUFFMANS; i++)
		c->huffman[i] = (struct huffman){
		    .k = k[i], .questions = huffman_depth(outcomes, n, k[i])};
	free(outcomes);
}

/* What a session ends in at each node, numbered from 0; the caller frees it. */
static size_t *tree_outcomes(
    const struct tree *tree, const struct classes *classes, size_t *noutcomes)
{
	size_t most = 2 * (size_t)classes->n + 1;
	uint32_t *class = classes_of_articles(classes);
	size_t *number = xcalloc(most, sizeof *number);
	size_t *outcomes = xcalloc(tree->n, sizeof *outcomes);

	*noutcomes = 0;
	for (size_t i = 0; i < tree->n; i++) {
		const struct decision *d = &tree->nodes[i].decision;
		size_t outcome = class[d->best];

		if (d->status == STATUS_NONE)
			outcome = classes->n;
		else if (d->status == STATUS_ASK)
			outcome += (size_t)classes->n + 1;
		if (number[outcome] == 0)
			number[outcome] = ++*noutcomes;
		outcomes[i] = number[outcome] - 1;
	}
	free(number);
	free(class);
	return outcomes;
}

/* How often a session ends at each node, or leaves the tree there; the caller frees it. */
static double *tree_ends(const struct tree *tree)
{
	double *ends = xcalloc(tree->n, sizeof *ends);

	for (size_t i = 0; i < tree->n; i++)
		ends[i] = tree->nodes[i].probability;
	for (size_t i = 1; i < tree->n; i++)
		ends[tree->nodes[i].parent] -= tree->nodes[i].probability;
	for (size_t i = 0; i < tree->n; i++)
		ends[i] = ends[i] > ROUNDING ? ends[i] : 0;
	return ends;
}

size_t certify_leaves(
    const struct tree *tree, const struct classes *classes, double **probabilities)
{
	size_t noutcomes, n = 0;
	size_t *outcome = tree_outcomes(tree, classes, &noutcomes);
	double *ends = tree_ends(tree);
	double *p = xcalloc(noutcomes, sizeof *p);

	for (size_t i = 0; i < tree->n; i++)
		p[outcome[i]] += ends[i];
	for (size_t i = 0; i < noutcomes; i++) {
		if (p[i] > 0)
			p[n++] = p[i];
	}
	free(outcome);
	free(ends);
	*probabilities = p;
	return n;
}

/* Entropy of whether people know, where not knowing is a branch of its own. */
static double tree_unknown(const struct tree *tree, const struct questions *questions)
{
	double sum = 0;

	for (size_t i = 1; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];
		double u = questions->list[node->evidence.question].unknown;
		double ways[] = {u, 1 - u};

		if (node->evidence.kind == EVIDENCE_UNKNOWN)
			sum += tree->nodes[node->parent].probability * entropy_of(ways, 2);
	}
	return sum;
}

static void certify_told(struct certificate *c, const struct casetable *table,
    const struct questions *questions, const struct tree *tree)
{
	struct certify_ends ends = {.table = table, .questions = questions, .tree = tree};
	size_t *outcome = tree_outcomes(tree, &c->classes, &ends.noutcomes);
	double open, outcomes_open;

	ends.outcome = outcome;
	c->path_unknown = tree_unknown(tree, questions);
	c->telling = certify_telling(&ends, &open, &outcomes_open);
	if (c->telling) {
		c->path_told = fmax(0, c->entropy - open);
		c->outcome_told = fmax(0, c->entropy - outcomes_open);
		if (c->path_told > 0)
			c->least_told =
			    tree->expected_questions * c->outcome_told / c->path_told;
	}
	for (size_t i = 0; i < c->nworths; i++) {
		if (!question_is_sign(&questions->list[c->worths[i].question]))
			c->ceiling += c->worths[i].gain;
	}
	free(outcome);
}

static void certify_tree(struct certificate *c, const struct tree *tree)
{
	double *ends = tree_ends(tree), *outcomes, path;

	for (size_t i = 0; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];

		if (node->decision.status == STATUS_ASK)
			c->told += node->probability * node->decision.gain;
		else
			c->followed += ends[i];
	}
	path = c->path = entropy_of(ends, tree->n);
	c->outcomes = certify_leaves(tree, &c->classes, &outcomes);
	c->outcome_entropy = entropy_of(outcomes, c->outcomes);
	if (tree->expected_questions > 0 && path > 0) {
		double ways = exp2(path / tree->expected_questions);

		c->ways = ways;
		c->least = c->outcome_entropy / log2(ways);
		c->outcome_huffman.k = (unsigned)fmax(2, ceil(ways));
		c->outcome_huffman.questions =
		    huffman_depth(outcomes, c->outcomes, c->outcome_huffman.k);
	}
	free(ends);
	free(outcomes);
}

/* The same questions, every one at the cost of one. The list is to be freed. */
static struct questions at_one_each(const struct questions *questions)
{
	struct questions same = *questions;

	same.list = xmemdup(questions->list, questions->n * sizeof *questions->list);
	for (size_t q = 0; q < same.n; q++)
		same.list[q].cost = same.list[q].cost_phone = 1;
	return same;
}

static void certify_cut(struct certificate *c, const struct casetable *table,
    const struct questions *questions, const struct belief *prior)
{
	struct questions same = at_one_each(questions);
	const struct asked nothing = {.questions = 0};
	struct optimum_task task = {
	    .table = table,
	    .questions = &same,
	    .policy = choose_next,
	    .deepest = CERTIFY_CUT,
	    .budget = BUDGET,
	};

	c->policy = optimum_follow(&task, prior, &nothing);
	task.policy = choose_greedy;
	c->greedy = optimum_follow(&task, prior, &nothing);
	c->best = optimum_find(&task, prior, &nothing);
	task.signs_freely = true;
	if (c->best.known)
		c->freely = optimum_find(&task, prior, &nothing);
	free(same.list);
}

static void certify_greedy(struct certificate *c, const struct casetable *table,
    const struct questions *questions, const struct tree *tree)
{
	struct tree *greedy =
	    choose_looks_ahead(table) ? tree_grow(table, questions, choose_greedy) : NULL;
	const struct tree *its = greedy != NULL ? greedy : tree;

	c->greedy_questions = its->expected_questions;
	c->greedy_minutes = its->expected_cost;
	tree_free(greedy);
}

void certify(struct certificate *c, const struct casetable *table,
    const struct questions *questions, const struct tree *tree)
{
	struct belief *prior = belief_new(table);

	*c = (struct certificate){.entropy = belief_entropy(prior)};
	classes_find(&c->classes, table, questions);
	c->nworths = choose_rank(table, questions, prior, &(struct asked){.questions = 0},
	    SETTING_CONSOLE, c->worths);
	certify_outcomes(c, questions, prior);
	certify_tree(c, tree);
	certify_told(c, table, questions, tree);
	certify_greedy(c, table, questions, tree);
	certify_cut(c, table, questions, prior);
	belief_free(prior);
}

void certificate_fini(struct certificate *c)
{
	classes_fini(&c->classes);
}
