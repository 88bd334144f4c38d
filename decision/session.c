/* SPDX-License-Identifier: ISC */
/* The answers of a session: given, replaced, taken back. */

#include "session.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "session_private.h"
#include "understand.h"

#define SIGN "sign"

struct session *session_new(
    struct knowledge *knowledge, enum setting setting, struct err *err)
{
	const struct questions *questions = knowledge_questions(knowledge, err);
	struct session *s;

	if (questions == NULL)
		return NULL;
	s = xcalloc(1, sizeof *s);
	s->knowledge = knowledge;
	s->questions = questions;
	s->setting = setting;
	return s;
}

void given_fini(struct given *g)
{
	free(g->value);
	free(g->quote);
	free(g->slip);
	free(g->articles);
}

void session_free(struct session *s)
{
	if (s == NULL)
		return;
	session_clear(s);
	free(s->list);
	recognisers_free(s->recognisers);
	free(s);
}

static void session_changed(struct session *s)
{
	state_free(s->state);
	prospects_free(s->prospects);
	s->state = NULL;
	s->prospects = NULL;
}

static void session_remove(struct session *s, size_t i)
{
	given_fini(&s->list[i]);
	memmove(&s->list[i], &s->list[i + 1], (s->n - i - 1) * sizeof *s->list);
	s->n--;
	session_changed(s);
}

/* Takes `given` over and puts it at place `at`, or last. */
static void session_insert(struct session *s, size_t at, struct given given)
{
	if (at > s->n)
		at = s->n;
	s->list = xgrow(s->list, s->n, &s->cap, sizeof *s->list);
	memmove(&s->list[at + 1], &s->list[at], (s->n - at) * sizeof *s->list);
	s->list[at] = given;
	s->n++;
	session_changed(s);
}

/*
 * Removes what was said of a question before. Values of an open question stay when another
 * value comes. Returns where the first removed one stood, or SIZE_MAX.
 */
static size_t session_displace(struct session *s, int question, bool keep_values)
{
	size_t at = SIZE_MAX;

	for (size_t i = 0; i < s->n;) {
		const struct given *g = &s->list[i];

		if (g->question != question || (keep_values && g->kind == GIVEN_VALUE)) {
			i++;
			continue;
		}
		if (at == SIZE_MAX)
			at = i;
		session_remove(s, i);
	}
	return at;
}

static void session_replace(struct session *s, struct given given)
{
	size_t at = session_displace(s, given.question, given.kind == GIVEN_VALUE);

	session_insert(s, at, given);
}

static const struct given *session_of_question(const struct session *s, int question)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].question == question)
			return &s->list[i];
	}
	return NULL;
}

static bool session_has_value(const struct session *s, int question, const char *value)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct given *g = &s->list[i];

		if (g->question == question && g->kind == GIVEN_VALUE &&
		    strcmp(g->value, value) == 0)
			return true;
	}
	return false;
}

/* The answer a person means: its key, or its label, in any case; or -1. */
static int answer_meant(const struct question *q, const char *value)
{
	for (size_t i = 0; i < q->nanswers; i++) {
		if (strcasecmp(q->answers[i].key, value) == 0)
			return (int)i;
	}
	for (size_t i = 0; i < q->nanswers; i++) {
		if (strcasecmp(q->answers[i].label, value) == 0)
			return (int)i;
	}
	return -1;
}

/* How people say that they do not know, or that there is none. */
static const char *const unknown_words[] = {"unknown", "I don't know", "don't know",
    "dont know", "do not know", "dunno", "idk", "not sure", "no idea", "?"};
static const char *const none_words[] = {"none", "there is none", "nothing", "no"};

#define SAYS(value, words) value_is_one_of(value, words, sizeof words / sizeof words[0])

static bool value_is_one_of(const char *value, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcasecmp(value, words[i]) == 0)
			return true;
	}
	return false;
}

static int answer_choice(
    struct session *s, int index, const char *value, struct given *g, struct err *err)
{
	const struct question *q = &s->questions->list[index];
	int answer = answer_meant(q, value);

	if (answer >= 0) {
		g->kind = GIVEN_ANSWER;
		g->answer = answer;
		g->value = xstrdup(q->answers[answer].key);
		return 0;
	}
	if (SAYS(value, unknown_words)) {
		g->kind = GIVEN_UNKNOWN;
		g->value = xstrdup("unknown");
		return 0;
	}
	return session_refuse_answer(q, value, err);
}

/* The canonical value of what was typed; a number or code also as it is said. */
static char *open_value(
    const struct questions *questions, const struct question *q, const char *typed)
{
	char *figures = NULL, *value;

	if (q->kind == QUESTION_NUMBER || q->kind == QUESTION_CODE)
		figures = understand_figures(typed);
	value = question_canonical(questions, q, figures != NULL ? figures : typed);
	free(figures);
	return value;
}

static int answer_open(
    struct session *s, int index, const char *value, struct given *g, struct err *err)
{
	const struct question *q = &s->questions->list[index];

	if (SAYS(value, unknown_words) || SAYS(value, none_words)) {
		g->kind = SAYS(value, none_words) ? GIVEN_NONE : GIVEN_UNKNOWN;
		g->value = xstrdup(g->kind == GIVEN_NONE ? "none" : "unknown");
		return 0;
	}
	g->kind = GIVEN_VALUE;
	g->value = open_value(s->questions, q, value);
	return g->value != NULL ? 0 : session_refuse_value(q, value, err);
}

/* Finds the articles of a list "Q1,Q2" and adds them to g. */
static int given_add_articles(
    const struct session *s, struct given *g, const char *list, struct err *err)
{
	size_t cap = 0;

	while (*list != '\0') {
		size_t len = strcspn(list, ",");
		char *id = xstrndup(list, len);
		uint32_t article;
		int found = knowledge_find(s->knowledge, id, &article, err);

		if (found == 0)
			err_set(err, ERR_USAGE, "%s: there is no article '%s' in %s", SIGN,
			    id, knowledge_name(s->knowledge));
		free(id);
		if (found != 1)
			return -1;
		g->articles = xgrow(g->articles, g->narticles, &cap, sizeof *g->articles);
		g->articles[g->narticles++] = article;
		list += len + (list[len] == ',');
	}
	return 0;
}

static int session_answer_sign(struct session *s, const char *value, struct err *err)
{
	struct given g = {.kind = GIVEN_UNKNOWN, .question = -1, .answer = -1};

	if (!SAYS(value, unknown_words)) {
		g.kind = value[0] == '!' ? GIVEN_REJECTED : GIVEN_SIGN;
		if (given_add_articles(s, &g, value + (value[0] == '!'), err) == -1)
			goto fail;
		if (g.narticles == 0 || (g.kind == GIVEN_SIGN && g.narticles != 1)) {
			err_set(err, ERR_USAGE,
			    "'%s' is no answer to " SIGN
			    "; give one article (Q123456) or those rejected (!Q1,Q2)",
			    value);
			goto fail;
		}
	}
	g.value = xstrdup(g.kind == GIVEN_UNKNOWN ? "unknown" : value);
	g.quote = xstrdup(value);
	g.step = ++s->step;
	session_displace(s, (int)questions_sign(s->questions), false);
	session_insert(s, SIZE_MAX, g);
	return 0;
fail:
	given_fini(&g);
	return -1;
}

int session_answer(
    struct session *s, const char *question, const char *value, struct err *err)
{
	struct given g = {.answer = -1, .source = SOURCE_ANSWER};
	int index, failed;

	if (strcmp(question, SIGN) == 0)
		return session_answer_sign(s, value, err);
	index = questions_find(s->questions, question);
	if (index < 0)
		return session_refuse_question(s, question, err);
	g.question = index;
	if (question_is_open(&s->questions->list[index]))
		failed = answer_open(s, index, value, &g, err);
	else
		failed = answer_choice(s, index, value, &g, err);
	if (failed)
		return -1;
	if (g.kind == GIVEN_VALUE && session_has_value(s, index, g.value)) {
		given_fini(&g);
		return 0;
	}
	g.quote = xstrdup(value);
	g.step = ++s->step;
	session_replace(s, g);
	return 0;
}

/* Whether the person has said something of the question; "I don't know" leaves it open. */
static bool session_answered(const struct session *s, int question)
{
	const struct given *g = session_of_question(s, question);

	return g != NULL && g->kind != GIVEN_UNKNOWN && g->kind != GIVEN_UNCLEAR &&
	       g->kind != GIVEN_ASIDE;
}

/* An article that is named by its number. */
static int session_take_article(
    struct session *s, const struct understood *u, struct err *err)
{
	struct given g = {
	    .kind = GIVEN_SIGN,
	    .source = SOURCE_TEXT,
	    .question = -1,
	    .answer = -1,
	    .step = s->step,
	};

	if (given_add_articles(s, &g, u->value, err) == -1) {
		given_fini(&g);
		return -1;
	}
	g.value = xstrdup(u->value);
	g.quote = xstrdup(u->quote);
	session_insert(s, SIZE_MAX, g);
	return 0;
}

/* What was understood counts, except where the person has answered that choice already. */
static void session_take_fact(struct session *s, const struct understood *u)
{
	const struct question *q = &s->questions->list[u->question];
	bool open = question_is_open(q), none = open && strcmp(u->value, "none") == 0;
	struct given g = {
	    .kind = none   ? GIVEN_NONE
		    : open ? GIVEN_VALUE
			   : GIVEN_ANSWER,
	    .source = SOURCE_TEXT,
	    .question = (int)u->question,
	    .answer = u->answer,
	    .step = s->step,
	};

	if (open && !none ? session_has_value(s, g.question, u->value)
			  : session_answered(s, g.question))
		return;
	g.value = xstrdup(open ? u->value : q->answers[u->answer].key);
	g.quote = xstrdup(u->quote);
	g.slip = xstrdup(u->slip);
	session_replace(s, g);
}

/* Several answers of a choice are named; what was said of it before is plainer. */
static void session_take_unclear(struct session *s, const struct understood *u)
{
	const struct given *before = session_of_question(s, (int)u->question);
	struct given g = {
	    .kind = GIVEN_UNCLEAR,
	    .source = SOURCE_TEXT,
	    .question = (int)u->question,
	    .answer = -1,
	    .among = u->among,
	    .step = s->step,
	};

	if (before != NULL && before->kind != GIVEN_UNCLEAR)
		return;
	g.value = xstrdup("");
	g.quote = xstrdup(u->quote);
	session_replace(s, g);
}

static int session_take(struct session *s, const struct understood *u, struct err *err)
{
	if (u->question == UNDERSTOOD_ARTICLE)
		return session_take_article(s, u, err);
	if (u->among != 0)
		session_take_unclear(s, u);
	else if (u->question != UNDERSTOOD_WORD)
		session_take_fact(s, u);
	return 0;
}

/* The knowledge file as understand() sees it; the first failure is kept. */
struct known {
	struct knowledge *knowledge;
	struct err *err;
	bool failed;
};

static bool known_value(void *arg, size_t question, const char *value)
{
	struct known *known = arg;
	uint32_t id;
	int found = knowledge_value(known->knowledge, question, value, &id, known->err);

	known->failed |= found == -1;
	return found == 1;
}

static bool known_article(void *arg, const char *id)
{
	struct known *known = arg;
	uint32_t article;
	int found = knowledge_find(known->knowledge, id, &article, known->err);

	known->failed |= found == -1;
	return found == 1;
}

static char *known_word(void *arg, const char *token)
{
	struct known *known = arg;
	char *word = NULL;

	if (knowledge_similar(known->knowledge, token, &word, known->err) == -1)
		known->failed = true;
	return word;
}

/* Of so many articles one has a word that is spelled wrong. */
#define ARTICLES_A_SLIP 1000

static bool known_token(void *arg, const char *token)
{
	struct known *known = arg;
	struct frequency frequency;

	if (knowledge_frequency(known->knowledge, token, &frequency, known->err) == -1)
		known->failed = true;
	return frequency.articles > knowledge_narticles(known->knowledge) / ARTICLES_A_SLIP;
}

static int session_need_recognisers(struct session *s, struct err *err)
{
	if (s->recognisers == NULL)
		s->recognisers = recognisers_new(s->questions, err);
	return s->recognisers != NULL ? 0 : -1;
}

static bool text_is_blank(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return *text == '\0';
}

/* The text and the words that its slips were taken for; and the slips, or NULL. */
static struct given given_words(
    const struct understandings *found, const char *text, unsigned step)
{
	struct given g = {.kind = GIVEN_WORDS,
	    .source = SOURCE_TEXT,
	    .question = -1,
	    .answer = -1,
	    .quote = xstrdup(text),
	    .step = step};
	char *slips = NULL;
	size_t len;
	FILE *value = xopen_memstream(&g.value, &len),
	     *slip = xopen_memstream(&slips, &len);

	fputs(text, value);
	for (size_t i = 0; i < found->n; i++) {
		const struct understood *u = &found->list[i];

		if (u->question != UNDERSTOOD_WORD)
			continue;
		fprintf(value, " %s", u->value);
		fprintf(slip, "%s\"%s\" was taken as \"%s\"", ftell(slip) > 0 ? "; " : "",
		    u->slip, u->value);
	}
	xclose_memstream(value);
	xclose_memstream(slip);
	if (slips[0] != '\0')
		g.slip = slips;
	else
		free(slips);
	return g;
}

int session_say(struct session *s, const char *text, struct err *err)
{
	struct known known = {.knowledge = s->knowledge, .err = err};
	const struct lookup lookup = {.value = known_value,
	    .article = known_article,
	    .word = known_word,
	    .spelled = known_token,
	    .arg = &known};
	struct understandings found = {0};
	int result = 0;

	if (text_is_blank(text))
		return 0;
	if (session_need_recognisers(s, err) == -1)
		return -1;
	understand(&found, s->recognisers, s->questions, &lookup, text);
	if (known.failed) {
		understandings_fini(&found);
		return -1;
	}
	s->step++;
	for (size_t i = 0; i < found.n && result == 0; i++)
		result = session_take(s, &found.list[i], err);
	session_insert(s, SIZE_MAX, given_words(&found, text, s->step));
	understandings_fini(&found);
	return result;
}

void session_failed(struct session *s, uint32_t article, size_t entry)
{
	struct given g = {
	    .kind = GIVEN_FAILED,
	    .question = -1,
	    .answer = -1,
	    .value = xstrdup("failed"),
	    .quote = xstrdup(""),
	    .articles = xmemdup(&article, sizeof article),
	    .narticles = 1,
	    .entry = entry,
	    .step = ++s->step,
	};

	session_insert(s, SIZE_MAX, g);
}

void session_put_aside(struct session *s, size_t question)
{
	struct given g = {
	    .kind = GIVEN_ASIDE,
	    .question = (int)question,
	    .answer = -1,
	    .value = xstrdup("aside"),
	    .quote = xstrdup(""),
	    .step = ++s->step,
	};

	session_replace(s, g);
}

void session_adopt(struct session *s, const struct given *list, size_t n)
{
	session_clear(s);
	for (size_t i = 0; i < n; i++) {
		session_insert(s, SIZE_MAX, list[i]);
		if (list[i].step > s->step)
			s->step = list[i].step;
	}
}

void session_confirm(struct session *s, unsigned step)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].step == step)
			s->list[i].confirmed = true;
	}
	session_changed(s);
}

bool session_back(struct session *s)
{
	unsigned last = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].step > last)
			last = s->list[i].step;
	}
	for (size_t i = s->n; i-- > 0;) {
		if (s->list[i].step == last)
			session_remove(s, i);
	}
	return last > 0;
}

void session_retract(struct session *s, size_t given)
{
	if (given < s->n)
		session_remove(s, given);
}

void session_clear(struct session *s)
{
	while (s->n > 0)
		session_remove(s, s->n - 1);
	session_changed(s);
}

const struct given *session_given(const struct session *s, size_t *n)
{
	*n = s->n;
	return s->list;
}

struct knowledge *session_knowledge(const struct session *s)
{
	return s->knowledge;
}

const struct state *session_state(struct session *s, struct err *err)
{
	if (s->state == NULL)
		s->state = state_compute(s, err);
	return s->state;
}
