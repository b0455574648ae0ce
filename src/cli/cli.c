/*
 * Runs one command and reports: the only place of the command line that prints
 * an error, and that turns it into an exit status.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/args.h"
#include "cli/command.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "store/db.h"

enum {
	USAGE_MOST = 150, /* bytes for the options, of a hint's 240 */
	SAY_MOST = 4096,  /* a line for a person */
};

#define COMMAND(section, name) extern const struct command command_##name;
#include "cli/tbl/commands.h"

const struct command_row command_rows[] = {
#define COMMAND(section, name) { section, &command_##name },
#include "cli/tbl/commands.h"
};
const size_t command_rows_n = COUNTOF(command_rows);

const char *cli_s(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* One write a line, so that it does not mix with the log lines of the processes
 * that share stderr. */
void cli_say(const struct cli *c, const char *fmt, ...)
{
	char line[SAY_MOST];
	va_list ap;
	int n;

	if (c->is_quiet)
		return;
	va_start(ap, fmt);
	n = vsnprintf(line, sizeof line - 1, fmt, ap);
	va_end(ap);
	must(n >= 0);
	if ((size_t)n > sizeof line - 2)
		n = (int)sizeof line - 2;
	line[n] = '\n';
	(void)write_all(STDERR_FILENO, line, (size_t)n + 1);
}

void cli_complain(const struct cli *c, const struct err *e)
{
	fprintf(stderr, "toyon: %s\n", e->message);
	if (e->hint[0])
		fprintf(stderr, "hint: %s\n", e->hint);
	if (e->detail[0] && c->is_verbose)
		fprintf(stderr, "detail: %s\n", e->detail);
}

void cli_put(str s)
{
	fwrite(s.n ? s.p : "", 1, s.n, stdout);
}

int cli_put_json(const struct buf *b, struct err *e)
{
	if (!buf_ok(b))
		return err_set(e, ERR_LIMIT, "the answer is too long for JSON");
	cli_put(buf_str(b));
	cli_put(STR("\n"));
	return 0;
}

/* " [--out OUT] [--map KIND=COLUMN,...]", as many as a hint has room for. */
static void put_options(const struct command *cmd, struct buf *b)
{
	for (const struct option *o = cmd->options; o->name; o++) {
		size_t n = strlen(o->name) + (o->value ? strlen(o->value) : 0);

		if (b->n + n + sizeof " [-- ]" > USAGE_MOST) {
			buf_put(b, STR(" ..."));
			return;
		}
		buf_fmt(b, " [--%s%s%s]", o->name, o->value ? " " : "",
			o->value ? o->value : "");
	}
}

int cli_usage(const struct cli *c, struct err *e, const char *fmt, ...)
{
	char text[200];
	char room[USAGE_MOST + 8];
	struct buf options = buf_on(room, sizeof room);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	err_set(e, ERR_USAGE, "%s", text);
	put_options(c->command, &options);
	return err_hint(e, "usage: toyon %s%s%s%.*s", c->command->name,
		*c->command->operands ? " " : "", c->command->operands,
		STR_ARG(buf_str(&options)));
}

int cli_problem(const struct problems *ps, struct err *e)
{
	must(ps->n);
	return err_set(e, ERR_USAGE, "%s: %s", ps->at[0].field, ps->at[0].text);
}

/* --- the installation --- */

static void close_database(void *ctx)
{
	db_close(ctx);
}

static void close_suppress(void *ctx)
{
	suppress_close(ctx);
}

int cli_open(struct cli *c, unsigned keys, struct err *e)
{
	struct install *in = &c->install;
	struct db *db;

	if (install_open(in, c->arena, c->dir, keys, e) ||
		install_database(in, &db, e))
		return -1;
	arena_defer(c->arena, close_database, db);
	c->desk = (struct desk){
		.db = db,
		.arena = c->arena,
		.clock = &in->clock,
		.keys = in->keys,
		.config = &in->config,
		.data_map = install_path(in, in->config.data_map),
		.actor = { .kind = ACTOR_COMMAND },
		.wake_fd = -1,
	};
	return 0;
}

int cli_open_suppress(struct cli *c, unsigned keys, struct err *e)
{
	if (cli_open(c, keys | KEYS_INDEX, e) ||
		suppress_open(&c->desk.suppress,
			install_path(&c->install, STR("index.tyx")),
			c->desk.keys, e))
		return -1;
	arena_defer(c->arena, close_suppress, c->desk.suppress);
	return 0;
}

/* --- one run --- */

static int run(struct cli *c, int argc, char **argv, struct err *e)
{
	enum args_ask ask;

	if (args_read(c, argc, argv, &ask, e))
		return -1;
	if (ask == ASK_VERSION) {
		cli_put(STR("toyon " TOYON_VERSION "\n"));
		return 0;
	}
	if (ask == ASK_HELP) {
		help_command(c, c->command);
		return 0;
	}
	return c->command->run(c, e);
}

/* What stays in the buffer of a full disk or a closed pipe is a failure too. */
static int flush(struct cli *c, int rc)
{
	struct err e = { 0 };

	if (!fflush(stdout) && !ferror(stdout))
		return rc;
	err_errno(&e, "write the output");
	cli_complain(c, &e);
	return rc ? rc : 1;
}

int cli_main(int argc, char **argv, const struct programs *programs)
{
	struct cli c = {
		.arena = arena_new(LIMIT_JOB_ARENA),
		.programs = programs,
	};
	struct err e = { 0 };
	int rc = run(&c, argc, argv, &e);

	if (rc < 0) {
		cli_complain(&c, &e);
		rc = err_exit_status(e.code);
	}
	rc = flush(&c, rc);
	arena_free(c.arena);
	return rc;
}
