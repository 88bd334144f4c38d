/* SPDX-License-Identifier: ISC */
/* What app.c (the event loop) and app_case.c (the case) share. Nobody else includes it. */
#ifndef TUI_APP_INTERNAL_H
#define TUI_APP_INTERNAL_H

#include "app.h"

/* Parks the case and forgets the session. */
void app_close(struct app *);
/* Reads what the start screen does not show: 1 if that brings something to show, 0, or -1. */
int app_prepare(struct app *);
/* Before anything is shown, what led to it is kept; that it cannot be is said. */
void app_keep(struct app *);
/* Does what is possible on every screen once there is a session; false if it is none of it. */
bool app_act_everywhere(struct app *, enum action);
/* Whether there are times to be shown that go on by themselves. */
bool app_has_clock(const struct app *);

#endif
