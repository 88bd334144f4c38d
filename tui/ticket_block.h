/* SPDX-License-Identifier: ISC */
/*
 * The end of an exported case: what it takes to go on with it on another machine, as words
 * that survive a ticket system. Written by ticket.c, read by resume.c.
 *
 *	kbwizard-case-begin 1
 *	case name=2026-00042 agent=anna caller=Mr%20Smith knowledge=... fingerprint=... ;
 *	answer question=exchange-version value=5.5 said=5.5 step=3 ;
 *	kbwizard-case-end 2 0123456789abcdef
 *
 * Only words count: a statement ends with a word ";", whatever lines it stands on, and a
 * word that ends in "~" goes on in the next. The words have no characters but letters,
 * figures and "=%,.-~;", so that neither a character set nor a markup changes them. Behind
 * the last line's name stand the number of statements and a checksum of their words.
 *
 * A reader passes over quotation marks before a word (">", "|"), line ends, blanks of any
 * kind and characters that show nothing, and takes long dashes for the short ones they were.
 * The last block of a text counts: earlier ones may be quoted in a note.
 */
#ifndef TUI_TICKET_BLOCK_H
#define TUI_TICKET_BLOCK_H

#include <stdio.h>

#include "../decision/caserecord.h"
#include "../kb/err.h"

#define TICKET_COLUMNS 72 /* of a ticket in plain text, the block included */

void ticket_block_write(FILE *, const struct case_head *, const struct answer_lines *);

/*
 * Name, agent, caller, contact, reference, knowledge, fingerprint and phone of the head, and
 * the answers. -1 and err (ERR_DATA; the sentence names `source`) where the text holds no
 * block, or one that was cut, changed, or written by a newer program; nothing is due then.
 */
int ticket_block_read(struct case_head *, struct answer_lines *, const char *text,
    const char *source, struct err *);

#endif
