/* SPDX-License-Identifier: ISC */
/*
 * Fuzzing target: the files an author of knowledge writes in YAML. The bytes are read as a
 * questions file, whose patterns are then compiled and tried, and as a curated file.
 */
#include <stdio.h>
#include <string.h>

#include "../../decision/curated.h"
#include "../reading.h"
#include "fuzz.h"

static struct questions *known; /* those a curated file speaks of */
static FILE *nowhere;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	known = questions_builtin();
	nowhere = fopen("/dev/null", "w");
	return nowhere == NULL;
}

static void check_question(const struct question *q)
{
	fuzz_require(q->key[0] != '\0' && q->ask[0] != '\0', "a question is asked");
	fuzz_require(q->kind <= QUESTION_TEXT, "kind of a question");
	fuzz_require(q->recogniser < RECOGNISE_NKINDS, "recogniser of a question");
	fuzz_require(q->nanswers <= QUESTION_MAX_ANSWERS, "number of answers");
	fuzz_require(
	    q->silent == -1 || (size_t)q->silent < q->nanswers, "silent is an answer");
	fuzz_require(q->cost > 0 && q->cost_phone > 0, "a question costs something");
	fuzz_require(q->unknown >= 0 && q->unknown < 1 && q->error >= 0 && q->error < 1,
	    "a probability");
	fuzz_require_clean(q->ask);
	fuzz_require_clean(q->say);
	fuzz_require_clean(q->find);
	for (size_t i = 0; i < q->nanswers; i++) {
		fuzz_require(q->answers[i].share > 0 && q->answers[i].share <= 1,
		    "share of an answer");
		fuzz_require_clean(q->answers[i].key);
		fuzz_require_clean(q->answers[i].label);
	}
}

/* What was accepted must be of use. */
static void try_questions(const struct questions *qs)
{
	struct findings found = {.list = NULL};
	struct err err = {.text = NULL};
	struct recognisers *r;
	struct advisor *advisor;

	for (size_t i = 0; i < qs->n; i++)
		check_question(&qs->list[i]);
	r = recognisers_new(qs, NULL, &err);
	fuzz_require(r != NULL, "patterns that were accepted compile");
	advisor = advisor_new(qs, r, &err);
	fuzz_require(advisor != NULL, "phrases that were accepted compile");
	recognise(r, VOICE_PERSON, ~0u, BLOCK_PARAGRAPH,
	    "Version 5.5 SP 3: error 1722, \"The server could not be found\" (event ID: "
	    "9).",
	    NULL, &found);
	findings_fini(&found);
	advisor_free(advisor);
	recognisers_free(r);
}

static void read_questions(const char *path)
{
	struct err err = {.text = NULL};
	struct questions *qs;
	struct diag diag;

	diag_init(&diag);
	qs = questions_read(path, &diag, &err);
	fuzz_require(qs != NULL || err.class == ERR_DATA, "what is refused is faulty");
	fuzz_require(
	    qs != NULL || diag.count[DIAG_ERROR] > 0, "what is refused says where");
	diag_print(nowhere, &diag, DIAG_NOTE);
	if (qs != NULL)
		try_questions(qs);
	questions_free(qs);
	diag_fini(&diag);
	err_fini(&err);
}

static void read_curated(const char *path)
{
	struct err err = {.text = NULL};
	struct curated *curated;
	struct diag diag;

	diag_init(&diag);
	curated = curated_read(path, known, &diag, &err);
	fuzz_require(curated != NULL || err.class == ERR_DATA, "what is refused is faulty");
	if (curated != NULL)
		curated_report_unused(curated, &diag);
	diag_print(nowhere, &diag, DIAG_NOTE);
	curated_free(curated);
	diag_fini(&diag);
	err_fini(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file(0, data, size);

	read_questions(path);
	read_curated(path);
	return 0;
}
