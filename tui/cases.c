/* SPDX-License-Identifier: ISC */
/*
 * The command line of `kbwizard cases`. One table says which options there are and which
 * commands take them, another what each command does.
 */

#include "cases.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "cases_internal.h"

static const char usage[] =
    "usage: kbwizard cases [--open] [--state STATE,...] [--today] [--since DATE]\n"
    "                [--agent NAME] [--outcome STATE] [--text WORDS] [--most N]\n"
    "                [--format text|tsv|json] [--json]\n"
    "       kbwizard cases show N [-k FILE.kbw] [--format text|markdown|json] [--json]\n"
    "                [--internal] [--escalation] [-o FILE [--force]] [--copy]\n"
    "       kbwizard cases hand-over N AGENT\n"
    "       kbwizard cases escalate N\n"
    "       kbwizard cases close N --as solved|abandoned\n"
    "       kbwizard cases note N TEXT [--internal]\n"
    "       kbwizard cases purge --older-than 90d [--state STATE,...] [--agent NAME]\n"
    "                [--yes]\n";

/* Commands. */

enum command {
	COMMAND_LIST,
	COMMAND_SHOW,
	COMMAND_HAND_OVER,
	COMMAND_ESCALATE,
	COMMAND_CLOSE,
	COMMAND_NOTE,
	COMMAND_PURGE,
	COMMANDS
};

#define LIST (1u << COMMAND_LIST)
#define SHOW (1u << COMMAND_SHOW)
#define CLOSE (1u << COMMAND_CLOSE)
#define NOTE (1u << COMMAND_NOTE)
#define PURGE (1u << COMMAND_PURGE)

static const struct {
	const char *name;
	int arguments;
	int (*run)(const struct demand *, struct err *);
} commands[COMMANDS] = {
    [COMMAND_LIST] = {"list", 0, cases_list},
    [COMMAND_SHOW] = {"show", 1, cases_show},
    [COMMAND_HAND_OVER] = {"hand-over", 2, cases_hand_over},
    [COMMAND_ESCALATE] = {"escalate", 1, cases_escalate},
    [COMMAND_CLOSE] = {"close", 1, cases_close},
    [COMMAND_NOTE] = {"note", 2, cases_note},
    [COMMAND_PURGE] = {"purge", 0, cases_purge},
};

static int __attribute__((format(printf, 1, 2))) misused(const char *fmt, ...)
{
	va_list ap;
	char *text, *clean;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	clean = scan_clean(text, strlen(text));
	fprintf(stderr, "kbwizard cases: %s\n%s", clean, usage);
	free(clean);
	free(text);
	return ERR_USAGE;
}

/* Values of options. Each returns false if the value is none. */

static bool take_states(struct demand *demand, const char *value)
{
	while (*value != '\0') {
		size_t len = strcspn(value, ",");
		char *word = xstrndup(value, len);
		enum case_state state = case_state_of(word);

		free(word);
		if (state == CASE_STATES)
			return false;
		demand->filter.states |= 1u << state;
		value += len + (value[len] == ',');
	}
	return demand->filter.states != 0;
}

static bool take_open(struct demand *demand, const char *value)
{
	(void)value;
	demand->filter.states |= 1u << CASE_OPEN | 1u << CASE_PARKED;
	return true;
}

/* Midnight, by local time, of the day `days` before that of the clock. */
static int64_t midnight(const struct demand *demand, int days)
{
	time_t now = (time_t)(demand->desk->facts.now() / 1000);
	struct tm tm;

	if (localtime_r(&now, &tm) == NULL)
		return 0;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_mday -= days;
	tm.tm_isdst = -1;
	return (int64_t)mktime(&tm) * 1000;
}

static bool take_today(struct demand *demand, const char *value)
{
	(void)value;
	demand->filter.since = midnight(demand, 0);
	return true;
}

/* "90d", a number of days of at most four figures. */
static bool days_read(const char *value, int *days)
{
	size_t digits = strspn(value, "0123456789");

	*days = atoi(value);
	return digits > 0 && digits <= 4 && strcmp(value + digits, "d") == 0;
}

/* "2026-11-24", a day by local time. */
static bool day_read(const char *value, int64_t *time)
{
	struct tm tm = {.tm_isdst = -1};
	const char *end = strptime(value, "%Y-%m-%d", &tm);
	int day = tm.tm_mday;
	time_t seconds = end != NULL && *end == '\0' ? mktime(&tm) : (time_t)-1;

	*time = (int64_t)seconds * 1000;
	return seconds != (time_t)-1 && tm.tm_mday == day; /* there is no 31st of April */
}

static bool take_since(struct demand *demand, const char *value)
{
	int days;

	if (!days_read(value, &days))
		return day_read(value, &demand->filter.since);
	demand->filter.since = midnight(demand, days);
	return true;
}

static bool take_older(struct demand *demand, const char *value)
{
	int days;

	if (!days_read(value, &days))
		return false;
	demand->older = true;
	demand->filter.before =
	    demand->desk->facts.now() - days * INT64_C(24) * 3600 * 1000;
	return true;
}

static bool take_agent(struct demand *demand, const char *value)
{
	demand->filter.agent = value;
	return true;
}

static bool take_text(struct demand *demand, const char *value)
{
	demand->filter.text = value;
	return true;
}

static bool take_most(struct demand *demand, const char *value)
{
	char *end;

	errno = 0;
	demand->filter.most = strtoul(value, &end, 10);
	return errno == 0 && isdigit((unsigned char)*value) && *end == '\0' &&
	       demand->filter.most > 0;
}

static bool take_json(struct demand *demand, const char *value)
{
	(void)value;
	demand->list = LIST_JSON;
	demand->ticket = TICKET_JSON;
	return true;
}

static bool take_list_format(struct demand *demand, const char *value)
{
	static const char *const words[] = {
	    [LIST_TEXT] = "text", [LIST_TSV] = "tsv", [LIST_JSON] = "json"};
	size_t i = 0;

	while (i <= LIST_JSON && strcmp(words[i], value) != 0)
		i++;
	demand->list = (enum list_format)i;
	return i <= LIST_JSON;
}

static bool take_ticket_format(struct demand *demand, const char *value)
{
	static const char *const words[] = {
	    [TICKET_TEXT] = "text", [TICKET_MARKDOWN] = "markdown", [TICKET_JSON] = "json"};
	size_t i = 0;

	while (i <= TICKET_JSON && strcmp(words[i], value) != 0)
		i++;
	demand->ticket = (enum ticket_format)i;
	return i <= TICKET_JSON;
}

static bool take_as(struct demand *demand, const char *value)
{
	demand->as = case_state_of(value);
	return demand->as == CASE_SOLVED || demand->as == CASE_ABANDONED;
}

static bool take_knowledge(struct demand *demand, const char *value)
{
	demand->knowledge = value;
	demand->named = true;
	return true;
}

static bool take_output(struct demand *demand, const char *value)
{
	demand->output = value;
	return value[0] != '\0';
}

static bool take_internal(struct demand *demand, const char *value)
{
	(void)value;
	return demand->internal = true;
}

static bool take_escalation(struct demand *demand, const char *value)
{
	(void)value;
	return demand->escalation = true;
}

static bool take_copy(struct demand *demand, const char *value)
{
	(void)value;
	return demand->copy = true;
}

static bool take_force(struct demand *demand, const char *value)
{
	(void)value;
	return demand->force = true;
}

static bool take_yes(struct demand *demand, const char *value)
{
	(void)value;
	return demand->yes = true;
}

/* Options: name, letter, the commands that take it, what it wants, what takes it. */
static const struct {
	const char *name;
	char letter;
	unsigned commands;
	const char *wants; /* NULL: no value */
	bool (*take)(struct demand *, const char *);
} options[] = {
    {"open", 0, LIST, NULL, take_open},
    {"state", 0, LIST | PURGE, "open, parked, solved, escalated or abandoned", take_states},
    {"outcome", 0, LIST | PURGE, "solved, escalated or abandoned", take_states},
    {"today", 0, LIST, NULL, take_today},
    {"since", 0, LIST, "a day such as 2026-11-24, or 7d", take_since},
    {"agent", 0, LIST | PURGE, "a name", take_agent},
    {"text", 0, LIST, "words", take_text},
    {"most", 0, LIST, "a number from 1", take_most},
    {"format", 0, LIST, "text, tsv or json", take_list_format},
    {"format", 0, SHOW, "text, markdown or json", take_ticket_format},
    {"json", 0, LIST | SHOW, NULL, take_json},
    {"knowledge", 'k', SHOW, "a file", take_knowledge},
    {"internal", 0, SHOW | NOTE, NULL, take_internal},
    {"escalation", 0, SHOW, NULL, take_escalation},
    {"output", 'o', SHOW, "a file", take_output},
    {"force", 0, SHOW, NULL, take_force},
    {"copy", 0, SHOW, NULL, take_copy},
    {"as", 0, CLOSE, "solved or abandoned", take_as},
    {"older-than", 0, PURGE, "days such as 90d", take_older},
    {"yes", 0, PURGE, NULL, take_yes},
};
#define NOPTIONS (sizeof options / sizeof options[0])

/* The options of the command for getopt: their places in the table behind the letters. */
#define OPTION_FIRST 256

static void options_fill(
    struct option *list, char *letters, enum command command, size_t *n)
{
	*n = 0;
	*letters++ = ':';
	for (size_t i = 0; i < NOPTIONS; i++) {
		if ((options[i].commands >> command & 1) == 0)
			continue;
		list[(*n)++] = (struct option){.name = options[i].name,
		    .has_arg = options[i].wants != NULL ? required_argument : no_argument,
		    .val = OPTION_FIRST + (int)i};
		if (options[i].letter != 0) {
			*letters++ = options[i].letter;
			*letters++ = ':';
		}
	}
	*letters = '\0';
	list[*n] = (struct option){.name = NULL};
}

static size_t option_of(int found)
{
	size_t i = found >= OPTION_FIRST ? (size_t)(found - OPTION_FIRST) : 0;

	while (found < OPTION_FIRST && options[i].letter != found)
		i++;
	return i;
}

static int demand_take_options(
    struct demand *demand, enum command command, int argc, char *argv[])
{
	struct option list[NOPTIONS + 1];
	char letters[2 * NOPTIONS + 2];
	size_t n;
	int found;

	options_fill(list, letters, command, &n);
	optind = 0;
	opterr = 0;
	while ((found = getopt_long(argc, argv, letters, list, NULL)) != -1) {
		size_t i;

		if (found == '?')
			return misused("%s has no option %s", commands[command].name,
			    argv[optind - 1]);
		if (found == ':')
			return misused(
			    "an argument is missing behind %s", argv[optind - 1]);
		i = option_of(found);
		if (!options[i].take(demand, optarg))
			return misused("--%s takes %s, not %s", options[i].name,
			    options[i].wants, optarg);
	}
	demand->arguments = argv + optind;
	demand->narguments = argc - optind;
	return 0;
}

/* The command that the first word names; COMMAND_LIST where it is an option or nothing. */
static enum command command_of(const char *word)
{
	int command = 0;

	if (word == NULL || word[0] == '-')
		return COMMAND_LIST;
	while (command < COMMANDS && strcmp(commands[command].name, word) != 0)
		command++;
	return (enum command)command;
}

static int demand_check(const struct demand *demand, enum command command)
{
	if (demand->narguments > commands[command].arguments)
		return misused("unexpected argument %s",
		    demand->arguments[commands[command].arguments]);
	if (demand->narguments < commands[command].arguments)
		return misused("%s needs %s", commands[command].name,
		    demand->narguments > 0            ? "one more argument"
		    : commands[command].arguments > 1 ? "two arguments"
						      : "the number of a case");
	return 0;
}

/* In restricted mode there are no cases but one's own. */
static int demand_restrict(struct demand *demand)
{
	const char *own = demand->desk->agent;

	if (!demand->desk->restricted)
		return 0;
	if (demand->filter.agent != NULL && strcmp(demand->filter.agent, own) != 0)
		return misused(
		    "in restricted mode there are no cases but those of %s", own);
	if (demand->named)
		return misused("no file can be named in restricted mode");
	demand->filter.agent = own;
	return 0;
}

static int demand_run(const struct demand *demand, enum command command)
{
	struct err err = {0};
	int status = 0;

	if (commands[command].run(demand, &err) == 0 &&
	    (fflush(stdout) == EOF || ferror(stdout)))
		err_sys(&err, ERR_WRITE, "standard output");
	if (err.class != ERR_NONE) {
		char *text = scan_clean(err_text(&err), strlen(err_text(&err)));

		fprintf(stderr, "kbwizard cases: %s\n", text);
		free(text);
		status = (int)err.class;
	}
	err_fini(&err);
	return status;
}

int cases_main(int argc, char *argv[], struct desk *desk, const char *knowledge, bool named)
{
	struct demand demand = {
	    .desk = desk, .knowledge = knowledge, .as = CASE_STATES, .arguments = argv};
	enum command command = command_of(argc > 1 ? argv[1] : NULL);
	int skip = argc > 1 && argv[1][0] != '-', status;

	if (command == COMMANDS)
		return misused("'%s' is no command about cases", argv[1]);
	status = demand_take_options(&demand, command, argc - skip, argv + skip);
	if (status == 0)
		status = demand_restrict(&demand);
	if (status == 0)
		status = demand_check(&demand, command);
	demand.named |= named;
	return status != 0 ? status : demand_run(&demand, command);
}
