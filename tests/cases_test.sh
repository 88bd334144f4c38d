# SPDX-License-Identifier: ISC
# Cases, as line mode keeps them: a call is killed after every line and taken up as it was;
# what cannot be kept is said and stops nobody; nobody else's case is touched.
. "${srcdir:-.}/tests/lib.sh"

db=$XDG_STATE_HOME/kbwizard/cases.db
tries=2000

# A call that does everything that can be done in one.
cat >"$scratch/call" <<'END'
caller=O'Neil "the boss"
backup fails, evnt 8010

note he said: it's '; DROP TABLE cases; --
remark we call back at ten
later
5.0
change 2 unknown
back
reference=TICKET-4711
hold
hold
no
steps
done
done
tried
error-code=1722
drop 1
tell it is a cluster
1
escalate
END
lines=$(wc -l <"$scratch/call")

wizard() {
	"$KBWIZARD" -k "$KBW" --line --phone --agent anna "$@"
}

# begin: the same behind a pipe that stays open, as process $pid
begin() {
	mkfifo "$scratch/in"
	"$KBWIZARD" -k "$KBW" --line --phone --agent anna <"$scratch/in" >"$scratch/out" 2>&1 &
	pid=$!
	exec 3>"$scratch/in"
	rm "$scratch/in"
}

# events FILE: what the log holds of the only case, but for when and that it was left
events() {
	sqlite3 "$db" "SELECT kind, question, article, entry, step, text, internal, answers
		FROM events WHERE kind <> 'parked' ORDER BY seq" >"$1"
}

# fresh: no case yet
fresh() {
	rm -rf "$XDG_STATE_HOME"
}

# prompts FILE: how often the wizard has asked for a line
prompts() {
	tr -d '\n' <"$1" | grep -o '> ' | wc -l
}

# has_prompted N: the wizard that runs waits for line N + 1
has_prompted() {
	[ "$(prompts "$scratch/out")" -ge $(($1 + 1)) ]
}

until_true() {
	tried=0
	while ! "$@" >/dev/null 2>&1; do
		tried=$((tried + 1))
		[ "$tried" -lt "$tries" ] || return 1
	done
}

# kill_after N: the call up to line N, then no warning at all
kill_after() {
	begin
	head -n "$1" "$scratch/call" >&3
	until_true has_prompted "$1"
	kill -9 "$pid"
	wait "$pid" 2>/dev/null
	exec 3>&-
}

# taken_up FILE: what another program shows of the case when it goes on with it
taken_up() {
	printf 'open 1\nanswers\nwhy\nquit\n' | wizard | sed '1,/^> open/d' >"$1"
}

# same_and_some ONE OTHER: two files are equal, and not for being empty
same_and_some() {
	[ -s "$1" ] && diff "$1" "$2"
}

n=1
while [ "$n" -le "$lines" ]; do
	fresh
	{
		head -n "$n" "$scratch/call"
		echo quit
	} | wizard >/dev/null 2>&1
	events "$scratch/left.events"
	taken_up "$scratch/left"
	fresh
	kill_after "$n"
	events "$scratch/killed.events"
	taken_up "$scratch/killed"
	check "killed after line $n: every event is there" \
		same_and_some "$scratch/left.events" "$scratch/killed.events"
	check "killed after line $n: it goes on as it was" \
		diff "$scratch/left" "$scratch/killed"
	n=$((n + 1))
done
check "the last of them shows answers" grep -q "In your words" "$scratch/killed"
check "the whole call has many kinds of events" \
	test "$(cut -d'|' -f1 "$scratch/killed.events" | sort -u | wc -l)" -ge 14

# Two agents and one case.
fresh
begin
head -n 3 "$scratch/call" >&3
until_true has_prompted 3
printf 'open 1\nquit\n' | wizard --agent bert >"$scratch/second"
check "the second is told who has the case" grep -q 'open elsewhere: anna on' "$scratch/second"
echo quit >&3
exec 3>&-
wait "$pid"
printf 'open 1\nquit\n' | wizard --agent bert >"$scratch/second"
check "and has it once the first has left it" grep -q 'In your words' "$scratch/second"
check "whose it is then" test "$(sqlite3 "$db" 'SELECT agent FROM cases')" = bert

# What cannot be kept.
printf 'not a database at all, but long enough to look at its head %512s' x >"$scratch/damaged"
cp "$scratch/damaged" "$scratch/before"
head -n 3 "$scratch/call" | wizard --cases "$scratch/damaged" >"$scratch/said" 2>&1
check "a damaged log is told" grep -q 'not saved.*damaged' "$scratch/said"
check "and left as it is" cmp "$scratch/before" "$scratch/damaged"
check "and the session goes on" grep -q 'This was understood' "$scratch/said"
fresh
head -n 3 "$scratch/call" | wizard >/dev/null
sqlite3 "$db" 'PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
head -n 3 "$scratch/call" | wizard >"$scratch/said" 2>&1
check "a log of a newer program is told" grep -q 'newer' "$scratch/said"
fresh
(
	ulimit -f 16
	cat "$scratch/call" | wizard
) >"$scratch/said" 2>&1
check "a disk without room is told" grep -q 'This case is not saved' "$scratch/said"
check "and another place is offered" grep -q '"place FILE"' "$scratch/said"
check "and the session goes on to its end" grep -q 'Step 1 of' "$scratch/said"
{
	head -n 3 "$scratch/call"
	printf 'place %s\nquit\n' "$scratch/other.db"
} | wizard --cases "$scratch/damaged" >"$scratch/said"
check "the other place is taken" grep -q 'kept there now' "$scratch/said"
check "with all that was done before" test \
	"$(sqlite3 "$scratch/other.db" "SELECT count(*) FROM events WHERE kind IN ('details', 'told')")" -eq 2
check "private to the user" test "$(stat -c %a "$scratch/other.db")" = 600
head -n 3 "$scratch/call" | wizard --no-cases --cases "$scratch/none.db" >"$scratch/said"
check "nothing is kept where nothing is wanted" test ! -e "$scratch/none.db"
printf 'caller=x\nplace %s\nquit\n' "$scratch/place.db" | wizard --restricted >"$scratch/said"
check "in restricted mode no path is taken" test ! -e "$scratch/place.db"

check_done
