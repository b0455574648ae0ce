#include "desk/telling.h"

#include "base/base.h"
#include "desk/closing.h"
#include "desk/contracts.h"
#include "desk/disclosure.h"
#include "desk/minor.h"
#include "desk/note.h"
#include "desk/receive.h"

struct telling {
	const struct telling_in *in;
	struct record r;
	int64_t in_force_at;
	struct disclosure_recipients *got; /* of each identifier */
	size_t got_n;
	bool is_ledger_read;
	bool is_minor; /* all that is held of them is sensitive: 11 CCR 7001(bbb) */
};

int telling_is_for(struct desk *d, int64_t request_id, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	return rc <= 0 ? rc : kind_row(r.kind)->flow == FLOW_STOP;
}

bool telling_is_owed(const struct record *r, struct date entered_on)
{
	struct date received_on = record_received_on(r);
	struct duty_facts none = { .is_gap_known = true,
		.is_before_only = date_between(received_on, entered_on) <= 0 };

	for (int role = 0; role <= RECIPIENT_THIRD_PARTY; role++) {
		const struct duty *duty =
			duty_of(r->kind, (enum recipient)role, received_on);

		if (duty && duty_reaches(duty, &none))
			return true;
	}
	return false;
}

/* The entry that says it was received was written with it. */
int telling_in_force_at(
	struct desk *d, const struct record *r, int64_t *at, struct err *e)
{
	struct sql_audit_of_reference_rows rows;

	if (sql_audit_of_reference(d->db, d->arena,
		    &(struct sql_audit_of_reference_in){ r->row.reference },
		    &rows, e))
		return -1;
	*at = rows.n ? rows.at[0].at : r->row.received_at;
	return 0;
}

static bool has_gap(const struct telling *t)
{
	return date_between(record_received_on(&t->r),
		       date_pacific(t->in_force_at)) > 0;
}

/* Who got this person's data in a list meanwhile.  A list that can't be read leaves
 * nobody out. */
static void read_ledger(struct desk *d, struct telling *t)
{
	struct disclosure_span span = { .folder = t->in->folder,
		.from = t->r.row.received_at,
		.to = t->in_force_at };
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &t->r.person, id);
	struct err e = { 0 };

	t->got = arena_many(d->arena, struct disclosure_recipients, n);
	for (size_t i = 0; i < n; i++)
		if (disclosure_between(d, &span, id[i].key, &t->got[i], &e))
			return;
	t->got_n = n;
	t->is_ledger_read = n > 0;
}

static bool has_got(const struct telling *t, str vendor)
{
	for (size_t i = 0; i < t->got_n; i++)
		for (size_t k = 0; k < t->got[i].n; k++)
			if (str_eq(t->got[i].at[k]->recipient, vendor))
				return true;
	return false;
}

/* Who may be no service provider is told what a third party is told, where there is
 * nothing that a service provider is told. */
static const struct duty *duty_to(
	const struct telling *t, const struct telling_row *row)
{
	struct date day = record_received_on(&t->r);
	const struct duty *duty = duty_of(t->r.kind, row->recipient, day);

	return duty || !row->is_in_doubt
		       ? duty
		       : duty_of(t->r.kind, RECIPIENT_THIRD_PARTY, day);
}

static bool is_reached(const struct telling *t, const struct telling_row *row)
{
	const struct duty *duty = duty_to(t, row);
	struct duty_facts f = {
		.is_without = t->r.kind == KIND_LIMIT &&
			      row->has_no_sensitive && !t->is_minor,
		.is_other_use =
			(t->r.kind == KIND_LIMIT && row->is_permitted_use) ||
			(t->r.kind == KIND_OPT_OUT_ADMT &&
				row->is_without_admt),
		.is_gap_known = !has_gap(t),
		.is_before_only = true,
	};

	if (!duty)
		return false;
	if (has_gap(t) && row->is_by_list && t->is_ledger_read) {
		f.is_gap_known = true;
		f.is_before_only = !has_got(t, row->name);
	}
	return duty_reaches(duty, &f);
}

static int add_company(struct desk *d, const struct telling *t,
	const struct telling_row *row, struct err *e)
{
	struct sql_task_add_in in = {
		.request_id = t->r.row.id,
		.target = STR("vendor"),
		.name = row->name,
		.title = row->title,
		.state = STR("planned"),
		.due_on = STR(""),
		.created_at = desk_now(d),
		.sealed = STR(""),
	};

	return sql_task_add(d->db, &in, e) < 0 ? -1 : 0;
}

static int close_told(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_settled = true };

	if (record_move(d, r, ON_ALL_DONE, &facts, e))
		return -1;
	return closing_store(d, r, e);
}

static int start_telling(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .has_recipients = true };
	struct tally t;

	if (record_tally(d, r->row.id, &t, e) ||
		record_move(d, r, ON_TOLD, &facts, e) ||
		DESK_AUDIT(d, AUDIT_PLANNED, r->row.reference, e,
			AD("systems", 0), AD("vendors", t.vendors)))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++)
		if (desk_job(d, JOB_TELL, t.rows.at[i].id, desk_now(d), e))
			return -1;
	return 0;
}

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct telling *t = ctx;
	bool is_anybody = false;

	if (record_lock(d, &t->r, e))
		return -1;
	if (t->r.state != STATE_IN_FORCE)
		return 0;
	for (size_t i = 0; i < t->in->n; i++) {
		if (!is_reached(t, &t->in->rows[i]))
			continue;
		is_anybody = true;
		if (add_company(d, t, &t->in->rows[i], e))
			return -1;
	}
	return is_anybody ? start_telling(d, &t->r, e)
			  : close_told(d, &t->r, e);
}

int telling_plan(struct desk *d, const struct telling_in *in, struct err *e)
{
	struct telling t = { .in = in };
	int rc = record_by_id(d, in->request_id, &t.r, e), is_minor;

	if (rc <= 0)
		return rc;
	is_minor = minor_is_known(d, &t.r, e);
	if (is_minor < 0 || telling_in_force_at(d, &t.r, &t.in_force_at, e))
		return -1;
	t.is_minor = is_minor;
	if (has_gap(&t))
		read_ledger(d, &t);
	return desk_write(d, store_plan, &t, e);
}

/* Did all the answers come from companies that may be what the data map calls them? */
static bool is_in_doubt(struct desk *d, const struct tally *t)
{
	struct contract_doubts all = contracts_in_doubt(d);

	for (size_t i = 0; i < t->rows.n; i++)
		if (contract_doubt_of(&all, t->rows.at[i].name))
			return true;
	return false;
}

int telling_settle(
	struct desk *d, struct record *r, const struct tally *t, struct err *e)
{
	return t->vendors_open || is_in_doubt(d, t) ? 0 : close_told(d, r, e);
}

/* --- when nothing is in doubt any more --- */

static int settle_answered(struct desk *d, void *ctx, struct err *e)
{
	const int64_t *id = ctx;
	struct record r;
	struct tally t;
	int rc = record_by_id(d, *id, &r, e);

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e) || record_tally(d, *id, &t, e))
		return -1;
	return r.state == STATE_TELLING ? telling_settle(d, &r, &t, e) : 0;
}

/* The rows of one case from i on; returns where the next one begins. */
static size_t look_case(const struct sql_telling_answered_rows *rows, size_t i,
	const struct contract_doubts *all, bool *is_doubted)
{
	int64_t id = rows->at[i].id;

	for (*is_doubted = false; i < rows->n && rows->at[i].id == id; i++)
		*is_doubted |=
			contract_doubt_of(all, rows->at[i].vendor) != NULL;
	return i;
}

int telling_run(struct desk *d, struct err *e)
{
	struct contract_doubts all = contracts_in_doubt(d);
	struct sql_telling_answered_rows rows;
	size_t next;
	int rc = 0;

	if (sql_telling_answered(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i = next) {
		int64_t id = rows.at[i].id;
		bool is_doubted;

		next = look_case(&rows, i, &all, &is_doubted);
		if (!is_doubted && desk_write(d, settle_answered, &id, e))
			rc = -1;
	}
	return rc;
}

/* --- without waiting --- */

struct ending {
	str reference;
	str reason;
};

bool telling_can_end(const struct record *r, const struct tally *t)
{
	return r->state == STATE_TELLING && !t->vendors_untold;
}

static int end(struct desk *d, void *ctx, struct err *e)
{
	const struct ending *x = ctx;
	struct record r;
	struct tally t;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	if (!telling_can_end(&r, &t))
		return err_set(e, ERR_CONFLICT,
			"each company has to be told before this is closed");
	r.person.not_waiting.v = x->reason;
	if (record_save_person(d, &r, e) ||
		DESK_AUDIT(d, AUDIT_NOTED, r.row.reference, e,
			AD("about", "closed before every company answered")))
		return -1;
	return close_told(d, &r, e);
}

int telling_end(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e)
{
	struct ending x = { reference, str_trim(reason) };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(x.reason, "ending", "Write why you close it without waiting",
		ps);
	if (ps->n)
		return 0;
	return desk_write(d, end, &x, e);
}
