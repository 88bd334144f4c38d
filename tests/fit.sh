#!/bin/sh
# SPDX-License-Identifier: ISC
# fit.sh FILE.kbw SCENARIOS.jsonl STRANGERS: the table of HACKING, how well each value of each
# parameter of words does. SCENARIOS are callers of articles of the knowledge file; STRANGERS is
# a folder of articles of which it has none, whose symptoms are said by people that nothing
# in it can help. Run in the build folder, after make check has built tests/fit.
set -eu

[ $# -eq 3 ] || {
	echo "usage: fit.sh FILE.kbw SCENARIOS.jsonl STRANGERS" >&2
	exit 64
}
callers=$(mktemp)
trap 'rm -f "$callers"' EXIT

for kind in intake opening; do
	jq -r --arg kind $kind '[(.expected + (.also_ok // []) | join(",")), $kind,
		(.[$kind] | gsub("[\t\n]+"; " "))] | join("\t")' "$2"
done >"$callers"

# Every 12th article, its symptoms on one line of at most 600 bytes.
find "$3" -type f | LC_ALL=C sort | awk 'NR % 12 == 0' | while IFS= read -r file; do
	LC_ALL=C awk '/^[A-Z][A-Z ]+\r?$/ { on = /^SYMPTOMS/; next }
		on && !/^=+/ { sub(/\r$/, ""); gsub(/\t/, " "); text = text " " $0 }
		END { if (length(text) > 60) printf "\tstranger\t%s\n", substr(text, 1, 600) }' "$file"
done >>"$callers"
tests/fit "$1" "$callers"
