/*
 * What the program says about itself: all of it comes from the commands'
 * descriptions and the tables, so that help, manual and parser can't disagree.
 */
#include <stdio.h>
#include <string.h>

#include "cli/args.h"
#include "cli/cli.h"
#include "cli/command.h"
#include "cli/manual.h"
#include "desk/config.h"
#include "desk/setting.h"
#include "ident/ident.h"
#include "law/reason.h"

enum { HELP_MAX = 128 << 10, WIDTH = 78, COLUMN = 26 };

/* Breaks at blanks; continues at `indent`, having written `at` columns. */
static void put_wrapped(struct buf *b, str text, size_t indent, size_t at)
{
	str word;

	for (bool is_first = true; str_next(&text, ' ', &word);
		is_first = false) {
		if (!is_first && at + 1 + word.n > WIDTH) {
			buf_fmt(b, "\n%*s", (int)indent, "");
			at = indent;
		} else if (!is_first) {
			buf_putc(b, ' ');
			at++;
		}
		buf_put(b, word);
		at += word.n;
	}
	buf_putc(b, '\n');
}

/* "  left          right, wrapped" */
static void put_row(struct buf *b, str left, str right)
{
	buf_fmt(b, "  %.*s", STR_ARG(left));
	if (left.n + 4 > COLUMN)
		buf_fmt(b, "\n%*s", COLUMN, "");
	else
		buf_fmt(b, "%*s", (int)(COLUMN - 2 - left.n), "");
	put_wrapped(b, right, COLUMN, COLUMN);
}

static str option_words(struct arena *a, const struct option *o)
{
	char letter[5] = "    ";

	if (o->letter) {
		letter[0] = '-';
		letter[1] = o->letter;
		letter[2] = ',';
	}
	return arena_fmt(a, "%s--%s%s%s", letter, o->name, o->value ? " " : "",
		o->value ? o->value : "");
}

static void put_options(struct arena *a, struct buf *b, const struct option *o)
{
	for (; o->name; o++)
		put_row(b, option_words(a, o), str_of(o->help));
}

static void put_command(struct cli *c, const struct command *cmd, struct buf *b)
{
	buf_fmt(b, "toyon %s%s%s%s\n\n", cmd->name,
		cmd->options[0].name ? " [OPTION...]" : "",
		cmd->operands[0] ? " " : "", cmd->operands);
	put_wrapped(b, str_of(cmd->about), 0, 0);
	if (cmd->result) {
		buf_putc(b, '\n');
		put_wrapped(b, str_of(cmd->result), 0, 0);
	}
	buf_puts(b, "\noptions:\n");
	put_options(c->arena, b, cmd->options);
	put_row(b, STR("    --dir D"), str_of(global_options[0].help));
	if (cmd->has_json)
		put_row(b, STR("    --json"), str_of(global_options[1].help));
	buf_puts(b, "\nexamples:\n");
	for (size_t i = 0; i < COUNTOF(cmd->examples); i++)
		if (cmd->examples[i])
			buf_fmt(b, "  %s\n", cmd->examples[i]);
}

void help_list(struct cli *c, struct buf *b)
{
	const char *section = "";

	buf_puts(b, "toyon COMMAND [OPTION...] ...\n\nAnswers Californians' "
		    "privacy requests, from receipt to proof.\n");
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command_row *row = &command_rows[i];

		if (strcmp(section, row->section)) {
			section = row->section;
			buf_fmt(b, "\n%s\n", section);
		}
		put_row(b, str_of(row->command->name),
			str_of(row->command->title));
	}
	buf_puts(b, "\nOptions of every command\n");
	put_options(c->arena, b, global_options);
	buf_puts(b, "\n`toyon help COMMAND` says more; so do `toyon help "
		    "config`, `settings`, `kinds`,\n`reasons` and `exit`.  Try "
		    "it: `toyon demo`.\n");
}

void help_command(struct cli *c, const struct command *cmd)
{
	struct buf b = buf_in(c->arena, HELP_MAX);

	if (cmd)
		put_command(c, cmd, &b);
	else
		help_list(c, &b);
	cli_put(buf_str(&b));
}

/* --- topics: the tables --- */

static void topic_config(struct cli *c, struct buf *b)
{
	buf_puts(b,
		"toyon.yaml in the installation's folder holds `key: value` "
		"lines; TOYON_KEY in\nthe environment goes before the file.\n"
		"\n");
	for (int i = 0; i < config_rows_n; i++) {
		const struct config_row *r = &config_rows[i];

		put_row(b, str_of(r->name),
			arena_fmt(c->arena, "%s%s%s%s", r->help,
				*r->otherwise ? " [" : "", r->otherwise,
				*r->otherwise ? "]" : ""));
	}
}

static void topic_settings(struct cli *c, struct buf *b)
{
	buf_puts(b, "What the business says about itself: `toyon setting NAME "
		    "VALUE` changes one, with\nan entry in the audit trail.\n"
		    "\n");
	for (int i = 0; i < setting_rows_n; i++) {
		const struct setting_row *r = &setting_rows[i];

		put_row(b, str_of(r->name),
			arena_fmt(c->arena, "%s: %s", r->title, r->help));
	}
}

static void topic_kinds(struct cli *c, struct buf *b)
{
	str part[IDENT_PARTS_MAX];

	buf_puts(b, "Kinds of identifier, for KIND and --map.  The parts of a "
		    "composite are written\nwith | between them; in a --map "
		    "each has its column: ndz.first=COLUMN,...\n\n");
	for (int k = 0; k < IDENT_KINDS; k++) {
		enum ident_kind kind = (enum ident_kind)k;
		size_t n = ident_kind_parts(kind, part);

		put_row(b, str_of(ident_kind_name(kind)),
			arena_fmt(c->arena, "%s%s%.*s", ident_kind_title(kind),
				n ? ": " : "",
				STR_ARG(arena_join(
					c->arena, part, n, STR("|")))));
	}
}

static void topic_reasons(struct cli *c, struct buf *b)
{
	buf_puts(b, "Why a person is on the list, for --reason.\n\n");
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *r = reason_at(i);

		put_row(b, str_of(r->code),
			arena_fmt(c->arena, "%s (%s)", r->title, r->citation));
	}
}

static void topic_exit(struct cli *c, struct buf *b)
{
	static const struct {
		const char *status;
		const char *what;
	} rows[] = {
		{ "0", "done" },
		{ "1", "failed" },
		{ "2", "wrong usage" },
		{ "3", "not found" },
		{ "4", "a check found something: a suppressed person, a "
		       "problem, a broken chain" },
		{ "5", "needs a confirmation" },
		{ "75", "not now: try again" },
	};

	(void)c;
	buf_puts(b, "Exit statuses.\n\n");
	for (size_t i = 0; i < COUNTOF(rows); i++)
		put_row(b, str_of(rows[i].status), str_of(rows[i].what));
}

static const struct {
	const char *name;
	void (*put)(struct cli *c, struct buf *b);
} topics[] = {
	{ "config", topic_config },
	{ "settings", topic_settings },
	{ "kinds", topic_kinds },
	{ "reasons", topic_reasons },
	{ "exit", topic_exit },
};

static bool put_topic(struct cli *c, struct buf *b)
{
	for (size_t i = 0; i < COUNTOF(topics); i++)
		if (c->operands == 1 &&
			!strcmp(topics[i].name, c->operand[0])) {
			topics[i].put(c, b);
			return true;
		}
	return false;
}

static int run(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, HELP_MAX);
	const struct command *cmd;
	size_t used;

	if (cli_has(c, "man"))
		manual_put(c->arena, &b);
	else if (!c->operands)
		help_list(c, &b);
	else if (!put_topic(c, &b)) {
		cmd = args_command(c->arena, c->operand, c->operands, &used, e);
		if (!cmd)
			return -1;
		put_command(c, cmd, &b);
	}
	must(buf_ok(&b));
	cli_put(buf_str(&b));
	return 0;
}

const struct command command_help = {
	.name = "help",
	.operands = "[COMMAND or TOPIC]",
	.operands_max = WORDS_MAX,
	.title = "what a command does",
	.about = "Says what a command does, or lists a table: config, "
		 "settings, kinds, reasons, exit.",
	.options = {
		{ "man", 0, NULL, "the manual page, in mdoc" },
	},
	.examples = { "toyon help check", "toyon help config" },
	.run = run,
};

static int run_version(struct cli *c, struct err *e)
{
	(void)c;
	(void)e;
	cli_put(STR("toyon " TOYON_VERSION "\n"));
	return 0;
}

const struct command command_version = {
	.name = "version",
	.operands = "",
	.title = "which version this is",
	.about = "Prints the version of this program.",
	.examples = { "toyon version", "toyon --version" },
	.run = run_version,
};
