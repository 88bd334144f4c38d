/* SPDX-License-Identifier: ISC */
/*
 * From answers to what follows of them: belief, next question or outcome. Pure: the same
 * knowledge and the same answers give the same state.
 *
 * Every answer is evidence and is multiplied in, whatever the order it came in. Free words
 * and messages are one piece of evidence together, because the words of a description and
 * those of the message quoted in it are the same words and must not count twice. Nor does
 * what was read in the words and is sure count again as words.
 *
 * An answer is alarming when it was a surprise: for a choice -log2 of its probability; for
 * an open question, where every single value is improbable, only the part of the surprise
 * that the other answers caused. The suspect is the other answer without which all the rest
 * becomes likeliest: the flip test of the slip detector, with "unknown" as the flip. All the
 * bits are those of the rest and the surprise of the one left out, so that is the answer of
 * the greatest surprise.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "session_private.h"
#include "words.h"

#define ALARM_BITS 5.0

/* What state_compute works with. */
struct reckoning {
	const struct session *s;
	const struct casetable *table;
	struct word_matches words;
	struct err *err;
};

static bool given_is_message(const struct session *s, const struct given *g)
{
	return g->kind == GIVEN_VALUE &&
	       s->questions->list[g->question].recogniser == RECOGNISE_MESSAGE;
}

/*
 * Whether the answer was read in the words of that step and says all that its words say: a
 * number, a code or a name always does, a choice once the person has confirmed it. Until
 * then its words are better evidence than what they were taken for; but not where they say
 * that something is absent ("no cluster"), for they name what it is not about.
 */
static bool given_covers_words(
    const struct session *s, const struct given *g, const struct given *words)
{
	if (g->step != words->step || g->source != SOURCE_TEXT || g->question < 0 ||
	    g->kind == GIVEN_UNCLEAR || given_is_message(s, g))
		return false;
	return g->kind == GIVEN_VALUE || g->confirmed ||
	       (g->kind == GIVEN_ANSWER &&
		   s->questions->list[g->question].silent == g->answer);
}

/* The words of a description without those that count already as numbers, codes and names. */
static char *words_left(const struct session *s, const struct given *words)
{
	char *text = xstrdup(words->value);

	for (size_t i = 0; i < s->n; i++) {
		const struct given *g = &s->list[i];
		size_t len = strlen(g->quote);
		char *at;

		if (len == 0 || !given_covers_words(s, g, words))
			continue;
		at = strstr(text, g->quote);
		if (at != NULL)
			memset(at, ' ', len);
	}
	return text;
}

static int reckoning_words(struct reckoning *r)
{
	char *text = NULL;
	size_t len, said = 0;
	FILE *f = xopen_memstream(&text, &len);
	int result;

	for (size_t i = 0; i < r->s->n; i++) {
		const struct given *g = &r->s->list[i];

		if (g->kind == GIVEN_WORDS) {
			char *left = words_left(r->s, g);

			fprintf(f, "%s\n", left);
			free(left);
			said += words_count(g->value);
		} else if (given_is_message(r->s, g))
			fprintf(f, "%s\n", g->quote);
	}
	xclose_memstream(f);
	result = words_match(&r->words, r->s->knowledge, text, said, r->err);
	free(text);
	return result;
}

/* The evidence an answer to a question is; -1 and err when its value cannot be looked up. */
static int given_evidence(struct reckoning *r, const struct given *g, struct evidence *e)
{
	int found;

	*e = (struct evidence){.question = (size_t)g->question, .answer = g->answer};
	if (g->source == SOURCE_TEXT && !g->confirmed)
		e->doubt = g->slip != NULL ? belief_parameters.slip_doubt
					   : belief_parameters.text_doubt;
	switch (g->kind) {
	case GIVEN_ANSWER:
		e->kind = EVIDENCE_ANSWER;
		return 0;
	case GIVEN_NONE:
		e->kind = EVIDENCE_NONE;
		return 0;
	case GIVEN_VALUE:
		e->kind = EVIDENCE_VALUE;
		found = knowledge_value(
		    r->s->knowledge, e->question, g->value, &e->value, r->err);
		if (found == 0)
			e->value = BELIEF_NO_VALUE;
		return found == -1 ? -1 : 0;
	default:
		e->kind = EVIDENCE_UNKNOWN;
		return 0;
	}
}

/* A sign that was picked, an article that was named, or any number of signs rejected. */
static void belief_take_signs(
    const struct reckoning *r, struct belief *b, const struct given *g)
{
	struct evidence e = {.kind = EVIDENCE_SIGN,
	    .question = questions_sign(r->s->questions),
	    .answer = -1,
	    .value = g->articles[0]};

	if (g->kind == GIVEN_SIGN && g->source == SOURCE_TEXT) {
		belief_update_cited(b, g->articles[0]);
		return;
	}
	if (g->kind == GIVEN_SIGN) {
		belief_update(b, r->table, r->s->questions, &e);
		return;
	}
	e.kind = EVIDENCE_REJECTED;
	for (size_t i = 0; i < g->narticles; i += e.shown.n) {
		e.shown.n = 0;
		while (e.shown.n < SIGNS_SHOWN && i + e.shown.n < g->narticles) {
			e.shown.article[e.shown.n] = g->articles[i + e.shown.n];
			e.shown.n++;
		}
		belief_update(b, r->table, r->s->questions, &e);
	}
}

/* Multiplies one answer in. Returns the surprise in bits, or a negative number and err. */
static double belief_take(struct reckoning *r, struct belief *b, const struct given *g)
{
	struct evidence e;

	switch (g->kind) {
	case GIVEN_WORDS:
	case GIVEN_UNCLEAR:
	case GIVEN_ASIDE:
		return 0.0;
	case GIVEN_SIGN:
	case GIVEN_REJECTED:
		belief_take_signs(r, b, g);
		return 0.0;
	case GIVEN_FAILED:
		belief_update_failed(b, g->articles[0]);
		return 0.0;
	default:
		break;
	}
	if (g->question < 0 || given_is_message(r->s, g))
		return 0.0;
	if (given_evidence(r, g, &e) == -1)
		return -1.0;
	return belief_update(b, r->table, r->s->questions, &e);
}

/* The belief given every answer. */
static int belief_of_all(struct reckoning *r, struct belief *b)
{
	belief_reset(b, r->table);
	belief_update_ratios(b, r->words.list, r->words.n, r->words.rest);
	for (size_t i = 0; i < r->s->n; i++)
		if (belief_take(r, b, &r->s->list[i]) < 0)
			return -1;
	return 0;
}

static bool given_can_surprise(const struct reckoning *r, const struct given *g)
{
	return g->question >= 0 && (g->kind == GIVEN_ANSWER || g->kind == GIVEN_VALUE) &&
	       !given_is_message(r->s, g);
}

/* The other answer that is the greatest surprise, or -1; bits[] is NAN where none can be. */
static int alarm_suspect(const double *bits, size_t n, size_t surprising)
{
	int suspect = -1;

	for (size_t i = 0; i < n; i++) {
		if (i == surprising || isnan(bits[i]))
			continue;
		if (suspect < 0 || bits[i] > bits[suspect])
			suspect = (int)i;
	}
	return suspect;
}

/* Bits by which the other answers made this one a surprise; negative and err on failure. */
static double given_alarm(
    struct reckoning *r, struct belief *scratch, const struct given *g, double bits)
{
	double alone;

	if (g->kind == GIVEN_ANSWER)
		return bits;
	belief_reset(scratch, r->table);
	alone = belief_take(r, scratch, g);
	return alone < 0 ? -1.0 : fmax(0.0, bits - alone);
}

/* How surprising each answer is after all the others: bits[], NAN where it cannot be. */
static int given_surprises(struct reckoning *r, const struct belief *all, double *bits)
{
	for (size_t i = 0; i < r->s->n; i++) {
		const struct given *g = &r->s->list[i];
		struct evidence e;

		bits[i] = NAN;
		if (!given_can_surprise(r, g))
			continue;
		if (given_evidence(r, g, &e) == -1)
			return -1;
		bits[i] = belief_surprise(all, r->table, r->s->questions, &e);
	}
	return 0;
}

/* `all` is the belief given every answer. */
static int state_alarms(struct reckoning *r, struct state *st, const struct belief *all)
{
	struct belief *scratch = belief_new(r->table);
	double *bits = xcalloc(r->s->n, sizeof *bits);
	int result = given_surprises(r, all, bits);
	size_t cap = 0;

	for (size_t i = 0; result == 0 && i < r->s->n; i++) {
		double alarm;

		/* the part the others caused is not more than the whole */
		if (isnan(bits[i]) || bits[i] < ALARM_BITS)
			continue;
		alarm = given_alarm(r, scratch, &r->s->list[i], bits[i]);
		if (alarm < 0)
			result = -1;
		if (alarm < ALARM_BITS)
			continue;
		st->alarms = xgrow(st->alarms, st->nalarms, &cap, sizeof *st->alarms);
		st->alarms[st->nalarms++] = (struct alarm){
		    .given = i,
		    .bits = alarm,
		    .suspect = alarm_suspect(bits, r->s->n, i),
		};
	}
	free(bits);
	belief_free(scratch);
	return result;
}

/* Advice. */

static bool entry_failed(const struct session *s, uint32_t article, size_t entry)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct given *g = &s->list[i];

		if (g->kind == GIVEN_FAILED && g->articles[0] == article &&
		    g->entry == entry)
			return true;
	}
	return false;
}

/* Whether a choice that was answered is outside the answers the entry is for. */
static bool entry_excluded(const struct session *s, const struct advice *a)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct given *g = &s->list[i];

		if (g->kind != GIVEN_ANSWER)
			continue;
		if (!(advice_answers(a, (size_t)g->question) >> g->answer & 1))
			return true;
	}
	return false;
}

/* Moves the entries that apply to st; if none does, all of them, marked as excluded. */
static void state_take_advice(
    struct state *st, const struct session *s, uint32_t article, struct advices *found)
{
	size_t fitting = 0;

	for (size_t i = 0; i < found->n; i++)
		fitting +=
		    !entry_failed(s, article, i) && !entry_excluded(s, &found->list[i]);
	st->advice = xcalloc(found->n + 1, sizeof *st->advice);
	for (size_t i = 0; i < found->n; i++) {
		bool excluded = entry_excluded(s, &found->list[i]);

		if (entry_failed(s, article, i) || (excluded && fitting > 0))
			continue;
		st->advice[st->nadvice++] = (struct advised){.article = article,
		    .entry = i,
		    .advice = found->list[i],
		    .excluded = excluded};
		found->list[i] = (struct advice){0};
	}
}

static int state_advice(const struct session *s, struct state *st, struct err *err)
{
	struct advices found = {0};

	if (st->status != STATUS_ADVISE)
		return 0;
	if (knowledge_advice(s->knowledge, st->decision.best, &found, err) == -1)
		return -1;
	state_take_advice(st, s, st->decision.best, &found);
	advices_fini(&found);
	return 0;
}

/* Whether something of the article's advice is left to try. */
static int advice_left(
    const struct session *s, uint32_t article, bool *left, struct err *err)
{
	struct advices all = {0};

	if (knowledge_advice(s->knowledge, article, &all, err) == -1)
		return -1;
	*left = false;
	for (size_t e = 0; e < all.n; e++) {
		if (advice_can_be_tried(&all.list[e]) && !entry_failed(s, article, e) &&
		    !entry_excluded(s, &all.list[e]))
			*left = true;
	}
	advices_fini(&all);
	return 0;
}

/*
 * An article all of whose advice was tried in vain is as good as ruled out, so that the next
 * one comes up; what it explains beside that is no reason to stay with it.
 */
static int belief_exhausted(struct reckoning *r, struct belief *b)
{
	for (size_t i = 0; i < r->s->n; i++) {
		const struct given *g = &r->s->list[i];
		bool left;

		if (g->kind != GIVEN_FAILED)
			continue;
		if (advice_left(r->s, g->articles[0], &left, r->err) == -1)
			return -1;
		if (!left)
			belief_update_exhausted(b, g->articles[0]);
	}
	return 0;
}

/* The whole. */

/*
 * Questions that are not to be asked: those answered and, unless they shall return, those put
 * aside. Signs that were shown: a set rejected, or one picked. The caller frees *shown.
 */
static struct asked session_asked(const struct session *s, bool returning, uint32_t **shown)
{
	struct asked asked = {.questions = 0};
	size_t cap = 0;

	*shown = NULL;
	for (size_t i = 0; i < s->n; i++) {
		const struct given *g = &s->list[i];

		if (g->kind == GIVEN_UNCLEAR || (returning && g->kind == GIVEN_ASIDE))
			continue;
		if (g->question >= 0)
			asked.questions |= UINT64_C(1) << g->question;
		else if (g->kind == GIVEN_UNKNOWN)
			asked.questions |= UINT64_C(1) << questions_sign(s->questions);
		if ((g->kind != GIVEN_SIGN && g->kind != GIVEN_REJECTED) ||
		    g->source == SOURCE_TEXT)
			continue;
		asked.signs++;
		for (size_t k = 0; k < g->narticles; k++) {
			*shown = xgrow(*shown, asked.nshown, &cap, sizeof **shown);
			(*shown)[asked.nshown++] = g->articles[k];
		}
	}
	asked.shown = *shown;
	return asked;
}

/*
 * What is left to ask. The tree tells how many questions a session takes that begins with
 * nothing known; what is left of them is the share of the uncertainty that is left.
 */
static void state_questions_left(struct reckoning *r, struct state *st)
{
	double expected = knowledge_expected_questions(r->s->knowledge), share;
	struct belief *prior;

	if (st->status != STATUS_ASK)
		return;
	prior = belief_new(r->table);
	share = belief_entropy(st->belief) / belief_entropy(prior);
	st->questions_left = fmax(1.0, expected * share);
	belief_free(prior);
}

static struct decision session_decide(
    const struct reckoning *r, const struct belief *b, bool returning)
{
	uint32_t *shown;
	struct asked asked = session_asked(r->s, returning, &shown);
	struct decision decision =
	    choose_next(r->table, r->s->questions, b, &asked, r->s->setting);

	free(shown);
	return decision;
}

static bool session_waits(const struct session *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].kind == GIVEN_ASIDE)
			return true;
	}
	return false;
}

/* What is put aside comes back before the wizard gives up. */
static void state_decide(const struct reckoning *r, struct state *st)
{
	st->decision = session_decide(r, st->belief, false);
	if (st->decision.status == STATUS_NONE && session_waits(r->s)) {
		st->decision = session_decide(r, st->belief, true);
		st->returned = st->decision.status == STATUS_ASK;
	}
	st->status = st->decision.status;
}

static int state_fill(struct reckoning *r, struct state *st)
{
	struct belief *b = belief_new(r->table);

	st->belief = b;
	if (belief_of_all(r, b) == -1 || state_alarms(r, st, b) == -1 ||
	    belief_exhausted(r, b) == -1)
		return -1;
	state_decide(r, st);
	st->ranking = xcalloc(SESSION_RANKED, sizeof *st->ranking);
	st->nranking = belief_rank(b, st->ranking, SESSION_RANKED);
	st->articles_left = belief_count(b, SESSION_LEFT);
	state_questions_left(r, st);
	if (state_offers(st, r->s, r->table, r->err) == -1)
		return -1;
	return state_advice(r->s, st, r->err);
}

struct state *state_compute(const struct session *s, struct err *err)
{
	struct reckoning r = {.s = s, .err = err};
	struct state *st = NULL;

	r.table = knowledge_casetable(s->knowledge, err);
	if (r.table == NULL || reckoning_words(&r) == -1)
		return NULL;
	st = xcalloc(1, sizeof *st);
	if (state_fill(&r, st) == -1) {
		state_free(st);
		st = NULL;
	}
	word_matches_fini(&r.words);
	return st;
}

void state_free(struct state *st)
{
	if (st == NULL)
		return;
	for (size_t i = 0; i < st->noffers; i++) {
		free(st->offers[i].key);
		free(st->offers[i].label);
	}
	for (size_t i = 0; i < st->nadvice; i++)
		advice_fini(&st->advice[i].advice);
	free(st->offers);
	free(st->advice);
	free(st->alarms);
	free(st->ranking);
	belief_free(st->belief);
	free(st);
}
