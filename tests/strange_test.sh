#!/bin/sh
# SPDX-License-Identifier: ISC
# Strange files: whatever lies in a folder of articles, kbc ends soon, with a sentence, in
# bounded memory, and in time that grows as the size does.
. "${srcdir:-.}/tests/lib.sh"

questions=$srcdir/kb/exchange.yaml
out=$scratch/out.kbw
said=$scratch/said
in=$scratch/in
mkdir "$in"

# Seconds of processor time, and kilobytes where the sanitizers do not need them all.
limit_time=120 limit_memory=1500000
# shellcheck disable=SC3045 # every shell there is knows -t and -v
(ulimit -v "$limit_memory" && "$KBC" --version) >/dev/null 2>&1 || limit_memory=unlimited

# run STATUS ARGUMENT...: kbc ends with that status, within the limits
run() {
	wanted=$1
	shift
	# shellcheck disable=SC3045
	(ulimit -t "$limit_time" && ulimit -v "$limit_memory" && exec "$KBC" "$@") >"$said" 2>&1
	status=$?
	[ "$status" -eq "$wanted" ] && return
	echo "exit status $status instead of $wanted"
	head -c 2000 "$said"
	return 1
}

says() {
	grep -qF -e "$1" "$said" && return
	echo "does not say: $1"
	head -c 2000 "$said"
	return 1
}

# builds STATUS WORDS PATH...
builds() {
	wanted=$1 words=$2
	shift 2
	run "$wanted" build -q "$questions" -o "$out" "$@" && says "$words"
}

head_of() {
	printf 'DOCUMENT:Q%s  01-JAN-2000  [test]\nTITLE   :Strange\nPRODUCT :Test\n\n' "$1"
	printf 'SYMPTOMS\n========\n\n'
}

# repeat N TEXT: the text N times, % in it the number from 1
repeat() {
	LC_ALL=C awk -v n="$1" -v text="$2" 'BEGIN {
		m = split(text, part, "%")
		for (i = 1; i <= n; i++) {
			line = part[1]
			for (k = 2; k <= m; k++)
				line = line i part[k]
			printf "%s", line
		}
	}'
}

# Sizes.
huge() {
	truncate -s 100M "$in/huge.txt" && builds 1 'larger than' "$in/huge.txt" &&
		run 1 lint -q "$questions" "$in/huge.txt" && says 'larger than'
}
check 'a file of 100 MB is refused unread' huge

one_line() {
	{ head_of 1 && head -c 15000000 /dev/zero | tr '\0' a; } >"$in/line.txt"
	builds 0 '1 articles, 0 faults' "$in/line.txt"
}
check 'a line of 15 MB' one_line

newlines() {
	head -c 16000000 /dev/zero | tr '\0' '\n' >"$in/newlines.txt"
	builds 1 'the file is empty' "$in/newlines.txt"
}
check '16 MB of line ends' newlines
rm "$in"/*

every_byte() {
	LC_ALL=C awk 'BEGIN { for (i = 1; i < 256; i++) printf "a%cb %c\n", i, i }' >"$in/bytes"
	{ head_of 1 && cat "$in/bytes"; } >"$in/bytes.txt"
	builds 0 '1 articles' "$in/bytes.txt" && run 0 show "$out" Q1 &&
		! LC_ALL=C grep -q '[[:cntrl:]]' "$said" || return
	{ head_of 2 && cat "$in/bytes" && printf 'a\0b\n'; } >"$in/nul.txt"
	builds 1 'not a text file' "$in/nul.txt"
}
check 'every byte value' every_byte

# What is no file, or none for long.
no_files() {
	mkdir "$in/odd" && mkfifo "$in/odd/fifo.txt" && ln -s loop.txt "$in/odd/loop.txt" &&
		ln -s nowhere "$in/odd/dangling.md" && ln -s . "$in/odd/round" &&
		ln -s /dev/zero "$in/odd/device.txt" || return
	head_of 3 >"$in/odd/good.txt" && echo 'It fails.' >>"$in/odd/good.txt"
	builds 0 '1 articles, 4 faults' "$in/odd" || return
	for name in fifo.txt loop.txt dangling.md device.txt; do
		says "$name: error: cannot be read" || return
	done
	builds 1 'cannot open' "$in/odd/loop.txt" && builds 1 'not a regular file' /dev/zero
}
check 'FIFO, device, loop of links, dangling link' no_files

# Nothing that a name brings along reaches the terminal.
prints_harmlessly() {
	run "$@" || return
	LC_ALL=C tr -d '\n' <"$said" | LC_ALL=C grep -q '[[:cntrl:]]' || return 0
	echo "control characters behind kbc $*"
	return 1
}
names() {
	escape=$(printf '\033]0;owned\007\033[31m')
	mkdir "$in/names" || return
	: >"$in/names/two
lines.txt"
	: >"$in/names/$escape.txt"
	: >"$in/names/$(printf '\302\233\342\200\256').txt"
	prints_harmlessly 1 build -o "$out" "$in/names" && says 'two lines.txt: error: the file is empty' &&
		! grep -q "$(printf '\302\233')" "$said" &&
		prints_harmlessly 1 lint "$in/names" &&
		prints_harmlessly 1 build -o "$out" "$in/$escape" &&
		prints_harmlessly 64 "$escape" &&
		prints_harmlessly 64 stats "$out" "$escape" &&
		prints_harmlessly 66 stats "$in/$escape"
}
check 'names with control characters are printed harmlessly' names

# A file that somebody writes while kbc reads it is read as it is at some moment.
changing() {
	{ head_of 4 && repeat 20000 'The server is slow today, number %.

'; } >"$in/base"
	cp "$in/base" "$in/grows.txt"
	while :; do
		cat "$in/base" >>"$in/grows.txt"
		head -c 3000 "$in/base" >"$in/shrinks.txt"
		cat "$in/base" >"$in/shrinks.txt"
		[ "$(wc -c <"$in/grows.txt")" -lt 30000000 ] || cp "$in/base" "$in/grows.txt"
	done &
	writer=$!
	wrong=0
	for turn in 1 2 3 4 5; do
		: >"$in/shrinks.txt"
		run 0 build -q "$questions" -o "$out" "$in/grows.txt" "$in/shrinks.txt" ||
			[ "$status" -eq 1 ] || wrong="$turn: $status"
	done
	kill "$writer"
	wait "$writer"
	[ "$wrong" = 0 ]
} 2>/dev/null
check 'files that grow and shrink while they are read' changing

# Folders.
deep_folders() {
	(
		cd "$in" || exit
		for level in $(repeat 200 '% '); do
			mkdir "d$level" && cd "d$level" || exit
		done
		head_of 5 >deep.txt && echo 'It fails.' >>deep.txt
	) && builds 0 '1 articles, 0 faults' "$in/d1"
}
check 'a folder 200 levels deep' deep_folders

many() {
	mkdir "$in/many" && (cd "$in/many" && for i in $(repeat 5000 '% '); do
		echo "tiny $i" >"$i.txt"
	done) && builds 1 '5000.txt: error' "$in/many" && says 'no usable article' &&
		! grep -q ' a second' "$said"
}
check '5,000 files of ten bytes, without progress in a pipe' many

on_terminal() {
	export KBC questions out in
	# shellcheck disable=SC2016 # the inner shell knows them
	script -qec '"$KBC" build -q "$questions" -o "$out" "$in/many"' "$scratch/typescript" \
		>/dev/null
	grep -qE '[0-9]+ of 5000 articles, [0-9]+ a second, [0-9]+ s left' "$scratch/typescript"
}
check 'progress with rate and time left on a terminal' on_terminal

# shape NAME N PIECE [BEFORE]: an article of N such pieces and one of twice as many, which takes
# about twice the processor time. Below half a second nothing is compared: chance rules there.
milliseconds() {
	{
		(builds 0 '1 articles' "$1" >&2 || exit 1
		times)
	} | LC_ALL=C awk 'END { split($1, t, /[ms]/); print int((t[1] * 60 + t[2]) * 1000) }'
}
compare_times() {
	once=$(milliseconds "$in/once.txt") && twice=$(milliseconds "$in/twice.txt") || return
	echo "$once ms, $twice ms"
	[ "$twice" -gt 0 ] && { [ "$twice" -lt 500 ] || [ "$twice" -lt $((once * 3)) ]; }
}
# What grows as the square does is four times as long at every trial; a neighbour's load is not.
grows_linearly() {
	{ head_of 1 && cat "$in/before" && repeat "$1" "$2"; } >"$in/once.txt"
	{ head_of 1 && cat "$in/before" && repeat $(($1 * 2)) "$2"; } >"$in/twice.txt"
	compare_times || compare_times || compare_times
}
shape() {
	printf '%b' "${4-}" >"$in/before"
	check "$1: time grows as the size does" grows_linearly "$2" "$3"
}
shape '40,000 sections' 20000 'SECTION\n=======\n\nError % is logged.\n\n'
shape '100,000 steps' 50000 '1. Do thing % now.\n\n' 'RESOLUTION\n==========\n\n'
shape '40,000 alternatives' 20000 'Method %:\n\n1. Do %.\n\n' 'RESOLUTION\n==========\n\n'
shape '60,000 event ids' 30000 'Event ID: % is logged.\n\n'
shape '60,000 event ids in one block' 30000 'event %\n'
shape 'a block of 10 MB' 90000 'Error 1722 is logged, Service Pack 3 for Exchange 5.5.\n'
shape 'a paragraph of one line' 200000 'word % '
shape 'nested lists' 3000 '- a\n\n   - b\n\n      - c\n\n         - d\n\n            - e\n\n'
shape 'blanks' 2000 '   %                                                                  \n'
shape 'rules and headings' 50000 'A\n=\n---\n\n'
shape 'quotation marks' 100000 '"says "%" '
shape 'references' 50000 'See Q1%.\n\n'
shape 'labels' 50000 'Event Source: a%\nID: 1\nType: Error\n\n'
shape 'lists of versions' 50000 'Exchange Server 4.0, 5.0 and 5.5 SP%, '
check_done
