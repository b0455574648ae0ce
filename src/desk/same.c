#include "desk/same.h"

#include "desk/agent_post.h"
#include "desk/closing.h"
#include "desk/code.h"
#include "desk/deny.h"
#include "desk/identity.h"
#include "desk/parent_post.h"
#include "desk/portal.h"
#include "desk/same_take.h"
#include "desk/second.h"
#include "law/deadline.h"
#include "law/deny.h"
#include "law/reference.h"

/* --- one that is open --- */

static bool is_same_range(const struct person *a, const struct person *b)
{
	return str_eq(a->range, STR("all")) ||
	       (str_eq(a->range, b->range) &&
		       str_eq(a->range_from.v, b->range_from.v) &&
		       str_eq(a->range_to.v, b->range_to.v));
}

/* Does answering `first` answer `second` as well? */
static bool covers(const struct record *first, const struct record *second)
{
	const struct person *a = &first->person;
	const struct person *b = &second->person;

	switch (kind_row(second->kind)->flow) {
	case FLOW_ERASE:
		return !a->parts.n || str_eq(a->parts, b->parts);
	case FLOW_TELL:
		return is_same_range(a, b);
	case FLOW_EXPLAIN:
		return str_eq(a->decision.v, b->decision.v);
	case FLOW_CORRECT:
		return str_eq(a->item.v, b->item.v) &&
		       str_eq(a->should_be.v, b->should_be.v);
	default:
		return false;
	}
}

/* Denied, or its answer is being written: then the new one stands for itself. */
static bool goes_on(const struct record *r)
{
	return r->state == STATE_UNCONFIRMED || r->state == STATE_SEARCHING ||
	       r->state == STATE_REVIEW || r->state == STATE_WORKING;
}

/* What is asked through an authorized agent, or by a parent, is confirmed, answered and denied to
 * other people than what a consumer asks: neither stands for the other. */
static bool can_join(const struct record *first, const struct record *r)
{
	return goes_on(first) && !same_is_too_late(first, r) &&
	       !agent_asks(first) && !agent_asks(r) && !is_for_child(first) &&
	       !person_is_by_phone(&first->person) && covers(first, r);
}

/* 1 and the earliest in `first`, 0, or -1.  One whose code goes to a phone is
 * about that phone's person: this address says nothing of them. */
static int find_open(struct desk *d, const struct record *r,
	struct record *first, struct err *e)
{
	struct sql_request_open_same_in in = { r->row.id, r->row.kind };
	struct sql_request_open_same_rows rows;

	if (sql_request_open_same(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = record_by_id(d, rows.at[i].id, first, e);

		if (rc < 0 || (rc && record_lock(d, first, e)))
			return -1;
		if (rc && can_join(first, r))
			return 1;
	}
	return 0;
}

/* Whoever signed in to their account for the later one is who asked first, and sees both
 * where they see the later one. */
static int take_account(struct desk *d, const struct record *r,
	struct record *first, struct err *e)
{
	if (!str_eq(r->person.account, STR("yes")) || first->person.doubted.n)
		return 0;
	first->person.account = r->person.account;
	if (r->person.portal.n && !first->person.portal.n)
		first->person.portal = r->person.portal;
	return record_save_person(d, first, e);
}

/* The code that came for the later one shows the same of the earlier one. */
static int confirm_first(struct desk *d, struct record *first, struct err *e)
{
	struct state_facts facts = { .is_identified = true };
	struct sql_request_email_confirmed_in in = {
		.id = first->row.id,
		.at = desk_now(d),
	};
	bool was_waiting = first->state == STATE_UNCONFIRMED;

	if (sql_request_email_confirmed(d->db, &in, e) < 0)
		return -1;
	if (!first->row.email_confirmed_at)
		first->row.email_confirmed_at = in.at;
	if (identity_store(d, first, e))
		return -1;
	if (!was_waiting)
		return 0;
	if (record_move(d, first, ON_CODE_CONFIRMED, &facts, e))
		return -1;
	return desk_job(d, JOB_SEARCH, first->row.id, desk_now(d), e);
}

static int audit_both(struct desk *d, const struct record *r,
	const struct record *first, struct err *e)
{
	if (DESK_AUDIT(d, AUDIT_JOINED, r->row.reference, e,
		    AD("with", reference_show(d->arena, first->row.reference))))
		return -1;
	return DESK_AUDIT(d, AUDIT_JOINED_BY, first->row.reference, e,
		AD("reference", reference_show(d->arena, r->row.reference)));
}

/* They read the language that they asked in last: the answer is in it (11 CCR 7003(b)). */
static int follow_language(struct desk *d, const struct record *r,
	struct record *first, struct err *e)
{
	enum lang l = record_lang(r);

	if (!r->person.language.n || l == record_lang(first))
		return 0;
	first->person.language = str_of(lang_code(l));
	if (record_save_person(d, first, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_NOTED, first->row.reference, e,
		AD("about", "the language of its letters, as a later request "
			    "was made in another"));
}

int same_join(struct desk *d, struct record *r, bool *is_joined, struct err *e)
{
	struct state_facts facts = { .is_identified = true };
	struct record first;
	int rc = 0;

	*is_joined = false;
	if (r->state == STATE_UNCONFIRMED)
		rc = find_open(d, r, &first, e);
	if (rc <= 0)
		return rc;
	r->person.joined = first.row.reference;
	if (follow_language(d, r, &first, e) || take_account(d, r, &first, e) ||
		same_take(d, &first, r, e) || confirm_first(d, &first, e) ||
		portal_go_on(d, &first, e) ||
		record_move(d, r, ON_JOINED, &facts, e) ||
		record_save_person(d, r, e) || audit_both(d, r, &first, e))
		return -1;
	*is_joined = true;
	return closing_store(d, r, e);
}

/* --- know, twice answered --- */

static int answered_days(struct desk *d, const struct record *r,
	struct date **days, size_t *n, struct err *e)
{
	struct sql_request_know_answers_in in = { r->row.id };
	struct sql_request_know_answers_rows rows;

	if (sql_request_know_answers(d->db, d->arena, &in, &rows, e))
		return -1;
	*n = rows.n;
	*days = arena_many(d->arena, struct date, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		(*days)[i] = date_pacific(rows.at[i].answered_at);
	return 0;
}

/* In order: the last two are those that count, and the next is owed when the older
 * of them is out of the window. */
static str used_up_words(struct desk *d, const struct date *days, size_t n)
{
	const struct clock_row *window = clock_by_id(STR("know-2-in-12m"));
	struct date next = date_add_months(days[n - 2], window->count);

	return arena_fmt(d->arena,
		"We answered on %.*s and on %.*s. You can ask again from "
		"%.*s on.",
		STR_ARG(date_words(d->arena, days[n - 2])),
		STR_ARG(date_words(d->arena, days[n - 1])),
		STR_ARG(date_words(d->arena, next)));
}

int same_know_is_used_up(struct desk *d, const struct record *r, struct err *e)
{
	struct date *days;
	size_t n;

	if (answered_days(d, r, &days, &n, e))
		return -1;
	return know_is_used_up(days, n, date_pacific(desk_now(d)));
}

int same_refuse_know(
	struct desk *d, struct record *r, bool *is_refused, struct err *e)
{
	const struct ground *g = ground_of(STR("KNOW_TWICE"));
	struct state_facts facts = { .has_basis = true };
	struct date *days;
	size_t n;

	*is_refused = false;
	if (!ground_applies(g, r->kind, record_received_on(r)))
		return 0;
	if (answered_days(d, r, &days, &n, e))
		return -1;
	/* A request may wait for its code: by then one may be owed again. */
	if (!know_is_used_up(days, n, date_pacific(desk_now(d))))
		return 0;
	/* What one of two people had proposed falls with it. */
	if (record_move(d, r, ON_DENIED, &facts, e) ||
		second_drop(d, r->row.id, e))
		return -1;
	denial_forget(&r->person);
	r->person.ground = str_of(g->id);
	r->person.why_denied.v = used_up_words(d, days, n);
	*is_refused = true;
	if (record_save_person(d, r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DENIED, r->row.reference, e,
		AD("reason", g->title), AD("citation", g->citation));
}
