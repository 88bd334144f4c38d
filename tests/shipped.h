/* SPDX-License-Identifier: ISC */
/* The shipped knowledge file, opened by the tests of what a session does with it. */
#ifndef TESTS_SHIPPED_H
#define TESTS_SHIPPED_H

#include "../decision/session.h"

/* $KBW, or exchange.kbw where the test runs; NULL, and why on standard error. */
struct knowledge *shipped_open(void);

#endif
