/* SPDX-License-Identifier: ISC */
/* One error, one spelling: the canonical form of codes and numbers, as code.h states it. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../kb/xalloc.h"
#include "code.h"

/* Longer than any symbolic name; what is longer is prose or rubbish. */
#define NAME_LIMIT 128

/* A run of bytes that is being taken apart. */
struct part {
	const char *s;
	size_t len;
};

/* The classes of ASCII, whatever the locale. */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_graph(char c)
{
	return c > ' ' && c < '\x7f';
}

static char to_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_any_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static struct part part_skip(struct part p, size_t n)
{
	return (struct part){p.s + n, p.len - n};
}

/* Without the white space and the punctuation a sentence puts around a code. */
static struct part part_trim(struct part p)
{
	while (p.len > 0 && (is_blank(p.s[0]) || is_any_of(p.s[0], "([{<\"'#:")))
		p = part_skip(p, 1);
	while (p.len > 0 &&
	       (is_blank(p.s[p.len - 1]) || is_any_of(p.s[p.len - 1], ".,;:!?)]}>\"'")))
		p.len--;
	return p;
}

static bool part_all(struct part p, bool (*test)(char))
{
	for (size_t i = 0; i < p.len; i++)
		if (!test(p.s[i]))
			return false;
	return p.len > 0;
}

static bool part_any(struct part p, bool (*test)(char))
{
	for (size_t i = 0; i < p.len; i++)
		if (test(p.s[i]))
			return true;
	return false;
}

/* A minus as typed, or as a word processor prints it (U+2212, or the dash U+2013). */
static size_t minus_length(struct part p)
{
	if (p.len > 0 && p.s[0] == '-')
		return 1;
	if (p.len >= 3 &&
	    (memcmp(p.s, "\xe2\x88\x92", 3) == 0 || memcmp(p.s, "\xe2\x80\x93", 3) == 0))
		return 3;
	return 0;
}

static bool has_hex_prefix(struct part p)
{
	return p.len >= 2 && p.s[0] == '0' && (p.s[1] == 'x' || p.s[1] == 'X');
}

/*
 * Whether bare digits are hexadecimal. Letters alone are so only at the full eight, for
 * "dead", "face" and "bad" are words.
 */
static bool is_bare_hex(struct part p)
{
	if (!part_all(p, is_hex))
		return false;
	if (part_all(p, is_digit))
		return p.len == 8 && p.s[0] == '8';
	return p.len == 8 || part_any(p, is_digit);
}

/* "80004005-0501-00000000": the first eight digits are the code, the rest says where it was. */
static struct part part_drop_tail(struct part p)
{
	size_t lead = has_hex_prefix(p) ? 2 : 0;
	struct part head = {p.s + lead, 8};

	if (p.len < lead + 9 || p.s[lead + 8] != '-')
		return p;
	for (size_t i = lead + 9; i < p.len; i++)
		if (!is_hex(p.s[i]) && p.s[i] != '-')
			return p;
	if (lead > 0 ? part_all(head, is_hex) : is_bare_hex(head))
		p.len = lead + 8;
	return p;
}

static unsigned digit_value(char c)
{
	if (is_digit(c))
		return (unsigned)(c - '0');
	return (unsigned)(to_upper(c) - 'A' + 10);
}

/* False if it does not fit 64 bits. */
static bool digits_value(struct part p, unsigned base, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < p.len; i++) {
		unsigned digit = digit_value(p.s[i]);

		if (*value > (UINT64_MAX - digit) / base)
			return false;
		*value = *value * base + digit;
	}
	return true;
}

/*
 * A number as one signed decimal: 32 bits that were printed without their sign, or were
 * widened to 64, get it back. NULL for what no 64 bits hold.
 */
static char *value_text(uint64_t value, bool negative)
{
	const uint64_t most = (uint64_t)INT64_MAX + 1; /* what a minus can stand before */

	if (negative && value > most)
		return NULL;
	if (negative && value > 0)
		return xasprintf("-%" PRIu64, value);
	if (value >= most)
		return xasprintf("-%" PRIu64, UINT64_MAX - value + 1);
	if (value > INT32_MAX && value <= UINT32_MAX)
		return xasprintf("-%" PRIu64, (uint64_t)UINT32_MAX - value + 1);
	return xasprintf("%" PRIu64, value);
}

/* Sets *is_number when the part is written as a number, even one that is too large. */
static char *number_canonical(struct part p, bool *is_number)
{
	size_t minus = minus_length(p);
	bool prefix, hex;
	uint64_t value;

	p = part_drop_tail(part_skip(p, minus));
	prefix = has_hex_prefix(p);
	if (prefix)
		p = part_skip(p, 2);
	hex = prefix || (minus == 0 && is_bare_hex(p));
	*is_number = prefix || hex || part_all(p, is_digit);
	if (!*is_number || !part_all(p, hex ? is_hex : is_digit))
		return NULL;
	if (!digits_value(p, hex ? 16 : 10, &value))
		return NULL;
	return value_text(value, minus > 0);
}

static char *name_canonical(struct part p)
{
	char *name;

	if (p.len > NAME_LIMIT || !part_all(p, is_graph) || !part_any(p, is_letter))
		return NULL;
	name = xstrndup(p.s, p.len);
	for (size_t i = 0; i < p.len; i++)
		name[i] = to_upper(name[i]);
	return name;
}

static bool part_is(struct part p, const char *name)
{
	size_t i = 0;

	while (i < p.len && name[i] != '\0' && to_upper(p.s[i]) == to_upper(name[i]))
		i++;
	return i == p.len && name[i] == '\0';
}

static const struct symbol *symbol_find(
    struct part p, const struct symbol *symbols, size_t nsymbols)
{
	for (size_t i = 0; i < nsymbols; i++)
		if (part_is(p, symbols[i].name))
			return &symbols[i];
	return NULL;
}

char *code_canonical(
    const char *text, size_t len, const struct symbol *symbols, size_t nsymbols)
{
	struct part p = part_trim((struct part){text, len});
	const struct symbol *symbol = symbol_find(p, symbols, nsymbols);
	bool is_number;
	char *code;

	if (symbol != NULL)
		p = part_trim((struct part){symbol->code, strlen(symbol->code)});
	code = number_canonical(p, &is_number);
	return code != NULL || is_number ? code : name_canonical(p);
}

/* What may stand before a number that is given alone: words, as in "event ID: 105". */
static bool is_lead_byte(char c)
{
	return is_letter(c) || is_blank(c) || is_any_of(c, "#:=(");
}

char *code_number(const char *text, size_t len)
{
	struct part p = part_trim((struct part){text, len}), lead = {p.s, 0};
	uint64_t value;

	while (lead.len < p.len && !is_digit(p.s[lead.len]))
		lead.len++;
	if (lead.len > 0 && (!part_all(lead, is_lead_byte) || is_letter(p.s[lead.len - 1])))
		return NULL;
	p = part_skip(p, lead.len);
	if (!part_all(p, is_digit) || !digits_value(p, 10, &value) || value > UINT32_MAX)
		return NULL;
	return xasprintf("%" PRIu64, value);
}

#define LEAST_DECIMAL (-65535)

char *code_shown(const char *canonical)
{
	char *end;
	long value = strtol(canonical, &end, 10);

	if (*end != '\0' || end == canonical || value >= LEAST_DECIMAL || value < INT32_MIN)
		return xstrdup(canonical);
	return xasprintf("0x%08" PRIx32, (uint32_t)(int32_t)value);
}
