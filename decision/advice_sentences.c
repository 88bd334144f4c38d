/* SPDX-License-Identifier: ISC */
/* What the sentences of a block say. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "advice_sentences.h"
#include "sentence.h"

/* Where phrases of two kinds match a sentence, the first of these has it. */
static const enum advice_kind precedence[] = {
    ADVICE_BY_DESIGN,
    ADVICE_HOTFIX,
    ADVICE_SERVICE_PACK,
    ADVICE_WORKAROUND,
    ADVICE_FIX,
    ADVICE_HOW_TO,
    ADVICE_EXPLANATION,
};

static void sentences_split(struct sentences *ss, const struct block *b)
{
	size_t len = strlen(b->text), start = sentence_skip_space(b->text, len, 0), end;

	while (start < len) {
		end = b->kind == BLOCK_VERBATIM ? len : sentence_end(b->text, len, start);
		ss->list = xgrow(ss->list, ss->n, &ss->cap, sizeof *ss->list);
		ss->list[ss->n++] = (struct sentence){
		    .where = {.start = start, .end = end}, .kind = ADVICE_NKINDS};
		start = sentence_skip_space(b->text, len, end);
	}
}

/* What a match says of the sentence it begins in. */
struct mark {
	enum advice_kind kind;
	unsigned risks;
	bool drop, refers, confirmed;
};

static void sentence_mark(struct sentences *ss, size_t at, const struct mark *m)
{
	for (size_t i = 0; i < ss->n; i++) {
		struct sentence *s = &ss->list[i];

		if (at >= s->where.end)
			continue;
		if (s->kind == ADVICE_NKINDS)
			s->kind = m->kind;
		s->risks |= m->risks;
		s->drop |= m->drop;
		s->refers |= m->refers;
		s->confirmed |= m->confirmed;
		return;
	}
}

/* Phrases are matched in the whole block: a pattern may reach over a stop. */
static void sentences_match(struct sentences *ss, const struct pattern_list *l,
    const struct pattern_scan *scan, const char *text, size_t len, struct mark m)
{
	struct span s;

	for (size_t i = 0; i < l->n; i++)
		for (size_t from = 0;
		     pattern_scan_find(scan, l->list[i], text, len, from, &s, 1);
		     from = s.end > s.start ? s.end : s.end + 1)
			sentence_mark(ss, sentence_skip_space(text, len, s.start), &m);
}

void sentences_read(struct sentences *ss, const struct advisor *ad, const struct block *b)
{
	size_t len = strlen(b->text);
	struct pattern_scan scan;

	ss->n = 0;
	sentences_split(ss, b);
	pattern_scan_init(&scan, ad->set, b->text, len);
	for (size_t i = 0; i < sizeof precedence / sizeof *precedence; i++)
		sentences_match(ss, &ad->kinds[precedence[i]], &scan, b->text, len,
		    (struct mark){.kind = precedence[i]});
	for (size_t i = 0; i < RISK_NKINDS; i++)
		sentences_match(ss, &ad->risks[i], &scan, b->text, len,
		    (struct mark){.kind = ADVICE_NKINDS, .risks = 1u << i});
	sentences_match(ss, &ad->drop, &scan, b->text, len,
	    (struct mark){.kind = ADVICE_NKINDS, .drop = true});
	sentences_match(ss, &ad->references, &scan, b->text, len,
	    (struct mark){.kind = ADVICE_NKINDS, .drop = true, .refers = true});
	sentences_match(ss, &ad->confirmed, &scan, b->text, len,
	    (struct mark){.kind = ADVICE_NKINDS, .confirmed = true});
	pattern_scan_fini(&scan);
}

unsigned sentences_risks(const struct sentences *ss)
{
	unsigned risks = 0;

	for (size_t i = 0; i < ss->n; i++)
		risks |= ss->list[i].risks;
	return risks;
}

void sentences_fini(struct sentences *ss)
{
	free(ss->list);
	*ss = (struct sentences){.list = NULL};
}

static void condition_add(struct conditions *cs, size_t question, int answer)
{
	size_t i;

	for (i = 0; i < cs->n && cs->list[i].question < question; i++)
		continue;
	if (i == cs->n || cs->list[i].question != question) {
		cs->list = xrealloc_array(cs->list, cs->n + 1, sizeof *cs->list);
		memmove(cs->list + i + 1, cs->list + i, (cs->n - i) * sizeof *cs->list);
		cs->list[i] = (struct condition){.question = question};
		cs->n++;
	}
	cs->list[i].answers |= UINT64_C(1) << answer;
}

void conditions_read(
    struct conditions *cs, const struct advisor *ad, const char *text, struct span where)
{
	char *words = xstrndup(text + where.start, where.end - where.start);
	struct findings found = {.list = NULL};

	recognise(
	    ad->recognisers, VOICE_ARTICLE, ~0u, BLOCK_PARAGRAPH, words, NULL, &found);
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].answer >= 0 &&
		    ad->questions->list[found.list[i].question].variant)
			condition_add(cs, found.list[i].question, found.list[i].answer);
	findings_fini(&found);
	free(words);
}

void conditions_read_older(
    struct conditions *cs, const struct advisor *ad, const char *text, struct span where)
{
	char *words = xstrndup(text + where.start, where.end - where.start);
	struct findings found = {.list = NULL};

	recognise(
	    ad->recognisers, VOICE_ARTICLE, ~0u, BLOCK_PARAGRAPH, words, NULL, &found);
	for (size_t q = 0; q < ad->questions->n; q++) {
		uint64_t curing = 0, affected = 0, older;

		if (ad->questions->list[q].recogniser != RECOGNISE_VERSION)
			continue;
		for (size_t i = 0; i < found.n; i++)
			if (found.list[i].question == q && found.list[i].answer >= 0)
				*(found.list[i].role == ROLE_CURING ? &curing
								    : &affected) |=
				    UINT64_C(1) << found.list[i].answer;
		older = curing != 0 ? (curing & (~curing + 1)) - 1 : 0;
		if ((older & affected) != 0)
			older &= affected;
		for (int k = 0; older >> k != 0; k++)
			if (older >> k & 1)
				condition_add(cs, q, k);
	}
	findings_fini(&found);
	free(words);
}

bool conditions_equal(
    const struct condition *a, size_t na, const struct condition *b, size_t nb)
{
	if (na != nb)
		return false;
	for (size_t i = 0; i < na; i++)
		if (a[i].question != b[i].question || a[i].answers != b[i].answers)
			return false;
	return true;
}

void conditions_copy(struct conditions *to, const struct conditions *from)
{
	conditions_fini(to);
	if (from->n > 0)
		to->list = xmemdup(from->list, from->n * sizeof *from->list);
	to->n = from->n;
}

void conditions_fini(struct conditions *cs)
{
	free(cs->list);
	*cs = (struct conditions){.list = NULL};
}

bool paragraph_is_method(const char *text)
{
	static const char *const words[] = {"method ", "procedure ", "option ",
	    "workaround ", "resolution ", "solution ", "alternative "};
	static const char *const next[] = {"alternatively,", "another resolution ",
	    "another workaround ", "another solution ", "another method ", "another way "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);

		if (strncasecmp(text, words[i], n) != 0)
			continue;
		if (isdigit((unsigned char)text[n]))
			return true;
		if (isupper((unsigned char)text[n]) && !isalnum((unsigned char)text[n + 1]))
			return true;
	}
	for (size_t i = 0; i < sizeof next / sizeof *next; i++)
		if (strncasecmp(text, next[i], strlen(next[i])) == 0)
			return true;
	return false;
}

bool paragraph_announces(const char *text)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" \n", text[n - 1]) != NULL)
		n--;
	return n > 0 && text[n - 1] == ':';
}

bool paragraph_is_note(const char *text)
{
	static const char *const words[] = {"note", "important", "warning", "caution"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncasecmp(text, words[i], strlen(words[i])) == 0 &&
		    strchr(": ", text[strlen(words[i])]) != NULL)
			return true;
	return false;
}
