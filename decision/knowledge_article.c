/* SPDX-License-Identifier: ISC */
/*
 * Articles from their rows: head and text.
 */
#include "knowledge_private.h"

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "knowledge_schema.h"

/* Lists in lists; what is deeper is no article. */
#define DEEPEST 1000

int knowledge_head(
    struct knowledge *k, uint32_t article, struct head *head, struct err *err)
{
	struct query *q = query_article(
	    k, "SELECT id, title, date FROM article WHERE article = ?", article, err);
	int result;

	*head = (struct head){.id = NULL};
	if (q == NULL)
		return -1;
	result = query_step(q, err);
	if (result == 0)
		result = db_damaged(k->db, err, "article %u is missing", article);
	if (result > 0) {
		head->id = query_text(q, 0);
		head->title = query_text(q, 1);
		head->date = query_text_or_null(q, 2);
		result = query_step(q, err);
	}
	query_end(q);
	if (result < 0)
		head_fini(head);
	return result < 0 ? -1 : 0;
}

void head_fini(struct head *head)
{
	free(head->id);
	free(head->title);
	free(head->date);
	*head = (struct head){.id = NULL};
}

int knowledge_find(struct knowledge *k, const char *id, uint32_t *article, struct err *err)
{
	struct query *q =
	    db_query(k->db, "SELECT article FROM article WHERE id = ? COLLATE NOCASE", err);
	int result;

	if (q == NULL)
		return -1;
	query_bind_text(q, 1, id);
	result = query_step(q, err);
	if (result > 0) {
		*article = (uint32_t)query_number(q, 0, 0, (int64_t)k->narticles - 1);
		result = query_step(q, err) < 0 ? -1 : 1;
	}
	query_end(q);
	return result;
}

static int read_whole_head(
    struct article *to, struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT id, title, date, file, product FROM article WHERE article = ?", article,
	    err);
	int result;

	if (q == NULL)
		return -1;
	result = query_step(q, err);
	if (result == 0)
		result = db_damaged(k->db, err, "article %u is missing", article);
	if (result > 0) {
		to->id = query_text(q, 0);
		to->title = query_text(q, 1);
		to->date = query_text_or_null(q, 2);
		to->file = query_text(q, 3);
		to->product = query_text_or_null(q, 4);
		result = query_step(q, err);
	}
	query_end(q);
	return result;
}

static int read_sections(
    struct article *to, struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT section, kind, level, line, heading FROM section WHERE article = ?"
	    " ORDER BY section",
	    article, err);
	size_t cap = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct section *section;

		to->sections = xgrow(to->sections, to->nsections, &cap, sizeof *section);
		section = &to->sections[to->nsections];
		query_index(q, 0, to->nsections++);
		*section = (struct section){.kind = query_section(q, 1)};
		section->level = (unsigned)query_number(q, 2, 1, 2);
		section->line = query_line(q, 3);
		section->heading = query_text_or_null(q, 4);
	}
	query_end(q);
	return more;
}

static enum block_kind query_block_kind(struct query *q, int i)
{
	char *name = query_text(q, i);
	enum block_kind kind = block_kind_by_name(name);

	free(name);
	if (kind != BLOCK_NKINDS)
		return kind;
	query_damaged(q, "unknown kind of block");
	return BLOCK_PARAGRAPH;
}

static void query_block(struct query *q, struct block *block)
{
	*block = (struct block){.kind = query_block_kind(q, 2)};
	block->depth = (unsigned)query_number(q, 3, 0, DEEPEST);
	block->line = query_line(q, 4);
	block->label = query_text_or_null(q, 5);
	block->text = query_text(q, 6);
	if (block->text[0] == '\0')
		query_damaged(q, "empty block");
}

/* The blocks of all sections come in one go. */
static int read_blocks(
    struct article *to, struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT section, block, kind, depth, line, label, text FROM block"
	    " WHERE article = ? ORDER BY section, block",
	    article, err);
	size_t cap = 0, last = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		size_t number =
		    (size_t)query_number(q, 0, (int64_t)last, (int64_t)to->nsections - 1);
		struct section *section;

		if (number >= to->nsections) {
			query_damaged(q, "block of no section");
			continue;
		}
		section = &to->sections[number];
		cap = number == last ? cap : 0;
		last = number;
		section->blocks =
		    xgrow(section->blocks, section->nblocks, &cap, sizeof *section->blocks);
		query_index(q, 1, section->nblocks);
		query_block(q, &section->blocks[section->nblocks++]);
	}
	query_end(q);
	return more;
}

static int read_references(
    struct article *to, struct knowledge *k, uint32_t article, struct err *err)
{
	struct query *q = query_article(k,
	    "SELECT number, id, title, line FROM reference WHERE article = ? ORDER BY "
	    "number",
	    article, err);
	size_t cap = 0;
	int more = -1;

	while (q != NULL && (more = query_step(q, err)) > 0) {
		struct reference *reference;

		to->references =
		    xgrow(to->references, to->nreferences, &cap, sizeof *reference);
		reference = &to->references[to->nreferences];
		query_index(q, 0, to->nreferences++);
		*reference = (struct reference){.id = query_text(q, 1)};
		reference->title = query_text_or_null(q, 2);
		reference->line = query_line(q, 3);
	}
	query_end(q);
	return more;
}

struct article *knowledge_article(struct knowledge *k, uint32_t number, struct err *err)
{
	struct article *article = xcalloc(1, sizeof *article);

	if (read_whole_head(article, k, number, err) < 0 ||
	    read_sections(article, k, number, err) < 0 ||
	    read_blocks(article, k, number, err) < 0 ||
	    read_references(article, k, number, err) < 0) {
		article_free(article);
		return NULL;
	}
	return article;
}
