/* SPDX-License-Identifier: ISC */
/* What an article is: names of its sections, how it is freed, how it is printed. */
#include "article.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ID_LENGTH 64

static const char *const section_names[] = {
#define X(kind, name, heading) [SECTION_##kind] = name,
    SECTION_LIST(X)
#undef X
};

static const char *const section_headings[] = {
#define X(kind, name, heading) [SECTION_##kind] = heading,
    SECTION_LIST(X)
#undef X
};

static const char *const block_kinds[BLOCK_NKINDS] = {
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_STEP] = "step",
    [BLOCK_BULLET] = "bullet",
    [BLOCK_VERBATIM] = "verbatim",
};

bool article_id_fits(const char *id)
{
	size_t len = 0;

	while (isalnum((unsigned char)id[len]) ||
	       (len > 0 && id[len] && strchr("._-", id[len])))
		len++;
	return len > 0 && len <= ID_LENGTH && !id[len];
}

const char *section_name(enum section_kind kind)
{
	return section_names[kind];
}

const char *section_heading(enum section_kind kind)
{
	return section_headings[kind];
}

enum section_kind section_by_name(const char *name)
{
	enum section_kind kind;

	for (kind = 0; kind < SECTION_NKINDS; kind++)
		if (strcmp(section_names[kind], name) == 0)
			break;
	return kind;
}

const char *block_kind_name(enum block_kind kind)
{
	return block_kinds[kind];
}

enum block_kind block_kind_by_name(const char *name)
{
	enum block_kind kind;

	for (kind = 0; kind < BLOCK_NKINDS; kind++)
		if (strcmp(block_kinds[kind], name) == 0)
			break;
	return kind;
}

static void section_fini(struct section *section)
{
	size_t i;

	for (i = 0; i < section->nblocks; i++) {
		free(section->blocks[i].label);
		free(section->blocks[i].text);
	}
	free(section->blocks);
	free(section->heading);
}

void article_free(struct article *article)
{
	size_t i;

	if (!article)
		return;
	for (i = 0; i < article->nsections; i++)
		section_fini(&article->sections[i]);
	for (i = 0; i < article->nreferences; i++) {
		free(article->references[i].id);
		free(article->references[i].title);
	}
	free(article->sections);
	free(article->references);
	free(article->file);
	free(article->id);
	free(article->title);
	free(article->date);
	free(article->product);
	free(article);
}

const struct section *article_section(const struct article *article, enum section_kind kind)
{
	size_t i;

	for (i = 0; i < article->nsections; i++)
		if (article->sections[i].kind == kind && article->sections[i].level == 1)
			return &article->sections[i];
	return NULL;
}

/*
 * A block is a line for each line of its text; what it is stands on the first of them:
 *
 *	    31    step 2. | Click Properties, and then
 *	    32            | click OK.
 */
static void block_print(FILE *out, const struct block *block, int indent)
{
	const char *text = block->text;
	unsigned line = block->line;
	int width;

	fprintf(out, "%6u  %*s", line, indent, "");
	width = fprintf(out, "%s", block_kinds[block->kind]);
	if (block->label)
		width += fprintf(out, " %s", block->label);
	for (;;) {
		size_t len = strcspn(text, "\n");

		fprintf(out, " |%s%.*s\n", len ? " " : "", (int)len, text);
		if (!text[len])
			return;
		text += len + 1;
		fprintf(out, "%6u  %*s", ++line, indent + width, "");
	}
}

static void section_print(FILE *out, const struct section *section)
{
	int indent = section->level > 1 ? 2 : 0;
	size_t i;

	fprintf(out, "%6u  %*s%s %s", section->line, indent, "",
	    section->level > 1 ? "sub-section" : "section", section_name(section->kind));
	if (section->heading)
		fprintf(out, ": %s", section->heading);
	fputc('\n', out);
	for (i = 0; i < section->nblocks; i++)
		block_print(out, &section->blocks[i],
		    indent + 2 + 2 * (int)section->blocks[i].depth);
}

void article_print(FILE *out, const struct article *article)
{
	size_t i;

	fprintf(out, "article %s\n", article->id ? article->id : "");
	fprintf(out, "file    %s\n", article->file ? article->file : "");
	fprintf(out, "date    %s\n", article->date ? article->date : "");
	fprintf(out, "product %s\n", article->product ? article->product : "");
	for (i = 0; i < article->nsections; i++)
		section_print(out, &article->sections[i]);
	for (i = 0; i < article->nreferences; i++)
		fprintf(out, "%6u  reference %s%s%s\n", article->references[i].line,
		    article->references[i].id, article->references[i].title ? " " : "",
		    article->references[i].title ? article->references[i].title : "");
}
