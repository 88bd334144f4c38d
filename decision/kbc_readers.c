/* SPDX-License-Identifier: ISC */
/*
 * A ring of places, one for each article between being taken by a thread and being handed
 * over. Threads take the articles in order; the one who wants them waits for the first.
 */
#include "kbc_readers.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "../kb/xalloc.h"
#include "words.h"

#define AHEAD 64 /* articles that threads may be ahead */
#define THREADS_MAX 16
#define ARTICLES_EACH 256 /* a thread more for so many: each compiles the patterns */

struct place {
	bool done;
	struct reading_result result;
};

struct readers {
	const struct sources *sources;
	const struct collection *files;
	pthread_t threads[THREADS_MAX];
	size_t nthreads;

	pthread_mutex_t mutex; /* of all that follows, and of places[i].done */
	pthread_cond_t read, room;
	size_t taken; /* articles that threads took */
	size_t over; /* articles that were handed over and given back */
	bool handed; /* the next is handed over now */
	bool stop;
	struct place places[AHEAD];
};

static void result_fini(struct reading_result *r)
{
	if (r->usable)
		understanding_fini(&r->understanding);
	free(r->signature);
	diag_fini(&r->diag);
	*r = (struct reading_result){.usable = false};
}

/* The next article to read, or false when there is none for this thread. */
static bool readers_take(struct readers *r, size_t *article)
{
	bool taken;

	pthread_mutex_lock(&r->mutex);
	while (!r->stop && r->taken < r->files->n && r->taken >= r->over + AHEAD)
		pthread_cond_wait(&r->room, &r->mutex);
	taken = !r->stop && r->taken < r->files->n;
	if (taken)
		*article = r->taken++;
	pthread_mutex_unlock(&r->mutex);
	return taken;
}

static void readers_put(struct readers *r, size_t article)
{
	pthread_mutex_lock(&r->mutex);
	r->places[article % AHEAD].done = true;
	if (article == r->over)
		pthread_cond_signal(&r->read);
	pthread_mutex_unlock(&r->mutex);
}

static void article_read(struct readers *r, const struct reader *reader, size_t article)
{
	struct reading_result *result = &r->places[article % AHEAD].result;

	result_fini(result);
	result->usable = reader_read(
	    reader, r->files->paths[article], &result->understanding, &result->diag);
	if (result->usable)
		result->signature = words_signature(result->understanding.article);
}

static void articles_read(struct readers *r, const struct reader *reader)
{
	size_t article;

	while (readers_take(r, &article)) {
		article_read(r, reader, article);
		readers_put(r, article);
	}
}

/* The first thread reads with what the sources have. */
static void *thread_first(void *arg)
{
	struct readers *r = arg;

	articles_read(r, &r->sources->reader);
	pattern_thread_end();
	return NULL;
}

/* Others make their own; where that fails the first reads on alone. */
static void *thread_other(void *arg)
{
	struct readers *r = arg;
	struct reader reader;
	struct err err = {0};

	if (reader_open(&reader, r->sources->questions, &err) == 0)
		articles_read(r, &reader);
	err_fini(&err);
	reader_close(&reader);
	pattern_thread_end();
	return NULL;
}

static size_t threads_wanted(const struct collection *files)
{
	size_t n = 1 + files->n / ARTICLES_EACH, processors = 1;
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		processors = (size_t)CPU_COUNT(&set);
	if (n > processors)
		n = processors;
	return n < THREADS_MAX ? n : THREADS_MAX;
}

static void readers_start(struct readers *r, size_t wanted)
{
	for (size_t i = 0; i < wanted; i++) {
		int error = pthread_create(
		    &r->threads[i], NULL, i == 0 ? thread_first : thread_other, r);

		if (error != 0)
			break;
		r->nthreads++;
	}
}

struct readers *readers_new(const struct sources *sources, const struct collection *files)
{
	struct readers *r = xcalloc(1, sizeof *r);

	r->sources = sources;
	r->files = files;
	pthread_mutex_init(&r->mutex, NULL);
	pthread_cond_init(&r->read, NULL);
	pthread_cond_init(&r->room, NULL);
	readers_start(r, threads_wanted(files));
	return r;
}

/*
 * The place of the article that was handed over is free again. What it holds is freed by the
 * thread that takes it next: allocating and freeing in the same threads they meet less.
 */
static void readers_give_back(struct readers *r)
{
	struct place *place = &r->places[r->over % AHEAD];

	pthread_mutex_lock(&r->mutex);
	place->done = false;
	r->over++;
	r->handed = false;
	pthread_cond_broadcast(&r->room);
	pthread_mutex_unlock(&r->mutex);
}

struct reading_result *readers_next(struct readers *r)
{
	struct place *place;

	if (r->handed)
		readers_give_back(r);
	place = &r->places[r->over % AHEAD];
	if (r->nthreads == 0) { /* the system refused */
		article_read(r, &r->sources->reader, r->over);
		place->done = true;
	}
	pthread_mutex_lock(&r->mutex);
	while (!place->done)
		pthread_cond_wait(&r->read, &r->mutex);
	r->handed = true;
	pthread_mutex_unlock(&r->mutex);
	return &place->result;
}

void readers_free(struct readers *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->mutex);
	r->stop = true;
	pthread_cond_broadcast(&r->room);
	pthread_mutex_unlock(&r->mutex);
	for (size_t i = 0; i < r->nthreads; i++)
		pthread_join(r->threads[i], NULL);
	for (size_t i = 0; i < AHEAD; i++)
		result_fini(&r->places[i].result);
	pthread_cond_destroy(&r->room);
	pthread_cond_destroy(&r->read);
	pthread_mutex_destroy(&r->mutex);
	free(r);
}
