#include "desk/correct_document.h"

#include "desk/limit.h"
#include "desk/post.h"
#include "desk/record.h"
#include "desk/telling.h"

enum { HOUR_S = 3600 };

static bool is_undecided(const struct record *r)
{
	return state_is_open(r->state) && r->state != STATE_WORKING &&
	       r->state != STATE_ANSWERING;
}

static int look(struct desk *d, const struct record *r,
	struct correct_documents *out, struct err *e)
{
	*out = (struct correct_documents){
		.is_asked = kind_row(r->kind)->flow == FLOW_CORRECT,
	};
	if (!out->is_asked)
		return 0;
	if (documents_of(d, r->row.id, DOCUMENT_CORRECTION, &out->sent, e))
		return -1;
	out->can_send = r->seal && is_undecided(r) &&
			documents_here(&out->sent) < LIMIT_DOCUMENTS_CASE;
	out->can_show =
		r->seal && state_is_open(r->state) && desk_may(d, PERM_REVEAL);
	out->can_discard =
		r->seal && state_is_open(r->state) && desk_may(d, PERM_DECIDE);
	return 0;
}

int correct_documents(struct desk *d, str reference,
	struct correct_documents *out, struct err *e)
{
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	if (rc <= 0)
		return rc;
	return look(d, &r, out, e) ? -1 : 1;
}

/* --- it comes --- */

struct sending {
	str reference;
	str file;
};

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct sending *s = ctx;
	struct document_new in = { .use = DOCUMENT_CORRECTION,
		.content = s->file,
		.bytes = (int64_t)s->file.n };
	struct correct_documents now;
	struct record r;

	if (record_need(d, s->reference, &r, e) || record_lock(d, &r, e) ||
		look(d, &r, &now, e))
		return -1;
	if (!now.can_send)
		return err_set(e, ERR_CONFLICT,
			"no document can be added to this request any more");
	if (document_keep(d, &r, &in, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DOCUMENT_CAME, r.row.reference, e,
		AD("bytes", in.bytes));
}

int correct_document_send(struct desk *d, str reference, str file, str peer,
	struct problems *ps, struct err *e)
{
	struct sending s = { reference, file };

	if (!file.n)
		problem_add(ps, "file", "missing", "Choose a file");
	else
		document_check(file, "file", ps);
	if (ps->n)
		return 0;
	if (desk_limit(d, "document", peer, LIMIT_DOCUMENTS_PEER, HOUR_S, e))
		return -1;
	return desk_write(d, store, &s, e);
}

/* --- it is looked at --- */

struct showing {
	str reference;
	int64_t id;
	str *file;
};

static int show(struct desk *d, void *ctx, struct err *e)
{
	const struct showing *s = ctx;
	struct record r;

	if (record_need(d, s->reference, &r, e))
		return -1;
	return document_open(d, &r, DOCUMENT_CORRECTION, s->id, s->file, e);
}

int correct_document_show(
	struct desk *d, str reference, int64_t id, str *file, struct err *e)
{
	struct showing s = { reference, id, file };

	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	if (id <= 0)
		return err_set(e, ERR_NOT_FOUND, "there is no such document");
	return desk_write(d, show, &s, e);
}
