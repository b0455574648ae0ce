/* `toyon drop list`: which of the State's lists were selected, and why. */
#include <stdio.h>

#include "cli/drop_desk.h"

enum { JSON_MAX = 64 << 10 };

static int put_json(
	struct cli *c, const struct drop_selection *s, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (int l = 0; l < DROP_LISTS; l++) {
		json_begin_object(&j);
		json_put(&j, "list", str_of(drop_list_name((enum drop_list)l)));
		json_put_bool(&j, "is_decided", s[l].is_decided);
		json_put_bool(&j, "is_selected", s[l].is_selected);
		json_put_bool(&j, "is_held", s[l].is_held);
		json_put(&j, "reason", s[l].reason);
		drop_put_at(&j, c->arena, "decided_at", s[l].decided_at);
		json_put(&j, "decided_by", s[l].decided_by);
		json_put_int(&j, "systems", s[l].systems);
		json_put_int(&j, "items", s[l].items);
		json_put(&j, "conflict", str_of(s[l].conflict));
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static const char *said_of(const struct drop_selection *s)
{
	if (!s->is_decided)
		return "nothing was said";
	if (!s->is_selected)
		return s->is_held ? "not selected, held"
				  : "not selected, not held";
	return s->is_held ? "selected, held" : "selected, not held";
}

static void print(const struct drop_selection *s)
{
	for (int l = 0; l < DROP_LISTS; l++) {
		printf("%-8s %-24s %u systems, %lld items%s%.*s\n",
			drop_list_name((enum drop_list)l), said_of(&s[l]),
			s[l].systems, (long long)s[l].items,
			s[l].reason.n ? ": " : "", STR_ARG(s[l].reason));
		if (s[l].conflict)
			printf("         %s\n", s[l].conflict);
	}
}

static int show(struct cli *c, struct err *e)
{
	struct drop_selection s[DROP_LISTS];
	bool is_good = true;

	if (drop_selections(&c->desk, s, e))
		return -1;
	for (int l = 0; l < DROP_LISTS; l++)
		is_good &= !s[l].conflict;
	if (c->is_json) {
		if (put_json(c, s, e))
			return -1;
	} else {
		print(s);
	}
	return is_good ? 0 : err_exit_status(ERR_FOUND);
}

static int run(struct cli *c, struct err *e)
{
	const char *reason = cli_option(c, "reason");
	struct drop_place p;
	enum drop_list list;

	if (!c->operands)
		return drop_open(c, &p, e) ? -1 : show(c, e);
	if (!drop_list_read(cli_operand(c, 0), &list)) {
		err_set(e, ERR_USAGE, "the platform has no list \"%.40s\"",
			c->operand[0]);
		return err_hint(e, "NDZ, Email, Phone, MAID, NameVIN or CTVID");
	}
	if (!reason)
		return cli_usage(c, e, "`toyon drop list LIST` needs --reason");
	if (drop_open(c, &p, e))
		return -1;
	return drop_list_put(&c->desk, list, !cli_has(c, "not-selected"),
		!cli_has(c, "not-held"), str_of(reason), e);
}

const struct command command_drop_list = {
	.name = "drop list",
	.operands = "[LIST]",
	.operands_min = 0,
	.operands_max = 1,
	.title = "which of the State's lists are selected, and why",
	.about = "Prints each list: whether it was selected in the account, whether "
		 "such identifiers are held, the reason that was entered, and "
		 "what the data map and the batches say. With LIST and --reason: "
		 "enters it. A list that no system can be matched with has no "
		 "\"not found\" before it is said that nothing of it is held.",
	.result = "Exit status 4 when what was said and what is held don't agree.",
	.has_json = true,
	.options = {
		{ "reason", 0, "TEXT", "why; auditors ask for it" },
		{ "not-selected", 0, NULL, "it was not selected in the account" },
		{ "not-held", 0, NULL, "no such identifier is held anywhere" },
	},
	.examples = { "toyon drop list",
		"toyon drop list CTVID --not-selected --not-held --reason 'no "
		"television data is collected'" },
	.run = run,
};
