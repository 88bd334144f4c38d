/* SPDX-License-Identifier: ISC */
/*
 * Kinds of advice and of risk by name, and the end of an advice's life: what the run-time
 * side needs of advice.h besides its structures.
 */
#include <stdlib.h>
#include <string.h>

#include "advice.h"

static const char *const kind_names[] = {
#define X(kind, name) [ADVICE_##kind] = name,
    ADVICE_LIST(X)
#undef X
};

static const struct {
	const char *name, *first;
} risks[] = {
#define X(kind, name, first) [RISK_##kind] = {name, first},
    RISK_LIST(X)
#undef X
};

const char *advice_kind_name(enum advice_kind kind)
{
	return kind_names[kind];
}

enum advice_kind advice_kind_by_name(const char *name)
{
	for (size_t i = 0; i < ADVICE_NKINDS; i++)
		if (strcmp(kind_names[i], name) == 0)
			return (enum advice_kind)i;
	return ADVICE_NKINDS;
}

const char *risk_name(enum risk risk)
{
	return risks[risk].name;
}

const char *risk_first(enum risk risk)
{
	return risks[risk].first;
}

enum risk risk_by_name(const char *name)
{
	for (size_t i = 0; i < RISK_NKINDS; i++)
		if (strcmp(risks[i].name, name) == 0)
			return (enum risk)i;
	return RISK_NKINDS;
}

void advice_fini(struct advice *a)
{
	for (size_t i = 0; i < a->nsteps; i++)
		free(a->steps[i]);
	free(a->steps);
	free(a->applies);
	free(a->text);
	*a = (struct advice){.text = NULL};
}

void advices_fini(struct advices *advices)
{
	for (size_t i = 0; i < advices->n; i++)
		advice_fini(&advices->list[i]);
	free(advices->list);
	*advices = (struct advices){.list = NULL};
}

uint64_t advice_answers(const struct advice *a, size_t question)
{
	for (size_t i = 0; i < a->napplies; i++) {
		if (a->applies[i].question == question)
			return a->applies[i].answers;
	}
	return UINT64_MAX;
}

bool advice_can_be_tried(const struct advice *a)
{
	return a->kind != ADVICE_BY_DESIGN && a->kind != ADVICE_EXPLANATION;
}
