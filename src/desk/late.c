#include "desk/late.h"

#include "store/sql.h"

enum { LATE_AT_ONCE = 200 };

/* 1; 0 when another node was faster. */
static int note_request(
	struct desk *d, const struct sql_late_requests_row *r, struct err *e)
{
	struct sql_late_request_noted_in in = { r->id, desk_now(d) };
	int64_t n = sql_late_request_noted(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d, AUDIT_LATE, r->reference, e, AD("due", r->due_on))
		       ? -1
		       : 1;
}

static int note_vendor(
	struct desk *d, const struct sql_late_vendors_row *r, struct err *e)
{
	struct sql_late_vendor_noted_in in = { r->id, desk_now(d) };
	int64_t n = sql_late_vendor_noted(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d, AUDIT_VENDOR_LATE, r->reference, e,
		       AD("vendor", r->title))
		       ? -1
		       : 1;
}

static int note_requests(struct desk *d, str today, int64_t *n, struct err *e)
{
	struct sql_late_requests_in in = { today, LATE_AT_ONCE };
	struct sql_late_requests_rows rows;

	if (sql_late_requests(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = note_request(d, &rows.at[i], e);

		if (rc < 0)
			return -1;
		*n += rc;
	}
	return 0;
}

static int note_vendors(struct desk *d, str today, int64_t *n, struct err *e)
{
	struct sql_late_vendors_in in = { today, LATE_AT_ONCE };
	struct sql_late_vendors_rows rows;

	if (sql_late_vendors(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = note_vendor(d, &rows.at[i], e);

		if (rc < 0)
			return -1;
		*n += rc;
	}
	return 0;
}

static int note_all(struct desk *d, void *ctx, struct err *e)
{
	str today = date_iso(d->arena, desk_today(d));
	int64_t *n = ctx;

	*n = 0;
	if (note_requests(d, today, n, e))
		return -1;
	return note_vendors(d, today, n, e);
}

int late_run(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, note_all, n, e);
}
