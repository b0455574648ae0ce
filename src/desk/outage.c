/*
 * A look takes seconds and stands outside of every transaction; so does the mail
 * server.  What was found is stored before anybody is told.
 */
#include "desk/outage.h"

#include "base/buf.h"
#include "desk/config.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/public.h"
#include "mail/letter.h"
#include "mail/letters.h"
#include "mail/send.h"
#include "store/sql.h"

/* What one look finds may be a restart; it takes two (sql/outage.sql, outage_open). */
enum { SURE_LOOKS = 2 };
enum { PROBLEM_MAX = 8 << 10, MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS };

int outage_open(struct desk *d, struct outage *out, struct err *e)
{
	struct sql_outage_open_row row;
	int rc = sql_outage_open(d->db, d->arena, &row, e);

	if (rc > 0)
		*out = (struct outage){
			.from_at = row.from_at,
			.last_at = row.last_at,
			.told_at = row.told_at,
			.checks = row.checks,
			.problem = row.problem,
		};
	return rc;
}

/* --- what a look found --- */

struct noting {
	str checks; /* empty: all is well */
	str problem;
	struct sql_outage_note_row row;
};

static void fill_noting(
	struct desk *d, const struct public_findings *f, struct noting *out)
{
	struct buf checks = buf_in(d->arena, PROBLEM_MAX);
	struct buf problem = buf_in(d->arena, PROBLEM_MAX);

	for (size_t i = 0; i < f->n; i++) {
		const struct public_finding *one = &f->at[i];

		if (!one->is_outage)
			continue;
		buf_fmt(&checks, "%s%s", buf_str(&checks).n ? ", " : "",
			one->check);
		buf_fmt(&problem, "%s- %s: %.*s",
			buf_str(&problem).n ? "\n" : "", one->check,
			STR_ARG(one->text));
		if (one->hint.n)
			buf_fmt(&problem, " (%.*s)", STR_ARG(one->hint));
	}
	out->checks = buf_str(&checks);
	out->problem = buf_str(&problem);
}

static int store_over(struct desk *d, struct err *e)
{
	struct sql_outage_over_in in = { .at = desk_now(d) };
	struct outage open;
	int rc = outage_open(d, &open, e);

	if (rc < 0 || sql_outage_over(d->db, &in, e) < 0)
		return -1;
	if (!rc)
		return 0;
	return DESK_AUDIT(d, AUDIT_PUBLIC_OVER, STR(""), e,
		AD("checks", open.checks),
		AD("minutes", (in.at - open.from_at) / MINUTE_MS));
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	struct noting *n = ctx;
	struct sql_outage_note_in in = {
		.at = desk_now(d),
		.checks = n->checks,
		.problem = n->problem,
	};

	if (!n->checks.n)
		return store_over(d, e);
	if (sql_outage_note(d->db, d->arena, &in, &n->row, e) < 0)
		return -1;
	if (n->row.looks != SURE_LOOKS)
		return 0;
	return DESK_AUDIT(
		d, AUDIT_PUBLIC_BROKEN, STR(""), e, AD("checks", n->checks));
}

/* --- telling --- */

static bool is_to_tell(const struct sql_outage_note_row *row)
{
	if (row->looks < SURE_LOOKS)
		return false;
	if (row->told_at)
		return row->last_at - row->told_at >=
		       LIMIT_OUTAGE_AGAIN_HOURS * (int64_t)HOUR_MS;
	return row->last_at - row->from_at >=
	       LIMIT_OUTAGE_MINUTES * (int64_t)MINUTE_MS;
}

static int letter_of(struct desk *d, const struct noting *n, struct letter *out,
	struct err *e)
{
	struct letter_public_outage v = {
		.address = post_address(d, "/", STR("")),
		.from = instant_words_year(d->arena, n->row.from_at),
		.looks = (int)n->row.looks,
		.problem = n->problem,
	};
	struct letter_words words;

	*out = (struct letter){ .at = desk_now(d) };
	if (post_sign(d, &v.sign, e) || post_from(d, &out->from, e))
		return -1;
	if (!out->from.n)
		return err_set(e, ERR_UNAVAILABLE,
			"there is no address to send letters from");
	words = letters_public_outage(d->arena, LANG_EN, &v);
	out->from_name = v.sign.business;
	out->subject = words.subject;
	out->text = words.text;
	return 0;
}

/* To each of this role; *told counts them.  An address that no server takes keeps nobody
 * else from hearing of it. */
static int tell_role(struct desk *d, const struct mail_way *way,
	struct letter *l, const char *role, int64_t *told, struct err *e)
{
	struct sql_staff_list_rows staff;
	bool is_failed = false;

	if (sql_staff_list(d->db, d->arena, &staff, e))
		return -1;
	for (size_t i = 0; i < staff.n; i++) {
		const struct sql_staff_list_row *s = &staff.at[i];

		if (s->disabled_at || !str_eq(s->role, str_of(role)))
			continue;
		l->to = (personal){ s->email };
		l->message_id = letter_message_id(d->arena, l->at, l->from);
		if (mail_deliver(d->arena, way, l, e))
			is_failed = true;
		else
			++*told;
	}
	if (is_failed && !*told)
		return -1;
	(void)err_none(e);
	return 0;
}

struct telling {
	int64_t id;
	int64_t count;
};

static int store_told(struct desk *d, void *ctx, struct err *e)
{
	const struct telling *t = ctx;
	struct sql_outage_told_in in = { t->id, desk_now(d) };

	if (sql_outage_told(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_PUBLIC_TOLD, STR(""), e, AD("count", t->count));
}

static int tell(struct desk *d, const struct install *in,
	const struct noting *n, struct err *e)
{
	struct telling t = { .id = n->row.id };
	struct letter letter;
	struct mail_way way;

	if (letter_of(d, n, &letter, e) || post_way(d->arena, in, &way, e) ||
		tell_role(d, &way, &letter, "officer", &t.count, e))
		return -1;
	if (!t.count && tell_role(d, &way, &letter, "owner", &t.count, e))
		return -1;
	return desk_write(d, store_told, &t, e);
}

static int look_minutes(const struct noting *n)
{
	if (!n->checks.n)
		return LIMIT_LOOK_MINUTES;
	return n->row.looks < SURE_LOOKS ? LIMIT_LOOK_SURE_MINUTES
					 : LIMIT_LOOK_AGAIN_MINUTES;
}

int outage_step(struct desk *d, const struct install *in, int64_t *again_ms,
	struct err *e)
{
	struct public_findings *found =
		arena_one(d->arena, struct public_findings);
	struct noting n = { .checks = STR("") };
	struct settings s;

	*again_ms = 0;
	if (!d->config->base_url.n)
		return desk_write(d, store, &n, e);
	if (settings_load(d, &s, e))
		return -1;
	public_look(d->arena, in, &s, found);
	fill_noting(d, found, &n);
	if (desk_write(d, store, &n, e))
		return -1;
	*again_ms = look_minutes(&n) * (int64_t)MINUTE_MS;
	return n.checks.n && is_to_tell(&n.row) ? tell(d, in, &n, e) : 0;
}
