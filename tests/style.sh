#!/bin/sh
# SPDX-License-Identifier: ISC
# The rules of the house that a machine can see. HACKING gives the reasons.
. "${srcdir:-.}/tests/lib.sh"
cd "$srcdir" || exit 99
LC_ALL=C
export LC_ALL

find kb decision tui tests -name '*.[ch]' | sort >"$scratch/c"
grep -v '^tests/' "$scratch/c" >"$scratch/product"
{
	cat "$scratch/c"
	find tests m4 -name '*.sh' -o -name '*.m4'
	find kb decision tui -name '*.[1-9]' -o -name '*.yaml'
	ls Makefile.am configure.ac bootstrap tests/README tests/tally README HACKING NEWS COPYING
	find .ci/run 2>/dev/null
} | sort >"$scratch/text"

# Paths in the lists hold no blanks: the first rule sees to it.
in_list() {
	list=$1
	shift
	xargs grep "$@" /dev/null <"$scratch/$list"
}

# banned NAME LIST PATTERN: no line of the files matches
banned() {
	in_list "$2" -nE "$3" >"$scratch/found"
	empty "$1" "$scratch/found"
}

# Layers: kb <- decision <- tui.
grep -E '[[:space:]]' "$scratch/text" >"$scratch/found"
empty 'no blanks in file names' "$scratch/found"
grep -E '^kb/' "$scratch/product" | xargs grep -nE '#include "\.\./' >"$scratch/found"
empty 'kb includes nothing above it' "$scratch/found"
grep -E '^decision/' "$scratch/product" | xargs grep -nE '#include "\.\./' |
	grep -v '#include "\.\./kb/' >"$scratch/found"
empty 'decision includes nothing above it' "$scratch/found"
grep -E '^tui/' "$scratch/product" | xargs grep -nE '#include "\.\./' |
	grep -vE '#include "\.\./(decision/|kb/(err|scan|xalloc)\.h)' >"$scratch/found"
empty 'tui sees articles only through the knowledge file' "$scratch/found"

# A foreign library has one address.
while read -r library header allowed; do
	in_list product -nE "#include *<$header" | grep -vE "^($allowed):" >"$scratch/found"
	empty "only its own module includes $library" "$scratch/found"
done <<'END'
PCRE2 pcre2 decision/pattern\.c
SQLite sqlite3 decision/(knowledge[a-z_]*\.c|db[a-z_]*\.[ch])
libcyaml cyaml decision/(question_read\.c|curated\.c|yaml[a-z_]*\.[ch])
libyaml yaml\.h (decision/yaml[a-z_]*\.[ch]|kb/parse_front\.c)
md4c md4c kb/markdown\.c
jansson jansson (tui/(diagnose[a-z_]*|json_text|ticket_json|cases_json)\.[ch]|decision/kbc_json\.c|decision/advice_json\.[ch])
curses (n?curses|term|panel|menu|form)\.h tui/(term|draw)\.c
libedit (histedit|editline|readline) tui/edit\.c
cmocka cmocka tests/.*
END

# One file.
while read -r file; do
	[ "$(head -n 1 "$file")" = '/* SPDX-License-Identifier: ISC */' ] || echo "$file"
done <"$scratch/c" >"$scratch/found"
empty 'every C file opens with its licence' "$scratch/found"
xargs wc -l <"$scratch/c" | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }' >"$scratch/found"
empty 'no C file over 600 lines' "$scratch/found"
banned 'no blanks at the end of a line' text '[[:blank:]]$'
banned 'nothing left for later' text '(TO[D]O|FIX[M]E|(^|[^X])X[X]X([^X]|$))'
in_list product -nE '^[[:space:]]*extern ' | grep -vE '\(|const' >"$scratch/found"
empty 'only constant tables are shared between files' "$scratch/found"
find tests -name '*.sh' -o -name '*.[ch]' >"$scratch/tests"
banned 'no test waits for time to pass' tests '(^|[^a-z_])(u|nano)?sl[e]ep[ (]'

# The makefile.
{
	find kb decision tui tests -name '*.[ch]' -o -name '*.sh' -o -name '*.[1-9]'
	find kb/articles -type f
} | while read -r file; do
	grep -qE "(^|[[:space:]])$file( |$)" Makefile.am || case $file in
	tests/*.c)
		grep -qE "(^|[[:space:]])${file%.c}( |$)" Makefile.am || echo "$file" ;;
	*) echo "$file" ;;
	esac
done >"$scratch/found"
empty 'every file is in Makefile.am' "$scratch/found"

awk '/ = \\$/ { last = ""; next }
	/^\t[^[:space:]=;]+( \\)?$/ { if (last != "" && $1 <= last) print; last = $1 }' \
	Makefile.am >"$scratch/found"
empty 'lists in Makefile.am are sorted' "$scratch/found"

# $COMPILE, from the makefile, is the compiler with its options.
check 'every header compiles alone' sh -c "grep '\.h\$' '$scratch/c' |
	xargs ${COMPILE:-cc -std=c11 -D_GNU_SOURCE -Wall -Wextra} -Werror -fsyntax-only"

check_done
