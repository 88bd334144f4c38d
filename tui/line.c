/* SPDX-License-Identifier: ISC */
/*
 * Line mode: show what is due, read a line, do what it says, until the input ends.
 *
 * A line is an answer if it can be one (a number, a label, a value, or "question = answer"
 * for any question), else a word of the table of actions. Words without an argument must
 * stand alone and those with one must have it in its form, so that the text of an error
 * message is not taken for a command. An empty line says what is due once more.
 */

#include "line.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"
#include "action.h"
#include "line_internal.h"
#include "resume.h"
#include "view.h"

/* Doing. Functions return 0, or -1 when the world failed. */

int line_refused(struct line *line)
{
	char *text;

	if (line->err->class != ERR_USAGE)
		return -1;
	text = xasprintf("%s.", err_text(line->err));
	line_say(line, text);
	free(text);
	err_fini(line->err);
	return 0;
}

int line_changed(struct line *line)
{
	line->turn = TURN_SESSION;
	line->unfolded = false;
	line->show = true;
	return 0;
}

static int line_more(struct line *line)
{
	if (line->state->status != STATUS_ASK) {
		line_say(line, "Nothing is asked now.");
		return 0;
	}
	line_changed(line);
	line->unfolded = true;
	return 0;
}

static int line_answer_question(struct line *line, const char *key, const char *value)
{
	const struct happening answered = {
	    .question = key, .text = value, .entry = -1, .step = -1};

	if (session_answer(line->session, key, value, line->err) == -1)
		return line_refused(line);
	line_did(line, EVENT_ANSWERED, &answered);
	return line_changed(line);
}

static int line_answer(struct line *line, const char *value)
{
	return line_answer_question(
	    line, line->questions->list[line->state->decision.question].key, value);
}

/* What "key = value" sets: an answer to any question, asked or not, or who is calling. */
static bool line_set(struct line *line, const char *key, const char *value, int *result)
{
	if (questions_find(line->questions, key) >= 0)
		*result = line_answer_question(line, key, value);
	else if (view_detail_of(key) != DETAILS)
		*result = line_detail(line, view_detail_of(key), value);
	else
		return false;
	return true;
}

/* False if the text is no "key = value" of something known. */
static bool line_volunteer(struct line *line, const char *text, int *result)
{
	const char *equals = strchr(text, '=');
	size_t len = equals != NULL ? (size_t)(equals - text) : 0;
	char *key;
	bool known;

	if (equals == NULL)
		return false;
	while (len > 0 && text[len - 1] == ' ')
		len--;
	key = xstrndup(text, len);
	known = line_set(line, key, equals + 1 + strspn(equals + 1, " "), result);
	free(key);
	return known;
}

static int line_tell(struct line *line, const char *text)
{
	if (session_say(line->session, text, line->err) == -1)
		return -1;
	line_did_say(line, EVENT_TOLD, text);
	line->turn = TURN_CONFIRM;
	return 0;
}

/* A mail, an event: all lines up to one with a full stop alone, or the end of input. */
static int line_paste(struct line *line)
{
	char *text = NULL, *input;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);
	int result;

	while ((input = edit_line(line->edit, "| ")) != NULL && strcmp(input, ".") != 0) {
		fprintf(f, "%s\n", input);
		free(input);
	}
	free(input);
	xclose_memstream(f);
	result = line_tell(line, text);
	free(text);
	return result;
}

/* Before the first description stands the start. */
static int line_back(struct line *line)
{
	bool described = line->turn == TURN_CONFIRM;
	size_t n = 0;

	if (line->turn == TURN_SOLVED)
		return line_changed(line);
	if (session_back(line->session)) {
		line_did_say(line, EVENT_BACK, NULL);
		session_given(line->session, &n);
		if (n > 0 || !described)
			return 0;
	}
	line->turn = TURN_START;
	line->show = true;
	return 0;
}

long line_index(const char *text, size_t n)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (!isdigit((unsigned char)*text) || number < 1 || number > n ||
	    (*end != '\0' && *end != ' '))
		return -1;
	return (long)number - 1;
}

int line_no_such_answer(const struct line *line)
{
	line_say(line, "There is no answer of that number; \"answers\" lists them.");
	return 0;
}

static int line_change(struct line *line, const char *argument)
{
	size_t n;
	long index;
	const char *value = argument + strcspn(argument, " ");

	session_given(line->session, &n);
	index = line_index(argument, n);
	value += strspn(value, " ");
	if (index < 0)
		return line_no_such_answer(line);
	if (choices_change(line->session, (size_t)index, value, line->err) == -1)
		return line_refused(line);
	return line_did_say(line, EVENT_CHANGED, value);
}

static int line_drop(struct line *line, const char *argument)
{
	size_t n;
	long index;

	session_given(line->session, &n);
	index = line_index(argument, n);
	if (index < 0)
		return line_no_such_answer(line);
	session_retract(line->session, (size_t)index);
	return line_did_say(line, EVENT_RETRACTED, NULL);
}

/* Takes back the answers whose numbers the text lists. */
static int line_strike(struct line *line, const char *text)
{
	unsigned step = view_last_step(line->session);
	size_t n;
	const struct given *given = session_given(line->session, &n);
	bool *struck = xcalloc(n + 1, sizeof *struck);

	for (; *text != '\0'; text += strcspn(text, " ,"), text += strspn(text, " ,")) {
		long index = line_index(text, n);

		if (index < 0 || given[index].step != step) {
			line_say(line, "Numbers of the list above, or Enter, or back.");
			goto out;
		}
		struck[index] = true;
	}
	for (size_t i = n; i-- > 0;) {
		if (struck[i])
			session_retract(line->session, i);
	}
	session_confirm(line->session, step);
	line_did_say(line, EVENT_CONFIRMED, NULL);
out:
	free(struck);
	return 0;
}

static int line_article(struct line *line, const char *argument)
{
	uint32_t article = line->state->decision.best;
	struct page page;
	int result;

	if (*argument != '\0') {
		int found = knowledge_find(line->knowledge, argument, &article, line->err);

		if (found == 0)
			line_say(line, "There is no such article.");
		if (found != 1)
			return found;
	}
	page_init(&page);
	result = view_article(&page, line->knowledge, article, line->err);
	line_page(line, &page);
	return result;
}

/* Reading. */

/* An action on a session under way, with its argument. */
static int line_act(struct line *line, enum action action, const char *argument)
{
	switch (action) {
	case ACTION_UNKNOWN:
		if (line->state->status == STATUS_ASK)
			return line_answer(line, "unknown");
		line_say(line, "Nothing is asked now.");
		return 0;
	case ACTION_MORE:
		return line_more(line);
	case ACTION_FIND:
		return line_find(line);
	case ACTION_ANSWERS:
		line_answers(line);
		return 0;
	case ACTION_CHANGE:
		return line_change(line, argument);
	case ACTION_STRIKE:
		return line_drop(line, argument);
	case ACTION_TELL:
		return line_tell(line, argument);
	case ACTION_WHY:
		return *argument == '\0' ? line_why(line)
					 : line_why_not(line, argument + strlen("not "));
	case ACTION_WHAT_IF:
		return line_what_if(line, argument + strlen("if "));
	case ACTION_ARTICLE:
		return line_article(line, argument);
	case ACTION_YES:
		return line_worked(line, argument);
	case ACTION_NO:
		return line_failed(line, argument, EVENT_FAILED);
	case ACTION_TRIED:
		return line_failed(line, argument, EVENT_TRIED);
	case ACTION_STEPS:
		return line_steps(line, argument);
	case ACTION_DONE:
		return line_done(line, argument);
	case ACTION_ASIDE:
		return line_put_aside(line);
	case ACTION_ESCALATE:
		return line_escalate(line);
	default:
		return 0;
	}
}

/* An action that is possible at every turn; false if it is none. */
static bool line_act_anywhere(
    struct line *line, enum action action, const char *argument, int *result)
{
	*result = 0;
	if (line_act_case(line, action, argument, result))
		return true;
	switch (action) {
	case ACTION_HELP:
		line_help(line);
		return true;
	case ACTION_QUIT:
		line->quit = true;
		return true;
	case ACTION_BACK:
		*result = line_back(line);
		return true;
	case ACTION_AGAIN:
		*result = line_again(line);
		return true;
	case ACTION_PASTE:
		*result = line_paste(line);
		return true;
	default:
		return false;
	}
}

/* "not ID" and nothing more. */
static bool argument_is_not(const char *argument)
{
	return strncasecmp(argument, "not ", 4) == 0 && argument[4] != '\0' &&
	       argument[4 + strcspn(argument + 4, " ")] == '\0';
}

/* "if N VALUE", or "if QUESTION=ANSWER". */
static bool argument_is_if(const char *argument)
{
	if (strncasecmp(argument, "if ", 3) != 0)
		return false;
	argument += 3;
	return strchr(argument, '=') != NULL ||
	       (isdigit((unsigned char)*argument) && strchr(argument, ' ') != NULL);
}

/* Whether the argument has the form that the word wants. */
static bool argument_fits(const struct action_entry *entry, const char *argument)
{
	if (entry->argument == NULL)
		return *argument == '\0';
	if (strcmp(entry->argument, "WORDS") == 0)
		return *argument != '\0';
	if (strcmp(entry->argument, "[ID]") == 0)
		return *argument == '\0' || argument[strcspn(argument, " ")] == '\0';
	if (entry->argument[0] == '[' && *argument == '\0')
		return true;
	if (strcmp(entry->argument, "[not ID]") == 0)
		return argument_is_not(argument);
	if (strcmp(entry->argument, "if N VALUE") == 0)
		return argument_is_if(argument);
	if (strcmp(entry->argument, "N VALUE") == 0 && strchr(argument, ' ') == NULL)
		return false;
	return isdigit((unsigned char)*argument);
}

/* The action that a line is, and where its argument begins; ACTION_NONE if it is none. */
static enum action line_action(const char *text, const char **argument)
{
	size_t len = strcspn(text, " ");
	enum action action = action_of_word(text, len);

	*argument = text + len + strspn(text + len, " ");
	if (action == ACTION_NONE || !argument_fits(action_entry(action), *argument))
		return ACTION_NONE;
	return action;
}

/* Answers a question with the text, as an answer in full or (whole false) as anything. */
static bool line_try_answer(struct line *line, const char *text, bool whole, int *result)
{
	struct choices choices = {0};
	size_t question = (size_t)line->state->decision.question;
	bool open;
	int found;

	if (line->state->status != STATUS_ASK)
		return false;
	open = question_is_open(&line->questions->list[question]);
	choices_fill(&choices, line->questions, line->state, question);
	found =
	    whole ? choices_find(&choices, text) : choices_find_beginning(&choices, text);
	if (found >= 0)
		*result = line_answer(line, choices.list[found].value);
	else if (open && !whole && choices_doubtful(text))
		line_say(
		    line, "Is that the answer? Then say question=answer; else unknown.");
	else if (open && !whole)
		*result = line_answer(line, text);
	choices_fini(&choices);
	return found >= 0 || (open && !whole);
}

/* What is neither an answer nor a command: how a command it may be is written. */
static void line_not_understood(const struct line *line, const char *text)
{
	enum action action = action_of_word(text, strcspn(text, " "));
	const char *argument =
	    action != ACTION_NONE ? action_entry(action)->argument : NULL;
	char *usage;

	if (argument == NULL) {
		line_say(line, "That is no answer and no word I know; ? lists the words.");
		return;
	}
	usage = xasprintf("It is written: %s %s", action_entry(action)->word, argument);
	line_say(line, usage);
	free(usage);
}

static int line_take_session(struct line *line, const char *text)
{
	const char *argument;
	enum action action;
	int result = 0;

	if (line_volunteer(line, text, &result) ||
	    line_try_answer(line, text, true, &result))
		return result;
	action = line_action(text, &argument);
	if (line_act_anywhere(line, action, argument, &result))
		return result;
	if (action != ACTION_NONE)
		return line_act(line, action, argument);
	if (line_try_answer(line, text, false, &result))
		return result;
	line_not_understood(line, text);
	return 0;
}

static int line_take(struct line *line, const char *text)
{
	const char *argument;
	enum action action;
	int result;

	if (*text == '\0' && line->turn != TURN_START && line->turn != TURN_CONFIRM) {
		line_changed(line);
		return 0;
	}
	if (line->turn == TURN_SESSION)
		return line_take_session(line, text);
	action = line_action(text, &argument);
	if (line_act_anywhere(line, action, argument, &result))
		return result;
	switch (line->turn) {
	case TURN_START:
		if (line_volunteer(line, text, &result))
			return result;
		return *text == '\0' ? line_changed(line) : line_tell(line, text);
	case TURN_CONFIRM:
		return line_strike(line, text);
	default:
		line->show = true;
		return 0;
	}
}

/* White space off both ends. */
static char *line_trim(char *text)
{
	size_t len;

	text += strspn(text, " \t");
	len = strlen(text);
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	return text;
}

static int line_loop(struct line *line)
{
	while (!line->quit) {
		char *input;
		int result;

		if (line->show && line_show(line) == -1)
			return -1;
		input = edit_line(line->edit, "> ");
		if (input == NULL) {
			putchar('\n');
			return 0;
		}
		result = line_take(line, line_trim(input));
		free(input);
		if (result == -1)
			return -1;
	}
	return 0;
}

static void line_intro(const struct line *line)
{
	struct page page;

	page_init(&page);
	page_add(&page, TONE_TITLE, knowledge_name(line->knowledge));
	view_start(&page, line->knowledge);
	page_print(stdout, &page, line->width);
	page_fini(&page);
}

/* Sets line->knowledge to the one the person wants; it stays NULL where the input ends. */
static void line_choose(struct line *line, const struct shelf *shelf)
{
	while (line->knowledge == NULL) {
		struct page page;
		char *input;
		long index;

		page_init(&page);
		page_add(&page, TONE_TITLE, "What is it about?");
		view_shelf(&page, shelf);
		line_page(line, &page);
		input = edit_line(line->edit, "> ");
		if (input == NULL)
			return;
		index = line_index(line_trim(input), shelf->n);
		free(input);
		if (index < 0)
			line_say(line, "A number picks one of these.");
		else if (shelf->list[index].knowledge == NULL)
			line_say(line, shelf->list[index].why);
		else
			line->knowledge = shelf->list[index].knowledge;
	}
}

/* Who is calling; an empty line leaves it out. */
static void line_ask_details(struct line *line)
{
	for (int detail = 0; detail < DETAILS; detail++) {
		char *input;

		line_say(line, view_detail_asks((enum detail)detail));
		input = edit_line(line->edit, "> ");
		if (input == NULL)
			return;
		if (*line_trim(input) != '\0')
			line_detail(line, (enum detail)detail, line_trim(input));
		free(input);
	}
}

/* The conversation with the knowledge chosen. */
static int line_converse(struct line *line)
{
	int result = -1;

	line->questions = knowledge_questions(line->knowledge, line->err);
	if (line->questions != NULL && line->desk->beginning != NULL)
		line_begin(line, line->desk->beginning);
	else if (line->questions != NULL)
		line->session = session_new(line->knowledge, line->setting, line->err);
	if (line->session != NULL) {
		if (line->file == NULL)
			line_intro(line);
		if (line->file == NULL && line->desk->calling)
			line_ask_details(line);
		result = line_loop(line);
	}
	desk_leave(line->file);
	session_free(line->session);
	return result;
}

int line_run(
    const struct shelf *shelf, struct desk *desk, enum setting setting, struct err *err)
{
	const char *type = getenv("TERM");
	struct line line = {.desk = desk,
	    .setting = setting,
	    .err = err,
	    .width = line_width(),
	    .show = true};
	int result = 0;

	line.edit = edit_new(type == NULL || strcmp(type, "dumb") == 0);
	if (desk->beginning != NULL)
		line.knowledge = desk->beginning->knowledge;
	else if (shelf->n == 1)
		line.knowledge = shelf->list[0].knowledge;
	else
		line_choose(&line, shelf);
	if (line.knowledge != NULL)
		result = line_converse(&line);
	edit_free(line.edit);
	if (result == 0 && (fflush(stdout) == EOF || ferror(stdout)))
		return err_sys(err, ERR_WRITE, "writing to standard output failed");
	return result;
}
