#!/bin/sh
# SPDX-License-Identifier: ISC
# Every walk, through the session and through diagnose: with the shipped knowledge, and with
# a file built from the articles as published, without any correction of ours.
. "${srcdir:-.}/tests/lib.sh"

walk=${WALK:-./tests/walk}

# walk_diagnose FILE WALK: gives the walk's answers to diagnose and checks its JSON.
walk_diagnose() {
	set -- "$1" "$2" "$scratch/arguments"
	"$walk" arguments "$2" >"$3" || return
	kbw=$1 file=$2 list=$3
	set -- --json
	while IFS= read -r argument; do
		set -- "$@" "$argument"
	done <"$list"
	"$KBWIZARD" diagnose -k "$kbw" "$@" >"$scratch/state.json" &&
		"$walk" json "$file" <"$scratch/state.json"
}

# walk_all NAME FILE: plays all walks with one knowledge file.
walk_all() {
	for w in "$srcdir"/tests/walks/*.walk; do
		name=$(basename "$w" .walk)
		check "$1 session $name" "$walk" session "$2" "$w"
		check "$1 diagnose $name" walk_diagnose "$2" "$w"
	done
}

walk_all shipped "$KBW"
if [ -d "$KBW_SHARED/seeds" ]; then
	"$KBC" build -q "$srcdir/kb/exchange.yaml" -o "$scratch/seeds.kbw" "$KBW_SHARED/seeds" >/dev/null
	walk_all published "$scratch/seeds.kbw"
else
	for w in "$srcdir"/tests/walks/*.walk; do
		skip "published $(basename "$w" .walk)" "no published articles at $KBW_SHARED"
	done
fi
check_done
