#include "desk/restored.h"

#include "connect/map.h"
#include "desk/returned_look.h"
#include "store/sql.h"

int restored_list(struct desk *d, struct restored_all *out, struct err *e)
{
	struct sql_restored_list_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_restored_list(d->db, d->arena, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct restored, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct restored){
			.system = rows.at[i].system,
			.restored_at = rows.at[i].restored_at,
			.restored_by = rows.at[i].restored_by,
			.replayed_at = rows.at[i].replayed_at,
			.screening_id = rows.at[i].screening_id,
		};
	return 0;
}

static int mark(struct desk *d, void *ctx, struct err *e)
{
	const str *name = ctx;
	struct sql_restored_put_in in = { *name, desk_now(d), desk_actor(d) };

	if (sql_restored_put(d->db, &in, e) < 0 ||
		desk_job(d, JOB_SCREEN, 0, desk_now(d), e))
		return -1;
	return DESK_AUDIT(d, AUDIT_RESTORED, STR(""), e, AD("system", *name));
}

int restored_mark(struct desk *d, str system, struct err *e)
{
	const struct map_system *s;
	struct map map;

	if (desk_need(d, PERM_DECIDE, e) ||
		returned_system(d, system, &map, &s, e))
		return -1;
	return desk_write(d, mark, &system, e);
}

int restored_need(struct desk *d, str system, struct err *e)
{
	struct sql_restored_open_in in = { system };
	struct sql_restored_open_rows rows;

	if (sql_restored_open(d->db, d->arena, &in, &rows, e))
		return -1;
	if (!rows.n)
		return 0;
	err_set(e, ERR_CONFLICT,
		"\"%.*s\" was put back from a backup and not replayed yet",
		STR_ARG(rows.at[0].system));
	return err_hint(e, "`toyon replay %.*s`", STR_ARG(rows.at[0].system));
}
