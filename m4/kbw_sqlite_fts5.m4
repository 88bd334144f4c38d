# SPDX-License-Identifier: ISC
# KBW_SQLITE_FTS5: stops unless the SQLite found can make a full-text index. It is asked to
# make one; where the result cannot be run (cross-compiling), it is taken on trust.
AC_DEFUN([KBW_SQLITE_FTS5],
[AC_CACHE_CHECK([whether SQLite has FTS5], [kbw_cv_sqlite_fts5],
[kbw_save_CFLAGS=$CFLAGS kbw_save_LIBS=$LIBS
CFLAGS="$CFLAGS $SQLITE_CFLAGS" LIBS="$SQLITE_LIBS $LIBS"
AC_RUN_IFELSE([AC_LANG_PROGRAM([[#include <sqlite3.h>]],
[[	sqlite3 *db;
	return sqlite3_open(":memory:", &db) != SQLITE_OK ||
	    sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(x)", 0, 0, 0) != SQLITE_OK;]])],
	[kbw_cv_sqlite_fts5=yes], [kbw_cv_sqlite_fts5=no], [kbw_cv_sqlite_fts5="taken on trust"])
CFLAGS=$kbw_save_CFLAGS LIBS=$kbw_save_LIBS])
AS_IF([test "$kbw_cv_sqlite_fts5" = no],
	[AC_MSG_ERROR([this SQLite has no full-text search (FTS5): Debian package libsqlite3-dev, Fedora package sqlite-devel have it])])])
