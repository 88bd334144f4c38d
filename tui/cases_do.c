/* SPDX-License-Identifier: ISC */
/* What `kbwizard cases` does to one case, or to old ones. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "cases_internal.h"
#include "clipboard.h"
#include "resume.h"
#include "savefile.h"

struct caselog *cases_log(const struct demand *demand, struct err *err)
{
	struct desk *desk = demand->desk;
	struct caselog *log = desk_log(desk, false);

	if (log != NULL || desk->fault.class == ERR_NONE)
		return log;
	if (desk->path != NULL && access(desk->path, F_OK) == -1 && errno == ENOENT)
		return NULL;
	err_set(err, desk->fault.class, "%s", err_text(&desk->fault));
	return NULL;
}

/* Whether the answer that is typed is yes. Only where a person is at both ends. */
static bool person_agrees(const char *question)
{
	char answer[64] = "";

	fprintf(stderr, "%s [y/N] ", question);
	fflush(stderr);
	return fgets(answer, sizeof answer, stdin) != NULL &&
	       (answer[0] == 'y' || answer[0] == 'Y');
}

static bool person_is_there(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* One case. */

/* Cases of others are none in restricted mode. */
static bool case_is_hidden(const struct demand *demand, const struct case_head *head)
{
	return demand->desk->restricted && strcmp(head->agent, demand->desk->agent) != 0;
}

/* The case that the first argument names; -1 and err if there is none. */
static int case_read(const struct demand *demand, struct caselog **log,
    struct case_record *record, struct err *err)
{
	const char *name = demand->arguments[0];
	int found = 0;

	*record = (struct case_record){.n = 0};
	*log = cases_log(demand, err);
	if (*log == NULL && err->class != ERR_NONE)
		return -1;
	if (*log != NULL)
		found = caselog_read(*log, name, record, err);
	if (found == 1 && !case_is_hidden(demand, &record->head))
		return 0;
	case_record_fini(record);
	return found == -1 ? -1 : err_set(err, ERR_USAGE, "there is no case %s", name);
}

static int case_claim(const struct demand *demand, struct caselog *log,
    const struct case_head *head, struct err *err)
{
	char *holder = NULL;
	int got = caselog_claim(log, head->id, demand->desk->who, &holder, err);

	if (got == 0)
		err_set(err, ERR_BUSY, "case %s is open elsewhere: %s has it", head->name,
		    holder != NULL ? holder : "another program");
	free(holder);
	return got == 1 ? 0 : -1;
}

/* What happens to the case, and whose it is then (NULL: as before). */
struct deed {
	enum event_kind kind;
	const char *text;
	bool internal;
	const char *agent;
	const char *said; /* printed behind "Case N" */
};

static int case_append(const struct demand *demand, struct caselog *log,
    struct case_record *record, const struct deed *deed, struct err *err)
{
	const struct desk_facts *facts = &demand->desk->facts;

	case_record_add(record,
	    (struct event){
		.time = facts->now(),
		.kind = deed->kind,
		.agent = xstrdup(facts->agent),
		.entry = -1,
		.step = -1,
		.text =
		    deed->text != NULL ? scan_clean(deed->text, strlen(deed->text)) : NULL,
		.internal = deed->internal,
	    });
	if (deed->agent != NULL) {
		free(record->head.agent);
		record->head.agent = scan_sentence(deed->agent);
	}
	return caselog_append(log, &record->head, &record->events[record->n - 1], 1, err);
}

/* Nobody else may have the case; what others did to it before that is read. */
static int case_do(const struct demand *demand, const struct deed *deed, struct err *err)
{
	struct case_record record;
	struct caselog *log;
	int64_t id;
	int result;

	if (case_read(demand, &log, &record, err) == -1)
		return -1;
	id = record.head.id;
	result = case_claim(demand, log, &record.head, err);
	case_record_fini(&record);
	if (result == -1)
		return -1;
	result = case_read(demand, &log, &record, err);
	if (result == 0)
		result = case_append(demand, log, &record, deed, err);
	if (result == 0)
		printf("Case %s %s.\n", record.head.name, deed->said);
	case_record_fini(&record);
	caselog_release(log, id);
	return result;
}

int cases_hand_over(const struct demand *demand, struct err *err)
{
	char *agent = scan_sentence(demand->arguments[1]);
	char *said = xasprintf("is handed over to %s", agent);
	struct deed deed = {
	    .kind = EVENT_HANDED, .text = agent, .agent = agent, .said = said};
	int result = agent[strspn(agent, " ")] == '\0'
			 ? err_set(err, ERR_USAGE, "hand-over needs the name of an agent")
			 : case_do(demand, &deed, err);

	free(said);
	free(agent);
	return result;
}

int cases_escalate(const struct demand *demand, struct err *err)
{
	return case_do(
	    demand, &(struct deed){.kind = EVENT_ESCALATED, .said = "is escalated"}, err);
}

int cases_close(const struct demand *demand, struct err *err)
{
	const struct deed solved = {.kind = EVENT_SOLVED, .said = "is solved"},
			  abandoned = {.kind = EVENT_ABANDONED, .said = "is abandoned"};

	if (demand->as != CASE_SOLVED && demand->as != CASE_ABANDONED)
		return err_set(err, ERR_USAGE, "close needs --as solved or --as abandoned");
	return case_do(demand, demand->as == CASE_SOLVED ? &solved : &abandoned, err);
}

int cases_note(const struct demand *demand, struct err *err)
{
	return case_do(demand,
	    &(struct deed){.kind = EVENT_NOTED,
		.text = demand->arguments[1],
		.internal = demand->internal,
		.said = "has the note"},
	    err);
}

/* Exporting. */

/* What a case is told with: its knowledge, if that is at hand. */
struct telling_of {
	struct shelf shelf;
	struct session *session;
	struct misfits misfits;
};

static int telling_open(struct telling_of *t, const struct demand *demand,
    const struct case_record *record, struct err *err)
{
	struct answer_lines lines;
	struct knowledge *knowledge;
	int result = 0;

	*t = (struct telling_of){.session = NULL};
	if (shelf_open(&t->shelf, demand->knowledge, demand->named ? err : NULL) == -1)
		return demand->named ? -1 : 0;
	knowledge = resume_knowledge(&t->shelf, demand->named, &record->head);
	if (knowledge == NULL)
		return 0;
	if (!case_record_answers(record, record->n, &lines))
		return err_set(
		    err, ERR_DATA, "case %s is damaged: its answers", record->head.name);
	t->session = session_new(
	    knowledge, record->head.phone ? SETTING_PHONE : SETTING_CONSOLE, err);
	if (t->session == NULL ||
	    casefile_restore(t->session, &lines, &t->misfits, err) == -1)
		result = -1;
	answer_lines_fini(&lines);
	return result;
}

static void telling_fini(struct telling_of *t)
{
	session_free(t->session);
	misfits_fini(&t->misfits);
	shelf_close(&t->shelf);
}

/* The ticket as text; NULL and err. The caller frees it. */
static char *ticket_text(const struct demand *demand, const struct case_record *record,
    size_t *len, struct err *err)
{
	struct telling_of t;
	char *text = NULL;
	FILE *f = xopen_memstream(&text, len);
	int result = telling_open(&t, demand, record, err);
	const struct ticket ticket = {.record = record,
	    .session = t.session,
	    .misfits = &t.misfits,
	    .internal = demand->internal,
	    .escalation = demand->escalation};

	if (result == 0)
		result = ticket_write(f, &ticket, demand->ticket, err);
	xclose_memstream(f);
	telling_fini(&t);
	if (result == 0)
		return text;
	free(text);
	return NULL;
}

/* A file that is there is replaced only when a person or --force says so. */
static int may_write(const struct demand *demand, struct err *err)
{
	char *question;
	bool agreed;

	if (demand->force || !savefile_exists(demand->output))
		return 0;
	if (!person_is_there())
		return err_set(err, ERR_USAGE,
		    "%s is there already; --force writes over it", demand->output);
	question = xasprintf("%s is there already. Write over it?", demand->output);
	agreed = person_agrees(question);
	free(question);
	return agreed ? 0 : err_set(err, ERR_USAGE, "%s stays as it is", demand->output);
}

static int show_text(
    const struct demand *demand, const char *text, size_t len, struct err *err)
{
	if (demand->copy && clipboard_copy(text, len, demand->desk->restricted, err) == -1)
		return -1;
	if (demand->output != NULL)
		return may_write(demand, err) == -1
			   ? -1
			   : savefile_write(demand->output, text, len, err);
	if (!demand->copy)
		fwrite(text, 1, len, stdout);
	return 0;
}

int cases_show(const struct demand *demand, struct err *err)
{
	struct case_record record;
	struct caselog *log;
	char *text;
	size_t len;
	int result = -1;

	if (demand->desk->restricted && (demand->output != NULL || demand->copy))
		return err_set(err, ERR_USAGE,
		    "nothing is saved to a path or copied in restricted mode");
	if (case_read(demand, &log, &record, err) == -1)
		return -1;
	text = ticket_text(demand, &record, &len, err);
	if (text != NULL)
		result = show_text(demand, text, len, err);
	free(text);
	case_record_fini(&record);
	return result;
}

/* Purging. */

#define ENDED (1u << CASE_SOLVED | 1u << CASE_ESCALATED | 1u << CASE_ABANDONED)

static int purge_agreed(const struct demand *demand, size_t n, struct err *err)
{
	char *question;
	bool agreed;

	if (demand->yes)
		return 0;
	if (!person_is_there())
		return err_set(err, ERR_USAGE,
		    "%zu %s would be deleted for good; without a terminal that needs "
		    "--yes",
		    n, n == 1 ? "case" : "cases");
	question = xasprintf("Delete %zu %s for good?", n, n == 1 ? "case" : "cases");
	agreed = person_agrees(question);
	free(question);
	return agreed ? 0 : err_set(err, ERR_USAGE, "nothing was deleted");
}

int cases_purge(const struct demand *demand, struct err *err)
{
	struct case_filter filter = demand->filter;
	struct case_heads heads = {.n = 0};
	struct caselog *log;
	size_t n = 0;
	int result;

	if (demand->desk->restricted)
		return err_set(err, ERR_USAGE, "nothing is deleted in restricted mode");
	if (!demand->older)
		return err_set(err, ERR_USAGE, "purge needs --older-than, such as 90d");
	if (filter.states == 0)
		filter.states = ENDED;
	log = cases_log(demand, err);
	if (log == NULL && err->class != ERR_NONE)
		return -1;
	result = log != NULL ? caselog_list(log, &filter, &heads, err) : 0;
	if (result == 0 && heads.n > 0)
		result = purge_agreed(demand, heads.n, err);
	if (result == 0 && heads.n > 0)
		result = caselog_purge(log, &filter, &n, err);
	if (result == 0)
		printf("%zu %s deleted.\n", n, n == 1 ? "case" : "cases");
	case_heads_fini(&heads);
	return result;
}
