/* SPDX-License-Identifier: ISC */
/* The likelihoods of picking a sign, or none of those shown: see the essay in belief.c. */
#include "belief.h"

#include "sign.h"

/* Of n signs those that are not the one in question are picked by mistake. */
static double mistakes(size_t n)
{
	return (double)n * belief_parameters.sign_miss;
}

double belief_reject_shown(size_t n)
{
	return 1 - belief_parameters.sign_hit - mistakes(n - 1);
}

double belief_reject_unshown(size_t n)
{
	return 1 - mistakes(n);
}

static double picked(const struct column *column, uint32_t sign, uint32_t article)
{
	if (sign == article)
		return belief_parameters.sign_hit;
	return sign_alike(column->sketch[sign], column->sketch[article])
		   ? belief_parameters.sign_alike
		   : belief_parameters.sign_miss;
}

static double rejected(
    const struct column *column, const struct signs *shown, uint32_t article)
{
	bool alike = false;

	for (size_t i = 0; i < shown->n; i++) {
		if (shown->article[i] == article)
			return belief_reject_shown(shown->n);
		alike |=
		    sign_alike(column->sketch[shown->article[i]], column->sketch[article]);
	}
	if (alike)
		return 1 - belief_parameters.sign_alike - mistakes(shown->n - 1);
	return belief_reject_unshown(shown->n);
}

double belief_signs(const struct column *column, const struct evidence *e, uint32_t article)
{
	return e->kind == EVIDENCE_SIGN ? picked(column, e->value, article)
					: rejected(column, &e->shown, article);
}

double belief_signs_unrelated(const struct evidence *e)
{
	return e->kind == EVIDENCE_SIGN ? belief_parameters.sign_miss
					: belief_reject_unshown(e->shown.n);
}
