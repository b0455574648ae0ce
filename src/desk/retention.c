#include "desk/retention.h"

#include "desk/keep.h"
#include "store/sql.h"

enum { FORGET_AT_ONCE = 200 };

/* 1; 0 when another node was faster. */
static int forget(
	struct desk *d, const struct sql_retention_due_row *r, struct err *e)
{
	struct sql_retention_forget_request_in request = { r->id, STR("") };
	struct sql_retention_forget_mail_in mail = { r->id, STR("") };
	struct sql_retention_forget_tasks_in tasks = { r->id, STR("") };
	struct sql_retention_forget_holds_in holds = { r->id, STR("") };
	struct sql_package_forget_in package = { r->id, STR("") };
	struct sql_package_parts_drop_in parts = { r->id, STR("") };
	struct sql_binder_forget_in binder = { r->id };
	struct sql_permission_forget_in permission = { r->id, STR("") };
	struct sql_retention_forget_identifiers_in identifiers = { r->id };
	struct sql_retention_forget_found_in found = { r->id };
	int64_t n = sql_retention_forget_request(d->db, &request, e);

	if (n <= 0)
		return (int)n;
	if (sql_retention_forget_mail(d->db, &mail, e) < 0 ||
		sql_retention_forget_tasks(d->db, &tasks, e) < 0 ||
		sql_retention_forget_holds(d->db, &holds, e) < 0 ||
		sql_package_forget(d->db, &package, e) < 0 ||
		sql_package_parts_drop(d->db, &parts, e) < 0 ||
		sql_binder_forget(d->db, &binder, e) < 0 ||
		sql_permission_forget(d->db, &permission, e) < 0 ||
		sql_retention_forget_identifiers(d->db, &identifiers, e) < 0 ||
		sql_retention_forget_found(d->db, &found, e) < 0 ||
		keep_forget(d, r->id, KEEP_CASE_FORGOTTEN, e) ||
		DESK_AUDIT(
			d, AUDIT_FORGOTTEN, r->reference, e, AD("months", 24)))
		return -1;
	return 1;
}

static int forget_due(struct desk *d, void *ctx, struct err *e)
{
	struct sql_retention_due_in in = {
		.today = date_iso(d->arena, desk_today(d)),
		.first = FORGET_AT_ONCE,
	};
	struct sql_retention_due_rows rows;
	int64_t *n = ctx;

	if (sql_retention_due(d->db, d->arena, &in, &rows, e))
		return -1;
	*n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = forget(d, &rows.at[i], e);

		if (rc < 0)
			return -1;
		*n += rc;
	}
	return 0;
}

int retention_run(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, forget_due, n, e);
}
