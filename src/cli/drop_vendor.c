/* `toyon drop vendor`: companies that were directed, and what they answered. */
#include <stdio.h>

#include "cli/drop_desk.h"

static int answer(struct cli *c, int64_t id, struct err *e)
{
	const char *reason = cli_option(c, "reason");
	const char *rows = cli_option(c, "rows");
	struct drop_vendor_reply r = {
		.answer = str_of(cli_option(c, "answer")),
		.reason = str_of(reason ? reason : ""),
	};
	struct problems ps = { 0 };

	if (rows && !str_int(str_of(rows), &r.rows))
		return cli_usage(c, e, "--rows is a number");
	if (drop_vendor_reply(&c->desk, id, &r, &ps, e))
		return -1;
	return ps.n ? cli_problem(&ps, e) : 0;
}

static int file(struct cli *c, int64_t id, struct err *e)
{
	struct drop_vendor v;
	str csv;

	if (drop_vendor_open(
		    &c->desk, drop_vendor_token(&c->desk, id), &v, e) != 1)
		return err_set(e, ERR_NOT_FOUND, "no direction %lld was sent",
			(long long)id);
	if (drop_vendor_file(&c->desk, &v, &csv, e))
		return -1;
	cli_put(csv);
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct drop_place p;
	int64_t id;

	if (!str_int(cli_operand(c, 0), &id))
		return cli_usage(c, e,
			"a direction is a number: `toyon drop "
			"status` lists them");
	if (drop_open(c, &p, e))
		return -1;
	return cli_has(c, "answer") ? answer(c, id, e) : file(c, id, e);
}

const struct command command_drop_vendor = {
	.name = "drop vendor",
	.operands = "N",
	.operands_min = 1,
	.operands_max = 1,
	.title = "a company that was directed to delete too",
	.about = "Prints the file of hashes that a service provider or contractor "
		 "was directed with. With --answer: enters what it said, when it "
		 "said so in another way than on its page.",
	.options = {
		{ "answer", 0, "WORD", "deleted, nothing or kept" },
		{ "rows", 0, "N", "records that it deleted" },
		{ "reason", 0, "TEXT", "why it must keep something" },
	},
	.examples = { "toyon drop vendor 4 > hashes.csv",
		"toyon drop vendor 4 --answer deleted --rows 12" },
	.run = run,
};
