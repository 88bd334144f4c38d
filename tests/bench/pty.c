/* SPDX-License-Identifier: ISC */
/*
 * Times a program on a pseudo-terminal of 80 columns and 24 rows, once, for tests/bench/run.
 *
 *	pty [-a AHEAD] [-k KEY]... [-q] [-w MS] -- PROGRAM [ARGUMENT]...
 *
 *	-a	typed before the program starts: "e" Enter, "" nothing
 *	-k	pressed, one after the other, when all is quiet: down, up, enter, esc, ^C or a
 *		character
 *	-q	the last key ends the program: its line tells the time until it is gone
 *
 * One line for the start, "paint MS BYTES", and one a key, "KEY MS BYTES": milliseconds from
 * exec (or the key) to the last byte of what follows, and how many bytes. It is the last byte
 * when nothing comes for a while, which is not counted: 100 milliseconds, or as -w says.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 5000.0 /* until a program that says nothing is given up */
#define KEYS 32

struct terminal {
	int fd;
	double quiet;
	pid_t child;
	volatile double *started; /* stamped by the child just before exec */
	bool application; /* what cursor keys send, as the program asked for */
	double last; /* when the last byte came */
	long bytes;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void send_bytes(const struct terminal *t, const char *bytes)
{
	if (write(t->fd, bytes, strlen(bytes)) == -1)
		die("write");
}

/* Takes what the program wrote: cursor keys depend on it, and some programs ask things. */
static void take(struct terminal *t, const char *bytes, size_t n)
{
	if (memmem(bytes, n, "\033[?1h", 5) != NULL)
		t->application = true;
	if (memmem(bytes, n, "\033[?1l", 5) != NULL)
		t->application = false;
	if (memmem(bytes, n, "\033[6n", 4) != NULL)
		send_bytes(t, "\033[1;1R");
	if (memmem(bytes, n, "\033[c", 3) != NULL)
		send_bytes(t, "\033[?62;22c");
	t->bytes += (long)n;
	t->last = now();
}

/* Reads until nothing comes for a while. False when the program closed its terminal. */
static bool listen_to(struct terminal *t)
{
	double begun = now();
	char bytes[65536];

	t->bytes = 0;
	t->last = 0;
	for (;;) {
		struct pollfd in = {.fd = t->fd, .events = POLLIN};
		double left =
		    t->bytes > 0 ? t->last + t->quiet - now() : begun + PATIENCE - now();
		ssize_t n;

		if (left <= 0 || poll(&in, 1, (int)left + 1) == 0)
			return true;
		n = read(t->fd, bytes, sizeof bytes);
		if (n <= 0)
			return false;
		take(t, bytes, (size_t)n);
	}
}

static void open_terminal(struct terminal *t, char slave[64])
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	const char *name;

	t->fd = posix_openpt(O_RDWR | O_NOCTTY);
	if (t->fd == -1 || grantpt(t->fd) == -1 || unlockpt(t->fd) == -1 ||
	    (name = ptsname(t->fd)) == NULL || ioctl(t->fd, TIOCSWINSZ, &size) == -1)
		die("pseudo-terminal");
	snprintf(slave, 64, "%s", name);
	t->started = mmap(NULL, sizeof *t->started, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (t->started == MAP_FAILED)
		die("mmap");
}

static void start(struct terminal *t, const char *ahead, char *argv[])
{
	char slave[64];
	int fd;

	open_terminal(t, slave);
	/* held open, so that the terminal keeps what is typed ahead */
	fd = open(slave, O_RDWR | O_NOCTTY);
	if (fd == -1)
		die(slave);
	if (ahead[0] == 'e')
		send_bytes(t, "\r");
	t->child = fork();
	if (t->child == -1)
		die("fork");
	if (t->child == 0) {
		setsid();
		ioctl(fd, TIOCSCTTY, 0);
		for (int i = 0; i < 3; i++)
			dup2(fd, i);
		close(fd);
		close(t->fd);
		/* whoever runs this in the background may have had them ignored */
		signal(SIGHUP, SIG_DFL);
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		unsetenv("LINES");
		unsetenv("COLUMNS");
		*t->started = now();
		execvp(argv[0], argv);
		_exit(127);
	}
	close(fd);
}

static const char *key_bytes(const struct terminal *t, const char *key)
{
	static const struct {
		const char *name, *bytes, *application;
	} keys[] = {
	    {"down", "\033[B", "\033OB"},
	    {"up", "\033[A", "\033OA"},
	    {"enter", "\r", "\r"},
	    {"esc", "\033", "\033"},
	    {"^C", "\003", "\003"},
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (strcmp(keys[i].name, key) == 0)
			return t->application ? keys[i].application : keys[i].bytes;
	}
	return key;
}

/* Until the program is gone, whatever it says meanwhile. */
static double wait_for_end(struct terminal *t, double pressed)
{
	char bytes[65536];
	struct pollfd in = {.fd = t->fd, .events = POLLIN};

	for (;;) {
		ssize_t n;

		if (poll(&in, 1, (int)PATIENCE) <= 0) {
			kill(t->child, SIGKILL);
			break;
		}
		n = read(t->fd, bytes, sizeof bytes);
		if (n <= 0)
			break;
		t->bytes += (long)n;
	}
	waitpid(t->child, NULL, 0);
	return now() - pressed;
}

static void press(struct terminal *t, const char *key, bool ends)
{
	double pressed = now(), took;

	send_bytes(t, key_bytes(t, key));
	t->bytes = 0;
	if (ends) {
		took = wait_for_end(t, pressed);
	} else {
		listen_to(t);
		took = t->bytes > 0 ? t->last - pressed : -1;
	}
	printf("%s %.3f %ld\n", key, took, t->bytes);
}

int main(int argc, char *argv[])
{
	struct terminal t = {.fd = -1, .quiet = 100};
	const char *keys[KEYS], *ahead = "";
	int nkeys = 0, option;
	bool last_ends = false;

	while ((option = getopt(argc, argv, "+a:k:qw:")) != -1) {
		if (option == 'a')
			ahead = optarg;
		else if (option == 'k' && nkeys < KEYS)
			keys[nkeys++] = optarg;
		else if (option == 'q')
			last_ends = true;
		else if (option == 'w')
			t.quiet = strtod(optarg, NULL);
		else
			return 64;
	}
	if (optind == argc)
		return 64;
	start(&t, ahead, argv + optind);
	listen_to(&t);
	printf("paint %.3f %ld\n", t.last - *t.started, t.bytes);
	for (int i = 0; i < nkeys; i++)
		press(&t, keys[i], last_ends && i == nkeys - 1);
	kill(t.child, SIGKILL);
	return 0;
}
