/* SPDX-License-Identifier: ISC */
/* Reading lines, with libedit on a terminal. */

#include "edit.h"

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define HISTORY_LINES 200

struct edit {
	EditLine *editor; /* NULL: plain */
	History *history;
	HistEvent event;
	char *prompt; /* owned */
};

static char *edit_prompt(EditLine *editor)
{
	struct edit *edit;

	el_get(editor, EL_CLIENTDATA, &edit);
	return edit->prompt;
}

struct edit *edit_new(bool plain)
{
	struct edit *edit = xcalloc(1, sizeof *edit);

	if (plain || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return edit;
	edit->editor = el_init("kbwizard", stdin, stdout, stderr);
	if (edit->editor == NULL)
		return edit;
	edit->history = history_init();
	history(edit->history, &edit->event, H_SETSIZE, HISTORY_LINES);
	el_set(edit->editor, EL_CLIENTDATA, edit);
	el_set(edit->editor, EL_PROMPT, edit_prompt);
	el_set(edit->editor, EL_SIGNAL, 1);
	el_set(edit->editor, EL_EDITOR, "emacs");
	el_set(edit->editor, EL_HIST, history, edit->history);
	el_source(edit->editor, NULL);
	return edit;
}

void edit_free(struct edit *edit)
{
	if (edit == NULL)
		return;
	if (edit->editor != NULL) {
		history_end(edit->history);
		el_end(edit->editor);
	}
	free(edit->prompt);
	free(edit);
}

/* A copy of a line without its end. */
static char *edit_chomp(const char *line, size_t len)
{
	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	return xstrndup(line, len);
}

static char *edit_line_editor(struct edit *edit)
{
	int len;
	const char *line = el_gets(edit->editor, &len);

	if (line == NULL || len <= 0)
		return NULL;
	if (line[0] != '\n')
		history(edit->history, &edit->event, H_ENTER, line);
	return edit_chomp(line, (size_t)len);
}

/* What comes from a file or pipe is echoed, so that the output reads as a conversation. */
static char *edit_line_plain(struct edit *edit)
{
	char *line = NULL, *result;
	size_t cap = 0;
	ssize_t len;

	fputs(edit->prompt, stdout);
	fflush(stdout);
	len = getline(&line, &cap, stdin);
	result = len < 0 ? NULL : edit_chomp(line, (size_t)len);
	if (result != NULL && !isatty(STDIN_FILENO)) {
		char *clean = scan_clean(result, strlen(result));

		puts(clean);
		free(clean);
	}
	free(line);
	return result;
}

char *edit_line(struct edit *edit, const char *prompt)
{
	free(edit->prompt);
	edit->prompt = xstrdup(prompt);
	return edit->editor != NULL ? edit_line_editor(edit) : edit_line_plain(edit);
}
