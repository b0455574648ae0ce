/*
 * PostgreSQL's toyon_drop_hash(): found by the extension that it belongs to, and
 * tried with one statement.
 */
#include "connect/postgres/hash.h"

#include "base/base.h"
#include "base/buf.h"
#include "connect/hashed.h"
#include "connect/postgres/array.h"
#include "ident/drop_kind.h"

struct text_reader {
	struct arena *arena;
	str text; /* of the last row */
};

static int take_text(void *ctx, const PGresult *res, struct err *e)
{
	struct text_reader *rd = ctx;

	(void)e;
	rd->text = arena_dup(rd->arena, pg_value_at(res, 0));
	return 0;
}

static int try_function(struct pg_conn *c, struct arena *a, str function,
	str *out, struct err *e)
{
	const struct statement_part parts[] = { { "function", function } };
	struct buf kinds = buf_in(a, PG_ARRAY_MAX);
	struct buf texts = buf_in(a, PG_ARRAY_MAX);
	struct text_reader rd = { .arena = a };
	const char *values[2];
	struct pg_ask q = {
		.values = values, .values_n = 2, .what = "the extension toyon"
	};
	const struct hash_try *tries;
	size_t n = hash_tries(&tries);

	pg_array_start(&kinds);
	pg_array_start(&texts);
	for (size_t i = 0; i < n; i++) {
		pg_array_put(&kinds, str_of(tries[i].kind));
		pg_array_put(&texts, str_of(tries[i].value));
	}
	values[0] = pg_array_end(&kinds);
	values[1] = pg_array_end(&texts);
	q.sql = statement_fill(
		a, pg_statements[PG_SAY_HASH_TRY], parts, COUNTOF(parts));
	if (pg_link_ask(&c->link, &q, take_text, &rd, NULL, e))
		return -1;
	*out = rd.text;
	return 0;
}

/* Leaves c->hash_function empty where there is none, or one that fails or
 * hashes otherwise: then values are hashed here. */
static int find_function(struct pg_conn *c, struct arena *a, struct err *e)
{
	struct pg_ask q = { .sql = pg_statements[PG_SAY_HASH_FIND],
		.what = "the connection" };
	struct text_reader rd = { .arena = a };
	struct err ignored = { 0 };
	str function, got;

	if (pg_link_ask(&c->link, &q, take_text, &rd, NULL, e))
		return -1;
	c->is_hash_asked = true;
	if (!rd.text.n)
		return 0;
	function = arena_fmt(c->arena, "%.*s.toyon_drop_hash",
		STR_ARG(name_quoted(a, rd.text)));
	if (try_function(c, a, function, &got, &ignored)) {
		if (c->link.pg)
			return 0;
		*e = ignored;
		return -1;
	}
	if (str_eq(got, hash_tries_wanted(a)))
		c->hash_function = function;
	return 0;
}

static str column_text(
	struct pg_conn *c, struct arena *a, const struct row_query *q, size_t i)
{
	const struct statement_part parts[] = {
		{ "column", name_quoted(a, q->columns[i]) },
		{ "function", c->hash_function },
		{ "kind", q->hash ? str_of(q->hash[i]) : (str){ 0 } },
	};

	if (!pg_is_hashed(c, q, i))
		return parts[0].text;
	must(drop_kind_named(parts[2].text) != NULL);
	return str_of(statement_fill(
		a, pg_statements[PG_SAY_HASHED], parts, COUNTOF(parts)));
}

int pg_put_columns(struct pg_conn *c, struct arena *a,
	const struct row_query *q, str *out, struct err *e)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	if (q->hash && !c->is_hash_asked && find_function(c, a, e))
		return -1;
	for (size_t i = 0; i < q->columns_n; i++) {
		buf_puts(&b, i ? ", " : "");
		buf_put(&b, column_text(c, a, q, i));
	}
	must(buf_ok(&b));
	*out = buf_str(&b);
	return 0;
}
