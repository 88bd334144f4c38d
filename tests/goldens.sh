#!/bin/sh
# SPDX-License-Identifier: ISC
# Compares what each stage prints of tests/articles/NAME.txt or NAME.md with the golden
# NAME.STAGE beside it. A golden that is there selects the test; REGEN=1 renews it.
. "${srcdir:-.}/tests/lib.sh"

articles=$srcdir/tests/articles
stages=${STAGES:-tests/stages}

for golden in "$articles"/*.article "$articles"/*.diag "$articles"/*.facts "$articles"/*.advice; do
	[ -e "$golden" ] || continue
	stage=${golden##*.}
	article=${golden%.*}.txt
	[ -e "$article" ] || article=${golden%.*}.md
	questions=
	case $stage in
	facts | advice) questions=$articles/questions.yaml ;;
	esac
	name="$stage of ${article##*/}"
	if "$stages" "$stage" "$article" ${questions:+"$questions"} >"$scratch/out" 2>&1; then
		same "$name" "$golden" "$scratch/out"
	else
		not_ok "$name" "$scratch/out"
	fi
done

check_done
