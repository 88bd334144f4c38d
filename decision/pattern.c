/* SPDX-License-Identifier: ISC */
/* Regular expressions over PCRE2. Used by the recognisers and by the readers of YAML files. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "pattern_set.h"

/*
 * A pattern that fits articles needs some hundred steps a paragraph. These limits stop what
 * runs away within milliseconds, and leave a long verbatim block room to be matched.
 */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 20000
#define HEAP_LIMIT_KIB 8192
#define SOURCE_LIMIT 16384
/* Groups that a match can tell of, the whole match among them. */
#define GROUPS_MAX 16

/*
 * Making machine code of a pattern takes as long as interpreting it over some 16 KB of text.
 * Whoever reads thousands of articles gets there at once, whoever reads one sentence never.
 */
#define JIT_WORTH 16384

/* What changes in a pattern that is constant to its users. */
struct state {
	size_t bytes; /* how much text it has been over */
	bool fast; /* it is machine code */
	bool faulty; /* it was to be compiled later, and could not be */
	char *source; /* as compiled */
	pcre2_code *code; /* NULL: not yet */
	uint32_t ngroups; /* parentheses */
	pcre2_match_context *context;
};

struct pattern {
	struct state *state;
	const char *later; /* the source of one that is compiled when it is first tried */
	const unsigned char *need; /* or NULL */
	size_t member; /* of a set; SIZE_MAX: of none, so that it is always tried */
};

static _Thread_local unsigned long nlimits_hit;

/*
 * The last match, of whatever pattern. Each match data has some twenty kilobytes of its own as
 * soon as something is interpreted: one a thread stays in the cache, one a pattern does not.
 */
static _Thread_local pcre2_match_data *last_match;

/* Each skip function takes a place in the source and returns the end of what begins there. */

static const char *skip_quoted(const char *s)
{
	const char *end = strstr(s + 2, "\\E");

	return end == NULL ? s + strlen(s) : end + 2;
}

/* A backslash and what it escapes; a \Q..\E as a whole. */
static const char *skip_escape(const char *s)
{
	if (s[1] == 'Q')
		return skip_quoted(s);
	return s[1] == '\0' ? s + 1 : s + 2;
}

/* "[:alpha:]" inside a class, or just its bracket. */
static const char *skip_posix_class(const char *s)
{
	const char *end;

	if (s[1] != ':' || (end = strstr(s + 2, ":]")) == NULL)
		return s + 1;
	return strcspn(s + 2, "]\\") < (size_t)(end - s - 2) ? s + 1 : end + 2;
}

static const char *skip_class(const char *s)
{
	s += s[1] == '^' ? 2 : 1;
	if (*s == ']')
		s++;
	while (*s != '\0' && *s != ']') {
		if (*s == '\\')
			s = skip_escape(s);
		else if (*s == '[')
			s = skip_posix_class(s);
		else
			s++;
	}
	return *s == ']' ? s + 1 : s;
}

/* "{2,3}", "{ 2 }" or, behind an escape, "{name}". */
static const char *skip_braces(const char *s)
{
	const char *end = s + 1 + strspn(s + 1, "0123456789, ");

	return *end == '}' ? end + 1 : s + 1;
}

static const char *skip_comment(const char *s)
{
	const char *end;

	if (strncmp(s, "(?#", 3) != 0)
		return s + 1;
	end = strchr(s, ')');
	return end == NULL ? s + strlen(s) : end + 1;
}

static const char *skip_item(const char *s)
{
	switch (*s) {
	case '\\':
		return skip_escape(s);
	case '[':
		return skip_class(s);
	case '{':
		return skip_braces(s);
	case '(':
		return skip_comment(s);
	default:
		return s + 1;
	}
}

/*
 * The next item of the source and, in *made, what is compiled in its place: NULL for the
 * item itself. A run of blanks becomes "any run of white space"; a quantifier behind it is
 * about the whole run, so that "a ?b" makes the white space optional.
 */
static const char *next_item(const char *s, const char **made)
{
	*made = NULL;
	if (*s != ' ')
		return skip_item(s);
	s += strspn(s, " ");
	*made = *s != '\0' && strchr("?*+{", *s) != NULL ? "(?:\\s+)" : "\\s+";
	return s;
}

char *pattern_rewrite(const char *source)
{
	char *text = xmalloc(strlen(source) * strlen("(?:\\s+)") + 1);
	const char *made;
	size_t len = 0, n;

	for (const char *s = source, *next; *s != '\0'; s = next) {
		next = next_item(s, &made);
		n = made == NULL ? (size_t)(next - s) : strlen(made);
		memcpy(text + len, made == NULL ? s : made, n);
		len += n;
	}
	text[len] = '\0';
	return text;
}

/* Where in the author's source an offset of the rewritten one is. */
static size_t source_offset(const char *source, size_t rewritten)
{
	const char *s = source, *made, *next;
	size_t n;

	for (; *s != '\0'; s = next) {
		next = next_item(s, &made);
		n = made == NULL ? (size_t)(next - s) : strlen(made);
		if (n > rewritten)
			return (size_t)(s - source) + (made == NULL ? rewritten : 0);
		rewritten -= n;
	}
	return (size_t)(s - source);
}

/* Sets *rewritten, which the caller frees, unless it returns NULL. */
static pcre2_code *source_compile(const char *source, char **rewritten, struct err *err)
{
	const uint32_t options =
	    PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	unsigned char message[256];
	pcre2_code *code;
	PCRE2_SIZE offset;
	int error;

	if (strlen(source) > SOURCE_LIMIT) {
		err_set(err, ERR_DATA, "longer than %d bytes", SOURCE_LIMIT);
		return NULL;
	}
	*rewritten = pattern_rewrite(source);
	code = pcre2_compile(
	    (PCRE2_SPTR)*rewritten, PCRE2_ZERO_TERMINATED, options, &error, &offset, NULL);
	if (code == NULL) {
		pcre2_get_error_message(error, message, sizeof message);
		err_set(err, ERR_DATA, "%s at character %zu", (const char *)message,
		    source_offset(source, offset) + 1);
		free(*rewritten);
		*rewritten = NULL;
	}
	return code;
}

static int state_compile(struct state *s, const char *source, struct err *err)
{
	s->code = source_compile(source, &s->source, err);
	if (s->code == NULL)
		return -1;
	pcre2_pattern_info(s->code, PCRE2_INFO_CAPTURECOUNT, &s->ngroups);
	s->context = pcre2_match_context_create(NULL);
	if (s->context == NULL)
		return err_set(err, ERR_INTERNAL, "no memory for a pattern");
	pcre2_set_match_limit(s->context, MATCH_LIMIT);
	pcre2_set_depth_limit(s->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(s->context, HEAP_LIMIT_KIB);
	return 0;
}

struct pattern *pattern_later(const char *source, const unsigned char *need)
{
	struct pattern *p = xcalloc(1, sizeof *p);

	p->state = xcalloc(1, sizeof *p->state);
	p->later = source;
	p->need = need;
	p->member = SIZE_MAX;
	return p;
}

struct pattern *pattern_new(const char *source, struct err *err)
{
	struct pattern *p = pattern_later(NULL, NULL);

	if (state_compile(p->state, source, err) == 0)
		return p;
	pattern_free(p);
	return NULL;
}

void pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_context_free(p->state->context);
	pcre2_code_free(p->state->code);
	free(p->state->source);
	free(p->state);
	free(p);
}

/* Whether there is something to match with. */
static bool is_ready(const struct pattern *p)
{
	if (p->state->code == NULL && !p->state->faulty)
		p->state->faulty = state_compile(p->state, p->later, NULL) < 0;
	return !p->state->faulty;
}

int pattern_tried(const struct pattern *p, struct err *err)
{
	struct pattern *again;

	if (!p->state->faulty)
		return 0;
	again = pattern_new(p->later, err);
	assert(again == NULL);
	return -1;
}

const char *pattern_later_source(const struct pattern *p)
{
	return p->later;
}

/* Where there is no JIT the pattern is interpreted for ever: slower, with equal results. */
static void effort_add(const struct pattern *p, size_t bytes)
{
	p->state->bytes += bytes + 1;
	if (p->state->fast || p->state->bytes < JIT_WORTH)
		return;
	pcre2_jit_compile(p->state->code, PCRE2_JIT_COMPLETE);
	p->state->fast = true;
}

static pcre2_match_data *match_data_new(void)
{
	pcre2_match_data *data = pcre2_match_data_create(GROUPS_MAX, NULL);

	if (data == NULL)
		abort();
	return data;
}

void pattern_thread_end(void)
{
	pcre2_match_data_free(last_match);
	last_match = NULL;
}

static int match(const struct pattern *p, const char *text, size_t len, size_t from)
{
	PCRE2_SPTR subject = (PCRE2_SPTR)text;
	int n;

	if (last_match == NULL)
		last_match = match_data_new();
	effort_add(p, len - from);
	n = pcre2_match(
	    p->state->code, subject, len, from, 0, last_match, p->state->context);

	/* The JIT has a small stack; the interpreter's heap goes further. */
	if (n == PCRE2_ERROR_JIT_STACKLIMIT)
		n = pcre2_match(p->state->code, subject, len, from, PCRE2_NO_JIT,
		    last_match, p->state->context);
	if (n == PCRE2_ERROR_MATCHLIMIT || n == PCRE2_ERROR_DEPTHLIMIT ||
	    n == PCRE2_ERROR_HEAPLIMIT)
		nlimits_hit++;
	return n;
}

/* The i-th group of the last match; a \K in a lookahead may have put its end first. */
static struct span group_span(const struct pattern *p, size_t i)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(last_match);

	/* what lies behind the pattern's own groups is of another pattern */
	if (i > p->state->ngroups || i >= GROUPS_MAX || ends[2 * i] == PCRE2_UNSET)
		return (struct span){0};
	if (ends[2 * i] > ends[2 * i + 1])
		return (struct span){ends[2 * i + 1], ends[2 * i + 1]};
	return (struct span){ends[2 * i], ends[2 * i + 1]};
}

bool pattern_find(const struct pattern *p, const char *text, size_t len, size_t from,
    struct span *groups, size_t ngroups)
{
	int n =
	    from <= len && is_ready(p) ? match(p, text, len, from) : PCRE2_ERROR_NOMATCH;

	for (size_t i = 0; i < ngroups; i++)
		groups[i] = n < 0 ? (struct span){0} : group_span(p, i);
	return n >= 0;
}

unsigned long pattern_limits_hit(void)
{
	return nlimits_hit;
}

const char *pattern_source(const struct pattern *p)
{
	return p->state->source;
}

void pattern_number(struct pattern *p, size_t member)
{
	p->member = member;
}

bool pattern_scan_find(const struct pattern_scan *scan, const struct pattern *p,
    const char *text, size_t len, size_t from, struct span *groups, size_t ngroups)
{
	bool may = pattern_scan_may(scan, p->member);

	if (may && scan->map != NULL && p->need != NULL)
		may = need_may_be_met(p->need, scan->map);
	if (may)
		return pattern_find(p, text, len, from, groups, ngroups);
	for (size_t i = 0; i < ngroups; i++)
		groups[i] = (struct span){0};
	return false;
}
