/* SPDX-License-Identifier: ISC */
/*
 * A question: the one that is due, or an earlier one asked again to change its answer.
 *
 * The answers of a choice are numbered, and a number picks one as soon as it can mean no
 * other. An open question has a line to type on; while it is selected characters are text,
 * and the suggestions below it are those that hold what was typed.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/phonetic.h"
#include "../decision/understand.h"
#include "../kb/xalloc.h"
#include "app.h"
#include "term.h"
#include "view.h"

#define CANDIDATES 6
#define ROOMY_ROWS 36 /* from here on "how to find out" is shown unasked */

/* The key bar of an open question; that of a choice is the screen's. */
static const enum action open_actions[] = {ACTION_TAKE, ACTION_HELP, ACTION_BACK,
    ACTION_SWITCH, ACTION_FIND, ACTION_UNKNOWN, ACTION_ASIDE, ACTION_TELL, ACTION_ANSWERS,
    ACTION_WHY, ACTION_QUIT, ACTION_NONE};

static const struct question *question_of(const struct app *app, const struct place *place)
{
	return &app->questions->list[app_question(app, place)];
}

static bool question_typing(struct app *app, struct place *place)
{
	return place->selected == 0 && question_is_open(question_of(app, place));
}

/* The choices shown: of an open question those that hold what is typed. */
static void question_choices(
    const struct app *app, const struct place *place, struct choices *choices)
{
	choices_fill(choices, app->questions, app->state, app_question(app, place));
	if (question_is_open(question_of(app, place)))
		choices_filter(choices, place->field.text);
	else if (!place->unfolded)
		choices_fold(choices, "m");
}

/* What is typed of a code, to be read back to the caller. */
static void draw_read_back(struct page *page, const char *typed)
{
	char *figures = understand_figures(typed), *spelled = phonetic_spell(figures);

	page_addf(page, TONE_NOTE, "Read back: %s", spelled);
	free(spelled);
	free(figures);
}

static void draw_open(const struct app *app, struct frame *frame, const struct place *place)
{
	const struct question *q = question_of(app, place);

	frame->actions = open_actions;
	page_label(&frame->page, TONE_FIELD, 0, 2, ">", place->field.text)->item = 0;
	if (app->setting == SETTING_PHONE && !field_is_blank(&place->field) &&
	    (q->kind == QUESTION_CODE || q->kind == QUESTION_NUMBER))
		draw_read_back(&frame->page, place->field.text);
	page_gap(&frame->page);
}

/* What has been said and what is possible, beside the question or below it. */
static int draw_beside(struct app *app, struct frame *frame)
{
	struct page *side = &frame->side;
	struct answer_list all = {0};

	view_alarms(side, app->session, app->state);
	page_gap(side);
	if (view_candidates(side, app->knowledge, app->state, CANDIDATES, &app->err) == -1)
		return -1;
	page_gap(side);
	page_add(side, TONE_HEADING, "Answers so far");
	if (view_answers(side, app->session, &all) == 0)
		page_add(side, TONE_NOTE, "None yet.");
	return 0;
}

static int question_draw(struct app *app, struct place *place, struct frame *frame)
{
	const struct question *question = question_of(app, place);
	bool open = question_is_open(question);
	struct choices choices = {0};
	unsigned columns, rows;

	question_choices(app, place, &choices);
	view_question(&frame->page, question, app->setting);
	if (app->state->returned && place->subject < 0)
		page_add(
		    &frame->page, TONE_NOTE, "It was put aside: has it been found out?");
	page_gap(&frame->page);
	if (open)
		draw_open(app, frame, place);
	else
		frame->digits = xasprintf("1-%u", choices_numbered(&choices));
	view_choices(&frame->page, &choices, open ? 1 : 0);
	if (question->find == NULL || question->find[0] == '\0')
		frame->absent = ACTION_FIND;
	term_size(&columns, &rows);
	if (rows >= ROOMY_ROWS) {
		page_gap(&frame->page);
		view_find(&frame->page, question);
	}
	if (place->number > 0)
		frame->prompt =
		    xasprintf("Answer %u: Enter, or a further digit.", place->number);
	choices_fini(&choices);
	return draw_beside(app, frame);
}

/* Takes what was typed; of nothing, and of what is doubtful, Enter says first what it will do. */
static int question_take_typed(struct app *app, struct place *place,
    int (*answer)(struct app *, struct place *, const char *))
{
	bool blank = field_is_blank(&place->field);

	if (place->warned || (!blank && !choices_doubtful(place->field.text)))
		return answer(app, place, blank ? "unknown" : place->field.text);
	place->warned = true;
	if (blank)
		app_say(app, "Type it, or choose below; Enter again: I don't know.");
	else
		app_say(app,
		    "Enter again if \"%s\" is the answer; cleared, Enter twice is "
		    "I don't know.",
		    place->field.text);
	return 1;
}

/* Answers with item `item` of the page; `answer` is app_answer or its sister. */
static int question_take(struct app *app, struct place *place, int item,
    int (*answer)(struct app *, struct place *, const char *))
{
	struct choices choices = {0};
	size_t index = (size_t)item;
	int result = 1;

	if (question_is_open(question_of(app, place))) {
		if (item == 0)
			return question_take_typed(app, place, answer);
		index--;
	}
	question_choices(app, place, &choices);
	if (index < choices.n && choices.list[index].more)
		place->unfolded = true;
	else if (index < choices.n)
		result = answer(app, place, choices.list[index].value);
	choices_fini(&choices);
	return result;
}

/* Lists the answers that were folded; not taken where none were. */
static int question_unfold(const struct app *app, struct place *place)
{
	struct choices choices = {0};
	bool folded = false;

	question_choices(app, place, &choices);
	for (size_t i = 0; i < choices.n; i++)
		folded |= choices.list[i].more;
	choices_fini(&choices);
	if (folded)
		place->unfolded = true;
	return folded;
}

static int question_act(struct app *app, struct place *place, enum action action)
{
	switch (action) {
	case ACTION_TAKE:
		return question_take(app, place, place->selected, app_answer);
	case ACTION_UNKNOWN:
		return app_answer(app, place, "unknown");
	case ACTION_ASIDE:
		return app_put_aside(app, place);
	case ACTION_MORE:
		return question_unfold(app, place);
	case ACTION_FIND:
		app_push(app, &screen_find, (long)app_question(app, place));
		return 1;
	case ACTION_ARTICLE:
		if (app->state->nranking > 0)
			app_push(app, &screen_article, (long)app->state->ranking[0]);
		return 1;
	case ACTION_SWITCH:
		if (!question_is_open(question_of(app, place)))
			return 0;
		place->selected = place->selected == 0 ? 1 : 0;
		place->follow = true;
		return 1;
	case ACTION_BACK:
		if (place->field.len == 0)
			return 0;
		field_clear(&place->field);
		place->selected = 0;
		return 1;
	default:
		return 0;
	}
}

/* A digit of a number: picks the answer once no longer number is possible. */
static int question_number(struct app *app, struct place *place, unsigned digit)
{
	unsigned number = place->number * 10 + digit;
	struct choices choices = {0};
	unsigned most;

	question_choices(app, place, &choices);
	most = choices_numbered(&choices);
	choices_fini(&choices);
	if (number > most)
		number = digit;
	place->number = 0;
	if (number == 0)
		return app_answer_by_number(app, place, "unknown");
	if (number > most) {
		app_say(app, "The answers shown are numbered 1 to %u.", most);
		return 1;
	}
	place->selected = (int)number - 1;
	place->follow = true;
	if (number * 10 > most)
		return question_take(app, place, place->selected, app_answer_by_number);
	place->number = number;
	return 1;
}

/* The suggestions of an open question have no numbers: what is typed there is text. */
static int question_digit(struct app *app, struct place *place, unsigned digit)
{
	if (!question_is_open(question_of(app, place)))
		return question_number(app, place, digit);
	app_say(app, "The arrow keys pick one of these; Tab goes back to the line.");
	return 1;
}

static const enum action question_actions[] = {ACTION_UNKNOWN, ACTION_HELP, ACTION_BACK,
    ACTION_FIND, ACTION_ASIDE, ACTION_TELL, ACTION_ANSWERS, ACTION_WHY, ACTION_QUIT,
    ACTION_TAKE, ACTION_MORE, ACTION_ARTICLE, ACTION_AGAIN, ACTION_SWITCH, ACTION_NONE};

const struct screen screen_question = {
    .actions = question_actions,
    .typing = question_typing,
    .draw = question_draw,
    .act = question_act,
    .digit = question_digit,
};
