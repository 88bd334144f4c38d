/* SPDX-License-Identifier: ISC */
/*
 * One error, one spelling. The same error is written 0x6ba, 0x000006BA, 1722 or
 * RPC_S_SERVER_UNAVAILABLE; -1018, 0xfffffc06, fffffc06 or 4294966278. Articles and people
 * meet in the canonical form made here: a signed decimal ("1722", "-1018"), or, for what is
 * no number, the name in upper case.
 *
 * Rules, in order: a name of the symbol table gives its code; `0x` or a letter a-f makes it
 * hexadecimal; eight digits beginning with 8 are hexadecimal (80004005); other digits are
 * decimal; a 32-bit value of 2^31 or more is signed. What follows an 8-digit hexadecimal
 * number behind a '-' ("80004005-0501-00000000") is dropped.
 */
#ifndef DECISION_CODE_H
#define DECISION_CODE_H

#include <stdbool.h>
#include <stddef.h>

/* A symbolic name and the code it stands for, both as the author wrote them. */
struct symbol {
	char *name, *code;
};

/*
 * The canonical form of text[0..len), or NULL if it cannot be a code (empty, several words,
 * more than 64 bits). symbols may be NULL. The caller frees it.
 */
char *code_canonical(const char *text, size_t len, const struct symbol *, size_t nsymbols);

/*
 * A canonical code as people see it on their screens: beyond -65535 (where errors of databases
 * are told in decimal) in hexadecimal, "0x80004005". The caller frees it.
 */
char *code_shown(const char *canonical);

/* "105" for "105", "0105", "event 105" alone; NULL if there is no whole number 0..2^32-1. */
char *code_number(const char *text, size_t len);

#endif
