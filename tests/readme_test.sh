#!/bin/sh
# SPDX-License-Identifier: ISC
# The README tells the truth: its screen is the top of a golden one, its commands run.
. "${srcdir:-.}/tests/lib.sh"

readme=$srcdir/README
tab=$(printf '\t')

# The lines of the first block that is set off by a TAB, up to the caption that names a golden.
golden=$(sed -n 's/^.*(the top of \(tests\/screens\/[^)]*\)).*$/\1/p' "$readme")
sed -n "/^$tab/,/(the top of/{/(the top of/q;s/^$tab//;p;}" "$readme" >"$scratch/shown"
lines=$(wc -l <"$scratch/shown")
head -n "$lines" "$srcdir/${golden:-none}" | sed 's/[[:space:]]*$//' >"$scratch/golden"
same_screen() {
	[ "$lines" -gt 9 ] && diff -u "$scratch/golden" "$scratch/shown"
}
check "the screen is the top of $golden" same_screen

first_thirty() {
	head -n 30 "$readme" | grep -qF './bootstrap run' &&
		head -n 30 "$readme" | grep -qF './bootstrap check' &&
		head -n 30 "$readme" | grep -qF 'kbc build -o'
}
check "the two commands and how to compile stand in the first thirty lines" first_thirty

# Every kbc and kbwizard command line, with a file of ours for the reader's.
mkdir "$scratch/articles"
cp "$srcdir"/kb/articles/* "$scratch/articles"
cp "$srcdir/kb/exchange.yaml" "$scratch/questions.yaml"
cp "$srcdir/kb/curated.yaml" "$scratch/corrections.yaml"
cd "$scratch" || exit 99
sed -n "s/^$tab\(kb[cw][a-z]* [^ ].*\)/\1/p" "$readme" | sed "s/   .*//;s|~/articles|articles|g" |
	grep -v '^kbwizard -k' >"$scratch/commands"
runs() {
	kbc() { "$KBC" "$@"; }
	kbwizard() { KBWIZARD_KB=$KBW "$KBWIZARD" "$@"; }
	eval "$1"
}
while IFS= read -r command; do
	check "$command" runs "$command"
done <"$scratch/commands"
check_done
