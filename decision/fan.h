/* SPDX-License-Identifier: ISC */
/*
 * The answers that a question can have, as branches: what is believed after each, and how
 * likely each is. Answers after which the same is believed, whatever was believed before, are
 * one branch: of eighteen answers to a question most say the same of five articles. Used by
 * those who look ahead over every answer (optimum.c, certify.c).
 */
#ifndef DECISION_FAN_H
#define DECISION_FAN_H

#include "choose.h"

struct branch {
	struct evidence evidence; /* one of the answers that are merged */
	double *
	    likelihood; /* [narticles + 1] of all of them together; the last: none of them */
};

/* `unknown` is among the branches; likelihoods of one hypothesis sum to 1 over them. */
struct fan {
	struct branch *list;
	size_t n;
};

/* Of a question that is not that of the signs. */
void fan_init(
    struct fan *, const struct casetable *, const struct questions *, size_t question);
/* Of showing these signs. */
void fan_init_signs(struct fan *, const struct casetable *, const struct questions *,
    size_t question, const struct signs *);
void fan_fini(struct fan *);

/* `to` is what is believed after the branch; returns the probability of coming to it. */
double branch_follow(const struct branch *, const struct belief *from, struct belief *to);

/* As many articles as may have been shown as signs. */
#define ASKED_SHOWN_MOST (CHOOSE_SIGNS_MOST * SIGNS_SHOWN)

/*
 * What was asked when evidence->question has been answered so. Articles shown are added to
 * shown[ASKED_SHOWN_MOST], which holds those of `asked` and becomes the list of the result.
 */
struct asked asked_after(const struct asked *, const struct evidence *, uint32_t *shown);

#endif
