/* SPDX-License-Identifier: ISC */
/* Why this article, why not that one, with the shipped knowledge file. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../decision/explain.h"
#include "shipped.h"

static struct knowledge *knowledge;
static struct session *session;

static int begin(void **state)
{
	(void)state;
	knowledge = shipped_open();
	session = knowledge != NULL ? session_new(knowledge, SETTING_CONSOLE, NULL) : NULL;
	return session != NULL ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	session_free(session);
	knowledge_close(knowledge);
	return 0;
}

static void give(const char *question, const char *value)
{
	assert_int_equal(session_answer(session, question, value, NULL), 0);
}

/* The reason that concerns a question, of one article, or NULL. Copies it to *out. */
static bool reason_of(
    const char *id, const char *question, struct reason *out, char **quote)
{
	const struct questions *q = knowledge_questions(knowledge, NULL);
	struct reasons reasons;
	uint32_t article;
	size_t n;
	bool found = false;

	*quote = NULL;
	assert_int_equal(knowledge_find(knowledge, id, &article, NULL), 1);
	assert_int_equal(explain_article(&reasons, session, article, NULL), 0);
	for (size_t i = 0; i < reasons.n && !found; i++) {
		const struct given *g = &session_given(session, &n)[reasons.list[i].given];

		if (g->question != questions_find(q, question))
			continue;
		*out = reasons.list[i];
		*quote =
		    reasons.list[i].quote != NULL ? strdup(reasons.list[i].quote) : NULL;
		found = true;
	}
	reasons_fini(&reasons);
	return found;
}

static void an_answer_the_article_names_is_for_it_with_its_words(void **state)
{
	struct reason r;
	char *quote;

	(void)state;
	session_clear(session);
	give("event-id", "8010");
	assert_true(reason_of("Q261160", "event-id", &r, &quote));
	assert_false(r.against);
	assert_non_null(strstr(quote, "8010"));
	assert_true(r.line > 0);
	free(quote);
}

static void another_answer_is_against_it_with_its_words(void **state)
{
	struct reason r;
	char *quote;

	(void)state;
	session_clear(session);
	give("cluster", "no");
	assert_true(reason_of("Q314588", "cluster", &r, &quote));
	assert_true(r.against);
	assert_non_null(strcasestr(quote, "cluster"));
	free(quote);
}

static void silence_is_no_reason_for_a_choice_and_one_against_a_code(void **state)
{
	struct reason r;
	char *quote;

	(void)state;
	session_clear(session);
	give("cluster", "no");
	give("error-code", "1722");
	assert_false(reason_of("Q177807", "cluster", &r, &quote));
	assert_true(reason_of("Q177807", "error-code", &r, &quote));
	assert_true(r.against);
	assert_null(quote);
}

static void unknown_is_no_reason(void **state)
{
	struct reason r;
	char *quote;

	(void)state;
	session_clear(session);
	give("cluster", "unknown");
	assert_false(reason_of("Q314588", "cluster", &r, &quote));
}

static void a_message_is_for_the_article_that_has_its_words(void **state)
{
	struct reason r;
	char *quote;

	(void)state;
	session_clear(session);
	give("error-text", "edbbcli!HrClnSockAddrFromSocket");
	assert_true(reason_of("Q177807", "error-text", &r, &quote));
	assert_false(r.against);
	assert_non_null(quote);
	free(quote);
	assert_true(reason_of("Q314588", "error-text", &r, &quote));
	assert_true(r.against);
	free(quote);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_answer_the_article_names_is_for_it_with_its_words),
	    cmocka_unit_test(another_answer_is_against_it_with_its_words),
	    cmocka_unit_test(silence_is_no_reason_for_a_choice_and_one_against_a_code),
	    cmocka_unit_test(unknown_is_no_reason),
	    cmocka_unit_test(a_message_is_for_the_article_that_has_its_words),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
