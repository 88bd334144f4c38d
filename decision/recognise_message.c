/* SPDX-License-Identifier: ISC */
/*
 * Messages word for word: a verbatim block that the paragraph before it announces, words in
 * quotation marks in a sentence about a message, and names of functions, which of all words
 * in an article tell most.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "recognise_method.h"
#include "sentence.h"

/* Quotations below MIN bytes are names of buttons; what is longer than MAX is cut. */
#define MESSAGE_MIN 16
#define MESSAGE_MAX 300
/* A longer paragraph is prose, whatever stands before it. */
#define HEADED_MAX 400

enum {
	MESSAGE_INTRO, /* words before a quotation that make it a message */
	MESSAGE_AFTER, /* the same behind it */
	MESSAGE_BUTTON, /* words that make it the label of something */
	MESSAGE_QUOTED, /* "..." */
	MESSAGE_FUNCTION, /* module!function, or function() */
	MESSAGE_TAG, /* "[MTA DISP:ROUTER 10 118] (16)" */
	MESSAGE_HEAD, /* the end of a text that a message must follow */
	MESSAGE_LABEL, /* a line of an event block that is not its message */
	MESSAGE_TEXT, /* "Description:", which the message follows */
	MESSAGE_NO_TEXT, /* a line without words: rules, "-or-", a reference */
	MESSAGE_DUMP, /* columns of hexadecimal: a stack or a dump of memory */
};

#define EVENT_LABELS                                                                       \
	"(?:event\\s*(?:id|type|source|category)|type|source|category|user|computer|date|" \
	"time|id)"

static const char *const message_sources[] = {
    [MESSAGE_INTRO] =
	"\\b(?:messages?|errors?|events?|status|warnings?|alerts?|prompt(?:s|ed)?|"
	"logged|reports?|reads?|states?|stating|saying|says?|displays?|text)\\b[^\"]{0,80}"
	"$",
    [MESSAGE_AFTER] =
	"\\G[^\"]{0,30}\\b(?:messages?|errors?|appears?|is displayed|is logged)\\b",
    [MESSAGE_BUTTON] = "\\b(?:click|clicked|select|selected|selecting|choose|clear|check|"
		       "open|press|type|the|"
		       "named|called)\\s*$",
    [MESSAGE_QUOTED] = "\"([^\"]{16,600})\"",
    [MESSAGE_FUNCTION] = "(?<![\\w!])(\\w{2,}!\\w{3,}|[a-z_]\\w{3,}\\(\\))",
    [MESSAGE_TAG] = "\\[((?-i:[A-Z][A-Z0-9:\\- ]{6,60}\\d))\\]\\s?\\(\\d{1,2}\\)",
    [MESSAGE_HEAD] = "\\bfollowing\\s+(?:[\\w-]+\\s+){0,4}(?:messages?|errors?|events?|"
		     "warnings?)\\b[^.:]{0,80}:\\s*$|\\bdescription\\s*:\\s*$",
    [MESSAGE_LABEL] = "\\G[ ]*" EVENT_LABELS "[ ]*:",
    [MESSAGE_TEXT] = "\\G[ ]*description(?:[ ]*:[ ]*|[ ]*$)",
    [MESSAGE_NO_TEXT] =
	"\\G(?!.*[a-z]{3})|\\G\\W*(?:or|and)\\W*$|\\G\\W*(?:[a-z] ){4,}[a-z]\\W*$|"
	"\\G[ ]*(?:Q\\d{5,6}\\b|HKEY_\\w+\\\\)",
    [MESSAGE_DUMP] = "(?m)^.*?\\b(?:0x)?[0-9a-f]{8}(?:\\s+(?:0x)?[0-9a-f]{8}){2}|"
		     "(?m)^\\s*[0-9a-f]{8}\\s+(?:[0-9a-f]{2})+\\s",
    NULL,
};

/* Words that speak of a message; longer forms ("logon", "dialog") are other words. */
static const char *const message_words[] = {"message", "messages", "error", "errors",
    "event", "events", "log", "logs", "logged", "report", "reports", "reported", "warning",
    "warnings", "alert", "alerts", "prompt", "prompts", "prompted", "display", "displays",
    "displayed", "reads", "states", "stating", "saying", "says"};

static bool is_message_word(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof message_words / sizeof *message_words; i++)
		if ((word[0] | 0x20) == message_words[i][0] &&
		    strlen(message_words[i]) == n &&
		    strncasecmp(word, message_words[i], n) == 0)
			return true;
	return false;
}

/* The length of the word that begins at *text, which is moved to it; 0 at the end. */
static size_t next_word(const char **text, const char *end)
{
	size_t n = 0;

	while (*text < end && !isalpha((unsigned char)**text))
		(*text)++;
	while (*text + n < end && isalpha((unsigned char)(*text)[n]))
		n++;
	return n;
}

bool intro_announces(const char *intro)
{
	size_t len = intro != NULL ? strlen(intro) : 0, n;

	while (len > 0 && strchr(" \n\")", intro[len - 1]) != NULL)
		len--;
	if (len == 0 || intro[len - 1] != ':')
		return false;
	for (const char *s = intro; (n = next_word(&s, intro + len)) > 0; s += n)
		if (is_message_word(s, n))
			return true;
	return false;
}

bool intro_names(const char *intro, const char *word)
{
	const char *s = intro, *end = intro + strlen(intro);
	size_t len = strlen(word), n;

	for (; (n = next_word(&s, end)) > 0; s += n)
		if ((n == len || (n == len + 1 && strchr("sS", s[len]) != NULL)) &&
		    strncasecmp(s, word, len) == 0)
			return true;
	return false;
}

bool intro_names_event(const char *intro)
{
	return intro_names(intro, "event") ||
	       (intro_names(intro, "application") && intro_names(intro, "log"));
}

/* Adds text[start..end), cut at a word when it is too long. */
static void message_add(struct reading *rd, size_t start, size_t end)
{
	while (end > start && strchr(" \n", rd->text[end - 1]) != NULL)
		end--;
	if (end <= start)
		return;
	if (end - start > MESSAGE_MAX) {
		size_t cut = start + MESSAGE_MAX;
		while (cut > start && strchr(" \n", rd->text[cut]) == NULL)
			cut--;
		end = cut > start ? cut : start + scan_cut(rd->text + start, MESSAGE_MAX);
	}
	reading_add_text(rd, start, end);
}

/*
 * The message of an announced block: what follows "Description:", or the lines up to the
 * first label of an event block, or all of it.
 */
static void seek_block(struct reading *rd)
{
	size_t from = 0, start = rd->len, end = 0, next;
	struct span s;

	if (reading_find(rd, MESSAGE_DUMP, 0, &s, 1))
		return;
	for (; from < rd->len; from = next) {
		const char *nl = memchr(rd->text + from, '\n', rd->len - from);
		size_t stop = nl != NULL ? (size_t)(nl - rd->text) : rd->len;

		next = stop < rd->len ? stop + 1 : rd->len;
		if (pattern_find(rd->builtin[MESSAGE_TEXT], rd->text, stop, from, &s, 1)) {
			start = sentence_skip_space(rd->text, rd->len, s.end);
			end = rd->len;
			break;
		}
		if (pattern_find(rd->builtin[MESSAGE_LABEL], rd->text, stop, from, &s, 1) ||
		    pattern_find(
			rd->builtin[MESSAGE_NO_TEXT], rd->text, stop, from, &s, 1)) {
			if (start < rd->len)
				break;
			continue;
		}
		if (start == rd->len)
			start = from;
		end = stop;
	}
	message_add(rd, start, end);
}

/* Whether the words around a quotation speak of a message rather than of a button. */
static bool is_message(const struct reading *rd, struct span quotation)
{
	struct span sentence = sentence_around(rd->text, rd->len, quotation.start), s;

	if (reading_find(rd, MESSAGE_AFTER, quotation.end, &s, 1) && s.end <= sentence.end)
		return true;
	if (pattern_find(rd->builtin[MESSAGE_BUTTON], rd->text, quotation.start,
		sentence.start, &s, 1))
		return false;
	return pattern_find(
	    rd->builtin[MESSAGE_INTRO], rd->text, quotation.start, sentence.start, &s, 1);
}

static void seek_quoted(struct reading *rd)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, MESSAGE_QUOTED, from, g, 2); from = g[0].end)
		if (rd->voice == VOICE_PERSON || is_message(rd, g[0]))
			message_add(rd, g[1].start, g[1].end);
}

/* A paragraph that stands where the paragraph or the event before it puts its message. */
static bool seek_headed(struct reading *rd)
{
	struct span s;

	if (rd->kind != BLOCK_PARAGRAPH || rd->intro == NULL || rd->len == 0 ||
	    rd->len > HEADED_MAX || rd->text[rd->len - 1] == ':' ||
	    !pattern_find(
		rd->builtin[MESSAGE_HEAD], rd->intro, strlen(rd->intro), 0, &s, 1))
		return false;
	seek_block(rd);
	return true;
}

static void seek_message(struct reading *rd)
{
	if (rd->kind == BLOCK_VERBATIM && intro_announces(rd->intro))
		seek_block(rd);
	else if (!seek_headed(rd))
		seek_quoted(rd);
	reading_add_each(rd, MESSAGE_FUNCTION);
	reading_add_each(rd, MESSAGE_TAG);
}

const struct method method_message = {.sources = message_sources, .seek = seek_message};
