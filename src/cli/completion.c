/*
 * `toyon completion`: what a shell may complete, from the table of commands.  A
 * script lists words; the shells' own functions do the rest.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static void put_options(const struct option *o)
{
	for (; o->name; o++)
		printf(" --%s", o->name);
}

/* How long the first word of command i is. */
static size_t word_size(size_t i)
{
	return strcspn(command_rows[i].command->name, " ");
}

static bool has_same_word(size_t i, size_t other)
{
	return word_size(i) == word_size(other) &&
	       !strncmp(command_rows[i].command->name,
		       command_rows[other].command->name, word_size(i));
}

static bool is_first_of_word(size_t i)
{
	for (size_t other = 0; other < i; other++)
		if (has_same_word(i, other))
			return false;
	return true;
}

static void put_first_words(void)
{
	for (size_t i = 0; i < command_rows_n; i++)
		if (is_first_of_word(i))
			printf(" %.*s", (int)word_size(i),
				command_rows[i].command->name);
}

/* What may follow "index": build, info, verify. */
static void put_second_words(size_t first)
{
	for (size_t i = first; i < command_rows_n; i++)
		if (has_same_word(i, first))
			printf(" %s",
				command_rows[i].command->name + word_size(i));
}

/* After the whole commands, so that "index " is what these leave. */
static void put_bash_groups(void)
{
	for (size_t i = 0; i < command_rows_n; i++) {
		const char *name = command_rows[i].command->name;

		if (!name[word_size(i)] || !is_first_of_word(i))
			continue;
		printf("\t\"%.*s \"*) second=\"", (int)word_size(i), name);
		put_second_words(i);
		printf("\" ;;\n");
	}
}

static void put_bash(void)
{
	printf("_toyon()\n{\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} words second\n"
	       "\tcase \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n");
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command *c = command_rows[i].command;

		printf("\t\"%s\"*) words=\"", c->name);
		put_options(c->options);
		put_options(global_options);
		printf("\" ;;\n");
	}
	put_bash_groups();
	printf("\t*) words=\"");
	put_first_words();
	put_options(global_options);
	printf("\" ;;\n\tesac\n"
	       "\tif [ \"$second\" ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$second\" -- \"$cur\"))\n"
	       "\telif [ \"$COMP_CWORD\" -gt 1 ] && "
	       "[ \"${cur#-}\" = \"$cur\" ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
	       "\telse\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\tfi\n}\ncomplete -o filenames -F _toyon toyon\n");
}

static void put_quoted(const char *s)
{
	for (; *s; s++)
		if (*s == '\'')
			printf("'\\''");
		else
			putchar(*s);
}

static void put_zsh(void)
{
	printf("#compdef toyon\n_toyon()\n{\n\tlocal -a commands\n"
	       "\tcommands=(\n");
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command *c = command_rows[i].command;

		printf("\t\t'%s:", c->name);
		put_quoted(c->title);
		printf("'\n");
	}
	printf("\t)\n\tif (( CURRENT == 2 )); then\n"
	       "\t\t_describe command commands\n\t\treturn\n\tfi\n"
	       "\tcase \"$words[2] $words[3]\" in\n");
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command *c = command_rows[i].command;

		printf("\t\"%s\"*) compadd --", c->name);
		put_options(c->options);
		put_options(global_options);
		printf("; _files ;;\n");
	}
	printf("\t*) _files ;;\n\tesac\n}\n_toyon \"$@\"\n");
}

static void put_fish_options(const char *command, const struct option *o)
{
	for (; o->name; o++) {
		printf("complete -c toyon -n '__fish_seen_subcommand_from %s' "
		       "-l %s%s -d '",
			command, o->name, o->value ? " -r" : "");
		put_quoted(o->help);
		printf("'\n");
	}
}

/* fish sees the first word of a command. */
static void put_fish(void)
{
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command *c = command_rows[i].command;
		int n = (int)strcspn(c->name, " ");
		char word[40];

		snprintf(word, sizeof word, "%.*s", n, c->name);
		printf("complete -c toyon -f -n __fish_use_subcommand -a '%s' "
		       "-d '",
			word);
		put_quoted(c->title);
		printf("'\n");
		if (c->name[n])
			printf("complete -c toyon -f -n "
			       "'__fish_seen_subcommand_from %s' -a %s\n",
				word, c->name + n + 1);
		put_fish_options(word, c->options);
	}
}

static int run(struct cli *c, struct err *e)
{
	static const struct {
		const char *shell;
		void (*put)(void);
	} shells[] = { { "bash", put_bash }, { "zsh", put_zsh },
		{ "fish", put_fish } };

	for (size_t i = 0; i < COUNTOF(shells); i++)
		if (!strcmp(c->operand[0], shells[i].shell)) {
			shells[i].put();
			return 0;
		}
	return cli_usage(c, e, "the shell is bash, zsh or fish");
}

const struct command command_completion = {
	.name = "completion",
	.operands = "bash|zsh|fish",
	.operands_min = 1,
	.operands_max = 1,
	.title = "completion for your shell",
	.about = "Prints a script that lets the shell complete commands and "
		 "options.",
	.examples = { "source <(toyon completion bash)",
		"toyon completion fish > "
		"~/.config/fish/completions/toyon.fish" },
	.run = run,
};
