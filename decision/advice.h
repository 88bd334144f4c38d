/* SPDX-License-Identifier: ISC */
/*
 * What to do about it: an article's advice, one entry a kind and version, with steps, risk
 * and the words it stands on. Extracted by kbc, stored in the knowledge file, shown by the
 * wizard. Advice is never invented: an article without a fix gives its cause as explanation.
 */
#ifndef DECISION_ADVICE_H
#define DECISION_ADVICE_H

#include <stdint.h>

#include "../kb/article.h"
#include "recognise.h"

#define ADVICE_LIST(X)                                                                     \
	X(FIX, "fix")                                                                      \
	X(WORKAROUND, "workaround")                                                        \
	X(SERVICE_PACK, "service-pack")                                                    \
	X(HOTFIX, "hotfix")                                                                \
	X(BY_DESIGN, "by-design")                                                          \
	X(HOW_TO, "how-to")                                                                \
	X(EXPLANATION, "explanation")

enum advice_kind {
#define X(kind, name) ADVICE_##kind,
	ADVICE_LIST(X)
#undef X
	    ADVICE_NKINDS
};

/* name, what to do first (shown before the steps) */
#define RISK_LIST(X)                                                                       \
	X(DATA_LOSS, "data-loss",                                                          \
	    "Data can be lost. Make a backup you have tested first.")                      \
	X(RESTART, "restart",                                                              \
	    "Something restarts. Choose a time when nobody works on it.")                  \
	X(IRREVERSIBLE, "irreversible",                                                    \
	    "This cannot be undone. Write down how it is now.")                            \
	X(UNTESTED_FIX, "untested-fix",                                                    \
	    "Not fully regression-tested. Only for computers that have this very "         \
	    "problem.")                                                                    \
	X(REGISTRY, "registry",                                                            \
	    "This edits the registry. Export the key before you change it.")

enum risk {
#define X(kind, name, first) RISK_##kind,
	RISK_LIST(X)
#undef X
	    RISK_NKINDS
};

/* An entry is for these answers of a question; several conditions must all hold. */
struct condition {
	size_t question;
	uint64_t answers; /* bit per answer index, never 0 */
};

struct advice {
	enum advice_kind kind;
	enum section_kind section; /* where it stands */
	unsigned line;
	struct condition *applies; /* empty: whatever the answers */
	size_t napplies;
	char **
	    steps; /* numbered instructions in order, without their numbers; may be empty */
	size_t nsteps;
	char *text; /* the sentences it stands on, clean, paragraphs apart by "\n\n" */
	unsigned risks; /* bits 1u << enum risk */
};

struct advices {
	struct advice *list;
	size_t n, cap;
};

struct advisor; /* the domain's phrases, compiled */

struct advisor *advisor_new(
    const struct questions *, const struct recognisers *, struct err *);
void advisor_free(struct advisor *);
/* As recognisers_hasten. */
void advisor_hasten(struct advisor *);

/*
 * Whether the article is a list of many others' problems (a readme, release notes, bugs
 * fixed): it mentions everything and answers nothing, and has no advice.
 */
bool advisor_is_list(const struct advisor *, const struct article *);

/*
 * Fills `advices` with what the article advises, in the order in which it is offered: what
 * stands in RESOLUTION, in its order (service packs before hotfixes); workarounds; service
 * packs, hotfixes and fixes told elsewhere; by design, instructions, explanations.
 */
void advice_extract(struct advices *, const struct advisor *, const struct article *);
void advices_fini(struct advices *);
void advice_fini(struct advice *);
void advices_print(FILE *, const struct advices *, const struct questions *);

/* Whether somebody can do it and see whether it helps; what explains can only be read. */
bool advice_can_be_tried(const struct advice *);
/* Bit per answer of the question that the entry is for; all bits if it has no condition. */
uint64_t advice_answers(const struct advice *, size_t question);

const char *advice_kind_name(enum advice_kind);
enum advice_kind advice_kind_by_name(const char *); /* or ADVICE_NKINDS */
const char *risk_name(enum risk);
const char *risk_first(enum risk); /* what to do first */
enum risk risk_by_name(const char *); /* or RISK_NKINDS */

#endif
