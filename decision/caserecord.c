/* SPDX-License-Identifier: ISC */
/* Cases as data: words, copies, and the folding of events. */

#include "caserecord.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

static const char *const state_words[CASE_STATES] = {
#define X(name, word) [CASE_##name] = (word),
    CASE_STATE_LIST(X)
#undef X
};

static const struct {
	const char *word;
	enum case_state state;
} kinds[EVENT_KINDS] = {
#define X(name, word, state) [EVENT_##name] = {word, state},
    EVENT_LIST(X)
#undef X
};

const char *case_state_word(enum case_state state)
{
	return state_words[state];
}

enum case_state case_state_of(const char *word)
{
	int state = 0;

	while (state < CASE_STATES && strcmp(state_words[state], word) != 0)
		state++;
	return (enum case_state)state;
}

const char *event_kind_word(enum event_kind kind)
{
	return kinds[kind].word;
}

enum event_kind event_kind_of(const char *word)
{
	int kind = 0;

	while (kind < EVENT_KINDS && strcmp(kinds[kind].word, word) != 0)
		kind++;
	return (enum event_kind)kind;
}

void case_head_fini(struct case_head *head)
{
	free(head->name);
	free(head->agent);
	free(head->caller);
	free(head->contact);
	free(head->reference);
	free(head->knowledge);
	free(head->fingerprint);
	*head = (struct case_head){.id = 0};
}

void case_head_copy(struct case_head *to, const struct case_head *from)
{
	*to = *from;
	to->name = xstrdup(from->name);
	to->agent = xstrdup(from->agent);
	to->caller = xstrdup(from->caller);
	to->contact = xstrdup(from->contact);
	to->reference = xstrdup(from->reference);
	to->knowledge = xstrdup(from->knowledge);
	to->fingerprint = xstrdup(from->fingerprint);
}

void event_fini(struct event *event)
{
	free(event->agent);
	free(event->question);
	free(event->article);
	free(event->text);
	splice_fini(&event->answers);
}

void case_record_fini(struct case_record *record)
{
	for (size_t i = 0; i < record->n; i++)
		event_fini(&record->events[i]);
	free(record->events);
	case_head_fini(&record->head);
	*record = (struct case_record){.n = 0};
}

void case_record_add(struct case_record *record, struct event event)
{
	enum case_state state = kinds[event.kind].state;

	if (record->n == 0)
		record->head.opened = event.time;
	record->head.changed = event.time;
	if (state != CASE_STATES)
		record->head.state = state;
	record->events =
	    xgrow(record->events, record->n, &record->cap, sizeof *record->events);
	record->events[record->n++] = event;
}

/* Splices. */

void answer_lines_fini(struct answer_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		free(lines->list[i]);
	free(lines->list);
	*lines = (struct answer_lines){.n = 0};
}

void splice_fini(struct splice *splice)
{
	for (size_t i = 0; i < splice->nadded; i++)
		free(splice->added[i]);
	free(splice->added);
	*splice = (struct splice){.at = 0};
}

static void splice_add(struct splice *splice, size_t *cap, const char *line, size_t len)
{
	splice->added = xgrow(splice->added, splice->nadded, cap, sizeof *splice->added);
	splice->added[splice->nadded++] = xstrndup(line, len);
}

struct splice splice_between(const struct answer_lines *from, const struct answer_lines *to)
{
	struct splice splice = {.at = 0};
	size_t ends = 0, cap = 0;

	while (splice.at < from->n && splice.at < to->n &&
	       strcmp(from->list[splice.at], to->list[splice.at]) == 0)
		splice.at++;
	while (ends < from->n - splice.at && ends < to->n - splice.at &&
	       strcmp(from->list[from->n - ends - 1], to->list[to->n - ends - 1]) == 0)
		ends++;
	splice.removed = from->n - splice.at - ends;
	for (size_t i = splice.at; i < to->n - ends; i++)
		splice_add(&splice, &cap, to->list[i], strlen(to->list[i]));
	return splice;
}

bool splice_apply(struct answer_lines *lines, const struct splice *splice)
{
	size_t behind;

	if (splice->at > lines->n || splice->removed > lines->n - splice->at)
		return false;
	for (size_t i = 0; i < splice->removed; i++)
		free(lines->list[splice->at + i]);
	behind = lines->n - splice->at - splice->removed;
	lines->cap = lines->n - splice->removed + splice->nadded;
	if (lines->cap > lines->n || lines->list == NULL)
		lines->list =
		    xrealloc_array(lines->list, lines->cap + 1, sizeof *lines->list);
	memmove(&lines->list[splice->at + splice->nadded],
	    &lines->list[splice->at + splice->removed], behind * sizeof *lines->list);
	for (size_t i = 0; i < splice->nadded; i++)
		lines->list[splice->at + i] = xstrdup(splice->added[i]);
	lines->n = lines->cap;
	return true;
}

char *splice_write(const struct splice *splice)
{
	char *text = NULL;
	size_t len;
	FILE *f;

	if (splice->removed == 0 && splice->nadded == 0)
		return NULL;
	f = xopen_memstream(&text, &len);
	fprintf(f, "%zu %zu", splice->at, splice->removed);
	for (size_t i = 0; i < splice->nadded; i++)
		fprintf(f, "\n%s", splice->added[i]);
	xclose_memstream(f);
	return text;
}

#define MOST_ANSWERS 1000000 /* of a session; more is damage */

/* A number of at most seven digits, ended by `end`; NULL if there is none. */
static const char *read_number(const char *text, char end, size_t *number)
{
	*number = 0;
	if (!isdigit((unsigned char)*text))
		return NULL;
	while (isdigit((unsigned char)*text) && *number < MOST_ANSWERS)
		*number = *number * 10 + (size_t)(*text++ - '0');
	return *text == end || (*text == '\0' && end == '\n') ? text : NULL;
}

bool splice_read(struct splice *splice, const char *text)
{
	size_t cap = 0;

	*splice = (struct splice){.at = 0};
	if (text == NULL)
		return true;
	text = read_number(text, ' ', &splice->at);
	if (text != NULL)
		text = read_number(text + 1, '\n', &splice->removed);
	if (text == NULL)
		return false;
	while (*text == '\n') {
		size_t len = strcspn(++text, "\n");

		splice_add(splice, &cap, text, len);
		text += len;
	}
	return true;
}

/* Folding. */

bool case_record_answers(
    const struct case_record *record, size_t n, struct answer_lines *lines)
{
	*lines = (struct answer_lines){.n = 0};
	for (size_t i = 0; i < n && i < record->n; i++) {
		if (!splice_apply(lines, &record->events[i].answers)) {
			answer_lines_fini(lines);
			return false;
		}
	}
	return true;
}

bool case_record_held(const struct case_record *record)
{
	for (size_t i = record->n; i-- > 0;) {
		if (record->events[i].kind == EVENT_HELD)
			return true;
		if (record->events[i].kind == EVENT_UNHELD ||
		    kinds[record->events[i].kind].state != CASE_STATES)
			return false;
	}
	return false;
}

static bool event_is_of_step(
    const struct event *event, const char *article, int entry, int step)
{
	return event->article != NULL && strcmp(event->article, article) == 0 &&
	       event->entry == entry && event->step == step;
}

bool case_record_ticked(
    const struct case_record *record, const char *article, int entry, int step)
{
	for (size_t i = record->n; i-- > 0;) {
		const struct event *event = &record->events[i];

		if ((event->kind == EVENT_TICKED || event->kind == EVENT_UNTICKED) &&
		    event_is_of_step(event, article, entry, step))
			return event->kind == EVENT_TICKED;
	}
	return false;
}

/* Whether the case rests after an event of that kind until the next. */
static bool event_rests(enum event_kind kind)
{
	return kind == EVENT_HELD ||
	       (kinds[kind].state != CASE_STATES && kinds[kind].state != CASE_OPEN);
}

int64_t case_record_worked(const struct case_record *record)
{
	int64_t worked = 0;
	bool rests = false;

	for (size_t i = 0; i + 1 < record->n; i++) {
		const struct event *event = &record->events[i];
		int64_t passed = record->events[i + 1].time - event->time;

		if (event_rests(event->kind))
			rests = true;
		else if (event->kind == EVENT_UNHELD || event->kind == EVENT_RESUMED)
			rests = false;
		if (!rests && passed > 0)
			worked += passed;
	}
	return worked;
}
