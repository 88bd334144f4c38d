/* SPDX-License-Identifier: ISC */
/* What line mode says: each page of view.h as lines. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../kb/xalloc.h"
#include "action.h"
#include "line_internal.h"
#include "view.h"

#define LINE_WIDTH 72 /* where the width is not known, and at most */
#define LINE_LEAST 20
#define CLOSEST 5

unsigned line_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1 || size.ws_col < LINE_LEAST)
		return LINE_WIDTH;
	return size.ws_col < LINE_WIDTH ? size.ws_col : LINE_WIDTH;
}

void line_say(const struct line *line, const char *text)
{
	struct page page;

	page_init(&page);
	page_add(&page, TONE_TEXT, text);
	page_print(stdout, &page, line->width);
	page_fini(&page);
}

/* Prints the page, apart from what stands above, and empties it. */
void line_page(const struct line *line, struct page *page)
{
	putchar('\n');
	page_print(stdout, page, line->width);
	page_fini(page);
}

static void line_show_question(const struct line *line)
{
	size_t question = (size_t)line->state->decision.question;
	struct choices choices = {0};
	struct page page;
	char *progress = view_progress(line->state);

	choices_fill(&choices, line->questions, line->state, question);
	if (!line->unfolded)
		choices_fold(&choices, "more");
	page_init(&page);
	view_alarms(&page, line->session, line->state);
	view_question(&page, &line->questions->list[question], line->setting);
	view_choices(&page, &choices, 0);
	page_addf(&page, TONE_NOTE, "(%s)", progress);
	line_page(line, &page);
	free(progress);
	choices_fini(&choices);
}

static int line_show_advice(const struct line *line)
{
	struct page page;
	int result;

	page_init(&page);
	result = view_advice(&page, line->session, line->state, line->err);
	page_gap(&page);
	page_addf(&page, TONE_TEXT, "%s (yes or no%s)", view_advice_asks(line->state, 0),
	    line->state->nadvice > 1 ? ", with the number of the advice" : "");
	line_page(line, &page);
	return result;
}

static int line_show_nothing(const struct line *line)
{
	struct page page;
	int result;

	page_init(&page);
	view_nothing(&page, line->session, line->state);
	page_gap(&page);
	page_add(&page, TONE_HEADING, "What came closest");
	result = view_closest(&page, line->session, line->state, CLOSEST, line->err);
	page_gap(&page);
	page_add(&page, TONE_TEXT, "(change or drop an answer, tell more, again or quit)");
	line_page(line, &page);
	return result;
}

static void line_show_understood(const struct line *line)
{
	struct answer_list list = {.step = view_last_step(line->session)};
	struct page page;

	page_init(&page);
	page_add(&page, TONE_TITLE, "This was understood:");
	view_answers(&page, line->session, &list);
	page_add(&page, TONE_TEXT, "Is it right? (Enter, or the numbers of what is not)");
	line_page(line, &page);
}

static int line_show_session(struct line *line)
{
	line->state = session_state(line->session, line->err);
	if (line->state == NULL)
		return -1;
	line_keep(line);
	switch (line->state->status) {
	case STATUS_ADVISE:
		return line_show_advice(line);
	case STATUS_NONE:
		return line_show_nothing(line);
	default:
		line_show_question(line);
		return 0;
	}
}

int line_show(struct line *line)
{
	line->show = false;
	if (line->turn != TURN_SESSION)
		line_keep(line);
	switch (line->turn) {
	case TURN_START:
		line_say(line, "What do you see? (Enter to be asked)");
		return 0;
	case TURN_CONFIRM:
		line_show_understood(line);
		return 0;
	case TURN_SOLVED:
		line_say(line, "(again, back or quit)");
		return 0;
	default:
		return line_show_session(line);
	}
}

int line_why(struct line *line)
{
	struct page page;
	int result;

	page_init(&page);
	result = view_why(&page, line->session, line->state, line->err);
	if (result == 0)
		result =
		    view_closest(&page, line->session, line->state, CLOSEST, line->err);
	line_page(line, &page);
	return result;
}

void line_answers(struct line *line)
{
	struct answer_list all = {0};
	struct page page;

	page_init(&page);
	if (view_answers(&page, line->session, &all) == 0)
		page_add(&page, TONE_NOTE, "No answers yet.");
	line_page(line, &page);
}

int line_find(struct line *line)
{
	struct page page;

	if (line->state->status != STATUS_ASK) {
		line_say(line, "Nothing is asked now.");
		return 0;
	}
	page_init(&page);
	view_find(&page, &line->questions->list[line->state->decision.question]);
	line_page(line, &page);
	return 0;
}

void line_help(struct line *line)
{
	struct page page;

	page_init(&page);
	page_add(&page, TONE_TEXT,
	    "Answer with a number, a label or a value, or any question with "
	    "question=answer. "
	    "Enter alone repeats what is asked.");
	for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const struct action_entry *entry = action_entry((enum action)a);
		char *word;

		if (entry->word == NULL)
			continue;
		word = xasprintf("%s%s%s", entry->word, entry->argument != NULL ? " " : "",
		    entry->argument != NULL ? entry->argument : "");
		page_label(&page, TONE_TEXT, 0, 16, word, entry->help);
		free(word);
	}
	line_page(line, &page);
}
