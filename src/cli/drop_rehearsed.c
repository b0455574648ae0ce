/* `toyon drop rehearsed`: a rehearsal is taken out of a record that is the State's. */
#include "cli/drop_desk.h"

static int run(struct cli *c, struct err *e)
{
	struct drop_place p;
	int64_t id, items;

	if (!str_int(cli_operand(c, 0), &id))
		return cli_usage(c, e, "a session is a number");
	if (drop_open(c, &p, e) || drop_rehearsed(&c->desk, &p, id, &items, e))
		return -1;
	cli_say(c, "session %lld was a rehearsal: %lld items are taken out",
		(long long)id, (long long)items);
	return 0;
}

const struct command command_drop_rehearsed = {
	.name = "drop rehearsed",
	.operands = "SESSION",
	.operands_min = 1,
	.operands_max = 1,
	.title = "take a rehearsal out of the record",
	.about =
		"For who rehearsed in the installation that is to work with the "
		"State's own lists: the session's items are withdrawn, the "
		"suppression list lets go of what they held, and the session "
		"counts as no access and in no number. Whoever was deleted in it "
		"stays deleted. Only a session with a sandbox, or one whose items "
		"are all of `toyon drop simulate`, can be a rehearsal. Interrupted, "
		"it goes on when it is run again.",
	.examples = { "toyon drop rehearsed 1", "toyon drop rehearsed 2" },
	.run = run,
};
