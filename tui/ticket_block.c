/* SPDX-License-Identifier: ISC */
/* The part of an exported case that another machine reads. */

#include "ticket_block.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../decision/checksum.h"
#include "../decision/given_text.h"
#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define BEGIN "kbwizard-case-begin"
#define END "kbwizard-case-end"
#define FORMAT "1"
#define COLUMNS (TICKET_COLUMNS - 4) /* room for marks of quotation */

/* The members of the head that travel, with the names they have in the block. */
static const struct {
	const char *name;
	size_t offset;
} members[] = {
    {"name", offsetof(struct case_head, name)},
    {"agent", offsetof(struct case_head, agent)},
    {"caller", offsetof(struct case_head, caller)},
    {"contact", offsetof(struct case_head, contact)},
    {"reference", offsetof(struct case_head, reference)},
    {"knowledge", offsetof(struct case_head, knowledge)},
    {"fingerprint", offsetof(struct case_head, fingerprint)},
};
#define NMEMBERS (sizeof members / sizeof members[0])
#define PHONE "phone"

static char **head_member(struct case_head *head, size_t i)
{
	return (char **)((char *)head + members[i].offset);
}

/* Writing. */

struct writer {
	FILE *out;
	size_t column;
	struct checksum sum;
	size_t statements;
};

/* One piece of a word on a line of its own or behind what stands there. */
static void put_piece(struct writer *w, const char *piece, size_t len)
{
	size_t gap = w->column > 0;

	if (gap && w->column + gap + len > COLUMNS) {
		putc('\n', w->out);
		w->column = gap = 0;
	}
	fprintf(w->out, "%s%.*s", gap ? " " : "", (int)len, piece);
	w->column += gap + len;
}

static void put_word(struct writer *w, const char *word)
{
	size_t len = strlen(word);

	checksum_add_text(&w->sum, word);
	while (len > COLUMNS) {
		char *piece = xasprintf("%.*s~", COLUMNS - 1, word);

		put_piece(w, piece, COLUMNS);
		free(piece);
		word += COLUMNS - 1;
		len -= COLUMNS - 1;
	}
	put_piece(w, word, len);
}

static void put_line_end(struct writer *w)
{
	putc('\n', w->out);
	w->column = 0;
}

/* No character but those that nobody changes; what was encoded before stays as it is. */
static char *plain(const char *text, size_t len)
{
	char *word = NULL, last = '\0';
	size_t n;
	FILE *f = xopen_memstream(&word, &n);

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool kept = c < 0x80 && (isalnum(c) || strchr("=%,.-", c) != NULL);

		if (c == '-' && last == '-') /* two of them become a long one */
			kept = false;
		fprintf(f, kept ? "%c" : "%%%02X", c);
		last = kept ? (char)c : '\0';
	}
	xclose_memstream(f);
	return word;
}

static void put_plain(struct writer *w, const char *text, size_t len)
{
	char *word = plain(text, len);

	put_word(w, word);
	free(word);
}

static void put_statement_end(struct writer *w)
{
	put_word(w, ";");
	put_line_end(w);
	w->statements++;
}

static void put_head(struct writer *w, const struct case_head *head)
{
	put_word(w, "case");
	for (size_t i = 0; i < NMEMBERS; i++) {
		const char *value = *head_member((struct case_head *)head, i);
		char *code, *member;

		if (value == NULL || value[0] == '\0')
			continue;
		code = given_encode(value);
		member = xasprintf("%s=%s", members[i].name, code);
		put_plain(w, member, strlen(member));
		free(member);
		free(code);
	}
	if (head->phone)
		put_word(w, PHONE);
	put_statement_end(w);
}

static void put_answer(struct writer *w, const char *line)
{
	for (;;) {
		size_t len = strcspn(line, " ");

		put_plain(w, line, len);
		if (line[len] == '\0')
			break;
		line += len + 1;
	}
	put_statement_end(w);
}

void ticket_block_write(
    FILE *out, const struct case_head *head, const struct answer_lines *answers)
{
	struct writer w = {.out = out};

	checksum_init(&w.sum);
	fputs(BEGIN, out);
	w.column = sizeof BEGIN - 1;
	put_word(&w, FORMAT);
	put_line_end(&w);
	put_head(&w, head);
	for (size_t i = 0; i < answers->n; i++)
		put_answer(&w, answers->list[i]);
	fprintf(out, END " %zu %016" PRIx64 "\n", w.statements, checksum_value(&w.sum));
}

/* Reading. */

/* What a character of the text stands for in the block: itself, a blank, or nothing ('\0'). */
static char taken_as(uint32_t cp)
{
	if (cp > ' ' && cp < 0x7f)
		return (char)cp;
	if (cp <= ' ' || cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 ||
	    cp == 0x2029 || cp == 0x202f || cp == 0x205f || cp == 0x3000)
		return ' ';
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
		return '-';
	return '\0';
}

/* The text as words apart by one blank each, a blank at both ends; the caller frees it. */
static char *words_of(const char *text)
{
	char *words = xmalloc(strlen(text) + 3);
	size_t n = 0;

	words[n++] = ' ';
	while (*text != '\0') {
		uint32_t cp;
		char c;

		text += scan_decode(text, &cp);
		c = taken_as(cp);
		if (words[n - 1] == ' ' && (c == ' ' || c == '>' || c == '|'))
			continue;
		if (c != '\0')
			words[n++] = c;
	}
	if (words[n - 1] != ' ')
		words[n++] = ' ';
	words[n] = '\0';
	return words;
}

/* Behind the last word that opens a block; NULL if there is none. */
static const char *last_begin(const char *words)
{
	const char *found = NULL;

	while ((words = strstr(words, " " BEGIN " ")) != NULL) {
		words += sizeof BEGIN;
		found = words + 1;
	}
	return found;
}

struct reader {
	const char *at; /* the next word */
	struct checksum sum;
	size_t statements;
};

/* The next word with all its pieces, or NULL at the end of the text. The caller frees it. */
static char *next_word(struct reader *r)
{
	char *word = NULL;
	size_t n;
	FILE *f = xopen_memstream(&word, &n);
	size_t len = 0;

	do {
		len = strcspn(r->at, " ");
		fprintf(f, "%.*s", (int)(len > 0 && r->at[len - 1] == '~' ? len - 1 : len),
		    r->at);
		if (len == 0)
			break;
		r->at += len + 1;
	} while (r->at[-2] == '~');
	xclose_memstream(f);
	if (n > 0)
		return word;
	free(word);
	return NULL;
}

static bool version_read(struct reader *r, const char *source, struct err *err)
{
	char *word = next_word(r);
	bool known = word != NULL && strcmp(word, FORMAT) == 0;

	if (known)
		checksum_add_text(&r->sum, word);
	else
		err_set(err, ERR_DATA,
		    "the case in %s is of format %.20s, which this kbwizard does not know",
		    source, word != NULL ? word : "unknown");
	free(word);
	return known;
}

/* One statement as a line; NULL where the text ends or the last word of the block came. */
static char *next_statement(struct reader *r, bool *ended)
{
	char *line = NULL, *word;
	size_t len;
	FILE *f = xopen_memstream(&line, &len);
	const char *gap = "";

	*ended = false;
	while ((word = next_word(r)) != NULL) {
		*ended = strcmp(word, END) == 0;
		if (!*ended)
			checksum_add_text(&r->sum, word);
		if (*ended || strcmp(word, ";") == 0)
			break;
		fprintf(f, "%s%s", gap, word);
		gap = " ";
		free(word);
	}
	xclose_memstream(f);
	if (word != NULL && !*ended) {
		free(word);
		r->statements++;
		return line;
	}
	free(word);
	free(line);
	return NULL;
}

/* The value of a member of the head's statement, clean and of one line. */
static void head_take(struct case_head *head, const char *word, size_t len)
{
	if (len == sizeof PHONE - 1 && strncmp(word, PHONE, len) == 0)
		head->phone = true;
	for (size_t i = 0; i < NMEMBERS; i++) {
		size_t name = strlen(members[i].name);
		char *value;

		if (len <= name || strncmp(word, members[i].name, name) != 0 ||
		    word[name] != '=' || *head_member(head, i) != NULL)
			continue;
		value = given_decode(word + name + 1, len - name - 1);
		*head_member(head, i) = scan_sentence(value);
		free(value);
	}
}

static bool head_read(struct case_head *head, const char *line)
{
	if (line == NULL || strncmp(line, "case ", 5) != 0)
		return false;
	while (*line != '\0') {
		size_t len = strcspn(line, " ");

		head_take(head, line, len);
		line += len;
		line += strspn(line, " ");
	}
	return head->knowledge != NULL && head->fingerprint != NULL;
}

/* All statements but the first, up to the end of the block; false where that is missing. */
static bool answers_read(struct reader *r, struct answer_lines *answers)
{
	bool ended;
	char *line;

	while ((line = next_statement(r, &ended)) != NULL) {
		answers->list =
		    xgrow(answers->list, answers->n, &answers->cap, sizeof *answers->list);
		answers->list[answers->n++] = line;
	}
	return ended;
}

static bool word_is(char *word, const char *wanted)
{
	bool is = word != NULL && strcmp(word, wanted) == 0;

	free(word);
	return is;
}

/* Whether number and checksum behind the block's last word are those of what was read. */
static bool seal_fits(struct reader *r)
{
	char *count = xasprintf("%zu", r->statements);
	char *sum = xasprintf("%016" PRIx64, checksum_value(&r->sum));
	bool fits = word_is(next_word(r), count) && word_is(next_word(r), sum);

	free(count);
	free(sum);
	return fits;
}

static int block_read(struct reader *r, struct case_head *head,
    struct answer_lines *answers, const char *source, struct err *err)
{
	char *first;
	bool ended, whole;

	if (!version_read(r, source, err))
		return -1;
	first = next_statement(r, &ended);
	whole = first != NULL && head_read(head, first);
	free(first);
	if ((first == NULL && !ended) || (first != NULL && !answers_read(r, answers)))
		return err_set(err, ERR_DATA,
		    "the case in %s is cut short: its last line, " END ", is missing",
		    source);
	if (!seal_fits(r))
		return err_set(err, ERR_DATA,
		    "the case in %s was changed on its way: its checksum is another",
		    source);
	return whole ? 0
		     : err_set(err, ERR_DATA, "the case in %s names no knowledge", source);
}

int ticket_block_read(struct case_head *head, struct answer_lines *answers,
    const char *text, const char *source, struct err *err)
{
	char *words = words_of(text);
	struct reader r = {.at = last_begin(words)};
	int result;

	*head = (struct case_head){.id = 0};
	*answers = (struct answer_lines){.n = 0};
	checksum_init(&r.sum);
	if (r.at == NULL)
		result = err_set(err, ERR_DATA,
		    "%s holds no exported case: there is no line " BEGIN, source);
	else
		result = block_read(&r, head, answers, source, err);
	free(words);
	if (result == -1) {
		case_head_fini(head);
		answer_lines_fini(answers);
	}
	return result;
}
