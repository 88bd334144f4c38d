/* SPDX-License-Identifier: ISC */
/*
 * What the fuzzing targets share. A target is a program of one source file that gives bytes
 * to the product and looks at what becomes of them: beyond not crashing, hanging or reading
 * wrong memory, what comes out must keep what the headers promise. libFuzzer calls the two
 * functions below and grows its own inputs; in an ordinary build replay.c calls them for
 * files, so that seeds and past findings are tests everywhere. tests/fuzz/run runs all.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libFuzzer's names: once before everything; once for every input, which returns 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A finding unless the condition holds; `what` says what was promised. */
void fuzz_require(bool condition, const char *what);
/* A finding unless the text is what scan.h calls clean; NULL is fine. */
void fuzz_require_clean(const char *text);

/*
 * The name of a file in memory that holds these bytes, for readers that open files. Each
 * slot is one file, overwritten by the next call; the name stays valid.
 */
#define FUZZ_FILES 2
const char *fuzz_file(unsigned slot, const void *data, size_t size);
/* Its descriptor. */
int fuzz_file_descriptor(unsigned slot);

#endif
