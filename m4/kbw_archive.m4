# SPDX-License-Identifier: ISC
# KBW_ARCHIVE(VARIABLE, FUNCTION, LIBRARIES...): takes a library from its archive if it can be
# linked like that. To load and bind the small libraries takes as long as all the rest of the
# start of the wizard. LIBRARIES are tried from left to right; where none does, and with
# --disable-archives, VARIABLE_LIBS stays what pkg-config said.
AC_DEFUN([KBW_ARCHIVE],
[AC_ARG_ENABLE([archives],
	[AS_HELP_STRING([--disable-archives], [use shared libraries even where there are archives of them])])
AC_MSG_CHECKING([for an archive that has $2])
kbw_archive=no kbw_save_LIBS=$LIBS
for kbw_try in m4_foreach([kbw_libraries], [m4_shift2($@)], ["kbw_libraries" ]); do
	AS_IF([test "$enable_archives" != no && test "$kbw_archive" = no],
		[LIBS="$kbw_try $kbw_save_LIBS"
		AC_LINK_IFELSE([AC_LANG_CALL([], [$2])],
			[kbw_archive=yes $1_LIBS=$kbw_try])])
done
LIBS=$kbw_save_LIBS
AC_MSG_RESULT([$kbw_archive])])
