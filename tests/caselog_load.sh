#!/bin/sh
# SPDX-License-Identifier: ISC
# Many programs writing to one case log, and programs that are killed while they write.
. "${srcdir:-.}/tests/lib.sh"

log=$scratch/cases.db

ask() {
	sqlite3 "$log" "$1" >"$scratch/got" 2>&1
}

# No event is missing, no number given twice: what sqlite3 counts.
counted() {
	ask "SELECT count(*), count(DISTINCT case_id), min(seq), max(seq) FROM events" &&
		[ "$(cat "$scratch/got")" = '5000|50|1|100' ] &&
		ask "SELECT min(number), max(number), count(DISTINCT number) FROM cases" &&
		[ "$(cat "$scratch/got")" = '1|50|50' ]
}

whole() {
	ask 'PRAGMA integrity_check' && [ "$(cat "$scratch/got")" = ok ]
}

readable() {
	ask "SELECT state, kind FROM cases JOIN events ON case_id = id
		WHERE year = 2026 AND number = 7 AND seq <= 2 ORDER BY seq" &&
		printf 'open|opened\nopen|noted\n' | cmp - "$scratch/got"
}

check 'fifty programs write a hundred events each' tests/caselog_writers -n 100 "$log"
check 'none is missing' counted
check 'the database is whole' whole
check 'words can be read with sqlite3' readable
check 'a killed writer leaves what it had written' tests/caselog_writers -k 40 "$scratch/killed.db"
check_done
