/* SPDX-License-Identifier: ISC */
/*
 * Answers as lines. Members stand in a table of what writes and what reads each; a line is
 * read into raw strings first, then into an answer of the knowledge at hand, because only
 * then can be said what that knowledge lacks.
 */

#include "given_text.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

static const char *const kind_words[] = {
    [GIVEN_ANSWER] = "answer",
    [GIVEN_VALUE] = "value",
    [GIVEN_NONE] = "none",
    [GIVEN_UNKNOWN] = "unknown",
    [GIVEN_WORDS] = "words",
    [GIVEN_SIGN] = "sign",
    [GIVEN_REJECTED] = "rejected",
    [GIVEN_FAILED] = "failed",
    [GIVEN_UNCLEAR] = "unclear",
    [GIVEN_ASIDE] = "aside",
};
#define NKINDS (sizeof kind_words / sizeof kind_words[0])

/* The members of a line, in their order. */
enum member {
	MEMBER_QUESTION,
	MEMBER_VALUE,
	MEMBER_SAID,
	MEMBER_SLIP,
	MEMBER_AMONG,
	MEMBER_ARTICLES,
	MEMBER_ENTRY,
	MEMBER_STEP,
	MEMBER_TEXT,
	MEMBER_CONFIRMED,
	MEMBERS
};

static const char *const member_words[MEMBERS] = {"question", "value", "said", "slip",
    "among", "articles", "entry", "step", "text", "confirmed"};

/* Values. */

static bool needs_code(unsigned char c)
{
	return c <= ' ' || c == '%' || c == ',' || c == 0x7f;
}

char *given_encode(const char *value)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	for (; *value != '\0'; value++)
		fprintf(f, needs_code((unsigned char)*value) ? "%%%02X" : "%c",
		    (unsigned char)*value);
	xclose_memstream(f);
	return text;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = c != '\0' ? strchr(digits, toupper((unsigned char)c)) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

char *given_decode(const char *text, size_t len)
{
	char *raw = xmalloc(len + 1), *clean;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		int high, low;

		raw[n++] = text[i];
		if (text[i] != '%')
			continue;
		high = i + 1 < len ? hex_digit(text[i + 1]) : -1;
		low = i + 2 < len ? hex_digit(text[i + 2]) : -1;
		if (high < 0 || low < 0 || (high == 0 && low == 0)) {
			free(raw);
			return NULL;
		}
		raw[n - 1] = (char)(high << 4 | low);
		i += 2;
	}
	clean = scan_clean(raw, n);
	free(raw);
	return clean;
}

/* Writing. */

static void put_member(FILE *f, enum member member, const char *value)
{
	char *code;

	if (value == NULL || value[0] == '\0')
		return;
	code = given_encode(value);
	fprintf(f, " %s=%s", member_words[member], code);
	free(code);
}

/* A list of names with a comma between them, none of which holds one once it is encoded. */
static void put_name(FILE *f, enum member member, size_t i, const char *name)
{
	char *code = given_encode(name);

	if (i == 0)
		fprintf(f, " %s=", member_words[member]);
	else
		putc(',', f);
	fputs(code, f);
	free(code);
}

static void put_among(FILE *f, const struct question *q, uint64_t among)
{
	size_t n = 0;

	for (size_t i = 0; i < q->nanswers; i++) {
		if (among >> i & 1)
			put_name(f, MEMBER_AMONG, n++, q->answers[i].key);
	}
}

static int put_articles(
    FILE *f, struct knowledge *knowledge, const struct given *g, struct err *err)
{
	for (size_t i = 0; i < g->narticles; i++) {
		struct head head = {0};

		if (knowledge_head(knowledge, g->articles[i], &head, err) == -1)
			return -1;
		put_name(f, MEMBER_ARTICLES, i, head.id);
		head_fini(&head);
	}
	return 0;
}

static int put_given(FILE *f, struct knowledge *knowledge,
    const struct questions *questions, const struct given *g, struct err *err)
{
	const struct question *q = g->question >= 0 ? &questions->list[g->question] : NULL;

	fputs(kind_words[g->kind], f);
	put_member(f, MEMBER_QUESTION, q != NULL ? q->key : NULL);
	put_member(f, MEMBER_VALUE, g->value);
	put_member(f, MEMBER_SAID, g->quote);
	put_member(f, MEMBER_SLIP, g->slip);
	if (q != NULL && g->among != 0)
		put_among(f, q, g->among);
	if (put_articles(f, knowledge, g, err) == -1)
		return -1;
	if (g->kind == GIVEN_FAILED)
		fprintf(f, " %s=%zu", member_words[MEMBER_ENTRY], g->entry);
	fprintf(f, " %s=%u", member_words[MEMBER_STEP], g->step);
	if (g->source == SOURCE_TEXT)
		fprintf(f, " %s", member_words[MEMBER_TEXT]);
	if (g->confirmed)
		fprintf(f, " %s", member_words[MEMBER_CONFIRMED]);
	return 0;
}

char *given_write(const struct session *session, const struct given *g, struct err *err)
{
	struct knowledge *knowledge = session_knowledge(session);
	const struct questions *questions = knowledge_questions(knowledge, err);
	char *text = NULL;
	size_t len;
	FILE *f;
	int result;

	if (questions == NULL)
		return NULL;
	f = xopen_memstream(&text, &len);
	result = put_given(f, knowledge, questions, g, err);
	xclose_memstream(f);
	if (result == 0)
		return text;
	free(text);
	return NULL;
}

/* Reading. */

/* Where the members of a line stand in it; no start: it has none of that name. */
struct members {
	struct {
		const char *start;
		size_t len;
	} list[MEMBERS];
};

static enum member member_of(const char *word, size_t len)
{
	int member = 0;

	while (member < MEMBERS && (strncmp(member_words[member], word, len) != 0 ||
				       member_words[member][len] != '\0'))
		member++;
	return (enum member)member;
}

static bool members_read(struct members *members, const char *line)
{
	*members = (struct members){0};
	for (line += strspn(line, " "); *line != '\0'; line += strspn(line, " ")) {
		size_t len = strcspn(line, " "), name = strcspn(line, " =");
		enum member member = member_of(line, name);

		if (member == MEMBERS || members->list[member].start != NULL)
			return false;
		members->list[member].start = line + name + (line[name] == '=');
		members->list[member].len = len - name - (line[name] == '=');
		line += len;
	}
	return true;
}

static bool member_has(const struct members *members, enum member member)
{
	return members->list[member].start != NULL;
}

/* The text of a member, "" where it is not there; NULL if it is no such text. */
static char *member_text(const struct members *members, enum member member)
{
	if (!member_has(members, member))
		return xstrdup("");
	return given_decode(members->list[member].start, members->list[member].len);
}

#define MOST_STEPS 1000000

/* A number up to MOST_STEPS, 0 where the member is not there; -1 if it is none. */
static long member_number(const struct members *members, enum member member)
{
	const char *at = members->list[member].start;
	long number = 0;

	for (size_t i = 0; i < members->list[member].len; i++) {
		if (!isdigit((unsigned char)at[i]) || number > MOST_STEPS)
			return -1;
		number = number * 10 + (at[i] - '0');
	}
	return number > MOST_STEPS ? -1 : number;
}

/* What reading works with. */
struct fitting {
	struct knowledge *knowledge;
	const struct questions *questions;
	const struct members *members;
	struct given *given;
	char *why; /* it does not fit */
	struct err *err;
};

/* Says that it does not fit, and returns 0 as given_read does. */
static int __attribute__((format(printf, 2, 3)))
unfit(struct fitting *fit, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	free(fit->why);
	fit->why = xvasprintf(fmt, ap);
	va_end(ap);
	return 0;
}

static int unfit_line(struct fitting *fit)
{
	return unfit(fit, "it is damaged");
}

static int fit_question(struct fitting *fit)
{
	char *key = member_text(fit->members, MEMBER_QUESTION);
	int result = 1;

	if (key == NULL)
		return unfit_line(fit);
	fit->given->question = key[0] == '\0' ? -1 : questions_find(fit->questions, key);
	if (key[0] != '\0' && fit->given->question < 0)
		result = unfit(fit, "there is no question \"%s\" any more", key);
	free(key);
	return result;
}

static int fit_answer(struct fitting *fit)
{
	struct given *g = fit->given;
	const struct question *q;

	if (g->question < 0)
		return unfit_line(fit);
	q = &fit->questions->list[g->question];
	for (size_t i = 0; i < q->nanswers && !question_is_open(q); i++) {
		if (strcmp(q->answers[i].key, g->value) == 0)
			g->answer = (int)i;
	}
	return g->answer >= 0
		   ? 1
		   : unfit(fit, "\"%s\" has no answer \"%s\" any more", q->key, g->value);
}

static int fit_open(struct fitting *fit)
{
	const struct given *g = fit->given;
	const struct question *q;

	if (g->question < 0)
		return unfit_line(fit);
	q = &fit->questions->list[g->question];
	return question_is_open(q)
		   ? 1
		   : unfit(fit, "\"%s\" takes no such value any more", q->key);
}

/* Of any question; of the signs where there is none. */
static int fit_unknown(struct fitting *fit)
{
	(void)fit;
	return 1;
}

static int fit_words(struct fitting *fit)
{
	fit->given->question = -1;
	return 1;
}

static int fit_asked(struct fitting *fit)
{
	return fit->given->question >= 0 ? 1 : unfit_line(fit);
}

/* Takes the next name off a list; NULL if it is none. */
static char *next_name(const char **at, const char *end)
{
	const char *comma = memchr(*at, ',', (size_t)(end - *at));
	const char *stop = comma != NULL ? comma : end;
	char *name = given_decode(*at, (size_t)(stop - *at));

	*at = comma != NULL ? comma + 1 : end;
	return name;
}

static int fit_article(struct fitting *fit, const char *id, size_t *cap)
{
	struct given *g = fit->given;
	uint32_t article;
	int found = knowledge_find(fit->knowledge, id, &article, fit->err);

	if (found == 0)
		return unfit(fit, "there is no article %s any more", id);
	if (found == 1) {
		g->articles = xgrow(g->articles, g->narticles, cap, sizeof *g->articles);
		g->articles[g->narticles++] = article;
	}
	return found;
}

/* Of several articles those that are there do; one alone must be. */
static int fit_articles(struct fitting *fit)
{
	const char *at = fit->members->list[MEMBER_ARTICLES].start;
	const char *end = at + fit->members->list[MEMBER_ARTICLES].len;
	size_t cap = 0;

	if (at == NULL)
		return unfit_line(fit);
	fit->given->question = -1;
	while (at < end) {
		char *id = next_name(&at, end);
		int found = id != NULL ? fit_article(fit, id, &cap) : unfit_line(fit);

		free(id);
		if (found == -1)
			return -1;
	}
	return fit->given->narticles > 0 ? 1 : 0;
}

static int fit_one_article(struct fitting *fit)
{
	long entry = member_number(fit->members, MEMBER_ENTRY);

	if (entry < 0)
		return unfit_line(fit);
	fit->given->entry = (size_t)entry;
	return fit_articles(fit);
}

static int fit_among(struct fitting *fit)
{
	struct given *g = fit->given;
	const char *at = fit->members->list[MEMBER_AMONG].start;
	const char *end = at + fit->members->list[MEMBER_AMONG].len;
	const struct question *q;

	if (g->question < 0 || at == NULL)
		return unfit_line(fit);
	q = &fit->questions->list[g->question];
	while (at < end) {
		char *key = next_name(&at, end);

		for (size_t i = 0; key != NULL && i < q->nanswers; i++) {
			if (strcmp(q->answers[i].key, key) == 0)
				g->among |= UINT64_C(1) << i;
		}
		free(key);
	}
	return g->among != 0
		   ? 1
		   : unfit(fit, "\"%s\" has none of these answers any more", q->key);
}

static int (*const fit_kind[NKINDS])(struct fitting *) = {
    [GIVEN_ANSWER] = fit_answer,
    [GIVEN_VALUE] = fit_open,
    [GIVEN_NONE] = fit_open,
    [GIVEN_UNKNOWN] = fit_unknown,
    [GIVEN_WORDS] = fit_words,
    [GIVEN_SIGN] = fit_articles,
    [GIVEN_REJECTED] = fit_articles,
    [GIVEN_FAILED] = fit_one_article,
    [GIVEN_UNCLEAR] = fit_among,
    [GIVEN_ASIDE] = fit_asked,
};

/* What does not depend on the knowledge. */
static int fit_plain(struct fitting *fit)
{
	struct given *g = fit->given;
	long step = member_number(fit->members, MEMBER_STEP);

	g->value = member_text(fit->members, MEMBER_VALUE);
	g->quote = member_text(fit->members, MEMBER_SAID);
	if (member_has(fit->members, MEMBER_SLIP))
		g->slip = member_text(fit->members, MEMBER_SLIP);
	g->step = step > 0 ? (unsigned)step : 0;
	g->source = member_has(fit->members, MEMBER_TEXT) ? SOURCE_TEXT : SOURCE_ANSWER;
	g->confirmed = member_has(fit->members, MEMBER_CONFIRMED);
	return g->value != NULL && g->quote != NULL && step > 0 ? 1 : unfit_line(fit);
}

static bool kind_read(const char **line, enum given_kind *kind)
{
	size_t len = strcspn(*line, " ");

	for (size_t i = 0; i < NKINDS; i++) {
		if (strlen(kind_words[i]) == len &&
		    strncmp(kind_words[i], *line, len) == 0) {
			*kind = (enum given_kind)i;
			*line += len;
			return true;
		}
	}
	return false;
}

int given_read(const struct session *session, const char *line, struct given *given,
    char **why, struct err *err)
{
	struct knowledge *knowledge = session_knowledge(session);
	struct members members;
	struct fitting fit = {.knowledge = knowledge,
	    .questions = knowledge_questions(knowledge, err),
	    .members = &members,
	    .given = given,
	    .err = err};
	int result;

	*given = (struct given){.question = -1, .answer = -1};
	*why = NULL;
	if (fit.questions == NULL)
		return -1;
	if (!kind_read(&line, &given->kind) || !members_read(&members, line))
		result = unfit_line(&fit);
	else if ((result = fit_question(&fit)) == 1 && (result = fit_plain(&fit)) == 1)
		result = fit_kind[given->kind](&fit);
	if (result == 1) {
		free(fit.why);
		return 1;
	}
	*why = fit.why;
	given_fini(given);
	*given = (struct given){.question = -1, .answer = -1};
	return result;
}
