/* `toyon agent ...`: the registry of authorized agents. */
#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"
#include "desk/agent_file.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/spoken.h"

enum { JSON_MAX = 4 << 20 };

static int run_add(struct cli *c, struct err *e)
{
	struct agent_new in = {
		.name = cli_operand(c, 0),
		.email = cli_operand(c, 1),
		.registration = str_of(cli_option(c, "business")),
		.is_business = cli_has(c, "business"),
		.language = str_of(cli_option(c, "language")),
	};
	struct problems ps = { 0 };
	int64_t id;

	if (cli_open(c, 0, e) || agent_add(&c->desk, &in, &id, &ps, e))
		return -1;
	if (ps.n)
		return cli_problem(&ps, e);
	printf("%lld\n", (long long)id);
	cli_say(c, "The number is for `toyon agent suspend` and others.");
	return 0;
}

const struct command command_agent_add = {
	.name = "agent add",
	.operands = "NAME EMAIL",
	.operands_min = 2,
	.operands_max = 2,
	.title = "a new authorized agent",
	.about = "Registers who asks for consumers with their permission (11 "
		 "CCR 7063). Letters about those requests go to EMAIL.",
	.result = "Prints the agent's number.",
	.options = {
		{ "business", 0, "NUMBER",
			"it is a business, registered with the California "
			"Secretary of State under NUMBER; else a person" },
		{ "language", 0, "CODE",
			"en or es, of those in the setting languages: in which "
			"letters to them are written" },
	},
	.examples = { "toyon agent add 'Permit Me' desk@permitme.example "
		      "--business 202012345678",
		"toyon agent add 'Ann Doe' ann@doe.example" },
	.run = run_add,
};

static void put_json(struct cli *c, const struct agents *all, struct buf *b)
{
	struct json j = json_to(b);

	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		const struct agent *a = &all->at[i];

		json_begin_object(&j);
		json_put_int(&j, "id", a->id);
		json_put(&j, "name", a->name);
		json_put(&j, "email", a->email);
		json_put(&j, "registration", a->registration);
		json_put(
			&j, "added_at", instant_rfc3339(c->arena, a->added_at));
		json_put_bool(&j, "is_suspended", a->suspended_at > 0);
		json_put(&j, "why", a->why);
		json_put(&j, "language", a->language);
		json_end(&j);
	}
	json_end(&j);
}

static int run_list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct agents all;

	if (cli_open(c, 0, e) || agents_load(&c->desk, &all, e))
		return -1;
	if (c->is_json) {
		put_json(c, &all, &b);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < all.n; i++)
		printf("%lld\t%.*s\t%.*s\t%.*s\t%s\n", (long long)all.at[i].id,
			STR_ARG(all.at[i].name), STR_ARG(all.at[i].email),
			STR_ARG(all.at[i].registration),
			all.at[i].suspended_at ? "suspended" : "good");
	return 0;
}

const struct command command_agent_list = {
	.name = "agent list",
	.operands = "",
	.title = "the authorized agents",
	.about = "Prints number, name, email address, registration with the "
		 "Secretary of State and standing, with tabs between them.",
	.has_json = true,
	.examples = { "toyon agent list", "toyon agent list --json" },
	.run = run_list,
};

static int read_id(struct cli *c, int64_t *id, struct err *e)
{
	if (str_int(cli_operand(c, 0), id) && *id > 0)
		return 0;
	return cli_usage(c, e, "AGENT is a number");
}

/* --- a file of requests --- */

enum { ROWS_JSON_MAX = 1 << 20 };

static void put_rows_json(const struct agent_rows *rows, struct buf *b)
{
	struct json j = json_to(b);

	json_begin_array(&j);
	for (size_t i = 0; i < rows->n; i++) {
		const struct agent_row *r = &rows->at[i];

		json_begin_object(&j);
		json_put_int(&j, "line", r->line);
		json_put(&j, "state", str_of(agent_row_word(r->state)));
		json_put(&j, "reference", r->reference);
		json_put(&j, "field", str_of(r->field));
		json_put(&j, "reason", str_of(r->reason));
		json_end(&j);
	}
	json_end(&j);
}

static int put_rows(struct cli *c, const struct agent_rows *rows, struct err *e)
{
	struct buf b = buf_in(c->arena, ROWS_JSON_MAX);

	if (c->is_json) {
		put_rows_json(rows, &b);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < rows->n; i++) {
		const struct agent_row *r = &rows->at[i];

		printf("%lld\t%s\t%.*s\t%s\n", (long long)r->line,
			agent_row_word(r->state),
			STR_ARG(r->state == AGENT_ROW_BAD ? str_of(r->field)
							  : r->reference),
			r->reason ? r->reason : "");
	}
	return 0;
}

static int read_language(struct cli *c, struct err *e)
{
	struct problems ps = { 0 };

	if (spoken_read(&c->desk, "language", str_of(cli_option(c, "language")),
		    &c->desk.lang, &ps, e))
		return -1;
	return ps.n ? cli_problem(&ps, e) : 0;
}

static int run_file(struct cli *c, struct err *e)
{
	struct agent_file in = {
		.name = c->operands > 1 ? c->operand[1] : "",
		.is_preview = cli_has(c, "preview"),
		.is_spoken = cli_has(c, "language"),
	};
	struct agent_rows rows;

	if (read_id(c, &in.agent_id, e) || cli_open_suppress(c, KEYS_ALL, e) ||
		read_language(c, e) ||
		file_read(c->arena, in.name, LIMIT_AGENT_FILE_BYTES, &in.bytes,
			e) ||
		agent_file(&c->desk, &in, &rows, e) || put_rows(c, &rows, e))
		return -1;
	cli_say(c, "%zu rows%s, %zu of them bad", rows.n,
		in.is_preview ? " looked at, none filed" : "", rows.bad);
	return rows.bad ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_agent_file = {
	.name = "agent file",
	.operands = "AGENT FILE.csv",
	.operands_min = 2,
	.operands_max = 2,
	.title = "files many requests of an authorized agent",
	.about = "Files the requests in FILE.csv, a row each, for a "
		 "registered agent who has the consumers' signed permissions "
		 "(11 CCR 7026(j), 7063(a)). The first line names the columns, "
		 "in any order: kind (" AGENT_FILE_KINDS "; the last three "
		 "from January 1, 2027 on, for who uses automated "
		 "decisions), signed_by and signed_on (the consumer's name as "
		 "signed, and the day), email, phone, zip, name; street "
		 "and city, where letters to them go on paper; for know "
		 "pieces (categories or specific), for correct item and "
		 "should_be; language (en or es), in which they are written "
		 "to. A row that was filed before is not filed again, "
		 "so a file can be filed again after a failure.",
	.result = "Prints line number, filed, known (filed before) or bad, "
		  "reference or column, and the reason, with tabs between "
		  "them. Exit status 4 when a row is bad; the others are "
		  "filed.",
	.has_json = true,
	.options = {
		{ "preview", 0, NULL, "says what would be filed; files nothing" },
		{ "language", 0, "CODE",
			"en or es, of those in the setting languages: in which "
			"the agent is answered, and the consumer of a row "
			"without one; else that of the registry, or "
			"English" },
	},
	.examples = { "toyon agent file 3 requests.csv --preview",
		"toyon agent file 3 requests.csv --json" },
	.run = run_file,
};

static int run_suspend(struct cli *c, struct err *e)
{
	str why = str_of(cli_option(c, "why"));
	struct problems ps = { 0 };
	int64_t id;

	if (read_id(c, &id, e) || cli_open(c, 0, e) ||
		agent_suspend(&c->desk, id, why, &ps, e))
		return -1;
	if (ps.n)
		return cli_problem(&ps, e);
	cli_say(c, "agent %lld is suspended; what they filed goes on",
		(long long)id);
	return 0;
}

const struct command command_agent_suspend = {
	.name = "agent suspend",
	.operands = "AGENT",
	.operands_min = 1,
	.operands_max = 1,
	.title = "an agent that is not trusted",
	.about = "Suspends an agent by number, with the reason: no more files of "
		 "theirs are taken. What they filed goes on, and what a "
		 "consumer permitted them they may still ask on the pages.",
	.options = {
		{ "why", 0, "TEXT", "why; kept in the registry" },
	},
	.examples = { "toyon agent suspend 3 --why 'Permissions were made up'",
		"toyon agent suspend 3 --why 'Asked to' --quiet" },
	.run = run_suspend,
};

static int run_resume(struct cli *c, struct err *e)
{
	int64_t id;

	if (read_id(c, &id, e) || cli_open(c, 0, e) ||
		agent_resume(&c->desk, id, e))
		return -1;
	cli_say(c, "agent %lld is in good standing", (long long)id);
	return 0;
}

const struct command command_agent_resume = {
	.name = "agent resume",
	.operands = "AGENT",
	.operands_min = 1,
	.operands_max = 1,
	.title = "in good standing again",
	.about = "Takes back that an agent was suspended.",
	.examples = { "toyon agent resume 3", "toyon agent resume 3 --quiet" },
	.run = run_resume,
};
