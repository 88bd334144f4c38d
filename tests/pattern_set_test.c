/* SPDX-License-Identifier: ISC */
/* Sets of patterns: what is turned away, and that nothing is that would have matched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../decision/checksum.h"
#include "../decision/pattern_need.h"
#include "../decision/pattern_set.h"
#include "../kb/xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* "back|restor & up": clauses in order, atoms of a clause apart by '|'. */
static char *need_print(const char *source)
{
	struct need need;
	char *text;
	size_t len;
	FILE *out = xopen_memstream(&text, &len);

	pattern_need(&need, source);
	for (unsigned c = 0; c < need.n; c++)
		for (unsigned i = 0; i < need.clauses[c].n; i++) {
			const struct need_atom *a = &need.clauses[c].atoms[i];

			fputs(i > 0 ? "|" : c > 0 ? " & " : "", out);
			if (a->kind == NEED_LITERAL)
				fprintf(out, "%.*s", (int)a->n, a->literal);
			else
				fprintf(out, "%s*%u", a->kind == NEED_HEX ? "hex" : "digit",
				    a->n);
		}
	xclose_memstream(out);
	return text;
}

struct row {
	const char *source, *need;
};

static void check_needs(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *need = need_print(rows[i].source);

		if (strcmp(need, rows[i].need) != 0)
			fail_msg("'%s' needs '%s', not '%s'", rows[i].source, need,
			    rows[i].need);
		free(need);
	}
}

static void literals_are_needed(void **state)
{
	static const struct row rows[] = {
	    {"Backup", "backup"},
	    {"(?-i:Store)", "store"},
	    {"back\\s+upper", "upper & back"},
	    {"\\bcluster(s|ed|ing)?\\b", "cluster"},
	    {"gr[ae]y", "gray|grey"},
	    {"(?:data|message|mail)\\s+loss", "loss & data|message|mail"},
	    {"back(s|ed)?up", "backsup|backedup|backup"},
	    {"x\\.400", "x.400"},
	    {"un(deliver)+ed", "deliver"},
	    {"a{2}bc{1,3}", "hex*4"},
	    {"(?<!event\\s)source(?=:)", "source"},
	    {"over|across", "over|across"},
	    {"(?<=tape\\s)\\w+(?=full)", "tape & full"},
	    {"(?<name>disk|tape)\\w*full", "full & disk|tape"},
	    {"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnop & qrstuvwxyz"},
	};

	(void)state;
	check_needs(rows, COUNT(rows));
}

static void runs_are_needed(void **state)
{
	static const struct row rows[] = {
	    {"\\b[0-9a-f]{8}\\b", "hex*8"},
	    {"0x[0-9a-f]{4}", "0x & hex*4"},
	    {"\\d{3}(?:\\d{2})?", "digit*3"},
	    {"42949[56]\\d{4}", "digit*10 & 429495|429496"},
	    {"\\d+:\\d\\d", "digit*2"},
	};

	(void)state;
	check_needs(rows, COUNT(rows));
}

static void what_may_be_absent_is_not_needed(void **state)
{
	static const struct row rows[] = {
	    {"(backup)?", ""},
	    {"(backup)*", ""},
	    {"backup|", ""},
	    {"backup|\\w+", ""},
	    {"(?!backup)\\w+", ""},
	    {"(?!backup)", ""},
	    {"(backup){0,3}", ""},
	    {"[^x]", ""},
	    {"\\w{3}", ""},
	};

	(void)state;
	check_needs(rows, COUNT(rows));
}

/* Of sources like these nothing is claimed. */
static void what_is_not_understood_needs_nothing(void **state)
{
	static const struct row rows[] = {
	    {"(?x) back up # comment", ""},
	    {"(?(DEFINE)(?<a>b))c(?&a)", ""},
	    {"a(*ACCEPT)b", ""},
	    {"(a)\\1b", ""},
	    {"\\Qa.b\\E", ""},
	    {"\\x{62}", ""},
	    {"[[:alpha:]]b", ""},
	    {"b{,3}", ""},
	    {"(?R)?b", ""},
	};

	(void)state;
	check_needs(rows, COUNT(rows));
}

static struct pattern *pattern_of(const char *source)
{
	struct err err = {0};
	struct pattern *p = pattern_new(source, &err);

	if (p == NULL)
		fail_msg("%s: %s", source, err_text(&err));
	return p;
}

static const char *const sources[] = {"back(s|ed|ing)?[-\\s]?ups?\\b", "\\bstore\\b",
    "k[eu]y", "s{2}", "(?:[^.]|\\.\\d){0,80}\\bremote\\b", "0x[0-9a-f]{1,16}",
    "(?<![\\w\\\\.=-])(8[0-9a-f]{7})", "\\b(in|out)bound mail", "(?i)ID no|(?-i:NDR)",
    "\\$|100%", "(?|(a)b|(c)d)e", "pa{2,}d", "sto[^p]ped", "[\\d-]{4}", "(?=.*key)\\w+",
    "caf\xc3\xa9 door", "^\\W*$", "a.c", "(on)?line", "(ab|a)(bc|c)?d", "x|", "[KS]\\d",
    "\\bevent\\b[^.]{0,20} from", "(?<!post-)SP ?\\d", "[]x]y", "[a\\]]b"};

static const char *const texts[] = {"", "We back up the STORE.", "backups", "keys and Kuy",
    "\xe2\x84\xaa"
    "ey",
    "pa\xc5\xbf"
    "s",
    "pass", "remote", "0xC0000005", "code 80040115 here", "mail inbound mail", "id  NO",
    "NDR", "ndr", "100%", "$5", "abe cde", "paaad", "paad", "stowped", "12-4",
    "caf\xc3\x89 door", "...", "abc", "line", "online", "acd abd abcd", "k1", "S2",
    "an event is logged\nfrom tape", "SP 3", "post-SP3", "]y xy", "a]b", "inbound\nmail"};

static void nothing_is_turned_away_that_matches(void **state)
{
	struct pattern_set *set = pattern_set_new();
	struct pattern *patterns[COUNT(sources)];
	size_t turned_away = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(sources); i++) {
		patterns[i] = pattern_of(sources[i]);
		assert_int_equal(pattern_set_add(set, patterns[i]), i);
	}
	pattern_set_finish(set);
	for (size_t t = 0; t < COUNT(texts); t++) {
		size_t len = strlen(texts[t]);
		struct pattern_scan scan;

		pattern_scan_init(&scan, set, texts[t], len);
		for (size_t i = 0; i < COUNT(sources); i++) {
			bool may = pattern_scan_may(&scan, i);

			turned_away += !may;
			if (!may && pattern_find(patterns[i], texts[t], len, 0, NULL, 0))
				fail_msg(
				    "'%s' is turned away from '%s'", sources[i], texts[t]);
		}
		pattern_scan_fini(&scan);
	}
	assert_true(turned_away > COUNT(texts) * COUNT(sources) / 2);
	for (size_t i = 0; i < COUNT(sources); i++)
		pattern_free(patterns[i]);
	pattern_set_free(set);
}

/* The needs of all sources as kbc packs them; the caller frees the bytes. */
static unsigned char *pack_sources(size_t *len)
{
	struct needs_builder *builder = needs_builder_new();

	for (size_t i = 0; i < COUNT(sources); i++) {
		struct pattern *p = pattern_of(sources[i]);
		struct need need;

		pattern_need(&need, pattern_source(p));
		needs_builder_add(builder, sources[i], &need);
		pattern_free(p);
	}
	return needs_builder_finish(builder, len);
}

/* Without a set, patterns that know their needs are turned away and find the same. */
static void needs_turn_nothing_away_that_matches(void **state)
{
	size_t len, turned_away = 0;
	unsigned char *bytes = pack_sources(&len);
	struct needs *needs = needs_unpack(bytes, len, NULL);

	(void)state;
	assert_non_null(needs);
	assert_null(needs_of(needs, "of no such source"));
	for (size_t i = 0; i < COUNT(sources); i++) {
		const unsigned char *need = needs_of(needs, sources[i]);
		struct pattern *now = pattern_of(sources[i]);
		struct pattern *later = pattern_later(sources[i], need);

		assert_non_null(need);
		for (size_t t = 0; t < COUNT(texts); t++) {
			size_t n = strlen(texts[t]);
			struct span a = {0}, b = {0};
			struct pattern_scan scan;

			pattern_scan_init(&scan, NULL, texts[t], n);
			turned_away += !need_may_be_met(need, scan.map);
			assert_true(pattern_find(now, texts[t], n, 0, &a, 1) ==
				    pattern_scan_find(&scan, later, texts[t], n, 0, &b, 1));
			assert_true(a.start == b.start && a.end == b.end);
			pattern_scan_fini(&scan);
		}
		pattern_free(now);
		pattern_free(later);
	}
	assert_true(turned_away > COUNT(texts) * COUNT(sources) / 2);
	needs_free(needs);
	free(bytes);
}

/* Every flipped byte is noticed; where its checksum is put right, what is left does no harm. */
static void damaged_needs_do_no_harm(void **state)
{
	size_t len;
	unsigned char *bytes = pack_sources(&len);
	struct text_map *map = text_map_new(texts[1], strlen(texts[1]));

	(void)state;
	for (size_t i = 0; i < 8 * (len - 8); i++) {
		struct needs *needs;
		uint64_t sum;

		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		assert_null(needs_unpack(bytes, len, NULL));
		sum = checksum(bytes, len - 8);
		for (int k = 0; k < 8; k++)
			bytes[len - 8 + (size_t)k] = (unsigned char)(sum >> 8 * k);
		needs = needs_unpack(bytes, len, NULL);
		for (size_t s = 0; s < COUNT(sources) && needs != NULL; s++) {
			const unsigned char *need = needs_of(needs, sources[s]);

			if (need != NULL)
				need_may_be_met(need, map);
		}
		needs_free(needs);
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	for (size_t n = 0; n < 12; n++)
		assert_null(needs_unpack(bytes, n, NULL));
	text_map_free(map);
	free(bytes);
}

static void a_pattern_compiled_later_tells_its_fault(void **state)
{
	struct pattern *p = pattern_later("tape (\\d+", NULL);
	struct err now = {0}, later = {0};
	struct span s = {1, 2};

	(void)state;
	assert_int_equal(pattern_tried(p, NULL), 0);
	assert_false(pattern_find(p, "tape 5", 6, 0, &s, 1));
	assert_int_equal(s.end, 0);
	assert_int_equal(pattern_tried(p, &later), -1);
	assert_null(pattern_new("tape (\\d+", &now));
	assert_string_equal(err_text(&later), err_text(&now));
	err_fini(&later);
	err_fini(&now);
	pattern_free(p);
}

static void members_are_found_in_order(void **state)
{
	struct pattern_set *set = pattern_set_new();
	struct pattern_scan scan;
	char word[] = "w-a-00";

	(void)state;
	for (int i = 0; i < 100; i++) {
		word[4] = (char)('0' + i / 10);
		word[5] = (char)('0' + i % 10);
		pattern_set_add_words(set, word);
	}
	pattern_set_finish(set);
	pattern_scan_init(&scan, set, "W-A-03 w-a-71 w-b-05", 20);
	assert_int_equal(pattern_scan_next(&scan, 0, 100), 3);
	assert_int_equal(pattern_scan_next(&scan, 4, 100), 71);
	assert_int_equal(pattern_scan_next(&scan, 72, 100), 100);
	assert_int_equal(pattern_scan_next(&scan, 4, 50), 50);
	pattern_scan_fini(&scan);
	pattern_scan_init(&scan, NULL, "", 0);
	assert_int_equal(pattern_scan_next(&scan, 5, 9), 5);
	assert_true(pattern_scan_may(&scan, 5));
	pattern_scan_fini(&scan);
	pattern_set_free(set);
}

/* What is turned away leaves the groups as a search that fails does. */
static void groups_of_what_is_turned_away_are_empty(void **state)
{
	struct pattern_set *set = pattern_set_new();
	struct pattern *p = pattern_of("(b)ackup");
	struct span groups[2] = {{1, 2}, {3, 4}};
	struct pattern_scan scan;

	(void)state;
	pattern_set_add(set, p);
	pattern_set_finish(set);
	pattern_scan_init(&scan, set, "restore", 7);
	assert_false(pattern_scan_find(&scan, p, "restore", 7, 0, groups, 2));
	assert_int_equal(groups[0].end + groups[1].end, 0);
	pattern_scan_fini(&scan);
	pattern_free(p);
	pattern_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(literals_are_needed),
	    cmocka_unit_test(runs_are_needed),
	    cmocka_unit_test(what_may_be_absent_is_not_needed),
	    cmocka_unit_test(what_is_not_understood_needs_nothing),
	    cmocka_unit_test(nothing_is_turned_away_that_matches),
	    cmocka_unit_test(needs_turn_nothing_away_that_matches),
	    cmocka_unit_test(damaged_needs_do_no_harm),
	    cmocka_unit_test(a_pattern_compiled_later_tells_its_fault),
	    cmocka_unit_test(members_are_found_in_order),
	    cmocka_unit_test(groups_of_what_is_turned_away_are_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
