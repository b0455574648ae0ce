/*
 * Which command, which options, which operands.  Nothing here knows what a
 * command does; what it may be given stands in its struct command.
 */
#include "cli/args.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option global_options[] = {
	{ "dir", 0, "D",
		"the installation's folder (else TOYON_DIR, else "
		"/var/lib/toyon)" },
	{ "json", 0, NULL, "JSON on stdout, for programs" },
	{ "quiet", 'q', NULL, "say nothing but errors" },
	{ "verbose", 'v', NULL,
		"with an error, what an operator wants to know" },
	{ "no-input", 0, NULL, "fail instead of asking" },
	{ "help", 'h', NULL, "what the command does" },
	{ "version", 0, NULL, "the version of this program" },
	{ NULL, 0, NULL, NULL },
};

/* In a short word a few edits make any other of it. */
static int edits_most(size_t letters)
{
	return letters <= 4 ? 1 : letters <= 8 ? 2 : 3;
}

void near_try(struct near *n, const char *name)
{
	int edits = str_edits(n->wanted, str_of(name));

	if (!n->edits)
		n->edits = edits_most(n->wanted.n) + 1;
	if (edits < n->edits && (size_t)edits < n->wanted.n) {
		n->edits = edits;
		n->best = name;
	}
}

/* --- which command --- */

static bool words_fit(const char *name, const char *const *word, size_t n)
{
	str rest = str_of(name);
	str piece;

	for (size_t i = 0; i < n; i++)
		if (!str_next(&rest, ' ', &piece) ||
			!str_eq(piece, str_of(word[i])))
			return false;
	return true;
}

static size_t words_of(const char *name)
{
	return strchr(name, ' ') ? 2 : 1;
}

/* "audit" alone: a noun whose verbs are commands.  Of many, the verbs alone. */
static int only_noun(
	struct arena *a, const char *const *word, size_t n, struct err *e)
{
	struct near near = { .wanted = n > 1 ? str_of(word[1]) : STR("") };
	struct buf commands = buf_in(a, 200), verbs = buf_in(a, 200);

	for (size_t i = 0; i < command_rows_n; i++) {
		const char *name = command_rows[i].command->name;

		if (words_of(name) != 2 || !words_fit(name, word, 1))
			continue;
		buf_fmt(&commands, "%s`toyon %s`", commands.n ? ", " : "",
			name);
		buf_fmt(&verbs, "%s%s", verbs.n ? ", " : "",
			strchr(name, ' ') + 1);
		if (n > 1)
			near_try(&near, strchr(name, ' ') + 1);
	}
	if (!verbs.n)
		return 0;
	if (n > 1 && word[1][0] != '-')
		err_set(e, ERR_USAGE, "there is no command \"%.12s %.40s\"",
			word[0], word[1]);
	else
		err_set(e, ERR_USAGE, "\"%.12s\" alone says not what to do",
			word[0]);
	if (near.best)
		return err_hint(
			e, "did you mean `toyon %s %s`?", word[0], near.best);
	if (buf_ok(&commands))
		return err_hint(
			e, "there is %.*s", STR_ARG(buf_str(&commands)));
	must(buf_ok(&verbs));
	return err_hint(e, "there is `toyon %.12s` with %.*s", word[0],
		STR_ARG(buf_str(&verbs)));
}

static int unknown_command(const char *word, struct err *e)
{
	struct near near = { .wanted = str_of(word) };

	for (size_t i = 0; i < command_rows_n; i++)
		near_try(&near, command_rows[i].command->name);
	err_set(e, ERR_USAGE, "there is no command \"%.40s\"", word);
	if (near.best)
		return err_hint(e, "did you mean `toyon %s`?", near.best);
	return err_hint(e, "`toyon help` lists the commands");
}

const struct command *args_command(struct arena *a, const char *const *word,
	size_t n, size_t *used, struct err *e)
{
	const struct command *found = NULL;

	*used = 0;
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command *c = command_rows[i].command;
		size_t words = words_of(c->name);

		if (words <= n && words > *used &&
			words_fit(c->name, word, words)) {
			found = c;
			*used = words;
		}
	}
	if (!found && !only_noun(a, word, n, e))
		unknown_command(word[0], e);
	return found;
}

/* --- options --- */

static int option_index(const struct option *o, str name, char letter)
{
	for (int i = 0; o[i].name; i++)
		if (letter ? o[i].letter == letter
			   : str_eq(str_of(o[i].name), name))
			return i;
	return -1;
}

struct reader {
	struct cli *cli;
	char **argv;
	int argc;
	int at;
};

static int unknown_option(const struct reader *r, str name, struct err *e)
{
	const struct command *cmd = r->cli->command;
	struct near near = { .wanted = name };

	for (const struct option *o = global_options; o->name; o++)
		near_try(&near, o->name);
	for (const struct option *o = cmd ? cmd->options : NULL; o && o->name;
		o++)
		near_try(&near, o->name);
	err_set(e, ERR_USAGE, "%s has no option \"%s%.*s\"",
		cmd ? cmd->name : "toyon", name.n > 1 ? "--" : "-",
		STR_ARG(str_head(name, 40)));
	if (near.best)
		return err_hint(e, "did you mean --%s?", near.best);
	return err_hint(e, "`toyon %s%s--help` lists its options",
		cmd ? cmd->name : "", cmd ? " " : "");
}

/* given: the text after "=" or the letter; NULL when there is none. */
static int take_option(struct reader *r, str name, char letter,
	const char *given, struct err *e)
{
	const struct command *cmd = r->cli->command;
	int i = cmd ? option_index(cmd->options, name, letter) : -1;
	const struct option *o = i >= 0 ? &cmd->options[i] : NULL;
	const char **slot = i >= 0 ? &r->cli->value[i] : NULL;

	if (!o && (i = option_index(global_options, name, letter)) >= 0) {
		o = &global_options[i];
		slot = &r->cli->global[i];
	}
	if (!o)
		return unknown_option(r, name, e);
	if (!o->value && given)
		return err_set(e, ERR_USAGE, "--%s takes no value", o->name);
	if (o->value && !given && r->at < r->argc)
		given = r->argv[r->at++];
	if (o->value && !given)
		return err_set(e, ERR_USAGE, "--%s needs a value: --%s %s",
			o->name, o->name, o->value);
	if (*slot && o->value)
		return err_set(e, ERR_USAGE, "--%s is given twice", o->name);
	*slot = given ? given : "";
	return 0;
}

static int long_option(struct reader *r, const char *arg, struct err *e)
{
	const char *equals = strchr(arg, '=');
	str name = { arg, equals ? (size_t)(equals - arg) : strlen(arg) };

	return take_option(r, name, 0, equals ? equals + 1 : NULL, e);
}

/* "-q", "-oFILE", "-qv": letters of switches may stand together. */
static int short_options(struct reader *r, const char *letters, struct err *e)
{
	const struct command *cmd = r->cli->command;

	for (; *letters; letters++) {
		str name = { letters, 1 };
		int i = cmd ? option_index(cmd->options, name, *letters) : -1;
		bool has_value = i >= 0 && cmd->options[i].value;

		if (take_option(r, name, *letters,
			    has_value && letters[1] ? letters + 1 : NULL, e))
			return -1;
		if (has_value)
			break;
	}
	return 0;
}

static bool is_option(const char *arg)
{
	return arg[0] == '-' && arg[1];
}

static int read_option(struct reader *r, struct err *e)
{
	const char *arg = r->argv[r->at++];

	return arg[1] == '-' ? long_option(r, arg + 2, e)
			     : short_options(r, arg + 1, e);
}

static int read_rest(struct reader *r, struct err *e)
{
	struct cli *c = r->cli;
	bool is_over = false; /* after "--" */

	c->operand = arena_many(c->arena, const char *, (size_t)r->argc + 1);
	while (r->at < r->argc) {
		const char *arg = r->argv[r->at];

		if (!is_over && !strcmp(arg, "--")) {
			is_over = true;
			r->at++;
		} else if (!is_over && is_option(arg)) {
			if (read_option(r, e))
				return -1;
		} else {
			c->operand[c->operands++] = arg;
			r->at++;
		}
	}
	return 0;
}

/* --- what was read --- */

static const char *global(const struct cli *c, const char *name)
{
	int i = option_index(global_options, str_of(name), 0);

	must(i >= 0);
	return c->global[i];
}

const char *cli_option(const struct cli *c, const char *name)
{
	int i = option_index(c->command->options, str_of(name), 0);

	return i >= 0 ? c->value[i] : global(c, name);
}

bool cli_has(const struct cli *c, const char *name)
{
	return cli_option(c, name) != NULL;
}

str cli_operand(const struct cli *c, size_t i)
{
	must(i < c->operands);
	return str_of(c->operand[i]);
}

static int check_operands(const struct cli *c, struct err *e)
{
	const struct command *cmd = c->command;
	int n = (int)c->operands;

	if (n < cmd->operands_min)
		return cli_usage(
			c, e, "`toyon %s` needs %s", cmd->name, cmd->operands);
	if (cmd->operands_max != OPERANDS_ANY && n > cmd->operands_max)
		return cli_usage(c, e, "`toyon %s` takes no \"%.40s\"",
			cmd->name, c->operand[cmd->operands_max]);
	if (c->is_json && !cmd->has_json)
		return err_set(
			e, ERR_USAGE, "`toyon %s` has no JSON form", cmd->name);
	return 0;
}

static void take_globals(struct cli *c)
{
	c->dir = install_dir(global(c, "dir"));
	c->is_json = global(c, "json");
	c->is_quiet = global(c, "quiet");
	c->is_verbose = global(c, "verbose");
	c->may_ask = !global(c, "no-input") && isatty(STDIN_FILENO) &&
		     isatty(STDERR_FILENO);
}

static int read_command(struct reader *r, struct err *e)
{
	size_t n = 0;
	size_t used;

	while (n < WORDS_MAX && r->at + (int)n < r->argc)
		n++;
	r->cli->command = args_command(r->cli->arena,
		(const char *const *)r->argv + r->at, n, &used, e);
	r->at += (int)used;
	return r->cli->command ? 0 : -1;
}

int args_read(
	struct cli *c, int argc, char **argv, enum args_ask *ask, struct err *e)
{
	struct reader r = { .cli = c, .argv = argv, .argc = argc, .at = 1 };

	while (r.at < argc && is_option(argv[r.at]))
		if (read_option(&r, e))
			return -1;
	if (r.at < argc && (read_command(&r, e) || read_rest(&r, e)))
		return -1;
	take_globals(c);
	*ask = global(c, "version") ? ASK_VERSION
	       : global(c, "help")  ? ASK_HELP
				    : ASK_COMMAND;
	if (*ask != ASK_COMMAND)
		return 0;
	if (c->command)
		return check_operands(c, e);
	err_set(e, ERR_USAGE, "what should be done?");
	return err_hint(e, "`toyon help` lists the commands, `toyon demo` "
			   "shows what it is");
}
