/* How it stands with corrections that a backup took back, and what staff say of those
 * that they are asked about. */
#include "base/base.h"
#include "desk/recorrect.h"
#include "desk/returned_look.h"
#include "law/reference.h"
#include "store/sql.h"

/* What waited for the end of a hold, or is not done yet since. */
static int any_held(struct desk *d, str system, bool *out, struct err *e)
{
	struct sql_recorrection_count_in in = { system };
	struct sql_recorrection_count_rows rows;

	if (sql_recorrection_count(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		*out |= rows.at[i].held || rows.at[i].open || rows.at[i].asked;
	return 0;
}

int recorrect_any(
	struct desk *d, str system, bool is_closed, bool *out, struct err *e)
{
	struct sql_recorrection_any_in in = { system };
	struct sql_recorrection_any_row row;

	*out = false;
	if (!is_closed)
		return any_held(d, system, out, e);
	if (sql_recorrection_any(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*out = row.n != 0;
	return 0;
}

static int read_counts(struct desk *d, struct screening *s, struct err *e)
{
	struct sql_recorrection_count_in in = { s->system };
	struct sql_recorrection_count_rows rows;

	if (sql_recorrection_count(d->db, d->arena, &in, &rows, e))
		return -1;
	s->corrections.n = rows.n;
	s->corrections.at = arena_many(d->arena, struct recorrected, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		s->corrections.at[i] = (struct recorrected){
			.table = rows.at[i].table_name,
			.column = rows.at[i].column_name,
			.open = rows.at[i].open,
			.asked = rows.at[i].asked,
			.held = rows.at[i].held,
			.done = rows.at[i].done,
		};
		s->old_again += rows.at[i].open;
		s->corrected_again += rows.at[i].done;
	}
	return 0;
}

int recorrect_read(struct desk *d, struct screening *s, struct err *e)
{
	struct sql_recorrection_asked_in in = { s->system };
	struct sql_recorrection_asked_rows rows;

	if (read_counts(d, s, e) ||
		sql_recorrection_asked(d->db, d->arena, &in, &rows, e))
		return -1;
	s->asked.n = rows.n;
	s->asked.at = arena_many(d->arena, struct recorrect_asked, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		s->asked.at[i] = (struct recorrect_asked){
			.id = rows.at[i].correction_id,
			.reference =
				reference_show(d->arena, rows.at[i].reference),
			.table = rows.at[i].table_name,
			.column = rows.at[i].column_name,
			.why = recorrect_why(rows.at[i].why),
		};
	return 0;
}

str recorrect_why(str code)
{
	static const struct {
		str code;
		str why;
	} all[] = {
		{ STR_INIT("newer"),
			STR_INIT("says neither what was wrong nor what is "
				 "right: something newer") },
		{ STR_INIT("shared"),
			STR_INIT("stands in a row that is somebody else's, "
				 "too") },
		{ STR_INIT("hand"),
			STR_INIT("is old again; it was put right by hand") },
		{ STR_INIT("refused"),
			STR_INIT("is old again, and the system does not take "
				 "the right one: put it right by hand") },
		{ STR_INIT("several"),
			STR_INIT("stands in several rows of one key") },
	};

	for (size_t i = 0; i < COUNTOF(all); i++)
		if (str_eq(all[i].code, code))
			return all[i].why;
	return code;
}

bool screening_waits(const struct screening *s)
{
	return s->old_again || s->asked.n;
}

/* --- what staff say --- */

struct choosing {
	int64_t id;
	bool leaves;
};

/* With the last answer, when nothing else is to be done, the system is open. */
static int end_when_done(struct desk *d, str system, struct err *e)
{
	struct sql_screening_of_in in = { system };
	struct sql_screening_of_row newest;
	struct screening s;
	int rc = sql_screening_of(d->db, d->arena, &in, &newest, e);

	if (rc <= 0)
		return rc;
	if (returned_read(d, newest.id, &s, e) < 0)
		return -1;
	if (!s.looked_at || s.acted_at || s.is_stale)
		return 0;
	for (size_t i = 0; i < s.tables.n; i++)
		if (s.tables.at[i].open)
			return 0;
	return returned_end(d, &s, e);
}

static int choose(struct desk *d, void *ctx, struct err *e)
{
	const struct choosing *c = ctx;
	struct sql_recorrection_of_in of = { c->id };
	struct sql_recorrection_of_row row;
	struct sql_recorrection_choose_in in = { c->id,
		c->leaves ? STR("left") : STR("chosen") };
	int rc = sql_recorrection_of(d->db, d->arena, &of, &row, e);

	if (rc < 0)
		return -1;
	if (!rc || !str_eq(row.fate, STR("asked")))
		return err_set(e, ERR_CONFLICT,
			"nothing is asked about correction %lld, or no more",
			(long long)c->id);
	if (sql_recorrection_choose(d->db, &in, e) < 0 ||
		DESK_AUDIT(d,
			c->leaves ? AUDIT_RECORRECTION_LEFT
				  : AUDIT_RECORRECTION_CHOSEN,
			STR(""), e, AD("system", row.system)))
		return -1;
	return c->leaves ? end_when_done(d, row.system, e)
			 : desk_job(d, JOB_SCREEN, 0, desk_now(d), e);
}

int recorrect_choose(struct desk *d, int64_t id, bool leaves, struct err *e)
{
	struct choosing c = { id, leaves };

	return desk_need(d, PERM_DECIDE, e) || desk_write(d, choose, &c, e) ? -1
									    : 0;
}
