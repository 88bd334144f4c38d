/* SPDX-License-Identifier: ISC */
/*
 * What differs between two knowledge files: kbc_diff.c prints it, kbc_diff_find.c and
 * kbc_diff_paths.c find it, kbc_json.c writes its JSON. Nobody else includes this.
 */
#ifndef DECISION_KBC_DIFF_H
#define DECISION_KBC_DIFF_H

#include "kbc.h"

#define CHANGE_KIND_LIST(X)                                                                \
	X(MOVED, "moved") /* the same answers end in `now` */                              \
	X(LONGER, "longer") /* they do not suffice: `now` is asked */                      \
	X(UNREACHABLE, "unreachable") /* the tree advised it and does not any more */      \
	X(INDISTINGUISHABLE, "indistinguishable") /* by any question, from article `now` */

enum change_kind {
#define X(kind, name) CHANGE_##kind,
	CHANGE_KIND_LIST(X)
#undef X
	    CHANGE_NKINDS
};

/* What became of an article of the old file that the new one has as well. */
struct change {
	enum change_kind kind;
	char *article;
	char *now; /* an article, "none of them", or the key of a question; or NULL */
	double
	    probability; /* of the old paths to it that changed so; 0 where no path is meant */
	size_t paths;
	char *example; /* answers of the likeliest of them, or NULL */
	double likeliest;
};

struct strings {
	char **list;
	size_t n, cap;
};

struct diff {
	struct strings articles_new, articles_gone; /* identifiers */
	struct strings questions_new, questions_gone; /* keys, and question=answer */
	struct change *changes; /* by kind; paths by how often they are taken */
	size_t nchanges, cap;
};

/* One of the two files, read. */
struct side {
	struct knowledge *k;
	const struct questions *questions;
	const struct casetable *table;
	const struct tree *tree;
	struct classes classes;
	char **ids; /* [articles] */
};

/* -1 and err when a knowledge file cannot be read. */
int side_read(struct side *, struct err *);
void side_fini(struct side *);

int diff_find(struct diff *, const struct side *old, const struct side *new, struct err *);
/*
 * The part of it that follows the old paths through the new file; news[] is the new number of
 * every old article, or DIFF_NOBODY.
 */
#define DIFF_NOBODY UINT32_MAX
int diff_find_paths(struct diff *, const struct side *old, const struct side *new,
    const uint32_t *news, struct err *);
void diff_fini(struct diff *);
bool diff_is_empty(const struct diff *);

/* The change of that kind, article and `now` (may be NULL), made if there is none. */
struct change *diff_change(
    struct diff *, enum change_kind, const char *article, const char *now);

const char *change_kind_name(enum change_kind);
void kbc_json_diff(
    FILE *, const struct diff *, const struct side *old, const struct side *new);

#endif
