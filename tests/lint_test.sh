#!/bin/sh
# SPDX-License-Identifier: ISC
# kbc lint and kbc new: what an author is told, and what there is to begin with.
. "${srcdir:-.}/tests/lib.sh"

# lint STATUS ARGUMENT...: kbc lint ends with that status; $scratch/said has what it said
lint() {
	wanted=$1
	shift
	"$KBC" lint "$@" >"$scratch/said" 2>&1
	status=$?
	[ "$status" -eq "$wanted" ] && return
	echo "exit status $status instead of $wanted"
	cat "$scratch/said"
	return 1
}

# says LINE...: each is a line of what was said
says() {
	for line; do
		grep -qxF -e "$line" "$scratch/said" || {
			echo "does not say: $line"
			cat "$scratch/said"
			return 1
		}
	done
}

silent() {
	! grep -F -e "$1" "$scratch/said"
}

# article ID TITLE [TEXT]: Markdown of one article
article() {
	printf -- '---\nid: %s\ntitle: "%s"\napplies-to: Tern Mail, version 2.0\n---\n\n' "$1" "$2"
	printf '## Symptoms\n\nTern Mail 2.0 stops with error 1722.\n\n'
	printf '## Resolution\n\n1. Start it again.\n\n%s\n' "${3-}"
}

# Templates.

mkdir "$scratch/new"
templates() {
	"$KBC" new article >"$scratch/new/article.md" &&
		"$KBC" new questions >"$scratch/new/questions.yaml" &&
		"$KBC" new curated >"$scratch/new/curated.yaml"
}
check "every template is printed" templates

accepted() {
	"$KBC" build --strict -q "$scratch/new/questions.yaml" -c "$scratch/new/curated.yaml" \
		-o "$scratch/new.kbw" "$scratch/new" || return
	"$KBC" show "$scratch/new.kbw" EXAMPLE-1 >"$scratch/said" &&
		says 'error-code = 28  [symptoms 31] "write failed: error 28: no space left on device"' &&
		says 'fix [resolution 45] risk data-loss,irreversible' &&
		says 'fix [resolution 55] copy-version=2.0 risk data-loss'
}
check "the templates together are a knowledge file without a fault" accepted

spotless() {
	lint 0 -q "$scratch/new/questions.yaml" -c "$scratch/new/curated.yaml" "$scratch/new" &&
		says '0 errors, 0 warnings, 0 notes' &&
		lint 0 "$scratch/new" && says '0 errors, 0 warnings, 0 notes'
}
check "lint finds nothing to mend in them" spotless

named() {
	"$KBC" new article net-1.b_C >"$scratch/named.md" &&
		grep -qx 'id: net-1.b_C' "$scratch/named.md" &&
		"$KBC" new curated net-1.b_C | grep -qx '  - id: net-1.b_C'
}
check "a template has the identifier that is given" named

# refuses WORDS ARGUMENT...: kbc new is used wrongly, and says so
refuses() {
	words=$1
	shift
	"$KBC" new "$@" >"$scratch/out" 2>"$scratch/said"
	[ $? -eq 64 ] && grep -qF -e "$words" "$scratch/said" && [ ! -s "$scratch/out" ]
}
check "a kind that there is none of" refuses "'novel'" novel
check "an identifier that cannot be one" refuses "'a b'" article 'a b'
check "an identifier for a questions file" refuses "identifier" questions net-1

# Messages.

mkdir "$scratch/some"
article tern-1 'One' 'See [two](tern-2.md), [nobody](tern-9.md#x) and [it](https://example.org/).' \
	>"$scratch/some/a.md"
article Tern-2 'One' >"$scratch/some/b.md"
article TERN-1 'Three' >"$scratch/some/c.md"
printf -- '---\nid: tern-4\ntitle: Four\napplies-to: Tern\n---\n\n## Status\n\n[a](tern-1)\n' \
	>"$scratch/some/d.md"
lint 0 "$scratch/some" >"$scratch/lint.out" 2>&1
check "a reference to no article" says \
	"$scratch/some/a.md:15: note: no article here has the identifier it refers to: tern-9"
references() {
	! grep -v tern-9 "$scratch/said" | grep -F 'it refers to'
}
check "other references lead somewhere, whatever the case" references
check "the same title twice" says \
	"$scratch/some/b.md:3: note: another article has this title: tern-1"
check "the same identifier twice, whatever the case" says \
	"$scratch/some/c.md: warning: another article has this identifier; this one is left out: TERN-1, in $scratch/some/a.md"

twice() {
	"$KBC" build -o "$scratch/some.kbw" "$scratch/some" >"$scratch/said" 2>&1 &&
		grep -q '^3 articles, 1 faults' "$scratch/said" || return
	"$KBC" show "$scratch/some.kbw" TERN-1 >"$scratch/said" && says 'article tern-1'
}
check "build keeps the first of them" twice

# Files among articles that are none, and links by the names of files.

mkdir -p "$scratch/among/old"
article tern-1 'One' 'See [two](second.md), [three](old/Third.md#x), [nobody](fourth.md).' \
	>"$scratch/among/first.md"
article tern-2 'Two' >"$scratch/among/second.md"
article tern-3 'Three' >"$scratch/among/old/third.md"
printf '# Articles\n\n## Status\n\nWritten by hand. See [one](first.md).\n' \
	>"$scratch/among/README.md"
among() {
	lint 0 "$scratch/among" && says \
		"$scratch/among/README.md: note: no article: Markdown without front matter and symptoms; left out" &&
		"$KBC" build --strict -o "$scratch/among.kbw" "$scratch/among"
}
check "a README among articles is no fault" among

forgotten() {
	printf '# Four\n\n## Symptoms\n\nIt beeps.\n' >"$scratch/among/fourth.md"
	lint 1 "$scratch/among" && says \
		"$scratch/among/fourth.md: error: no article identifier (DOCUMENT:, Article: or id: line)"
	result=$?
	rm "$scratch/among/fourth.md"
	return $result
}
check "an article that lacks its identifier is" forgotten

# no_figures ARGUMENT...: what cannot be read is said, and nothing is counted
no_figures() {
	"$KBC" lint "$@" >"$scratch/out" 2>"$scratch/said"
	[ $? -eq 66 ] && [ ! -s "$scratch/out" ] && [ "$(wc -l <"$scratch/said")" -eq 1 ] &&
		grep -F -e "$scratch/nowhere" "$scratch/said"
}
check "a path that is missing is nothing to be counted" no_figures "$scratch/nowhere"
check "nor beside one that is there" no_figures "$scratch/among" "$scratch/nowhere"
check "nor to be summed up" no_figures --summary "$scratch/nowhere"
check "nor is a questions file" no_figures -q "$scratch/nowhere" "$scratch/among"

by_file() {
	lint 0 "$scratch/among" && says \
		"$scratch/among/first.md:15: note: no article here has the identifier it refers to: fourth" &&
		! grep -v fourth "$scratch/said" | grep -F 'it refers to' &&
		sqlite3 "$scratch/among.kbw" 'SELECT id FROM reference ORDER BY number' \
			>"$scratch/said" &&
		printf 'fourth\ntern-2\ntern-3\n' | same_lines
}
same_lines() {
	sort >"$scratch/wanted" && sort "$scratch/said" | diff "$scratch/wanted" -
}
check "a link leads to the article of the file it names" by_file

excluded() {
	lint 0 --exclude 'old' --exclude='READ*' "$scratch/among" && silent README &&
		says "$scratch/among/first.md:15: note: no article here has the identifier it refers to: Third" &&
		"$KBC" build --exclude 'old/*' -o "$scratch/less.kbw" "$scratch/among" |
		grep -q '^2 articles'
}
check "what --exclude names is left out" excluded

mkdir "$scratch/bare"
printf -- '---\nid: bare\ntitle: Bare\napplies-to: Tern\n---\n\n## References\n\n[a](bare)\n' \
	>"$scratch/bare/bare.md"
bare() {
	lint 0 "$scratch/bare" && says \
		"$scratch/bare/bare.md: note: no question tells anything about it" \
		"$scratch/bare/bare.md: note: nothing to advise: no fix, workaround, cause or explanation: it has references"
}
check "nothing to tell and nothing to advise, and what there is" bare

# title NAME TITLE: an article of the archive's form
title() {
	mkdir -p "$scratch/titles"
	printf 'DOCUMENT:%s  01-JAN-2000  [tern]\nTITLE   :%s\n\nSTATUS\n======\n\n' "$1" "$2"
	printf 'The replication of folders is by design. A request of the service account.\n'
}
title Q900001 'TERN: Public Folders of Another Site Are Not Part of Replicatio' >"$scratch/short.txt"
title Q900001 'TERN: Public Folders of Another Site Are Not Parts of Replicatio' >"$scratch/titles/1.txt"
title Q900002 'TERN: Public Folders of Another Site Are Not Shown Anymore to a ' >"$scratch/titles/2.txt"
title Q900003 'TERN: Public Folders of Another Site Are Not Part of the Request' >"$scratch/titles/3.txt"
title Q900004 'TERN: Public Folder of Another Site Is Not Part of a Replication' >"$scratch/titles/4.txt"
title Q900005 'TERN: Public Folders of Another Site Are Not Shown Any More to a' >"$scratch/titles/5.txt"
cut_titles() {
	lint 0 "$scratch/titles" "$scratch/short.txt" || return
	grep -F 'cut short' "$scratch/said" | sed 's|.*/||; s/:.*//' | tr '\n' ' ' >"$scratch/cut"
	echo '1.txt 5.txt ' | tr -d '\n' | diff - "$scratch/cut"
}
check "a title that ends in the middle of a word or sentence" cut_titles

cat >"$scratch/q.yaml" <<'YAML'
name: Test
questions:
  - key: symptom
    ask: What happens?
    kind: choice
    silent: quiet
    answers:
      - key: stops
        patterns:
          - 'stops with'
          - 'ends abnormally'
      - key: burns
        patterns: ['on fire']
      - key: quiet
phrases:
  - name: restart
    patterns: ['start it again', 'boot']
  - name: registry
    patterns:
      - 'regedit'
YAML
unused() {
	lint 0 -q "$scratch/q.yaml" "$scratch/some/a.md" &&
		says "$scratch/q.yaml:11:13: note: the pattern matches nothing in any article: symptom" &&
		says "$scratch/q.yaml:12:9: note: no article has this answer: symptom, burns" &&
		says "$scratch/q.yaml:17:34: note: the pattern matches nothing in any article: restart" &&
		says "$scratch/q.yaml:20:9: note: the pattern matches nothing in any article: registry" &&
		[ "$(grep -c -e 'matches nothing' -e 'has this answer' "$scratch/said")" -eq 4 ]
}
check "answers and patterns that no article needs, by their line" unused

faulty() {
	: >"$scratch/empty.md"
	lint 1 "$scratch/some/a.md" "$scratch/empty.md" && says "$scratch/empty.md: error: the file is empty"
}
check "an error is exit status 1" faulty

manual() {
	sed -n '/^\.Ss An article in Markdown/,/^\.Ed/p' "$srcdir/kb/kb-article.5" |
		sed -e '1,/^\.Bd/d' -e '/^\.Ed/d' -e 's/\\e/\\/g' >"$scratch/manual.md"
	lint 0 "$scratch/manual.md" && says '0 errors, 0 warnings, 1 notes' &&
		says "$scratch/manual.md:36: note: no article here has the identifier it refers to: tern-who-holds"
}
check "the article in the manual has nothing to mend" manual

# Figures.

summary() {
	lint 0 --summary -q "$scratch/new/questions.yaml" "$scratch/new/article.md" \
		"$scratch/some/a.md" "$scratch/bare" || return
	says '3 articles' \
		'  copy-version                                    1  33.3 %' \
		'  error-code                                      2  66.7 %' \
		'  any of them                                     2  66.7 %' \
		'  fix                                             2  66.7 %' \
		'  workaround                                      1  33.3 %' \
		'  because they advise nothing                     1  33.3 %' \
		'  for both reasons                                1  33.3 %' \
		'  references                                      1  33.3 %' && silent note:
}
check "summary counts versions, signatures, advice and why there is none" summary

nothing() {
	lint 1 --summary "$scratch/empty.md" && says '0 articles' \
		'  advice depends on none of these questions' \
		'  the file is empty                               1'
}
check "summary of what is no article" nothing

check "no option of another command" test "$("$KBC" lint --strict "$scratch/some" 2>/dev/null; echo $?)" = 64

if [ -d "$KBW_SHARED/corpus/other" ]; then
	check "any articles without a questions file" lint 1 --summary "$KBW_SHARED/corpus/other"
else
	skip "any articles without a questions file" "$KBW_SHARED/corpus/other is missing"
fi

check_done
