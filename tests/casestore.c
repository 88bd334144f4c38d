/* SPDX-License-Identifier: ISC */
/* A store of cases in memory. Several casefiles may use one, as several programs use a log. */
#include "casestore.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"

struct casestore {
	struct caselog log; /* first */
	struct case_record *list;
	char **holders; /* of each case; NULL: nobody has it */
	size_t n, cap, holders_cap;
	bool full;
};

static struct casestore *store_of(struct caselog *log)
{
	return (struct casestore *)log;
}

static struct event event_copy(const struct event *from)
{
	struct event to = *from;
	char *answers = splice_write(&from->answers);

	to.agent = xstrdup(from->agent);
	to.question = xstrdup(from->question);
	to.article = xstrdup(from->article);
	to.text = xstrdup(from->text);
	splice_read(&to.answers, answers);
	free(answers);
	return to;
}

/* What case_record_add takes into the head is not taken twice. */
static void record_copy_events(struct case_record *to, const struct event *list, size_t n,
    const struct case_head *head)
{
	for (size_t i = 0; i < n; i++)
		case_record_add(to, event_copy(&list[i]));
	case_head_fini(&to->head);
	case_head_copy(&to->head, head);
}

static int store_append(struct caselog *log, struct case_head *head,
    const struct event *list, size_t n, struct err *err)
{
	struct casestore *store = store_of(log);

	if (store->full)
		return err_set(err, ERR_WRITE, "the store: no space left");
	if (head->id == 0) {
		store->list =
		    xgrow(store->list, store->n, &store->cap, sizeof *store->list);
		store->holders = xgrow(
		    store->holders, store->n, &store->holders_cap, sizeof *store->holders);
		store->list[store->n] = (struct case_record){.n = 0};
		store->holders[store->n] = NULL;
		head->id = (int64_t)++store->n;
		head->name = xasprintf("2026-%05zu", store->n);
	}
	record_copy_events(&store->list[head->id - 1], list, n, head);
	return 0;
}

static int store_read(
    struct caselog *log, const char *name, struct case_record *record, struct err *err)
{
	struct casestore *store = store_of(log);

	(void)err;
	for (size_t i = 0; i < store->n; i++) {
		const struct case_record *kept = &store->list[i];

		if (strcmp(kept->head.name, name) != 0)
			continue;
		*record = (struct case_record){.n = 0};
		record_copy_events(record, kept->events, kept->n, &kept->head);
		return 1;
	}
	return 0;
}

static int store_claim(
    struct caselog *log, int64_t id, const char *who, char **holder, struct err *err)
{
	char **held = &store_of(log)->holders[id - 1];

	(void)err;
	if (*held != NULL) {
		*holder = xstrdup(*held);
		return 0;
	}
	*held = xstrdup(who);
	return 1;
}

static void store_release(struct caselog *log, int64_t id)
{
	char **held = &store_of(log)->holders[id - 1];

	free(*held);
	*held = NULL;
}

static void store_close(struct caselog *log)
{
	struct casestore *store = store_of(log);

	for (size_t i = 0; i < store->n; i++) {
		case_record_fini(&store->list[i]);
		free(store->holders[i]);
	}
	free(store->list);
	free(store->holders);
	free(store);
}

static const struct caselog_ops store_ops = {
    .append = store_append,
    .read = store_read,
    .claim = store_claim,
    .release = store_release,
    .close = store_close,
};

struct caselog *casestore_new(void)
{
	struct casestore *store = xcalloc(1, sizeof *store);

	store->log.ops = &store_ops;
	return &store->log;
}

void casestore_fill(struct caselog *log, bool full)
{
	store_of(log)->full = full;
}

const struct case_record *casestore_case(const struct caselog *log, size_t number)
{
	const struct casestore *store = (const struct casestore *)log;

	return number < store->n ? &store->list[number] : NULL;
}
