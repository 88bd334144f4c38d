/* SPDX-License-Identifier: ISC */
/*
 * The tree as one run of bytes with a checksum, the same on every machine. Used by
 * knowledge_write.c and knowledge.c.
 */
#ifndef DECISION_TREE_PACK_H
#define DECISION_TREE_PACK_H

#include "tree.h"

/* The caller frees it. */
unsigned char *tree_pack(const struct tree *, size_t *len);
/*
 * NULL and err (ERR_DATA) unless the bytes are whole, their checksum right, the nodes in
 * depth-first order, no path longer than there are questions, and every index one of
 * `questions` and of `narticles` articles.
 */
struct tree *tree_unpack(const unsigned char *, size_t len, const struct questions *,
    uint32_t narticles, struct err *);

#endif
