/* How it stands with people who came back, look by look. */
#include "desk/recorrect.h"
#include "desk/returned.h"

#include "desk/limit.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000 };

static int read_tables(struct desk *d, struct screening *s, struct err *e)
{
	struct sql_returned_count_in in = { s->system };
	struct sql_returned_count_rows rows;

	if (sql_returned_count(d->db, d->arena, &in, &rows, e))
		return -1;
	s->tables.n = rows.n;
	s->tables.at = arena_many(d->arena, struct returned_table, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		s->tables.at[i] = (struct returned_table){
			rows.at[i].held_in,
			rows.at[i].open,
			rows.at[i].kept,
		};
	return 0;
}

int returned_read(
	struct desk *d, int64_t id, struct screening *out, struct err *e)
{
	struct sql_screening_by_id_in in = { id };
	struct sql_screening_by_id_row r;
	struct sql_keep_head_row kept;
	int rc = sql_screening_by_id(d->db, d->arena, &in, &r, e);

	if (rc <= 0)
		return rc;
	if (sql_keep_head(d->db, d->arena, &kept, e) < 0)
		return -1;
	*out = (struct screening){
		.id = r.id,
		.system = r.system,
		.title = r.title,
		.is_replay = r.is_replay,
		.started_at = r.started_at,
		.holds = r.holds,
		.released = r.released,
		.keeps = kept.n,
		.looked_at = r.looked_at,
		.acted_at = r.acted_at,
		.approved_at = r.approved_at,
		.approved_by = r.approved_by,
		.rows = r.rows_read,
		.identifiers = r.identifiers,
		.unreadable = r.unreadable,
		.found = r.found,
		.erased = r.erased,
		.kept = r.kept,
		.problem = r.problem,
		.is_stale = r.looked_at &&
			    desk_now(d) - r.looked_at >
				    (int64_t)LIMIT_LOOK_HOURS * HOUR_MS,
	};
	return read_tables(d, out, e) || recorrect_read(d, out, e) ? -1 : 1;
}

int returned_list(struct desk *d, struct screenings *out, struct err *e)
{
	struct sql_screening_newest_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_screening_newest(d->db, d->arena, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct screening, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (returned_read(d, rows.at[i].id, &out->at[i], e) != 1)
			return -1;
	return 0;
}

int returned_waiting(struct desk *d, int *out, struct err *e)
{
	struct sql_returned_waiting_row row;

	if (sql_returned_waiting(d->db, d->arena, &row, e) < 0)
		return -1;
	*out = (int)row.n;
	return 0;
}

int returned_acts(
	struct desk *d, int64_t id, struct returned_acts *out, struct err *e)
{
	struct sql_screening_act_list_in in = { id };
	struct sql_screening_act_list_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_screening_act_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct returned_act, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct returned_act){
			.at = rows.at[i].at,
			.people = rows.at[i].people,
			.rows_planned = rows.at[i].rows_planned,
			.rows_gone = rows.at[i].rows_gone,
			.rows_kept = rows.at[i].rows_kept,
			.is_proven = rows.at[i].is_proven,
			.evidence = rows.at[i].evidence,
		};
	return 0;
}
