/* SPDX-License-Identifier: ISC */
/* Every message about text an author wrote: collected here, printed by the programs. */
#include "diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "xalloc.h"

/* Of a longer source line only a part is kept and printed, this many characters wide. */
#define DIAG_WIDTH 88
#define DIAG_MARGIN 4

static const struct {
	enum diag_level level;
	const char *text;
} diag_table[DIAG_NCODES] = {
#define X(code, level, text) [DIAG_##code] = {DIAG_##level, text},
    DIAG_LIST(X)
#undef X
};

static const char *const diag_level_names[] = {
    [DIAG_NOTE] = "note",
    [DIAG_WARNING] = "warning",
    [DIAG_ERROR] = "error",
};

void diag_init(struct diag *diag)
{
	*diag = (struct diag){.list = NULL};
}

void diag_fini(struct diag *diag)
{
	size_t i;

	for (i = 0; i < diag->n; i++) {
		free(diag->list[i].file);
		free(diag->list[i].detail);
		free(diag->list[i].source);
	}
	free(diag->list);
	diag_init(diag);
}

enum diag_level diag_level(enum diag_code code)
{
	return diag_table[code].level;
}

const char *diag_text(enum diag_code code)
{
	return diag_table[code].text;
}

static void diag_add(struct diag *diag, struct diag_message message)
{
	diag->list = xgrow(diag->list, diag->n, &diag->cap, sizeof *diag->list);
	diag->list[diag->n++] = message;
	diag->count[diag_level(message.code)]++;
}

/* The byte at which character n (from 0) of s begins, or its end. */
static size_t diag_offset(const char *s, size_t n)
{
	size_t at = 0;
	uint32_t cp;

	while (n-- > 0 && s[at])
		at += scan_decode(s + at, &cp);
	return at;
}

/* What is shown of a line: at most DIAG_WIDTH characters, around the one at *caret if any. */
static char *diag_window(const char *source, unsigned *caret)
{
	unsigned first = *caret > DIAG_WIDTH ? *caret - DIAG_WIDTH / 2 : 0;
	char *line = scan_sentence(source), *window;
	const char *start;

	if (!line)
		return NULL;
	start = line + diag_offset(line, first);
	window = xstrndup(start, diag_offset(start, DIAG_WIDTH));
	*caret -= first;
	free(line);
	return window;
}

void diag_report(struct diag *diag, enum diag_code code, const char *file, unsigned line,
    unsigned col, const char *source, const char *detail, ...)
{
	char *text = NULL, *window;
	unsigned caret = col;
	va_list args;

	if (detail) {
		va_start(args, detail);
		text = xvasprintf(detail, args);
		va_end(args);
	}
	window = diag_window(source, &caret);
	/* file names and details come from outside as much as text does */
	diag_add(diag, (struct diag_message){.code = code,
			   .file = scan_sentence(file),
			   .line = line,
			   .col = col,
			   .detail = scan_sentence(text),
			   .source = window,
			   .caret = caret});
	free(text);
}

/* The source line and a caret below it. */
static void diag_print_source(FILE *out, const struct diag_message *m)
{
	if (!m->source || !m->source[0])
		return;
	fprintf(out, "%*s%s\n", DIAG_MARGIN, "", m->source);
	if (m->caret)
		fprintf(out, "%*s^\n", DIAG_MARGIN + (int)m->caret - 1, "");
}

static void diag_print_message(FILE *out, const struct diag_message *m)
{
	fputs(m->file ? m->file : "-", out);
	if (m->line)
		fprintf(out, ":%u", m->line);
	if (m->line && m->col)
		fprintf(out, ":%u", m->col);
	fprintf(out, ": %s: %s", diag_level_names[diag_level(m->code)], diag_text(m->code));
	if (m->detail && m->detail[0])
		fprintf(out, ": %s", m->detail);
	fputc('\n', out);
	diag_print_source(out, m);
}

void diag_print(FILE *out, const struct diag *diag, enum diag_level least)
{
	size_t i;

	for (i = 0; i < diag->n; i++)
		if (diag_level(diag->list[i].code) >= least)
			diag_print_message(out, &diag->list[i]);
}
