/* SPDX-License-Identifier: ISC */
/* kbwizard: options and wiring. */

#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../decision/descriptors.h"
#include "../kb/scan.h"
#include "app.h"
#include "cases.h"
#include "diagnose.h"
#include "heap.h"
#include "line.h"
#include "resume.h"
#include "term.h"

#define FIRST_SCREEN (384 << 10) /* bytes of heap that it takes */

struct options {
	const char *file;
	bool named; /* the file, with -k */
	const char *resume; /* a case to take up: its number, or a file; NULL */
	struct desk_options desk;
	enum setting setting;
	bool lines, ascii;
};

static const char usage[] =
    "usage: kbwizard [-k FILE.kbw] [--line] [--ascii] [--phone] [--cases FILE]\n"
    "                [--agent NAME] [--restricted] [--no-cases]\n"
    "       kbwizard call           as above, with somebody on the phone\n"
    "       kbwizard diagnose [-k FILE.kbw] [--text WORDS] [--answer QUESTION=ANSWER]...\n"
    "                [--shortlist N] [--why] [--why-not ARTICLE]\n"
    "                [--what-if QUESTION=ANSWER] [--json]\n"
    "       kbwizard [OPTION]... resume N|FILE\n"
    "       kbwizard [OPTION]... cases [--open] [--state STATE] [--today] [--since DATE]\n"
    "                [--agent NAME] [--text WORDS] [--format text|tsv|json]\n"
    "       kbwizard [OPTION]... cases show|hand-over|escalate|close|note|purge ...\n";

static const char help[] =
    "Steps through a problem and advises what to do about it.\n"
    "\n"
    "  -k FILE, --knowledge=FILE   the knowledge file, or a folder of them to choose "
    "from;\n"
    "                              otherwise $KBWIZARD_KB, otherwise those installed\n"
    "      --line                  plain numbered lines instead of screens\n"
    "      --ascii                 nothing but ASCII on the screens\n"
    "      --phone                 ask in the order that is best over the phone\n"
    "      --cases=FILE            keep cases there; otherwise in $KBWIZARD_CASES,\n"
    "                              otherwise in the user's own folder\n"
    "      --agent=NAME            who works; otherwise $KBWIZARD_AGENT, or the user\n"
    "      --restricted            no path can be chosen, no clipboard, own cases only\n"
    "      --no-cases              keep nothing\n"
    "  -h, --help                  this text\n"
    "  -V, --version               the version\n"
    "\n"
    "diagnose answers once, for scripts. resume takes a case up again: one of the log by "
    "its\n"
    "number, or one from a ticket that was saved. cases lists what is in the log, exports "
    "it\n"
    "for a ticket and puts it in order. kbwizard(1) explains it all.\n";

/* A bare machine has no locale: characters are UTF-8 then, and all else stays plain. */
static void choose_locale(void)
{
	if (setlocale(LC_CTYPE, "") == NULL ||
	    strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

static const char *default_file(void)
{
	const char *file = getenv("KBWIZARD_KB");

	return file != NULL && file[0] != '\0' ? file : PKGDATADIR;
}

static int complain(struct err *err)
{
	int status = err->class;
	char *text = scan_clean(err_text(err), strlen(err_text(err)));

	fprintf(stderr, "kbwizard: %s\n", text);
	free(text);
	err_fini(err);
	return status;
}

/* Screens need a terminal at both ends that can move its cursor. */
static bool wants_screens(const struct options *options)
{
	const char *type = getenv("TERM");

	return !options->lines && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
	       type != NULL && type[0] != '\0' && strcmp(type, "dumb") != 0;
}

/* Dies of the signal that ended the screens, as if nothing had caught it. */
static void die_of(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static int run_screens(const struct shelf *shelf, struct desk *desk,
    const struct options *options, struct err *err)
{
	int result;

	draw_start(options->ascii);
	result = app_run(shelf, desk, options->setting, err);
	term_stop();
	return result;
}

/* Screens, or else lines. 0, the signal that ended it, or -1 and err. */
static int run_wizard(const struct shelf *shelf, struct desk *desk,
    const struct options *options, struct err *err)
{
	if (wants_screens(options) && term_start(err) == 0)
		return run_screens(shelf, desk, options, err);
	if (err->class != ERR_NONE)
		complain(err);
	return line_run(shelf, desk, options->setting, err);
}

/* The same with the case that is to be taken up. */
static int run_resumed(const struct shelf *shelf, struct desk *desk,
    const struct options *options, struct err *err)
{
	struct options then = *options;
	struct beginning beginning;
	int result;

	if (resume_open(&beginning, desk, shelf, options->named, options->resume, err) ==
	    -1)
		return -1;
	then.setting =
	    casefile_record(beginning.file)->head.phone ? SETTING_PHONE : options->setting;
	desk->beginning = &beginning;
	result = run_wizard(shelf, desk, &then, err);
	beginning_fini(&beginning);
	return result;
}

static int run(const struct options *options)
{
	struct err err = {0};
	struct shelf shelf;
	struct desk desk;
	int result;

	if (shelf_open(&shelf, options->file, &err) == -1) {
		result = complain(&err);
		if (strcmp(options->file, PKGDATADIR) == 0)
			fputs("kbwizard: no knowledge is installed; name a file with -k\n",
			    stderr);
		return result;
	}
	desk_init(&desk, &options->desk);
	result = options->resume != NULL ? run_resumed(&shelf, &desk, options, &err)
					 : run_wizard(&shelf, &desk, options, &err);
	desk_fini(&desk);
	shelf_close(&shelf);
	if (result > 0)
		die_of(result);
	return result == -1 ? complain(&err) : result;
}

static int run_cases(int argc, char *argv[], const struct options *options)
{
	struct desk desk;
	int status;

	desk_init(&desk, &options->desk);
	status = cases_main(argc, argv, &desk, options->file, options->named);
	desk_fini(&desk);
	return status;
}

static int misused(void)
{
	fputs(usage, stderr);
	return ERR_USAGE;
}

/* The exit status of what was printed to be read. */
static int printed(void)
{
	struct err err = {0};

	if (fflush(stdout) != EOF && !ferror(stdout))
		return 0;
	err_sys(&err, ERR_WRITE, "writing to standard output failed");
	return complain(&err);
}

/* What was typed on the command line is not what was meant. */
static int refuse(const char *what, const char *given, const char *hint)
{
	char *clean = scan_clean(given, strlen(given));

	fprintf(stderr, "kbwizard: %s '%s'%s\n", what, clean, hint);
	free(clean);
	return misused();
}

static bool ends_in_kbw(const char *text)
{
	size_t len = strlen(text);

	return len > 4 && strcmp(text + len - 4, ".kbw") == 0;
}

/* getopt_long names a letter in optopt, a long option by where it stands. */
static int refuse_option(char *argv[])
{
	char letter[] = {'-', (char)optopt, '\0'};
	bool named = optopt > ' ' && optopt < 0x7f;

	return refuse("unknown option, or one without its argument:",
	    named ? letter : argv[optind - 1], "");
}

int main(int argc, char *argv[])
{
	enum {
		OPTION_LINE = 256,
		OPTION_ASCII,
		OPTION_PHONE,
		OPTION_CASES,
		OPTION_AGENT,
		OPTION_RESTRICTED,
		OPTION_NO_CASES
	};
	static const struct option names[] = {
	    {"knowledge", required_argument, NULL, 'k'},
	    {"line", no_argument, NULL, OPTION_LINE},
	    {"ascii", no_argument, NULL, OPTION_ASCII},
	    {"phone", no_argument, NULL, OPTION_PHONE},
	    {"cases", required_argument, NULL, OPTION_CASES},
	    {"agent", required_argument, NULL, OPTION_AGENT},
	    {"restricted", no_argument, NULL, OPTION_RESTRICTED},
	    {"no-cases", no_argument, NULL, OPTION_NO_CASES},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'V'},
	    {NULL, 0, NULL, 0},
	};
	struct options options = {.file = default_file(), .setting = SETTING_CONSOLE};
	int option;

	descriptors_keep();
	heap_prepare(FIRST_SCREEN);
	choose_locale();
	opterr = 0;
	signal(SIGXFSZ, SIG_IGN); /* writing past a limit is an error of write(2) */
	while ((option = getopt_long(argc, argv, "+k:hV", names, NULL)) != -1) {
		switch (option) {
		case 'k':
			options.file = optarg;
			options.named = true;
			break;
		case OPTION_LINE:
			options.lines = true;
			break;
		case OPTION_ASCII:
			options.ascii = true;
			break;
		case OPTION_PHONE:
			options.setting = SETTING_PHONE;
			break;
		case OPTION_CASES:
			options.desk.cases = optarg;
			break;
		case OPTION_AGENT:
			options.desk.agent = optarg;
			break;
		case OPTION_RESTRICTED:
			options.desk.restricted = true;
			break;
		case OPTION_NO_CASES:
			options.desk.unrecorded = true;
			break;
		case 'h':
			printf("%s\n%s", usage, help);
			return printed();
		case 'V':
			puts("kbwizard " PACKAGE_VERSION);
			return printed();
		default:
			return refuse_option(argv);
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 0 && strcmp(argv[0], "diagnose") == 0)
		return diagnose_main(argc, argv, options.file);
	if (argc > 0 && strcmp(argv[0], "cases") == 0)
		return run_cases(argc, argv, &options);
	if (argc == 1 && strcmp(argv[0], "call") == 0) {
		options.setting = SETTING_PHONE;
		options.desk.calling = true;
	} else if (argc == 2 && strcmp(argv[0], "resume") == 0) {
		options.resume = argv[1];
	} else if (argc > 0 && strcmp(argv[0], "resume") == 0) {
		fputs("kbwizard: resume takes the number of a case, or a file\n", stderr);
		return misused();
	} else if (argc > 0) {
		return refuse("there is no command", argv[0],
		    ends_in_kbw(argv[0]) ? ": a knowledge file is named with -k" : "");
	}
	return run(&options);
}
