/* SPDX-License-Identifier: ISC */
/*
 * Strings from the knowledge file are clean UTF-8; those of the caller may be anything, and
 * jansson escapes only the controls of ASCII.
 */

#include "json_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../kb/scan.h"

json_t *json_text(const char *text)
{
	json_t *j;
	char *clean;

	if (text == NULL)
		return json_null();
	clean = scan_clean(text, strlen(text));
	j = json_string(clean);
	free(clean);
	return j;
}

json_t *json_probability(double p)
{
	return json_real(round(p * 1e6) / 1e6);
}

json_t *json_time(int64_t time)
{
	char text[64] = "";
	time_t seconds = (time_t)(time / 1000);
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL ||
	    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(text);
}
