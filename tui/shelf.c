/* SPDX-License-Identifier: ISC */
/* Finding and opening knowledge files. */

#include "shelf.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../kb/xalloc.h"

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int is_knowledge_file(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > 4 &&
	       strcmp(entry->d_name + len - 4, ".kbw") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Takes the path over. -1 and err if the file cannot be used; it is on the shelf even so. */
static int shelf_add(struct shelf *shelf, char *path, struct err *err)
{
	struct book *book;

	shelf->list = xrealloc_array(shelf->list, shelf->n + 1, sizeof *shelf->list);
	book = &shelf->list[shelf->n++];
	*book = (struct book){.path = path, .knowledge = knowledge_open(path, err)};
	if (book->knowledge != NULL)
		return 0;
	book->why = xstrdup(err_text(err));
	return -1;
}

static int shelf_open_folder(struct shelf *shelf, const char *folder, struct err *err)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_knowledge_file, by_name);
	int result = -1;

	if (n == -1)
		return err_sys(err, ERR_OPEN, "cannot read the folder %s", folder);
	if (n == 0)
		err_set(err, ERR_OPEN, "there is no knowledge file (*.kbw) in %s", folder);
	for (int i = 0; i < n; i++) {
		if (shelf_add(shelf, xasprintf("%s/%s", folder, entries[i]->d_name), err) ==
		    0)
			result = 0;
		free(entries[i]);
	}
	free(entries);
	if (result == 0)
		err_fini(err);
	return result;
}

int shelf_open(struct shelf *shelf, const char *path, struct err *err)
{
	int result;

	*shelf = (struct shelf){0};
	result = is_folder(path) ? shelf_open_folder(shelf, path, err)
				 : shelf_add(shelf, xstrdup(path), err);
	if (result == -1)
		shelf_close(shelf);
	return result;
}

struct knowledge *shelf_find(
    const struct shelf *shelf, const char *name, const char *fingerprint)
{
	struct knowledge *named = NULL;

	for (size_t i = 0; i < shelf->n; i++) {
		struct knowledge *one = shelf->list[i].knowledge;

		if (one == NULL)
			continue;
		if (strcmp(knowledge_fingerprint(one), fingerprint) == 0)
			return one;
		if (named == NULL && strcmp(knowledge_name(one), name) == 0)
			named = one;
	}
	return named;
}

struct knowledge *shelf_first(const struct shelf *shelf)
{
	size_t i = 0;

	while (shelf->list[i].knowledge == NULL)
		i++;
	return shelf->list[i].knowledge;
}

void shelf_close(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->n; i++) {
		knowledge_close(shelf->list[i].knowledge);
		free(shelf->list[i].path);
		free(shelf->list[i].why);
	}
	free(shelf->list);
	*shelf = (struct shelf){0};
}
