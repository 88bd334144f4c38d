/* SPDX-License-Identifier: ISC */
/*
 * What kbc lint finds out beyond what reading reports: of articles among each other, of the
 * questions file, and in sum. Used by kbc_lint.c only.
 */
#ifndef DECISION_KBC_LINT_H
#define DECISION_KBC_LINT_H

#include "kbc.h"

/* kbc_lint_articles.c: one article, and what several say of each other. */
struct lint_articles;

struct lint_articles *lint_articles_new(void);
void lint_articles_free(struct lint_articles *);
/* Reports what can be said of it now; `path` is its file. */
void lint_articles_add(
    struct lint_articles *, const struct understanding *, const char *path, struct diag *);
/* Reports references that lead nowhere. */
void lint_articles_end(const struct lint_articles *, struct diag *);

/* kbc_lint_questions.c: answers and patterns of a questions file that no article needs. */
struct lint_questions;

/* NULL and err if a pattern does not compile. */
struct lint_questions *lint_questions_new(const struct questions *, struct err *);
void lint_questions_free(struct lint_questions *);
void lint_questions_add(struct lint_questions *, const struct understanding *);
/* Reports by the lines of the file at `path`. -1 and err if it cannot be read again. */
int lint_questions_end(
    const struct lint_questions *, const char *path, struct diag *, struct err *);

/* kbc_lint_summary.c: how much was understood. */
struct lint_summary;

struct lint_summary *lint_summary_new(const struct questions *);
void lint_summary_free(struct lint_summary *);
void lint_summary_add(struct lint_summary *, const struct understanding *);
/* The errors of diag say which files were of no use at all. */
void lint_summary_print(FILE *, struct lint_summary *, const struct diag *);

/* "symptoms, status": the sections with text that could tell or advise something. */
char *lint_sections(const struct article *);

#endif
