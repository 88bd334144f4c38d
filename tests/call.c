/* SPDX-License-Identifier: ISC */
/* The call. */
#include "call.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "../kb/xalloc.h"
#include "shipped.h"

static struct knowledge *knowledge;
static struct session *session;
static struct casefile *file;

static int64_t now;
static int64_t clock_now(void)
{
	return now;
}

static const struct desk_facts anna = {
    .agent = "anna", .who = "anna on front-1", .now = clock_now};

int call_open(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	knowledge = shipped_open();
	return knowledge != NULL ? 0 : -1;
}

int call_close(void **state)
{
	(void)state;
	knowledge_close(knowledge);
	return 0;
}

int call_begin(void **state)
{
	(void)state;
	now = INT64_C(1795512000000); /* 2026-11-24 10:40 */
	session = session_new(knowledge, SETTING_PHONE, NULL);
	file = casefile_new(session, true, NULL, &anna);
	return 0;
}

int call_end(void **state)
{
	(void)state;
	casefile_free(file);
	session_free(session);
	return 0;
}

/* What happens in a call, each some seconds after the last. */

void call_passes(int seconds)
{
	now += seconds * INT64_C(1000);
}

void call_did(enum event_kind kind, const char *question, const char *text)
{
	const struct happening what = {
	    .question = question, .text = text, .entry = -1, .step = -1};

	casefile_add(file, kind, &what);
}

void call_tell(const char *text)
{
	call_passes(20);
	assert_int_equal(session_say(session, text, NULL), 0);
	call_did(EVENT_TOLD, NULL, text);
}

void call_answer(const char *question, const char *value)
{
	call_did(EVENT_ASKED, question, NULL);
	call_passes(31);
	assert_int_equal(session_answer(session, question, value, NULL), 0);
	call_did(EVENT_ANSWERED, question, value);
}

void call_note(const char *text, bool internal)
{
	const struct happening what = {
	    .text = text, .entry = -1, .step = -1, .internal = internal};

	call_passes(5);
	casefile_add(file, EVENT_NOTED, &what);
}

/* Something about the first advice that stands now. */
void call_advised(enum event_kind kind, int step)
{
	const struct state *st = session_state(session, NULL);
	struct happening what = {.entry = step < -1 ? -1 : 0, .step = step};
	struct head head = {0};

	assert_int_equal(st->status, STATUS_ADVISE);
	assert_int_equal(knowledge_head(knowledge, st->decision.best, &head, NULL), 0);
	what.article = head.id;
	if (what.entry == 0)
		what.entry = (int)st->advice[0].entry;
	call_passes(60);
	if (kind == EVENT_FAILED || kind == EVENT_TRIED)
		session_failed(session, st->decision.best, st->advice[0].entry);
	casefile_add(file, kind, &what);
	head_fini(&head);
}

/* A call with something of everything in it. */
void call_whole(void)
{
	casefile_details(file, "Mr. O'Neil \"Jim\"", "+1 555 0100", "INC-4711");
	call_tell(
	    "ntbackup stops with an RPC error, event 8010, on our clustered Exchange 5.5");
	call_did(EVENT_CONFIRMED, NULL, NULL);
	call_answer("cluster", "yes");
	call_note("Caller is in a hurry.", true);
	call_note("Will send the event log by mail.\nIt has 3 pages.", false);
	session_put_aside(session,
	    (size_t)questions_find(knowledge_questions(knowledge, NULL), "service-pack"));
	call_did(EVENT_ASIDE, "service-pack", NULL);
	call_answer("operating-system", "unknown");
}

char *call_ticket(struct ticket *ticket, enum ticket_format format)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);
	struct err err = {0};

	ticket->record = casefile_record(file);
	if (ticket_write(f, ticket, format, &err) == -1)
		fail_msg("%s", err_text(&err));
	xclose_memstream(f);
	return text;
}

/* Nothing that was advised helped. */
void call_without_help(void)
{
	call_whole();
	call_advised(EVENT_ADVISED, -2);
	call_advised(EVENT_TRIED, -1);
	call_advised(EVENT_ADVISED, -2);
	call_advised(EVENT_TICKED, 0);
	call_advised(EVENT_TICKED, 1);
	call_advised(EVENT_FAILED, -1);
	call_passes(10);
	call_did(EVENT_ESCALATED, NULL, NULL);
}

const char call_nasty[] =
    "Robert'); DROP TABLE event; --\n\x1b]0;owned\x07\x1b[31m"
    "\"quoted\" <b>bold</b> **stars** `tick` \xe2\x80\xae \xff\xc2\x9b";

struct session *call_session(void)
{
	return session;
}

struct casefile *call_file(void)
{
	return file;
}

const struct case_record *call_record(void)
{
	return casefile_record(file);
}

struct knowledge *call_knowledge(void)
{
	return knowledge;
}
