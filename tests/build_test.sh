#!/bin/sh
# SPDX-License-Identifier: ISC
# kbc build on good and bad input: what it writes, what it says, what it leaves alone.
. "${srcdir:-.}/tests/lib.sh"

questions=$srcdir/kb/exchange.yaml
articles=$srcdir/kb/articles
out=$scratch/out.kbw

# run STATUS ARGUMENT...: kbc ends with that status; its messages are in $scratch/said
run() {
	wanted=$1
	shift
	"$KBC" "$@" >"$scratch/said" 2>&1
	status=$?
	[ "$status" -eq "$wanted" ] && return
	echo "exit status $status instead of $wanted"
	cat "$scratch/said"
	return 1
}

says() {
	grep -qF -e "$1" "$scratch/said" && return
	echo "does not say: $1"
	cat "$scratch/said"
	return 1
}

# Whatever fails, the file that was there is there still, and nothing else is.
untouched() {
	cmp "$scratch/before.kbw" "$out" && [ "$(ls -A "$scratch/target")" = "out.kbw" ]
}

# refuses STATUS WORDS ARGUMENT...: build fails so, and leaves the old file alone
refuses() {
	wanted=$1 words=$2
	shift 2
	run "$wanted" build "$@" -o "$out" && says "$words" && untouched
}

mkdir "$scratch/target"
out=$scratch/target/out.kbw
"$KBC" build -q "$questions" -o "$out" "$articles" >"$scratch/said" || exit 99
cp "$out" "$scratch/before.kbw"

article() {
	printf 'DOCUMENT:%s  01-JAN-2000  [test]\nTITLE   :%s\nPRODUCT :Test\n\n' "$1" "$2"
	printf 'SYMPTOMS\n========\n\nThe backup stops with error 1722.\n\n'
	printf 'RESOLUTION\n==========\n\n1. Start it again.\n\n'
}

check "says what it did in one line" \
	grep -qxE '5 articles, 0 faults, 13 questions, [0-9]+ tree nodes, [0-9.]+ seconds' "$scratch/said"

same_bytes() {
	"$KBC" build -q "$questions" -o "$scratch/again.kbw" "$articles" &&
		cmp "$out" "$scratch/again.kbw"
}
check "equal input gives equal bytes" same_bytes

elsewhere() {
	mkdir "$scratch/copy" && cp "$articles"/* "$scratch/copy" &&
		(cd "$scratch/copy" && "$KBC" build -q "$questions" -o "$scratch/moved.kbw" .) &&
		cmp "$out" "$scratch/moved.kbw"
}
check "the folder does not matter" elsewhere

called() {
	[ "$(sqlite3 "$1" "SELECT value FROM meta WHERE key = 'name'")" = "$2" ]
}
names() {
	mkdir "$scratch/names" "$scratch/elsewhere" &&
		article Q1 one >"$scratch/names/1.txt" &&
		article Q2 two >"$scratch/names/2.txt" &&
		article Q3 three | sed 's/:Test$/:Other/' >"$scratch/names/3.txt" &&
		cp "$scratch/names"/* "$scratch/elsewhere" &&
		"$KBC" build -o "$scratch/names.kbw" "$scratch/names" &&
		"$KBC" build -o "$scratch/same.kbw" "$scratch/elsewhere" &&
		cmp "$scratch/names.kbw" "$scratch/same.kbw" && called "$scratch/names.kbw" Test &&
		sed -i 's/:Test$/:Third/' "$scratch/names/2.txt" &&
		"$KBC" build -o "$scratch/names.kbw" "$scratch/names" &&
		called "$scratch/names.kbw" 'Any articles' &&
		"$KBC" build --name 'Our own' -o "$scratch/names.kbw" "$scratch/names" &&
		called "$scratch/names.kbw" 'Our own'
}
check "without a questions file the name is what most articles are about, or what is said" names
named() {
	"$KBC" build -q "$questions" --name Backup -o "$scratch/named.kbw" "$articles" &&
		called "$scratch/named.kbw" Backup && called "$out" 'Exchange Server backup'
}
check "a name given is another than that of the questions file" named

mixed() {
	mkdir -p "$scratch/mixed/.git" "$scratch/mixed/deep" &&
		article Q1 one >"$scratch/mixed/Q1.TXT" &&
		article Q2 two >"$scratch/mixed/deep/q2.Txt" &&
		article Q3 three >"$scratch/mixed/.Q3.txt" &&
		article Q4 four >"$scratch/mixed/.git/Q4.txt" &&
		article Q5 five >"$scratch/mixed/Q5.log" &&
		run 0 build -o "$scratch/mixed.kbw" "$scratch/mixed" && says "2 articles, 0 faults"
}
check "folders are searched for any case, dot-files are not" mixed

# Identifiers with the probability that each has before anything is asked.
priors() {
	mkdir "$scratch/weighed" && article Q1 one >"$scratch/weighed/1.txt" &&
		article Q2 two | sed '/^SYMPTOMS/,/^The backup/d' >"$scratch/weighed/2.txt" &&
		run 0 build -o "$scratch/weighed.kbw" "$scratch/weighed" &&
		"$KBWIZARD" diagnose -k "$scratch/weighed.kbw" --json >"$scratch/said" &&
		jq -e '.candidates | map({(.article): .probability}) | add |
			.Q1 / .Q2 | . > 3.99 and . < 4.01' "$scratch/said"
}
check "an article that only tells how to do a thing is wanted a quarter as often" priors

check "a missing path" refuses 1 no-such-folder "$scratch/no-such-folder"
mkdir "$scratch/bare"
check "a folder without articles" refuses 1 "$scratch/bare" "$scratch/bare"

: >"$scratch/empty.txt"
printf 'a\0b' >"$scratch/binary.txt"
printf 'TITLE   :Nobody\n\nText.\n' >"$scratch/nobody.txt"
check "an empty file" refuses 1 "empty.txt" "$scratch/empty.txt"
check "a binary file" refuses 1 "binary.txt" "$scratch/binary.txt"
check "an article without identifier" refuses 1 "nobody.txt" "$scratch/nobody.txt"

partly() {
	article Q1 one >"$scratch/good.txt"
	run 0 build -o "$scratch/partly.kbw" "$scratch/good.txt" "$scratch/empty.txt" \
		"$scratch/binary.txt" "$scratch/nobody.txt" && says "1 articles, 3 faults" &&
		says "empty.txt" && says "binary.txt" && says "nobody.txt"
}
check "bad files do not stop good ones" partly

strict() {
	refuses 1 "--strict" --strict "$scratch/good.txt" "$scratch/empty.txt" &&
		run 0 build --strict -o "$scratch/strict.kbw" "$scratch/good.txt"
}
check "strict writes nothing where there is a fault" strict

twice() {
	article Q1 other >"$scratch/zweite.txt"
	run 0 build -o "$scratch/twice.kbw" "$scratch/good.txt" "$scratch/zweite.txt" &&
		says "zweite.txt" && says "1 articles, 1 faults" &&
		"$KBC" show "$scratch/twice.kbw" Q1 | grep -q good.txt
}
check "of two articles with one identifier the first is kept" twice

unreadable() {
	mkfifo "$scratch/pipe.txt"
	run 0 build -o "$scratch/pipe.kbw" "$scratch/good.txt" "$scratch/pipe.txt" || return
	says "pipe.txt"
}
check "what is no file is not waited on" unreadable

# faulty NAME WORDS: the YAML on standard input is refused, with its name and line
faulty() {
	cat >"$scratch/$1.yaml"
	check "questions: $1" refuses 65 "$1.yaml:$2" -q "$scratch/$1.yaml" "$articles"
}
faulty wrong-key "4:" <<'YAML'
name: Test
questions:
  - key: colour
    aks: Which colour?
    kind: text
YAML
faulty wrong-type "6:" <<'YAML'
name: Test
questions:
  - key: colour
    ask: Which colour?
    kind: text
    unknown: often
YAML
faulty wrong-pattern "9:" <<'YAML'
name: Test
questions:
  - key: colour
    ask: Which colour?
    kind: choice
    answers:
      - key: red
        patterns:
          - 'red('
      - key: blue
YAML
faulty wrong-yaml "3:" <<'YAML'
name: Test
questions:
  - key: [colour
YAML
check "questions that are not there" refuses 66 no.yaml -q "$scratch/no.yaml" "$articles"

printf 'articles:\n  - id: Q1\n    why: It cannot know.\n    forget: [colour]\n' >"$scratch/curated.yaml"
curated() {
	run 0 build -q "$questions" -c "$scratch/curated.yaml" -o "$scratch/curated.kbw" \
		"$articles" && says "curated.yaml:4" && says colour && says "5 articles, 2 faults"
}
check "a curated entry that fits nothing is reported and left out" curated

full_disk() {
	(ulimit -f 8 && run 74 build -q "$questions" -o "$out" "$articles") &&
		says "$out" && untouched
}
check "a full disk" full_disk

no_folder() {
	run 74 build -q "$questions" -o "$scratch/nowhere/out.kbw" "$articles" && says nowhere
}
check "a target in no folder" no_folder

# "-o *.txt" names an input as the output: it is not overwritten.
onto_input() {
	article Q77 own >"$scratch/own.txt" && cp "$scratch/own.txt" "$scratch/own.copy" &&
		run 64 build -q "$questions" -o "$scratch/own.txt" "$scratch/own.txt" && says own.txt &&
		cmp "$scratch/own.txt" "$scratch/own.copy" && cp "$questions" "$scratch/own.yaml" &&
		run 64 build -q "$scratch/own.yaml" -o "$scratch/own.yaml" "$articles" && says own.yaml &&
		cmp "$scratch/own.yaml" "$questions"
}
check "an output that is an input" onto_input

# Enough text to be in the middle of when the file being written shows up.
many() {
	mkdir "$scratch/many" || return
	for i in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
		article "Q$i" "number $i" >"$scratch/many/Q$i.txt"
		awk 'BEGIN { for (i = 0; i < 2000; i++) print "The server is slow today.\n" }' \
			>>"$scratch/many/Q$i.txt"
	done
}
many

# A build in the background that has begun to write.
begin() {
	"$KBC" build -q "$questions" -o "$scratch/stopped/out.kbw" "$scratch/many" &
	build=$!
	while [ -z "$(ls -A "$scratch/stopped")" ] && kill -0 "$build"; do :; done
}

interrupted() {
	mkdir "$scratch/stopped" && begin && kill -TERM "$build"
	wait "$build"
	status=$?
	ls -A "$scratch/stopped"
	[ -z "$(ls -A "$scratch/stopped")" ] && [ "$status" -eq 143 ]
}
check "an interrupted build leaves nothing behind" interrupted

# Neither the end of a build that could not clean up, nor a build under way, is in the way.
killed() {
	begin && kill -KILL "$build"
	wait "$build"
	[ -n "$(ls -A "$scratch/stopped")" ] || return
	: >"$scratch/stopped/.out.kbw.1-x.tmp" && : >"$scratch/stopped/.other.kbw.1-0.tmp"
	run 0 build -o "$scratch/stopped/out.kbw" "$scratch/good.txt" || return
	ls -A "$scratch/stopped"
	[ "$(ls -A "$scratch/stopped" | tr '\n' ' ')" = '.other.kbw.1-0.tmp .out.kbw.1-x.tmp out.kbw ' ]
}
check "what a killed build left is removed by the next" killed

side_by_side() {
	rm -f "$scratch/stopped"/.[!.]* "$scratch/stopped"/*
	begin
	run 0 build -o "$scratch/stopped/out.kbw" "$scratch/good.txt" || return
	wait "$build" && run 0 stats "$scratch/stopped/out.kbw" --verify &&
		[ "$(ls -A "$scratch/stopped")" = out.kbw ]
}
check "two builds of one file do not disturb each other" side_by_side

# Enough articles that a thread for each processor reads them, some with faults to tell of.
mkdir "$scratch/crowd"
i=1000
while [ "$i" -lt 1700 ]; do
	printf 'DOCUMENT:Q%d  01-JAN-2000  [x]\nTITLE   :Backup %d stops\n\nSYMPTOMS\n========\n\nEvent %d.\n' \
		"$i" "$i" "$i" >"$scratch/crowd/$i.txt"
	case $i in *00) sed 's/^DOCUMENT.*/DOCUMENT:/' "$scratch/crowd/$i.txt" >"$scratch/crowd/$i.md" ;; esac
	i=$((i + 1))
done

# one_processor FILE.kbw: the same articles with one thread
one_processor() {
	taskset -c "$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')" \
		"$KBC" build -o "$1" "$scratch/crowd" >/dev/null 2>"$scratch/alone"
}

threads() {
	"$KBC" build -o "$out" "$scratch/crowd" >/dev/null 2>"$scratch/together" &&
		one_processor "$scratch/alone.kbw" && cmp "$out" "$scratch/alone.kbw" &&
		[ "$(wc -l <"$scratch/alone")" -ge 7 ] && diff "$scratch/alone" "$scratch/together"
}
if command -v taskset >/dev/null 2>&1; then
	check "any number of threads gives the same file and messages" threads
else
	skip "any number of threads gives the same file and messages" "no taskset"
fi

# Messages never go into the file: where standard error is closed, nothing takes its place.
mkdir "$scratch/faulty"
i=0
while [ "$i" -lt 400 ]; do
	printf -- '---\nid: F-%d\ntitle: Beep %d\ndate: nonsense\n---\n# Symptoms\n\nIt beeps.\n' \
		"$i" "$i" >"$scratch/faulty/$i.md"
	i=$((i + 1))
done
closed_error() {
	"$KBC" build -o "$out" "$scratch/faulty" >/dev/null 2>/dev/null &&
		"$KBC" build -o "$scratch/closed.kbw" "$scratch/faulty" >/dev/null 2>&- &&
		cmp "$out" "$scratch/closed.kbw"
}
check "a build without standard error makes the same file" closed_error
private() {
	cp "$KBW" "$scratch/private.kbw" && chmod 600 "$scratch/private.kbw" &&
		"$KBC" build -o "$scratch/private.kbw" "$srcdir/kb/articles" >/dev/null &&
		[ "$(stat -c %a "$scratch/private.kbw")" = 600 ]
}
check "who could not read the old file cannot read the new one" private
nested() {
	{
		printf 'name: '
		head -c 200000 /dev/zero | tr '\0' '['
	} >"$scratch/nested.yaml"
	! "$KBC" build -q "$scratch/nested.yaml" -o "$out" "$srcdir/kb/articles" 2>"$scratch/said" &&
		grep -q 'nested too deeply' "$scratch/said"
}
check "lists in lists without end are refused" nested
check_done
