/* SPDX-License-Identifier: ISC */
/* The formats of article files: how each is told, where its header is, how its lines look. */
#include "parse_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

/* A TAB before each line of the Markdown export; scan.c made blanks of it. */
#define EXPORT_INDENT 8

/* A line whose text begins behind `skip` blanks; `lost` blanks are put back before the rest. */
static struct parse_line line_make(const char *text, size_t len, unsigned lost)
{
	size_t indent = strspn(text, " ");
	struct parse_line line = {.text = text + indent, .len = len - indent};

	if (line.len > 0 && indent > 0)
		line.indent = (unsigned)indent + lost;
	if (line.indent == 1)
		line.indent = 0;
	return line;
}

/* ---- the text form ---- */

static bool text_claims(const struct scan *scan)
{
	(void)scan;
	return true;
}

static void text_read(struct parser *p)
{
	size_t i;

	for (i = 0; i < p->nlines; i++)
		p->lines[i] = line_make(p->scan->lines[i].text, p->scan->lines[i].len, 0);
	i = parse_skip_empty(p, 0, p->nlines);
	/* a file that does not begin with a header line has no header */
	if (i < p->nlines && parse_is_header(&p->lines[i]))
		i = parse_header_read(p, i);
	i = parse_skip_empty(p, i, p->nlines);
	if (i < p->nlines && parse_is_rule(&p->lines[i], '='))
		i++;
	p->body = i;
	parse_body(p);
}

/* ---- the Markdown export ---- */

/* A copy with its entities decoded; never longer than it was. */
static char *entity_decode(struct piece s)
{
	char *copy = xmalloc(s.len + 1), *to = copy;
	char *clean;

	while (s.len > 0) {
		uint32_t cp;
		size_t len = s.text[0] == '&' ? parse_entity(s, &cp) : 0;

		if (len > 0)
			to += scan_encode(cp, to);
		else
			*to++ = s.text[0];
		len += len == 0;
		s.text += len;
		s.len -= len;
	}
	clean = scan_clean(copy, (size_t)(to - copy));
	free(copy);
	return clean;
}

/* The value of "<XX>" (two capital hexadecimal digits), or -1. */
static int export_byte(const char *s, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *high, *low;

	if (n < 4 || s[0] != '<' || s[3] != '>' || !s[1] || !s[2])
		return -1;
	high = strchr(digits, s[1]);
	low = strchr(digits, s[2]);
	return high && low ? (int)((high - digits) * 16 + (low - digits)) : -1;
}

/*
 * The export writes every byte that is not printable ASCII as "<XX>". That of a control
 * character stays as it is: decoded, it would only be taken away.
 */
static bool export_is_coded(const char *s, size_t n)
{
	return export_byte(s, n) >= 0x80;
}

/* A clean copy with its coded bytes decoded, or NULL if there are none. */
static char *export_decode(const char *s, size_t n)
{
	size_t i = 0, len = 0;
	char *bytes, *clean;

	while (i < n && !export_is_coded(s + i, n - i))
		i++;
	if (i == n)
		return NULL;
	bytes = xmalloc(n);
	for (i = 0; i < n; len++) {
		bool coded = export_is_coded(s + i, n - i);

		bytes[len] = coded ? (char)export_byte(s + i, n - i) : s[i];
		i += coded ? 4 : 1;
	}
	clean = scan_clean(bytes, len);
	free(bytes);
	for (len = strlen(clean); len > 0 && clean[len - 1] == ' '; len--)
		clean[len - 1] = '\0';
	return clean;
}

static struct parse_line export_line(struct parser *p, const struct scan_line *from)
{
	const char *text = from->text;
	size_t len = from->len;
	unsigned lost;
	char *decoded;

	if (len >= EXPORT_INDENT && strspn(text, " ") >= EXPORT_INDENT) {
		text += EXPORT_INDENT;
		len -= EXPORT_INDENT;
	}
	lost = text[0] == ' ';
	decoded = memchr(text, '<', len) ? export_decode(text, len) : NULL;
	if (decoded) {
		p->owned = xgrow(p->owned, p->nowned, &p->owned_cap, sizeof *p->owned);
		p->owned[p->nowned++] = decoded;
		text = decoded;
		len = strlen(text);
	}
	return line_make(text, len, lost);
}

static bool line_is(const struct parse_line *line, const char *text)
{
	return line->len == strlen(text) && memcmp(line->text, text, line->len) == 0;
}

static bool export_claims(const struct scan *scan)
{
	struct parse_line line;
	size_t i = 0;

	while (i < scan->nlines && scan->lines[i].len == 0)
		i++;
	if (i == scan->nlines)
		return false;
	line = line_make(scan->lines[i].text, scan->lines[i].len, 0);
	return line_is(&line, "---") || parse_begins(&line, "## ") ||
	       parse_begins(&line, "Article:");
}

/* A title with its quotation marks and entities taken away. */
static void export_set_title(struct parser *p, size_t i, struct piece value)
{
	char *title, *decoded;

	value = parse_trim(value);
	if (value.len >= 2 && value.text[0] == '"' && value.text[value.len - 1] == '"')
		value = parse_trim((struct piece){value.text + 1, value.len - 2});
	title = entity_decode(value);
	decoded = export_decode(title, strlen(title));
	if (decoded) {
		free(title);
		title = decoded;
	}
	if (title[0])
		parse_header_title(p, i, title);
	else
		free(title);
}

/* Front matter: only the title is used. Returns the index behind it. */
static size_t export_read_front(struct parser *p, size_t i)
{
	struct piece key, value;

	for (i++; i < p->nlines && !line_is(&p->lines[i], "---"); i++)
		if (parse_split(&p->lines[i], &key, &value) && parse_piece_is(key, "title"))
			export_set_title(p, i, value);
	return i < p->nlines ? i + 1 : i;
}

static bool export_is_tag(const struct parse_line *line)
{
	return line_is(line, "{% raw %}") || line_is(line, "{% endraw %}");
}

static void export_read(struct parser *p)
{
	size_t i;

	for (i = 0; i < p->nlines; i++) {
		p->lines[i] = export_line(p, &p->scan->lines[i]);
		if (export_is_tag(&p->lines[i]))
			p->lines[i].len = 0;
	}
	i = parse_skip_empty(p, 0, p->nlines);
	if (i < p->nlines && line_is(&p->lines[i], "---"))
		i = parse_skip_empty(p, export_read_front(p, i), p->nlines);
	if (i < p->nlines && parse_begins(&p->lines[i], "## ")) {
		export_set_title(
		    p, i, (struct piece){p->lines[i].text + 3, p->lines[i].len - 3});
		i = parse_skip_empty(p, i + 1, p->nlines);
	}
	if (i < p->nlines && parse_begins(&p->lines[i], "Article"))
		i = parse_header_read(p, i);
	p->body = i;
	parse_body(p);
}

const struct parse_format parse_formats[] = {
    {.claims = parse_markdown_claims, .read = parse_markdown_read},
    {.claims = export_claims, .read = export_read},
    {.claims = text_claims, .read = text_read},
};
