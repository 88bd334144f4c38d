/* SPDX-License-Identifier: ISC */
/* Cases in an SQLite database that many programs write to: opened, written, closed. */
#include "caselog_private.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../kb/xalloc.h"
#include "caselog_schema.h"

struct store *store_of(struct caselog *log)
{
	return (struct store *)log;
}

int store_refresh(struct store *store, struct err *err)
{
	struct db *db;

	if (db_unwritable(store->db) == NULL)
		return 0;
	db = db_open_shared(store->path, &caselog_identity, caselog_steps, false, err);
	if (db == NULL)
		return -1;
	db_close(store->db);
	store->db = db;
	return 0;
}

/* Statements. */

/* Runs it and gives it back. */
static int run_once(struct query *q, struct err *err)
{
	int result = query_run(q, err);

	query_end(q);
	return result;
}

/* The one number that a statement with one parameter finds. */
static int find_number(
    struct db *db, const char *sql, int64_t key, int64_t *number, struct err *err)
{
	struct query *q = db_query(db, sql, err);
	int found;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, key);
	found = query_step(q, err);
	if (found == 1) {
		*number = query_number(q, 0, 0, INT64_MAX - 1);
		found = query_step(q, err);
	}
	query_end(q);
	return found < 0 ? -1 : 0;
}

static const char *or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

/* Writing a case; all of it within a transaction. */

/* Where it is written to. */
struct place {
	int64_t id, seq; /* seq: of the first event */
	int year;
	int64_t number;
};

static int year_of(int64_t milliseconds)
{
	time_t seconds = (time_t)(milliseconds / 1000);
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL || tm.tm_year < -1900 || tm.tm_year > 8099)
		return 0;
	return tm.tm_year + 1900;
}

/* Numbers go up even where cases were deleted. */
static int take_number(struct db *db, struct place *place, struct err *err)
{
	struct query *q = db_query(db,
	    "INSERT INTO numbers(year, last) VALUES(?, 1) "
	    "ON CONFLICT(year) DO UPDATE SET last = last + 1",
	    err);

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, place->year);
	if (run_once(q, err) < 0)
		return -1;
	return find_number(db, "SELECT last FROM numbers WHERE year = ?", place->year,
	    &place->number, err);
}

static void bind_head(struct query *q, const struct case_head *head)
{
	query_bind_number(q, 1, head->changed);
	query_bind_text(q, 2, case_state_word(head->state));
	query_bind_text(q, 3, or_empty(head->agent));
	query_bind_text(q, 4, head->caller);
	query_bind_text(q, 5, head->contact);
	query_bind_text(q, 6, head->reference);
	query_bind_text(q, 7, or_empty(head->knowledge));
	query_bind_text(q, 8, or_empty(head->fingerprint));
	query_bind_number(q, 9, head->phone);
}

static int insert_head(
    struct db *db, const struct case_head *head, struct place *place, struct err *err)
{
	struct query *q;

	place->year = year_of(head->opened);
	if (take_number(db, place, err) < 0)
		return -1;
	q = db_query(db,
	    "INSERT INTO cases(changed, state, agent, caller, contact, reference, "
	    "knowledge, fingerprint, phone, year, number, opened) "
	    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    err);
	if (q == NULL)
		return -1;
	bind_head(q, head);
	query_bind_number(q, 10, place->year);
	query_bind_number(q, 11, place->number);
	query_bind_number(q, 12, head->opened);
	if (run_once(q, err) < 0)
		return -1;
	place->id = db_last_row(db);
	place->seq = 1;
	return 0;
}

static int update_head(
    struct db *db, const struct case_head *head, struct place *place, struct err *err)
{
	struct query *q = db_query(db,
	    "UPDATE cases SET changed = ?, state = ?, agent = ?, caller = ?, contact = ?, "
	    "reference = ?, knowledge = ?, fingerprint = ?, phone = ? WHERE id = ?",
	    err);

	if (q == NULL)
		return -1;
	bind_head(q, head);
	query_bind_number(q, 10, head->id);
	if (run_once(q, err) < 0)
		return -1;
	if (db_changes(db) == 0)
		return err_set(err, ERR_DATA, "%s: case %s is not there any more",
		    db_name(db), or_empty(head->name));
	place->id = head->id;
	if (find_number(db, "SELECT coalesce(max(seq), 0) FROM events WHERE case_id = ?",
		head->id, &place->seq, err) < 0)
		return -1;
	place->seq++;
	return 0;
}

static void bind_or_none(struct query *q, int i, int number)
{
	if (number < 0)
		query_bind_text(q, i, NULL);
	else
		query_bind_number(q, i, number);
}

static int insert_event(struct db *db, const struct place *place, size_t i,
    const struct event *event, struct err *err)
{
	struct query *q = db_query(db,
	    "INSERT INTO events(case_id, seq, time, kind, agent, question, article, entry, "
	    "step, text, internal, answers) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    err);
	char *answers;
	int result;

	if (q == NULL)
		return -1;
	answers = splice_write(&event->answers);
	query_bind_number(q, 1, place->id);
	query_bind_number(q, 2, place->seq + (int64_t)i);
	query_bind_number(q, 3, event->time);
	query_bind_text(q, 4, event_kind_word(event->kind));
	query_bind_text(q, 5, or_empty(event->agent));
	query_bind_text(q, 6, event->question);
	query_bind_text(q, 7, event->article);
	bind_or_none(q, 8, event->entry);
	bind_or_none(q, 9, event->step);
	query_bind_text(q, 10, event->text);
	query_bind_number(q, 11, event->internal);
	query_bind_text(q, 12, answers);
	result = run_once(q, err);
	free(answers);
	return result;
}

/* Deletes the events of a case from one on, and the case if that was the first. */
static int delete_from(struct db *db, int64_t id, int64_t seq, struct err *err)
{
	struct query *q =
	    db_query(db, "DELETE FROM events WHERE case_id = ? AND seq >= ?", err);

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, id);
	query_bind_number(q, 2, seq);
	if (run_once(q, err) < 0)
		return -1;
	if (seq > 1)
		return 0;
	q = db_query(db, "DELETE FROM cases WHERE id = ?", err);
	if (q == NULL)
		return -1;
	query_bind_number(q, 1, id);
	return run_once(q, err);
}

static int write_case(struct store *store, const struct case_head *head,
    const struct event *events, size_t n, struct place *place, struct err *err)
{
	if (store->doubtful_id != 0 &&
	    delete_from(store->db, store->doubtful_id, store->doubtful_seq, err) < 0)
		return -1;
	if ((head->id == 0 ? insert_head(store->db, head, place, err)
			   : update_head(store->db, head, place, err)) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (insert_event(store->db, place, i, &events[i], err) < 0)
			return -1;
	return 0;
}

/* Whether every row is short enough to be stored: its texts and a little. */
static int check_lengths(
    const struct store *store, const struct event *events, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		char *answers = splice_write(&events[i].answers);
		size_t len =
		    strlen(or_empty(events[i].text)) + strlen(or_empty(answers)) + 65536;

		free(answers);
		if (len > DB_SHARED_LONGEST)
			return err_set(err, ERR_WRITE,
			    "%s: cannot be written: a text of more than %d MB", store->path,
			    DB_SHARED_LONGEST >> 20);
	}
	return 0;
}

static int store_append(struct caselog *log, struct case_head *head,
    const struct event *events, size_t n, struct err *err)
{
	struct store *store = store_of(log);
	struct place place = {.id = 0};

	if (check_lengths(store, events, n, err) < 0 || store_refresh(store, err) < 0 ||
	    db_begin(store->db, err) < 0)
		return -1;
	if (write_case(store, head, events, n, &place, err) < 0 ||
	    db_commit(store->db, err) < 0) {
		db_rollback(store->db);
		return -1;
	}
	store->doubtful_id = 0;
	if (db_sync(store->db, err) < 0) {
		store->doubtful_id = place.id;
		store->doubtful_seq = place.seq;
		return -1;
	}
	if (head->id == 0) {
		head->id = place.id;
		free(head->name);
		head->name = xasprintf("%04d-%05lld", place.year, (long long)place.number);
	}
	return 0;
}

/* The store. */

static void store_close(struct caselog *log)
{
	struct store *store = store_of(log);

	store_release_all(store);
	db_close(store->db);
	free(store->path);
	free(store);
}

static const struct caselog_ops store_ops = {
    .append = store_append,
    .read = store_read,
    .list = store_list,
    .claim = store_claim,
    .release = store_release,
    .purge = store_purge,
    .close = store_close,
};

struct caselog *caselog_open(const char *path, bool make, struct err *err)
{
	struct db *db = db_open_shared(path, &caselog_identity, caselog_steps, make, err);
	struct store *store;

	if (db == NULL)
		return NULL;
	store = xcalloc(1, sizeof *store);
	store->log.ops = &store_ops;
	store->db = db;
	store->path = xstrdup(path);
	store->held_fd = -1;
	return &store->log;
}
