# SPDX-License-Identifier: ISC
# Line mode: transcripts/NAME.in typed into the real binary says transcripts/NAME.out. The
# first line of NAME.in that begins with '#' may give options: "# options: --phone".
# REGEN=1 renews the transcripts.
. "${srcdir:-.}/tests/lib.sh"

transcripts=$srcdir/tests/transcripts

for in in "$transcripts"/*.in; do
	name=$(basename "$in" .in)
	options=$(sed -n '1s/^# options: //p' "$in")
	sed '/^#/d' "$in" >"$scratch/in"
	# shellcheck disable=SC2086
	"$KBWIZARD" -k "$KBW" --line $options <"$scratch/in" >"$scratch/$name.out" 2>&1
	echo "[exit $?]" >>"$scratch/$name.out"
	same "$name" "$transcripts/$name.out" "$scratch/$name.out"
done

# The same without --line: what is no terminal gets lines.
printf 'quit\n' | "$KBWIZARD" -k "$KBW" >"$scratch/pipe" 2>&1
check "lines where output is no terminal" grep -q 'What do you see' "$scratch/pipe"

# Nothing but text: no escape sequence, no control character but the line end.
cat "$scratch"/*.out | LC_ALL=C tr -d '\n\040-\176\200-\377' >"$scratch/controls"
empty "no control character in any transcript" "$scratch/controls"

"$KBWIZARD" -k "$KBW" --line </dev/null >/dev/null 2>&1
check "input closed at once ends with status 0" test $? -eq 0

"$KBWIZARD" -k "$KBW" --line </dev/null >/dev/full 2>"$scratch/full"
check "output that cannot be written is status 74" test $? -eq 74

"$KBWIZARD" -k "$scratch/none.kbw" --line </dev/null >/dev/null 2>"$scratch/none"
check "a missing knowledge file is status 66" test $? -eq 66
check "and the message names it" grep -q 'none\.kbw' "$scratch/none"

# A folder of knowledge files: one is chosen, and what cannot be used says why.
mkdir "$scratch/shelf"
cp "$KBW" "$scratch/shelf/one.kbw"
"$KBC" build -o "$scratch/shelf/two.kbw" "$srcdir/kb/articles/Q314588.txt" >/dev/null
head -c 3000 "$KBW" >"$scratch/shelf/worn.kbw"
chosen() {
	printf '%s\n' "$@" | "$KBWIZARD" -k "$scratch/shelf" --line >"$scratch/chosen"
}
chosen 7 2 quit
check "of several knowledge files one is chosen" grep -q '^1 article to advise from' \
	"$scratch/chosen"
check "a number that is none of them is refused" grep -q 'picks one of these' "$scratch/chosen"
chosen 3
check "a damaged one says so when it is chosen" grep -q 'damaged' "$scratch/chosen"
check "input that ends before the choice ends with status 0" chosen

check_done
