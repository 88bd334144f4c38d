/* SPDX-License-Identifier: ISC */
/* Case tables for the tests of the engine. */
#include "table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

#define NOTHING "none"
#define UNKNOWN "unknown"

/* splitmix64: small, and every seed is a good one. */
static uint64_t random_next(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint32_t table_below(uint64_t *seed, uint32_t n)
{
	return (uint32_t)((random_next(seed) >> 32) * n >> 32);
}

double table_fraction(uint64_t *seed)
{
	return (double)(random_next(seed) >> 11) / 9007199254740992.0;
}

/* Calls `each` for every blank-separated word of text. */
static void each_word(
    const char *text, void (*each)(void *arg, const char *word), void *arg)
{
	char *copy = xstrdup(text == NULL ? "" : text), *rest = copy, *word;

	while ((word = strsep(&rest, " ")) != NULL)
		if (*word != '\0')
			each(arg, word);
	free(copy);
}

/* Cuts "key=value" or "key:value" in two; the value is "" where there is none. */
static char *cut(char *word, char at)
{
	char *value = strchr(word, at);

	if (value == NULL)
		return word + strlen(word);
	*value = '\0';
	return value + 1;
}

static void question_add_answer(struct question *q, const char *key, double share)
{
	q->answers = xrealloc_array(q->answers, q->nanswers + 1, sizeof *q->answers);
	q->answers[q->nanswers++] = (struct answer){
	    .key = xstrdup(key),
	    .label = xstrdup(key),
	    .share = share,
	};
}

static void add_answer(void *arg, const char *word)
{
	char *key = xstrdup(word), *share = cut(key, ':');

	question_add_answer(arg, key, *share != '\0' ? strtod(share, NULL) : 1);
	free(key);
}

static struct questions *questions_new(const struct table_question *from, size_t n)
{
	struct questions *questions = xcalloc(1, sizeof *questions);

	questions->list = xcalloc(n, sizeof *questions->list);
	questions->n = n;
	for (size_t i = 0; i < n; i++) {
		struct question *q = &questions->list[i];

		q->key = xstrdup(from[i].key);
		q->kind = from[i].kind;
		q->recogniser = from[i].recogniser;
		q->error = from[i].error;
		q->unknown = from[i].unknown;
		q->cost = q->cost_phone = from[i].cost > 0 ? from[i].cost : 1;
		each_word(from[i].answers, add_answer, q);
		q->silent =
		    from[i].silent == NULL ? -1 : question_answer(q, from[i].silent);
	}
	return questions;
}

/* Facts of one article as they are read from text. */
struct reading {
	const struct questions *questions;
	struct facts facts;
	uint64_t variants;
};

static void facts_append(
    struct facts *facts, size_t question, int answer, const char *value)
{
	facts->list = xgrow(facts->list, facts->n, &facts->cap, sizeof *facts->list);
	facts->list[facts->n++] = (struct fact){
	    .question = question,
	    .answer = answer,
	    .value = xstrdup(value),
	};
}

static void add_fact(void *arg, const char *word)
{
	struct reading *reading = arg;
	char *key = xstrdup(word), *value = cut(key, '=');
	int question = questions_find(reading->questions, key);
	const struct question *q;

	assert(question >= 0);
	q = &reading->questions->list[question];
	if (question_is_open(q) || question_is_sign(q)) {
		for (char *c = value; question_is_sign(q) && *c != '\0'; c++)
			*c = *c == '_' ? ' ' : *c;
		facts_append(&reading->facts, (size_t)question, -1, value);
	} else {
		assert(question_answer(q, value) >= 0);
		facts_append(
		    &reading->facts, (size_t)question, question_answer(q, value), NULL);
	}
	free(key);
}

static void add_variant(void *arg, const char *key)
{
	struct reading *reading = arg;

	reading->variants |= UINT64_C(1) << questions_find(reading->questions, key);
}

static void reading_clear(struct reading *reading)
{
	for (size_t i = 0; i < reading->facts.n; i++)
		free(reading->facts.list[i].value);
	reading->facts.n = 0;
	reading->variants = 0;
}

static void take_value(void *arg, size_t question, uint32_t id, const char *value)
{
	struct values *values = arg;

	(void)id;
	values->list = xgrow(values->list, values->n, &values->cap, sizeof *values->list);
	values->list[values->n++] =
	    (struct value){.question = question, .text = xstrdup(value)};
}

static void table_finish(
    struct table *table, struct casetable_builder *builder, struct reading *reading)
{
	table->cases = casetable_builder_finish(builder, take_value, &table->values);
	reading_clear(reading);
	free(reading->facts.list);
}

struct table *table_new(const struct table_question *questions, size_t nquestions,
    const struct table_article *articles, size_t narticles)
{
	struct table *table = xcalloc(1, sizeof *table);
	struct reading reading = {0};
	struct casetable_builder *builder;

	table->questions = questions_new(questions, nquestions);
	reading.questions = table->questions;
	builder = casetable_builder_new(table->questions);
	for (size_t i = 0; i < narticles; i++) {
		reading_clear(&reading);
		each_word(articles[i].facts, add_fact, &reading);
		each_word(articles[i].variants, add_variant, &reading);
		casetable_builder_add(builder, &reading.facts,
		    articles[i].weight > 0 ? articles[i].weight : 1, reading.variants);
	}
	table_finish(table, builder, &reading);
	return table;
}

/*
 * Every third question is open, the second one shows signs; one in four choices has a meaning
 * for silence.
 */
static struct questions *questions_random(uint64_t *seed, size_t n)
{
	struct questions *questions = xcalloc(1, sizeof *questions);

	questions->list = xcalloc(n, sizeof *questions->list);
	questions->n = n;
	for (size_t i = 0; i < n; i++) {
		struct question *q = &questions->list[i];
		uint32_t nanswers = 2 + table_below(seed, i % 6 == 0 ? 16 : 5);

		q->key = xasprintf("q%zu", i);
		q->kind = i % 3 == 2 ? QUESTION_CODE : QUESTION_CHOICE;
		q->error = 0.01 + 0.2 * table_fraction(seed);
		q->unknown = 0.3 * table_fraction(seed);
		q->cost = 0.2 + 2 * table_fraction(seed);
		q->cost_phone = 2 * q->cost;
		q->silent = -1;
		if (i == 1)
			q->recogniser = RECOGNISE_SIGN;
		if (question_is_open(q) || question_is_sign(q))
			continue;
		for (uint32_t v = 0; v < nanswers; v++) {
			char *key = xasprintf("a%u", v);

			question_add_answer(q, key, 0.1 + table_fraction(seed));
			free(key);
		}
		if (table_below(seed, 4) == 0)
			q->silent = (int)table_below(seed, nanswers);
	}
	return questions;
}

/* Silent one time in three; else one to three answers, or values of which many are rare. */
static void add_facts_random(
    struct reading *reading, uint64_t *seed, size_t question, uint32_t narticles)
{
	const struct question *q = &reading->questions->list[question];
	uint32_t n = table_below(seed, 3) == 0 ? 0 : 1 + table_below(seed, 3);

	if (question_is_sign(q)) {
		char *words = xasprintf("a%u b%u c%u d%u e%u", table_below(seed, 9),
		    table_below(seed, 9), table_below(seed, 9), table_below(seed, 9),
		    table_below(seed, 9));

		if (n > 0)
			facts_append(&reading->facts, question, -1, words);
		free(words);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (question_is_open(q)) {
			double rare = table_fraction(seed);
			char *value =
			    xasprintf("%u", (unsigned)(rare * rare * (narticles + 1)));

			facts_append(&reading->facts, question, -1, value);
			free(value);
		} else {
			facts_append(&reading->facts, question,
			    (int)table_below(seed, (uint32_t)q->nanswers), NULL);
		}
	}
}

struct table *table_random(uint64_t seed, size_t nquestions, uint32_t narticles)
{
	struct table *table = xcalloc(1, sizeof *table);
	struct reading reading = {0};
	struct casetable_builder *builder;

	table->questions = questions_random(&seed, nquestions);
	reading.questions = table->questions;
	builder = casetable_builder_new(table->questions);
	for (uint32_t a = 0; a < narticles; a++) {
		reading_clear(&reading);
		for (size_t q = 0; q < nquestions; q++)
			add_facts_random(&reading, &seed, q, narticles);
		if (table_below(&seed, 5) == 0)
			reading.variants =
			    UINT64_C(1)
			    << 3 * table_below(&seed, (uint32_t)(nquestions + 2) / 3);
		casetable_builder_add(
		    builder, &reading.facts, 0.5 + table_fraction(&seed), reading.variants);
	}
	table_finish(table, builder, &reading);
	return table;
}

void table_free(struct table *table)
{
	for (size_t i = 0; i < table->values.n; i++)
		free(table->values.list[i].text);
	free(table->values.list);
	casetable_free(table->cases);
	questions_free(table->questions);
	free(table);
}

static uint32_t table_value(const struct table *table, size_t question, const char *text)
{
	uint32_t id = 0;

	for (size_t i = 0; i < table->values.n; i++) {
		if (table->values.list[i].question != question)
			continue;
		if (strcmp(table->values.list[i].text, text) == 0)
			return id;
		id++;
	}
	return BELIEF_NO_VALUE;
}

struct evidence table_evidence(const struct table *table, const char *given)
{
	char *key = xstrdup(given), *value = cut(key, '=');
	int question = questions_find(table->questions, key);
	struct evidence e = {.question = (size_t)question, .answer = -1};
	const struct question *q;

	assert(question >= 0);
	q = &table->questions->list[question];
	if (strcmp(value, UNKNOWN) == 0) {
		e.kind = EVIDENCE_UNKNOWN;
	} else if (!question_is_open(q)) {
		e.kind = EVIDENCE_ANSWER;
		e.answer = question_answer(q, value);
		assert(e.answer >= 0);
	} else if (strcmp(value, NOTHING) == 0) {
		e.kind = EVIDENCE_NONE;
	} else {
		e.kind = EVIDENCE_VALUE;
		e.value = table_value(table, e.question, value);
	}
	free(key);
	return e;
}

/* A session as it is read from text. */
struct believing {
	const struct table *table;
	struct belief *belief;
	uint64_t asked;
};

static void add_evidence(void *arg, const char *word)
{
	struct believing *b = arg;
	struct evidence e = table_evidence(b->table, word);

	belief_update(b->belief, b->table->cases, b->table->questions, &e);
	b->asked |= UINT64_C(1) << e.question;
}

struct belief *table_believe(const struct table *table, const char *given, uint64_t *asked)
{
	struct believing b = {.table = table, .belief = belief_new(table->cases)};

	each_word(given, add_evidence, &b);
	if (asked != NULL)
		*asked = b.asked;
	return b.belief;
}

struct evidence table_evidence_random(
    const struct table *table, uint64_t *seed, size_t question)
{
	const struct column *column = &table->cases->columns[question];
	struct evidence e = {.question = question, .answer = -1};
	uint32_t kind = table_below(seed, 10);

	if (kind == 0) {
		e.kind = EVIDENCE_UNKNOWN;
	} else if (column->sketch != NULL) {
		e.kind = kind < 5 ? EVIDENCE_SIGN : EVIDENCE_REJECTED;
		e.value = e.shown.article[0] = table_below(seed, table->cases->narticles);
		e.shown.n = 1;
	} else if (!question_is_open(&table->questions->list[question])) {
		e.kind = EVIDENCE_ANSWER;
		e.answer = (int)table_below(seed, (uint32_t)column->nanswers);
	} else if (kind < 3) {
		e.kind = EVIDENCE_NONE;
	} else {
		e.kind = EVIDENCE_VALUE;
		e.value = kind < 5 || column->nvalues == 0
			      ? BELIEF_NO_VALUE
			      : table_below(seed, column->nvalues);
	}
	return e;
}
