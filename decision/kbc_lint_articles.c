/* SPDX-License-Identifier: ISC */
/*
 * kbc lint on articles: what one lacks, and what several have in common or miss in each
 * other. References are kept until all articles are known.
 */
#include "kbc_lint.h"

#include <ctype.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../kb/xalloc.h"

/* Titles of the published archive end at this length, finished or not. */
#define TITLE_LIMIT 64

/* An article by its identifier, or by its title. */
struct known {
	char *key, *what; /* `what` tells which article it is */
};

struct pending {
	char *id, *path;
	unsigned line;
};

struct lint_articles {
	void *ids, *titles, *files; /* tsearch(3) trees of entries */
	struct pending *references;
	size_t nreferences, references_cap;
};

static int known_compare(const void *a, const void *b)
{
	return strcasecmp(((const struct known *)a)->key, ((const struct known *)b)->key);
}

static void known_free(void *arg)
{
	struct known *e = arg;

	free(e->key);
	free(e->what);
	free(e);
}

struct lint_articles *lint_articles_new(void)
{
	return xcalloc(1, sizeof(struct lint_articles));
}

void lint_articles_free(struct lint_articles *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->nreferences; i++) {
		free(l->references[i].id);
		free(l->references[i].path);
	}
	free(l->references);
	tdestroy(l->ids, known_free);
	tdestroy(l->titles, known_free);
	tdestroy(l->files, known_free);
	free(l);
}

/* The entry that has the key already, or NULL: then it has it now. */
static const struct known *tree_take(void **tree, const char *key, const char *what)
{
	struct known *e = xcalloc(1, sizeof *e), **found;

	e->key = xstrdup(key);
	e->what = xstrdup(what);
	found = tsearch(e, tree, known_compare);
	if (found == NULL)
		abort();
	if (*found == e)
		return NULL;
	known_free(e);
	return *found;
}

/* One article */

char *lint_sections(const struct article *a)
{
	char *list = NULL, *longer;

	for (enum section_kind kind = SECTION_PREAMBLE; kind <= SECTION_OTHER; kind++) {
		if (article_section(a, kind) == NULL)
			continue;
		longer = xasprintf("%s%s%s", list != NULL ? list : "",
		    list != NULL ? ", " : "", section_name(kind));
		free(list);
		list = longer;
	}
	return list != NULL ? list : xstrdup("no section");
}

static bool text_has_word_beginning(
    const char *text, const char *word, size_t len, bool *whole)
{
	bool longer = false;

	for (const char *s = text; (s = strcasestr(s, word)) != NULL; s++) {
		if (s > text && isalnum((unsigned char)s[-1]))
			continue;
		if (!isalpha((unsigned char)s[len]))
			*whole = true;
		else if (s[len] != 's' || isalpha((unsigned char)s[len + 1]))
			longer = true;
	}
	return longer;
}

/* Whether the text has words that begin with this one, more than a plural, and never it. */
static bool word_is_cut(const struct article *a, const char *word)
{
	size_t len = strlen(word);
	bool longer = false, whole = false;

	for (size_t i = 0; i < a->nsections && !whole; i++) {
		const struct section *s = &a->sections[i];

		for (size_t k = 0; s->kind != SECTION_TITLE && k < s->nblocks; k++)
			longer |=
			    text_has_word_beginning(s->blocks[k].text, word, len, &whole);
	}
	return longer && !whole;
}

/*
 * A title as long as the archive allows whose last word is one that no title ends with, or
 * the beginning of one of the text's words. (Of 269 titles of that length in the published
 * articles, these are 50, all but a few cut; of those one shorter, 15, nearly all whole: the
 * length alone says little and the word alone as little.)
 */
static bool title_is_cut(const struct article *a)
{
	static const char *const open_words[] = {
	    "a", "an", "the", "of", "for", "with", "from", "and", "or"};
	size_t len = strlen(a->title), start = len;
	const char *word;

	while (start > 0 && isalpha((unsigned char)a->title[start - 1]))
		start--;
	word = a->title + start;
	if (len != TITLE_LIMIT || word[0] == '\0')
		return false;
	for (size_t i = 0; i < sizeof open_words / sizeof open_words[0]; i++)
		if (strcasecmp(word, open_words[i]) == 0)
			return true;
	return word_is_cut(a, word);
}

/* Advice is looked for below the headings that are known, and nowhere else. */
static void article_check_headings(
    const struct article *a, const char *path, struct diag *diag)
{
	for (size_t i = 0; i < a->nsections; i++) {
		const struct section *s = &a->sections[i];

		if (s->kind == SECTION_OTHER && s->level == 1 && s->heading != NULL)
			diag_report(diag, DIAG_HEADING_UNKNOWN, path, s->line, 0,
			    s->heading,
			    "known are Symptoms, Cause, Resolution, Workaround, Status, "
			    "More "
			    "information, Summary and References");
	}
}

static void article_check(
    const struct understanding *u, const char *path, struct diag *diag)
{
	const struct section *title = article_section(u->article, SECTION_TITLE);
	char *sections = lint_sections(u->article);

	if (title_is_cut(u->article))
		diag_report(diag, DIAG_TITLE_CUT, path, title != NULL ? title->line : 0, 0,
		    u->article->title, NULL);
	article_check_headings(u->article, path, diag);
	if (!u->tells)
		diag_report(diag, DIAG_FACTS_NONE, path, 0, 0, NULL, NULL);
	if (u->is_list)
		diag_report(diag, DIAG_ARTICLE_LIST, path, 0, 0, NULL, NULL);
	else if (u->advice.n == 0)
		diag_report(
		    diag, DIAG_ADVICE_NONE, path, 0, 0, NULL, "it has %s", sections);
	free(sections);
}

/* Articles among each other */

static void articles_check_twice(
    struct lint_articles *l, const struct article *a, const char *path, struct diag *diag)
{
	const struct section *title = article_section(a, SECTION_TITLE);
	const struct known *other = tree_take(&l->ids, a->id, path);

	if (other != NULL) {
		diag_report(diag, DIAG_ARTICLE_DUPLICATE, path, 0, 0, NULL, "%s, in %s",
		    a->id, other->what);
		return;
	}
	if (a->title[0] == '\0')
		return;
	other = tree_take(&l->titles, a->title, a->id);
	if (other != NULL)
		diag_report(diag, DIAG_TITLE_REPEATED, path,
		    title != NULL ? title->line : 0, 0, a->title, "%s", other->what);
}

/* Links lead to a Markdown file by its name as well. */
static void article_take_file(struct lint_articles *l, const struct article *a)
{
	const char *dot = strrchr(a->file, '.');
	char *name;

	if (dot == NULL || strcasecmp(dot, ".md") != 0)
		return;
	name = xstrndup(a->file, (size_t)(dot - a->file));
	tree_take(&l->files, name, a->id);
	free(name);
}

void lint_articles_add(struct lint_articles *l, const struct understanding *u,
    const char *path, struct diag *diag)
{
	const struct article *a = u->article;

	article_check(u, path, diag);
	articles_check_twice(l, a, path, diag);
	article_take_file(l, a);
	for (size_t i = 0; i < a->nreferences; i++) {
		l->references = xgrow(l->references, l->nreferences, &l->references_cap,
		    sizeof *l->references);
		l->references[l->nreferences++] =
		    (struct pending){.id = xstrdup(a->references[i].id),
			.path = xstrdup(path),
			.line = a->references[i].line};
	}
}

void lint_articles_end(const struct lint_articles *l, struct diag *diag)
{
	for (size_t i = 0; i < l->nreferences; i++) {
		const struct pending *p = &l->references[i];
		struct known key = {.key = p->id};

		if (tfind(&key, &l->ids, known_compare) == NULL &&
		    tfind(&key, &l->files, known_compare) == NULL)
			diag_report(diag, DIAG_REFERENCE_DEAD, p->path, p->line, 0, NULL,
			    "%s", p->id);
	}
}
