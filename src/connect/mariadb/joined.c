/* The foreign keys that the database enforces, read once a connection. */
#include "base/base.h"
#include "connect/mariadb/session.h"

/* Of one column: by one of several, rows do not belong together. */
struct maria_join {
	str table;
	str column;
	str refers_table;
	str refers_column;
	struct maria_join *next;
};

static int take_join(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct maria_conn *c = ctx;
	struct maria_join *j = arena_one(c->arena, struct maria_join);

	(void)e;
	must(n == 4);
	*j = (struct maria_join){ arena_dup(c->arena, cells[0].v.v),
		arena_dup(c->arena, cells[1].v.v),
		arena_dup(c->arena, cells[2].v.v),
		arena_dup(c->arena, cells[3].v.v), c->joins };
	c->joins = j;
	return 0;
}

static int load(struct maria_conn *c, struct err *e)
{
	struct maria_ask ask = { .sql = maria_statements[MARIA_SAY_JOINS],
		.what = "its foreign keys" };
	struct maria_reader rd = {
		.fn = take_join, .ctx = c, .whole = SIZE_MAX
	};

	if (c->has_joins)
		return 0;
	c->joins = NULL;
	if (maria_link_ask(&c->link, &ask, &rd, NULL, e))
		return -1;
	c->has_joins = true;
	return 0;
}

static bool is_end(str table, str column, str at_table, str at_column)
{
	return str_eq_nocase(table, at_table) &&
	       str_eq_nocase(column, at_column);
}

int maria_is_joined(struct maria_conn *c, const struct row_query *q, bool *out,
	struct err *e)
{
	*out = false;
	if (!q->joined_table.n)
		return 0;
	if (load(c, e))
		return -1;
	for (const struct maria_join *j = c->joins; j && !*out; j = j->next)
		*out = is_end(j->table, j->column, q->joined_table,
			       q->joined_column) &&
		       (is_end(j->table, j->column, q->table, q->where) ||
			       is_end(j->refers_table, j->refers_column,
				       q->table, q->where));
	return 0;
}
