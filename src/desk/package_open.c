/*
 * The requester's side: a fresh code to the address of the request opens the
 * package in one browser for half an hour (11 CCR 7024(f)).  A reference number
 * alone opens nothing.
 */
#include "base/rand.h"
#include "desk/code.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/package_parts.h"
#include "desk/package_plan.h"
#include "law/reference.h"

enum { TOKEN_BYTES = 24, HOUR_S = 3600, QUARTER_HOUR_S = 900 };

static const str letter_label = STR_INIT("package letter");

static bool is_made(const struct record *r, const struct package_row *p)
{
	return package_is_for(r->kind) && p->state == PACKAGE_MADE && r->seal;
}

/* Sent, kept, and its key is there; and not by mail. */
static bool is_there(const struct record *r, const struct package_row *p)
{
	return is_made(r, p) && !person_is_by_paper(&r->person) &&
	       r->row.answered_at > 0 && !date_is_none(p->expires_on);
}

int package_is_there(
	struct desk *d, const struct record *r, bool *out, struct err *e)
{
	struct package_row p;

	*out = false;
	if (!package_is_for(r->kind) || !r->row.answered_at)
		return 0;
	if (package_row(d, r->row.id, &p, e))
		return -1;
	*out = is_there(r, &p);
	return 0;
}

static bool has_ended(struct desk *d, const struct package_row *p)
{
	return date_cmp(desk_today(d), p->expires_on) > 0;
}

int package_door(struct desk *d, str typed, str peer, struct package_door *out,
	struct err *e)
{
	struct package_row p;
	struct record r;
	int rc;

	*out = (struct package_door){ .has_ended = false };
	if (desk_limit_look(d, "status", peer, LIMIT_STATUS_TRIES_PEER,
		    QUARTER_HOUR_S, e))
		return -1;
	rc = record_by_reference(d, typed, &r, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return desk_limit(d, "status", peer, LIMIT_STATUS_TRIES_PEER,
			       QUARTER_HOUR_S, e)
			       ? -1
			       : 0;
	if (package_row(d, r.row.id, &p, e))
		return -1;
	if (!is_there(&r, &p))
		return 0;
	*out = (struct package_door){
		.reference = reference_show(d->arena, r.row.reference),
		.until = p.expires_on,
		.is_code_by_sms = code_is_by_sms(&r),
		.has_ended = has_ended(d, &p),
	};
	if (package_language(d, &r, &out->language, e))
		return -1;
	return 1;
}

/* Within a transaction. */
static int lock_there(struct desk *d, str reference, struct record *r,
	struct package_row *p, struct err *e)
{
	if (record_need(d, reference, r, e) || record_lock(d, r, e) ||
		package_row(d, r->row.id, p, e))
		return -1;
	if (is_there(r, p))
		return 0;
	return err_set(e, ERR_NOT_FOUND, "there is nothing to open");
}

struct sending {
	str reference;
	bool is_too_soon;
};

static int send(struct desk *d, void *ctx, struct err *e)
{
	struct sending *s = ctx;
	struct package_row p;
	struct record r;

	s->is_too_soon = false;
	if (lock_there(d, s->reference, &r, &p, e))
		return -1;
	return code_send_again(d, &r, CODE_PACKAGE, &s->is_too_soon, e);
}

int package_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	struct sending s = { .reference = reference };

	if (desk_limit_request(
		    d, "code", reference, LIMIT_CODES_PER_HOUR, HOUR_S, e) ||
		desk_write(d, send, &s, e))
		return -1;
	if (s.is_too_soon)
		problem_add(ps, "code", "soon",
			"We sent a code less than 30 seconds ago. Please wait "
			"a moment");
	return 0;
}

struct entering {
	str reference;
	str code;
	str token; /* empty: not right */
	const char *why_not;
};

/* Its time was up: who shows again that the mailbox is theirs gets more. */
static int renew(struct desk *d, const struct record *r,
	const struct package_row *p, struct err *e)
{
	if (!has_ended(d, p))
		return 0;
	if (package_sent(d, r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_PACKAGE_RENEWED, r->row.reference, e,
		AD("until", date_iso(d->arena, date_add(desk_today(d),
						       LIMIT_PACKAGE_DAYS))));
}

static int enter(struct desk *d, void *ctx, struct err *e)
{
	struct entering *x = ctx;
	struct sql_package_visit_add_in in = { .made_at = desk_now(d) };
	struct package_row p;
	struct record r;

	x->token = STR("");
	if (lock_there(d, x->reference, &r, &p, e) ||
		code_try(d, &r, CODE_PACKAGE, x->code, &x->why_not, e))
		return -1;
	if (x->why_not)
		return 0;
	x->token = rand_token(d->arena, TOKEN_BYTES);
	in.request_id = r.row.id;
	in.token_hash = keys_hash(d->arena, d->keys, "package", x->token);
	if (sql_package_visit_add(d->db, &in, e) < 0 || renew(d, &r, &p, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_PACKAGE_OPENED, r.row.reference, e, AD("by", "code"));
}

int package_enter_code(struct desk *d, str reference, str code, str *token,
	struct problems *ps, struct err *e)
{
	struct entering x = { .reference = reference };

	*token = STR("");
	if (!code_read(d->arena, code, &x.code, ps))
		return 0;
	if (desk_write(d, enter, &x, e))
		return -1;
	*token = x.token;
	if (x.why_not)
		problem_add(ps, "code", "wrong", x.why_not);
	return 0;
}

/* 1 when this browser typed the code of this request of late. */
static int is_visitor(struct desk *d, str reference, str token,
	struct record *r, struct package_row *p, struct err *e)
{
	struct sql_package_visit_by_hash_in in = {
		.since = desk_now(d) - LIMIT_PACKAGE_VISIT_MINUTES * 60000LL
	};
	struct sql_package_visit_by_hash_row row;
	int rc;

	if (!token.n)
		return 0;
	in.token_hash = keys_hash(d->arena, d->keys, "package", token);
	rc = sql_package_visit_by_hash(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	rc = record_by_reference(d, reference, r, e);
	if (rc <= 0 || r->row.id != row.request_id)
		return rc < 0 ? -1 : 0;
	if (package_row(d, r->row.id, p, e))
		return -1;
	return is_there(r, p) && !has_ended(d, p);
}

static int read_letter(struct desk *d, const struct record *r,
	const struct package_row *p, struct package_open *out, struct err *e)
{
	struct sql_package_letter_row row;

	out->reference = reference_show(d->arena, r->row.reference);
	out->until = p->expires_on;
	out->bytes = p->bytes;
	if (package_language(d, r, &out->language, e))
		return -1;
	if (sql_package_letter(d->db, d->arena,
		    &(struct sql_package_letter_in){ r->row.id }, &row, e) < 0)
		return -1;
	return row.letter.n ? seal_get(d->arena, r->seal, letter_label,
				      row.letter, &out->letter.v, e)
			    : 0;
}

int package_open(struct desk *d, str reference, str token,
	struct package_open *out, struct err *e)
{
	struct package_row p;
	struct record r;
	int rc = is_visitor(d, reference, token, &r, &p, e);

	*out = (struct package_open){ .bytes = 0 };
	if (rc <= 0)
		return rc;
	return read_letter(d, &r, &p, out, e) ? -1 : 1;
}

struct fetching {
	const struct record *r;
	int64_t bytes;
};

static int note_fetched(struct desk *d, void *ctx, struct err *e)
{
	const struct fetching *f = ctx;

	return DESK_AUDIT(d, AUDIT_PACKAGE_DOWNLOADED, f->r->row.reference, e,
		AD("bytes", f->bytes));
}

/* --- in the portal --- */

/* Not of who gets it by mail; the letter need not have left. */
static int load_for_account(struct desk *d, const struct record *r,
	struct package_row *p, struct err *e)
{
	if (!package_is_for(r->kind) || person_is_by_paper(&r->person) ||
		r->person.doubted.n)
		return 0;
	return package_row(d, r->row.id, p, e) ? -1 : is_made(r, p);
}

/* The last day, as a letter of today would have it until one has left. */
static struct date until_of(struct desk *d, const struct package_row *p)
{
	return date_is_none(p->expires_on) || has_ended(d, p)
		       ? date_add(desk_today(d), LIMIT_PACKAGE_DAYS)
		       : p->expires_on;
}

int package_is_open_to_account(struct desk *d, const struct record *r,
	struct date *until, struct err *e)
{
	struct package_row p;
	int rc = load_for_account(d, r, &p, e);

	*until = (struct date){ 0 };
	if (rc > 0)
		*until = until_of(d, &p);
	return rc;
}

struct showing {
	const struct record *r;
	const struct package_row *p;
	bool is_download;
};

static int note_shown(struct desk *d, void *ctx, struct err *e)
{
	const struct showing *s = ctx;
	str ref = s->r->row.reference;

	if (!date_is_none(s->p->expires_on) && renew(d, s->r, s->p, e))
		return -1;
	return s->is_download ? DESK_AUDIT(d, AUDIT_PACKAGE_TAKEN, ref, e,
					AD("bytes", s->p->bytes))
			      : DESK_AUDIT(d, AUDIT_PACKAGE_SHOWN, ref, e,
					AD("by", "account"));
}

int package_show_account(struct desk *d, const struct record *r,
	struct package_open *out, struct err *e)
{
	struct package_row p;
	struct showing s = { r, &p, false };
	int rc = load_for_account(d, r, &p, e);

	*out = (struct package_open){ .bytes = 0 };
	if (rc <= 0)
		return rc;
	if (read_letter(d, r, &p, out, e) || desk_write(d, note_shown, &s, e))
		return -1;
	out->until = until_of(d, &p);
	return 1;
}

int package_download_account(struct desk *d, const struct record *r,
	struct package_zip *out, struct err *e)
{
	struct package_row p;
	struct showing s = { r, &p, true };
	int rc = load_for_account(d, r, &p, e);

	if (rc <= 0)
		return rc;
	/* Entered before a byte leaves. */
	if (package_zip_open(d, r, out, e) || desk_write(d, note_shown, &s, e))
		return -1;
	return 1;
}

/* --- by mail --- */

static int load_made(struct desk *d, int64_t request_id, struct record *r,
	struct package_row *p, struct err *e)
{
	int rc = record_by_id(d, request_id, r, e);

	if (rc <= 0)
		return rc;
	if (package_row(d, request_id, p, e))
		return -1;
	return is_made(r, p) && person_is_by_paper(&r->person);
}

int package_on_paper(struct desk *d, int64_t request_id,
	struct package_open *out, struct err *e)
{
	struct package_row p;
	struct record r;
	int rc = load_made(d, request_id, &r, &p, e);

	*out = (struct package_open){ .bytes = 0 };
	if (rc <= 0)
		return rc;
	return read_letter(d, &r, &p, out, e) ? -1 : 1;
}

int package_zip_on_paper(struct desk *d, int64_t request_id,
	struct package_zip *out, struct err *e)
{
	struct package_row p;
	struct record r;
	int rc = load_made(d, request_id, &r, &p, e);

	if (rc <= 0)
		return rc;
	return package_zip_open(d, &r, out, e) ? -1 : 1;
}

int package_download(struct desk *d, str reference, str token,
	struct package_zip *out, struct err *e)
{
	struct package_row p;
	struct record r;
	int rc = is_visitor(d, reference, token, &r, &p, e);

	if (rc <= 0)
		return rc;
	if (package_zip_open(d, &r, out, e))
		return -1;
	/* Entered before a byte leaves. */
	return desk_write(d, note_fetched, &(struct fetching){ &r, p.bytes }, e)
		       ? -1
		       : 1;
}
