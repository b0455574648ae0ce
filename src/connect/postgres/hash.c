/*
 * A column that is hashed comes as text with a mark in front, "=" for a hash in
 * Base64 and "-" for a value as it is, so that no value is ever taken for a
 * hash.  As they are come values that give no key, to be counted here with the
 * reason, and those as long as a hash, which may be one already.
 */
#include "connect/postgres/hash.h"

#include <string.h>

#include "base/base.h"
#include "connect/postgres/array.h"
#include "ident/drop_kind.h"

static const struct {
	const char *kind;
	const char *value;
} tries[] = {
#define HASH_TRY(kind, value) { kind, value },
#include "connect/postgres/tbl/hash_tries.h"
};

enum { NO_KEY = '-' };

/* What the tries must give, one after the other. */
static str hashes_wanted(struct arena *a)
{
	struct buf b = buf_in(a, COUNTOF(tries) * IDENT_HASH_CHARS);

	for (size_t i = 0; i < COUNTOF(tries); i++) {
		const struct drop_kind *k =
			drop_kind_named(str_of(tries[i].kind));
		str value = str_of(tries[i].value);
		char hash[IDENT_HASH_CHARS];
		uint8_t digest[SHA256_SIZE];
		struct ident id;

		must(k != NULL);
		if (drop_kind_read(&id, k, &value, 1)) {
			buf_putc(&b, NO_KEY);
			continue;
		}
		ident_digest(&id, digest);
		ident_base64(hash, digest);
		buf_put(&b, (str){ hash, sizeof hash });
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

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

	pg_array_start(&kinds);
	pg_array_start(&texts);
	for (size_t i = 0; i < COUNTOF(tries); i++) {
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
	if (str_eq(got, hashes_wanted(a)))
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

int pg_hashed_cell(
	const struct row_query *q, str text, struct cell *out, struct err *e)
{
	uint8_t digest[SHA256_SIZE];

	out->v.v = text.n ? str_from(text, 1) : text;
	out->is_hashed = str_starts(text, STR("="));
	if (!out->is_hashed || (out->v.v.n == IDENT_HASH_CHARS &&
				       ident_hash_read(out->v.v, digest)))
		return 0;
	return err_set(e, ERR_CORRUPT,
		"table \"%.*s\": the extension toyon gave what is no hash",
		STR_ARG(q->table));
}
