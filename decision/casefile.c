/* SPDX-License-Identifier: ISC */
/*
 * The case at work. What was recorded and is not in the log yet are the events from
 * `written` on; a flush hands them over together. The answers as last recorded stand beside
 * as lines, so that what an act did to them is the difference between two lists.
 */

#include "casefile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "given_text.h"

struct casefile {
	struct session *session;
	struct caselog *log; /* NULL: nothing is written */
	const struct desk_facts *desk;
	struct case_record record;
	size_t written; /* events that are in the log */
	bool claimed; /* the case is ours in the log */
	struct answer_lines answers; /* as of the last event */
	struct err fault; /* why the latest flush failed */
};

static struct casefile *casefile_alloc(
    struct session *session, struct caselog *log, const struct desk_facts *desk)
{
	struct casefile *file = xcalloc(1, sizeof *file);

	file->session = session;
	file->log = log;
	file->desk = desk;
	return file;
}

void casefile_free(struct casefile *file)
{
	if (file == NULL)
		return;
	if (file->claimed)
		caselog_release(file->log, file->record.head.id);
	case_record_fini(&file->record);
	answer_lines_fini(&file->answers);
	err_fini(&file->fault);
	free(file);
}

/* Recording. */

/* The answers as they are; false if one cannot be written down (the knowledge is damaged). */
static bool session_lines(struct session *session, struct answer_lines *lines)
{
	size_t n;
	const struct given *given = session_given(session, &n);

	*lines = (struct answer_lines){.n = 0};
	for (size_t i = 0; i < n; i++) {
		char *line = given_write(session, &given[i], NULL);

		if (line == NULL) {
			answer_lines_fini(lines);
			return false;
		}
		lines->list =
		    xgrow(lines->list, lines->n, &lines->cap, sizeof *lines->list);
		lines->list[lines->n++] = line;
	}
	return true;
}

/* What happened to the answers since the last event. */
static struct splice casefile_changes(struct casefile *file)
{
	struct splice splice = {.at = 0};
	struct answer_lines now;

	if (!session_lines(file->session, &now))
		return splice;
	splice = splice_between(&file->answers, &now);
	answer_lines_fini(&file->answers);
	file->answers = now;
	return splice;
}

static bool kind_is_of_answers(enum event_kind kind)
{
	return kind >= EVENT_ANSWERED && kind <= EVENT_ASIDE;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The last event of those kinds, or NULL. */
static const struct event *record_last(
    const struct case_record *record, enum event_kind one, enum event_kind other)
{
	for (size_t i = record->n; i-- > 0;) {
		const struct event *event = &record->events[i];

		if (event->kind == one || event->kind == other)
			return event;
	}
	return NULL;
}

/* Whether that question or advice is what the person has in front of them already. */
static bool casefile_shows(
    const struct casefile *file, enum event_kind kind, const struct happening *what)
{
	const struct event *last = record_last(&file->record, EVENT_ASKED, EVENT_ADVISED);

	return last != NULL && last->kind == kind &&
	       same_text(last->question, what->question) &&
	       same_text(last->article, what->article);
}

static void casefile_record_event(struct casefile *file, enum event_kind kind,
    const struct happening *what, struct splice answers)
{
	const char *text = what->text;

	case_record_add(
	    &file->record, (struct event){
			       .time = file->desk->now(),
			       .kind = kind,
			       .agent = xstrdup(file->desk->agent),
			       .question = xstrdup(what->question),
			       .article = xstrdup(what->article),
			       .entry = what->entry,
			       .step = what->step,
			       .text = text != NULL ? scan_clean(text, strlen(text)) : NULL,
			       .internal = what->internal,
			       .answers = answers,
			   });
}

void casefile_add(struct casefile *file, enum event_kind kind, const struct happening *what)
{
	static const struct happening nothing = {.entry = -1, .step = -1};
	struct splice answers;

	if (what == NULL)
		what = &nothing;
	if ((kind == EVENT_ASKED || kind == EVENT_ADVISED) &&
	    casefile_shows(file, kind, what))
		return;
	answers = casefile_changes(file);
	if (kind_is_of_answers(kind) && answers.removed == 0 && answers.nadded == 0)
		return;
	/* who goes on with a case that rests or has ended takes it up again */
	if (kind_is_of_answers(kind) && file->record.n > 0 &&
	    file->record.head.state != CASE_OPEN)
		casefile_record_event(
		    file, EVENT_RESUMED, &nothing, (struct splice){.at = 0});
	casefile_record_event(file, kind, what, answers);
}

/* Beginning. */

/* A case whose head has what the knowledge and the desk say. */
static struct casefile *casefile_begin(
    struct session *session, bool phone, struct caselog *log, const struct desk_facts *desk)
{
	struct casefile *file = casefile_alloc(session, log, desk);
	const struct knowledge *knowledge = session_knowledge(session);

	file->record.head = (struct case_head){
	    .agent = xstrdup(desk->agent),
	    .knowledge = xstrdup(knowledge_name(knowledge)),
	    .fingerprint = xstrdup(knowledge_fingerprint(knowledge)),
	    .phone = phone,
	};
	return file;
}

struct casefile *casefile_new(
    struct session *session, bool phone, struct caselog *log, const struct desk_facts *desk)
{
	static const struct happening opened = {.entry = -1, .step = -1};
	struct casefile *file = casefile_begin(session, phone, log, desk);

	/* what the session holds already belongs to the act that is recorded next */
	casefile_record_event(file, EVENT_OPENED, &opened, (struct splice){.at = 0});
	return file;
}

struct casefile *casefile_import(struct session *session, const struct case_head *of,
    const char *from, struct caselog *log, const struct desk_facts *desk)
{
	const struct happening opened = {.text = from, .entry = -1, .step = -1};
	struct casefile *file = casefile_begin(session, of->phone, log, desk);

	file->record.head.caller = xstrdup(of->caller);
	file->record.head.contact = xstrdup(of->contact);
	file->record.head.reference = xstrdup(of->reference);
	casefile_add(file, EVENT_OPENED, &opened);
	return file;
}

/* Gives a detail of the head a new value; true if that is another. */
static bool detail_set(char **detail, const char *value)
{
	char *clean = value != NULL && value[0] != '\0' ? scan_sentence(value) : NULL;
	bool other = !same_text(*detail, clean);

	free(*detail);
	*detail = clean;
	return other;
}

void casefile_details(
    struct casefile *file, const char *caller, const char *contact, const char *reference)
{
	struct case_head *head = &file->record.head;
	bool other = detail_set(&head->caller, caller);

	other |= detail_set(&head->contact, contact);
	other |= detail_set(&head->reference, reference);
	if (other)
		casefile_add(file, EVENT_DETAILS, NULL);
}

void casefile_hand_over(struct casefile *file, const char *agent)
{
	struct happening to = {.text = agent, .entry = -1, .step = -1};

	casefile_add(file, EVENT_HANDED, &to);
	free(file->record.head.agent);
	file->record.head.agent = scan_sentence(agent);
}

/* The log. */

/* A case of our own, just begun: nobody else can have it. */
static void casefile_claim(struct casefile *file)
{
	char *holder = NULL;

	file->claimed = caselog_claim(file->log, file->record.head.id, file->desk->who,
			    &holder, NULL) == 1;
	free(holder);
}

void casefile_flush(struct casefile *file)
{
	struct case_record *record = &file->record;

	if (file->log == NULL || file->written == record->n)
		return;
	err_fini(&file->fault);
	if (caselog_append(file->log, &record->head, &record->events[file->written],
		record->n - file->written, &file->fault) == -1)
		return;
	file->written = record->n;
	if (!file->claimed)
		casefile_claim(file);
}

const char *casefile_fault(const struct casefile *file)
{
	return file->fault.class != ERR_NONE ? err_text(&file->fault) : NULL;
}

int casefile_move(struct casefile *file, struct caselog *log, struct err *err)
{
	struct case_head head;

	case_head_copy(&head, &file->record.head);
	free(head.name);
	head.name = NULL;
	head.id = 0;
	if (caselog_append(log, &head, file->record.events, file->record.n, err) == -1) {
		case_head_fini(&head);
		return -1;
	}
	if (file->claimed)
		caselog_release(file->log, file->record.head.id);
	case_head_fini(&file->record.head);
	file->record.head = head;
	file->log = log;
	file->written = file->record.n;
	err_fini(&file->fault);
	casefile_claim(file);
	return 0;
}

/* Taking up. */

void misfits_fini(struct misfits *misfits)
{
	for (size_t i = 0; i < misfits->n; i++) {
		free(misfits->list[i].line);
		free(misfits->list[i].why);
	}
	free(misfits->list);
	*misfits = (struct misfits){.n = 0};
}

int casefile_restore(struct session *session, const struct answer_lines *lines,
    struct misfits *misfits, struct err *err)
{
	struct given *list = xcalloc(lines->n + 1, sizeof *list);
	size_t n = 0;
	int result = 1;

	for (size_t i = 0; i < lines->n && result != -1; i++) {
		char *why;

		result = given_read(session, lines->list[i], &list[n], &why, err);
		if (result == 0) {
			misfits->list = xgrow(misfits->list, misfits->n, &misfits->cap,
			    sizeof *misfits->list);
			misfits->list[misfits->n++] =
			    (struct misfit){.line = xstrdup(lines->list[i]), .why = why};
		}
		n += result == 1;
	}
	if (result != -1)
		session_adopt(session, list, n);
	for (size_t i = 0; result == -1 && i < n; i++)
		given_fini(&list[i]);
	free(list);
	return result == -1 ? -1 : 0;
}

static int casefile_read(struct casefile *file, const char *name, struct err *err)
{
	int found = caselog_read(file->log, name, &file->record, err);

	if (found == 0)
		err_set(err, ERR_USAGE, "there is no case %s", name);
	file->written = file->record.n;
	return found;
}

/* 0 and err: another has it. */
static int casefile_take(struct casefile *file, struct err *err)
{
	char *holder = NULL;
	int got =
	    caselog_claim(file->log, file->record.head.id, file->desk->who, &holder, err);

	file->claimed = got == 1;
	if (got == 0)
		err_set(err, ERR_USAGE, "case %s is open elsewhere: %s has it",
		    file->record.head.name, holder != NULL ? holder : "another program");
	free(holder);
	return got;
}

/* What was done between reading and claiming is read again once the case is ours. */
static int casefile_read_claimed(struct casefile *file, struct err *err)
{
	char *name = xstrdup(file->record.head.name);
	int result;

	case_record_fini(&file->record);
	result = casefile_read(file, name, err);
	free(name);
	return result;
}

static int casefile_open(
    struct casefile *file, const char *name, struct misfits *misfits, struct err *err)
{
	int result = casefile_read(file, name, err);

	if (result == 1)
		result = casefile_take(file, err);
	if (result == 1)
		result = casefile_read_claimed(file, err);
	if (result != 1)
		return result;
	if (!case_record_answers(&file->record, file->record.n, &file->answers))
		return err_set(err, ERR_DATA, "case %s is damaged: its answers",
		    file->record.head.name);
	return casefile_restore(file->session, &file->answers, misfits, err) == -1 ? -1 : 1;
}

int casefile_resume(struct casefile **result, struct session *session, struct caselog *log,
    const char *name, const struct desk_facts *desk, struct misfits *misfits,
    struct err *err)
{
	struct casefile *file = casefile_alloc(session, log, desk);
	int opened = casefile_open(file, name, misfits, err);

	if (opened != 1) {
		casefile_free(file);
		return opened;
	}
	free(file->record.head.agent);
	file->record.head.agent = xstrdup(desk->agent);
	casefile_add(file, EVENT_RESUMED, NULL);
	*result = file;
	return 1;
}

/* Looking. */

const struct case_record *casefile_record(const struct casefile *file)
{
	return &file->record;
}

/* Milliseconds since the event; 0 without one, or where the clock ran backwards. */
static int64_t casefile_since(const struct casefile *file, const struct event *event)
{
	int64_t passed = event != NULL ? file->desk->now() - event->time : 0;

	return passed > 0 ? passed : 0;
}

int64_t casefile_step_time(const struct casefile *file)
{
	return casefile_since(file, record_last(&file->record, EVENT_ASKED, EVENT_ADVISED));
}

int64_t casefile_case_time(const struct casefile *file)
{
	const struct case_record *record = &file->record;

	return case_record_worked(record) +
	       casefile_since(file, &record->events[record->n - 1]);
}

int64_t casefile_hold_time(const struct casefile *file)
{
	const struct event *last = record_last(&file->record, EVENT_HELD, EVENT_UNHELD);

	return last != NULL && last->kind == EVENT_HELD ? casefile_since(file, last) : 0;
}
