/*
 * What account holders see and ask for in the portal: their requests, what is held of
 * them, and the beginning of every other request with who they are filled in.
 */
#include "desk/portal.h"

#include "base/enc.h"
#include "desk/account.h"
#include "desk/agent_post.h"
#include "desk/limit.h"
#include "desk/map_told.h"
#include "desk/parent_post.h"
#include "desk/record.h"
#include "desk/suppress.h"
#include "ident/ident.h"
#include "law/deadline.h"
#include "law/reason.h"
#include "law/reference.h"

enum { HOUR_S = 3600 };

/* --- their requests --- */

static bool key_of(
	struct desk *d, personal email, uint8_t key[IDENT_KEY_SIZE], str *out)
{
	*out = (str){ (const char *)key, IDENT_KEY_SIZE };
	return ident_key_of(suppress_keyring(d->suppress), IDENT_EMAIL, email.v,
		       key) == IDENT_FAULT_NONE;
}

/* About the holder of the address, whoever asked; not about a child, nor about whoever
 * has a phone that the code went to. */
static bool is_theirs(const struct record *r, personal email)
{
	return r->seal && !is_for_child(r) && !person_is_by_phone(&r->person) &&
	       account_is_same_address(r->person.email.v, email.v);
}

int portal_records(struct desk *d, personal email, struct record *records,
	size_t *n, struct err *e)
{
	struct sql_portal_requests_in in = { .most = LIMIT_PORTAL_REQUESTS };
	struct sql_portal_requests_rows rows;
	uint8_t key[IDENT_KEY_SIZE];

	*n = 0;
	if (!key_of(d, email, key, &in.id_key))
		return 0;
	if (sql_portal_requests(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = record_by_id(d, rows.at[i].id, &records[*n], e);

		if (rc < 0)
			return -1;
		if (rc && is_theirs(&records[*n], email))
			++*n;
	}
	return 0;
}

/* --- what is still awaited --- */

static int fill_awaited(struct desk *d, const struct record *r,
	struct portal_request *out, struct err *e)
{
	struct tally t;
	struct map m;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	map_told(d, d->lang, &m);
	out->systems = t.systems;
	out->awaited.at = arena_many(d->arena, struct portal_awaited, t.rows.n);
	out->is_soon = !t.keepers_open && !t.systems_stuck;
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];
		struct portal_awaited *x = &out->awaited.at[out->awaited.n];

		if (!str_eq(row->target, STR("system")))
			continue;
		if (row->done_at || !str_eq(row->state, STR("searching"))) {
			out->systems_done++;
			continue;
		}
		*x = (struct portal_awaited){ .title = map_say(&m, d->lang,
						      row->title) };
		(void)date_parse(row->due_on, &x->until);
		out->awaited.n++;
	}
	return 0;
}

/* For the pieces, with the account; then it is not asked for again while it is open. */
static bool is_by_account(const struct record *r)
{
	return r->kind == KIND_KNOW_SPECIFIC && r->person.account.n &&
	       (r->person.portal.n || r->person.doubted.n) && !agent_asks(r);
}

/* Does the worker alone go on with it? */
static bool is_soon(
	const struct record *r, const struct portal_request *x, bool is_made)
{
	bool is_portal = str_eq(r->person.portal, STR("yes"));

	return !is_made &&
	       (r->state == STATE_SEARCHING
			       ? x->is_soon
			       : r->state == STATE_REVIEW && is_portal);
}

static int fill_request(struct desk *d, const struct record *r,
	struct portal_request *out, struct err *e)
{
	int rc;

	*out = (struct portal_request){ .is_know = package_is_for(r->kind) };
	if (intake_status_of(d, r, &out->status, e))
		return -1;
	(void)date_parse(r->row.extendable_to, &out->extendable_to);
	if (!out->is_know || agent_asks(r))
		return 0;
	rc = package_is_open_to_account(d, r, &out->until, e);
	if (rc < 0 || (out->status.is_open && fill_awaited(d, r, out, e)))
		return -1;
	out->can_open = rc;
	out->is_by_account = is_by_account(r);
	out->is_soon = is_soon(r, out, out->can_open);
	return 0;
}

/* The first of them, which is the newest. */
static void choose(struct portal_page *out)
{
	for (size_t i = 0; i < out->requests.n; i++) {
		const struct portal_request *x = &out->requests.at[i];

		if (!x->is_know)
			continue;
		if (x->can_open && !out->ready)
			out->ready = x;
		if (!x->can_open && x->status.is_open && x->is_by_account &&
			!out->waiting)
			out->waiting = x;
	}
}

/* --- two answers in 12 months --- */

/*
 * Civ. Code 1798.130(b): the information has not to be provided "more than twice in a
 * 12-month period".  What counts is each request that was answered; to look at an answer
 * that is there, however often, is no new one.
 */
static int fill_next(struct desk *d, const struct portal_visit *v,
	struct date *next, struct err *e)
{
	const struct clock_row *window = clock_by_id(STR("know-2-in-12m"));
	struct sql_portal_know_answers_in in = { .id_key = STR("") };
	struct sql_portal_know_answers_rows rows;
	uint8_t key[IDENT_KEY_SIZE];
	struct date *days;

	*next = (struct date){ 0 };
	if (!key_of(d, v->email, key, &in.id_key))
		return 0;
	if (sql_portal_know_answers(d->db, d->arena, &in, &rows, e))
		return -1;
	days = arena_many(d->arena, struct date, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		days[i] = date_pacific(rows.at[i].answered_at);
	if (know_is_used_up(days, rows.n, desk_today(d)))
		*next = date_add_months(days[rows.n - 2], window->count);
	return 0;
}

static int fill_stopped(struct desk *d, const struct portal_visit *v,
	struct portal_page *out, struct err *e)
{
	struct suppress_query q = { .kind = IDENT_EMAIL, .value = v->email.v };

	if (suppress_check(d, &q, 1, e))
		return -1;
	out->is_opted_out = q.reasons & REASON_OPT_OUT;
	out->is_limited = q.reasons & REASON_LIMIT;
	out->is_out_of_admt = q.reasons & REASON_ADMT;
	return 0;
}

int portal_page(struct desk *d, const struct portal_visit *v,
	struct portal_page *out, struct err *e)
{
	struct record *r =
		arena_many(d->arena, struct record, LIMIT_PORTAL_REQUESTS);
	size_t n;

	*out = (struct portal_page){ .ready = NULL };
	if (portal_records(d, v->email, r, &n, e) ||
		fill_next(d, v, &out->next_on, e) || fill_stopped(d, v, out, e))
		return -1;
	out->requests.at = arena_many(d->arena, struct portal_request, n);
	for (size_t i = 0; i < n; i++)
		if (fill_request(d, &r[i], &out->requests.at[i], e))
			return -1;
	out->requests.n = n;
	choose(out);
	return 0;
}

/* --- asking --- */

void portal_draft(struct desk *d, const struct portal_visit *v, enum kind kind,
	struct draft *out)
{
	*out = (struct draft){
		.kind = kind,
		.person = {
			.email = v->email,
			.code_by = STR("email"),
			.account = STR("yes"),
			.account_until = arena_fmt(
				d->arena, "%lld", (long long)v->until),
		},
	};
}

static const struct record *find_open(const struct record *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (state_is_open(r[i].state) && is_by_account(&r[i]))
			return &r[i];
	return NULL;
}

static int send(struct desk *d, const struct portal_visit *v, str peer,
	str *shown, struct err *e)
{
	struct problems ps = { 0 };
	struct draft f;
	struct status s;
	struct sent sent;

	portal_draft(d, v, KIND_KNOW_SPECIFIC, &f);
	f.person.pieces = STR("specific");
	f.person.range = STR("all");
	f.person.portal = STR("yes");
	if (intake_send(d, &f, CHANNEL_WEB, peer, &sent, &ps, e))
		return -1;
	if (ps.n)
		return err_set(e, ERR_CONFLICT,
			"the address of the account can't be used here");
	if (intake_status(d, sent.reference, peer, &s, e) < 0)
		return -1;
	*shown = s.joined.n ? s.joined : s.reference;
	return 0;
}

int portal_see(struct desk *d, const struct portal_visit *v, str peer,
	str *shown, struct err *e)
{
	struct record *r =
		arena_many(d->arena, struct record, LIMIT_PORTAL_REQUESTS);
	const struct record *open;
	struct date next;
	size_t n;

	if (portal_records(d, v->email, r, &n, e))
		return -1;
	open = find_open(r, n);
	if (open) {
		*shown = reference_show(d->arena, open->row.reference);
		return 0;
	}
	if (fill_next(d, v, &next, e))
		return -1;
	if (date_is_none(next))
		return send(d, v, peer, shown, e);
	err_set(e, ERR_CONFLICT, "you had two answers in the last 12 months");
	return err_hint(e, "you can open them, and ask again later");
}

/* --- what was made --- */

static int find_own(struct desk *d, const struct portal_visit *v, str reference,
	struct record *out, struct err *e)
{
	int rc;

	if (desk_limit(d, "portal-open",
		    hex_of(d->arena, v->account.p, v->account.n),
		    LIMIT_PORTAL_OPENINGS, HOUR_S, e))
		return -1;
	rc = record_by_reference(d, reference, out, e);
	if (rc <= 0)
		return rc;
	return is_theirs(out, v->email) && !agent_asks(out);
}

int portal_show(struct desk *d, const struct portal_visit *v, str reference,
	struct package_open *out, struct err *e)
{
	struct record r;
	int rc = find_own(d, v, reference, &r, e);

	return rc > 0 ? package_show_account(d, &r, out, e) : rc;
}

int portal_download(struct desk *d, const struct portal_visit *v, str reference,
	struct package_zip *out, struct err *e)
{
	struct record r;
	int rc = find_own(d, v, reference, &r, e);

	return rc > 0 ? package_download_account(d, &r, out, e) : rc;
}
