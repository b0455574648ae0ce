/*
 * Looked through, approved, made.  The case stays in review until the package is
 * there: then one transaction stores it and moves the case on.
 */
#include "desk/package.h"

#include <string.h>

#include "desk/charge.h"
#include "desk/doubt.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/package_parts.h"
#include "desk/package_plan.h"
#include "desk/parent.h"
#include "desk/portal.h"
#include "desk/restored.h"
#include "desk/second.h"
#include "desk/untold.h"

static const str letter_label = STR_INIT("package letter");

bool package_is_for(enum kind kind)
{
	return kind == KIND_KNOW_CATEGORIES || kind == KIND_KNOW_SPECIFIC;
}

static enum package_state state_of_text(str s)
{
	return str_eq(s, STR("wanted"))    ? PACKAGE_WANTED
	       : str_eq(s, STR("stopped")) ? PACKAGE_STOPPED
	       : str_eq(s, STR("made"))    ? PACKAGE_MADE
					   : PACKAGE_NONE;
}

int package_row(struct desk *d, int64_t request_id, struct package_row *out,
	struct err *e)
{
	struct sql_package_by_request_row row;
	int rc = sql_package_by_request(d->db, d->arena,
		&(struct sql_package_by_request_in){ request_id }, &row, e);

	*out = (struct package_row){ .state = PACKAGE_NONE };
	if (rc <= 0)
		return rc < 0 ? -1 : 0;
	*out = (struct package_row){
		.state = state_of_text(row.state),
		.problem = row.problem,
		.bytes = row.bytes,
		.rows = row.rows_given,
		.is_whole = row.is_whole > 0,
		.is_specific = row.is_specific > 0,
		.made_at = row.made_at,
	};
	(void)date_parse(row.expires_on, &out->expires_on);
	return 0;
}

/* --- looked through --- */

static int need_case(
	struct desk *d, str reference, struct record *r, struct err *e)
{
	if (record_need(d, reference, r, e))
		return -1;
	if (!package_is_for(r->kind))
		return err_set(e, ERR_CONFLICT,
			"this request is not answered by a package");
	if (r->state != STATE_REVIEW)
		return err_set(e, ERR_CONFLICT,
			"there is no package to look through: the case is "
			"\"%s\"",
			state_title(r->state));
	return 0;
}

struct reviewing {
	const struct record *r;
	const struct package_plan *plan;
};

static int note_review(struct desk *d, void *ctx, struct err *e)
{
	const struct reviewing *x = ctx;

	for (size_t i = 0; i < x->plan->findings_n; i++) {
		const struct finding *f = &x->plan->findings[i];

		if (f->rows_n &&
			DESK_AUDIT(d, AUDIT_PREVIEWED, x->r->row.reference, e,
				AD("system", f->system->title),
				AD("rows", f->rows_n)))
			return -1;
	}
	return 0;
}

int package_review(struct desk *d, str reference, const char *folder,
	struct package_review *out, struct err *e)
{
	struct identity who;
	struct record r;

	*out = (struct package_review){ .points = 0 };
	if (desk_need(d, PERM_REVEAL, e) || need_case(d, reference, &r, e) ||
		plan_load(d, &r, folder, &out->plan, e) ||
		know_make(
			d->arena, &out->plan.in, &out->plan.of, &out->know, e))
		return -1;
	know_look(&out->know, &out->hits);
	out->can_decide = desk_may(d, PERM_DECIDE) &&
			  out->plan.row.state != PACKAGE_WANTED;
	identity_of(&r, &who);
	out->is_account = who.is_account;
	out->points = who.points_n;
	out->is_declared = str_eq(r.person.declared, STR("yes"));
	if (second_look(d, r.row.id, &out->second, e) ||
		second_compare(d, &r,
			&(struct second_decision){
				SECOND_APPROVE, out->plan.seen, { 0 } },
			&out->second, e))
		return -1;
	return desk_write(
		d, note_review, &(struct reviewing){ &r, &out->plan }, e);
}

/* --- what staff decide --- */

static int changed(struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		"something else was found, or left out, since this page was "
		"opened");
}

/* Within a transaction: the case as it is now, and as it was on the page. */
static int lock_seen(struct desk *d, str reference, str seen, struct record *r,
	struct err *e)
{
	str now;

	if (need_case(d, reference, r, e) || record_lock(d, r, e) ||
		plan_seen(d, r, &now, e))
		return -1;
	return str_eq(seen, now) ? 0 : changed(e);
}

struct marking {
	str reference;
	str seen;
	const struct package_marks *marks;
};

static int mark(struct desk *d, void *ctx, struct err *e)
{
	const struct marking *m = ctx;
	struct sql_package_mark_in in = { .nothing = STR("") };
	struct record r;
	int64_t n;

	if (lock_seen(d, m->reference, m->seen, &r, e))
		return -1;
	in.request_id = r.row.id;
	in.marks = plan_marks_seal(d, &r, m->marks);
	n = sql_package_mark(d->db, &in, e);
	if (n < 0)
		return -1;
	if (!n)
		return err_set(
			e, ERR_CONFLICT, "the package is being made already");
	return DESK_AUDIT(d, AUDIT_PACKAGE_MARKED, r.row.reference, e,
		AD("count", m->marks->n));
}

int package_mark(struct desk *d, str reference, str seen,
	const struct package_marks *marks, struct err *e)
{
	struct marking m = { reference, seen, marks };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	if (marks->n > LIMIT_PACKAGE_MARKS)
		return err_set(e, ERR_LIMIT,
			"more than %d marks: leave out whole columns instead",
			LIMIT_PACKAGE_MARKS);
	return desk_write(d, mark, &m, e);
}

static int facts_of(struct desk *d, const struct record *r, bool is_whole,
	struct state_facts *out, struct err *e)
{
	struct identity who;

	identity_of(r, &who);
	*out = (struct state_facts){
		.is_previewed = true,
		.is_whole = is_whole,
		.is_identified = who.is_reached,
		.is_decided = who.is_vouched,
	};
	return parent_narrow(d, r->row.id, out, e) ||
			       charge_narrow(d, r->row.id, out, e)
		       ? -1
		       : 0;
}

struct approving {
	str reference;
	str seen;
	const struct know *k;
	size_t systems;
	bool is_less; /* rows are left out, or the kinds are told of pieces */
	bool waits;   /* for a second person */
};

/* Those that the package has rows of, or may have. */
static size_t systems_holding(const struct package_plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->findings_n; i++)
		n += p->findings[i].rows_n > 0;
	return n;
}

static int approve(struct desk *d, void *ctx, struct err *e)
{
	struct approving *a = ctx;
	struct sql_package_want_in in = { .seen = a->seen, .nothing = STR("") };
	struct state_facts facts;
	struct record r;
	struct tally t;
	int64_t n;
	int rc;

	if (lock_seen(d, a->reference, a->seen, &r, e) ||
		record_tally(d, r.row.id, &t, e) ||
		facts_of(d, &r, a->k->is_whole, &facts, e))
		return -1;
	if (!state_move(r.kind, r.state, ON_APPROVED, &facts, e))
		return -1;
	if (t.systems_searching)
		return err_set(e, ERR_CONFLICT,
			"a system is being searched again; look at the case "
			"once more");
	if (doubt_refuse(&r.person, e) || untold_check(&r, &t, e))
		return -1;
	/* A denial in part (11 CCR 7024(a)); what was seen holds what is left out. */
	rc = a->is_less ? second_ask(d, &r,
				  &(struct second_decision){
					  SECOND_APPROVE, a->seen, { 0 } },
				  e)
			: second_drop(d, r.row.id, e);
	a->waits = rc > 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	in.request_id = r.row.id;
	n = sql_package_want(d->db, &in, e);
	if (n < 0 || (!n && err_set(e, ERR_CONFLICT,
				    "the package is being made already")))
		return -1;
	if (sql_request_approved(d->db,
		    &(struct sql_request_approved_in){ r.row.id, desk_now(d) },
		    e) < 0 ||
		DESK_AUDIT(d, AUDIT_PACKAGE_APPROVED, r.row.reference, e,
			AD("rows", a->k->rows), AD("systems", a->systems)))
		return -1;
	return desk_job(d, JOB_PACKAGE, r.row.id, desk_now(d), e);
}

static int refuse_hits(const struct know_hits *hits, struct err *e)
{
	const struct know_hit *h = &hits->at[0];

	if (!hits->n)
		return 0;
	err_set(e, ERR_CONFLICT, "%.*s holds what looks like %s",
		STR_ARG(h->of), lookalike_row(h->what)->title);
	return err_hint(e, "leave the column out, or mark it in the data map");
}

/* By a decision of somebody: what the law or the data map keeps out of every package is
 * none. */
static bool is_less(const struct package_plan *p, const struct know *k)
{
	return p->of.is_downgraded ||
	       (!k->is_whole && (p->in.marks_n || p->in.unsearched_n));
}

int package_approve(struct desk *d, str reference, str seen, const char *folder,
	struct err *e)
{
	struct package_plan plan;
	struct know_hits *hits = arena_one(d->arena, struct know_hits);
	struct know k;
	struct record r;
	struct approving a = { .reference = reference, .seen = seen, .k = &k };

	if (desk_need(d, PERM_DECIDE, e) || need_case(d, reference, &r, e) ||
		plan_load(d, &r, folder, &plan, e) ||
		know_make(d->arena, &plan.in, &plan.of, &k, e))
		return -1;
	know_look(&k, hits);
	if (refuse_hits(hits, e))
		return -1;
	a.systems = systems_holding(&plan);
	a.is_less = is_less(&plan, &k);
	return desk_write(d, approve, &a, e) ? -1 : a.waits;
}

/* --- without a person: of the portal --- */

/* What a person has to look at; NULL: nothing. */
static const char *why_look(const struct package_plan *p, const struct know *k,
	const struct know_hits *hits)
{
	return hits->n          ? "a value looks like what is never disclosed"
	       : !p->findings_n ? "nothing was found"
	       : p->in.unsearched_n ? "a system was dropped from the case"
	       : p->in.marks_n      ? "staff have marked something"
	       : !p->of.is_specific ? "it is not verified enough for the pieces"
	       : !k->is_whole       ? "something would be left out"
				    : NULL;
}

int package_approve_whole(struct desk *d, const struct record *r,
	const char *folder, const char **why, struct err *e)
{
	struct package_plan plan;
	struct know_hits *hits = arena_one(d->arena, struct know_hits);
	struct approving a = { .reference = r->row.reference };
	struct know k;

	if (plan_load(d, r, folder, &plan, e) ||
		know_make(d->arena, &plan.in, &plan.of, &k, e))
		return -1;
	know_look(&k, hits);
	*why = why_look(&plan, &k, hits);
	if (*why)
		return 0;
	a.seen = plan.seen;
	a.k = &k;
	a.systems = systems_holding(&plan);
	return desk_write(d, approve, &a, e);
}

/* --- what the worker does --- */

/* Of a system that was put back from a backup, nothing is handed out before who
 * was deleted is gone from it again (11 CCR 7022(d)). */
static int need_replayed(
	struct desk *d, const struct package_plan *p, struct err *e)
{
	for (size_t i = 0; i < p->findings_n; i++)
		if (restored_need(d, p->findings[i].system->name, e))
			return -1;
	return 0;
}

int package_plan(struct desk *d, int64_t request_id, const char *folder,
	struct package_plan *out, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	*out = (struct package_plan){ .request_id = request_id };
	if (rc <= 0)
		return rc;
	if (r.state != STATE_REVIEW || !r.seal)
		return 0;
	if (package_row(d, request_id, &out->row, e))
		return -1;
	if (out->row.state != PACKAGE_WANTED)
		return 0;
	if (plan_load(d, &r, folder, out, e) || need_replayed(d, out, e))
		return -1;
	return 1;
}

struct made {
	const struct package_plan *plan;
	const struct know *k;
	const struct package_files *files;
};

/* Too late: of what the run wrote nothing stays beside the package that another made. */
static int drop_late(struct desk *d, const struct record *r, struct err *e)
{
	struct package_zip zip = { .run = STR("") };
	struct package_row row;

	if (package_row(d, r->row.id, &row, e))
		return -1;
	if (row.state == PACKAGE_MADE && r->seal &&
		package_zip_open(d, r, &zip, e))
		return -1;
	return package_parts_drop(
		d, r->row.id, zip.run.n ? zip.run : STR(""), e);
}

static int stop(struct desk *d, const struct record *r, str why, struct err *e)
{
	struct sql_package_stopped_in in = { r->row.id, why };
	int64_t n = sql_package_stopped(d->db, &in, e);

	if (n <= 0)
		return n < 0 ? -1 : drop_late(d, r, e);
	if (package_parts_drop(d, r->row.id, STR(""), e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_PACKAGE_STOPPED, r->row.reference, e, AD("why", why));
}

static int keep(struct desk *d, const struct record *r, const struct made *m,
	struct err *e)
{
	struct sql_package_made_in in = {
		.request_id = r->row.id,
		.bytes = m->files->parts->zip.bytes,
		.rows_given = (int64_t)m->k->rows,
		.is_whole = m->k->is_whole,
		.is_specific = m->k->of->is_specific,
		.at = desk_now(d),
		.letter = STR(""),
	};

	if (package_parts_settle(d, &m->files->parts->zip, e))
		return -1;
	in.sealed = package_zip_seal(d->arena, r, &m->files->parts->zip);
	if (m->files->letter.n)
		in.letter = seal_put(
			d->arena, r->seal, letter_label, m->files->letter);
	return sql_package_made(d->db, &in, e) < 0 ? -1 : 0;
}

/* Kept, every system's part is done, and the answer is due. */
static int hand_in(struct desk *d, struct record *r, const struct made *m,
	const struct state_facts *facts, struct err *e)
{
	struct sql_package_task_given_in tasks = { r->row.id, desk_now(d) };

	if (keep(d, r, m, e) || sql_package_task_given(d->db, &tasks, e) < 0 ||
		DESK_AUDIT(d, AUDIT_PACKAGE_MADE, r->row.reference, e,
			AD("rows", m->k->rows),
			AD("bytes", m->files->parts->zip.bytes)))
		return -1;
	if (record_move(d, r, ON_APPROVED, facts, e))
		return -1;
	return portal_go_on(d, r, e);
}

static int store_made(struct desk *d, void *ctx, struct err *e)
{
	const struct made *m = ctx;
	struct sql_package_by_request_row row;
	struct state_facts facts;
	struct record r;
	str now;

	if (record_need(d, m->plan->reference, &r, e) ||
		record_lock(d, &r, e) || plan_seen(d, &r, &now, e) ||
		facts_of(d, &r, m->k->is_whole, &facts, e) ||
		sql_package_by_request(d->db, d->arena,
			&(struct sql_package_by_request_in){ r.row.id }, &row,
			e) < 0)
		return -1;
	if (r.state != STATE_REVIEW || !r.seal ||
		state_of_text(row.state) != PACKAGE_WANTED)
		return drop_late(d, &r, e);
	if (!str_eq(now, row.seen) || !str_eq(now, m->plan->seen))
		return stop(d, &r,
			STR("other rows were found since it was approved"), e);
	/* Held for law enforcement since. */
	if (!state_can(r.kind, r.state, ON_APPROVED, &facts))
		return stop(d, &r, STR("it may not be approved any more"), e);
	return hand_in(d, &r, m, &facts, e);
}

int package_made(struct desk *d, const struct package_plan *p,
	const struct know *k, const struct package_files *f, struct err *e)
{
	struct made m = { p, k, f };

	return desk_write(d, store_made, &m, e);
}

struct stopping {
	const struct package_plan *plan;
	str why;
};

static int store_stopped(struct desk *d, void *ctx, struct err *e)
{
	const struct stopping *s = ctx;
	struct record r;

	if (record_need(d, s->plan->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	return stop(d, &r, s->why, e);
}

int package_stopped(
	struct desk *d, const struct package_plan *p, str why, struct err *e)
{
	struct stopping s = { p, why };

	return desk_write(d, store_stopped, &s, e);
}

int package_sent(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_package_expires_in in = {
		.request_id = r->row.id,
		.expires_on = date_iso(
			d->arena, date_add(desk_today(d), LIMIT_PACKAGE_DAYS)),
	};

	return sql_package_expires(d->db, &in, e) < 0 ? -1 : 0;
}
