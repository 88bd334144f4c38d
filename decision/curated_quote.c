/* SPDX-License-Identifier: ISC */
/* Where quoted words stand in an article. Used by curated.c. */
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "curated_quote.h"

static const char blanks[] = " \t\n\v\f\r";

/* Length of the folded quotation at the beginning of text, or 0. */
static size_t match_length(const char *text, const char *folded)
{
	const char *s = text;

	for (; *folded != '\0'; folded++) {
		if (*folded == ' ') {
			if (strspn(s, blanks) == 0)
				return 0;
			s += strspn(s, blanks);
		} else if (*s++ != *folded) {
			return 0;
		}
	}
	return (size_t)(s - text);
}

static bool block_find(const struct block *block, const char *folded, struct span *where)
{
	for (const char *s = strchr(block->text, *folded); s != NULL;
	     s = strchr(s + 1, *folded)) {
		size_t len = match_length(s, folded);

		if (len > 0) {
			where->start = (size_t)(s - block->text);
			where->end = where->start + len;
			return true;
		}
	}
	return false;
}

static void place_set(struct curated_place *place, const struct section *section,
    const struct block *block, struct span where)
{
	place->section = section->kind;
	place->words = evidence_quote(block, where, &place->line);
}

static void place_title(const struct article *article, struct curated_place *place)
{
	const struct section *title = article_section(article, SECTION_TITLE);

	if (title != NULL && title->nblocks > 0)
		place_set(place, title, &title->blocks[0],
		    (struct span){.end = strlen(title->blocks[0].text)});
	else
		*place = (struct curated_place){
		    .section = SECTION_TITLE,
		    .line = 1,
		    .words = xstrdup(""),
		};
}

bool curated_quote_find(
    const struct article *article, const char *quote, struct curated_place *place)
{
	char *folded;
	struct span where;
	bool found = false;

	if (quote == NULL) {
		place_title(article, place);
		return true;
	}
	folded = scan_fold(quote);
	for (size_t i = 0; i < article->nsections && !found; i++)
		for (size_t k = 0; k < article->sections[i].nblocks && !found; k++) {
			found = *folded != '\0' &&
				block_find(&article->sections[i].blocks[k], folded, &where);
			if (found)
				place_set(place, &article->sections[i],
				    &article->sections[i].blocks[k], where);
		}
	free(folded);
	return found;
}
