/* SPDX-License-Identifier: ISC */
/*
 * Finding answers in text: compiles what the questions file says, dispatches to the
 * recogniser each question names, and decides which role a version or service pack plays.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "pattern_need.h"
#include "recognise_method.h"
#include "sentence.h"

static const struct method *const methods[RECOGNISE_NKINDS] = {
    [RECOGNISE_PATTERNS] = NULL, /* the patterns of the answers serve every question */
    [RECOGNISE_VERSION] = &method_version,
    [RECOGNISE_SERVICE_PACK] = &method_service_pack,
    [RECOGNISE_EVENT_ID] = &method_event_id,
    [RECOGNISE_EVENT_SOURCE] = &method_event_source,
    [RECOGNISE_ERROR_CODE] = &method_error_code,
    [RECOGNISE_MESSAGE] = &method_message,
};

static const char *const role_names[ROLE_NKINDS] = {
#define X(role, name) [ROLE_##role] = name,
    ROLE_LIST(X)
#undef X
};

const char *role_name(enum role role)
{
	return role_names[role];
}

enum role role_by_name(const char *name)
{
	for (size_t i = 0; i < ROLE_NKINDS; i++)
		if (strcmp(role_names[i], name) == 0)
			return (enum role)i;
	return ROLE_NKINDS;
}

/* Phrases that say "this is the cure": those of the kinds of advice that are one. */
static int cues_compile(struct recognisers *r, struct err *err)
{
	const struct questions *qs = r->questions;

	if (pattern_list_phrases(&r->curing, qs, "curing", r->needs, err) < 0 ||
	    pattern_list_phrases(&r->curing, qs, "service-pack", r->needs, err) < 0 ||
	    pattern_list_phrases(&r->curing, qs, "hotfix", r->needs, err) < 0 ||
	    pattern_list_phrases(&r->trigger, qs, "trigger", r->needs, err) < 0 ||
	    pattern_list_phrases(&r->confirmed, qs, "confirmed", r->needs, err) < 0)
		return -1;
	return 0;
}

static int question_compile(const struct recognisers *r, struct question_patterns *qp,
    const struct question *q, struct err *err)
{
	if (q->of != NULL && (qp->of = pattern_make(q->of, r->needs, err)) == NULL)
		return -1;
	qp->answers = xcalloc(q->nanswers ? q->nanswers : 1, sizeof *qp->answers);
	for (size_t i = 0; i < q->nanswers; i++) {
		struct answer_patterns *ap = &qp->answers[i];
		const struct answer *a = &q->answers[i];

		if (pattern_list_compile(&ap->find, &a->patterns, r->needs, err) < 0 ||
		    pattern_list_compile(&ap->said, &a->said, r->needs, err) < 0 ||
		    pattern_list_compile(&ap->except, &a->except, r->needs, err) < 0)
			return -1;
	}
	return 0;
}

static void question_patterns_fini(struct question_patterns *qp, size_t nanswers)
{
	pattern_free(qp->of);
	if (qp->answers == NULL)
		return;
	for (size_t i = 0; i < nanswers; i++) {
		pattern_list_fini(&qp->answers[i].find);
		pattern_list_fini(&qp->answers[i].said);
		pattern_list_fini(&qp->answers[i].except);
	}
	free(qp->answers);
}

static int builtin_compile(struct recognisers *r, enum recogniser kind, struct err *err)
{
	if (methods[kind] == NULL || r->builtin[kind].n > 0)
		return 0;
	for (const char *const *s = methods[kind]->sources; *s != NULL; s++)
		if (pattern_list_add(&r->builtin[kind], *s, r->needs, err) < 0)
			return -1;
	return 0;
}

struct recognisers *recognisers_new(
    const struct questions *qs, const struct needs *needs, struct err *err)
{
	struct recognisers *r = xcalloc(1, sizeof *r);

	r->questions = qs;
	r->needs = needs;
	r->list = xcalloc(qs->n ? qs->n : 1, sizeof *r->list);
	if (cues_compile(r, err) < 0)
		goto fail;
	for (size_t i = 0; i < qs->n; i++)
		if (question_compile(r, &r->list[i], &qs->list[i], err) < 0 ||
		    builtin_compile(r, qs->list[i].recogniser, err) < 0)
			goto fail;
	return r;
fail:
	recognisers_free(r);
	return NULL;
}

/* The patterns that are sought in every text come first, question by question. */
static void questions_join(struct recognisers *r)
{
	for (size_t q = 0; q < r->questions->n; q++) {
		size_t n = r->questions->list[q].nanswers;

		r->first_answer[q] = pattern_set_size(r->set);
		for (size_t i = 0; i < n; i++)
			pattern_list_join(&r->list[q].answers[i].find, r->set);
	}
	r->first_answer[r->questions->n] = pattern_set_size(r->set);
	for (size_t q = 0; q < r->questions->n; q++) {
		size_t n = r->questions->list[q].nanswers;

		if (r->list[q].of != NULL)
			pattern_set_add(r->set, r->list[q].of);
		for (size_t i = 0; i < n; i++) {
			pattern_list_join(&r->list[q].answers[i].said, r->set);
			pattern_list_join(&r->list[q].answers[i].except, r->set);
		}
	}
}

void recognisers_hasten(struct recognisers *r)
{
	const struct questions *qs = r->questions;

	assert(r->set == NULL);
	r->set = pattern_set_new();
	r->first_answer = xcalloc(qs->n + 1, sizeof *r->first_answer);
	questions_join(r);
	for (size_t i = 0; i < RECOGNISE_NKINDS; i++)
		pattern_list_join(&r->builtin[i], r->set);
	pattern_list_join(&r->curing, r->set);
	pattern_list_join(&r->trigger, r->set);
	pattern_list_join(&r->confirmed, r->set);
	r->first_symbol = pattern_set_size(r->set);
	for (size_t i = 0; i < qs->nsymbols; i++)
		pattern_set_add_words(r->set, qs->symbols[i].name);
	pattern_set_finish(r->set);
}

struct visit {
	void (*each)(void *arg, const struct pattern *);
	void *arg;
};

static void visit_list(const struct visit *visit, const struct pattern_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		visit->each(visit->arg, l->list[i]);
}

static void visit_question(
    const struct visit *visit, const struct question_patterns *qp, size_t nanswers)
{
	if (qp->of != NULL)
		visit->each(visit->arg, qp->of);
	for (size_t i = 0; i < nanswers; i++) {
		visit_list(visit, &qp->answers[i].find);
		visit_list(visit, &qp->answers[i].said);
		visit_list(visit, &qp->answers[i].except);
	}
}

/* Every pattern there is. */
static void recognisers_visit(const struct recognisers *r, const struct visit *visit)
{
	visit_list(visit, &r->curing);
	visit_list(visit, &r->trigger);
	visit_list(visit, &r->confirmed);
	for (size_t i = 0; i < RECOGNISE_NKINDS; i++)
		visit_list(visit, &r->builtin[i]);
	for (size_t q = 0; q < r->questions->n; q++)
		visit_question(visit, &r->list[q], r->questions->list[q].nanswers);
}

static void pattern_add_need(void *arg, const struct pattern *p)
{
	char *source = pattern_rewrite(pattern_later_source(p));
	struct need need;

	pattern_need(&need, source);
	needs_builder_add(arg, pattern_later_source(p), &need);
	free(source);
}

unsigned char *recognisers_needs(const struct questions *qs, size_t *len)
{
	struct recognisers *r = recognisers_new(qs, &needs_none, NULL);
	struct visit visit = {.each = pattern_add_need, .arg = needs_builder_new()};

	recognisers_visit(r, &visit);
	recognisers_free(r);
	return needs_builder_finish(visit.arg, len);
}

/* The first fault of the patterns that were tried. */
struct fault {
	struct err *err;
	int result;
};

static void pattern_find_fault(void *arg, const struct pattern *p)
{
	struct fault *fault = arg;

	if (fault->result == 0)
		fault->result = pattern_tried(p, fault->err);
}

int recognisers_tried(const struct recognisers *r, struct err *err)
{
	struct fault fault = {.err = err};
	struct visit visit = {.each = pattern_find_fault, .arg = &fault};

	recognisers_visit(r, &visit);
	return fault.result;
}

void recognisers_free(struct recognisers *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->questions->n; i++)
		question_patterns_fini(&r->list[i], r->questions->list[i].nanswers);
	for (size_t i = 0; i < RECOGNISE_NKINDS; i++)
		pattern_list_fini(&r->builtin[i]);
	pattern_list_fini(&r->curing);
	pattern_list_fini(&r->trigger);
	pattern_list_fini(&r->confirmed);
	pattern_set_free(r->set);
	free(r->first_answer);
	free(r->list);
	free(r);
}

bool reading_find(
    const struct reading *rd, int which, size_t from, struct span *groups, size_t ngroups)
{
	return pattern_scan_find(
	    rd->scan, rd->builtin[which], rd->text, rd->len, from, groups, ngroups);
}

/* Whether text[start..end) lies inside a match of one of the answer's exceptions. */
static bool is_excepted(const struct reading *rd, int answer, size_t start, size_t end)
{
	const struct pattern_list *l = &rd->patterns->answers[answer].except;
	struct span s;

	for (size_t i = 0; i < l->n; i++)
		for (size_t from = 0; from <= start &&
				      pattern_scan_find(rd->scan, l->list[i], rd->text,
					  rd->len, from, &s, 1) &&
				      s.start <= start;
		     from = s.start + 1)
			if (s.end >= end)
				return true;
	return false;
}

void reading_add(struct reading *rd, int answer, char *value, size_t start, size_t end)
{
	struct findings *f = rd->out;

	assert(answer >= 0 || value != NULL);
	if (answer >= 0 && is_excepted(rd, answer, start, end))
		return;
	f->list = xgrow(f->list, f->n, &f->cap, sizeof *f->list);
	f->list[f->n++] = (struct finding){
	    .question = rd->index,
	    .answer = answer,
	    .value = value,
	    .role = ROLE_AFFECTED,
	    .where = {.start = start, .end = end},
	};
}

bool reading_add_text(struct reading *rd, size_t start, size_t end)
{
	char *words, *value;

	words = xstrndup(rd->text + start, end - start);
	value = question_canonical(rd->all->questions, rd->question, words);
	free(words);
	if (value != NULL)
		reading_add(rd, -1, value, start, end);
	return value != NULL;
}

void reading_add_each(struct reading *rd, int which)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, which, from, g, 2); from = g[0].end)
		reading_add_text(rd, g[1].start, g[1].end);
}

static void seek_pattern(struct reading *rd, int answer, const struct pattern *p)
{
	const char *key = rd->question->answers[answer].key;
	bool open = question_is_open(rd->question);
	struct span s;
	size_t from = 0;

	while (from <= rd->len &&
	       pattern_scan_find(rd->scan, p, rd->text, rd->len, from, &s, 1)) {
		from = s.end > s.start ? s.end : s.end + 1;
		if (!open) {
			reading_add(rd, answer, NULL, s.start, s.end);
			continue;
		}
		if (is_excepted(rd, answer, s.start, s.end))
			continue;
		char *value = question_canonical(rd->all->questions, rd->question, key);
		if (value != NULL)
			reading_add(rd, -1, value, s.start, s.end);
	}
}

/* Whether no pattern of the question's answers matches in the text. */
static bool answers_are_absent(const struct reading *rd)
{
	const size_t *first = rd->all->first_answer;

	return first != NULL && rd->voice == VOICE_ARTICLE &&
	       pattern_scan_next(rd->scan, first[rd->index], first[rd->index + 1]) ==
		   first[rd->index + 1];
}

static void seek_answers(struct reading *rd)
{
	if (answers_are_absent(rd))
		return;
	for (size_t i = 0; i < rd->question->nanswers; i++) {
		const struct answer_patterns *ap = &rd->patterns->answers[i];

		for (size_t k = 0; k < ap->find.n; k++)
			seek_pattern(rd, (int)i, ap->find.list[k]);
		if (rd->voice != VOICE_PERSON)
			continue;
		for (size_t k = 0; k < ap->said.n; k++)
			seek_pattern(rd, (int)i, ap->said.list[k]);
	}
}

/* Where in the sentence the cue that governs a place stands: before it, or else after it. */
struct cue {
	bool found, before;
	size_t start, end;
};

static struct cue cue_find(const struct pattern_list *l, const struct pattern_scan *scan,
    const char *text, struct span sentence, struct span where)
{
	struct cue cue = {.found = false};
	struct span s;

	for (size_t i = 0; i < l->n; i++) {
		size_t from = sentence.start;
		while (from < sentence.end && pattern_scan_find(scan, l->list[i], text,
						  sentence.end, from, &s, 1)) {
			bool before = s.start <= where.start;
			if (!cue.found || (before && (!cue.before || s.start > cue.start)))
				cue = (struct cue){true, before, s.start, s.end};
			from = s.end > s.start ? s.end : s.end + 1;
		}
	}
	return cue;
}

/*
 * A version or service pack is what its sentence makes of it: the nearest cue before it
 * governs. Without one, a cure named behind it does ("Service Pack 3 corrects this").
 */
static enum role role_find(const struct recognisers *r, const struct pattern_scan *scan,
    const char *text, size_t len, enum recogniser kind, struct span where)
{
	struct span sentence = sentence_around(text, len, where.start);
	struct cue confirmed = cue_find(&r->confirmed, scan, text, sentence, where);
	struct cue curing = cue_find(&r->curing, scan, text, sentence, where);
	struct cue trigger = {.found = false};

	if (kind == RECOGNISE_SERVICE_PACK)
		trigger = cue_find(&r->trigger, scan, text, sentence, where);
	/* "After you upgrade to SP3": what is said inside a trigger is part of it */
	if (trigger.found && trigger.before &&
	    !(curing.before && curing.start >= trigger.end) &&
	    !(confirmed.before && confirmed.start > trigger.start))
		return ROLE_TRIGGER;
	if (!curing.found)
		return ROLE_AFFECTED;
	if (confirmed.found && confirmed.before &&
	    (!curing.before || confirmed.start > curing.start))
		return ROLE_AFFECTED;
	return ROLE_CURING;
}

static void roles_set(const struct recognisers *r, const struct pattern_scan *scan,
    const char *text, size_t len, struct findings *f, size_t first)
{
	for (size_t i = first; i < f->n; i++) {
		enum recogniser kind = r->questions->list[f->list[i].question].recogniser;

		if (kind == RECOGNISE_VERSION || kind == RECOGNISE_SERVICE_PACK)
			f->list[i].role =
			    role_find(r, scan, text, len, kind, f->list[i].where);
	}
}

static int finding_compare(const void *va, const void *vb)
{
	const struct finding *a = va, *b = vb;

	if (a->where.start != b->where.start)
		return a->where.start < b->where.start ? -1 : 1;
	if (a->question != b->question)
		return a->question < b->question ? -1 : 1;
	if (a->where.end != b->where.end)
		return a->where.end < b->where.end ? -1 : 1;
	if (a->answer != b->answer)
		return a->answer < b->answer ? -1 : 1;
	if (a->value == NULL || b->value == NULL)
		return 0;
	return strcmp(a->value, b->value);
}

/* Of a longer text only so many bytes are read: it is a log or a dump, pasted whole. */
#define TEXT_MAX (64u << 10)

/* The length of the text, or of what is read of it. */
static size_t text_length(const char *text)
{
	size_t len = strnlen(text, TEXT_MAX + 1);

	return len <= TEXT_MAX ? len : scan_cut(text, TEXT_MAX);
}

/* As recognise, of a text that is not too long. */
static void recognise_text(const struct recognisers *r, enum voice voice, unsigned sections,
    enum block_kind kind, const char *text, const char *intro, struct findings *out)
{
	size_t len = strlen(text), first = out->n;
	struct pattern_scan scan;

	pattern_scan_init(&scan, r->set, text, len);
	for (size_t i = 0; i < r->questions->n; i++) {
		const struct question *q = &r->questions->list[i];
		struct reading rd = {
		    .all = r,
		    .question = q,
		    .patterns = &r->list[i],
		    .builtin = r->builtin[q->recogniser].list,
		    .index = i,
		    .voice = voice,
		    .kind = kind,
		    .text = text,
		    .len = len,
		    .scan = &scan,
		    .intro = intro,
		    .out = out,
		    .first = first,
		};

		if (voice == VOICE_ARTICLE && (q->sections & sections) == 0)
			continue;
		if (methods[q->recogniser] != NULL)
			methods[q->recogniser]->seek(&rd);
		seek_answers(&rd);
	}
	roles_set(r, &scan, text, len, out, first);
	pattern_scan_fini(&scan);
	if (out->n > first)
		qsort(
		    out->list + first, out->n - first, sizeof *out->list, finding_compare);
}

void recognise(const struct recognisers *r, enum voice voice, unsigned sections,
    enum block_kind kind, const char *text, const char *intro, struct findings *out)
{
	size_t len = text_length(text);
	char *cut = text[len] == '\0' ? NULL : xstrndup(text, len);

	recognise_text(r, voice, sections, kind, cut != NULL ? cut : text, intro, out);
	free(cut);
}

void findings_fini(struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->list[i].value);
	free(f->list);
	*f = (struct findings){.list = NULL};
}
