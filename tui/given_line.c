/* SPDX-License-Identifier: ISC */
/* Answers of a record, read without the knowledge they were made with. */

#include "given_line.h"

#include <stdlib.h>
#include <string.h>

#include "../decision/given_text.h"
#include "../kb/xalloc.h"

bool given_line_is_kind(const char *line, const char *kind)
{
	size_t len = strlen(kind);

	return strncmp(line, kind, len) == 0 && line[len] == ' ';
}

char *given_line_member(const char *line, const char *name)
{
	size_t len = strlen(name);

	for (;;) {
		line += strcspn(line, " ");
		if (*line == '\0')
			return NULL;
		line++;
		if (strncmp(line, name, len) == 0 && line[len] == '=')
			return given_decode(line + len + 1, strcspn(line + len + 1, " "));
	}
}

bool given_line_has_word(const char *line, const char *word)
{
	char *spaced = xasprintf(" %s", word);
	size_t len = strlen(spaced), whole = strlen(line);
	bool found = false;

	for (const char *p = line; (p = strstr(p, spaced)) != NULL; p++)
		found |= p + len == line + whole || p[len] == ' ';
	free(spaced);
	return found;
}

char *given_line_text(const char *line)
{
	char *question = given_line_member(line, "question"),
	     *value = given_line_member(line, "value");
	char *kind = xstrndup(line, strcspn(line, " "));
	char *text = xasprintf("%s: %s", question != NULL ? question : kind,
	    value != NULL ? value : "not known");

	free(kind);
	free(value);
	free(question);
	return text;
}
