/* SPDX-License-Identifier: ISC */
/*
 * Which question next.
 *
 * Terms. F is the hypothesis that is true (an article, or none of them), A the answer to a
 * question q; both are uncertain. H is Shannon's entropy in bits, H(X) = - sum P(x) log2 P(x):
 * the least number of yes/no questions, on average, that would settle X if any could be
 * asked. What an answer is worth is how much less remains to be settled after it, on
 * average over the answers expected (mutual information, "information gain"; Lindley, "On a
 * measure of the information provided by an experiment", 1956):
 *
 *	I(F; A)  =  H(F) - sum over answers x of P(x) H(F | x)
 *
 * With probability u the answer is "I don't know", which changes nothing, and asking takes
 * c minutes, so the question asked is the one with the most bits a minute:
 *
 *	score(q)  =  (1 - u_q) I(F; A_q) / c_q
 *
 * This is myopic: it looks one answer ahead. The best order of questions is NP-hard to find
 * (Hyafil and Rivest 1976), and hard to come near to; greedy choice is within a factor of
 * about log(number of articles) of the best in the worst case (adaptive submodularity: Golovin
 * and Krause 2011, for scores akin to this one), and within a few per cent for many questions
 * and a flat prior. With few questions and a skewed prior 3-22 % over the entropy bound have
 * been measured, which looking further ahead at the top of a tree can partly take back. The
 * cost here is that of asking only: all articles are worth finding alike, while Heckerman,
 * Breese and Rommelse (1995) also weigh the cost of repairs.
 *
 * How it is computed. Mutual information is symmetric, so no posterior is needed:
 *
 *	I(F; A)  =  H(A) - H(A | F)
 *	         =  sum over x of [ sum over hypotheses f of P(f) L log L  -  P(x) log P(x) ]
 *
 * where L = P(x | f) of belief.c and P(x) = sum over f of P(f) L. L depends on an article
 * only by what it says of q, so articles that say the same are added up first:
 *
 *	a choice	by mask: sum P(a) once for each set of answers that occurs, then
 *			masks x answers;
 *	open		silent articles, articles that name values, and none of them are three
 *			sums that give P(x) and L log L of all values where they are not
 *			named; every pair (value, article that names it) adds its difference.
 *			`none` and "a value that no article names" are answers like others.
 *
 * That is O(articles + masks x answers), or O(articles + pairs), a question instead of
 * O(articles x answers), exact, and the same for five articles and for 57,000.
 *
 * Signs. One question is made of the articles themselves: the signs (sign.h) of the likeliest,
 * at most seven, each said once, and none that was shown before. Its gain is that of any other
 * question, and so is its score; but reading seven sentences is a burden on the mind that minutes
 * do not show, so it waits until no other question tells CHOOSE_TELLING_BITS. It can be asked
 * again with other articles, CHOOSE_SIGNS_MOST times.
 *
 * Stopping. The best article at CHOOSE_ADVISE or more: advise, but first ask what selects
 * between its variants of advice, whatever that tells about articles. None of them at
 * CHOOSE_NONE or more: say so, unless a question still tells CHOOSE_TELLING_BITS and it is not
 * all but certain: among thousands of articles little makes one of them look likely before
 * anything was asked. Else ask the best question that gains CHOOSE_LEAST_BITS. If there is none
 * left, something may still stand out: an article likelier than everything
 * else together (1/2), or a few that no question tells apart, which together reach what is
 * asked of one and of which the first is far likelier than none of them. To say then that
 * nothing fits would be untrue; the advice of each comes in the order of its probability.
 *
 * A vague account. A few words fit some of thousands of articles by chance, and the right one
 * may be far down among the others; how likely that is words_match.c says, and at CHOOSE_VAGUE
 * the account is vague until a sign was picked. All it costs to be careful then is a question
 * more, and the account is given that in three ways. Signs do not wait: what the words left are
 * some dozen articles on many subjects, which choices split badly and their sentences well. An
 * article at CHOOSE_ADVISE that is not all but certain is confirmed by a question if one tells
 * anything to speak of: a minute is less than what is lost by following advice for another
 * problem. And hope lasts longer before it is said that nothing fits. HACKING has figures.
 *
 * Scores and probabilities that differ by less than a part in 10^9 are equal, and the question
 * or article listed first is taken: rounding does not decide.
 */
#include "choose.h"

#include <math.h>
#include <string.h>

#include "choose_gain.h"
#include "sign.h"

#define EQUAL 1e-9
/* How many articles may stand out together. */
#define FEW 3
/* More than everything else together. */
#define MAJORITY 0.5
/* Times as likely as none of them: the first of a few that stand out. */
#define FAR 3

/* How far down the ranking signs are looked for: some were shown, some are alike. */
#define RANKED (6 * SIGNS_SHOWN)
/* A sign is shown if its article is at least this likely beside the likeliest shown. */
#define SIGN_SHARE 0.02

static bool was_shown(const struct asked *asked, uint32_t article)
{
	for (size_t i = 0; i < asked->nshown; i++) {
		if (asked->shown[i] == article)
			return true;
	}
	return false;
}

/* Whether the sign says something that none of those chosen says. */
static bool is_different(
    const struct signs *signs, const struct column *column, uint32_t article)
{
	for (size_t i = 0; i < signs->n; i++) {
		if (sign_alike(column->sketch[signs->article[i]], column->sketch[article]))
			return false;
	}
	return true;
}

void choose_signs(struct signs *signs, const struct column *column,
    const struct belief *belief, const struct asked *asked)
{
	uint32_t ranking[RANKED];
	size_t n = belief_rank(belief, ranking, RANKED);

	signs->n = 0;
	for (size_t i = 0; i < n && signs->n < SIGNS_SHOWN; i++) {
		uint32_t a = ranking[i];

		if (column->sketch[a] == 0 || was_shown(asked, a) ||
		    !is_different(signs, column, a))
			continue;
		if (signs->n > 0 &&
		    belief->p[a] < SIGN_SHARE * belief->p[signs->article[0]])
			break;
		signs->article[signs->n++] = a;
	}
}

static struct worth question_worth(const struct casetable *table,
    const struct questions *questions, const struct belief *belief, size_t question,
    const struct asked *asked, enum setting setting)
{
	const struct question *q = &questions->list[question];
	double gain;

	if (question_is_sign(q)) {
		struct signs signs;

		choose_signs(&signs, &table->columns[question], belief, asked);
		gain = choose_gain_signs(belief, &signs);
	} else {
		gain = choose_gain(table, questions, belief, question);
	}
	gain *= 1 - q->unknown;
	return (struct worth){
	    .question = question,
	    .gain = gain,
	    .score = gain / choose_cost(q, setting),
	};
}

static bool may_be_asked(
    const struct questions *questions, const struct asked *asked, size_t question)
{
	if (asked->questions >> question & 1)
		return false;
	return !question_is_sign(&questions->list[question]) ||
	       asked->signs < CHOOSE_SIGNS_MOST;
}

/* Puts the worth where it belongs among n, best first; behind those that are equal. */
static void worths_insert(struct worth *worths, size_t n, struct worth worth)
{
	size_t at = n;

	while (at > 0 && worth.score > worths[at - 1].score * (1 + EQUAL))
		at--;
	memmove(worths + at + 1, worths + at, (n - at) * sizeof *worths);
	worths[at] = worth;
}

size_t choose_rank(const struct casetable *table, const struct questions *questions,
    const struct belief *belief, const struct asked *asked, enum setting setting,
    struct worth *out)
{
	size_t n = 0;

	for (size_t q = 0; q < questions->n; q++) {
		if (may_be_asked(questions, asked, q))
			worths_insert(out, n++,
			    question_worth(table, questions, belief, q, asked, setting));
	}
	return n;
}

/* Asks the first question that selects between the best article's variants, if one is left. */
static bool decide_variant(struct decision *d, const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, enum setting setting)
{
	uint64_t variants = table->variants[d->best] & ~asked->questions;

	if (variants == 0)
		return false;
	d->status = STATUS_ASK;
	d->question = __builtin_ctzll(variants);
	d->variant = true;
	d->gain =
	    question_worth(table, questions, belief, (size_t)d->question, asked, setting)
		.gain;
	return true;
}

static bool tells_any(const struct worth *worths, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (worths[i].gain >= CHOOSE_TELLING_BITS)
			return true;
	}
	return false;
}

/* The worth of every question but the signs, best first. */
static size_t rank_others(const struct casetable *table, const struct questions *questions,
    const struct belief *belief, const struct asked *asked, enum setting setting,
    struct worth *out)
{
	size_t signs = questions_sign(questions);
	struct asked others = *asked;

	if (signs < questions->n)
		others.questions |= UINT64_C(1) << signs;
	return choose_rank(table, questions, belief, &others, setting, out);
}

/* Whether the signs come into question beside the n others. */
static bool signs_may_be_asked(const struct questions *questions, const struct asked *asked,
    const struct worth *others, size_t n)
{
	size_t signs = questions_sign(questions);

	return signs < questions->n && may_be_asked(questions, asked, signs) &&
	       (asked->vague || !tells_any(others, n));
}

bool choose_signs_due(const struct casetable *table, const struct questions *questions,
    const struct belief *belief, const struct asked *asked, enum setting setting)
{
	struct worth others[QUESTION_MAX];
	size_t n = rank_others(table, questions, belief, asked, setting, others);

	return signs_may_be_asked(questions, asked, others, n) &&
	       question_worth(
		   table, questions, belief, questions_sign(questions), asked, setting)
		       .gain >= CHOOSE_LEAST_BITS;
}

static void decision_ask(struct decision *d, const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, const struct worth *worth)
{
	d->status = STATUS_ASK;
	d->question = (int)worth->question;
	d->gain = worth->gain;
	d->signs.n = 0;
	if (question_is_sign(&questions->list[worth->question]))
		choose_signs(&d->signs, &table->columns[worth->question], belief, asked);
}

void choose_instead(struct decision *d, const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, enum setting setting, size_t question)
{
	struct worth worth =
	    question_worth(table, questions, belief, question, asked, setting);

	decision_ask(d, table, questions, belief, asked, &worth);
}

/* Asks the question of the best score that is due and tells anything at all, if there is one. */
static bool decide_question(struct decision *d, const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, enum setting setting)
{
	struct worth worths[QUESTION_MAX];
	size_t n = rank_others(table, questions, belief, asked, setting, worths);

	if (signs_may_be_asked(questions, asked, worths, n))
		worths_insert(worths, n++,
		    question_worth(table, questions, belief, questions_sign(questions),
			asked, setting));
	for (size_t i = 0; i < n; i++) {
		if (worths[i].gain < CHOOSE_LEAST_BITS)
			continue;
		decision_ask(d, table, questions, belief, asked, &worths[i]);
		return true;
	}
	return false;
}

static bool stands_out(const struct belief *belief, const uint32_t *best, size_t n)
{
	double together = 0;

	for (size_t i = 0; i < n; i++)
		together += belief->p[best[i]];
	if (belief->p[best[0]] >= MAJORITY)
		return true;
	return together >= CHOOSE_ADVISE && belief->p[best[0]] >= FAR * belief->none;
}

/* How likely an outcome is to be before it is told: see the essay. */
struct patience {
	double enough; /* if no question tells so many bits */
	double bits;
	double at_once; /* whatever a question tells */
};

/* By whether the account is vague. */
static const struct patience advising[] = {
    {CHOOSE_ADVISE, 0, CHOOSE_ADVISE}, {CHOOSE_ADVISE, 0.30, 0.90}};
static const struct patience giving_up[] = {
    {CHOOSE_NONE, CHOOSE_TELLING_BITS, 0.75}, {CHOOSE_NONE, 0.10, 0.90}};

/* Whether an outcome so likely is told although a question would gain so many bits. */
static bool is_told(const struct patience *patience, double probability, double gain)
{
	return probability >= patience->at_once ||
	       (probability >= patience->enough && gain < patience->bits);
}

struct decision choose_greedy(const struct casetable *table,
    const struct questions *questions, const struct belief *belief,
    const struct asked *asked, enum setting setting)
{
	uint32_t best[FEW];
	size_t n = belief_rank(belief, best, FEW);
	struct decision d = {.status = STATUS_NONE, .question = -1, .best = best[0]};
	bool advise = is_told(&advising[asked->vague], belief->p[d.best], INFINITY);

	if (!advise) {
		struct decision ask = d;
		bool asks = decide_question(&ask, table, questions, belief, asked, setting);
		double gain = asks ? ask.gain : 0;

		if (is_told(&giving_up[asked->vague], belief->none, gain))
			return d;
		advise = asks ? is_told(&advising[asked->vague], belief->p[d.best], gain)
			      : stands_out(belief, best, n);
		if (asks && !advise)
			return ask;
	}
	if (!advise || decide_variant(&d, table, questions, belief, asked, setting))
		return d;
	d.status = STATUS_ADVISE;
	return d;
}
