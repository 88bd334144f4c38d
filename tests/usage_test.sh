#!/bin/sh
# SPDX-License-Identifier: ISC
# The command lines: what is accepted, what is refused, with which words and exit status.
. "${srcdir:-.}/tests/lib.sh"

diagnose() {
	wanted=$1 words=$2
	shift 2
	ends "$wanted" "$words" "$KBWIZARD" diagnose -k "$KBW" "$@"
}

check "kbc --help" ends 0 "kbc build" "$KBC" --help
check "kbc --version" ends 0 "kbc " "$KBC" --version
check "kbc alone" ends 64 "kbc build" "$KBC"
check "kbc with an unknown command" ends 64 "'bild'" "$KBC" bild
check "kbc with an unknown option" ends 64 "--jason" "$KBC" show --jason "$KBW" Q177807
check "kbc with an option of another command" ends 64 "show" "$KBC" show --strict "$KBW" Q177807
check "kbc build without -o" ends 64 "-o FILE" "$KBC" build "$srcdir/kb/articles"
check "kbc show of an article that is not there" ends 64 "Q1" "$KBC" show "$KBW" Q1
check "kbc show" ends 0 "edbbcli!HrClnSockAddrFromSocket" "$KBC" show "$KBW" Q177807
check "kbc tree in a format that is none" ends 64 "svg" "$KBC" tree "$KBW" --format=svg
check "kbc stats --verify" ends 0 "verified" "$KBC" stats "$KBW" --verify
check "kbc stats with a number of callers that is none" ends 64 "used: many" "$KBC" stats "$KBW" \
	--callers many
check "kbc stats with no callers" ends 64 "used: 0" "$KBC" stats "$KBW" --callers 0
check "kbc stats with a seed that is too large" ends 64 "99999999999999999999" "$KBC" stats \
	"$KBW" --seed 99999999999999999999
check "kbc diff of one file" ends 64 "missing" "$KBC" diff "$KBW"
check "kbc lint" ends 0 "0 errors" "$KBC" lint -q "$srcdir/kb/exchange.yaml" "$srcdir/kb/articles"

check "kbwizard --help" ends 0 "--line" "$KBWIZARD" --help
check "kbwizard --version" ends 0 "kbwizard " "$KBWIZARD" --version
check "kbwizard with an unknown option" ends 64 "--lime" "$KBWIZARD" --lime
check "kbwizard with an argument too many" ends 64 "backup" "$KBWIZARD" -k "$KBW" backup

check "diagnose without anything" diagnose 0 "unknown"
check "diagnose with an unknown option" diagnose 64 "--texd" --texd x
check "diagnose with an option that lacks its argument" diagnose 64 "--answer" --answer
check "diagnose with an answer that is none" diagnose 64 "cluster" --answer cluster
check "an unknown question is named, and those there are" \
	diagnose 64 "exchange-version" --answer colour=red
check "an unknown answer is named" diagnose 64 "'6.5'" --answer exchange-version=6.5
check "and those there are" diagnose 64 "5.0, 5.5" --answer exchange-version=6.5
check "none is no answer to a choice without it" diagnose 64 "cluster" --answer cluster=none
check "unknown is an answer to every choice" diagnose 0 "" --answer cluster=unknown
check "none is an answer to every open question" diagnose 0 "" --answer event-id=none \
	--answer event-source=none --answer error-code=none --answer error-text=none
# The sentences of articles are listed with the answer that rejects them all, which is accepted.
rejection() {
	"$KBWIZARD" diagnose -k "$KBW" --text "backup stops" --answer error-text=unknown \
		>"$scratch/said" &&
		none=$(sed -n 's/^  \(sign=![^[:space:]]*\)[[:space:]]*None of these$/\1/p' "$scratch/said") &&
		[ "$(grep -c '^  sign=Q' "$scratch/said")" -eq \
			"$(echo "$none" | tr ',' '\n' | grep -c Q)" ] &&
		"$KBWIZARD" diagnose -k "$KBW" --text "backup stops" --answer "$none" && return
	cat "$scratch/said"
	return 1
}
check "text offers to reject all the sentences it shows" rejection
check "a shortlist of nothing" diagnose 64 "--shortlist" --shortlist 0

# members FILTER: what jq makes of diagnose's JSON is true
members() {
	filter=$1
	shift
	"$KBWIZARD" diagnose -k "$KBW" --json "$@" >"$scratch/json" &&
		jq -e "$filter" "$scratch/json" >/dev/null && return
	cat "$scratch/json"
	return 1
}
check "every member of the JSON is there" members '
	(keys == ["advice", "alarms", "candidates", "facts", "kb", "none", "notes",
		"question", "remaining", "status", "unclear"]) and
	(.kb | keys == ["articles", "name", "questions"]) and
	(.question | has("key") and has("ask") and has("say") and has("find") and has("kind") and
		has("gain_bits") and has("cost") and has("choices")) and
	(.remaining | keys == ["articles", "questions"]) and
	(.candidates[0] | keys == ["against", "article", "for", "probability", "title"])'
check "a slip is noted" members '(.notes | length == 1) and
	(.facts | any(.answer == "8010" and .note != null))' --text "event 8O10"
check "a slip in a word that introduces a number is noted, and the number is not lost" members \
	'(.notes | length == 1) and (.facts | any(.answer == "8010" and .note == null))' \
	--text "since Monday there is an evnt 8010 in the log of the server, every night"
check "two answers to one choice are said and do not count" members '
	(.unclear == [{"question": "exchange-version", "answers": ["5.0", "5.5"],
		"quote": "Exchange 5.0 ... Exchange 5.5"}]) and
	(.facts | all(.question != "exchange-version"))' \
	--text "from Exchange 5.0 to Exchange 5.5"
check "an answer decides between them" members '(.unclear == []) and
	(.facts | any(.question == "exchange-version" and .answer == "5.5"))' \
	--text "from Exchange 5.0 to Exchange 5.5" --answer exchange-version=5.5
check "candidates and none sum to one" members \
	'([.candidates[].probability] | add) + .none.probability | . > 0.9999 and . < 1.0001' \
	--answer exchange-version=5.5 --answer event-id=8010
check "nothing is tried that was not asked for" members '
	(.question | has("prospects") | not) and (has("why_not") | not) and (has("what_if") | not)'
# prospects ANSWER: what --why says of an answer is what the answer then leads to
prospects() {
	"$KBWIZARD" diagnose -k "$KBW" --json --why --answer event-id=8010 >"$scratch/why" &&
		question=$(jq -r '.question.key' "$scratch/why") &&
		"$KBWIZARD" diagnose -k "$KBW" --json --answer event-id=8010 \
			--answer "$question=$1" >"$scratch/json" &&
		jq -e --arg answer "$1" --slurpfile led "$scratch/json" '$led[0] as $led |
			.question.prospects[] | select(.answer == $answer) | .leaves |
			.status == $led.status and .none == $led.none.probability and
			.article == $led.candidates[0].article and
			.probability == $led.candidates[0].probability and
			.articles == $led.remaining.articles' "$scratch/why"
}
check "prospects say what an answer leads to" prospects \
	"$("$KBWIZARD" diagnose -k "$KBW" --json --answer event-id=8010 |
		jq -r '.question.choices[0].key')"
check "prospects say what not knowing leads to" prospects unknown
check "why not quotes the article and says what it needs" members '.why_not |
	(.article == "Q314588") and (.against | length == 2) and (.most == "cluster") and
	(.against[0] | .question == "event-id" and .quote == null and .needs == []) and
	(.against[1] | (.quote | test("cluster")) and (.line > 0) and
		(.needs | map(.answer) == ["yes"]))' \
	--answer event-id=8010 --answer cluster=no --why-not Q314588
# what_if QUESTION OTHER REAL: trying OTHER is like having given it, and REAL stays
what_if() {
	"$KBWIZARD" diagnose -k "$KBW" --json --answer "$1=$2" >"$scratch/real" &&
		"$KBWIZARD" diagnose -k "$KBW" --json --answer "$1=$3" \
			--what-if "$1=$2" >"$scratch/json" &&
		jq -e --slurpfile real "$scratch/real" '$real[0] as $real |
			(.what_if | .candidates == $real.candidates and
				.status == $real.status and .none == $real.none.probability) and
			.candidates != $real.candidates' "$scratch/json"
}
check "what if is what would have been" what_if cluster yes no
check "what if replaces a value of an open question" what_if event-id 8010 145
check "what if in words" ends 0 'then ' "$KBWIZARD" diagnose -k "$KBW" --what-if cluster=yes
check "what if without an answer" diagnose 64 "--what-if" --what-if cluster
check "what if with an answer that is none" diagnose 64 "'perhaps'" --what-if cluster=perhaps
check "why not with an article that there is not" diagnose 64 "Q999" --why-not Q999
check "a shortlist cuts the candidates" members '.candidates | length == 2' --shortlist 2
check "the first equals sign separates" members \
	'.facts[0].quote == "a=b"' --answer error-text=a=b
check "an answer beats what the text says" members \
	'[.facts[] | select(.question == "exchange-version") | .answer] == ["5.0"]' \
	--answer exchange-version=5.0 --text "We run Exchange 5.5"
check "facts of a text are marked" members \
	'.facts[] | select(.question == "event-id") | .source == "text" and .answer == "8010"' \
	--text "event ID 8010"
check "text that is not UTF-8 makes clean JSON" members '.status == "ask"' \
	--text "$(printf 'caf\351 \033[2J')"
check "the JSON of kbc show, tree and stats can be read" sh -c '
	"$KBC" show "$KBW" Q192440 --json | jq -e ".facts[0].quote" &&
	"$KBC" tree "$KBW" --format=json | jq -e ".nodes[0].question" &&
	"$KBC" stats "$KBW" --json | jq -e ".articles == 5"'

damaged() {
	head -c 4000 "$KBW" >"$scratch/short.kbw"
	printf 'not a database\n' >"$scratch/text.kbw"
	: >"$scratch/empty.kbw"
	sqlite3 "$scratch/foreign.kbw" 'create table t(x)'
	cp "$KBW" "$scratch/newer.kbw" && chmod +w "$scratch/newer.kbw"
	sqlite3 "$scratch/newer.kbw" 'pragma user_version=99'
}
damaged
for file in short text empty foreign newer; do
	check "a knowledge file that is $file" \
		ends 65 "$scratch/$file.kbw" "$KBWIZARD" diagnose -k "$scratch/$file.kbw"
	check "kbc stats of one that is $file" \
		ends 65 "$scratch/$file.kbw" "$KBC" stats "$scratch/$file.kbw"
done
check "a newer one says so" ends 65 "newer" "$KBWIZARD" diagnose -k "$scratch/newer.kbw"
check "a knowledge file that is not there" \
	ends 66 "no.kbw" "$KBWIZARD" diagnose -k "$scratch/no.kbw"
mkdir "$scratch/bare" "$scratch/shelf"
cp "$KBW" "$scratch/shelf"
check "a folder without knowledge files" ends 66 "$scratch/bare" "$KBWIZARD" diagnose -k "$scratch/bare"
check "a folder with one" ends 0 "none of the articles" "$KBWIZARD" diagnose -k "$scratch/shelf"
check "KBWIZARD_KB names one" env KBWIZARD_KB="$KBW" "$KBWIZARD" diagnose
check "output that cannot be written" sh -c \
	'"$KBWIZARD" diagnose -k "$KBW" --json >/dev/full 2>/dev/null; [ $? -eq 74 ]'
check "help that cannot be written" sh -c '"$KBWIZARD" --help >/dev/full 2>/dev/null; [ $? -eq 74 ]'
check "a version that cannot be written" sh -c '"$KBWIZARD" -V >&- 2>/dev/null; [ $? -eq 74 ]'
check "a knowledge file without its option" ends 64 "named with -k" "$KBWIZARD" own.kbw
check "a letter that is no option is named" ends 64 "unknown option -x" "$KBC" build -xy
escape=$(printf '\033[31mfoo')
check "what was typed is shown without its escapes" sh -c \
	'! "$KBWIZARD" "$1" 2>&1 | grep -q "$(printf "\033")"' sh "$escape"
check "nor in an option" sh -c \
	'! "$KBWIZARD" "--$1" 2>&1 | grep -q "$(printf "\033")"' sh "$escape"
closed_input() {
	"$KBWIZARD" --line --no-cases -k "$KBW" <&- >"$scratch/closed" &&
		[ "$(grep -c '^> ' "$scratch/closed")" -eq 1 ]
}
check "closed standard input is the end of input" closed_input
check_done
