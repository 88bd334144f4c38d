#!/bin/sh
# SPDX-License-Identifier: ISC
# Cases from outside: listed, exported, put in order, purged, and taken up again from the log
# or from what was exported. What must be refused is.
. "${srcdir:-.}/tests/lib.sh"

log=$scratch/cases.db

# wizard ARGUMENT...: with the log and the shipped knowledge
wizard() {
	"$KBWIZARD" -k "$KBW" --cases "$log" "$@"
}

# a_case AGENT LINE...: one that is typed in line mode
a_case() {
	agent=$1
	shift
	printf '%s\n' "$@" | wizard --agent "$agent" --line >"$scratch/typed" 2>&1
}

# says WORDS COMMAND...: it succeeds and says so
says() {
	words=$1
	shift
	ends 0 "$words" "$@"
}

# terminal ANSWER ARGUMENT...: cases, with a terminal at both ends where ANSWER is typed
terminal() {
	typed=$1
	shift
	printf '%s\n' "$typed" | script -qec "'$KBWIZARD' -k '$KBW' --cases '$log' $*" \
		/dev/null >"$scratch/terminal" 2>&1
}

check "without a log there are no cases" says 'No cases.' wizard cases
check "and no log is made by looking" test ! -e "$log"
check "there is no case in it" ends 64 'there is no case 1' wizard cases show 1

a_case anna 'ntbackup stops with event 8010 on exchange 5.5' '' unknown quit
a_case bert 'exchange 4.0 crashes at night' '' quit
a_case anna 'something else' '' quit

# Lists.
wizard cases >"$scratch/list"
check "three cases are listed below their titles" test "$(wc -l <"$scratch/list")" -eq 4
check "no line ends in blanks" sh -c '! grep -q " $" "$1"' sh "$scratch/list"
wizard cases --format tsv >"$scratch/tsv"
awk -F '\t' 'NF != 10 || $1 !~ /^[0-9]+-[0-9]+$/ || $3 !~ /Z$/' "$scratch/tsv" >"$scratch/odd"
empty "ten fields apart by tabs" "$scratch/odd"
wizard cases --json >"$scratch/json"
check "the JSON has every member" jq -e 'length == 3 and (.[0] | keys == ["agent", "article",
	"caller", "changed", "contact", "knowledge", "number", "opened", "phone", "question",
	"reference", "state", "worked"])' "$scratch/json"

# listed COUNT OPTION...: so many are listed
listed() {
	count=$1
	shift
	wizard cases --format tsv "$@" >"$scratch/listed" &&
		test "$(wc -l <"$scratch/listed")" -eq "$count"
}
check "those of an agent" listed 2 --agent anna
check "those that are open or parked" listed 3 --open
check "those of a state" listed 0 --state solved,escalated
check "those of today" listed 3 --today
check "those since yesterday" listed 3 --since 1d
check "those since a day to come" listed 0 --since 2999-01-01
check "those with words in them" listed 1 --text ntbackup
check "the latest" listed 1 --most 1
check "a state that is none" ends 64 '--state takes' wizard cases --state lost
check "a day that is none" ends 64 '2026-02-30' wizard cases --since 2026-02-30
check "an option that is none" ends 64 '--colour' wizard cases --colour
check "an option of another command" ends 64 '--yes' wizard cases show 1 --yes
check "a command that is none" ends 64 "'shew'" wizard cases shew 1
check "an argument too many" ends 64 'more' wizard cases show 1 more
check "an argument too few" ends 64 'two arguments' wizard cases hand-over

# Putting in order.
check "a case is handed over" says 'handed over to carl' wizard cases hand-over 3 carl
check "and is the other's" listed 1 --agent carl
check "not to nobody" ends 64 'name of an agent' wizard cases hand-over 3 ' '
check "a case is escalated" says 'escalated' wizard cases escalate 2
check "close must say how" ends 64 '--as solved' wizard cases close 3
check "not in another way" ends 64 '--as takes' wizard cases close 3 --as lost
check "a case is closed" says 'is solved' wizard --agent carl cases close 3 --as solved
check "outcomes are listed" listed 2 --outcome solved,escalated
check "a note for the caller" says 'has the note' wizard cases note 1 \
	"'); DROP TABLE event; -- $(printf '\033[31m\033]0;x\007')red"
check "a note for colleagues" says 'has the note' wizard cases note 1 'not for you' --internal
check "a case that is not there" ends 64 'there is no case 2026-00099' \
	wizard cases escalate 2026-00099

# Exports.
check "a ticket" says 'WHAT THE CALLER SEES' wizard cases show 1
check "the note is in it, clean" grep -q "DROP TABLE" "$scratch/said"
wizard cases show 1 --internal | LC_ALL=C tr -d '\n\040-\176\200-\377' >"$scratch/controls"
empty "no control character in a ticket" "$scratch/controls"
wizard cases show 1 --internal | awk 'length($0) > 72' >"$scratch/wide"
empty "no line of more than 72 columns" "$scratch/wide"
check "internal notes are not" sh -c '! grep -q "not for you" "$1"' sh "$scratch/said"
check "unless they are asked for" says 'not for you' wizard cases show 1 --internal
check "an escalation packet of any case" says 'Escalation of case' wizard cases show 1 --escalation
check "and of one that was escalated" says 'WHAT TO LOOK AT FIRST' wizard cases show 2
check "a format that is none" ends 64 'text, markdown or json' wizard cases show 1 --format html
for format in text markdown json; do
	check "$format goes to a file" wizard cases show 1 --format "$format" \
		-o "$scratch/ticket.$format"
done
check "for the user alone" test "$(stat -c %a "$scratch/ticket.text")" = 600
check "the JSON is JSON" jq -e '.case.number == "2026-00001"' "$scratch/ticket.json"

cp "$scratch/ticket.text" "$scratch/kept"
echo precious >"$scratch/precious"
check "a file that is there is not written over" ends 64 'is there already' \
	wizard cases show 1 -o "$scratch/precious"
check "it is as it was" grep -qx precious "$scratch/precious"
terminal n cases show 1 -o "$scratch/precious"
check "on a terminal that is asked about" grep -q 'Write over it' "$scratch/terminal"
check "no leaves it" grep -qx precious "$scratch/precious"
terminal y cases show 1 -o "$scratch/precious"
check "yes writes over it" cmp "$scratch/precious" "$scratch/ticket.text"
echo precious >"$scratch/precious"
check "--force does not ask" wizard cases show 1 -o "$scratch/precious" --force
check "and writes" cmp "$scratch/precious" "$scratch/ticket.text"
check "a folder that is not there" ends 74 'none' wizard cases show 1 -o "$scratch/none/x"
check "what is no regular file" ends 74 'no regular file' wizard cases show 1 --force -o "$scratch"
find "$scratch" -name 'precious.*' -o -name 'ticket.*.*' >"$scratch/beside"
empty "nothing is left beside" "$scratch/beside"
check "a full disk is said" sh -c '"$1" -k "$2" --cases "$3" cases show 1 >/dev/full 2>&1; test $? -eq 74' \
	sh "$KBWIZARD" "$KBW" "$log"

# The clipboard.
terminal '' cases show 1 --copy
printf '\033]52;c;%s\a' "$(base64 -w 0 "$scratch/kept")" >"$scratch/sequence"
check "--copy sends the ticket to the terminal" sh -c 'grep -qaF "$(cat "$1")" "$2"' \
	sh "$scratch/sequence" "$scratch/terminal"

# answers NAME WHAT: what the case that is taken up has for answers
answers() {
	printf 'answers\nquit\n' | wizard --line resume "$2" >"$scratch/$1" 2>&1
}
check "a case is taken up by its number" answers log 1
for format in text markdown json; do
	check "and from what was exported as $format" answers "$format" "$scratch/ticket.$format"
	check "with the same answers" cmp "$scratch/log" "$scratch/$format"
done
check "from a file it is a new case" listed 6
check "which says where it comes from" says 'from case 2026-00001' wizard cases show 4
sed 's/^/> /; s/$/  \r/' "$scratch/ticket.text" >"$scratch/mail"
check "from a mail that quotes it" answers quoted "$scratch/mail"
check "with the same answers" cmp "$scratch/log" "$scratch/quoted"
sed 's/value=5.5/value=4.0/' "$scratch/ticket.text" >"$scratch/changed"
check "what was changed is refused" ends 65 'was changed' wizard --line resume "$scratch/changed"
sed '/^kbwizard-case-end/d' "$scratch/ticket.text" >"$scratch/cut"
check "what was cut is refused" ends 65 'cut short' wizard --line resume "$scratch/cut"
check "what is no export is refused" ends 65 'no exported case' \
	wizard --line resume "$srcdir/README"
check "nor is what is no text" ends 65 'no text' wizard --line resume "$KBW"
check "a file that is not there" ends 66 'gone' wizard --line resume "$scratch/gone"
check "a case that is not there" ends 64 'no case 77' wizard --line resume 77
check "resume of nothing" ends 64 'resume takes' wizard resume

# Other knowledge.
"$KBC" build -o "$scratch/other.kbw" "$srcdir/kb/linux" >/dev/null 2>&1
check "the knowledge of a case must be there" ends 64 'name one with -k' \
	env KBWIZARD_KB="$scratch/other.kbw" "$KBWIZARD" --cases "$log" --line resume 1
check "an export does without" says 'from the record alone' \
	env KBWIZARD_KB="$scratch/other.kbw" "$KBWIZARD" --cases "$log" cases show 1
check "other knowledge may be named" says 'no longer fit' \
	"$KBWIZARD" -k "$scratch/other.kbw" --cases "$log" --line resume 1
check "what does not fit is named in the case" says 'No longer fits: exchange-version: 5.5' \
	wizard cases show 1 --internal

# On screens the same: the case begins where it was, and what does not fit stands above it.
# screens KNOWLEDGE: what the terminal is sent until two times q leaves
screens() {
	printf 'qq' | timeout 60 script -qec "'$KBWIZARD' -k '$1' --cases '$log' \
		resume '$scratch/ticket.text'" /dev/null >"$scratch/screens" 2>&1
}
screens "$KBW"
check "screens begin with the case" grep -q 'Did it work' "$scratch/screens"
screens "$scratch/other.kbw"
check "and with what no longer fits" grep -q 'no longer fit' "$scratch/screens"

# Somebody else has it.
mkfifo "$scratch/keys"
wizard --agent dora --line resume 2 <"$scratch/keys" >"$scratch/dora" 2>&1 &
dora=$!
exec 3>"$scratch/keys"
tries=0
while ! grep -q '^> ' "$scratch/dora" 2>/dev/null && [ "$tries" -lt 20000 ]; do
	tries=$((tries + 1))
done
check "the second is told who has it" ends 75 'dora on' wizard --line resume 2
check "so is who would close it" ends 75 'dora on' wizard cases close 2 --as solved
check "an export takes nothing from anybody" says '2026-00002' wizard cases show 2
exec 3>&-
wait "$dora"
check "then it is free again" says 'is solved' wizard cases close 2 --as solved

# Restricted.
check "restricted: own cases only" says '2026-00003' wizard --restricted --agent carl cases
check "no other's" sh -c '! grep -q bert "$1"' sh "$scratch/said"
restricted() {
	wanted=$1 words=$2
	shift 2
	ends "$wanted" "$words" env KBWIZARD_RESTRICTED=1 "$KBWIZARD" -k "$KBW" --cases "$log" \
		--agent zoe "$@"
}
check "another's case is none" restricted 64 'there is no case 1' cases show 1
check "not to be taken up" restricted 64 'no case 1' --line resume 1
check "not to be closed" restricted 64 'there is no case 1' cases close 1 --as solved
check "nobody else's list" restricted 64 'those of zoe' cases --agent anna
check "no path" restricted 64 'restricted' cases show 1 -o "$scratch/path"
check "no clipboard" restricted 64 'restricted' cases show 1 --copy
check "no knowledge" restricted 64 'restricted' cases show 1 -k "$KBW"
check "no file to take up" restricted 64 'restricted' --line resume "$scratch/ticket.text"
check "no purging" restricted 64 'restricted' cases purge --older-than 0d --yes

# Purging.
check "purge must say what is old" ends 64 '--older-than' wizard cases purge --yes
check "in days" ends 64 '90d' wizard cases purge --older-than 90
check "nothing is that old" says '0 cases deleted' wizard cases purge --older-than 90d
check "without a terminal it does not ask" ends 64 '2 cases would be deleted' \
	wizard cases purge --older-than 0d
terminal n cases purge --older-than 0d
check "on a terminal it does" grep -q 'Delete 2 cases for good' "$scratch/terminal"
check "no deletes nothing" listed 2 --state solved
terminal y cases purge --older-than 0d
check "yes deletes those that have ended" listed 0 --state solved
check "and no others" wizard cases show 1
check "others are named by their state" says 'deleted' wizard cases purge --older-than 0d \
	--state open,parked --yes
check "then there are none" says 'No cases.' wizard cases

check_done
