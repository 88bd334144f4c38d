/* SPDX-License-Identifier: ISC */
/*
 * Why not that article: a line to type its number on, and a page of what speaks against it,
 * with its own words, and what would have to be different.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "app.h"
#include "view.h"

static bool always_typing(struct app *app, struct place *place)
{
	(void)app;
	(void)place;
	return true;
}

static int which_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct head head = {0};

	if (knowledge_head(app->knowledge, (uint32_t)place->subject, &head, &app->err) ==
	    -1)
		return -1;
	page_add(&frame->page, TONE_TITLE, "Why not which article?");
	page_label(&frame->page, TONE_FIELD, 0, 2, ">", place->field.text)->item = 0;
	page_gap(&frame->page);
	page_addf(&frame->page, TONE_NOTE, "Its number; or Enter alone for %s: %s", head.id,
	    head.title);
	head_fini(&head);
	return 0;
}

/*
 * The article that was typed: 1, 0 if there is none, -1 and app->err. Of a number alone the
 * letters before it are those of the article that is offered.
 */
static int which_find(struct app *app, const struct place *place, uint32_t *article)
{
	const char *text = place->field.text;
	int found = knowledge_find(app->knowledge, text, article, &app->err);
	struct head head = {0};
	char *id;

	if (found != 0 || !isdigit((unsigned char)*text))
		return found;
	if (knowledge_head(app->knowledge, (uint32_t)place->subject, &head, &app->err) ==
	    -1)
		return -1;
	id = xasprintf("%.*s%s", (int)strcspn(head.id, "0123456789"), head.id, text);
	found = knowledge_find(app->knowledge, id, article, &app->err);
	free(id);
	head_fini(&head);
	return found;
}

/* The page takes the place of the line: one step back leads to where it was asked. */
static int which_take(struct app *app, struct place *place)
{
	uint32_t article = (uint32_t)place->subject;
	int found = 1;

	if (!field_is_blank(&place->field))
		found = which_find(app, place, &article);
	if (found == 0) {
		app_say(app, "There is no such article.");
		return 1;
	}
	if (found == 1) {
		app_pop(app);
		app_push(app, &screen_whynot, (long)article);
	}
	return found;
}

static int which_act(struct app *app, struct place *place, enum action action)
{
	return action == ACTION_TAKE ? which_take(app, place) : 0;
}

static const enum action which_actions[] = {
    ACTION_TAKE, ACTION_BACK, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_whynot_which = {
    .actions = which_actions,
    .typing = always_typing,
    .draw = which_draw,
    .act = which_act,
};

static int whynot_draw(struct app *app, struct place *place, struct frame *frame)
{
	struct head head = {0};
	struct whynot w = {0};
	int result =
	    knowledge_head(app->knowledge, (uint32_t)place->subject, &head, &app->err);

	if (result == 0)
		result = whatif_not(&w, app->session, head.id, &app->err);
	if (result == 0)
		result = view_why_not(&frame->page, app->session, &w, &app->err);
	whynot_fini(&w);
	head_fini(&head);
	return result;
}

static int whynot_act(struct app *app, struct place *place, enum action action)
{
	if (action != ACTION_ARTICLE)
		return 0;
	app_push(app, &screen_article, place->subject);
	return 1;
}

static const enum action whynot_actions[] = {
    ACTION_ARTICLE, ACTION_BACK, ACTION_PAGE_DOWN, ACTION_HELP, ACTION_QUIT, ACTION_NONE};

const struct screen screen_whynot = {
    .actions = whynot_actions,
    .draw = whynot_draw,
    .act = whynot_act,
};
