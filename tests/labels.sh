#!/bin/sh
# SPDX-License-Identifier: ISC
# What extraction finds in published articles, against labels made by reading them: no figure
# falls below what was reached.
. "${srcdir:-.}/tests/lib.sh"

labels=$srcdir/tests/labels/exchange.tsv
corpus=$KBW_SHARED/corpus/exchange/txt

# least KEY PRECISION RECALL
floors() {
	cat <<'END'
event-id 0.98 0.98
error-code 0.98 0.98
advice 0.95 0.95
exchange-version 0.99 0.99
END
}

# floor KEY PRECISION RECALL: the figures of the key are no lower
floor() {
	awk -F '\t' -v key="$1" -v precision="$2" -v recall="$3" '
		$1 == key { print; found = 1; good = $5 >= precision && $6 >= recall }
		END { exit !(found && good) }' "$scratch/figures"
}

if [ ! -d "$corpus" ]; then
	floors | while read -r key rest; do
		skip "labels $key" "no published articles at $KBW_SHARED"
	done
	exit 77
fi
cut -f 1 "$labels" | sort -u | while read -r article; do
	echo "$corpus/$article.TXT"
done >"$scratch/files"
# shellcheck disable=SC2046 # a list of files whose names are letters and digits
"$KBC" build -q "$srcdir/kb/exchange.yaml" -o "$scratch/labelled.kbw" \
	$(cat "$scratch/files") >"$scratch/built" 2>&1 || not_ok 'labels build' "$scratch/built"
"$srcdir/tests/measure" "$scratch/labelled.kbw" "$labels" >"$scratch/figures"
while read -r key precision recall; do
	check "labels $key" floor "$key" "$precision" "$recall"
done <<END
$(floors)
END
check_done
