#include "desk/call_back.h"

#include "desk/agent_post.h"
#include "desk/code.h"
#include "desk/form.h"
#include "desk/intake.h"
#include "desk/note.h"
#include "desk/receive.h"
#include "law/reference.h"

int call_back_ask(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_request_call_back_in in = { r->row.id, 1 };

	return sql_request_call_back(d->db, &in, e) < 0 ? -1 : 0;
}

bool call_back_can(const struct record *r)
{
	return r->seal && !r->row.email_confirmed_at && !code_can_go(r) &&
	       intake_takes_code(r);
}

/* Who may enter a caller's request may call them: they hear name and number as when
 * it was entered.  It leaves an entry all the same. */
static int note_seen(struct desk *d, void *ctx, struct err *e)
{
	const struct record *r = ctx;

	return DESK_AUDIT(
		d, AUDIT_REVEALED, r->row.reference, e, AD("id", d->actor.id));
}

int call_back_page(struct desk *d, str reference, struct call_back_page *out,
	struct err *e)
{
	struct record r;
	int rc;

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct call_back_page){
		.reference = reference_show(d->arena, r.row.reference),
		.can = call_back_can(&r),
	};
	if (!out->can)
		return 1;
	if (agent_asks(&r))
		out->agent = agent_in_letter(&r);
	out->name = r.person.name;
	out->phone = r.person.phone;
	out->what = str_of(form_of(r.kind)->what);
	return desk_write(d, note_seen, &r, e) ? -1 : 1;
}

struct calling {
	str reference;
	const struct call_back *in;
};

/* Another number than the one given: known again by it as well. */
static int take_phone(
	struct desk *d, struct record *r, personal phone, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n;

	r->person.phone = phone;
	r->person.code_by = STR("call");
	n = receive_identifiers(d, &r->person, id);
	return receive_store_identifiers(d, r, id, n, e);
}

static int confirm(struct desk *d, void *ctx, struct err *e)
{
	const struct calling *c = ctx;
	struct record r;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!call_back_can(&r))
		return err_set(e, ERR_CONFLICT,
			"nobody has to be called back: the case is \"%s\"",
			state_title(r.state));
	if (take_phone(d, &r, c->in->phone, e))
		return -1;
	r.person.called.v = c->in->note;
	if (record_save_person(d, &r, e))
		return -1;
	return intake_confirmed(d, &r, AUDIT_CALLED_BACK, e);
}

int case_call_back(struct desk *d, str reference, const struct call_back *in,
	struct problems *ps, struct err *e)
{
	struct call_back x = { { str_trim(in->phone.v) }, str_trim(in->note) };
	struct calling c = { reference, &x };
	struct ident id;

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	if (x.phone.v.n > PERSON_phone_max ||
		ident_read(&id, IDENT_TOYON_1, IDENT_PHONE, x.phone.v))
		problem_add(ps, "phone", "unreadable",
			"Enter the US phone number that you called, with area "
			"code");
	note_check(
		x.note, "note", "Write who answered, and what they said", ps);
	return ps->n ? 0 : desk_write(d, confirm, &c, e);
}
