/*
 * Questions on the terminal.  A passphrase is read a key at a time with echo and
 * signals off, so that Ctrl-C in the middle leaves the terminal as it was.
 */
#include "cli/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/passphrase.h"

enum { ANSWER_SIZE = 1024, CTRL_C = 3, CTRL_D = 4, CTRL_U = 21, DELETE = 127 };

static int nobody(const struct question *q, struct err *e)
{
	err_set(e, ERR_USAGE, "--%s is needed: there is nobody to ask",
		q->option);
	return err_hint(e, "give it, or run the command in a terminal");
}

static int given_up(struct err *e)
{
	return err_set(e, ERR_UNCONFIRMED, "given up; nothing was changed");
}

static int read_line(struct arena *a, str *out, struct err *e)
{
	char line[ANSWER_SIZE];

	if (!fgets(line, sizeof line, stdin))
		return given_up(e);
	*out = arena_dup(a, str_trim(str_of(line)));
	return 0;
}

int ask_text(struct cli *c, const struct question *q, str *out, struct err *e)
{
	const char *given = cli_option(c, q->option);

	*out = str_trim(str_of(given));
	if (given && (out->n || q->is_optional))
		return 0;
	if (!c->may_ask && q->is_optional)
		return 0;
	if (!c->may_ask)
		return nobody(q, e);
	do {
		fprintf(stderr, "%s%s%s%s ", q->text, q->otherwise ? " [" : "",
			q->otherwise ? q->otherwise : "",
			q->otherwise ? "]" : "");
		if (read_line(c->arena, out, e))
			return -1;
		if (!out->n && q->otherwise)
			*out = str_of(q->otherwise);
	} while (!out->n && !q->is_optional);
	return 0;
}

int ask_yes(struct cli *c, const struct question *q, str *out, struct err *e)
{
	bool is_given = cli_has(c, q->option);

	for (;;) {
		if (ask_text(c, q, out, e))
			return -1;
		if (str_eq_nocase(*out, STR("yes")) ||
			str_eq_nocase(*out, STR("y")))
			*out = STR("yes");
		else if (str_eq_nocase(*out, STR("no")) ||
			 str_eq_nocase(*out, STR("n")))
			*out = STR("no");
		else if (is_given)
			return err_set(
				e, ERR_USAGE, "--%s is yes or no", q->option);
		else
			continue;
		return 0;
	}
}

/* --- passphrases --- */

static int read_keys(char *text, size_t size, struct err *e)
{
	size_t n = 0;
	char key;

	while (read(STDIN_FILENO, &key, 1) == 1 && key != '\n' && key != '\r') {
		if (key == CTRL_C || (key == CTRL_D && !n))
			return given_up(e);
		if (key == CTRL_U)
			n = 0;
		else if (key == DELETE || key == '\b')
			n -= n > 0;
		else if (n + 1 < size)
			text[n++] = key;
	}
	text[n] = '\0';
	return 0;
}

static int type_hidden(
	struct cli *c, const char *prompt, str *out, struct err *e)
{
	char *text = arena_alloc(c->arena, PASSPHRASE_BYTES_MAX + 2);
	struct termios was;
	struct termios hidden;
	int rc;

	if (tcgetattr(STDIN_FILENO, &was))
		return err_errno(e, "ask for a passphrase");
	hidden = was;
	hidden.c_lflag &= (tcflag_t) ~(ECHO | ICANON | ISIG);
	/* Before the question: who answers it at once is not shown either. */
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	fprintf(stderr, "%s ", prompt);
	rc = read_keys(text, PASSPHRASE_BYTES_MAX + 2, e);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
	fputc('\n', stderr);
	*out = str_of(text);
	return rc;
}

static int type_twice(struct cli *c, personal *out, struct err *e)
{
	str again;

	for (;;) {
		if (type_hidden(c,
			    "Passphrase, 12 characters or more:", &out->v, e) ||
			type_hidden(c, "The same once more:", &again, e))
			return -1;
		if (str_eq(out->v, again))
			return 0;
		fputs("They differ. Once more, please.\n", stderr);
	}
}

static int read_passphrase_file(
	struct cli *c, const char *path, personal *out, struct err *e)
{
	static const struct file_source in = { STDIN_FILENO, "stdin" };
	size_t most = PASSPHRASE_BYTES_MAX + 2;
	str text;
	str rest;

	if (strcmp(path, "-") ? file_read(c->arena, path, most, &text, e)
			      : file_read_fd(c->arena, &in, most, &text, e))
		return -1;
	if (!str_cut(text, '\n', &out->v, &rest))
		out->v = text;
	if (str_ends(out->v, STR("\r")))
		out->v.n--;
	if (out->v.n)
		return 0;
	return err_set(e, ERR_INVALID, "the passphrase file is empty");
}

int ask_passphrase(struct cli *c, personal *out, struct err *e)
{
	static const struct question q = { .option = "passphrase-file" };
	const char *path = cli_option(c, q.option);

	if (path)
		return read_passphrase_file(c, path, out, e);
	return c->may_ask ? type_twice(c, out, e) : nobody(&q, e);
}
