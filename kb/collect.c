/* SPDX-License-Identifier: ISC */
/* Which files to read: paths given, folders walked, the whole sorted, each file once. */
#include "collect.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xalloc.h"

/* A file found; device and number tell whether it is the same as another. */
struct found {
	char *path;
	dev_t device;
	ino_t number;
};

/* Folders wait here until their turn comes; nothing recurses. */
struct walk {
	const struct exclusion *exclusion; /* or NULL */
	size_t given; /* length of the path given, with the slash behind it */
	struct found *files;
	size_t nfiles, files_cap;
	char **folders;
	size_t nfolders, folders_cap;
};

static bool collect_is_article(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcasecmp(dot, ".txt") == 0 || strcasecmp(dot, ".md") == 0);
}

static void walk_add_file(struct walk *walk, char *path, const struct stat *status)
{
	walk->files =
	    xgrow(walk->files, walk->nfiles, &walk->files_cap, sizeof *walk->files);
	walk->files[walk->nfiles++] = (struct found){
	    .path = path, .device = status->st_dev, .number = status->st_ino};
}

static void walk_add_folder(struct walk *walk, char *path)
{
	walk->folders =
	    xgrow(walk->folders, walk->nfolders, &walk->folders_cap, sizeof *walk->folders);
	walk->folders[walk->nfolders++] = path;
}

static bool walk_excludes(const struct walk *walk, const char *path, const char *name)
{
	const struct exclusion *x = walk->exclusion;

	for (size_t i = 0; x != NULL && i < x->n; i++) {
		bool whole = strchr(x->globs[i], '/') != NULL;

		if (fnmatch(x->globs[i], whole ? path + walk->given : name,
			whole ? FNM_PATHNAME : 0) == 0)
			return true;
	}
	return false;
}

/*
 * An entry of a folder. What cannot be looked at any more, and a link that leads nowhere,
 * stays: whoever reads it will say so.
 */
static void walk_add_entry(struct walk *walk, const char *folder, const char *name)
{
	const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
	char *path = xasprintf("%s%s%s", folder, slash, name);
	struct stat status = {.st_ino = 0}, target;

	if (walk_excludes(walk, path, name)) {
		free(path);
		return;
	}
	if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
		walk_add_folder(walk, path);
		return;
	}
	if (S_ISLNK(status.st_mode) && stat(path, &target) == 0)
		status = target;
	if (collect_is_article(name) && !S_ISDIR(status.st_mode))
		walk_add_file(walk, path, &status);
	else
		free(path);
}

static int walk_folder(struct walk *walk, const char *folder, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int rc = 0;

	if (!dir)
		return err_sys(err, ERR_OPEN, "cannot open %s", folder);
	for (errno = 0; (entry = readdir(dir)); errno = 0)
		if (entry->d_name[0] != '.')
			walk_add_entry(walk, folder, entry->d_name);
	if (errno)
		rc = err_sys(err, ERR_OPEN, "cannot read %s", folder);
	closedir(dir);
	return rc;
}

static int walk_path(struct walk *walk, const char *path, struct err *err)
{
	size_t before = walk->nfiles;
	struct stat status;

	if (stat(path, &status) < 0 || access(path, R_OK) < 0)
		return err_sys(err, ERR_OPEN, "cannot open %s", path);
	if (!S_ISDIR(status.st_mode)) {
		walk_add_file(walk, xstrdup(path), &status);
		return 0;
	}
	walk->given = strlen(path) + (path[strlen(path) - 1] != '/');
	walk_add_folder(walk, xstrdup(path));
	while (walk->nfolders > 0) {
		char *folder = walk->folders[--walk->nfolders];
		int rc = walk_folder(walk, folder, err);

		free(folder);
		if (rc < 0)
			return rc;
	}
	if (walk->nfiles == before)
		return err_set(err, ERR_OPEN, "no article file (*.txt, *.md) in %s", path);
	return 0;
}

static void walk_fini(struct walk *walk)
{
	size_t i;

	for (i = 0; i < walk->nfiles; i++)
		free(walk->files[i].path);
	for (i = 0; i < walk->nfolders; i++)
		free(walk->folders[i]);
	free(walk->files);
	free(walk->folders);
}

static int found_compare_path(const void *left, const void *right)
{
	const struct found *a = left, *b = right;

	return strcmp(a->path, b->path);
}

/* By file, and within one file by path, so that the first of its paths is kept. */
static int found_compare_file(const void *left, const void *right)
{
	const struct found *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return found_compare_path(a, b);
}

static void walk_drop_repeated(struct walk *walk)
{
	size_t i, kept = 0;

	qsort(walk->files, walk->nfiles, sizeof *walk->files, found_compare_file);
	for (i = 0; i < walk->nfiles; i++) {
		const struct found *last = kept ? &walk->files[kept - 1] : NULL;
		struct found *file = &walk->files[i];

		if (last && last->device == file->device && last->number == file->number)
			free(file->path);
		else
			walk->files[kept++] = *file;
	}
	walk->nfiles = kept;
}

int collect_paths(struct collection *collection, char *const paths[], size_t npaths,
    const struct exclusion *exclusion, struct err *err)
{
	struct walk walk = {.exclusion = exclusion};
	size_t i;
	int rc = 0;

	*collection = (struct collection){.paths = NULL};
	for (i = 0; i < npaths && rc == 0; i++)
		rc = walk_path(&walk, paths[i], err);
	if (rc == 0 && walk.nfiles > 0) {
		walk_drop_repeated(&walk);
		qsort(walk.files, walk.nfiles, sizeof *walk.files, found_compare_path);
		collection->paths = xcalloc(walk.nfiles, sizeof *collection->paths);
		for (i = 0; i < walk.nfiles; i++) {
			collection->paths[i] = walk.files[i].path;
			walk.files[i].path = NULL;
		}
		collection->n = walk.nfiles;
	}
	walk_fini(&walk);
	return rc;
}

void collect_fini(struct collection *collection)
{
	size_t i;

	for (i = 0; i < collection->n; i++)
		free(collection->paths[i]);
	free(collection->paths);
	*collection = (struct collection){.paths = NULL};
}
