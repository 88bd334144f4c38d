/* SPDX-License-Identifier: ISC */
/* What happened in a case, one line an event, with the time of day and the time it took. */

#include "ticket_internal.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define TEXT_COLUMNS 60 /* of words of the caller in a line */
#define TIME_HANG 10 /* "09:12:33  " */

/*
 * What is said of each kind. %q is the question as people read it, %t the event's text, %v
 * the same as the answer of the question, %a the article, %e the number of its advice, %s
 * that of the step.
 */
static const char *const words[EVENT_KINDS] = {
    [EVENT_OPENED] = "opened",
    [EVENT_DETAILS] = "caller, contact or reference noted",
    [EVENT_ASKED] = "asked: %q",
    [EVENT_ANSWERED] = "answered: %v",
    [EVENT_TOLD] = "told: \"%t\"",
    [EVENT_CONFIRMED] = "what was understood was confirmed",
    [EVENT_CHANGED] = "changed an earlier answer: %v",
    [EVENT_RETRACTED] = "took an answer back",
    [EVENT_BACK] = "one step back",
    [EVENT_ASIDE] = "put aside, to be looked up: %q",
    [EVENT_NOTED] = "noted: %t",
    [EVENT_ADVISED] = "shown: the advice of %a",
    [EVENT_TICKED] = "step %s of advice %e of %a done",
    [EVENT_UNTICKED] = "step %s of advice %e of %a not done after all",
    [EVENT_WORKED] = "advice %e of %a worked",
    [EVENT_FAILED] = "advice %e of %a did not help",
    [EVENT_TRIED] = "advice %e of %a had been tried before the call",
    [EVENT_HELD] = "caller on hold",
    [EVENT_UNHELD] = "caller back",
    [EVENT_PARKED] = "parked",
    [EVENT_RESUMED] = "taken up again",
    [EVENT_HANDED] = "handed over to %t",
    [EVENT_SOLVED] = "solved",
    [EVENT_ESCALATED] = "escalated",
    [EVENT_ABANDONED] = "abandoned",
};

static const struct question *event_question(
    const struct ticket *ticket, const struct event *event)
{
	const struct questions *questions =
	    ticket->session != NULL
		? knowledge_questions(session_knowledge(ticket->session), NULL)
		: NULL;
	int index = questions != NULL && event->question != NULL
			? questions_find(questions, event->question)
			: -1;

	return index >= 0 ? &questions->list[index] : NULL;
}

/* The answer as people read it, or as it was typed. */
static const char *event_answer(const struct question *question, const struct event *event)
{
	int answer = question != NULL && event->text != NULL
			 ? question_answer(question, event->text)
			 : -1;

	if (answer >= 0)
		return question->answers[answer].label;
	if (event->text != NULL && strcmp(event->text, "unknown") == 0)
		return "not known";
	return event->text;
}

static void put_text(FILE *f, const char *text)
{
	char *line = scan_sentence(text != NULL ? text : "");
	char *cut = layout_cut(line, TEXT_COLUMNS, false);

	fputs(cut, f);
	free(cut);
	free(line);
}

static void put_place(
    FILE *f, char what, const struct ticket *ticket, const struct event *event)
{
	const struct question *question = event_question(ticket, event);

	switch (what) {
	case 'q':
		fputs(question != NULL          ? question->ask
		      : event->question != NULL ? event->question
						: "?",
		    f);
		break;
	case 'v':
		put_text(f, event_answer(question, event));
		break;
	case 'a':
		fputs(event->article != NULL ? event->article : "an article", f);
		break;
	case 'e':
		fprintf(f, "%d", event->entry + 1);
		break;
	case 's':
		fprintf(f, "%d", event->step + 1);
		break;
	default:
		put_text(f, event->text);
	}
}

static char *event_text(const struct ticket *ticket, const struct event *event)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	for (const char *p = words[event->kind]; *p != '\0'; p++) {
		if (*p == '%')
			put_place(f, *++p, ticket, event);
		else
			putc(*p, f);
	}
	if (event->kind == EVENT_OPENED && event->text != NULL) {
		fputs(", ", f);
		put_text(f, event->text);
	}
	xclose_memstream(f);
	return text;
}

/* A head for each day, and for each agent who goes on where another left off. */
static void timeline_head(
    struct page *page, const struct event *before, const struct event *event)
{
	char *now = ticket_date(event->time), *then = NULL;
	bool day, agent;

	if (before != NULL)
		then = ticket_date(before->time);
	day = then == NULL || strncmp(now, then, strlen("2026-11-24")) != 0;
	agent = before == NULL || strcmp(before->agent, event->agent) != 0;
	if (day || agent)
		page_addf(page, TONE_NOTE, "%.10s, %s", now, event->agent);
	free(now);
	free(then);
}

static void timeline_event(struct page *page, const struct ticket *ticket,
    const struct event *before, const struct event *event)
{
	char *time = ticket_time(event->time), *text = event_text(ticket, event);
	int64_t passed = before != NULL ? event->time - before->time : 0;
	char *took = view_duration(passed > 0 ? passed : 0); /* clocks may run backwards */
	char *line =
	    before != NULL ? xasprintf("%s (+%s)", text, took) : xasprintf("%s", text);

	page_label(page, TONE_TEXT, 2, TIME_HANG, time, line);
	free(line);
	free(took);
	free(text);
	free(time);
}

void ticket_timeline(struct page *page, const struct ticket *ticket)
{
	const struct case_record *record = ticket->record;
	const struct event *before = NULL;

	ticket_heading(page, "What happened when");
	for (size_t i = 0; i < record->n; i++) {
		const struct event *event = &record->events[i];

		if (!ticket_tells(ticket, event))
			continue;
		timeline_head(page, before, event);
		timeline_event(page, ticket, before, event);
		before = event;
	}
}
