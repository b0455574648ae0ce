/*
 * `toyon map explain`: what a search would ask each system, before anybody's data
 * is read.  Nothing that was typed is printed: only of which kinds it is.
 */
#include <inttypes.h>

#include "base/json.h"
#include "cli/map_of.h"
#include "connect/explain.h"

enum { OUT_MAX = 16 << 20 };

/* The kinds of one value, as options; a composite needs several columns. */
static const enum ident_kind kinds[] = { IDENT_EMAIL, IDENT_PHONE, IDENT_MAID,
	IDENT_CTVID, IDENT_VIN, IDENT_ACCOUNT, IDENT_COOKIE };

struct explaining {
	struct cli *cli;
	struct buf out;
	struct json json;
	struct ident ids[COUNTOF(kinds)];
	size_t n;
	size_t steps;
};

static int read_idents(struct explaining *x, struct err *e)
{
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		const char *name = ident_kind_name(kinds[i]);
		const char *given = cli_option(x->cli, name);
		enum ident_fault fault;

		if (!given)
			continue;
		fault = ident_read(
			&x->ids[x->n], IDENT_TOYON_1, kinds[i], str_of(given));
		if (fault)
			return cli_usage(x->cli, e, "--%s: %s", name,
				ident_fault_text(fault));
		x->n++;
	}
	if (!x->n)
		return cli_usage(x->cli, e,
			"say what the person is looked for by: --email, "
			"--phone, ...");
	return 0;
}

static int put_step_json(struct explaining *x, const struct explain_step *s)
{
	struct json *j = &x->json;

	json_begin_object(j);
	json_put_int(j, "hop", (int64_t)s->hop);
	json_put(j, "kind", s->is_check ? STR("check") : STR("rows"));
	json_put(j, "table", s->table);
	json_put(j, "column", s->column);
	json_put(j, "path", s->path);
	json_put(j, "query", s->statement);
	if (s->reads_all)
		json_put_bool(j, "reads_all", true);
	json_end(j);
	return 0;
}

static int put_step(void *ctx, const struct explain_step *s, struct err *e)
{
	struct explaining *x = ctx;

	(void)e;
	x->steps++;
	if (x->cli->is_json)
		return put_step_json(x, s);
	if (s->is_check)
		buf_fmt(&x->out, "  check  who else's: %.*s, by \"%.*s\"\n",
			STR_ARG(s->table), STR_ARG(s->column));
	else
		buf_fmt(&x->out, "  hop %zu  %.*s, by \"%.*s\"\n", s->hop,
			STR_ARG(s->path), STR_ARG(s->column));
	buf_fmt(&x->out, "\t %.*s\n", STR_ARG(s->statement));
	if (s->reads_all)
		buf_fmt(&x->out,
			"\t reads all of %.*s: \"%.*s\" is not marked as "
			"standardized\n",
			STR_ARG(s->table), STR_ARG(s->column));
	return 0;
}

static bool identifies_by(const struct map_system *s, enum ident_kind kind)
{
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].columns_n; i++) {
			const struct map_column *c = &s->tables[t].columns[i];

			if (c->is_identifier && c->kind == kind)
				return true;
		}
	return false;
}

/* What is typed and leads nowhere here is said, or it would look searched. */
static void put_unused(struct explaining *x, const struct map_system *s)
{
	struct json *j = &x->json;

	if (x->cli->is_json)
		json_key(j, "unused"), json_begin_array(j);
	for (size_t i = 0; i < x->n; i++) {
		const char *kind = ident_kind_name(x->ids[i].kind);

		if (identifies_by(s, x->ids[i].kind))
			continue;
		if (x->cli->is_json)
			json_str(j, str_of(kind));
		else
			buf_fmt(&x->out,
				"  no column here identifies by %s: not used\n",
				kind);
	}
	if (x->cli->is_json)
		json_end(j);
}

/* Nothing is looked up: somebody gets a letter. */
static void put_asked(struct explaining *x, const struct map_system *s)
{
	str what = arena_fmt(x->cli->arena,
		"a letter to %.*s, to be answered within %d days",
		STR_ARG(s->database), s->days);

	x->steps++;
	if (x->cli->is_json) {
		json_begin_object(&x->json);
		json_put(&x->json, "asks", what);
		json_end(&x->json);
	} else {
		buf_fmt(&x->out, "  %.*s\n", STR_ARG(what));
	}
}

static int explain_system(struct explaining *x, const struct map_of *m,
	const struct map_system *s, struct err *e)
{
	struct arena *a = x->cli->arena;
	struct find_by by = { x->ids, x->n };
	struct conn *conn;

	if (conn_open(a, &m->map, s, &m->read, &conn, e))
		return -1;
	if (x->cli->is_json) {
		json_begin_object(&x->json);
		json_put(&x->json, "system", s->name);
		json_key(&x->json, "steps"), json_begin_array(&x->json);
	} else {
		buf_fmt(&x->out, "%.*s (%s, %s)\n", STR_ARG(s->name),
			connector_kind_name(s->connector), "read-only");
	}
	if (map_asks_person(s))
		put_asked(x, s);
	else if (find_explain(conn, a, &m->map, &by, put_step, x, e))
		return -1;
	conn_close(conn);
	if (x->cli->is_json)
		json_end(&x->json);
	if (!map_asks_person(s))
		put_unused(x, s);
	if (x->cli->is_json)
		json_end(&x->json);
	return 0;
}

static int explain_all(struct explaining *x, const struct map_of *m,
	const struct map_system *only, struct err *e)
{
	if (x->cli->is_json)
		json_begin_array(&x->json);
	for (size_t i = 0; i < m->map.systems_n; i++) {
		const struct map_system *s = &m->map.systems[i];

		if (only && s != only)
			continue;
		if (explain_system(x, m, s, e))
			return -1;
	}
	if (x->cli->is_json)
		json_end(&x->json);
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct explaining x = { .cli = c };
	const struct map_system *only = NULL;
	struct map_of m;

	x.out = buf_in(c->arena, OUT_MAX);
	x.json = json_to(&x.out);
	if (read_idents(&x, e) || map_of(c, &m, e))
		return -1;
	if (c->operands &&
		map_of_system(c, &m.map, cli_operand(c, 0), &only, e))
		return -1;
	if (explain_all(&x, &m, only, e))
		return -1;
	if (c->is_json)
		return cli_put_json(&x.out, e);
	must(buf_ok(&x.out));
	cli_put(buf_str(&x.out));
	cli_say(c, "%zu look-ups would be made; none was", x.steps);
	return 0;
}

const struct command command_map_explain = {
	.name = "map explain",
	.operands = "[SYSTEM] --email V",
	.operands_max = 1,
	.title = "what a search would ask the systems",
	.about = "Shows the look-ups of a search before it is made: for a "
		 "database the statements with placeholders, for files the "
		 "passes, hop by hop along the links of the data map. The "
		 "systems are opened read-only and asked for the names and "
		 "types of columns at most; nobody's data is read, and nothing "
		 "that was typed is printed. Without SYSTEM, all of them.",
	.result = "Each look-up once. A search repeats it when later hops "
		  "bring new values, and makes a check only when there is "
		  "somebody else to ask about.",
	.has_json = true,
	.options = {
		{ "email", 0, "V", "looked for by an email address" },
		{ "phone", 0, "V", "by a telephone number" },
		{ "maid", 0, "V", "by an advertising identifier" },
		{ "ctvid", 0, "V", "by the identifier of a connected TV" },
		{ "vin", 0, "V", "by a vehicle identification number" },
		{ "account", 0, "V", "by an account" },
		{ "cookie", 0, "V", "by a cookie" },
	},
	.examples = { "toyon map explain --email ellen.tran@example.com",
		"toyon map explain crm --phone 510-555-0142 --json" },
	.run = run,
};
