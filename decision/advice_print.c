/* SPDX-License-Identifier: ISC */
/* Advice as text: for goldens and `kbc show`. */
#include <string.h>

#include "advice.h"

static void applies_print(FILE *f, const struct advice *a, const struct questions *qs)
{
	for (size_t i = 0; i < a->napplies; i++) {
		const struct question *q = &qs->list[a->applies[i].question];
		const char *between = "=";

		fprintf(f, " %s", q->key);
		for (size_t k = 0; k < q->nanswers; k++) {
			if ((a->applies[i].answers >> k & 1) == 0)
				continue;
			fprintf(f, "%s%s", between, q->answers[k].key);
			between = "|";
		}
	}
}

static void lines_print(FILE *f, const char *indent, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (n > 0)
			fprintf(f, "%s%.*s\n", indent, (int)n, text);
		text += n + (text[n] == '\n');
	}
}

static void advice_print(FILE *f, const struct advice *a, const struct questions *qs)
{
	const char *between = " risk ";

	fprintf(
	    f, "%s [%s %u]", advice_kind_name(a->kind), section_name(a->section), a->line);
	applies_print(f, a, qs);
	for (size_t i = 0; i < RISK_NKINDS; i++) {
		if ((a->risks >> i & 1) == 0)
			continue;
		fprintf(f, "%s%s", between, risk_name((enum risk)i));
		between = ",";
	}
	fputc('\n', f);
	lines_print(f, "    ", a->text);
	for (size_t i = 0; i < a->nsteps; i++) {
		const char *rest = strchr(a->steps[i], '\n');
		size_t n =
		    rest != NULL ? (size_t)(rest - a->steps[i]) : strlen(a->steps[i]);

		fprintf(f, "    %zu. %.*s\n", i + 1, (int)n, a->steps[i]);
		if (rest != NULL)
			lines_print(f, "       ", rest);
	}
}

void advices_print(FILE *f, const struct advices *advices, const struct questions *qs)
{
	for (size_t i = 0; i < advices->n; i++)
		advice_print(f, &advices->list[i], qs);
}
