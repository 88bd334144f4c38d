/* SPDX-License-Identifier: ISC */
/*
 * The standard descriptors. Both programs begin with this: where standard input, output or
 * error is closed, the next file that is opened would get its number, and be read as what a
 * person types or be written over with messages.
 */
#ifndef DECISION_DESCRIPTORS_H
#define DECISION_DESCRIPTORS_H

/* Whichever of the three is closed gets something that can neither be read nor written. */
void descriptors_keep(void);

#endif
