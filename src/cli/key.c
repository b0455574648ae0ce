/* `toyon key ...`: API keys, shown once, kept as hashes. */
#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/keys.h"
#include "desk/staff.h"
#include "store/sql.h"

enum { JSON_MAX = 4 << 20 };

static int refuse_scope(struct cli *c, str unknown, struct err *e)
{
	err_set(e, ERR_USAGE, "there is no scope \"%.*s\"", STR_ARG(unknown));
	return err_hint(e, "there are %.*s",
		STR_ARG(scopes_words(c->arena, SCOPES_ALL)));
}

static int run_add(struct cli *c, struct err *e)
{
	str unknown, key;
	unsigned scopes = scopes_read(str_of(cli_option(c, "may")), &unknown);

	if (unknown.n || !scopes)
		return refuse_scope(c, unknown, e);
	if (cli_open(c, KEYS_MASTER, e) ||
		api_key_add(&c->desk, cli_operand(c, 0), scopes, &key, e))
		return -1;
	printf("%.*s\n", STR_ARG(key));
	cli_say(c, "Shown only this once.");
	return 0;
}

const struct command command_key_add = {
	.name = "key add",
	.operands = "NAME",
	.operands_min = 1,
	.operands_max = 1,
	.title = "a new API key",
	.about = "Makes an API key. NAME says who uses it, --may for what: "
		 "check (may they be passed on, used, stored?), follow (a copy "
		 "of the list), signals (opt-outs, visits, minors), release "
		 "(off the list again), requests (made and looked up).",
	.options = {
		{ "may", 0, "SCOPE,...", "for nothing else; for everything "
			"when it is left out" },
	},
	.result = "Prints the key, which is shown only this once.",
	.examples = { "toyon key add 'Nightly export' --may check",
		"toyon key add shop --may check,signals > shop.key" },
	.run = run_add,
};

static unsigned scopes_of(const struct sql_api_key_list_row *r)
{
	str unknown;

	return scopes_read(r->scopes, &unknown);
}

static void put_scopes(struct json *j, unsigned scopes)
{
	json_key(j, "may"), json_begin_array(j);
	for (int s = SCOPE_NONE + 1; s < SCOPE_END; s++)
		if (scopes_have(scopes, (enum scope)s))
			json_str(j, str_of(scope_code((enum scope)s)));
	json_end(j);
}

static void put_json(
	struct cli *c, const struct sql_api_key_list_rows *rows, struct buf *b)
{
	struct json j = json_to(b);

	json_begin_array(&j);
	for (size_t i = 0; i < rows->n; i++) {
		const struct sql_api_key_list_row *r = &rows->at[i];

		json_begin_object(&j);
		json_put_int(&j, "id", r->id);
		json_put(&j, "name", r->name);
		json_put(&j, "shown", r->shown);
		put_scopes(&j, scopes_of(r));
		json_put(&j, "added_at",
			instant_rfc3339(c->arena, r->created_at));
		json_put(&j, "used_at", instant_rfc3339(c->arena, r->used_at));
		json_put_bool(&j, "is_revoked", r->revoked_at > 0);
		json_end(&j);
	}
	json_end(&j);
}

static int run_list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct sql_api_key_list_rows rows;

	if (cli_open(c, 0, e) ||
		sql_api_key_list(c->desk.db, c->arena, &rows, e))
		return -1;
	if (c->is_json) {
		put_json(c, &rows, &b);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < rows.n; i++)
		printf("%lld\t%.*s\t%.*s\t%s\t%.*s\n", (long long)rows.at[i].id,
			STR_ARG(rows.at[i].shown), STR_ARG(rows.at[i].name),
			rows.at[i].revoked_at ? "revoked" : "active",
			STR_ARG(scopes_words(
				c->arena, scopes_of(&rows.at[i]))));
	return 0;
}

const struct command command_key_list = {
	.name = "key list",
	.operands = "",
	.title = "the API keys",
	.about = "Prints number, beginning, name, whether the key is good, "
		 "and what it may be used for, with tabs between them.",
	.has_json = true,
	.examples = { "toyon key list", "toyon key list --json" },
	.run = run_list,
};

struct revoking {
	int64_t id;
	str shown;
};

static int revoke(struct desk *d, void *ctx, struct err *e)
{
	const struct revoking *r = ctx;
	struct sql_api_key_revoke_in in = { r->id, desk_now(d) };
	int64_t n = sql_api_key_revoke(d->db, &in, e);

	if (n <= 0)
		return (int)n; /* revoked before */
	return DESK_AUDIT(
		d, AUDIT_API_KEY_REVOKED, STR(""), e, AD("shown", r->shown));
}

static int find_key(struct cli *c, struct revoking *r, struct err *e)
{
	struct sql_api_key_list_rows rows;

	if (sql_api_key_list(c->desk.db, c->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].id == r->id) {
			r->shown = rows.at[i].shown;
			return 0;
		}
	err_set(e, ERR_NOT_FOUND, "there is no API key %lld", (long long)r->id);
	return err_hint(e, "`toyon key list` shows their numbers");
}

static int run_revoke(struct cli *c, struct err *e)
{
	struct revoking r = { 0 };

	if (!str_int(cli_operand(c, 0), &r.id))
		return cli_usage(c, e, "a key is named by its number");
	if (cli_open(c, 0, e) || find_key(c, &r, e) ||
		desk_write(&c->desk, revoke, &r, e))
		return -1;
	cli_say(c, "revoked %.*s", STR_ARG(r.shown));
	return 0;
}

const struct command command_key_revoke = {
	.name = "key revoke",
	.operands = "NUMBER",
	.operands_min = 1,
	.operands_max = 1,
	.title = "an API key that is not to be used any more",
	.about = "Ends an API key at once.",
	.examples = { "toyon key revoke 2", "toyon key revoke 2 --quiet" },
	.run = run_revoke,
};
