/* SPDX-License-Identifier: ISC */
/* One entry of advice as a JSON object. */

#include "advice_json.h"

static json_t *json_applies(const struct advice *a, const struct questions *questions)
{
	json_t *object = json_object();

	for (size_t i = 0; i < a->napplies; i++) {
		const struct question *q = &questions->list[a->applies[i].question];
		json_t *keys = json_array();

		for (size_t v = 0; v < q->nanswers; v++) {
			if (a->applies[i].answers >> v & 1)
				json_array_append_new(keys, json_string(q->answers[v].key));
		}
		json_object_set_new(object, q->key, keys);
	}
	return object;
}

static json_t *json_steps(const struct advice *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->nsteps; i++)
		json_array_append_new(list, json_string(a->steps[i]));
	return list;
}

static json_t *json_risks(const struct advice *a)
{
	json_t *list = json_array();

	for (int i = 0; i < RISK_NKINDS; i++) {
		if (a->risks >> i & 1)
			json_array_append_new(list, json_string(risk_name((enum risk)i)));
	}
	return list;
}

json_t *advice_json(const struct advice *a, const struct questions *questions)
{
	return json_pack("{s:s, s:s, s:i, s:o, s:o, s:s, s:o}", "kind",
	    advice_kind_name(a->kind), "section", section_heading(a->section), "line",
	    (int)a->line, "applies", json_applies(a, questions), "steps", json_steps(a),
	    "text", a->text, "risk", json_risks(a));
}
