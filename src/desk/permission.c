#include "desk/permission.h"

#include "desk/agent_post.h"
#include "desk/code.h"
#include "desk/document.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/record.h"
#include "desk/same.h"
#include "law/reference.h"

/* --- what can be wrong with it --- */

static void check_signature(
	struct desk *d, struct permission *p, struct problems *ps)
{
	struct date day;

	p->signed_by.v = str_trim(p->signed_by.v);
	if (!p->signed_by.v.n || p->signed_by.v.n > LIMIT_NAME_CHARS ||
		!str_is_text(p->signed_by.v))
		problem_add(ps, "signed_by", "missing",
			"Enter the name as the consumer signed, or add the "
			"document");
	if (!form_read_day(str_trim(p->signed_on), &day))
		problem_add(ps, "signed_on", "unreadable",
			"Enter the day of the signature, like 3/15/2026");
	else if (date_cmp(day, desk_today(d)) > 0)
		problem_add(ps, "signed_on", "late",
			"Enter a day of signature that is not in the future");
	else
		p->signed_on = date_iso(d->arena, day);
}

void permission_check(struct desk *d, struct permission *p, bool has_seen,
	struct problems *ps)
{
	if (p->proof == PROOF_NONE) {
		p->signed_by.v = p->signed_on = p->file = STR("");
		return;
	}
	if (p->file.n)
		document_check(p->file, "file", ps);
	else if (p->proof == PROOF_POWER && !has_seen)
		problem_add(ps, "file", "missing",
			"Choose the power of attorney as a file");
	if (!p->file.n || str_trim(p->signed_by.v).n ||
		str_trim(p->signed_on).n)
		check_signature(d, p, ps);
}

/* --- kept --- */

/* Two lines, then the file: a name has no line ends. */
static int keep(struct desk *d, const struct record *r,
	const struct permission *p, struct err *e)
{
	struct buf b =
		buf_in(d->arena, LIMIT_DOCUMENT_BYTES + 2 * LIMIT_NAME_CHARS);
	struct document_new in = { .use = DOCUMENT_PERMISSION,
		.bytes = (int64_t)p->file.n };

	if (p->proof == PROOF_NONE)
		return 0;
	buf_put(&b, note_line(d->arena, p->signed_by.v));
	buf_putc(&b, '\n');
	buf_put(&b, p->signed_on);
	buf_putc(&b, '\n');
	buf_put(&b, p->file);
	must(buf_ok(&b));
	in.content = buf_str(&b);
	return document_keep(d, r, &in, e);
}

int permission_store(struct desk *d, const struct record *r,
	const struct by_agent *by, struct err *e)
{
	const struct proof_row *proof = proof_row(by->permission.proof);
	struct sql_permission_add_in in = {
		.request_id = r->row.id,
		.agent_id = by->agent_id,
		.proof = str_of(proof->code),
		.given_at = desk_now(d),
		.id_key = by->row_key,
	};

	if (sql_permission_add(d->db, &in, e) < 0 ||
		keep(d, r, &by->permission, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_ASKED_BY_AGENT, r->row.reference, e,
		AD("agent", by->agent_id), AD("proof", proof->title),
		AD("bytes", (int64_t)by->permission.file.n));
}

/* --- looking --- */

int permission_load(struct desk *d, int64_t request_id,
	struct permission_row *out, struct err *e)
{
	struct sql_permission_of_row row;
	struct documents shown;
	int rc = sql_permission_of(d->db, d->arena,
		&(struct sql_permission_of_in){ request_id }, &row, e);

	if (rc <= 0)
		return rc;
	if (documents_of(d, request_id, DOCUMENT_PERMISSION, &shown, e))
		return -1;
	*out = (struct permission_row){
		.agent_id = row.agent_id,
		.agent = row.agent_name,
		.is_suspended = row.agent_suspended_at > 0,
		.accepted_at = row.accepted_at,
	};
	if (shown.n) {
		out->bytes = shown.at[0].bytes;
		out->destroyed_at = shown.at[0].destroyed_at;
	}
	if (!proof_of(row.proof, &out->proof))
		return err_set(e, ERR_CORRUPT,
			"a permission has a proof that is unknown");
	/* Carried over: it was destroyed with the case where it was shown. */
	if (!shown.n && out->proof != PROOF_NONE)
		out->destroyed_at = row.given_at;
	return 1;
}

struct showing {
	str reference;
	struct permission *out;
};

static int show(struct desk *d, void *ctx, struct err *e)
{
	struct showing *s = ctx;
	struct record r;
	str text;

	if (record_need(d, s->reference, &r, e) ||
		document_open(d, &r, DOCUMENT_PERMISSION, 0, &text, e))
		return -1;
	(void)str_cut(text, '\n', &s->out->signed_by.v, &text);
	(void)str_cut(text, '\n', &s->out->signed_on, &s->out->file);
	return 0;
}

int permission_show(
	struct desk *d, str reference, struct permission *out, struct err *e)
{
	struct showing s = { reference, out };

	*out = (struct permission){ .proof = PROOF_NONE };
	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	return desk_write(d, show, &s, e);
}

/* --- it came later --- */

bool permission_is_missing(const struct record *r)
{
	return agent_asks(r) && agent_proof(r) == PROOF_NONE &&
	       r->state == STATE_UNCONFIRMED && r->seal;
}

struct bringing {
	str reference;
	const struct permission *permission;
};

static int bring(struct desk *d, void *ctx, struct err *e)
{
	const struct bringing *b = ctx;
	const struct proof_row *proof = proof_row(b->permission->proof);
	struct sql_permission_bring_in in = {
		.proof = str_of(proof->code),
		.given_at = desk_now(d),
	};
	struct record r;

	if (record_need(d, b->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!permission_is_missing(&r))
		return err_set(e, ERR_CONFLICT,
			"no permission is missing in this case");
	in.request_id = r.row.id;
	r.person.agent_proof = in.proof;
	if (sql_permission_bring(d->db, &in, e) < 0 ||
		keep(d, &r, b->permission, e) || record_save_person(d, &r, e) ||
		DESK_AUDIT(d, AUDIT_PERMISSION_CAME, r.row.reference, e,
			AD("proof", proof->title),
			AD("bytes", (int64_t)b->permission->file.n)))
		return -1;
	return proof_asks_consumer(proof->proof, r.kind)
		       ? code_send(d, &r, CODE_CONFIRM, e)
		       : 0;
}

int permission_bring(struct desk *d, str reference, const struct permission *in,
	struct problems *ps, struct err *e)
{
	struct permission p = *in;
	struct bringing b = { reference, &p };

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	if (p.proof == PROOF_NONE)
		problem_add(ps, "proof", "missing", "Choose what came");
	permission_check(d, &p, true, ps);
	return ps->n ? 0 : desk_write(d, bring, &b, e);
}

/* --- the power of attorney --- */

/* What was looked at stands in the record as the reason that staff decided by. */
static int start_search(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .has_power = true };
	bool is_over;

	if (record_move(d, r, ON_EMPOWERED, &facts, e))
		return -1;
	r->person.reason.v = STR("The agent holds a power of attorney (Prob. "
				 "Code 4121 to 4130)");
	if (record_save_person(d, r, e) ||
		DESK_AUDIT(d, AUDIT_POWER_ACCEPTED, r->row.reference, e,
			AD("law", "Prob. Code 4121 to 4130")) ||
		same_refuse_know(d, r, &is_over, e))
		return -1;
	return is_over ? 0 : desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
}

static int accept_power(struct desk *d, void *ctx, struct err *e)
{
	const str *reference = ctx;
	struct sql_permission_accepted_in in = { .at = desk_now(d) };
	struct permission_row p;
	struct record r;
	int rc;

	if (record_need(d, *reference, &r, e) || record_lock(d, &r, e))
		return -1;
	rc = permission_load(d, r.row.id, &p, e);
	if (rc < 0)
		return -1;
	if (!rc || p.proof != PROOF_POWER)
		return err_set(
			e, ERR_CONFLICT, "no agent showed a power of attorney");
	in.request_id = r.row.id;
	if (sql_permission_accepted(d->db, &in, e) < 0)
		return -1;
	return start_search(d, &r, e);
}

int permission_accept(struct desk *d, str reference, struct err *e)
{
	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, accept_power, &reference, e);
}

/* --- in another case --- */

int permission_carry(struct desk *d, const struct record *from,
	struct record *to, struct err *e)
{
	struct sql_permission_of_row was;
	struct sql_permission_add_in in = { .request_id = to->row.id,
		.id_key = STR("") };
	struct sql_permission_accepted_in accepted = { .request_id =
							       to->row.id };
	int rc = sql_permission_of(d->db, d->arena,
		&(struct sql_permission_of_in){ from->row.id }, &was, e);

	if (rc <= 0)
		return rc;
	in.agent_id = was.agent_id;
	in.proof = was.proof;
	in.given_at = was.given_at;
	accepted.at = was.accepted_at;
	if (sql_permission_add(d->db, &in, e) < 0 ||
		DESK_AUDIT(d, AUDIT_PERMISSION_CARRIED, to->row.reference, e,
			AD("agent", was.agent_id),
			AD("of",
				reference_show(d->arena, from->row.reference))))
		return -1;
	if (!was.accepted_at)
		return 0;
	return sql_permission_accepted(d->db, &accepted, e) < 0 ||
			       start_search(d, to, e)
		       ? -1
		       : 1;
}
