/* SPDX-License-Identifier: ISC */
/*
 * Many programs writing to one case log, each a case of its own, and every event looked for
 * afterwards; run by caselog_load.sh and, for its figures, by bench/run.
 *
 *	caselog_writers [-w WRITERS] [-n EVENTS] [-r PER_SECOND] [-p] LOG
 *	caselog_writers -k ROUNDS LOG
 *
 * Without -r each writes as fast as it can. Prints milliseconds, "MEDIAN P99 MAX" of what an append
 * took and the same of what is left without the syncs of the disk (waiting for other writers, and
 * for a processor), then events a second and the length of the write-ahead log in kilobytes. With -p the same is done in
 * plain SQLite as its manual has it (WAL, synchronous = FULL, a busy timeout), to compare with.
 * With -k a writer is killed at a random moment, so many times; what it was told is written must
 * be there, in order and without a gap, and its case must be free.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "../decision/caselog.h"
#include "../kb/xalloc.h"

#define NOON INT64_C(1778587200000)

struct load {
	const char *path;
	int writers, events;
	double rate; /* events of a writer a second; 0: as fast as it can */
	bool plain;
	/* of each writer its events, milliseconds, then the same without syncs; shared memory */
	double *taken, *waited;
	double begun;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double synced; /* milliseconds that this process spent in syncs */

/* In the place of the C library's, for SQLite. */
int fdatasync(int fd)
{
	double from = now();
	int result = (int)syscall(SYS_fdatasync, fd);

	synced += now() - from;
	return result;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	_exit(1);
}

static struct caselog *open_log(const char *path)
{
	struct err err = {.text = NULL};
	struct caselog *log = caselog_open(path, true, &err);

	if (log == NULL)
		die("open", err_text(&err));
	return log;
}

static void append(struct caselog *log, struct case_head *head, int writer, int i)
{
	char agent[] = "anna", text[64];
	struct event event = {.time = NOON + i,
	    .kind = i == 0 ? EVENT_OPENED : EVENT_NOTED,
	    .agent = agent,
	    .entry = -1,
	    .step = -1,
	    .text = text};
	struct err err = {.text = NULL};

	snprintf(
	    text, sizeof text, "event %d of writer %d, as long as they are", i, writer);
	head->changed = event.time;
	if (caselog_append(log, head, &event, 1, &err) < 0)
		die("append", err_text(&err));
}

static struct case_head new_head(int writer)
{
	return (struct case_head){.opened = NOON,
	    .agent = xasprintf("agent %d", writer),
	    .knowledge = xstrdup("exchange"),
	    .fingerprint = xstrdup("0123456789abcdef")};
}

/* Writers of a load. */

/* Waits for the turn of event i: evenly spread, each writer at its own offset. */
static void await_turn(const struct load *load, int writer, int i)
{
	double at, wait;

	if (load->rate == 0)
		return;
	at = load->begun + (i + (double)writer / load->writers) * 1e3 / load->rate;
	wait = at - now();
	if (wait > 0) {
		struct timespec t = {.tv_sec = (time_t)(wait / 1e3)};

		t.tv_nsec = (long)((wait - (double)t.tv_sec * 1e3) * 1e6);
		ppoll(NULL, 0, &t, NULL);
	}
}

static void write_ours(const struct load *load, int writer, double *taken, double *waited)
{
	struct caselog *log = open_log(load->path);
	struct case_head head = new_head(writer);
	char *holder;

	for (int i = 0; i < load->events; i++) {
		double from, disk;

		await_turn(load, writer, i);
		from = now(), disk = synced;
		append(log, &head, writer, i);
		taken[i] = now() - from;
		waited[i] = taken[i] - (synced - disk);
		if (i == 0 && caselog_claim(log, head.id, head.agent, &holder, NULL) != 1)
			die("claim", head.name);
	}
	case_head_fini(&head);
	caselog_close(log);
}

static void plain_run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sql, sqlite3_errmsg(db));
}

static sqlite3 *plain_open(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		die(path, sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 20000);
	plain_run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		      "CREATE TABLE IF NOT EXISTS events(writer INTEGER, seq INTEGER, "
		      "text TEXT, PRIMARY KEY(writer, seq)) WITHOUT ROWID");
	return db;
}

static void write_plain(const struct load *load, int writer, double *taken, double *waited)
{
	sqlite3 *db = plain_open(load->path);

	for (int i = 0; i < load->events; i++) {
		char *sql = xasprintf("INSERT INTO events VALUES(%d, %d, "
				      "'event %d of writer %d, as long as they are')",
		    writer, i, i, writer);
		double from, disk;

		await_turn(load, writer, i);
		from = now(), disk = synced;
		plain_run(db, sql);
		taken[i] = now() - from;
		waited[i] = taken[i] - (synced - disk);
		free(sql);
	}
	sqlite3_close(db);
}

/* Afterwards. */

static void check_case(struct caselog *log, const struct case_head *head, int events)
{
	struct case_record record;
	struct err err = {.text = NULL};

	if (caselog_read(log, head->name, &record, &err) != 1)
		die(head->name, err_text(&err));
	if (record.n != (size_t)events)
		die(head->name, "events are missing");
	for (size_t i = 0; i < record.n; i++) {
		char *text =
		    xasprintf("event %zu of writer %s,", i, head->agent + strlen("agent "));

		if (record.events[i].time != NOON + (int64_t)i ||
		    strncmp(record.events[i].text, text, strlen(text)) != 0)
			die(head->name, "events are out of order");
		free(text);
	}
	case_record_fini(&record);
}

static void check_log(const struct load *load)
{
	struct caselog *log = open_log(load->path);
	struct case_heads heads;
	struct err err = {.text = NULL};

	if (caselog_list(log, &(struct case_filter){.most = 0}, &heads, &err) < 0)
		die("list", err_text(&err));
	if (heads.n != (size_t)load->writers)
		die("list", "cases are missing");
	for (size_t i = 0; i < heads.n; i++)
		check_case(log, &heads.list[i], load->events);
	case_heads_fini(&heads);
	caselog_close(log);
}

static int later(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static long kilobytes(const char *path, const char *end)
{
	char *name = xasprintf("%s%s", path, end);
	struct stat st = {.st_size = 0};

	if (stat(name, &st) < 0)
		st.st_size = 0;
	free(name);
	return (long)(st.st_size / 1024);
}

static void print_spread(double *list, size_t n)
{
	qsort(list, n, sizeof *list, later);
	printf("%.2f %.2f %.2f ", list[n / 2], list[n * 99 / 100], list[n - 1]);
}

static void print_figures(const struct load *load, long log_size)
{
	size_t n = (size_t)load->writers * (size_t)load->events;
	double passed = now() - load->begun;

	print_spread(load->taken, n);
	print_spread(load->waited, n);
	printf("%.0f %ld\n", (double)n * 1e3 / passed, log_size);
}

static void start_writer(struct load *load, int writer)
{
	pid_t child = fork();
	size_t at;

	if (child < 0)
		die("fork", "failed");
	if (child > 0)
		return;
	at = (size_t)writer * (size_t)load->events;
	(load->plain ? write_plain : write_ours)(
	    load, writer, &load->taken[at], &load->waited[at]);
	_exit(0);
}

static int run_load(struct load *load)
{
	size_t n = (size_t)load->writers * (size_t)load->events;
	int failed = 0, status;
	long log_size;

	load->taken = mmap(NULL, 2 * n * sizeof *load->taken, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (load->taken == MAP_FAILED)
		die("mmap", "failed");
	load->waited = load->taken + n;
	if (load->plain)
		sqlite3_close(plain_open(load->path));
	else
		caselog_close(open_log(load->path));
	load->begun = now();
	for (int i = 0; i < load->writers; i++)
		start_writer(load, i);
	log_size = 0;
	while (wait(&status) > 0) {
		long more = kilobytes(load->path, "-wal");

		failed |= status;
		log_size = more > log_size ? more : log_size;
	}
	print_figures(load, log_size);
	if (!load->plain && failed == 0)
		check_log(load);
	return failed != 0;
}

/* Kills. */

/* Claims its case and writes to it, a byte to the pipe for every event that is written. */
static void write_until_killed(const char *path, int pipe_end)
{
	struct caselog *log = open_log(path);
	struct case_head head = new_head(0);
	char *holder;

	for (int i = 0;; i++) {
		append(log, &head, 0, i);
		if (i == 0 && caselog_claim(log, head.id, "x", &holder, NULL) != 1)
			die("claim", head.name);
		if (write(pipe_end, "", 1) != 1)
			_exit(0);
	}
}

/* How many bytes come until the other end is closed; kills the child after the first few. */
static int count_until_killed(int pipe_end, pid_t child)
{
	int n = 0, most = rand() % 8;
	char byte;

	for (;;) {
		if (n == most) {
			/* somewhere within the next append */
			for (volatile int spin = rand() % 400000; spin > 0; spin--)
				;
			kill(child, SIGKILL);
			most = -1;
		}
		if (read(pipe_end, &byte, 1) != 1)
			return n;
		n++;
	}
}

/* What was said to be written is, and at most one event more. */
static void check_killed(const char *path, int told)
{
	struct caselog *log = open_log(path);
	struct case_heads heads;
	struct case_record record = {.n = 0};
	struct err err = {.text = NULL};
	char *holder;

	if (caselog_list(log, &(struct case_filter){.most = 0}, &heads, &err) < 0)
		die("list", err_text(&err));
	if (heads.n > 1 || (heads.n == 0 && told > 0))
		die("killed", "cases are missing");
	if (heads.n == 1) {
		if (caselog_read(log, heads.list[0].name, &record, &err) != 1)
			die("killed", err_text(&err));
		if (record.n < (size_t)told || record.n > (size_t)told + 1)
			die("killed", "events are missing");
		check_case(log, &heads.list[0], (int)record.n);
		if (caselog_claim(log, heads.list[0].id, "y", &holder, &err) != 1)
			die("killed", "the case is not free");
		case_record_fini(&record);
	}
	case_heads_fini(&heads);
	caselog_close(log);
}

static int run_kills(const char *path, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		int ends[2], told;
		pid_t child;

		unlink(path);
		if (pipe(ends) < 0)
			die("pipe", "failed");
		child = fork();
		if (child < 0)
			die("fork", "failed");
		if (child == 0) {
			close(ends[0]);
			write_until_killed(path, ends[1]);
		}
		close(ends[1]);
		told = count_until_killed(ends[0], child);
		close(ends[0]);
		waitpid(child, NULL, 0);
		check_killed(path, told);
	}
	return 0;
}

int main(int argc, char *argv[])
{
	struct load load = {.writers = 50, .events = 200};
	int option, kills = 0;

	while ((option = getopt(argc, argv, "w:n:r:k:p")) != -1) {
		switch (option) {
		case 'w':
			load.writers = atoi(optarg);
			break;
		case 'n':
			load.events = atoi(optarg);
			break;
		case 'r':
			load.rate = atof(optarg);
			break;
		case 'k':
			kills = atoi(optarg);
			break;
		case 'p':
			load.plain = true;
			break;
		default:
			return 64;
		}
	}
	if (optind + 1 != argc)
		return 64;
	load.path = argv[optind];
	return kills > 0 ? run_kills(load.path, kills) : run_load(&load);
}
