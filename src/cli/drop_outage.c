/* `toyon drop outage`: failed accesses, and the notice to the agency. */
#include <stdio.h>

#include "cli/drop_desk.h"

enum { JSON_MAX = 1 << 20, SHOWN = 100 };

static int put_json(struct cli *c, const struct drop_outages *o, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < o->n; i++) {
		json_begin_object(&j);
		json_put_int(&j, "id", o->at[i].id);
		drop_put_at(&j, c->arena, "from", o->at[i].from_at);
		drop_put_at(&j, c->arena, "to", o->at[i].to_at);
		json_put_int(&j, "tries", o->at[i].tries);
		json_put(&j, "fault", o->at[i].fault);
		json_put(&j, "said", o->at[i].said);
		json_put(&j, "problem", o->at[i].problem);
		json_put(&j, "notice_by",
			date_iso(c->arena, o->at[i].notice_by));
		drop_put_at(&j, c->arena, "notice_at", o->at[i].notice_at);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static int show(struct cli *c, struct err *e)
{
	struct drop_outages o;

	if (drop_outages(&c->desk, SHOWN, &o, e))
		return -1;
	if (c->is_json)
		return put_json(c, &o, e);
	for (size_t i = 0; i < o.n; i++) {
		const struct drop_outage *x = &o.at[i];

		printf("%lld  from %.*s to %.*s, %d tries, fault: %.*s\n"
		       "   %.*s\n",
			(long long)x->id,
			STR_ARG(instant_rfc3339(c->arena, x->from_at)),
			STR_ARG(x->to_at ? instant_rfc3339(c->arena, x->to_at)
					 : STR("now")),
			x->tries, STR_ARG(x->fault), STR_ARG(x->problem));
		if (x->notice_at)
			printf("   the agency was told\n");
		else if (!date_is_none(x->notice_by))
			printf("   tell the agency by %.*s: `toyon drop outage "
			       "%lld` prints the notice\n",
				STR_ARG(date_words(c->arena, x->notice_by)),
				(long long)x->id);
	}
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	const char *fault = cli_option(c, "fault");
	const char *noticed = cli_option(c, "noticed");
	struct drop_place p;
	int64_t id;
	str text;

	if (!c->operands)
		return drop_open(c, &p, e) ? -1 : show(c, e);
	if (!str_int(cli_operand(c, 0), &id))
		return cli_usage(c, e, "an outage is a number");
	if (drop_open(c, &p, e) ||
		(fault && drop_outage_fault(&c->desk, id, str_of(fault), e)) ||
		(noticed &&
			drop_outage_noticed(&c->desk, id, str_of(noticed), e)))
		return -1;
	if (fault || noticed)
		return 0;
	if (drop_outage_notice(&c->desk, id, &text, e))
		return -1;
	cli_put(text);
	return 0;
}

const struct command command_drop_outage = {
	.name = "drop outage",
	.operands = "[N]",
	.operands_min = 0,
	.operands_max = 1,
	.title = "failed accesses, and the notice to the agency",
	.about = "Lists the failed accesses. With a number: prints the written "
		 "notice of 11 CCR 7612(b)(1), to be entered in the account; "
		 "--fault says whose fault it was (ours needs no notice), "
		 "--noticed that the notice was sent.",
	.has_json = true,
	.options = {
		{ "fault", 0, "WHOSE", "ours, platform or unknown" },
		{ "noticed", 0, "NOTE", "it was sent; how to find it again" },
	},
	.examples = { "toyon drop outage",
		"toyon drop outage 2 --noticed 'message 8812 in the account'" },
	.run = run,
};
