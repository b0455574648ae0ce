/* A session as people look at it: what came, its looks, files, and who was told. */
#include "desk/drop_session.h"

#include "desk/drop_page.h"
#include "store/sql.h"

enum { ACTS_PAGE = 500 };

/* --- a look --- */

static int read_looks(struct desk *d, struct drop_pass *p, struct err *e)
{
	struct sql_drop_look_list_in in = { p->id };
	struct sql_drop_look_list_rows rows;

	if (sql_drop_look_list(d->db, d->arena, &in, &rows, e))
		return -1;
	p->looks.n = rows.n;
	p->looks.at = arena_many(d->arena, struct drop_look, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		p->looks.at[i] = (struct drop_look){
			.system = rows.at[i].system,
			.title = rows.at[i].title,
			.lists = (unsigned)rows.at[i].lists,
			.is_done = rows.at[i].done_at != 0,
			.tries = (int)rows.at[i].tries,
			.started_at = rows.at[i].started_at,
			.done_at = rows.at[i].done_at,
			.records = rows.at[i].records,
			.keys = rows.at[i].keys,
			.no_key = rows.at[i].no_key,
			.matches = rows.at[i].matches,
			.report = rows.at[i].report,
			.problem = rows.at[i].problem,
		};
	return 0;
}

/* The statements have the same columns. */
#define TAKE_FOUND(a, p, rows)                                              \
	do {                                                                \
		(p)->found.n = (rows).n;                                    \
		(p)->found.at = arena_many(a, struct drop_found, (rows).n); \
		for (size_t i = 0; i < (rows).n; i++)                       \
			(p)->found.at[i] = (struct drop_found){             \
				.system = (rows).at[i].system,              \
				.table = (rows).at[i].held_in,              \
				.people = (rows).at[i].people,              \
				.alone = (rows).at[i].alone,                \
				.several = (rows).at[i].several,            \
				.erased = (rows).at[i].erased,              \
				.kept = (rows).at[i].kept,                  \
				.opted_out = (rows).at[i].opted_out,        \
				.open = (rows).at[i].open,                  \
			};                                                  \
	} while (0)

static int read_found(struct desk *d, struct drop_pass *p, struct err *e)
{
	struct sql_drop_match_counts_in in = { p->id };
	struct sql_drop_match_counts_rows rows;

	if (sql_drop_match_counts(d->db, d->arena, &in, &rows, e))
		return -1;
	TAKE_FOUND(d->arena, p, rows);
	return 0;
}

/* No row of a look that is not counted for good: counted too long ago, or nothing was
 * found, which is counted soon. */
static int read_kept(struct desk *d, struct drop_pass *p, struct err *e)
{
	struct sql_drop_tally_former_is_in of = { p->id };
	struct sql_drop_tally_former_is_row former = { 0 };
	struct sql_drop_tally_found_in in = { p->id };
	struct sql_drop_tally_found_rows rows;

	if (sql_drop_tally_found(d->db, d->arena, &in, &rows, e) ||
		(!rows.n && sql_drop_tally_former_is(
				    d->db, d->arena, &of, &former, e) < 0))
		return -1;
	if (!rows.n && !former.n)
		return read_found(d, p, e);
	TAKE_FOUND(d->arena, p, rows);
	return 0;
}

static int read_last(struct desk *d, struct drop_pass *p, struct err *e)
{
	struct sql_drop_tally_found_last_in in = { p->id };
	struct sql_drop_tally_found_last_rows rows;

	if (sql_drop_tally_found_last(d->db, d->arena, &in, &rows, e))
		return -1;
	TAKE_FOUND(d->arena, p, rows);
	return 0;
}

static int read_pass(
	struct desk *d, int64_t id, struct drop_pass *out, struct err *e)
{
	struct sql_drop_pass_by_id_in in = { id };
	struct sql_drop_pass_by_id_row r;
	int rc = sql_drop_pass_by_id(d->db, d->arena, &in, &r, e);

	if (rc <= 0)
		return rc;
	*out = (struct drop_pass){
		.id = r.id,
		.cycle_id = r.cycle_id,
		.is_screen = r.is_screen,
		.started_at = r.started_at,
		.matched_at = r.matched_at,
		.acted_at = r.acted_at,
		.stale_at = r.stale_at,
		.approved_at = r.approved_at,
		.items = r.items,
		.profile = r.profile,
		.check_vectors = r.check_vectors,
		.check_failed = r.check_failed,
	};
	return read_looks(d, out, e) ? -1 : 1;
}

int drop_pass_read(
	struct desk *d, int64_t id, struct drop_pass *out, struct err *e)
{
	int rc = read_pass(d, id, out, e);

	return rc == 1 && read_found(d, out, e) ? -1 : rc;
}

int drop_pass_head(
	struct desk *d, int64_t id, struct drop_pass *out, struct err *e)
{
	return read_pass(d, id, out, e);
}

/* --- a session --- */

static int read_files(struct desk *d, struct drop_cycle_view *v, struct err *e)
{
	struct sql_drop_file_list_in in = { v->cycle.id };
	struct sql_drop_file_list_rows rows;

	if (sql_drop_file_list(d->db, d->arena, &in, &rows, e))
		return -1;
	v->files.n = rows.n;
	v->files.at = arena_many(d->arena, struct drop_zip_file, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		bool is_removed = rows.at[i].list < 0;

		v->files.at[i] = (struct drop_zip_file){
			.name = rows.at[i].name,
			.is_removed = is_removed,
			.list = is_removed ? DROP_NDZ
					   : (enum drop_list)rows.at[i].list,
			.items = rows.at[i].items,
			.sha256 = rows.at[i].sha256,
		};
	}
	return 0;
}

/* What was found as old as the items are. */
static int read_passes(struct desk *d, struct drop_cycle_view *v, struct err *e)
{
	int (*found)(struct desk *, struct drop_pass *, struct err *) =
		v->counted_at ? read_last : read_kept;
	struct sql_drop_pass_list_in in = { v->cycle.id };
	struct sql_drop_pass_list_rows rows;

	if (sql_drop_pass_list(d->db, d->arena, &in, &rows, e))
		return -1;
	v->passes.n = rows.n;
	v->passes.at = arena_many(d->arena, struct drop_pass, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (read_pass(d, rows.at[i].id, &v->passes.at[i], e) != 1 ||
			found(d, &v->passes.at[i], e))
			return -1;
	return 0;
}

static int read_uploads(
	struct desk *d, struct drop_cycle_view *v, struct err *e)
{
	struct sql_drop_upload_list_in in = { v->cycle.id };
	struct sql_drop_upload_list_rows rows;

	if (sql_drop_upload_list(d->db, d->arena, &in, &rows, e))
		return -1;
	v->uploads.n = rows.n;
	v->uploads.at = arena_many(d->arena, struct drop_upload, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v->uploads.at[i] = (struct drop_upload){
			.id = rows.at[i].id,
			.list = (enum drop_list)rows.at[i].list,
			.is_amend = rows.at[i].is_amend,
			.name = rows.at[i].name,
			.rows = rows.at[i].row_count,
			.sha256 = rows.at[i].sha256,
			.state = rows.at[i].state,
			.is_repeated = rows.at[i].is_repeated,
			.made_at = rows.at[i].made_at,
			.said_at = rows.at[i].said_at,
			.tries = (int)rows.at[i].tries,
			.message = rows.at[i].message,
			.outcome = rows.at[i].outcome,
			.outcome_at = rows.at[i].outcome_at,
			.outcome_by = rows.at[i].outcome_by,
			.outcome_message = rows.at[i].outcome_message,
		};
	return 0;
}

static int read_vendors(
	struct desk *d, struct drop_cycle_view *v, struct err *e)
{
	struct sql_drop_vendor_list_in in = { v->cycle.id };
	struct sql_drop_vendor_list_rows rows;

	if (sql_drop_vendor_list(d->db, d->arena, &in, &rows, e))
		return -1;
	v->vendors.n = rows.n;
	v->vendors.at = arena_many(d->arena, struct drop_vendor, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_drop_vendor_list_row *r = &rows.at[i];
		struct drop_vendor *out = &v->vendors.at[i];

		*out = (struct drop_vendor){
			.id = r->id,
			.vendor = r->vendor,
			.title = r->title,
			.role = r->role,
			.kinds = r->kinds,
			.rows = r->row_count,
			.file = r->file,
			.sha256 = r->sha256,
			.state = r->state,
			.planned_at = r->planned_at,
			.asked_at = r->asked_at,
			.opened_at = r->opened_at,
			.answered_at = r->answered_at,
			.answered_by = r->answered_by,
			.answered_rows = r->answered_rows,
			.reason = r->reason,
			.problem = r->problem,
		};
		out->is_late = date_parse(r->due_on, &out->due_on) &&
			       !r->answered_at &&
			       date_cmp(out->due_on, desk_today(d)) < 0;
	}
	return 0;
}

static int view(struct desk *d, int64_t id, enum drop_as as,
	struct drop_cycle_view *out, struct err *e)
{
	struct drop_tally *tally = arena_one(d->arena, struct drop_tally);
	int rc;

	*out = (struct drop_cycle_view){ .tally = tally };
	if (desk_need(d, PERM_SEE_DROP, e))
		return -1;
	rc = id ? drop_session_read(d, id, &out->cycle, e)
		: drop_session_newest(d, &out->cycle, e);
	if (rc <= 0)
		return rc;
	if (drop_tally_read(d, as, tally, e))
		return -1;
	out->counted_at = tally->counted_at;
	if (read_files(d, out, e) || read_passes(d, out, e) ||
		read_uploads(d, out, e) || read_vendors(d, out, e))
		return -1;
	drop_tally_counts(tally, out->cycle.id, &out->counts);
	return 1;
}

int drop_cycle_view(
	struct desk *d, int64_t id, struct drop_cycle_view *out, struct err *e)
{
	return view(d, id, DROP_AS_IS, out, e);
}

int drop_cycle_page(
	struct desk *d, int64_t id, struct drop_cycle_view *out, struct err *e)
{
	return view(d, id, DROP_AS_COUNTED, out, e);
}

int drop_cycles(
	struct desk *d, size_t first, struct drop_cycles *out, struct err *e)
{
	struct sql_drop_cycle_list_in in = { (int64_t)first };
	struct sql_drop_cycle_list_rows rows;

	if (desk_need(d, PERM_SEE_DROP, e) ||
		sql_drop_cycle_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct drop_cycle, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (drop_session_read(d, rows.at[i].id, &out->at[i], e) != 1)
			return -1;
	return 0;
}

int drop_acts(struct desk *d, int64_t pass_id, int64_t after,
	struct drop_acts *out, struct err *e)
{
	struct sql_drop_act_list_in in = { pass_id, after, ACTS_PAGE };
	struct sql_drop_act_list_rows rows;

	if (desk_need(d, PERM_SEE_DROP, e) ||
		sql_drop_act_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct drop_act_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct drop_act_row){
			.id = rows.at[i].id,
			.system = rows.at[i].system,
			.act = rows.at[i].act,
			.at = rows.at[i].at,
			.people = rows.at[i].people,
			.rows_planned = rows.at[i].rows_planned,
			.rows_gone = rows.at[i].rows_gone,
			.rows_kept = rows.at[i].rows_kept,
			.identifiers = rows.at[i].identifiers,
			.is_proven = rows.at[i].is_proven,
			.evidence = rows.at[i].evidence,
		};
	return 0;
}
