/*
 * The queue: a list of next steps, soonest legal date first.  Every open
 * request is looked at for the counts; who the requester is, masked, is
 * unsealed for the rows that are shown only.
 */
#include "desk/queue.h"

#include <stdlib.h>

#include "desk/intake.h"
#include "desk/limit.h"
#include "desk/person.h"
#include "desk/seal.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "desk/untold.h"
#include "law/deny.h"
#include "law/grade.h"
#include "law/reference.h"
#include "law/state.h"
#include "store/sql.h"

static const struct {
	const char *code;
	const char *title;
} views[] = {
	[QUEUE_ACTION] = { "action", "Needs action" },
	[QUEUE_WAITING] = { "waiting", "Waiting on others" },
	[QUEUE_UNCONFIRMED] = { "unconfirmed", "Unconfirmed" },
	[QUEUE_OPEN] = { "open", "All open" },
	[QUEUE_CLOSED] = { "closed", "Closed" },
};

const char *queue_view_code(enum queue_view v)
{
	must((size_t)v < COUNTOF(views));
	return views[v].code;
}

const char *queue_view_title(enum queue_view v)
{
	must((size_t)v < COUNTOF(views));
	return views[v].title;
}

enum queue_view queue_view_of(str code)
{
	for (size_t i = 0; i < COUNTOF(views); i++)
		if (str_eq(code, str_of(views[i].code)))
			return (enum queue_view)i;
	return QUEUE_ACTION;
}

static struct date date_of(str iso)
{
	struct date out = { 0 };

	(void)date_parse(iso, &out);
	return out;
}

/* "Jo Lindqvist" to "JL". */
static str initials_of(struct arena *a, str name)
{
	char *out = arena_alloc(a, 3);
	size_t n = 0;
	str rest = name;
	str word;

	while (n < 2 && str_next(&rest, ' ', &word))
		if (word.n && (unsigned char)word.p[0] < 0x80)
			out[n++] = word.p[0];
	return (str){ out, n };
}

/* --- one row --- */

/* As reopen_is_due() says of one case. */
static bool is_hold_over(const struct sql_request_open_list_row *r)
{
	const struct ground *g = ground_of(r->ground);

	return g && g->needs == GROUND_NEEDS_HOLD && !r->is_held &&
	       !r->answered_at && !r->denials_failed;
}

static struct next next_step(const struct sql_request_open_list_row *r,
	const struct queue_row *q, enum kind kind)
{
	struct unsaid unsaid = untold_owed(kind, outcome_of(r->outcome),
		(struct unsaid){
			(int)r->vendors_unsaid, (int)r->systems_unsaid });
	struct next_facts f = {
		.kind = kind,
		.state = state_of(r->state),
		.systems_open = (int)r->systems_open,
		.systems_unreachable = (int)r->systems_stuck,
		.systems_refusing = (int)r->systems_refusing,
		.keepers_open = (int)r->keepers_open,
		.keepers_late = (int)r->keepers_late,
		.vendors_open = (int)r->vendors_open,
		.vendors_untold = (int)r->vendors_untold,
		.vendors_refused = (int)r->vendors_refused,
		.vendors_late = (int)r->vendors_late,
		.vendors_unsaid = unsaid.vendors,
		.systems_unsaid = unsaid.systems,
		.is_by_agent = r->proof.n > 0,
		.is_for_child = r->parents_open > 0,
		.is_receipt_confirmed = r->receipt_confirmed_at > 0,
		.is_held = r->is_held,
		.is_unverified = r->unverified > 0,
		.is_declaration_asked = r->declaration > 0,
		.is_fee_asked = str_eq(r->fee, STR("asked")),
		.is_fee_declined = str_eq(r->fee, STR("declined")),
		.is_called_back = r->call_back > 0,
		.doubts = (int)r->doubts,
		.is_hold_over = is_hold_over(r),
		.is_unasked =
			str_eq(r->channel, str_of(channel_code(CHANNEL_FOUND))),
		.days_left = q->days_left,
		.has_due = true,
	};

	(void)proof_of(r->proof, &f.proof);
	return next_of(&f);
}

static str next_name(struct desk *d, const struct next *next,
	const struct sql_request_open_list_row *r)
{
	if (str_eq(str_of(next->code), STR("untold")))
		return r->vendors_unsaid ? r->unsaid_title
					 : r->system_unsaid_title;
	if (r->systems_stuck)
		return r->stuck_title;
	if (r->vendors_refused)
		return r->refused_title;
	if (r->keepers_open && !r->vendors_late)
		return r->keepers_late ? r->late_keeper_title : r->keeper_title;
	if (r->vendors_late > 1)
		return arena_fmt(d->arena, "%d vendors", (int)r->vendors_late);
	if (r->vendors_late)
		return r->late_title;
	if (r->vendors_open > 1)
		return arena_fmt(d->arena, "%d vendors", (int)r->vendors_open);
	return r->vendor_title;
}

static str progress_of(
	struct desk *d, const struct sql_request_open_list_row *r)
{
	if (r->systems_stuck)
		return STR("A system fails");
	if (r->vendors_refused)
		return STR("Can’t be told");
	if (r->vendors_late + r->keepers_late)
		return arena_fmt(d->arena, "%d late",
			(int)(r->vendors_late + r->keepers_late));
	if (!r->tasks)
		return STR("Not started");
	return arena_fmt(
		d->arena, "%d of %d", (int)r->tasks_done, (int)r->tasks);
}

static bool is_actor(const struct desk *d, int64_t staff_id)
{
	return d->actor.kind == ACTOR_STAFF && d->actor.id == staff_id;
}

/* What becomes of it when its day comes and nobody knows who asks. */
static void foretell(struct desk *d, const struct sql_request_open_list_row *r,
	bool sells, struct queue_row *q)
{
	enum state state = state_of(r->state);
	struct unverified_facts f = { .kind = q->kind, .sells = sells };

	if (!kind_is_verified(q->kind) ||
		(state != STATE_UNCONFIRMED &&
			(state != STATE_REVIEW || !r->unverified)))
		return;
	q->next_detail = arena_fmt(
		d->arena, "If not verified: %s", unverified_of(&f)->sentence);
}

/* A letter on paper leaves when staff have posted it, whoever's turn it else is. */
static void say_letters(
	const struct sql_request_open_list_row *r, struct queue_row *q)
{
	if (q->turn == TURN_STAFF) {
		q->next_detail =
			STR("A letter waits to be printed and posted.");
		return;
	}
	q->turn = TURN_STAFF;
	q->next = r->answered_at ? STR("Print and post the answer")
				 : STR("Print and post the letter");
	q->next_detail = STR("");
}

static void fill_row(struct desk *d, struct queue *out,
	const struct sql_request_open_list_row *r, struct queue_row *q)
{
	struct date today = out->today;
	enum kind kind = kind_of(r->kind);
	struct date received = date_of(r->received_on);
	struct next next;

	*q = (struct queue_row){
		.reference = r->reference,
		.kind = kind,
		.kind_code = kind_code(kind),
		.kind_title = kind_title(kind),
		.due_on = date_of(r->due_on),
		.day = date_between(received, today),
		.tasks = (int)r->tasks,
		.tasks_done = (int)r->tasks_done,
		.tasks_late = (int)(r->vendors_late + r->keepers_late +
				    r->systems_stuck + r->vendors_refused),
		.vendors_late = (int)r->vendors_late,
		.progress = progress_of(d, r),
		.owner = r->owner_name,
		.owner_initials = initials_of(d->arena, r->owner_name),
	};
	q->days = date_between(received, q->due_on);
	q->days_left = date_between(today, q->due_on);
	q->urgency = urgency_of(q->days_left);
	next = next_step(r, q, kind);
	q->turn = next.turn;
	q->next = next_sentence(d->arena, &next, next_name(d, &next, r));
	q->next_detail = str_of(next.detail);
	q->is_late_next = q->tasks_late > 0;
	foretell(d, r, out->sells, q);
	if (r->proposed_by) {
		q->turn =
			is_actor(d, r->proposed_by) ? TURN_NOBODY : TURN_STAFF;
		q->next = STR("Waiting for a second pair of eyes");
		q->next_detail = STR("");
	}
	if (r->answered_at) {
		q->turn = TURN_SYSTEM;
		q->next = STR("Sending the answer");
		q->next_detail = STR("");
	}
	if (r->letters)
		say_letters(r, q);
}

static bool belongs(enum queue_view view, const struct queue_row *q,
	const struct sql_request_open_list_row *r)
{
	bool is_unconfirmed = state_of(r->state) == STATE_UNCONFIRMED;

	switch (view) {
	case QUEUE_ACTION:
		return q->turn == TURN_STAFF;
	case QUEUE_WAITING:
		return q->turn != TURN_STAFF && !is_unconfirmed;
	case QUEUE_UNCONFIRMED:
		return is_unconfirmed;
	case QUEUE_OPEN:
		return true;
	case QUEUE_CLOSED:
	case QUEUE_VIEWS:
		break;
	}
	return false;
}

/* Who it is, as much as may be seen without asking. */
static int show_person(struct desk *d, int64_t id, str channel,
	struct queue_row *q, struct err *e)
{
	struct sql_request_sealed_row row;
	struct person p = { 0 };
	struct seal *seal;
	str reach = STR("");
	str json;

	if (sql_request_sealed(d->db, d->arena,
		    &(struct sql_request_sealed_in){ id }, &row, e) < 0)
		return -1;
	if (row.wrapped_key.n &&
		(seal_open(d->arena, d->keys, row.wrapped_key, &seal, e) ||
			seal_get(d->arena, seal, STR("request"), row.sealed,
				&json, e) ||
			person_from_json(d->arena, json, &p, e)))
		return -1;
	if (p.email.v.n)
		reach = person_masked_email(d->arena, p.email).v;
	else if (p.phone.v.n)
		reach = person_masked_phone(d->arena, p.phone).v;
	q->name = p.name.v.n ? person_short_name(d->arena, p.name).v
			     : STR("No name given");
	q->reach = arena_fmt(d->arena, reach.n ? "%s · %.*s" : "%s%.*s",
		channel_short(channel), STR_ARG(reach));
	return 0;
}

/* --- the days ahead --- */

static void add_due(struct queue *out, const struct queue_row *q, str reference)
{
	out->dues.at[out->dues.n++] = (struct queue_due){
		.reference = reference,
		.kind_title = q->kind_title,
		.due_on = q->due_on,
		.offset = q->days_left,
		.is_held_up = q->tasks_late > 0,
	};
}

static void count_row(struct queue *out, const struct queue_row *q)
{
	out->open++;
	out->overdue += q->days_left < 0;
	out->due_in_7_days += q->days_left >= 0 && q->days_left <= 7;
	out->late_vendors += q->vendors_late;
	if (date_is_none(out->next_due))
		out->next_due = q->due_on;
}

static int by_value(const void *a, const void *b)
{
	int x = *(const int *)a;
	int y = *(const int *)b;

	return (x > y) - (x < y);
}

/* 11 CCR 7102 counts days to the substantive answer; a quarter is 91 days. */
static int median_days(struct desk *d, struct queue *out, struct err *e)
{
	struct sql_request_closed_days_in in = {
		.since = desk_now(d) - 91LL * 86400000,
	};
	struct sql_request_closed_days_rows rows;
	int *days;

	out->median_days = -1;
	if (sql_request_closed_days(d->db, d->arena, &in, &rows, e))
		return -1;
	if (!rows.n)
		return 0;
	days = arena_many(d->arena, int, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		days[i] = date_between(date_pacific(rows.at[i].received_at),
			date_pacific(rows.at[i].closed_at));
	qsort(days, rows.n, sizeof *days, by_value);
	out->median_days = days[rows.n / 2];
	return 0;
}

/* --- search --- */

struct wanted {
	bool is_all;
	int64_t *id; /* of requests that are named, or gave the identifier */
	size_t n;
};

static int find_reference(struct desk *d, const struct reference *ref,
	struct wanted *w, struct err *e)
{
	struct sql_request_id_row row;
	int rc = sql_request_id(d->db, d->arena,
		&(struct sql_request_id_in){ reference_str(ref) }, &row, e);

	if (rc < 0)
		return -1;
	w->id = arena_many(d->arena, int64_t, 1);
	w->n = (size_t)rc;
	if (rc)
		w->id[0] = row.id;
	return 0;
}

static int find_identifier(
	struct desk *d, str typed, struct wanted *w, struct err *e)
{
	enum ident_kind kind = str_has(typed, '@') ? IDENT_EMAIL : IDENT_PHONE;
	uint8_t key[IDENT_KEY_SIZE];
	struct sql_request_by_identifier_rows rows;

	if (!d->suppress ||
		ident_key_of(suppress_keyring(d->suppress), kind, typed, key))
		return 0;
	if (sql_request_by_identifier(d->db, d->arena,
		    &(struct sql_request_by_identifier_in){
			    { (const char *)key, sizeof key } },
		    &rows, e))
		return -1;
	w->id = arena_many(d->arena, int64_t, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		w->id[w->n++] = rows.at[i].id;
	return 0;
}

static int read_search(
	struct desk *d, str typed, struct wanted *w, struct err *e)
{
	struct reference ref;

	*w = (struct wanted){ .is_all = !typed.n };
	if (w->is_all)
		return 0;
	if (reference_parse(typed, &ref))
		return find_reference(d, &ref, w, e);
	return find_identifier(d, typed, w, e);
}

static bool is_wanted(const struct wanted *w, int64_t id)
{
	if (w->is_all)
		return true;
	for (size_t i = 0; i < w->n; i++)
		if (w->id[i] == id)
			return true;
	return false;
}

/* --- the whole --- */

static int load_open(struct desk *d, const struct wanted *w, struct queue *out,
	struct err *e)
{
	struct sql_request_open_list_in in = {
		.today = date_iso(d->arena, out->today),
		.first = LIMIT_QUEUE_OPEN,
	};
	struct sql_request_open_list_rows rows;

	if (sql_request_open_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->dues.at = arena_many(d->arena, struct queue_due, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_request_open_list_row *r = &rows.at[i];
		struct queue_row q;

		fill_row(d, out, r, &q);
		count_row(out, &q);
		add_due(out, &q, r->reference);
		for (int v = 0; v < QUEUE_VIEWS; v++)
			out->count[v] += belongs((enum queue_view)v, &q, r);
		if (!belongs(w->is_all ? out->view : QUEUE_OPEN, &q, r) ||
			!is_wanted(w, r->id) || out->rows.n >= LIMIT_QUEUE_ROWS)
			continue;
		if (show_person(d, r->id, r->channel, &q, e))
			return -1;
		q.reference = reference_show(d->arena, r->reference);
		out->rows.at[out->rows.n++] = q;
	}
	return 0;
}

static int add_closed(struct desk *d,
	const struct sql_request_closed_list_row *r, struct queue *out,
	struct err *e)
{
	enum kind kind = kind_of(r->kind);
	struct queue_row *q = &out->rows.at[out->rows.n];

	*q = (struct queue_row){
		.reference = reference_show(d->arena, r->reference),
		.kind = kind,
		.kind_code = kind_code(kind),
		.kind_title = kind_title(kind),
		.due_on = date_of(r->due_on),
		.turn = TURN_NOBODY,
		.outcome = str_of(outcome_title(outcome_of(r->outcome))),
		.closed_on = date_pacific(r->closed_at),
	};
	if (show_person(d, r->id, r->channel, q, e))
		return -1;
	out->rows.n++;
	return 0;
}

static int load_closed(struct desk *d, struct queue *out, struct err *e)
{
	struct sql_request_closed_list_in in = { LIMIT_QUEUE_ROWS };
	struct sql_request_closed_list_rows rows;

	if (sql_request_closed_list(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (add_closed(d, &rows.at[i], out, e))
			return -1;
	return 0;
}

/* However long ago it was closed; the newest first. */
static int find_closed(struct desk *d, const struct wanted *w,
	struct queue *out, struct err *e)
{
	for (size_t i = w->n; i-- && out->rows.n < LIMIT_QUEUE_ROWS;) {
		struct sql_request_by_id_row r;
		int rc = sql_request_by_id(d->db, d->arena,
			&(struct sql_request_by_id_in){ w->id[i] }, &r, e);
		struct sql_request_closed_list_row row;

		if (rc < 0)
			return -1;
		if (!rc || !r.closed_at)
			continue;
		row = (struct sql_request_closed_list_row){
			.id = r.id,
			.reference = r.reference,
			.kind = r.kind,
			.channel = r.channel,
			.due_on = r.due_on,
			.closed_at = r.closed_at,
			.outcome = r.outcome,
		};
		if (add_closed(d, &row, out, e))
			return -1;
	}
	return 0;
}

static int count_closed(struct desk *d, struct queue *out, struct err *e)
{
	struct sql_request_closed_count_row row;

	if (sql_request_closed_count(d->db, d->arena, &row, e) < 0)
		return -1;
	out->count[QUEUE_CLOSED] = (int)row.n;
	return 0;
}

int queue_load(struct desk *d, enum queue_view view, str search,
	struct queue *out, struct err *e)
{
	struct settings s;
	struct wanted w;

	*out = (struct queue){ .view = view, .today = desk_today(d) };
	if (settings_load(d, &s, e))
		return -1;
	out->sells = str_eq(s.sells, STR("yes"));
	out->rows.at =
		arena_many(d->arena, struct queue_row, LIMIT_QUEUE_ROWS + 1);
	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		read_search(d, str_trim(search), &w, e) ||
		load_open(d, &w, out, e) || count_closed(d, out, e) ||
		tray_count(d, &out->letters, e))
		return -1;
	if (!w.is_all ? find_closed(d, &w, out, e)
		      : view == QUEUE_CLOSED && load_closed(d, out, e))
		return -1;
	return median_days(d, out, e);
}
