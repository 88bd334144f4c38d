/* SPDX-License-Identifier: ISC */
/* Several patterns that mean one thing. */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "pattern_list.h"

struct pattern *pattern_make(const char *source, const struct needs *needs, struct err *err)
{
	if (needs == NULL)
		return pattern_new(source, err);
	return pattern_later(source, needs_of(needs, source));
}

int pattern_list_add(
    struct pattern_list *l, const char *source, const struct needs *needs, struct err *err)
{
	struct pattern *p = pattern_make(source, needs, err);

	if (p == NULL)
		return -1;
	l->list = xrealloc_array(l->list, l->n + 1, sizeof *l->list);
	l->list[l->n++] = p;
	return 0;
}

int pattern_list_compile(struct pattern_list *l, const struct patterns *sources,
    const struct needs *needs, struct err *err)
{
	for (size_t i = 0; i < sources->n; i++)
		if (pattern_list_add(l, sources->list[i], needs, err) < 0)
			return -1;
	return 0;
}

int pattern_list_phrases(struct pattern_list *l, const struct questions *qs,
    const char *name, const struct needs *needs, struct err *err)
{
	for (size_t i = 0; i < qs->nphrases; i++)
		if (strcmp(qs->phrases[i].name, name) == 0 &&
		    pattern_list_add(l, qs->phrases[i].pattern, needs, err) < 0)
			return -1;
	return 0;
}

void pattern_list_join(const struct pattern_list *l, struct pattern_set *set)
{
	for (size_t i = 0; i < l->n; i++)
		pattern_set_add(set, l->list[i]);
}

void pattern_list_fini(struct pattern_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		pattern_free(l->list[i]);
	free(l->list);
	*l = (struct pattern_list){.list = NULL};
}
