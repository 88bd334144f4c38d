/* SPDX-License-Identifier: ISC */
/* Fuzzing target: an article as understood, its facts with their evidence and its advice. */
#include <stdlib.h>
#include <string.h>

#include "../../decision/words.h"
#include "../../kb/parse.h"
#include "../reading.h"
#include "fuzz.h"

static struct reading_kit kit;
static FILE *nowhere;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	kit_open(&kit, "kb/exchange.yaml");
	nowhere = fopen("/dev/null", "w");
	return nowhere == NULL;
}

static void check_facts(const struct facts *facts, size_t nlines)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->list[i];
		const struct question *q = &kit.questions->list[f->question];

		fuzz_require(f->question < kit.questions->n, "a question that exists");
		fuzz_require(
		    f->answer >= 0 ? (size_t)f->answer < q->nanswers : f->value != NULL,
		    "an answer or a value");
		fuzz_require(f->line >= 1 && f->line <= nlines, "line of a fact");
		fuzz_require(f->quote != NULL && f->quote[0] != '\0' &&
				 strchr(f->quote, '\n') == NULL,
		    "a quotation of one line");
		fuzz_require_clean(f->quote);
		fuzz_require_clean(f->value);
	}
}

static void check_advice(const struct advices *advices, size_t nlines)
{
	for (size_t i = 0; i < advices->n; i++) {
		const struct advice *a = &advices->list[i];

		fuzz_require(a->kind < ADVICE_NKINDS, "kind of advice");
		fuzz_require(a->line >= 1 && a->line <= nlines, "line of advice");
		fuzz_require(a->text != NULL && (a->text[0] != '\0' || a->nsteps > 0),
		    "advice says something");
		fuzz_require_clean(a->text);
		for (size_t k = 0; k < a->nsteps; k++)
			fuzz_require_clean(a->steps[k]);
		for (size_t k = 0; k < a->napplies; k++)
			fuzz_require(a->applies[k].question < kit.questions->n &&
					 a->applies[k].answers != 0,
			    "a condition on answers");
	}
}

static void read_article(const struct article *article, size_t nlines)
{
	unsigned long limits = pattern_limits_hit();
	struct advices advices = {.list = NULL};
	struct facts facts = {.list = NULL};
	char *words;

	facts_extract(&facts, kit.recognisers, kit.questions, article);
	check_facts(&facts, nlines);
	facts_print(nowhere, &facts, kit.questions);
	advice_extract(&advices, kit.advisor, article);
	check_advice(&advices, nlines);
	advices_print(nowhere, &advices, kit.questions);
	words = words_signature(article);
	fuzz_require_clean(words);
	fuzz_require(pattern_limits_hit() == limits, "no pattern runs away");
	free(words);
	advices_fini(&advices);
	facts_fini(&facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct article *article;
	struct scan scan;
	struct diag diag;

	diag_init(&diag);
	scan_bytes(&scan, (const char *)data, size);
	article = parse_lines(&scan, "article.txt", &diag);
	if (article != NULL)
		read_article(article, scan.nlines);
	article_free(article);
	scan_fini(&scan);
	diag_fini(&diag);
	return 0;
}
