/* SPDX-License-Identifier: ISC */
/* What is said of questions, answers and candidates. */

#include "view.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "view_parts.h"

#define SHARE_HANG 5 /* ">99% " */
#define CHOICE_HANG 3 /* "1  " */
#define NAME_HANG 18 /* "operating system  " */
#define LEAST_SHARE 0.005 /* candidates below are counted together */

/* Each paragraph of prose, apart by empty lines, becomes one of the page. */
void view_prose(struct page *page, enum tone tone, unsigned indent, const char *text)
{
	while (*text != '\0') {
		const char *end = strstr(text, "\n\n");
		size_t len = end != NULL ? (size_t)(end - text) : strlen(text);
		char *one = xstrndup(text, len);

		if (one[strspn(one, " \n")] != '\0')
			page_add(page, tone, one)->indent = indent;
		free(one);
		text += len;
		text += strspn(text, "\n");
	}
}

void view_shelf(struct page *page, const struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->n; i++) {
		const struct book *book = &shelf->list[i];
		char *number = xasprintf("%zu", i + 1);
		const char *name =
		    book->knowledge != NULL ? knowledge_name(book->knowledge) : book->path;

		page_label(page, TONE_CHOICE, 2, CHOICE_HANG, number, name)->item = (int)i;
		if (book->knowledge != NULL)
			view_prose(page, TONE_NOTE, 2 + CHOICE_HANG,
			    knowledge_about(book->knowledge));
		else
			page_add(page, TONE_NOTE, book->why)->indent = 2 + CHOICE_HANG;
		page_gap(page);
		free(number);
	}
}

void view_start(struct page *page, const struct knowledge *knowledge)
{
	uint32_t n = knowledge_narticles(knowledge);

	view_prose(page, TONE_TEXT, 0, knowledge_about(knowledge));
	page_gap(page);
	page_addf(
	    page, TONE_NOTE, "%u %s to advise from.", n, n == 1 ? "article" : "articles");
}

void view_question(struct page *page, const struct question *question, enum setting setting)
{
	if (setting != SETTING_PHONE || question->say == NULL) {
		page_add(page, TONE_TITLE, question->ask);
		return;
	}
	page_addf(page, TONE_TITLE, "Say: \"%s\"", question->say);
	page_add(page, TONE_NOTE, question->ask);
}

void view_find(struct page *page, const struct question *question)
{
	page_add(page, TONE_HEADING, "How to find out");
	if (question->find == NULL || question->find[0] == '\0')
		page_add(page, TONE_TEXT, "Nothing is written down about it.");
	else
		view_prose(page, TONE_TEXT, 0, question->find);
}

void view_choices(struct page *page, const struct choices *choices, int item)
{
	unsigned hang = choices->n > 10 ? 4 : 3;

	for (size_t i = 0; i < choices->n; i++) {
		const struct choice *choice = &choices->list[i];

		page_label(page, TONE_CHOICE, 2,
		    choice->key != NULL || choice->more ? hang : 0,
		    choice->key != NULL ? choice->key : "", choice->label)
		    ->item = item + (int)i;
	}
}

/* Answers. */

char *view_given_name(const struct questions *questions, const struct given *given)
{
	static const char *const names[] = {
	    [GIVEN_WORDS] = "In your words",
	    [GIVEN_SIGN] = "Seen",
	    [GIVEN_REJECTED] = "Not seen",
	    [GIVEN_FAILED] = "Did not help",
	};
	char *name;

	if (given->question < 0)
		return xstrdup(given->kind == GIVEN_UNKNOWN ? "Seen" : names[given->kind]);
	name = xstrdup(questions->list[given->question].key);
	name[0] = (char)toupper((unsigned char)name[0]);
	if (strlen(name) > 3 && strcmp(name + strlen(name) - 3, "-id") == 0)
		memcpy(name + strlen(name) - 2, "ID", 2);
	for (char *p = name; *p != '\0'; p++) {
		if (*p == '-')
			*p = ' ';
	}
	return name;
}

/* The value, and how it was written where that does not show it. */
static char *given_value(const struct given *given)
{
	if (given->source == SOURCE_TEXT || strcasestr(given->quote, given->value) != NULL)
		return xstrdup(given->value);
	return xasprintf("%s (%s)", given->value, given->quote);
}

/* "Exchange 5.0" or "Exchange 5.5"? The text names both */
static char *given_unclear(const struct question *q, const struct given *given)
{
	char *text = NULL;
	size_t len, n = 0;
	FILE *out = xopen_memstream(&text, &len);

	for (size_t i = 0; i < q->nanswers; i++) {
		uint64_t later = given->among >> i >> 1;

		if ((given->among >> i & 1) == 0)
			continue;
		if (n++ > 0)
			fputs(later != 0 ? ", " : " or ", out);
		fprintf(out, "\"%s\"", q->answers[i].label);
	}
	fprintf(out, "? The text names %s", n == 2 ? "both" : "them all");
	xclose_memstream(out);
	return text;
}

char *view_given_answer(const struct questions *questions, const struct given *given)
{
	switch (given->kind) {
	case GIVEN_ANSWER:
		return xstrdup(
		    questions->list[given->question].answers[given->answer].label);
	case GIVEN_VALUE:
		return given_value(given);
	case GIVEN_NONE:
		return xstrdup("there is none");
	case GIVEN_UNKNOWN:
		return xstrdup("not known");
	case GIVEN_ASIDE:
		return xstrdup("put aside, to be looked up");
	case GIVEN_UNCLEAR:
		return given_unclear(&questions->list[given->question], given);
	default:
		return xstrdup(given->quote);
	}
}

static char *given_failed(struct knowledge *knowledge, const struct given *given)
{
	struct head head = {0};
	char *text;

	if (knowledge_head(knowledge, given->articles[0], &head, NULL) == -1)
		return xstrdup(given->quote);
	text = xasprintf("advice %zu of %s", given->entry + 1, head.id);
	head_fini(&head);
	return text;
}

/* The sentence that was picked, or how many were not. */
static char *given_sign(struct knowledge *knowledge, const struct given *given)
{
	char *sign;

	if (given->kind == GIVEN_REJECTED)
		return xasprintf("none of the %zu descriptions", given->narticles);
	sign = knowledge_sign(knowledge, given->articles[0], NULL);
	return sign != NULL ? sign : xstrdup(given->quote);
}

char *view_given_text(struct session *session, const struct given *given)
{
	struct knowledge *knowledge = session_knowledge(session);

	if (given->kind == GIVEN_FAILED)
		return given_failed(knowledge, given);
	if (given->kind == GIVEN_REJECTED ||
	    (given->kind == GIVEN_SIGN && given->source == SOURCE_ANSWER))
		return given_sign(knowledge, given);
	return view_given_answer(knowledge_questions(knowledge, NULL), given);
}

/* What was understood and cannot help: no article has that value. */
static bool nobody_names(struct knowledge *knowledge, const struct given *given)
{
	uint32_t id;

	return given->kind == GIVEN_VALUE &&
	       knowledge_questions(knowledge, NULL)->list[given->question].kind !=
		   QUESTION_TEXT &&
	       knowledge_value(
		   knowledge, (size_t)given->question, given->value, &id, NULL) == 0;
}

/* The answer, and in a list of what one step added whether it is struck, and its words. */
static char *answer_text(struct session *session, const struct given *given,
    const struct answer_list *which, bool struck)
{
	char *answer = view_given_text(session, given);
	bool quoted = which->step != 0 && given->question >= 0;
	bool slips = which->step != 0 && given->kind == GIVEN_WORDS && given->slip != NULL;
	bool useless = which->step != 0 && nobody_names(session_knowledge(session), given);
	char *text = xasprintf("%s%s%s%s%s%s%s%s", struck ? "(struck out) " : "", answer,
	    quoted ? ", from \"" : "", quoted ? given->quote : "", quoted ? "\"" : "",
	    slips ? "; " : "", slips ? given->slip : "",
	    useless ? "; no article names it" : "");

	free(answer);
	return text;
}

static void view_answer(struct page *page, struct session *session, size_t index,
    const struct answer_list *which)
{
	size_t n;
	const struct given *given = &session_given(session, &n)[index];
	bool struck = which->struck != NULL && which->struck[index];
	char *name =
	    view_given_name(knowledge_questions(session_knowledge(session), NULL), given);
	char *label = xasprintf("%2zu  %s", index + 1, name);
	char *text = answer_text(session, given, which, struck);

	page_label(page, TONE_CHOICE, 1, NAME_HANG + 4, label, text);
	free(text);
	free(label);
	free(name);
}

size_t view_answers(
    struct page *page, struct session *session, const struct answer_list *which)
{
	size_t n, listed = 0;
	const struct given *given = session_given(session, &n);

	for (size_t i = 0; i < n; i++) {
		if (which->step != 0 && given[i].step != which->step)
			continue;
		view_answer(page, session, i, which);
		if (which->items)
			page->list[page->n - 1].item = (int)listed;
		listed++;
	}
	return listed;
}

unsigned view_last_step(const struct session *session)
{
	size_t n;
	const struct given *given = session_given(session, &n);
	unsigned last = 0;

	for (size_t i = 0; i < n; i++) {
		if (given[i].step > last)
			last = given[i].step;
	}
	return last;
}

static void view_alarm(
    struct page *page, struct session *session, const struct alarm *alarm)
{
	const struct questions *questions =
	    knowledge_questions(session_knowledge(session), NULL);
	size_t n;
	const struct given *given = session_given(session, &n);
	char *name = view_given_name(questions, &given[alarm->given]);
	char *answer = view_given_answer(questions, &given[alarm->given]);
	char *suspect =
	    alarm->suspect < 0 ? NULL : view_given_name(questions, &given[alarm->suspect]);

	page_addf(page, TONE_RISK,
	    "Surprising beside the rest: answer %zu, %s: %s (1 in %.0f).%s%s%s",
	    alarm->given + 1, name, answer, exp2(fmin(alarm->bits, 20)),
	    suspect != NULL ? " If one is a slip, it is likeliest this one or " : "",
	    suspect != NULL ? suspect : "", suspect != NULL ? "." : "");
	free(suspect);
	free(answer);
	free(name);
}

void view_alarms(struct page *page, struct session *session, const struct state *state)
{
	for (size_t i = 0; i < state->nalarms; i++)
		view_alarm(page, session, &state->alarms[i]);
}

/* Candidates. */

char *view_progress(const struct state *state)
{
	unsigned questions = (unsigned)(state->questions_left + 0.5);

	return xasprintf("about %u %s and %zu %s left", questions,
	    questions == 1 ? "question" : "questions", state->articles_left,
	    state->articles_left == 1 ? "article" : "articles");
}

char *view_percent(double share)
{
	if (share < LEAST_SHARE)
		return xstrdup("<1%");
	return share >= 1 - LEAST_SHARE ? xstrdup(">99%")
					: xasprintf("%.0f%%", 100 * share);
}

static void view_share(struct page *page, double share, const char *text)
{
	char *percent = view_percent(share);
	char *label = xasprintf("%4s", percent);
	struct para *para = page_label(page, TONE_SHARE, 0, SHARE_HANG, label, text);

	para->share = share;
	free(label);
	free(percent);
}

int view_candidate(struct page *page, struct knowledge *knowledge,
    const struct state *state, uint32_t article, struct err *err)
{
	struct head head = {0};
	char *text;

	if (knowledge_head(knowledge, article, &head, err) == -1)
		return -1;
	text = xasprintf("%s %s", head.id, head.title);
	view_share(page, state->belief->p[article], text);
	free(text);
	head_fini(&head);
	return 0;
}

int view_candidates(struct page *page, struct knowledge *knowledge,
    const struct state *state, size_t most, struct err *err)
{
	uint32_t others = knowledge_narticles(knowledge);
	double rest = 1 - state->belief->none;

	page_add(page, TONE_HEADING, "Still possible");
	for (size_t i = 0; i < state->nranking && i < most; i++) {
		double p = state->belief->p[state->ranking[i]];

		if (i > 0 && p < LEAST_SHARE)
			break;
		if (view_candidate(page, knowledge, state, state->ranking[i], err) == -1)
			return -1;
		page->list[page->n - 1].single = true;
		others--;
		rest -= p;
	}
	if (others > 0 && rest >= LEAST_SHARE) {
		char *text =
		    xasprintf("%u other %s", others, others == 1 ? "article" : "articles");

		view_share(page, rest, text);
		free(text);
	}
	view_share(page, state->belief->none, "none of them: something else");
	return 0;
}
