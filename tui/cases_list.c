/* SPDX-License-Identifier: ISC */
/* The list of cases: aligned columns for people, tabs or JSON for programs. */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "cases_internal.h"
#include "ticket_internal.h"

/* The columns for people; the last takes what is left of a line. */
enum list_column {
	COLUMN_NUMBER,
	COLUMN_STATE,
	COLUMN_OPENED,
	COLUMN_CHANGED,
	COLUMN_AGENT,
	COLUMN_CALLER,
	COLUMN_ABOUT,
	COLUMNS
};

static const struct {
	const char *title;
	unsigned most; /* columns of a terminal */
} columns[COLUMNS] = {
    [COLUMN_NUMBER] = {"CASE", 16},
    [COLUMN_STATE] = {"STATE", 10},
    [COLUMN_OPENED] = {"OPENED", 16},
    [COLUMN_CHANGED] = {"CHANGED", 16},
    [COLUMN_AGENT] = {"AGENT", 12},
    [COLUMN_CALLER] = {"CALLER", 20},
    [COLUMN_ABOUT] = {"LAST", 200},
};

struct line_of {
	char *cells[COLUMNS];
};

struct whereabouts cases_whereabouts(const struct case_record *record)
{
	struct whereabouts where = {NULL, NULL};

	for (size_t i = record->n; i-- > 0;) {
		const struct event *event = &record->events[i];

		if (where.question == NULL && event->kind == EVENT_ASKED)
			where.question = event->question;
		if (where.article == NULL &&
		    (event->kind == EVENT_ADVISED || event->kind == EVENT_WORKED))
			where.article = event->article;
	}
	return where;
}

/* For people. */

static char *about_text(const struct case_record *record)
{
	struct whereabouts where = cases_whereabouts(record);

	if (where.article != NULL)
		return scan_sentence(where.article);
	return where.question != NULL ? xasprintf("asked: %s", where.question)
				      : xstrdup("");
}

static char *cell_text(const char *text)
{
	return text != NULL ? scan_sentence(text) : xstrdup("");
}

static struct line_of line_of_case(const struct case_record *record)
{
	const struct case_head *head = &record->head;

	return (struct line_of){{
	    [COLUMN_NUMBER] = cell_text(head->name),
	    [COLUMN_STATE] = xstrdup(case_state_word(head->state)),
	    [COLUMN_OPENED] = ticket_date(head->opened),
	    [COLUMN_CHANGED] = ticket_date(head->changed),
	    [COLUMN_AGENT] = cell_text(head->agent),
	    [COLUMN_CALLER] = cell_text(head->caller),
	    [COLUMN_ABOUT] = about_text(record),
	}};
}

static unsigned text_width(const char *text)
{
	return layout_width(text, strlen(text));
}

static void widths_find(unsigned *widths, const struct line_of *lines, size_t n)
{
	for (int c = 0; c < COLUMNS; c++) {
		widths[c] = text_width(columns[c].title);
		for (size_t i = 0; i < n; i++) {
			unsigned width = text_width(lines[i].cells[c]);

			if (width > widths[c])
				widths[c] = width;
		}
		if (widths[c] > columns[c].most)
			widths[c] = columns[c].most;
	}
}

/* Columns of the terminal; 0 where it is none. */
static unsigned terminal_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void print_line(char *const cells[COLUMNS], const unsigned *widths, unsigned width)
{
	char *line = NULL, *cut;
	size_t len;
	FILE *f = xopen_memstream(&line, &len);

	for (int c = 0; c < COLUMNS; c++) {
		char *cell = layout_cut(cells[c], widths[c], true);

		fprintf(f, "%s%s%*s", c > 0 ? "  " : "", cell,
		    c + 1 < COLUMNS ? (int)(widths[c] - text_width(cell)) : 0, "");
		free(cell);
	}
	xclose_memstream(f);
	while (len > 0 && line[len - 1] == ' ')
		line[--len] = '\0';
	cut = layout_cut(line, width > 0 ? width : UINT16_MAX, true);
	puts(cut);
	free(cut);
	free(line);
}

static void print_lines(const struct line_of *lines, size_t n)
{
	unsigned widths[COLUMNS], width = terminal_width();
	char *titles[COLUMNS];

	if (n == 0) {
		puts("No cases.");
		return;
	}
	widths_find(widths, lines, n);
	for (int c = 0; c < COLUMNS; c++)
		titles[c] = (char *)columns[c].title;
	print_line(titles, widths, width);
	for (size_t i = 0; i < n; i++)
		print_line(lines[i].cells, widths, width);
}

/* For programs. */

static void tsv_field(const char *text, char end)
{
	char *clean = cell_text(text);

	fputs(clean, stdout);
	putchar(end);
	free(clean);
}

static void tsv_time(int64_t time)
{
	char text[64] = "";
	time_t seconds = (time_t)(time / 1000);
	struct tm tm;

	if (gmtime_r(&seconds, &tm) != NULL)
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	tsv_field(text, '\t');
}

static void print_tsv(const struct case_record *record)
{
	const struct case_head *head = &record->head;
	struct whereabouts where = cases_whereabouts(record);

	tsv_field(head->name, '\t');
	tsv_field(case_state_word(head->state), '\t');
	tsv_time(head->opened);
	tsv_time(head->changed);
	tsv_field(head->agent, '\t');
	tsv_field(head->caller, '\t');
	tsv_field(head->contact, '\t');
	tsv_field(head->reference, '\t');
	tsv_field(where.article, '\t');
	tsv_field(where.question, '\n');
}

/* All. */

/* What is gathered of the cases, in the form that was asked for. */
struct gathering {
	enum list_format format;
	struct line_of *lines;
	size_t n, cap;
	struct cases_json *json;
};

static void gather(struct gathering *g, const struct case_record *record)
{
	switch (g->format) {
	case LIST_JSON:
		cases_json_add(g->json, record);
		break;
	case LIST_TSV:
		print_tsv(record);
		break;
	default:
		g->lines = xgrow(g->lines, g->n, &g->cap, sizeof *g->lines);
		g->lines[g->n++] = line_of_case(record);
	}
}

static int gather_case(
    struct gathering *g, struct caselog *log, const char *name, struct err *err)
{
	struct case_record record = {.n = 0};
	int found = caselog_read(log, name, &record, err);

	if (found == 1) /* else it was purged meanwhile */
		gather(g, &record);
	case_record_fini(&record);
	return found == -1 ? -1 : 0;
}

static void gathering_end(struct gathering *g, bool print)
{
	if (print && g->format == LIST_TEXT)
		print_lines(g->lines, g->n);
	if (g->json != NULL)
		cases_json_print(g->json, print ? stdout : NULL);
	for (size_t i = 0; i < g->n; i++) {
		for (int c = 0; c < COLUMNS; c++)
			free(g->lines[i].cells[c]);
	}
	free(g->lines);
}

int cases_list(const struct demand *demand, struct err *err)
{
	struct gathering g = {.format = demand->list};
	struct case_heads heads = {.n = 0};
	struct caselog *log = cases_log(demand, err);
	int result = 0;

	if (log == NULL && err->class != ERR_NONE)
		return -1;
	if (log != NULL)
		result = caselog_list(log, &demand->filter, &heads, err);
	if (result == 0 && g.format == LIST_JSON)
		g.json = cases_json_new();
	for (size_t i = 0; result == 0 && i < heads.n; i++)
		result = gather_case(&g, log, heads.list[i].name, err);
	gathering_end(&g, result == 0);
	case_heads_fini(&heads);
	return result;
}
