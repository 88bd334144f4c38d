/* SPDX-License-Identifier: ISC */
/* The list of products an article applies to: where it is, and whether it can be read. */
#include "parse_internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "xalloc.h"

static bool applies_is_heading(const struct parse_line *line)
{
	static const char end[] = "applies to:";
	size_t len = sizeof end - 1;

	return line->indent == 0 && line->len >= len &&
	       strncasecmp(line->text + line->len - len, end, len) == 0;
}

bool parse_applies_is_rule(const struct parse_line *line)
{
	return line->indent == 0 && parse_is_rule(line, '-');
}

/* Whether only empty lines are between index i and a rule or the beginning of the body. */
static bool applies_follows_rule(const struct parser *p, size_t i)
{
	while (i > p->body && p->lines[i - 1].len == 0)
		i--;
	return i == p->body || parse_applies_is_rule(&p->lines[i - 1]);
}

struct range parse_applies_find(const struct parser *p, size_t end)
{
	size_t i, to;

	for (i = p->body; i < end; i++)
		if (applies_is_heading(&p->lines[i]) && applies_follows_rule(p, i))
			break;
	if (i == end)
		return (struct range){p->body, p->body};
	to = parse_skip_empty(p, i + 1, end);
	while (to < end && !parse_applies_is_rule(&p->lines[to])) {
		/* without a rule the list ends with its last item */
		if (p->lines[to].len == 0 && to + 1 < end && p->lines[to + 1].len > 0 &&
		    p->lines[to + 1].indent == 0 && p->lines[to + 1].text[0] != '-')
			break;
		to++;
	}
	return (struct range){i, to};
}

/* Length of "5.5", "4.00b" or "2.x" at s, or 0 if something else stands there. */
static size_t version_length(const char *s, size_t len)
{
	size_t n = 0, letters = 0;

	while (n < len &&
	       (isdigit((unsigned char)s[n]) ||
		   (s[n] == '.' && n + 1 < len && isalnum((unsigned char)s[n + 1]))))
		n++;
	while (n + letters < len && letters < 2 && isalpha((unsigned char)s[n + letters]))
		letters++;
	n += letters;
	return n == len || s[n] == ' ' || s[n] == ',' || s[n] == ')' ? n : 0;
}

/* Reports what follows "version" in an item and is none: "version X", "versions 4.0, 5.0." */
void parse_applies_check(struct parser *p, size_t i)
{
	const struct parse_line *line = &p->lines[i];
	const char *end = line->text + line->len;
	const char *s = memmem(line->text, line->len, " version", strlen(" version"));

	if (!s)
		return;
	s += strlen(" version");
	s += s < end && *s == 's';
	if (s < end && *s != ' ')
		return;
	while (s < end) {
		size_t rest = (size_t)(end - s);
		const char *comma = memchr(s, ',', rest);

		if (isdigit((unsigned char)*s) && version_length(s, rest) == 0) {
			parse_report(p, DIAG_APPLIES_VERSION, i, s);
			return;
		}
		if (*s == ' ')
			s++;
		else
			s = comma ? comma + 1 : end;
	}
}

void parse_applies_add(struct parser *p, struct range list)
{
	struct section *section;
	size_t i;

	if (list.from == list.to)
		return;
	for (i = list.from + 1; i < list.to; i++)
		parse_applies_check(p, i);
	section = parse_section_add(p, SECTION_APPLIES_TO, 1, (unsigned)list.from + 1);
	section->heading = xstrndup(p->lines[list.from].text, p->lines[list.from].len - 1);
	parse_blocks(p, section, list.from + 1, list.to);
	parse_section_drop_empty(p);
}
