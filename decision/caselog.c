/* SPDX-License-Identifier: ISC */
/* Where cases are kept: the operations of whatever store it is, and the usual place. */
#include "caselog.h"

#include <stdlib.h>

#include "../kb/xalloc.h"

void case_heads_fini(struct case_heads *heads)
{
	for (size_t i = 0; i < heads->n; i++)
		case_head_fini(&heads->list[i]);
	free(heads->list);
	*heads = (struct case_heads){.n = 0};
}

/* What is set but no absolute path is as good as not set, says the XDG specification. */
static const char *folder_of(const char *variable)
{
	const char *folder = getenv(variable);

	return folder != NULL && folder[0] == '/' ? folder : NULL;
}

char *caselog_default_path(void)
{
	const char *state = folder_of("XDG_STATE_HOME"), *home = folder_of("HOME");

	if (state != NULL)
		return xasprintf("%s/kbwizard/cases.db", state);
	if (home != NULL)
		return xasprintf("%s/.local/state/kbwizard/cases.db", home);
	return NULL;
}

int caselog_append(struct caselog *log, struct case_head *head, const struct event *events,
    size_t n, struct err *err)
{
	return log->ops->append(log, head, events, n, err);
}

int caselog_read(
    struct caselog *log, const char *name, struct case_record *record, struct err *err)
{
	return log->ops->read(log, name, record, err);
}

int caselog_list(struct caselog *log, const struct case_filter *filter,
    struct case_heads *heads, struct err *err)
{
	return log->ops->list(log, filter, heads, err);
}

int caselog_claim(
    struct caselog *log, int64_t id, const char *who, char **holder, struct err *err)
{
	return log->ops->claim(log, id, who, holder, err);
}

void caselog_release(struct caselog *log, int64_t id)
{
	log->ops->release(log, id);
}

int caselog_purge(
    struct caselog *log, const struct case_filter *filter, size_t *n, struct err *err)
{
	return log->ops->purge(log, filter, n, err);
}

void caselog_close(struct caselog *log)
{
	if (log != NULL)
		log->ops->close(log);
}
