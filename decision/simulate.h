/* SPDX-License-Identifier: ISC */
/*
 * Callers drawn from the articles, played through the wizard: how often it finds the article
 * they have, and what it asks of them. A caller answers as their article says, but does not
 * know some of it and gets some of it wrong, at rates that are given, whatever the questions file says.
 * The essay in simulate.c has the details. Equal seeds give equal callers on every machine.
 */
#ifndef DECISION_SIMULATE_H
#define DECISION_SIMULATE_H

#include "choose.h"

/* Somebody who has answered so many questions has had enough. */
#define SIMULATE_QUESTIONS 12

struct simulate_task {
	const struct casetable *table;
	const struct questions *questions;
	choose_policy *policy;
	uint64_t seed;
	size_t callers; /* > 0 */
	double unknown, wrong; /* share of questions; their sum is at most 1 */
};

/* A mean or a share, and between what it lies with 95 % confidence. */
struct estimate {
	double value, low, high;
};

struct simulated {
	size_t callers;
	struct estimate first; /* share whose article is the likeliest at the end */
	struct estimate three; /* among the three likeliest */
	struct estimate questions; /* mean */
	struct estimate minutes; /* mean, at the console */
	struct estimate escalated; /* share without advice at the end */
};

struct simulated simulate(const struct simulate_task *);

/* Of a share of n (Wilson's interval), and of a mean from the sums of x and x squared. */
struct estimate estimate_share(size_t hits, size_t n);
struct estimate estimate_mean(double sum, double squares, size_t n);

#endif
