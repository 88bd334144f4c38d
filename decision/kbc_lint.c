/* SPDX-License-Identifier: ISC */
/* kbc lint: what an author should mend, every level, in the order of the files. */

#include <stdio.h>

#include "../kb/collect.h"
#include "kbc.h"

static void lint_article(struct sources *s, const char *path)
{
	struct understanding u;

	if (!sources_read(s, path, &u))
		return;
	if (u.facts.n == 0)
		diag_report(&s->diag, DIAG_FACTS_NONE, path, 0, 0, NULL, NULL);
	if (u.is_list)
		diag_report(&s->diag, DIAG_ARTICLE_LIST, path, 0, 0, NULL, NULL);
	else if (u.advice.n == 0)
		diag_report(&s->diag, DIAG_ADVICE_NONE, path, 0, 0, NULL, NULL);
	understanding_fini(&u);
}

static int lint_all(struct sources *s, const struct options *o, struct err *err)
{
	struct collection files = {0};
	int result = collect_paths(&files, o->args, o->nargs, err);

	for (size_t i = 0; result == 0 && i < files.n; i++)
		lint_article(s, files.paths[i]);
	if (result == 0 && s->curated != NULL)
		curated_report_unused(s->curated, &s->diag);
	collect_fini(&files);
	return result;
}

int kbc_lint(const struct options *o)
{
	struct sources s;
	struct err err = {0};
	int status = 0;

	if (sources_open(&s, o, &err) == -1 || lint_all(&s, o, &err) == -1)
		status = kbc_fail(&err);
	diag_print(stdout, &s.diag, DIAG_NOTE);
	printf("%zu errors, %zu warnings, %zu notes\n", s.diag.count[DIAG_ERROR],
	    s.diag.count[DIAG_WARNING], s.diag.count[DIAG_NOTE]);
	if (status == 0 && s.diag.count[DIAG_ERROR] > 0)
		status = KBC_FAULTS;
	sources_close(&s);
	return status;
}
