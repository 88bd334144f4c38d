/* SPDX-License-Identifier: ISC */
/* Characters written as HTML entities, which Markdown has, too. */
#include "parse_internal.h"

#include <ctype.h>
#include <string.h>

#define CODE_POINT_DIGITS 7

/* Those that occur in prose; any character can be given by number. */
static const struct {
	const char *name;
	uint32_t cp;
} entities[] = {
    {"&amp;", '&'},
    {"&apos;", '\''},
    {"&copy;", 0xa9},
    {"&deg;", 0xb0},
    {"&gt;", '>'},
    {"&hellip;", 0x2026},
    {"&laquo;", 0xab},
    {"&ldquo;", 0x201c},
    {"&lsquo;", 0x2018},
    {"&lt;", '<'},
    {"&mdash;", 0x2014},
    {"&nbsp;", ' '},
    {"&ndash;", 0x2013},
    {"&quot;", '"'},
    {"&raquo;", 0xbb},
    {"&rarr;", 0x2192},
    {"&rdquo;", 0x201d},
    {"&reg;", 0xae},
    {"&rsquo;", 0x2019},
    {"&times;", 0xd7},
    {"&trade;", 0x2122},
};

/* The value of a digit of that base, or the base. */
static uint32_t digit_value(char c, uint32_t base)
{
	uint32_t value = base;

	if (isdigit((unsigned char)c))
		value = (uint32_t)(c - '0');
	else if (isxdigit((unsigned char)c))
		value = (uint32_t)(tolower((unsigned char)c) - 'a') + 10;
	return value < base ? value : base;
}

/* "&#8211;" and "&#x2013;" */
static size_t entity_number(struct piece s, uint32_t *cp)
{
	bool hex = s.len > 2 && (s.text[2] == 'x' || s.text[2] == 'X');
	uint32_t base = hex ? 16 : 10;
	size_t start = hex ? 3 : 2, i = start;

	for (*cp = 0; i < s.len && i < start + CODE_POINT_DIGITS; i++) {
		uint32_t digit = digit_value(s.text[i], base);

		if (digit == base)
			break;
		*cp = *cp * base + digit;
	}
	if (i == start || i == s.len || s.text[i] != ';')
		return 0;
	return *cp >= ' ' && *cp <= 0x10ffff && (*cp < 0xd800 || *cp > 0xdfff) ? i + 1 : 0;
}

size_t parse_entity(struct piece s, uint32_t *cp)
{
	size_t i, len;

	for (i = 0; i < sizeof entities / sizeof entities[0]; i++) {
		len = strlen(entities[i].name);
		if (s.len >= len && memcmp(s.text, entities[i].name, len) == 0) {
			*cp = entities[i].cp;
			return len;
		}
	}
	return s.len > 3 && s.text[0] == '&' && s.text[1] == '#' ? entity_number(s, cp) : 0;
}
