/* SPDX-License-Identifier: ISC */
/*
 * A session: the answers given so far, in order, and nothing else. What is believed, asked
 * or advised is computed from them: the state is a pure function of knowledge and answers.
 * Screens, line mode and `diagnose` all drive this and hold no answers of their own.
 *
 * The knowledge must outlive the session. Functions that return -1 or NULL fill err:
 * ERR_USAGE when the question or answer does not exist (the sentence lists what is allowed
 * and the session is unchanged), else as knowledge.h says.
 */
#ifndef DECISION_SESSION_H
#define DECISION_SESSION_H

#include "choose.h"
#include "knowledge.h"

enum given_kind {
	GIVEN_ANSWER, /* a choice */
	GIVEN_VALUE, /* a value of an open question */
	GIVEN_NONE, /* an open question: there is none */
	GIVEN_UNKNOWN, /* any question */
	GIVEN_WORDS, /* a description: evidence by its words */
	GIVEN_SIGN, /* picked the sentence of the article; from text: named its number */
	GIVEN_REJECTED, /* rejected the sentences of `articles` */
	GIVEN_FAILED, /* tried advice of `article`: it did not help */
	GIVEN_UNCLEAR, /* a text names several answers of a choice: it counts for nothing */
	GIVEN_ASIDE, /* the question waits for its answer; it counts for nothing */
};

enum source { SOURCE_ANSWER, SOURCE_TEXT };

struct given {
	enum given_kind kind;
	enum source source;
	int question; /* index, or -1 */
	int answer; /* index of a choice, or -1 */
	uint64_t among; /* of GIVEN_UNCLEAR: bits of the answers named */
	char *value; /* canonical: answer key or value, "none", "unknown"; never NULL */
	char *quote; /* as given */
	char *slip; /* what was typed where `value` was taken, or NULL */
	uint32_t *articles; /* of GIVEN_SIGN, GIVEN_REJECTED, GIVEN_FAILED */
	size_t narticles;
	size_t entry; /* of GIVEN_FAILED: which of the article's advice was tried */
	bool confirmed; /* understood from text, shown, and let stand */
	unsigned step; /* what one act of the person added shares one number */
};

struct session;

struct session *session_new(struct knowledge *, enum setting, struct err *);
void session_free(struct session *);

/*
 * Answers `question` (a key, or "sign") with `value` as a person writes it: an answer key, a
 * code in any spelling, "none", "unknown". A choice given again replaces the earlier answer
 * in its place; open values add up, spellings of one code count once; "none" and "unknown"
 * clear them.
 */
int session_answer(struct session *, const char *question, const char *value, struct err *);
/*
 * Free text: the facts understood in it count at once, and so do its words. Where it names
 * several answers of a choice, which it is stays to be asked.
 */
int session_say(struct session *, const char *text, struct err *);
/* An entry of advice (article and entry as in struct advised) was tried and did not help. */
void session_failed(struct session *, uint32_t article, size_t entry);
/*
 * Puts a question aside (an index, the signs' too), while somebody looks it up: others are
 * asked first, and it comes back when none is left. An answer takes its place at any time.
 */
void session_put_aside(struct session *, size_t question);
/* What was understood in that step was shown to the person, who let it stand: no more doubt. */
void session_confirm(struct session *, unsigned step);
/* Takes the last step back; false if there is none. */
bool session_back(struct session *);
/* Takes one answer back, wherever it stands; later ones stay. */
void session_retract(struct session *, size_t given);
void session_clear(struct session *);
/* Replaces all answers by these, which it takes over with the strings and lists in them. */
void session_adopt(struct session *, const struct given *list, size_t n);
void given_fini(struct given *);

const struct given *session_given(const struct session *, size_t *n);
struct knowledge *session_knowledge(const struct session *);

/* One answer of the question asked. */
struct offer {
	char *key; /* answer key or canonical value */
	char *label;
	double probability; /* given the belief */
	/* Of a choice: hardly expected, and no article of `articles_left` names it. */
	bool idle;
};

struct alarm {
	size_t given; /* the surprising answer */
	double bits;
	int suspect; /* the earlier answer that is the likeliest slip, or -1 */
};

/* One entry of advice, ready to show. */
struct advised {
	uint32_t article;
	size_t entry; /* its place among the article's advice */
	struct advice advice;
	bool
	    excluded; /* its conditions exclude an answer given; shown because nothing else is */
};

struct state {
	enum status status;
	struct belief *belief;
	uint32_t *ranking; /* the likeliest articles, at most SESSION_RANKED */
	size_t nranking;
	struct decision decision;
	bool returned; /* the question asked had been put aside */
	struct offer
	    *offers; /* of the question asked, likeliest first for open questions */
	size_t noffers;
	struct alarm *alarms;
	size_t nalarms;
	struct advised *advice; /* empty unless status is STATUS_ADVISE; best first */
	size_t nadvice;
	double questions_left; /* expected */
	size_t articles_left; /* holding 99 % of the belief in articles */
};

#define SESSION_RANKED 100
/* Of the belief in articles: what the articles still possible hold. */
#define SESSION_LEFT 0.99

/* The state now; owned by the session, valid until it changes. NULL and err on failure. */
const struct state *session_state(struct session *, struct err *);

/* The answer "none of these" to the signs that are offered; the caller frees it. */
char *session_rejection(const struct state *);

#endif
