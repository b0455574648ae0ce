/* `toyon drop leave`: who can't be deleted is kept, and the session goes on. */
#include <stdio.h>

#include "cli/drop_desk.h"
#include "desk/drop_leave.h"

enum { JSON_MAX = 1 << 20 };

static int put_json(struct cli *c, const struct drop_opens *o, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < o->n; i++) {
		json_begin_object(&j);
		json_put_int(&j, "match", o->at[i].match_id);
		json_put(&j, "item", o->at[i].item_id);
		json_put(&j, "system", o->at[i].system);
		json_put(&j, "table", o->at[i].table);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static int put(struct cli *c, const struct drop_opens *o, struct err *e)
{
	if (c->is_json)
		return put_json(c, o, e);
	for (size_t i = 0; i < o->n; i++)
		printf("%-8lld %.*s  %.*s\n", (long long)o->at[i].match_id,
			STR_ARG(o->at[i].item_id), STR_ARG(o->at[i].title));
	return 0;
}

/* Those of who can't be deleted may be few; those of a look may be millions. */
static int list(struct cli *c, struct err *e)
{
	const char *given = cli_option(c, "after");
	struct drop_opens o;
	int64_t after = 0;

	if (given && !str_int(str_of(given), &after))
		return cli_usage(c, e, "--after is the number of a match");
	if (drop_opens(&c->desk, after, &o, e) || put(c, &o, e))
		return -1;
	if (!o.n)
		cli_say(c, "nobody who is to be deleted is left");
	else if (o.n == DROP_LEAVE_MAX)
		cli_say(c, "there may be more: `toyon drop leave --after %lld`",
			(long long)o.at[o.n - 1].match_id);
	return 0;
}

static int read_matches(struct cli *c, struct drop_leaving *w, struct err *e)
{
	int64_t *at = arena_many(c->arena, int64_t, c->operands);

	for (size_t i = 0; i < c->operands; i++)
		if (!str_int(cli_operand(c, i), &at[i]))
			return cli_usage(c, e,
				"\"%.40s\" is no number of a match",
				c->operand[i]);
	w->matches.at = at;
	w->matches.n = c->operands;
	return 0;
}

static int leave(struct cli *c, struct drop_leaving *w, struct err *e)
{
	struct problems ps = { 0 };
	struct drop_opens o;

	if (drop_leave(&c->desk, w, &o, &ps, e))
		return -1;
	if (ps.n)
		return cli_problem(&ps, e);
	if (put(c, &o, e))
		return -1;
	cli_say(c, w->is_preview
			   ? "nothing was changed: these rows would be kept"
			   : "kept; next: `toyon drop act`");
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	const char *ground = cli_option(c, "exception");
	const char *reason = cli_option(c, "reason");
	const char *until = cli_option(c, "until");
	struct drop_leaving w = { .is_preview = cli_has(c, "dry-run") };
	struct drop_place p;

	if (!c->operands)
		return drop_open(c, &p, e) ? -1 : list(c, e);
	if (!ground || !reason || !until)
		return cli_usage(c, e,
			"`toyon drop leave MATCH...` needs --exception, "
			"--reason and --until");
	w.ground = str_of(ground);
	w.purpose = str_of(reason);
	w.until = str_of(until);
	return read_matches(c, &w, e) || drop_open(c, &p, e) ? -1
							     : leave(c, &w, e);
}

const struct command command_drop_leave = {
	.name = "drop leave",
	.operands = "[MATCH...]",
	.operands_min = 0,
	.operands_max = DROP_LEAVE_MAX,
	.title = "keep the row of somebody who can't be deleted",
	.about =
		"While one person can't be deleted, a session of the State's lists "
		"is not answered for anybody. Prints who is left of it: number of "
		"the match, item of the list, table and system. With MATCH: keeps "
		"these rows on an exception of the law (Civ. Code 1798.105(d)), and "
		"what leads from them, until a day; `toyon drop act` then reports "
		"them exempt, and goes on. After that day they are matched again.",
	.has_json = true,
	.options = {
		{ "exception", 0, "ID", "DX1 to DX8, for Civ. Code "
			"1798.105(d)(1) to (8), or EX_ORDER, EX_CLAIM and their "
			"like, for 1798.145" },
		{ "reason", 0, "TEXT", "what the rows are kept for, and nothing "
			"else; names nobody" },
		{ "until", 0, "DATE", "the last day that they are kept" },
		{ "after", 0, "N", "list those after this match" },
		{ "dry-run", 'n', NULL, "only check, and print the rows" },
	},
	.examples = { "toyon drop leave",
		"toyon drop leave 12 --exception DX8 --until 2027-11-21 --reason "
		"'Tax records'" },
	.run = run,
};
