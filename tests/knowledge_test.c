/* SPDX-License-Identifier: ISC */
/* Reading a knowledge file: what went in comes out, and nothing foreign is taken for it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "../decision/knowledge.h"
#include "../decision/knowledge_schema.h"
#include "../decision/words.h"
#include "../kb/xalloc.h"
#include "library.h"

static struct knowledge *knowledge;
static char *path;

static int write_library(void **state)
{
	struct err err = {.text = NULL};

	(void)state;
	path = library_path("library.kbw");
	if (library_write(path, LIBRARY_ARTICLES, &err) == 0)
		knowledge = knowledge_open(path, &err);
	if (knowledge == NULL)
		fprintf(stderr, "%s\n", err_text(&err));
	err_fini(&err);
	return knowledge == NULL ? -1 : 0;
}

static int remove_library(void **state)
{
	(void)state;
	knowledge_close(knowledge);
	free(path);
	library_remove();
	return 0;
}

static void assert_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		assert_ptr_equal(a, b);
	else
		assert_string_equal(a, b);
}

static void test_name_and_counts(void **state)
{
	(void)state;
	assert_string_equal(knowledge_name(knowledge), "Printers");
	assert_string_equal(
	    knowledge_about(knowledge), "What to do when a printer does not print.");
	assert_int_equal(knowledge_narticles(knowledge), LIBRARY_ARTICLES);
	assert_int_equal(strspn(knowledge_fingerprint(knowledge), "0123456789abcdef"), 16);
	assert_int_equal(strlen(knowledge_fingerprint(knowledge)), 16);
}

static void assert_patterns(const struct patterns *a, const struct patterns *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		assert_string_equal(a->list[i], b->list[i]);
}

static void assert_question(const struct question *a, const struct question *b)
{
	assert_string_equal(a->key, b->key);
	assert_string_equal(a->ask, b->ask);
	assert_string_equal(a->say, b->say);
	assert_string_equal(a->find, b->find);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->recogniser, b->recogniser);
	assert_text(a->of, b->of);
	assert_int_equal(a->sections, b->sections);
	assert_true(a->cost == b->cost && a->cost_phone == b->cost_phone);
	assert_true(a->unknown == b->unknown && a->error == b->error);
	assert_int_equal(a->silent, b->silent);
	assert_int_equal(a->variant, b->variant);
	assert_int_equal(a->nanswers, b->nanswers);
	for (size_t i = 0; i < a->nanswers; i++) {
		assert_string_equal(a->answers[i].key, b->answers[i].key);
		assert_string_equal(a->answers[i].label, b->answers[i].label);
		assert_true(a->answers[i].share == b->answers[i].share);
		assert_patterns(&a->answers[i].patterns, &b->answers[i].patterns);
		assert_patterns(&a->answers[i].said, &b->answers[i].said);
		assert_patterns(&a->answers[i].except, &b->answers[i].except);
	}
}

static void test_questions_come_back_whole(void **state)
{
	const struct questions *a = knowledge_questions(knowledge, NULL);
	const struct questions *b = library_questions();

	(void)state;
	assert_non_null(a);
	assert_ptr_equal(a, knowledge_questions(knowledge, NULL));
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		assert_question(&a->list[i], &b->list[i]);
	assert_int_equal(a->nsymbols, 1);
	assert_string_equal(a->symbols[0].name, "E_JAM");
	assert_string_equal(a->symbols[0].code, "17");
	assert_int_equal(a->nphrases, 2);
	assert_string_equal(a->phrases[1].name, "drop");
	assert_string_equal(a->phrases[1].pattern, "our shops are open");
}

static char *printed(const struct article *article)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	article_print(out, article);
	fclose(out);
	return text;
}

static void test_articles_come_back_whole(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < LIBRARY_ARTICLES; i++) {
		struct article *article = knowledge_article(knowledge, i, NULL);
		char *a, *b;

		assert_non_null(article);
		a = printed(article);
		b = printed(library_article(i));
		assert_string_equal(a, b);
		assert_string_equal(article->file, library_article(i)->file);
		assert_text(article->product, library_article(i)->product);
		free(a);
		free(b);
		article_free(article);
	}
}

static void test_heads_and_identifiers(void **state)
{
	struct head head;
	uint32_t number = 99;

	(void)state;
	assert_int_equal(knowledge_head(knowledge, 0, &head, NULL), 0);
	assert_string_equal(head.id, "K1");
	assert_string_equal(head.title, "Paper jams in printer 100");
	assert_string_equal(head.date, "1999-12-22");
	head_fini(&head);
	assert_int_equal(knowledge_head(knowledge, 1, &head, NULL), 0);
	assert_null(head.date);
	head_fini(&head);
	assert_int_equal(knowledge_find(knowledge, "k3", &number, NULL), 1);
	assert_int_equal(number, 2);
	assert_int_equal(knowledge_find(knowledge, "K", &number, NULL), 0);
	assert_int_equal(knowledge_find(knowledge, "' OR 1=1", &number, NULL), 0);
}

static void test_facts_keep_their_evidence(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < LIBRARY_ARTICLES; i++) {
		const struct facts *want = library_facts(i);
		struct facts facts;

		assert_int_equal(knowledge_facts(knowledge, i, &facts, NULL), 0);
		assert_int_equal(facts.n, want->n);
		for (size_t j = 0; j < facts.n; j++) {
			const struct fact *a = &facts.list[j], *b = &want->list[j];

			assert_int_equal(a->question, b->question);
			assert_int_equal(a->answer, b->answer);
			assert_text(a->value, b->value);
			assert_int_equal(a->role, b->role);
			assert_int_equal(a->curated, b->curated);
			assert_int_equal(a->section, b->section);
			assert_int_equal(a->line, b->line);
			assert_string_equal(a->quote, b->quote);
		}
		facts_fini(&facts);
	}
}

static void assert_advice(const struct advice *a, const struct advice *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->section, b->section);
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->risks, b->risks);
	assert_string_equal(a->text, b->text);
	assert_int_equal(a->nsteps, b->nsteps);
	for (size_t i = 0; i < a->nsteps; i++)
		assert_string_equal(a->steps[i], b->steps[i]);
	assert_int_equal(a->napplies, b->napplies);
	for (size_t i = 0; i < a->napplies; i++) {
		assert_int_equal(a->applies[i].question, b->applies[i].question);
		assert_int_equal(a->applies[i].answers, b->applies[i].answers);
	}
}

static void test_advice_keeps_steps_conditions_and_risks(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < LIBRARY_ARTICLES; i++) {
		const struct advices *want = library_advices(i);
		struct advices advices;

		assert_int_equal(knowledge_advice(knowledge, i, &advices, NULL), 0);
		assert_int_equal(advices.n, want->n);
		for (size_t j = 0; j < advices.n; j++)
			assert_advice(&advices.list[j], &want->list[j]);
		advices_fini(&advices);
	}
}

static void test_values_have_ids_and_ids_values(void **state)
{
	size_t code = 2;
	uint32_t id = 99;
	char *value;

	(void)state;
	assert_int_equal(knowledge_value(knowledge, code, "17", &id, NULL), 1);
	value = knowledge_value_text(knowledge, code, id, NULL);
	assert_text(value, "17");
	free(value);
	assert_int_equal(knowledge_value(knowledge, code, "18", &id, NULL), 0);
	assert_int_equal(knowledge_value(knowledge, 3, "17", &id, NULL), 0);
}

static void test_case_table_and_tree(void **state)
{
	const struct casetable *table = knowledge_casetable(knowledge, NULL);
	const struct tree *tree = knowledge_tree(knowledge, NULL);

	(void)state;
	assert_non_null(table);
	assert_int_equal(table->narticles, LIBRARY_ARTICLES);
	assert_int_equal(table->columns[0].named[1], 2);
	assert_non_null(tree);
	assert_true(tree->n >= 1);
	assert_ptr_equal(tree, knowledge_tree(knowledge, NULL));
}

static void test_tokens_are_found_whole(void **state)
{
	static const struct {
		const char *token;
		uint32_t articles;
	} cases[] = {
	    {"-1018", 1},
	    {"0x11", 1},
	    {"rollers!feedstart", 1},
	    {"printer", 5},
	    {"200", 2},
	    {"print", 0},
	    {"rollers!", 0},
	    {"\" OR printer", 0},
	    {"tokens:printer", 0},
	    {"*", 0},
	    {"", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct frequency df = {.articles = 99};
		struct holders holders = {.n = 99};

		assert_int_equal(
		    knowledge_holders(knowledge, cases[i].token, &holders, NULL), 0);
		assert_int_equal(holders.n, cases[i].articles);
		assert_int_equal(holders.mass > 0, cases[i].articles > 0);
		holders_fini(&holders);
		assert_int_equal(
		    knowledge_frequency(knowledge, cases[i].token, &df, NULL), 0);
		assert_int_equal(df.articles, cases[i].articles);
		assert_true(df.mass >= df.articles);
	}
}

/* What stands in the signatures, token by token. */
static void test_holders_are_those_of_the_signatures(void **state)
{
	const uint32_t *lengths = knowledge_lengths(knowledge, NULL);
	uint64_t mass = 0;

	(void)state;
	assert_non_null(lengths);
	for (uint32_t a = 0; a < LIBRARY_ARTICLES; a++) {
		char *signature = words_signature(library_article(a));
		const char *at = signature;
		struct signed_word word;
		uint32_t length = 0;

		while (words_signature_next(&at, &word)) {
			char *token = strndup(word.token, word.len);
			struct holders holders;
			size_t i = 0;

			assert_int_equal(
			    knowledge_holders(knowledge, token, &holders, NULL), 0);
			while (i < holders.n && holders.list[i].article < a)
				i++;
			assert_true(i < holders.n);
			assert_int_equal(holders.list[i].article, a);
			assert_int_equal(holders.list[i].weight, word.weight);
			length += word.weight;
			holders_fini(&holders);
			free(token);
		}
		assert_int_equal(lengths[a], length);
		mass += length;
		free(signature);
	}
	assert_int_equal(knowledge_mass(knowledge), mass);
}

static void test_whole_file_verifies(void **state)
{
	struct err err = {.text = NULL};

	(void)state;
	if (knowledge_verify(knowledge, &err) < 0)
		fail_msg("%s", err_text(&err));
}

static void assert_refused(const char *name, enum err_class class, const char *why)
{
	struct err err = {.text = NULL};
	struct knowledge *k = knowledge_open(name, &err);

	assert_null(k);
	assert_int_equal(err.class, class);
	if (strstr(err_text(&err), why) == NULL || strstr(err_text(&err), name) == NULL)
		fail_msg("%s", err_text(&err));
	err_fini(&err);
}

static void test_what_cannot_be_opened(void **state)
{
	char *missing = library_path("missing.kbw"), *fifo = library_path("fifo");
	char *folder = library_path(".");

	(void)state;
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_refused(missing, ERR_OPEN, "No such file");
	assert_refused(fifo, ERR_OPEN, "not a regular file");
	assert_refused(folder, ERR_OPEN, "folder");
	free(missing);
	free(fifo);
	free(folder);
}

static void test_foreign_files(void **state)
{
	char *other = library_path("foreign");
	size_t n;
	char *bytes = library_read(path, &n);

	(void)state;
	library_put(other, "", 0);
	assert_refused(other, ERR_DATA, "not a knowledge file");
	library_put(other, "Once upon a time", 16);
	assert_refused(other, ERR_DATA, "not a knowledge file");
	bytes[68] ^= 1; /* the application id of another program */
	library_put(other, bytes, n);
	assert_refused(other, ERR_DATA, "not a knowledge file");
	free(bytes);
	free(other);
}

static void test_other_format_versions(void **state)
{
	char *other = library_path("newer.kbw");
	size_t n;
	char *bytes = library_read(path, &n);

	(void)state;
	bytes[63] = KNOWLEDGE_FORMAT + 1;
	library_put(other, bytes, n);
	assert_refused(
	    other, ERR_DATA, "made by a newer kbc (format 5; this program reads 4)");
	free(bytes);
	free(other);
}

static void test_truncated_and_damaged_files(void **state)
{
	char *other = library_path("damaged.kbw");
	size_t n;
	char *bytes = library_read(path, &n);

	(void)state;
	library_put(other, bytes, n - 1);
	assert_refused(other, ERR_DATA, "damaged knowledge file");
	library_put(other, bytes, n / 2);
	assert_refused(other, ERR_DATA, "damaged knowledge file");
	bytes[2000] ^= 4; /* in the first page */
	library_put(other, bytes, n);
	assert_refused(other, ERR_DATA, "damaged knowledge file: checksum");
	free(bytes);
	free(other);
}

/*
 * A file that somebody made on purpose: the pages have their checksums, the rows are wrong.
 * db_create_sealed takes any file, so the copy is changed and sealed again.
 */
static void craft(const char *target, const char *sql)
{
	size_t n;
	char *bytes = library_read(path, &n);
	struct err err = {.text = NULL};
	struct db *db;

	library_put(target, bytes, n);
	free(bytes);
	db = db_create_sealed(target, target, &knowledge_identity, &err);
	if (db == NULL || db_run(db, sql, &err) < 0 || db_seal(db, &err) < 0)
		fail_msg("%s: %s", sql, err_text(&err));
}

static void test_crafted_rows_are_refused(void **state)
{
	static const char *const cases[] = {
	    "UPDATE meta SET value = '6' WHERE key = 'articles'",
	    "UPDATE meta SET value = '-1' WHERE key = 'articles'",
	    "UPDATE meta SET value = '4294967296' WHERE key = 'articles'",
	    "DELETE FROM meta WHERE key = 'fingerprint'",
	    "DELETE FROM article WHERE article = 2",
	    "UPDATE article SET title = x'0041' WHERE article = 1",
	    "UPDATE article SET title = 'a' || char(0) || 'b' WHERE article = 1",
	    "UPDATE section SET kind = 'nonsense' WHERE article = 1",
	    "UPDATE section SET level = 3 WHERE article = 1",
	    "DELETE FROM section WHERE article = 0 AND section = 1",
	    "UPDATE block SET section = 9 WHERE article = 0 AND section = 2",
	    "UPDATE block SET section = -1 WHERE article = 0 AND section = 2",
	    "UPDATE block SET depth = 1 << 40",
	    "UPDATE block SET line = -1",
	    "UPDATE block SET text = ''",
	    "UPDATE block SET kind = 'poem'",
	    "UPDATE fact SET question = 64",
	    "UPDATE fact SET answer = 7 WHERE question = 0",
	    "UPDATE fact SET answer = -1 WHERE question = 0",
	    "UPDATE fact SET value = NULL WHERE question = 2",
	    "UPDATE fact SET role = 'villain'",
	    "UPDATE advice SET kind = 'prayer'",
	    "UPDATE advice SET risks = 1 << 20",
	    "UPDATE step SET advice = 5 WHERE advice = 1",
	    "UPDATE step SET step = 3 WHERE step = 1",
	    "UPDATE condition SET answer = answer + 62",
	    "UPDATE condition SET question = 1 WHERE answer = 1",
	    "UPDATE condition SET number = number + 5",
	    "UPDATE question SET silent = 5",
	    "UPDATE question SET kind = 'riddle'",
	    "UPDATE question SET recogniser = 'nose'",
	    "UPDATE question SET cost = 0",
	    "UPDATE question SET unknown = 9e999",
	    "UPDATE question SET sections = -1",
	    "UPDATE question SET question = 9 WHERE question = 3",
	    "DELETE FROM answer WHERE question = 0",
	    "UPDATE answer SET share = 'much'",
	    "UPDATE pattern SET number = 4 WHERE number = 1",
	    "UPDATE value SET value = 'z' || value WHERE id = 0",
	    "DELETE FROM value WHERE question = 2",
	    "UPDATE packed SET bytes = x'00' WHERE name = 'casetable'",
	    "UPDATE packed SET bytes = 'text' WHERE name = 'tree'",
	    "UPDATE packed SET bytes = x'00' WHERE name = 'lengths'",
	    "UPDATE packed SET bytes = zeroblob(13) WHERE name = 'lengths'",
	    "DELETE FROM packed WHERE name = 'lengths'",
	    "UPDATE packed SET bytes = zeroblob(13) WHERE name = 'needs'",
	    "DELETE FROM packed WHERE name = 'needs'",
	    "DELETE FROM packed",
	    "UPDATE meta SET value = 'many' WHERE key = 'questions'",
	    "UPDATE meta SET value = '65' WHERE key = 'questions'",
	    "UPDATE word SET articles = articles + 1 WHERE token = 'printer'",
	    "UPDATE word SET articles = 4000000000 WHERE token = 'printer'",
	    "UPDATE word SET mass = mass + 1 WHERE token = 'beep'",
	    "UPDATE word SET holders = x'' WHERE token = 'beep'",
	    "UPDATE word SET holders = x'8080808080808001' WHERE token = 'beep'",
	    "UPDATE word SET holders = x'050c' WHERE token = 'beep'",
	    "UPDATE word SET holders = x'0400' WHERE token = 'beep'",
	    "UPDATE word SET holders = holders || x'00' WHERE token = 'beep'",
	    "UPDATE word SET holders = NULL WHERE token = 'beep'",
	    ("INSERT INTO holders VALUES('beep', x'050c'); UPDATE word SET holders = NULL "
	     "WHERE token = 'beep'"),
	    "DELETE FROM word WHERE token = 'beep'",
	    "DELETE FROM signature",
	    "DROP TABLE phrase",
	    "DROP INDEX value_id",
	    "ALTER TABLE article ADD COLUMN more",
	    "DROP TABLE step; CREATE VIEW step AS SELECT 0, 0, 0 AS step, 'x' AS text",
	};
	char *other = library_path("crafted.kbw");

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = {.text = NULL};
		struct knowledge *k;

		craft(other, cases[i]);
		k = knowledge_open(other, &err);
		if (k != NULL && knowledge_verify(k, &err) == 0)
			fail_msg("not noticed: %s", cases[i]);
		if (err.class != ERR_DATA || strstr(err_text(&err), other) == NULL)
			fail_msg("%s: %s", cases[i], err_text(&err));
		knowledge_close(k);
		err_fini(&err);
	}
	free(other);
}

static void test_text_of_a_file_is_cleaned(void **state)
{
	char *other = library_path("escape.kbw");
	struct knowledge *k;
	struct head head;

	(void)state;
	craft(other,
	    "UPDATE article SET title = 'a' || char(27) || '[2Jb' WHERE article = 0");
	k = knowledge_open(other, NULL);
	assert_non_null(k);
	assert_int_equal(knowledge_head(k, 0, &head, NULL), 0);
	assert_null(strchr(head.title, '\033'));
	head_fini(&head);
	knowledge_close(k);
	free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_name_and_counts),
	    cmocka_unit_test(test_questions_come_back_whole),
	    cmocka_unit_test(test_articles_come_back_whole),
	    cmocka_unit_test(test_heads_and_identifiers),
	    cmocka_unit_test(test_facts_keep_their_evidence),
	    cmocka_unit_test(test_advice_keeps_steps_conditions_and_risks),
	    cmocka_unit_test(test_values_have_ids_and_ids_values),
	    cmocka_unit_test(test_case_table_and_tree),
	    cmocka_unit_test(test_tokens_are_found_whole),
	    cmocka_unit_test(test_holders_are_those_of_the_signatures),
	    cmocka_unit_test(test_whole_file_verifies),
	    cmocka_unit_test(test_what_cannot_be_opened),
	    cmocka_unit_test(test_foreign_files),
	    cmocka_unit_test(test_other_format_versions),
	    cmocka_unit_test(test_truncated_and_damaged_files),
	    cmocka_unit_test(test_crafted_rows_are_refused),
	    cmocka_unit_test(test_text_of_a_file_is_cleaned),
	};

	return cmocka_run_group_tests_name(
	    "knowledge", tests, write_library, remove_library);
}
