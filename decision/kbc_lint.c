/* SPDX-License-Identifier: ISC */
/*
 * kbc lint: what an author should mend, every level, in the order of the files; then what
 * only all of them together tell. With --summary, figures instead of messages.
 */

#include <stdio.h>

#include "../kb/collect.h"
#include "kbc_lint.h"

struct lint {
	struct sources sources;
	struct lint_articles *articles;
	struct lint_questions *questions; /* where a questions file is given */
	struct lint_summary *summary; /* where it is asked for */
};

static int lint_open(struct lint *l, const struct options *o, struct err *err)
{
	if (sources_open(&l->sources, o, err) == -1)
		return -1;
	if (o->summary) {
		l->summary = lint_summary_new(l->sources.questions);
		return 0;
	}
	l->articles = lint_articles_new();
	if (o->questions == NULL)
		return 0;
	l->questions = lint_questions_new(l->sources.questions, err);
	return l->questions != NULL ? 0 : -1;
}

static void lint_close(struct lint *l)
{
	lint_summary_free(l->summary);
	lint_questions_free(l->questions);
	lint_articles_free(l->articles);
	sources_close(&l->sources);
}

static void lint_file(struct lint *l, const char *path)
{
	struct understanding u;

	if (!sources_read(&l->sources, path, &u))
		return;
	if (l->summary != NULL)
		lint_summary_add(l->summary, &u);
	if (l->articles != NULL)
		lint_articles_add(l->articles, &u, path, &l->sources.diag);
	if (l->questions != NULL)
		lint_questions_add(l->questions, &u);
	understanding_fini(&u);
}

static int lint_files(struct lint *l, const struct options *o, struct err *err)
{
	struct sources *s = &l->sources;
	struct collection files = {0};
	int result = collect_paths(&files, o->args, o->nargs, &o->exclusion, err);

	for (size_t i = 0; result == 0 && i < files.n; i++)
		lint_file(l, files.paths[i]);
	if (result == 0 && s->curated != NULL)
		curated_report_unused(s->curated, &s->diag);
	if (result == 0 && l->articles != NULL)
		lint_articles_end(l->articles, &s->diag);
	if (result == 0 && l->questions != NULL)
		result = lint_questions_end(l->questions, o->questions, &s->diag, err);
	collect_fini(&files);
	return result;
}

/* Figures are of all that was to be read: there are none where something could not be. */
static void lint_print(const struct lint *l, bool complete)
{
	const struct diag *diag = &l->sources.diag;

	if (complete && l->summary != NULL) {
		lint_summary_print(stdout, l->summary, diag);
		return;
	}
	diag_print(stdout, diag, DIAG_NOTE);
	if (!complete)
		return;
	printf("%zu errors, %zu warnings, %zu notes\n", diag->count[DIAG_ERROR],
	    diag->count[DIAG_WARNING], diag->count[DIAG_NOTE]);
}

int kbc_lint(const struct options *o)
{
	struct lint l = {0};
	struct err err = {0};
	int status = 0;

	if (lint_open(&l, o, &err) == -1 || lint_files(&l, o, &err) == -1)
		status = kbc_fail(&err);
	lint_print(&l, status == 0);
	if (status == 0 && l.sources.diag.count[DIAG_ERROR] > 0)
		status = KBC_FAULTS;
	lint_close(&l);
	return status;
}
