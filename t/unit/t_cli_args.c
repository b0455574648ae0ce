/* How the command line is read: which command, which options, which operands,
 * and what is suggested instead. */
#include "check.h"

#include "cli/args.h"
#include "desk/limit.h"

enum { WORDS = 10 };

static const struct {
	const char *why;
	const char *argv[WORDS];
	const char *command; /* NULL: an error */
	const char *operands;
	const char *hint; /* part of it, of an error */
} cases[] = {
	{ "a command of one word", { "toyon", "status" }, "status", "", NULL },
	{ "a command of two words", { "toyon", "audit", "verify", "f" },
		"audit verify", "f", NULL },
	{ "global options before it", { "toyon", "--dir", "d", "status" },
		"status", "", NULL },
	{ "and behind it", { "toyon", "status", "--dir=d" }, "status", "",
		NULL },
	{ "options between operands",
		{ "toyon", "check", "email", "--json", "a", "b" }, "check",
		"email a b", NULL },
	{ "a letter with its value", { "toyon", "scrub", "-oout", "in" },
		"scrub", "in", NULL },
	{ "a letter and its value", { "toyon", "scrub", "-o", "out", "in" },
		"scrub", "in", NULL },
	{ "switches in one word", { "toyon", "scrub", "-qv", "in" }, "scrub",
		"in", NULL },
	{ "a value that looks like an option",
		{ "toyon", "demo", "--clock", "-3h" }, "demo", "", NULL },
	{ "a dash is an operand", { "toyon", "scrub", "-" }, "scrub", "-",
		NULL },
	{ "nothing is an option behind --",
		{ "toyon", "check", "email", "--", "--json" }, "check",
		"email --json", NULL },
	{ "an unknown command", { "toyon", "statsu" }, NULL, NULL,
		"toyon status" },
	{ "an unknown verb", { "toyon", "index", "verfy" }, NULL, NULL,
		"toyon index verify" },
	{ "a noun alone", { "toyon", "user" }, NULL, NULL, "user add" },
	{ "far from everything", { "toyon", "xyzzyq" }, NULL, NULL,
		"toyon help" },
	{ "an unknown option", { "toyon", "scrub", "--mp", "x", "in" }, NULL,
		NULL, "--map" },
	{ "a short one that is far from all",
		{ "toyon", "scrub", "--xy", "in" }, NULL, NULL, "--help" },
	{ "two edits of four letters are another word", { "toyon", "hlpe" },
		NULL, NULL, "lists the commands" },
	{ "an unknown letter", { "toyon", "scrub", "-z", "in" }, NULL, NULL,
		"--help" },
	{ "an option of another command",
		{ "toyon", "check", "--rejects", "x", "email" }, NULL, NULL,
		"--help" },
	{ "a value is missing", { "toyon", "scrub", "in", "--map" }, NULL, NULL,
		"" },
	{ "a switch takes no value", { "toyon", "status", "--json=yes" }, NULL,
		NULL, "" },
	{ "the same option twice",
		{ "toyon", "scrub", "in", "-o", "a", "--out", "b" }, NULL, NULL,
		"" },
	{ "too few operands", { "toyon", "law", "due", "delete" }, NULL, NULL,
		"law due KIND DATE" },
	{ "too many", { "toyon", "status", "now" }, NULL, NULL, "status" },
	{ "JSON where there is none", { "toyon", "serve", "--json" }, NULL,
		NULL, "" },
	{ "nothing at all", { "toyon" }, NULL, NULL, "toyon help" },
};

static int count(const char *const *argv)
{
	int n = 0;

	while (n < WORDS && argv[n])
		n++;
	return n;
}

static void check_case(struct arena *a, size_t i)
{
	struct cli c = { .arena = a };
	struct err e = { 0 };
	enum args_ask ask;
	char *argv[WORDS + 1] = { NULL };
	int n = count(cases[i].argv);
	str said = STR("");
	int rc;

	for (int k = 0; k < n; k++)
		argv[k] = arena_cstr(a, str_of(cases[i].argv[k]));
	rc = args_read(&c, n, argv, &ask, &e);
	if (!cases[i].command) {
		CHECK(rc == -1 && e.code == ERR_USAGE, "%s", cases[i].why);
		CHECK(strstr(e.hint, cases[i].hint), "%s: hint %s",
			cases[i].why, e.hint);
		return;
	}
	CHECK(rc == 0, "%s: %s", cases[i].why, e.message);
	if (rc)
		return;
	for (size_t k = 0; k < c.operands; k++)
		said = arena_fmt(a, "%.*s%s%s", STR_ARG(said), k ? " " : "",
			c.operand[k]);
	CHECK(!strcmp(c.command->name, cases[i].command), "%s: %s",
		cases[i].why, c.command->name);
	CHECK(str_eq(said, str_of(cases[i].operands)), "%s: %.*s", cases[i].why,
		STR_ARG(said));
}

static void check_values(struct arena *a)
{
	char *argv[] = { arena_cstr(a, STR("toyon")),
		arena_cstr(a, STR("scrub")), arena_cstr(a, STR("in")),
		arena_cstr(a, STR("--map=email=A")),
		arena_cstr(a, STR("-oout")), arena_cstr(a, STR("-q")),
		arena_cstr(a, STR("--dir")), arena_cstr(a, STR("/d")) };
	struct cli c = { .arena = a };
	struct err e = { 0 };
	enum args_ask ask;

	CHECK(!args_read(&c, (int)COUNTOF(argv), argv, &ask, &e), "%s",
		e.message);
	CHECK(!strcmp(cli_option(&c, "map"), "email=A"), "= in a value");
	CHECK(!strcmp(cli_option(&c, "out"), "out"), "a letter's value");
	CHECK(!cli_has(&c, "rejects"), "not given");
	CHECK(c.is_quiet && !c.is_json, "switches");
	CHECK(!strcmp(c.dir, "/d"), "the folder");
}

/* What help, manual and completion take for granted. */
static void check_table(void)
{
	for (size_t i = 0; i < command_rows_n; i++) {
		const struct command *c = command_rows[i].command;

		CHECK(c->title && c->about && c->run && c->operands,
			"%s is described", c->name);
		CHECK(c->examples[0] && c->examples[1], "%s has two examples",
			c->name);
		CHECK(strstr(c->examples[0], c->name), "%s: its own example",
			c->name);
		for (size_t k = 0; k < i; k++)
			CHECK(strcmp(c->name, command_rows[k].command->name),
				"%s is there once", c->name);
	}
}

static void ask_for_nothing(void *ctx)
{
	cli_option(ctx, "no such option");
}

int main(void)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct cli c = { .arena = a, .command = command_rows[0].command };

	for (size_t i = 0; i < COUNTOF(cases); i++)
		check_case(a, i);
	check_values(a);
	check_table();
	CHECK_STOPS(ask_for_nothing, &c, "a misspelt option in our own code");
	arena_free(a);
	return CHECK_DONE();
}
