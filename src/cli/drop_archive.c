/* `toyon drop verify` and `toyon drop restore`: the ZIPs as they were received. */
#include <stdio.h>

#include "cli/drop_desk.h"
#include "cli/drop_evidence.h"

static int run_verify(struct cli *c, struct err *e)
{
	struct drop_verified v;
	struct drop_place p;

	if (c->operands)
		return drop_evidence_verify(c, e);
	if (cli_has(c, "key") || c->is_json)
		return cli_usage(c, e, "--key and --json go with a FOLDER");
	if (drop_open(c, &p, e) || drop_verify(&c->desk, &p, &v, e))
		return -1;
	cli_say(c, "%zu files, %lld bytes: all as they were", v.files,
		(long long)v.bytes);
	return 0;
}

static int run_restore(struct cli *c, struct err *e)
{
	struct drop_place p;
	int64_t id;

	if (!str_int(cli_operand(c, 0), &id))
		return cli_usage(c, e, "a session is a number");
	if (drop_open(c, &p, e))
		return -1;
	return drop_restore(&c->desk, &p, id, c->operand[1], e);
}

const struct command command_drop_verify = {
	.name = "drop verify",
	.operands = "[FOLDER]",
	.operands_max = 1,
	.title = "check the archive, or an evidence pack",
	.about =
		"Opens every archived ZIP and reads every status file that was "
		"written, and compares them with the checksums of the record. "
		"With FOLDER: checks an evidence pack by itself, every file, "
		"checksum and its signature; that needs no installation.",
	.result = "Exit status 4 when something of an evidence pack does not fit; "
		  "stdout says what.",
	.has_json = true,
	.options = {
		{ "key", 0, "HEX|FILE",
			"the business's public key, as you got it from "
			"elsewhere" },
	},
	.examples = { "toyon drop verify",
		"toyon drop verify evidence --key audit.pub" },
	.run = run_verify,
};

const struct command command_drop_restore = {
	.name = "drop restore",
	.operands = "SESSION FILE",
	.operands_min = 2,
	.operands_max = 2,
	.title = "take a ZIP of the State's lists out of the archive",
	.about =
		"Writes the ZIP of a session, byte for byte as it was received, to "
		"a file that only its owner may read; audited. The State does "
		"not serve it twice.",
	.examples = { "toyon drop restore 3 /tmp/lists.zip",
		"toyon drop restore 1 first.zip" },
	.run = run_restore,
};
