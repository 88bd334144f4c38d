/* SPDX-License-Identifier: ISC */
/* A small knowledge base about printers. */
#include "library.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../decision/words.h"
#include "../kb/xalloc.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MODEL, TRAY, CODE, NOISE, SIGN };

static char *model_patterns[] = {(char *)"P ?100", (char *)"hundred"};
static char *model_said[] = {(char *)"the old one"};
static char *model_except[] = {(char *)"P100X"};

static struct answer models[] = {
    {.key = (char *)"p100",
	.label = (char *)"Printer 100",
	.share = 0.25,
	.patterns = {model_patterns, COUNT(model_patterns)},
	.said = {model_said, COUNT(model_said)},
	.except = {model_except, COUNT(model_except)}},
    {.key = (char *)"p200", .label = (char *)"Printer 200 \xe2\x80\x94 new", .share = 0.75},
};
static struct answer yes_no[] = {
    {.key = (char *)"yes", .label = (char *)"Yes", .share = 0.5},
    {.key = (char *)"no", .label = (char *)"No", .share = 0.5},
};

static struct question list[] = {
    [MODEL] = {.key = (char *)"model",
	.ask = (char *)"Which model is it?",
	.say = (char *)"Could you tell me the model?",
	.find = (char *)"Look at the front.\nThe number stands beside the switch.",
	.kind = QUESTION_CHOICE,
	.recogniser = RECOGNISE_VERSION,
	.of = (char *)"printer",
	.sections = 1u << SECTION_TITLE | 1u << SECTION_STATUS,
	.cost = 0.5,
	.cost_phone = 1.25,
	.unknown = 0.05,
	.error = 0.02,
	.silent = -1,
	.variant = true,
	.answers = models,
	.nanswers = COUNT(models)},
    [TRAY] = {.key = (char *)"tray",
	.ask = (char *)"Has it a second tray?",
	.say = (char *)"Is there a second tray?",
	.find = (char *)"",
	.kind = QUESTION_CHOICE,
	.sections = 1u << SECTION_SYMPTOMS,
	.cost = 1,
	.cost_phone = 2,
	.unknown = 0.1,
	.error = 0.05,
	.silent = 1,
	.answers = yes_no,
	.nanswers = COUNT(yes_no)},
    [CODE] = {.key = (char *)"code",
	.ask = (char *)"What code does it show?",
	.say = (char *)"Is there a code?",
	.find = (char *)"On the display.",
	.kind = QUESTION_CODE,
	.recogniser = RECOGNISE_ERROR_CODE,
	.sections = 1u << SECTION_SYMPTOMS,
	.cost = 1,
	.cost_phone = 1,
	.unknown = 0.2,
	.error = 0.05,
	.silent = -1},
    [NOISE] = {.key = (char *)"noise",
	.ask = (char *)"What does it sound like?",
	.say = (char *)"What does it sound like?",
	.find = (char *)"Listen.",
	.kind = QUESTION_TEXT,
	.sections = 1u << SECTION_SYMPTOMS,
	.cost = 1,
	.cost_phone = 1,
	.unknown = 0.2,
	.error = 0.05,
	.silent = -1},
    [SIGN] = {.key = (char *)"sign",
	.ask = (char *)"Which of these do you see?",
	.say = (char *)"Is it one of these?",
	.find = (char *)"Read them.",
	.kind = QUESTION_CHOICE,
	.recogniser = RECOGNISE_SIGN,
	.cost = 1,
	.cost_phone = 2,
	.unknown = 0.1,
	.error = 0.05,
	.silent = -1},
};

static struct symbol symbols[] = {{(char *)"E_JAM", (char *)"17"}};
static struct phrase phrases[] = {
    {(char *)"fix", (char *)"to mend this"},
    {(char *)"drop", (char *)"our shops are open"},
};

static const struct questions questions = {
    .name = (char *)"Printers",
    .about = (char *)"What to do when a printer does not print.",
    .list = list,
    .n = COUNT(list),
    .symbols = symbols,
    .nsymbols = COUNT(symbols),
    .phrases = phrases,
    .nphrases = COUNT(phrases),
};

#define BLOCK(k, l, t)                                                                     \
	{                                                                                  \
		.kind = k, .line = l, .text = (char *)(t)                                  \
	}
#define SECTION(k, l, ...)                                                                 \
	{                                                                                  \
		.kind = k, .level = 1, .line = l, .blocks = (struct block[]){__VA_ARGS__}, \
		.nblocks = COUNT(((struct block[]){__VA_ARGS__})),                         \
	}

static struct section jam[] = {
    SECTION(SECTION_TITLE, 2, BLOCK(BLOCK_PARAGRAPH, 2, "Paper jams in printer 100")),
    SECTION(SECTION_SYMPTOMS, 10,
	BLOCK(BLOCK_PARAGRAPH, 13, "The printer stops, and the display shows:"),
	BLOCK(BLOCK_VERBATIM, 16, "Sheet stuck in fuser\nE_JAM 0x11"),
	BLOCK(BLOCK_PARAGRAPH, 19, "The log has rollers!FeedStart(). -1018 may follow.")),
    {.kind = SECTION_RESOLUTION,
	.level = 2,
	.line = 20,
	.heading = (char *)"Printer 100",
	.blocks =
	    (struct block[]){
		{.kind = BLOCK_STEP,
		    .line = 23,
		    .label = (char *)"1.",
		    .text = (char *)"Open the lid."},
		{.kind = BLOCK_BULLET,
		    .depth = 1,
		    .line = 25,
		    .text = (char *)"Mind the heat.\nWait."},
	    },
	.nblocks = 2},
};
static struct section toner[] = {
    SECTION(SECTION_TITLE, 2, BLOCK(BLOCK_PARAGRAPH, 2, "Pages are grey in printer 200")),
    SECTION(SECTION_SYMPTOMS, 10,
	BLOCK(BLOCK_PARAGRAPH, 13,
	    "Pages of the printer come out grey because toner leaks.")),
    SECTION(SECTION_CAUSE, 15, BLOCK(BLOCK_PARAGRAPH, 18, "The drum is worn.")),
};
static struct section network[] = {
    SECTION(
	SECTION_TITLE, 2, BLOCK(BLOCK_PARAGRAPH, 2, "Printer is not found in the network")),
    SECTION(SECTION_SYMPTOMS, 10,
	BLOCK(
	    BLOCK_PARAGRAPH, 13, "The spooler says \"No route to printer\" and gives up.")),
};
static struct section cold[] = {
    SECTION(SECTION_TITLE, 2, BLOCK(BLOCK_PARAGRAPH, 2, "Printer takes long to warm up")),
    SECTION(SECTION_SUMMARY, 10,
	BLOCK(BLOCK_PARAGRAPH, 13, "A printer in a chilly room warms up slowly.")),
};
static struct section beep[] = {
    SECTION(SECTION_TITLE, 2, BLOCK(BLOCK_PARAGRAPH, 2, "Printer 200 beeps three times")),
    SECTION(SECTION_SYMPTOMS, 10,
	BLOCK(BLOCK_PARAGRAPH, 13, "The printer beeps three times at start.")),
};

static struct reference references[] = {
    {.id = (char *)"K2", .title = (char *)"Pages are grey", .line = 30},
    {.id = (char *)"K9", .line = 31},
};

static const struct article articles[LIBRARY_ARTICLES] = {
    {.file = (char *)"K1.txt",
	.id = (char *)"K1",
	.title = (char *)"Paper jams in printer 100",
	.date = (char *)"1999-12-22",
	.product = (char *)"Printers",
	.sections = jam,
	.nsections = COUNT(jam),
	.references = references,
	.nreferences = COUNT(references)},
    {.file = (char *)"K2.md",
	.id = (char *)"K2",
	.title = (char *)"Pages are grey in printer 200",
	.sections = toner,
	.nsections = COUNT(toner)},
    {.file = (char *)"K3.txt",
	.id = (char *)"K3",
	.title = (char *)"Printer is not found in the network",
	.sections = network,
	.nsections = COUNT(network)},
    {.file = (char *)"K4.txt",
	.id = (char *)"K4",
	.title = (char *)"Printer takes long to warm up",
	.sections = cold,
	.nsections = COUNT(cold)},
    {.file = (char *)"K5.txt",
	.id = (char *)"K5",
	.title = (char *)"Printer 200 beeps three times",
	.sections = beep,
	.nsections = COUNT(beep)},
};

#define CHOICE(q, a, l, t)                                                                 \
	{                                                                                  \
		.question = q, .answer = a, .section = SECTION_TITLE, .line = l,           \
		.quote = (char *)(t)                                                       \
	}
#define VALUE(q, v, l, t)                                                                  \
	{                                                                                  \
		.question = q, .answer = -1, .value = (char *)(v),                         \
		.section = SECTION_SYMPTOMS, .line = l, .quote = (char *)(t),              \
	}

static struct fact jam_facts[] = {
    CHOICE(MODEL, 0, 2, "printer 100"),
    {.question = TRAY,
	.answer = 0,
	.role = ROLE_TRIGGER,
	.curated = true,
	.section = SECTION_SYMPTOMS,
	.line = 13,
	.quote = (char *)"printer stops"},
    VALUE(CODE, "-1018", 19, "-1018"),
    VALUE(CODE, "17", 17, "0x11"),
    VALUE(SIGN, "Paper jams on every second page", 13, "paper jams"),
};
static struct fact toner_facts[] = {
    CHOICE(MODEL, 1, 2, "printer 200"),
    VALUE(SIGN, "Everything comes out grey", 12, "comes out grey"),
};
static struct fact beep_facts[] = {
    CHOICE(MODEL, 1, 2, "Printer 200"),
    VALUE(NOISE, "three beeps", 13, "beeps three times"),
    VALUE(SIGN, "The printer beeps and does nothing", 13, "beeps"),
};

static const struct facts facts[LIBRARY_ARTICLES] = {
    [0] = {.list = jam_facts, .n = COUNT(jam_facts)},
    [1] = {.list = toner_facts, .n = COUNT(toner_facts)},
    [4] = {.list = beep_facts, .n = COUNT(beep_facts)},
};

static struct condition both[] = {
    {.question = MODEL, .answers = 3},
    {.question = TRAY, .answers = 2},
};
static char *steps[] = {(char *)"Open the lid.", (char *)"Pull the sheet out."};
static struct advice jam_advice[] = {
    {.kind = ADVICE_FIX,
	.section = SECTION_RESOLUTION,
	.line = 23,
	.applies = both,
	.napplies = COUNT(both),
	.steps = steps,
	.nsteps = COUNT(steps),
	.text = (char *)"Open the lid.\n\nPull the sheet out.",
	.risks = 1u << RISK_RESTART | 1u << RISK_DATA_LOSS},
    {.kind = ADVICE_WORKAROUND,
	.section = SECTION_RESOLUTION,
	.line = 25,
	.steps = steps,
	.nsteps = 1,
	.text = (char *)"Use another printer."},
};
static struct advice toner_advice[] = {
    {.kind = ADVICE_EXPLANATION,
	.section = SECTION_CAUSE,
	.line = 18,
	.text = (char *)"The drum is worn."},
};

static const struct advices advices[LIBRARY_ARTICLES] = {
    [0] = {.list = jam_advice, .n = COUNT(jam_advice)},
    [1] = {.list = toner_advice, .n = COUNT(toner_advice)},
};

const struct questions *library_questions(void)
{
	return &questions;
}

const struct article *library_article(uint32_t number)
{
	return &articles[number];
}

const struct facts *library_facts(uint32_t number)
{
	return &facts[number];
}

const struct advices *library_advices(uint32_t number)
{
	return &advices[number];
}

struct values {
	struct knowledge_writer *writer;
	struct err *err;
	int result;
};

static void write_value(void *arg, size_t question, uint32_t id, const char *value)
{
	struct values *values = arg;

	if (values->result == 0)
		values->result = knowledge_writer_value(
		    values->writer, question, id, value, values->err);
}

int library_write(const char *path, uint32_t n, struct err *err)
{
	struct knowledge_writer *w = knowledge_writer_new(path, &questions, err);
	struct casetable_builder *builder;
	struct values values = {.writer = w, .err = err};
	struct casetable *table;
	struct tree *tree;
	int result = 0;

	if (w == NULL)
		return -1;
	builder = casetable_builder_new(&questions);
	for (uint32_t i = 0; i < n; i++) {
		casetable_builder_add(builder, &facts[i], 1, i == 0 ? 1 : 0);
		if (result == 0) {
			char *signature = words_signature(&articles[i]);

			result = knowledge_writer_add(
			    w, &articles[i], &facts[i], &advices[i], signature, err);
			free(signature);
		}
	}
	table = casetable_builder_finish(builder, write_value, &values);
	tree = tree_grow(table, &questions, choose_next);
	if (result == 0 && values.result == 0)
		result = knowledge_writer_finish(w, table, tree, err);
	else
		result = -1;
	tree_free(tree);
	casetable_free(table);
	knowledge_writer_free(w);
	return result;
}

char *library_read(const char *name, size_t *len)
{
	FILE *in = fopen(name, "rb");
	struct stat st;
	char *bytes;

	if (in == NULL)
		abort();
	if (fstat(fileno(in), &st) < 0)
		abort();
	*len = (size_t)st.st_size;
	bytes = xmalloc(*len + 1);
	if (fread(bytes, 1, *len, in) != *len)
		abort();
	fclose(in);
	return bytes;
}

void library_put(const char *name, const void *bytes, size_t len)
{
	FILE *out = fopen(name, "wb");

	if (out == NULL)
		abort();
	if (fwrite(bytes, 1, len, out) != len || fclose(out) != 0)
		abort();
}

static char *folder;

char *library_path(const char *name)
{
	if (folder == NULL) {
		folder = xstrdup("/tmp/kbw-test.XXXXXX");
		if (mkdtemp(folder) == NULL)
			abort();
	}
	return xasprintf("%s/%s", folder, name);
}

void library_remove(void)
{
	DIR *dir = folder == NULL ? NULL : opendir(folder);

	for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
		char *path = library_path(entry->d_name);

		if (unlink(path) < 0)
			rmdir(path);
		free(path);
	}
	if (dir != NULL)
		closedir(dir);
	if (folder != NULL)
		rmdir(folder);
	free(folder);
	folder = NULL;
}
