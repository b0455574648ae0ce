/* `toyon drop report`, `export` and `outcome`: the answer to the platform. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "cli/drop_desk.h"

enum { JSON_MAX = 64 << 10 };

static int put_json(struct cli *c, const struct drop_reported *r, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", str_of(drop_state_code(r->state)));
	json_put_int(&j, "files", (int64_t)r->files);
	json_put_int(&j, "rows", r->rows);
	json_put_int(&j, "rejected", (int64_t)r->rejected);
	json_put(&j, "message", r->message);
	json_put_int(&j, "again_in_s", r->again_ms / 1000);
	json_end(&j);
	return cli_put_json(&b, e);
}

static int not_all(const struct drop_reported *r, struct err *e)
{
	if (r->again_ms) {
		err_set(e, ERR_UNAVAILABLE, "the platform says: %.*s",
			STR_ARG(r->message));
		return err_hint(e, "run it again in %lld s",
			(long long)(r->again_ms + 999) / 1000);
	}
	err_set(e, ERR_CONFLICT, "the platform rejects a file: %.*s",
		STR_ARG(r->message));
	return r->advice ? err_hint(e, "%s", r->advice) : -1;
}

static int run_report(struct cli *c, struct err *e)
{
	struct drop_reported r;
	struct drop_place p;

	if (drop_open(c, &p, e) || drop_report(&c->desk, &p, &r, e) ||
		(c->is_json && put_json(c, &r, e)))
		return -1;
	cli_say(c, "%zu files, %lld rows", r.files, (long long)r.rows);
	if (r.state == DROP_STATE_ACTED)
		return not_all(&r, e);
	drop_say_next(c, r.state);
	return 0;
}

static int run_export(struct cli *c, struct err *e)
{
	struct drop_reported r;
	struct drop_place p;

	if (drop_open(c, &p, e) ||
		drop_export(&c->desk, &p, c->operand[0], &r, e) ||
		(c->is_json && put_json(c, &r, e)))
		return -1;
	cli_say(c, "%zu files, %lld rows in %s", r.files, (long long)r.rows,
		c->operand[0]);
	cli_say(c, "upload them in the account, then `toyon drop outcome "
		   "accepted`");
	return 0;
}

static const struct {
	const char *name;
	enum drop_word word;
} words[] = {
	{ "accepted", DROP_WORD_ACCEPTED },
	{ "processed", DROP_WORD_PROCESSED },
	{ "rejected", DROP_WORD_REJECTED },
};

static int run_outcome(struct cli *c, struct err *e)
{
	const char *message = cli_option(c, "message");
	struct drop_place p;

	if (drop_open(c, &p, e))
		return -1;
	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (strcmp(c->operand[0], words[i].name) != 0)
			continue;
		return drop_outcome(&c->desk,
			c->operands > 1 ? cli_operand(c, 1) : STR(""),
			words[i].word, str_of(message ? message : ""), e);
	}
	return cli_usage(c, e, "a file is accepted, processed or rejected");
}

const struct command command_drop_report = {
	.name = "drop report",
	.operands = "",
	.title = "send the statuses to the State's platform",
	.about =
		"Writes a status file for each list and sends it, then corrections "
		"of what was answered before. Refused while an item has no "
		"status: not looked at is not \"not found\". Interrupted, it "
		"sends the same files again, and what the platform has already "
		"counts as accepted.",
	.result =
		"Exit status 75 when the platform is busy or does not answer, 1 "
		"when it rejects a file twice.",
	.has_json = true,
	.examples = { "toyon drop report", "toyon drop report --json" },
	.run = run_report,
};

const struct command command_drop_export = {
	.name = "drop export",
	.operands = "FOLDER",
	.operands_min = 1,
	.operands_max = 1,
	.title = "write the status files, to upload them by hand",
	.about =
		"The same files as `toyon drop report` sends, into a folder. What "
		"became of them is entered with `toyon drop outcome`.",
	.has_json = true,
	.examples = { "toyon drop export answers",
		"toyon drop export answers --json" },
	.run = run_export,
};

const struct command command_drop_outcome = {
	.name = "drop outcome",
	.operands = "WORD [FILE]",
	.operands_min = 1,
	.operands_max = 2,
	.title = "enter what the platform said of a status file",
	.about =
		"WORD is accepted (the account took a file that was exported), "
		"processed (its rows are right) or rejected (rows are owed "
		"again). Without FILE: of every file of the newest session of "
		"which nothing was said yet. With FILE: of that one, of a "
		"former session too.",
	.options = { { "message", 0, "TEXT", "what the platform wrote" } },
	.examples = { "toyon drop outcome accepted",
		"toyon drop outcome rejected 20261121_4821_Email_t3.csv --message "
		"'row 7'" },
	.run = run_outcome,
};
