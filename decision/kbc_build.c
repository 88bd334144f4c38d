/* SPDX-License-Identifier: ISC */
/*
 * kbc build: articles to a knowledge file. Threads read and understand articles, this one
 * writes them in order; a few are in memory at a time. The case table grows beside the file
 * being written, and the tree is grown from it at the end.
 */

#include <search.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "../kb/collect.h"
#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "kbc_readers.h"
#include "knowledge_write.h"

/*
 * Priors, where an article that states what is seen has 1. People come to a troubleshooter
 * because they see something: one that only tells how to do a thing is wanted less often, and
 * a list of many problems answers nobody.
 */
#define NO_SYMPTOMS_WEIGHT 0.25
#define LIST_WEIGHT 1e-6
#define MEMORY_KEPT (64 << 20)
#define PROGRESS_EVERY 100 /* articles between two lines of progress */

static volatile sig_atomic_t interrupted;

static void build_interrupt(int sig)
{
	interrupted = sig;
}

/* A build under way. */
struct build {
	struct sources sources;
	struct knowledge_writer *writer;
	struct casetable_builder *cases;
	struct products *products;
	void *seen; /* identifiers taken: a tsearch(3) tree of strings */
	size_t faults; /* warnings and errors that were printed */
	size_t articles;
	struct timespec start;
	bool progress; /* standard error is a terminal */
};

static double build_seconds(const struct build *b)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - b->start.tv_sec) +
	       (double)(now.tv_nsec - b->start.tv_nsec) / 1e9;
}

/* One line that overwrites itself: how far, how fast, how long still. */
static void build_progress(const struct build *b, size_t done, size_t all)
{
	double seconds = build_seconds(b);
	double rate = seconds > 0 ? (double)done / seconds : 0;

	if (!b->progress || done % PROGRESS_EVERY != 0 || rate <= 0)
		return;
	fprintf(stderr, "\r%zu of %zu articles, %.0f a second, %.0f s left \033[K", done,
	    all, rate, (double)(all - done) / rate);
}

static void build_progress_end(const struct build *b)
{
	if (b->progress)
		fputs("\r\033[K", stderr);
}

/* Prints and counts warnings and errors. Nothing is kept: there may be any number. */
static void build_print_faults(struct build *b, struct diag *diag)
{
	size_t faults = diag->count[DIAG_WARNING] + diag->count[DIAG_ERROR];

	if (faults > 0) {
		build_progress_end(b);
		diag_print(stderr, diag, DIAG_WARNING);
	}
	b->faults += faults;
	diag_fini(diag);
}

/* Identifiers that differ only in case are the same: people type them in any. */
static int compare_ids(const void *a, const void *b)
{
	return strcasecmp(a, b);
}

/* Whether the identifier was free; it is taken now. */
static bool build_take_id(
    struct build *b, const struct article *a, const char *path, struct diag *diag)
{
	char *id = xstrdup(a->id);
	char **entry = tsearch(id, &b->seen, compare_ids);

	if (entry == NULL)
		abort();
	if (*entry == id)
		return true;
	free(id);
	diag_report(diag, DIAG_ARTICLE_DUPLICATE, path, 0, 0, NULL, "%s", a->id);
	return false;
}

/*
 * The questions that say whether an entry is for the person: one that is for some answers only is
 * not given before it was asked which it is.
 */
static uint64_t advice_variants(
    const struct advices *list, const struct questions *questions)
{
	uint64_t variants = 0;

	for (size_t q = 0; q < questions->n; q++) {
		for (size_t i = 0; i < list->n && questions->list[q].variant; i++) {
			if (~advice_answers(&list->list[i], q) != 0)
				variants |= UINT64_C(1) << q;
		}
	}
	return variants;
}

static double understanding_weight(const struct understanding *u)
{
	if (u->is_list)
		return LIST_WEIGHT;
	return article_section(u->article, SECTION_SYMPTOMS) != NULL ? 1
								     : NO_SYMPTOMS_WEIGHT;
}

static int build_add(
    struct build *b, const char *path, struct reading_result *read, struct err *err)
{
	struct understanding *u = &read->understanding;

	if (!read->usable)
		return 0;
	sources_correct(&b->sources, u, &read->diag);
	if (!build_take_id(b, u->article, path, &read->diag))
		return 0;
	casetable_builder_add(b->cases, &u->facts, understanding_weight(u),
	    advice_variants(&u->advice, b->sources.questions));
	products_add(b->products, u->article);
	b->articles++;
	return knowledge_writer_add(
	    b->writer, u->article, &u->facts, &u->advice, read->signature, err);
}

static int build_interrupted(struct err *err)
{
	return err_set(err, ERR_WRITE, "interrupted; nothing was written");
}

static int build_add_each(struct build *b, struct readers *readers,
    const struct collection *files, struct err *err)
{
	for (size_t i = 0; i < files->n; i++) {
		struct reading_result *read = readers_next(readers);

		if (interrupted)
			return build_interrupted(err);
		if (build_add(b, files->paths[i], read, err) == -1)
			return -1;
		build_print_faults(b, &read->diag);
		build_progress(b, i + 1, files->n);
	}
	return 0;
}

static int build_add_all(struct build *b, const struct collection *files, struct err *err)
{
	struct readers *readers;
	int result;

	build_print_faults(b, &b->sources.diag);
	readers = readers_new(&b->sources, files);
	result = build_add_each(b, readers, files, err);
	readers_free(readers);
	if (result == 0 && b->sources.curated != NULL)
		curated_report_unused(b->sources.curated, &b->sources.diag);
	build_print_faults(b, &b->sources.diag);
	build_progress_end(b);
	return result;
}

/* Values of open questions reach the file as the case table numbers them. */
struct value_sink {
	struct knowledge_writer *writer;
	struct err *err;
	int result;
};

static void value_write(void *arg, size_t question, uint32_t id, const char *value)
{
	struct value_sink *sink = arg;

	if (sink->result == 0)
		sink->result =
		    knowledge_writer_value(sink->writer, question, id, value, sink->err);
}

static void build_report(const struct build *b, const struct tree *tree)
{
	printf("%zu articles, %zu faults, %zu questions, %zu tree nodes, %.2f seconds\n",
	    b->articles, b->faults, b->sources.questions->n, tree->n, build_seconds(b));
}

static int build_finish(struct build *b, struct err *err)
{
	struct value_sink sink = {.writer = b->writer, .err = err};
	struct casetable *table = casetable_builder_finish(b->cases, value_write, &sink);
	struct tree *tree = tree_grow(table, b->sources.questions, choose_next);
	int result = sink.result;

	b->cases = NULL;
	if (result == 0 && interrupted)
		result = build_interrupted(err);
	if (result == 0)
		result = knowledge_writer_finish(b->writer, table, tree, err);
	if (result == 0)
		build_report(b, tree);
	tree_free(tree);
	casetable_free(table);
	return result;
}

/* The name given, or that of the questions, or what these articles are about. */
static void build_name(struct build *b, const struct options *o)
{
	struct questions *questions = b->sources.questions;
	const char *name = o->name != NULL        ? o->name
			   : o->questions == NULL ? products_name(b->products)
						  : NULL;

	if (name == NULL)
		return;
	free(questions->name);
	questions->name = scan_clean(name, strlen(name));
}

static void build_catch_signals(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	const struct sigaction action = {.sa_handler = build_interrupt};

	/* What whoever started us has ignored (nohup) stays so. */
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction old;

		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
}

/* 0, or the exit status. */
static int build_run(
    struct build *b, const struct options *o, const struct collection *files)
{
	struct err err = {0};

	build_catch_signals(); /* from here on there is something to clear away */
	b->writer = knowledge_writer_new(o->output, b->sources.questions, &err);
	if (b->writer == NULL)
		return kbc_fail(&err);
	b->cases = casetable_builder_new(b->sources.questions);
	b->products = products_new();
	if (build_add_all(b, files, &err) == -1)
		return kbc_fail(&err);
	if (b->articles == 0) {
		fputs("kbc: no usable article; nothing was written\n", stderr);
		return KBC_FAULTS;
	}
	if (o->strict && b->faults > 0) {
		fprintf(stderr, "kbc: %zu faults with --strict; nothing was written\n",
		    b->faults);
		return KBC_FAULTS;
	}
	build_name(b, o);
	return build_finish(b, &err) == -1 ? kbc_fail(&err) : 0;
}

static void build_fini(struct build *b)
{
	knowledge_writer_free(b->writer);
	casetable_builder_free(b->cases);
	products_free(b->products);
	tdestroy(b->seen, free);
	sources_close(&b->sources);
}

static bool same_file(const struct stat *a, const char *path)
{
	struct stat b;

	return path != NULL && stat(path, &b) == 0 && a->st_dev == b.st_dev &&
	       a->st_ino == b.st_ino;
}

/* What is compiled is never overwritten: "-o *.txt" names the first article as the output. */
static int build_guard(
    const struct options *o, const struct collection *files, struct err *err)
{
	const char *input = NULL;
	struct stat target;

	if (stat(o->output, &target) == -1)
		return 0;
	if (same_file(&target, o->questions))
		input = o->questions;
	else if (same_file(&target, o->curated))
		input = o->curated;
	for (size_t i = 0; i < files->n && input == NULL; i++) {
		if (same_file(&target, files->paths[i]))
			input = files->paths[i];
	}
	if (input == NULL)
		return 0;
	return err_set(err, ERR_USAGE,
	    "-o %s is one of the files to compile (%s); nothing was written", o->output,
	    input);
}

/*
 * What one article took is kept for the next, instead of given back to the system, which hands
 * it out again page by page: an interruption each.
 */
static void build_keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT / 2);
#endif
}

int kbc_build(const struct options *o)
{
	struct build b = {.progress = isatty(STDERR_FILENO)};
	struct collection files = {0};
	struct err err = {0};
	int status = 0;

	if (o->output == NULL) {
		fputs("kbc: build needs -o FILE.kbw\n", stderr);
		return ERR_USAGE;
	}
	clock_gettime(CLOCK_MONOTONIC, &b.start);
	build_keep_memory();
	if (sources_open(&b.sources, o, &err) == -1) {
		build_print_faults(&b, &b.sources.diag);
		status = kbc_fail(&err);
	} else if (collect_paths(&files, o->args, o->nargs, &o->exclusion, &err) == -1) {
		kbc_fail(&err);
		status = KBC_FAULTS; /* nothing usable, as if it were in the files */
	} else if (build_guard(o, &files, &err) == -1) {
		status = kbc_fail(&err);
	}
	if (status == 0)
		status = build_run(&b, o, &files);
	collect_fini(&files);
	build_fini(&b);
	if (interrupted) {
		signal(interrupted, SIG_DFL);
		raise(interrupted);
	}
	return status;
}
