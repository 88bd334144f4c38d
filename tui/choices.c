/* SPDX-License-Identifier: ISC */
/* The ways to answer a question. */

#include "choices.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "layout.h"

#define FOLD_LEAST 2 /* so many answers are folded, for one line stands for them */
#define LABEL_COLUMNS 60 /* a message suggested as an answer is cut here */

static void choices_add(
    struct choices *choices, const char *value, const char *label, char *key)
{
	choices->list =
	    xgrow(choices->list, choices->n, &choices->cap, sizeof *choices->list);
	choices->list[choices->n++] =
	    (struct choice){.value = xstrdup(value), .label = xstrdup(label), .key = key};
}

/* What is offered: a message is cut, the sentence of a sign is to be read whole. */
static void choices_add_offer(
    struct choices *choices, const struct offer *offer, bool whole, char *key)
{
	char *label =
	    whole ? xstrdup(offer->label) : layout_cut(offer->label, LABEL_COLUMNS, false);

	choices_add(choices, offer->key, label, key);
	free(label);
}

/* The offers that matter come first, and so their numbers. */
static void choices_add_offers(
    struct choices *choices, const struct state *state, const struct question *q, bool idle)
{
	for (size_t i = 0; i < state->noffers; i++) {
		const struct offer *offer = &state->offers[i];
		size_t number = choices->n + 1;

		if (offer->idle != idle)
			continue;
		choices_add_offer(choices, offer, question_is_sign(q),
		    question_is_open(q) ? NULL : xasprintf("%zu", number));
		choices->list[choices->n - 1].idle = idle;
	}
}

static char *choices_number(const struct choices *choices, bool numbered)
{
	return numbered ? xasprintf("%zu", choices->n + 1) : NULL;
}

void choices_fill(struct choices *choices, const struct questions *questions,
    const struct state *state, size_t question)
{
	const struct question *q = &questions->list[question];
	bool open = question_is_open(q);

	if (state != NULL && state->decision.question == (int)question) {
		choices_add_offers(choices, state, q, false);
		choices_add_offers(choices, state, q, true);
	} else {
		for (size_t i = 0; i < q->nanswers; i++)
			choices_add(choices, q->answers[i].key, q->answers[i].label,
			    choices_number(choices, !open));
	}
	if (question_is_sign(q) && choices->n > 0) {
		char *none = session_rejection(state);

		choices_add(choices, none, "None of these", choices_number(choices, true));
		free(none);
	}
	if (open)
		choices_add(choices, "none", "There is none", NULL);
	choices_add(choices, "unknown", "I don't know", open ? NULL : xstrdup("0"));
}

static void choice_fini(struct choice *choice)
{
	free(choice->value);
	free(choice->label);
	free(choice->key);
}

void choices_fini(struct choices *choices)
{
	for (size_t i = 0; i < choices->n; i++)
		choice_fini(&choices->list[i]);
	free(choices->list);
	*choices = (struct choices){0};
}

int choices_find(const struct choices *choices, const char *text)
{
	/* Numbers come first: "4" is the fourth answer, whatever it is called. */
	for (size_t i = 0; i < choices->n; i++) {
		if (choices->list[i].key != NULL && strcmp(choices->list[i].key, text) == 0)
			return (int)i;
	}
	for (size_t i = 0; i < choices->n; i++) {
		if (strcasecmp(choices->list[i].value, text) == 0 ||
		    strcasecmp(choices->list[i].label, text) == 0)
			return (int)i;
	}
	return -1;
}

int choices_find_beginning(const struct choices *choices, const char *text)
{
	size_t len = strlen(text);
	int found = -1;

	for (size_t i = 0; len > 0 && i < choices->n; i++) {
		if (strncasecmp(choices->list[i].label, text, len) != 0)
			continue;
		if (found >= 0)
			return -1;
		found = (int)i;
	}
	return found;
}

bool choices_doubtful(const char *text)
{
	return strcasecmp(text, "d") == 0 || strcmp(text, "0") == 0;
}

int choices_change(
    struct session *session, size_t given, const char *value, struct err *err)
{
	const struct questions *questions =
	    knowledge_questions(session_knowledge(session), err);
	size_t before, after;
	const struct given *list = session_given(session, &before);
	const struct question *q;
	bool adds;

	if (questions == NULL)
		return -1;
	if (given >= before || list[given].question < 0)
		return err_set(
		    err, ERR_USAGE, "this one can be taken back, but not changed");
	q = &questions->list[list[given].question];
	adds = list[given].kind == GIVEN_VALUE;
	if (session_answer(session, q->key, value, err) == -1)
		return -1;
	session_given(session, &after);
	/* A further value of an open question stands beside the old one, which goes. */
	if (adds && after > before)
		session_retract(session, given);
	return 0;
}

/* The text occurs in the label, in any case. */
static bool choice_holds(const struct choice *choice, const char *text)
{
	return strcasestr(choice->label, text) != NULL;
}

/* The idle ones stand together, and not knowing behind them. */
void choices_fold(struct choices *choices, const char *how)
{
	size_t idle = 0, kept = 0;

	for (size_t i = 0; i < choices->n; i++)
		idle += choices->list[i].idle;
	if (idle < FOLD_LEAST)
		return;
	for (size_t i = 0; i < choices->n; i++) {
		struct choice *choice = &choices->list[i];

		if (!choice->idle) {
			choices->list[kept++] = *choice;
			continue;
		}
		choice_fini(choice);
		if (i + 1 < choices->n && !choices->list[i + 1].idle)
			choices->list[kept++] = (struct choice){
			    .label = xasprintf("%zu less likely answers (%s)", idle, how),
			    .value = xstrdup(""),
			    .more = true,
			};
	}
	choices->n = kept;
}

unsigned choices_numbered(const struct choices *choices)
{
	unsigned n = 0;

	for (size_t i = 0; i < choices->n; i++)
		n += choices->list[i].key != NULL && strcmp(choices->list[i].key, "0") != 0;
	return n;
}

void choices_filter(struct choices *choices, const char *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < choices->n; i++) {
		struct choice *choice = &choices->list[i];

		if (i + 2 >= choices->n || choice_holds(choice, text)) {
			choices->list[kept++] = *choice;
			continue;
		}
		choice_fini(choice);
	}
	choices->n = kept;
}
