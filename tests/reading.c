/* SPDX-License-Identifier: ISC */
/* What the tests of reading share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kb/parse.h"
#include "../kb/xalloc.h"
#include "reading.h"

static char *path_below(const char *variable, const char *fallback, const char *path)
{
	const char *folder = getenv(variable);

	return xasprintf("%s/%s", folder != NULL ? folder : fallback, path);
}

static void kit_open_later(struct reading_kit *kit)
{
	size_t len;
	unsigned char *bytes = recognisers_needs(kit->questions, &len);

	kit->needs = needs_unpack(bytes, len, NULL);
	assert_non_null(kit->needs);
	kit->later = recognisers_new(kit->questions, kit->needs, NULL);
	free(bytes);
}

void kit_open(struct reading_kit *kit, const char *questions)
{
	char *path = path_below("srcdir", ".", questions);
	struct err err = {.text = NULL};
	struct diag diag;

	diag_init(&diag);
	*kit = (struct reading_kit){.questions = questions_read(path, &diag, &err)};
	if (kit->questions != NULL)
		kit->recognisers = recognisers_new(kit->questions, NULL, &err);
	if (kit->questions != NULL)
		kit_open_later(kit);
	if (kit->recognisers != NULL)
		kit->advisor = advisor_new(kit->questions, kit->recognisers, &err);
	diag_print(stderr, &diag, DIAG_NOTE);
	if (kit->advisor == NULL)
		fail_msg("%s", err_text(&err));
	diag_fini(&diag);
	err_fini(&err);
	free(path);
}

void kit_close(struct reading_kit *kit)
{
	advisor_free(kit->advisor);
	recognisers_free(kit->recognisers);
	recognisers_free(kit->later);
	needs_free(kit->needs);
	questions_free(kit->questions);
}

static void value_print(
    FILE *f, const struct reading_kit *kit, size_t question, int answer, const char *value)
{
	const struct question *q = &kit->questions->list[question];

	fprintf(f, "%s%s=%s", ftell(f) > 0 ? " " : "", q->key,
	    answer >= 0 ? q->answers[answer].key : value);
}

/* Patterns that are compiled later find the same. */
static void assert_found_later(const struct reading_kit *kit, const struct findings *found,
    enum voice voice, enum block_kind kind, const char *text, const char *intro)
{
	struct findings later = {.list = NULL};

	recognise(kit->later, voice, ~0u, kind, text, intro, &later);
	assert_int_equal(recognisers_tried(kit->later, NULL), 0);
	assert_int_equal(later.n, found->n);
	for (size_t i = 0; i < later.n; i++) {
		const struct finding *a = &found->list[i], *b = &later.list[i];

		assert_true(a->question == b->question && a->answer == b->answer &&
			    a->role == b->role && a->where.start == b->where.start &&
			    a->where.end == b->where.end);
		assert_true((a->value == NULL) == (b->value == NULL));
		if (a->value != NULL)
			assert_string_equal(a->value, b->value);
	}
	findings_fini(&later);
}

char *kit_recognise(const struct reading_kit *kit, enum voice voice, enum block_kind kind,
    const char *text, const char *intro)
{
	static const char *const roles[] = {
	    [ROLE_AFFECTED] = "", [ROLE_CURING] = "/curing", [ROLE_TRIGGER] = "/trigger"};
	struct findings found = {.list = NULL};
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	recognise(kit->recognisers, voice, ~0u, kind, text, intro, &found);
	assert_found_later(kit, &found, voice, kind, text, intro);
	for (size_t i = 0; i < found.n; i++) {
		assert_true(found.list[i].where.end <= strlen(text));
		assert_true(found.list[i].where.start < found.list[i].where.end);
		value_print(f, kit, found.list[i].question, found.list[i].answer,
		    found.list[i].value);
		fputs(roles[found.list[i].role], f);
	}
	fclose(f);
	findings_fini(&found);
	return out;
}

static void among_print(FILE *f, const struct question *q, uint64_t among)
{
	const char *before = "=";

	fprintf(f, "%s%s", ftell(f) > 0 ? " " : "", q->key);
	for (size_t i = 0; i < q->nanswers; i++)
		if (among >> i & 1) {
			fprintf(f, "%s%s", before, q->answers[i].key);
			before = "|";
		}
}

static void understood_print(
    FILE *f, const struct reading_kit *kit, const struct understood *u)
{
	if (u->question == UNDERSTOOD_ARTICLE)
		fprintf(f, "%sarticle=%s", ftell(f) > 0 ? " " : "", u->value);
	else if (u->question == UNDERSTOOD_WORD)
		fprintf(f, "%sword=%s", ftell(f) > 0 ? " " : "", u->value);
	else if (u->among != 0)
		among_print(f, &kit->questions->list[u->question], u->among);
	else
		value_print(f, kit, u->question, u->answer, u->value);
	if (u->slip != NULL)
		fprintf(f, "<%s", u->slip);
}

char *kit_understand_known(
    const struct reading_kit *kit, const struct lookup *lookup, const char *text)
{
	struct understandings us = {.list = NULL};
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	understand(&us, kit->recognisers, kit->questions, lookup, text);
	for (size_t i = 0; i < us.n; i++) {
		assert_non_null(us.list[i].quote);
		assert_true(
		    us.list[i].quote[0] != '\0' || us.list[i].question == UNDERSTOOD_WORD);
		understood_print(f, kit, &us.list[i]);
	}
	fclose(f);
	understandings_fini(&us);
	return out;
}

char *kit_understand(const struct reading_kit *kit, const char *text)
{
	return kit_understand_known(kit, NULL, text);
}

struct article *article_of(const char *text)
{
	struct article *a;
	struct scan scan;
	struct diag diag;

	diag_init(&diag);
	scan_bytes(&scan, text, strlen(text));
	a = parse_lines(&scan, "test.txt", &diag);
	scan_fini(&scan);
	diag_fini(&diag);
	return a;
}

static struct article *article_read(char *path)
{
	struct article *a = NULL;
	struct diag diag;

	diag_init(&diag);
	if (access(path, R_OK) == 0)
		a = parse_file(path, &diag);
	diag_fini(&diag);
	free(path);
	return a;
}

struct article *article_own(const char *path)
{
	return article_read(path_below("srcdir", ".", path));
}

struct article *article_published(const char *path)
{
	return article_read(path_below("KBW_SHARED", "../shared", path));
}

char *kit_facts(const struct reading_kit *kit, const struct article *a)
{
	struct facts facts = {.list = NULL};
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	facts_extract(&facts, kit->recognisers, kit->questions, a);
	facts_print(f, &facts, kit->questions);
	fclose(f);
	facts_fini(&facts);
	return out;
}

char *kit_advice(const struct reading_kit *kit, const struct article *a)
{
	struct advices advices = {.list = NULL};
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	advice_extract(&advices, kit->advisor, a);
	advices_print(f, &advices, kit->questions);
	fclose(f);
	advices_fini(&advices);
	return out;
}
