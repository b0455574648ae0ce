/* `toyon drop match` and `toyon drop screen`: looking at everything held. */
#include <stdio.h>

#include "cli/drop_desk.h"

enum { JSON_MAX = 64 << 10 };

static int put_json(struct cli *c, const struct drop_matched *m, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", str_of(drop_state_code(m->state)));
	json_put_int(&j, "look", m->pass_id);
	json_put_int(&j, "items", m->items);
	json_put_int(&j, "matches", m->matches);
	json_put_bool(&j, "has_new", m->has_new);
	json_put_int(&j, "systems", (int64_t)m->systems);
	json_put_int(&j, "systems_left", (int64_t)m->systems_left);
	json_put(&j, "problem", m->problem);
	json_end(&j);
	return cli_put_json(&b, e);
}

static int tell(struct cli *c, const struct drop_matched *m, struct err *e)
{
	if (c->is_json && put_json(c, m, e))
		return -1;
	if (m->systems_left) {
		err_set(e, ERR_UNAVAILABLE,
			"%zu of %zu systems were not looked at to their end: "
			"%.*s",
			m->systems_left, m->systems, STR_ARG(m->problem));
		return err_hint(e, "nothing is said of their items; run it "
				   "again when they can be reached");
	}
	cli_say(c, "%lld items, %zu systems: %lld matches", (long long)m->items,
		m->systems, (long long)m->matches);
	return 0;
}

static int run_match(struct cli *c, struct err *e)
{
	struct drop_matched m;
	struct drop_place p;

	if (drop_open(c, &p, e) || drop_match_all(&c->desk, &p, &m, e) ||
		tell(c, &m, e))
		return -1;
	drop_say_next(c, m.state);
	return 0;
}

static int run_screen(struct cli *c, struct err *e)
{
	struct drop_matched m;
	struct drop_place p;

	if (drop_open(c, &p, e) || drop_screen(&c->desk, &p, &m, e) ||
		tell(c, &m, e))
		return -1;
	if (m.has_new)
		cli_say(c, "next: `toyon drop act --dry-run`, then `toyon drop "
			   "act`");
	else
		cli_say(c, "nobody new: there is nothing to carry out");
	return 0;
}

const struct command command_drop_match = {
	.name = "drop match",
	.operands = "",
	.title = "match the State's lists with everything held",
	.about =
		"Hashes the State's published examples first; when one comes out "
		"otherwise, nothing is matched. Then every system of the data "
		"map is read, and every active item looked for, old ones too: "
		"who came back is found again. Nothing is deleted. What is "
		"nowhere is \"not found\" once every system that may hold it "
		"was looked at to its end, and is kept on the suppression list.",
	.result =
		"Exit status 75 when a system could not be looked at to its end: "
		"run it again, it goes on with that one.",
	.has_json = true,
	.examples = { "toyon drop match", "toyon drop match --json" },
	.run = run_match,
};

const struct command command_drop_screen = {
	.name = "drop screen",
	.operands = "",
	.title = "look for later records of the State's lists",
	.about =
		"Between sessions: matches everything held with every active item "
		"again. The service does it by itself, every screen_hours (`toyon "
		"setting`), and so does `toyon drop run`. Who is new is carried "
		"out by `toyon drop act`, and a changed status is corrected in "
		"the next session.",
	.result = "Exit status 75 when a system could not be looked at.",
	.has_json = true,
	.examples = { "toyon drop screen",
		"toyon drop screen && toyon drop act --dry-run" },
	.run = run_screen,
};
