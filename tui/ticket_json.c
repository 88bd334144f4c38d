/* SPDX-License-Identifier: ISC */
/* A recorded case as JSON. Times are ISO 8601 in UTC; durations are milliseconds. */

#include <stdlib.h>
#include <string.h>

#include "../decision/advice_json.h"
#include "../kb/xalloc.h"
#include "json_text.h"
#include "ticket_block.h"
#include "ticket_internal.h"

/* What every part needs. */
struct telling {
	const struct ticket *ticket;
	const struct answer_lines *lines;
	const struct questions *questions; /* NULL: no knowledge, as the members below */
	struct knowledge *knowledge;
	const struct state *state;
	struct attempts attempts;
	struct err *err;
};

static json_t *json_case(const struct case_record *record)
{
	const struct case_head *head = &record->head;

	return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:I, s:o}",
	    "number", json_text(head->name), "state", case_state_word(head->state), "agent",
	    json_text(head->agent), "caller", json_text(head->caller), "contact",
	    json_text(head->contact), "reference", json_text(head->reference), "phone",
	    head->phone, "opened", json_time(head->opened), "changed",
	    json_time(head->changed), "worked", (json_int_t)case_record_worked(record),
	    "from", record->n > 0 ? json_text(record->events[0].text) : json_null());
}

static json_t *json_misfits(const struct misfits *misfits)
{
	json_t *list = json_array();

	for (size_t i = 0; misfits != NULL && i < misfits->n; i++)
		json_array_append_new(list,
		    json_pack("{s:o, s:o}", "answer", json_text(misfits->list[i].line),
			"why", json_text(misfits->list[i].why)));
	return list;
}

static json_t *json_knowledge(const struct telling *s)
{
	const struct case_head *head = &s->ticket->record->head;

	return json_pack("{s:o, s:o, s:o, s:o}", "name", json_text(head->knowledge),
	    "fingerprint", json_text(head->fingerprint), "told_with",
	    json_text(s->knowledge != NULL ? knowledge_fingerprint(s->knowledge) : NULL),
	    "misfits", json_misfits(s->ticket->misfits));
}

static json_t *json_take_member(const char *line, const char *name)
{
	char *value = given_line_member(line, name);
	json_t *j = json_text(value);

	free(value);
	return j;
}

static json_t *json_symptom(const struct telling *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->lines->n; i++) {
		if (given_line_is_kind(s->lines->list[i], "words"))
			json_array_append_new(
			    list, json_take_member(s->lines->list[i], "said"));
	}
	return list;
}

/* The question's wording and the answer's label, where the knowledge has them. */
static void json_add_wording(json_t *answer, const struct telling *s)
{
	const char *key = json_string_value(json_object_get(answer, "question"));
	const char *value = json_string_value(json_object_get(answer, "answer"));
	int question =
	    key != NULL && s->questions != NULL ? questions_find(s->questions, key) : -1;
	const struct question *q = question >= 0 ? &s->questions->list[question] : NULL;
	int index = q != NULL && value != NULL ? question_answer(q, value) : -1;

	json_object_set_new(answer, "ask", json_text(q != NULL ? q->ask : NULL));
	json_object_set_new(
	    answer, "label", json_text(index >= 0 ? q->answers[index].label : NULL));
}

static json_t *json_answer(const struct telling *s, const char *line)
{
	char *kind = xstrndup(line, strcspn(line, " "));
	bool text = given_line_has_word(line, "text");
	json_t *j = json_pack("{s:o, s:o, s:o, s:o, s:s, s:b}", "kind", json_text(kind),
	    "question", json_take_member(line, "question"), "answer",
	    json_take_member(line, "value"), "quote", json_take_member(line, "said"),
	    "source", text ? "text" : "answer", "confirmed",
	    given_line_has_word(line, "confirmed"));

	json_add_wording(j, s);
	free(kind);
	return j;
}

static json_t *json_answers(const struct telling *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->lines->n; i++) {
		const char *line = s->lines->list[i];

		if (!given_line_is_kind(line, "words") &&
		    !given_line_is_kind(line, "failed"))
			json_array_append_new(list, json_answer(s, line));
	}
	return list;
}

/* Attempts. */

static json_t *json_steps_done(
    const struct telling *s, const struct attempt *attempt, const struct advice *advice)
{
	json_t *list = json_array();

	for (size_t i = 0; advice != NULL && i < advice->nsteps; i++)
		json_array_append_new(list,
		    json_pack("{s:o, s:b}", "step", json_text(advice->steps[i]), "done",
			case_record_ticked(
			    s->ticket->record, attempt->article, attempt->entry, (int)i)));
	return list;
}

static const char *outcome_word(const struct attempt *attempt)
{
	switch (attempt->outcome) {
	case EVENT_ADVISED:
		return "shown";
	case EVENT_TICKED:
		return "begun";
	default:
		return event_kind_word(attempt->outcome);
	}
}

static json_t *json_attempt(const struct telling *s, const struct attempt *attempt)
{
	struct advices advices = {0};
	const struct advice *advice = NULL;
	uint32_t article;
	json_t *j;

	if (attempt->entry >= 0 && s->knowledge != NULL &&
	    knowledge_find(s->knowledge, attempt->article, &article, NULL) == 1 &&
	    knowledge_advice(s->knowledge, article, &advices, NULL) == 0 &&
	    (size_t)attempt->entry < advices.n)
		advice = &advices.list[attempt->entry];
	j = json_pack("{s:o, s:o, s:s, s:o, s:o}", "article", json_text(attempt->article),
	    "advice", attempt->entry >= 0 ? json_integer(attempt->entry + 1) : json_null(),
	    "outcome", outcome_word(attempt), "kind",
	    json_text(advice != NULL ? advice_kind_name(advice->kind) : NULL), "steps",
	    json_steps_done(s, attempt, advice));
	advices_fini(&advices);
	return j;
}

static json_t *json_attempts(const struct telling *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->attempts.n; i++)
		json_array_append_new(list, json_attempt(s, &s->attempts.list[i]));
	return list;
}

/* Articles. Functions return NULL and fill err when the knowledge file fails. */

static json_t *json_article(const struct telling *s, uint32_t article)
{
	struct head head = {0};
	json_t *j;

	if (knowledge_head(s->knowledge, article, &head, s->err) == -1)
		return NULL;
	j = json_pack("{s:o, s:o, s:o, s:o}", "article", json_text(head.id), "title",
	    json_text(head.title), "date", json_text(head.date), "probability",
	    json_probability(s->state->belief->p[article]));
	head_fini(&head);
	return j;
}

static json_t *json_against(const struct telling *s, const struct reasons *reasons)
{
	json_t *list = json_array();
	size_t n;
	const struct given *given = session_given(s->ticket->session, &n);

	for (size_t i = 0; i < reasons->n; i++) {
		const struct reason *r = &reasons->list[i];
		const struct given *g = &given[r->given];

		if (!r->against)
			continue;
		json_array_append_new(list,
		    json_pack("{s:o, s:o, s:o, s:o}", "question",
			json_text(g->question >= 0 ? s->questions->list[g->question].key
						   : "sign"),
			"answer", json_text(g->value), "quote", json_text(r->quote), "line",
			r->quote != NULL ? json_integer(r->line) : json_null()));
	}
	return list;
}

/* Adds the article if something speaks against it. */
static int json_add_ruled_out(json_t *list, const struct telling *s, uint32_t article)
{
	struct reasons reasons = {0};
	json_t *j = NULL;
	int result;
	bool out = ticket_rules_out(&reasons, s->ticket, article, &result, s->err);

	if (out)
		j = json_article(s, article);
	if (j != NULL) {
		json_object_set_new(
		    j, "failed", json_boolean(ticket_failed(s->ticket->session, article)));
		json_object_set_new(j, "against", json_against(s, &reasons));
		json_array_append_new(list, j);
	}
	reasons_fini(&reasons);
	return out && j == NULL ? -1 : result;
}

static json_t *json_ruled_out(const struct telling *s)
{
	size_t most =
	    ticket_is_escalation(s->ticket) ? ESCALATION_RULED_OUT : TICKET_RULED_OUT;
	json_t *list = json_array();
	const struct state *st = s->state;

	for (size_t i = 0; st != NULL && i < st->nranking && json_array_size(list) < most;
	     i++) {
		bool stands =
		    st->status == STATUS_ADVISE && st->ranking[i] == st->decision.best;

		if (!stands && json_add_ruled_out(list, s, st->ranking[i]) == -1) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *json_articles(const struct telling *s)
{
	json_t *list = json_array();
	struct mentioned m = {.n = 0};
	int result = 0;

	if (s->state != NULL)
		result = mentioned_find(&m, s->ticket, s->state, &s->attempts, s->err);
	for (size_t i = 0; result == 0 && i < m.n; i++) {
		json_t *j = json_article(s, m.list[i]);

		result = j != NULL ? json_array_append_new(list, j) : -1;
	}
	free(m.list);
	if (result == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* The next step. */

static json_t *json_next_advice(const struct telling *s)
{
	const struct state *st = s->state;
	json_t *j, *article;

	if (st->status != STATUS_ADVISE || st->nadvice == 0)
		return json_null();
	j = advice_json(&st->advice[0].advice, s->questions);
	article = json_article(s, st->decision.best);
	if (article != NULL)
		json_object_update(j, article);
	json_decref(article);
	return j;
}

static json_t *json_next(const struct telling *s)
{
	static const char *const words[] = {
	    [STATUS_ASK] = "ask", [STATUS_ADVISE] = "advise", [STATUS_NONE] = "none"};
	const struct state *st = s->state;
	const struct question *q;

	if (st == NULL || s->ticket->record->head.state == CASE_SOLVED)
		return json_null();
	q = st->status == STATUS_ASK ? &s->questions->list[st->decision.question] : NULL;
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "status", words[st->status],
	    "question", json_text(q != NULL ? q->key : NULL), "ask",
	    json_text(q != NULL ? q->ask : NULL), "find",
	    json_text(q != NULL ? q->find : NULL), "advice", json_next_advice(s));
}

/* Notes and events. */

static json_t *json_event(const struct event *event)
{
	json_t *j = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "time",
	    json_time(event->time), "kind", event_kind_word(event->kind), "agent",
	    json_text(event->agent), "question", json_text(event->question), "article",
	    json_text(event->article), "text", json_text(event->text));

	if (event->entry >= 0)
		json_object_set_new(j, "advice", json_integer(event->entry + 1));
	if (event->step >= 0)
		json_object_set_new(j, "step", json_integer(event->step + 1));
	if (event->kind == EVENT_NOTED)
		json_object_set_new(j, "internal", json_boolean(event->internal));
	return j;
}

static json_t *json_events(const struct telling *s, bool notes)
{
	const struct case_record *record = s->ticket->record;
	json_t *list = json_array();

	for (size_t i = 0; i < record->n; i++) {
		const struct event *event = &record->events[i];

		if (ticket_tells(s->ticket, event) &&
		    (!notes || event->kind == EVENT_NOTED))
			json_array_append_new(list, json_event(event));
	}
	return list;
}

static json_t *json_block(const struct telling *s)
{
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);
	json_t *j;

	ticket_block_write(f, &s->ticket->record->head, s->lines);
	xclose_memstream(f);
	j = json_text(text);
	free(text);
	return j;
}

static json_t *json_whole(const struct telling *s)
{
	json_t *out = json_ruled_out(s), *articles = json_articles(s);

	if (out == NULL || articles == NULL) {
		json_decref(out);
		json_decref(articles);
		return NULL;
	}
	return json_pack("{s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "case", json_case(s->ticket->record), "escalation",
	    ticket_is_escalation(s->ticket), "knowledge", json_knowledge(s), "symptom",
	    json_symptom(s), "answers", json_answers(s), "tried", json_attempts(s),
	    "ruled_out", out, "next", json_next(s), "articles", articles, "notes",
	    json_events(s, true), "events", json_events(s, false), "resume", json_block(s));
}

static int telling_open(struct telling *s)
{
	struct session *session = s->ticket->session;

	if (attempts_find(&s->attempts, s->ticket->record, s->err) == -1)
		return -1;
	if (session == NULL)
		return 0;
	s->knowledge = session_knowledge(session);
	s->questions = knowledge_questions(s->knowledge, s->err);
	if (s->questions != NULL)
		s->state = session_state(session, s->err);
	return s->state != NULL ? 0 : -1;
}

int ticket_json(FILE *out, const struct ticket *ticket, const struct answer_lines *lines,
    struct err *err)
{
	struct telling s = {.ticket = ticket, .lines = lines, .err = err};
	json_t *j = telling_open(&s) == 0 ? json_whole(&s) : NULL;

	attempts_fini(&s.attempts);
	if (j == NULL)
		return -1;
	json_dumpf(j, out, JSON_INDENT(1));
	putc('\n', out);
	json_decref(j);
	return 0;
}

char *ticket_json_block(const char *text)
{
	json_t *j = json_loads(text, 0, NULL);
	const char *block = json_string_value(json_object_get(j, "resume"));
	char *copy = xstrdup(block);

	json_decref(j);
	return copy;
}
