# SPDX-License-Identifier: ISC
# What every shell test begins with:  . "${srcdir:-.}/tests/lib.sh"
# One line is printed a case: "ok NAME", "not ok NAME" or "skip NAME: why"; whatever else a
# test prints is indented. tests/tally counts those lines. A test ends with check_done.

srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
scratch=$(mktemp -d) || exit 99
XDG_STATE_HOME=$scratch/state # cases go there
export XDG_STATE_HOME
unset KBWIZARD_CASES KBWIZARD_AGENT KBWIZARD_RESTRICTED
trap 'rm -rf "$scratch"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cases=0 failures=0 skips=0

ok() {
	cases=$((cases + 1))
	echo "ok $1"
}

# not_ok NAME [FILE]: FILE holds what was seen
not_ok() {
	cases=$((cases + 1)) failures=$((failures + 1))
	echo "not ok $1"
	[ $# -lt 2 ] || sed 's/^/    /' "$2"
}

# skip NAME WHY
skip() {
	cases=$((cases + 1)) skips=$((skips + 1))
	echo "skip $1: $2"
}

# check NAME COMMAND...: the command succeeds
check() {
	check_name=$1
	shift
	if "$@" >"$scratch/check.out" 2>&1 </dev/null; then
		ok "$check_name"
	else
		not_ok "$check_name" "$scratch/check.out"
	fi
}

# same NAME EXPECTED ACTUAL: two files are equal; with REGEN=1 EXPECTED becomes ACTUAL
same() {
	if [ "${REGEN-}" = 1 ]; then
		cp "$3" "$2"
	fi
	check "$1" diff -u "$2" "$3"
}

# empty NAME FILE: nothing was found; the lines of the file say what was
empty() {
	if [ -s "$2" ]; then
		not_ok "$1" "$2"
	else
		ok "$1"
	fi
}

# ends STATUS WORDS COMMAND...: that exit status, and the words on either output
ends() {
	wanted=$1 words=$2
	shift 2
	"$@" </dev/null >"$scratch/said" 2>&1
	status=$?
	if [ "$status" -ne "$wanted" ] || ! grep -qF -e "$words" "$scratch/said"; then
		echo "exit status $status (wanted $wanted); said:"
		cat "$scratch/said"
		return 1
	fi
}

# Exit status as automake wants it: 0 passed, 1 failed, 77 skipped, 99 nothing was tried.
check_done() {
	[ "$cases" -gt 0 ] || exit 99
	[ "$failures" -eq 0 ] || exit 1
	[ "$skips" -lt "$cases" ] || exit 77
	exit 0
}
