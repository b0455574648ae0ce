/* `toyon drop pull` and `toyon drop import`: the lists, fetched or by hand. */
#include <stdio.h>

#include "cli/drop_desk.h"

enum { JSON_MAX = 64 << 10 };

static int put_json(struct cli *c, const struct drop_pulled *p, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", str_of(drop_state_code(p->state)));
	json_put(&j, "said", str_of(p->said));
	json_put(&j, "message", p->message);
	json_put_int(&j, "again_in_s", p->again_ms / 1000);
	json_put_int(&j, "items", p->items);
	json_put_int(&j, "withdrawn", p->removed);
	json_end(&j);
	return cli_put_json(&b, e);
}

static int tell(struct cli *c, const struct drop_pulled *p, struct err *e)
{
	if (c->is_json)
		return put_json(c, p, e);
	if (p->state == DROP_STATE_PREPARING) {
		cli_say(c,
			"the platform prepares the lists: ask again in %lld s",
			(long long)(p->again_ms + 999) / 1000);
		return err_exit_status(ERR_UNAVAILABLE);
	}
	cli_say(c, "%lld items to answer, %lld withdrawn", (long long)p->items,
		(long long)p->removed);
	drop_say_next(c, p->state);
	return 0;
}

static int run_pull(struct cli *c, struct err *e)
{
	struct drop_place p;
	struct drop_pulled out;

	if (drop_open(c, &p, e) || drop_pull(&c->desk, &p, &out, e))
		return -1;
	return tell(c, &out, e);
}

static int run_import(struct cli *c, struct err *e)
{
	struct drop_place p;
	struct drop_pulled out;

	if (drop_open(c, &p, e) ||
		drop_import(&c->desk, &p, c->operand[0], &out, e))
		return -1;
	return tell(c, &out, e);
}

const struct command command_drop_pull = {
	.name = "drop pull",
	.operands = "",
	.title = "fetch the State's lists",
	.about =
		"Asks the State's platform for the lists, once, and takes up what "
		"comes: the ZIP is archived, sealed, before it is read; who "
		"withdrew is released; items wait to be matched. A failed "
		"access is entered in the outage log.",
	.result = "Exit status 75 when the platform prepares them or does not "
		  "answer: ask again.",
	.has_json = true,
	.examples = { "toyon drop pull", "toyon drop pull --json" },
	.run = run_pull,
};

const struct command command_drop_import = {
	.name = "drop import",
	.operands = "ZIP",
	.operands_min = 1,
	.operands_max = 1,
	.title = "take up a ZIP that was downloaded by hand",
	.about = "The same as `toyon drop pull`, with a ZIP from the account's "
		 "pages: for when the automatic connection fails. The same ZIP "
		 "a second time changes nothing.",
	.has_json = true,
	.examples = { "toyon drop import 20261121_4821_DROP.zip",
		"toyon drop import --json 20261121_4821_DROP.zip" },
	.run = run_import,
};
