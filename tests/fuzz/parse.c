/* SPDX-License-Identifier: ISC */
/* Fuzzing target: an article file, in whatever format its first lines claim to be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../kb/parse.h"
#include "fuzz.h"

static FILE *nowhere;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	nowhere = fopen("/dev/null", "w");
	return nowhere == NULL;
}

static void check_lines(const struct scan *scan)
{
	for (size_t i = 0; i < scan->nlines; i++) {
		const struct scan_line *line = &scan->lines[i];

		fuzz_require(strlen(line->text) == line->len, "length of a line");
		fuzz_require(line->len == 0 || line->text[line->len - 1] != ' ',
		    "no blanks at the end of a line");
		fuzz_require(strchr(line->text, '\n') == NULL, "a line is one line");
		fuzz_require_clean(line->text);
	}
}

static void check_section(const struct section *s, size_t nlines)
{
	fuzz_require(s->kind < SECTION_NKINDS, "kind of a section");
	fuzz_require(s->level == 1 || s->level == 2, "level of a section");
	fuzz_require(s->line >= 1 && s->line <= nlines, "line of a section");
	fuzz_require_clean(s->heading);
	for (size_t i = 0; i < s->nblocks; i++) {
		const struct block *b = &s->blocks[i];

		fuzz_require(b->line >= 1 && b->line <= nlines, "line of a block");
		fuzz_require(b->text != NULL && b->text[0] != '\0', "a block has text");
		fuzz_require_clean(b->text);
		fuzz_require_clean(b->label);
	}
}

static void check_article(const struct article *a, size_t nlines)
{
	fuzz_require(a->id != NULL && a->id[0] != '\0', "an article has an identifier");
	fuzz_require(a->title != NULL, "a title is never NULL");
	fuzz_require_clean(a->id);
	fuzz_require_clean(a->title);
	fuzz_require_clean(a->date);
	fuzz_require_clean(a->product);
	for (size_t i = 0; i < a->nsections; i++)
		check_section(&a->sections[i], nlines);
	for (size_t i = 0; i < a->nreferences; i++) {
		fuzz_require(a->references[i].line >= 1 && a->references[i].line <= nlines,
		    "line of a reference");
		fuzz_require_clean(a->references[i].id);
		fuzz_require_clean(a->references[i].title);
	}
}

static void check_messages(const struct diag *diag, size_t nlines)
{
	for (size_t i = 0; i < diag->n; i++) {
		fuzz_require(diag->list[i].line <= nlines, "line of a message");
		fuzz_require_clean(diag->list[i].source);
		fuzz_require_clean(diag->list[i].detail);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct article *article;
	struct scan scan;
	struct diag diag;

	diag_init(&diag);
	scan_bytes(&scan, (const char *)data, size);
	check_lines(&scan);
	article = parse_lines(&scan, "folder/article.txt", &diag);
	check_messages(&diag, scan.nlines);
	diag_print(nowhere, &diag, DIAG_NOTE);
	if (article != NULL) {
		check_article(article, scan.nlines);
		article_print(nowhere, article);
	}
	article_free(article);
	scan_fini(&scan);
	diag_fini(&diag);
	return 0;
}
