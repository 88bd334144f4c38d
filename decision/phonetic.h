/* SPDX-License-Identifier: ISC */
/*
 * Codes as they are said over the phone, so that B is not taken for D nor 5 for 9: letters by
 * the words of the international spelling alphabet (ICAO, ITU-R M.1172), figures one by one.
 * Used by whoever reads a code back to a caller and by what understands callers.
 */
#ifndef DECISION_PHONETIC_H
#define DECISION_PHONETIC_H

#include <stddef.h>

/* "0x6ba" is "zero x six bravo alpha", "-1018" "minus one zero one eight"; the caller frees it. */
char *phonetic_spell(const char *code);
/* The letter, in lower case, that the word stands for; 0 if it is none of the alphabet. */
char phonetic_letter(const char *word, size_t len);

#endif
