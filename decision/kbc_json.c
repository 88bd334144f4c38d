/* SPDX-License-Identifier: ISC */
/* The JSON of kbc show, tree and stats. */

#include "kbc.h"

#include <jansson.h>
#include <stdlib.h>

#include "advice_json.h"

static void json_print(FILE *f, json_t *j)
{
	json_dumpf(j, f, JSON_INDENT(1));
	putc('\n', f);
	json_decref(j);
}

static json_t *json_text_or_null(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

static json_t *json_sections(const struct article *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->nsections; i++) {
		const struct section *s = &a->sections[i];
		json_t *blocks = json_array();

		for (size_t b = 0; b < s->nblocks; b++) {
			const struct block *block = &s->blocks[b];

			json_array_append_new(blocks,
			    json_pack("{s:s, s:i, s:i, s:o, s:s}", "kind",
				block_kind_name(block->kind), "line", (int)block->line,
				"depth", (int)block->depth, "label",
				json_text_or_null(block->label), "text", block->text));
		}
		json_array_append_new(list,
		    json_pack("{s:s, s:i, s:i, s:o, s:o}", "section", section_name(s->kind),
			"level", (int)s->level, "line", (int)s->line, "heading",
			json_text_or_null(s->heading), "blocks", blocks));
	}
	return list;
}

static json_t *json_facts(const struct facts *facts, const struct questions *questions)
{
	json_t *list = json_array();

	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->list[i];
		const struct question *q = &questions->list[f->question];

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:b, s:s, s:i, s:s}", "question", q->key,
			"answer", f->value != NULL ? f->value : q->answers[f->answer].key,
			"role", role_name(f->role), "curated", f->curated, "section",
			section_name(f->section), "line", (int)f->line, "quote", f->quote));
	}
	return list;
}

static json_t *json_advice(const struct advices *advices, const struct questions *questions)
{
	json_t *list = json_array();

	for (size_t i = 0; i < advices->n; i++)
		json_array_append_new(list, advice_json(&advices->list[i], questions));
	return list;
}

int kbc_json_article(
    FILE *f, struct knowledge *k, const struct understanding *u, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	const struct article *a = u->article;

	if (questions == NULL)
		return -1;
	json_print(
	    f, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "article", a->id,
		   "title", a->title, "date", json_text_or_null(a->date), "product",
		   json_text_or_null(a->product), "file", json_text_or_null(a->file),
		   "sections", json_sections(a), "facts", json_facts(&u->facts, questions),
		   "advice", json_advice(&u->advice, questions)));
	return 0;
}

/* Tree. */

static json_t *json_value(struct knowledge *k, const struct evidence *e, struct err *err)
{
	char *text;
	json_t *j;

	if (e->value == BELIEF_NO_VALUE)
		return json_null();
	text = knowledge_value_text(k, e->question, e->value, err);
	if (text == NULL)
		return NULL;
	j = json_string(text);
	free(text);
	return j;
}

static json_t *json_article_id(struct knowledge *k, uint32_t article, struct err *err)
{
	struct head head;
	json_t *j;

	if (knowledge_head(k, article, &head, err) == -1)
		return NULL;
	j = json_string(head.id);
	head_fini(&head);
	return j;
}

/* The answer on the edge into a node; NULL and err on failure. */
static json_t *json_edge(struct knowledge *k, const struct questions *questions,
    const struct node *n, bool root, struct err *err)
{
	const struct evidence *e = &n->evidence;

	if (root)
		return json_null();
	switch (e->kind) {
	case EVIDENCE_ANSWER:
		return json_string(questions->list[e->question].answers[e->answer].key);
	case EVIDENCE_NONE:
		return json_string("none");
	case EVIDENCE_SIGN:
		return json_article_id(k, e->value, err);
	case EVIDENCE_REJECTED:
		return json_string("none of these");
	case EVIDENCE_UNKNOWN:
		return json_string("unknown");
	default:
		return json_value(k, e, err);
	}
}

static json_t *json_node(struct knowledge *k, const struct questions *questions,
    const struct tree *tree, size_t i, struct err *err)
{
	static const char *const status[] = {
	    [STATUS_ASK] = "ask", [STATUS_ADVISE] = "advise", [STATUS_NONE] = "none"};
	const struct node *n = &tree->nodes[i];
	json_t *answer = json_edge(k, questions, n, i == 0, err);
	struct head head = {0};
	json_t *j = NULL;

	if (answer == NULL)
		return NULL;
	if (knowledge_head(k, n->decision.best, &head, err) == 0)
		j = json_pack("{s:I, s:o, s:o, s:f, s:s, s:o, s:s, s:f, s:f}", "node",
		    (json_int_t)i, "parent", i == 0 ? json_null() : json_integer(n->parent),
		    "answer", json_incref(answer), "probability", n->probability, "status",
		    status[n->decision.status], "question",
		    n->decision.status == STATUS_ASK
			? json_string(questions->list[n->decision.question].key)
			: json_null(),
		    "best", head.id, "best_probability", n->best, "none_probability",
		    n->none);
	json_decref(answer);
	head_fini(&head);
	return j;
}

int kbc_json_tree(FILE *f, struct knowledge *k, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	const struct tree *tree = questions != NULL ? knowledge_tree(k, err) : NULL;
	json_t *nodes;

	if (tree == NULL)
		return -1;
	nodes = json_array();
	for (size_t i = 0; i < tree->n; i++) {
		json_t *j = json_node(k, questions, tree, i, err);

		if (j == NULL) {
			json_decref(nodes);
			return -1;
		}
		json_array_append_new(nodes, j);
	}
	json_print(f, json_pack("{s:f, s:f, s:i, s:o}", "expected_questions",
			  tree->expected_questions, "expected_minutes", tree->expected_cost,
			  "depth", (int)tree->depth, "nodes", nodes));
	return 0;
}

/* Statistics. */

static json_t *json_counts(const struct statistics *st)
{
	json_t *list = json_object();

	for (size_t q = 0; q < st->questions->n; q++)
		json_object_set_new(list, st->questions->list[q].key,
		    json_pack("{s:I, s:I}", "articles", (json_int_t)statistics_named(st, q),
			"values", (json_int_t)statistics_values(st, q)));
	return list;
}

static json_t *json_kinds(const struct statistics *st)
{
	json_t *list = json_object();

	for (int kind = 0; kind < ADVICE_NKINDS; kind++)
		json_object_set_new(list, advice_kind_name((enum advice_kind)kind),
		    json_integer(st->advice[kind]));
	json_object_set_new(list, "none", json_integer(st->without));
	return list;
}

void kbc_json_stats(FILE *f, const struct statistics *st)
{
	json_print(f,
	    json_pack("{s:s, s:I, s:s, s:o, s:o, s:f, s:{s:I, s:i, s:f, s:f}}", "name",
		st->name, "articles", (json_int_t)st->table->narticles, "fingerprint",
		st->fingerprint, "questions", json_counts(st), "advice", json_kinds(st),
		"entropy_bits", st->entropy, "tree", "nodes", (json_int_t)st->tree->n,
		"depth", (int)st->tree->depth, "expected_questions",
		st->tree->expected_questions, "expected_minutes", st->tree->expected_cost));
}
