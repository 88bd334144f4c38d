/* SPDX-License-Identifier: ISC */
/*
 * A page as Markdown: headings by tone, a labelled paragraph as an item of a list, text whose
 * line ends count as a fenced block. Whatever a paragraph says is text: what Markdown would
 * read in it is escaped.
 */

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "ticket_internal.h"

static void put_escaped(FILE *out, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if (strchr("\\`*_[]<>|#~&!", *p) != NULL)
			putc('\\', out);
		else if ((*p == '-' || *p == '+' || *p == '=') && p == text)
			putc('\\', out);
		putc(*p, out);
	}
}

/* The longest run of grave accents in a text. */
static size_t longest_fence(const char *text)
{
	size_t longest = 0;

	for (; *text != '\0'; text++) {
		size_t run = strspn(text, "`");

		if (run > longest)
			longest = run;
		if (run > 0)
			text += run - 1;
	}
	return longest;
}

static void put_fence(FILE *out, size_t len)
{
	while (len-- > 0)
		putc('`', out);
	putc('\n', out);
}

static void put_verbatim(FILE *out, const char *text)
{
	size_t longest = longest_fence(text), fence = longest < 3 ? 3 : longest + 1;

	putc('\n', out);
	put_fence(out, fence);
	fprintf(out, "%s\n", text);
	put_fence(out, fence);
}

static void put_item(FILE *out, const struct para *para)
{
	const char *label = para->label + strspn(para->label, " ");

	fputs("- **", out);
	put_escaped(out, label);
	fputs("** ", out);
	put_escaped(out, para->text);
	putc('\n', out);
}

/* A paragraph below an item belongs to it. */
static bool para_follows_item(const struct page *page, size_t i)
{
	return page->list[i].indent > 0 && i > 0 && page->list[i - 1].text[0] != '\0' &&
	       page->list[i - 1].tone != TONE_HEADING;
}

static void put_para(FILE *out, const struct page *page, size_t i)
{
	const struct para *para = &page->list[i];

	if (para->tone == TONE_TITLE || para->tone == TONE_HEADING) {
		fputs(i == 0                       ? "# "
		      : para->label != NULL        ? "\n### "
		      : para->tone == TONE_HEADING ? "\n## "
						   : "\n**",
		    out);
		put_escaped(out, para->text);
		fputs(i > 0 && para->tone == TONE_TITLE ? "**\n\n" : "\n\n", out);
	} else if (para->label != NULL) {
		put_item(out, para);
	} else if (para_follows_item(page, i)) {
		fputs("\n  ", out);
		put_escaped(out, para->text);
		fputs("\n\n", out);
	} else {
		putc('\n', out);
		put_escaped(out, para->text);
		fputs("\n\n", out);
	}
}

static void put_page(FILE *out, const struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		const struct para *para = &page->list[i];

		if (para->tone == TONE_VERBATIM)
			put_verbatim(out, para->text);
		else if (para->text[0] == '\0' && para->label == NULL)
			putc('\n', out);
		else
			put_para(out, page, i);
	}
}

/* One empty line between two parts is enough, but in a fenced block each counts. */
static void put_squeezed(FILE *out, const char *text)
{
	size_t ends = 2, fence = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n"), run = strspn(text, "`");

		if (fence == 0 && run >= 3)
			fence = run;
		else if (fence > 0 && run == fence)
			fence = 0;
		ends = len > 0 ? 0 : ends + 1;
		if (fence > 0 || ends < 2)
			fprintf(out, "%.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

void ticket_markdown(FILE *out, const struct page *page)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	put_page(f, page);
	xclose_memstream(f);
	put_squeezed(out, text);
	free(text);
}
