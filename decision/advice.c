/* SPDX-License-Identifier: ISC */
/*
 * Articles to advice.
 *
 * An article is read unit by unit, a unit being a section or one of its sub-sections. Where
 * a unit stands says what its plain sentences are: in RESOLUTION a fix, in WORKAROUND a
 * workaround, elsewhere nothing. The domain's phrases say more: a sentence that matches the
 * phrase of a kind belongs to an entry of that kind wherever it stands ("corrected in the
 * latest service pack"), and the sentences behind it go on with that entry.
 *
 * Entries are for versions. The nearest name of one decides: in the sentence itself for
 * service packs and hotfixes, else in the sentence before it that confirms the problem for
 * some versions, else in the heading of the sub-section. A problem corrected in a later
 * version has a fix for the versions before that one: to upgrade.
 *
 * Steps belong to the entry that is being written if that is one a person carries out, else
 * to what the section stands for. Alternatives ("Method 2", "-or-" before a new list) are
 * entries of their own. Nothing is invented: an article that gives none of this has its
 * cause told, as an explanation.
 */
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "advice_desk.h"

struct advisor *advisor_new(
    const struct questions *qs, const struct recognisers *r, struct err *err)
{
	struct advisor *ad = xcalloc(1, sizeof *ad);

	ad->questions = qs;
	ad->recognisers = r;
	for (size_t i = 0; i < ADVICE_NKINDS; i++)
		if (pattern_list_phrases(&ad->kinds[i], qs,
			advice_kind_name((enum advice_kind)i), NULL, err) < 0)
			goto fail;
	for (size_t i = 0; i < RISK_NKINDS; i++)
		if (pattern_list_phrases(
			&ad->risks[i], qs, risk_name((enum risk)i), NULL, err) < 0)
			goto fail;
	if (pattern_list_phrases(&ad->drop, qs, "drop", NULL, err) < 0 ||
	    pattern_list_phrases(&ad->confirmed, qs, "confirmed", NULL, err) < 0 ||
	    pattern_list_phrases(&ad->instructs, qs, "instruction", NULL, err) < 0 ||
	    pattern_list_phrases(&ad->references, qs, "reference", NULL, err) < 0 ||
	    pattern_list_phrases(&ad->lists, qs, "list", NULL, err) < 0)
		goto fail;
	return ad;
fail:
	advisor_free(ad);
	return NULL;
}

void advisor_free(struct advisor *ad)
{
	if (ad == NULL)
		return;
	for (size_t i = 0; i < ADVICE_NKINDS; i++)
		pattern_list_fini(&ad->kinds[i]);
	for (size_t i = 0; i < RISK_NKINDS; i++)
		pattern_list_fini(&ad->risks[i]);
	pattern_list_fini(&ad->drop);
	pattern_list_fini(&ad->confirmed);
	pattern_list_fini(&ad->instructs);
	pattern_list_fini(&ad->references);
	pattern_list_fini(&ad->lists);
	pattern_set_free(ad->set);
	free(ad);
}

void advisor_hasten(struct advisor *ad)
{
	ad->set = pattern_set_new();
	for (size_t i = 0; i < ADVICE_NKINDS; i++)
		pattern_list_join(&ad->kinds[i], ad->set);
	for (size_t i = 0; i < RISK_NKINDS; i++)
		pattern_list_join(&ad->risks[i], ad->set);
	pattern_list_join(&ad->drop, ad->set);
	pattern_list_join(&ad->references, ad->set);
	pattern_list_join(&ad->confirmed, ad->set);
	pattern_set_finish(ad->set);
}

/* Whether the article has text in a section of that kind. */
static bool has_text(const struct article *a, enum section_kind kind)
{
	for (size_t i = 0; i < a->nsections; i++)
		if (a->sections[i].kind == kind && a->sections[i].nblocks > 0)
			return true;
	return false;
}

static bool has_steps(const struct article *a, enum section_kind kind)
{
	for (size_t i = 0; i < a->nsections; i++)
		for (size_t k = 0;
		     a->sections[i].kind == kind && k < a->sections[i].nblocks; k++)
			if (a->sections[i].blocks[k].kind == BLOCK_STEP)
				return true;
	return false;
}

/* What plain sentences of a section are, by what the article has besides it. */
static enum advice_kind plain_kind(const struct article *a, enum section_kind kind)
{
	bool problem = has_text(a, SECTION_SYMPTOMS) || has_text(a, SECTION_CAUSE);
	bool solved = has_text(a, SECTION_RESOLUTION) || has_text(a, SECTION_WORKAROUND);

	switch (kind) {
	case SECTION_RESOLUTION:
		return ADVICE_FIX;
	case SECTION_WORKAROUND:
		return ADVICE_WORKAROUND;
	case SECTION_SUMMARY:
	case SECTION_OTHER:
		return problem || solved ? ADVICE_NKINDS : ADVICE_HOW_TO;
	case SECTION_MORE_INFORMATION:
		if (!problem && !solved)
			return ADVICE_HOW_TO;
		return !solved && has_steps(a, kind) ? ADVICE_FIX : ADVICE_NKINDS;
	default:
		return ADVICE_NKINDS;
	}
}

static bool is_read(enum section_kind kind)
{
	switch (kind) {
	case SECTION_PREAMBLE:
	case SECTION_SUMMARY:
	case SECTION_SYMPTOMS:
	case SECTION_CAUSE:
	case SECTION_RESOLUTION:
	case SECTION_WORKAROUND:
	case SECTION_STATUS:
	case SECTION_MORE_INFORMATION:
	case SECTION_OTHER:
		return true;
	default:
		return false;
	}
}

/* A warning before the first section is about whatever a person is told to do. */
static void preamble_read(struct desk *d)
{
	unsigned risks = 0;

	for (size_t i = 0; i < d->article->nsections; i++) {
		const struct section *s = &d->article->sections[i];

		for (size_t k = 0; s->kind == SECTION_PREAMBLE && k < s->nblocks; k++) {
			sentences_read(&d->sentences, d->advisor, &s->blocks[k]);
			risks |= sentences_risks(&d->sentences);
		}
	}
	for (size_t i = 0; i < d->drafts.n; i++)
		if (draft_has_doing(d->drafts.list[i].advice.kind))
			d->drafts.list[i].advice.risks |= risks;
}

/* The text of all sections of a kind as an explanation, boilerplate left out. */
static void explain_by(struct desk *d, enum section_kind kind)
{
	for (size_t i = 0; i < d->article->nsections; i++) {
		const struct section *s = &d->article->sections[i];

		if (s->kind == kind)
			desk_read(d, s, ADVICE_EXPLANATION, false);
	}
}

static void explain(struct desk *d)
{
	static const enum section_kind order[] = {SECTION_CAUSE, SECTION_MORE_INFORMATION,
	    SECTION_STATUS, SECTION_SUMMARY, SECTION_OTHER};

	d->explaining = true;
	for (size_t i = 0; d->drafts.n == 0 && i < sizeof order / sizeof *order; i++)
		explain_by(d, order[i]);
}

/* An article that is all symptoms may tell there, step by step, how to find the cause. */
static void symptoms_instruct(struct desk *d)
{
	for (size_t i = 0; i < d->article->nsections; i++)
		if (d->article->sections[i].kind == SECTION_SYMPTOMS)
			desk_read(d, &d->article->sections[i], ADVICE_HOW_TO, true);
}

static bool is_how_to_story(const struct draft *draft)
{
	return draft->advice.kind == ADVICE_HOW_TO && draft->advice.nsteps == 0;
}

/*
 * An article without headings of a problem that says how its problem is resolved was about
 * a problem after all: what it tells besides is the story, not something to do.
 */
static void how_to_drop(struct desk *d)
{
	size_t n = 0;
	bool fixed = false;

	for (size_t i = 0; i < d->drafts.n; i++)
		fixed |= d->drafts.list[i].advice.kind == ADVICE_FIX;
	for (size_t i = 0; fixed && i < d->drafts.n; i++) {
		if (is_how_to_story(&d->drafts.list[i]))
			advice_fini(&d->drafts.list[i].advice);
		else
			d->drafts.list[n++] = d->drafts.list[i];
	}
	d->drafts.n = fixed ? n : d->drafts.n;
}

static bool is_vendors(const struct draft *draft)
{
	return draft->advice.kind == ADVICE_SERVICE_PACK ||
	       draft->advice.kind == ADVICE_HOTFIX;
}

/* Whether it tells somebody to do something; without phrases for that, everything does. */
static bool instructs(const struct advisor *ad, const struct advice *a)
{
	struct span s;

	if (a->nsteps > 0 || ad->instructs.n == 0)
		return true;
	for (size_t i = 0; i < ad->instructs.n; i++)
		if (pattern_find(ad->instructs.list[i], a->text, strlen(a->text), 0, &s, 1))
			return true;
	return false;
}

/* Whether a draft only tells what a vendor changed, or why nothing has to be. */
static bool is_story(const struct desk *d, const struct draft *draft)
{
	const struct advice *a = &draft->advice;

	if (a->kind == ADVICE_FIX ? draft->told : a->kind != ADVICE_WORKAROUND)
		return false;
	return a->section != SECTION_WORKAROUND && a->text != NULL &&
	       !instructs(d->advisor, a);
}

/* Whether there is something else to advise than what a person does. */
static bool is_settled(const struct draft *draft)
{
	const struct advice *a = &draft->advice;

	return is_vendors(draft) ||
	       (a->kind == ADVICE_BY_DESIGN && a->section == SECTION_RESOLUTION);
}

/*
 * "The store has been corrected to free the memory" in RESOLUTION is no fix anybody can
 * carry out where a service pack or hotfix has that correction, nor is what is told there of
 * a thing that is by design: it explains. And "Download the following file:" is said when the
 * file has become the vendor's entry.
 */
static void stories_settle(struct desk *d)
{
	size_t n = 0;
	bool settled = false;

	for (size_t i = 0; i < d->drafts.n; i++)
		settled |= is_settled(&d->drafts.list[i]);
	for (size_t i = 0; settled && i < d->drafts.n; i++) {
		struct draft *draft = &d->drafts.list[i];

		if (draft_has_doing(draft->advice.kind) && draft_only_announces(draft)) {
			advice_fini(&draft->advice);
			continue;
		}
		if (is_story(d, draft))
			draft->advice.kind = ADVICE_EXPLANATION;
		d->drafts.list[n++] = *draft;
	}
	d->drafts.n = settled ? n : d->drafts.n;
}

/* Articles that refer to so many others are about none of them. */
#define LIST_REFERENCES 40

bool advisor_is_list(const struct advisor *ad, const struct article *a)
{
	struct span s;

	if (a->nreferences >= LIST_REFERENCES)
		return true;
	for (size_t i = 0; a->title != NULL && i < ad->lists.n; i++)
		if (pattern_find(ad->lists.list[i], a->title, strlen(a->title), 0, &s, 1))
			return true;
	return false;
}

void advice_extract(struct advices *out, const struct advisor *ad, const struct article *a)
{
	struct desk d = {.advisor = ad, .article = a, .current = -1};
	bool explained_by_steps = has_steps(a, SECTION_MORE_INFORMATION);
	enum advice_kind plain[SECTION_NKINDS];

	if (advisor_is_list(ad, a))
		return;
	/* once for each kind: an article may have any number of sections */
	for (enum section_kind kind = 0; kind < SECTION_NKINDS; kind++)
		plain[kind] = plain_kind(a, kind);
	for (size_t i = 0; i < a->nsections; i++) {
		const struct section *s = &a->sections[i];

		if (is_read(s->kind))
			desk_read(&d, s, plain[s->kind],
			    s->kind == SECTION_MORE_INFORMATION && explained_by_steps);
	}
	how_to_drop(&d);
	stories_settle(&d);
	explain(&d);
	if (d.drafts.n == 0)
		symptoms_instruct(&d);
	preamble_read(&d);
	desk_fini(&d);
	drafts_finish(&d.drafts, out);
}
