/* SPDX-License-Identifier: ISC */
/* What is said of outcomes: advice, what came closest, an article's own text. */

#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/explain.h"
#include "../kb/xalloc.h"
#include "view_parts.h"

/* What people read for each kind of advice. */
static const char *const kind_titles[ADVICE_NKINDS] = {
    [ADVICE_FIX] = "Fix",
    [ADVICE_WORKAROUND] = "Workaround",
    [ADVICE_SERVICE_PACK] = "Service pack",
    [ADVICE_HOTFIX] = "Fix from support",
    [ADVICE_BY_DESIGN] = "By design",
    [ADVICE_HOW_TO] = "How to",
    [ADVICE_EXPLANATION] = "Explanation only: the article gives no fix",
};

/* For and against. */

static char *reason_text(const struct reason *reason, const char *name, const char *answer)
{
	if (reason->quote == NULL)
		return xasprintf(reason->against ? "%s: %s; the article does not mention it"
						 : "%s: %s; the article has words of it",
		    name, answer);
	if (reason->against)
		return xasprintf("%s: %s; the article says \"%s\" (line %u)", name, answer,
		    reason->quote, reason->line);
	return xasprintf(
	    "%s: %s; \"%s\" (line %u)", name, answer, reason->quote, reason->line);
}

void view_reason(struct page *page, struct session *session, const struct reason *reason)
{
	const struct questions *questions =
	    knowledge_questions(session_knowledge(session), NULL);
	size_t n;
	const struct given *given = &session_given(session, &n)[reason->given];
	char *name = view_given_name(questions, given);
	char *answer = view_given_answer(questions, given);
	char *text = reason_text(reason, name, answer);

	page_label(page, TONE_TEXT, 2, 9, reason->against ? "against" : "for", text);
	free(text);
	free(answer);
	free(name);
}

/* Where the article's own words contradict an answer. */
static int view_contradictions(
    struct page *page, struct session *session, uint32_t article, struct err *err)
{
	struct reasons reasons = {0};
	int result = explain_article(&reasons, session, article, err);

	for (size_t i = 0; result == 0 && i < reasons.n; i++) {
		if (reasons.list[i].against && reasons.list[i].quote != NULL)
			view_reason(page, session, &reasons.list[i]);
	}
	reasons_fini(&reasons);
	return result;
}

#define WORDS_SAY 1.5 /* times; below that words say nothing worth a line */

/* How well the words said fit, which no answer shows. */
static void view_words(struct page *page, const struct session *session, uint32_t article)
{
	double fit = session_words_fit(session, article);
	bool against = fit < 1;
	double times = against ? 1 / fit : fit;
	char *text;

	if (times < WORDS_SAY)
		return;
	text = xasprintf("The words said: %.*f times %s likely here %s elsewhere",
	    times < 10 ? 1 : 0, fmin(times, 1000), against ? "less" : "as",
	    against ? "than" : "as");
	page_label(page, TONE_TEXT, 2, 9, against ? "against" : "for", text);
	free(text);
}

static int view_reasons(
    struct page *page, struct session *session, uint32_t article, struct err *err)
{
	struct reasons reasons = {0};
	int result = explain_article(&reasons, session, article, err);

	for (int against = 1; result == 0 && against >= 0; against--) {
		for (size_t i = 0; i < reasons.n; i++) {
			if (reasons.list[i].against == against)
				view_reason(page, session, &reasons.list[i]);
		}
	}
	if (result == 0)
		view_words(page, session, article);
	if (result == 0 && reasons.n == 0)
		page_add(page, TONE_NOTE, "No answer speaks for it or against it.")
		    ->indent = 2;
	reasons_fini(&reasons);
	return result;
}

/* Advice. */

/* ", for Exchange Server 5.0 or Exchange Server 5.5"; the caller frees it. */
static char *advice_applies(
    const struct questions *questions, const struct advised *advised)
{
	const struct advice *advice = &advised->advice;
	char *text = NULL;
	size_t len;
	FILE *f = xopen_memstream(&text, &len);

	for (size_t c = 0; c < advice->napplies; c++) {
		const struct question *q = &questions->list[advice->applies[c].question];
		const char *between = c > 0               ? " and "
				      : advised->excluded ? ", only for "
							  : ", for ";

		for (size_t i = 0; i < q->nanswers; i++) {
			if (!(advice->applies[c].answers >> i & 1))
				continue;
			fprintf(f, "%s%s", between, q->answers[i].label);
			between = " or ";
		}
	}
	if (advised->excluded)
		fputs(" (not what you answered)", f);
	xclose_memstream(f);
	return text;
}

static void view_risks(struct page *page, unsigned risks)
{
	for (int risk = 0; risk < RISK_NKINDS; risk++) {
		if (risks & 1u << risk)
			page_label(
			    page, TONE_RISK, 0, 9, "Warning:", risk_first((enum risk)risk));
	}
}

/* The lines of a step below its first are commands and the like: their ends count. */
static void view_step(struct page *page, const char *label, const char *step)
{
	size_t len = strcspn(step, "\n");
	char *first = xstrndup(step, len);

	page_label(page, TONE_TEXT, 0, 4, label, first);
	if (step[len] == '\n')
		page_add(page, TONE_VERBATIM, step + len + 1)->indent = 6;
	free(first);
}

static void view_steps(struct page *page, const struct advice *advice)
{
	for (size_t i = 0; i < advice->nsteps; i++) {
		char *label = xasprintf("%2zu.", i + 1);

		view_step(page, label, advice->steps[i]);
		free(label);
	}
}

const char *view_kind_title(enum advice_kind kind)
{
	return kind_titles[kind];
}

void view_entry(struct page *page, const struct questions *questions,
    const struct advised *advised, int item, const char *id)
{
	const struct advice *advice = &advised->advice;
	char *applies = advice_applies(questions, advised);
	char *label = xasprintf("%d", item + 1);
	char *text = xasprintf("%s%s", kind_titles[advice->kind], applies);

	page_gap(page);
	page_label(page, TONE_HEADING, 0, 3, label, text)->item = item;
	view_risks(page, advice->risks);
	if (advice->text != NULL)
		view_prose(page, TONE_TEXT, 0, advice->text);
	view_steps(page, advice);
	page_addf(page, TONE_NOTE, "[%s, %s, line %u]", id,
	    section_heading(advice->section), advice->line);
	free(text);
	free(label);
	free(applies);
}

const char *view_advice_asks(const struct state *state, size_t entry)
{
	if (entry < state->nadvice && advice_can_be_tried(&state->advice[entry].advice))
		return "Did it work?";
	return "Does it explain what you see?";
}

/* The article's name, and how old and how likely it is. */
static void view_advice_source(
    struct page *page, const struct head *head, const struct state *state, uint32_t article)
{
	char *percent = view_percent(state->belief->p[article]);

	page_gap(page);
	page_addf(page, TONE_TITLE, "%s: %s", head->id, head->title);
	page_addf(page, TONE_NOTE, "%s%s; %s likely from your answers.",
	    head->date != NULL ? "Article of " : "Article without a date",
	    head->date != NULL ? head->date : "", percent);
	free(percent);
}

int view_advice(
    struct page *page, struct session *session, const struct state *state, struct err *err)
{
	struct knowledge *knowledge = session_knowledge(session);
	const struct questions *questions = knowledge_questions(knowledge, err);
	uint32_t article = state->decision.best;
	struct head head = {0};
	int result = -1;

	if (questions == NULL)
		return -1;
	view_alarms(page, session, state);
	if (knowledge_head(knowledge, article, &head, err) == 0) {
		view_advice_source(page, &head, state, article);
		result = view_contradictions(page, session, article, err);
	}
	if (result == 0 && state->nadvice == 0)
		page_add(page, TONE_TEXT,
		    "The article names neither a cure nor a cause. Its own text may help "
		    "still.");
	for (size_t i = 0; result == 0 && i < state->nadvice; i++)
		view_entry(page, questions, &state->advice[i], (int)i, head.id);
	head_fini(&head);
	return result;
}

int view_worked(
    struct page *page, struct knowledge *knowledge, uint32_t article, struct err *err)
{
	struct head head = {0};

	if (knowledge_head(knowledge, article, &head, err) == -1)
		return -1;
	page_addf(page, TONE_TITLE, "Solved with %s.", head.id);
	page_gap(page);
	page_addf(page, TONE_TEXT,
	    "The advice came from %s, \"%s\"%s%s. Note the number in the ticket.", head.id,
	    head.title, head.date != NULL ? ", of " : "",
	    head.date != NULL ? head.date : "");
	head_fini(&head);
	return 0;
}

/* What came closest. */

static bool article_failed(const struct session *session, uint32_t article)
{
	size_t n;
	const struct given *given = session_given(session, &n);

	for (size_t i = 0; i < n; i++) {
		if (given[i].kind == GIVEN_FAILED && given[i].articles[0] == article)
			return true;
	}
	return false;
}

int view_closest(struct page *page, struct session *session, const struct state *state,
    size_t most, struct err *err)
{
	for (size_t i = 0; i < state->nranking && i < most; i++) {
		uint32_t article = state->ranking[i];

		page_gap(page);
		if (view_candidate(page, session_knowledge(session), state, article, err) ==
		    -1)
			return -1;
		page->list[page->n - 1].item = (int)i;
		if (article_failed(session, article))
			page_add(
			    page, TONE_NOTE, "Advice of it was tried and did not help.")
			    ->indent = 2;
		if (view_reasons(page, session, article, err) == -1)
			return -1;
	}
	return 0;
}

void view_nothing(struct page *page, struct session *session, const struct state *state)
{
	uint32_t n = knowledge_narticles(session_knowledge(session));
	char *none = view_percent(state->belief->none);
	size_t ngiven, failed = 0;
	const struct given *given = session_given(session, &ngiven);

	for (size_t i = 0; i < ngiven; i++)
		failed += given[i].kind == GIVEN_FAILED;
	page_add(page, TONE_TITLE,
	    state->belief->none >= CHOOSE_NONE ? "Nothing in this knowledge base fits."
					       : "Too little is known to say.");
	page_gap(page);
	if (state->belief->none >= CHOOSE_NONE)
		page_addf(page, TONE_TEXT,
		    "That none of its %u articles is about this is %s likely.", n, none);
	else
		page_add(page, TONE_TEXT,
		    "No article stands out, and no question is left that would tell "
		    "enough. "
		    "Anything else that you see helps: tell it, or answer what was not "
		    "known.");
	if (failed > 0)
		page_addf(page, TONE_TEXT, "%zu %s tried and did not help.", failed,
		    failed == 1 ? "piece of advice was" : "pieces of advice were");
	view_alarms(page, session, state);
	free(none);
}

/* An article. */

static void view_block(struct page *page, const struct block *block)
{
	unsigned indent = 2 * block->depth;

	switch (block->kind) {
	case BLOCK_STEP:
		page_label(page, TONE_TEXT, indent, 4,
		    block->label != NULL ? block->label : "-", block->text);
		break;
	case BLOCK_BULLET:
		page_label(page, TONE_TEXT, indent, 4, "-", block->text);
		break;
	case BLOCK_VERBATIM:
		page_add(page, TONE_VERBATIM, block->text)->indent = indent + 4;
		break;
	default:
		page_add(page, TONE_TEXT, block->text)->indent = indent;
	}
}

/* Words for a search engine, not for people. */
static bool section_is_index(enum section_kind kind)
{
	return kind == SECTION_QUERY_WORDS || kind == SECTION_KEYWORDS;
}

static void view_section(struct page *page, const struct section *section)
{
	if (section->kind == SECTION_TITLE || section_is_index(section->kind) ||
	    section->nblocks == 0)
		return;
	page_gap(page);
	page_add(page, TONE_HEADING,
	    section->heading != NULL ? section->heading : section_heading(section->kind));
	for (size_t i = 0; i < section->nblocks; i++) {
		const struct block *block = &section->blocks[i];

		if (i > 0 && (block->kind != BLOCK_BULLET ||
				 section->blocks[i - 1].kind != BLOCK_BULLET))
			page_gap(page);
		view_block(page, block);
	}
}

int view_article(
    struct page *page, struct knowledge *knowledge, uint32_t index, struct err *err)
{
	struct article *article = knowledge_article(knowledge, index, err);

	if (article == NULL)
		return -1;
	page_addf(page, TONE_TITLE, "%s: %s", article->id, article->title);
	page_addf(page, TONE_NOTE, "%s%s%s",
	    article->product != NULL ? article->product : "",
	    article->product != NULL && article->date != NULL ? ", " : "",
	    article->date != NULL ? article->date : "");
	for (size_t i = 0; i < article->nsections; i++)
		view_section(page, &article->sections[i]);
	article_free(article);
	return 0;
}
