/* SPDX-License-Identifier: ISC */
/*
 * Checks a whole knowledge file: every page and structure (SQLite does), and every row by
 * reading it as the wizard would.
 */
#include "knowledge_private.h"

#include <stdlib.h>
#include <string.h>

static int verify_article(struct knowledge *k, uint32_t number, struct err *err)
{
	struct article *article = knowledge_article(k, number, err);
	struct advices advices = {.list = NULL};
	struct facts facts = {.list = NULL};
	char *words = NULL;
	int result = -1;

	if (article == NULL || knowledge_facts(k, number, &facts, err) < 0 ||
	    knowledge_advice(k, number, &advices, err) < 0)
		goto out;
	words = knowledge_signature(k, number, err);
	result = words == NULL ? -1 : 0;
out:
	free(words);
	advices_fini(&advices);
	facts_fini(&facts);
	article_free(article);
	return result;
}

/* Every value of an open question, in the order of their bytes, finds itself. */
static int verify_values(struct knowledge *k, size_t question, uint32_t n, struct err *err)
{
	char *last = NULL;
	int result = 0;

	for (uint32_t id = 0; id < n && result == 0; id++) {
		char *value = knowledge_value_text(k, question, id, err);
		uint32_t found = n;

		if (value == NULL || knowledge_value(k, question, value, &found, err) < 0)
			result = -1;
		else if (found != id || (last != NULL && strcmp(last, value) >= 0))
			result = db_damaged(
			    k->db, err, "value %u of question %zu", id, question);
		free(last);
		last = value;
	}
	free(last);
	return result;
}

/* Every word and who holds it; together they weigh what all articles do. */
static int verify_words(struct knowledge *k, struct err *err)
{
	struct query *q = db_query(k->db, "SELECT token FROM word", err);
	uint64_t mass = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		char *token = query_text(q, 0);
		struct holders holders;
		int result = knowledge_holders(k, token, &holders, err);

		free(token);
		if (result < 0) {
			more = -1;
			break;
		}
		mass += holders.mass;
		holders_fini(&holders);
	}
	query_end(q);
	if (more == 0 && mass != k->mass)
		more = db_damaged(k->db, err, "the weights of its words");
	return more;
}

static int verify_counts(struct knowledge *k, struct err *err)
{
	struct query *q = db_query(k->db, "SELECT count(*) FROM article", err);
	int result;

	if (q == NULL)
		return -1;
	result = query_step(q, err);
	if (result > 0) {
		query_number(q, 0, k->narticles, k->narticles);
		result = query_step(q, err);
	}
	query_end(q);
	return result;
}

int knowledge_verify(struct knowledge *k, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	const struct casetable *table;

	if (questions == NULL || db_verify(k->db, err) < 0 || verify_counts(k, err) < 0)
		return -1;
	table = knowledge_casetable(k, err);
	if (table == NULL || knowledge_tree(k, err) == NULL ||
	    knowledge_lengths(k, err) == NULL || knowledge_needs(k, err) == NULL ||
	    verify_words(k, err) < 0)
		return -1;
	for (uint32_t i = 0; i < k->narticles; i++)
		if (verify_article(k, i, err) < 0)
			return -1;
	for (size_t i = 0; i < questions->n; i++)
		if (question_is_open(&questions->list[i]) &&
		    verify_values(k, i, table->columns[i].nvalues, err) < 0)
			return -1;
	return 0;
}
