/* SPDX-License-Identifier: ISC */
/*
 * Finding answers in text: the same recognisers read articles (extract.c) and what people
 * say or paste (understand.c). A recogniser gives findings: this question, this answer, in
 * these bytes. It looks at one text at a time and knows nothing of articles.
 */
#ifndef DECISION_RECOGNISE_H
#define DECISION_RECOGNISE_H

#include "needs.h"
#include "pattern.h"
#include "question.h"

/*
 * Three different things a named service pack can be: the article applies to it (so it is
 * with every fact that is not a service pack), it corrects the problem, it brings it about.
 */
#define ROLE_LIST(X)                                                                       \
	X(AFFECTED, "affected")                                                            \
	X(CURING, "curing")                                                                \
	X(TRIGGER, "trigger")

enum role {
#define X(role, name) ROLE_##role,
	ROLE_LIST(X)
#undef X
	    ROLE_NKINDS
};

const char *role_name(enum role);
enum role role_by_name(const char *); /* or ROLE_NKINDS */

struct finding {
	size_t question; /* index */
	int answer; /* index of a choice; -1 for an open question */
	char *value; /* canonical value of an open question, or NULL; owned */
	enum role role;
	struct span where; /* the deciding words */
};

struct findings {
	struct finding *list;
	size_t n, cap;
};

/* Where a text comes from. */
enum voice { VOICE_ARTICLE, VOICE_PERSON };

struct recognisers;

/*
 * Compiles every pattern; NULL and err if one does not compile. Where needs are given it
 * compiles a pattern when a text may hold what it needs; one that does not compile then finds
 * nothing, and recognisers_tried() is -1 with err. Questions and needs must outlive it.
 */
struct recognisers *recognisers_new(
    const struct questions *, const struct needs *, struct err *);
int recognisers_tried(const struct recognisers *, struct err *);
/* What each pattern needs, packed (needs.h); the caller frees it. */
unsigned char *recognisers_needs(const struct questions *, size_t *len);
void recognisers_free(struct recognisers *);
/* Makes recognising faster from here on, with equal results, for some milliseconds now. */
void recognisers_hasten(struct recognisers *);

/*
 * Appends what is found in text, in order of place. `sections` has the bit of the section
 * the text stands in; a question that does not read that section is not looked for. For
 * VOICE_PERSON all questions are. `intro` is the paragraph before a verbatim block, or
 * whatever stands right before a paragraph (it may announce an error message), or NULL.
 * Of a text of more than 64 KB only that much is read.
 */
void recognise(const struct recognisers *, enum voice, unsigned sections, enum block_kind,
    const char *text, const char *intro, struct findings *);

void findings_fini(struct findings *);

#endif
