/* SPDX-License-Identifier: ISC */
/*
 * Runs a program once, its output thrown away, and prints what it took, for tests/bench/run:
 *
 *	spent PROGRAM [ARGUMENT]...
 *
 * "MS CPU_MS KIB": milliseconds from fork to its end, milliseconds of the processor, the most
 * memory it had. The exit status is the program's.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void run(char *argv[])
{
	int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

int main(int argc, char *argv[])
{
	double begun = now();
	struct rusage used;
	int status;
	pid_t child;

	if (argc < 2)
		return 64;
	child = fork();
	if (child == 0)
		run(argv + 1);
	if (child == -1 || wait4(child, &status, 0, &used) == -1) {
		perror("spent");
		return 1;
	}
	printf("%.3f %.3f %ld\n", now() - begun,
	    milliseconds(used.ru_utime) + milliseconds(used.ru_stime), used.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
