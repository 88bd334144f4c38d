/* SPDX-License-Identifier: ISC */
/*
 * Writing a knowledge file, one article at a time, so that memory does not grow with them.
 * The file is made beside its target and renamed over it at the end; until then the target
 * is untouched, and a writer that is freed early leaves nothing behind. Equal calls give
 * equal bytes. Used by kbc. The schema is in kbw(5); the reader is knowledge.h.
 */
#ifndef DECISION_KNOWLEDGE_WRITE_H
#define DECISION_KNOWLEDGE_WRITE_H

#include "advice.h"
#include "casetable.h"
#include "tree.h"

struct knowledge_writer;

struct knowledge_writer *knowledge_writer_new(
    const char *path, const struct questions *, struct err *);

/* Articles are numbered from 0 in the order added. The signature is words_signature's. */
int knowledge_writer_add(struct knowledge_writer *, const struct article *,
    const struct facts *, const struct advices *, const char *signature, struct err *);

/* One value of an open question: its id in the case table. */
int knowledge_writer_value(struct knowledge_writer *, size_t question, uint32_t id,
    const char *value, struct err *);

/* Writes table and tree, checks, renames. -1 and err leave the old file as it was. */
int knowledge_writer_finish(
    struct knowledge_writer *, const struct casetable *, const struct tree *, struct err *);

/* Frees the writer; unless finished, removes what it wrote. NULL is fine. */
void knowledge_writer_free(struct knowledge_writer *);

#endif
