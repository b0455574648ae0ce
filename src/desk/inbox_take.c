/*
 * What the worker does with email that came: out of the Maildir into the record, and
 * once to each sender how to make a request.
 */
#include "base/enc.h"
#include "desk/config.h"
#include "desk/inbox.h"
#include "desk/inbox_row.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/setting.h"
#include "law/deadline.h"
#include "mail/letters.h"
#include "mail/maildir.h"
#include "mail/send.h"
#include "words/words.h"

enum { DAY_S = 86400, HOUR_S = 3600, DAY_MS = 86400000 };

/* --- taken --- */

struct taking {
	const struct maildir_file *file;
	struct received email;
	str from; /* of our letters */
	bool is_new;
};

/* Files have their time from whoever delivered them; none is of the future. */
static int64_t received_at(struct desk *d, const struct maildir_file *f)
{
	return f->at > 0 && f->at < desk_now(d) ? f->at : desk_now(d);
}

/* 1: within its bounds; 0: there were more; -1. */
static int is_within(int rc, const struct err *e)
{
	return !rc ? 1 : e->code == ERR_TOO_MANY ? 0 : -1;
}

/* Whether the sender is told: nobody gets letters without end that they did not ask for,
 * whoever writes their address into an email. */
static int is_told(struct desk *d, const struct taking *t, struct err *e)
{
	const struct received *m = &t->email;
	int64_t age = desk_now(d) - received_at(d, t->file);
	int rc;

	if (m->is_automatic || !m->from.v.n ||
		str_eq_nocase(m->from.v, t->from) ||
		age > LIMIT_INBOX_REPLY_DAYS * (int64_t)DAY_MS)
		return 0;
	rc = is_within(desk_limit(d, "inbox-to", m->from.v, 1, DAY_S, e), e);
	return rc <= 0 ? rc
		       : is_within(desk_limit(d, "inbox-all", STR(""),
					   LIMIT_INBOX_REPLIES_HOUR, HOUR_S, e),
				 e);
}

static str digest_of(struct desk *d, str bytes)
{
	str hash = keys_hash(d->arena, d->keys, "inbox", bytes);

	return hex_of(d->arena, hash.p, hash.n);
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	struct taking *t = ctx;
	struct sql_inbox_add_in in = {
		.digest = digest_of(d, t->file->bytes),
		.received_at = received_at(d, t->file),
		.taken_at = desk_now(d),
		.reply_id = letter_message_id(d->arena, desk_now(d), t->from),
	};
	struct deadlines days;
	struct err ignored = { 0 };
	int told = is_told(d, t, &ignored);
	int64_t n;

	if (told < 0) {
		*e = ignored;
		return -1;
	}
	in.reply = told ? STR("waits") : STR("none");
	if (deadlines_of(KIND_DELETE, date_pacific(in.received_at), &days, e))
		return -1;
	in.confirm_by = date_iso(d->arena, days.confirm_by.on);
	in.sealed = inbox_seal(d, &t->email, &in.wrapped_key);
	n = sql_inbox_add(d->db, &in, e);
	t->is_new = n > 0;
	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d, AUDIT_INBOX_CAME, STR(""), e,
		AD("day", date_iso(d->arena, date_pacific(in.received_at))));
}

/* Stored first, then marked: whatever happens in between, it is taken once. */
static int take(
	struct desk *d, struct maildir *m, struct taking *t, struct err *e)
{
	received_read(d->arena, t->file->bytes, &t->email);
	return desk_write(d, store, t, e) || maildir_seen(m, t->file, e) ? -1
									 : 0;
}

static int check_passed(const struct maildir *m, struct err *e)
{
	int n = maildir_passed(m);

	if (!n)
		return 0;
	err_set(e, ERR_UNAVAILABLE, "%d emails of the Maildir cannot be read",
		n);
	return err_hint(e, "let this user read the files in its folder new");
}

int inbox_take(
	struct desk *d, const char *maildir, size_t *taken, struct err *e)
{
	struct maildir_file file;
	struct maildir *m;
	int rc = 1;
	str from;

	*taken = 0;
	if (post_from(d, &from, e) || maildir_open(d->arena, maildir, &m, e))
		return -1;
	for (int n = 0; n < LIMIT_INBOX_AT_ONCE; n++) {
		struct taking t = { .file = &file, .from = from };

		rc = maildir_next(m, d->arena, LIMIT_INBOX_BYTES, &file, e);
		if (rc <= 0)
			break;
		if (take(d, m, &t, e))
			return -1;
		*taken += t.is_new;
	}
	return rc < 0 ? -1 : check_passed(m, e);
}

/* --- told --- */

struct replying {
	const struct sql_inbox_replies_row *row;
	const char *reply; /* sent, failed */
};

static int store_reply(struct desk *d, void *ctx, struct err *e)
{
	const struct replying *r = ctx;
	struct sql_inbox_replied_in in = { r->row->id, str_of(r->reply) };
	int64_t n = sql_inbox_replied(d->db, &in, e);
	bool is_sent = str_eq(in.reply, STR("sent"));

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d,
		is_sent ? AUDIT_INBOX_ANSWERED : AUDIT_INBOX_UNANSWERED,
		STR(""), e,
		AD("day",
			date_iso(d->arena, date_pacific(r->row->received_at))));
}

/* Nobody knows which language who wrote reads best: in each that is offered (11 CCR
 * 7003(b)). */
static struct letter_words words_of(struct desk *d, const struct settings *s,
	struct letter_inbox *v, struct date came)
{
	struct letter_words all = { .subject = { 0 } };

	for (int l = 0; l < LANGS; l++) {
		struct letter_words w;

		if (!(settings_languages(s) & (1U << l)))
			continue;
		v->day = words_date(d->arena, (enum lang)l, came);
		v->link = post_link(d, (enum lang)l, "/", STR(""));
		w = letters_inbox(d->arena, (enum lang)l, v);
		if (all.subject.n)
			w.text.v = arena_fmt(d->arena, "%.*s\n\n* * *\n\n%.*s",
				STR_ARG(all.text.v), STR_ARG(w.text.v));
		all.text = w.text;
		if (!all.subject.n)
			all.subject = w.subject;
	}
	return all;
}

static int write_reply(struct desk *d, const struct sql_inbox_replies_row *row,
	struct letter *out, struct err *e)
{
	struct letter_inbox v = { .sells = false };
	struct letter_words words;
	struct received m;
	struct settings s;

	if (settings_load(d, &s, e) || post_sign(d, &v.sign, e) ||
		post_from(d, &out->from, e) ||
		inbox_unseal(d, row->wrapped_key, row->sealed, &m, e))
		return -1;
	if (!out->from.n)
		return err_set(e, ERR_UNAVAILABLE,
			"there is no address to send letters from");
	v.sells = config_flag(s.sells);
	words = words_of(d, &s, &v, date_pacific(row->received_at));
	out->to = m.from;
	out->from_name = s.business_name;
	out->subject = words.subject;
	out->text = words.text;
	out->message_id = row->reply_id;
	out->at = row->taken_at;
	return 0;
}

/* 1: sent; 0: no server will ever take it, and it is given up; -1: not now. */
static int reply(struct desk *d, const struct mail_way *way,
	const struct sql_inbox_replies_row *row, struct err *e)
{
	struct replying r = { row, "sent" };
	struct letter letter = { .at = 0 };

	if (write_reply(d, row, &letter, e))
		return -1;
	if (mail_deliver(d->arena, way, &letter, e)) {
		if (e->code != ERR_INVALID)
			return -1;
		r.reply = "failed";
	}
	return desk_write(d, store_reply, &r, e)
		       ? -1
		       : str_eq(str_of(r.reply), STR("sent"));
}

int inbox_reply(
	struct desk *d, const struct mail_way *way, size_t *sent, struct err *e)
{
	struct sql_inbox_replies_in in = { LIMIT_INBOX_AT_ONCE };
	struct sql_inbox_replies_rows rows;

	*sent = 0;
	if (sql_inbox_replies(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = reply(d, way, &rows.at[i], e);

		if (rc < 0)
			return -1;
		*sent += (size_t)rc;
	}
	return 0;
}
