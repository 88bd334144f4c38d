/* SPDX-License-Identifier: ISC */
/* The session's state as JSON (the members are fixed) or as a few lines of text. */

#include "diagnose.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/advice_json.h"
#include "../decision/explain.h"
#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "diagnose_internal.h"
#include "shelf.h"

#define COLUMNS 80 /* of what is printed in words */
#define SHORTLIST 10

/* The value of a macro as a string. */
#define TEXT_OF(value) #value
#define TEXT(value) TEXT_OF(value)

/* JSON. */

static json_t *json_kb(struct knowledge *k, const struct questions *questions)
{
	return json_pack("{s:o, s:I, s:I}", "name", json_text(knowledge_name(k)),
	    "articles", (json_int_t)knowledge_narticles(k), "questions",
	    (json_int_t)questions->n);
}

const char *given_question(const struct given *g, const struct questions *questions)
{
	return g->question >= 0 ? questions->list[g->question].key : "sign";
}

/* Words and failures are no facts about the problem. */
static bool given_is_fact(const struct given *g)
{
	return g->kind != GIVEN_WORDS && g->kind != GIVEN_FAILED &&
	       g->kind != GIVEN_UNCLEAR;
}

/* A slip that was forgiven. */
static json_t *json_note(const struct given *g)
{
	char *note = g->kind == GIVEN_WORDS
			 ? xstrdup(g->slip)
			 : xasprintf("\"%s\" was taken as %s", g->slip, g->value);
	json_t *j = json_text(note);

	free(note);
	return j;
}

static json_t *json_notes(const struct session *s)
{
	json_t *list = json_array();
	size_t n;
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < n; i++)
		if (given[i].slip != NULL)
			json_array_append_new(list, json_note(&given[i]));
	return list;
}

static json_t *json_facts(const struct session *s, const struct questions *questions)
{
	json_t *list = json_array();
	size_t n;
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < n; i++) {
		const struct given *g = &given[i];
		json_t *fact;

		if (!given_is_fact(g))
			continue;
		fact = json_pack("{s:o, s:o, s:s, s:o}", "question",
		    json_text(given_question(g, questions)), "answer", json_text(g->value),
		    "source", g->source == SOURCE_TEXT ? "text" : "answer", "quote",
		    json_text(g->quote));
		if (g->slip != NULL)
			json_object_set_new(fact, "note", json_note(g));
		json_array_append_new(list, fact);
	}
	return list;
}

/* A choice of which the text names several answers. */
static json_t *json_unclear_choice(const struct given *g, const struct question *q)
{
	json_t *answers = json_array();

	for (size_t i = 0; i < q->nanswers; i++)
		if (g->among >> i & 1)
			json_array_append_new(answers, json_text(q->answers[i].key));
	return json_pack("{s:o, s:o, s:o}", "question", json_text(q->key), "answers",
	    answers, "quote", json_text(g->quote));
}

static json_t *json_unclear(const struct session *s, const struct questions *questions)
{
	json_t *list = json_array();
	size_t n;
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < n; i++)
		if (given[i].kind == GIVEN_UNCLEAR)
			json_array_append_new(
			    list, json_unclear_choice(
				      &given[i], &questions->list[given[i].question]));
	return list;
}

static json_t *json_offers(const struct state *st)
{
	json_t *list = json_array();

	for (size_t i = 0; i < st->noffers; i++) {
		const struct offer *o = &st->offers[i];

		json_array_append_new(
		    list, json_pack("{s:o, s:o, s:o}", "key", json_text(o->key), "label",
			      json_text(o->label), "probability",
			      json_probability(o->probability)));
	}
	return list;
}

static json_t *json_question(const struct state *st, const struct questions *questions)
{
	const struct question *q;

	if (st->status != STATUS_ASK)
		return json_null();
	q = &questions->list[st->decision.question];
	return json_pack("{s:o, s:o, s:o, s:o, s:s, s:o, s:f, s:o}", "key",
	    json_text(q->key), "ask", json_text(q->ask), "say", json_text(q->say), "find",
	    json_text(q->find), "kind", question_kind_name(q->kind), "gain_bits",
	    json_probability(st->decision.gain), "cost", q->cost, "choices",
	    json_offers(st));
}

static json_t *json_reason(
    const struct reason *r, const struct given *g, const struct questions *questions)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "question",
	    json_text(given_question(g, questions)), "answer", json_text(g->value), "quote",
	    json_text(r->quote), "line",
	    r->quote != NULL ? json_integer(r->line) : json_null());
}

static json_t *json_reasons(struct session *s, const struct reasons *reasons, bool against,
    const struct questions *questions)
{
	json_t *list = json_array();
	size_t n;
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < reasons->n; i++) {
		const struct reason *r = &reasons->list[i];

		if (r->against == against)
			json_array_append_new(
			    list, json_reason(r, &given[r->given], questions));
	}
	return list;
}

static json_t *json_candidate(struct session *s, const struct state *st, uint32_t article,
    const struct questions *questions, struct err *err)
{
	struct knowledge *k = session_knowledge(s);
	struct reasons reasons = {0};
	struct head head = {0};
	json_t *j = NULL;

	if (knowledge_head(k, article, &head, err) == 0 &&
	    explain_article(&reasons, s, article, err) == 0)
		j = json_pack("{s:o, s:o, s:o, s:o, s:o}", "article", json_text(head.id),
		    "title", json_text(head.title), "probability",
		    json_probability(st->belief->p[article]), "for",
		    json_reasons(s, &reasons, false, questions), "against",
		    json_reasons(s, &reasons, true, questions));
	reasons_fini(&reasons);
	head_fini(&head);
	return j;
}

json_t *json_candidates(struct session *s, const struct state *st, size_t most,
    const struct questions *questions, struct err *err)
{
	json_t *list = json_array();

	for (size_t i = 0; i < st->nranking && i < most; i++) {
		json_t *j = json_candidate(s, st, st->ranking[i], questions, err);

		if (j == NULL) {
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, j);
	}
	return list;
}

static json_t *json_alarms(
    const struct session *s, const struct state *st, const struct questions *questions)
{
	json_t *list = json_array();
	size_t n;
	const struct given *given = session_given(s, &n);

	for (size_t i = 0; i < st->nalarms; i++) {
		const struct alarm *a = &st->alarms[i];
		const struct given *g = &given[a->given];

		json_array_append_new(list,
		    json_pack("{s:o, s:o, s:f, s:o}", "question",
			json_text(given_question(g, questions)), "answer",
			json_text(g->value), "bits", round(a->bits * 100) / 100, "suspect",
			a->suspect < 0
			    ? json_null()
			    : json_text(given_question(&given[a->suspect], questions))));
	}
	return list;
}

static json_t *json_advised(struct knowledge *k, const struct advised *advised,
    const struct questions *questions, struct err *err)
{
	struct head head = {0};
	json_t *j;

	if (knowledge_head(k, advised->article, &head, err) == -1)
		return NULL;
	j = advice_json(&advised->advice, questions);
	json_object_set_new(j, "article", json_text(head.id));
	json_object_set_new(j, "title", json_text(head.title));
	json_object_set_new(j, "date", json_text(head.date));
	json_object_set_new(j, "excluded", json_boolean(advised->excluded));
	head_fini(&head);
	return j;
}

static json_t *json_advice(struct knowledge *k, const struct state *st,
    const struct questions *questions, struct err *err)
{
	json_t *list = json_array();

	for (size_t i = 0; i < st->nadvice; i++) {
		json_t *j = json_advised(k, &st->advice[i], questions, err);

		if (j == NULL) {
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, j);
	}
	return list;
}

const char *status_name(enum status status)
{
	static const char *const names[] = {
	    [STATUS_ASK] = "ask",
	    [STATUS_ADVISE] = "advise",
	    [STATUS_NONE] = "none",
	};

	return names[status];
}

static json_t *json_state(
    struct session *s, const struct state *st, size_t shortlist, struct err *err)
{
	struct knowledge *k = session_knowledge(s);
	const struct questions *questions = knowledge_questions(k, err);
	json_t *candidates, *advice;

	if (questions == NULL)
		return NULL;
	candidates = json_candidates(s, st, shortlist, questions, err);
	advice = candidates != NULL ? json_advice(k, st, questions, err) : NULL;
	if (advice == NULL) {
		json_decref(candidates);
		return NULL;
	}
	return json_pack(
	    "{s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:{s:o}, s:o, s:o, s:{s:o, s:I}}", "kb",
	    json_kb(k, questions), "facts", json_facts(s, questions), "unclear",
	    json_unclear(s, questions), "notes", json_notes(s), "status",
	    status_name(st->status), "question", json_question(st, questions), "candidates",
	    candidates, "none", "probability", json_probability(st->belief->none), "alarms",
	    json_alarms(s, st, questions), "advice", advice, "remaining", "questions",
	    json_probability(st->questions_left), "articles",
	    (json_int_t)st->articles_left);
}

static int print_json(
    struct session *s, const struct state *st, const struct request *r, struct err *err)
{
	json_t *j = json_state(s, st, r->shortlist, err);

	if (j == NULL || json_add_trials(j, s, r, err) == -1) {
		json_decref(j);
		return -1;
	}
	json_dumpf(j, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(j);
	return 0;
}

/* Text: the same, for a person. */

static void print_share(double share)
{
	if (share < 0.005)
		fputs(" <1 %  ", stdout);
	else if (share >= 0.995)
		fputs(">99 %  ", stdout);
	else
		printf("%3.0f %%  ", 100 * share);
}

static int print_candidates(
    struct session *s, const struct state *st, size_t most, struct err *err)
{
	for (size_t i = 0; i < st->nranking && i < most; i++) {
		struct head head;

		if (knowledge_head(session_knowledge(s), st->ranking[i], &head, err) == -1)
			return -1;
		print_share(st->belief->p[st->ranking[i]]);
		printf("%s  %s\n", head.id, head.title);
		head_fini(&head);
	}
	print_share(st->belief->none);
	puts("none of the articles");
	return 0;
}

static void print_question(const struct state *st, const struct question *q)
{
	printf("\n%s (%s)\n", q->ask, q->key);
	for (size_t i = 0; i < st->noffers; i++)
		printf("  %s=%s\t%s\n", q->key, st->offers[i].key, st->offers[i].label);
	if (question_is_sign(q)) {
		char *none = session_rejection(st);

		printf("  %s=%s\tNone of these\n", q->key, none);
		free(none);
	}
	if (question_is_open(q))
		printf("  %s=none\n", q->key);
	printf("  %s=unknown\n", q->key);
}

static void print_advice(const struct advice *a)
{
	printf("\n%s\n", advice_kind_name(a->kind));
	for (int i = 0; i < RISK_NKINDS; i++) {
		if (a->risks >> i & 1)
			printf("  Risk: %s\n", risk_first((enum risk)i));
	}
	if (a->text != NULL && a->text[0] != '\0')
		printf("%s\n", a->text);
	for (size_t i = 0; i < a->nsteps; i++)
		printf("%2zu. %s\n", i + 1, a->steps[i]);
}

static int print_text(
    struct session *s, const struct state *st, size_t most, struct err *err)
{
	const struct questions *questions = knowledge_questions(session_knowledge(s), err);

	if (questions == NULL || print_candidates(s, st, most, err) == -1)
		return -1;
	if (st->status == STATUS_ASK)
		print_question(st, &questions->list[st->decision.question]);
	if (st->status == STATUS_NONE)
		puts("\nNothing in this knowledge base fits.");
	for (size_t i = 0; i < st->nadvice; i++)
		print_advice(&st->advice[i].advice);
	return 0;
}

/* The command line. */

static int usage(const char *what, const char *given)
{
	char *detail = scan_clean(given, strlen(given));

	fprintf(stderr,
	    "kbwizard diagnose: %s%s\n"
	    "usage: kbwizard diagnose [-k FILE.kbw] [--text WORDS] [--answer "
	    "QUESTION=ANSWER]...\n"
	    "                         [--shortlist N] [--why] [--why-not ARTICLE]\n"
	    "                         [--what-if QUESTION=ANSWER] [--json]\n",
	    what, detail);
	free(detail);
	return ERR_USAGE;
}

static bool parse_count(const char *text, size_t *n)
{
	char *end;
	unsigned long v;

	errno = 0;
	v = strtoul(text, &end, 10);
	*n = v;
	return errno == 0 && *end == '\0' && text[0] >= '0' && text[0] <= '9' && v >= 1 &&
	       v <= SESSION_RANKED;
}

/* 0, or the exit status of a wrong command line. */
static int request_parse(struct request *r, int argc, char *argv[])
{
	enum {
		OPT_TEXT = 256,
		OPT_ANSWER,
		OPT_SHORTLIST,
		OPT_WHY,
		OPT_WHY_NOT,
		OPT_WHAT_IF,
		OPT_JSON
	};
	static const struct option options[] = {
	    {"text", required_argument, NULL, OPT_TEXT},
	    {"answer", required_argument, NULL, OPT_ANSWER},
	    {"shortlist", required_argument, NULL, OPT_SHORTLIST},
	    {"why", no_argument, NULL, OPT_WHY},
	    {"why-not", required_argument, NULL, OPT_WHY_NOT},
	    {"what-if", required_argument, NULL, OPT_WHAT_IF},
	    {"json", no_argument, NULL, OPT_JSON},
	    {0},
	};
	size_t cap = 0;
	int opt;

	optind = 0;
	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":k:", options, NULL)) != -1) {
		switch (opt) {
		case 'k':
			r->file = optarg;
			break;
		case OPT_TEXT:
			r->text = optarg;
			break;
		case OPT_ANSWER:
			if (strchr(optarg, '=') == NULL)
				return usage(
				    "--answer takes QUESTION=ANSWER, not ", optarg);
			r->answers =
			    xgrow(r->answers, r->nanswers, &cap, sizeof *r->answers);
			r->answers[r->nanswers++] = optarg;
			break;
		case OPT_SHORTLIST:
			if (!parse_count(optarg, &r->shortlist))
				return usage("--shortlist takes a number from 1 to " TEXT(
						 SESSION_RANKED) ", not ",
				    optarg);
			break;
		case OPT_WHY:
			r->why = true;
			break;
		case OPT_WHY_NOT:
			r->why_not = optarg;
			break;
		case OPT_WHAT_IF:
			if (strchr(optarg, '=') == NULL)
				return usage(
				    "--what-if takes QUESTION=ANSWER, not ", optarg);
			r->what_if = optarg;
			break;
		case OPT_JSON:
			r->json = true;
			break;
		case ':':
			return usage("an argument is missing behind ", argv[optind - 1]);
		default:
			return usage("unknown option ", argv[optind - 1]);
		}
	}
	return optind < argc ? usage("unexpected argument ", argv[optind]) : 0;
}

static int session_take_request(struct session *s, const struct request *r, struct err *err)
{
	if (r->text != NULL && session_say(s, r->text, err) == -1)
		return -1;
	for (size_t i = 0; i < r->nanswers; i++) {
		size_t len = strcspn(r->answers[i], "=");
		char *key = xstrndup(r->answers[i], len);
		int result = session_answer(s, key, r->answers[i] + len + 1, err);

		free(key);
		if (result == -1)
			return -1;
	}
	return 0;
}

/* The state, and what was asked about it; nothing where that cannot be. */
static int print_texts(
    struct session *s, const struct state *st, const struct request *r, struct err *err)
{
	struct page trials;
	int result;

	page_init(&trials);
	result = page_add_trials(&trials, s, r, err);
	if (result == 0)
		result = print_text(s, st, r->shortlist, err);
	if (result == 0 && trials.n > 0) {
		putchar('\n');
		page_print(stdout, &trials, COLUMNS);
	}
	page_fini(&trials);
	return result;
}

static int diagnose(const struct request *r, struct err *err)
{
	struct shelf shelf;
	struct session *s = NULL;
	const struct state *st = NULL;
	int result = -1;

	if (shelf_open(&shelf, r->file, err) == 0)
		s = session_new(shelf_first(&shelf), SETTING_CONSOLE, err);
	if (s != NULL && session_take_request(s, r, err) == 0)
		st = session_state(s, err);
	if (st != NULL)
		result = r->json ? print_json(s, st, r, err) : print_texts(s, st, r, err);
	if (result == 0 && (fflush(stdout) == EOF || ferror(stdout)))
		result = err_sys(err, ERR_WRITE, "standard output");
	session_free(s);
	shelf_close(&shelf);
	return result;
}

int diagnose_main(int argc, char *argv[], const char *file)
{
	struct request r = {.file = file, .shortlist = SHORTLIST};
	struct err err = {0};
	int status = request_parse(&r, argc, argv);

	if (status == 0 && diagnose(&r, &err) == -1) {
		char *text = scan_clean(err_text(&err), strlen(err_text(&err)));

		fprintf(stderr, "kbwizard diagnose: %s\n", text);
		free(text);
		status = (int)err.class;
	}
	free(r.answers);
	err_fini(&err);
	return status;
}
