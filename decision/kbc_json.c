/* SPDX-License-Identifier: ISC */
/* The JSON of kbc show, tree, stats and diff. */

#include "kbc.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "advice_json.h"
#include "kbc_diff.h"

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

/* Null where the search was given up. */
static json_t *json_cost(const struct optimum *o)
{
	return o->known ? json_real(o->cost) : json_null();
}

static json_t *json_cut(const struct certificate *c)
{
	return json_pack("{s:i, s:o, s:o, s:o, s:o}", "questions_at_most", CERTIFY_CUT,
	    "wizard", json_cost(&c->policy), "greedy", json_cost(&c->greedy), "optimum",
	    json_cost(&c->best), "optimum_signs_at_any_time", json_cost(&c->freely));
}

static json_t *json_huffman(const struct huffman *h)
{
	return json_pack("{s:i, s:f}", "answers", (int)h->k, "questions", h->questions);
}

/* Null where it takes too much memory. */
static json_t *json_paths(const struct certificate *c)
{
	if (!c->telling)
		return json_null();
	return json_pack("{s:f, s:f, s:f, s:f, s:f}", "entropy_bits", c->path,
	    "of_the_article_bits", c->path_told, "unknown_bits", c->path_unknown,
	    "outcomes_tell_bits", c->outcome_told, "least_questions", c->least_told);
}

static json_t *json_certificate(const struct certificate *c)
{
	json_t *bounds = json_array();

	for (size_t i = 0; i < CERTIFY_HUFFMANS; i++)
		json_array_append_new(bounds, json_huffman(&c->huffman[i]));
	return json_pack("{s:I, s:f, s:o, s:f, s:f, s:{s:I, s:f, s:f, s:f, s:o}, s:o, s:o, "
			 "s:f, s:{s:f, s:f}}",
	    "classes", (json_int_t)c->classes.n, "class_entropy_bits", c->class_entropy,
	    "huffman", bounds, "tree_tells_bits", c->told, "tree_decides", c->followed,
	    "tree_outcomes", "n", (json_int_t)c->outcomes, "entropy_bits",
	    c->outcome_entropy, "ways", c->ways, "least_questions", c->least, "huffman",
	    json_huffman(&c->outcome_huffman), "cut", json_cut(c), "paths", json_paths(c),
	    "all_questions_tell_bits", c->ceiling, "greedy", "expected_questions",
	    c->greedy_questions, "expected_minutes", c->greedy_minutes);
}

static json_t *json_worths(const struct statistics *st)
{
	const struct certificate *c = &st->certificate;
	json_t *list = json_array();

	for (size_t i = 0; i < c->nworths; i++)
		json_array_append_new(
		    list, json_pack("{s:s, s:f, s:f}", "question",
			      st->questions->list[c->worths[i].question].key, "gain_bits",
			      c->worths[i].gain, "bits_a_minute", c->worths[i].score));
	return list;
}

static json_t *json_strings(char *const *strings, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_string(strings[i]));
	return list;
}

static json_t *json_set(const struct apart_set *set)
{
	json_t *list = json_array();

	for (size_t i = 0; i < set->nlist; i++) {
		const struct apart *a = &set->list[i];

		json_array_append_new(
		    list, json_pack("{s:s, s:o}", "article", a->id, "words",
			      json_strings(a->words, a->nwords)));
	}
	return json_pack("{s:I, s:o}", "articles", (json_int_t)set->n, "first", list);
}

static json_t *json_sets(const struct apart_sets *sets)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sets->nlist; i++)
		json_array_append_new(list, json_set(&sets->list[i]));
	return json_pack("{s:I, s:I, s:o}", "sets", (json_int_t)sets->n, "articles",
	    (json_int_t)sets->articles, "largest", list);
}

static json_t *json_estimate(const struct estimate *e)
{
	return json_pack(
	    "{s:f, s:f, s:f}", "value", e->value, "low", e->low, "high", e->high);
}

static json_t *json_simulation(const struct statistics *st)
{
	json_t *rows = json_array();

	if (!st->simulates) {
		json_decref(rows);
		return json_null();
	}
	for (size_t i = 0; i < STATISTICS_RATES; i++) {
		const struct simulated *s = &st->simulated[i];

		json_array_append_new(rows,
		    json_pack("{s:f, s:f, s:o, s:o, s:o, s:o, s:o}", "unknown",
			statistics_rates[i].unknown, "wrong", statistics_rates[i].wrong,
			"first", json_estimate(&s->first), "first_three",
			json_estimate(&s->three), "questions", json_estimate(&s->questions),
			"minutes", json_estimate(&s->minutes), "escalated",
			json_estimate(&s->escalated)));
	}
	return json_pack("{s:o, s:I, s:i, s:o}", "seed", json_sprintf("%" PRIu64, st->seed),
	    "callers", (json_int_t)st->simulated[0].callers, "questions_at_most",
	    SIMULATE_QUESTIONS, "rows", rows);
}

void kbc_json_stats(FILE *f, const struct statistics *st)
{
	json_print(f,
	    json_pack(
		"{s:s, s:I, s:s, s:o, s:o, s:f, s:{s:I, s:i, s:f, s:f}, s:o, s:o, s:o, "
		"s:o}",
		"name", st->name, "articles", (json_int_t)st->table->narticles,
		"fingerprint", st->fingerprint, "questions", json_counts(st), "advice",
		json_kinds(st), "entropy_bits", st->certificate.entropy, "tree", "nodes",
		(json_int_t)st->tree->n, "depth", (int)st->tree->depth,
		"expected_questions", st->tree->expected_questions, "expected_minutes",
		st->tree->expected_cost, "certificate", json_certificate(&st->certificate),
		"tells_at_the_start", json_worths(st), "indistinguishable",
		json_sets(&st->apart), "simulation", json_simulation(st)));
}

/* Differences. */

static json_t *json_new_and_gone(const struct strings *new, const struct strings *gone)
{
	return json_pack("{s:o, s:o}", "new", json_strings(new->list, new->n), "gone",
	    json_strings(gone->list, gone->n));
}

static json_t *json_tree_expects(const struct side *side)
{
	return json_pack("{s:s, s:f, s:f}", "fingerprint", knowledge_fingerprint(side->k),
	    "expected_questions", side->tree->expected_questions, "expected_minutes",
	    side->tree->expected_cost);
}

void kbc_json_diff(
    FILE *f, const struct diff *d, const struct side *old, const struct side *new)
{
	json_t *changes = json_array();

	for (size_t i = 0; i < d->nchanges; i++) {
		const struct change *c = &d->changes[i];

		json_array_append_new(changes,
		    json_pack("{s:s, s:s, s:o, s:f, s:I, s:o}", "change",
			change_kind_name(c->kind), "article", c->article, "now",
			json_text_or_null(c->now), "probability", c->probability, "paths",
			(json_int_t)c->paths, "answers", json_text_or_null(c->example)));
	}
	json_print(
	    f, json_pack("{s:o, s:o, s:o, s:o, s:o}", "old", json_tree_expects(old), "now",
		   json_tree_expects(new), "articles",
		   json_new_and_gone(&d->articles_new, &d->articles_gone), "questions",
		   json_new_and_gone(&d->questions_new, &d->questions_gone), "outcomes",
		   changes));
}
