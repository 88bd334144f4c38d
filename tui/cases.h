/* SPDX-License-Identifier: ISC */
/*
 * `kbwizard cases`: the log of cases from outside a case. It lists, exports, hands over,
 * escalates, closes, notes and purges. Called by kbwizard.c.
 */
#ifndef TUI_CASES_H
#define TUI_CASES_H

#include "desk.h"

/*
 * argv[0] is the command's name. `knowledge` is the file or folder where no -k is given; an
 * export is told with what belongs to the case, and without it from the record alone; `named`
 * says whether a person named it. Prints to standard output, messages to standard error, and
 * returns the exit status.
 */
int cases_main(int argc, char *argv[], struct desk *, const char *knowledge, bool named);

#endif
