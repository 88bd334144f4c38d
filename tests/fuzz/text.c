/* SPDX-License-Identifier: ISC */
/*
 * Fuzzing target: what a person types or pastes, read by the recognisers of the shipped
 * questions and cut into words.
 */
#include <stdlib.h>
#include <string.h>

#include "../../decision/words.h"
#include "../../kb/scan.h"
#include "../reading.h"
#include "fuzz.h"

static struct reading_kit kit;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	kit_open(&kit, "kb/exchange.yaml");
	return 0;
}

static void check_understood(const struct understood *u)
{
	const struct question *q;

	fuzz_require(u->question < kit.questions->n, "a question that exists");
	q = &kit.questions->list[u->question];
	fuzz_require(u->answer >= 0 ? (size_t)u->answer < q->nanswers : u->value != NULL,
	    "an answer or a value");
	fuzz_require(u->quote != NULL && u->quote[0] != '\0', "the words it came from");
	fuzz_require_clean(u->value);
	fuzz_require_clean(u->quote);
}

static void check_token(void *arg, const char *token, bool identifier)
{
	(void)arg, (void)identifier;
	fuzz_require(
	    token[0] != '\0' && strpbrk(token, " \n") == NULL, "a token is a word");
	fuzz_require_clean(token);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = scan_clean((const char *)data, size);
	unsigned long limits = pattern_limits_hit();
	struct understandings us = {.list = NULL};

	understand(&us, kit.recognisers, kit.questions, text);
	for (size_t i = 0; i < us.n; i++)
		check_understood(&us.list[i]);
	words_each(text, check_token, NULL);
	fuzz_require(
	    pattern_limits_hit() == limits, "no pattern runs away on a short text");
	understandings_fini(&us);
	free(text);
	return 0;
}
