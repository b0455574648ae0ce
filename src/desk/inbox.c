#include "desk/inbox.h"

#include "base/json.h"
#include "desk/inbox_row.h"
#include "desk/limit.h"
#include "desk/person.h"
#include "desk/record.h"
#include "law/deadline.h"
#include "law/reference.h"

/* --- sealed --- */

enum { EMAIL_JSON_MAX = 256 << 10 };

static const str label = STR_INIT("inbox");

str inbox_seal(struct desk *d, const struct received *m, str *wrapped)
{
	struct seal *seal = seal_new(d->arena, d->keys, wrapped);
	struct buf b = buf_in(d->arena, EMAIL_JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "from", m->from.v);
	json_put(&j, "name", m->from_name.v);
	json_put(&j, "subject", m->subject.v);
	json_put(&j, "text", m->text.v);
	json_put_int(&j, "files", m->files);
	json_put_bool(&j, "is_cut", m->is_cut);
	json_end(&j);
	must(buf_ok(&b));
	return seal_put(d->arena, seal, label, buf_str(&b));
}

int inbox_unseal(struct desk *d, str wrapped, str sealed, struct received *out,
	struct err *e)
{
	struct seal *seal;
	json_t *root;
	str text;

	if (seal_open(d->arena, d->keys, wrapped, &seal, e) ||
		seal_get(d->arena, seal, label, sealed, &text, e) ||
		json_read(d->arena, text, EMAIL_JSON_MAX, &root, e))
		return err_context(e, "email");
	*out = (struct received){
		.from = { arena_dup(d->arena, json_text(root, "from")) },
		.from_name = { arena_dup(d->arena, json_text(root, "name")) },
		.subject = { arena_dup(d->arena, json_text(root, "subject")) },
		.text = { arena_dup(d->arena, json_text(root, "text")) },
		.files =
			(int)json_integer_value(json_object_get(root, "files")),
		.is_cut = json_is_true(json_object_get(root, "is_cut")),
	};
	return 0;
}

/* --- the list --- */

static int fill_line(struct desk *d, const struct sql_inbox_open_row *row,
	struct inbox_line *l, struct err *e)
{
	struct received m;

	if (inbox_unseal(d, row->wrapped_key, row->sealed, &m, e))
		return -1;
	*l = (struct inbox_line){
		.id = row->id,
		.received_at = row->received_at,
		.from = person_masked_email(d->arena, m.from),
		.is_answered = str_eq(row->reply, STR("sent")),
	};
	if (!date_parse(row->confirm_by, &l->due_on))
		return err_set(e, ERR_CORRUPT, "an email has no day");
	l->days_left = date_between(desk_today(d), l->due_on);
	l->urgency = urgency_of(l->days_left);
	return 0;
}

int inbox_load(struct desk *d, struct inbox *out, struct err *e)
{
	struct sql_inbox_open_in in = { LIMIT_INBOX_SHOWN };
	struct sql_inbox_open_rows rows;

	if (desk_need(d, PERM_INTAKE, e) ||
		sql_inbox_open(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct inbox_line, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (fill_line(d, &rows.at[i], &out->at[i], e))
			return -1;
	return 0;
}

int inbox_count(struct desk *d, struct inbox_count *out, struct err *e)
{
	struct sql_inbox_count_in in = { date_iso(d->arena, desk_today(d)) };
	struct sql_inbox_count_row row;

	if (sql_inbox_count(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*out = (struct inbox_count){ (int)row.n, (int)row.late };
	return 0;
}

/* --- one of them --- */

static str day_of(struct desk *d, int64_t received_at)
{
	return date_iso(d->arena, date_pacific(received_at));
}

static int note_read(struct desk *d, void *ctx, struct err *e)
{
	const struct inbox_email *m = ctx;

	return DESK_AUDIT(d, AUDIT_INBOX_READ, STR(""), e,
		AD("day", day_of(d, m->received_at)));
}

/* 1, or 0 when it does not wait any more. */
static int find(struct desk *d, int64_t id, struct sql_inbox_by_id_row *row,
	struct err *e)
{
	struct sql_inbox_by_id_in in = { id };
	int rc = sql_inbox_by_id(d->db, d->arena, &in, row, e);

	return rc > 0 ? str_eq(row->state, STR("open")) : rc;
}

int inbox_open(
	struct desk *d, int64_t id, struct inbox_email *out, struct err *e)
{
	struct sql_inbox_by_id_row row;
	struct received m;
	int rc;

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	rc = find(d, id, &row, e);
	if (rc <= 0)
		return rc;
	if (inbox_unseal(d, row.wrapped_key, row.sealed, &m, e))
		return -1;
	*out = (struct inbox_email){
		.id = id,
		.received_at = row.received_at,
		.from = m.from,
		.from_name = m.from_name,
		.subject = m.subject,
		.text = m.text,
		.files = m.files,
		.is_cut = m.is_cut,
		.is_answered = str_eq(row.reply, STR("sent")),
	};
	return desk_write(d, note_read, out, e) ? -1 : 1;
}

/* --- handled --- */

struct handling {
	int64_t id;
	const char *state; /* request, none */
	str reference;
	bool is_done;
};

static int handle(struct desk *d, void *ctx, struct err *e)
{
	struct handling *h = ctx;
	struct sql_inbox_handled_in in = {
		.id = h->id,
		.state = str_of(h->state),
		.reference = h->reference,
		.at = desk_now(d),
		.keep_until =
			date_iso(d->arena, record_keep_until(desk_today(d))),
	};
	struct sql_inbox_forget_in nothing = { h->id, STR("") };
	struct sql_inbox_by_id_row row;
	int rc = find(d, h->id, &row, e);
	int64_t n = rc > 0 ? sql_inbox_handled(d->db, &in, e) : rc;

	h->is_done = n > 0;
	if (n <= 0)
		return (int)n;
	if (!h->reference.n && sql_inbox_forget(d->db, &nothing, e) < 0)
		return -1;
	return DESK_AUDIT(d,
		h->reference.n ? AUDIT_INBOX_PUT : AUDIT_INBOX_DROPPED,
		h->reference, e, AD("day", day_of(d, row.received_at)));
}

int inbox_put(struct desk *d, int64_t id, str reference, struct err *e)
{
	struct handling h = { .id = id, .state = "request" };
	struct record r;

	if (desk_need(d, PERM_INTAKE, e) || record_need(d, reference, &r, e))
		return -1;
	h.reference = r.row.reference;
	return desk_write(d, handle, &h, e) ? -1 : h.is_done;
}

int inbox_drop(struct desk *d, int64_t id, struct err *e)
{
	struct handling h = { .id = id, .state = "none" };

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	return desk_write(d, handle, &h, e) ? -1 : h.is_done;
}

int inbox_purge(struct desk *d, struct err *e)
{
	struct sql_inbox_purge_in in = { date_iso(d->arena, desk_today(d)) };

	return sql_inbox_purge(d->db, &in, e) < 0 ? -1 : 0;
}
