# SPDX-License-Identifier: ISC
# KBW_STATIC(VARIABLE, FUNCTIONS, LIBRARIES): sets VARIABLE_LDFLAGS to what links a program with
# nothing but archives, the C library's among them, if FUNCTIONS (separated by blanks) of
# LIBRARIES can be linked like that. To load and bind shared libraries is more than half of what
# it takes to start the wizard. Where it cannot be done, and with --disable-archives, the
# variable is empty. A linker may warn that SQLite can load extensions; here it never does.
AC_DEFUN([KBW_STATIC],
[AC_MSG_CHECKING([whether a program can do without shared libraries])
kbw_static=no kbw_save_LIBS=$LIBS kbw_save_LDFLAGS=$LDFLAGS kbw_declared= kbw_called=
for kbw_try in $2; do
	kbw_declared="$kbw_declared char $kbw_try(void);"
	kbw_called="$kbw_called $kbw_try();"
done
LIBS="$3 $LIBS"
for kbw_try in '-static-pie -Wl,--no-warnings' '-static-pie' '-static'; do
	AS_IF([test "$enable_archives" != no && test "$kbw_static" = no],
		[LDFLAGS="$kbw_save_LDFLAGS $kbw_try"
		AC_LINK_IFELSE([AC_LANG_SOURCE([$kbw_declared int main(void) { $kbw_called return 0; }])],
			[kbw_static=$kbw_try $1_LDFLAGS=$kbw_try])])
done
LIBS=$kbw_save_LIBS LDFLAGS=$kbw_save_LDFLAGS
AC_MSG_RESULT([$kbw_static])])
