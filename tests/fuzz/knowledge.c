/* SPDX-License-Identifier: ISC */
/*
 * Fuzzing target: a knowledge file somebody made to do harm. Bytes chosen blindly would
 * never get past the checksums, so an input is a list of changes to a good small file,
 * each one byte that says what is changed and what it needs behind it:
 *
 *	cell	table, column, row, type, length, bytes: a value of a row
 *	row	table, row: the row goes
 *	packed	which, place (2), length, bytes: the case table or the tree
 *	page	place (3), length, bytes: the file, below SQLite
 *
 * Then the checksums are put right again, and the file is opened and read whole. What is in
 * it may be refused or not, but nothing of it may do harm.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "../../decision/checksum.h"
#include "../../decision/db_pages.h"
#include "../../decision/session.h"
#include "../../kb/xalloc.h"
#include "../library.h"
#include "fuzz.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CHANGES 16 /* of an input, at most */
#define SUM_SIZE 8

static unsigned char *base;
static size_t base_len;

struct input {
	const uint8_t *at, *end;
};

static const struct table {
	const char *name;
	const char *columns[16];
} tables[] = {
    {"meta", {"key", "value"}},
    {"question",
	{"question", "key", "ask", "say", "find", "kind", "recogniser", "of", "sections",
	    "cost", "cost_phone", "unknown", "error", "silent", "variant"}},
    {"answer", {"question", "answer", "key", "label", "share"}},
    {"pattern", {"question", "answer", "list", "number", "source"}},
    {"symbol", {"number", "name", "code"}},
    {"phrase", {"number", "name", "source"}},
    {"article", {"article", "id", "title", "date", "file", "product"}},
    {"signature", {"article", "words"}},
    {"section", {"article", "section", "kind", "level", "line", "heading"}},
    {"block", {"article", "section", "block", "kind", "depth", "line", "label", "text"}},
    {"reference", {"article", "number", "id", "title", "line"}},
    {"fact", {"article", "number", "question", "answer", "value", "role", "curated",
		 "section", "line", "quote"}},
    {"advice", {"article", "advice", "kind", "section", "line", "risks", "text"}},
    {"step", {"article", "advice", "step", "text"}},
    {"condition", {"article", "advice", "number", "question", "answer"}},
    {"value", {"question", "id", "value"}},
    {"packed", {"name", "bytes"}},
    {"word", {"token", "articles", "mass", "holders"}},
    {"holders", {"token", "list"}},
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char *path = library_path("base.kbw");
	struct err err = {.text = NULL};

	(void)argc, (void)argv;
	fuzz_require(library_write(path, LIBRARY_ARTICLES, &err) == 0, err_text(&err));
	base = (unsigned char *)library_read(path, &base_len);
	library_remove();
	free(path);
	return 0;
}

static unsigned take(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static size_t take_number(struct input *in, unsigned nbytes)
{
	size_t number = 0;

	while (nbytes-- > 0)
		number = number << 8 | take(in);
	return number;
}

/* As many bytes as the next one says, or as there are. */
static const uint8_t *take_bytes(struct input *in, size_t *n)
{
	const uint8_t *bytes;

	*n = take(in);
	if (*n > (size_t)(in->end - in->at))
		*n = (size_t)(in->end - in->at);
	bytes = in->at;
	in->at += *n;
	return bytes;
}

/* Binds the next value; a statement that fails has changed nothing. */
static void bind_value(sqlite3_stmt *stmt, int i, struct input *in)
{
	unsigned type = take(in) % 5;
	double real = 0;
	size_t n;
	const uint8_t *bytes = take_bytes(in, &n);
	int64_t number = 0;

	memcpy(&number, bytes, n < sizeof number ? n : sizeof number);
	memcpy(&real, bytes, n < sizeof real ? n : sizeof real);
	if (type == 0)
		sqlite3_bind_text(stmt, i, (const char *)bytes, (int)n, SQLITE_TRANSIENT);
	else if (type == 1)
		sqlite3_bind_int64(stmt, i, n < sizeof number ? number - 1 : number);
	else if (type == 2)
		sqlite3_bind_double(stmt, i, real);
	else if (type == 3)
		sqlite3_bind_blob(stmt, i, bytes, (int)n, SQLITE_TRANSIENT);
	else
		sqlite3_bind_null(stmt, i);
}

/* A row is found by its place among those of its table. */
static char *where_row(const struct table *table, unsigned row)
{
	return xasprintf("(\"%s\", \"%s\") = (SELECT \"%s\", \"%s\" FROM \"%s\" LIMIT 1 "
			 "OFFSET %u)",
	    table->columns[0], table->columns[1], table->columns[0], table->columns[1],
	    table->name, row);
}

static void change_cell(sqlite3 *db, struct input *in)
{
	const struct table *table = &tables[take(in) % COUNT(tables)];
	unsigned column = take(in), ncolumns = 0;
	sqlite3_stmt *stmt = NULL;
	char *where, *sql;

	while (ncolumns < COUNT(table->columns) && table->columns[ncolumns] != NULL)
		ncolumns++;
	where = where_row(table, take(in));
	sql = xasprintf("UPDATE OR REPLACE \"%s\" SET \"%s\" = ? WHERE %s", table->name,
	    table->columns[column % ncolumns], where);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK) {
		bind_value(stmt, 1, in);
		sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	free(where);
	free(sql);
}

static void change_row(sqlite3 *db, struct input *in)
{
	const struct table *table = &tables[take(in) % COUNT(tables)];
	char *where = where_row(table, take(in));
	char *sql = xasprintf("DELETE FROM \"%s\" WHERE %s", table->name, where);

	sqlite3_exec(db, sql, NULL, NULL, NULL);
	free(where);
	free(sql);
}

static void put_sum(unsigned char *bytes, size_t len)
{
	uint64_t sum = checksum(bytes, len - SUM_SIZE);

	for (unsigned i = 0; i < SUM_SIZE; i++)
		bytes[len - SUM_SIZE + i] = (unsigned char)(sum >> 8 * i);
}

static void put_bytes(
    unsigned char *to, size_t len, size_t place, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n && len > 0; i++)
		to[(place + i) % len] = bytes[i];
}

/* What is packed has a checksum of its own. */
static void change_packed(sqlite3 *db, struct input *in)
{
	static const char *const names[] = {"casetable", "tree", "lengths", "needs"};
	const char *name = names[take(in) % COUNT(names)];
	size_t place = take_number(in, 2), n;
	const uint8_t *bytes = take_bytes(in, &n);
	sqlite3_stmt *get = NULL, *set = NULL;
	unsigned char *copy = NULL;
	size_t len;

	if (sqlite3_prepare_v2(db, "SELECT bytes FROM packed WHERE name = ?", -1, &get,
		NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "UPDATE packed SET bytes = ? WHERE name = ?", -1, &set,
		NULL) != SQLITE_OK)
		goto out;
	sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(set, 2, name, -1, SQLITE_STATIC);
	if (sqlite3_step(get) != SQLITE_ROW)
		goto out;
	len = (size_t)sqlite3_column_bytes(get, 0);
	if (len <= SUM_SIZE)
		goto out;
	copy = xmemdup(sqlite3_column_blob(get, 0), len);
	sqlite3_reset(get);
	put_bytes(copy, len - SUM_SIZE, place, bytes, n);
	put_sum(copy, len);
	sqlite3_bind_blob(set, 1, copy, (int)len, SQLITE_STATIC);
	sqlite3_step(set);
out:
	sqlite3_finalize(get);
	sqlite3_finalize(set);
	free(copy);
}

static unsigned char *bytes_of(sqlite3 *db, size_t *len)
{
	sqlite3_int64 n = 0;
	unsigned char *bytes = sqlite3_serialize(db, "main", &n, 0), *copy;

	fuzz_require(bytes != NULL, "memory for the file");
	copy = xmemdup(bytes, (size_t)n);
	sqlite3_free(bytes);
	*len = (size_t)n;
	return copy;
}

static sqlite3 *database_of(unsigned char *bytes, size_t len)
{
	unsigned char *copy = sqlite3_malloc64(len);
	sqlite3 *db = NULL;

	fuzz_require(copy != NULL && sqlite3_open(":memory:", &db) == SQLITE_OK,
	    "memory for a database");
	memcpy(copy, bytes, len);
	sqlite3_deserialize(db, "main", copy, (sqlite3_int64)len, (sqlite3_int64)len,
	    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
	return db;
}

/* The file with its changes, sealed; page by page come last, whatever the order. */
static const char *make_file(struct input in)
{
	struct input pages[CHANGES];
	unsigned npages = 0;
	size_t len, n;
	sqlite3 *db = database_of(base, base_len);
	unsigned char *bytes;
	const char *path;

	for (unsigned i = 0; i < CHANGES && in.at < in.end; i++) {
		switch (take(&in) % 4) {
		case 0:
			change_cell(db, &in);
			break;
		case 1:
			change_row(db, &in);
			break;
		case 2:
			change_packed(db, &in);
			break;
		default:
			pages[npages++] = in;
			take_number(&in, 3);
			take_bytes(&in, &n);
		}
	}
	bytes = bytes_of(db, &len);
	sqlite3_close(db);
	for (unsigned i = 0; i < npages; i++) {
		size_t place = take_number(&pages[i], 3);
		const uint8_t *change = take_bytes(&pages[i], &n);

		put_bytes(bytes, len, place, change, n);
	}
	path = fuzz_file(0, bytes, len);
	pages_seal(fuzz_file_descriptor(0));
	free(bytes);
	return path;
}

static void check_error(const struct err *err)
{
	fuzz_require(err->class == ERR_DATA || err->class == ERR_OPEN,
	    "what is damaged is said to be");
	fuzz_require_clean(err->text);
}

/* A person describes, is asked, and does not know. */
static void hold_session(struct knowledge *k, struct err *err)
{
	struct session *s = session_new(k, SETTING_CONSOLE, err);
	const struct questions *questions = knowledge_questions(k, err);
	const struct state *state;

	if (s == NULL || questions == NULL ||
	    session_say(s, "the printer beeps, E_JAM 17, toner leaks", err) < 0)
		goto out;
	for (size_t i = 0; i <= questions->n; i++) {
		state = session_state(s, err);
		if (state == NULL || state->status != STATUS_ASK ||
		    state->decision.question < 0)
			break;
		if (session_answer(s, questions->list[state->decision.question].key,
			"unknown", err) < 0)
			break;
	}
out:
	session_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = make_file((struct input){data, data + size});
	struct err err = {.text = NULL};
	char *text = library_print(path, &err);
	struct knowledge *k;

	if (text == NULL)
		check_error(&err);
	free(text);
	err_fini(&err);
	k = knowledge_open(path, &err);
	if (k != NULL)
		hold_session(k, &err);
	err_fini(&err);
	if (k != NULL && knowledge_verify(k, &err) < 0)
		check_error(&err);
	knowledge_close(k);
	err_fini(&err);
	return 0;
}
