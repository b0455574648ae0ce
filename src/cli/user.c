/* `toyon user ...`: members of staff. */
#include <stdio.h>

#include "base/json.h"
#include "cli/ask.h"
#include "desk/staff.h"
#include "desk/training.h"
#include "store/sql.h"

enum { JSON_MAX = 4 << 20 };

static int run_add(struct cli *c, struct err *e)
{
	struct staff_new in = { .email = cli_operand(c, 0) };
	static const struct question name = { .option = "name",
		.text = "Name:" };
	struct problems ps = { 0 };
	int64_t id;

	in.role = str_of(cli_option(c, "role"));
	if (!in.role.n)
		in.role = STR("officer");
	if (cli_open(c, KEYS_MASTER, e) || ask_text(c, &name, &in.name, e) ||
		ask_passphrase(c, &in.passphrase, e))
		return -1;
	if (staff_add(&c->desk, &in, &id, &ps, e))
		return ps.n ? cli_problem(&ps, e) : -1;
	cli_say(c, "staff member %lld was added as %.*s", (long long)id,
		STR_ARG(in.role));
	return 0;
}

const struct command command_user_add = {
	.name = "user add",
	.operands = "EMAIL",
	.operands_min = 1,
	.operands_max = 1,
	.title = "a new member of staff",
	.about = "Adds a member of staff who signs in with this email address "
		 "and a passphrase.",
	.options = {
		{ "name", 0, "NAME", "as colleagues know them" },
		{ "role", 0, "ROLE",
			"owner, officer (the default), agent or auditor" },
		{ "passphrase-file", 0, "FILE",
			"the passphrase is the first line of FILE (\"-\": "
			"stdin); else it is asked for" },
	},
	.examples = { "toyon user add jo@example.com --name 'Jo Lindqvist'",
		"toyon user add mara@example.com --name Mara --role agent "
		"--passphrase-file mara.txt" },
	.run = run_add,
};

/* NULL: not one of those who handle requests, or not any more. */
static const struct training_row *training_of(
	const struct trainings *all, int64_t staff_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].staff_id == staff_id)
			return &all->at[i];
	return NULL;
}

static str trained_on(struct cli *c, const struct training_row *r)
{
	return r && r->is_trained ? date_iso(c->arena, r->trained_on) : STR("");
}

static void put_json(struct cli *c, const struct sql_staff_list_rows *rows,
	const struct trainings *all, struct buf *b)
{
	struct json j = json_to(b);

	json_begin_array(&j);
	for (size_t i = 0; i < rows->n; i++) {
		const struct sql_staff_list_row *r = &rows->at[i];
		const struct training_row *t = training_of(all, r->id);

		json_begin_object(&j);
		json_put_int(&j, "id", r->id);
		json_put(&j, "email", r->email);
		json_put(&j, "name", r->name);
		json_put(&j, "role", r->role);
		json_put(&j, "added_at",
			instant_rfc3339(c->arena, r->created_at));
		json_put_bool(&j, "is_disabled", r->disabled_at > 0);
		json_put(&j, "trained_on", trained_on(c, t));
		json_put_bool(&j, "is_training_due", t && t->is_overdue);
		json_end(&j);
	}
	json_end(&j);
}

static int run_list(struct cli *c, struct err *e)
{
	struct sql_staff_list_rows rows;
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct trainings all;

	if (cli_open(c, 0, e) ||
		sql_staff_list(c->desk.db, c->arena, &rows, e) ||
		trainings_load(&c->desk, &all, e))
		return -1;
	if (c->is_json) {
		put_json(c, &rows, &all, &b);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_staff_list_row *r = &rows.at[i];
		const struct training_row *t = training_of(&all, r->id);

		printf("%lld\t%.*s\t%.*s\t%.*s\t%s\t%.*s\t%s\n",
			(long long)r->id, STR_ARG(r->email), STR_ARG(r->name),
			STR_ARG(r->role),
			r->disabled_at ? "disabled" : "active",
			STR_ARG(trained_on(c, t)),
			t && t->is_overdue ? "training due" : "");
	}
	return 0;
}

const struct command command_user_list = {
	.name = "user list",
	.operands = "",
	.title = "the members of staff",
	.about = "Prints number, email address, name, role, whether they may "
		 "sign in, when they were trained last, and whether they have "
		 "to be, with tabs between them.",
	.has_json = true,
	.examples = { "toyon user list", "toyon user list --json" },
	.run = run_list,
};

static int run_trained(struct cli *c, struct err *e)
{
	struct training in = { .email = cli_operand(c, 0),
		.trained_on = str_of(cli_option(c, "on")),
		.what = str_of(cli_option(c, "what")) };
	struct problems ps = { 0 };

	if (cli_open(c, 0, e) || training_note(&c->desk, &in, &ps, e))
		return -1;
	if (ps.n)
		return cli_problem(&ps, e);
	cli_say(c, "the training is written down");
	return 0;
}

const struct command command_user_trained = {
	.name = "user trained",
	.operands = "EMAIL",
	.operands_min = 1,
	.operands_max = 1,
	.title = "somebody was trained",
	.about = "Writes down that a member of staff who handles requests was "
		 "trained: they have to know the rules, and how to direct "
		 "consumers to their rights (11 CCR 7100(a)). `toyon user "
		 "list` and `toyon doctor` say who has to be, every so many "
		 "months (setting training_months).",
	.options = {
		{ "what", 0, "TEXT", "on what, as it can be shown later" },
		{ "on", 0, "DAY", "on which day; today when it is not given" },
	},
	.examples = { "toyon user trained mara@example.com --what 'CCPA for "
		      "the phone line, version 3'",
		"toyon user trained jo@example.com --what 'Regulations of "
		"2026' --on 2026-11-03" },
	.run = run_trained,
};

static int run_passphrase(struct cli *c, struct err *e)
{
	struct problems ps = { 0 };
	personal passphrase;

	if (cli_open(c, 0, e) || ask_passphrase(c, &passphrase, e))
		return -1;
	if (staff_set_passphrase(
		    &c->desk, cli_operand(c, 0), passphrase, &ps, e))
		return ps.n ? cli_problem(&ps, e) : -1;
	cli_say(c, "the passphrase was changed; open sessions were ended");
	return 0;
}

const struct command command_user_passphrase = {
	.name = "user passphrase",
	.operands = "EMAIL",
	.operands_min = 1,
	.operands_max = 1,
	.title = "a new passphrase",
	.about = "Sets a new passphrase and ends the sessions that are open.",
	.options = {
		{ "passphrase-file", 0, "FILE",
			"the passphrase is the first line of FILE (\"-\": "
			"stdin); else it is asked for" },
	},
	.examples = { "toyon user passphrase jo@example.com",
		"toyon user passphrase jo@example.com --passphrase-file -" },
	.run = run_passphrase,
};

static bool is_active_owner(const struct sql_staff_list_row *r)
{
	return !r->disabled_at && str_eq(r->role, STR("owner"));
}

/* Without an owner nobody may manage the desk, or make another owner. */
static int keep_an_owner(struct cli *c, struct err *e)
{
	struct sql_staff_list_rows rows;
	str email = str_trim(cli_operand(c, 0));
	bool is_owner = false;
	int others = 0;

	if (sql_staff_list(c->desk.db, c->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (!is_active_owner(&rows.at[i]))
			continue;
		if (str_eq_nocase(rows.at[i].email, email))
			is_owner = true;
		else
			others++;
	}
	if (!is_owner || others)
		return 0;
	err_set(e, ERR_CONFLICT, "this is the last owner who may sign in");
	return err_hint(e, "make another one first: toyon user add EMAIL "
			   "--role owner");
}

static int run_disable(struct cli *c, struct err *e)
{
	if (cli_open(c, 0, e) || keep_an_owner(c, e) ||
		staff_disable(&c->desk, cli_operand(c, 0), e))
		return -1;
	cli_say(c, "disabled; open sessions were ended");
	return 0;
}

const struct command command_user_disable = {
	.name = "user disable",
	.operands = "EMAIL",
	.operands_min = 1,
	.operands_max = 1,
	.title = "someone who left",
	.about =
		"Ends the sessions of a member of staff, who can't sign in any "
		"more. What they did stays in the audit trail.",
	.examples = { "toyon user disable dev@example.com",
		"toyon user disable dev@example.com --dir /srv/toyon" },
	.run = run_disable,
};
