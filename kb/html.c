/* SPDX-License-Identifier: ISC */
/* HTML inside of Markdown: tags and comments are taken away. */
#include "html.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "xalloc.h"

/* Names of tags that are taken away; one that ends a word leaves a blank. */
static const struct html_tag {
	const char *name;
	bool ends_word;
} html_tags[] = {
    {"a", false},
    {"b", false},
    {"blockquote", true},
    {"br", true},
    {"center", true},
    {"code", false},
    {"details", true},
    {"div", true},
    {"em", false},
    {"font", false},
    {"h1", true},
    {"h2", true},
    {"h3", true},
    {"hr", true},
    {"i", false},
    {"img", true},
    {"kbd", false},
    {"li", true},
    {"ol", true},
    {"p", true},
    {"pre", true},
    {"samp", false},
    {"small", false},
    {"span", false},
    {"strong", false},
    {"sub", false},
    {"sup", false},
    {"table", true},
    {"tbody", true},
    {"td", true},
    {"th", true},
    {"thead", true},
    {"tr", true},
    {"tt", false},
    {"u", false},
    {"ul", true},
};

/* The tag that s, which is at a '<', begins or ends, or NULL. */
static const struct html_tag *html_find_tag(const char *s, size_t n)
{
	size_t i, len, at = n > 1 && s[1] == '/' ? 2 : 1;

	for (i = 0; i < sizeof html_tags / sizeof html_tags[0]; i++) {
		len = strlen(html_tags[i].name);
		if (at + len < n && strncasecmp(s + at, html_tags[i].name, len) == 0 &&
		    strchr(" />", s[at + len]))
			return &html_tags[i];
	}
	return NULL;
}

/* Bytes up to and with `end`, or all n; whether the end is among them. */
static size_t html_skip(const char *s, size_t n, const char *end, bool *found)
{
	const char *at = memmem(s, n, end, strlen(end));

	*found = at != NULL;
	return at ? (size_t)(at - s) + strlen(end) : n;
}

char *html_text(enum html_state *state, const char *s, size_t n)
{
	char *text = xmalloc(n + 1), *to = text;
	const struct html_tag *tag;
	bool ended;
	size_t len;

	for (; n > 0; s += len, n -= len) {
		if (*state != HTML_TEXT) {
			len = html_skip(s, n, *state == HTML_TAG ? ">" : "-->", &ended);
			*state = ended ? HTML_TEXT : *state;
		} else if (n >= 4 && memcmp(s, "<!--", 4) == 0) {
			*state = HTML_COMMENT;
			len = 4;
		} else if (s[0] == '<' && (tag = html_find_tag(s, n))) {
			*state = HTML_TAG;
			len = 1;
			if (tag->ends_word)
				*to++ = ' ';
		} else {
			*to++ = *s;
			len = 1;
		}
	}
	*to = '\0';
	return text;
}
