/* SPDX-License-Identifier: ISC */
/*
 * Event IDs and event sources, as event blocks and sentences write them: "Event ID: 8010",
 * "the event IDs are 105 and 145", "event 9301", "Event Source: NTBackup". Blocks come in
 * many layouts, two columns among them, so labels are looked for anywhere.
 */
#include <ctype.h>
#include <string.h>

#include "recognise_method.h"

enum {
	EVENT_LABEL, /* before the number */
	EVENT_BARE, /* "event 9301": no "ID" */
	EVENT_NUMBER, /* of a list, at a place */
	EVENT_NEXT, /* ", and" between two of them */
	EVENT_ID_LABEL, /* "ID: 8010" in an event block */
	EVENT_BLOCK, /* whether it is one */
	EVENT_SEVERITY, /* "message NMI9236: ..., severity 12" */
	EVENT_LINE, /* a number alone on the first line of an announced event */
	EVENT_ROW, /* "ESE97  Information  100": a row as the viewer lists it */
	EVENT_BEFORE, /* "a 271 event", "the 271 and 272 events" */
	EVENT_LOGGED, /* "log the following 9301 warning", "139 errors in the application log" */
	EVENT_ERROR, /* "Error 2171 is logged in the event log" */
	EVENT_SAID, /* "8010 event", said by a person */
};

static const char *const event_sources[] = {
    [EVENT_LABEL] =
	"\\bevent\\s*-?(?:id(?:entifier)?(?:'?s)?|numbers?|nos?\\.)\\s*"
	"(?:(?:numbers?|nos?\\.|codes?|is|are|of|was|were|=|[:#]|-\\s)\\s*)*"
	"[\"'(]?\\s*(?=\\d)|"
	"\\bevent\\s*id(?:\"?\\s*:|(?:\\s\\w+=\"\\d*\")?>)\\s*\"?(?=\\d)|"
	"\\bevents?\\s*:\\s*#?(?=\\d{1,5}\\b)|\\bevents?\\s*\\(\\s*IDs?\\s*:?\\s*(?=\\d)|"
	"\\bevent\\s+log\\s+(?:error|entry|message|event)\\s*:?\\s*(?=\\d{3,5}\\b)",
    [EVENT_BARE] =
	"\\bevents?\\s+(?:are\\s+|(?<!in\\sthe\\sevent\\s)is\\s+)?#?(?=\\d{2,5}\\b)"
	"(?!(?:199|200)\\d\\b)",
    [EVENT_NUMBER] = "\\G(\\d{1,10})(?!\\w|[.:%-]\\d|/\\d{1,2}(?!\\d))",
    [EVENT_NEXT] =
	"\\G['\")]?(?:\\s*,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|or|&)\\s+|\\s*/\\s*|"
	"\\s+(?=\\d{3,5}\\b))"
	"(?:event\\s+)?(?:ids?\\s*:?\\s*)?(?=\\d{2,5}\\b)",
    [EVENT_ID_LABEL] = "(?m)^\\s*id\\s*[:=]\\s*(?=\\d)",
    [EVENT_BLOCK] =
	"\\b(?:event\\s*(?:id|type|category|source|log)|category\\s*:|description\\s*:|"
	"source\\s*:(?s:.{0,400}?)\\bid\\s*:|id\\s*[:=]\\s*\\d+(?s:.{0,80}?)\\bsource\\s*:"
	")",
    [EVENT_SEVERITY] =
	"\\bmessage\\s+[A-Z]{2,4}0*(\\d{2,5})(?=:[^\\n]{0,80}\\bseverity\\b)",
    [EVENT_LINE] = "\\A\\s*(?=\\d{1,5}\\s*:?\\s*\\n)|"
		   "(?m:^)\\s*(?:(?-i:[A-Z](?=\\w*[A-Z])\\w*+)\\s)?(?=\\d{3,5}[ ]*(?m:$))|"
		   "(?m:^)\\s*(?-i:[A-Z](?=\\w*[A-Z])\\w*+)\\s(?=\\d{3,5}\\s(?-i:[A-Z]))|"
		   "\\A\\s*(?=\\d{3,5}\\s(?:-\\s)?(?-i:[A-Z](?=\\w*[A-Z])\\w*+)\\b)",
    [EVENT_ROW] =
	"(?-i:\\b[A-Z](?=\\w*[A-Z])\\w*+)\\s+(?:warning|error|information|success)"
	"(?:\\s+audit)?[ \t]{2,}(?:[a-z][\\w/.]*\\s+){0,4}(\\d{1,5})(?=\\s|$)",
    [EVENT_BEFORE] =
	"(?<![\\w.:/-])(?!(?:199|200)\\d\\b)"
	"(?=\\d{3,5}(?:(?:,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+)\\d{3,5})+"
	"\\s+events?\\b(?!\\s+log)|\\d{3,5}\\s+event\\b(?!\\s+(?:log|id)))",
    [EVENT_LOGGED] =
	"(?|\\blog(?:s|ged|ging)?\\s+(?:(?:as|an?|the|for|following|incorrect)\\s+)*"
	"(\\d{3,5})(?=\\s+(?:\\w+\\s+){0,2}(?:errors?|warnings?)\\b)|"
	"(?<![\\w.:/-])(\\d{3,5})(?=\\s+(?:errors?|warnings?)\\s+in\\s+the\\s+"
	"(?:\\w+\\s+){0,2}(?:event|application|system)\\s+log\\b))",
    [EVENT_ERROR] =
	"\\berror\\s+(\\d{3,5})(?=\\s+(?:is|was|are|may\\s+be)\\s+(?:\\w+\\s+){0,2}"
	"(?:logged|reported|recorded|written)\\s+(?:in|to)\\s+the\\s+[^.]{0,30}"
	"\\b(?:event|application|log)\\b)",
    [EVENT_SAID] =
	"(?<![\\w.:/-])(?|(\\d{3,5})\\s(?:\\w+\\s)?events?|(\\d{2})\\s(?:\\w+\\s)?event)\\b"
	"(?!\\s*(?:log|viewer|(?:id|type|source|category)\\s*:))",
    NULL,
};

/*
 * Reads a list of numbers of at least so many figures. The evidence of the first begins at
 * `start`, its label, unless it stands on a later line.
 */
static void numbers_read(struct reading *rd, size_t from, size_t start, size_t least)
{
	struct span g[2], s;

	while (reading_find(rd, EVENT_NUMBER, from, g, 2)) {
		if (g[1].end - g[1].start < least)
			return;
		if (memchr(rd->text + start, '\n', g[1].start - start) != NULL)
			start = g[1].start;
		if (reading_add_text(rd, g[1].start, g[1].end))
			rd->out->list[rd->out->n - 1].where.start = start;
		if (!reading_find(rd, EVENT_NEXT, g[1].end, &s, 1))
			return;
		from = start = s.end;
	}
}

static void seek_numbers(struct reading *rd, int label, size_t least)
{
	struct span s;
	size_t from = 0;

	while (from <= rd->len && reading_find(rd, label, from, &s, 1)) {
		from = s.end > s.start ? s.end : s.end + 1;
		numbers_read(rd, s.end, s.start, least);
	}
}

/* A number said beside the name of a source: "an NTBackup 8010". */
static void seek_named(struct reading *rd)
{
	const struct questions *qs = rd->all->questions;
	struct span s;

	for (size_t i = 0; i < qs->n; i++) {
		if (qs->list[i].recogniser != RECOGNISE_EVENT_SOURCE)
			continue;
		for (size_t k = 0; k < qs->list[i].nanswers; k++) {
			const char *key = qs->list[i].answers[k].key, *hit = rd->text;
			while ((hit = strcasestr(hit, key)) != NULL) {
				s.start = (size_t)(hit - rd->text);
				s.end = s.start + strlen(key);
				hit += strlen(key);
				if (s.start > 0 &&
				    isalnum((unsigned char)rd->text[s.start - 1]))
					continue;
				if (rd->text[s.end] == ' ')
					numbers_read(rd, s.end + 1, s.start, 3);
			}
		}
	}
}

/* Whether it is a verbatim block before which an event is announced. */
static bool is_event_announced(const struct reading *rd)
{
	return rd->kind == BLOCK_VERBATIM && intro_announces(rd->intro) &&
	       intro_names_event(rd->intro);
}

static void seek_event_id(struct reading *rd)
{
	struct span g[2];

	seek_numbers(rd, EVENT_LABEL, 1);
	seek_numbers(rd, EVENT_BARE, rd->voice == VOICE_PERSON ? 2 : 3);
	if (reading_find(rd, EVENT_BLOCK, 0, g, 1))
		seek_numbers(rd, EVENT_ID_LABEL, 1);
	seek_numbers(rd, EVENT_BEFORE, 3);
	reading_add_each(rd, EVENT_SEVERITY);
	reading_add_each(rd, EVENT_LOGGED);
	reading_add_each(rd, EVENT_ERROR);
	if (rd->kind == BLOCK_VERBATIM)
		reading_add_each(rd, EVENT_ROW);
	if (is_event_announced(rd))
		seek_numbers(rd, EVENT_LINE, 1);
	if (rd->voice != VOICE_PERSON)
		return;
	seek_named(rd);
	reading_add_each(rd, EVENT_SAID);
}

enum {
	SOURCE_LABEL, /* "Event Source:" */
	SOURCE_PLAIN, /* "Source:", in an event block only */
	SOURCE_VALUE, /* at a place: up to two blanks, a label or the end of the line */
	SOURCE_PROSE, /* "the source is NTBackup" */
	SOURCE_LEAD, /* "MSExchangeMTA Event ID: 208" */
	SOURCE_TAIL, /* "Event ID 2380 MSExchangeMSMI", or the name on the next line */
	SOURCE_ROW, /* "ESE97  Information  100": a row as the viewer lists it */
	SOURCE_BLOCK, /* whether it is an event block */
};

static const char *const source_sources[] = {
    [SOURCE_LABEL] = "\\bevent\\s+source(?:\\s+name)?\\s*:[ \\t]*|"
		     "<provider\\s+name\\s*=\\s*[\"']",
    [SOURCE_PLAIN] = "(?<!event\\s)(?<!data\\s)(?<!\\w)source(?:\"?[ \\t]*[:=][ \\t]*\"?|[ "
		     "\\t]+(?-i:(?=[A-Z]\\w*[A-Z])|(?=[A-Z]\\w+\\s*\\n))|[ \\t]*\\([ "
		     "\\t]*(?-i:(?=[A-Z])))",
    [SOURCE_VALUE] = "\\G([^\\s:;,\"'](?:[^\\n:;,\"'() ]|\\ (?!\\ |-\\ "
		     "|\\n|(?:event|category|type|date|time|user|"
		     "computer|description)\\b))*+)",
    [SOURCE_PROSE] =
	"(?|\\bsource\\s+(?:is|of|was|name|is\\s+the)\\s+[\"']?(?-i:([A-Z]\\w*[A-Z]\\w*))|"
	"\\bevent\\s+IDs?\\s+(?:(?:is|are|and|or|\\d+,?)\\s+)*\\d+\\s+from\\s+(?:the\\s+)?"
	"(?-i:([A-Z]\\w*[A-Z]\\w*)))",
    [SOURCE_LEAD] = "(?m)^\\s*(?-i:([A-Z](?=\\w*[A-Z])\\w*+(?: "
		    "[A-Z]\\w+)?))\\s+event\\s*id\\s*:?\\s*\\d",
    [SOURCE_TAIL] = "\\bevent\\s*+(?:id)?\\s*+(?::|-\\s)?\\s*+\\d{1,5}(?:/"
		    "\\d+)?\\s+(?-i:([A-Z](?=\\w*[a-z])(?=\\w*[A-Z])\\w*+))"
		    "(?:[ ]*(?m:$)|[ ]{2,})",
    [SOURCE_ROW] =
	"(?-i:\\b([A-Z](?=\\w*[A-Z])\\w*+))\\s+(?:warning|error|information|success)"
	"(?:\\s+audit)?[ \t]{2,}(?:[a-z][\\w/.]*\\s+){0,4}\\d{1,5}(?=\\s|$)",
    [SOURCE_BLOCK] = "\\bevent\\s*(?:id|type|category|log)\\b|\\bevents?\\s*:\\s*\\d|"
		     "(?m)^\\s*event\\s+\\d{2,5}\\s*$|"
		     "\\bcategory\\s*:|\\bdescription\\s*:|"
		     "(?m)^\\s*id\\s*:",
    NULL,
};

/* Long enough for every source there is, short enough not to be a sentence. */
#define SOURCE_MAX 40

static void source_add(struct reading *rd, struct span value)
{
	static const char *const tails[] = {"<br/>", " and", " or", ".", ")", " "};

	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		size_t n = strlen(tails[i]);

		if (value.end - value.start > n &&
		    strncasecmp(rd->text + value.end - n, tails[i], n) == 0)
			value.end -= n;
	}
	if (value.end - value.start < 2 || value.end - value.start > SOURCE_MAX)
		return;
	reading_add_text(rd, value.start, value.end);
}

static void seek_labelled(struct reading *rd, int label)
{
	struct span s, g[2];
	size_t from = 0;

	while (reading_find(rd, label, from, &s, 1)) {
		from = s.end;
		if (reading_find(rd, SOURCE_VALUE, s.end, g, 2))
			source_add(rd, g[1]);
	}
}

static void seek_grouped(struct reading *rd, int which)
{
	struct span g[2];
	size_t from = 0;

	while (reading_find(rd, which, from, g, 2)) {
		from = g[0].end;
		source_add(rd, g[1]);
	}
}

static void seek_event_source(struct reading *rd)
{
	struct span s;

	seek_labelled(rd, SOURCE_LABEL);
	if (reading_find(rd, SOURCE_BLOCK, 0, &s, 1) || is_event_announced(rd)) {
		seek_labelled(rd, SOURCE_PLAIN);
		seek_grouped(rd, SOURCE_LEAD);
		seek_grouped(rd, SOURCE_TAIL);
	}
	seek_grouped(rd, SOURCE_PROSE);
	if (rd->kind == BLOCK_VERBATIM)
		seek_grouped(rd, SOURCE_ROW);
}

const struct method method_event_id = {.sources = event_sources, .seek = seek_event_id};
const struct method method_event_source = {
    .sources = source_sources, .seek = seek_event_source};
