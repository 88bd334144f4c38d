#!/bin/sh
# SPDX-License-Identifier: ISC
# The manuals: clean mdoc, and they name what the programs have.
. "${srcdir:-.}/tests/lib.sh"

command -v mandoc >/dev/null || {
	skip manuals 'mandoc is missing'
	# Every message to authors, with its level, is explained in one of the manuals for them.
tr '\n' ' ' <"$srcdir/kb/diag.h" | grep -oE 'X\([A-Z_]+, [A-Z]+,[^"]*"[^"]*"\)' |
	sed -E 's/X\([A-Z_]+, ([A-Z]+),[^"]*"(.*)"\)/\1: \2/' >"$scratch/messages"
explained() {
	grep -qiF -e "$1" "$srcdir/kb/kb-article.5" "$srcdir/kb/kb-questions.5"
}
check "there are messages" test "$(wc -l <"$scratch/messages")" -gt 30
while IFS= read -r message; do
	check "$message" explained "$message"
done <"$scratch/messages"

check_done
}

for page in decision/kbc.1 decision/kbcases.5 decision/kbw.5 kb/kb-article.5 kb/kb-questions.5 tui/kbwizard.1; do
	check "$page is clean" mandoc -Tlint -Wwarning "$srcdir/$page"
	check "$page refers to pages that are there" sh -c '
		grep "^\.Xr kb" "$1" | while read -r macro name section rest; do
			ls "$2"/*/"$name.$section" >/dev/null || exit 1
		done' sh "$srcdir/$page" "$srcdir"
done

# names PAGE WORD...: the page, as people read it, has every word
names() {
	mandoc -Tutf8 -O width=1000 "$srcdir/$1" | sed "s/.$(printf '\b')//g" >"$scratch/page"
	page=$1
	shift
	for word; do
		check "$page names $word" grep -qF -e "$word" "$scratch/page"
	done
}

names decision/kbc.1 build show tree stats diff lint new --json --simulate --seed --callers --format --summary --verify --strict \
	-q -c -o
names kb/kb-article.5 applies-to keywords permalink
names tui/kbwizard.1 diagnose resume cases hand-over escalate close note purge --older-than \
	--internal --escalation --copy --force set-clipboard -k --line --text --answer --shortlist --json KBWIZARD_KB NO_COLOR

check_done
