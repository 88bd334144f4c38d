/* SPDX-License-Identifier: ISC */
/*
 * YAML files an author wrote, with the place of everything in them. libcyaml loads a file
 * into structures but cannot say where a fault is; so the file is read with libyaml first,
 * checked against the same schema with line and column for every fault, and only then
 * loaded. Used by question_read.c and curated.c, and by
 * kbc_lint_questions.c to name lines; no other file knows YAML.
 *
 * A file is one document of at most YAMLFILE_LIMIT bytes without anchors and aliases
 * (which could make a small file a huge one). A node is a place in it: 0 is no node.
 */
#ifndef DECISION_YAMLFILE_H
#define DECISION_YAMLFILE_H

#include <cyaml/cyaml.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "../kb/diag.h"
#include "../kb/err.h"

#define YAMLFILE_LIMIT (4u << 20)

struct yamlfile;

/*
 * NULL if the file cannot be read (err), or is no such document (diag says where, err says
 * that it is faulty).
 */
struct yamlfile *yamlfile_read(const char *path, struct diag *, struct err *);
void yamlfile_free(struct yamlfile *);

/*
 * Loads the document into memory laid out by the schema, whose root is a pointer to a
 * mapping; the caller gives it back with yamlfile_unload. -1 if it does not fit the schema:
 * diag has every fault, err says that it is faulty.
 */
int yamlfile_load(const struct yamlfile *, const cyaml_schema_value_t *, cyaml_data_t **,
    struct diag *, struct err *);
void yamlfile_unload(const cyaml_schema_value_t *, cyaml_data_t *);

/* The mapping the document is. */
int yamlfile_root(const struct yamlfile *);
/* The value of a key of a mapping, or the i-th item of a sequence; 0 if there is none. */
int yamlfile_value(const struct yamlfile *, int node, const char *key);
int yamlfile_item(const struct yamlfile *, int node, size_t i);

/* Reports a fault at a node, or for node 0 of the whole file. */
void yamlfile_report(const struct yamlfile *, struct diag *, enum diag_code, int node,
    const char *detail, ...) __attribute__((format(printf, 5, 6)));
void yamlfile_vreport(const struct yamlfile *, struct diag *, enum diag_code, int node,
    const char *detail, va_list) __attribute__((format(printf, 5, 0)));

#endif
