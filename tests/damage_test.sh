#!/bin/sh
# SPDX-License-Identifier: ISC
# Damaged knowledge files: flip reads every cut and thousands of flipped bytes of a small one;
# here the programs meet some of them, and files that are none.
. "${srcdir:-.}/tests/lib.sh"

bad=$scratch/bad.kbw
fact='--answer error-code=0x6ba --answer exchange-version=5.5'

# The byte at offset $1 of the shipped file becomes another.
flip() {
	cp "$KBW" "$bad"
	old=$(od -An -tu1 -j"$1" -N1 "$KBW" | tr -d ' ')
	printf "\\$(printf '%03o' $((old ^ 85)))" |
		dd of="$bad" bs=1 seek="$1" conv=notrunc 2>"$scratch/dd"
}

# diagnose the file
ask() {
	# shellcheck disable=SC2086
	"$KBWIZARD" diagnose -k "$1" $fact --text 'the backup stops' --json >"$scratch/got" 2>"$scratch/said"
}

# refused STATUS TEXT: the last ask ended so, said so, and printed nothing
refused() {
	[ "$status" -eq "$1" ] && grep -qF -e "$2" "$scratch/said" && [ ! -s "$scratch/got" ]
}

# Every page but those that diagnose does not read is refused; an answer is the right one.
flips() {
	wrong=0 seen=0
	at=7
	while [ "$at" -lt "$size" ]; do
		flip "$at"
		ask "$bad"
		status=$?
		if [ "$status" -eq 65 ] || [ "$status" -eq 66 ]; then
			seen=$((seen + 1))
		elif [ "$status" -ne 0 ] || ! cmp -s "$scratch/got" "$scratch/want"; then
			echo "byte $at: exit status $status"
			cat "$scratch/said"
			wrong=1
		fi
		at=$((at + size / 60))
	done
	[ "$seen" -gt 0 ] && [ "$wrong" -eq 0 ]
}

cuts() {
	n=0
	while [ "$n" -lt "$size" ]; do
		head -c "$n" "$KBW" >"$bad"
		ask "$bad"
		status=$?
		if ! refused 65 "$bad"; then
			echo "$n bytes: exit status $status"
			cat "$scratch/said"
			return 1
		fi
		n=$((n + 1 + size / 20))
	done
}

# Whatever byte is damaged, --verify sees it.
verify_flips() {
	at=3
	while [ "$at" -lt "$size" ]; do
		flip "$at"
		"$KBC" stats "$bad" --verify >"$scratch/got" 2>"$scratch/said"
		status=$?
		if [ "$status" -ne 65 ]; then
			echo "byte $at: exit status $status"
			return 1
		fi
		at=$((at + size / 40))
	done
}

# The user's own database is neither taken for knowledge nor changed.
foreign_database() {
	sqlite3 "$scratch/foreign.db" 'CREATE TABLE meta(key, value)' &&
		cp "$scratch/foreign.db" "$scratch/before.db" || return 1
	ask "$scratch/foreign.db"
	status=$?
	refused 65 'not a knowledge file' && cmp "$scratch/foreign.db" "$scratch/before.db"
}

newer_format() {
	cp "$KBW" "$bad"
	printf '\005' | dd of="$bad" bs=1 seek=63 conv=notrunc 2>"$scratch/dd"
	ask "$bad"
	status=$?
	refused 65 'made by a newer kbc (format 5; this program reads 4)'
}

# A FIFO is not waited for, a folder not read.
odd_files() {
	mkfifo "$scratch/fifo"
	mkdir "$scratch/bare"
	for file in "$scratch/fifo" "$scratch/bare" "$scratch/missing.kbw"; do
		ask "$file"
		status=$?
		refused 66 "$file" || return 1
	done
	: >"$bad"
	ask "$bad"
	status=$?
	refused 65 "$bad"
}

# What sqlite3 sees is a database in order.
inspectable() {
	[ "$(sqlite3 "$KBW" 'PRAGMA integrity_check')" = ok ] &&
		[ "$(sqlite3 "$KBW" 'SELECT count(*) FROM article')" -eq 5 ]
}

size=$(wc -c <"$KBW")
check 'flip: cuts and flipped bytes' tests/flip
check 'the file itself verifies' "$KBC" stats "$KBW" --verify
ask "$KBW"
cp "$scratch/got" "$scratch/want"
check 'diagnose answers with the file itself' test -s "$scratch/want"
check 'diagnose: flipped bytes are refused or make no difference' flips
check 'diagnose: every cut is refused' cuts
check 'stats --verify sees every flipped byte' verify_flips
check 'another database is refused and left alone' foreign_database
check 'a newer format is refused' newer_format
check 'FIFO, folder, missing and empty files are refused' odd_files
check 'sqlite3 can look inside' inspectable
check_done
