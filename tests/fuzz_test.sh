#!/bin/sh
# SPDX-License-Identifier: ISC
# What tests/fuzz/run begins with and what it has found: every seed goes through its target,
# whatever compiler there is. A finding becomes a seed once it is mended.
. "${srcdir:-.}/tests/lib.sh"

seeds=$srcdir/tests/fuzz/seeds
for target in "$seeds"/*; do
	name=$(basename "$target")
	set -- "$target"
	case $name in
	parse | extract) set -- "$@" "$srcdir/tests/articles" "$srcdir/kb/articles" ;;
	questions) set -- "$@" "$srcdir/kb/exchange.yaml" "$srcdir/kb/curated.yaml" ;;
	esac
	check "$name: no seed breaks a promise" "tests/fuzz/$name" "$@"
done
check_done
