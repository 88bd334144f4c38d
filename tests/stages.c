/* SPDX-License-Identifier: ISC */
/*
 * Prints one stage of reading an article as text, for goldens.sh to compare:
 *
 *	stages article|diag FILE
 *	stages facts|advice FILE QUESTIONS.yaml
 */
#include <stdio.h>
#include <string.h>

#include "../decision/advice.h"
#include "../decision/extract.h"
#include "../kb/parse.h"

struct run {
	struct diag diag; /* of the article */
	struct article *article;
	struct questions *questions;
	struct recognisers *recognisers;
	struct err err;
};

static int stage_article(struct run *run)
{
	if (run->article)
		article_print(stdout, run->article);
	return 0;
}

/* Under the name of the file alone, so that no folder stands in a golden. */
static int stage_diag(struct run *run)
{
	size_t i;

	for (i = 0; i < run->diag.n; i++) {
		char *file = run->diag.list[i].file;
		const char *slash = strrchr(file, '/');

		if (slash)
			memmove(file, slash + 1, strlen(slash));
	}
	diag_print(stdout, &run->diag, DIAG_NOTE);
	return 0;
}

static int stage_facts(struct run *run)
{
	struct facts facts = {.list = NULL};

	if (!run->article)
		return 0;
	facts_extract(&facts, run->recognisers, run->questions, run->article);
	facts_print(stdout, &facts, run->questions);
	facts_fini(&facts);
	return 0;
}

static int stage_advice(struct run *run)
{
	struct advices advices = {.list = NULL};
	struct advisor *advisor;

	if (!run->article)
		return 0;
	advisor = advisor_new(run->questions, run->recognisers, &run->err);
	if (!advisor)
		return -1;
	advice_extract(&advices, advisor, run->article);
	advices_print(stdout, &advices, run->questions);
	advices_fini(&advices);
	advisor_free(advisor);
	return 0;
}

static const struct stage {
	const char *name;
	int (*print)(struct run *);
	int nargs; /* with the questions file: 2 */
} stages[] = {
    {"article", stage_article, 1},
    {"diag", stage_diag, 1},
    {"facts", stage_facts, 2},
    {"advice", stage_advice, 2},
};

static int run_read_questions(struct run *run, const char *path)
{
	struct diag diag;

	diag_init(&diag);
	run->questions = questions_read(path, &diag, &run->err);
	diag_print(stderr, &diag, DIAG_NOTE);
	diag_fini(&diag);
	if (run->questions)
		run->recognisers = recognisers_new(run->questions, NULL, &run->err);
	return run->recognisers ? 0 : -1;
}

static int run_stage(const struct stage *stage, char *args[])
{
	struct run run = {.article = NULL};
	int rc = 0;

	diag_init(&run.diag);
	run.article = parse_file(args[0], &run.diag);
	if (stage->nargs > 1)
		rc = run_read_questions(&run, args[1]);
	if (rc == 0)
		rc = stage->print(&run);
	if (rc < 0)
		fprintf(stderr, "stages: %s\n", err_text(&run.err));
	article_free(run.article);
	recognisers_free(run.recognisers);
	questions_free(run.questions);
	diag_fini(&run.diag);
	err_fini(&run.err);
	return rc < 0 ? 1 : 0;
}

int main(int argc, char *argv[])
{
	size_t i;

	for (i = 0; argc > 2 && i < sizeof stages / sizeof stages[0]; i++)
		if (strcmp(argv[1], stages[i].name) == 0 && argc - 2 == stages[i].nargs)
			return run_stage(&stages[i], argv + 2);
	fputs("usage: stages article|diag FILE\n"
	      "       stages facts|advice FILE QUESTIONS.yaml\n",
	    stderr);
	return 64;
}
