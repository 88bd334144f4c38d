/* SPDX-License-Identifier: ISC */
/*
 * Opens a knowledge file and reads what it holds once: its name, the case table, the tree.
 * Questions, articles and the search index have files of their own (knowledge_*.c).
 *
 * The pages of the file are checked by db_pages.c, so what arrives here is what kbc wrote,
 * or was made by somebody who wants to do harm: every number is checked before it becomes an
 * index, and the tables must be the very ones of knowledge_schema.c, no views in their place.
 */
#include "knowledge_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "knowledge_schema.h"
#include "tree_pack.h"

/* Article files are not larger than 16 MB (parse.h). */
#define LAST_LINE (16 << 20)

/* SQLite keeps the text of a statement as it was given. */
static int check_schema(struct knowledge *k, struct err *err)
{
	struct query *q =
	    db_query(k->db, "SELECT sql FROM main.sqlite_schema WHERE name = ?", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < knowledge_schema_n && result == 0; i++) {
		const struct schema_table *table = &knowledge_schema[i];
		char *sql = NULL;
		int found;

		query_bind_text(q, 1, table->name);
		found = query_step(q, err);
		if (found > 0)
			sql = query_text(q, 0);
		if (found >= 0 && (sql == NULL || strcmp(sql, table->sql) != 0))
			found = db_damaged(
			    k->db, err, "table %s is not as it should be", table->name);
		if (found < 0)
			result = -1;
		free(sql);
		query_reset(q);
	}
	query_end(q);
	return result;
}

/* The value of a key of the meta table; owned by the caller. */
static char *read_meta(struct knowledge *k, const char *key, struct err *err)
{
	struct query *q = db_query(k->db, "SELECT value FROM meta WHERE key = ?", err);
	char *value = NULL;
	int found;

	if (q == NULL)
		return NULL;
	query_bind_text(q, 1, key);
	found = query_step(q, err);
	if (found > 0)
		value = query_text(q, 0);
	else if (found == 0)
		db_damaged(k->db, err, "it does not say its %s", key);
	if (found > 0 && query_step(q, err) < 0) {
		free(value);
		value = NULL;
	}
	query_end(q);
	return value;
}

/* A number of the meta table, at most `most`. */
static int read_count(struct knowledge *k, const char *key, unsigned long long most,
    unsigned long long *n, struct err *err)
{
	char *text = read_meta(k, key, err), *end;
	bool whole;

	if (text == NULL)
		return -1;
	*n = strtoull(text, &end, 10);
	whole = text[0] >= '0' && text[0] <= '9' && *end == '\0' && *n <= most;
	free(text);
	return whole ? 0 : db_damaged(k->db, err, "its %s", key);
}

/* How many questions a session is expected to take, as the compiler found. */
static int read_expected(struct knowledge *k, struct err *err)
{
	char *text = read_meta(k, "questions", err), *end;
	bool whole;

	if (text == NULL)
		return -1;
	k->expected_questions = strtod(text, &end);
	whole = text[0] >= '0' && text[0] <= '9' && *end == '\0' &&
		k->expected_questions <= QUESTION_MAX;
	free(text);
	return whole ? 0 : db_damaged(k->db, err, "its questions");
}

static int read_counts(struct knowledge *k, struct err *err)
{
	unsigned long long narticles, mass;

	if (read_count(k, "articles", UINT32_MAX - 1, &narticles, err) < 0 ||
	    read_count(k, "mass", INT64_MAX, &mass, err) < 0 || read_expected(k, err) < 0)
		return -1;
	k->narticles = (uint32_t)narticles;
	k->mass = mass;
	return 0;
}

struct knowledge *knowledge_open(const char *path, struct err *err)
{
	struct knowledge *k = xcalloc(1, sizeof *k);

	k->db = db_open_sealed(path, &knowledge_identity, err);
	if (k->db == NULL || check_schema(k, err) < 0)
		goto fail;
	k->name = read_meta(k, "name", err);
	if (k->name == NULL)
		goto fail;
	k->about = read_meta(k, "about", err);
	if (k->about == NULL)
		goto fail;
	k->fingerprint = read_meta(k, "fingerprint", err);
	if (k->fingerprint == NULL || read_counts(k, err) < 0)
		goto fail;
	return k;
fail:
	knowledge_close(k);
	return NULL;
}

void knowledge_close(struct knowledge *k)
{
	if (k == NULL)
		return;
	tree_free(k->tree);
	casetable_free(k->casetable);
	free(k->lengths);
	needs_free(k->needs);
	questions_free(k->questions);
	db_close(k->db);
	free(k->name);
	free(k->about);
	free(k->fingerprint);
	free(k);
}

uint64_t knowledge_mass(const struct knowledge *k)
{
	return k->mass;
}

const char *knowledge_name(const struct knowledge *k)
{
	return k->name;
}

const char *knowledge_about(const struct knowledge *k)
{
	return k->about;
}

uint32_t knowledge_narticles(const struct knowledge *k)
{
	return k->narticles;
}

double knowledge_expected_questions(const struct knowledge *k)
{
	return k->expected_questions;
}

const char *knowledge_fingerprint(const struct knowledge *k)
{
	return k->fingerprint;
}

const struct questions *knowledge_questions(struct knowledge *k, struct err *err)
{
	if (k->questions == NULL)
		k->questions = read_questions(k, err);
	return k->questions;
}

int read_packed(struct knowledge *k, const char *name,
    int (*unpack)(struct knowledge *, const unsigned char *, size_t, struct err *),
    struct err *err)
{
	struct query *q = db_query(k->db, "SELECT bytes FROM packed WHERE name = ?", err);
	struct err why = {.text = NULL};
	const unsigned char *bytes;
	size_t len;
	int result = -1;

	if (q == NULL)
		return -1;
	query_bind_text(q, 1, name);
	result = query_step(q, err);
	if (result == 0)
		result = db_damaged(k->db, err, "the %s is missing", name);
	if (result < 0)
		goto out;
	bytes = query_blob(q, 0, &len);
	result = unpack(k, bytes, len, &why);
	if (result < 0)
		db_damaged(k->db, err, "%s", err_text(&why));
out:
	err_fini(&why);
	query_end(q);
	return result;
}

static int unpack_casetable(
    struct knowledge *k, const unsigned char *bytes, size_t len, struct err *err)
{
	k->casetable = casetable_unpack(bytes, len, k->questions, err);
	if (k->casetable == NULL)
		return -1;
	if (k->casetable->narticles == k->narticles)
		return 0;
	casetable_free(k->casetable);
	k->casetable = NULL;
	return err_set(err, ERR_DATA, "the case table is one of other articles");
}

static int unpack_tree(
    struct knowledge *k, const unsigned char *bytes, size_t len, struct err *err)
{
	k->tree = tree_unpack(bytes, len, k->questions, k->narticles, err);
	return k->tree == NULL ? -1 : 0;
}

const struct casetable *knowledge_casetable(struct knowledge *k, struct err *err)
{
	if (k->casetable == NULL && knowledge_questions(k, err) != NULL)
		read_packed(k, "casetable", unpack_casetable, err);
	return k->casetable;
}

static int unpack_needs(
    struct knowledge *k, const unsigned char *bytes, size_t len, struct err *err)
{
	k->needs = needs_unpack(bytes, len, err);
	return k->needs == NULL ? -1 : 0;
}

const struct needs *knowledge_needs(struct knowledge *k, struct err *err)
{
	if (k->needs == NULL)
		read_packed(k, "needs", unpack_needs, err);
	return k->needs;
}

const struct tree *knowledge_tree(struct knowledge *k, struct err *err)
{
	if (k->tree == NULL && knowledge_questions(k, err) != NULL)
		read_packed(k, "tree", unpack_tree, err);
	return k->tree;
}

int knowledge_value(
    struct knowledge *k, size_t question, const char *value, uint32_t *id, struct err *err)
{
	const struct casetable *table = knowledge_casetable(k, err);
	struct query *q;
	int result;

	if (table == NULL)
		return -1;
	q = db_query(k->db, "SELECT id FROM value WHERE question = ? AND value = ?", err);
	if (q == NULL)
		return -1;
	query_bind_number(q, 1, (int64_t)question);
	query_bind_text(q, 2, value);
	result = query_step(q, err);
	if (result > 0) {
		int64_t last = (int64_t)table->columns[question].nvalues - 1;

		*id = (uint32_t)query_number(q, 0, 0, last);
		result = query_step(q, err) < 0 ? -1 : 1;
	}
	query_end(q);
	return result;
}

char *knowledge_value_text(
    struct knowledge *k, size_t question, uint32_t id, struct err *err)
{
	struct query *q =
	    db_query(k->db, "SELECT value FROM value WHERE question = ? AND id = ?", err);
	char *value = NULL;
	int result;

	if (q == NULL)
		return NULL;
	query_bind_number(q, 1, (int64_t)question);
	query_bind_number(q, 2, id);
	result = query_step(q, err);
	if (result > 0)
		value = query_text(q, 0);
	else if (result == 0)
		db_damaged(k->db, err, "value %u of question %zu is missing", id, question);
	if (result > 0 && query_step(q, err) < 0) {
		free(value);
		value = NULL;
	}
	query_end(q);
	return value;
}

struct query *query_article(
    struct knowledge *k, const char *sql, uint32_t article, struct err *err)
{
	struct query *q = db_query(k->db, sql, err);

	assert(article < k->narticles);
	if (q != NULL)
		query_bind_number(q, 1, article);
	return q;
}

void query_index(struct query *q, int i, size_t expected)
{
	query_number(q, i, (int64_t)expected, (int64_t)expected);
}

unsigned query_line(struct query *q, int i)
{
	return (unsigned)query_number(q, i, 0, LAST_LINE);
}

enum section_kind query_section(struct query *q, int i)
{
	char *name = query_text(q, i);
	enum section_kind kind = section_by_name(name);

	free(name);
	if (kind != SECTION_NKINDS)
		return kind;
	query_damaged(q, "unknown kind of section");
	return SECTION_OTHER;
}
