/* SPDX-License-Identifier: ISC */
/* Text to the clipboard of the terminal. */

#include "clipboard.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kb/xalloc.h"
#include "term.h"

#define SCREEN_PIECE 250 /* bytes that GNU screen passes on at once, with room to spare */

static char *base64(const char *text, size_t len)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *code = xmalloc((len + 2) / 3 * 4 + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = (uint32_t)(unsigned char)text[i] << 16;

		if (i + 1 < len)
			bits |= (uint32_t)(unsigned char)text[i + 1] << 8;
		if (i + 2 < len)
			bits |= (unsigned char)text[i + 2];
		for (int shift = 18; shift >= 0; shift -= 6)
			code[n++] = digits[bits >> shift & 63];
		if (i + 1 >= len)
			code[n - 2] = '=';
		if (i + 2 >= len)
			code[n - 1] = '=';
	}
	code[n] = '\0';
	return code;
}

/* Each piece in a device control string, which screen passes on as it is. */
static char *in_pieces(const char *sequence)
{
	char *pieces = NULL;
	size_t n, len = strlen(sequence);
	FILE *f = xopen_memstream(&pieces, &n);

	for (size_t at = 0; at < len; at += SCREEN_PIECE)
		fprintf(f, "\033P%.*s\033\\", SCREEN_PIECE, sequence + at);
	xclose_memstream(f);
	return pieces;
}

char *clipboard_sequence(const char *text, size_t len, bool screen)
{
	char *code = base64(text, len);
	char *sequence = xasprintf("\033]52;c;%s\a", code), *pieces;

	free(code);
	if (!screen)
		return sequence;
	pieces = in_pieces(sequence);
	free(sequence);
	return pieces;
}

/* GNU screen is told by its variable; tmux understands the sequence itself. */
static bool within_screen(void)
{
	return getenv("STY") != NULL && getenv("TMUX") == NULL;
}

static int send_to_terminal(const char *sequence, struct err *err)
{
	size_t len = strlen(sequence);
	int fd, result = 0;

	if (term_send(sequence))
		return 0;
	fd = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd == -1)
		return err_sys(err, ERR_OPEN, "there is no terminal to copy to");
	while (result == 0 && len > 0) {
		ssize_t n = write(fd, sequence, len);

		if (n == -1)
			result = err_sys(err, ERR_WRITE, "cannot write to the terminal");
		else
			sequence += n, len -= (size_t)n;
	}
	close(fd);
	return result;
}

int clipboard_copy(const char *text, size_t len, bool restricted, struct err *err)
{
	char *sequence;
	int result;

	if (restricted)
		return err_set(err, ERR_USAGE, "nothing is copied in restricted mode");
	if (len > CLIPBOARD_MOST)
		return err_set(err, ERR_USAGE,
		    "this is too much for the clipboard of a terminal: %zu bytes, %d at "
		    "most",
		    len, CLIPBOARD_MOST);
	sequence = clipboard_sequence(text, len, within_screen());
	result = send_to_terminal(sequence, err);
	free(sequence);
	return result;
}
