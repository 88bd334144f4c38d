/* SPDX-License-Identifier: ISC */
/*
 * The curated file: its schema and its checks. What names an unknown question or answer is
 * reported here, once; curated.c passes over it.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "curated_private.h"

#define WORDS_MAX 256
#define PROSE_MAX 8192
#define LIST_MAX 256
#define ENTRIES_MAX 65536

#define REQUIRED CYAML_FLAG_DEFAULT
#define OPTIONAL CYAML_FLAG_OPTIONAL
#define LIST (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_strval_t kind_names[] = {
#define X(kind, name) {name, ADVICE_##kind},
    ADVICE_LIST(X)
#undef X
};

static const cyaml_strval_t risk_bits[] = {
#define X(kind, name, first) {name, 1u << RISK_##kind},
    RISK_LIST(X)
#undef X
};

static const cyaml_schema_value_t words_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, WORDS_MAX),
};

static const cyaml_schema_value_t prose_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, PROSE_MAX),
};

static const cyaml_schema_field_t fact_fields[] = {
    CYAML_FIELD_STRING_PTR("question", REQUIRED, struct statement, question, 1, WORDS_MAX),
    CYAML_FIELD_SEQUENCE_COUNT("answers", CYAML_FLAG_POINTER, struct statement, answers,
	nanswers, &words_schema, 1, LIST_MAX),
    CYAML_FIELD_STRING_PTR("quote", OPTIONAL, struct statement, quote, 1, PROSE_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t fact_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct statement, fact_fields),
};

static const cyaml_schema_field_t condition_fields[] = {
    CYAML_FIELD_STRING_PTR("question", REQUIRED, struct statement, question, 1, WORDS_MAX),
    CYAML_FIELD_SEQUENCE_COUNT("answers", CYAML_FLAG_POINTER, struct statement, answers,
	nanswers, &words_schema, 1, LIST_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t condition_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct statement, condition_fields),
};

static const cyaml_schema_field_t risks_fields[] = {
    CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT, struct added_risks, kind, kind_names,
	CYAML_ARRAY_LEN(kind_names)),
    CYAML_FIELD_FLAGS("risks", CYAML_FLAG_STRICT, struct added_risks, risks, risk_bits,
	CYAML_ARRAY_LEN(risk_bits)),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t risks_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct added_risks, risks_fields),
};

static const cyaml_schema_field_t advice_fields[] = {
    CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT, struct added_advice, kind, kind_names,
	CYAML_ARRAY_LEN(kind_names)),
    CYAML_FIELD_SEQUENCE_COUNT("applies", LIST, struct added_advice, applies, napplies,
	&condition_schema, 0, LIST_MAX),
    CYAML_FIELD_STRING_PTR("quote", OPTIONAL, struct added_advice, quote, 1, PROSE_MAX),
    CYAML_FIELD_STRING_PTR("text", OPTIONAL, struct added_advice, text, 1, PROSE_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"steps", LIST, struct added_advice, steps, nsteps, &prose_schema, 0, LIST_MAX),
    CYAML_FIELD_FLAGS("risks", CYAML_FLAG_STRICT | OPTIONAL, struct added_advice, risks,
	risk_bits, CYAML_ARRAY_LEN(risk_bits)),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t advice_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct added_advice, advice_fields),
};

static const cyaml_schema_field_t entry_fields[] = {
    CYAML_FIELD_STRING_PTR("id", REQUIRED, struct entry, id, 1, WORDS_MAX),
    CYAML_FIELD_STRING_PTR("why", REQUIRED, struct entry, why, 1, PROSE_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"forget", LIST, struct entry, forget, nforget, &words_schema, 0, LIST_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"facts", LIST, struct entry, facts, nfacts, &fact_schema, 0, LIST_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"risks", LIST, struct entry, risks, nrisks, &risks_schema, 0, LIST_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"advice", LIST, struct entry, advice, nadvice, &advice_schema, 0, LIST_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t entry_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct entry, entry_fields),
};

static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_SEQUENCE_COUNT("articles", CYAML_FLAG_POINTER, struct entries, list, n,
	&entry_schema, 0, ENTRIES_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct entries, file_fields),
};

int curated_node(const struct curated *c, int node, const char *key, size_t i)
{
	return yamlfile_item(c->yaml, yamlfile_value(c->yaml, node, key), i);
}

int curated_entry_node(const struct curated *c, size_t i)
{
	return curated_node(c, yamlfile_root(c->yaml), "articles", i);
}

bool curated_answer(const struct questions *qs, size_t question, const char *text,
    int *answer, char **value)
{
	const struct question *q = &qs->list[question];
	bool text_wanted = question_is_open(q) || question_is_sign(q);

	*answer = text_wanted ? -1 : question_answer(q, text);
	*value = text_wanted ? question_canonical(qs, q, text) : NULL;
	return *answer >= 0 || *value != NULL;
}

static void statement_check(const struct curated *c, const struct questions *qs, int node,
    const struct statement *s, bool choice_only, struct diag *diag)
{
	int question = questions_find(qs, s->question), answer;
	char *value;

	if (question < 0) {
		yamlfile_report(c->yaml, diag, DIAG_CURATED_QUESTION,
		    yamlfile_value(c->yaml, node, "question"), "no question \"%s\"",
		    s->question);
		return;
	}
	if (choice_only && qs->list[question].nanswers == 0)
		yamlfile_report(c->yaml, diag, DIAG_CURATED_QUESTION,
		    yamlfile_value(c->yaml, node, "question"),
		    "advice cannot depend on the open question \"%s\"", s->question);
	for (size_t i = 0; i < s->nanswers; i++) {
		if (!curated_answer(qs, (size_t)question, s->answers[i], &answer, &value))
			yamlfile_report(c->yaml, diag, DIAG_CURATED_QUESTION,
			    curated_node(c, node, "answers", i),
			    "question \"%s\" has no answer \"%s\"", s->question,
			    s->answers[i]);
		free(value);
	}
}

static void advice_check(const struct curated *c, const struct questions *qs, int node,
    const struct added_advice *a, struct diag *diag)
{
	for (size_t i = 0; i < a->napplies; i++)
		statement_check(
		    c, qs, curated_node(c, node, "applies", i), &a->applies[i], true, diag);
	if (a->quote == NULL && a->text == NULL)
		yamlfile_report(c->yaml, diag, DIAG_YAML_SCHEMA, node,
		    "advice needs a quote, a text, or both");
}

static void entry_check(
    const struct curated *c, const struct questions *qs, size_t i, struct diag *diag)
{
	const struct entry *e = &c->entries->list[i];
	int node = curated_entry_node(c, i);

	for (size_t k = 0; k < e->nforget; k++)
		if (questions_find(qs, e->forget[k]) < 0)
			yamlfile_report(c->yaml, diag, DIAG_CURATED_QUESTION,
			    curated_node(c, node, "forget", k), "no question \"%s\"",
			    e->forget[k]);
	for (size_t k = 0; k < e->nfacts; k++)
		statement_check(
		    c, qs, curated_node(c, node, "facts", k), &e->facts[k], false, diag);
	for (size_t k = 0; k < e->nadvice; k++)
		advice_check(
		    c, qs, curated_node(c, node, "advice", k), &e->advice[k], diag);
}

struct id_place {
	const char *id;
	size_t i;
};

static int id_place_compare(const void *left, const void *right)
{
	const struct id_place *a = left, *b = right;
	int order = strcmp(a->id, b->id);

	return order != 0 ? order : (a->i > b->i) - (a->i < b->i);
}

static void entries_sort(struct curated *c)
{
	size_t n = c->entries->n;
	struct id_place *places = xcalloc(n, sizeof *places);

	for (size_t i = 0; i < n; i++)
		places[i] = (struct id_place){.id = c->entries->list[i].id, .i = i};
	qsort(places, n, sizeof *places, id_place_compare);
	c->by_id = xcalloc(n, sizeof *c->by_id);
	for (size_t i = 0; i < n; i++)
		c->by_id[i] = places[i].i;
	free(places);
}

struct curated *curated_read(
    const char *path, const struct questions *qs, struct diag *diag, struct err *err)
{
	struct curated *c = xcalloc(1, sizeof *c);
	cyaml_data_t *data = NULL;

	c->yaml = yamlfile_read(path, diag, err);
	if (c->yaml == NULL || yamlfile_load(c->yaml, &file_schema, &data, diag, err) < 0) {
		curated_free(c);
		return NULL;
	}
	c->entries = data;
	c->used = xcalloc(c->entries->n + 1, sizeof *c->used);
	entries_sort(c);
	for (size_t i = 0; i < c->entries->n; i++)
		entry_check(c, qs, i, diag);
	return c;
}

void curated_free(struct curated *c)
{
	if (c == NULL)
		return;
	yamlfile_unload(&file_schema, c->entries);
	yamlfile_free(c->yaml);
	free(c->used);
	free(c->by_id);
	free(c);
}

void curated_report_unused(const struct curated *c, struct diag *diag)
{
	for (size_t i = 0; i < c->entries->n; i++)
		if (!c->used[i])
			yamlfile_report(c->yaml, diag, DIAG_CURATED_ARTICLE,
			    yamlfile_value(c->yaml, curated_entry_node(c, i), "id"), "%s",
			    c->entries->list[i].id);
}
