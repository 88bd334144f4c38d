/* SPDX-License-Identifier: ISC */
/*
 * The case in line mode: what is done is recorded, advice is tried, notes are taken, cases
 * are parked and taken up.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "line_internal.h"
#include "resume.h"
#include "view_case.h"

/* The case, which begins with the first thing that is done. */
static struct casefile *line_case(struct line *line)
{
	if (line->file == NULL)
		line->file =
		    desk_begin(line->desk, line->session, line->setting == SETTING_PHONE);
	return line->file;
}

void line_did(struct line *line, enum event_kind kind, const struct happening *what)
{
	casefile_add(line_case(line), kind, what);
}

int line_did_say(struct line *line, enum event_kind kind, const char *text)
{
	const struct happening what = {.text = text, .entry = -1, .step = -1};

	line_did(line, kind, &what);
	return line_changed(line);
}

void line_keep(struct line *line)
{
	char *fault;

	desk_keep(
	    line->file, line->turn == TURN_SESSION ? line->state : NULL, line->session);
	fault = line->file != NULL ? desk_fault(line->desk, line->file) : NULL;
	if (fault != NULL && !line->unsaved) {
		line_say(line, fault);
		line_say(line, "\"place FILE\" keeps it in another file.");
	}
	line->unsaved = fault != NULL;
	free(fault);
}

/* Advice. */

/* The entry of advice that a number names, the first where there is none; or NULL. */
static const struct advised *line_tried(const struct line *line, const char *argument)
{
	long index = *argument == '\0' ? 0 : line_index(argument, line->state->nadvice);

	if (line->state->status != STATUS_ADVISE || index < 0 ||
	    (size_t)index >= line->state->nadvice)
		return NULL;
	return &line->state->advice[index];
}

static int line_no_such_advice(const struct line *line)
{
	line_say(line, "There is no such advice.");
	return 0;
}

/* Records something about an entry of an article's advice, or a step of it. */
static int line_did_try(
    struct line *line, enum event_kind kind, uint32_t article, size_t entry, int step)
{
	struct happening what = {.entry = (int)entry, .step = step};
	struct head head = {0};

	if (knowledge_head(line->knowledge, article, &head, line->err) == -1)
		return -1;
	what.article = head.id;
	line_did(line, kind, &what);
	head_fini(&head);
	return 0;
}

int line_worked(struct line *line, const char *argument)
{
	const struct advised *tried = line_tried(line, argument);
	struct page page;
	int result;

	if (tried == NULL)
		return line_no_such_advice(line);
	if (line_did_try(line, EVENT_WORKED, tried->article, tried->entry, -1) == -1)
		return -1;
	line_did(line, EVENT_SOLVED, NULL);
	page_init(&page);
	result = view_worked(&page, line->knowledge, tried->article, line->err);
	line_page(line, &page);
	line->turn = TURN_SOLVED;
	line->show = true;
	return result;
}

int line_failed(struct line *line, const char *argument, enum event_kind kind)
{
	const struct advised *tried = line_tried(line, argument);
	const struct state *state = line->state;
	uint32_t article = state->decision.best;
	size_t entry = tried != NULL ? tried->entry : 0;

	if (tried == NULL && (state->status != STATUS_ADVISE || state->nadvice > 0))
		return line_no_such_advice(line);
	session_failed(line->session, article, entry);
	if (line_did_try(line, kind, article, entry, -1) == -1)
		return -1;
	return line_changed(line);
}

/* The steps of the entry at hand, and the first that is not done. */
static int line_show_steps(struct line *line)
{
	const struct advised *advised = &line->state->advice[line->stepping];
	struct head head = {0};
	struct page page, all;
	size_t next = 0;

	if (knowledge_head(line->knowledge, advised->article, &head, line->err) == -1)
		return -1;
	page_init(&page);
	page_init(&all);
	view_steps_ticked(&all, advised, head.id,
	    line->file != NULL ? casefile_record(line->file) : NULL);
	while (line->file != NULL && next < advised->advice.nsteps &&
	       case_record_ticked(
		   casefile_record(line->file), head.id, (int)advised->entry, (int)next))
		next++;
	if (next < advised->advice.nsteps)
		view_one_step(&page, advised, next, line->setting);
	else
		page_append(&page, &all);
	page_add(&page, TONE_NOTE,
	    next < advised->advice.nsteps ? "(done, or done N for another step)"
					  : "All done: yes or no says whether it worked.");
	line_page(line, &page);
	page_fini(&all);
	head_fini(&head);
	return 0;
}

int line_steps(struct line *line, const char *argument)
{
	const struct advised *advised = line_tried(line, argument);

	if (advised == NULL)
		return line_no_such_advice(line);
	if (advised->advice.nsteps == 0) {
		line_say(line, "This advice has no steps.");
		return 0;
	}
	line->stepping = (size_t)(advised - line->state->advice);
	return line_show_steps(line);
}

int line_done(struct line *line, const char *argument)
{
	const struct case_record *record;
	const struct advised *advised;
	struct head head = {0};
	long step;
	bool ticked;

	if (line->state->status != STATUS_ADVISE ||
	    line->stepping >= line->state->nadvice ||
	    line->state->advice[line->stepping].advice.nsteps == 0)
		return line_no_such_advice(line);
	advised = &line->state->advice[line->stepping];
	if (knowledge_head(line->knowledge, advised->article, &head, line->err) == -1)
		return -1;
	record = line->file != NULL ? casefile_record(line->file) : NULL;
	step = *argument != '\0' ? line_index(argument, advised->advice.nsteps) : 0;
	while (*argument == '\0' && record != NULL && step >= 0 &&
	       (size_t)step + 1 < advised->advice.nsteps &&
	       case_record_ticked(record, head.id, (int)advised->entry, (int)step))
		step++;
	ticked = record != NULL && step >= 0 &&
		 case_record_ticked(record, head.id, (int)advised->entry, (int)step);
	head_fini(&head);
	if (step < 0) {
		line_say(line, "There is no step of that number.");
		return 0;
	}
	if (line_did_try(line, ticked && *argument != '\0' ? EVENT_UNTICKED : EVENT_TICKED,
		advised->article, advised->entry, (int)step) == -1)
		return -1;
	line_keep(line);
	return line_show_steps(line);
}

/* The question, the call, the case. */

int line_put_aside(struct line *line)
{
	struct happening aside = {.entry = -1, .step = -1};
	size_t question;

	if (line->state->status != STATUS_ASK) {
		line_say(line, "Nothing is asked now.");
		return 0;
	}
	question = (size_t)line->state->decision.question;
	aside.question = line->questions->list[question].key;
	session_put_aside(line->session, question);
	line_did(line, EVENT_ASIDE, &aside);
	line_say(line, "Put aside: it comes back, or say it as question=answer.");
	return line_changed(line);
}

int line_escalate(struct line *line)
{
	line_did(line, EVENT_ESCALATED, NULL);
	line_keep(line);
	if (!line->unsaved && casefile_record(line->file)->head.name != NULL) {
		char *text = xasprintf(
		    "Case %s is escalated.", casefile_record(line->file)->head.name);

		line_say(line, text);
		free(text);
	}
	return 0;
}

int line_again(struct line *line)
{
	if (line->file != NULL && casefile_record(line->file)->head.state == CASE_OPEN)
		line_did(line, EVENT_ABANDONED, NULL);
	desk_leave(line->file);
	line->file = NULL;
	session_clear(line->session);
	line->turn = TURN_START;
	line->show = true;
	return 0;
}

/* Records it and says that it was done; the turn stays. */
static int line_noted(struct line *line, enum event_kind kind, const char *text,
    bool internal, const char *said)
{
	const struct happening what = {
	    .text = text, .entry = -1, .step = -1, .internal = internal};

	line_did(line, kind, &what);
	line_keep(line);
	line_say(line, said);
	return 0;
}

static int line_hold(struct line *line)
{
	bool held = line->file != NULL && case_record_held(casefile_record(line->file));
	char *time, *said;
	int result;

	if (!held)
		return line_noted(
		    line, EVENT_HELD, NULL, false, "On hold; \"hold\" again ends it.");
	time = view_duration(casefile_hold_time(line->file));
	said = xasprintf("The caller was on hold for %s.", time);
	result = line_noted(line, EVENT_UNHELD, NULL, false, said);
	free(said);
	free(time);
	return result;
}

int line_detail(struct line *line, enum detail detail, const char *value)
{
	const char *known[DETAILS];
	const struct case_head *head = &casefile_record(line_case(line))->head;

	for (int i = 0; i < DETAILS; i++)
		known[i] = i == (int)detail ? value : view_detail(head, (enum detail)i);
	casefile_details(line->file, known[DETAIL_CALLER], known[DETAIL_CONTACT],
	    known[DETAIL_REFERENCE]);
	line_keep(line);
	line_say(line, "Noted.");
	return 0;
}

static int line_cases(struct line *line)
{
	struct case_heads heads;
	struct page page;

	page_init(&page);
	desk_open_cases(line->desk, &heads);
	view_cases(&page, &heads);
	if (heads.n > 0)
		page_add(&page, TONE_NOTE, "(open and the number of one goes on with it)");
	line_page(line, &page);
	case_heads_fini(&heads);
	return 0;
}

void line_begin(struct line *line, struct beginning *beginning)
{
	struct page page;

	line->session = beginning->session;
	line->file = beginning->file;
	beginning->session = NULL;
	beginning->file = NULL;
	line->turn = TURN_SESSION;
	page_init(&page);
	view_misfits(&page, &beginning->misfits);
	if (page.n > 0)
		line_page(line, &page);
}

static void line_say_misfits(struct line *line, const struct misfits *misfits)
{
	for (size_t i = 0; i < misfits->n; i++) {
		char *text = view_misfit(&misfits->list[i]);

		line_noted(line, EVENT_NOTED, text, true, text);
		free(text);
	}
}

int line_take_up(struct line *line, const char *name)
{
	struct session *session = session_new(line->knowledge, line->setting, line->err);
	struct misfits misfits = {0};
	struct casefile *file;
	int got;

	if (session == NULL)
		return -1;
	got = desk_resume(line->desk, &file, session, name, &misfits, line->err);
	if (got != 1) {
		session_free(session);
		misfits_fini(&misfits);
		line->err->class = ERR_USAGE; /* whatever failed, this session goes on */
		return line_refused(line);
	}
	desk_leave(line->file);
	session_free(line->session);
	line->session = session;
	line->file = file;
	line_say_misfits(line, &misfits);
	misfits_fini(&misfits);
	line_answers(line);
	return line_changed(line);
}

static int line_place(struct line *line, const char *path)
{
	if (line->desk->restricted) {
		line_say(line, "No file can be named here.");
		return 0;
	}
	if (line->file == NULL) {
		line_say(line, "There is no case yet.");
		return 0;
	}
	if (desk_move(line->desk, line->file, path, line->err) == -1) {
		line->err->class = ERR_USAGE;
		return line_refused(line);
	}
	line->unsaved = false;
	line_say(line, "The case is kept there now.");
	return 0;
}

bool line_act_case(struct line *line, enum action action, const char *argument, int *result)
{
	switch (action) {
	case ACTION_NOTE:
		*result = line_noted(line, EVENT_NOTED, argument, true, "Noted.");
		return true;
	case ACTION_REMARK:
		*result = line_noted(
		    line, EVENT_NOTED, argument, false, "Noted, for the caller too.");
		return true;
	case ACTION_HOLD:
		*result = line_hold(line);
		return true;
	case ACTION_CASES:
		*result = line_cases(line);
		return true;
	case ACTION_OPEN:
		*result = line_take_up(line, argument);
		return true;
	case ACTION_PLACE:
		*result = line_place(line, argument);
		return true;
	default:
		return false;
	}
}
