/* SPDX-License-Identifier: ISC */
/* Signs that are picked and rejected: proper distributions, and what they do to articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "table.h"

#define NEAR 1e-9
#define COUNT(list) (sizeof(list) / sizeof *(list))

static double total(const struct belief *b)
{
	double sum = b->none;

	for (uint32_t a = 0; a < b->n; a++)
		sum += b->p[a];
	return sum;
}

/* P of picking each of the signs shown and of rejecting them all, of one article or none. */
static double signs_total(
    const struct table *t, const struct evidence *rejected, long article)
{
	struct evidence e = *rejected;
	double sum = 0;

	for (size_t i = 0; i <= rejected->shown.n; i++) {
		e.kind = i < rejected->shown.n ? EVIDENCE_SIGN : EVIDENCE_REJECTED;
		e.value = rejected->shown.article[i];
		sum += article < 0 ? belief_likelihood_none(t->cases, &e)
				   : belief_likelihood(
					 t->cases, t->questions, &e, (uint32_t)article);
	}
	return sum;
}

static void a_sign_lifts_its_article_and_a_rejected_one_sinks(void **state)
{
	static const struct table_question question = {
	    .key = "sign", .recogniser = RECOGNISE_SIGN};
	static const struct table_article articles[] = {
	    {.facts = "sign=the_backup_stops_with_an_error_on_the_second_tape"},
	    {.facts = "sign=printing_envelopes_turns_every_page_upside_down"},
	    {.facts = "sign=users_are_asked_for_a_password_again_and_again"},
	    {.facts = "sign=printing_envelopes_turns_every_page_upside_down"},
	};
	static const struct evidence picked = {.kind = EVIDENCE_SIGN, .value = 2},
				     alike = {.kind = EVIDENCE_SIGN, .value = 1},
				     rejected = {.kind = EVIDENCE_REJECTED,
					 .shown = {.article = {0, 2}, .n = 2}};
	struct table *t = table_new(&question, 1, articles, COUNT(articles));
	struct belief *before = belief_new(t->cases), *b = belief_new(t->cases);

	(void)state;
	for (long a = -1; a < (long)COUNT(articles); a++)
		assert_near(signs_total(t, &rejected, a), 1, NEAR);
	belief_update(b, t->cases, t->questions, &picked);
	assert_true(b->p[2] > 0.9);
	assert_true(b->p[1] < before->p[1] && b->none < before->none);
	belief_reset(b, t->cases);
	belief_update(b, t->cases, t->questions, &alike);
	assert_near(b->p[3] / b->p[1],
	    belief_parameters.sign_alike / belief_parameters.sign_hit, NEAR);
	assert_true(b->p[3] > before->p[3]);
	belief_reset(b, t->cases);
	belief_update(b, t->cases, t->questions, &rejected);
	assert_true(b->p[0] < 0.3 * before->p[0] && b->p[2] < 0.3 * before->p[2]);
	assert_true(b->p[1] > before->p[1] && b->none > before->none);
	belief_reset(b, t->cases);
	belief_update_failed(b, 1);
	assert_near(b->p[1] / b->p[0], 0.1, NEAR);
	assert_near(total(b), 1, NEAR);
	belief_free(before);
	belief_free(b);
	table_free(t);
}

/* Who rejects a sentence rejects also those that say nearly the same, but less surely. */
static void a_sign_like_a_rejected_one_sinks_with_it(void **state)
{
	static const struct table_question question = {
	    .key = "sign", .recogniser = RECOGNISE_SIGN};
	static const struct table_article articles[] = {
	    {.facts = "sign=printing_envelopes_turns_every_page_upside_down"},
	    {.facts = "sign=the_backup_stops_with_an_error_on_the_second_tape"},
	    {.facts = "sign=printing_envelopes_turns_every_page_upside_down"},
	    {.facts = "sign=users_are_asked_for_a_password_again_and_again"},
	};
	static const struct evidence rejected = {
	    .kind = EVIDENCE_REJECTED, .shown = {.article = {0, 1}, .n = 2}};
	struct table *t = table_new(&question, 1, articles, COUNT(articles));
	struct belief *b = belief_new(t->cases);

	(void)state;
	for (long a = -1; a < (long)COUNT(articles); a++)
		assert_near(signs_total(t, &rejected, a), 1, NEAR);
	belief_update(b, t->cases, t->questions, &rejected);
	assert_near(b->p[2] / b->p[3],
	    (1 - belief_parameters.sign_alike - belief_parameters.sign_miss) /
		belief_reject_unshown(2),
	    NEAR);
	assert_true(b->p[0] < b->p[2] && b->p[2] < b->p[3]);
	belief_free(b);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_sign_lifts_its_article_and_a_rejected_one_sinks),
	    cmocka_unit_test(a_sign_like_a_rejected_one_sinks_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
