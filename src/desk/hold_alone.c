/*
 * Holds that stand alone: the direction of an agency about somebody who asked for
 * nothing.  Who it is stands sealed with the hold, since there is no case.
 */
#include "desk/hold_row.h"

#include "base/buf.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/record.h"
#include "desk/suppress.h"
#include "ident/key.h"
#include "law/reference.h"

enum {
	KEEP_MONTHS = 24, /* as the record of a request (11 CCR 7101(a)) */
	FORGET_AT_ONCE = 200,
	WHO_MAX = LIMIT_HOLD_IDENTIFIERS * (IDENT_TEXT_MAX + 20),
};

static const str label = STR_INIT("hold");
static const str identifier_label = STR_INIT("hold identifier");

/* --- look --- */

static personal words_of(struct arena *a, const struct hold_idents *ids)
{
	struct buf b = buf_in(a, WHO_MAX);

	for (size_t i = 0; i < ids->n; i++)
		buf_fmt(&b, "%s%s %.*s", i ? ", " : "",
			ident_kind_name(ids->at[i].kind), (int)ids->at[i].n,
			ids->at[i].text);
	must(buf_ok(&b));
	return (personal){ buf_str(&b) };
}

static int read_alone(struct desk *d, const struct sql_hold_on_row *r,
	struct hold_line *out, struct err *e)
{
	struct hold_idents ids;

	if (hold_idents(d, &(struct hold_ref){ .id = r->id }, &ids, e) ||
		seal_get(d->arena, hold_seal(d), label, r->sealed, &out->order,
			e))
		return -1;
	out->who = words_of(d->arena, &ids);
	return 0;
}

static int read_line(struct desk *d, const struct sql_hold_on_row *r,
	struct hold_line *out, struct err *e)
{
	*out = (struct hold_line){
		.id = r->id,
		.placed_on = date_pacific(r->placed_at),
		.renewals = (int)r->renewals,
	};
	must(date_parse(r->until_on, &out->until));
	out->renew_until = hold_last_day(out->until);
	if (!r->request_id)
		return read_alone(d, r, out, e);
	out->reference = reference_show(d->arena, r->reference);
	return 0;
}

int holds_on(struct desk *d, struct holds *out, struct err *e)
{
	struct sql_hold_on_in in = { LIMIT_HOLDS_SHOWN };
	struct sql_hold_on_rows rows;

	if (desk_need(d, PERM_HOLD, e) ||
		sql_hold_on(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct hold_line, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (read_line(d, &rows.at[i], &out->at[i], e))
			return -1;
	return 0;
}

bool hold_takes(enum ident_kind kind)
{
	return kind == IDENT_EMAIL || kind == IDENT_PHONE ||
	       kind == IDENT_MAID || kind == IDENT_CTVID || kind == IDENT_VIN ||
	       kind == IDENT_ACCOUNT;
}

struct date hold_until(struct desk *d)
{
	return hold_last_day(desk_today(d));
}

/* --- place --- */

struct placing {
	const struct ident *at;
	size_t n;
	str order;
	int64_t id;
};

static void check_wish(struct desk *d, const struct hold_wish *w,
	struct placing *p, struct problems *ps)
{
	struct ident *at = arena_many(d->arena, struct ident, w->n);

	for (size_t i = 0; i < w->n; i++) {
		enum ident_kind kind = w->at[i].kind;
		enum ident_fault fault = ident_read(
			&at[p->n], IDENT_TOYON_1, kind, w->at[i].value.v);

		if (fault)
			problem_add(ps, ident_kind_name(kind), "unreadable",
				ident_fault_text(fault));
		else
			p->n++;
	}
	if (!w->n || w->n > LIMIT_HOLD_IDENTIFIERS)
		problem_add(ps, ident_kind_name(IDENT_EMAIL), "missing",
			w->n ? "Those are too many for one hold"
			     : "Write an identifier that the order names");
	p->at = at;
	p->order = str_trim(w->order);
	note_check(p->order, "order",
		"Write which agency it is and its case number", ps);
}

static int put_identifiers(
	struct desk *d, const struct placing *p, struct err *e)
{
	struct seal *seal = hold_seal(d);

	for (size_t i = 0; i < p->n; i++) {
		const struct ident *id = &p->at[i];
		uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
		struct sql_hold_identifier_add_in in = {
			.hold_id = p->id,
			.kind = str_of(ident_kind_name(id->kind)),
			.id_key = { (const char *)key, sizeof key },
			.sealed = seal_put(d->arena, seal, identifier_label,
				(str){ id->text, id->n }),
		};

		ident_digest(id, digest);
		ident_key(suppress_keyring(d->suppress), id->kind, digest, key);
		if (sql_hold_identifier_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int place(struct desk *d, void *ctx, struct err *e)
{
	struct placing *p = ctx;
	struct sql_hold_add_in in = { .placed_at = desk_now(d) };
	struct sql_hold_add_row row;
	struct date until = hold_last_day(desk_today(d));

	in.until_on = date_iso(d->arena, until);
	in.sealed = seal_put(d->arena, hold_seal(d), label, p->order);
	if (sql_hold_add(d->db, d->arena, &in, &row, e) != 1)
		return -1;
	p->id = row.id;
	if (put_identifiers(d, p, e) ||
		hold_say(d, &(struct hold_ref){ .id = row.id }, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_HOLD_PLACED, STR(""), e, AD("until", in.until_on));
}

int hold_place(struct desk *d, const struct hold_wish *w, int64_t *id,
	struct problems *ps, struct err *e)
{
	struct placing p = { .n = 0 };

	if (desk_need(d, PERM_HOLD, e))
		return -1;
	check_wish(d, w, &p, ps);
	if (ps->n)
		return 0;
	if (desk_write(d, place, &p, e))
		return -1;
	*id = p.id;
	return 0;
}

/* --- renew, lift --- */

struct changing {
	int64_t id;
	str order;
	struct sql_hold_by_id_row row;
};

static int open_alone(struct desk *d, struct changing *c, struct err *e)
{
	struct sql_hold_by_id_in in = { c->id };
	int rc = sql_hold_by_id(d->db, d->arena, &in, &c->row, e);

	if (rc < 0)
		return -1;
	if (rc && !c->row.request_id)
		return 0;
	err_set(e, ERR_NOT_FOUND, "no hold %lld that stands alone is on",
		(long long)c->id);
	return err_hint(e, "`toyon hold list` shows those that are on; one "
			   "with a case is changed there");
}

struct looking {
	struct changing c;
	struct hold_line *out;
	bool is_revealed;
};

static int look(struct desk *d, void *ctx, struct err *e)
{
	struct looking *l = ctx;
	const struct sql_hold_by_id_row *r = &l->c.row;

	if (open_alone(d, &l->c, e) ||
		read_line(d,
			&(struct sql_hold_on_row){ .id = r->id,
				.placed_at = r->placed_at,
				.until_on = r->until_on,
				.renewals = r->renewals,
				.sealed = r->sealed },
			l->out, e))
		return -1;
	if (l->is_revealed)
		return DESK_AUDIT(
			d, AUDIT_HOLD_SEEN, STR(""), e, AD("id", r->id));
	l->out->who.v = STR("");
	return 0;
}

int hold_line_of(
	struct desk *d, int64_t id, struct hold_line *out, struct err *e)
{
	struct looking l = { .c = { .id = id }, .out = out };

	return desk_need(d, PERM_HOLD, e) ? -1 : look(d, &l, e);
}

int hold_reveal(
	struct desk *d, int64_t id, struct hold_line *out, struct err *e)
{
	struct looking l = { { .id = id }, out, true };

	if (desk_need(d, PERM_HOLD, e))
		return -1;
	return desk_write(d, look, &l, e);
}

static int renew(struct desk *d, void *ctx, struct err *e)
{
	struct changing *c = ctx;
	struct sql_hold_renew_in in = { .id = c->id };
	struct date was, until;

	if (open_alone(d, c, e))
		return -1;
	must(date_parse(c->row.until_on, &was));
	until = hold_last_day(was);
	in.until_on = date_iso(d->arena, until);
	in.sealed = seal_put(d->arena, hold_seal(d), label, c->order);
	if (sql_hold_renew(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_HOLD_RENEWED, STR(""), e, AD("until", in.until_on));
}

int hold_renew(struct desk *d, int64_t id, str order, struct problems *ps,
	struct err *e)
{
	struct changing c = { .id = id, .order = str_trim(order) };

	if (desk_need(d, PERM_HOLD, e))
		return -1;
	note_check(c.order, "order",
		"Write which agency it is and its case number", ps);
	return ps->n ? 0 : desk_write(d, renew, &c, e);
}

static int lift(struct desk *d, void *ctx, struct err *e)
{
	struct changing *c = ctx;

	if (open_alone(d, c, e))
		return -1;
	return hold_end(d, &(struct hold_ref){ .id = c->id }, "staff lifted it",
		       e) < 0
		       ? -1
		       : 0;
}

int hold_lift(struct desk *d, int64_t id, struct err *e)
{
	struct changing c = { .id = id };

	if (desk_need(d, PERM_HOLD, e))
		return -1;
	return desk_write(d, lift, &c, e);
}

/* --- forgetting --- */

static int forget(struct desk *d, void *ctx, struct err *e)
{
	struct date before = date_add_months(desk_today(d), -KEEP_MONTHS);
	struct sql_hold_spent_in in = { pacific_midnight_ms(before),
		FORGET_AT_ONCE };
	struct sql_hold_spent_rows rows;
	int64_t *n = ctx;

	if (sql_hold_spent(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct sql_hold_forget_in order = { rows.at[i].id, STR("") };
		struct sql_hold_identifiers_forget_in ids = { rows.at[i].id };

		if (sql_hold_forget(d->db, &order, e) < 0 ||
			sql_hold_identifiers_forget(d->db, &ids, e) < 0)
			return -1;
	}
	*n = (int64_t)rows.n;
	return 0;
}

int hold_forget(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, forget, n, e);
}
