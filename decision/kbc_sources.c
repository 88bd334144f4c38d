/* SPDX-License-Identifier: ISC */
/* From files an author wrote to an article as understood: what build and lint share. */

#include "../kb/parse.h"
#include "kbc.h"

int sources_open(struct sources *s, const struct options *o, struct err *err)
{
	*s = (struct sources){0};
	diag_init(&s->diag);
	s->questions = o->questions != NULL ? questions_read(o->questions, &s->diag, err)
					    : questions_builtin();
	if (s->questions == NULL)
		return -1;
	s->recognisers = recognisers_new(s->questions, err);
	if (s->recognisers == NULL)
		return -1;
	s->advisor = advisor_new(s->questions, s->recognisers, err);
	if (s->advisor == NULL)
		return -1;
	recognisers_hasten(s->recognisers);
	advisor_hasten(s->advisor);
	if (o->curated != NULL) {
		s->curated = curated_read(o->curated, s->questions, &s->diag, err);
		if (s->curated == NULL)
			return -1;
	}
	return 0;
}

void sources_close(struct sources *s)
{
	curated_free(s->curated);
	advisor_free(s->advisor);
	recognisers_free(s->recognisers);
	questions_free(s->questions);
	diag_fini(&s->diag);
}

bool sources_read(struct sources *s, const char *path, struct understanding *u)
{
	unsigned long limits = pattern_limits_hit();

	*u = (struct understanding){.article = parse_file(path, &s->diag)};
	if (u->article == NULL)
		return false;
	facts_extract(&u->facts, s->recognisers, s->questions, u->article);
	advice_extract(&u->advice, s->advisor, u->article);
	if (pattern_limits_hit() > limits)
		diag_report(&s->diag, DIAG_PATTERN_LIMIT, path, 0, 0, NULL, NULL);
	u->is_list = advisor_is_list(s->advisor, u->article);
	if (s->curated != NULL)
		curated_apply(
		    s->curated, u->article, s->questions, &u->facts, &u->advice, &s->diag);
	return true;
}

void understanding_fini(struct understanding *u)
{
	advices_fini(&u->advice);
	facts_fini(&u->facts);
	article_free(u->article);
	*u = (struct understanding){0};
}
