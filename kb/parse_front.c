/* SPDX-License-Identifier: ISC */
/*
 * Front matter of an article in Markdown. It is read as the events of libyaml, one after the
 * other, because other programs that read such files take it for YAML, too: what must be
 * quoted, what a list is and where a text ends is then the same for all of them. Nothing is
 * built of what is nested deeper than a list, and aliases name nothing: a small file cannot
 * become a large one.
 */
#include "parse_front.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "xalloc.h"

static const struct {
	const char *name;
	bool list;
} front_keys[FRONT_NKEYS] = {
#define X(key, name, list) [FRONT_##key] = {name, list},
    FRONT_LIST(X)
#undef X
};

/* libyaml takes ever longer the deeper collections are nested; nothing here needs it. */
#define FRONT_DEPTH 16

struct reading {
	struct front *front;
	struct parser *p;
	size_t from, to; /* lines */
	unsigned depth; /* of mappings and sequences: 1 is the front matter itself */
	bool value; /* at depth 1: a value comes next, not a key */
	enum front_key key;
};

static bool line_is_rule(const struct scan_line *line)
{
	return strcmp(line->text, "---") == 0;
}

bool front_find(const struct scan *scan, size_t i, size_t *last, bool *ended)
{
	size_t k = i + 1, blank = scan->nlines;

	if (i >= scan->nlines || !line_is_rule(&scan->lines[i]))
		return false;
	while (k < scan->nlines && !line_is_rule(&scan->lines[k]) &&
	       strcmp(scan->lines[k].text, "...") != 0) {
		if (scan->lines[k].len == 0 && blank == scan->nlines)
			blank = k;
		k++;
	}
	*ended = k < scan->nlines;
	*last = *ended ? k : blank - 1;
	return true;
}

bool front_has(const struct scan *scan, size_t from, size_t last, const char *key)
{
	size_t i, len = strlen(key);

	for (i = from; i <= last; i++) {
		const char *s = scan->lines[i].text;

		if (strncmp(s, key, len) == 0 && s[len + strspn(s + len, " ")] == ':')
			return true;
	}
	return false;
}

/* ---- values ---- */

/* Clean, and white space made single blanks. */
static char *front_text(const char *bytes, size_t n)
{
	char *clean = scan_clean(bytes, n), *text = scan_fold(clean);

	free(clean);
	return text;
}

/* The index of the line a mark of libyaml stands on. */
static size_t reading_line(const struct reading *r, yaml_mark_t mark)
{
	size_t line = r->from + mark.line;

	return line < r->to ? line : r->to - 1;
}

static void reading_add(struct reading *r, const yaml_event_t *event)
{
	struct front_values *values = &r->front->of[r->key];
	size_t line = reading_line(r, event->start_mark);
	const char *bytes = (const char *)event->data.scalar.value;
	char *text = front_text(bytes, event->data.scalar.length);

	/* the text of a block begins below its mark */
	if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	    event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE)
		line += line + 1 < r->to;
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && strcmp(text, "~") == 0)
		text[0] = '\0'; /* how YAML writes nothing */
	if (!text[0] || (values->n > 0 && !front_keys[r->key].list)) {
		if (text[0])
			parse_report(r->p, DIAG_HEADER_VALUE, line, NULL);
		free(text);
		return;
	}
	values->list = xgrow(values->list, values->n, &values->cap, sizeof *values->list);
	values->list[values->n++] = (struct front_value){.text = text, .line = line};
}

/* ---- events ---- */

static void reading_take_key(struct reading *r, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.scalar.value;

	for (r->key = 0; r->key < FRONT_NKEYS; r->key++)
		if (event->type == YAML_SCALAR_EVENT &&
		    strcmp(name, front_keys[r->key].name) == 0)
			return;
	parse_report(r->p, DIAG_FRONT_KEY, reading_line(r, event->start_mark), NULL);
}

/* A scalar, or the beginning of something larger, where a value is expected. */
static void reading_take_value(struct reading *r, const yaml_event_t *event)
{
	bool list = r->key < FRONT_NKEYS && front_keys[r->key].list;

	if (r->key == FRONT_NKEYS || r->depth > 2)
		return;
	if (event->type == YAML_SCALAR_EVENT) {
		reading_add(r, event);
	} else if (event->type != YAML_SEQUENCE_START_EVENT || r->depth > 1 || !list) {
		parse_report(
		    r->p, DIAG_HEADER_VALUE, reading_line(r, event->start_mark), NULL);
		/* nothing in it is a value of the key */
		r->key = r->depth == 1 ? FRONT_NKEYS : r->key;
	}
}

/* What begins or is a node: a key or a value, or a part of one. */
static void reading_take_node(struct reading *r, const yaml_event_t *event)
{
	bool opens = event->type == YAML_SEQUENCE_START_EVENT ||
		     event->type == YAML_MAPPING_START_EVENT;

	if (r->depth == 0 && event->type != YAML_MAPPING_START_EVENT) {
		r->key = FRONT_NKEYS;
		parse_report(r->p, DIAG_FRONT_KEY, r->from, NULL);
	} else if (r->depth == 1 && !r->value) {
		reading_take_key(r, event);
	} else if (r->depth > 0) {
		reading_take_value(r, event);
	}
	if (r->depth == 1)
		r->value = !r->value;
	r->depth += opens;
}

static void reading_take(struct reading *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
	case YAML_ALIAS_EVENT:
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		reading_take_node(r, event);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		break;
	default:
		break;
	}
}

static void reading_report(struct reading *r, yaml_mark_t mark, const char *problem)
{
	size_t line = reading_line(r, mark);

	r->p->unusable = true;
	diag_report(r->p->diag, DIAG_YAML_SYNTAX, r->p->path, (unsigned)line + 1,
	    (unsigned)mark.column + 1, r->p->scan->lines[line].text, "%s", problem);
}

/* Takes the next event; false at the end or where it cannot go on. */
static bool reading_next(struct reading *r, yaml_parser_t *yaml)
{
	yaml_event_t event;
	bool more;

	if (!yaml_parser_parse(yaml, &event)) {
		reading_report(r, yaml->problem_mark,
		    yaml->problem ? yaml->problem : "cannot be read");
		return false;
	}
	reading_take(r, &event);
	more = event.type != YAML_STREAM_END_EVENT;
	if (r->depth > FRONT_DEPTH) {
		reading_report(r, event.start_mark, "nested too deeply");
		more = false;
	}
	yaml_event_delete(&event);
	return more;
}

void front_read(struct front *front, struct parser *p, size_t from, size_t to)
{
	struct reading r = {.front = front, .p = p, .from = from, .to = to};
	yaml_parser_t yaml;
	char *text;

	*front = (struct front){.of = {{.list = NULL}}};
	if (from >= to)
		return;
	text = scan_join(p->scan, from, to);
	if (!yaml_parser_initialize(&yaml))
		abort();
	yaml_parser_set_encoding(&yaml, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&yaml, (const unsigned char *)text, strlen(text));
	while (reading_next(&r, &yaml))
		continue;
	yaml_parser_delete(&yaml);
	free(text);
}

void front_fini(struct front *front)
{
	size_t i, k;

	for (k = 0; k < FRONT_NKEYS; k++) {
		for (i = 0; i < front->of[k].n; i++)
			free(front->of[k].list[i].text);
		free(front->of[k].list);
	}
}
