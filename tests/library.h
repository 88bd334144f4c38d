/* SPDX-License-Identifier: ISC */
/*
 * A small knowledge base about printers, whole in every part: what knowledge_test, words_test
 * and flip write, read and damage.
 */
#ifndef TESTS_LIBRARY_H
#define TESTS_LIBRARY_H

#include "../decision/knowledge_write.h"

#define LIBRARY_ARTICLES 5

/* What knowledge_writer_add gets; do not change or free it. */
const struct questions *library_questions(void);
const struct article *library_article(uint32_t number);
const struct facts *library_facts(uint32_t number);
const struct advices *library_advices(uint32_t number);

/* Writes a knowledge file of the first n articles. */
int library_write(const char *path, uint32_t n, struct err *);

/*
 * Everything there is to read in a knowledge file, as text; NULL and err if any of it cannot
 * be read. The caller frees it.
 */
char *library_print(const char *path, struct err *);

/* A whole file; the caller frees it. A file of just these bytes. */
char *library_read(const char *path, size_t *len);
void library_put(const char *path, const void *bytes, size_t len);

/* A new name in a scratch folder of this process, and the end of the folder. */
char *library_path(const char *name);
void library_remove(void);

#endif
