/* SPDX-License-Identifier: ISC */
/*
 * Cases read: one with its events, or the heads of many. Rows are checked as they are read,
 * and what is damaged is named by its case and event. All queries of one call see one moment
 * of the log.
 */
#include "caselog_private.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

#define HEAD_COLUMNS                                                                       \
	"id, year, number, opened, changed, state, agent, caller, contact, reference, "    \
	"knowledge, fingerprint, phone"

static int damaged_case(const struct store *store, const struct case_head *head,
    const char *what, struct err *err)
{
	return db_damaged(store->db, err, "case %s: %s", head->name, what);
}

/* The row of a case, as HEAD_COLUMNS says. Damage of single values shows at the next step. */
static int read_head(
    const struct store *store, struct query *q, struct case_head *head, struct err *err)
{
	long long year = query_number(q, 1, 0, 9999);
	long long number = query_number(q, 2, 1, INT64_MAX);
	char *state = query_text(q, 5);

	*head = (struct case_head){
	    .id = query_number(q, 0, 1, INT64_MAX),
	    .name = xasprintf("%04lld-%05lld", year, number),
	    .opened = query_number(q, 3, INT64_MIN, INT64_MAX),
	    .changed = query_number(q, 4, INT64_MIN, INT64_MAX),
	    .state = case_state_of(state),
	    .agent = query_text(q, 6),
	    .caller = query_text_or_null(q, 7),
	    .contact = query_text_or_null(q, 8),
	    .reference = query_text_or_null(q, 9),
	    .knowledge = query_text(q, 10),
	    .fingerprint = query_text(q, 11),
	    .phone = query_number(q, 12, 0, 1) != 0,
	};
	free(state);
	return head->state == CASE_STATES ? damaged_case(store, head, "its state", err) : 0;
}

/* One case. */

/* "2026-00042", or "42" with year -1. */
static bool read_name(const char *name, int64_t *year, int64_t *number)
{
	char *end;

	*year = -1;
	if (!isdigit((unsigned char)*name))
		return false;
	*number = strtoll(name, &end, 10);
	if (*end == '-' && isdigit((unsigned char)end[1])) {
		*year = *number;
		*number = strtoll(end + 1, &end, 10);
	}
	return *end == '\0';
}

static int find_head(
    struct store *store, const char *name, struct case_head *head, struct err *err)
{
	struct query *q;
	int64_t year, number;
	int found;

	if (!read_name(name, &year, &number))
		return 0;
	q = db_query(store->db,
	    "SELECT " HEAD_COLUMNS " FROM cases WHERE number = ?1 AND "
	    "(?2 < 0 OR year = ?2) ORDER BY year DESC LIMIT 1",
	    err);
	if (q == NULL)
		return -1;
	query_bind_number(q, 1, number);
	query_bind_number(q, 2, year);
	found = query_step(q, err);
	if (found == 1 && (read_head(store, q, head, err) < 0 || query_step(q, err) < 0))
		found = -1;
	query_end(q);
	return found;
}

/* entry or step: NULL is -1. */
static int number_or_none(struct query *q, int column)
{
	return (int)query_number(q, column, -1, INT32_MAX);
}

/* A row of events: seq, time, kind, agent, ... What is wrong with it, or NULL. */
static const char *read_event(struct query *q, int64_t seq, struct event *event)
{
	char *kind = query_text(q, 2), *answers = query_text_or_null(q, 10);
	bool whole;

	*event = (struct event){
	    .time = query_number(q, 1, INT64_MIN, INT64_MAX),
	    .kind = event_kind_of(kind),
	    .agent = query_text(q, 3),
	    .question = query_text_or_null(q, 4),
	    .article = query_text_or_null(q, 5),
	    .entry = number_or_none(q, 6),
	    .step = number_or_none(q, 7),
	    .text = query_text_or_null(q, 8),
	    .internal = query_number(q, 9, 0, 1) != 0,
	};
	whole = splice_read(&event->answers, answers);
	free(answers);
	free(kind);
	if (query_number(q, 0, 1, INT64_MAX) != seq)
		return "is missing";
	if (event->kind == EVENT_KINDS)
		return "is of no known kind";
	return whole ? NULL : "has changed the answers in no known way";
}

/* The head is as it stands in its row, whatever the events make of it. */
static int add_event(
    struct store *store, struct query *q, struct case_record *record, struct err *err)
{
	int64_t seq = (int64_t)record->n + 1;
	struct event event;
	const char *damage = read_event(q, seq, &event);

	if (damage != NULL) {
		event_fini(&event);
		return db_damaged(store->db, err, "case %s: event %lld %s",
		    record->head.name, (long long)seq, damage);
	}
	record->events =
	    xgrow(record->events, record->n, &record->cap, sizeof *record->events);
	record->events[record->n++] = event;
	return 0;
}

static int read_events(struct store *store, struct case_record *record, struct err *err)
{
	struct query *q = db_query(store->db,
	    "SELECT seq, time, kind, agent, question, article, coalesce(entry, -1), "
	    "coalesce(step, -1), text, internal, answers FROM events "
	    "WHERE case_id = ? ORDER BY seq",
	    err);
	int found;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, record->head.id);
	while ((found = query_step(q, err)) == 1)
		if (add_event(store, q, record, err) < 0)
			goto fail;
	if (found == 0) {
		query_end(q);
		return 0;
	}
	/* of the last row that was read, or of reading the next */
	err_set(err, err == NULL ? ERR_DATA : err->class, "%s (case %s, event %zu)",
	    err_text(err), record->head.name, record->n);
fail:
	query_end(q);
	return -1;
}

int store_read(
    struct caselog *log, const char *name, struct case_record *record, struct err *err)
{
	struct store *store = store_of(log);
	int found;

	*record = (struct case_record){.n = 0};
	store_refresh(store, NULL);
	if (db_begin_reading(store->db, err) < 0)
		return -1;
	found = find_head(store, name, &record->head, err);
	if (found == 1 && read_events(store, record, err) < 0)
		found = -1;
	db_rollback(store->db);
	if (found != 1)
		case_record_fini(record);
	return found;
}

/* Many cases. */

/* " open parked " of the bits, to look a word up in; NULL of none. */
static char *words_of(unsigned states)
{
	char *words = NULL;
	size_t len;
	FILE *out;

	if (states == 0)
		return NULL;
	out = xopen_memstream(&words, &len);
	fputc(' ', out);
	for (int i = 0; i < CASE_STATES; i++)
		if (states & 1u << i)
			fprintf(out, "%s ", case_state_word((enum case_state)i));
	xclose_memstream(out);
	return words;
}

/* Of answers, blanks and commas are written as given_text.h says. */
static const char list_sql[] =
    "SELECT " HEAD_COLUMNS " FROM cases WHERE "
    "(?1 IS NULL OR instr(?1, ' ' || state || ' ')) AND (?2 IS NULL OR agent = ?2) AND "
    "(?3 = 0 OR changed >= ?3) AND (?4 = 0 OR changed < ?4) AND (?5 IS NULL OR "
    "instr(lower(printf('%04d-%05d', year, number) || char(10) || coalesce(caller, '') || "
    "char(10) || coalesce(contact, '') || char(10) || coalesce(reference, '')), "
    "lower(?5)) OR EXISTS(SELECT 1 FROM events WHERE case_id = cases.id AND "
    "instr(lower(coalesce(text, '') || char(10) || coalesce(question, '') || char(10) || "
    "coalesce(article, '') || char(10) || "
    "replace(replace(coalesce(answers, ''), '%20', ' '), '%2C', ',')), lower(?5)))) "
    "ORDER BY changed DESC, id DESC LIMIT ?6";

static int read_heads(
    struct store *store, struct query *q, struct case_heads *heads, struct err *err)
{
	int found;

	while ((found = query_step(q, err)) == 1) {
		heads->list =
		    xgrow(heads->list, heads->n, &heads->cap, sizeof *heads->list);
		if (read_head(store, q, &heads->list[heads->n++], err) < 0)
			return -1;
	}
	return found;
}

int store_list(struct caselog *log, const struct case_filter *filter,
    struct case_heads *heads, struct err *err)
{
	struct store *store = store_of(log);
	struct query *q;
	char *words;
	int result;

	*heads = (struct case_heads){.n = 0};
	store_refresh(store, NULL);
	q = db_query(store->db, list_sql, err);
	if (q == NULL)
		return -1;
	words = words_of(filter->states);
	query_bind_text(q, 1, words);
	query_bind_text(q, 2, filter->agent);
	query_bind_number(q, 3, filter->since);
	query_bind_number(q, 4, filter->before);
	query_bind_text(q, 5, filter->text);
	query_bind_number(q, 6, filter->most == 0 ? -1 : (int64_t)filter->most);
	result = read_heads(store, q, heads, err);
	query_end(q);
	free(words);
	if (result < 0)
		case_heads_fini(heads);
	return result;
}
