/* SPDX-License-Identifier: ISC */
/* Line mode: other answers tried; the answers given stay as they are. */

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "line_internal.h"
#include "view.h"

int line_why_not(struct line *line, const char *id)
{
	struct whynot w;
	struct page page;
	int result = whatif_not(&w, line->session, id, line->err);

	if (result == -1) {
		result = line_refused(line);
	} else {
		page_init(&page);
		result = view_why_not(&page, line->session, &w, line->err);
		line_page(line, &page);
	}
	whynot_fini(&w);
	return result;
}

/* The session with "question=answer"; NULL and line->err. */
static struct session *line_try_question(struct line *line, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t len = (size_t)(equals - text);
	struct session *other;
	char *key;

	while (len > 0 && text[len - 1] == ' ')
		len--;
	key = xstrndup(text, len);
	other = whatif_answer(
	    line->session, key, equals + 1 + strspn(equals + 1, " "), line->err);
	free(key);
	return other;
}

static int line_tried(struct line *line, struct session *other)
{
	struct page page;
	int result;

	if (other == NULL)
		return line_refused(line);
	page_init(&page);
	result = view_what_if(&page, line->session, other, line->err);
	line_page(line, &page);
	session_free(other);
	return result;
}

int line_what_if(struct line *line, const char *instead)
{
	const char *value = instead + strcspn(instead, " ");
	size_t n;
	long index;

	if (strchr(instead, '=') != NULL)
		return line_tried(line, line_try_question(line, instead));
	session_given(line->session, &n);
	index = line_index(instead, n);
	if (index < 0)
		return line_no_such_answer(line);
	return line_tried(line, whatif_change(line->session, (size_t)index,
				    value + strspn(value, " "), line->err));
}
