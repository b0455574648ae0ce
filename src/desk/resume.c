/* What was denied for a hold is taken up again when that has ended. */
#include "desk/resume.h"

#include "base/base.h"
#include "desk/agent_post.h"
#include "desk/child.h"
#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/minor.h"
#include "desk/parent.h"
#include "desk/parent_post.h"
#include "desk/permission.h"
#include "desk/receive.h"
#include "desk/record.h"
#include "law/deny.h"
#include "law/reference.h"

static const str for_hold = STR_INIT("EX_LE_HOLD");

/* In whole, or what was approved and waited for its end when the answer was due.  1, 0 or
 * -1. */
static int is_denied_for_hold(
	struct desk *d, const struct record *r, struct err *e)
{
	struct sql_request_held_back_in in = { r->row.id };
	struct sql_request_held_back_row row = { 0 };

	if (!r->seal || r->state != STATE_CLOSED ||
		kind_row(r->kind)->flow != FLOW_ERASE)
		return 0;
	if (outcome_of(r->row.outcome) == OUTCOME_DENIED)
		return str_eq(r->person.ground, for_hold);
	if (outcome_of(r->row.outcome) != OUTCOME_PART)
		return 0;
	return sql_request_held_back(d->db, d->arena, &in, &row, e) < 0
		       ? -1
		       : row.held_back > 0;
}

/* 1, 0 or -1. */
static int is_taken_up(struct desk *d, int64_t id, struct err *e)
{
	struct sql_request_again_n_in in = { id };
	struct sql_request_again_n_row row;

	if (sql_request_again_n(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n > 0;
}

/* Who asks and for what; nothing of what was decided, nor of what verified them.  Taken up
 * twice, they asked on the first day all the same. */
static struct person person_again(const struct record *r)
{
	const struct person *p = &r->person;

	return (struct person){
		.name = p->name,
		.email = p->email,
		.phone = p->phone,
		.letter_by = p->letter_by,
		.postal = p->postal,
		.language = p->language,
		.code_by = p->code_by,
		.stop_sale = p->stop_sale,
		.parts = p->parts,
		.other_emails = p->other_emails,
		.other_phones = p->other_phones,
		.agent_name = p->agent_name,
		.agent_email = p->agent_email,
		.agent_language = p->agent_language,
		.agent_proof = p->agent_proof,
		.parent_name = p->parent_name,
		.parent_email = p->parent_email,
		.parent_postal = p->parent_postal,
		.again_of = r->row.reference,
		.again_on = p->again_on.n ? p->again_on : r->row.received_on,
	};
}

/* What speaks against an agent's going on: RESUME_HERE is nothing. */
static int look_at_agent(struct desk *d, const struct record *r,
	enum resume_way *out, struct err *e)
{
	struct permission_row p;
	int rc = permission_load(d, r->row.id, &p, e);
	bool counts;

	if (rc < 0)
		return -1;
	counts = rc && !p.is_suspended && p.proof != PROOF_NONE &&
		 (p.proof != PROOF_POWER || p.accepted_at);
	*out = counts ? RESUME_HERE : RESUME_UNSHOWN;
	return 0;
}

/* The day of birth went with the case; how old they are today is known by what they are
 * searched by. */
static int look_at_child(struct desk *d, const struct record *r,
	enum resume_way *out, struct err *e)
{
	struct record_keys keys = record_keys(d, r);

	*out = RESUME_GROWN;
	for (size_t i = 0; i < keys.n; i++) {
		struct minor_known known;
		int rc = minor_look(d, keys.at[i].of, &known, e);

		if (rc < 0)
			return -1;
		if (rc && known.age == MINOR_UNDER_13)
			*out = RESUME_HERE;
	}
	return 0;
}

static int look_who_asks(struct desk *d, const struct record *r,
	enum resume_way *out, struct err *e)
{
	*out = RESUME_HERE;
	if (child_opened(r))
		return 0;
	if (is_for_child(r))
		return look_at_child(d, r, out, e);
	return agent_asks(r) ? look_at_agent(d, r, out, e) : 0;
}

/* 1, 0 or -1. */
static int is_entered_anew(struct desk *d, int64_t id, struct err *e)
{
	struct sql_request_later_n_in in = { id,
		str_of(kind_code(KIND_DELETE)) };
	struct sql_request_later_n_row row;

	if (sql_request_later_n(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n > 0;
}

int resume_look(struct desk *d, const struct record *r, enum resume_way *out,
	struct err *e)
{
	struct person p = person_again(r);
	enum resume_way way;
	int rc;

	*out = RESUME_NOT;
	rc = is_denied_for_hold(d, r, e);
	if (rc <= 0)
		return rc;
	rc = is_taken_up(d, r->row.id, e);
	if (!rc)
		rc = hold_is_on(d, r->row.id, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (look_who_asks(d, r, &way, e))
		return -1;
	if (way == RESUME_HERE && !p.phone.v.n && !identity_has_way(d, &p))
		way = RESUME_ANEW;
	rc = way == RESUME_HERE ? 0 : is_entered_anew(d, r->row.id, e);
	if (!rc)
		*out = way;
	return rc < 0 ? -1 : 0;
}

/* A case without a letter that arrived was never answered: it was closed. */
static struct date denied_on(const struct record *r)
{
	return date_pacific(
		r->row.answered_at ? r->row.answered_at : r->row.closed_at);
}

int resume_list(struct desk *d, struct resumables *out, struct err *e)
{
	struct sql_request_not_again_in in = { str_of(kind_code(KIND_DELETE)),
		for_hold, LIMIT_HOLDS_SHOWN };
	struct sql_request_not_again_rows rows;

	*out = (struct resumables){ 0 };
	if (desk_need(d, PERM_HOLD, e) ||
		sql_request_not_again(d->db, d->arena, &in, &rows, e))
		return -1;
	out->at = arena_many(d->arena, struct resumable, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum resume_way way = RESUME_NOT;
		struct record r;
		int rc = record_by_id(d, rows.at[i].id, &r, e);

		if (rc < 0 || (rc && resume_look(d, &r, &way, e)))
			return -1;
		if (way != RESUME_NOT)
			out->at[out->n++] = (struct resumable){
				reference_show(d->arena, r.row.reference),
				record_received_on(&r),
				denied_on(&r),
				way != RESUME_HERE,
			};
	}
	return 0;
}

/* --- the new case --- */

static enum channel channel_of(str code)
{
	static const enum channel all[] = {
#define CHANNEL(name, code, title, short_title) CHANNEL_##name,
#include "tbl/channels.h"
	};

	for (size_t i = 0; i < COUNTOF(all); i++)
		if (str_eq(code, str_of(channel_code(all[i]))))
			return all[i];
	return CHANNEL_WEB;
}

struct resuming {
	str reference;
	str out;
};

static int search(struct desk *d, struct record *r, enum state_event on,
	const struct state_facts *facts, struct err *e)
{
	if (record_move(d, r, on, facts, e))
		return -1;
	return desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
}

/* Who was told that their request came, and is not asked anything, is not told again
 * (11 CCR 7021(a)). */
static int carry_receipt(struct desk *d, const struct record *old,
	const struct record *r, struct err *e)
{
	struct sql_request_receipt_confirmed_in in = { r->row.id,
		old->row.receipt_confirmed_at };

	if (!in.at)
		return 0;
	return sql_request_receipt_confirmed(d->db, &in, e) < 0 ? -1 : 0;
}

/* An address that was confirmed is searched for at once, and so is what nobody asked for;
 * who never confirmed one is asked. */
static int start(struct desk *d, const struct record *old, struct newcomer *n,
	struct err *e)
{
	struct state_facts confirmed = { .is_found = false };
	struct state_facts decided = { .is_decided = true };
	struct sql_request_email_confirmed_in in = { n->record.row.id,
		desk_now(d) };

	int rc = 0;

	if (old->row.email_confirmed_at && carry_receipt(d, old, &n->record, e))
		return -1;
	if (child_opened(&n->record))
		return search(d, &n->record, ON_SEARCH_STARTED, &decided, e);
	if (is_for_child(&n->record))
		rc = parent_carry(d, old, &n->record, e);
	else if (agent_asks(&n->record))
		rc = permission_carry(d, old, &n->record, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (!old->row.email_confirmed_at)
		return intake_ask(d, &n->record, e);
	if (sql_request_email_confirmed(d->db, &in, e) < 0)
		return -1;
	return search(d, &n->record, ON_CODE_CONFIRMED, &confirmed, e);
}

static int open_again(struct desk *d, const struct record *old,
	struct resuming *c, struct err *e)
{
	struct person p = person_again(old);
	struct newcomer n = { .kind = old->kind,
		.channel = channel_of(old->row.channel),
		.person = &p };
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t count = receive_identifiers(d, &p, id);
	struct sql_request_again_in again = { 0, old->row.id };

	if (receive_store(d, &n, e) ||
		receive_store_identifiers(d, &n.record, id, count, e))
		return -1;
	again.id = n.record.row.id;
	c->out = reference_show(d->arena, n.record.row.reference);
	if (sql_request_again(d->db, &again, e) < 0 || start(d, old, &n, e) ||
		DESK_AUDIT(d, AUDIT_RESUMED, n.record.row.reference, e,
			AD("of", reference_show(d->arena, old->row.reference))))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_RESUMED_AS, old->row.reference, e, AD("as", c->out));
}

static int refuse(enum resume_way way, struct err *e)
{
	static const char *const why[] = {
		[RESUME_NOT] = "nothing waits to be taken up again here: it "
			       "was, or nothing was denied for a hold that has "
			       "ended",
		[RESUME_ANEW] = "nothing that is kept leads to this person: "
				"enter it anew, with their name and address",
		[RESUME_UNSHOWN] = "the agent showed no permission that still "
				   "counts, or is suspended: ask for one, and "
				   "enter it anew",
		[RESUME_GROWN] = "the child is 13 by now, or nobody knows "
				 "better, and asks for themselves: enter it "
				 "anew when they do",
	};

	return err_set(e, ERR_CONFLICT, "%s", why[way]);
}

static int resume(struct desk *d, void *ctx, struct err *e)
{
	struct resuming *c = ctx;
	enum resume_way way;
	struct record r;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e) ||
		resume_look(d, &r, &way, e))
		return -1;
	return way == RESUME_HERE ? open_again(d, &r, c, e) : refuse(way, e);
}

int case_resume(struct desk *d, str reference, str *out, struct err *e)
{
	struct resuming c = { .reference = reference };

	if (desk_need(d, PERM_DECIDE, e) || desk_write(d, resume, &c, e))
		return -1;
	*out = c.out;
	return 0;
}
