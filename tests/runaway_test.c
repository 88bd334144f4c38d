/* SPDX-License-Identifier: ISC */
/*
 * No pattern that is shipped runs away, whatever text it meets: every one, of the questions
 * files and of the recognisers, is searched for in texts made of what it likes to begin with
 * over and over. A pattern hits no limit, and takes hardly longer for a text than others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "../decision/recognise_method.h"
#include "../kb/xalloc.h"
#include "reading.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* As much of a block as extract.c reads. */
#define SIZE (32u << 10)
/*
 * Ordinary patterns need about a millisecond for one text; one that begins anew at every
 * byte and reads to the end each time needs a second. Between them there is room for slow
 * machines and sanitizers.
 */
#define SECONDS_MAX 0.1
#define PLACES_SECONDS_MAX 4

static const char *const pieces[] = {" ", "\n", "  \n", "a", "A", "aB", "a ", "A ", "1",
    "1 ", "1.", "1,", "-1", "\"", "'", "(", "[", ":", ".", ". ", "_", "\\", "!", "0x",
    "0x1 ", "80", "80000000 ", "8000000", "ab ", "ab-", "service pack ", "service pack 1, ",
    "SP1 ", "versions 1.0, ", "5.5 and ", "exchange server ", "exchange server 5.5, ",
    "windows nt ", "error ", "error code ", "errors ", "error message: ", "event ",
    "event id ", "event id: 1 ", "events 10, 11 and ", "id: 1\n", "source: a\n",
    "source:\n", "source: ", "event source: ", "source ", "description: ", "return ",
    "returned the ", "returned an error ", "code is ", "status ", "fail ", "fails, ", "E_",
    "MAPI_E_", "A_A_", "aa!", "aa()", "the following ", "this problem ", "to resolve this ",
    "corrected in ", "obtain the latest ", "contact ", "support ", "the ", "applied ",
    "for the ", "message ", "lost ", "data ", "click ", "not ", "is ", "\xc3\xa4",
    "microsoft ", "has confirmed ", "a.b", "=", "/", "a/", "\\a", "@", "a@"};

/* What stands between one piece and the next: nothing, or a run of the same. */
static const char *const fillers[] = {"", " ", "\n", "1", "a"};
#define RUN 300

static char *texts[COUNT(pieces)][COUNT(fillers)];

static double cpu_seconds(void)
{
	struct rusage usage;

	if (getrusage(RUSAGE_SELF, &usage) < 0)
		abort();
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

/* Every match, and whether there is another behind it, as the recognisers look. */
static void search(const struct pattern *p, const char *text)
{
	struct span s;
	size_t from = 0;

	while (from <= SIZE && pattern_find(p, text, SIZE, from, &s, 1))
		from = s.end > s.start ? s.end : s.end + 1;
}

/*
 * At its end a text has what many patterns need somewhere: without it they would not be tried
 * at all.
 */
static char *text_of(const char *piece, const char *filler)
{
	static const char end[] =
	    "\nThe event id: 17, source: Id, category: error code = 0x80040115 -1018, "
	    "MAPI_E_1 (service pack 3) was corrected in version 5.5; click \"OK\" to "
	    "resolve this problem. Contact support for a fix that has not been tested.\n";
	char *text = xmalloc(SIZE + 1);
	size_t n = strlen(piece), run = filler[0] != '\0' ? RUN : 0,
	       most = SIZE - strlen(end);

	for (size_t i = 0; i < most; i++) {
		size_t at = i % (n + run);

		text[i] = at < n ? piece[at] : filler[0];
	}
	strcpy(text + most, end);
	return text;
}

/* A pattern that begins with \G is tried at one place only. */
static bool is_anchored(const char *source)
{
	return strncmp(source, "\\G", 2) == 0;
}

static void try_text(
    const struct pattern *p, const char *source, size_t piece, size_t filler)
{
	const char *text = texts[piece][filler];
	unsigned long limits = pattern_limits_hit();
	double begin = cpu_seconds();
	struct span s;

	if (is_anchored(source))
		pattern_find(p, text, SIZE, 0, &s, 1);
	else
		search(p, text);
	if (pattern_limits_hit() > limits || cpu_seconds() - begin > SECONDS_MAX)
		fail_msg("runs away with \"%s\" and runs of \"%s\": %s", pieces[piece],
		    fillers[filler], source);
}

static void try_pattern(const char *source)
{
	struct err err = {.text = NULL};
	struct pattern *p = pattern_new(source, &err);

	assert_non_null(p);
	for (size_t i = 0; i < COUNT(pieces); i++)
		for (size_t k = 0; k < COUNT(fillers); k++)
			try_text(p, source, i, k);
	pattern_free(p);
}

static void try_list(const struct patterns *l)
{
	for (size_t i = 0; i < l->n; i++)
		try_pattern(l->list[i]);
}

static void try_questions(const struct questions *qs)
{
	for (size_t i = 0; i < qs->n; i++) {
		const struct question *q = &qs->list[i];

		if (q->of != NULL)
			try_pattern(q->of);
		for (size_t k = 0; k < q->nanswers; k++) {
			try_list(&q->answers[k].patterns);
			try_list(&q->answers[k].said);
			try_list(&q->answers[k].except);
		}
	}
	for (size_t i = 0; i < qs->nphrases; i++)
		try_pattern(qs->phrases[i].pattern);
}

static void no_pattern_of_a_recogniser_runs_away(void **state)
{
	static const struct method *const methods[] = {&method_version,
	    &method_service_pack, &method_event_id, &method_event_source,
	    &method_error_code, &method_message};

	(void)state;
	for (size_t i = 0; i < COUNT(methods); i++)
		for (const char *const *source = methods[i]->sources; *source; source++)
			try_pattern(*source);
}

static void no_pattern_of_the_shipped_questions_runs_away(void **state)
{
	static const char *const files[] = {"kb/exchange.yaml", "kb/linux-network.yaml"};
	struct reading_kit kit;

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		kit_open(&kit, files[i]);
		try_questions(kit.questions);
		kit_close(&kit);
	}
}

static void no_pattern_of_the_built_in_questions_runs_away(void **state)
{
	struct questions *questions = questions_builtin();

	(void)state;
	try_questions(questions);
	questions_free(questions);
}

/*
 * Recognisers look around each place they find; a text that is nothing but such places must
 * not be read from end to end for each of them. That would take ten seconds and more.
 */
static void a_text_full_of_places_is_read_once(void **state)
{
	static const char *const full[] = {"SP1 ", "service pack 1, ", "0x1 ",
	    "versions 1.0, ", "5.5 and ", "exchange server 5.5, ", "error 1 ",
	    "event id: 1 ", "lost "};
	struct reading_kit kit;

	(void)state;
	kit_open(&kit, "kb/exchange.yaml");
	for (size_t i = 0; i < COUNT(full); i++) {
		char *text = text_of(full[i], "");
		double begin = cpu_seconds();

		free(kit_recognise(&kit, VOICE_ARTICLE, BLOCK_PARAGRAPH, text, NULL));
		free(kit_recognise(&kit, VOICE_PERSON, BLOCK_PARAGRAPH, text, NULL));
		if (cpu_seconds() - begin > PLACES_SECONDS_MAX)
			fail_msg("%g s for \"%s\" over and over", cpu_seconds() - begin,
			    full[i]);
		free(text);
	}
	kit_close(&kit);
}

/* So that the others are known to notice. */
static void a_pattern_that_runs_away_is_one(void **state)
{
	struct err err = {.text = NULL};
	struct pattern *p = pattern_new("(a|aa)+[bc]", &err);
	unsigned long limits = pattern_limits_hit();
	struct span s;

	(void)state;
	pattern_find(p, texts[3][0], SIZE, 0, &s, 1);
	assert_true(pattern_limits_hit() > limits);
	pattern_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_pattern_of_a_recogniser_runs_away),
	    cmocka_unit_test(no_pattern_of_the_shipped_questions_runs_away),
	    cmocka_unit_test(no_pattern_of_the_built_in_questions_runs_away),
	    cmocka_unit_test(a_text_full_of_places_is_read_once),
	    cmocka_unit_test(a_pattern_that_runs_away_is_one),
	};
	int failed;

	for (size_t i = 0; i < COUNT(pieces); i++)
		for (size_t k = 0; k < COUNT(fillers); k++)
			texts[i][k] = text_of(pieces[i], fillers[k]);
	failed = cmocka_run_group_tests_name("runaway", tests, NULL, NULL);
	for (size_t i = 0; i < COUNT(pieces); i++)
		for (size_t k = 0; k < COUNT(fillers); k++)
			free(texts[i][k]);
	return failed;
}
