/* SPDX-License-Identifier: ISC */
/* What the record of a case says without its knowledge: attempts, and times of day. */

#include "ticket_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../kb/xalloc.h"

/* Attempts. */

void attempts_fini(struct attempts *attempts)
{
	free(attempts->list);
	*attempts = (struct attempts){.n = 0};
}

const char *attempt_outcome(const struct attempt *attempt)
{
	switch (attempt->outcome) {
	case EVENT_WORKED:
		return "it worked";
	case EVENT_FAILED:
		return "it did not help";
	case EVENT_TRIED:
		return "it had been tried before the call and did not help";
	case EVENT_TICKED:
		return "begun, what came of it is not noted";
	default:
		return "shown, nothing of it was tried";
	}
}

/* The attempt at that advice, new if need be. What was only shown becomes the first tried. */
static struct attempt *attempts_at(
    struct attempts *attempts, const char *article, int entry)
{
	for (size_t i = 0; i < attempts->n; i++) {
		struct attempt *a = &attempts->list[i];

		if (strcmp(a->article, article) != 0)
			continue;
		if (a->entry == -1)
			a->entry = entry;
		if (a->entry == entry || entry == -1)
			return a;
	}
	attempts->list =
	    xgrow(attempts->list, attempts->n, &attempts->cap, sizeof *attempts->list);
	attempts->list[attempts->n] =
	    (struct attempt){.article = article, .entry = entry, .outcome = EVENT_ADVISED};
	return &attempts->list[attempts->n++];
}

static void attempts_take(struct attempts *attempts, const struct event *event)
{
	struct attempt *a;

	if (event->article == NULL)
		return;
	switch (event->kind) {
	case EVENT_ADVISED:
		attempts_at(attempts, event->article, -1);
		break;
	case EVENT_TICKED:
		a = attempts_at(attempts, event->article, event->entry);
		if (a->outcome == EVENT_ADVISED)
			a->outcome = EVENT_TICKED;
		break;
	case EVENT_WORKED:
	case EVENT_FAILED:
	case EVENT_TRIED:
		attempts_at(attempts, event->article, event->entry)->outcome = event->kind;
		break;
	default:
		break;
	}
}

/* Whether the answers still say that it did not help. */
static bool lines_hold_failure(const struct answer_lines *lines, const struct attempt *a)
{
	bool held = false;

	for (size_t i = 0; i < lines->n && !held; i++) {
		char *articles = given_line_member(lines->list[i], "articles");
		char *entry = given_line_member(lines->list[i], "entry");

		held = given_line_is_kind(lines->list[i], "failed") && articles != NULL &&
		       entry != NULL && strcmp(articles, a->article) == 0 &&
		       atoi(entry) == a->entry;
		free(articles);
		free(entry);
	}
	return held;
}

int attempts_find(
    struct attempts *attempts, const struct case_record *record, struct err *err)
{
	struct answer_lines lines;

	*attempts = (struct attempts){.n = 0};
	if (!case_record_answers(record, record->n, &lines))
		return err_set(err, ERR_DATA, "case %s is damaged: its answers",
		    record->head.name != NULL ? record->head.name : "without a number");
	for (size_t i = 0; i < record->n; i++)
		attempts_take(attempts, &record->events[i]);
	/* what was taken back later is not said */
	for (size_t i = 0; i < attempts->n; i++) {
		struct attempt *a = &attempts->list[i];

		if ((a->outcome == EVENT_FAILED || a->outcome == EVENT_TRIED) &&
		    !lines_hold_failure(&lines, a))
			a->outcome = EVENT_ADVISED;
	}
	answer_lines_fini(&lines);
	return 0;
}

/* What is told. */

bool ticket_is_escalation(const struct ticket *ticket)
{
	return ticket->escalation || ticket->record->head.state == CASE_ESCALATED;
}

bool ticket_tells(const struct ticket *ticket, const struct event *event)
{
	return ticket->internal || event->kind != EVENT_NOTED || !event->internal;
}

/* Times. */

enum form { FORM_DATE, FORM_TIME, FORM_ZONE };

static char *local_time(int64_t time, enum form form)
{
	char text[64] = "";
	time_t seconds = (time_t)(time / 1000);
	struct tm tm;
	size_t len = 0;

	if (localtime_r(&seconds, &tm) == NULL)
		return xasprintf("%" PRId64, time / 1000);
	switch (form) {
	case FORM_DATE:
		len = strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
		break;
	case FORM_TIME:
		len = strftime(text, sizeof text, "%H:%M:%S", &tm);
		break;
	default:
		len = strftime(text, sizeof text, "%Z", &tm);
	}
	return xstrndup(text, len);
}

char *ticket_date(int64_t time)
{
	return local_time(time, FORM_DATE);
}

char *ticket_time(int64_t time)
{
	return local_time(time, FORM_TIME);
}

char *ticket_zone(int64_t time)
{
	return local_time(time, FORM_ZONE);
}
