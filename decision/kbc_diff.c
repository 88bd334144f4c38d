/* SPDX-License-Identifier: ISC */
/* kbc diff: what became of articles, questions and outcomes from one knowledge file to another. */

#include <inttypes.h>
#include <stdio.h>

#include "kbc_diff.h"

static void print_strings(const char *what, const struct strings *strings)
{
	for (size_t i = 0; i < strings->n; i++)
		printf("%-18s %s\n", what, strings->list[i]);
}

static void print_change(const struct change *c)
{
	static const char *const link[CHANGE_NKINDS] = {[CHANGE_MOVED] = " to ",
	    [CHANGE_LONGER] = " by ",
	    [CHANGE_UNREACHABLE] = "",
	    [CHANGE_INDISTINGUISHABLE] = " from "};

	printf("%-18s %s%s%s", change_kind_name(c->kind), c->article, link[c->kind],
	    c->now != NULL ? c->now : "");
	if (c->example != NULL)
		printf("; %.2f %%, %zu path%s: %s", 100 * c->probability, c->paths,
		    c->paths == 1 ? "" : "s", c->example);
	putchar('\n');
}

static void diff_print(const struct diff *d, const struct side *old, const struct side *new)
{
	print_strings("article new", &d->articles_new);
	print_strings("article gone", &d->articles_gone);
	print_strings("question new", &d->questions_new);
	print_strings("question gone", &d->questions_gone);
	for (size_t i = 0; i < d->nchanges; i++)
		print_change(&d->changes[i]);
	if (diff_is_empty(d))
		puts("the same articles, questions and outcomes");
	else
		printf("questions expected %.2f, now %.2f; minutes %.2f, now %.2f\n",
		    old->tree->expected_questions, new->tree->expected_questions,
		    old->tree->expected_cost, new->tree->expected_cost);
}

static int diff_run(
    const struct options *o, struct side *old, struct side *new, struct err *err)
{
	struct diff diff = {.nchanges = 0};
	int status = -1;

	if (side_read(old, err) == 0 && side_read(new, err) == 0 &&
	    diff_find(&diff, old, new, err) == 0) {
		status = diff_is_empty(&diff) ? 0 : KBC_DIFFERENT;
		if (o->json)
			kbc_json_diff(stdout, &diff, old, new);
		else
			diff_print(&diff, old, new);
	}
	diff_fini(&diff);
	return status;
}

int kbc_diff(const struct options *o)
{
	struct side old = {.k = NULL}, new = {.k = NULL};
	struct err err = {0};
	int status = 0;

	old.k = kbc_open(o->args[0], &status);
	if (old.k != NULL)
		new.k = kbc_open(o->args[1], &status);
	if (new.k != NULL) {
		status = diff_run(o, &old, &new, &err);
		if (status == -1)
			status = kbc_fail(&err);
	}
	side_fini(&old);
	side_fini(&new);
	return status;
}
