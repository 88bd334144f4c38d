/* SPDX-License-Identifier: ISC */
/* The list of cases as JSON. */

#include <stdlib.h>

#include "../kb/xalloc.h"
#include "cases_internal.h"
#include "json_text.h"

struct cases_json {
	json_t *list;
};

struct cases_json *cases_json_new(void)
{
	struct cases_json *json = xcalloc(1, sizeof *json);

	json->list = json_array();
	return json;
}

void cases_json_add(struct cases_json *json, const struct case_record *record)
{
	const struct case_head *head = &record->head;
	struct whereabouts where = cases_whereabouts(record);

	json_array_append_new(json->list,
	    json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, "
		      "s:I, s:o, s:o}",
		"number", json_text(head->name), "state", case_state_word(head->state),
		"opened", json_time(head->opened), "changed", json_time(head->changed),
		"agent", json_text(head->agent), "caller", json_text(head->caller),
		"contact", json_text(head->contact), "reference",
		json_text(head->reference), "knowledge", json_text(head->knowledge),
		"phone", head->phone, "worked", (json_int_t)case_record_worked(record),
		"article", json_text(where.article), "question",
		json_text(where.question)));
}

void cases_json_print(struct cases_json *json, FILE *out)
{
	if (out != NULL) {
		json_dumpf(json->list, out, JSON_INDENT(1));
		putc('\n', out);
	}
	json_decref(json->list);
	free(json);
}
