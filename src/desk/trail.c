/*
 * The audit trail to read.  Entries name staff by number, since a name is
 * personal; here, for staff who may read the trail, the name stands instead.
 */
#include "desk/trail.h"

#include "law/reference.h"
#include "store/sql.h"

enum { TRAIL_ROWS = 50 };

/* "staff:3" */
static str staff_words(
	struct desk *d, const struct sql_staff_list_rows *staff, str number)
{
	int64_t id;

	if (str_int(number, &id))
		for (size_t i = 0; i < staff->n; i++)
			if (staff->at[i].id == id)
				return staff->at[i].name;
	return arena_fmt(d->arena, "Staff member %.*s", STR_ARG(number));
}

str trail_who(
	struct desk *d, const struct sql_staff_list_rows *staff, str actor)
{
	static const struct {
		const char *actor;
		const char *words;
	} rows[] = {
		{ "consumer", "A consumer" },
		{ "system", "The service" },
		{ "cli", "The command line" },
	};
	str kind, rest;

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(actor, str_of(rows[i].actor)))
			return str_of(rows[i].words);
	str_cut(actor, ':', &kind, &rest);
	if (str_eq(kind, STR("staff")))
		return staff_words(d, staff, rest);
	if (str_eq(kind, STR("api")))
		return arena_fmt(d->arena, "API key %.*s", STR_ARG(rest));
	return rest.n ? rest : actor;
}

static struct trail_entry entry_of(struct desk *d,
	const struct sql_staff_list_rows *staff,
	const struct sql_audit_newest_row *r)
{
	enum audit_event event;
	struct trail_entry out = {
		.seq = r->seq,
		.at = r->at,
		.who = trail_who(d, staff, r->actor),
		.what = r->event,
		.tone = "",
	};

	if (r->reference.n)
		out.reference = reference_show(d->arena, r->reference);
	if (!audit_event_of(r->event, &event))
		return out;
	out.what = audit_sentence(d->arena, event, r->detail);
	out.tone = audit_event_tone(event);
	return out;
}

static int load_ends(struct desk *d, struct trail *out, struct err *e)
{
	struct sql_audit_end_row end;
	struct sql_audit_seal_last_row seal;
	int rc;

	if (sql_audit_end(d->db, d->arena, &end, e) < 0)
		return -1;
	out->head_seq = end.seq;
	out->head_hash = end.hash;
	rc = sql_audit_seal_last(d->db, d->arena, &seal, e);
	if (rc <= 0)
		return rc;
	out->sealed_seq = seal.seq;
	out->sealed_at = seal.at;
	return 0;
}

int trail_load(struct desk *d, int64_t before, struct trail *out, struct err *e)
{
	struct sql_audit_newest_in in = {
		.seq = before > 0 ? before : INT64_MAX,
		.first = TRAIL_ROWS,
	};
	struct sql_audit_newest_rows rows;
	struct sql_staff_list_rows staff;

	*out = (struct trail){ .older = 0 };
	if (desk_need(d, PERM_SEE_AUDIT, e) || load_ends(d, out, e) ||
		sql_audit_newest(d->db, d->arena, &in, &rows, e) ||
		sql_staff_list(d->db, d->arena, &staff, e))
		return -1;
	out->entries.at = arena_many(d->arena, struct trail_entry, rows.n);
	out->entries.n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		out->entries.at[i] = entry_of(d, &staff, &rows.at[i]);
	if (rows.n && rows.at[rows.n - 1].seq > 1)
		out->older = rows.at[rows.n - 1].seq;
	return 0;
}

int trail_counts_load(struct desk *d, struct trail_counts *out, struct err *e)
{
	struct sql_trail_counts_in in = {
		date_iso(d->arena, desk_today(d)),
	};
	struct sql_trail_counts_row row;

	if (sql_trail_counts(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*out = (struct trail_counts){ (int)row.open, (int)row.late };
	return 0;
}
