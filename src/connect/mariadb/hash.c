/*
 * MariaDB's toyon_drop_hash(): found by calling it.  The try puts its answers
 * into a variable of the session, since a function that fails while rows are
 * sent would cost the connection.
 */
#include "connect/mariadb/hash.h"

#include "base/base.h"
#include "base/buf.h"
#include "connect/hashed.h"
#include "ident/drop_kind.h"

static const char *try_text(struct arena *a, struct maria_values *v)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);
	const struct hash_try *tries;
	size_t n = hash_tries(&tries);
	struct statement_part part;

	for (size_t i = 0; i < n; i++) {
		struct cell *value = arena_one(a, struct cell);

		part = (struct statement_part){ "kind", str_of(tries[i].kind) };
		buf_puts(&b, i ? ", " : "");
		buf_puts(&b, statement_fill(a,
				     maria_statements[MARIA_SAY_HASH_TRY_ONE],
				     &part, 1));
		*value = cell_text(str_of(tries[i].value));
		maria_values_put(v, value, AS_TEXT);
	}
	must(buf_ok(&b));
	part = (struct statement_part){ "tries", buf_str(&b) };
	return statement_fill(
		a, maria_statements[MARIA_SAY_HASH_TRY], &part, 1);
}

struct text_reader {
	struct arena *arena;
	str text; /* of the last row */
};

static int take_text(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct text_reader *rd = ctx;

	(void)n;
	(void)e;
	rd->text = arena_dup(rd->arena, cells[0].v.v);
	return 0;
}

/* -1: there is none, or it fails; or the connection is lost. */
static int try_function(
	struct maria_conn *c, struct arena *a, str *out, struct err *e)
{
	struct maria_values v = { .arena = a };
	struct text_reader text = { .arena = a };
	struct maria_reader rd = {
		.fn = take_text, .ctx = &text, .whole = SIZE_MAX
	};
	struct maria_ask ask = { .what = "the function toyon_drop_hash" };

	ask.sql = try_text(a, &v);
	ask.values = v.at;
	ask.n = v.n;
	if (maria_link_ask(&c->link, &ask, NULL, NULL, e))
		return -1;
	ask.sql = maria_statements[MARIA_SAY_HASH_TRIED];
	ask.n = 0;
	if (maria_link_ask(&c->link, &ask, &rd, NULL, e))
		return -1;
	*out = text.text;
	return 0;
}

static int find_function(struct maria_conn *c, struct arena *a, struct err *e)
{
	struct err ignored = { 0 };
	str got;

	if (try_function(c, a, &got, &ignored)) {
		if (!c->link.my) {
			*e = ignored;
			return -1;
		}
	} else {
		c->has_hash_function = str_eq(got, hash_tries_wanted(a));
	}
	c->is_hash_asked = true;
	return 0;
}

/* Bytes without an encoding are read here, whatever they are. */
static int choose_hashed(struct maria_conn *c, struct arena *a,
	const struct row_query *q, bool *is_hashed, struct err *e)
{
	for (size_t i = 0; c->has_hash_function && i < q->columns_n; i++) {
		struct maria_among in = { .table = q->table,
			.column = q->columns[i] };
		enum maria_class k;

		if (!q->hash || !q->hash[i])
			continue;
		if (maria_class_of(c, a, &in, &k, e))
			return -1;
		is_hashed[i] = k != CLASS_BYTES;
	}
	return 0;
}

static str column_text(
	struct arena *a, const struct row_query *q, size_t i, bool is_hashed)
{
	str column = name_quoted(a, q->columns[i]);
	struct statement_part parts[] = {
		{ "kind", q->hash ? str_of(q->hash[i]) : (str){ 0 } },
		{ "column", column },
	};

	if (!is_hashed)
		return column;
	must(drop_kind_named(parts[0].text) != NULL);
	return str_of(statement_fill(
		a, maria_statements[MARIA_SAY_HASHED], parts, COUNTOF(parts)));
}

int maria_put_columns(struct maria_conn *c, struct arena *a,
	const struct row_query *q, struct maria_columns *out, struct err *e)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);
	bool *is_hashed = arena_many(a, bool, q->columns_n);

	*out = (struct maria_columns){ .is_hashed = is_hashed };
	if (q->hash && !c->is_hash_asked && find_function(c, a, e))
		return -1;
	if (choose_hashed(c, a, q, is_hashed, e))
		return -1;
	for (size_t i = 0; i < q->columns_n; i++) {
		out->has_hashed |= is_hashed[i];
		buf_puts(&b, i ? ", " : "");
		buf_put(&b, column_text(a, q, i, is_hashed[i]));
	}
	must(buf_ok(&b));
	out->text = buf_str(&b);
	return 0;
}
