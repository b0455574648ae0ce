/* A vendor's notice: the letter, and the link through which it answers. */
#include "base/rand.h"
#include "desk/fulfil_task.h"
#include "desk/keys.h"
#include "desk/post.h"
#include "law/reference.h"

enum { LINK_BYTES = 18 };

struct telling {
	const struct work *w;
	const struct vendor_notice *n;
	struct record r;
};

/* Only the hash of the link's secret is kept: who reads the database can't
 * answer in a vendor's name. */
static int new_link(
	struct desk *d, const struct work *w, str *link, struct err *e)
{
	str token = rand_token(d->arena, LINK_BYTES);
	struct sql_vendor_link_add_in in = {
		.token_hash = keys_hash(d->arena, d->keys, "link", token),
		.task_id = w->task_id,
		.created_at = desk_now(d),
	};

	*link = post_address(d, "/v/", token);
	return sql_vendor_link_add(d->db, &in, e) < 0 ? -1 : 0;
}

static int write_notice(struct desk *d, const struct telling *t,
	struct vendor_notice *n, struct err *e)
{
	struct post_to to = {
		.address = { n->contact },
		.name = { n->contact_name },
		.task_id = t->w->task_id,
	};
	struct letter_words words;

	if (vendor_notice_check(n, e))
		return -1;
	if (t->w->is_reminder) {
		struct letter_vendor_reminder v = {
			.notice = *n,
			.due_on = date_words(d->arena, n->due_on),
			.asked_on = date_words(d->arena, n->asked_on),
		};

		if (post_sign(d, &v.sign, e))
			return -1;
		words = letters_vendor_reminder(d->arena, LANG_EN, &v);
		return post_put(
			d, &t->r, LETTER_VENDOR_REMINDER, &to, &words, e);
	}
	struct letter_vendor_notice v = {
		.notice = *n,
		.due_on = date_words(d->arena, n->due_on),
		.asked_on = date_words(d->arena, desk_today(d)),
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	words = letters_vendor_notice(d->arena, LANG_EN, &v);
	return post_put(d, &t->r, LETTER_VENDOR_NOTICE, &to, &words, e);
}

/* The same date for a reminder as for the first notice: being reminded gives
 * nobody more time. */
static int mark_asked(struct desk *d, const struct telling *t,
	const struct vendor_notice *n, struct err *e)
{
	struct sql_task_asked_in in = {
		.id = t->w->task_id,
		.at = desk_now(d),
		.due_on = date_iso(d->arena, n->due_on),
	};

	if (t->w->is_reminder)
		return DESK_AUDIT(d, AUDIT_VENDOR_REMINDED, t->r.row.reference,
			e, AD("vendor", t->w->title));
	if (sql_task_asked(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_VENDOR_TOLD, t->r.row.reference, e,
		AD("vendor", t->w->title));
}

static int store_told(struct desk *d, void *ctx, struct err *e)
{
	struct telling *t = ctx;
	struct vendor_notice n = *t->n;
	struct sql_task_by_id_row row;

	if (record_need(d, t->w->reference, &t->r, e) ||
		record_lock(d, &t->r, e))
		return -1;
	if (sql_task_by_id(d->db, d->arena,
		    &(struct sql_task_by_id_in){ t->w->task_id }, &row, e) < 0)
		return -1;
	/* Told, or answered, by a run that lost its lease; or there is nobody
	 * any more to tell about. */
	if (row.done_at || !t->r.seal ||
		(fulfil_was_told(row.asked_at, row.state) &&
			!t->w->is_reminder))
		return 0;
	if (!row.asked_at && str_eq(row.state, STR("asked")))
		return post_again(d, row.id, e);
	if (fulfil_was_told(row.asked_at, row.state)) {
		n.asked_on = date_pacific(row.asked_at);
		must(date_parse(row.due_on, &n.due_on));
	}
	n.reference = reference_show(d->arena, t->w->reference);
	if (new_link(d, t->w, &n.link, e) || write_notice(d, t, &n, e))
		return -1;
	return mark_asked(d, t, &n, e);
}

int fulfil_tell(struct desk *d, const struct work *w,
	const struct vendor_notice *n, struct err *e)
{
	struct telling t = { .w = w, .n = n };

	return desk_write(d, store_told, &t, e);
}
