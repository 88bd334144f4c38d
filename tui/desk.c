/* SPDX-License-Identifier: ISC */
/* The desk: options, environment and the clock, for cases. */

#include "desk.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define HOST_LONGEST 256

static int64_t desk_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The value of a variable that is set to something. */
static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* Names of users are not looked up: that would load what the wizard is linked without. */
static char *desk_agent(const char *wanted)
{
	static const char *const names[] = {"KBWIZARD_AGENT", "LOGNAME", "USER"};

	if (wanted != NULL && wanted[0] == '\0')
		wanted = NULL;
	for (size_t i = 0; wanted == NULL && i < sizeof names / sizeof names[0]; i++)
		wanted = environment(names[i]);
	return wanted != NULL ? scan_sentence(wanted)
			      : xasprintf("user %ld", (long)geteuid());
}

static char *desk_who(const char *agent)
{
	char host[HOST_LONGEST] = "this machine";

	gethostname(host, sizeof host - 1);
	return xasprintf("%s on %s, process %ld", agent, host, (long)getpid());
}

static bool desk_is_restricted(void)
{
	const char *value = environment("KBWIZARD_RESTRICTED");

	return value != NULL && strcmp(value, "0") != 0;
}

static char *desk_path(const char *wanted)
{
	if (wanted == NULL)
		wanted = environment("KBWIZARD_CASES");
	return wanted != NULL ? xstrdup(wanted) : caselog_default_path();
}

void desk_init(struct desk *desk, const struct desk_options *options)
{
	*desk = (struct desk){
	    .agent = desk_agent(options->agent),
	    .path = desk_path(options->cases),
	    .restricted = options->restricted || desk_is_restricted(),
	    .calling = options->calling,
	    .recording = !options->unrecorded,
	};
	desk->who = desk_who(desk->agent);
	desk->facts =
	    (struct desk_facts){.agent = desk->agent, .who = desk->who, .now = desk_now};
}

void desk_fini(struct desk *desk)
{
	caselog_close(desk->log);
	free(desk->agent);
	free(desk->who);
	free(desk->path);
	err_fini(&desk->fault);
}

struct caselog *desk_log(struct desk *desk, bool make)
{
	if (desk->log != NULL || !desk->recording)
		return desk->log;
	if (desk->path == NULL)
		err_set(&desk->fault, ERR_OPEN,
		    "there is no home for cases; name a file with --cases");
	else
		desk->log = caselog_open(desk->path, make, &desk->fault);
	if (desk->log != NULL)
		err_fini(&desk->fault);
	return desk->log;
}

struct casefile *desk_begin(struct desk *desk, struct session *session, bool phone)
{
	return casefile_new(session, phone, desk_log(desk, true), &desk->facts);
}

/* Whether there is more in it than that it was opened and what was shown, or it came from elsewhere. */
static bool case_is_worth_keeping(const struct case_record *record)
{
	for (size_t i = 0; i < record->n; i++) {
		enum event_kind kind = record->events[i].kind;

		if (kind != EVENT_OPENED && kind != EVENT_ASKED && kind != EVENT_ADVISED)
			return true;
		if (kind == EVENT_OPENED && record->events[i].text != NULL)
			return true;
	}
	return record->head.id != 0;
}

/* The question asked or the advice shown. */
static void desk_record_shown(
    struct casefile *file, const struct state *state, const struct session *session)
{
	struct happening shown = {.entry = -1, .step = -1};
	struct knowledge *knowledge = session_knowledge(session);
	struct head head = {0};

	if (state->status == STATUS_ASK) {
		shown.question = knowledge_questions(knowledge, NULL)
				     ->list[state->decision.question]
				     .key;
		casefile_add(file, EVENT_ASKED, &shown);
	} else if (state->status == STATUS_ADVISE &&
		   knowledge_head(knowledge, state->decision.best, &head, NULL) == 0) {
		shown.article = head.id;
		casefile_add(file, EVENT_ADVISED, &shown);
	}
	head_fini(&head);
}

void desk_keep(
    struct casefile *file, const struct state *state, const struct session *session)
{
	if (file == NULL)
		return;
	if (state != NULL)
		desk_record_shown(file, state, session);
	if (case_is_worth_keeping(casefile_record(file)))
		casefile_flush(file);
}

int desk_resume(struct desk *desk, struct casefile **file, struct session *session,
    const char *name, struct misfits *misfits, struct err *err)
{
	struct caselog *log = desk_log(desk, false);

	if (log == NULL) {
		err_set(err, ERR_USAGE, "there is no case %s: %s", name,
		    desk->fault.class != ERR_NONE ? err_text(&desk->fault)
						  : "none are kept");
		return 0;
	}
	return casefile_resume(file, session, log, name, &desk->facts, misfits, err);
}

void desk_open_cases(struct desk *desk, struct case_heads *heads)
{
	const struct case_filter mine = {
	    .states = 1u << CASE_OPEN | 1u << CASE_PARKED, .agent = desk->agent};
	struct caselog *log = desk_log(desk, false);

	*heads = (struct case_heads){.n = 0};
	if (log != NULL && caselog_list(log, &mine, heads, NULL) == -1)
		case_heads_fini(heads);
}

char *desk_fault(const struct desk *desk, const struct casefile *file)
{
	const char *why = file != NULL ? casefile_fault(file) : NULL;

	if (why == NULL && desk->recording && desk->fault.class != ERR_NONE)
		why = err_text(&desk->fault);
	return why != NULL ? xasprintf("This case is not saved: %s.", why) : NULL;
}

void desk_leave(struct casefile *file)
{
	if (file == NULL)
		return;
	if (casefile_record(file)->head.state == CASE_OPEN &&
	    case_is_worth_keeping(casefile_record(file)))
		casefile_add(file, EVENT_PARKED, NULL);
	desk_keep(file, NULL, NULL);
	casefile_free(file);
}

int desk_move(struct desk *desk, struct casefile *file, const char *path, struct err *err)
{
	struct caselog *log = caselog_open(path, true, err);

	if (log == NULL)
		return -1;
	if (casefile_move(file, log, err) == -1) {
		caselog_close(log);
		return -1;
	}
	caselog_close(desk->log);
	desk->log = log;
	err_fini(&desk->fault);
	free(desk->path);
	desk->path = xstrdup(path);
	return 0;
}
