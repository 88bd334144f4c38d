/* SPDX-License-Identifier: ISC */
/*
 * Writes a knowledge file. SQLite works on a temporary file in the folder of the target, one
 * article at a time; when all is in, the pages get their checksums, the file goes to the
 * disk and takes the target's name. Nothing that is written depends on the clock, on chance
 * or on where files lie.
 */
#include "knowledge_write_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kb/xalloc.h"
#include "knowledge_schema.h"
#include "tree_pack.h"

void put_number(struct knowledge_writer *w, struct query *q, int i, int64_t value)
{
	checksum_add_number(&w->content, (uint64_t)value);
	query_bind_number(q, i, value);
}

void put_real(struct knowledge_writer *w, struct query *q, int i, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	checksum_add_number(&w->content, bits);
	query_bind_real(q, i, value);
}

void put_text(struct knowledge_writer *w, struct query *q, int i, const char *text)
{
	size_t len;

	if (text == NULL) {
		checksum_add_text(&w->content, NULL);
		query_bind_text(q, i, NULL);
		return;
	}
	len = strlen(text);
	checksum_add_bytes(&w->content, text, len);
	query_bind_bytes(q, i, text, len);
}

/* Where the path leads, if it is a link; an old file must be a regular one. */
static char *resolve_target(const char *path, struct err *err)
{
	size_t len = strlen(path);
	struct stat st;
	char *target;

	if (stat(path, &st) < 0 && errno == ENOENT && len > 0 && path[len - 1] != '/')
		return xstrdup(path);
	target = realpath(path, NULL);
	if (target == NULL || stat(target, &st) < 0) {
		err_sys(err, ERR_WRITE, "%s: cannot be written", path);
	} else if (!S_ISREG(st.st_mode)) {
		err_set(err, ERR_WRITE, "%s: cannot be written: it is %s", path,
		    S_ISDIR(st.st_mode) ? "a folder" : "not a regular file");
	} else {
		return target;
	}
	free(target);
	return NULL;
}

struct knowledge_writer *knowledge_writer_new(
    const char *path, const struct questions *questions, struct err *err)
{
	struct knowledge_writer *w = xcalloc(1, sizeof *w);

	w->questions = questions;
	w->lock = -1;
	checksum_init(&w->content);
	w->path = resolve_target(path, err);
	if (w->path == NULL)
		goto fail;
	w->temp = temp_make(w->path, &w->lock, err);
	if (w->temp == NULL)
		goto fail;
	w->db = db_create_sealed(w->temp, path, &knowledge_identity, err);
	if (w->db == NULL)
		goto fail;
	for (size_t i = 0; i < knowledge_schema_n; i++)
		if (db_run(w->db, knowledge_schema[i].sql, err) < 0)
			goto fail;
	if (write_questions(w, err) < 0)
		goto fail;
	return w;
fail:
	knowledge_writer_free(w);
	return NULL;
}

int knowledge_writer_add(struct knowledge_writer *w, const struct article *article,
    const struct facts *facts, const struct advices *advices, const char *signature,
    struct err *err)
{
	if (write_article(w, article, facts, advices, err) < 0 ||
	    write_words(w, signature, err) < 0)
		return -1;
	w->narticles++;
	return 0;
}

int knowledge_writer_value(struct knowledge_writer *w, size_t question, uint32_t id,
    const char *value, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO value VALUES(?,?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	query_bind_number(q, 1, (int64_t)question);
	query_bind_number(q, 2, id);
	query_bind_text(q, 3, value);
	result = query_run(q, err);
	query_end(q);
	return result;
}

int write_packed(struct knowledge_writer *w, const char *name, const void *bytes,
    size_t len, struct err *err)
{
	struct query *q = db_query(w->db, "INSERT INTO packed VALUES(?,?)", err);
	int result;

	if (q == NULL)
		return -1;
	query_bind_text(q, 1, name);
	query_bind_blob(q, 2, bytes, len);
	result = query_run(q, err);
	query_end(q);
	return result;
}

static int write_tables(struct knowledge_writer *w, const struct casetable *table,
    const struct tree *tree, struct err *err)
{
	size_t len;
	unsigned char *bytes = casetable_pack(table, &len);
	int result = write_packed(w, "casetable", bytes, len, err);

	free(bytes);
	if (result < 0)
		return -1;
	bytes = tree_pack(tree, &len);
	result = write_packed(w, "tree", bytes, len, err);
	free(bytes);
	if (result < 0)
		return -1;
	bytes = recognisers_needs(w->questions, &len);
	result = write_packed(w, "needs", bytes, len, err);
	free(bytes);
	return result;
}

static int write_meta(struct knowledge_writer *w, const struct tree *tree, struct err *err)
{
	char *narticles = xasprintf("%u", w->narticles);
	char *mass = xasprintf("%llu", (unsigned long long)w->mass);
	char *questions = xasprintf("%.17g", tree->expected_questions);
	char *fingerprint =
	    xasprintf("%016llx", (unsigned long long)checksum_value(&w->content));
	const char *const rows[][2] = {
	    {"about", w->questions->about},
	    {"articles", narticles},
	    {"fingerprint", fingerprint},
	    {"mass", mass},
	    {"name", w->questions->name},
	    {"questions", questions},
	};
	struct query *q = db_query(w->db, "INSERT INTO meta VALUES(?,?)", err);
	int result = q == NULL ? -1 : 0;

	for (size_t i = 0; i < sizeof rows / sizeof *rows && result == 0; i++) {
		query_bind_text(q, 1, rows[i][0]);
		query_bind_text(q, 2, rows[i][1] == NULL ? "" : rows[i][1]);
		result = query_run(q, err);
	}
	query_end(q);
	free(narticles);
	free(mass);
	free(questions);
	free(fingerprint);
	return result;
}

/*
 * A link in Markdown leads to a file. Where that has the name of one article's file and not
 * of an article, the article is meant.
 */
static const char resolve_references[] =
    "UPDATE reference SET id = named.id FROM"
    " (SELECT substr(file, 1, length(file) - 3) AS name, min(id) AS id FROM article"
    "  WHERE file LIKE '%.md' GROUP BY name COLLATE NOCASE HAVING count(*) = 1) AS named"
    " WHERE named.name = reference.id COLLATE NOCASE AND NOT EXISTS"
    " (SELECT 1 FROM article WHERE article.id = reference.id COLLATE NOCASE)";

static int write_last(struct knowledge_writer *w, const struct tree *tree, struct err *err)
{
	checksum_add_text(&w->content, w->questions->name);
	checksum_add_text(&w->content, w->questions->about);
	if (db_run(w->db, resolve_references, err) < 0 || write_holders(w, err) < 0)
		return -1;
	return write_meta(w, tree, err);
}

/* So that the new name is on the disk too. Not every file system can: that is no failure. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder =
	    slash == NULL ? xstrdup(".") : xstrndup(path, (size_t)(slash + 1 - path));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

int knowledge_writer_finish(struct knowledge_writer *w, const struct casetable *table,
    const struct tree *tree, struct err *err)
{
	struct db *db = w->db;

	if (write_tables(w, table, tree, err) < 0 || write_last(w, tree, err) < 0)
		return -1;
	w->db = NULL;
	if (db_seal(db, err) < 0)
		return -1;
	if (rename(w->temp, w->path) < 0)
		return err_sys(err, ERR_WRITE, "%s: cannot be written", w->path);
	free(w->temp);
	w->temp = NULL;
	sync_folder(w->path);
	return 0;
}

void knowledge_writer_free(struct knowledge_writer *w)
{
	if (w == NULL)
		return;
	db_close(w->db);
	words_kept_fini(w);
	if (w->temp != NULL)
		unlink(w->temp);
	if (w->lock >= 0)
		close(w->lock);
	free(w->temp);
	free(w->path);
	free(w);
}
