/* SPDX-License-Identifier: ISC */
/* What yamlfile.c and yamlfile_schema.c share: the document as libyaml has it. */
#ifndef DECISION_YAMLFILE_PRIVATE_H
#define DECISION_YAMLFILE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

#include "../kb/scan.h"

struct yamlfile {
	char *path;
	struct scan lines;
	char *text; /* the clean lines, as they are parsed */
	size_t len;
	yaml_document_t document;
	bool has_document;
};

/* NULL for node 0. */
const yaml_node_t *yamlfile_node(const struct yamlfile *, int node);
/* The text of a scalar; it may hold NUL bytes. */
const char *yamlfile_node_text(const yaml_node_t *);

#endif
