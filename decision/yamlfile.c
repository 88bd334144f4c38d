/* SPDX-License-Identifier: ISC */
/*
 * YAML files with places. Used by question_read.c and curated.c.
 *
 * A file goes through three stages. Its events are read once, for syntax and for what is not
 * wanted (anchors, aliases, a second document). Then it becomes a libyaml document, whose
 * nodes know their lines; the schema, written for libcyaml, is walked over the nodes and
 * reports every fault at its place. What passes is loaded by libcyaml.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "yamlfile.h"
#include "yamlfile_private.h"

const yaml_node_t *yamlfile_node(const struct yamlfile *y, int node)
{
	const yaml_node_t *first = y->document.nodes.start;

	return node > 0 ? &first[node - 1] : NULL;
}

const char *yamlfile_node_text(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

int yamlfile_root(const struct yamlfile *y)
{
	(void)y;
	return 1;
}

int yamlfile_value(const struct yamlfile *y, int node, const char *key)
{
	const yaml_node_t *map = yamlfile_node(y, node);

	if (map == NULL || map->type != YAML_MAPPING_NODE)
		return 0;
	for (const yaml_node_pair_t *p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		const yaml_node_t *k = yamlfile_node(y, p->key);

		if (k->type == YAML_SCALAR_NODE && strcmp(yamlfile_node_text(k), key) == 0)
			return p->value;
	}
	return 0;
}

int yamlfile_item(const struct yamlfile *y, int node, size_t i)
{
	const yaml_node_t *list = yamlfile_node(y, node);

	if (list == NULL || list->type != YAML_SEQUENCE_NODE)
		return 0;
	if (i >= (size_t)(list->data.sequence.items.top - list->data.sequence.items.start))
		return 0;
	return list->data.sequence.items.start[i];
}

/* Marks count from 0, and may point behind the last line. */
static void mark_report(const struct yamlfile *y, struct diag *diag, enum diag_code code,
    const yaml_mark_t *mark, const char *detail)
{
	size_t line = mark == NULL ? 0 : mark->line + 1;
	size_t col = mark == NULL ? 0 : mark->column + 1;
	const char *source = NULL;

	if (line > y->lines.nlines) {
		line = y->lines.nlines;
		col = 0;
	}
	if (line > 0)
		source = y->lines.lines[line - 1].text;
	diag_report(
	    diag, code, y->path, (unsigned)line, (unsigned)col, source, "%s", detail);
}

void yamlfile_vreport(const struct yamlfile *y, struct diag *diag, enum diag_code code,
    int node, const char *format, va_list args)
{
	const yaml_node_t *at = yamlfile_node(y, node);
	char *detail = xvasprintf(format, args);

	mark_report(y, diag, code, at == NULL ? NULL : &at->start_mark, detail);
	free(detail);
}

void yamlfile_report(const struct yamlfile *y, struct diag *diag, enum diag_code code,
    int node, const char *detail, ...)
{
	va_list args;

	va_start(args, detail);
	yamlfile_vreport(y, diag, code, node, detail, args);
	va_end(args);
}

/* Reading. */

static void text_join(struct yamlfile *y)
{
	for (size_t i = 0; i < y->lines.nlines; i++)
		y->len += y->lines.lines[i].len + 1;
	y->text = xmalloc(y->len + 1);
	y->len = 0;
	for (size_t i = 0; i < y->lines.nlines; i++) {
		memcpy(y->text + y->len, y->lines.lines[i].text, y->lines.lines[i].len);
		y->len += y->lines.lines[i].len;
		y->text[y->len++] = '\n';
	}
	y->text[y->len] = '\0';
}

static void parser_start(yaml_parser_t *parser, const struct yamlfile *y)
{
	if (!yaml_parser_initialize(parser))
		abort();
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)y->text, y->len);
}

static const unsigned char *event_anchor(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return event->data.alias.anchor;
	case YAML_SCALAR_EVENT:
		return event->data.scalar.anchor;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.anchor;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.anchor;
	default:
		return NULL;
	}
}

/* Whether the event is wanted; ndocuments counts them. */
/* What has been seen of the events of a file. */
struct seen {
	size_t ndocuments;
	unsigned depth; /* of nested lists and mappings */
};

/* Deeper than any file for people, and libyaml takes the square of it. */
#define DEEPEST 100

static bool event_is_shallow(const yaml_event_t *event, struct seen *seen)
{
	if (event->type == YAML_SEQUENCE_START_EVENT ||
	    event->type == YAML_MAPPING_START_EVENT)
		return ++seen->depth <= DEEPEST;
	if (event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT)
		seen->depth--;
	return true;
}

static bool event_check(const struct yamlfile *y, const yaml_event_t *event,
    struct seen *seen, struct diag *diag)
{
	if (!event_is_shallow(event, seen)) {
		mark_report(y, diag, DIAG_YAML_SYNTAX, &event->start_mark,
		    "lists and mappings are nested too deeply here");
		return false;
	}
	if (event->type == YAML_DOCUMENT_START_EVENT && seen->ndocuments++ > 0) {
		mark_report(y, diag, DIAG_YAML_SYNTAX, &event->start_mark,
		    "a second document begins here; there may be one only");
		return false;
	}
	if (event_anchor(event) != NULL) {
		mark_report(y, diag, DIAG_YAML_SYNTAX, &event->start_mark,
		    "anchors and aliases are not used here; write it out");
		return false;
	}
	return true;
}

static void parser_report(
    const struct yamlfile *y, const yaml_parser_t *parser, struct diag *diag)
{
	const char *problem = parser->problem == NULL ? "cannot be read" : parser->problem;
	char *detail = parser->context == NULL
			   ? xstrdup(problem)
			   : xasprintf("%s %s", problem, parser->context);

	mark_report(y, diag, DIAG_YAML_SYNTAX, &parser->problem_mark, detail);
	free(detail);
}

/* False and a report if the events are not those of one plain document. */
static bool events_check(const struct yamlfile *y, struct diag *diag)
{
	yaml_parser_t parser;
	yaml_event_t event;
	struct seen seen = {.depth = 0};
	bool ok = true, more = true;

	parser_start(&parser, y);
	while (ok && more) {
		if (!yaml_parser_parse(&parser, &event)) {
			parser_report(y, &parser, diag);
			ok = false;
			break;
		}
		ok = event_check(y, &event, &seen, diag);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (ok && seen.ndocuments == 0)
		diag_report(diag, DIAG_FILE_EMPTY, y->path, 0, 0, NULL, NULL);
	return ok && seen.ndocuments == 1;
}

static bool document_load(struct yamlfile *y, struct diag *diag)
{
	yaml_parser_t parser;
	const yaml_node_t *root;

	parser_start(&parser, y);
	y->has_document = yaml_parser_load(&parser, &y->document) != 0;
	if (!y->has_document)
		parser_report(y, &parser, diag);
	yaml_parser_delete(&parser);
	if (!y->has_document)
		return false;
	root = yaml_document_get_root_node(&y->document);
	if (root != NULL && root->type == YAML_MAPPING_NODE)
		return true;
	mark_report(y, diag, DIAG_YAML_SCHEMA, root == NULL ? NULL : &root->start_mark,
	    "the file has to be a mapping of keys");
	return false;
}

struct yamlfile *yamlfile_read(const char *path, struct diag *diag, struct err *err)
{
	struct yamlfile *y = xcalloc(1, sizeof *y);

	y->path = xstrdup(path);
	if (scan_file(&y->lines, path, YAMLFILE_LIMIT, err) < 0) {
		yamlfile_free(y);
		return NULL;
	}
	text_join(y);
	if (y->lines.binary)
		diag_report(diag, DIAG_FILE_BINARY, path, 0, 0, NULL, NULL);
	else if (events_check(y, diag) && document_load(y, diag))
		return y;
	err_set(err, ERR_DATA, "%s: not a usable YAML file", path);
	yamlfile_free(y);
	return NULL;
}

void yamlfile_free(struct yamlfile *y)
{
	if (y == NULL)
		return;
	if (y->has_document)
		yaml_document_delete(&y->document);
	scan_fini(&y->lines);
	free(y->text);
	free(y->path);
	free(y);
}
