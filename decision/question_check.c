/* SPDX-License-Identifier: ISC */
/* The checks on a questions file that no schema makes. Used by question_read.c. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "advice.h"
#include "pattern.h"
#include "question_check.h"

#define MINUTES_MAX 10000.0

struct check {
	struct questions *questions;
	const struct yamlfile *yaml;
	struct diag *diag;
	size_t nfaults;
};

static void fault(struct check *c, enum diag_code code, int node, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void fault(struct check *c, enum diag_code code, int node, const char *format, ...)
{
	va_list args;

	c->nfaults++;
	va_start(args, format);
	yamlfile_vreport(c->yaml, c->diag, code, node, format, args);
	va_end(args);
}

/* Node of the value of a key, or of the entry itself where the key is left out. */
static int place(const struct check *c, int node, const char *key)
{
	int value = yamlfile_value(c->yaml, node, key);

	return value != 0 ? value : node;
}

static void check_range(
    struct check *c, int node, const char *what, double value, double least, double most)
{
	if (value < least || value > most)
		fault(c, DIAG_QUESTION_RANGE, node, "%s has to be %g to %g, and is %g",
		    what, least, most, value);
}

/* A pattern that matches nothing at all would be found between any two letters. */
static void check_pattern(struct check *c, int node, const char *source)
{
	struct err err = {0};
	struct pattern *pattern = pattern_new(source, &err);

	if (pattern == NULL)
		fault(c, DIAG_PATTERN, node, "%s", err_text(&err));
	else if (pattern_find(pattern, "", 0, 0, NULL, 0))
		fault(c, DIAG_PATTERN, node, "it matches the empty text");
	pattern_free(pattern);
	err_fini(&err);
}

static void check_patterns(
    struct check *c, int node, const char *key, const struct patterns *patterns)
{
	int list = yamlfile_value(c->yaml, node, key);

	for (size_t i = 0; i < patterns->n; i++)
		check_pattern(c, yamlfile_item(c->yaml, list, i), patterns->list[i]);
}

static bool is_key(const char *key, const char *more)
{
	size_t n = 0;

	while ((key[n] >= 'a' && key[n] <= 'z') || (key[n] >= '0' && key[n] <= '9') ||
	       (key[n] != '\0' && strchr(more, key[n]) != NULL))
		n++;
	return n > 0 && key[n] == '\0';
}

static void check_question_key(struct check *c, int node, size_t i)
{
	const char *key = c->questions->list[i].key;
	int at = place(c, node, "key");

	if (!is_key(key, "-"))
		fault(c, DIAG_QUESTION_KEY, at, "\"%s\" has to be of a-z, 0-9 and -", key);
	else if ((strcmp(key, "sign") == 0) != question_is_sign(&c->questions->list[i]))
		fault(c, DIAG_QUESTION_KEY, at,
		    "the key \"sign\" and the recogniser \"sign\" go together");
	else if (questions_find(c->questions, key) != (int)i)
		fault(c, DIAG_QUESTION_KEY, at, "another question has the key \"%s\"", key);
}

/* The suggestions of an open question are values: stored as the session will compare them. */
static bool answer_key_canonical(
    struct check *c, const struct question *q, struct answer *a)
{
	char *value = question_canonical(c->questions, q, a->key);

	if (value == NULL)
		return false;
	free(a->key);
	a->key = value;
	return true;
}

static void check_answer_key(
    struct check *c, int node, struct question *q, struct answer *a)
{
	int at = place(c, node, "key");

	if (strcmp(a->key, "unknown") == 0)
		fault(c, DIAG_QUESTION_ANSWER, at,
		    "\"unknown\" is an answer to every question and is not declared");
	else if (question_is_open(q) && strcmp(a->key, "none") == 0)
		fault(c, DIAG_QUESTION_ANSWER, at,
		    "\"none\" is an answer to every open question and is not declared");
	else if (!question_is_open(q) && !is_key(a->key, "-._"))
		fault(c, DIAG_QUESTION_ANSWER, at,
		    "\"%s\" has to be of a-z, 0-9, -, . and _", a->key);
	else if (question_is_open(q) && !answer_key_canonical(c, q, a))
		fault(c, DIAG_QUESTION_ANSWER, at, "\"%s\" is no %s", a->key,
		    question_kind_name(q->kind));
	else if (question_answer(q, a->key) != (int)(a - q->answers))
		fault(c, DIAG_QUESTION_ANSWER, at, "another answer has the key \"%s\"",
		    a->key);
}

static void check_answer(struct check *c, int node, struct question *q, struct answer *a)
{
	check_answer_key(c, node, q, a);
	if (!isnan(a->share))
		check_range(c, place(c, node, "share"), "share", a->share, 0.0001, 1);
	check_patterns(c, node, "patterns", &a->patterns);
	check_patterns(c, node, "said", &a->said);
	check_patterns(c, node, "except", &a->except);
}

/* Divides what the author left over, and makes the shares sum to 1. */
static void complete_shares(struct check *c, int node, struct question *q)
{
	double sum = 0, left;
	size_t nmissing = 0;

	for (size_t i = 0; i < q->nanswers; i++) {
		if (isnan(q->answers[i].share))
			nmissing++;
		else
			sum += q->answers[i].share;
	}
	left = 1 - sum;
	if (left < -1e-9)
		fault(c, DIAG_QUESTION_RANGE, node,
		    "the shares sum to %g, which is more than 1", sum);
	else if (nmissing > 0 && left < 1e-9)
		fault(c, DIAG_QUESTION_RANGE, node,
		    "the shares sum to 1 and leave nothing for answers without one");
	for (size_t i = 0; i < q->nanswers; i++) {
		double *share = &q->answers[i].share;

		*share = isnan(*share)  ? left / (double)nmissing
			 : nmissing > 0 ? *share
					: *share / sum;
	}
}

static void check_answers(struct check *c, int node, struct question *q)
{
	int list = yamlfile_value(c->yaml, node, "answers");

	if (question_is_sign(q) && q->nanswers > 0)
		fault(c, DIAG_QUESTION_ANSWER, place(c, node, "answers"),
		    "the answers of \"sign\" are sentences of the articles");
	else if (q->kind == QUESTION_CHOICE && q->nanswers < 2 && !question_is_sign(q))
		fault(c, DIAG_QUESTION_ANSWER, place(c, node, "answers"),
		    "a choice needs at least two answers");
	for (size_t i = 0; i < q->nanswers; i++)
		check_answer(c, yamlfile_item(c->yaml, list, i), q, &q->answers[i]);
	complete_shares(c, list, q);
}

/* The kind of question a recogniser finds answers to; -1: any. */
static const int recogniser_kinds[RECOGNISE_NKINDS] = {
    [RECOGNISE_PATTERNS] = -1,
    [RECOGNISE_VERSION] = QUESTION_CHOICE,
    [RECOGNISE_SERVICE_PACK] = QUESTION_CHOICE,
    [RECOGNISE_EVENT_ID] = QUESTION_NUMBER,
    [RECOGNISE_EVENT_SOURCE] = QUESTION_TEXT,
    [RECOGNISE_ERROR_CODE] = QUESTION_CODE,
    [RECOGNISE_MESSAGE] = QUESTION_TEXT,
    [RECOGNISE_SIGN] = QUESTION_CHOICE,
};

static void check_recogniser(struct check *c, int node, const struct question *q)
{
	int kind = recogniser_kinds[q->recogniser];
	bool of_needed =
	    q->recogniser == RECOGNISE_VERSION || q->recogniser == RECOGNISE_SERVICE_PACK;

	if (kind >= 0 && kind != (int)q->kind)
		fault(c, DIAG_QUESTION_NAME, place(c, node, "recogniser"),
		    "recogniser \"%s\" is for questions of kind \"%s\"",
		    recogniser_name(q->recogniser),
		    question_kind_name((enum question_kind)kind));
	if (of_needed && q->of == NULL)
		fault(c, DIAG_QUESTION_NAME, place(c, node, "recogniser"),
		    "recogniser \"%s\" needs \"of\", the pattern of the product",
		    recogniser_name(q->recogniser));
	if (!of_needed && q->of != NULL)
		fault(c, DIAG_QUESTION_NAME, place(c, node, "of"),
		    "\"of\" is read by the recognisers version and service-pack only");
	if (q->of != NULL)
		check_pattern(c, place(c, node, "of"), q->of);
}

static void check_question(struct check *c, int node, size_t i)
{
	struct question *q = &c->questions->list[i];
	int cost = place(c, node, "cost");

	check_question_key(c, node, i);
	check_recogniser(c, node, q);
	check_range(
	    c, place(c, cost, "console"), "cost in minutes", q->cost, 0.01, MINUTES_MAX);
	check_range(c, place(c, cost, "phone"), "cost in minutes", q->cost_phone, 0.01,
	    MINUTES_MAX);
	check_range(c, place(c, node, "unknown"), "unknown", q->unknown, 0, 0.95);
	check_range(c, place(c, node, "error"), "error", q->error, 0, 0.5);
	if (q->variant && question_is_open(q))
		fault(c, DIAG_QUESTION_NAME, place(c, node, "variant"),
		    "only a choice can select between variants of advice");
	check_answers(c, node, q);
}

static bool is_integer(const char *text)
{
	text += *text == '-';
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static void check_symbol(struct check *c, int node, size_t i)
{
	const struct symbol *symbols = c->questions->symbols;
	char *code = code_canonical(symbols[i].code, strlen(symbols[i].code), NULL, 0);

	if (code == NULL || !is_integer(code))
		fault(c, DIAG_QUESTION_RANGE, place(c, node, "code"), "\"%s\" is no number",
		    symbols[i].code);
	free(code);
	for (size_t j = 0; j < i; j++)
		if (strcmp(symbols[j].name, symbols[i].name) == 0) {
			fault(c, DIAG_QUESTION_KEY, place(c, node, "name"),
			    "the symbol \"%s\" is given twice", symbols[i].name);
			return;
		}
}

static bool is_phrase_name(const char *name)
{
	static const char *const more[] = {
	    "drop", "confirmed", "curing", "trigger", "instruction", "reference", "list"};

	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (strcmp(name, more[i]) == 0)
			return true;
	return advice_kind_by_name(name) != ADVICE_NKINDS ||
	       risk_by_name(name) != RISK_NKINDS;
}

/* An entry of the document with n patterns made n phrases, beginning with the i-th. */
static size_t check_phrase(struct check *c, int node, size_t i)
{
	const struct phrase *phrase = &c->questions->phrases[i];
	int list = yamlfile_value(c->yaml, node, "patterns"), item;

	if (!is_phrase_name(phrase->name))
		fault(c, DIAG_QUESTION_NAME, place(c, node, "name"),
		    "phrase \"%s\" is neither a kind of advice nor a risk, nor drop, "
		    "confirmed, "
		    "curing, trigger, instruction, reference or list",
		    phrase->name);
	for (size_t k = 0; (item = yamlfile_item(c->yaml, list, k)) != 0; k++)
		check_pattern(c, item, phrase[k].pattern), i++;
	return i;
}

size_t questions_check(struct questions *qs, const struct yamlfile *yaml, struct diag *diag)
{
	struct check c = {.questions = qs, .yaml = yaml, .diag = diag};
	int root = yamlfile_root(yaml), list = yamlfile_value(yaml, root, "questions");

	for (size_t i = 0; i < qs->n; i++)
		check_question(&c, yamlfile_item(yaml, list, i), i);
	list = yamlfile_value(yaml, root, "symbols");
	for (size_t i = 0; i < qs->nsymbols; i++)
		check_symbol(&c, yamlfile_item(yaml, list, i), i);
	list = yamlfile_value(yaml, root, "phrases");
	for (size_t i = 0, entry = 0; i < qs->nphrases; entry++)
		i = check_phrase(&c, yamlfile_item(yaml, list, entry), i);
	return c.nfaults;
}
