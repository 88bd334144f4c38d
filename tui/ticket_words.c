/* SPDX-License-Identifier: ISC */
/*
 * The parts of a ticket that the knowledge has the words for: what was tried, what was ruled
 * out and why, what to do next. The words are those of the screens (view.h).
 */

#include "ticket_internal.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

#define LOOK_AT 3 /* articles that the next level should look at */
#define LIKELY 0.005 /* an article below is not mentioned, unless it was tried */

void ticket_heading(struct page *page, const char *text)
{
	page_gap(page);
	page_add(page, TONE_HEADING, text);
}

static struct knowledge *ticket_knowledge(const struct ticket *ticket)
{
	return ticket->session != NULL ? session_knowledge(ticket->session) : NULL;
}

/* What was tried. */

static void tried_steps(struct page *page, const struct ticket *ticket,
    const struct attempt *attempt, const struct advice *advice)
{
	for (size_t i = 0; i < advice->nsteps; i++) {
		bool done = case_record_ticked(
		    ticket->record, attempt->article, attempt->entry, (int)i);
		char *label = xasprintf("[%c] %zu.", done ? 'x' : ' ', i + 1);
		char *first = xstrndup(advice->steps[i], strcspn(advice->steps[i], "\n"));

		page_label(page, TONE_TEXT, 5, 8, label, first);
		free(first);
		free(label);
	}
}

static void tried_entry(struct page *page, const struct ticket *ticket,
    const struct attempt *attempt, const struct advice *advice)
{
	if (advice->text != NULL)
		view_prose(page, TONE_TEXT, 5, advice->text);
	tried_steps(page, ticket, attempt, advice);
}

/* "Q314588: Title (1999-01-01)" where the knowledge has it, else the number; the caller frees it. */
static char *article_text(const struct ticket *ticket, const char *id, uint32_t *article)
{
	struct knowledge *knowledge = ticket_knowledge(ticket);
	struct head head = {0};
	char *text;

	if (knowledge == NULL || knowledge_find(knowledge, id, article, NULL) != 1 ||
	    knowledge_head(knowledge, *article, &head, NULL) == -1)
		return NULL;
	text = xasprintf("%s: %s%s%s%s", head.id, head.title, head.date != NULL ? " (" : "",
	    head.date != NULL ? head.date : "", head.date != NULL ? ")" : "");
	head_fini(&head);
	return text;
}

/* One attempt: "1  Q314588: Title", "advice 2, Workaround: it did not help", and its words. */
static int tried_attempt(struct page *page, const struct ticket *ticket, size_t number,
    const struct attempt *attempt, struct err *err)
{
	uint32_t article = 0;
	char *text = article_text(ticket, attempt->article, &article);
	char *label = xasprintf("%zu", number);
	struct advices advices = {0};
	const struct advice *advice = NULL;
	int result = 0;

	if (text != NULL && attempt->entry >= 0)
		result = knowledge_advice(ticket_knowledge(ticket), article, &advices, err);
	if ((size_t)attempt->entry < advices.n && attempt->entry >= 0)
		advice = &advices.list[attempt->entry];
	page_label(page, TONE_TEXT, 2, 3, label, text != NULL ? text : attempt->article);
	if (attempt->entry >= 0)
		page_addf(page, TONE_TEXT, "Advice %d%s%s%s: %s.", attempt->entry + 1,
		    advice != NULL ? " (" : "",
		    advice != NULL ? view_kind_title(advice->kind) : "",
		    advice != NULL ? ")" : "", attempt_outcome(attempt))
		    ->indent = 5;
	else
		page_addf(page, TONE_TEXT, "Its advice was %s.", attempt_outcome(attempt))
		    ->indent = 5;
	if (advice != NULL)
		tried_entry(page, ticket, attempt, advice);
	advices_fini(&advices);
	free(label);
	free(text);
	return result;
}

int ticket_tried(struct page *page, const struct ticket *ticket,
    const struct attempts *attempts, struct err *err)
{
	int result = 0;

	ticket_heading(page, "Advice given and tried");
	if (attempts->n == 0)
		page_add(page, TONE_TEXT, "None yet.")->indent = 2;
	for (size_t i = 0; result == 0 && i < attempts->n; i++)
		result = tried_attempt(page, ticket, i + 1, &attempts->list[i], err);
	return result;
}

/* What was ruled out. */

bool ticket_failed(const struct session *session, uint32_t article)
{
	size_t n;
	const struct given *given = session_given(session, &n);

	for (size_t i = 0; i < n; i++) {
		if (given[i].kind == GIVEN_FAILED && given[i].articles[0] == article)
			return true;
	}
	return false;
}

bool ticket_rules_out(struct reasons *reasons, const struct ticket *ticket,
    uint32_t article, int *result, struct err *err)
{
	bool against = ticket_failed(ticket->session, article);

	*result = explain_article(reasons, ticket->session, article, err);
	for (size_t i = 0; *result == 0 && i < reasons->n; i++)
		against |= reasons->list[i].against;
	return *result == 0 && against;
}

static int ruled_out_article(struct page *page, const struct ticket *ticket,
    const struct state *state, uint32_t article, struct err *err)
{
	struct reasons reasons = {0};
	int result;

	if (ticket_rules_out(&reasons, ticket, article, &result, err)) {
		if (page->list[page->n - 1].tone != TONE_HEADING)
			page_gap(page);
		result =
		    view_candidate(page, ticket_knowledge(ticket), state, article, err);
		if (ticket_failed(ticket->session, article))
			page_label(page, TONE_TEXT, 2, 9, "against",
			    "its advice was tried and did not help");
		for (size_t i = 0; result == 0 && i < reasons.n; i++) {
			if (reasons.list[i].against)
				view_reason(page, ticket->session, &reasons.list[i]);
		}
		result = result == 0 ? 1 : -1;
	}
	reasons_fini(&reasons);
	return result;
}

/* The article that is advised and was not yet tried in vain is not ruled out. */
static bool article_stands(const struct state *state, uint32_t article)
{
	return state->status == STATUS_ADVISE && article == state->decision.best;
}

int ticket_ruled_out(struct page *page, const struct ticket *ticket,
    const struct state *state, struct err *err)
{
	size_t most =
	    ticket_is_escalation(ticket) ? ESCALATION_RULED_OUT : TICKET_RULED_OUT;
	size_t listed = 0;

	ticket_heading(page, "Ruled out, or less likely, and why");
	for (size_t i = 0; i < state->nranking && listed < most; i++) {
		int result = 0;

		if (!article_stands(state, state->ranking[i]))
			result =
			    ruled_out_article(page, ticket, state, state->ranking[i], err);
		if (result == -1)
			return -1;
		listed += (size_t)result;
	}
	if (listed == 0)
		page_add(page, TONE_TEXT, "Nothing yet.")->indent = 2;
	return 0;
}

/* What comes next. */

static int next_advice(struct page *page, const struct ticket *ticket,
    const struct state *state, struct err *err)
{
	struct knowledge *knowledge = ticket_knowledge(ticket);
	struct head head = {0};

	if (knowledge_head(knowledge, state->decision.best, &head, err) == -1)
		return -1;
	page_addf(page, TONE_TEXT, "Try the advice of %s: %s", head.id, head.title);
	if (state->nadvice > 0)
		view_entry(page, knowledge_questions(knowledge, NULL), &state->advice[0], 0,
		    head.id);
	head_fini(&head);
	return 0;
}

static int next_question(
    struct page *page, const struct ticket *ticket, const struct state *state)
{
	const struct question *question =
	    &knowledge_questions(ticket_knowledge(ticket), NULL)
		 ->list[state->decision.question];

	page_add(page, TONE_TEXT, "Ask:");
	view_question(
	    page, question, ticket->record->head.phone ? SETTING_PHONE : SETTING_CONSOLE);
	if (question->find != NULL && question->find[0] != '\0')
		view_prose(page, TONE_TEXT, 2, question->find);
	return 0;
}

int ticket_next(struct page *page, const struct ticket *ticket, const struct state *state,
    struct err *err)
{
	if (ticket->record->head.state == CASE_SOLVED)
		return 0;
	ticket_heading(page, "Next best step");
	switch (state->status) {
	case STATUS_ADVISE:
		return next_advice(page, ticket, state, err);
	case STATUS_NONE:
		view_nothing(page, ticket->session, state);
		return 0;
	default:
		return next_question(page, ticket, state);
	}
}

/* For the next level. */

/* What nobody could answer. */
static void look_at_unknown(struct page *page, const struct ticket *ticket)
{
	const struct questions *questions =
	    knowledge_questions(ticket_knowledge(ticket), NULL);
	size_t n;
	const struct given *given = session_given(ticket->session, &n);

	for (size_t i = 0; i < n; i++) {
		const struct given *g = &given[i];

		if (g->question < 0 || (g->kind != GIVEN_UNKNOWN && g->kind != GIVEN_ASIDE))
			continue;
		page_label(page, TONE_TEXT, 2, 10,
		    g->kind == GIVEN_ASIDE ? "waiting" : "unknown",
		    questions->list[g->question].ask);
	}
}

/* What would have to be different for the closest articles to be right. */
static int look_at_article(
    struct page *page, const struct ticket *ticket, uint32_t article, struct err *err)
{
	struct whynot w = {.best = -1};
	struct head head = {0};
	int result = knowledge_head(ticket_knowledge(ticket), article, &head, err);

	if (result == 0)
		result = whatif_not(&w, ticket->session, head.id, err);
	if (result == 0 && w.n > 0) {
		page_gap(page);
		result = view_why_not(page, ticket->session, &w, err);
	}
	whynot_fini(&w);
	head_fini(&head);
	return result;
}

int ticket_look_first(struct page *page, const struct ticket *ticket,
    const struct state *state, struct err *err)
{
	ticket_heading(page, "What to look at first");
	view_alarms(page, ticket->session, state);
	look_at_unknown(page, ticket);
	for (size_t i = 0; i < state->nranking && i < LOOK_AT; i++) {
		if (look_at_article(page, ticket, state->ranking[i], err) == -1)
			return -1;
	}
	return 0;
}

/* Articles. */

static void mentioned_add(struct mentioned *m, uint32_t article)
{
	for (size_t i = 0; i < m->n; i++) {
		if (m->list[i] == article)
			return;
	}
	m->list = xgrow(m->list, m->n, &m->cap, sizeof *m->list);
	m->list[m->n++] = article;
}

int mentioned_find(struct mentioned *m, const struct ticket *ticket,
    const struct state *state, const struct attempts *attempts, struct err *err)
{
	*m = (struct mentioned){.n = 0};
	for (size_t i = 0; i < attempts->n; i++) {
		uint32_t article;
		int found = knowledge_find(
		    ticket_knowledge(ticket), attempts->list[i].article, &article, err);

		if (found == -1)
			return -1;
		if (found == 1)
			mentioned_add(m, article);
	}
	for (size_t i = 0; i < state->nranking && i < TICKET_RULED_OUT; i++) {
		if (state->belief->p[state->ranking[i]] >= LIKELY)
			mentioned_add(m, state->ranking[i]);
	}
	return 0;
}

static void articles_add(struct page *page, const struct head *head, const char *percent)
{
	char *text = xasprintf("%s, %s; %s likely", head->title,
	    head->date != NULL ? head->date : "no date", percent);

	page_label(page, TONE_TEXT, 2, 9, head->id, text);
	free(text);
}

int ticket_articles(struct page *page, const struct ticket *ticket,
    const struct state *state, const struct attempts *attempts, struct err *err)
{
	struct mentioned m;
	int result = mentioned_find(&m, ticket, state, attempts, err);

	if (result == 0 && m.n > 0)
		ticket_heading(page, "Articles");
	for (size_t i = 0; result == 0 && i < m.n; i++) {
		struct head head = {0};
		char *percent = view_percent(state->belief->p[m.list[i]]);

		result = knowledge_head(ticket_knowledge(ticket), m.list[i], &head, err);
		if (result == 0)
			articles_add(page, &head, percent);
		free(percent);
		head_fini(&head);
	}
	free(m.list);
	return result;
}
