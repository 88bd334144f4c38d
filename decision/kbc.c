/* SPDX-License-Identifier: ISC */
/* kbc: compiles and inspects knowledge. The command line; each command has its own file. */

#include "kbc.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

enum {
	OPT_JSON = 256,
	OPT_FORMAT,
	OPT_STRICT,
	OPT_VERIFY,
	OPT_SUMMARY,
	OPT_NAME,
	OPT_EXCLUDE,
	OPT_SIMULATE,
	OPT_SEED,
	OPT_CALLERS
};

/* So many callers are more than anybody waits for. */
#define MOST_CALLERS 10000000

static const struct option long_options[] = {
    {"json", no_argument, NULL, OPT_JSON},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"verify", no_argument, NULL, OPT_VERIFY},
    {"summary", no_argument, NULL, OPT_SUMMARY},
    {"name", required_argument, NULL, OPT_NAME},
    {"exclude", required_argument, NULL, OPT_EXCLUDE},
    {"simulate", no_argument, NULL, OPT_SIMULATE},
    {"seed", required_argument, NULL, OPT_SEED},
    {"callers", required_argument, NULL, OPT_CALLERS},
    {"questions", required_argument, NULL, 'q'},
    {"curated", required_argument, NULL, 'c'},
    {"output", required_argument, NULL, 'o'},
    {"help", no_argument, NULL, 'h'},
    {0},
};

/* One command: the options it takes, as getopt values, and how many arguments. */
static const struct command {
	const char *name;
	int (*run)(const struct options *);
	const int options[8];
	size_t least, most;
	const char *usage, *purpose;
} commands[] = {
    {"build", kbc_build, {'q', 'c', 'o', OPT_STRICT, OPT_NAME, OPT_EXCLUDE}, 1, SIZE_MAX,
	"build [-q QUESTIONS.yaml] [-c CURATED.yaml] [--strict] [--name NAME] "
	"[--exclude GLOB]... -o FILE.kbw PATH...",
	"compile articles into a knowledge file"},
    {"show", kbc_show, {OPT_JSON}, 2, 2, "show FILE.kbw ARTICLE [--json]",
	"one article as understood: sections, facts with evidence, advice"},
    {"tree", kbc_tree, {OPT_FORMAT}, 1, 1, "tree FILE.kbw [--format=text|dot|json]",
	"the decision tree"},
    {"stats", kbc_stats, {OPT_JSON, OPT_VERIFY, OPT_SIMULATE, OPT_SEED, OPT_CALLERS}, 1, 1,
	"stats FILE.kbw [--json] [--verify] [--simulate [--seed N] [--callers N]]",
	"what is in a knowledge file, how good its tree is, and whether it is whole"},
    {"diff", kbc_diff, {OPT_JSON}, 2, 2, "diff OLD.kbw NEW.kbw [--json]",
	"which articles, paths and outcomes changed"},
    {"lint", kbc_lint, {'q', 'c', OPT_SUMMARY, OPT_EXCLUDE}, 1, SIZE_MAX,
	"lint [-q QUESTIONS.yaml] [-c CURATED.yaml] [--summary] [--exclude GLOB]... "
	"PATH...",
	"everything an author should mend, or how much was understood"},
    {"new", kbc_new, {0}, 1, 2, "new article|questions|curated [ID]",
	"a commented template to begin with, on standard output"},
};

#define NCOMMANDS (sizeof commands / sizeof commands[0])

static void print_help(FILE *f)
{
	fputs(
	    "kbc compiles knowledge-base articles into a knowledge file for kbwizard.\n\n",
	    f);
	for (size_t i = 0; i < NCOMMANDS; i++)
		fprintf(
		    f, "  kbc %s\n        %s\n", commands[i].usage, commands[i].purpose);
	fputs("  kbc --help | --version\n\nPATH is an article file, or a folder searched "
	      "for *.txt "
	      "and *.md. See kbc(1).\n",
	    f);
}

static int fail_usage(const struct command *c, const char *what, const char *given)
{
	char *detail = scan_clean(given, strlen(given));

	fprintf(stderr, "kbc: %s%s\nusage: kbc %s\n", what, detail, c->usage);
	free(detail);
	return ERR_USAGE;
}

static bool command_takes(const struct command *c, int option)
{
	for (size_t i = 0; c->options[i] != 0; i++) {
		if (c->options[i] == option)
			return true;
	}
	return false;
}

/* A whole number of at most `most`; false if it is none. */
static bool number_read(const char *text, uint64_t most, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(text, &end, 10);
	return isdigit((unsigned char)text[0]) && *end == '\0' && errno == 0 &&
	       *number <= most;
}

/* False if the number given is none, or out of range. */
static bool options_set_number(struct options *o, int option, const char *value)
{
	uint64_t number;

	if (option == OPT_SEED)
		return number_read(value, UINT64_MAX, &o->seed);
	if (!number_read(value, MOST_CALLERS, &number) || number == 0)
		return false;
	o->callers = (size_t)number;
	return true;
}

static void options_set(struct options *o, int option, const char *value)
{
	switch (option) {
	case 'q':
		o->questions = value;
		break;
	case 'c':
		o->curated = value;
		break;
	case 'o':
		o->output = value;
		break;
	case OPT_FORMAT:
		o->format = value;
		break;
	case OPT_NAME:
		o->name = value;
		break;
	case OPT_JSON:
		o->json = true;
		break;
	case OPT_STRICT:
		o->strict = true;
		break;
	case OPT_VERIFY:
		o->verify = true;
		break;
	case OPT_SUMMARY:
		o->summary = true;
		break;
	case OPT_SIMULATE:
		o->simulate = true;
		break;
	}
}

#define OPTIONS_GO_ON (-1)

/* OPTIONS_GO_ON, or the exit status. `globs` has room for all that can be given. */
static int options_read(
    const struct command *c, struct options *o, const char **globs, int argc, char *argv[])
{
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":q:c:o:h", long_options, NULL)) != -1) {
		if (option == 'h') {
			print_help(stdout);
			return 0;
		}
		if (option == ':')
			return fail_usage(
			    c, "an argument is missing behind ", argv[optind - 1]);
		if (option == '?')
			return fail_usage(c, "unknown option ", argv[optind - 1]);
		if (!command_takes(c, option))
			return fail_usage(c, c->name, " does not take that option");
		if ((option == OPT_SEED || option == OPT_CALLERS) &&
		    !options_set_number(o, option, optarg))
			return fail_usage(
			    c, "this is no number that can be used: ", optarg);
		if (option == OPT_EXCLUDE)
			globs[o->exclusion.n++] = optarg;
		else
			options_set(o, option, optarg);
	}
	o->args = argv + optind;
	o->nargs = (size_t)(argc - optind);
	if (o->nargs < c->least)
		return fail_usage(c, c->name, ": an argument is missing, see kbc(1)");
	if (o->nargs > c->most)
		return fail_usage(c, "unexpected argument ", o->args[c->most]);
	return OPTIONS_GO_ON;
}

static int command_run(const struct command *c, int argc, char *argv[])
{
	const char **globs = xcalloc((size_t)argc, sizeof *globs);
	struct options o = {.exclusion.globs = globs, .seed = 1};
	int status = options_read(c, &o, globs, argc, argv);

	if (status == OPTIONS_GO_ON)
		status = c->run(&o);
	free(globs);
	return status;
}

int kbc_fail(struct err *err)
{
	int status = err->class != ERR_NONE ? (int)err->class : ERR_INTERNAL;
	char *text = scan_clean(err_text(err), strlen(err_text(err)));

	fprintf(stderr, "kbc: %s\n", text);
	free(text);
	err_fini(err);
	return status;
}

/* What could not be written because the disk is full must not pass for success. */
static int finish(int status)
{
	struct err err = {0};

	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	err_sys(&err, ERR_WRITE, "standard output");
	return status != 0 ? status : kbc_fail(&err);
}

int main(int argc, char *argv[])
{
	struct err err = {0};

	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGXFSZ, SIG_IGN); /* writing past a limit is an error of write(2) */
	if (argc < 2) {
		print_help(stderr);
		return ERR_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		puts("kbc " PACKAGE_VERSION);
		return finish(0);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_help(stdout);
		return finish(0);
	}
	for (size_t i = 0; i < NCOMMANDS; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return finish(command_run(&commands[i], argc - 1, argv + 1));
	}
	err_set(&err, ERR_USAGE, "there is no command '%s'", argv[1]);
	kbc_fail(&err);
	print_help(stderr);
	return ERR_USAGE;
}
