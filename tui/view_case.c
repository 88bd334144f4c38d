/* SPDX-License-Identifier: ISC */
/* What is said of cases. */

#include "view_case.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "../kb/xalloc.h"
#include "given_line.h"
#include "view_parts.h"

static const struct {
	const char *word, *asks;
	size_t offset; /* of the member of a head */
} details[DETAILS] = {
    [DETAIL_CALLER] = {"caller", "Who is calling?", offsetof(struct case_head, caller)},
    [DETAIL_CONTACT] = {"contact", "How can they be reached?",
	offsetof(struct case_head, contact)},
    [DETAIL_REFERENCE] = {"reference", "What is the number of their ticket?",
	offsetof(struct case_head, reference)},
};

const char *view_detail_asks(enum detail detail)
{
	return details[detail].asks;
}

enum detail view_detail_of(const char *word)
{
	int detail = 0;

	while (detail < DETAILS && strcasecmp(details[detail].word, word) != 0)
		detail++;
	return (enum detail)detail;
}

const char *view_detail(const struct case_head *head, enum detail detail)
{
	return *(char *const *)((const char *)head + details[detail].offset);
}

char *view_duration(int64_t milliseconds)
{
	long seconds = (long)(milliseconds / 1000);

	if (seconds >= 3600)
		return xasprintf(
		    "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
	return xasprintf("%ld:%02ld", seconds / 60, seconds % 60);
}

char *view_case_clocks(const struct casefile *file)
{
	bool held = case_record_held(casefile_record(file));
	char *one =
	    view_duration(held ? casefile_hold_time(file) : casefile_step_time(file));
	char *whole = view_duration(casefile_case_time(file));
	char *text =
	    held ? xasprintf("ON HOLD %s", one) : xasprintf("step %s, case %s", one, whole);

	free(one);
	free(whole);
	return text;
}

char *view_misfit(const struct misfit *misfit)
{
	char *answer = given_line_text(misfit->line);
	char *text = xasprintf("No longer fits: %s (%s).", answer, misfit->why);

	free(answer);
	return text;
}

/* "parked, Mrs. Jones, ticket 4711; Exchange, opened 2026-11-24 10:42" */
static char *case_text(const struct case_head *head)
{
	time_t opened = (time_t)(head->opened / 1000);
	struct tm tm = {.tm_year = 0};
	char when[] = "2026-11-24 10:42";

	if (localtime_r(&opened, &tm) == NULL ||
	    strftime(when, sizeof when, "%Y-%m-%d %H:%M", &tm) == 0)
		when[0] = '\0';
	return xasprintf("%s%s%s%s%s; %s, opened %s", case_state_word(head->state),
	    head->caller != NULL ? ", " : "", head->caller != NULL ? head->caller : "",
	    head->reference != NULL ? ", ticket " : "",
	    head->reference != NULL ? head->reference : "", head->knowledge, when);
}

void view_cases(struct page *page, const struct case_heads *heads)
{
	if (heads->n == 0)
		page_add(page, TONE_NOTE, "No case is open.");
	for (size_t i = 0; i < heads->n; i++) {
		char *text = case_text(&heads->list[i]);

		page_label(page, TONE_CHOICE, 2, 12, heads->list[i].name, text)->item =
		    (int)i;
		free(text);
	}
}

size_t view_steps_ticked(struct page *page, const struct advised *advised,
    const char *article, const struct case_record *record)
{
	size_t ticked = 0;

	for (size_t i = 0; i < advised->advice.nsteps; i++) {
		bool done = record != NULL && case_record_ticked(record, article,
						  (int)advised->entry, (int)i);
		char *label = xasprintf("%2zu. [%c]", i + 1, done ? 'x' : ' ');

		ticked += done;
		page_label(page, TONE_CHOICE, 2, 8, label, advised->advice.steps[i])->item =
		    (int)i;
		free(label);
	}
	return ticked;
}

void view_one_step(
    struct page *page, const struct advised *advised, size_t step, enum setting setting)
{
	if (step >= advised->advice.nsteps)
		return;
	page_addf(page, TONE_TITLE, "Step %zu of %zu", step + 1, advised->advice.nsteps);
	if (setting == SETTING_PHONE)
		page_add(page, TONE_NOTE,
		    "Read aloud, then: \"Tell me when you have done that.\"");
	view_prose(page, TONE_TEXT, 0, advised->advice.steps[step]);
}
