/* SPDX-License-Identifier: ISC */
/*
 * Entries of advice while they are written: which entry a sentence belongs to, and words
 * going into text and steps. Used by advice.c and its desk.
 */
#ifndef DECISION_ADVICE_DRAFT_H
#define DECISION_ADVICE_DRAFT_H

#include "advice_sentences.h"

/* Text and steps of one entry stop growing here; the article itself is a key away. */
#define DRAFT_TEXT_MAX 4000
#define DRAFT_STEPS_MAX 200

struct draft {
	struct advice advice;
	unsigned method; /* which of several alternatives; 0 if there are none */
	bool told; /* a phrase of its kind says so; not only where it stands */
	size_t number; /* how many were opened before it; known when all are */
	unsigned rank; /* in what order it is offered, likewise; then by place */
	size_t place; /* among what the resolution has */
};

struct drafts {
	struct draft *list;
	size_t n, cap;
	bool refers; /* the resolution refers to a cure that is told elsewhere */
};

/*
 * The draft of that kind, conditions and method, made if there is none. Methods keep apart
 * what a person does; what a vendor supplies (service pack, hotfix) is one entry.
 */
size_t draft_open(struct drafts *, enum advice_kind, const struct conditions *,
    unsigned method, enum section_kind, unsigned line);

/* Kinds that have steps: what a person does. */
bool draft_has_doing(enum advice_kind);

/* Adds a paragraph, or goes on with the last one; words it already has are left out. */
void draft_add_text(struct draft *, const char *words, bool paragraph);
/* Adds the word between two alternatives as a paragraph of its own. */
void draft_add_or(struct draft *);
/* Adds a step; `lead` (or NULL) is put before its words. */
void draft_add_step(struct draft *, const char *lead, const char *words);
/* Adds a line to the last step. */
void draft_add_detail(struct draft *, const char *label, const char *words);

/*
 * Words of a block as they are read: of prose the lines joined, a word broken behind its
 * hyphen without a blank; of a verbatim block as they stand. The caller frees them.
 */
char *draft_words(const struct block *, struct span where);

/* Whether all it says is that something follows, which became another entry. */
bool draft_only_announces(const struct draft *);

/* Moves the finished entries to `out`, in the order in which they are offered (advice.h). */
void drafts_finish(struct drafts *, struct advices *out);

#endif
