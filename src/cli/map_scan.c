/*
 * `toyon map scan`: entries of the data map for a system that nobody described
 * yet.  Its output is a whole map with one system, and holds no value of a row.
 */
#include "base/buf.h"
#include "cli/map_of.h"
#include "connect/propose.h"

enum { OUT_MAX = 8 << 20, ROWS = 500, ROWS_MAX = 100000 };

static int read_rows(struct cli *c, int64_t *out, struct err *e)
{
	const char *given = cli_option(c, "rows");

	*out = ROWS;
	if (given &&
		(!str_int(str_of(given), out) || *out < 1 || *out > ROWS_MAX))
		return cli_usage(
			c, e, "--rows is a number from 1 to %d", (int)ROWS_MAX);
	return 0;
}

static int read_kind(struct cli *c, enum connector_kind *out, struct err *e)
{
	str given = str_of(cli_option(c, "connector"));

	for (size_t k = 0; k < CONNECTOR_KINDS; k++) {
		*out = (enum connector_kind)k;
		if (str_eq(given, str_of(connector_kind_name(*out))))
			return 0;
	}
	return cli_usage(
		c, e, "--connector is one of those in docs/data-map.md");
}

/* A system that the map does not have yet.  A path is relative to where the
 * command runs, and a secret is one of the installation's. */
static int given_system(struct cli *c, const struct map_of *m,
	struct map_system *s, struct conn_options *o, struct err *e)
{
	const char *database = cli_option(c, "database");

	if (!database)
		return cli_usage(c, e, "--connector needs --database");
	*s = (struct map_system){ .name = cli_operand(c, 0),
		.title = cli_operand(c, 0),
		.database = str_of(database) };
	if (read_kind(c, &s->connector, e))
		return -1;
	*o = m->read;
	if (!connector_kind_has_secret(s->connector))
		o->url = database;
	return 0;
}

static int system_of(struct cli *c, struct map_of *m, struct map_system *s,
	struct conn_options *o, struct err *e)
{
	const struct map_system *known;

	if (cli_has(c, "connector")) {
		if (install_open(&c->install, c->arena, c->dir, 0, e))
			return -1;
		m->read = (struct conn_options){ .mode = CONN_READ,
			.credentials_dir = install_path(
				&c->install, c->install.config.credentials) };
		return given_system(c, m, s, o, e);
	}
	if (map_of(c, m, e) ||
		map_of_system(c, &m->map, cli_operand(c, 0), &known, e))
		return -1;
	*s = *known;
	*o = m->read;
	return 0;
}

static void put(struct cli *c, const struct map_system *s, struct draft *d,
	int64_t rows)
{
	struct buf b = buf_in(c->arena, OUT_MAX);

	d->name = s->name;
	d->connector = s->connector;
	d->database = s->database;
	draft_begin(&b,
		arena_fmt(c->arena,
			"Proposed by `toyon map scan` from names and at most "
			"%lld rows a table.\n"
			"Read every line: what identifies a person, what "
			"belongs to one, what may be\n"
			"deleted. docs/data-map.md explains the keys.\n",
			(long long)rows));
	draft_put(&b, d);
	must(buf_ok(&b));
	cli_put(buf_str(&b));
}

static int run(struct cli *c, struct err *e)
{
	struct map_of m = { 0 };
	struct conn_options o;
	struct map_system s;
	struct draft d = { 0 };
	struct conn *conn;
	int64_t rows;
	size_t left = 0;

	if (read_rows(c, &rows, e) || system_of(c, &m, &s, &o, e) ||
		conn_open(c->arena, &m.map, &s, &o, &conn, e) ||
		propose(conn, c->arena, (size_t)rows, &d, e))
		return -1;
	put(c, &s, &d, rows);
	for (size_t i = 0; i < d.n; i++)
		left += d.tables[i].left_out.n > 0;
	cli_say(c, "%zu tables proposed, %zu left out", d.n - left, left);
	return 0;
}

const struct command command_map_scan = {
	.name = "map scan",
	.operands = "SYSTEM",
	.operands_min = 1,
	.operands_max = 1,
	.title = "propose entries of the data map",
	.about = "Looks at the tables and columns of a system, and at a sample "
		 "of its rows, and proposes what the data map could say of "
		 "them, with the reasons as comments. SYSTEM is one of the "
		 "data map, whose tables may be empty there, or a new name "
		 "with --connector and --database. The system is opened "
		 "read-only; no value of a row is printed.",
	.result = "A data map with that one system, as YAML.",
	.options = {
		{ "rows", 0, "N", "rows of each table to look at; 500" },
		{ "connector", 0, "KIND", "sqlite, postgres, mariadb, odbc, csv, jsonl, s3_csv, s3_jsonl, redis, ldap, http, program" },
		{ "database", 0, "D",
			"a file, folder, recipe or program, or the name of the "
			"secret with the URL" },
	},
	.examples = { "toyon map scan crm",
		"toyon map scan shop --connector sqlite --database shop.db" },
	.run = run,
};
