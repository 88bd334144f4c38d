/* SPDX-License-Identifier: ISC */
/*
 * What can be asked. A domain's questions come from one YAML file (question_read.c) when
 * articles are compiled and from the knowledge file when the wizard runs; both fill the
 * structures below. Nothing else in the program knows anything of a domain.
 *
 * kb-questions(5) describes every field for authors.
 */
#ifndef DECISION_QUESTION_H
#define DECISION_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "../kb/article.h"
#include "../kb/diag.h"
#include "../kb/err.h"
#include "code.h"

/* A closed list; or any value is accepted and `answers` are suggestions. */
#define QUESTION_KIND_LIST(X)                                                              \
	X(CHOICE, "choice")                                                                \
	X(NUMBER, "number")                                                                \
	X(CODE, "code")                                                                    \
	X(TEXT, "text")

enum question_kind {
#define X(kind, name) QUESTION_##kind,
	QUESTION_KIND_LIST(X)
#undef X
	    QUESTION_NKINDS
};

/* How values are found in text. Patterns are those of the answers and work for every one. */
#define RECOGNISER_LIST(X)                                                                 \
	X(PATTERNS, "patterns")                                                            \
	X(VERSION, "version") /* of the product named by `of` */                           \
	X(SERVICE_PACK, "service-pack") /* of the product named by `of` */                 \
	X(EVENT_ID, "event-id")                                                            \
	X(EVENT_SOURCE, "event-source")                                                    \
	X(ERROR_CODE, "error-code")                                                        \
	X(MESSAGE, "message") /* quoted messages and function names */                     \
	X(SIGN, "sign") /* nothing in text: the articles' own sentences, see sign.h */

enum recogniser {
#define X(kind, name) RECOGNISE_##kind,
	RECOGNISER_LIST(X)
#undef X
	    RECOGNISE_NKINDS
};

/* Pattern sources in the order written; PCRE2 syntax as pattern.h reads it. */
struct patterns {
	char **list;
	size_t n;
};

struct answer {
	char *key; /* "sp1" */
	char *label; /* "Service Pack 1" */
	double
	    share; /* how common it is before any article is counted; shares of a question sum to 1 */
	struct patterns patterns; /* in articles and in what people say */
	struct patterns said; /* only in what people say */
	struct patterns except; /* a match inside a match of one of these does not count */
};

struct question {
	char *key; /* "service-pack" */
	char *ask; /* on screen */
	char *say; /* read aloud to a caller */
	char *find; /* how to find out; lines of prose */
	enum question_kind kind;
	enum recogniser recogniser;
	char *of; /* pattern of the product whose versions count, or NULL */
	unsigned sections; /* bits 1u << enum section_kind that are read */
	double cost; /* minutes at a console, > 0 */
	double cost_phone; /* minutes on the phone, > 0 */
	double unknown; /* how often people cannot answer it, 0..0.95 */
	double error; /* how often an answer is wrong (e of the belief), 0..0.5 */
	int silent; /* the answer that an article means by silence, or -1 */
	bool variant; /* its answers say whether an entry of advice is for the person */
	struct answer *answers; /* at most QUESTION_MAX_ANSWERS */
	size_t nanswers;
};

#define QUESTION_MAX_ANSWERS 64
#define QUESTION_MAX 64

/*
 * How a domain's articles state what they state: sentences that make advice of a kind
 * (names of enum advice_kind), that carry a risk (names of enum risk), and four names more:
 * "drop" (boilerplate that is no advice), "confirmed" (names affected versions), "curing" and
 * "trigger" (a service pack found inside such a match has that role).
 */
struct phrase {
	char *name;
	char *pattern;
};

struct questions {
	char *name; /* of the domain: "Exchange Server backup" */
	char *about; /* one or two sentences for the start screen */
	struct question *list;
	size_t n;
	struct symbol *symbols;
	size_t nsymbols;
	struct phrase *phrases;
	size_t nphrases;
};

/*
 * Reads and checks a questions file. NULL if it cannot be used: unreadable (err), or faulty
 * (diag says where, err says so).
 */
struct questions *questions_read(const char *path, struct diag *, struct err *);

/* The questions that fit any articles, used where no file is given. */
struct questions *questions_builtin(void);

void questions_free(struct questions *);

/*
 * Adds the question whose answers are articles, "Which of these do you see?", with its
 * standard wording, unless the domain has worded it itself. Every set of questions has one.
 */
void questions_add_sign(struct questions *);

/* Its index; n in a set that was made without it. */
size_t questions_sign(const struct questions *);

/* Index of the question of that key, or -1. */
int questions_find(const struct questions *, const char *key);
/* Index of the answer of that key, or -1. */
int question_answer(const struct question *, const char *key);

bool question_is_open(const struct question *);
/* A choice without declared answers: they are the signs of the likeliest articles. */
bool question_is_sign(const struct question *);
const char *question_kind_name(enum question_kind); /* "choice" */
const char *recogniser_name(enum recogniser);

/*
 * The canonical form of a value given to an open question ("0x6ba" -> "1722"), or NULL if it
 * is none. Text is trimmed and its white space made single blanks. The caller frees it.
 */
char *question_canonical(
    const struct questions *, const struct question *, const char *value);

#endif
