/* SPDX-License-Identifier: ISC */
/* What can be said of a belief as a whole: its entropy, the likeliest articles, how many. */
#include "belief.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

/* Probabilities nearer than this part of themselves are equal. */
#define EQUAL 1e-9

double belief_entropy(const struct belief *belief)
{
	double sum = belief->none * log2(belief->none);

	for (uint32_t a = 0; a < belief->n; a++)
		sum += belief->p[a] * log2(belief->p[a]);
	return fmax(0, -sum);
}

size_t belief_rank(const struct belief *belief, uint32_t *articles, size_t n)
{
	size_t ranked = 0;

	if (n == 0)
		return 0;
	for (uint32_t a = 0; a < belief->n; a++) {
		size_t at = ranked;
		double p = belief->p[a] * (1 - EQUAL);

		while (at > 0 && p > belief->p[articles[at - 1]])
			at--;
		if (at == n)
			continue;
		ranked += ranked < n;
		memmove(
		    articles + at + 1, articles + at, (ranked - at - 1) * sizeof *articles);
		articles[at] = a;
	}
	return ranked;
}

/*
 * The belief with the factor of this evidence taken out again: its sum is P(the rest) /
 * P(all), and so 1 / P(evidence | the rest).
 */
double belief_surprise(const struct belief *belief, const struct casetable *table,
    const struct questions *questions, const struct evidence *e)
{
	double sum = belief->none / belief_likelihood_none(table, e);

	for (uint32_t a = 0; a < belief->n; a++)
		sum += belief->p[a] / belief_likelihood(table, questions, e, a);
	return fmax(0, log2(sum));
}

static void swap(double *a, double *b)
{
	double held = *a;

	*a = *b;
	*b = held;
}

/*
 * Orders p so that what is larger than the middle element comes first, then what equals it,
 * then the rest. Sets the numbers of the first two.
 */
static void partition_descending(double *p, size_t n, size_t *larger, size_t *equal)
{
	double pivot = p[n / 2];
	size_t at = 0, end = n;

	*larger = 0;
	while (at < end) {
		if (p[at] > pivot)
			swap(&p[at++], &p[(*larger)++]);
		else if (p[at] < pivot)
			swap(&p[at], &p[--end]);
		else
			at++;
	}
	*equal = end - *larger;
}

static double sum_of(const double *p, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += p[i];
	return sum;
}

/*
 * Selection by weight instead of by number: partition, and go on in the part in which the
 * sum of the larger ones reaches what is wanted. Sorting would take all articles.
 */
static size_t belief_select(const struct belief *belief, double share, double *least)
{
	double *p = xmemdup(belief->p, belief->n * sizeof *p);
	double wanted = share * (1 - EQUAL) * sum_of(p, belief->n);
	size_t from = 0, n = belief->n;

	while (n > 0 && wanted > 0) {
		size_t larger, equal;
		double each = p[from + n / 2], sum;

		partition_descending(p + from, n, &larger, &equal);
		sum = sum_of(p + from, larger);
		if (sum >= wanted) {
			n = larger;
			continue;
		}
		wanted -= sum;
		from += larger;
		n -= larger + equal;
		for (size_t i = 0; i < equal && wanted > 0; i++, from++)
			wanted -= each;
		*least = each;
	}
	free(p);
	return from;
}

size_t belief_count(const struct belief *belief, double share)
{
	double least;

	return belief_select(belief, share, &least);
}

double belief_least(const struct belief *belief, double share)
{
	double least = 0;

	belief_select(belief, share, &least);
	return least;
}
