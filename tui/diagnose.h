/* SPDX-License-Identifier: ISC */
/*
 * `kbwizard diagnose`: one step of the wizard as a pure function of its arguments, for
 * scripts, ticket systems and tests. Called by kbwizard.c.
 */
#ifndef TUI_DIAGNOSE_H
#define TUI_DIAGNOSE_H

/*
 * argv[0] is the command's name. `file` is the knowledge file where no -k is given. Prints
 * to standard output, messages to standard error, and returns the exit status.
 */
int diagnose_main(int argc, char *argv[], const char *file);

#endif
