# SPDX-License-Identifier: ISC
# The screens in a real terminal (tmux): screens/NAME.keys is typed at every size it names,
# and the screen it leaves must be screens/NAME.WxH.screen; then what must never go wrong
# with a terminal, whatever ends the wizard. screens/README has the words of a key script.
. "${srcdir:-.}/tests/lib.sh"

screens=$srcdir/tests/screens
socket=kbw-$$
tries=400

if ! command -v tmux >/dev/null 2>&1; then
	skip screens "tmux is not installed"
	check_done
fi

t() {
	tmux -L "$socket" -f /dev/null "$@"
}

trap 't kill-server 2>/dev/null; rm -rf "$scratch"' EXIT

# What runs in the terminal: the wizard, with the modes of the terminal before and after it.
cat >"$scratch/run" <<'END'
trap : INT
stty -g >"$SCRATCH/before"
sh -c 'echo $$ >"$SCRATCH/pid"; exec "$KBWIZARD" -k "$KBW" "$@"' sh "$@"
echo "exit $?" | tee "$SCRATCH/status"
stty -g >"$SCRATCH/after"
echo "after the wizard"
exec cat
END

t new-session -d -s keeper cat \; set -g status off || exit 99
session=0

# start WxH COMMAND...: a fresh terminal of that size, in which the command runs
start() {
	rm -f "$scratch/status" "$scratch/before" "$scratch/after" "$scratch/pid"
	width=${1%x*} height=${1#*x}
	shift
	t new-session -d -s "run$((session + 1))" -x "$width" -y "$height" \
		-e "SCRATCH=$scratch" -e "XDG_STATE_HOME=$scratch/state$session" \
		-e "KBW=$KBW" -e "KBWIZARD=$KBWIZARD" \
		-e "LC_ALL=$LC_ALL" -e "NO_COLOR=${NO_COLOR-}" "$@"
	[ "$session" -eq 0 ] || t kill-session -t "run$session" 2>/dev/null
	session=$((session + 1))
	pane=run$session:
}

keys() {
	t send-keys -t "$pane" "$@"
}

# A line typed, with its Enter.
line() {
	keys -l -- "$1"
	keys Enter
}

size() {
	t resize-window -t "$pane" -x "${1%x*}" -y "${1#*x}"
}

screen() {
	t capture-pane -p -t "$pane" | sed 's/[[:space:]]*$//'
}

# Lets the terminal get on with it, a twentieth of a second at most.
breathe() {
	t run-shell -d 0.02 true
}

# until COMMAND...: runs it again and again until it succeeds; fails when it never does
until_true() {
	tried=0
	while ! "$@" >/dev/null 2>&1; do
		tried=$((tried + 1))
		[ "$tried" -lt "$tries" ] || return 1
		breathe
	done
}

shows() {
	screen | grep -qF -- "$1"
}

is_screen() {
	screen >"$scratch/screen" && cmp -s "$scratch/screen" "$1"
}

# play SCRIPT: types it; a text that never comes is told
play() {
	while IFS= read -r line; do
		argument=${line#* }
		case $line in
		'#'* | '') ;;
		'wait '*)
			if ! until_true shows "$argument"; then
				echo "    never seen: $argument"
				return 1
			fi
			;;
		'type '*) keys -l -- "$argument" ;;
		'key '*)
			# shellcheck disable=SC2086
			keys $argument
			;;
		'size '*) size "$argument" ;;
		*)
			echo "    $1: what is '$line'?"
			return 1
			;;
		esac
	done <"$1"
}

# scripted NAME WxH
scripted() {
	script=$screens/$1.keys golden=$screens/$1.$2.screen
	options=$(sed -n 's/^# options: //p' "$script")
	# shellcheck disable=SC2086
	start "$2" sh "$scratch/run" $options
	if ! play "$script"; then
		screen >"$scratch/screen"
		not_ok "$1 at $2" "$scratch/screen"
		return
	fi
	if [ "${REGEN-}" != 1 ]; then
		until_true is_screen "$golden"
	fi
	screen >"$scratch/screen"
	same "$1 at $2" "$golden" "$scratch/screen"
}

for script in "$screens"/*.keys; do
	name=$(basename "$script" .keys)
	for size in $(sed -n 's/^# sizes: //p' "$script"); do
		scripted "$name" "$size"
	done
done

# ended NAME STATUS: the wizard is over with that status and the terminal is as it was
ended() {
	if ! until_true shows "after the wizard"; then
		screen >"$scratch/screen"
		not_ok "$1" "$scratch/screen"
		return
	fi
	check "$1: status $2" grep -qx "exit $2" "$scratch/status"
	check "$1: terminal as before" cmp "$scratch/before" "$scratch/after"
}

# signalled SIGNAL STATUS: sent while a question is on the screen
signalled() {
	start 80x24 sh "$scratch/run"
	until_true shows "What do you see?"
	keys Enter
	until_true shows "Still possible"
	kill -s "$1" "$(cat "$scratch/pid")"
	ended "SIG$1" "$2"
}

signalled TERM 143
signalled HUP 129
signalled INT 130

start 80x24 sh "$scratch/run"
until_true shows "What do you see?"
keys C-c
ended "^C" 130

start 80x24 sh "$scratch/run"
until_true shows "What do you see?"
keys F10
until_true shows "Quit?"
keys x
until_true shows "What do you see?"
keys F10
until_true shows "Quit?"
keys q
ended "q asks once" 0

# Stopped and continued: the screen comes back by itself.
start 80x24 sh "$scratch/run"
until_true shows "What do you see?"
kill -s STOP "$(cat "$scratch/pid")"
keys -R
kill -s CONT "$(cat "$scratch/pid")"
check "the screen is painted anew after SIGCONT" until_true shows "What do you see?"

# ^Z under a shell with job control, something else on the screen, fg.
start 80x24 sh -i
line "PS1='ready '; clear"
until_true shows "ready"
line '"$KBWIZARD" -k "$KBW"'
until_true shows "What do you see?"
keys C-z
check "^Z gives the shell back" until_true shows "Stopped"
line "clear; fg"
check "fg gives the wizard back" until_true shows "What do you see?"
line "event 8010"
check "and it goes on" until_true shows "This was understood"

# Sizes.
start 10x3 sh "$scratch/run"
check "a tiny window holds a sentence" until_true shows "Too small"
size 80x24
check "and comes back when it grows" until_true shows "What do you see?"
size 1x1
size 80x24
check "1 x 1 and back" until_true shows "What do you see?"

# Terminals that cannot have screens.
start 80x24 env TERM=nosuch sh "$scratch/run"
check "an unknown TERM is told" until_true shows "'nosuch'"
check "and lines are used instead" until_true shows "What do you see? (Enter to be asked)"
line quit
ended "unknown TERM" 0

start 80x24 env TERM=dumb sh "$scratch/run"
check "TERM=dumb gets lines" until_true shows "What do you see? (Enter to be asked)"

# Line mode in a terminal edits its line, and gives the terminal back too.
start 80x24 sh "$scratch/run" --line
until_true shows "What do you see?"
keys -l -- "evnt 8010"
keys C-a C-f C-f
line e
check "a line can be edited" until_true shows '8010, from "event 8010"'
keys C-c
ended "^C in line mode" 130

start 80x24 sh -c "sh '$scratch/run' </dev/null; exec cat"
check "input closed" until_true shows "What do you see? (Enter to be asked)"
until_true test -s "$scratch/status"
check "input closed: status 0" grep -qx "exit 0" "$scratch/status"

# The terminal goes away: so does the wizard.
gone() {
	! kill -0 "$1"
}
start 80x24 sh "$scratch/run"
until_true shows "What do you see?"
pid=$(cat "$scratch/pid")
t kill-session -t "run$session"
session=0
check "a lost terminal ends the wizard" until_true gone "$pid"

# Colour, and none where NO_COLOR is set.
coloured() {
	t capture-pane -e -p -t "$pane" | grep -q "$(printf '\033')\\[[0-9;]*3[0-7]"
}
start 80x24 sh "$scratch/run"
until_true shows "What do you see?"
check "keys are coloured" until_true coloured
start 80x24 env NO_COLOR=1 sh "$scratch/run"
until_true shows "What do you see?"
keys Enter
until_true shows "Still possible"
if coloured; then
	not_ok "NO_COLOR means none"
else
	ok "NO_COLOR means none"
fi

# Nothing but ASCII where that is asked for.
start 80x24 sh "$scratch/run" --ascii
until_true shows "What do you see?"
keys Enter
until_true shows "Still possible"
screen | LC_ALL=C tr -d '\n\040-\176' >"$scratch/beyond"
empty "--ascii shows nothing but ASCII" "$scratch/beyond"

check_done
