/* SPDX-License-Identifier: ISC */
/* Reads the blocks of a section into drafts of advice. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "advice_desk.h"
#include "sentence.h"

static struct draft *desk_current(struct desk *d)
{
	return d->current >= 0 ? &d->drafts.list[d->current] : NULL;
}

/* Vendors' cures name their version in the sentence; what a person does, in the heading. */
static void applies_find(struct desk *d, struct conditions *applies, enum advice_kind kind,
    const struct block *b, struct span where)
{
	if (kind == ADVICE_SERVICE_PACK || kind == ADVICE_HOTFIX) {
		conditions_read(applies, d->advisor, b->text, where);
		if (applies->n == 0)
			conditions_copy(applies, &d->confirmed);
	}
	if (kind == ADVICE_FIX && b->kind == BLOCK_PARAGRAPH)
		conditions_read_older(applies, d->advisor, b->text, where);
	if (applies->n == 0)
		conditions_copy(applies, &d->scope);
}

static unsigned line_of(const struct block *b, size_t at)
{
	unsigned line = b->line;

	for (size_t i = 0; i < at; i++)
		line += b->text[i] == '\n';
	return line;
}

/* Nobody chooses among more alternatives: those that come then are one. */
#define METHODS_MAX 100

static void desk_next_method(struct desk *d)
{
	if (d->methods < METHODS_MAX)
		d->methods++;
	d->method = d->methods;
	d->current = -1;
}

/* The draft that words of this kind go to. By-design stands alone: nothing goes on with it. */
static struct draft *desk_open(
    struct desk *d, enum advice_kind kind, const struct block *b, struct span where)
{
	struct conditions applies = {.list = NULL};
	size_t i;

	applies_find(d, &applies, kind, b, where);
	i = draft_open(&d->drafts, kind, &applies, draft_has_doing(kind) ? d->method : 0,
	    d->section, line_of(b, where.start));
	conditions_fini(&applies);
	if (kind != ADVICE_BY_DESIGN)
		d->current = (long)i;
	return &d->drafts.list[i];
}

/*
 * Kinds a phrase may make in this section: what is told of symptoms is no cure, and an
 * article that has a section of workarounds only refers to them elsewhere. What an
 * article of instructions tells how to obtain is no hotfix.
 */
static bool kind_is_told(const struct desk *d, enum advice_kind kind)
{
	bool cure = d->section == SECTION_RESOLUTION || d->section == SECTION_WORKAROUND;

	if (kind == ADVICE_WORKAROUND && !cure &&
	    article_section(d->article, SECTION_WORKAROUND) != NULL)
		return false;
	if (kind == ADVICE_EXPLANATION && !cure)
		return false;
	if (kind == ADVICE_HOTFIX && d->plain == ADVICE_HOW_TO)
		return false;
	if (kind == ADVICE_FIX && (d->section == SECTION_WORKAROUND ||
				      (d->section != SECTION_STATUS && !cure &&
					  article_section(d->article, SECTION_RESOLUTION))))
		return false;
	if (d->section == SECTION_SYMPTOMS || d->section == SECTION_CAUSE)
		return kind == ADVICE_BY_DESIGN || kind == ADVICE_WORKAROUND;
	return true;
}

static void lead_set(struct desk *d, char *words)
{
	free(d->lead);
	d->lead = words;
}

/* How a paragraph stands to its neighbours. */
struct place {
	bool before_steps; /* a step follows */
	bool goes_on; /* plain sentences go on with the current draft */
};

/* The first sentence at or behind the i-th that a phrase has given a kind, or their number. */
static size_t next_of_kind(const struct desk *d, size_t i)
{
	while (i < d->sentences.n && d->sentences.list[i].kind == ADVICE_NKINDS)
		i++;
	return i;
}

/*
 * "The store was changed to release it. To resolve this, obtain the service pack": what
 * leads to a vendor's cure in its own paragraph tells about that cure. Returns the sentence
 * with the cure, or NULL; `next` is the next that has a kind.
 */
static const struct sentence *vendor_ahead(const struct desk *d, size_t next)
{
	const struct sentence *s = &d->sentences.list[next];

	if (next == d->sentences.n ||
	    (s->kind != ADVICE_SERVICE_PACK && s->kind != ADVICE_HOTFIX))
		return NULL;
	return kind_is_told(d, s->kind) ? s : NULL;
}

/* The draft for one sentence, or NULL when it is no advice. */
static struct draft *sentence_draft(struct desk *d, const struct block *b,
    const struct sentence *s, const struct place *place)
{
	bool doing = d->current >= 0 && draft_has_doing(desk_current(d)->advice.kind);

	if (s->kind != ADVICE_NKINDS && kind_is_told(d, s->kind) &&
	    (s->kind != ADVICE_EXPLANATION || d->current < 0)) {
		struct draft *draft = desk_open(d, s->kind, b, s->where);

		draft->told = true;
		return draft;
	}
	if (d->plain != ADVICE_NKINDS) {
		if (place->before_steps && !doing)
			return desk_open(d, d->plain, b, s->where);
		if (d->steps_only && !place->before_steps)
			return NULL;
		if (d->current < 0 || (d->or_next && !doing))
			return desk_open(d, d->plain, b, s->where);
		return desk_current(d);
	}
	return place->goes_on ? desk_current(d) : NULL;
}

/* What was said before about risks is said of something a person does. */
static void risks_flush(struct desk *d, struct draft *draft)
{
	if (!draft_has_doing(draft->advice.kind))
		return;
	draft->advice.risks |= d->risks;
	d->risks = 0;
}

/* "-or-" goes before the words it announces. */
static void or_flush(struct desk *d, struct draft *draft)
{
	if (d->or_next)
		draft_add_or(draft);
	d->or_next = false;
}

static void lead_flush(struct desk *d, struct draft *draft)
{
	if (d->lead == NULL)
		return;
	draft_add_text(draft, d->lead, true);
	lead_set(d, NULL);
}

/* Boilerplate and what is only confirmed are not kept; the risks they name are. */
static bool sentence_pass(struct desk *d, const struct block *b, const struct sentence *s)
{
	if (s->confirmed) {
		conditions_fini(&d->confirmed);
		conditions_read(&d->confirmed, d->advisor, b->text, s->where);
	}
	d->drafts.refers |= s->refers && d->section == SECTION_RESOLUTION;
	if (!s->drop && (!s->confirmed || s->kind != ADVICE_NKINDS || d->explaining))
		return false;
	d->risks |= s->risks;
	return true;
}

/* Adds the sentence; `begins` when what the block says for this draft begins with it. */
static void sentence_write(struct desk *d, struct draft *draft, const struct block *b,
    const struct sentence *s, bool begins)
{
	char *words = draft_words(b, s->where);

	if (b->kind == BLOCK_BULLET && begins) {
		char *item = xasprintf("- %s", words);
		free(words);
		words = item;
	}
	or_flush(d, draft);
	lead_flush(d, draft);
	draft_add_text(draft, words, begins);
	draft->advice.risks |= s->risks;
	risks_flush(d, draft);
	free(words);
}

/* Keeps the sentences of a paragraph or bullet that are advice; returns whether any is. */
static bool sentences_keep(struct desk *d, const struct block *b, struct place place)
{
	ptrdiff_t last = -1; /* the draft of the sentence before */
	size_t next = 0; /* see vendor_ahead; kept, or a long paragraph takes for ever */
	bool kept = false;

	for (size_t i = 0; i < d->sentences.n; i++) {
		const struct sentence *s = &d->sentences.list[i], *ahead = NULL;
		struct draft *draft;
		ptrdiff_t at;

		if (sentence_pass(d, b, s))
			continue;
		next = next < i || i == 0 ? next_of_kind(d, i) : next;
		if (d->current < 0 && d->plain != ADVICE_NKINDS)
			ahead = vendor_ahead(d, next);
		draft = ahead != NULL ? desk_open(d, ahead->kind, b, ahead->where)
				      : sentence_draft(d, b, s, &place);
		if (draft == NULL)
			continue;
		at = draft - d->drafts.list;
		sentence_write(d, draft, b, s, at != last);
		last = s->kind == ADVICE_BY_DESIGN ? -1 : at;
		kept = place.goes_on = true;
	}
	return kept;
}

/* Whether the words that announce what comes are boilerplate. */
static bool sentences_dropped(const struct sentences *ss)
{
	return ss->n > 0 && ss->list[ss->n - 1].drop;
}

static struct span whole(const struct block *b)
{
	return (struct span){.start = 0, .end = strlen(b->text)};
}

/* Part of a step: a line of its own behind it. */
static void detail_read(struct desk *d, const struct block *b)
{
	struct draft *draft = desk_current(d);
	char *words = draft_words(b, whole(b));

	sentences_read(&d->sentences, d->advisor, b);
	if (d->or_next)
		draft_add_detail(draft, NULL, "-or-");
	d->or_next = false;
	draft_add_detail(draft, b->kind == BLOCK_BULLET ? "-" : b->label, words);
	draft->advice.risks |= sentences_risks(&d->sentences);
	free(words);
}

/* Longer paragraphs say more than which version comes next, the more so without a colon. */
#define HEAD_MAX 48
#define HEAD_MAX_BARE 32

/* A line that names versions and says nothing else heads what follows, as a heading does. */
static bool head_read(struct desk *d, const struct block *b)
{
	struct conditions named = {.list = NULL};
	size_t n = strlen(b->text);

	if (b->kind != BLOCK_PARAGRAPH || n > HEAD_MAX ||
	    strchr(".!?)", b->text[n - 1]) != NULL)
		return false;
	if (n > HEAD_MAX_BARE && !paragraph_announces(b->text))
		return false;
	sentences_read(&d->sentences, d->advisor, b);
	if (d->sentences.n != 1 || d->sentences.list[0].kind != ADVICE_NKINDS)
		return false;
	conditions_read(&named, d->advisor, b->text, whole(b));
	if (named.n == 0)
		return false;
	conditions_fini(&d->scope);
	conditions_fini(&d->confirmed);
	d->scope = named;
	d->current = -1;
	return true;
}

static void paragraph_read(struct desk *d, const struct block *b, const struct block *next)
{
	struct place place = {
	    .before_steps =
		next != NULL && next->kind == BLOCK_STEP && paragraph_announces(b->text),
	    .goes_on = d->current >= 0 &&
		       (d->section == SECTION_STATUS || paragraph_is_note(b->text) ||
			   (b->kind == BLOCK_BULLET && d->open)),
	};
	struct draft *draft;
	bool kept;

	if (b->kind == BLOCK_BULLET && d->dropped)
		return;
	if (b->kind == BLOCK_PARAGRAPH && paragraph_is_method(b->text))
		desk_next_method(d);
	sentences_read(&d->sentences, d->advisor, b);
	draft = desk_current(d);
	if (draft == NULL && paragraph_is_note(b->text) &&
	    sentences_risks(&d->sentences) != 0) {
		d->risks |= sentences_risks(&d->sentences); /* the risk says it */
		return;
	}
	if (place.before_steps && draft != NULL && draft->advice.nsteps > 0 &&
	    draft_has_doing(draft->advice.kind) && !sentences_dropped(&d->sentences)) {
		lead_set(d, draft_words(b, whole(b)));
		d->dropped = false;
		return;
	}
	kept = sentences_keep(d, b, place);
	if (b->kind == BLOCK_BULLET)
		return;
	d->dropped = sentences_dropped(&d->sentences);
	d->open = kept && !d->dropped && paragraph_announces(b->text);
}

static void verbatim_read(struct desk *d, const struct block *b)
{
	struct draft *draft = desk_current(d);
	char *words;

	sentences_read(&d->sentences, d->advisor, b);
	if (d->dropped || sentences_dropped(&d->sentences))
		return;
	if (draft == NULL || (d->plain == ADVICE_NKINDS && !d->open) || d->steps_only)
		return;
	or_flush(d, draft);
	words = draft_words(b, whole(b));
	draft_add_text(draft, words, true);
	draft->advice.risks |= sentences_risks(&d->sentences);
	free(words);
}

static bool is_first(const char *label)
{
	return label != NULL && (label[0] == '1' || label[0] == 'a' || label[0] == 'A') &&
	       !isalnum((unsigned char)label[1]);
}

/* The draft a step belongs to, or NULL. */
static struct draft *step_draft(struct desk *d, const struct block *b)
{
	struct draft *draft = desk_current(d);
	bool doing = draft != NULL && draft_has_doing(draft->advice.kind);

	if (d->dropped)
		return NULL;
	if (d->or_next && doing && draft->advice.nsteps > 0 && is_first(b->label)) {
		d->or_next = false;
		d->method = ++d->methods;
		return desk_open(d, draft->advice.kind, b, whole(b));
	}
	if (doing && (d->plain != ADVICE_NKINDS || d->open || d->in_steps))
		return draft;
	return d->plain != ADVICE_NKINDS ? desk_open(d, d->plain, b, whole(b)) : NULL;
}

static void step_read(struct desk *d, const struct block *b)
{
	struct draft *draft = step_draft(d, b);
	char *words;

	d->in_steps = draft != NULL;
	d->depth = b->depth;
	if (draft == NULL)
		return;
	sentences_read(&d->sentences, d->advisor, b);
	words = draft_words(b, whole(b));
	if (d->or_next && draft->advice.nsteps > 0)
		draft_add_detail(draft, NULL, "-or-");
	d->or_next = false;
	draft_add_step(draft, d->lead, words);
	lead_set(d, NULL);
	draft->advice.risks |= sentences_risks(&d->sentences);
	risks_flush(d, draft);
	free(words);
}

static void block_read(struct desk *d, const struct block *b, const struct block *next)
{
	struct draft *draft = desk_current(d);

	if (sentence_is_connective(b->text)) {
		d->or_next = draft != NULL;
		return;
	}
	if (d->in_steps && b->depth > d->depth && draft != NULL &&
	    draft->advice.nsteps > 0) {
		detail_read(d, b);
		return;
	}
	if (b->kind == BLOCK_STEP) {
		step_read(d, b);
		return;
	}
	d->in_steps = false;
	if (b->kind == BLOCK_VERBATIM)
		verbatim_read(d, b);
	else if (!head_read(d, b))
		paragraph_read(d, b, next);
}

/* A sub-heading names versions, or an alternative, or just what comes. */
static void heading_read(struct desk *d, const struct section *s)
{
	struct span where = {.start = 0, .end = strlen(s->heading)};
	struct block heading = {.kind = BLOCK_PARAGRAPH, .text = s->heading};

	conditions_fini(&d->scope);
	conditions_read(&d->scope, d->advisor, s->heading, where);
	sentences_read(&d->sentences, d->advisor, &heading);
	d->dropped = sentences_dropped(&d->sentences);
	if (d->scope.n > 0) {
		d->current = -1;
	} else if (paragraph_is_method(s->heading) || d->method > 0) {
		d->method = ++d->methods;
		d->current = -1;
	} else if (d->current >= 0 && d->plain != ADVICE_NKINDS) {
		lead_set(d, xasprintf("%s:", s->heading));
	}
}

static void unit_begin(struct desk *d, const struct section *s)
{
	d->section = s->kind;
	d->open = d->dropped = d->in_steps = d->or_next = false;
	conditions_fini(&d->confirmed);
	lead_set(d, NULL);
	if (s->level > 1 && s->heading != NULL) {
		heading_read(d, s);
		return;
	}
	conditions_fini(&d->scope);
	d->current = -1;
	d->method = 0;
	d->risks = 0;
}

/* Risks told behind everything they are about belong to the last entry. */
static void unit_end(struct desk *d)
{
	struct draft *draft = desk_current(d);

	if (draft != NULL)
		risks_flush(d, draft);
}

/* The block behind the i-th, notes left out, or NULL. */
static const struct block *block_after(const struct section *s, size_t i)
{
	while (++i < s->nblocks)
		if (s->blocks[i].kind != BLOCK_PARAGRAPH ||
		    !paragraph_is_note(s->blocks[i].text))
			return &s->blocks[i];
	return NULL;
}

void desk_read(
    struct desk *d, const struct section *s, enum advice_kind plain, bool steps_only)
{
	d->plain = plain;
	d->steps_only = steps_only;
	unit_begin(d, s);
	for (size_t i = 0; i < s->nblocks; i++)
		block_read(d, &s->blocks[i], block_after(s, i));
	unit_end(d);
}

void desk_fini(struct desk *d)
{
	sentences_fini(&d->sentences);
	conditions_fini(&d->scope);
	conditions_fini(&d->confirmed);
	lead_set(d, NULL);
}
