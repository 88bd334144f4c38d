/* SPDX-License-Identifier: ISC */
/*
 * The main of a fuzzing target where there is no libFuzzer: each file named on the command
 * line, and each file of a folder named there, is one input. Ends early by a finding only.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../kb/xalloc.h"
#include "fuzz.h"

static size_t ninputs;

static void replay_file(const char *path)
{
	FILE *in = fopen(path, "rb");
	uint8_t *bytes = NULL;
	size_t n = 0, cap = 0;
	int c;

	if (in == NULL) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
	while ((c = getc(in)) != EOF) {
		bytes = xgrow(bytes, n, &cap, 1);
		bytes[n++] = (uint8_t)c;
	}
	fclose(in);
	fprintf(stderr, "%s\n", path); /* the last line names the file that ended us */
	LLVMFuzzerTestOneInput(bytes, n);
	ninputs++;
	free(bytes);
}

static void replay_path(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (dir == NULL) {
		replay_file(path);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		char *file;

		if (entry->d_name[0] == '.')
			continue;
		file = xasprintf("%s/%s", path, entry->d_name);
		replay_file(file);
		free(file);
	}
	closedir(dir);
}

int main(int argc, char *argv[])
{
	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		replay_path(argv[i]);
	printf("%zu inputs\n", ninputs);
	return ninputs > 0 ? 0 : 1;
}
