/* SPDX-License-Identifier: ISC */
/*
 * Error codes. Numbers are everywhere in articles, so each form asks for what makes it a code:
 * a shape of its own (0x80040115, c1010aae, 4294966278), a name of the symbol table, words
 * before it ("error 1069", "returned 102 from", "ID no:"), or a verbatim block that an error
 * message is announced for. Addresses, stack frames, hex dumps, time zones, dates, versions
 * and event IDs look alike and are turned away here.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "recognise_method.h"
#include "sentence.h"

enum {
	CODE_HEX, /* 0x... */
	CODE_BARE_HEX, /* eight digits that begin with 8, c or d */
	CODE_NAMED, /* behind "error", "code" */
	CODE_RETURNED, /* "returned 102 from" */
	CODE_NEGATIVE, /* "-1018" */
	CODE_UNSIGNED, /* the same as 32 bits without sign */
	CODE_ID_NO, /* "ID no: c1031667" */
	CODE_SYMBOL, /* MAPI_E_NOT_FOUND */
	CODE_ID_FIRST, /* "ID no: 5866-5012" */
	CODE_ID_SECOND, /* the other of the two */
	CODE_EXCEPTION, /* "Exception e0010002" */
	CODE_NAME, /* "error code: ODXOINIU", whatever the name */
	CODE_LOGGED, /* "40720: Error ..." */
	CODE_THREAD, /* "(00d4) 4 04103:": thread, severity, code */
	CODE_REPLY, /* "550 Relaying prohibited" */
	CODE_OCCURRED, /* "an error occurred while binding the socket (10050)" */
	CODE_LINE, /* a line that is nothing but a number */
	CODE_LIST, /* the next of a list behind CODE_NAMED */
	CODE_WORDS, /* a sentence about an error */
	CODE_ADDRESS, /* what stands before an address */
	CODE_DUMP, /* a line of a hex dump or stack */
	CODE_NUMBER, /* any number, for what people say */
	CODE_CONTEXT, /* a line that makes even a short hexadecimal number a code */
	CODE_LABEL, /* "code:", right before a number, whatever else the line has */
	CODE_IS, /* "-1018 =", right before a name */
};

static const char *const code_sources[] = {
    [CODE_HEX] = "(?:(?<![\\w\\\\+])|(?<=error))(0x[0-9a-f]{1,16})(?:-[0-9a-f]+)*(?!\\w)",
    [CODE_BARE_HEX] = "(?<![\\w\\\\.=-])((?=[a-f0-9]*[0-9])(?:8[0-9a-f](?=[0-9]*[a-f])|800|"
		      "[cd][0-9a-f]{2})"
		      "[0-9a-f]{5,6})(?:-[0-9a-f]{1,8}){0,3}(?![\\w\\\\-]|\\.\\w)",
    [CODE_NAMED] =
	"(?<!event\\s|country\\s|area\\s|postal\\s|source\\s|zip\\s|decimal\\s|"
	"character\\s|ASCII\\s|key\\s)"
	"(?!(?<=[ \\t][ \\t])\\w+[ \\t]{2,}\\d)" /* columns of a list of events */
	"\\b(?:error|errors(?!\\s*:)|(?:return(?:ed)?|status|result|exit|reason|"
	"failure)\\s+codes?|"
	"codes?(?=\\s*[:=#])|hresult)(?!\\w)"
	"(?:\\s++(?:message|messages|code|codes|numbers?|no\\.|value|id|is|of|"
	"was|with|win32|reported|type|"
	"returned|jet))*\\s*+[:#=]?\\s*+[\"'(\\[<]?\\s*+(?:ASP\\s++)?"
	"(?|0-([0-9a-f]{8})|(-?\\d{1,10}|(?=[a-f]*\\d)[0-9a-f]{8}))"
	"(?!\\w|[.:/%]\\d|-\\d|,\\d)",
    [CODE_RETURNED] = "\\breturn(?:ed|s|ing)?(?:\\s+(?:an?|the|with|value|of|error|code|"
		      "status))*\\s+['\"(]?"
		      "(-?\\d{1,10})(?=\\s+from\\b|\\s*[.,;)'\"\\]](?!\\d)|\\s*$)",
    [CODE_NEGATIVE] = "(?<![\\w.\\-/:+])-([1-9]\\d{2,3})(?!\\w|[-/:.]\\d)",
    [CODE_UNSIGNED] = "(?<![\\w.])(42949[56]\\d{4})(?!\\w)",
    [CODE_ID_NO] =
	"\\bID\\.?\\s+nos?[.:]*\\s*:?\\s*((?:0x)?[0-9a-f]{8})(?:-[0-9a-f]+)*(?!\\w)",
    [CODE_SYMBOL] = "(?<!\\w)((?-i:(?:[A-Z][A-Z0-9]*_)+[ESW]_(?:[A-Z0-9_]{3,}|[A-Z][A-Za-"
		    "z0-9_]{5,})|[ES]_[A-Z][A-Z0-9_]{3,}|"
		    "ERROR_[A-Z][A-Z0-9_]{3,}|[A-Z]{2,}_err[A-Z]\\w+))(?!\\w)",
    [CODE_ID_FIRST] = "\\bID\\.?\\s+nos?[.:]*\\s*:?\\s*(\\d{3,5})(?=-\\d{3,5}(?!\\w))",
    [CODE_ID_SECOND] =
	"\\bID\\.?\\s+nos?[.:]*\\s*:?\\s*\\d{3,5}-(\\d{3,5}|[89][0-9a-f]{7})(?!\\w)",
    [CODE_EXCEPTION] = "\\bexception(?:\\s+(?:code|number))?\\s*[:=]?\\s*"
		       "((?=[0-9a-f]*[a-f])[0-9a-f]{8})(?!\\w)",
    [CODE_NAME] = "(?|\\berror\\s+codes?\\s*:?\\s*(?-i:([A-Z]{6,}))(?!\\w)|"
		  "\\berror\\s*:\\s*(?-i:([A-Z]{6,}))(?=\\s+-\\s)|"
		  "\\berror\\s+(?-i:([A-Z][A-Z0-9]*(?:_[A-Z0-9]+){2,}))(?!\\w))",
    [CODE_LOGGED] = "(?<![\\w:./-])0*([1-9]\\d{3,4}):\\s*(?:\\{[^}\\n]{0,40})?"
		    "(?:critical\\s+)?error\\b",
    [CODE_THREAD] = "\\([0-9a-f]{4}\\)\\s+\\d\\s+0*([1-9]\\d{3,4}):(?!\\d)",
    [CODE_REPLY] = "\\A[\\s\"]*(?:HTTP/\\d\\.\\d\\s+(?=[45]\\d\\d\\s+[a-z])|"
		   "(?=[45]\\d\\d[\\s-]+(?-i:[A-Z])[a-z]))([45]\\d\\d)",
    [CODE_OCCURRED] = "\\berror\\s+(?:has\\s+)?occurred\\b[^.(]{0,100}\\s\\((-?\\d{3,5})\\)"
		      "(?=\\s*(?:\\.|$))",
    [CODE_LINE] = "(?m)^\\s*(-?\\d{2,10})\\s*\\.?\\s*$",
    [CODE_LIST] = "\\G(?:\\s*,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+)(-?\\d{2,10})(?!"
		  "\\w|[.:/%-]\\d)",
    [CODE_WORDS] =
	"\\b(?:errors?|fail(?:s|ed|ure|ures|ing)?|codes?|jet|return(?:s|ed)?|corrupt\\w*|"
	"messages?|events?)\\b",
    [CODE_ADDRESS] =
	"(?:\\b(?:at|address|addresses|offset|memory|instruction|location|base|"
	"bytes?|length|size|ebp|esp|eip|prop|property|tag|reading\\s+from|writing\\s+to)|"
	"\\+|\\w\\[|0x[0-9a-f]{5,8}\\s*-)\\s*[:=(\\[\"']?\\s*$",
    [CODE_DUMP] = "(?m)^\\W*[0-9a-f]{4}\\s{2,}0x[0-9a-f]{8}\\s{2,}|^\\W*(?:\\w+\\W+)?(?:0x)"
		  "?[0-7][0-9a-f]{7}\\s+[0-9a-f]{2,}\\s|"
		  "\\w!\\S*\\+0x[0-9a-f]+|"
		  "(?:\\b(?:0x)?[0-9a-f]{8}\\b[^\\n]*?){3}|(?:\\b[0-9a-f]{2}\\b[ -]){6}",
    [CODE_NUMBER] = "(?<![\\w.:/-])(\\d{2,10})(?!\\w|[.:/%-]\\d)",
    [CODE_CONTEXT] = "\\b(?:errors?|(?<!character\\s)(?<!key\\s)(?<!scan\\s)codes?|hresult|"
		     "return(?:s|ed)?|fail(?:s|ed|ure)?|status|stop|exception|ID\\s+no)\\b"
		     "(?:(?<=[:=])[ \\t]{4,}|(?![ \\t]{4})[^,\\n]){0,40}$", /* no columns */
    [CODE_LABEL] = "\\bcode\\s*[:=]\\s*$",
    [CODE_IS] = "(?<![\\w.-])(-\\d{3,4})\\s*(?:\\(\\w+\\)\\s*)?(?:is|=|means|\\()?\\s*$",
    NULL,
};

/* Of a longer line only so much is looked at before a number, and behind it. */
#define LINE_REACH 200

static struct span line_around(const struct reading *rd, size_t at)
{
	struct span line = {.start = at, .end = at};

	while (line.start > 0 && rd->text[line.start - 1] != '\n' &&
	       at - line.start < LINE_REACH)
		line.start--;
	while (
	    line.end < rd->len && rd->text[line.end] != '\n' && line.end - at < LINE_REACH)
		line.end++;
	return line;
}

/* Whether a hexadecimal number is said to be a code, or stands alone as a message. */
static bool is_said_code(const struct reading *rd, struct span where)
{
	struct span line = line_around(rd, where.start), s;
	struct span sentence = sentence_around(rd->text, rd->len, where.start);

	if (rd->voice == VOICE_PERSON)
		return true;
	if (rd->kind == BLOCK_VERBATIM && intro_announces(rd->intro) &&
	    sentence_skip_space(rd->text, line.end, line.start) == where.start &&
	    sentence_skip_space(rd->text, line.end, where.end) == line.end)
		return true;
	return pattern_find(
	    rd->builtin[CODE_CONTEXT], rd->text, where.start, sentence.start, &s, 1);
}

/* Hexadecimal numbers that are no codes: columns of dumps, and addresses. */
static bool is_memory(const struct reading *rd, struct span where)
{
	struct span line = line_around(rd, where.start), s;
	size_t near = where.start > 24 ? where.start - 24 : 0;

	if (pattern_find(rd->builtin[CODE_LABEL], rd->text, where.start, near, &s, 1))
		return false;
	if (pattern_find(rd->builtin[CODE_DUMP], rd->text, line.end, line.start, &s, 1))
		return true;
	return pattern_find(rd->builtin[CODE_ADDRESS], rd->text, where.start, near, &s, 1);
}

/* Nothing but zeros says that there was no error. */
static void code_add(struct reading *rd, struct span where)
{
	for (size_t i = where.start; i < where.end; i++)
		if (strchr("0xX-", rd->text[i]) == NULL) {
			reading_add_text(rd, where.start, where.end);
			return;
		}
}

/*
 * What is written 0x... may be an address, a register, a value or a flag. It is a code by its
 * looks where the bit is set that makes it negative.
 */
static bool is_any_number(const struct reading *rd, struct span where)
{
	const char *number = rd->text + where.start;
	size_t digits = where.end - where.start - strspn(number, "0xX");

	return digits < 8 || (digits == 8 && rd->text[where.end - digits] < '8');
}

static void seek_hex(struct reading *rd, int which)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, which, from, g, 2); from = g[0].end) {
		if (which != CODE_ID_NO && is_memory(rd, g[1]))
			continue;
		if (which == CODE_HEX && is_any_number(rd, g[1]) && !is_said_code(rd, g[1]))
			continue;
		code_add(rd, g[1]);
	}
}

static void seek_group(struct reading *rd, int which)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, which, from, g, 2);
	     from = g[0].end > g[0].start ? g[0].end : g[0].end + 1)
		code_add(rd, g[1]);
}

/*
 * Whether the number is of another line than its label. A sentence may lead from one to the
 * other: "error code is / 487, ..." or "Error / code=8511".
 */
static bool is_cut(const struct reading *rd, size_t start, struct span number)
{
	const char *line = rd->text + number.start, *label = rd->text + start;

	while (line > label && line[-1] != '\n')
		line--;
	if (line == label)
		return false;
	while (*line == ' ')
		line++;
	if (line < rd->text + number.start)
		return strncasecmp(line, "code", strlen("code")) != 0;
	return number.end == rd->len || strchr(".,;)]", rd->text[number.end]) == NULL;
}

static void seek_named(struct reading *rd)
{
	struct span g[2], next[2];

	for (size_t from = 0; reading_find(rd, CODE_NAMED, from, g, 2); from = g[0].end) {
		if (rd->kind == BLOCK_VERBATIM && is_cut(rd, g[0].start, g[1]))
			continue;
		code_add(rd, g[1]);
		while (reading_find(rd, CODE_LIST, g[0].end, next, 2)) {
			code_add(rd, next[1]);
			g[0].end = next[0].end;
		}
	}
}

/* Whether the sentence speaks of errors, or an error message is announced. */
static bool is_about_error(const struct reading *rd, size_t at)
{
	struct span sentence = sentence_around(rd->text, rd->len, at), s;

	if (rd->voice == VOICE_PERSON ||
	    (rd->kind == BLOCK_VERBATIM && intro_announces(rd->intro)))
		return true;
	return pattern_find(
	    rd->builtin[CODE_WORDS], rd->text, sentence.end, sentence.start, &s, 1);
}

/* Database errors are -100 to -1999; elsewhere a minus sign before digits is no code. */
static void seek_negative(struct reading *rd)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, CODE_NEGATIVE, from, g, 2);
	     from = g[0].end) {
		if (g[1].end - g[1].start == 4 && rd->text[g[1].start] != '1')
			continue;
		if (is_about_error(rd, g[0].start))
			reading_add_text(rd, g[0].start, g[0].end);
	}
}

/* -1999 and -100, the ends of the database engine's errors, as 32 bits without sign. */
#define UNSIGNED_FIRST 4294965297u
#define UNSIGNED_LAST 4294967196u

/* Beyond them a count that went below zero looks the same, and the words around it decide. */
static void seek_unsigned(struct reading *rd)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, CODE_UNSIGNED, from, g, 2);
	     from = g[0].end) {
		unsigned long long value = strtoull(rd->text + g[1].start, NULL, 10);

		if ((value >= UNSIGNED_FIRST && value <= UNSIGNED_LAST) ||
		    is_about_error(rd, g[0].start))
			code_add(rd, g[1]);
	}
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/*
 * Adds a name, or, where the text says which number it means by it, as "-1032 is NAME", that
 * number: tables of names are of one product, and articles of several.
 */
static void symbol_add(struct reading *rd, size_t start, size_t end)
{
	size_t near = start > 24 ? start - 24 : 0;
	struct span g[2];

	if (pattern_find(rd->builtin[CODE_IS], rd->text, start, near, g, 2))
		reading_add_text(rd, g[1].start, g[1].end);
	else
		reading_add_text(rd, start, end);
}

/* Names that look like those of errors, in the symbol table or not. */
static void seek_names(struct reading *rd)
{
	struct span g[2];

	for (size_t from = 0; reading_find(rd, CODE_SYMBOL, from, g, 2); from = g[0].end)
		symbol_add(rd, g[1].start, g[1].end);
}

/* Names of the symbol table, wherever they stand as a word. */
static void seek_symbols(struct reading *rd)
{
	const struct questions *qs = rd->all->questions;

	for (size_t i = 0; i < qs->nsymbols; i++) {
		const char *name = qs->symbols[i].name, *hit = rd->text;
		size_t n = strlen(name);

		if (!pattern_scan_may(rd->scan, rd->all->first_symbol + i))
			continue;
		for (; n > 0 && (hit = strcasestr(hit, name)) != NULL; hit += n) {
			size_t start = (size_t)(hit - rd->text);
			if ((start == 0 || !is_word_char(hit[-1])) && !is_word_char(hit[n]))
				symbol_add(rd, start, start + n);
		}
	}
}

/* People give a number and leave out what it is: it counts when the symbol table has it. */
static void seek_known_numbers(struct reading *rd)
{
	const struct questions *qs = rd->all->questions;
	struct span g[2];

	for (size_t from = 0; reading_find(rd, CODE_NUMBER, from, g, 2); from = g[0].end) {
		char *said =
		    code_canonical(rd->text + g[1].start, g[1].end - g[1].start, NULL, 0);
		bool known = false;

		for (size_t i = 0; said != NULL && !known && i < qs->nsymbols; i++) {
			const char *code = qs->symbols[i].code;
			char *canonical = code_canonical(code, strlen(code), NULL, 0);
			known = canonical != NULL && strcmp(said, canonical) == 0;
			free(canonical);
		}
		free(said);
		if (known)
			reading_add_text(rd, g[1].start, g[1].end);
	}
}

/* Numbers that are codes only because an error is announced. */
static void seek_announced(struct reading *rd)
{
	if (intro_names(rd->intro, "error")) {
		seek_group(rd, CODE_THREAD);
		seek_group(rd, CODE_REPLY);
	}
	if (!intro_names_event(rd->intro))
		seek_group(rd, CODE_LINE);
}

static void seek_error_code(struct reading *rd)
{
	seek_hex(rd, CODE_HEX);
	seek_hex(rd, CODE_BARE_HEX);
	seek_hex(rd, CODE_ID_NO);
	seek_named(rd);
	seek_group(rd, CODE_RETURNED);
	seek_negative(rd);
	seek_unsigned(rd);
	seek_names(rd);
	for (int which = CODE_ID_FIRST; which <= CODE_LOGGED; which++)
		seek_group(rd, which);
	seek_group(rd, CODE_OCCURRED);
	seek_symbols(rd);
	if (rd->kind == BLOCK_VERBATIM && intro_announces(rd->intro))
		seek_announced(rd);
	if (rd->voice == VOICE_PERSON)
		seek_known_numbers(rd);
}

const struct method method_error_code = {.sources = code_sources, .seek = seek_error_code};
