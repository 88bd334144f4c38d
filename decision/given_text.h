/* SPDX-License-Identifier: ISC */
/*
 * One answer of a session as one line of text, for the case log and for exported cases. It
 * names questions and answers by their keys and articles by their identifiers, so that it
 * can be read with another knowledge file than it was written with; what that file does not
 * have is said.
 *
 *	answer question=exchange-version value=5.5 said=5.5 step=3
 *
 * The first word is the kind; then come members, in this order, where they are not empty:
 * question, value, said, slip, among, articles, entry, step, and the words `text` (it was
 * understood in free text) and `confirmed`. In values a blank, a control character, `%` and
 * `,` of a list are `%XX`, so that a line has no blank but those between members.
 */
#ifndef DECISION_GIVEN_TEXT_H
#define DECISION_GIVEN_TEXT_H

#include "session.h"

/* NULL and err where an article's identifier cannot be read. The caller frees it. */
char *given_write(const struct session *, const struct given *, struct err *);

/*
 * 1: *given, to be freed with given_fini; 0: it does not fit this knowledge or is no such
 * line, and *why (the caller frees it) says so in a sentence without a stop; -1 and err.
 */
int given_read(
    const struct session *, const char *line, struct given *, char **why, struct err *);

/* The text of a value in that form, and back; NULL if it is none. The caller frees them. */
char *given_encode(const char *value);
char *given_decode(const char *text, size_t len);

#endif
