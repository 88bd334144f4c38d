/* SPDX-License-Identifier: ISC */
/*
 * The questions that fit any articles, as tables: what goes wrong, on which system, which
 * event, code and message. Used by kbc where no questions file is given.
 */
#include <stdlib.h>

#include "../kb/xalloc.h"
#include "question.h"

#define BIT(kind) (1u << SECTION_##kind)
#define TELLING                                                                            \
	(BIT(TITLE) | BIT(SUMMARY) | BIT(SYMPTOMS) | BIT(CAUSE) | BIT(MORE_INFORMATION))

/* A list of patterns that ends with NULL. */
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NOTHING ((const char *const[]){NULL})

struct answer_row {
	const char *key, *label;
	double share;
	const char *const *patterns, *const *said;
};

struct question_row {
	const char *key, *ask, *say, *find;
	enum question_kind kind;
	enum recogniser recogniser;
	unsigned sections;
	double cost, cost_phone, unknown, error;
	const struct answer_row *answers; /* up to one without a key; NULL: none */
};

struct phrase_row {
	const char *name;
	const char *const *patterns;
};

static const struct answer_row symptom_answers[] = {
    {.key = "error-message",
	.label = "An error message or event",
	.share = 0.45,
	.patterns = LIST("error messages?\\b", "(following|this) (error|message|event)",
	    "\\b(event|error) (id|code|number)\\b", "\\breceive an? [^.]{0,40}\\berror\\b"),
	.said = LIST("\\b(error|message|dialog|pop-?up)\\b")},
    {.key = "crash",
	.label = "A program ends or crashes",
	.share = 0.14,
	.patterns = LIST("access violation", "general protection fault",
	    "\\bfault(s|ed)? in module\\b",
	    "(quits?|closes|terminates?|ends?) (unexpectedly|abnormally)", "dr\\. watson",
	    "\\bstop (error|screen|0x)", "invalid page fault", "\\bcrash(es|ed)?\\b"),
	.said =
	    LIST("blue screen", "(shut|closed?) (itself )?down by itself", "\\bdied\\b")},
    {.key = "stops-responding",
	.label = "Something hangs",
	.share = 0.1,
	.patterns = LIST("(stops?|stopped|not|cease[sd]?) respond(ing)?\\b",
	    "\\bhangs?\\b|\\bhung\\b", "(appears|seems) to (stop|hang|freeze)",
	    "never (finishes|completes|returns)"),
	.said = LIST("\\b(freezes?|froze|frozen|stuck)\\b")},
    {.key = "slow",
	.label = "It works, but slowly",
	.share = 0.06,
	.patterns = LIST("\\b(slow|slowly|sluggish)\\b", "(poor|low|reduced) performance",
	    "takes? (a |too )?(very )?long( time)?\\b",
	    "performance (is|becomes) (poor|bad)"),
	.said = LIST("\\bforever\\b", "\\bages\\b")},
    {.key = "does-not-start",
	.label = "A program or service does not start",
	.share = 0.07,
	.patterns = LIST("(does|do|did|will|may|can) ?not (start|run|load|open)\\b",
	    "(fails?|failed|unable) to (start|load|initialize)"),
	.said = LIST("(won't|doesn't|can't|cannot) (start|run|open|come up)")},
    {.key = "data-loss",
	.label = "Data is missing or damaged",
	.share = 0.05,
	.patterns = LIST("\\b(lost|missing|corrupt(ed|ion)?|damaged|truncated) [^.]{0,30}"
			 "(data|files?|records?|documents?|messages?)",
	    "(data|files?|records?|documents?) (is|are|was|were|become|becomes) "
	    "(lost|missing|corrupt(ed)?|damaged|deleted)"),
	.said = LIST("\\b(gone|vanished|disappeared)\\b")},
    {.key = "wrong-result",
	.label = "It shows or prints something wrong",
	.share = 0.1,
	.patterns = LIST("(incorrect(ly)?|wrong(ly)?|garbled|unreadable|unexpected "
			 "(results?|characters?))",
	    "(displayed|printed|shown|formatted) (incorrectly|improperly|wrong)",
	    "(does|do|is|are) not (displayed|display|appear|print)"),
	.said = LIST("looks? (strange|wrong|odd)")},
    {.key = "other",
	.label = "Something else",
	.share = 0.03,
	.patterns = NOTHING,
	.said = NOTHING},
    {.key = NULL},
};

static const struct answer_row system_answers[] = {
    {.key = "winnt",
	.label = "Windows NT 3.x or 4.0",
	.share = 0.36,
	.patterns = LIST("windows nt\\b", "\\bnt (server|workstation)\\b"),
	.said = LIST("\\bnt ?[34]")},
    {.key = "w2000",
	.label = "Windows 2000 or later",
	.share = 0.2,
	.patterns = LIST("windows (2000|xp|server 2003)\\b"),
	.said = LIST("\\b(win2k|w2k|win ?xp)\\b")},
    {.key = "win95",
	.label = "Windows 95, 98 or Me",
	.share = 0.2,
	.patterns = LIST("windows (95|98|me|millennium)\\b"),
	.said = LIST("\\bwin ?9[58x]\\b")},
    {.key = "win3x",
	.label = "Windows 3.x",
	.share = 0.12,
	.patterns = LIST("windows( for workgroups)?,?( versions?)? 3\\.[01x]"),
	.said = LIST("\\bwin ?3")},
    {.key = "macintosh",
	.label = "Macintosh",
	.share = 0.05,
	.patterns = LIST("\\bmacintosh\\b", "\\bmac os\\b"),
	.said = LIST("\\bmac\\b", "\\bapple\\b")},
    {.key = "msdos",
	.label = "MS-DOS",
	.share = 0.05,
	.patterns = LIST("\\bms-dos\\b(?! (prompt|name|command))"),
	.said = LIST("\\bdos\\b")},
    {.key = "other",
	.label = "Another one",
	.share = 0.02,
	.patterns = LIST("\\b(os/2|unix|netware|xenix)\\b"),
	.said = LIST("\\blinux\\b")},
    {.key = NULL},
};

static const struct question_row questions[] = {
    {
	.key = "symptom",
	.ask = "What goes wrong?",
	.say = "What happens: is there a message, does something crash, hang, or is it "
	       "something else?",
	.find = "Choose what was noticed first. A message on the screen or in a log counts "
		"as a message even if the program ended after it.",
	.kind = QUESTION_CHOICE,
	.sections = TELLING,
	.cost = 0.5,
	.cost_phone = 0.7,
	.unknown = 0.03,
	.error = 0.2,
	.answers = symptom_answers,
    },
    {
	.key = "operating-system",
	.ask = "Which operating system runs on the computer where it fails?",
	.say = "Which system is on the computer where it goes wrong, which Windows for "
	       "instance?",
	.find =
	    "On Windows, type \"ver\" at a command prompt, or right-click My Computer and "
	    "choose Properties. On a Macintosh look at the first entry of the Apple menu.",
	.kind = QUESTION_CHOICE,
	.sections = TELLING | BIT(APPLIES_TO) | BIT(PREAMBLE),
	.cost = 0.3,
	.cost_phone = 0.7,
	.unknown = 0.05,
	.error = 0.1,
	.answers = system_answers,
    },
    {
	.key = "error-code",
	.ask = "Which error number or code is shown?",
	.say = "Is there an error number or a code? Please read it to me slowly.",
	.find = "It stands in the message or behind it, as a number (1722, -1018), as a "
		"hexadecimal number (0x80004005), or as a name in capital letters.",
	.kind = QUESTION_CODE,
	.recogniser = RECOGNISE_ERROR_CODE,
	.sections = TELLING,
	.cost = 0.7,
	.cost_phone = 1.5,
	.unknown = 0.15,
	.error = 0.05,
    },
    {
	.key = "event-id",
	.ask = "Which event ID does the event log show?",
	.say = "If you look in the event log, what is the number of the event?",
	.find =
	    "Start Event Viewer, choose the Application log, then the System log, and look "
	    "for red entries at the time of the trouble. The column Event has the number.",
	.kind = QUESTION_NUMBER,
	.recogniser = RECOGNISE_EVENT_ID,
	.sections = TELLING,
	.cost = 1.5,
	.cost_phone = 3,
	.unknown = 0.2,
	.error = 0.05,
    },
    {
	.key = "event-source",
	.ask = "Which source does the event name?",
	.say = "And what does it say under Source, for that event?",
	.find = "In Event Viewer it is the column Source, left of the event number.",
	.kind = QUESTION_TEXT,
	.recogniser = RECOGNISE_EVENT_SOURCE,
	.sections = TELLING,
	.cost = 0.5,
	.cost_phone = 1,
	.unknown = 0.2,
	.error = 0.05,
    },
    {
	.key = "error-text",
	.ask = "What does the message say?",
	.say = "Please read the message to me, or the most unusual words in it.",
	.find = "Copy it word by word. Names of functions, files and services tell most.",
	.kind = QUESTION_TEXT,
	.recogniser = RECOGNISE_MESSAGE,
	.sections = TELLING,
	.cost = 1,
	.cost_phone = 3,
	.unknown = 0.2,
	.error = 0.05,
    },
};

/* Within a sentence. */
#define WITHIN "[^.]{0,80}?"

static const struct phrase_row phrases[] = {
    {.name = "fix",
	.patterns = LIST("to (resolve|correct|fix|solve|eliminate) (this|the) "
			 "(problem|issue|error|behaviou?r|situation)",
	    "(this|the) (problem|error) can be (resolved|corrected|fixed|solved) by")},
    {.name = "service-pack",
	.patterns =
	    LIST("(corrected|fixed|resolved|included|addressed) in (the |an? )?" WITHIN
		 "(service pack|service release|\\bupdate\\b|later version)",
		"(obtain|install|apply|download) (and (install|apply) )?"
		"(the |an? )?" WITHIN "(service pack|service release)",
		"(update|upgrade) to (the )?(version|release|latest|newer|current)")},
    {.name = "hotfix",
	.patterns = LIST("\\bhot ?fix\\b", "supported fix",
	    "\\b(post|pre)-?(sp|service pack ?)\\d fix",
	    "(contact|call) " WITHIN "support" WITHIN "\\b(fix|patch)\\b")},
    {.name = "workaround",
	.patterns = LIST("(to|you can) work around", "\\bworkarounds?\\b",
	    "to (avoid|prevent) (this|the) (problem|issue|error|behaviou?r)")},
    {.name = "by-design",
	.patterns = LIST("\\bby design\\b",
	    "(works?|working|functions?|behaves?) as (designed|intended|expected)",
	    "(is|this is) (the )?expected behaviou?r")},
    {.name = "how-to",
	.patterns = LIST("this article (describes|explains|shows|tells)( you)? how",
	    "(the following|these) (steps|procedures?) (describe|explain|show)")},
    {.name = "confirmed",
	.patterns =
	    LIST("confirmed (this|that this is|it)( to be)?( an?)? (problem|bug|issue)")},
    {.name = "drop",
	.patterns =
	    LIST("(see|click|read|query on) " WITHIN "article (number )?(below|in the)",
		"^for (more|additional|further) information,? (about|on|see|please|click)",
		"more information will be posted")},
    {.name = "data-loss",
	.patterns = LIST("\\b(lose|loses|loss of|destroys?|overwrites?|erases?) " WITHIN
			 "(data|files?|information|documents?|messages?)",
	    "(data|files?|information|documents?) (will|may|can) be "
	    "(lost|deleted|overwritten|erased)")},
    {.name = "restart",
	.patterns = LIST("\\b(restart|reboot|re-?start)(ing)? (the|your|windows)\\b",
	    "\\bstop and (then )?restart\\b",
	    "shut down (the|your) (computer|server|system)")},
    {.name = "irreversible",
	.patterns = LIST("(cannot|can not|can't) be (undone|reversed|recovered|restored)",
	    "\\b(irreversible|permanently (deletes?|removes?))\\b",
	    "\\breinstall (windows|the operating system)")},
    {.name = "untested-fix",
	.patterns = LIST("not (been )?(fully |thoroughly )?(regression[- ])?tested")},
    {.name = "registry",
	.patterns =
	    LIST("\\bregistry editor\\b", "\\b(regedt32|regedit)\\b", "\\bHKEY_[A-Z_]+")},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static struct patterns patterns_copy(const char *const *from)
{
	struct patterns copy = {0};

	while (from[copy.n] != NULL)
		copy.n++;
	copy.list = xcalloc(copy.n + 1, sizeof *copy.list);
	for (size_t i = 0; i < copy.n; i++)
		copy.list[i] = xstrdup(from[i]);
	return copy;
}

static void answers_copy(struct question *q, const struct answer_row *rows)
{
	while (rows != NULL && rows[q->nanswers].key != NULL)
		q->nanswers++;
	q->answers = xcalloc(q->nanswers + 1, sizeof *q->answers);
	for (size_t i = 0; i < q->nanswers; i++)
		q->answers[i] = (struct answer){
		    .key = xstrdup(rows[i].key),
		    .label = xstrdup(rows[i].label),
		    .share = rows[i].share,
		    .patterns = patterns_copy(rows[i].patterns),
		    .said = patterns_copy(rows[i].said),
		};
}

static void question_copy(struct question *q, const struct question_row *row)
{
	*q = (struct question){
	    .key = xstrdup(row->key),
	    .ask = xstrdup(row->ask),
	    .say = xstrdup(row->say),
	    .find = xstrdup(row->find),
	    .kind = row->kind,
	    .recogniser = row->recogniser,
	    .sections = row->sections,
	    .cost = row->cost,
	    .cost_phone = row->cost_phone,
	    .unknown = row->unknown,
	    .error = row->error,
	    .silent = -1,
	};
	answers_copy(q, row->answers);
}

static const struct question_row sign = {
    .key = "sign",
    .ask = "Which of these do you see?",
    .say = "I will read you a few descriptions. Tell me if one of them is what you see.",
    .find = "These are sentences of the articles that are most likely now. Take one that "
	    "describes the problem, even if the wording differs; if none does, say so.",
    .kind = QUESTION_CHOICE,
    .recogniser = RECOGNISE_SIGN,
    .cost = 0.8,
    .cost_phone = 2.0,
    .unknown = 0.05,
    .error = 0.05,
};

void questions_add_sign(struct questions *qs)
{
	for (size_t i = 0; i < qs->n; i++) {
		if (question_is_sign(&qs->list[i]))
			return;
	}
	qs->list = xrealloc_array(qs->list, qs->n + 1, sizeof *qs->list);
	question_copy(&qs->list[qs->n++], &sign);
}

static void phrases_copy(struct questions *qs)
{
	size_t cap = 0;

	for (size_t i = 0; i < COUNT(phrases); i++)
		for (const char *const *p = phrases[i].patterns; *p != NULL; p++) {
			qs->phrases =
			    xgrow(qs->phrases, qs->nphrases, &cap, sizeof *qs->phrases);
			qs->phrases[qs->nphrases++] = (struct phrase){
			    .name = xstrdup(phrases[i].name),
			    .pattern = xstrdup(*p),
			};
		}
}

struct questions *questions_builtin(void)
{
	struct questions *qs = xcalloc(1, sizeof *qs);

	qs->name = xstrdup("Any articles");
	qs->about =
	    xstrdup("Finds the article that fits what you see: describe it, or answer a "
		    "few questions about the system and the error.");
	qs->n = COUNT(questions);
	qs->list = xcalloc(qs->n, sizeof *qs->list);
	for (size_t i = 0; i < qs->n; i++)
		question_copy(&qs->list[i], &questions[i]);
	questions_add_sign(qs);
	phrases_copy(qs);
	return qs;
}
