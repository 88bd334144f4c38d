#!/bin/sh
# SPDX-License-Identifier: ISC
# Every walk, through the session, through diagnose and through line mode: with the shipped
# knowledge, and with a file built from the articles as published, without any correction.
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

# How people read what an expectation calls by its name.
spoken() {
	case $1 in
	fix) echo 'Fix' ;;
	workaround) echo 'Workaround' ;;
	service-pack) echo 'Service pack' ;;
	hotfix) echo 'Fix from support' ;;
	by-design) echo 'By design' ;;
	how-to) echo 'How to' ;;
	explanation) echo 'Explanation' ;;
	esac
}

# finds WORDS: the last thing line mode said has them
finds() {
	grep -qF -e "$1" "$scratch/last" && return
	echo "line mode does not say: $1"
	cat "$scratch/last"
	return 1
}

# entries LIST: every "KIND ARTICLE ..." of the list, parted by ';', is shown in that order
entries() {
	number=0
	rest=$1
	while [ -n "$rest" ]; do
		entry=${rest%%;*}
		rest=${rest#"$entry"}
		rest=${rest#;}
		# shellcheck disable=SC2086 # words
		set -- $entry
		number=$((number + 1))
		finds "$number  $(spoken "$1")" && finds "[$2, " || return
	done
	if grep -q "^$((number + 1))  [A-Z]" "$scratch/last"; then
		echo "more than $number entries of advice"
		return 1
	fi
}

# outcome STATUS: what line mode says where diagnose says that status
outcome() {
	case $1 in
	advise) finds '(yes or no' ;;
	none) finds 'Nothing in this knowledge base fits' ;;
	ask) finds "I don't know" ;;
	esac
}

# walk_lines FILE WALK: types the walk into line mode and looks at what it says at last.
walk_lines() {
	{
		echo
		sed -n '/^#/d; /^=>/d; s/^text = \(.*\)/tell \1\n/; /./p' "$2"
	} >"$scratch/typed"
	"$KBWIZARD" -k "$1" --line <"$scratch/typed" >"$scratch/transcript" || return
	awk '/^> ./ { last = "" } { last = last $0 "\n" } END { printf "%s", last }' \
		"$scratch/transcript" >"$scratch/last"
	sed -n 's/^=> //p' "$2" >"$scratch/expected"
	while read -r word rest; do
		case $word in
		advice) entries "$rest" ;;
		words) tr '\n' ' ' <"$scratch/last" >"$scratch/one" &&
			mv "$scratch/one" "$scratch/last" && finds "$rest" ;;
		status) outcome "$rest" ;;
		not) ! grep -qF '(yes or no' "$scratch/last" ;;
		*) ;;
		esac || return
	done <"$scratch/expected"
}

# walk_all NAME FILE FOLDER: plays all walks of a folder with one knowledge file.
walk_all() {
	for w in "$srcdir/tests/$3"/*.walk; do
		name=$(basename "$w" .walk)
		check "$1 session $name" "$walk" session "$2" "$w"
		check "$1 diagnose $name" walk_diagnose "$2" "$w"
		check "$1 line mode $name" walk_lines "$2" "$w"
	done
}

walk_all shipped "$KBW" walks
walk_all linux "$(dirname "$KBW")/linux-network.kbw" walks/linux-network
if [ -d "$KBW_SHARED/seeds" ]; then
	"$KBC" build -q "$srcdir/kb/exchange.yaml" -o "$scratch/seeds.kbw" "$KBW_SHARED/seeds" >/dev/null
	walk_all published "$scratch/seeds.kbw" walks
else
	for w in "$srcdir"/tests/walks/*.walk; do
		skip "published $(basename "$w" .walk)" "no published articles at $KBW_SHARED"
	done
fi
check_done
