/*
 * What staff decide on a request to correct: the approval, which keeps each value
 * that was typed over, starts the worker and has the companies told; and what they
 * corrected by hand.
 */
#include "desk/correct.h"

#include "desk/charge.h"
#include "desk/correct_keep.h"
#include "desk/corrections.h"
#include "desk/deny.h"
#include "desk/doubt.h"
#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/note.h"
#include "desk/parent.h"
#include "desk/second.h"

bool correct_can(const struct record *r)
{
	struct identity who;

	if (kind_row(r->kind)->flow != FLOW_CORRECT || r->state != STATE_REVIEW)
		return false;
	identity_of(r, &who);
	return who.is_reached || who.is_vouched;
}

/* --- approve --- */

/* 11 CCR 7023(e): nothing is deleted instead unless it does not hurt them, or they
 * agreed. */
static void check_instead(const struct correcting *c)
{
	const struct correction *k = c->c;

	if (c->emptied && !instead_allows(k->instead))
		problem_add(c->ps, "instead", "missing",
			"You empty a value. Say why it may be deleted instead "
			"of corrected, or write what is right");
	if (!c->emptied && !k->done.n && instead_allows(k->instead))
		problem_add(c->ps, "instead", "unused",
			"Nothing is deleted instead: no value is emptied, and "
			"nothing was done by hand");
}

static int must_be_complete(const struct correcting *c, struct err *e)
{
	const struct correction *k = c->c;

	check_instead(c);

	if (!c->ps->n && !c->cells && !k->done.n)
		problem_add(c->ps, "correct", "missing",
			"Type over what is wrong, or write what you corrected "
			"by hand");
	if (c->has_sourceless && !k->source.n)
		problem_add(c->ps, "source", "missing",
			"The data map doesn’t say where this came from. Write "
			"it, or that the source was told that it is wrong");
	if (k->done.n && c->t.vendors && !k->has_told)
		problem_add(c->ps, "has_told", "missing",
			"Tell the companies that got it from you what is "
			"right, then tick this");
	return c->ps->n ? err_set(e, ERR_INVALID,
				  "the correction lacks something")
			: 0;
}

/* Service providers and contractors are instructed (11 CCR 7023(c)); third parties
 * got the data as theirs. */
static int start_vendor(struct desk *d, const struct correcting *c,
	const struct sql_task_list_row *row, struct err *e)
{
	const struct map_vendor *v = map_vendor_named(c->map, row->name);

	if (row->asked_at)
		return 0;
	if (v && v->role == ROLE_THIRD_PARTY)
		return correct_end_task(d, row->id, "exempt", "{}", e);
	return desk_job(d, JOB_TELL, row->id, desk_now(d), e);
}

/* Systems in which nothing was found, and the companies. */
static int start_others(
	struct desk *d, const struct correcting *c, struct err *e)
{
	for (size_t i = 0; i < c->t.rows.n; i++) {
		const struct sql_task_list_row *row = &c->t.rows.at[i];
		bool is_system = str_eq(row->target, STR("system"));
		int rc = 0;

		if (row->done_at)
			continue;
		if (!is_system)
			rc = start_vendor(d, c, row, e);
		else if (!row->rows_found)
			rc = correct_end_task(
				d, row->id, "nothing", "{\"rows_found\":0}", e);
		if (rc)
			return -1;
	}
	return 0;
}

static bool is_correcting(const struct sql_task_list_row *t)
{
	return !t->done_at && str_eq(t->state, STR("correcting"));
}

static bool has_correcting(const struct tally *t)
{
	for (size_t i = 0; i < t->rows.n; i++)
		if (is_correcting(&t->rows.at[i]))
			return true;
	return false;
}

/* Of an earlier decision: the system still has to take its values, and the companies
 * are told of those. */
static bool is_under_way(
	const struct correcting *c, const struct sql_task_list_row *t)
{
	return str_eq(t->target, STR("system")) ? is_correcting(t)
						: has_correcting(&c->t);
}

/* By hand alone: each other task ends as staff say it did, nothing was read again. */
static int end_tasks(struct desk *d, const struct correcting *c, struct err *e)
{
	for (size_t i = 0; i < c->t.rows.n; i++) {
		const struct sql_task_list_row *row = &c->t.rows.at[i];
		bool is_system = str_eq(row->target, STR("system"));
		const char *state = !is_system        ? "instructed"
				    : row->rows_found ? "by_hand"
						      : "nothing";

		if (row->done_at || is_under_way(c, row))
			continue;
		if (correct_end_task(
			    d, row->id, state, "{\"by\":\"staff\"}", e))
			return -1;
	}
	return 0;
}

static int move_on(struct desk *d, struct correcting *c, struct err *e)
{
	struct identity who;
	struct state_facts facts = { .is_previewed = true };
	struct sql_request_approved_in in = { c->r.row.id, desk_now(d) };
	int is_held = hold_is_on(d, c->r.row.id, e);

	if (is_held < 0)
		return -1;
	identity_of(&c->r, &who);
	facts.is_identified = who.is_reached;
	facts.is_decided = who.is_vouched;
	facts.is_free = !is_held;
	if (c->c->typed && !str_eq(c->c->seen, record_seen(d, &c->t)))
		return err_set(e, ERR_CONFLICT,
			"other rows were found since this page was opened");
	if (parent_narrow(d, c->r.row.id, &facts, e) ||
		charge_narrow(d, c->r.row.id, &facts, e) ||
		record_move(d, &c->r, ON_APPROVED, &facts, e))
		return -1;
	return sql_request_approved(d->db, &in, e) < 0 ? -1 : 0;
}

/* What was said before, in an earlier decision on the same case, stays. */
static str joined(struct desk *d, str before, str now)
{
	if (!before.n || !now.n || str_eq(before, now))
		return now.n ? now : before;
	return arena_fmt(d->arena, "%.*s\n%.*s", STR_ARG(before), STR_ARG(now));
}

static int save_words(struct desk *d, struct correcting *c, struct err *e)
{
	struct person *p = &c->r.person;

	if (p->ground.n) /* a denial was proposed before, and is none */
		denial_forget(p);
	p->corrected.v = joined(d, p->corrected.v, c->c->done);
	p->source.v = joined(d, p->source.v, c->c->source);
	if (p->corrected.v.n > PERSON_corrected_max ||
		p->source.v.n > PERSON_source_max)
		return err_set(e, ERR_LIMIT,
			"more was written on this case than an answer holds");
	if (c->c->is_part)
		p->is_part = STR("yes");
	if (instead_allows(c->c->instead)) {
		p->instead = str_of(instead_row(c->c->instead)->code);
		p->instead_why.v = c->c->instead_why;
	}
	if (c->c->health.is)
		statement_note(p, &c->c->health);
	circumstances_keep(p, &c->c->weighed);
	return record_save_person(d, &c->r, e);
}

static int open_case(struct desk *d, struct correcting *c, struct err *e)
{
	if (record_need(d, c->reference, &c->r, e) || record_lock(d, &c->r, e))
		return -1;
	return record_tally(d, c->r.row.id, &c->t, e);
}

static int start(struct desk *d, struct correcting *c, struct err *e)
{
	if (correct_keep(d, c, e) || must_be_complete(c, e))
		return -1;
	return c->cells ? start_others(d, c, e) : end_tasks(d, c, e);
}

static int tell_instead(
	struct desk *d, const struct correcting *c, struct err *e)
{
	const struct instead_row *row;

	if (!instead_allows(c->c->instead))
		return 0;
	row = instead_row(c->c->instead);
	return DESK_AUDIT(d, AUDIT_DELETED_INSTEAD, c->r.row.reference, e,
		AD("title", row->title), AD("cells", c->emptied),
		AD("law", row->citation));
}

static int correct(struct desk *d, void *ctx, struct err *e)
{
	struct correcting *c = ctx;

	if (open_case(d, c, e))
		return -1;
	if (!correct_can(&c->r) || c->t.systems_searching)
		return err_set(e, ERR_CONFLICT,
			"there is nothing to correct on this case now");
	if (doubt_refuse(&c->r.person, e))
		return -1;
	if (move_on(d, c, e) || start(d, c, e) || save_words(d, c, e))
		return -1;
	if (DESK_AUDIT(d, AUDIT_CORRECTED, c->r.row.reference, e,
		    AD("cells", c->cells), AD("systems", c->systems),
		    AD("by_hand", c->c->done.n ? "yes" : "no")) ||
		tell_instead(d, c, e))
		return -1;
	return fulfil_settle(d, &c->r, e);
}

/* --- decided by two --- */

/* Something is deleted that was to be corrected, or stays as it was. */
static bool is_less(const struct correction *c)
{
	return c->is_part || instead_allows(c->instead);
}

/* What was decided; each may put it in words of their own, and those of the second
 * stand. */
static str sameness(struct desk *d, const struct correcting *c)
{
	const struct correction *k = c->c;

	return arena_fmt(d->arena, "%.*s\n%.*s\n%d\n%d\n%d\n%d",
		STR_ARG(k->seen), STR_ARG(c->sum), k->is_part, (int)k->instead,
		k->done.n > 0, k->health.is);
}

static int ask_second(struct desk *d, struct correcting *c, struct err *e)
{
	struct second_decision decided = { .act = SECOND_APPROVE };
	int rc;

	if (!is_less(c->c))
		return second_drop(d, c->r.row.id, e);
	decided.what = sameness(d, c);
	decided.details = correct_proposal(d->arena, c);
	rc = second_ask(d, &c->r, &decided, e);
	c->waits = rc > 0;
	return rc;
}

/* All of it is done to find out whether anything speaks against it, and undone. */
static int try_out(struct desk *d, void *ctx, struct err *e)
{
	struct correcting *c = ctx;

	if (correct(d, c, e))
		return -1;
	c->is_tried = true;
	return err_set(e, ERR_UNCONFIRMED, "a second person decides");
}

static int correct_by_two(struct desk *d, void *ctx, struct err *e)
{
	struct correcting *c = ctx;
	int rc;

	if (open_case(d, c, e))
		return -1;
	rc = ask_second(d, c, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	return correct(d, c, e);
}

static int correct_or_ask(struct desk *d, struct correcting *c, struct err *e)
{
	int is_wanted = is_less(c->c) ? second_is_wanted(d, e) : 0;

	if (is_wanted < 0)
		return -1;
	if (!is_wanted)
		return desk_write(d, correct_by_two, c, e);
	if (desk_write(d, try_out, c, e) && !c->is_tried)
		return -1;
	return desk_write(d, correct_by_two, c, e);
}

static void check_words(const struct correction *c, struct problems *ps)
{
	note_check(c->done, "done", NULL, ps);
	note_check(c->source, "source",
		c->done.n ? "Write where the wrong information came from, or "
			    "that the source was told that it is wrong"
			  : NULL,
		ps);
	note_check(c->instead_why, "instead_why",
		instead_allows(c->instead)
			? "Write how that is so. The letter says it"
			: NULL,
		ps);
	circumstances_check(&c->weighed, c->is_part, ps);
	statement_check(&c->health, ps);
	if (c->health.is && !c->is_part)
		problem_add(ps, "is_part", "missing",
			"A statement is about what stays as it was: tick this "
			"too");
}

static int decide(struct desk *d, struct correcting *c,
	int (*fn)(struct desk *, struct correcting *, struct err *),
	struct err *e)
{
	int rc;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	check_words(c->c, c->ps);
	if (c->ps->n)
		return 0;
	rc = fn(d, c, e);
	/* What is missing is the page's to say, and the transaction is undone. */
	if (c->ps->n)
		return 0;
	return rc ? -1 : c->waits;
}

static struct correction trimmed(const struct correction *c)
{
	struct correction out = *c;

	out.done = str_trim(c->done);
	out.source = str_trim(c->source);
	out.instead_why = str_trim(c->instead_why);
	out.health.items = str_trim(c->health.items);
	out.weighed = circumstances_trimmed(&c->weighed);
	return out;
}

int case_correct(struct desk *d, str reference, const struct correction *c,
	struct problems *ps, struct err *e)
{
	struct correction k = trimmed(c);
	struct map map;
	struct correcting x = { .reference = reference, .c = &k, .ps = ps };

	if (k.typed) {
		if (map_read(d->arena, d->data_map, &map, e))
			return -1;
		x.map = &map;
	}
	return decide(d, &x, correct_or_ask, e);
}

/* --- what does not take it --- */

static bool is_stuck(const struct sql_task_list_row *t)
{
	return is_correcting(t) && t->problem.n;
}

bool correct_is_stuck(const struct tally *t)
{
	for (size_t i = 0; i < t->rows.n; i++)
		if (is_stuck(&t->rows.at[i]))
			return true;
	return false;
}

/* Its values stay corrected, though it was not the worker that wrote them. */
static int end_stuck(struct desk *d, const struct correcting *c,
	const struct sql_task_list_row *t, struct err *e)
{
	struct sql_correction_by_hand_in in = { t->id, desk_now(d) };

	if (sql_correction_by_hand(d->db, &in, e) < 0 ||
		correct_end_task(d, t->id, "by_hand", "{\"by\":\"staff\"}", e))
		return -1;
	return DESK_AUDIT(d, AUDIT_CORRECTED_BY_HAND, c->r.row.reference, e,
		AD("system", t->title));
}

static int by_hand(struct desk *d, void *ctx, struct err *e)
{
	struct correcting *c = ctx;
	int is_held, rc;

	if (open_case(d, c, e))
		return -1;
	is_held = hold_is_on(d, c->r.row.id, e);
	if (is_held < 0)
		return -1;
	if (is_held)
		return err_set(e, ERR_DENIED,
			"the person’s data is held: nothing of it may change");
	if (c->r.state != STATE_WORKING || !correct_is_stuck(&c->t))
		return err_set(e, ERR_CONFLICT,
			"no system of this case waits for a correction that it "
			"does not take");
	rc = ask_second(d, c, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	for (size_t i = 0; i < c->t.rows.n; i++)
		if (is_stuck(&c->t.rows.at[i]) &&
			end_stuck(d, c, &c->t.rows.at[i], e))
			return -1;
	if (save_words(d, c, e) || tell_instead(d, c, e))
		return -1;
	return fulfil_settle(d, &c->r, e);
}

static int write_by_hand(struct desk *d, struct correcting *c, struct err *e)
{
	return desk_write(d, by_hand, c, e);
}

int case_correct_by_hand(struct desk *d, str reference,
	const struct correction *c, struct problems *ps, struct err *e)
{
	struct correction k = trimmed(c);
	struct correcting x = { .reference = reference, .c = &k, .ps = ps };

	if (!k.done.n)
		problem_add(ps, "done", "missing",
			"Write what was corrected, and where");
	return decide(d, &x, write_by_hand, e);
}
