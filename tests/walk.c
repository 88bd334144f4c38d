/* SPDX-License-Identifier: ISC */
/*
 * Plays a walk: answers, and what must come of them. tests/walks/README has the format.
 *
 *	walk session FILE.kbw WALK   through the session
 *	walk json WALK < JSON        checks what `kbwizard diagnose --json` printed
 *	walk arguments WALK          prints the arguments for diagnose, one a line
 *
 * Exit status 0 if every expectation holds; otherwise 1, and each that does not is printed
 * with what was found instead.
 */

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/advice_json.h"
#include "../decision/explain.h"
#include "../kb/xalloc.h"

/* One line of a walk: an answer (key and value) or an expectation (key NULL). */
struct step {
	char *key, *value;
};

struct walk {
	struct step *list;
	size_t n, cap;
};

/* What came out, whichever way the walk was played. The JSON's members are its names. */
struct outcome {
	json_t *state;
	int failures;
};

static char *trimmed(const char *start, size_t len)
{
	while (len > 0 && strchr(" \t\r\n", start[len - 1]) != NULL)
		len--;
	while (len > 0 && strchr(" \t", *start) != NULL) {
		start++;
		len--;
	}
	return xstrndup(start, len);
}

static void walk_add(struct walk *w, const char *line)
{
	struct step s = {0};
	const char *equals;

	if (strncmp(line, "=>", 2) == 0) {
		s.value = trimmed(line + 2, strlen(line + 2));
	} else {
		equals = strchr(line, '=');
		if (equals == NULL) {
			fprintf(
			    stderr, "walk: neither an answer nor an expectation: %s", line);
			exit(2);
		}
		s.key = trimmed(line, (size_t)(equals - line));
		s.value = trimmed(equals + 1, strlen(equals + 1));
	}
	w->list = xgrow(w->list, w->n, &w->cap, sizeof *w->list);
	w->list[w->n++] = s;
}

static void walk_read(struct walk *w, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	while (getline(&line, &size, f) != -1) {
		if (line[0] != '#' && strspn(line, " \t\r\n") != strlen(line))
			walk_add(w, line);
	}
	free(line);
	fclose(f);
}

static void walk_fini(struct walk *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->list[i].key);
		free(w->list[i].value);
	}
	free(w->list);
}

/* Expectations. Each returns whether it holds; `found` is printed where it does not. */

static const char *text_of(const json_t *j, const char *key)
{
	const char *s = json_string_value(json_object_get(j, key));

	return s != NULL ? s : "";
}

static bool expect_status(const struct outcome *o, const char *status)
{
	return strcmp(text_of(o->state, "status"), status) == 0;
}

static bool expect_asks(const struct outcome *o, const char *key)
{
	return expect_status(o, "ask") &&
	       strcmp(text_of(json_object_get(o->state, "question"), "key"), key) == 0;
}

/* "kind ARTICLE question=a,b": an entry as expectations write it. */
static char *entry_text(const json_t *entry)
{
	char *text = NULL;
	size_t len, i;
	FILE *f = open_memstream(&text, &len);
	const char *key;
	json_t *keys, *v;

	fprintf(f, "%s %s", text_of(entry, "kind"), text_of(entry, "article"));
	json_object_foreach(json_object_get(entry, "applies"), key, keys)
	{
		fprintf(f, " %s=", key);
		json_array_foreach(keys, i, v)
		{
			fprintf(f, "%s%s", i > 0 ? "," : "", json_string_value(v));
		}
	}
	fclose(f);
	return text;
}

/* The whole list of advice, entries separated by "; ". */
static bool expect_advice(const struct outcome *o, const char *wanted)
{
	char *text = NULL;
	size_t len, i;
	FILE *f = open_memstream(&text, &len);
	json_t *entry;
	bool holds;

	json_array_foreach(json_object_get(o->state, "advice"), i, entry)
	{
		char *one = entry_text(entry);

		fprintf(f, "%s%s", i > 0 ? "; " : "", one);
		free(one);
	}
	fclose(f);
	holds = strcmp(text, wanted) == 0;
	if (!holds)
		printf("\tadvice found: %s\n", text);
	free(text);
	return holds;
}

static const json_t *first_advice(const struct outcome *o)
{
	return json_array_get(json_object_get(o->state, "advice"), 0);
}

/* Some step or the text of some entry holds these words. */
static bool expect_words(const struct outcome *o, const char *words)
{
	size_t i, k;
	json_t *entry, *step;

	json_array_foreach(json_object_get(o->state, "advice"), i, entry)
	{
		if (strstr(text_of(entry, "text"), words) != NULL)
			return true;
		json_array_foreach(json_object_get(entry, "steps"), k, step)
		{
			if (strstr(json_string_value(step), words) != NULL)
				return true;
		}
	}
	return false;
}

static bool expect_steps(const struct outcome *o, const char *count)
{
	return json_array_size(json_object_get(first_advice(o), "steps")) ==
	       strtoul(count, NULL, 10);
}

static bool expect_risk(const struct outcome *o, const char *risk)
{
	size_t i;
	json_t *v;

	json_array_foreach(json_object_get(first_advice(o), "risk"), i, v)
	{
		if (strcmp(json_string_value(v), risk) == 0)
			return true;
	}
	return false;
}

static const json_t *candidate(const struct outcome *o, const char *article, size_t *place)
{
	json_t *c;
	size_t i;

	json_array_foreach(json_object_get(o->state, "candidates"), i, c)
	{
		if (strcmp(text_of(c, "article"), article) == 0) {
			*place = i;
			return c;
		}
	}
	return NULL;
}

/* "ARTICLE 3": among the first three candidates. */
static bool expect_among(const struct outcome *o, const char *wanted)
{
	char *id = xstrndup(wanted, strcspn(wanted, " "));
	size_t place = SIZE_MAX;
	bool holds = candidate(o, id, &place) != NULL &&
		     place < strtoul(wanted + strlen(id), NULL, 10);

	free(id);
	return holds;
}

/* "ARTICLE 0.6": less likely than that. */
static bool expect_below(const struct outcome *o, const char *wanted)
{
	char *id = xstrndup(wanted, strcspn(wanted, " "));
	size_t place;
	const json_t *c = candidate(o, id, &place);
	double p = json_real_value(json_object_get(c, "probability"));
	bool holds = c != NULL && p < strtod(wanted + strlen(id), NULL);

	if (!holds)
		printf("\tprobability found: %f\n", p);
	free(id);
	return holds;
}

/* "ARTICLE question": that answer speaks against it, with the article's words. */
static bool expect_against(const struct outcome *o, const char *wanted)
{
	char *id = xstrndup(wanted, strcspn(wanted, " "));
	size_t place, i;
	json_t *r;
	bool holds = false;

	json_array_foreach(json_object_get(candidate(o, id, &place), "against"), i, r)
	{
		if (strcmp(text_of(r, "question"), wanted + strlen(id) + 1) == 0 &&
		    text_of(r, "quote")[0] != '\0')
			holds = true;
	}
	free(id);
	return holds;
}

/* "question=answer": is among the facts. */
static bool expect_fact(const struct outcome *o, const char *wanted)
{
	size_t i;
	json_t *fact;

	json_array_foreach(json_object_get(o->state, "facts"), i, fact)
	{
		char *text =
		    xasprintf("%s=%s", text_of(fact, "question"), text_of(fact, "answer"));
		bool same = strcmp(text, wanted) == 0;

		free(text);
		if (same)
			return true;
	}
	return false;
}

static bool expect_not_status(const struct outcome *o, const char *status)
{
	return !expect_status(o, status);
}

static const struct {
	const char *word;
	bool (*holds)(const struct outcome *, const char *rest);
} expectations[] = {
    {"status", expect_status},
    {"not", expect_not_status},
    {"asks", expect_asks},
    {"advice", expect_advice},
    {"words", expect_words},
    {"steps", expect_steps},
    {"risk", expect_risk},
    {"among", expect_among},
    {"below", expect_below},
    {"against", expect_against},
    {"fact", expect_fact},
};

static bool expectation_holds(const struct outcome *o, const char *text)
{
	size_t len = strcspn(text, " ");

	for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
		if (strlen(expectations[i].word) == len &&
		    strncmp(expectations[i].word, text, len) == 0)
			return expectations[i].holds(o, text + len + (text[len] == ' '));
	}
	fprintf(stderr, "walk: unknown expectation: %s\n", text);
	exit(2);
}

static void outcome_check(struct outcome *o, const struct walk *w)
{
	size_t expected = 0;

	for (size_t i = 0; i < w->n; i++) {
		if (w->list[i].key != NULL)
			continue;
		expected++;
		if (expectation_holds(o, w->list[i].value))
			continue;
		o->failures++;
		printf("does not hold: %s\n", w->list[i].value);
	}
	if (expected == 0) {
		fputs("walk: nothing is expected\n", stderr);
		exit(2);
	}
	if (o->failures > 0) {
		json_t *question = json_object_get(o->state, "question");

		printf("\tstatus %s, question %s\n", text_of(o->state, "status"),
		    text_of(question, "key"));
	}
}

/* The session's state in the shape of diagnose's JSON, as far as expectations look at it. */

static json_t *entry_json(
    const struct advised *a, struct knowledge *k, const struct questions *questions)
{
	json_t *j = advice_json(&a->advice, questions);
	struct head head;

	if (knowledge_head(k, a->article, &head, NULL) == -1)
		exit(2);
	json_object_set_new(j, "article", json_string(head.id));
	head_fini(&head);
	return j;
}

static json_t *candidate_json(struct session *s, const struct state *st, uint32_t article,
    const struct questions *questions)
{
	json_t *against = json_array(), *j;
	struct reasons reasons;
	struct head head;
	size_t n;
	const struct given *given = session_given(s, &n);

	if (knowledge_head(session_knowledge(s), article, &head, NULL) == -1 ||
	    explain_article(&reasons, s, article, NULL) == -1)
		exit(2);
	for (size_t i = 0; i < reasons.n; i++) {
		const struct reason *r = &reasons.list[i];

		if (r->against)
			json_array_append_new(
			    against, json_pack("{s:s, s:s?}", "question",
					 questions->list[given[r->given].question].key,
					 "quote", r->quote));
	}
	j = json_pack("{s:s, s:f, s:o}", "article", head.id, "probability",
	    st->belief->p[article], "against", against);
	reasons_fini(&reasons);
	head_fini(&head);
	return j;
}

static json_t *facts_json(const struct session *s, const struct questions *questions)
{
	json_t *facts = json_array();
	size_t n;
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < n; i++) {
		if (given[i].question >= 0)
			json_array_append_new(
			    facts, json_pack("{s:s, s:s}", "question",
				       questions->list[given[i].question].key, "answer",
				       given[i].value));
	}
	return facts;
}

static json_t *state_json(struct session *s, const struct state *st)
{
	static const char *const status[] = {"ask", "advise", "none"};
	struct knowledge *k = session_knowledge(s);
	const struct questions *questions = knowledge_questions(k, NULL);
	json_t *candidates = json_array(), *advice = json_array();

	for (size_t i = 0; i < st->nranking && i < 10; i++)
		json_array_append_new(
		    candidates, candidate_json(s, st, st->ranking[i], questions));
	for (size_t i = 0; i < st->nadvice; i++)
		json_array_append_new(advice, entry_json(&st->advice[i], k, questions));
	return json_pack("{s:s, s:{s:s}, s:o, s:o, s:o}", "status", status[st->status],
	    "question", "key",
	    st->status == STATUS_ASK ? questions->list[st->decision.question].key : "",
	    "candidates", candidates, "advice", advice, "facts", facts_json(s, questions));
}

static void walk_give(const struct walk *w, struct session *s)
{
	struct err err = {0};

	for (size_t i = 0; i < w->n; i++) {
		const struct step *step = &w->list[i];
		int result = 0;

		if (step->key == NULL)
			continue;
		if (strcmp(step->key, "text") == 0)
			result = session_say(s, step->value, &err);
		else
			result = session_answer(s, step->key, step->value, &err);
		if (result == -1) {
			fprintf(stderr, "walk: %s\n", err_text(&err));
			exit(2);
		}
	}
}

static int play_session(const char *kbw, const struct walk *w)
{
	struct err err = {0};
	struct knowledge *k = knowledge_open(kbw, &err);
	struct session *s = k != NULL ? session_new(k, SETTING_CONSOLE, &err) : NULL;
	const struct state *st = NULL;
	struct outcome o = {0};

	if (s != NULL) {
		walk_give(w, s);
		st = session_state(s, &err);
	}
	if (st == NULL) {
		fprintf(stderr, "walk: %s\n", err_text(&err));
		exit(2);
	}
	o.state = state_json(s, st);
	outcome_check(&o, w);
	json_decref(o.state);
	session_free(s);
	knowledge_close(k);
	return o.failures > 0;
}

static int check_json(const struct walk *w)
{
	struct outcome o = {.state = json_loadf(stdin, 0, NULL)};

	if (o.state == NULL) {
		fputs("walk: no JSON on standard input\n", stderr);
		exit(2);
	}
	outcome_check(&o, w);
	json_decref(o.state);
	return o.failures > 0;
}

static int print_arguments(const struct walk *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct step *s = &w->list[i];

		if (s->key == NULL)
			continue;
		if (strcmp(s->key, "text") == 0)
			printf("--text\n%s\n", s->value);
		else
			printf("--answer\n%s=%s\n", s->key, s->value);
	}
	return 0;
}

int main(int argc, char *argv[])
{
	struct walk w = {0};
	int status = 2;

	if (argc < 3) {
		fputs("usage: walk session FILE.kbw WALK | json WALK | arguments WALK\n",
		    stderr);
		return 2;
	}
	walk_read(&w, argv[argc - 1]);
	if (strcmp(argv[1], "session") == 0 && argc == 4)
		status = play_session(argv[2], &w);
	else if (strcmp(argv[1], "json") == 0)
		status = check_json(&w);
	else if (strcmp(argv[1], "arguments") == 0)
		status = print_arguments(&w);
	walk_fini(&w);
	return status;
}
