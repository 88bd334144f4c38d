#!/bin/sh
# SPDX-License-Identifier: ISC
# Makes a large archive of a small one: its articles again and again, each time under other
# numbers, until there are as many as asked for.
#
#	repeat.sh FOLDER-OF-TXT ARTICLES OUTPUT-FOLDER
#
# Q123456 becomes Q10123456 in the first round, Q11123456 in the second, and so on, in a
# folder a round. What articles say of each other stays as it is.
set -eu

[ $# -eq 3 ] || { echo "usage: repeat.sh FOLDER-OF-TXT ARTICLES OUTPUT-FOLDER" >&2; exit 64; }
from=$1
wanted=$2
to=$3

made=0
round=10
while [ "$made" -lt "$wanted" ]; do
	mkdir -p "$to/$round"
	find "$from" -type f -name '*.TXT' | LC_ALL=C sort | head -n $((wanted - made)) |
		xargs awk -v to="$to/$round" -v round="$round" '
			FNR == 1 {
				if (out != "")
					close(out)
				name = FILENAME
				sub(".*/Q", "", name)
				out = to "/Q" round name
				sub("DOCUMENT:Q", "DOCUMENT:Q" round)
			}
			{ print > out }'
	now=$(find "$to/$round" -type f | wc -l)
	[ "$now" -gt 0 ] || { echo "repeat.sh: no *.TXT in $from" >&2; exit 66; }
	made=$((made + now))
	round=$((round + 1))
done
echo "$made articles"
