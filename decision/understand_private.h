/* SPDX-License-Identifier: ISC */
/*
 * What the files of understand.c share: one text that is being understood. Nobody else
 * includes this.
 */
#ifndef DECISION_UNDERSTAND_PRIVATE_H
#define DECISION_UNDERSTAND_PRIVATE_H

#include "understand.h"

/* Mends misspelt words (understand_mend.c); the lookup must outlive it. */
struct mender;

struct mender *mender_new(const struct questions *, const struct lookup *);
void mender_free(struct mender *);
/*
 * What the word at text[at] was meant for, or NULL if it has no slip; *len is its length. It
 * *replaces the typed word if recognisers may go by it. The caller frees it.
 */
char *mender_mend(
    struct mender *, const char *text, size_t at, size_t *len, bool *replaces);

/* A text whose numbers in words were written in figures, and slips in words mended. */
struct spoken {
	char *text;
	struct rewrite {
		struct span figures, words; /* in `text`; in what was said */
		char *meant; /* of a slip in a word: what it was taken for; else NULL */
	} * list; /* ascending */
	size_t n, cap;
};

/* "event ten sixteen" -> "event 1016"; with a mender "evnt 1016" as well. */
void spoken_read(struct spoken *, const char *said, struct mender *);
/* The words that became text[span]. */
struct span spoken_words(const struct spoken *, struct span);
void spoken_fini(struct spoken *);

struct listener {
	const struct questions *questions;
	const struct lookup *lookup;
	const char *said;
	struct spoken spoken;
	struct findings found; /* in spoken.text, not in order */
	uint64_t *named; /* of each choice, bits of the answers that the text names */
	struct understandings *out;
};

/* Adds it unless that value is there already; takes `u` over. `where` is in spoken.text. */
void listener_add(struct listener *, struct understood u, struct span where);
bool listener_knows(const struct listener *, size_t question, const char *value);

/*
 * The known value that typed, which is of no known value, was meant for; or NULL. First the
 * same value in other clothes, then one slip away.
 */
char *slip_clothes(const struct listener *, size_t question, const char *typed);
char *slip_value(const struct listener *, size_t question, const char *typed);
/* Letters that look like figures made figures, or NULL if there are none: "8O1O" -> "8010". */
char *slip_figures(const char *typed);

/* The bytes of a word, an identifier or a number, from there on; empty at the end. */
struct span token_next(const char *text, size_t from);
/* Whether a number, code or name was found there already. */
bool listener_has_found(const struct listener *, struct span where);
/* Adds the value, and to what was found, when it is known; `slip` is what was typed instead of it, or NULL. */
bool listen_value(struct listener *, size_t question, const char *text, const char *slip,
    struct span where);

/* Adds the code that the figures are without their minus sign. Whether it is known. */
bool listen_negative(struct listener *, const char *figures, struct span where);
/* Whether the sentence there speaks of events or a log. */
bool listener_speaks_of_events(const struct listener *, struct span where);

/* Articles by number, bare numbers, lines of an exported event log, codes with slips. */
void listen_known(struct listener *);
/* Numbers and sources that count because of the words around them. */
void listen_context(struct listener *);

#endif
