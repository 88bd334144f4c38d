/* SPDX-License-Identifier: ISC */
/*
 * What is said, in words: question, answers, candidates, advice, why nothing fits. Each
 * function adds paragraphs to a page; screens and line mode show the same pages, so that
 * they cannot say different things. Nothing here knows how wide or where.
 *
 * Functions that read the knowledge file return -1 and fill err when it fails.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "../decision/session.h"
#include "../decision/whatif.h"
#include "choices.h"
#include "layout.h"
#include "shelf.h"

/* The knowledge files at hand; each can be selected. */
void view_shelf(struct page *, const struct shelf *);
/* What this knowledge is about. */
void view_start(struct page *, const struct knowledge *);
/* Over the phone with the words to read aloud. */
void view_question(struct page *, const struct question *, enum setting);
void view_find(struct page *, const struct question *);
/* The choices can be selected: items count from `item` on. */
void view_choices(struct page *, const struct choices *, int item);

/* What an answer is about, "Exchange version", and the answer, "5.5". The caller frees them. */
char *view_given_name(const struct questions *, const struct given *);
char *view_given_answer(const struct questions *, const struct given *);

/* Which answers a list of them shows. */
struct answer_list {
	unsigned step; /* only what this step added, with the words it came from; 0: all */
	const bool *struck; /* by index of the answer; NULL: none is */
	bool items; /* they can be selected */
};

/* The answers, numbered from 1. Returns how many are listed. */
size_t view_answers(struct page *, struct session *, const struct answer_list *);
/* The number of the last step; 0 if there is none. */
unsigned view_last_step(const struct session *);
/* Surprising answers, and what is the likeliest slip. */
void view_alarms(struct page *, struct session *, const struct state *);

/* "about 2 questions and 4 articles left"; the caller frees it. */
char *view_progress(const struct state *);
/* The likeliest `most` articles and "none of these", with their probabilities. */
int view_candidates(
    struct page *, struct knowledge *, const struct state *, size_t most, struct err *);

/* Every entry of advice; its headings are items, from 0. */
int view_advice(struct page *, struct session *, const struct state *, struct err *);
/* What is asked about an entry: "Did it work?", or of what can only explain, "Is that it?". */
const char *view_advice_asks(const struct state *, size_t entry);
/* It worked: what to note down. */
int view_worked(struct page *, struct knowledge *, uint32_t article, struct err *);
/* Why this is asked, or what the probabilities are; and what each answer would leave. */
int view_why(struct page *, struct session *, const struct state *, struct err *);
/* Why not that article (whatif_not), and what would have to be different. */
int view_why_not(struct page *, struct session *, const struct whynot *, struct err *);
/* What would be likely in `other`, a copy of the session with another answer (whatif.h). */
int view_what_if(struct page *, struct session *, struct session *other, struct err *);
/* What came closest, with what speaks for and against it. */
int view_closest(
    struct page *, struct session *, const struct state *, size_t most, struct err *);
/* The sentence that opens the screen "nothing fits". */
void view_nothing(struct page *, struct session *, const struct state *);
/* The article's own text. */
int view_article(struct page *, struct knowledge *, uint32_t article, struct err *);

#endif
