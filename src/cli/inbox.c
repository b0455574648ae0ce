/*
 * `toyon inbox`: email that came to the business's address, taken and answered now, and
 * what of it waits to be read.
 */
#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/inbox.h"
#include "desk/post.h"
#include "mail/send.h"

enum { JSON_MAX = 1 << 20 };

struct inbox_run {
	size_t taken;
	size_t answered;
	struct inbox waiting;
};

static int step(struct cli *c, struct inbox_run *r, struct err *e)
{
	const struct install *in = &c->install;
	struct mail_way way;

	if (!in->config.inbox.n) {
		err_set(e, ERR_INVALID, "no mail is read here");
		return err_hint(e, "set inbox in toyon.yaml to a Maildir");
	}
	if (inbox_take(&c->desk, install_path(in, in->config.inbox), &r->taken,
		    e) ||
		post_way(c->arena, in, &way, e) ||
		inbox_reply(&c->desk, &way, &r->answered, e))
		return -1;
	return inbox_load(&c->desk, &r->waiting, e);
}

static void put_json(struct json *j, struct arena *a, const struct inbox_run *r)
{
	json_begin_object(j);
	json_put_int(j, "taken", (int64_t)r->taken);
	json_put_int(j, "answered", (int64_t)r->answered);
	json_key(j, "waiting");
	json_begin_array(j);
	for (size_t i = 0; i < r->waiting.n; i++) {
		const struct inbox_line *l = &r->waiting.at[i];

		json_begin_object(j);
		json_put_int(j, "id", l->id);
		json_put(j, "received_at", instant_rfc3339(a, l->received_at));
		json_put(j, "handle_by", date_iso(a, l->due_on));
		json_put_bool(j, "is_answered", l->is_answered);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static int run(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct inbox_run r = { 0 };

	if (cli_open(c, KEYS_MASTER, e) || step(c, &r, e))
		return -1;
	if (c->is_json) {
		put_json(&j, c->arena, &r);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < r.waiting.n; i++)
		printf("%lld\t%.*s\t%.*s\n", (long long)r.waiting.at[i].id,
			STR_ARG(date_iso(c->arena,
				date_pacific(r.waiting.at[i].received_at))),
			STR_ARG(date_iso(c->arena, r.waiting.at[i].due_on)));
	cli_say(c, "taken: %zu, answered: %zu, to be read on the desk: %zu",
		r.taken, r.answered, r.waiting.n);
	return 0;
}

const struct command command_inbox = {
	.name = "inbox",
	.operands = "",
	.title = "take email that came, and say what waits to be read",
	.about =
		"Reads the Maildir that `inbox` in toyon.yaml names, as `toyon "
		"serve` does each minute: what came is sealed and waits on the "
		"desk's page Inbox, and its sender is told once how to make a "
		"request (11 CCR 7020(e)). Nothing is deleted there.",
	.result = "A line for each email that waits: its number, the day it "
		  "came, and the day by which receipt of a request in it is to "
		  "be confirmed.",
	.has_json = true,
	.examples = { "toyon inbox", "toyon inbox --json" },
	.run = run,
};
