/*
 * `toyon hold`: law-enforcement holds on people without a case.  Those with a case
 * are listed too, and changed on their page.
 */
#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/hold.h"
#include "desk/limit.h"

enum { JSON_MAX = 1 << 20 };

/* --- list --- */

static void put_line(struct json *j, struct arena *a, const struct hold_line *l)
{
	json_begin_object(j);
	json_put_int(j, "id", l->id);
	json_put(j, "reference", l->reference);
	json_put(j, "who", l->who.v);
	json_put(j, "order", l->order);
	json_put(j, "placed_on", date_iso(a, l->placed_on));
	json_put(j, "until_on", date_iso(a, l->until));
	json_put_int(j, "renewals", l->renewals);
	json_end(j);
}

static int put_json(struct cli *c, const struct holds *h, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < h->n; i++)
		put_line(&j, c->arena, &h->at[i]);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print_line(struct arena *a, const struct hold_line *l)
{
	str who = l->reference.n ? l->reference : l->who.v;

	printf("%-6lld until %.*s  %.*s%s%.*s\n", (long long)l->id,
		STR_ARG(date_iso(a, l->until)), STR_ARG(who),
		l->order.n ? ": " : "", STR_ARG(l->order));
}

static int run_list(struct cli *c, struct err *e)
{
	struct holds h;

	if (cli_open(c, KEYS_MASTER, e) || holds_on(&c->desk, &h, e))
		return -1;
	if (c->is_json)
		return put_json(c, &h, e);
	for (size_t i = 0; i < h.n; i++)
		print_line(c->arena, &h.at[i]);
	if (!h.n)
		cli_say(c, "nobody's data is held");
	return 0;
}

const struct command command_hold_list = {
	.name = "hold list",
	.operands = "",
	.title = "law-enforcement holds that are on",
	.about =
		"Prints each hold with its last day: of one that stands with a "
		"case its reference, of one that stands alone the person's "
		"identifiers, the agency and the case number.",
	.has_json = true,
	.examples = { "toyon hold list", "toyon hold list --json" },
	.run = run_list,
};

/* --- place --- */

static int read_pairs(struct cli *c, struct hold_wish *w, struct err *e)
{
	struct hold_identifier *at =
		arena_many(c->arena, struct hold_identifier, c->operands);

	if (c->operands % 2)
		return cli_usage(c, e, "KIND and VALUE come in pairs");
	for (size_t i = 0; i < c->operands; i += 2) {
		struct hold_identifier *id = &at[w->n++];

		if (!ident_kind_read(cli_operand(c, i), &id->kind))
			return cli_usage(c, e, "there is no kind \"%.40s\"",
				c->operand[i]);
		id->value.v = cli_operand(c, i + 1);
	}
	w->at = at;
	return 0;
}

static int run_place(struct cli *c, struct err *e)
{
	struct hold_wish w = { .order = str_of(cli_option(c, "order")) };
	struct problems ps = { 0 };
	int64_t id = 0;

	if (read_pairs(c, &w, e) || cli_open_suppress(c, KEYS_MASTER, e) ||
		hold_place(&c->desk, &w, &id, &ps, e))
		return -1;
	if (ps.n)
		return cli_problem(&ps, e);
	printf("%lld\n", (long long)id);
	cli_say(c, "held: nothing of this person is deleted or used");
	return 0;
}

const struct command command_hold_place = {
	.name = "hold place",
	.operands = "KIND VALUE... --order TEXT",
	.operands_min = 2,
	.operands_max = 2 * LIMIT_HOLD_IDENTIFIERS,
	.title = "hold the data of somebody without a case",
	.about = "On direction of an agency with an active case number: nothing "
		 "of the person with these identifiers is deleted or used for "
		 "90 days, whoever asks, the State's lists too (Civ. Code "
		 "1798.145(a)). KIND is email, phone, maid, ctvid, vin or "
		 "account.",
	.result = "Prints the number of the hold.",
	.options = {
		{ "order", 0, "TEXT", "agency and case number, as in the direction" },
	},
	.examples = { "toyon hold place email sam@example.com phone 5105550177 "
		      "--order 'Oakland PD, 26-1177'",
		"toyon hold place email sam@example.com --order 26-1177" },
	.run = run_place,
};

/* --- renew, lift --- */

static int read_id(struct cli *c, int64_t *id, struct err *e)
{
	if (str_int(cli_operand(c, 0), id))
		return 0;
	return cli_usage(
		c, e, "\"%.40s\" is no number of a hold", c->operand[0]);
}

static int run_renew(struct cli *c, struct err *e)
{
	str order = str_of(cli_option(c, "order"));
	struct problems ps = { 0 };
	int64_t id;

	if (read_id(c, &id, e) || cli_open_suppress(c, KEYS_MASTER, e) ||
		hold_renew(&c->desk, id, order, &ps, e))
		return -1;
	return ps.n ? cli_problem(&ps, e) : 0;
}

const struct command command_hold_renew = {
	.name = "hold renew",
	.operands = "ID --order TEXT",
	.operands_min = 1,
	.operands_max = 1,
	.title = "renew a hold that stands alone, by 90 days",
	.about = "The 90 days follow the hold's last day.",
	.options = {
		{ "order", 0, "TEXT", "agency and case number of the renewal" },
	},
	.examples = { "toyon hold renew 3 --order 'Oakland PD, 26-1177'",
		"toyon hold renew 3 --order 26-1177 --dir /srv/toyon" },
	.run = run_renew,
};

static int run_lift(struct cli *c, struct err *e)
{
	int64_t id;

	if (read_id(c, &id, e) || cli_open_suppress(c, KEYS_MASTER, e))
		return -1;
	return hold_lift(&c->desk, id, e);
}

const struct command command_hold_lift = {
	.name = "hold lift",
	.operands = "ID",
	.operands_min = 1,
	.operands_max = 1,
	.title = "lift a hold that stands alone",
	.about =
		"When the agency has withdrawn it. What was approved goes on at "
		"once, and what the State's lists ask for is looked for again.",
	.examples = { "toyon hold lift 3",
		"toyon hold lift 3 --dir /srv/toyon" },
	.run = run_lift,
};
