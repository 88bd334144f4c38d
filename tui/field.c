/* SPDX-License-Identifier: ISC */
/* Editing one line of text. */

#include "field.h"

#include <stdlib.h>
#include <string.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"
#include "term.h"

void field_init(struct field *field)
{
	*field = (struct field){.text = xcalloc(1, 1), .cap = 1};
}

void field_fini(struct field *field)
{
	free(field->text);
	*field = (struct field){0};
}

void field_clear(struct field *field)
{
	field->len = field->cursor = 0;
	field->text[0] = '\0';
}

bool field_is_blank(const struct field *field)
{
	return field->text[strspn(field->text, " ")] == '\0';
}

static void field_insert(struct field *field, uint32_t cp)
{
	char bytes[4];
	size_t n = scan_encode(cp, bytes);

	if (field->len + n > FIELD_LIMIT)
		return;
	while (field->len + n + 1 > field->cap)
		field->text = xgrow(field->text, field->cap, &field->cap, 1);
	memmove(field->text + field->cursor + n, field->text + field->cursor,
	    field->len - field->cursor + 1);
	memcpy(field->text + field->cursor, bytes, n);
	field->len += n;
	field->cursor += n;
}

/* Removes bytes [from, to) and leaves the cursor there. */
static void field_remove(struct field *field, size_t from, size_t to)
{
	memmove(field->text + from, field->text + to, field->len - to + 1);
	field->len -= to - from;
	field->cursor = from;
}

static size_t field_before(const struct field *field)
{
	size_t at = field->cursor;

	while (at > 0 && ((unsigned char)field->text[--at] & 0xc0) == 0x80)
		continue;
	return at;
}

static size_t field_after(const struct field *field)
{
	uint32_t cp;

	return field->cursor + scan_decode(field->text + field->cursor, &cp);
}

static size_t field_word(const struct field *field)
{
	size_t at = field->cursor;

	while (at > 0 && field->text[at - 1] == ' ')
		at--;
	while (at > 0 && field->text[at - 1] != ' ')
		at--;
	return at;
}

bool field_key(struct field *field, uint32_t key)
{
	switch (key) {
	case TERM_LEFT:
		field->cursor = field_before(field);
		return true;
	case TERM_RIGHT:
		field->cursor = field_after(field);
		return true;
	case TERM_HOME:
	case TERM_CONTROL('A'):
		field->cursor = 0;
		return true;
	case TERM_END:
	case TERM_CONTROL('E'):
		field->cursor = field->len;
		return true;
	case TERM_BACKSPACE:
		field_remove(field, field_before(field), field->cursor);
		return true;
	case TERM_DELETE:
		field_remove(field, field->cursor, field_after(field));
		return true;
	case TERM_CONTROL('U'):
		field_remove(field, 0, field->cursor);
		return true;
	case TERM_CONTROL('K'):
		field_remove(field, field->cursor, field->len);
		return true;
	case TERM_CONTROL('W'):
		field_remove(field, field_word(field), field->cursor);
		return true;
	default:
		break;
	}
	if (key < ' ' || key == 0x7f || (key >= 0x80 && key < 0xa0) || key >= TERM_UP)
		return false;
	field_insert(field, key);
	return true;
}

void field_set(struct field *field, const char *text)
{
	field_clear(field);
	for (size_t step; *text != '\0'; text += step) {
		uint32_t cp;

		step = scan_decode(text, &cp);
		field_insert(field, cp == '\n' ? ' ' : cp);
	}
}
