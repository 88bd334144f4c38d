/* SPDX-License-Identifier: ISC */
/*
 * The ways to answer a question, in the order in which screens and line mode show them, and
 * answering one: the answers listed, "there is none" for an open question, "I don't know"
 * always. The answers to a choice are numbered; those to an open question are not, because
 * there a number is an answer itself.
 */
#ifndef TUI_CHOICES_H
#define TUI_CHOICES_H

#include "../decision/session.h"

struct choice {
	char *value; /* what session_answer takes */
	char *label; /* what people read */
	char *key; /* "1", "0" for not knowing; NULL where answers are not numbered */
	bool idle; /* it hardly matters now (session.h); those stand behind the others */
	bool more; /* no answer, but what stands for those that were folded */
};

struct choices {
	struct choice *list;
	size_t n, cap;
};

/*
 * Of `question`. The offers of the state are used if it is the one being asked, else the
 * answers of the questions file.
 */
void choices_fill(
    struct choices *, const struct questions *, const struct state *, size_t question);
void choices_fini(struct choices *);
/*
 * Puts one line in the place of the answers that hardly matter now, if they are a few: how to
 * see them stands in it, `how`. Numbers stay as they are. Whatever is typed is looked up in
 * choices that are not folded.
 */
void choices_fold(struct choices *, const char *how);
/* How many answers have a number. */
unsigned choices_numbered(const struct choices *);
/* Of an open question: keeps the suggestions that hold the text, and not knowing and none. */
void choices_filter(struct choices *, const char *text);

/* The choice of that number, value or label, in any case; -1 if there is none. */
int choices_find(const struct choices *, const char *text);
/* The only choice whose label begins like that; -1 if there is none, or several. */
int choices_find_beginning(const struct choices *, const char *text);

/* Whether an answer to an open question may be meant as a key for "I don't know". */
bool choices_doubtful(const char *text);

/*
 * Gives answer number `given` of the session a new value; it keeps its place where it was a
 * choice. Errors as session_answer, and ERR_USAGE where it is no answer to a question.
 */
int choices_change(struct session *, size_t given, const char *value, struct err *);

#endif
