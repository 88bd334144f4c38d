/* SPDX-License-Identifier: ISC */
/* The sentences that refuse an answer and say what is allowed. */
#include <stdio.h>
#include <stdlib.h>

#include "../kb/xalloc.h"
#include "session_private.h"

int session_refuse_question(const struct session *s, const char *key, struct err *err)
{
	char *list = NULL;
	size_t len;
	FILE *f = xopen_memstream(&list, &len);

	for (size_t i = 0; i < s->questions->n; i++)
		fprintf(f, "%s%s", i > 0 ? ", " : "", s->questions->list[i].key);
	xclose_memstream(f);
	err_set(
	    err, ERR_USAGE, "there is no question '%s'; the questions are %s", key, list);
	free(list);
	return -1;
}

int session_refuse_answer(const struct question *q, const char *value, struct err *err)
{
	char *list = NULL;
	size_t len;
	FILE *f = xopen_memstream(&list, &len);

	for (size_t i = 0; i < q->nanswers; i++)
		fprintf(f, "%s, ", q->answers[i].key);
	fputs("unknown", f);
	xclose_memstream(f);
	err_set(err, ERR_USAGE, "'%s' is no answer to %s; the answers are %s", value,
	    q->key, list);
	free(list);
	return -1;
}

int session_refuse_value(const struct question *q, const char *value, struct err *err)
{
	static const char *const wanted[] = {
	    [QUESTION_CHOICE] = "one of its answers",
	    [QUESTION_NUMBER] = "a whole number",
	    [QUESTION_CODE] = "a code such as 1722, 0x6ba or a symbolic name",
	    [QUESTION_TEXT] = "some words",
	};

	return err_set(err, ERR_USAGE,
	    "'%s' cannot be an answer to %s, which takes %s, none or unknown", value,
	    q->key, wanted[q->kind]);
}
