/* SPDX-License-Identifier: ISC */
/*
 * A YAML document against its schema. libcyaml's schemas are tables, so the same ones that
 * lay out the memory are walked here over the nodes of the document, and every fault is
 * reported at its place. What passes is loaded by libcyaml.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "yamlfile.h"
#include "yamlfile_private.h"

/* A file that is not what it should be at all need not be explained line by line. */
#define FAULTS_MAX 50

struct check {
	const struct yamlfile *yaml;
	struct diag *diag;
	size_t nfaults;
};

static void check_fault(struct check *c, enum diag_code code, int node, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

static void check_fault(
    struct check *c, enum diag_code code, int node, const char *format, ...)
{
	va_list args;

	if (c->nfaults++ >= FAULTS_MAX)
		return;
	va_start(args, format);
	yamlfile_vreport(c->yaml, c->diag, code, node, format, args);
	va_end(args);
}

static const char *const node_names[] = {
    [YAML_NO_NODE] = "nothing",
    [YAML_SCALAR_NODE] = "a plain value",
    [YAML_SEQUENCE_NODE] = "a list",
    [YAML_MAPPING_NODE] = "a mapping of keys",
};

static yaml_node_type_t type_wanted(const cyaml_schema_value_t *schema)
{
	switch (schema->type) {
	case CYAML_MAPPING:
		return YAML_MAPPING_NODE;
	case CYAML_SEQUENCE:
	case CYAML_FLAGS:
		return YAML_SEQUENCE_NODE;
	default:
		return YAML_SCALAR_NODE;
	}
}

static void check_string(
    struct check *c, int node, const char *key, const cyaml_schema_value_t *schema)
{
	const yaml_node_t *at = yamlfile_node(c->yaml, node);
	size_t len = at->data.scalar.length;
	char *clean = scan_clean(yamlfile_node_text(at), len);

	if (len < schema->string.min)
		check_fault(c, DIAG_YAML_SCHEMA, node, "%s is empty", key);
	else if (len > schema->string.max)
		check_fault(c, DIAG_YAML_SCHEMA, node, "%s is longer than %u bytes", key,
		    (unsigned)schema->string.max);
	else if (strlen(clean) != len || memcmp(clean, yamlfile_node_text(at), len) != 0)
		check_fault(c, DIAG_YAML_SCHEMA, node, "%s holds a control character", key);
	free(clean);
}

/* "0.05", "2", ".5": what every locale and person reads alike. */
static void check_float(struct check *c, int node, const char *key)
{
	static const char digits[] = "0123456789";
	const char *text = yamlfile_node_text(yamlfile_node(c->yaml, node));
	const char *s = text + (*text == '-');
	size_t whole = strspn(s, digits), part = 0;

	s += whole;
	if (*s == '.') {
		part = strspn(s + 1, digits);
		s += 1 + part;
	}
	if (*s != '\0' || whole + part == 0 || whole + part > 15)
		check_fault(
		    c, DIAG_YAML_SCHEMA, node, "%s is not a number: \"%s\"", key, text);
}

static void check_bool(struct check *c, int node, const char *key)
{
	static const char *const words[] = {"true", "false", "yes", "no"};
	const char *text = yamlfile_node_text(yamlfile_node(c->yaml, node));

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(text, words[i]) == 0)
			return;
	check_fault(
	    c, DIAG_YAML_SCHEMA, node, "%s is neither true nor false: \"%s\"", key, text);
}

/* All names of an enumeration, as a sentence lists them. The caller frees it. */
static char *names_join(const cyaml_schema_value_t *schema)
{
	char *names = xstrdup(""), *longer;

	for (uint32_t i = 0; i < schema->enumeration.count; i++) {
		longer = xasprintf(
		    "%s%s%s", names, i > 0 ? ", " : "", schema->enumeration.strings[i].str);
		free(names);
		names = longer;
	}
	return names;
}

static void check_name(
    struct check *c, int node, const char *key, const cyaml_schema_value_t *schema)
{
	const yaml_node_t *at = yamlfile_node(c->yaml, node);
	char *names;

	if (at->type != YAML_SCALAR_NODE) {
		check_fault(c, DIAG_YAML_SCHEMA, node, "%s has to be a name, and is %s",
		    key, node_names[at->type]);
		return;
	}
	for (uint32_t i = 0; i < schema->enumeration.count; i++)
		if (strcmp(yamlfile_node_text(at), schema->enumeration.strings[i].str) == 0)
			return;
	names = names_join(schema);
	check_fault(c, DIAG_QUESTION_NAME, node, "%s \"%s\"; there are %s", key,
	    yamlfile_node_text(at), names);
	free(names);
}

static void check_value(
    struct check *, int node, const char *key, const cyaml_schema_value_t *);

static void check_sequence(
    struct check *c, int node, const char *key, const cyaml_schema_value_t *schema)
{
	const yaml_node_t *at = yamlfile_node(c->yaml, node);
	size_t n = (size_t)(at->data.sequence.items.top - at->data.sequence.items.start);

	if (schema->type == CYAML_FLAGS) {
		for (size_t i = 0; i < n; i++)
			check_name(c, yamlfile_item(c->yaml, node, i), key, schema);
		return;
	}
	if (n < schema->sequence.min)
		check_fault(c, DIAG_YAML_SCHEMA, node, "%s is an empty list", key);
	if (n > schema->sequence.max)
		check_fault(c, DIAG_YAML_SCHEMA, node,
		    "%s has %zu entries, at most %u are read", key, n,
		    (unsigned)schema->sequence.max);
	for (size_t i = 0; i < n && i <= schema->sequence.max; i++)
		check_value(
		    c, yamlfile_item(c->yaml, node, i), key, schema->sequence.entry);
}

/* The field of that key and, in *bit, its place among the fields; NULL if there is none. */
static const cyaml_schema_field_t *field_find(
    const cyaml_schema_value_t *schema, const char *key, uint64_t *bit)
{
	*bit = 1;
	for (const cyaml_schema_field_t *f = schema->mapping.fields; f->key != NULL; f++) {
		if (strcmp(f->key, key) == 0)
			return f;
		*bit <<= 1;
	}
	return NULL;
}

static void check_pair(struct check *c, const yaml_node_pair_t *pair,
    const cyaml_schema_value_t *schema, uint64_t *seen)
{
	const yaml_node_t *key = yamlfile_node(c->yaml, pair->key);
	const cyaml_schema_field_t *field;
	uint64_t bit;

	if (key->type != YAML_SCALAR_NODE) {
		check_fault(c, DIAG_YAML_SCHEMA, pair->key, "a key has to be a word");
		return;
	}
	field = field_find(schema, yamlfile_node_text(key), &bit);
	if (field == NULL) {
		check_fault(c, DIAG_YAML_SCHEMA, pair->key, "unknown key \"%s\"",
		    yamlfile_node_text(key));
		return;
	}
	if (*seen & bit)
		check_fault(
		    c, DIAG_YAML_SCHEMA, pair->key, "%s is given twice", field->key);
	*seen |= bit;
	check_value(c, pair->value, field->key, &field->value);
}

static void check_mapping(struct check *c, int node, const cyaml_schema_value_t *schema)
{
	const yaml_node_t *at = yamlfile_node(c->yaml, node);
	uint64_t seen = 0, bit = 1;

	for (const yaml_node_pair_t *p = at->data.mapping.pairs.start;
	     p < at->data.mapping.pairs.top && c->nfaults < FAULTS_MAX; p++)
		check_pair(c, p, schema, &seen);
	for (const cyaml_schema_field_t *f = schema->mapping.fields; f->key != NULL; f++) {
		if (!(seen & bit) && !(f->value.flags & CYAML_FLAG_OPTIONAL))
			check_fault(c, DIAG_YAML_SCHEMA, node, "%s is missing", f->key);
		bit <<= 1;
	}
}

/* The schema is a few levels deep, and so is this recursion. */
static void check_value(
    struct check *c, int node, const char *key, const cyaml_schema_value_t *schema)
{
	const yaml_node_t *at = yamlfile_node(c->yaml, node);

	if (at->type != type_wanted(schema)) {
		check_fault(c, DIAG_YAML_SCHEMA, node, "%s has to be %s, and is %s", key,
		    node_names[type_wanted(schema)], node_names[at->type]);
		return;
	}
	switch (schema->type) {
	case CYAML_MAPPING:
		check_mapping(c, node, schema);
		break;
	case CYAML_SEQUENCE:
	case CYAML_FLAGS:
		check_sequence(c, node, key, schema);
		break;
	case CYAML_ENUM:
		check_name(c, node, key, schema);
		break;
	case CYAML_FLOAT:
		check_float(c, node, key);
		break;
	case CYAML_BOOL:
		check_bool(c, node, key);
		break;
	default:
		assert(schema->type == CYAML_STRING);
		check_string(c, node, key, schema);
		break;
	}
}

/* Loading. */

static void *cyaml_memory(void *ctx, void *p, size_t size)
{
	(void)ctx;
	if (size > 0)
		return xrealloc_array(p, 1, size);
	free(p);
	return NULL;
}

static const cyaml_config_t config = {
    .mem_fn = cyaml_memory,
    .flags = CYAML_CFG_NO_ALIAS,
};

int yamlfile_load(const struct yamlfile *y, const cyaml_schema_value_t *schema,
    cyaml_data_t **data, struct diag *diag, struct err *err)
{
	struct check c = {.yaml = y, .diag = diag};
	cyaml_err_t status;

	check_value(&c, yamlfile_root(y), "the file", schema);
	if (c.nfaults > 0)
		return err_set(err, ERR_DATA, "%s: %zu fault%s", y->path, c.nfaults,
		    c.nfaults > 1 ? "s" : "");
	status =
	    cyaml_load_data((const uint8_t *)y->text, y->len, &config, schema, data, NULL);
	if (status == CYAML_OK)
		return 0;
	yamlfile_report(y, diag, DIAG_YAML_SCHEMA, 0, "%s", cyaml_strerror(status));
	return err_set(err, ERR_DATA, "%s: %s", y->path, cyaml_strerror(status));
}

void yamlfile_unload(const cyaml_schema_value_t *schema, cyaml_data_t *data)
{
	if (data != NULL)
		cyaml_free(&config, schema, data, 0);
}
