#include "desk/parent_form.h"

#include "desk/limit.h"
#include "desk/parent.h"
#include "desk/record.h"

enum { HOUR_S = 3600 };

void parent_form_check(str file, enum parent_check wanted, struct problems *ps)
{
	if (!file.n)
		return;
	if (wanted != PARENT_CHECK_FORM)
		problem_add(ps, "file", "kept",
			"Leave the file out: only the signed form can be sent "
			"here");
	else
		document_check(file, "file", ps);
}

int parent_form_store(
	struct desk *d, const struct record *r, str file, struct err *e)
{
	struct document_new in = { DOCUMENT_PARENT, file, (int64_t)file.n };

	if (document_keep(d, r, &in, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_PARENT_FORM_CAME, r->row.reference, e,
		AD("bytes", in.bytes));
}

/* --- sent later --- */

static int is_wanted(struct desk *d, const struct record *r, struct err *e)
{
	struct parent p;
	int rc = parent_of(d, r, &p, e);

	if (rc <= 0)
		return rc;
	return r->seal && state_is_open(r->state) && !p.is_checked &&
	       p.wanted == PARENT_CHECK_FORM;
}

int parent_form_wanted(struct desk *d, str reference, struct err *e)
{
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	return rc <= 0 ? rc : is_wanted(d, &r, e);
}

/* A stranger who has the number fills no disk with it. */
static int check_room(struct desk *d, const struct record *r, struct err *e)
{
	struct documents all;

	if (documents_of(d, r->row.id, DOCUMENT_PARENT, &all, e))
		return -1;
	if (documents_here(&all) < LIMIT_PARENT_FORMS)
		return 0;
	err_set(e, ERR_TOO_MANY, "no more forms are taken for this request");
	return err_hint(e, "call or write to us");
}

struct sending {
	str reference;
	str file;
};

static int send(struct desk *d, void *ctx, struct err *e)
{
	const struct sending *s = ctx;
	struct record r;
	int rc;

	if (record_need(d, s->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	rc = is_wanted(d, &r, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_CONFLICT,
			"no signed form is waited for in this request");
	return check_room(d, &r, e) || parent_form_store(d, &r, s->file, e) ? -1
									    : 0;
}

int parent_form_send(struct desk *d, str reference, str file, str peer,
	struct problems *ps, struct err *e)
{
	struct sending s = { reference, file };

	if (!file.n)
		problem_add(ps, "file", "missing",
			"Choose the form that you signed");
	parent_form_check(file, PARENT_CHECK_FORM, ps);
	if (ps->n)
		return 0;
	return desk_limit(d, "parent-form", peer, LIMIT_PARENT_FORMS_PEER,
		       HOUR_S, e) ||
			       desk_write(d, send, &s, e)
		       ? -1
		       : 0;
}

/* --- looking --- */

int parent_forms(
	struct desk *d, str reference, struct documents *out, struct err *e)
{
	struct record r;

	*out = (struct documents){ NULL, 0 };
	if (desk_need(d, PERM_SEE_QUEUE, e) || record_need(d, reference, &r, e))
		return -1;
	return documents_of(d, r.row.id, DOCUMENT_PARENT, out, e);
}

struct showing {
	str reference;
	int64_t id;
	str *file;
};

static int show(struct desk *d, void *ctx, struct err *e)
{
	struct showing *s = ctx;
	struct record r;

	if (record_need(d, s->reference, &r, e))
		return -1;
	return document_open(d, &r, DOCUMENT_PARENT, s->id, s->file, e);
}

int parent_form_show(
	struct desk *d, str reference, int64_t id, str *file, struct err *e)
{
	struct showing s = { reference, id, file };

	*file = STR("");
	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	if (id <= 0)
		return err_set(e, ERR_NOT_FOUND, "there is no such form");
	return desk_write(d, show, &s, e);
}
