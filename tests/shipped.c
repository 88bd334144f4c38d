/* SPDX-License-Identifier: ISC */
#include "shipped.h"

#include <stdio.h>
#include <stdlib.h>

struct knowledge *shipped_open(void)
{
	const char *path = getenv("KBW");
	struct err err = {0};
	struct knowledge *k = knowledge_open(path != NULL ? path : "exchange.kbw", &err);

	if (k == NULL)
		fprintf(stderr, "%s\n", err_text(&err));
	err_fini(&err);
	return k;
}
