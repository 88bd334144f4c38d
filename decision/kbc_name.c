/* SPDX-License-Identifier: ISC */
/*
 * What knowledge is called that was compiled with the built-in questions, which are the same
 * for any articles: the product that at least half of them are about. Not the folder they lie
 * in: equal input gives equal bytes wherever it lies.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "kbc.h"

/* Of more products than this none is that of half of the articles. */
#define MOST_PRODUCTS 1000

struct product {
	char *name;
	size_t articles;
};

struct products {
	struct product *list;
	size_t n, cap, articles;
};

struct products *products_new(void)
{
	return xcalloc(1, sizeof(struct products));
}

void products_free(struct products *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		free(p->list[i].name);
	free(p->list);
	free(p);
}

/* What the header says, or the first item of the list of what it applies to, or NULL. */
static char *product_of(const struct article *a)
{
	const struct section *applies = article_section(a, SECTION_APPLIES_TO);

	if (a->product != NULL)
		return xstrdup(a->product);
	if (applies == NULL || applies->nblocks == 0)
		return NULL;
	return xstrndup(applies->blocks[0].text, strcspn(applies->blocks[0].text, ",\n"));
}

void products_add(struct products *p, const struct article *a)
{
	char *name = product_of(a);
	size_t i = 0;

	p->articles++;
	while (name != NULL && i < p->n && strcasecmp(p->list[i].name, name) != 0)
		i++;
	if (name == NULL || i == MOST_PRODUCTS) {
		free(name);
	} else if (i < p->n) {
		p->list[i].articles++;
		free(name);
	} else {
		p->list = xgrow(p->list, p->n, &p->cap, sizeof *p->list);
		p->list[p->n++] = (struct product){.name = name, .articles = 1};
	}
}

const char *products_name(const struct products *p)
{
	const struct product *most = NULL;

	for (size_t i = 0; i < p->n; i++)
		if (most == NULL || p->list[i].articles > most->articles)
			most = &p->list[i];
	return most != NULL && 2 * most->articles >= p->articles ? most->name : NULL;
}
