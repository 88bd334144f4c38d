/* SPDX-License-Identifier: ISC */
/* What went wrong in the world, as one sentence. */
#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "xalloc.h"

/*
 * Takes `text` over. It is made clean: names of files and what a library says come from
 * outside. The old text is freed last: it may be among the arguments of the new one.
 */
static void err_replace(struct err *err, enum err_class class, char *text)
{
	char *old = err->text;

	err->class = class;
	err->text = scan_sentence(text);
	free(text);
	free(old);
}

int err_set(struct err *err, enum err_class class, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return -1;
	va_start(args, fmt);
	err_replace(err, class, xvasprintf(fmt, args));
	va_end(args);
	return -1;
}

int err_sys(struct err *err, enum err_class class, const char *fmt, ...)
{
	int number = errno;
	va_list args;
	char *what;

	if (!err)
		return -1;
	va_start(args, fmt);
	what = xvasprintf(fmt, args);
	va_end(args);
	err_replace(err, class, xasprintf("%s: %s", what, strerror(number)));
	free(what);
	return -1;
}

const char *err_text(const struct err *err)
{
	return err && err->text ? err->text : "no error";
}

void err_fini(struct err *err)
{
	if (!err)
		return;
	free(err->text);
	*err = (struct err){.class = ERR_NONE};
}
