/* Rows of people whose data is held: a search for each hold. */
#include "desk/held.h"

#include "connect/find.h"
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

static int tell_table(const struct held_search *s, int64_t hold_id,
	const struct map_system *system, const struct found_table *t,
	struct err *e)
{
	for (size_t i = 0; i < t->n; i++) {
		struct row_name who = {
			.system = system->name,
			.table = t->table->name,
			.key = { t->rows[i].key.v.v },
		};

		if (s->fn(s->ctx, hold_id,
			    row_name_key(s->page, s->names, &who), e))
			return -1;
	}
	return 0;
}

static int tell_person(const struct held_search *s, struct conn *conn,
	const struct map_system *system, const struct held_person *p,
	struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	struct finding f;

	if (find_person(conn, s->page, p->ids.at, p->ids.n, &whole, &f, e))
		return -1;
	for (size_t t = 0; t < system->tables_n; t++)
		if (tell_table(s, p->hold.id, system, &f.tables[t], e))
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
