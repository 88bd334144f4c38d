# SPDX-License-Identifier: ISC
# KBW_NEED(VARIABLE, PKG-CONFIG MODULE, DEBIAN PACKAGE, FEDORA PACKAGE)
# Sets VARIABLE_CFLAGS and VARIABLE_LIBS. What is missing is collected, so that one run of
# configure names all of it.
AC_DEFUN([KBW_NEED],
[PKG_CHECK_MODULES([$1], [$2], [],
	[kbw_missing="$kbw_missing
	$2: Debian package $3, Fedora package $4"])])

# KBW_NEED_END: stops if anything was missing.
AC_DEFUN([KBW_NEED_END],
[AS_IF([test -n "$kbw_missing"], [AC_MSG_ERROR([libraries that pkg-config does not find:$kbw_missing])])])
