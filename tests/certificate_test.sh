#!/bin/sh
# SPDX-License-Identifier: ISC
# kbc stats, tree and diff on files whose content is known: certificate/*.txt is what is printed.
. "${srcdir:-.}/tests/lib.sh"

goldens=$srcdir/tests/certificate
articles=$srcdir/kb/articles

"$KBC" stats "$KBW" --simulate --seed 3 --callers 300 >"$scratch/stats" 2>&1
sed -n '/^how many questions/,$p' "$scratch/stats" >"$scratch/certified"
same "the certificate of the shipped articles" "$goldens/stats.txt" "$scratch/certified"

"$KBC" stats "$KBW" --simulate --seed 3 --callers 300 >"$scratch/again" 2>&1
check "the same seed prints the same" cmp "$scratch/stats" "$scratch/again"

# json FILTER FILE: what jq makes of it is true
json() {
	[ -s "$2" ] && jq -e "$1" "$2" >/dev/null || { head -n 40 "$2"; return 1; }
}
"$KBC" stats "$KBW" --json --simulate --callers 50 >"$scratch/json"
check "the JSON holds all of it" json '
	(.certificate | .classes == 5 and (.huffman | length == 3) and
		.cut.optimum <= .cut.wizard and
		.greedy.expected_questions > 0 and .all_questions_tell_bits > 0 and
		.paths.outcomes_tell_bits <= .paths.of_the_article_bits and .tree_outcomes.least_questions > 0) and
	(.tells_at_the_start | length == 13) and .indistinguishable.sets == 0 and
	(.simulation | .callers == 50 and (.rows | length == 5) and
		(.rows[0].first | .low <= .value and .value <= .high))' "$scratch/json"
"$KBC" stats "$KBW" --json >"$scratch/json"
check "without --simulate nobody is simulated" json '.simulation == null' "$scratch/json"

# Two articles alike but for words of their own.
mkdir "$scratch/twins"
twin() { # IDENTIFIER WORD >FILE
	sed -e "s/net-no-carrier/$1/" -e "s/^title: .*/title: The $2 lamp/" \
		"$srcdir/kb/linux/net-no-carrier.md"
}
twin twin-one amber >"$scratch/twins/one.md"
twin twin-two violet >"$scratch/twins/two.md"
"$KBC" build -q "$srcdir/kb/linux-network.yaml" -o "$scratch/twins.kbw" "$scratch/twins" \
	>"$scratch/said" 2>&1
"$KBC" stats "$scratch/twins.kbw" --json >"$scratch/json"
check "what no question tells apart is said, with words that would" json '
	.indistinguishable | .sets == 1 and .articles == 2 and
	(.largest[0].first | map(.article) == ["twin-one", "twin-two"] and
		(.[0].words | index("amber")) != null and (.[1].words | index("violet")) != null)' \
	"$scratch/json"

# Differences.
mkdir "$scratch/four"
cp "$articles"/* "$scratch/four" && chmod -R u+w "$scratch/four" &&
	rm "$scratch/four/Q192440.md"
"$KBC" build -q "$srcdir/kb/exchange.yaml" -c "$srcdir/kb/curated.yaml" \
	-o "$scratch/four.kbw" "$scratch/four" >"$scratch/said" 2>&1

# differs STATUS OLD NEW [--json] >OUT: kbc diff ends so
differs() {
	wanted=$1
	shift
	"$KBC" diff "$@" >"$scratch/diff" 2>&1
	[ $? -eq "$wanted" ] || { cat "$scratch/diff"; return 1; }
}
check "a file does not differ from itself" differs 0 "$KBW" "$KBW"
check "an article more is a difference" differs 1 "$scratch/four.kbw" "$KBW"
same "what an article more changes" "$goldens/diff.txt" "$scratch/diff"
check "and an article less" differs 1 "$KBW" "$scratch/four.kbw"
check "is gone" grep -q '^article gone  *Q192440' "$scratch/diff"
check "other articles, other questions" differs 1 "$KBW" "$scratch/twins.kbw" --json
check "are named" json '(.articles.gone | length == 5) and
	(.articles.new == ["twin-one", "twin-two"]) and
	(.questions.gone | index("cluster") != null) and
	(.questions.new | index("scope") != null)' "$scratch/diff"
mkdir "$scratch/twin"
cp "$scratch/twins/one.md" "$scratch/twin"
sed 's/NIC Link is Down/the socket is empty/' "$scratch/twins/two.md" >"$scratch/twin/two.md"
"$KBC" build -q "$srcdir/kb/linux-network.yaml" -o "$scratch/twin.kbw" "$scratch/twin" \
	>"$scratch/said" 2>&1
check "articles that became alike" differs 1 "$scratch/twin.kbw" "$scratch/twins.kbw" --json
check "are indistinguishable" json '.outcomes | any(.change == "indistinguishable" and
	.article == "twin-two" and .now == "twin-one")' "$scratch/diff"

# grown OUT NAME=WORD...: a knowledge file of such twins
grown() {
	out=$1 && shift
	rm -rf "$scratch/grown" && mkdir "$scratch/grown" || return
	for pair; do
		twin "${pair%=*}" "${pair#*=}" >"$scratch/grown/${pair%=*}.md"
	done
	"$KBC" build -q "$srcdir/kb/linux-network.yaml" -o "$scratch/$out" "$scratch/grown" \
		>"$scratch/said" 2>&1
}
grown one.kbw twin-one=amber
grown three.kbw twin-nil=green twin-one=amber twin-two=violet
check "an article that is new and alike" differs 1 "$scratch/one.kbw" "$scratch/twins.kbw" --json
check "is new, and nobody is told apart no longer" json '
	.articles.new == ["twin-two"] and all(.outcomes[]; .change != "indistinguishable")' \
	"$scratch/diff"
check "a new one beside two that became alike" differs 1 "$scratch/twin.kbw" \
	"$scratch/three.kbw" --json
check "does not hide that they did" json '
	[.outcomes[] | select(.change == "indistinguishable") | [.article, .now]] ==
	[["twin-two", "twin-one"]]' "$scratch/diff"

# An article that became a list answers nobody.
mkdir "$scratch/list"
cp "$articles"/* "$scratch/list" && chmod -R u+w "$scratch/list" &&
	sed 's/^TITLE .*/TITLE   :XADM: List of Bugs Fixed in Online Backup/' \
		"$articles/Q177807.txt" >"$scratch/list/Q177807.txt"
"$KBC" build -q "$srcdir/kb/exchange.yaml" -c "$srcdir/kb/curated.yaml" \
	-o "$scratch/list.kbw" "$scratch/list" >"$scratch/said" 2>&1
check "an article that became a list" differs 1 "$KBW" "$scratch/list.kbw"
same "is advised no more" "$goldens/unreachable.txt" "$scratch/diff"

check "a file that is not there" differs 66 "$KBW" "$scratch/nothing.kbw"
check "a file that is none" differs 65 "$KBW" "$srcdir/README"

# Trees as graphs and as JSON, with names that mean something to dot.
mkdir "$scratch/odd"
n=0
for id in 'a"b' 'c\d' 'e]f;g'; do
	n=$((n + 1))
	sed -e '/^id:/d' "$srcdir/kb/linux/net-no-carrier.md" |
		sed -e "1a id: '$id'" -e "s/NIC Link is Down/fault \"$n\\\\n\" -> x;/" \
			>"$scratch/odd/$n.md"
done
"$KBC" build -q "$srcdir/kb/linux-network.yaml" -o "$scratch/odd.kbw" "$scratch/odd" \
	>"$scratch/said" 2>&1
for file in "$KBW" "$scratch/odd.kbw"; do
	name=$(basename "$file" .kbw)
	"$KBC" tree "$file" --format=json >"$scratch/tree.json"
	"$KBC" tree "$file" --format=dot >"$scratch/tree.dot"
	check "$name: a JSON tree of nodes behind their parents" json '
		(.nodes[0].parent == null) and ([.nodes[1:][] | .parent < .node and
		has("answer")] | all)' "$scratch/tree.json"
	# Strings taken out, only the few words of the language are left.
	sed -e 's/"\([^"\\]\|\\.\)*"/S/g' "$scratch/tree.dot" | grep -vxE \
		'digraph tree \{|\}|	rankdir=LR;|	n[0-9]+ \[label=S(, shape=box)?\];|	n[0-9]+ -> n[0-9]+ \[label=S\];' \
		>"$scratch/found"
	empty "$name: a graph in the language of dot" "$scratch/found"
	check "$name: as many nodes" [ "$(grep -c '^	n[0-9]* \[' "$scratch/tree.dot")" = \
		"$(jq '.nodes | length' "$scratch/tree.json")" ]
done
check "signs are branches of both" sh -c "
	'$KBC' tree '$KBW' --format=dot | grep -q 'label=\"none of these\"' &&
	'$KBC' tree '$KBW' --format=json | jq -e '.nodes | any(.answer == \"none of these\")'"

check_done
