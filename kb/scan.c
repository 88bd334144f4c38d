/* SPDX-License-Identifier: ISC */
/*
 * Bytes from outside become clean UTF-8: lines of a file in one store, or one string. Most
 * lines of most files are plain ASCII; they are found and copied in one pass.
 */
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xalloc.h"

#define SCAN_TAB 8
#define SCAN_REPLACEMENT 0xfffd
#define SCAN_REPLACEMENT_LENGTH 3

/* What Windows-1252 has at 0x80..0x9f; 0 where it has nothing. From 0xa0 on it is Latin-1. */
static const uint16_t scan_windows_1252[32] = {
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, //
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, //
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, //
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178, //
};

struct scan_range {
	uint32_t first, last;
};

/* Controls, and characters that only steer how others are laid out. In order. */
static const struct scan_range scan_controls[] = {
    {0x00, 0x1f}, /* C0 */
    {0x7f, 0x9f}, /* DEL, C1 */
    {0xad, 0xad}, /* soft hyphen */
    {0x61c, 0x61c}, /* Arabic letter mark */
    {0x180e, 0x180e}, /* Mongolian vowel separator */
    {0x200b, 0x200f}, /* zero width, direction marks */
    {0x2028, 0x202e}, /* line and paragraph separator, embeddings, overrides */
    {0x2060, 0x206f}, /* word joiner, isolates, deprecated controls */
    {0xfeff, 0xfeff}, /* byte order mark */
    {0xfff9, 0xfffb}, /* interlinear annotation */
    {0xfffe, 0xffff}, /* no characters */
    {0x1bca0, 0x1bca3}, /* shorthand */
    {0x1d173, 0x1d17a}, /* musical */
    {0xe0000, 0xe007f}, /* tags */
};

/* Blanks that do not break; they are plain blanks here, so that words end at them. */
static const struct scan_range scan_blanks[] = {
    {0xa0, 0xa0},
    {0x1680, 0x1680},
    {0x2000, 0x200a},
    {0x202f, 0x202f},
    {0x205f, 0x205f},
    {0x3000, 0x3000},
};

static bool scan_within(uint32_t cp, const struct scan_range *list, size_t n)
{
	size_t i;

	for (i = 0; i < n && cp >= list[i].first; i++)
		if (cp <= list[i].last)
			return true;
	return false;
}

static bool scan_is_control(uint32_t cp)
{
	return scan_within(
	    cp, scan_controls, sizeof scan_controls / sizeof scan_controls[0]);
}

static bool scan_is_blank(uint32_t cp)
{
	return scan_within(cp, scan_blanks, sizeof scan_blanks / sizeof scan_blanks[0]);
}

size_t scan_encode(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

/*
 * The code point in the n > 0 bytes at s and its length, or 0 if they do not begin with a
 * valid one: no overlong form, no surrogate, nothing above U+10FFFF.
 */
static size_t scan_utf8(const unsigned char *s, size_t n, uint32_t *cp)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len = s[0] < 0x80             ? 1
		     : (s[0] & 0xe0) == 0xc0 ? 2
		     : (s[0] & 0xf0) == 0xe0 ? 3
		     : (s[0] & 0xf8) == 0xf0 ? 4
					     : 0;
	size_t i;

	if (len == 0 || len > n)
		return 0;
	*cp = len == 1 ? s[0] : s[0] & (0x7fu >> len);
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3f);
	}
	if (*cp < least[len] || *cp > 0x10ffff || (*cp >= 0xd800 && *cp <= 0xdfff))
		return 0;
	return len;
}

size_t scan_decode(const char *s, uint32_t *cp)
{
	size_t len;

	if ((unsigned char)s[0] < 0x80) {
		*cp = (unsigned char)s[0];
		return *cp != 0;
	}
	len = scan_utf8((const unsigned char *)s, strnlen(s, 4), cp);
	if (len == 0) {
		*cp = SCAN_REPLACEMENT;
		len = 1;
	}
	return len;
}

static bool scan_is_utf8(const unsigned char *s, size_t n)
{
	size_t i, len;
	uint32_t cp;

	for (i = 0; i < n; i += len)
		if ((len = scan_utf8(s + i, n - i, &cp)) == 0)
			return false;
	return true;
}

static size_t scan_windows(unsigned char byte, uint32_t *cp)
{
	*cp = byte;
	if (byte >= 0x80 && byte < 0xa0) {
		*cp = scan_windows_1252[byte - 0x80];
		if (*cp == 0)
			*cp = SCAN_REPLACEMENT;
	}
	return 1;
}

/*
 * One line being written: where it begins, its end so far, its width. A control character
 * is held back until something follows it, since one at an end of a line (a byte order mark,
 * a form feed, the ^Z of DOS) goes without a trace.
 */
struct scan_out {
	char *start, *end;
	size_t column, held;
	unsigned tab;
};

static void scan_put(struct scan_out *out, uint32_t cp)
{
	for (; out->held > 0; out->held--) {
		if (out->end == out->start)
			continue;
		out->end += scan_encode(SCAN_REPLACEMENT, out->end);
		out->column++;
	}
	out->end += scan_encode(cp, out->end);
	out->column++;
}

static void scan_put_tab(struct scan_out *out)
{
	do
		scan_put(out, ' ');
	while (out->column % out->tab != 0);
}

/* The slow way, for any bytes. Returns true if the line had to be recoded. */
static bool scan_convert(struct scan_out *out, const unsigned char *s, size_t n)
{
	bool utf8 = scan_is_utf8(s, n);
	bool recoded = !utf8;
	uint32_t cp = 0;
	size_t i = 0;

	while (i < n) {
		i += utf8 ? scan_utf8(s + i, n - i, &cp) : scan_windows(s[i], &cp);
		if (cp == '\t') {
			scan_put_tab(out);
		} else if (scan_is_control(cp)) {
			recoded = recoded || (cp != '\r' && !(cp == 0xfeff && i == 3));
			out->held += cp != '\r';
		} else {
			scan_put(out, scan_is_blank(cp) ? ' ' : cp);
		}
	}
	return recoded;
}

#define EACH_BYTE(c) (UINT64_C(0x0101010101010101) * (c))

/*
 * How many bytes at the beginning are printable ASCII, as nearly all are: eight at a time. The
 * highest bit of a byte is set by what is beyond ASCII, by taking 32 from a control and by
 * adding 1 to 127; what is carried into the next byte comes from one that has it set.
 */
static size_t plain_length(const unsigned char *s, size_t n)
{
	size_t i = 0;
	uint64_t eight;

	for (; n - i >= sizeof eight; i += sizeof eight) {
		memcpy(&eight, s + i, sizeof eight);
		eight |= (eight - EACH_BYTE(0x20)) | (eight + EACH_BYTE(1));
		if ((eight & EACH_BYTE(0x80)) != 0)
			break;
	}
	while (i < n && s[i] >= 0x20 && s[i] < 0x7f)
		i++;
	return i;
}

/* Cleans one line to `to`, which has room for it; the end of what was written. */
static char *scan_clean_line(
    char *to, const unsigned char *s, size_t n, unsigned tab, bool *recoded)
{
	struct scan_out out = {.start = to, .end = to, .tab = tab};
	size_t i = plain_length(s, n);

	if (i == n || (i + 1 == n && s[i] == '\r')) {
		memcpy(to, s, i);
		*recoded = false;
		return to + i;
	}
	*recoded = scan_convert(&out, s, n);
	return out.end;
}

/*
 * How many bytes n bytes can grow to, at most: a TAB to eight, any other byte that is not
 * plain ASCII to three.
 */
static size_t scan_room(const unsigned char *s, size_t n)
{
	size_t room = n, i;

	for (i = plain_length(s, n); i < n; i++)
		if (s[i] == '\t')
			room += SCAN_TAB - 1;
		else if (s[i] < 0x20 || s[i] >= 0x7f)
			room += SCAN_REPLACEMENT_LENGTH - 1;
	return room;
}

static size_t scan_count(const char *bytes, size_t n, char c)
{
	const char *end = bytes + n;
	size_t count = 0;

	while (bytes < end && (bytes = memchr(bytes, c, (size_t)(end - bytes)))) {
		count++;
		bytes++;
	}
	return count;
}

static void scan_lines(struct scan *scan, const char *bytes, size_t n, unsigned tab)
{
	const char *at = n > 0 ? bytes : "", *end = at + n;
	size_t ends = scan_count(at, n, '\n');
	char eol = '\n', *to;

	/* a file without line feeds has its lines ended by carriage returns */
	if (ends == 0 && (ends = scan_count(at, n, '\r')) > 0)
		eol = '\r';
	*scan = (struct scan){.nbytes = n, .binary = n > 0 && memchr(bytes, '\0', n)};
	scan->lines = xcalloc(ends + 1, sizeof *scan->lines);
	scan->store = to = xmalloc(scan_room((const unsigned char *)at, n) + ends + 1);
	while (at < end) {
		struct scan_line *line = &scan->lines[scan->nlines++];
		const char *stop = memchr(at, eol, (size_t)(end - at));

		if (!stop)
			stop = end;
		line->text = to;
		to = scan_clean_line(to, (const unsigned char *)at, (size_t)(stop - at),
		    tab, &line->recoded);
		while (to > line->text && to[-1] == ' ')
			to--;
		line->len = (size_t)(to - line->text);
		*to++ = '\0';
		at = stop + 1;
	}
}

void scan_bytes(struct scan *scan, const char *bytes, size_t n)
{
	scan_lines(scan, bytes, n, SCAN_TAB);
	if (n > 0 && memchr(bytes, '\t', n))
		scan->tabbed = xmemdup(bytes, n);
}

void scan_again(struct scan *scan, const struct scan *from, unsigned tab)
{
	scan_lines(scan, from->tabbed, from->tabbed ? from->nbytes : 0, tab);
}

void scan_fini(struct scan *scan)
{
	free(scan->lines);
	free(scan->tabbed);
	free(scan->store);
	*scan = (struct scan){.lines = NULL};
}

/* Reads what the descriptor gives, `size` bytes expected; -1 and err if it fails. */
static int scan_read(
    struct scan *scan, int fd, const char *path, size_t size, size_t limit, struct err *err)
{
	size_t room = size + 1, n = 0;
	char *bytes = xmalloc(room);
	ssize_t got;

	/* one byte more than expected tells whether the file grew meanwhile */
	while ((got = read(fd, bytes + n, room - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			free(bytes);
			return err_sys(err, ERR_OPEN, "cannot read %s", path);
		}
		n += (size_t)got;
		if (n > limit) {
			free(bytes);
			return err_set(err, ERR_OPEN,
			    "cannot read %s: larger than %zu bytes", path, limit);
		}
		if (n == room)
			bytes = xrealloc_array(bytes, room *= 2, 1);
	}
	scan_bytes(scan, bytes, n);
	free(bytes);
	return 0;
}

int scan_file(struct scan *scan, const char *path, size_t limit, struct err *err)
{
	struct stat status;
	int fd, rc;

	*scan = (struct scan){.lines = NULL};
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, ERR_OPEN, "cannot open %s", path);
	if (fstat(fd, &status) < 0)
		rc = err_sys(err, ERR_OPEN, "cannot read %s", path);
	else if (!S_ISREG(status.st_mode))
		rc = err_set(err, ERR_OPEN, "cannot read %s: not a regular file", path);
	else if ((uintmax_t)status.st_size > limit)
		rc = err_set(
		    err, ERR_OPEN, "cannot read %s: larger than %zu bytes", path, limit);
	else
		rc = scan_read(scan, fd, path, (size_t)status.st_size, limit, err);
	close(fd);
	return rc;
}

char *scan_clean(const char *bytes, size_t n)
{
	const char *at = n > 0 ? bytes : "", *end = at + n;
	char *clean = xmalloc(scan_room((const unsigned char *)at, n) + 1);
	char *to = clean;
	bool recoded;

	for (;;) {
		const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
		size_t len = (size_t)((stop ? stop : end) - at);

		to =
		    scan_clean_line(to, (const unsigned char *)at, len, SCAN_TAB, &recoded);
		if (!stop)
			break;
		*to++ = '\n';
		at = stop + 1;
	}
	*to = '\0';
	return clean;
}

char *scan_sentence(const char *text)
{
	char *clean = text ? scan_clean(text, strlen(text)) : NULL;
	char *at = clean;

	while (at && (at = strchr(at, '\n')))
		*at = ' ';
	return clean;
}

char *scan_fold(const char *text)
{
	static const char blanks[] = " \t\n\v\f\r";
	char *folded = xmalloc(strlen(text) + 1);
	size_t len = 0, n;

	for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
		n = strcspn(text, blanks);
		if (len > 0)
			folded[len++] = ' ';
		memcpy(folded + len, text, n);
		len += n;
		text += n;
	}
	folded[len] = '\0';
	return folded;
}

char *scan_join(const struct scan *scan, size_t from, size_t to)
{
	const char *start;
	size_t len;
	char *text;

	if (from >= to)
		return xstrdup("");
	/* they stand one behind the other in the store, with a NUL between */
	start = scan->lines[from].text;
	len = (size_t)(scan->lines[to - 1].text + scan->lines[to - 1].len - start);
	text = xmemdup(start, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = text[i] ? text[i] : '\n';
	return text;
}

size_t scan_cut(const char *text, size_t n)
{
	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return n;
}
