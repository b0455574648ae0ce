/* A request that comes in: what is the same for every kind. */
#include "desk/receive.h"

#include "base/rand.h"
#include "desk/keys.h"
#include "desk/suppress.h"
#include "desk/verifying.h"
#include "law/calendar.h"
#include "law/reference.h"

enum { HOUR_S = 3600, REFERENCE_TRIES = 8 };

/* A reference that no request has yet: 35 random bits seldom meet, but a letter
 * with somebody else's number must never go out. */
static int free_reference(struct desk *d, struct reference *out, struct err *e)
{
	for (int i = 0; i < REFERENCE_TRIES; i++) {
		uint8_t random[REFERENCE_RANDOM];
		struct sql_request_id_row row;
		int rc;

		rand_bytes(random, sizeof random);
		*out = reference_make(random);
		rc = sql_request_id(d->db, d->arena,
			&(struct sql_request_id_in){ reference_str(out) }, &row,
			e);
		if (rc <= 0)
			return rc;
	}
	return err_set(e, ERR_INTERNAL, "no free reference number was found");
}

/* The clock is set here and never changes. */
static void set_clock(struct desk *d, const struct deadlines *dl,
	struct sql_request_add_in *in)
{
	struct date final = deadlines_final(dl);

	in->received_on = date_iso(d->arena, dl->received_on);
	in->due_on = date_iso(d->arena, deadlines_due(dl));
	in->confirm_by = date_is_none(dl->confirm_by.on)
				 ? STR("")
				 : date_iso(d->arena, dl->confirm_by.on);
	in->extendable_to =
		date_is_none(final) ? STR("") : date_iso(d->arena, final);
	in->rule = str_of(dl->rule_id);
}

/* Of a day that has passed it is known that it came, not when: its first moment is
 * the careful one. */
static int64_t received_at(struct desk *d, const struct newcomer *n)
{
	return date_is_none(n->received_on)
		       ? desk_now(d)
		       : pacific_midnight_ms(n->received_on);
}

static struct person person_of(struct desk *d, const struct newcomer *n)
{
	struct person p = *n->person;

	if (!p.language.n && d->lang != LANG_EN)
		p.language = str_of(lang_code(d->lang));
	if (n->parent) {
		p.parent_name = n->parent->name;
		p.parent_email = n->parent->email;
		p.parent_postal = n->parent->postal;
		p.born_on.v = date_iso(d->arena, n->parent->born_on);
	}
	if (!n->by)
		return p;
	p.agent_name = n->by->name;
	p.agent_email = n->by->email;
	p.agent_language = n->by->language.n ? n->by->language
					     : str_of(lang_code(d->lang));
	p.agent_proof = str_of(proof_row(n->by->permission.proof)->code);
	return p;
}

/* What verifies who asks is sealed apart from the rest. */
static int store_row(struct desk *d, struct newcomer *n,
	struct sql_request_add_in *in, struct sql_request_add_row *row,
	struct err *e)
{
	struct person person = person_of(d, n);
	struct person apart;
	size_t apart_n = 0;

	if (kind_is_verified(n->kind))
		apart_n = verifying_split(&person, &apart);
	in->sealed = seal_put(d->arena, n->record.seal, STR("request"),
		person_to_json(d->arena, &person));
	if (sql_request_add(d->db, d->arena, in, row, e) < 0)
		return -1;
	n->record.row.id = row->id;
	return apart_n ? verifying_store(d, &n->record, &apart, apart_n, e) : 0;
}

static int audit_receipt(struct desk *d, const struct newcomer *n,
	const struct sql_request_add_in *in, const struct deadlines *dl,
	struct err *e)
{
	if (DESK_AUDIT(d, AUDIT_REQUEST_RECEIVED, in->reference, e,
		    AD("kind", kind_title(n->kind)),
		    AD("channel", channel_title(in->channel))))
		return -1;
	if (!dl->lacks_holidays)
		return 0;
	return DESK_AUDIT(d, AUDIT_HOLIDAYS_UNKNOWN, in->reference, e,
		AD("until", date_iso(d->arena, calendar_last_day())));
}

int receive_store(struct desk *d, struct newcomer *n, struct err *e)
{
	struct sql_request_add_in in = {
		.kind = str_of(kind_code(n->kind)),
		.channel = str_of(channel_code(n->channel)),
		.received_at = received_at(d, n),
	};
	struct state_facts facts = n->facts;
	struct sql_request_add_row row;
	const struct move *m;
	struct deadlines dl;
	struct reference ref;

	facts.is_unpermitted = !n->is_undecided && n->by &&
			       n->by->permission.proof == PROOF_NONE;
	m = state_move(n->kind, STATE_NONE, ON_RECEIVED, &facts, e);
	if (!m || deadlines_of(n->kind, date_pacific(in.received_at), &dl, e) ||
		free_reference(d, &ref, e))
		return -1;
	n->record.seal = seal_new(d->arena, d->keys, &in.wrapped_key);
	in.reference = arena_dup(d->arena, reference_str(&ref));
	in.state = str_of(state_code(m->to));
	set_clock(d, &dl, &in);
	if (store_row(d, n, &in, &row, e))
		return -1;
	if (audit_receipt(d, n, &in, &dl, e))
		return -1;
	if (m->outcome && sql_request_outcome(d->db,
				  &(struct sql_request_outcome_in){ row.id,
					  str_of(outcome_code(m->outcome)) },
				  e) < 0)
		return -1;
	if (record_by_id(d, row.id, &n->record, e) != 1)
		return -1;
	if (n->parent && parent_receive(d, &n->record, n->parent, e))
		return -1;
	return n->by ? permission_store(d, &n->record, n->by, e) : 0;
}

size_t receive_identifiers(struct desk *d, const struct person *p,
	struct identifier out[RECEIVE_IDENTIFIERS])
{
	const struct ident_keyring *k = suppress_keyring(d->suppress);
	size_t n = 0;

	out[n].kind = IDENT_EMAIL;
	n += ident_key_of(k, IDENT_EMAIL, p->email.v, out[n].key) ==
	     IDENT_FAULT_NONE;
	out[n].kind = IDENT_PHONE;
	n += ident_key_of(k, IDENT_PHONE, p->phone.v, out[n].key) ==
	     IDENT_FAULT_NONE;
	out[n].kind = IDENT_NAME_ADDRESS;
	n += ident_key_of(k, IDENT_NAME_ADDRESS,
		     person_name_address(d->arena, p).v,
		     out[n].key) == IDENT_FAULT_NONE;
	return n;
}

int receive_store_identifiers(struct desk *d, const struct record *r,
	const struct identifier *id, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct sql_request_identifier_add_in in = {
			.request_id = r->row.id,
			.kind = str_of(ident_kind_name(id[i].kind)),
			.id_key = { (const char *)id[i].key, IDENT_KEY_SIZE },
		};

		if (sql_request_identifier_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

int receive_limit(
	struct desk *d, const char *what, str peer, int most, struct err *e)
{
	if (d->actor.kind == ACTOR_API)
		return 0;
	return desk_limit(d, what, peer, most, HOUR_S, e);
}
