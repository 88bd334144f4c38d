/* SPDX-License-Identifier: ISC */
/* What the files of ticket.h share; of it cases_list.c takes the times of day. */
#ifndef TUI_TICKET_INTERNAL_H
#define TUI_TICKET_INTERNAL_H

#include "given_line.h"
#include "ticket.h"
#include "view_case.h"
#include "view_parts.h"

/* ticket_record.c: what the record alone says. */

/* Advice that was shown or tried, in the order in which it first was. */
struct attempt {
	const char *article; /* of an event */
	int entry; /* -1: it was shown, and none of its advice tried */
	/* WORKED, FAILED, TRIED; TICKED: begun; ADVISED: no more than shown */
	enum event_kind outcome;
};
struct attempts {
	struct attempt *list;
	size_t n, cap;
};
/* -1 and err if the record is damaged. */
int attempts_find(struct attempts *, const struct case_record *, struct err *);
void attempts_fini(struct attempts *);
/* "did not help"; static. */
const char *attempt_outcome(const struct attempt *);

bool ticket_is_escalation(const struct ticket *);
/* Whether the event may be told. */
bool ticket_tells(const struct ticket *, const struct event *);

/* "2026-11-24 09:12", "09:12:33" and "CET", of local time; the caller frees them. */
char *ticket_date(int64_t time);
char *ticket_time(int64_t time);
char *ticket_zone(int64_t time);

/* The articles that count: those tried or shown, then the likeliest. */
struct mentioned {
	uint32_t *list;
	size_t n, cap;
};
int mentioned_find(struct mentioned *, const struct ticket *, const struct state *,
    const struct attempts *, struct err *);

#define TICKET_RULED_OUT 5 /* articles of which is said why not */
#define ESCALATION_RULED_OUT 10

/* Whether advice of the article was tried and did not help. */
bool ticket_failed(const struct session *, uint32_t article);
/* What speaks against an article: false if nothing does. -1 of *result and err on failure. */
bool ticket_rules_out(
    struct reasons *, const struct ticket *, uint32_t article, int *result, struct err *);

/* ticket_words.c: the parts of the page that come from the knowledge. */

void ticket_heading(struct page *, const char *);
int ticket_tried(
    struct page *, const struct ticket *, const struct attempts *, struct err *);
int ticket_look_first(
    struct page *, const struct ticket *, const struct state *, struct err *);
int ticket_ruled_out(
    struct page *, const struct ticket *, const struct state *, struct err *);
int ticket_next(struct page *, const struct ticket *, const struct state *, struct err *);
int ticket_articles(struct page *, const struct ticket *, const struct state *,
    const struct attempts *, struct err *);

/* ticket_events.c: what happened when. */
void ticket_timeline(struct page *, const struct ticket *);

/* ticket_markdown.c */
void ticket_markdown(FILE *, const struct page *);

/* ticket_json.c */
int ticket_json(FILE *, const struct ticket *, const struct answer_lines *, struct err *);

#endif
