/* SPDX-License-Identifier: ISC */
/* A knowledge file read whole, as the wizard reads it, printed as one text to compare. */
#include <stdio.h>
#include <stdlib.h>

#include "../decision/knowledge.h"
#include "../decision/words.h"
#include "library.h"

static void print_questions(FILE *out, const struct questions *questions)
{
	for (size_t i = 0; i < questions->n; i++) {
		const struct question *q = &questions->list[i];

		fprintf(out, "%s %s %s %s %u %g %d\n", q->key, q->ask, q->say, q->find,
		    q->sections, q->cost, q->silent);
		for (size_t j = 0; j < q->nanswers; j++)
			fprintf(out, "  %s %s %zu\n", q->answers[j].key,
			    q->answers[j].label, q->answers[j].patterns.n);
	}
}

static int print_article(FILE *out, struct knowledge *k, uint32_t number, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	struct article *article = knowledge_article(k, number, err);
	struct advices advices = {.list = NULL};
	struct facts facts = {.list = NULL};
	int result = -1;

	if (questions == NULL || article == NULL ||
	    knowledge_facts(k, number, &facts, err) < 0 ||
	    knowledge_advice(k, number, &advices, err) < 0)
		goto out;
	article_print(out, article);
	for (size_t i = 0; i < facts.n; i++)
		fprintf(out, "fact %zu %d %s %u %s\n", facts.list[i].question,
		    facts.list[i].answer,
		    facts.list[i].value == NULL ? "-" : facts.list[i].value,
		    facts.list[i].line, facts.list[i].quote);
	for (size_t i = 0; i < advices.n; i++)
		fprintf(out, "advice %d %u %s\n", (int)advices.list[i].kind,
		    advices.list[i].risks, advices.list[i].text);
	result = 0;
out:
	advices_fini(&advices);
	facts_fini(&facts);
	article_free(article);
	return result;
}

static int print_words(FILE *out, struct knowledge *k, struct err *err)
{
	struct word_matches matches;

	if (words_match(
		&matches, k, "E_JAM -1018: the printer beeps, toner leaks", 0, err) < 0)
		return -1;
	for (size_t i = 0; i < matches.n; i++)
		fprintf(out, "%u %g\n", matches.list[i].article, matches.list[i].ratio);
	word_matches_fini(&matches);
	return 0;
}

static int print_values(
    FILE *out, struct knowledge *k, const struct casetable *table, struct err *err)
{
	for (size_t q = 0; q < table->ncolumns; q++)
		for (uint32_t id = 0; id < table->columns[q].nvalues; id++) {
			char *value = knowledge_value_text(k, q, id, err);
			uint32_t found = UINT32_MAX;
			int known =
			    value == NULL ? -1 : knowledge_value(k, q, value, &found, err);

			fprintf(out, "value %s %d %u\n", value == NULL ? "" : value, known,
			    found);
			free(value);
			if (known < 0)
				return -1;
		}
	return 0;
}

/* Everything there is to read. */
static int print_all(FILE *out, const char *path, struct err *err)
{
	struct knowledge *k = knowledge_open(path, err);
	const struct questions *questions;
	const struct casetable *table;
	const struct tree *tree;
	int result = -1;

	if (k == NULL || (questions = knowledge_questions(k, err)) == NULL ||
	    (table = knowledge_casetable(k, err)) == NULL ||
	    (tree = knowledge_tree(k, err)) == NULL)
		goto out;
	fprintf(out, "%s %s %s %u\n", knowledge_name(k), knowledge_about(k),
	    knowledge_fingerprint(k), knowledge_narticles(k));
	print_questions(out, questions);
	casetable_print(out, table, questions);
	for (size_t i = 0; i < tree->n; i++)
		fprintf(out, "node %u %d %g\n", tree->nodes[i].parent,
		    tree->nodes[i].decision.question, tree->nodes[i].best);
	for (uint32_t i = 0; i < knowledge_narticles(k); i++)
		if (print_article(out, k, i, err) < 0)
			goto out;
	if (print_words(out, k, err) == 0)
		result = print_values(out, k, table, err);
out:
	knowledge_close(k);
	return result;
}

char *library_print(const char *path, struct err *err)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	int result = out == NULL ? -1 : print_all(out, path, err);

	if (out != NULL)
		fclose(out);
	if (result == 0)
		return text;
	free(text);
	return NULL;
}
