/* SPDX-License-Identifier: ISC */
/*
 * What the tests of reading share: a questions file and its recognisers, articles found by
 * name, and findings, facts and advice as one string to compare.
 */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include "../decision/advice.h"
#include "../decision/extract.h"
#include "../decision/understand.h"

struct reading_kit {
	struct questions *questions;
	struct recognisers *recognisers;
	struct needs *needs;
	struct recognisers
	    *later; /* whose patterns are compiled when a text may need them */
	struct advisor *advisor;
};

/* Fails the test when the file, below the source folder, cannot be used. */
void kit_open(struct reading_kit *, const char *questions);
void kit_close(struct reading_kit *);

/* "version=1.0 service-pack=sp2/curing": what a text tells, in order of place. */
char *kit_recognise(const struct reading_kit *, enum voice, enum block_kind,
    const char *text, const char *intro);
/*
 * "version=1.0 error-code=1722": what a person says; "version=1.0|2.0" where both are named.
 */
char *kit_understand(const struct reading_kit *, const char *text);
/* The same with what is known; "error-code=-1018<1018" is one that was typed otherwise. */
char *kit_understand_known(
    const struct reading_kit *, const struct lookup *, const char *text);

/* An article of lines that are given here. */
struct article *article_of(const char *text);
/* One of the source folder, or NULL when it is not there. */
struct article *article_own(const char *path);
/* The same of the published articles. */
struct article *article_published(const char *path);

/* facts_print and advices_print as a string. */
char *kit_facts(const struct reading_kit *, const struct article *);
char *kit_advice(const struct reading_kit *, const struct article *);

#endif
