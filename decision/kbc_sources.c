/* SPDX-License-Identifier: ISC */
/* From files an author wrote to an article as understood: what build and lint share. */

#include "../kb/parse.h"
#include "kbc.h"

int reader_open(struct reader *r, const struct questions *questions, struct err *err)
{
	*r = (struct reader){.questions = questions};
	r->recognisers = recognisers_new(questions, NULL, err);
	if (r->recognisers == NULL)
		return -1;
	r->advisor = advisor_new(questions, r->recognisers, err);
	if (r->advisor == NULL)
		return -1;
	recognisers_hasten(r->recognisers);
	advisor_hasten(r->advisor);
	return 0;
}

void reader_close(struct reader *r)
{
	advisor_free(r->advisor);
	recognisers_free(r->recognisers);
}

int sources_open(struct sources *s, const struct options *o, struct err *err)
{
	*s = (struct sources){0};
	diag_init(&s->diag);
	s->questions = o->questions != NULL ? questions_read(o->questions, &s->diag, err)
					    : questions_builtin();
	if (s->questions == NULL)
		return -1;
	if (reader_open(&s->reader, s->questions, err) == -1)
		return -1;
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
	reader_close(&s->reader);
	questions_free(s->questions);
	diag_fini(&s->diag);
}

/* Whether the facts answer any question: every article with a title has a sign. */
static bool facts_tell(const struct facts *facts, const struct questions *questions)
{
	for (size_t i = 0; i < facts->n; i++) {
		if (!question_is_sign(&questions->list[facts->list[i].question]))
			return true;
	}
	return false;
}

bool reader_read(
    const struct reader *r, const char *path, struct understanding *u, struct diag *diag)
{
	unsigned long limits = pattern_limits_hit();

	*u = (struct understanding){.article = parse_file(path, diag)};
	if (u->article == NULL)
		return false;
	facts_extract(&u->facts, r->recognisers, r->questions, u->article);
	advice_extract(&u->advice, r->advisor, u->article);
	if (pattern_limits_hit() > limits)
		diag_report(diag, DIAG_PATTERN_LIMIT, path, 0, 0, NULL, NULL);
	u->is_list = advisor_is_list(r->advisor, u->article);
	return true;
}

void sources_correct(struct sources *s, struct understanding *u, struct diag *diag)
{
	if (s->curated != NULL)
		curated_apply(
		    s->curated, u->article, s->questions, &u->facts, &u->advice, diag);
	u->tells = facts_tell(&u->facts, s->questions);
}

bool sources_read(struct sources *s, const char *path, struct understanding *u)
{
	if (!reader_read(&s->reader, path, u, &s->diag))
		return false;
	sources_correct(s, u, &s->diag);
	return true;
}

void understanding_fini(struct understanding *u)
{
	advices_fini(&u->advice);
	facts_fini(&u->facts);
	article_free(u->article);
	*u = (struct understanding){0};
}
