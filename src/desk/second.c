#include "desk/second.h"

#include "base/enc.h"
#include "desk/agent_refuse.h"
#include "desk/config.h"
#include "desk/deny.h"
#include "desk/keys.h"
#include "desk/record.h"
#include "desk/setting.h"

int second_is_wanted(struct desk *d, struct err *e)
{
	struct settings s;

	if (d->actor.kind != ACTOR_STAFF)
		return 0;
	if (settings_load(d, &s, e))
		return -1;
	return config_flag(s.four_eyes);
}

int second_drop(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_proposal_drop_in in = { request_id };

	return sql_proposal_drop(d->db, &in, e) < 0 ? -1 : 0;
}

static const str label = STR_INIT("proposal");

static str sealed_of(struct desk *d, const struct record *r, str details)
{
	if (!details.n || !r->seal)
		return STR("");
	return seal_put(d->arena, r->seal, label, details);
}

static int propose(struct desk *d, const struct record *r,
	const struct second_decision *x, str sameness, struct err *e)
{
	struct sql_proposal_put_in in = {
		.request_id = r->row.id,
		.act = str_of(x->act),
		.sameness = sameness,
		.staff_id = d->actor.id,
		.at = desk_now(d),
		.sealed = sealed_of(d, r, x->details),
	};

	if (sql_proposal_put(d->db, &in, e) < 0 ||
		DESK_AUDIT(d, AUDIT_PROPOSED, r->row.reference, e,
			AD("act", x->act)))
		return -1;
	return 1;
}

static str sameness_of(struct desk *d, const struct second_decision *x)
{
	str hash = keys_hash(d->arena, d->keys, "second", x->what);

	return hex_of(d->arena, hash.p, hash.n);
}

static int look(struct desk *d, int64_t request_id,
	struct sql_proposal_of_row *row, struct err *e)
{
	struct sql_proposal_of_in in = { request_id };

	return sql_proposal_of(d->db, d->arena, &in, row, e);
}

static bool is_it(struct desk *d, const struct sql_proposal_of_row *row,
	const struct second_decision *x)
{
	return str_eq(row->act, str_of(x->act)) &&
	       str_eq(row->sameness, sameness_of(d, x));
}

int second_compare(struct desk *d, const struct record *r,
	const struct second_decision *x, struct second *out, struct err *e)
{
	struct sql_proposal_of_row row;
	int rc = look(d, r->row.id, &row, e);

	out->is_same = rc > 0 && is_it(d, &row, x);
	return rc < 0 ? -1 : 0;
}

int second_ask(struct desk *d, const struct record *r,
	const struct second_decision *x, struct err *e)
{
	struct sql_proposal_of_row row;
	int rc = second_is_wanted(d, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return second_drop(d, r->row.id, e);
	rc = look(d, r->row.id, &row, e);
	if (rc < 0)
		return -1;
	if (!rc || row.staff_id == d->actor.id || !is_it(d, &row, x))
		return propose(d, r, x, sameness_of(d, x), e);
	return second_drop(d, r->row.id, e);
}

int second_details(
	struct desk *d, const struct record *r, str *out, struct err *e)
{
	struct sql_proposal_of_row row;
	int rc = look(d, r->row.id, &row, e);

	*out = STR("");
	if (rc <= 0 || !row.sealed.n || !r->seal)
		return rc < 0 ? -1 : 0;
	return seal_get(d->arena, r->seal, label, row.sealed, out, e);
}

int second_look(
	struct desk *d, int64_t request_id, struct second *out, struct err *e)
{
	struct sql_proposal_of_row row;
	int rc = look(d, request_id, &row, e);

	*out = (struct second){ 0 };
	if (rc <= 0)
		return rc;
	*out = (struct second){
		.is_waiting = true,
		.is_own = d->actor.kind == ACTOR_STAFF &&
			  row.staff_id == d->actor.id,
		.is_denial = str_eq(row.act, STR(SECOND_DENY)),
		.who = row.name,
	};
	return 0;
}

/* The words of a denial stand with the case, where the second person reads them. */
static int forget_proposed(
	struct desk *d, struct record *r, const struct second *s, struct err *e)
{
	if (!s->is_denial || !r->seal)
		return 0;
	denial_forget(&r->person);
	return record_save_person(d, r, e);
}

int second_end(struct desk *d, struct record *r, struct err *e)
{
	struct second s;

	if (second_look(d, r->row.id, &s, e))
		return -1;
	if (!s.is_waiting)
		return 0;
	return second_drop(d, r->row.id, e) || forget_proposed(d, r, &s, e) ? -1
									    : 0;
}

static int send_back(struct desk *d, void *ctx, struct err *e)
{
	const str *reference = ctx;
	struct second s;
	struct record r;

	if (record_need(d, *reference, &r, e) || record_lock(d, &r, e) ||
		second_look(d, r.row.id, &s, e))
		return -1;
	if (!s.is_waiting)
		return err_set(e, ERR_CONFLICT, "nothing waits any more");
	if (second_drop(d, r.row.id, e) || forget_proposed(d, &r, &s, e))
		return -1;
	if (DESK_AUDIT(d, AUDIT_SENT_BACK, r.row.reference, e,
		    AD("act", s.is_denial ? SECOND_DENY : SECOND_APPROVE)))
		return -1;
	return agent_refusal_is_open(&r) ? agent_refusal_end(d, &r, e) : 0;
}

int case_send_back(struct desk *d, str reference, struct err *e)
{
	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, send_back, &reference, e);
}
