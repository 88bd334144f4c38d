/* SPDX-License-Identifier: ISC */
/*
 * The best order of questions, exactly: every question is tried and every answer followed, as
 * far as a budget allows, where the policy of choose.h looks one answer ahead. It says how far
 * a policy is from the best there is. The essay in optimum.c gives the recurrence. Only small
 * tables can be searched: a few dozen articles.
 */
#ifndef DECISION_OPTIMUM_H
#define DECISION_OPTIMUM_H

#include "choose.h"

/* What is searched. */
struct optimum_task {
	const struct casetable *table;
	const struct questions *questions;
	enum setting setting; /* whose costs count */
	/* When to stop asking, and for optimum_follow what to ask. choose_next is one. */
	choose_policy *policy;
	unsigned deepest; /* so many questions are asked at most */
	size_t budget; /* states looked at, at most */
	bool count; /* a question costs one, not its minutes */
	uint64_t only; /* optimum_rollout: bits of the questions it tries; 0: all */
	bool signs_freely; /* signs may be shown at any time, not only when they are due */
};

struct optimum {
	bool known; /* false: the budget was spent, and nothing below is known */
	int question; /* the best one to ask first; -1 where the policy asks nothing */
	double cost; /* expected, of all that is asked from here on */
	size_t states; /* looked at */
};

/* In all of them `asked` has no more than ASKED_SHOWN_MOST signs shown (fan.h). */

/* The least that any order of questions costs from here. */
struct optimum optimum_find(
    const struct optimum_task *, const struct belief *, const struct asked *);
/*
 * One step of improving a policy: every question is tried, and the policy followed behind it.
 * Of equal ones the policy's own is taken. The cost is that of the question found.
 */
struct optimum optimum_rollout(
    const struct optimum_task *, const struct belief *, const struct asked *);
/* What the policy costs, cut at the same depth and reckoned in the same way. */
struct optimum optimum_follow(
    const struct optimum_task *, const struct belief *, const struct asked *);

#endif
