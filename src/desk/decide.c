/*
 * What staff decide: approve, search, remind, answer, drop.  Each checks the
 * role, asks the state machine, and leaves its entry; a case that somebody else
 * moved on meanwhile says so and changes nothing.
 */
#include "connect/map.h"
#include "desk/agent_post.h"
#include "desk/answer.h"
#include "desk/case.h"
#include "desk/case_fill.h"
#include "desk/charge.h"
#include "desk/child.h"
#include "desk/closing.h"
#include "desk/corrections.h"
#include "desk/deny.h"
#include "desk/deny_tell.h"
#include "desk/doubt.h"
#include "desk/foretold.h"
#include "desk/fulfil_task.h"
#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/instead.h"
#include "desk/keep.h"
#include "desk/note.h"
#include "desk/package.h"
#include "desk/parent.h"
#include "desk/parent_post.h"
#include "desk/parts.h"
#include "desk/post.h"
#include "desk/same.h"
#include "desk/second.h"
#include "desk/statements.h"
#include "desk/suppress.h"
#include "desk/untold.h"
#include "law/next.h"
#include "law/reason.h"

struct deciding {
	str reference;
	str reason;
	str seen; /* case_view.seen of the preview */
	int64_t task_id;
	bool waits; /* for a second person */
	struct record r;
};

static int open_case(struct desk *d, struct deciding *c, struct err *e)
{
	if (record_need(d, c->reference, &c->r, e))
		return -1;
	return record_lock(d, &c->r, e);
}

static int decide(struct desk *d, enum perm perm, struct deciding *c,
	int (*fn)(struct desk *, void *, struct err *), struct err *e)
{
	if (desk_need(d, perm, e))
		return -1;
	return desk_write(d, fn, c, e);
}

/* --- approve --- */

bool case_may_approve(enum kind kind)
{
	return kind_row(kind)->flow == FLOW_ERASE;
}

/* Before anything is erased: from now on an import can't bring them back.  Whoever
 * had parts deleted stays, and with them what is known of them. */
static int suppress_person(
	struct desk *d, const struct record *r, struct err *e)
{
	if (parts_of(&r->person))
		return 0;
	return record_suppress(d, r, REASON_DELETED | REASON_OPT_OUT, e);
}

/* A system in which nothing was found is done, and its evidence is the search. */
static int start_system(
	struct desk *d, const struct sql_task_list_row *t, struct err *e)
{
	struct sql_task_state_in move = { t->id, STR("found"),
		STR("approved") };
	struct sql_task_nothing_in nothing = {
		.id = t->id,
		.at = desk_now(d),
		.evidence = STR("{\"rows_found\":0}"),
		.sealed = STR(""),
	};

	if (t->rows_found == t->rows_erased)
		return sql_task_nothing(d->db, &nothing, e) < 0 ? -1 : 0;
	if (sql_task_state(d->db, &move, e) < 0)
		return -1;
	return desk_job(d, JOB_ERASE, t->id, desk_now(d), e);
}

static int start_tasks(struct desk *d, const struct tally *t, struct err *e)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		bool is_system = str_eq(row->target, STR("system"));

		if (row->done_at)
			continue;
		if (is_system ? start_system(d, row, e)
			      : !fulfil_was_told(row->asked_at, row->state) &&
					desk_job(d, JOB_TELL, row->id,
						desk_now(d), e))
			return -1;
	}
	return 0;
}

/* What speaks against it, before anybody's approval is kept. */
static int check_approval(struct desk *d, const struct deciding *c,
	const struct tally *t, struct state_facts *facts, struct err *e)
{
	int is_held = hold_is_on(d, c->r.row.id, e);
	struct identity who;

	identity_of(&c->r, &who);
	if (is_held < 0)
		return -1;
	if (!case_may_approve(c->r.kind))
		return err_set(e, ERR_CONFLICT,
			"approving deletes what was found, and this is no "
			"request to delete");
	if (!str_eq(c->seen, record_seen(d, t)))
		return err_set(e, ERR_CONFLICT,
			"other rows were found since this page was opened");
	*facts = (struct state_facts){
		.is_previewed = true,
		.is_free = !is_held,
		.is_identified = who.is_reached,
		.is_decided = who.is_vouched,
	};
	if (parent_narrow(d, c->r.row.id, facts, e) ||
		charge_narrow(d, c->r.row.id, facts, e) ||
		!state_move(c->r.kind, c->r.state, ON_APPROVED, facts, e))
		return -1;
	if (t->systems_searching)
		return err_set(e, ERR_CONFLICT,
			"a system is being searched again; look at the case "
			"once more");
	return doubt_refuse(&c->r.person, e) ||
			       instead_refuse(d, &c->r, t, e) ||
			       foretold_refuse(d, &c->r, t, e)
		       ? -1
		       : 0;
}

/* Those from which rows go. */
static int64_t systems_holding(const struct tally *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];

		n += str_eq(row->target, STR("system")) &&
		     row->rows_found > row->rows_erased;
	}
	return n;
}

static int start_deletion(
	struct desk *d, struct record *r, const struct tally *t, struct err *e)
{
	struct sql_request_approved_in in = { r->row.id, desk_now(d) };

	denial_forget(&r->person); /* one that was proposed before */
	if (record_save_person(d, r, e) ||
		sql_request_approved(d->db, &in, e) < 0 ||
		keep_approved(d, r, e) || suppress_person(d, r, e) ||
		corrections_forget(d, r, e) || statements_forget(d, r, e) ||
		start_tasks(d, t, e) ||
		DESK_AUDIT(d, AUDIT_APPROVED, r->row.reference, e,
			AD("rows", t->rows_found - t->rows_erased),
			AD("systems", systems_holding(t)),
			AD("vendors", t->vendors)))
		return -1;
	return fulfil_settle(d, r, e);
}

static int approve(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct state_facts facts;
	struct tally t;
	int rc;

	if (open_case(d, c, e) || record_tally(d, c->r.row.id, &t, e) ||
		check_approval(d, c, &t, &facts, e))
		return -1;
	rc = second_ask(d, &c->r,
		&(struct second_decision){ SECOND_APPROVE, c->seen, { 0 } }, e);
	c->waits = rc > 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	if (record_move(d, &c->r, ON_APPROVED, &facts, e))
		return -1;
	return start_deletion(d, &c->r, &t, e);
}

int case_approve(struct desk *d, str reference, str seen, struct err *e)
{
	struct deciding c = { .reference = reference, .seen = seen };

	if (decide(d, PERM_DECIDE, &c, approve, e))
		return -1;
	return c.waits;
}

/* --- again, now --- */

static int retry(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct tally t;

	if (open_case(d, c, e) || record_tally(d, c->r.row.id, &t, e))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];
		enum job_kind job =
			str_eq(row->target, STR("vendor"))      ? JOB_TELL
			: str_eq(row->state, STR("searching"))  ? JOB_FIND
			: str_eq(row->state, STR("correcting")) ? JOB_CHANGE
								: JOB_ERASE;

		if (!row->done_at && row->problem.n &&
			desk_job(d, job, row->id, desk_now(d), e))
			return -1;
	}
	return 0;
}

int case_retry(struct desk *d, str reference, struct err *e)
{
	struct deciding c = { .reference = reference };

	return decide(d, PERM_RETRY, &c, retry, e);
}

static int chase(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	str today = date_iso(d->arena, desk_today(d));
	struct tally t;

	if (open_case(d, c, e) || record_tally(d, c->r.row.id, &t, e))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];

		enum job_kind job =
			str_eq(row->target, STR("vendor")) ? JOB_TELL : JOB_ASK;

		if (!row->done_at && row->due_on.n &&
			str_cmp(row->due_on, today) < 0 &&
			desk_job(d, job, row->id, desk_now(d), e))
			return -1;
	}
	return 0;
}

int case_chase(struct desk *d, str reference, struct err *e)
{
	struct deciding c = { .reference = reference };

	return decide(d, PERM_CHASE, &c, chase, e);
}

/* --- answer --- */

/*
 * A vendor that was told and is silent does not hold up the answer for ever:
 * the duty is to tell it (Civ. Code 1798.105(c)(1)).  Staff say why they do not
 * wait, and the letter says how many have confirmed.
 */
static int settle_by_reason(struct desk *d, struct deciding *c,
	const struct tally *t, struct err *e)
{
	struct state_facts facts = { .is_whole = record_is_whole(&c->r, t) };

	if (c->r.state != STATE_WORKING)
		return 0;
	facts.is_settled = !t->systems_open && !t->vendors_untold &&
			   (!t->vendors_open || c->reason.n);
	c->r.person.not_waiting.v = c->reason;
	if (record_save_person(d, &c->r, e))
		return -1;
	return record_move(d, &c->r, ON_ALL_DONE, &facts, e);
}

static int draft_answer(struct desk *d, const struct record *r, const void *ctx,
	struct post_draft *out, struct err *e)
{
	struct answer a;

	if (answer_write(d, r, ctx, &a, e))
		return -1;
	*out = (struct post_draft){ a.kind, a.words };
	return 0;
}

static int answer(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct answer a;
	struct tally t;

	if (open_case(d, c, e) || record_tally(d, c->r.row.id, &t, e))
		return -1;
	if (c->r.row.answered_at)
		return err_set(
			e, ERR_CONFLICT, "the answer is on its way already");
	if (settle_by_reason(d, c, &t, e))
		return -1;
	if (c->r.state != STATE_ANSWERING)
		return err_set(e, ERR_CONFLICT,
			"there is nothing to answer yet: the case is \"%s\"",
			state_title(c->r.state));
	if (child_opened(&c->r))
		return deny_tell(d, &c->r, e) ? -1
					      : closing_unasked(d, &c->r, e);
	if (untold_check(&c->r, &t, e))
		return -1;
	if (answer_write(d, &c->r, &t, &a, e))
		return -1;
	if (a.kind == LETTER_PACKAGE && package_sent(d, &c->r, e))
		return -1;
	if (post_requester(
		    d, &c->r, &(struct post_writer){ draft_answer, &t }, e) ||
		sql_request_answered(d->db,
			&(struct sql_request_answered_in){
				c->r.row.id, desk_now(d) },
			e) < 0 ||
		deny_tell(d, &c->r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_ANSWER_APPROVED, c->r.row.reference, e,
		AD("letter", letter_kind_title(a.kind)));
}

static int needs_reason(
	struct desk *d, str reference, bool *needs, struct err *e)
{
	struct record r;
	struct tally t;

	if (record_need(d, reference, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	*needs = r.state == STATE_WORKING && t.vendors_open > 0;
	return 0;
}

int case_answer(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e)
{
	struct deciding c = { .reference = reference,
		.reason = str_trim(reason) };
	bool needs;

	if (desk_need(d, PERM_DECIDE, e) ||
		needs_reason(d, reference, &needs, e))
		return -1;
	note_check(c.reason, "reason",
		needs ? "A company has not confirmed. Write why you answer "
			"without waiting"
		      : NULL,
		ps);
	if (ps->n)
		return 0;
	return decide(d, PERM_DECIDE, &c, answer, e);
}

int case_answer_itself(struct desk *d, str reference, struct err *e)
{
	struct deciding c = { .reference = reference };

	return desk_write(d, answer, &c, e);
}

/* --- an answer that no server takes --- */

static int undeliverable(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct state_facts facts = { .is_decided = c->reason.n > 0 };
	int is_refused;

	if (open_case(d, c, e))
		return -1;
	is_refused = post_is_refused(d, c->r.row.id, e);
	if (is_refused < 0)
		return -1;
	if (!is_refused || c->r.row.answered_at)
		return err_set(e, ERR_CONFLICT,
			"the answer was not refused; send it first");
	c->r.person.undeliverable.v = c->reason;
	if (record_move(d, &c->r, ON_UNDELIVERABLE, &facts, e) ||
		record_save_person(d, &c->r, e) ||
		DESK_AUDIT(d, AUDIT_UNDELIVERED, c->r.row.reference, e,
			AD("outcome", c->r.row.outcome)))
		return -1;
	return closing_store(d, &c->r, e);
}

int case_undeliverable(struct desk *d, str reference, str reason,
	struct problems *ps, struct err *e)
{
	struct deciding c = { .reference = reference,
		.reason = str_trim(reason) };

	note_check(c.reason, "undeliverable",
		"Write what you tried to reach the requester", ps);
	if (ps->n)
		return 0;
	return decide(d, PERM_DECIDE, &c, undeliverable, e);
}

/* --- what is not in the data map any more --- */

static bool is_named(const struct map *m, const struct sql_task_by_id_row *t)
{
	return str_eq(t->target, STR("system"))
		       ? map_system_named(m, t->name) != NULL
		       : map_vendor_named(m, t->name) != NULL;
}

/* One line a task; the words of staff may hold line ends. */
static void note_dropped(
	struct desk *d, struct person *p, str title, str reason)
{
	p->dropped.v = arena_fmt(d->arena, "%.*s%s%.*s\t%.*s",
		STR_ARG(p->dropped.v), p->dropped.v.n ? "\n" : "",
		STR_ARG(title), STR_ARG(note_line(d->arena, reason)));
}

static int go_on(struct desk *d, struct record *r, struct err *e)
{
	return r->state == STATE_SEARCHING ? fulfil_end_search(d, r, e)
					   : fulfil_settle(d, r, e);
}

/* The law's days don't wait for a system that is away, or for the end of a hold: near
 * the end of them it is answered without (11 CCR 7021(b)). */
bool case_may_give_up(const struct record *r, int days_left, bool is_held,
	const struct give_up *x)
{
	if (x->is_done || urgency_of(days_left) == URGENCY_NONE)
		return false;
	if (is_held && r->state == STATE_WORKING)
		return x->is_system || !x->is_told;
	return x->has_problem;
}

/* 1, 0, -1. */
static int may_give_up(struct desk *d, const struct record *r,
	const struct sql_task_by_id_row *t, struct err *e)
{
	struct give_up x = { .is_done = t->done_at > 0,
		.is_system = str_eq(t->target, STR("system")),
		.is_told = t->asked_at > 0,
		.has_problem = t->problem.n > 0 };
	int is_held = hold_is_on(d, r->row.id, e);

	if (is_held < 0)
		return -1;
	return case_may_give_up(
		r, date_between(desk_today(d), record_due_on(r)), is_held, &x);
}

static int refuse_drop(struct err *e)
{
	err_set(e, ERR_CONFLICT,
		"the data map has it: it can be tried again, not dropped");
	return err_hint(e, "what can't be reached, or is held, may be dropped "
			   "when the answer is due within 7 days");
}

/* It is taken up again when the hold has ended (resume.h). */
static int note_held_back(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_request_hold_back_in in = { r->row.id };
	int is_held = hold_is_on(d, r->row.id, e);

	if (is_held <= 0 || r->state != STATE_WORKING)
		return is_held < 0 ? -1 : 0;
	return sql_request_hold_back(d->db, &in, e) < 0 ? -1 : 0;
}

static int drop(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct sql_task_drop_in in = { .id = c->task_id, .at = desk_now(d) };
	struct sql_task_by_id_row t;
	enum audit_event event = AUDIT_DROPPED;
	struct map map;
	int64_t n;
	int rc;

	if (open_case(d, c, e) || map_read(d->arena, d->data_map, &map, e))
		return -1;
	rc = sql_task_by_id(d->db, d->arena,
		&(struct sql_task_by_id_in){ c->task_id }, &t, e);
	if (rc < 0)
		return -1;
	if (rc && is_named(&map, &t)) {
		int may = may_give_up(d, &c->r, &t, e);

		if (may <= 0)
			return may < 0 ? -1 : refuse_drop(e);
		event = AUDIT_GIVEN_UP;
		if (note_held_back(d, &c->r, e))
			return -1;
	}
	in.request_id = c->r.row.id;
	n = rc ? sql_task_drop(d->db, &in, e) : 0;
	if (n < 0)
		return -1;
	if (!n)
		return err_set(e, ERR_CONFLICT,
			"there is nothing to drop: it is done already");
	note_dropped(d, &c->r.person, t.title, c->reason);
	if (record_save_person(d, &c->r, e) ||
		DESK_AUDIT(
			d, event, c->r.row.reference, e, AD("name", t.title)))
		return -1;
	return go_on(d, &c->r, e);
}

int case_drop(struct desk *d, str reference, int64_t task_id, str reason,
	struct problems *ps, struct err *e)
{
	struct deciding c = { .reference = reference,
		.reason = str_trim(reason),
		.task_id = task_id };

	note_check(c.reason, "drop",
		"Write what became of it, and of what it held", ps);
	if (ps->n)
		return 0;
	return decide(d, PERM_DECIDE, &c, drop, e);
}

/* --- search without a confirmed address --- */

static int search(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct state_facts facts = { .is_decided = true };
	bool is_refused;

	if (open_case(d, c, e))
		return -1;
	if (agent_proof(&c->r) == PROOF_POWER)
		return err_set(e, ERR_CONFLICT,
			"the agent showed a power of attorney: accept it");
	if (is_for_child(&c->r))
		return err_set(e, ERR_CONFLICT,
			"somebody asks for a child: write down how you found "
			"out that it is the parent or guardian");
	if (!identity_has_way(d, &c->r.person))
		return err_set(e, ERR_CONFLICT,
			"without an email address the search starts from a "
			"phone number that was confirmed, or from name and "
			"address where the data map relies on them: call back "
			"first");
	if (record_move(d, &c->r, ON_SEARCH_STARTED, &facts, e))
		return -1;
	c->r.person.reason.v = c->reason;
	if (record_save_person(d, &c->r, e) ||
		DESK_AUDIT(d, AUDIT_NOTED, c->r.row.reference, e,
			AD("about", "search without a confirmed address")))
		return -1;
	if (same_refuse_know(d, &c->r, &is_refused, e))
		return -1;
	return is_refused
		       ? 0
		       : desk_job(d, JOB_SEARCH, c->r.row.id, desk_now(d), e);
}

int case_search(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e)
{
	struct deciding c = { .reference = reference,
		.reason = str_trim(reason) };

	note_check(c.reason, "reason", "Write how you know who is asking", ps);
	if (ps->n)
		return 0;
	return decide(d, PERM_DECIDE, &c, search, e);
}

/* --- owner --- */

static int take(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;

	if (open_case(d, c, e))
		return -1;
	if (sql_request_assign(d->db,
		    &(struct sql_request_assign_in){ c->r.row.id, d->actor.id },
		    e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_OWNER_CHANGED, c->r.row.reference, e,
		AD("id", d->actor.id));
}

int case_take(struct desk *d, str reference, struct err *e)
{
	struct deciding c = { .reference = reference };

	return decide(d, PERM_ASSIGN, &c, take, e);
}
