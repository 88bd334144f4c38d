#!/bin/sh
# SPDX-License-Identifier: ISC
# Every quotation stands on its line of the article file: all facts of a knowledge file, and
# all reasons that diagnose gives in every walk.
. "${srcdir:-.}/tests/lib.sh"

walk=${WALK:-./tests/walk}

# misquotes FOLDER: reads "file TAB line TAB quote" lines, prints those that do not stand
# there. White space counts as one blank, entities and emphasis of Markdown as what they
# stand for;
# bytes that are not ASCII do not count: how they are decoded is the business of other tests.
misquotes() {
	LC_ALL=C awk -F '\t' -v folder="$1" '
	BEGIN {
		coded[36] = "$"; coded[42] = "*"; coded[91] = "["; coded[92] = "\\\\"
		coded[93] = "]"; coded[95] = "_"; coded[124] = "|"
	}
	function plain(s,  code) {
		gsub(/&quot;/, "\"", s); gsub(/&gt;/, ">", s); gsub(/&lt;/, "<", s)
		for (code in coded) gsub("&#" code ";", coded[code], s)
		gsub(/&amp;/, "\\&", s)
		gsub(/[`*]/, "", s); gsub(/[ \t]+/, " ", s); gsub(/[^ -~]/, "", s)
		return s
	}
	{
		path = folder "/" $1
		if (path != open) {
			split("", text)
			for (n = 1; (getline line < path) > 0; n++)
				text[n] = plain(line)
			close(path)
			open = path
		}
		quotes++
		if ($3 == "" || index(text[$2], plain($3)) == 0)
			print $1 ":" $2 ": " $3
	}
	END { if (quotes == 0) print "no quotation at all" }'
}

# facts_stand NAME FILE.kbw FOLDER
facts_stand() {
	sqlite3 -separator "$(printf '\t')" "$2" \
		'select file, line, quote from fact join article using (article) order by file' |
		misquotes "$3" >"$scratch/wrong"
	empty "$1 facts" "$scratch/wrong"
}

# reasons_stand NAME FILE.kbw FOLDER
reasons_stand() {
	for w in "$srcdir"/tests/walks/*.walk; do
		"$walk" arguments "$w" >"$scratch/arguments"
		set -- "$1" "$2" "$3" --json --shortlist 100
		while IFS= read -r argument; do
			set -- "$@" "$argument"
		done <"$scratch/arguments"
		name=$1 kbw=$2 folder=$3
		shift 3
		"$KBWIZARD" diagnose -k "$kbw" "$@" | jq -r '.candidates[] | .article as $a |
			(.for + .against)[] | select(.quote != null) | "\($a)\t\(.line)\t\(.quote)"' |
			while IFS="$(printf '\t')" read -r id line quote; do
				printf '%s\t%s\t%s\n' "$(basename "$folder/$id".*)" "$line" "$quote"
			done | misquotes "$folder" >"$scratch/wrong"
		empty "$name reasons $(basename "$w" .walk)" "$scratch/wrong"
		set -- "$name" "$kbw" "$folder"
	done
}

facts_stand shipped "$KBW" "$srcdir/kb/articles"
reasons_stand shipped "$KBW" "$srcdir/kb/articles"

# published NAME FOLDER: the same for articles as published
published() {
	if [ ! -d "$2" ]; then
		skip "$1 facts" "no published articles at $2"
		return
	fi
	"$KBC" build -q "$srcdir/kb/exchange.yaml" -o "$scratch/$1.kbw" "$2" >/dev/null
	facts_stand "$1" "$scratch/$1.kbw" "$2"
}

facts_stand linux "$(dirname "$KBW")/linux-network.kbw" "$srcdir/kb/linux"

published seeds "$KBW_SHARED/seeds"
[ -f "$scratch/seeds.kbw" ] && reasons_stand seeds "$scratch/seeds.kbw" "$KBW_SHARED/seeds"
published text "$KBW_SHARED/corpus/exchange/txt"
published markdown "$KBW_SHARED/corpus/exchange/md"
check_done
