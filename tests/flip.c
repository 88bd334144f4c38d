/* SPDX-License-Identifier: ISC */
/*
 * Damage: every cut and many flipped bytes of a small knowledge file, each read whole as the
 * wizard reads it. It must be refused with ERR_DATA or ERR_OPEN, or everything read must be
 * what it was. Run by damage_test.sh, which damages the real programs' files less often.
 *
 *	flip		prints how many were refused, how many made no difference
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../decision/knowledge.h"
#include "../decision/words.h"
#include "library.h"

#define CUT 97 /* bytes from one length to the next */
#define FLIPS 3000 /* spread over the file */

static void print_questions(FILE *out, const struct questions *questions)
{
	for (size_t i = 0; i < questions->n; i++) {
		const struct question *q = &questions->list[i];

		fprintf(out, "%s %s %s %s %u %g %d\n", q->key, q->ask, q->say, q->find,
		    q->sections, q->cost, q->silent);
		for (size_t j = 0; j < q->nanswers; j++)
			fprintf(out, "  %s %s %zu\n", q->answers[j].key,
			    q->answers[j].label, q->answers[j].patterns.n);
	}
}

static int print_article(FILE *out, struct knowledge *k, uint32_t number, struct err *err)
{
	const struct questions *questions = knowledge_questions(k, err);
	struct article *article = knowledge_article(k, number, err);
	struct advices advices = {.list = NULL};
	struct facts facts = {.list = NULL};
	int result = -1;

	if (questions == NULL || article == NULL ||
	    knowledge_facts(k, number, &facts, err) < 0 ||
	    knowledge_advice(k, number, &advices, err) < 0)
		goto out;
	article_print(out, article);
	for (size_t i = 0; i < facts.n; i++)
		fprintf(out, "fact %zu %d %s %u %s\n", facts.list[i].question,
		    facts.list[i].answer,
		    facts.list[i].value == NULL ? "-" : facts.list[i].value,
		    facts.list[i].line, facts.list[i].quote);
	for (size_t i = 0; i < advices.n; i++)
		fprintf(out, "advice %d %u %s\n", (int)advices.list[i].kind,
		    advices.list[i].risks, advices.list[i].text);
	result = 0;
out:
	advices_fini(&advices);
	facts_fini(&facts);
	article_free(article);
	return result;
}

static int print_words(FILE *out, struct knowledge *k, struct err *err)
{
	struct word_matches matches;

	if (words_match(&matches, k, "E_JAM -1018: the printer beeps, toner leaks", err) <
	    0)
		return -1;
	for (size_t i = 0; i < matches.n; i++)
		fprintf(out, "%u %g\n", matches.list[i].article, matches.list[i].ratio);
	word_matches_fini(&matches);
	return 0;
}

static int print_values(
    FILE *out, struct knowledge *k, const struct casetable *table, struct err *err)
{
	for (size_t q = 0; q < table->ncolumns; q++)
		for (uint32_t id = 0; id < table->columns[q].nvalues; id++) {
			char *value = knowledge_value_text(k, q, id, err);
			uint32_t found = UINT32_MAX;
			int known =
			    value == NULL ? -1 : knowledge_value(k, q, value, &found, err);

			fprintf(out, "value %s %d %u\n", value == NULL ? "" : value, known,
			    found);
			free(value);
			if (known < 0)
				return -1;
		}
	return 0;
}

/* Everything there is to read. */
static int print_all(FILE *out, const char *path, struct err *err)
{
	struct knowledge *k = knowledge_open(path, err);
	const struct questions *questions;
	const struct casetable *table;
	const struct tree *tree;
	int result = -1;

	if (k == NULL || (questions = knowledge_questions(k, err)) == NULL ||
	    (table = knowledge_casetable(k, err)) == NULL ||
	    (tree = knowledge_tree(k, err)) == NULL)
		goto out;
	fprintf(out, "%s %s %s %u\n", knowledge_name(k), knowledge_about(k),
	    knowledge_fingerprint(k), knowledge_narticles(k));
	print_questions(out, questions);
	casetable_print(out, table, questions);
	for (size_t i = 0; i < tree->n; i++)
		fprintf(out, "node %u %d %g\n", tree->nodes[i].parent,
		    tree->nodes[i].decision.question, tree->nodes[i].best);
	for (uint32_t i = 0; i < knowledge_narticles(k); i++)
		if (print_article(out, k, i, err) < 0)
			goto out;
	if (print_words(out, k, err) == 0)
		result = print_values(out, k, table, err);
out:
	knowledge_close(k);
	return result;
}

/* The text, or NULL and err. */
static char *read_all(const char *path, struct err *err)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	int result = out == NULL ? -1 : print_all(out, path, err);

	if (out != NULL)
		fclose(out);
	if (result == 0)
		return text;
	free(text);
	return NULL;
}

struct tally {
	const char *path;
	const char *want;
	unsigned long refused, same, wrong;
};

/* Reads the file as it lies there. */
static void try_file(struct tally *tally, const char *what, size_t at)
{
	struct err err = {.text = NULL};
	char *got = read_all(tally->path, &err);

	if (got != NULL && strcmp(got, tally->want) == 0) {
		tally->same++;
	} else if (got == NULL && (err.class == ERR_DATA || err.class == ERR_OPEN)) {
		tally->refused++;
	} else {
		tally->wrong++;
		printf("%s %zu: %s\n", what, at,
		    got == NULL ? err_text(&err) : "wrong answer");
	}
	free(got);
	err_fini(&err);
}

static void flip_byte(int fd, size_t place, unsigned char mask)
{
	unsigned char byte;

	if (pread(fd, &byte, 1, (off_t)place) != 1)
		abort();
	byte ^= mask;
	if (pwrite(fd, &byte, 1, (off_t)place) != 1)
		abort();
}

/* Places and masks are spread without pattern, the same in every run. */
static void flip_bytes(struct tally *tally, int fd, size_t len)
{
	uint64_t at = 1;

	for (size_t i = 0; i < FLIPS; i++) {
		size_t place;
		unsigned char mask;

		at = at * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		/* Every byte of the header, then anywhere. */
		place = i < 100 ? i : (size_t)(at >> 33) % len;
		mask = i % 3 == 0 ? 0xff : (unsigned char)(1 << (at >> 60) % 8);
		flip_byte(fd, place, mask);
		try_file(tally, "flip", place);
		flip_byte(fd, place, mask);
	}
}

/* From the end to the beginning; every cut must be noticed. */
static void cut_bytes(struct tally *tally, int fd, size_t len)
{
	unsigned long same = tally->same;

	for (size_t n = len - 1; n > 0; n = n > CUT ? n - CUT : 0) {
		if (ftruncate(fd, (off_t)n) < 0)
			abort();
		try_file(tally, "cut", n);
	}
	if (tally->same > same) {
		printf("%lu cuts were not noticed\n", tally->same - same);
		tally->wrong++;
	}
}

int main(void)
{
	char *path = library_path("flip.kbw"), *want;
	struct err err = {.text = NULL};
	struct tally tally = {.path = path};
	struct stat st;
	int fd;

	if (library_write(path, LIBRARY_ARTICLES, &err) < 0 ||
	    (want = read_all(path, &err)) == NULL) {
		printf("%s\n", err_text(&err));
		return 1;
	}
	fd = open(path, O_RDWR);
	if (fd < 0 || fstat(fd, &st) < 0)
		abort();
	tally.want = want;
	flip_bytes(&tally, fd, (size_t)st.st_size);
	cut_bytes(&tally, fd, (size_t)st.st_size);
	printf("%lu refused, %lu without effect, %lu wrong\n", tally.refused, tally.same,
	    tally.wrong);
	close(fd);
	free(want);
	free(path);
	library_remove();
	return tally.wrong == 0 ? 0 : 1;
}
