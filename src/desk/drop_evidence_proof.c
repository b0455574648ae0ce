/*
 * Sections 5 to 9 of an evidence pack: the suppression log, vendors, statuses,
 * accesses, and what is kept.
 */
#include "desk/drop_evidence_data.h"

#include <string.h>

#include "base/enc.h"
#include "desk/drop_archive.h"
#include "desk/drop_page.h"
#include "desk/drop_session.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "law/deadline.h"
#include "law/reason.h"
#include "store/sql.h"

enum { OUTAGES_MAX = 10000, KEYS_PAGE = 20000 };

static const struct drop_cycle *session_of(const struct evidence *x, int64_t id)
{
	for (size_t i = 0; i < x->sessions.n; i++)
		if (x->sessions.at[i].cycle.id == id)
			return &x->sessions.at[i].cycle;
	return NULL;
}

static int64_t from_ms(const struct evidence *x)
{
	return pacific_midnight_ms(x->from);
}

static int64_t to_ms(const struct evidence *x)
{
	return pacific_midnight_ms(date_add(x->to, 1));
}

/* --- 5: suppression --- */

/* By kind: how many the list holds for each of the platform's two reasons. */
struct held {
	int64_t one[IDENT_KINDS];
	int64_t several[IDENT_KINDS];
};

static int count_key(struct desk *d, struct held *h,
	const struct sql_drop_evidence_keys_row *r, struct err *e)
{
	enum ident_kind kind;
	uint32_t reasons;

	must(r->id_key.n == IDENT_KEY_SIZE);
	if (r->list >= 0)
		kind = drop_list_kind((enum drop_list)r->list);
	else if (!ident_kind_read(r->kind, &kind))
		return err_set(
			e, ERR_CORRUPT, "a held identifier has no known kind");
	suppress_find(d->suppress, (const uint8_t *)r->id_key.p, 1, &reasons);
	h->one[kind] += (reasons & REASON_DROP) != 0;
	h->several[kind] += (reasons & REASON_DROP_OPT_OUT) != 0;
	return 0;
}

static int count_held(struct desk *d, struct held *h, struct err *e)
{
	struct sql_drop_evidence_keys_in in = { .first = KEYS_PAGE };
	struct sql_drop_evidence_keys_rows rows = { .n = KEYS_PAGE };
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	uint8_t after[IDENT_KEY_SIZE];
	int rc = 0;

	while (!rc && rows.n == KEYS_PAGE) {
		arena_clear(page);
		rc = sql_drop_evidence_keys(d->db, page, &in, &rows, e);
		for (size_t i = 0; !rc && i < rows.n; i++)
			rc = count_key(d, h, &rows.at[i], e);
		if (rc || !rows.n)
			break;
		memcpy(after, rows.at[rows.n - 1].id_key.p, sizeof after);
		in.after = (str){ (const char *)after, sizeof after };
	}
	arena_free(page);
	return rc;
}

static int load_held(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_HELD;
	struct held h = { 0 };
	int64_t all = 0;

	if (count_held(d, &h, e))
		return -1;
	for (int k = 0; k < IDENT_KINDS; k++) {
		if (!h.one[k] && !h.several[k])
			continue;
		evidence_text(
			x, t, str_of(ident_kind_name((enum ident_kind)k)));
		evidence_int(x, t, h.one[k]);
		evidence_int(x, t, h.several[k]);
		all += h.one[k] + h.several[k];
	}
	evidence_fact_int(x, EVIDENCE_SECTION_SUPPRESSION, "held",
		"Identifiers held when this was made", all);
	return 0;
}

static int load_log(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_LOG;
	struct sql_drop_evidence_log_in in = { from_ms(x), to_ms(x) };
	struct sql_drop_evidence_log_rows rows;

	if (sql_drop_evidence_log(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		evidence_text(x, t, rows.at[i].act);
		evidence_text(x, t, rows.at[i].kind);
		evidence_int(x, t, rows.at[i].n);
		evidence_at(x, t, rows.at[i].first_at);
		evidence_at(x, t, rows.at[i].last_at);
	}
	return 0;
}

static int load_withdrawn(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_WITHDRAWN;
	struct sql_drop_evidence_revoked_rows rows;
	int64_t all = 0;

	if (sql_drop_evidence_revoked(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (!session_of(x, rows.at[i].cycle_id))
			continue;
		must(rows.at[i].list >= 0 && rows.at[i].list < DROP_LISTS);
		evidence_int(x, t, rows.at[i].cycle_id);
		evidence_text(x, t,
			str_of(drop_list_name(
				(enum drop_list)rows.at[i].list)));
		evidence_int(x, t, rows.at[i].n);
		all += rows.at[i].n;
	}
	evidence_fact_int(x, EVIDENCE_SECTION_SUPPRESSION, "withdrawn",
		"Items withdrawn", all);
	return 0;
}

/* --- 6: vendors --- */

static void put_vendor(struct evidence *x, const struct drop_vendor *v,
	const struct drop_cycle *c)
{
	enum evidence_table_id t = EVIDENCE_TABLE_VENDORS;

	evidence_int(x, t, c->id);
	evidence_text(x, t, v->vendor);
	evidence_text(x, t, v->title);
	evidence_text(x, t, v->role);
	evidence_text(x, t, v->kinds);
	evidence_int(x, t, v->rows);
	evidence_text(x, t, v->sha256);
	evidence_at(x, t, v->asked_at);
	evidence_day(x, t, v->due_on);
	evidence_at(x, t, v->opened_at);
	evidence_text(x, t, v->state);
	evidence_at(x, t, v->answered_at);
	evidence_int(x, t, v->answered_rows);
	evidence_text(x, t, v->reason);
	evidence_bool(x, t, v->is_late);
}

static void load_vendors(struct evidence *x)
{
	enum evidence_section_id s = EVIDENCE_SECTION_VENDORS;
	int64_t told = 0, answered = 0, all = 0;

	for (size_t i = 0; i < x->sessions.n; i++) {
		const struct drop_cycle_view *v = &x->sessions.at[i];

		for (size_t k = 0; k < v->vendors.n; k++) {
			put_vendor(x, &v->vendors.at[k], &v->cycle);
			told += v->vendors.at[k].asked_at != 0;
			answered += v->vendors.at[k].answered_at != 0;
			all++;
		}
	}
	evidence_fact_int(x, s, "directions", "Directions", all);
	evidence_fact_int(x, s, "told", "Told", told);
	evidence_fact_int(x, s, "answered", "Answered", answered);
}

/* --- 7: statuses --- */

static bool is_id_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* Twelve characters that are no word: it has a digit, or a capital inside. */
static bool is_id(str s)
{
	bool is_odd = false;

	if (s.n != DROP_ID_SIZE)
		return false;
	for (size_t i = 0; i < s.n; i++)
		is_odd |= (s.p[i] >= '0' && s.p[i] <= '9') ||
			  (i && s.p[i] >= 'A' && s.p[i] <= 'Z');
	return is_odd;
}

/* The platform may name rows: their IDs stay in the files that were sent. */
static str without_ids(struct arena *a, str s)
{
	struct buf b = buf_in(a, s.n + 1);
	size_t i = 0;

	while (i < s.n) {
		size_t end = i;

		while (end < s.n && is_id_char(s.p[end]))
			end++;
		if (is_id((str){ s.p + i, end - i }))
			buf_puts(&b, "[ID]");
		else
			buf_put(&b, (str){ s.p + i, end - i });
		if (end < s.n)
			buf_putc(&b, s.p[end]);
		i = end + 1;
	}
	return buf_str(&b);
}

static void put_file(struct evidence *x, const struct drop_upload *u,
	const struct drop_cycle *c)
{
	enum evidence_table_id t = EVIDENCE_TABLE_FILES;

	evidence_int(x, t, c->id);
	evidence_text(x, t, u->name);
	evidence_text(x, t, str_of(drop_list_name(u->list)));
	evidence_bool(x, t, u->is_amend);
	evidence_int(x, t, u->rows);
	evidence_text(x, t, u->sha256);
	evidence_at(x, t, u->made_at);
	evidence_int(x, t, u->tries);
	evidence_text(x, t, u->state);
	evidence_at(x, t, u->said_at);
	evidence_bool(x, t, u->is_repeated);
	evidence_text(x, t, without_ids(x->arena, u->message));
	evidence_text(x, t, u->outcome);
	evidence_at(x, t, u->outcome_at);
	evidence_text(x, t, u->outcome_by);
	evidence_text(x, t, without_ids(x->arena, u->outcome_message));
}

struct answered {
	int64_t items;
	int64_t sent;
	int64_t open;
};

/* Statuses of one session: rows of the same list and status stand together. */
static int put_statuses(struct desk *d, struct evidence *x, int64_t cycle_id,
	struct answered *sum, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_STATUSES;
	struct sql_drop_evidence_statuses_in in = { cycle_id };
	struct sql_drop_evidence_statuses_rows rows;

	if (sql_drop_evidence_statuses(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_drop_evidence_statuses_row *r = &rows.at[i];

		must(r->list >= 0 && r->list < DROP_LISTS);
		evidence_int(x, t, cycle_id);
		evidence_text(
			x, t, str_of(drop_list_name((enum drop_list)r->list)));
		evidence_text(x, t,
			r->is_revoked ? STR("withdrawn")
				      : str_of(drop_status_name(
						(enum drop_status)r->status)));
		evidence_int(x, t, r->n);
		evidence_int(x, t, r->sent);
		sum->items += r->is_revoked ? 0 : r->n;
		sum->sent += r->is_revoked ? 0 : r->sent;
		sum->open += !r->is_revoked && !r->status ? r->n : 0;
	}
	return 0;
}

static int load_statuses(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_section_id s = EVIDENCE_SECTION_STATUSES;
	struct answered sum = { 0 };

	for (size_t i = 0; i < x->sessions.n; i++) {
		const struct drop_cycle_view *v = &x->sessions.at[i];

		for (size_t k = 0; k < v->uploads.n; k++)
			put_file(x, &v->uploads.at[k], &v->cycle);
		if (put_statuses(d, x, v->cycle.id, &sum, e))
			return -1;
	}
	evidence_fact_int(
		x, s, "items", "Items that are owed an answer", sum.items);
	evidence_fact_int(
		x, s, "answered", "Answered with their status", sum.sent);
	evidence_fact_int(x, s, "open", "Without a status", sum.open);
	return 0;
}

/* --- 8: cadence --- */

struct gaps {
	struct date last; /* access that got an answer */
	int64_t longest;
	int64_t late;
	int64_t accesses;
};

static void put_access(
	struct evidence *x, const struct drop_cycle *c, struct gaps *g)
{
	enum evidence_table_id t = EVIDENCE_TABLE_ACCESSES;
	bool is_rehearsal = str_eq(c->source, STR("rehearsal"));
	bool is_first = date_is_none(g->last) || is_rehearsal;
	struct date by = { 0 };
	int gap = 0;

	g->accesses += !is_rehearsal;
	if (!is_first) {
		by = drop_access_due(g->last).on;
		gap = date_between(g->last, c->opened_on);
	}
	evidence_int(x, t, c->id);
	evidence_day(x, t, c->opened_on);
	evidence_text(x, t, c->opened_by);
	evidence_text(x, t, c->source);
	evidence_at(x, t, c->received_at);
	evidence_int(x, t, c->items);
	evidence_int(x, t, c->removed);
	evidence_int(x, t, gap);
	evidence_day(x, t, by);
	evidence_bool(x, t, !is_first && date_cmp(c->opened_on, by) > 0);
	evidence_day(x, t, c->act_by);
	evidence_at(x, t, c->uploaded_at);
	evidence_text(x, t, c->rule);
	evidence_text(x, t, str_of(drop_state_code(c->state)));
	if (gap > g->longest)
		g->longest = gap;
	g->late += !is_first && date_cmp(c->opened_on, by) > 0;
	if (c->received_at && !is_rehearsal)
		g->last = c->opened_on;
}

static void load_accesses(struct evidence *x, struct date today)
{
	enum evidence_section_id s = EVIDENCE_SECTION_CADENCE;
	struct gaps g = { .longest = 0 };

	for (size_t i = 0; i < x->sessions.n; i++)
		put_access(x, &x->sessions.at[i].cycle, &g);
	evidence_fact_int(x, s, "accesses", "Accesses", g.accesses);
	evidence_fact_int(x, s, "longest_gap_days",
		"Longest time between two, in days", g.longest);
	evidence_fact_int(x, s, "late", "Accesses after the last day", g.late);
	if (date_is_none(g.last))
		return;
	evidence_fact_int(x, s, "days_since_last",
		"Days since the last one when this was made",
		date_between(g.last, today));
	evidence_fact_text(x, s, "next_by", "Next one by",
		date_iso(x->arena, drop_access_due(g.last).on));
}

static bool is_within(const struct evidence *x, int64_t from, int64_t to)
{
	return from < to_ms(x) && (!to || to >= from_ms(x));
}

static int load_outages(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_OUTAGES;
	struct drop_outages all;
	int64_t owed = 0;

	if (drop_outages(d, OUTAGES_MAX, &all, e))
		return -1;
	for (size_t i = all.n; i-- > 0;) {
		const struct drop_outage *o = &all.at[i];

		if (!is_within(x, o->from_at, o->to_at))
			continue;
		evidence_int(x, t, o->id);
		evidence_at(x, t, o->from_at);
		evidence_at(x, t, o->to_at);
		evidence_int(x, t, o->tries);
		evidence_text(x, t, o->fault);
		evidence_text(x, t, o->said);
		evidence_text(x, t, o->problem);
		evidence_day(x, t, o->notice_by);
		evidence_at(x, t, o->notice_at);
		evidence_text(x, t, o->notice_note);
		owed += !date_is_none(o->notice_by) && !o->notice_at;
	}
	evidence_fact_int(x, EVIDENCE_SECTION_CADENCE, "notices_owed",
		"Notices not sent yet", owed);
	return 0;
}

/* --- 9: records --- */

static void load_received(struct evidence *x)
{
	enum evidence_table_id t = EVIDENCE_TABLE_RECEIVED;

	for (size_t i = 0; i < x->sessions.n; i++) {
		const struct drop_cycle_view *v = &x->sessions.at[i];

		for (size_t k = 0; k < v->files.n; k++) {
			evidence_int(x, t, v->cycle.id);
			evidence_text(x, t, v->cycle.zip_name);
			evidence_text(x, t, v->files.at[k].name);
			evidence_int(x, t, v->files.at[k].items);
			evidence_text(x, t, v->files.at[k].sha256);
		}
	}
}

static int load_chain(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_section_id s = EVIDENCE_SECTION_RECORDS;
	struct sql_audit_end_row end;
	struct sql_audit_seal_last_row seal = { 0 };

	if (sql_audit_end(d->db, d->arena, &end, e) < 0 ||
		sql_audit_seal_last(d->db, d->arena, &seal, e) < 0)
		return -1;
	evidence_fact_int(x, s, "audit_entries",
		"Entries of the audit trail when this was made", end.seq);
	evidence_fact_text(x, s, "audit_head", "Hash of the last", end.hash);
	if (!seal.seq)
		return 0;
	evidence_fact_int(x, s, "seal_entry", "Signed up to entry", seal.seq);
	evidence_fact_text(x, s, "seal_at", "Signed at",
		instant_rfc3339(x->arena, seal.at));
	evidence_fact_text(x, s, "seal_hash", "Hash that is signed", seal.hash);
	evidence_fact_text(x, s, "seal_signature", "Signature", seal.signature);
	return 0;
}

static int load_entries(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_AUDIT;
	struct sql_drop_evidence_audit_in in = { from_ms(x), to_ms(x) };
	struct sql_drop_evidence_audit_rows rows;

	if (sql_drop_evidence_audit(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		evidence_text(x, t, rows.at[i].event);
		evidence_int(x, t, rows.at[i].n);
		evidence_int(x, t, rows.at[i].first_seq);
		evidence_int(x, t, rows.at[i].last_seq);
	}
	return 0;
}

int evidence_load_proof(struct desk *d, struct evidence *x, struct err *e)
{
	if (load_held(d, x, e) || load_log(d, x, e) ||
		load_withdrawn(d, x, e) || load_statuses(d, x, e) ||
		load_outages(d, x, e) || load_chain(d, x, e) ||
		load_entries(d, x, e))
		return -1;
	load_vendors(x);
	load_accesses(x, desk_today(d));
	load_received(x);
	return 0;
}

/* --- kept files --- */

struct kept {
	int64_t session;
	str name;
	const char *kind;
	const char *path;
	str sha256;
	int64_t size;
};

static void put_kept(struct evidence *x, const struct kept *k,
	const struct archived *sum, const struct err *why,
	struct drop_evidence_made *out)
{
	enum evidence_table_id t = EVIDENCE_TABLE_ARCHIVE;
	bool is_same = !why->code &&
		       str_eq(hex_of(x->arena, sum->sha256, sizeof sum->sha256),
			       k->sha256);
	const char *now = is_same                      ? "as it was"
			  : why->code == ERR_NOT_FOUND ? "missing"
						       : "changed";

	out->archived += is_same;
	out->damaged += !is_same;
	evidence_int(x, t, k->session);
	evidence_text(x, t, k->name);
	evidence_text(x, t, str_of(k->kind));
	evidence_int(x, t, is_same ? sum->size : k->size);
	evidence_text(x, t, k->sha256);
	evidence_text(x, t, str_of(now));
}

static void open_zip(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct evidence *x,
	struct drop_evidence_made *out)
{
	struct kept k = { c->id, c->zip_name, "received",
		drop_place_path(d->arena, p, c->archive), c->zip_sha256,
		c->zip_size };
	struct archived sum = { 0 };
	struct err why = { .code = ERR_NONE };

	if (!c->archive.n)
		return;
	(void)archive_open(d->keys, k.path, NULL, &sum, &why);
	put_kept(x, &k, &sum, &why, out);
}

static void open_sent(struct desk *d, const struct drop_place *p,
	const struct drop_upload *u, int64_t session, struct evidence *x,
	struct drop_evidence_made *out)
{
	str name = arena_fmt(d->arena, "sent/%.*s", STR_ARG(u->name));
	struct kept k = { session, u->name, "sent",
		drop_place_path(d->arena, p, name), u->sha256, 0 };
	struct archived sum = { 0 };
	struct err why = { .code = ERR_NONE };

	if (!u->sha256.n)
		return;
	(void)archive_sum(k.path, &sum, &why);
	put_kept(x, &k, &sum, &why, out);
}

void evidence_load_archive(struct desk *d, const struct drop_place *p,
	struct evidence *x, struct drop_evidence_made *out)
{
	enum evidence_section_id s = EVIDENCE_SECTION_RECORDS;

	for (size_t i = 0; i < x->sessions.n; i++) {
		const struct drop_cycle_view *v = &x->sessions.at[i];

		open_zip(d, p, &v->cycle, x, out);
		for (size_t k = 0; k < v->uploads.n; k++)
			open_sent(d, p, &v->uploads.at[k], v->cycle.id, x, out);
	}
	evidence_fact_int(x, s, "kept", "Kept files that are as they were",
		(int64_t)out->archived);
	evidence_fact_int(x, s, "damaged", "Kept files that are not",
		(int64_t)out->damaged);
}
