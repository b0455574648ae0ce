/* Rows of people whose data is held: a search for each hold. */
#include "desk/held.h"

#include "connect/find_rest.h"
#include "connect/limit.h"
#include "store/sql.h"

int held_load(struct desk *d, struct held *out, struct err *e)
{
	struct sql_hold_count_row placed;
	struct sql_hold_all_rows rows;

	/* The number first: who is held after it is seen by it. */
	if (sql_hold_count(d->db, d->arena, &placed, e) < 0 ||
		sql_hold_all(d->db, d->arena, &rows, e))
		return -1;
	*out = (struct held){
		.at = arena_many(d->arena, struct held_person, rows.n),
		.n = rows.n,
		.placed = placed.n,
	};
	for (size_t i = 0; i < rows.n; i++) {
		out->at[i].hold = (struct hold_ref){ rows.at[i].id,
			rows.at[i].request_id };
		if (hold_idents(d, &out->at[i].hold, &out->at[i].ids, e))
			return -1;
	}
	return 0;
}

struct telling_rows {
	const struct held_search *search;
	int64_t hold_id;
	const struct map_system *system;
	const struct map_table *table;
};

static int tell_key(
	const struct telling_rows *x, const struct cell *key, struct err *e)
{
	const struct held_search *s = x->search;
	struct row_name who = {
		.system = x->system->name,
		.table = x->table->name,
		.key = { key->v.v },
	};

	return s->fn(
		s->ctx, x->hold_id, row_name_key(s->page, s->names, &who), e);
}

static int take_rest(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	return cells[0].type == CELL_NULL ? 0 : tell_key(ctx, &cells[0], e);
}

int held_table(const struct held_search *s, struct conn *conn, int64_t hold_id,
	const struct found_table *t, struct err *e)
{
	struct telling_rows x = { s, hold_id, conn->system, t->table };
	struct row_query q;

	for (size_t i = 0; i < t->n; i++)
		if (tell_key(&x, &t->rows[i].key, e))
			return -1;
	if (!t->rest.n)
		return 0;
	q = find_rest_query(t);
	q.columns = &t->table->columns[t->table->key].name;
	q.columns_n = 1;
	return conn_rows(conn, &q, take_rest, &x, e);
}

static int tell_person(const struct held_search *s, struct conn *conn,
	const struct map_system *system, const struct held_person *p,
	struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX,
		.keep_max = s->map ? FIND_KEEP_MAX : 0,
		.map = s->map };
	struct held_starts starts = { 0 };
	struct finding f;

	if (s->led && held_led_starts(s->led, s->page, &p->ids, &starts, e))
		return -1;
	whole.starts = starts.at;
	whole.starts_n = starts.n;
	if (find_person(conn, s->page, p->ids.at, p->ids.n, &whole, &f, e))
		return -1;
	for (size_t t = 0; t < system->tables_n; t++)
		if (held_table(s, conn, p->hold.id, &f.tables[t], e))
			return -1;
	return 0;
}

int held_rows(const struct held_search *s, struct conn *conn,
	const struct map_system *system, struct err *e)
{
	for (size_t i = 0; i < s->held->n; i++) {
		arena_clear(s->page);
		if (tell_person(s, conn, system, &s->held->at[i], e))
			return -1;
	}
	return 0;
}
