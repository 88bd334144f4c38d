/* SPDX-License-Identifier: ISC */
/*
 * Which question next, or none: the policy. It sees the case table, the belief and which
 * questions were asked, nothing else, so that the tree the compiler unrolls and the session
 * that plans live are one policy. The essay in choose.c derives the score.
 */
#ifndef DECISION_CHOOSE_H
#define DECISION_CHOOSE_H

#include "belief.h"

enum status { STATUS_ASK, STATUS_ADVISE, STATUS_NONE };

/*
 * The thresholds: advise at this probability of the best article, give up at this of none.
 * When no question is left, what stands out is advised below it: see the essay.
 */
#define CHOOSE_ADVISE 0.70
#define CHOOSE_NONE 0.60
/* A question that would tell at least this many bits tells something. */
#define CHOOSE_TELLING_BITS 0.45
/* An account is vague if it is about another article than it seems with this probability. */
#define CHOOSE_VAGUE 0.10
/* A question that would tell less than this many bits is not worth asking. */
#define CHOOSE_LEAST_BITS 0.02

enum setting { SETTING_CONSOLE, SETTING_PHONE };

/* Signs are shown so many times in a session at most: few people read on after that. */
#define CHOOSE_SIGNS_MOST 5

/* What was asked so far. */
struct asked {
	uint64_t
	    questions; /* a bit for each that is not to be asked again, unknown included */
	const uint32_t *shown; /* [nshown] articles whose sign was shown, each once */
	size_t nshown;
	unsigned signs; /* how many times signs were shown */
	bool vague; /* free words were too few to trust, and no sign was picked since */
};

/* Minutes that asking it takes. */
static inline double choose_cost(const struct question *q, enum setting setting)
{
	return setting == SETTING_PHONE ? q->cost_phone : q->cost;
}

/* What one question is worth now. */
struct worth {
	size_t question;
	double gain; /* bits: expected drop in entropy, the chance of "unknown" taken off */
	double score; /* gain / cost: bits a minute */
};

struct decision {
	enum status status;
	int question; /* index if status is STATUS_ASK, else -1 */
	double gain; /* of that question, bits */
	bool variant; /* asked to select between the best article's variants of advice */
	uint32_t best; /* the likeliest article */
	struct signs signs; /* shown, if the question asked is that of the signs */
};

/* What a policy is. */
typedef struct decision choose_policy(const struct casetable *, const struct questions *,
    const struct belief *, const struct asked *, enum setting);

/*
 * The policy. Ties go to the question listed first.
 */
choose_policy choose_next;
/* Whether it differs from choose_greedy over a table of that size. */
bool choose_looks_ahead(const struct casetable *);

/*
 * The greedy part of it, which looks one answer ahead, and all of it in larger tables: what
 * choose_next looks further ahead with. Stopping is the same.
 */
choose_policy choose_greedy;
/* Of a decision to ask: asks that question instead. */
void choose_instead(struct decision *, const struct casetable *, const struct questions *,
    const struct belief *, const struct asked *, enum setting, size_t question);
/* Whether signs come into question: see the essay. */
bool choose_signs_due(const struct casetable *, const struct questions *,
    const struct belief *, const struct asked *, enum setting);

/* The worth of every question not in `asked`, best first; returns how many were written. */
size_t choose_rank(const struct casetable *, const struct questions *,
    const struct belief *, const struct asked *, enum setting,
    struct worth *out /* [questions] */);

/*
 * P(answer | belief) of every answer of a choice (out[nanswers]), or of every value of an
 * open question (out[nvalues]). What is left to 1 is `none` and values not known.
 */
void choose_predict(const struct casetable *, const struct questions *,
    const struct belief *, size_t question, double *out);

/* The signs that are worth showing next: of likely articles, not shown yet, all different. */
void choose_signs(
    struct signs *, const struct column *, const struct belief *, const struct asked *);
/* P(each of them is picked), and in out[n] that none is. */
void choose_predict_signs(const struct belief *, const struct signs *, double *out);

#endif
