/* SPDX-License-Identifier: ISC */
/*
 * A ticket is a page first; text and Markdown are two ways to print it. JSON says the same in
 * members (ticket_json.c).
 */

#include "ticket.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "ticket_block.h"
#include "ticket_internal.h"

#define HEAD_HANG 12 /* "Reference:  " */
#define ANSWER_HANG 4

/* The head. */

static void head_line(struct page *page, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		page_label(page, TONE_TEXT, 0, HEAD_HANG, label, text);
}

static void head_knowledge(struct page *page, const struct ticket *ticket)
{
	const struct case_head *head = &ticket->record->head;
	const char *now = ticket->session != NULL
			      ? knowledge_fingerprint(session_knowledge(ticket->session))
			      : NULL;
	char *text = xasprintf("%s (%s)%s", head->knowledge, head->fingerprint,
	    now == NULL ? "; not at hand here: this is told from the record alone"
	    : strcmp(now, head->fingerprint) == 0
		? ""
		: "; it has changed since then, and this is told with the newer one");

	head_line(page, "Knowledge:", text);
	free(text);
}

static void head_times(struct page *page, const struct case_record *record)
{
	char *opened = ticket_date(record->head.opened),
	     *changed = ticket_date(record->head.changed),
	     *zone = ticket_zone(record->head.changed),
	     *worked = view_duration(case_record_worked(record));
	char *text = xasprintf("%s, last changed %s (%s)", opened, changed, zone);
	char *work = xasprintf("%s%s", worked, record->head.phone ? ", on the phone" : "");

	head_line(page, "Opened:", text);
	head_line(page, "Worked:", work);
	free(work);
	free(text);
	free(worked);
	free(zone);
	free(changed);
	free(opened);
}

static void ticket_head(struct page *page, const struct ticket *ticket)
{
	const struct case_head *head = &ticket->record->head;

	page_addf(page, TONE_TITLE, "%s %s: %s",
	    ticket_is_escalation(ticket) ? "Escalation of case" : "Case",
	    head->name != NULL ? head->name : "without a number",
	    case_state_word(head->state));
	page_gap(page);
	head_line(page, "Caller:", head->caller);
	head_line(page, "Contact:", head->contact);
	head_line(page, "Reference:", head->reference);
	head_line(page, "Agent:", head->agent);
	head_knowledge(page, ticket);
	head_times(page, ticket->record);
	if (ticket->record->n > 0)
		head_line(page, "Taken over:", ticket->record->events[0].text);
}

/* What the caller sees, and the answers. */

static void words_add(struct page *page, const char *text)
{
	bool lines = strchr(text, '\n') != NULL;

	page_add(page, lines ? TONE_VERBATIM : TONE_TEXT, text)->indent = 2;
}

static void ticket_symptom(struct page *page, const struct answer_lines *lines)
{
	size_t listed = 0;

	ticket_heading(page, "What the caller sees");
	for (size_t i = 0; i < lines->n; i++) {
		char *said = given_line_is_kind(lines->list[i], "words")
				 ? given_line_member(lines->list[i], "said")
				 : NULL;

		if (said != NULL) {
			words_add(page, said);
			listed++;
		}
		free(said);
	}
	if (listed == 0)
		page_add(page, TONE_TEXT, "Not told in words; the answers say it.")
		    ->indent = 2;
}

/* Words and failed advice have parts of their own. */
static bool given_is_listed(const struct given *given)
{
	return given->kind != GIVEN_WORDS && given->kind != GIVEN_FAILED;
}

static const char *given_asks(const struct questions *questions, const struct given *given)
{
	size_t question =
	    given->question >= 0 ? (size_t)given->question : questions_sign(questions);

	return question < questions->n ? questions->list[question].ask : "What is seen?";
}

static void answer_add(struct page *page, const struct ticket *ticket, size_t number,
    const struct given *given)
{
	const struct questions *questions =
	    knowledge_questions(session_knowledge(ticket->session), NULL);
	char *answer = view_given_text(ticket->session, given);
	char *label = xasprintf("%zu", number);
	bool text = given->source == SOURCE_TEXT && given->quote[0] != '\0';

	page_label(page, TONE_TEXT, 2, ANSWER_HANG, label, given_asks(questions, given));
	page_addf(page, TONE_TEXT, "%s%s%s%s%s%s", answer, text ? "; from \"" : "",
	    text ? given->quote : "",
	    text ? (given->confirmed ? "\", confirmed" : "\"") : "",
	    given->slip != NULL ? "; typed: " : "", given->slip != NULL ? given->slip : "")
	    ->indent = 2 + ANSWER_HANG;
	free(label);
	free(answer);
}

static size_t answers_of_session(struct page *page, const struct ticket *ticket)
{
	size_t n, listed = 0;
	const struct given *given = session_given(ticket->session, &n);

	for (size_t i = 0; i < n; i++) {
		if (given_is_listed(&given[i]))
			answer_add(page, ticket, ++listed, &given[i]);
	}
	return listed;
}

/* The answer of a line, with the words it was understood from. */
static char *line_answer(const char *line)
{
	char *text = given_line_text(line), *whole;
	char *said =
	    given_line_has_word(line, "text") ? given_line_member(line, "said") : NULL;

	if (said == NULL)
		return text;
	whole = xasprintf("%s; from \"%s\"", text, said);
	free(said);
	free(text);
	return whole;
}

static size_t answers_of_lines(struct page *page, const struct answer_lines *lines)
{
	size_t listed = 0;

	for (size_t i = 0; i < lines->n; i++) {
		char *number, *text;

		if (given_line_is_kind(lines->list[i], "words") ||
		    given_line_is_kind(lines->list[i], "failed"))
			continue;
		number = xasprintf("%zu", ++listed);
		text = line_answer(lines->list[i]);
		page_label(page, TONE_TEXT, 2, ANSWER_HANG, number, text);
		free(text);
		free(number);
	}
	return listed;
}

static void ticket_misfits(struct page *page, const struct ticket *ticket)
{
	size_t n = ticket->misfits != NULL ? ticket->misfits->n : 0;

	if (n > 0)
		ticket_heading(page, "Answers that no longer fit the knowledge");
	for (size_t i = 0; i < n; i++) {
		const struct misfit *misfit = &ticket->misfits->list[i];
		char *text = given_line_text(misfit->line);

		page_addf(page, TONE_TEXT, "%s (%s)", text, misfit->why)->indent = 2;
		free(text);
	}
}

static void ticket_answers(
    struct page *page, const struct ticket *ticket, const struct answer_lines *lines)
{
	size_t listed;

	ticket_heading(page, "Answers");
	listed = ticket->session != NULL ? answers_of_session(page, ticket)
					 : answers_of_lines(page, lines);
	if (listed == 0)
		page_add(page, TONE_TEXT, "None.")->indent = 2;
	ticket_misfits(page, ticket);
}

/* Notes. */

static void note_add(struct page *page, const struct event *event)
{
	char *time = ticket_time(event->time), *date = ticket_date(event->time);

	page_addf(page, TONE_NOTE, "%.10s %s, %s%s:", date, time, event->agent,
	    event->internal ? ", internal" : "");
	words_add(page, event->text);
	free(date);
	free(time);
}

static void ticket_notes(struct page *page, const struct ticket *ticket)
{
	const struct case_record *record = ticket->record;
	size_t listed = 0;

	for (size_t i = 0; i < record->n; i++) {
		const struct event *event = &record->events[i];

		if (event->kind != EVENT_NOTED || event->text == NULL ||
		    !ticket_tells(ticket, event))
			continue;
		if (listed++ == 0)
			ticket_heading(page, "Notes");
		note_add(page, event);
	}
}

/* All of it. */

/* What an escalation opens with, or else what follows the answers. */
static int ticket_first(struct page *page, const struct ticket *ticket,
    const struct state *state, const struct attempts *attempts, struct err *err)
{
	if (ticket_tried(page, ticket, attempts, err) == -1)
		return -1;
	return state != NULL && ticket_is_escalation(ticket)
		   ? ticket_look_first(page, ticket, state, err)
		   : 0;
}

static int ticket_middle(struct page *page, const struct ticket *ticket,
    const struct state *state, const struct attempts *attempts, struct err *err)
{
	if (state == NULL)
		return 0;
	if (ticket_ruled_out(page, ticket, state, err) == -1 ||
	    ticket_next(page, ticket, state, err) == -1)
		return -1;
	return ticket_articles(page, ticket, state, attempts, err);
}

static int ticket_fill(struct page *page, const struct ticket *ticket,
    const struct answer_lines *lines, const struct attempts *attempts, struct err *err)
{
	const struct state *state = NULL;
	bool first = ticket_is_escalation(ticket);

	if (ticket->session != NULL &&
	    (state = session_state(ticket->session, err)) == NULL)
		return -1;
	ticket_head(page, ticket);
	if (first && ticket_first(page, ticket, state, attempts, err) == -1)
		return -1;
	ticket_symptom(page, lines);
	ticket_answers(page, ticket, lines);
	if (!first && ticket_first(page, ticket, state, attempts, err) == -1)
		return -1;
	if (ticket_middle(page, ticket, state, attempts, err) == -1)
		return -1;
	ticket_notes(page, ticket);
	ticket_timeline(page, ticket);
	return 0;
}

int ticket_page(struct page *page, const struct ticket *ticket, struct err *err)
{
	const struct case_record *record = ticket->record;
	struct answer_lines lines = {0};
	struct attempts attempts;
	int result = attempts_find(&attempts, record, err);

	if (result == 0) {
		case_record_answers(record, record->n, &lines);
		result = ticket_fill(page, ticket, &lines, &attempts, err);
	}
	answer_lines_fini(&lines);
	attempts_fini(&attempts);
	return result;
}

/* Printing. */

/* Nothing in the layout that is not ASCII: what a view cut ends in three dots. */
static char *plain_dots(char *text)
{
	char *plain = NULL;
	size_t len;
	FILE *f;

	if (text == NULL || strstr(text, "\xe2\x80\xa6") == NULL)
		return text;
	f = xopen_memstream(&plain, &len);
	for (const char *p = text; *p != '\0';) {
		bool dots = strncmp(p, "\xe2\x80\xa6", 3) == 0;

		fprintf(f, dots ? "..." : "%c", *p);
		p += dots ? 3 : 1;
	}
	xclose_memstream(f);
	free(text);
	return plain;
}

/* Headings stand out in any font; what is single is wrapped, for nothing scrolls here. */
static void page_make_plain(struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		struct para *para = &page->list[i];

		para->single = false;
		para->text = plain_dots(para->text);
		if (para->tone != TONE_HEADING || para->label != NULL)
			continue;
		for (char *p = para->text; *p != '\0'; p++)
			*p = (char)toupper((unsigned char)*p);
	}
}

static void block_write(FILE *out, const struct ticket *ticket, enum ticket_format format)
{
	struct answer_lines lines;
	bool markdown = format == TICKET_MARKDOWN;

	fputs(markdown ? "\n## To go on with this case on another machine\n\n" : "\n", out);
	if (!markdown)
		fputs("TO GO ON WITH THIS CASE ON ANOTHER MACHINE\n", out);
	fputs("Save this text as FILE, then: kbwizard resume FILE\n", out);
	fputs(markdown ? "\n```\n" : "\n", out);
	case_record_answers(ticket->record, ticket->record->n, &lines);
	ticket_block_write(out, &ticket->record->head, &lines);
	answer_lines_fini(&lines);
	if (markdown)
		fputs("```\n", out);
}

static int page_write(
    FILE *out, const struct ticket *ticket, enum ticket_format format, struct err *err)
{
	struct page page;
	int result;

	page_init(&page);
	result = ticket_page(&page, ticket, err);
	if (result == 0 && format == TICKET_MARKDOWN) {
		ticket_markdown(out, &page);
		block_write(out, ticket, format);
	} else if (result == 0) {
		page_make_plain(&page);
		page_print(out, &page, TICKET_COLUMNS);
		block_write(out, ticket, format);
	}
	page_fini(&page);
	return result;
}

int ticket_write(
    FILE *out, const struct ticket *ticket, enum ticket_format format, struct err *err)
{
	struct answer_lines lines;
	int result;

	if (format != TICKET_JSON)
		return page_write(out, ticket, format, err);
	if (!case_record_answers(ticket->record, ticket->record->n, &lines))
		return err_set(err, ERR_DATA, "the case is damaged: its answers");
	result = ticket_json(out, ticket, &lines, err);
	answer_lines_fini(&lines);
	return result;
}
