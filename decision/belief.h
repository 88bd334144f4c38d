/* SPDX-License-Identifier: ISC */
/*
 * How likely each article is, and none of them, given the answers so far. Answers are
 * evidence, never filters: no article reaches 0. The essay in belief.c gives the formulas and
 * where they come from; choose.c uses the same likelihoods to see what an answer would do.
 * All probabilities are in [0, 1] and natural logarithms are used inside, bits outside.
 */
#ifndef DECISION_BELIEF_H
#define DECISION_BELIEF_H

#include "casetable.h"

struct belief {
	uint32_t n;
	double *p; /* [n] posterior of each article */
	double none; /* posterior of "none of them"; all sum to 1 */
};

/* One set for every domain; the per-question error rate stands in the questions file. */
struct belief_parameters {
	double prior_none; /* "none of them" before any answer */
	double value_named; /* open: a value the article names is given, whichever it is */
	double none_named; /* open: `none`, although the article names some value */
	double none_unrelated; /* open: `none`, if it is none of the articles */
	double silent_share; /* open: values of a silent article against none of them */
	double unseen; /* values not met yet, counted as so many mentions */
	double sign_hit; /* P(picks the sign shown | its article) */
	double sign_alike; /* P(picks it | an article whose sign says nearly the same) */
	double sign_miss; /* P(picks it | any other article, or none of them) */
	double exhausted; /* weight that an article keeps when it has no advice left */
	double
	    text_doubt; /* what text seems to say of a question is about something else */
	double slip_doubt; /* the same of a value that was typed otherwise */
	double failed; /* weight that an article keeps when its advice did not help */
};

extern const struct belief_parameters belief_parameters;

/* One thing known. */
enum evidence_kind {
	EVIDENCE_ANSWER, /* a choice: `answer` */
	EVIDENCE_VALUE, /* an open question: `value` is its id, or BELIEF_NO_VALUE */
	EVIDENCE_NONE, /* an open question: looked, there is none */
	EVIDENCE_UNKNOWN, /* any question: changes nothing */
	EVIDENCE_SIGN, /* of the signs shown that of article `value` was picked */
	EVIDENCE_REJECTED, /* none of the signs shown was: those of `shown` */
};
#define BELIEF_NO_VALUE UINT32_MAX /* a value no article names */

/* As many signs as one can be asked to compare. */
#define SIGNS_SHOWN 7

/* The articles whose signs are shown together, likeliest first. */
struct signs {
	uint32_t article[SIGNS_SHOWN];
	size_t n;
};

struct evidence {
	enum evidence_kind kind;
	size_t question;
	int answer;
	uint32_t value;
	struct signs shown; /* of EVIDENCE_REJECTED */
	double doubt; /* 0..1: how likely it says nothing; 0 for what a person answered */
};

/* Likelihood ratios against "none of them" that words gave: see words.h. */
struct likelihood_ratio {
	uint32_t article;
	double ratio; /* > 0 */
};

/* The prior. */
struct belief *belief_new(const struct casetable *);
void belief_free(struct belief *);
void belief_reset(struct belief *, const struct casetable *);
/* Makes `to` equal to `from`, a belief in the same articles. */
void belief_copy(struct belief *to, const struct belief *from);

/*
 * Each multiplies in one piece of evidence and normalises. Returns the surprise in bits:
 * -log2 P(evidence | what was believed before); 0 for EVIDENCE_UNKNOWN.
 */
double belief_update(struct belief *, const struct casetable *, const struct questions *,
    const struct evidence *);
/*
 * Articles listed (ascending) get their ratio, every other one `rest`. The surprise is up to a
 * constant of these ratios, and 0 or more.
 */
double belief_update_ratios(
    struct belief *, const struct likelihood_ratio *, size_t n, double rest);
/* The person named that article by its number. */
double belief_update_cited(struct belief *, uint32_t article);
/* This article's advice was tried and did not help. */
void belief_update_failed(struct belief *, uint32_t article);
/* All that this article advises was tried in vain: it comes up again only if nothing else can. */
void belief_update_exhausted(struct belief *, uint32_t article);

/*
 * P(evidence | that article), and P(evidence | none of them), of one answer as belief_update
 * multiplies it in; 1 for EVIDENCE_UNKNOWN.
 */
double belief_likelihood(const struct casetable *, const struct questions *,
    const struct evidence *, uint32_t article);
double belief_likelihood_none(const struct casetable *, const struct evidence *);

/* The surprise, in bits, of evidence that is in the belief already, given all the rest of it. */
double belief_surprise(const struct belief *, const struct casetable *,
    const struct questions *, const struct evidence *);

/*
 * The same by what the table says of the article: for a choice the set it names (0 = silent),
 * where an answer of the set has the probability `inside`, times its background frequency
 * unless `even`, and any other one `outside` times that;
 * for an open question how many values it names (0 = silent) and whether this is one of them.
 * `value` may be BELIEF_NO_VALUE. P(`none`) depends on the count alone.
 */
struct choice_factors {
	double inside, outside;
	bool even;
};
struct choice_factors belief_choice_factors(
    const struct column *, const struct question *, uint64_t named);
double belief_open(const struct column *, uint32_t count, bool named, uint32_t value);
double belief_open_unrelated(const struct column *, uint32_t value);
double belief_open_none(uint32_t count);
double belief_open_none_unrelated(void);

/* P(EVIDENCE_SIGN or EVIDENCE_REJECTED | article), and | none of them (belief_signs.c). */
double belief_signs(const struct column *, const struct evidence *, uint32_t article);
double belief_signs_unrelated(const struct evidence *);
/* P(none of n signs shown | the article of one of them), and | another, unlike them all. */
double belief_reject_shown(size_t n);
double belief_reject_unshown(size_t n);

/* Shannon entropy of the whole belief, none included, in bits. */
double belief_entropy(const struct belief *);
/* The `n` likeliest articles, likeliest first, equal ones in table order; returns how many. */
size_t belief_rank(const struct belief *, uint32_t *articles, size_t n);
/* How many articles hold `share` of the mass that is not "none of them". */
size_t belief_count(const struct belief *, double share);
/* The probability of the least likely of them. */
double belief_least(const struct belief *, double share);

#endif
