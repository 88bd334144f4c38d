/* SPDX-License-Identifier: ISC */
/* Taking up a case from the log or from a file. */

#include "resume.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "given_line.h"
#include "ticket.h"
#include "ticket_block.h"
#include "view_case.h"

#define MOST_BYTES (64u << 20) /* of an exported file: notes may be long */

bool resume_is_number(const char *what)
{
	size_t digits = strspn(what, "0123456789");

	if (digits == 0)
		return false;
	if (what[digits] == '-' && isdigit((unsigned char)what[digits + 1]))
		digits += 1 + strspn(what + digits + 1, "0123456789");
	return what[digits] == '\0';
}

struct knowledge *resume_knowledge(
    const struct shelf *shelf, bool named, const struct case_head *head)
{
	struct knowledge *knowledge = shelf_find(shelf, head->knowledge, head->fingerprint);

	return knowledge == NULL && named && shelf->n == 1 ? shelf_first(shelf) : knowledge;
}

/* The session for a case, empty yet; NULL and err. */
static int beginning_prepare(struct beginning *b, const struct shelf *shelf, bool named,
    const struct case_head *head, struct err *err)
{
	b->knowledge = resume_knowledge(shelf, named, head);
	if (b->knowledge == NULL)
		return err_set(err, ERR_USAGE,
		    "the case is about \"%s\", and no knowledge here is; name one with -k",
		    head->knowledge);
	b->session =
	    session_new(b->knowledge, head->phone ? SETTING_PHONE : SETTING_CONSOLE, err);
	return b->session != NULL ? 0 : -1;
}

void beginning_fini(struct beginning *b)
{
	casefile_free(b->file);
	session_free(b->session);
	misfits_fini(&b->misfits);
	*b = (struct beginning){.knowledge = NULL};
}

/* From the log. */

static int no_case(const char *name, struct err *err)
{
	return err_set(err, ERR_USAGE, "there is no case %s", name);
}

/* Who else has it: casefile_resume says so, and of a case that is there nothing else. */
static int resume_taken(struct beginning *b, struct caselog *log, const char *name,
    struct desk *desk, struct err *err)
{
	int got = casefile_resume(
	    &b->file, b->session, log, name, &desk->facts, &b->misfits, err);

	if (got == 0)
		err->class = ERR_BUSY;
	return got == 1 ? 0 : -1;
}

static int resume_number(struct beginning *b, struct desk *desk, const struct shelf *shelf,
    bool named, const char *name, struct err *err)
{
	struct caselog *log = desk_log(desk, false);
	struct case_record record = {.n = 0};
	int found, result = -1;

	if (log == NULL)
		return desk->fault.class != ERR_NONE
			   ? err_set(err, desk->fault.class, "%s", err_text(&desk->fault))
			   : no_case(name, err);
	found = caselog_read(log, name, &record, err);
	if (found == 0 ||
	    (found == 1 && desk->restricted && strcmp(record.head.agent, desk->agent) != 0))
		result = no_case(name, err);
	else if (found == 1 && beginning_prepare(b, shelf, named, &record.head, err) == 0)
		result = resume_taken(b, log, record.head.name, desk, err);
	case_record_fini(&record);
	return result;
}

/* From a file. */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* The text of the file, or of the block in it where it is JSON; NULL and err. */
static char *exported_text(const char *path, struct err *err)
{
	struct scan scan;
	char *text, *block;

	if (scan_file(&scan, path, MOST_BYTES, err) == -1)
		return NULL;
	if (scan.binary) {
		err_set(err, ERR_DATA, "%s is no text", path);
		scan_fini(&scan);
		return NULL;
	}
	text = scan_join(&scan, 0, scan.nlines);
	scan_fini(&scan);
	if (text[strspn(text, " \n")] != '{')
		return text;
	block = ticket_json_block(text);
	if (block == NULL)
		return text;
	free(text);
	return block;
}

static struct casefile *file_import(
    struct beginning *b, struct desk *desk, const struct case_head *head, const char *path)
{
	char *from = xasprintf("from case %s of %s in %s",
	    head->name != NULL ? head->name : "without a number",
	    head->agent != NULL ? head->agent : "somebody", base_name(path));
	struct casefile *file =
	    casefile_import(b->session, head, from, desk_log(desk, true), &desk->facts);

	free(from);
	return file;
}

static int resume_file(struct beginning *b, struct desk *desk, const struct shelf *shelf,
    bool named, const char *path, struct err *err)
{
	struct case_head head;
	struct answer_lines answers;
	char *text = exported_text(path, err);
	int result = -1;

	if (text == NULL)
		return -1;
	if (ticket_block_read(&head, &answers, text, path, err) == 0) {
		if (beginning_prepare(b, shelf, named, &head, err) == 0)
			result = casefile_restore(b->session, &answers, &b->misfits, err);
		if (result == 0)
			b->file = file_import(b, desk, &head, path);
		case_head_fini(&head);
		answer_lines_fini(&answers);
	}
	free(text);
	return result;
}

/* Answers that no longer fit stay in the case as notes for colleagues. */
static void note_misfits(struct beginning *b)
{
	for (size_t i = 0; i < b->misfits.n; i++) {
		char *text = view_misfit(&b->misfits.list[i]);
		const struct happening note = {
		    .text = text, .entry = -1, .step = -1, .internal = true};

		casefile_add(b->file, EVENT_NOTED, &note);
		free(text);
	}
}

int resume_open(struct beginning *b, struct desk *desk, const struct shelf *shelf,
    bool named, const char *what, struct err *err)
{
	int result;

	*b = (struct beginning){.knowledge = NULL};
	if (resume_is_number(what))
		result = resume_number(b, desk, shelf, named, what, err);
	else if (desk->restricted)
		result = err_set(err, ERR_USAGE, "no file can be named in restricted mode");
	else
		result = resume_file(b, desk, shelf, named, what, err);
	if (result == 0)
		note_misfits(b);
	else
		beginning_fini(b);
	return result;
}

void view_misfits(struct page *page, const struct misfits *misfits)
{
	if (misfits->n == 0)
		return;
	page_add(page, TONE_TITLE, "These answers of the case no longer fit:");
	for (size_t i = 0; i < misfits->n; i++) {
		char *answer = given_line_text(misfits->list[i].line);

		page_addf(page, TONE_TEXT, "%s (%s)", answer, misfits->list[i].why)
		    ->indent = 2;
		free(answer);
	}
}
