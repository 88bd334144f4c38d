/* SPDX-License-Identifier: ISC */
/*
 * The questions file: its schema, and what becomes of the document. Used by kbc through
 * question.h. kb-questions(5) describes the format.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "question.h"
#include "question_check.h"
#include "yamlfile.h"

#define WORDS_MAX 256
#define PROSE_MAX 8192
#define PATTERN_MAX 16384
#define PATTERNS_MAX 256
#define SYMBOLS_MAX 4096

#define DEFAULT_COST 1.0
#define DEFAULT_UNKNOWN 0.1
#define DEFAULT_ERROR 0.05
#define DEFAULT_SECTIONS                                                                   \
	(1u << SECTION_TITLE | 1u << SECTION_APPLIES_TO | 1u << SECTION_PREAMBLE |         \
	    1u << SECTION_SUMMARY | 1u << SECTION_SYMPTOMS | 1u << SECTION_CAUSE |         \
	    1u << SECTION_STATUS | 1u << SECTION_MORE_INFORMATION)

/* What the schema lays out: the structures wanted, and pointers for what may be left out. */

struct raw_answer {
	struct answer answer;
	double *share;
};

struct raw_cost {
	double console;
	double *phone;
};

struct raw_question {
	struct question question;
	struct raw_answer *answers;
	size_t nanswers;
	struct raw_cost *cost;
	double *unknown, *error;
	char *silent;
};

struct raw_phrase {
	char *name;
	struct patterns patterns;
};

struct raw {
	char *name, *about;
	struct raw_question *questions;
	size_t nquestions;
	struct symbol *symbols;
	size_t nsymbols;
	struct raw_phrase *phrases;
	size_t nphrases;
};

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define ENTRIES (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_value_t pattern_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, PATTERN_MAX),
};

#define FIELD_PATTERNS(key, structure, member)                                             \
	CYAML_FIELD_SEQUENCE_COUNT(key, ENTRIES, structure, member.list, member.n,         \
	    &pattern_schema, 0, PATTERNS_MAX)

static const cyaml_schema_field_t answer_fields[] = {
    CYAML_FIELD_STRING_PTR(
	"key", CYAML_FLAG_DEFAULT, struct raw_answer, answer.key, 1, WORDS_MAX),
    CYAML_FIELD_STRING_PTR(
	"label", OPTIONAL, struct raw_answer, answer.label, 1, WORDS_MAX),
    CYAML_FIELD_FLOAT_PTR("share", OPTIONAL, struct raw_answer, share),
    FIELD_PATTERNS("patterns", struct raw_answer, answer.patterns),
    FIELD_PATTERNS("said", struct raw_answer, answer.said),
    FIELD_PATTERNS("except", struct raw_answer, answer.except),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t answer_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_answer, answer_fields),
};

static const cyaml_schema_field_t cost_fields[] = {
    CYAML_FIELD_FLOAT("console", CYAML_FLAG_DEFAULT, struct raw_cost, console),
    CYAML_FIELD_FLOAT_PTR("phone", OPTIONAL, struct raw_cost, phone),
    CYAML_FIELD_END,
};

static const cyaml_strval_t kind_names[] = {
#define X(kind, name) {name, QUESTION_##kind},
    QUESTION_KIND_LIST(X)
#undef X
};

static const cyaml_strval_t recogniser_names[] = {
#define X(kind, name) {name, RECOGNISE_##kind},
    RECOGNISER_LIST(X)
#undef X
};

static const cyaml_strval_t section_bits[] = {
#define X(kind, name, heading) {name, 1u << SECTION_##kind},
    SECTION_LIST(X)
#undef X
};

static const cyaml_schema_field_t question_fields[] = {
    CYAML_FIELD_STRING_PTR(
	"key", CYAML_FLAG_DEFAULT, struct raw_question, question.key, 1, WORDS_MAX),
    CYAML_FIELD_STRING_PTR(
	"ask", CYAML_FLAG_DEFAULT, struct raw_question, question.ask, 1, PROSE_MAX),
    CYAML_FIELD_STRING_PTR(
	"say", OPTIONAL, struct raw_question, question.say, 1, PROSE_MAX),
    CYAML_FIELD_STRING_PTR(
	"find", OPTIONAL, struct raw_question, question.find, 1, PROSE_MAX),
    CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT, struct raw_question, question.kind,
	kind_names, CYAML_ARRAY_LEN(kind_names)),
    CYAML_FIELD_ENUM("recogniser", CYAML_FLAG_STRICT | OPTIONAL, struct raw_question,
	question.recogniser, recogniser_names, CYAML_ARRAY_LEN(recogniser_names)),
    CYAML_FIELD_STRING_PTR(
	"of", OPTIONAL, struct raw_question, question.of, 1, PATTERN_MAX),
    CYAML_FIELD_FLAGS("sections", CYAML_FLAG_STRICT | OPTIONAL, struct raw_question,
	question.sections, section_bits, CYAML_ARRAY_LEN(section_bits)),
    CYAML_FIELD_MAPPING_PTR("cost", OPTIONAL, struct raw_question, cost, cost_fields),
    CYAML_FIELD_FLOAT_PTR("unknown", OPTIONAL, struct raw_question, unknown),
    CYAML_FIELD_FLOAT_PTR("error", OPTIONAL, struct raw_question, error),
    CYAML_FIELD_STRING_PTR("silent", OPTIONAL, struct raw_question, silent, 1, WORDS_MAX),
    CYAML_FIELD_BOOL("variant", OPTIONAL, struct raw_question, question.variant),
    CYAML_FIELD_SEQUENCE_COUNT("answers", ENTRIES, struct raw_question, answers, nanswers,
	&answer_schema, 0, QUESTION_MAX_ANSWERS),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t question_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_question, question_fields),
};

static const cyaml_schema_field_t symbol_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_DEFAULT, struct symbol, name, 1, WORDS_MAX),
    CYAML_FIELD_STRING_PTR("code", CYAML_FLAG_DEFAULT, struct symbol, code, 1, WORDS_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t symbol_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct symbol, symbol_fields),
};

static const cyaml_schema_field_t phrase_fields[] = {
    CYAML_FIELD_STRING_PTR(
	"name", CYAML_FLAG_DEFAULT, struct raw_phrase, name, 1, WORDS_MAX),
    CYAML_FIELD_SEQUENCE_COUNT("patterns", CYAML_FLAG_POINTER, struct raw_phrase,
	patterns.list, patterns.n, &pattern_schema, 1, PATTERNS_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t phrase_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_phrase, phrase_fields),
};

static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_DEFAULT, struct raw, name, 1, WORDS_MAX),
    CYAML_FIELD_STRING_PTR("about", OPTIONAL, struct raw, about, 1, PROSE_MAX),
    CYAML_FIELD_SEQUENCE_COUNT("questions", CYAML_FLAG_POINTER, struct raw, questions,
	nquestions, &question_schema, 1, QUESTION_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"symbols", ENTRIES, struct raw, symbols, nsymbols, &symbol_schema, 0, SYMBOLS_MAX),
    CYAML_FIELD_SEQUENCE_COUNT(
	"phrases", ENTRIES, struct raw, phrases, nphrases, &phrase_schema, 0, PATTERNS_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw, file_fields),
};

/* From the raw structures to those wanted; what is moved is NULL behind it. */

static char *take(char **text)
{
	char *taken = *text;

	*text = NULL;
	return taken;
}

/* Without the line end that a block of YAML text has, and blanks around it. */
static char *take_prose(char **text)
{
	char *s = take(text), *start;
	size_t len;

	if (s == NULL)
		return xstrdup("");
	start = s + strspn(s, " \n");
	len = strlen(start);
	while (len > 0 && (start[len - 1] == ' ' || start[len - 1] == '\n'))
		len--;
	memmove(s, start, len);
	s[len] = '\0';
	return s;
}

/* A blank at the end of a pattern means white space; the line end of a YAML block does not. */
static char *take_pattern(char **source)
{
	char *s = take(source);
	size_t len = s == NULL ? 0 : strlen(s);

	while (len > 0 && s[len - 1] == '\n')
		s[--len] = '\0';
	return s;
}

static struct patterns take_patterns(struct patterns *raw)
{
	struct patterns taken = *raw;

	for (size_t i = 0; i < taken.n; i++)
		taken.list[i] = take_pattern(&taken.list[i]);
	*raw = (struct patterns){0};
	return taken;
}

static double value_or(const double *value, double otherwise)
{
	return value != NULL ? *value : otherwise;
}

static void take_answer(struct answer *a, struct raw_answer *raw)
{
	a->key = take_prose(&raw->answer.key);
	a->label =
	    raw->answer.label != NULL ? take_prose(&raw->answer.label) : xstrdup(a->key);
	a->share = value_or(raw->share, NAN);
	a->patterns = take_patterns(&raw->answer.patterns);
	a->said = take_patterns(&raw->answer.said);
	a->except = take_patterns(&raw->answer.except);
}

static void take_question(struct question *q, struct raw_question *raw)
{
	struct question *from = &raw->question;

	q->key = take_prose(&from->key);
	q->ask = take_prose(&from->ask);
	q->say = from->say != NULL ? take_prose(&from->say) : xstrdup(q->ask);
	q->find = take_prose(&from->find);
	q->kind = from->kind;
	q->recogniser = from->recogniser;
	q->of = take_pattern(&from->of);
	q->sections = from->sections != 0 ? from->sections : DEFAULT_SECTIONS;
	q->cost = raw->cost != NULL ? raw->cost->console : DEFAULT_COST;
	q->cost_phone = raw->cost != NULL ? value_or(raw->cost->phone, q->cost) : q->cost;
	q->unknown = value_or(raw->unknown, DEFAULT_UNKNOWN);
	q->error = value_or(raw->error, DEFAULT_ERROR);
	q->variant = from->variant;
	q->answers = xcalloc(raw->nanswers + 1, sizeof *q->answers);
	q->nanswers = raw->nanswers;
	for (size_t i = 0; i < raw->nanswers; i++)
		take_answer(&q->answers[i], &raw->answers[i]);
	q->silent = raw->silent != NULL ? question_answer(q, raw->silent) : -1;
}

static void take_phrases(struct questions *qs, struct raw *raw)
{
	size_t cap = 0;

	for (size_t i = 0; i < raw->nphrases; i++)
		for (size_t k = 0; k < raw->phrases[i].patterns.n; k++) {
			qs->phrases =
			    xgrow(qs->phrases, qs->nphrases, &cap, sizeof *qs->phrases);
			qs->phrases[qs->nphrases++] = (struct phrase){
			    .name = xstrdup(raw->phrases[i].name),
			    .pattern = take_pattern(&raw->phrases[i].patterns.list[k]),
			};
		}
}

static struct questions *take_questions(struct raw *raw)
{
	struct questions *qs = xcalloc(1, sizeof *qs);

	qs->name = take_prose(&raw->name);
	qs->about = take_prose(&raw->about);
	qs->list = xcalloc(raw->nquestions, sizeof *qs->list);
	qs->n = raw->nquestions;
	for (size_t i = 0; i < raw->nquestions; i++)
		take_question(&qs->list[i], &raw->questions[i]);
	qs->symbols = raw->symbols;
	qs->nsymbols = raw->nsymbols;
	raw->symbols = NULL;
	raw->nsymbols = 0;
	take_phrases(qs, raw);
	return qs;
}

/* A name that `silent` gives has to be an answer of a closed list. */
static size_t silent_check(const struct questions *qs, const struct raw *raw,
    const struct yamlfile *yaml, struct diag *diag)
{
	int list = yamlfile_value(yaml, yamlfile_root(yaml), "questions");
	size_t nfaults = 0;

	for (size_t i = 0; i < qs->n; i++) {
		const struct question *q = &qs->list[i];
		const char *silent = raw->questions[i].silent;

		if (silent == NULL || (q->silent >= 0 && !question_is_open(q)))
			continue;
		yamlfile_report(yaml, diag, DIAG_QUESTION_NAME,
		    yamlfile_value(yaml, yamlfile_item(yaml, list, i), "silent"),
		    question_is_open(q) ? "silent \"%s\" is for a choice only"
					: "silent \"%s\" is no answer of this question",
		    silent);
		nfaults++;
	}
	return nfaults;
}

struct questions *questions_read(const char *path, struct diag *diag, struct err *err)
{
	struct yamlfile *yaml = yamlfile_read(path, diag, err);
	struct questions *qs = NULL;
	cyaml_data_t *data = NULL;
	struct raw *raw;
	size_t nfaults;

	if (yaml == NULL || yamlfile_load(yaml, &file_schema, &data, diag, err) < 0)
		goto out;
	raw = data;
	qs = take_questions(raw);
	nfaults = silent_check(qs, raw, yaml, diag) + questions_check(qs, yaml, diag);
	questions_add_sign(qs);
	if (nfaults > 0) {
		err_set(err, ERR_DATA, "%s: %zu fault%s in the questions", path, nfaults,
		    nfaults > 1 ? "s" : "");
		questions_free(qs);
		qs = NULL;
	}
out:
	yamlfile_unload(&file_schema, data);
	yamlfile_free(yaml);
	return qs;
}
