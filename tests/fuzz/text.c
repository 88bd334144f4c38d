/* SPDX-License-Identifier: ISC */
/*
 * Fuzzing target: what a person types or pastes. The shipped recognisers read it, it is cut
 * into words, and a session over the shipped knowledge file ($KBW) believes it, as words and as
 * an answer to every question.
 */
#include <stdlib.h>
#include <string.h>

#include "../../decision/session.h"
#include "../../decision/words.h"
#include "../../kb/scan.h"
#include "../reading.h"
#include "fuzz.h"

static struct reading_kit kit;
static struct knowledge *knowledge;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *path = getenv("KBW");
	struct err err = {.text = NULL};

	(void)argc, (void)argv;
	kit_open(&kit, "kb/exchange.yaml");
	knowledge = knowledge_open(path != NULL ? path : "exchange.kbw", &err);
	fuzz_require(knowledge != NULL, err_text(&err));
	return 0;
}

static void check_token(void *arg, const char *token, bool identifier)
{
	(void)arg, (void)identifier;
	fuzz_require(
	    token[0] != '\0' && strpbrk(token, " \n") == NULL, "a token is a word");
	fuzz_require_clean(token);
}

static void check_given(const struct session *s)
{
	size_t n;
	const struct given *list = session_given(s, &n);

	for (size_t i = 0; i < n; i++) {
		fuzz_require(list[i].value != NULL, "what is given has a value");
		fuzz_require_clean(list[i].value);
		fuzz_require_clean(list[i].quote);
	}
}

static void check_state(const struct state *state)
{
	for (size_t i = 0; i < state->nranking; i++)
		fuzz_require(state->ranking[i] < knowledge_narticles(knowledge),
		    "an article that exists");
	for (size_t i = 0; i < state->nalarms; i++)
		fuzz_require(state->alarms[i].bits >= 0, "surprise is measured in bits");
	fuzz_require(state->questions_left >= 0, "questions that are left");
}

static void say(const char *text)
{
	struct err err = {.text = NULL};
	struct session *s = session_new(knowledge, SETTING_CONSOLE, &err);
	const struct state *state;

	fuzz_require(
	    s != NULL && session_say(s, text, &err) == 0, "whatever is said is heard");
	check_given(s);
	state = session_state(s, &err);
	fuzz_require(state != NULL, "whatever is said can be believed");
	check_state(state);
	session_free(s);
}

/* The same as an answer to a question: refused, or believed. */
static void answer(const char *question, const char *text)
{
	struct err err = {.text = NULL};
	struct session *s = session_new(knowledge, SETTING_CONSOLE, &err);
	const struct state *state;

	fuzz_require(s != NULL, err_text(&err));
	if (session_answer(s, question, text, &err) == -1) {
		fuzz_require(err.class == ERR_USAGE, "an answer that is none is refused");
		err_fini(&err);
	}
	check_given(s);
	state = session_state(s, &err);
	fuzz_require(state != NULL, "every answer can be believed");
	check_state(state);
	session_free(s);
}

static void answer_each(const char *text)
{
	const struct questions *questions = knowledge_questions(knowledge, NULL);

	for (size_t q = 0; q < questions->n; q++)
		answer(questions->list[q].key, text);
	answer("sign", text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = scan_clean((const char *)data, size), *understood;
	unsigned long limits = pattern_limits_hit();

	understood = kit_understand(&kit, text);
	fuzz_require_clean(understood);
	words_each(text, check_token, NULL);
	say(text);
	answer_each(text);
	fuzz_require(
	    pattern_limits_hit() == limits, "no pattern runs away on a short text");
	free(understood);
	free(text);
	return 0;
}
