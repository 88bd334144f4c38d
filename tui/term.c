/* SPDX-License-Identifier: ISC */
/*
 * The terminal. Signals that matter are blocked everywhere but in the one place that waits
 * for a key (ppoll swaps the mask), so that no handler ever interrupts curses and no signal
 * is lost between looking and waiting. What the handlers of curses do for SIGWINCH and
 * SIGTSTP happens there too.
 */

#include "term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "../kb/scan.h"
#include "../kb/xalloc.h"

#define ESCAPE_WAIT                                                                        \
	20 /* milliseconds until an Esc is an Esc; at 600 baud keys come through */
#define PASTE_BEGIN (KEY_MAX + 1)
#define PASTE_END (KEY_MAX + 2)

static SCREEN *screen;
static bool started;
static bool pasting;
static const struct timespec *patience; /* how long to wait for a key; NULL: for ever */
static bool impatient; /* that long was waited */
static sigset_t waiting_mask; /* signals come in only while waiting */
static volatile sig_atomic_t ended_by;
static volatile sig_atomic_t continued;

static void on_end(int number)
{
	ended_by = number;
}

static void on_continue(int number)
{
	(void)number;
	continued = 1;
}

/* Handles a signal, unless whoever started us had it ignored. */
static void term_handle(int number, void (*handler)(int))
{
	struct sigaction now, old;

	memset(&now, 0, sizeof now);
	now.sa_handler = handler;
	sigemptyset(&now.sa_mask);
	if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(number, &now, NULL);
}

static void term_signals(void)
{
	sigset_t block;

	term_handle(SIGINT, on_end);
	term_handle(SIGTERM, on_end);
	term_handle(SIGHUP, on_end);
	term_handle(SIGQUIT, on_end);
	term_handle(SIGCONT, on_continue);
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGHUP);
	sigaddset(&block, SIGQUIT);
	sigaddset(&block, SIGCONT);
	sigaddset(&block, SIGTSTP);
	sigaddset(&block, SIGWINCH);
	sigprocmask(SIG_BLOCK, &block, &waiting_mask);
}

/* Terminals that can mark pasted text say so in an extended capability. */
static void term_paste(const char *capability)
{
	const char *sequence = tigetstr(capability);

	if (sequence == NULL || sequence == (const char *)-1)
		return;
	putp(sequence);
	fflush(stdout);
}

/* Control-S and Control-Q are keys: in pasted data they must not stop the output. */
static void term_no_flow_control(void)
{
	struct termios mode;

	if (tcgetattr(STDIN_FILENO, &mode) == -1)
		return;
	mode.c_iflag &= ~(tcflag_t)IXON;
	tcsetattr(STDIN_FILENO, TCSANOW, &mode);
	def_prog_mode();
}

int term_start(struct err *err)
{
	const char *type = getenv("TERM");

	set_escdelay(ESCAPE_WAIT);
	screen = newterm(NULL, stdout, stdin);
	if (screen == NULL)
		return err_set(err, ERR_USAGE, "the terminal type '%s' is not known here",
		    type != NULL ? type : "");
	started = true;
	xalloc_on_exit(term_stop);
	atexit(term_stop);
	term_signals();
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	term_no_flow_control();
	define_key("\033[200~", PASTE_BEGIN);
	define_key("\033[201~", PASTE_END);
	term_paste("BE");
	return 0;
}

void term_stop(void)
{
	if (!started)
		return;
	started = false;
	term_paste("BD");
	endwin();
	sigprocmask(SIG_SETMASK, &waiting_mask, NULL);
}

void term_repaint(void)
{
	clearok(curscr, TRUE);
}

bool term_send(const char *sequence)
{
	if (!started)
		return false;
	fputs(sequence, stdout);
	fflush(stdout);
	return true;
}

void term_size(unsigned *columns, unsigned *rows)
{
	*columns = (unsigned)getmaxx(stdscr);
	*rows = (unsigned)getmaxy(stdscr);
}

int term_signal(void)
{
	return ended_by;
}

/*
 * Waits until something can be read. False when a signal came or nothing will ever come: the
 * terminal is gone, which is a hangup whether or not the signal arrives.
 */
static bool term_wait(void)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	int ready = ppoll(&in, 1, patience, &waiting_mask);

	if (ready == 0)
		impatient = true;
	if (ready <= 0)
		return false;
	if (!(in.revents & POLLIN))
		ended_by = SIGHUP;
	return true;
}

/* Lets in the signals that came meanwhile, and does not wait. True if something can be read. */
static bool term_look(void)
{
	static const struct timespec now;
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

	return ppoll(&in, 1, &now, &waiting_mask) > 0;
}

/* One byte or key of curses, waiting for it; ERR when a signal must be looked at first. */
static int term_read(void)
{
	int failures = 0;

	for (;;) {
		int c;

		/* Whoever pastes or leans on a key must not keep signals out. */
		term_look();
		if (ended_by || impatient)
			return ERR;
		if (continued) {
			continued = 0;
			reset_prog_mode();
			term_repaint();
			return KEY_RESIZE;
		}
		c = getch();
		if (c != ERR)
			return c;
		/* Readable, yet nothing to read, again and again: the end of input. */
		if (failures > 2)
			ended_by = SIGHUP;
		else if (term_wait())
			failures++;
	}
}

/* The character that begins with this byte; what is not UTF-8 is U+FFFD. */
static uint32_t term_character(int first)
{
	char bytes[5] = {(char)first};
	size_t want = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
	uint32_t cp;

	for (size_t i = 1; i < want; i++) {
		int c = term_read();

		if (c == ERR || c > 0xff || (c & 0xc0) != 0x80) {
			if (c != ERR)
				ungetch(c);
			break;
		}
		bytes[i] = (char)c;
	}
	scan_decode(bytes, &cp);
	return cp;
}

/* Of pasted text these are no keys; its line ends and TABs are blanks. */
static bool byte_is_control(int c)
{
	return (c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7f;
}

static uint32_t term_byte(int c)
{
	switch (c) {
	case '\r':
	case '\n':
		return pasting ? ' ' : TERM_ENTER;
	case '\t':
		return pasting ? ' ' : TERM_TAB;
	case 0x1b:
		return TERM_ESC;
	case '\b':
	case 0x7f:
		return TERM_BACKSPACE;
	default:
		return c < 0x80 ? (uint32_t)c : term_character(c);
	}
}

static uint32_t term_named(int c)
{
	static const struct {
		int curses;
		uint32_t key;
	} names[] = {
	    {KEY_UP, TERM_UP},
	    {KEY_DOWN, TERM_DOWN},
	    {KEY_LEFT, TERM_LEFT},
	    {KEY_RIGHT, TERM_RIGHT},
	    {KEY_PPAGE, TERM_PAGE_UP},
	    {KEY_NPAGE, TERM_PAGE_DOWN},
	    {KEY_HOME, TERM_HOME},
	    {KEY_END, TERM_END},
	    {KEY_DC, TERM_DELETE},
	    {KEY_BACKSPACE, TERM_BACKSPACE},
	    {KEY_ENTER, TERM_ENTER},
	    {KEY_BTAB, TERM_TAB},
	    {KEY_RESIZE, TERM_RESIZE},
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (names[i].curses == c)
			return names[i].key;
	}
	if (c >= KEY_F(1) && c <= KEY_F(12))
		return TERM_F1 + (uint32_t)(c - KEY_F(1));
	return TERM_OTHER;
}

bool term_busy(void)
{
	return !ended_by && term_look();
}

uint32_t term_key(void)
{
	for (;;) {
		int c = term_read();

		if (c == ERR)
			return ended_by ? TERM_SIGNAL : TERM_TICK;
		if (c == PASTE_END) {
			pasting = false;
			return TERM_RESIZE; /* no key, but what was pasted is to be drawn */
		}
		if (c == PASTE_BEGIN)
			pasting = true;
		else if (c <= 0xff && !(pasting && byte_is_control(c)))
			return term_byte(c);
		else if (c > 0xff && !(pasting && c != KEY_RESIZE))
			return term_named(c);
	}
}

uint32_t term_key_within(unsigned milliseconds)
{
	struct timespec time = {.tv_sec = milliseconds / 1000,
	    .tv_nsec = (long)(milliseconds % 1000) * 1000000};
	uint32_t key;

	patience = &time;
	impatient = false;
	key = term_key();
	patience = NULL;
	impatient = false;
	return key;
}
