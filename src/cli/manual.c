/*
 * The manual page.  Words that mdoc would take for a macro or an escape are
 * guarded: a line that begins with "." or "'", and every backslash.
 */
#include "cli/manual.h"

#include <string.h>

#include "cli/command.h"
#include "desk/config.h"

enum { WIDTH = 70 };

static void put_escaped(struct buf *b, str s, bool is_start)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_start && (s.p[i] == '.' || s.p[i] == '\''))
			buf_puts(b, "\\&");
		if (s.p[i] == '\\')
			buf_puts(b, "\\e");
		else if (s.p[i] == '-')
			buf_puts(b, "\\-");
		else
			buf_putc(b, s.p[i]);
		is_start = false;
	}
}

static bool ends_sentence(str word)
{
	return str_ends(word, STR(".")) || str_ends(word, STR(":"));
}

/* A sentence begins a line, and no line is longer than a terminal. */
static void put_text(struct buf *b, str text)
{
	size_t at = 0;
	str word;

	while (str_next(&text, ' ', &word)) {
		if (at && at + word.n >= WIDTH) {
			buf_putc(b, '\n');
			at = 0;
		} else if (at) {
			buf_putc(b, ' ');
		}
		put_escaped(b, word, !at);
		at += word.n + 1;
		if (ends_sentence(word) && text.n) {
			buf_putc(b, '\n');
			at = 0;
		}
	}
	buf_putc(b, '\n');
}

static void put_options(struct buf *b, const struct option *o)
{
	if (!o->name)
		return;
	buf_puts(b, ".Bl -tag -width Ds\n");
	for (; o->name; o++) {
		buf_puts(b, ".It ");
		if (o->letter)
			buf_fmt(b, "Fl %c , ", o->letter);
		buf_puts(b, "Fl \\-");
		put_escaped(b, str_of(o->name), false);
		if (o->value)
			buf_fmt(b, " Ar %s", o->value);
		buf_putc(b, '\n');
		put_text(b, str_of(o->help));
	}
	buf_puts(b, ".El\n");
}

/* The verb of "audit verify" is a word of its own for the reader's eye. */
static void put_command(struct buf *b, const struct command *c)
{
	buf_fmt(b, ".It Ic %s", c->name);
	if (c->operands[0]) {
		buf_puts(b, " Ar ");
		put_escaped(b, str_of(c->operands), false);
		buf_puts(b, "\\&"); /* a bracket at the end is no delimiter */
	}
	buf_putc(b, '\n');
	put_text(b, str_of(c->about));
	if (c->result)
		put_text(b, str_of(c->result));
	put_options(b, c->options);
}

static void put_commands(struct buf *b)
{
	const char *section = "";

	for (size_t i = 0; i < command_rows_n; i++) {
		if (strcmp(section, command_rows[i].section)) {
			if (*section)
				buf_puts(b, ".El\n");
			section = command_rows[i].section;
			buf_fmt(b, ".Ss %s\n.Bl -tag -width Ds\n", section);
		}
		put_command(b, command_rows[i].command);
	}
	buf_puts(b, ".El\n");
}

static void put_config(struct buf *b)
{
	buf_puts(b, ".Bl -tag -width Ds\n");
	for (int i = 0; i < config_rows_n; i++) {
		buf_fmt(b, ".It Ic %s\n", config_rows[i].name);
		put_text(b, str_of(config_rows[i].help));
		if (*config_rows[i].otherwise)
			buf_fmt(b, "Default: %s\n", config_rows[i].otherwise);
	}
	buf_puts(b, ".El\n");
}

static void put_examples(struct buf *b)
{
	buf_puts(b, ".Bd -literal -offset indent\n");
	for (size_t i = 0; i < command_rows_n; i++)
		if (command_rows[i].command->examples[0]) {
			put_escaped(b,
				str_of(command_rows[i].command->examples[0]),
				true);
			buf_putc(b, '\n');
		}
	buf_puts(b, ".Ed\n");
}

void manual_put(struct arena *a, struct buf *b)
{
	(void)a;
	buf_puts(b,
		".\\\" Made by `toyon help --man`.\n.Dd November 21, 2026\n"
		".Dt TOYON 1\n.Os\n.Sh NAME\n.Nm toyon\n.Nd answers "
		"Californians\\(aq privacy requests, from receipt to proof\n"
		".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Fl \\-dir Ar D\n.Op Ar "
		"option ...\n.Op Ar operand ...\n.Sh DESCRIPTION\n.Nm\nis a "
		"desk for requests under the California Consumer Privacy "
		"Act:\npages for consumers and staff, a list of who may "
		"not be sold,\nand the proof of what was done.\nOne folder, one "
		"program.\n.Pp\nOptions of every command:\n");
	put_options(b, global_options);
	buf_puts(b, ".Sh COMMANDS\n");
	put_commands(b);
	buf_puts(b, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev TOYON_DIR\n"
		    "The folder of the installation.\n.It Ev TOYON_NAME\n"
		    "Goes before the line NAME in\n.Pa toyon.yaml .\n.It Ev "
		    "NO_COLOR\nOutput is never coloured.\n.El\n.Sh FILES\n"
		    ".Bl -tag -width Ds\n.It Pa toyon.yaml\n"
		    "In the folder of the installation:\n");
	put_config(b);
	buf_puts(b, ".El\n.Sh EXIT STATUS\n0 done, 1 failed, 2 wrong usage, "
		    "3 not found, 4 a check found something,\n5 needs a "
		    "confirmation, 75 not now: try again.\n.Sh EXAMPLES\n");
	put_examples(b);
	buf_puts(b, ".Sh SEE ALSO\nThe California Consumer Privacy Act, Civil "
		    "Code 1798.100 and after,\nand its regulations, 11 CCR "
		    "7000 and after.\n");
}
