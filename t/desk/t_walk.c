/*
 * A random walk over the use cases: consumers, programs, staff and the worker do
 * what comes to their mind, the clock jumps, statements fail in the middle of
 * transactions, processes die and start again.  After each step the record is
 * held against the model (model.h).
 *
 *	t_walk [ENGINE [STEPS [SEED]]]
 *
 * A step that did not return well has done all of what it does, or nothing: the
 * end of the audit trail says which, and everything else has to agree with it.
 */
#include "walk_again.h"
#include "walk_know.h"
#include "walk_minor.h"

#include <fcntl.h>
#include <sodium.h>

#include "base/clock.h"
#include "desk/audit.h"
#include "desk/correct.h"
#include "desk/deny.h"
#include "desk/extend.h"
#include "desk/fulfil.h"
#include "desk/hold.h"
#include "desk/optin.h"
#include "desk/profile.h"
#include "desk/retention.h"
#include "desk/stop.h"
#include "desk/telling.h"
#include "desk/vendors.h"
#include "desk/withdraw.h"

enum {
	STEPS = 8000,
	STEPS_POSTGRES = 800,
	STEPS_OFTEN = 8000, /* for the common ends to be met */
	STEPS_RARELY = 400000,
	EPISODE = 4000, /* steps until a fresh installation */
	ARENA_BYTES = 64 << 20,
	LOOK_AT_ALL = 50, /* steps */
	OPEN_MAX = 6,     /* at once, so that they get somewhere */
};

static void do_stop(struct walk *w)
{
	int person = pick(w, MODEL_PEOPLE);
	bool is_limit = !pick(w, 3), is_by_phone = !is_limit && !pick(w, 3);
	struct desk d = as(w, pick(w, 2) ? ACTOR_CONSUMER : ACTOR_API);
	struct stop_in in = { .kind = is_limit ? KIND_LIMIT : KIND_OPT_OUT,
		.identifier = { is_by_phone ? phone_of(w, person)
					    : email_of(w, person) },
		.has_signal = pick(w, 2),
		.channel = CHANNEL_WEB,
		.peer = peer(w) };
	struct stop_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc = stop_receive(&d, &in, &out, &ps, &e);

	if (!is_done(w, rc) || ps.n)
		return;
	if (!is_by_phone)
		w->person[person].reasons |= is_limit ? M_LIMIT : M_OPT_OUT;
	if (!is_limit)
		w->ends[END_SAID_AGAIN] += model_said_out(
			is_by_phone ? &w->phone[person] : &w->email[person],
			w->t.clock.fixed_ms);
	add_request(w, person, MODEL_STOP);
}

static int open_ones(const struct walk *w)
{
	int n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += !w->request[i].is_stop && !w->request[i].is_closed;
	return n;
}

static const struct {
	enum kind kind;
	enum model_kind model;
	int weight;
} asked_for[] = {
	{ KIND_DELETE, MODEL_DELETE, 5 },
	{ KIND_KNOW_CATEGORIES, MODEL_KNOW, 1 },
	{ KIND_KNOW_SPECIFIC, MODEL_KNOW, 3 },
	{ KIND_CORRECT, MODEL_CORRECT, 2 },
};

static size_t pick_asked_for(struct walk *w)
{
	size_t i = 0;
	int all = 0, at;

	for (size_t k = 0; k < COUNTOF(asked_for); k++)
		all += asked_for[k].weight;
	at = pick(w, all);
	while (at >= asked_for[i].weight)
		at -= asked_for[i++].weight;
	return i;
}

/* Answers to every question there is; the form takes those of its kind. */
static struct draft draft_of(
	struct walk *w, enum kind kind, int person, bool is_mistyped)
{
	struct draft f = { .kind = kind };

	f.person = (struct person){
		.pieces = kind == KIND_KNOW_SPECIFIC ? STR("specific")
						     : STR("categories"),
		.range = STR("all"),
		.item = { arena_fmt(w->a, "street %d", pick(w, 4)) },
		.should_be = { STR("12 Elm Street") },
		.email = { email_of(w, person) },
		.zip = { is_mistyped ? STR("90001") : STR("94607") },
		.name = { is_mistyped ? STR("Otto Other")
				      : STR("Wanda Walker") },
		.declared = STR("yes"),
		.signed_by = { STR("Wanda Walker") },
		.stop_sale = pick(w, 2) ? STR("yes") : STR("no"),
	};
	return f;
}

static void do_ask(struct walk *w)
{
	int person = pick(w, MODEL_PEOPLE);
	size_t asked = pick_asked_for(w);
	struct desk d = as(w, ACTOR_CONSUMER);
	bool is_mistyped = !pick(w, 5);
	struct draft f =
		draft_of(w, asked_for[asked].kind, person, is_mistyped);
	struct model_request *r;
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };
	bool stops =
		f.kind == KIND_DELETE && str_eq(f.person.stop_sale, STR("yes"));
	int rc;

	if (open_ones(w) >= OPEN_MAX)
		return;
	rc = intake_send(&d, &f, CHANNEL_WEB, peer(w), &out, &ps, &e);
	if (!is_done(w, rc) || ps.n)
		return;
	if (stops) {
		w->person[person].reasons |= M_OPT_OUT;
		model_said_out(&w->email[person], w->t.clock.fixed_ms);
	}
	r = add_request(w, person, asked_for[asked].model);
	r->is_specific = f.kind == KIND_KNOW_SPECIFIC;
	r->is_mistyped = is_mistyped;
}

/* A program's signal, or what staff enter. */
static void do_suppress(struct walk *w)
{
	static const uint32_t reasons[] = { M_OPT_OUT, M_LIMIT, M_MINOR,
		M_MANUAL, M_NO_NOTICE };
	int person = pick(w, MODEL_PEOPLE);
	uint32_t reason = reasons[pick(w, COUNTOF(reasons))];
	struct desk d = as(w, pick(w, 2) ? ACTOR_API : ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = email_of(w, person) };
	struct err e = { 0 };
	int rc = suppress_put(&d, &q, 1, reason, &e);

	if (!is_done(w, rc))
		return;
	w->person[person].reasons |= reason;
	if (reason == M_OPT_OUT)
		model_said_out(&w->email[person], w->t.clock.fixed_ms);
	if (reason == M_MINOR && person >= MODEL_ADULTS)
		minor_at(w, person)->is_for_ever = true;
}

/* what came with one visit is one person's, and one's opt-out is all's.  7028(a):
 * unless the newest word of theirs is that they opted in. */
static void do_visit(struct walk *w)
{
	int cookie = pick(w, MODEL_COOKIES);
	int person = cookie % MODEL_PEOPLE;
	bool is_known = pick(w, 2), has_phone = !pick(w, 3);
	struct desk d = as(w, ACTOR_API);
	struct suppress_query q[3];
	struct profile p = { .has_signal = !pick(w, 4) };
	struct model_id *ids[3];
	struct err e = { 0 };
	bool is_out;
	size_t n = 0;
	int rc;

	ids[n] = &w->cookie[cookie];
	q[n++] = (struct suppress_query){ .kind = IDENT_COOKIE,
		.value = arena_fmt(w->a, "cookie-%d", cookie) };
	if (is_known) {
		ids[n] = &w->email[person];
		q[n++] = (struct suppress_query){ .kind = IDENT_EMAIL,
			.value = email_of(w, person) };
	}
	if (has_phone) {
		ids[n] = &w->phone[person];
		q[n++] = (struct suppress_query){ .kind = IDENT_PHONE,
			.value = phone_of(w, person) };
	}
	p.of.at = q;
	p.of.n = n;
	is_out = model_visit_is_out(ids, n, p.has_signal);
	rc = profile_seen(&d, &p, &e);
	if (!rc && p.is_opted_out != is_out)
		wrong(w, "NT-1, 7028(a): not the newest word of who visits",
			NULL);
	if (!is_done(w, rc))
		return;
	w->ends[END_VISITS] += is_out;
	w->ends[END_SAID_AGAIN] += model_visited(
		ids, n, p.has_signal, is_out, w->t.clock.fixed_ms);
	if (is_known && w->email[person].is_out)
		w->person[person].reasons |= M_OPT_OUT;
	look_at_person(w, person);
}

/* Invariant 8: a program never takes back what a person said. */
static void do_release(struct walk *w)
{
	int person = pick(w, MODEL_PEOPLE);
	struct model_person *p = &w->person[person];
	bool is_api = pick(w, 4);
	struct desk d = as(w, is_api ? ACTOR_API : ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = email_of(w, person) };
	struct err e = { 0 };
	int rc = suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e);

	if (!is_done(w, rc))
		return;
	if (is_api && p->reasons & (M_OPT_OUT | M_LIMIT))
		wrong(w, "8: a program released who opted out", NULL);
	if (p->reasons & M_HOLD)
		wrong(w, "NT-12: released while it is held", NULL);
	p->reasons = 0;
	model_released(&w->email[person]);
	for (size_t i = 0; i < w->n; i++)
		if (w->request[i].person == person)
			w->request[i].is_listed = false;
}

/* The first act of opting in changes nothing. */
static void do_ask_back(struct walk *w)
{
	int person = pick(w, MODEL_PEOPLE);
	struct desk d = as(w, ACTOR_CONSUMER);
	struct optin_in in = { .kind = KIND_OPT_IN,
		.email = { email_of(w, person) },
		.nonce = optin_nonce(&d),
		.channel = CHANNEL_WEB,
		.peer = peer(w) };
	struct optin_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;
	str token;

	if (is_done(w, optin_ask(&d, &in, &out, &ps, &e)) && out.reference.n) {
		p = letter(w, out.reference, "opt_in");
		token = secret_in(&p, STR("/opt-in/confirm/"));
		must(token.n < sizeof w->asked.token);
		memcpy(w->asked.token, token.p, token.n);
		w->asked.token[token.n] = 0;
		w->asked.person = person;
	}
	look_at_person(w, person);
}

static void note_back(struct walk *w, int person)
{
	struct model_person *p = &w->person[person];
	const char *what = NULL;

	if (person < MODEL_ADULTS)
		p->reasons &= ~(uint32_t)M_OPT_OUT;
	else
		what = model_minor_back(minor_at(w, person), p, today(w));
	model_said_in(&w->email[person], w->t.clock.fixed_ms);
	if (what)
		wrong(w, what, NULL);
}

/* The second act, with the secret of the letter: the only way back. */
static void do_confirm_back(struct walk *w)
{
	struct desk d = as(w, ACTOR_CONSUMER);
	bool allows = pick(w, 2);
	struct err e = { 0 };

	if (!*w->asked.token)
		return;
	if (!is_done(w, optin_decide(&d, str_of(w->asked.token), allows, &e)))
		return;
	if (allows)
		note_back(w, w->asked.person);
	w->asked.token[0] = 0;
	look_at_person(w, w->asked.person);
}

/* From now on two people decide, or one again. */
static void do_four_eyes(struct walk *w)
{
	struct desk d = as(w, ACTOR_COMMAND);
	bool takes_two = pick(w, 2);
	struct err e = { 0 };
	int rc = setting_put(
		&d, STR("four_eyes"), takes_two ? STR("yes") : STR("no"), &e);

	if (is_done(w, rc))
		w->takes_two = takes_two;
}

static void move_clock(struct walk *w)
{
	static const int64_t hour_ms = 3600 * 1000;

	w->t.clock.fixed_ms +=
		hour_ms * (pick(w, 8) ? pick(w, 72) : pick(w, 24 * 80));
}

static void do_forget(struct walk *w)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n = 0;

	retention_run(&d, &n, &e);
}

/* The words of a hold go with the last one. */
static void note_holds(struct walk *w, int person)
{
	w->person[person].reasons &= ~(uint32_t)M_HOLD;
	for (size_t i = 0; i < MODEL_HOLDS; i++)
		if (*w->hold[i].reference && w->hold[i].person == person)
			w->person[person].reasons |= M_HOLD;
}

static void do_end_holds(struct walk *w)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n = 0;

	if (!is_done(w, hold_run(&d, &n, &e)))
		return;
	for (size_t i = 0; i < MODEL_HOLDS; i++)
		if (*w->hold[i].reference && w->hold[i].until_day < today(w)) {
			*w->hold[i].reference = 0;
			note_holds(w, w->hold[i].person);
		}
	for (int i = 0; i < MODEL_PEOPLE; i++)
		look_at_person(w, i);
}

static void do_build(struct walk *w)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t entries = 0;

	suppress_build(&d, path(&w->t, "index.tyx"), &entries, &e);
	reopen(w, 0);
}

/* --- of one request ----------------------------------------------------------- */

static int confirm_code(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_CONSUMER);
	struct post p = letter(w, str_of(r->reference), "code");
	struct problems ps = { 0 };
	bool is_right = false;
	str code = p.id && pick(w, 4) ? code_in(&p) : STR("000000");
	int rc = intake_confirm_code(
		&d, str_of(r->reference), code, &is_right, &ps, e);

	/* Of a process that died nobody knows whether it was the right one. */
	if (is_done(w, rc) && r->rank == 0) {
		struct sql_request_by_id_row row;

		must(row_of(w, r, &row));
		r->is_confirmed = row.email_confirmed_at > 0;
	}
	return rc;
}

static int take_back(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct post p;

	if (withdraw_send_code(&d, str_of(r->reference), &ps, e))
		return -1;
	p = letter(w, str_of(r->reference), "code");
	return withdraw_confirm(&d, str_of(r->reference),
		p.id && pick(w, 2) ? code_in(&p) : STR("000000"), &ps, e);
}

static struct model_hold *hold_of(struct walk *w, const char *reference)
{
	for (size_t i = 0; i < MODEL_HOLDS; i++)
		if (!strcmp(w->hold[i].reference, reference))
			return &w->hold[i];
	return NULL;
}

static int hold_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct model_hold *h = hold_of(w, "");
	struct problems ps = { 0 };
	int rc;

	if (!h)
		return 0;
	rc = case_hold_place(
		&d, str_of(r->reference), STR("Oakland PD, 26-1177"), &ps, e);
	if (!is_done(w, rc) || ps.n)
		return rc;
	if (hold_of(w, r->reference))
		wrong(w, "NT-12: held twice by one case", r->reference);
	w->ends[END_HELD]++;
	h->person = r->person;
	h->until_day = today(w) + 90;
	memcpy(h->reference, r->reference, sizeof h->reference);
	note_holds(w, r->person);
	return rc;
}

static int renew_hold(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct model_hold *h = hold_of(w, r->reference);
	struct problems ps = { 0 };
	int rc = case_hold_renew(
		&d, str_of(r->reference), STR("Oakland PD, 26-1178"), &ps, e);

	if (!is_done(w, rc) || ps.n)
		return rc;
	if (!h)
		wrong(w, "NT-12: a hold that had ended is renewed",
			r->reference);
	h->until_day += 90;
	return rc;
}

static int lift_hold(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct model_hold *h = hold_of(w, r->reference);
	int rc = case_hold_lift(&d, str_of(r->reference), e);

	if (!is_done(w, rc))
		return rc;
	if (!h)
		wrong(w, "NT-12: a hold that had ended is lifted",
			r->reference);
	*h->reference = 0;
	note_holds(w, r->person);
	return rc;
}

static int correct_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct correction c = { .done = STR("The street, in both systems."),
		.source = STR("A partner, who was told."),
		.has_told = true };
	struct problems ps = { 0 };
	int rc = case_correct(&d, str_of(r->reference), &c, &ps, e);

	if (!is_done(w, rc) || ps.n)
		return rc;
	if (r->kind != MODEL_CORRECT)
		wrong(w, "corrected, and nobody asked for it", r->reference);
	if (w->person[r->person].reasons & M_HOLD)
		wrong(w, "NT-12: corrected while it is held", r->reference);
	r->is_corrected = true;
	return rc;
}

static int search_by_decision(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct problems ps = { 0 };

	int rc = case_search(
		&d, str_of(r->reference), STR("known by phone"), &ps, e);

	r->is_vouched |= is_done(w, rc) && !ps.n;
	return rc;
}

static int plan_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct sql_request_by_id_row row;

	if (!row_of(w, r, &row))
		return -1;
	if (r->is_stop)
		return telling_plan(&d,
			&(struct telling_in){ .request_id = row.id,
				.folder = path(&w->t, "disclosures"),
				.rows = told_of,
				.n = COUNTOF(told_of) },
			e);
	return fulfil_plan(&d, row.id, plan, COUNTOF(plan), e);
}

/* What is in the lead exchange is only counted. */
#define no_rows \
	"{\"version\":1,\"system\":\"leads\",\"tables\":[],\"idents\":[]}"

/* The system is searched in truth; what the worker says of it may get lost. */
static int search(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);
	int i = pick(w, MODEL_SYSTEMS);
	struct found f = { .finding = STR(no_rows), .is_marked = true };
	struct model_system *x = &r->system[i];
	struct work task;
	int rc;

	if (!task_of(w, r, i, &task))
		return 0;
	if (i == SHOP)
		return run_in_shop_for(w, job_find, task.task_id, e);
	if (!pick(w, 4)) {
		struct err gone = { 0 };

		err_set(&gone, ERR_UNAVAILABLE, "the system does not answer");
		return fulfil_failed(&d, &task, &gone, e);
	}
	f.rows = w->person[r->person].leads;
	if (f.rows && !r->is_mistyped)
		f.points.matched =
			POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(NAME);
	/* A report of a task that waits for none changes nothing. */
	if (!str_eq(task.state, STR("searching")) ||
		!(r->rank >= 1 && r->rank <= 3))
		return fulfil_found(&d, &task, &f, e);
	rc = fulfil_found(&d, &task, &f, e);
	if (is_done(w, rc)) {
		struct work after;

		if (task_of(w, r, i, &after) &&
			!str_eq(after.state, STR("searching"))) {
			x->is_looked = true;
			x->found = (int)f.rows;
			x->is_erased = false;
		}
	}
	return rc;
}

/* Where it takes two, the first decision changes nothing, and the second is somebody
 * else's.  rc: 1 for the first; -1 when the process died before it could say. */
static bool is_carried_out(struct walk *w, struct model_request *r,
	const struct desk *d, int rc, bool is_denial)
{
	struct sql_request_by_id_row row;
	int by = (int)d->actor.id;

	if (rc < 0) {
		must(row_of(w, r, &row));
		rc = model_rank(arena_cstr(w->a, row.state)) == r->rank;
	}
	if (rc > 0) {
		if (!w->takes_two)
			wrong(w, "four eyes: waits for nobody", r->reference);
		r->first_by = by;
		r->is_first_denial = is_denial;
		return false;
	}
	if (w->takes_two && (!r->first_by || r->first_by == by ||
				    r->is_first_denial != is_denial))
		wrong(w, "four eyes: one person decided alone", r->reference);
	w->ends[END_BY_TWO] += w->takes_two;
	return true;
}

static int approve_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct case_view v;
	str seen = STR("stale");
	int rc;

	d.actor.id = 1 + pick(w, 2);
	if (case_load(&d, str_of(r->reference), false, &v, e) != 1)
		return -1;
	if (pick(w, 5))
		seen = v.seen;
	rc = case_approve(&d, str_of(r->reference), seen, e);
	if (!is_done(w, rc) || !is_carried_out(w, r, &d, rc, false))
		return rc < 0 ? rc : 0;
	if (r->kind != MODEL_DELETE)
		wrong(w, "approved, and nothing was to be deleted",
			r->reference);
	{
		const char *what = model_verified(r, r->system[SHOP].found > 0);

		if (what)
			wrong(w, what, r->reference);
	}
	/* Before anything is erased the person is on the list. */
	r->is_approved = true;
	r->is_listed = true;
	w->person[r->person].reasons |= M_DELETED | M_OPT_OUT;
	model_put_out(&w->email[r->person], w->t.clock.fixed_ms);
	model_keeps_approved(&w->rows, r->reference, today(w));
	return rc;
}

/* Rows go in truth, whatever becomes of the report. */
static int erase(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);
	int i = pick(w, MODEL_SYSTEMS);
	struct model_person *p = &w->person[r->person];
	struct model_system *x = &r->system[i];
	struct kept kept = { STR("Invoices (Shop)"), STR("DX8"),
		STR("tax records"), 1, 0, { 0 } };
	struct erased report = { .evidence = STR("{\"left\":0}") };
	struct work task, after;
	bool keeps;
	int rc;

	if (!task_of(w, r, i, &task) || !str_eq(task.state, STR("approved")))
		return 0;
	if (task.is_held != !!(p->reasons & M_HOLD))
		wrong(w, "NT-12: the worker is not told who is held",
			r->reference);
	if (i == SHOP)
		return run_in_shop_for(w, job_erase, task.task_id, e);
	if (task.is_held)
		return 0;
	if (!pick(w, 8))
		return fulfil_changed(&d, &task, NULL, e);
	keeps = p->leads > 1 && !pick(w, 3);
	report.rows = p->leads - keeps;
	report.kept.at = &kept;
	report.kept.n = keeps;
	rc = fulfil_erased(&d, &task, &report, e);
	if (!is_done(w, rc))
		return rc;
	if (!task_of(w, r, i, &after) || str_eq(after.state, STR("approved")))
		return rc;
	p->leads = keeps;
	x->is_erased = true;
	x->is_kept |= keeps;
	if (keeps)
		p->reasons |= M_LOCK;
	return rc;
}

static int tell_vendor(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct work task;
	struct vendor_notice n = {
		.vendor = STR("MailHarbor"),
		.act = VENDOR_ACT_DELETE,
		.contact = STR("privacy@mailharbor.example"),
		.due_on = date_add(desk_today(&d), 17),
	};

	if ((r->rank != 3 && !r->is_stop) || !task_of(w, r, 2, &task) ||
		(task.is_held && !task.is_reminder))
		return 0;
	n.act = task.act;
	return fulfil_tell(&d, &task, &n, e);
}

/* Through the link in its letter, as often as it likes. */
static int vendor_says(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_VENDOR);
	struct post p = letter(w, str_of(r->reference), "vendor_notice");
	struct vendor_reply reply = { pick(w, 4) ? VENDOR_DELETED : VENDOR_KEPT,
		2, STR("a law obliges us") };
	struct problems ps = { 0 };
	str token = secret_in(&p, STR("/v/"));

	return vendor_reply(&d, token, &reply, &ps, e);
}

static int answer_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct problems ps = { 0 };

	int rc = case_answer(&d, str_of(r->reference),
		STR("the company does not answer"), &ps, e);

	r->is_told |= is_done(w, rc) && !ps.n;
	return rc;
}

/* Another deletion of theirs may say that they are deleted. */
static void unlist(struct walk *w, struct model_request *r)
{
	bool is_said = !r->is_listed;

	r->is_listed = false;
	for (size_t i = 0; i < w->n; i++)
		is_said |= w->request[i].person == r->person &&
			   w->request[i].is_listed;
	if (!is_said)
		w->person[r->person].reasons &= ~(uint32_t)M_DELETED;
}

static int deny_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	bool is_for_hold = pick(w, 2);
	struct denial denial = { .ground = is_for_hold ? STR("EX_LE_HOLD")
						       : STR("UNVERIFIED"),
		.why = STR("An order with the number 4711."),
		.is_all = pick(w, 4) > 0 };
	struct problems ps = { 0 };
	int rc;

	d.actor.id = 1 + pick(w, 2);
	rc = case_deny(&d, str_of(r->reference), &denial, &ps, e);
	if (!is_done(w, rc) || ps.n)
		return rc;
	if (is_carried_out(w, r, &d, rc, true)) {
		if (is_for_hold && !(w->person[r->person].reasons & M_HOLD))
			wrong(w, "NT-12: denied for a hold, and nobody is held",
				r->reference);
		r->is_denied = true;
		r->is_for_hold = is_for_hold;
		r->denied_rank = r->rank;
		unlist(w, r);
	}
	return rc < 0 ? rc : 0;
}

static int extend_it(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct problems ps = { 0 };

	return case_extend(&d, str_of(r->reference),
		STR("A system is being moved."), &ps, e);
}

static int wait_for_server(struct walk *w, const struct post *p, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);

	w->ends[END_WAITED]++;
	return post_waits(&d, p, e);
}

/* Letters leave one by one; an extension counts from then on, in time only. */
static int leave(struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct post p = letter(w, str_of(r->reference), NULL);
	bool is_in_time = today(w) <= r->received_day + 45;
	struct sql_request_by_id_row row;
	int rc;

	if (!p.id)
		return 0;
	rc = pick(w, 6)   ? post_sent(&d, &p, e)
	     : pick(w, 2) ? post_failed(&d, &p, e)
			  : wait_for_server(w, &p, e);
	if (w->is_armed)
		reopen(w, 0);
	if (is_in_time && !r->is_stop && row_of(w, r, &row) &&
		days_of(row.due_on) == r->received_day + 90)
		r->is_extended = true;
	return rc;
}

/* model_rank(), as a bit; stops have none. */
#define AT(rank) (1u << (rank))

enum { OPEN = AT(0) | AT(1) | AT(2) | AT(3) | AT(4), STOPS = AT(6) };

static const struct {
	const char *name;
	event_fn *fn;
	unsigned ranks; /* of requests that it may move on */
	int weight;
} of_request[] = {
	{ "the code is typed", confirm_code, AT(0), 6 },
	{ "staff search without it", search_by_decision, AT(0), 6 },
	{ "the worker plans", plan_it, AT(1) | STOPS, 6 },
	{ "a system is searched", search, AT(1) | AT(2) | AT(3), 14 },
	{ "staff approve", approve_it, AT(2), 6 },
	{ "a system is erased", erase, AT(3), 10 },
	{ "rows are kept", keep_some, AT(2), 4 },
	{ "a keep is ended", end_keep, AT(2) | AT(3) | AT(5), 2 },
	{ "a package is approved", approve_package, AT(2), 4 },
	{ "a package is made", make_package, AT(2), 4 },
	{ "a package is opened", open_package, AT(5), 3 },
	{ "a vendor is told", tell_vendor, AT(3) | STOPS, 5 },
	{ "a vendor says", vendor_says, AT(3) | STOPS, 5 },
	{ "staff answer", answer_it, AT(3) | AT(4), 5 },
	{ "staff deny", deny_it, AT(0) | AT(1) | AT(2), 2 },
	{ "a denial is taken back", take_denial_back, AT(4), 3 },
	{ "it is taken up again", take_up_again, AT(5), 3 },
	{ "a declaration is asked for", ask_declaration, AT(2), 4 },
	{ "a declaration is signed", sign_declaration, AT(1) | AT(2), 4 },
	{ "staff correct", correct_it, AT(2), 5 },
	{ "it is taken back", take_back, AT(0) | AT(1) | AT(2), 1 },
	{ "it is held", hold_it, OPEN, 1 },
	{ "the hold is renewed", renew_hold, OPEN, 1 },
	{ "the hold is lifted", lift_hold, OPEN, 1 },
	{ "staff extend", extend_it, OPEN, 2 },
	{ "a letter leaves", leave, OPEN | STOPS, 12 },
};

static const struct {
	const char *name;
	void (*fn)(struct walk *w);
	int weight;
} of_anybody[] = {
	{ "an opt-out, or a limit", do_stop, 2 },
	{ "something is asked for", do_ask, 9 },
	{ "a signal", do_suppress, 4 },
	{ "a release", do_release, 3 },
	{ "opting in, the first act", do_ask_back, 3 },
	{ "opting in, the second act", do_confirm_back, 3 },
	{ "a visit", do_visit, 4 },
	{ "four eyes, or two", do_four_eyes, 1 },
	{ "holds end", do_end_holds, 3 },
	{ "rows come", do_arrive, 3 },
	{ "the shop is looked at", do_screen, 2 },
	{ "the worker looks at the shop", do_screen_step, 2 },
	{ "the shop is put back", do_put_back, 1 },
	{ "an age is told", do_tell_age, 2 },
	{ "a minor asks", do_minor_asks, 3 },
	{ "a parent is checked", do_check_parent, 4 },
	{ "a minor decides", do_minor_decides, 4 },
	{ "the worker's round", do_round, 2 },
	{ "time passes", move_clock, 8 },
	{ "the worker forgets", do_forget, 2 },
	{ "the index is built", do_build, 1 },
};

/* --- the walk ---------------------------------------------------------------- */

/* One that is still open, mostly: what is closed is a wall. */
static struct model_request *choose(struct walk *w)
{
	size_t first = rng_below(&w->rng, w->n);

	for (size_t i = 0; i < w->n && pick(w, 16); i++) {
		struct model_request *r = &w->request[(first + i) % w->n];

		if (!r->is_closed)
			return r;
	}
	return &w->request[first];
}

static size_t pick_event(struct walk *w)
{
	size_t i = 0;
	int all = 0, at;

	for (size_t k = 0; k < COUNTOF(of_request); k++)
		all += of_request[k].weight;
	at = pick(w, all);
	while (at >= of_request[i].weight)
		at -= of_request[i++].weight;
	return i;
}

/* What leads nowhere is tried as well, but not most of the time. */
static size_t event_for(struct walk *w, const struct model_request *r)
{
	unsigned rank = r->is_stop ? STOPS : AT(r->rank);
	size_t i = pick_event(w);

	while (!(of_request[i].ranks & rank) && pick(w, 12))
		i = pick_event(w);
	return i;
}

static void event_of_request(struct walk *w)
{
	struct model_request *r;
	struct err e = { 0 };
	size_t i;
	int rc;

	if (!w->n)
		return;
	r = choose(w);
	i = event_for(w, r);
	w->event = of_request[i].name;
	rc = of_request[i].fn(w, r, &e);
	is_done(w, rc);
	r->is_planned |= of_request[i].fn == plan_it &&
			 task_of(w, r, 0, &(struct work){ 0 });
	look_at(w, r);
	look_at_person(w, r->person);
}

static void event_of_anybody(struct walk *w, int at)
{
	size_t i = 0;

	while (at >= of_anybody[i].weight)
		at -= of_anybody[i++].weight;
	w->event = of_anybody[i].name;
	of_anybody[i].fn(w);
}

static void look_at_all(struct walk *w)
{
	look_at_requests(w);
	for (int i = 0; i < MODEL_PEOPLE; i++)
		look_at_person(w, i);
	look_at_shop(w);
}

static void take_step(struct walk *w)
{
	int of_all = 0;

	for (size_t i = 0; i < COUNTOF(of_anybody); i++)
		of_all += of_anybody[i].weight;
	arena_clear(w->a);
	w->before = newest(w, NULL);
	/* One step in twelve meets a statement that fails; then the process is
	 * gone, with all that it remembered. */
	w->is_armed = !pick(w, 12);
	if (w->is_armed) {
		w->faults++;
		reopen(w, 1 + pick(w, FAULT_WITHIN));
	}
	if (pick(w, 5))
		event_of_request(w);
	else
		event_of_anybody(w, pick(w, of_all));
	if (w->may_fail)
		reopen(w, 0);
	w->is_armed = false;
	if (w->step % LOOK_AT_ALL == 0)
		look_at_all(w);
}

/* Invariant 9, at the end of each episode: export and verify. */
static void check_trail(struct walk *w)
{
	const char *name = path(&w->t, "trail");
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct audit_export x = { .fd = fd,
		.keys = w->t.keys,
		.business = STR("Lakeshore Leads"),
		.at = w->t.clock.fixed_ms };
	struct audit_report report;
	int64_t count;
	struct err e = { 0 };

	must(fd >= 0);
	w->event = "the trail is verified";
	if (audit_export(w->t.db, &x, &count, &e) || lseek(fd, 0, SEEK_SET) ||
		audit_verify(fd, name, STR(""), &report, &e))
		fail("audit", &e);
	if (report.damage != DAMAGE_INTACT || report.count != count)
		wrong(w, "9: the trail is broken", NULL);
	close(fd);
}

/* Three years later nobody asks any more, and everything closed is forgotten. */
static void three_years_later(struct walk *w)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n = 1;

	w->event = "three years pass";
	w->t.clock.fixed_ms += 3 * 366LL * 24 * 3600 * 1000;
	do_end_holds(w);
	while (n)
		if (retention_run(&d, &n, &e))
			fail("forget", &e);
	look_at_all(w);
	for (size_t i = 0; i < w->n; i++)
		if (w->request[i].is_closed && !w->request[i].is_forgotten)
			wrong(w, "6: kept after its date",
				w->request[i].reference);
}

static void open_other(struct walk *w)
{
	str file = str_of(w->t.fresh.url);

	w->other = NULL;
	if (w->t.fresh.server)
		return;
	must(str_starts(file, STR("sqlite:")) &&
		!sqlite3_open(
			arena_cstr(w->t.a, str_from(file, 7)), &w->other) &&
		!sqlite3_exec(w->other, "select 1 from sqlite_master", NULL,
			NULL, NULL));
}

static void episode(struct walk *w, int64_t steps, const char *server)
{
	start(&w->t, "walk", server);
	set_contact(&w->t);
	w->map = path(&w->t, "datamap.yaml");
	open_shop(w);
	open_other(w);
	start_minors(w);
	w->n = 0;
	memset(w->person, 0, sizeof w->person);
	memset(w->hold, 0, sizeof w->hold);
	memset(w->cookie, 0, sizeof w->cookie);
	memset(w->email, 0, sizeof w->email);
	memset(w->phone, 0, sizeof w->phone);
	w->takes_two = false;
	w->asked.token[0] = 0;
	for (int64_t i = 0; i < steps && w->n < MODEL_REQUESTS - 1; i++) {
		w->step++;
		take_step(w);
	}
	look_at_all(w);
	three_years_later(w);
	check_trail(w);
	must(!sqlite3_close(w->shop) && !sqlite3_close(w->other));
	end(&w->t);
}

/* A walk that is too short to meet something says nothing about it. */
static void check_ends(const struct walk *w, int64_t steps)
{
	static const struct {
		int64_t steps;
		const char *words;
	} ends[] = {
#define END(NAME, often, words) { STEPS_##often, words },
		WALK_ENDS
#undef END
	};

	for (size_t i = 0; i < COUNTOF(ends); i++)
		CHECK(steps < ends[i].steps || w->ends[i] > 0, "never met: %s",
			ends[i].words);
}

int main(int argc, char **argv)
{
	static struct walk w; /* zero, and too large for a stack */
	int64_t steps = argc > 2                   ? atoll(argv[2])
			: fresh_server(argc, argv) ? STEPS_POSTGRES
						   : STEPS;
	int64_t begun_ms = clock_mono_ms();

	w.rng.state = argc > 3 ? (uint64_t)atoll(argv[3]) : 7;
	w.a = arena_new(ARENA_BYTES);
	must(sodium_init() >= 0);
	while (w.step < steps)
		episode(&w, steps - w.step < EPISODE ? steps - w.step : EPISODE,
			fresh_server(argc, argv));
	CHECK(w.step == steps, "%lld steps", (long long)w.step);
	CHECK(steps < STEPS_OFTEN ||
			(w.faults > steps / 20 && w.refused < steps / 2),
		"failures were among them, and most steps were none");
	check_ends(&w, steps);
	printf("%lld steps in %lld s, %lld with a statement that failed, %lld "
	       "refused by the desk, no violation\n",
		(long long)w.step,
		(long long)(clock_mono_ms() - begun_ms) / 1000,
		(long long)w.faults, (long long)w.refused);
	arena_free(w.a);
	return CHECK_DONE();
}
