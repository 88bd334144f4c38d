/* SPDX-License-Identifier: ISC */
/*
 * The certificate of a case table and its tree: how many questions are needed at least, how
 * many the policy takes, and which articles no question tells apart. `kbc stats` prints it.
 * The essay in certify.c says what each figure means and which of them are proofs.
 */
#ifndef DECISION_CERTIFY_H
#define DECISION_CERTIFY_H

#include "optimum.h"
#include "tree.h"

/* The tree is cut at so many questions where it is compared with the best order. */
#define CERTIFY_CUT 6

/* Articles whose rows are equal, but for their signs. */
struct classes {
	uint32_t *article; /* [narticles] by class, ascending in each */
	uint32_t *first; /* [n + 1] where each class begins */
	uint32_t n;
};

/*
 * What the leaves of a tree distinguish: advice of each class, none of them, and each class
 * that was likeliest where the tree ends before a decision, or a session leaves it. The
 * caller frees *probabilities; returns how many there are.
 */
size_t certify_leaves(const struct tree *, const struct classes *, double **probabilities);

/* What a session that ends at each node ended in, of `noutcomes`. */
struct certify_ends {
	const struct casetable *table;
	const struct questions *questions;
	const struct tree *tree; /* of them */
	const size_t *outcome; /* by node */
	size_t noutcomes;
};
/*
 * Bits of the article, or none of them, that stay open where a session ends, and where only
 * the outcome is known (certify_told.c). False where it would take too much memory.
 */
bool certify_telling(const struct certify_ends *, double *ends_open, double *outcomes_open);

void classes_find(struct classes *, const struct casetable *, const struct questions *);
void classes_fini(struct classes *);
/* The class of every article; the caller frees it. */
uint32_t *classes_of_articles(const struct classes *);

/*
 * The least expected depth of a tree of n leaves with these probabilities (which it sorts)
 * that branches k > 1 ways.
 */
double huffman_depth(double *probabilities, size_t n, unsigned k);

struct huffman {
	unsigned k;
	double questions;
};
#define CERTIFY_HUFFMANS 3

struct certificate {
	struct classes classes;
	double entropy; /* of the articles and none of them, bits */
	double class_entropy; /* of the classes and none of them */
	struct huffman huffman[CERTIFY_HUFFMANS]; /* over them: k = 2, 2^g, most answers */
	double told; /* bits that the tree tells */
	double followed; /* share of sessions that the stored tree leads to an end */
	size_t outcomes; /* that its leaves distinguish */
	double outcome_entropy; /* of them, bits */
	/* The entropy of its paths, and of that: told of the article; not known, at least. */
	double path, path_told, path_unknown;
	bool telling; /* the next two are known */
	double outcome_told; /* bits that the outcomes tell of the article */
	double least_told; /* questions of any tree that tells as much, each as telling */
	double ceiling; /* bits that every question but the signs can tell together */
	double ways; /* it branches so many ways: 2 to the mean entropy of its answers */
	double
	    least; /* questions of any tree of these outcomes that branches no more ways */
	struct huffman outcome_huffman; /* over them, with k = ways rounded up */
	struct worth worths[QUESTION_MAX]; /* at the start, best first */
	size_t nworths;
	/* The tree cut at CERTIFY_CUT questions that cost one each. */
	struct optimum policy, greedy, best, freely; /* freely: signs at any time */
	/* Greedy choice on the whole tree: the tree's own where there is no other policy. */
	double greedy_questions, greedy_minutes;
};

/* The tree must be that of the table. */
void certify(struct certificate *, const struct casetable *, const struct questions *,
    const struct tree *);
void certificate_fini(struct certificate *);

#endif
