/*
 * Service providers and contractors that hold data for the business delete and
 * opt out too.  They get what serves and nothing else: a file of hashes of the
 * kinds they receive, of items that matched and that they were not told of, and
 * one letter a look.  Its lines are kept: what was directed is what is proven.
 */
#include "desk/drop_session.h"

#include <sodium.h>
#include <string.h>

#include "base/enc.h"
#include "connect/map.h"
#include "desk/keys.h"
#include "desk/post.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "ident/key.h"
#include "mail/letters.h"
#include "mail/send.h"
#include "store/sql.h"

enum {
	ITEMS_PAGE = 10000,
	FILE_MAX = 1 << 30,
	TOKEN_SIZE = 8 + 32, /* the number, and what proves it */
	KINDS_MAX = 200,
};

/* --- the file --- */

struct filing {
	struct desk *desk;
	int64_t vendor_id;
	struct arena *page; /* of the rows that were just read */
	struct buf csv;
	int64_t rows;
};

static void put_row(struct filing *f, enum drop_list list,
	const struct sql_drop_vendor_rows_row *r)
{
	enum ident_kind kind = drop_list_kind(list);
	uint8_t digest[SHA256_SIZE];

	must(r->id_key.n == IDENT_KEY_SIZE);
	ident_unkey(suppress_keyring(f->desk->suppress), kind,
		(const uint8_t *)r->id_key.p, digest);
	buf_puts(&f->csv, ident_kind_name(kind));
	buf_putc(&f->csv, ',');
	buf_put(&f->csv, base64_of(f->page, digest, sizeof digest));
	buf_puts(&f->csv,
		r->act == DROP_STATUS_DELETED ? ",delete\n" : ",opt-out\n");
	f->rows++;
}

static int put_list(struct filing *f, enum drop_list list, struct err *e)
{
	struct sql_drop_vendor_rows_in in = {
		.vendor_id = f->vendor_id,
		.list = list,
		.first = ITEMS_PAGE,
	};
	struct sql_drop_vendor_rows_rows rows;
	char after[DROP_ID_SIZE];

	do {
		arena_clear(f->page);
		if (sql_drop_vendor_rows(f->desk->db, f->page, &in, &rows, e))
			return -1;
		for (size_t i = 0; i < rows.n; i++)
			put_row(f, list, &rows.at[i]);
		if (!rows.n)
			break;
		must(drop_id_read(rows.at[rows.n - 1].item_id, after));
		in.after = (str){ after, sizeof after };
	} while (rows.n == ITEMS_PAGE);
	return 0;
}

static int put_lists(struct filing *f, struct err *e)
{
	buf_puts(&f->csv, "Kind,Hash,Act\n");
	for (int l = 0; l < DROP_LISTS; l++)
		if (put_list(f, (enum drop_list)l, e))
			return -1;
	if (buf_ok(&f->csv))
		return 0;
	return err_set(e, ERR_LIMIT, "a vendor's file would be too large");
}

static int make_file(struct desk *d, struct arena *a, int64_t vendor_id,
	struct filing *f, struct err *e)
{
	int rc;

	*f = (struct filing){
		.desk = d,
		.vendor_id = vendor_id,
		.page = arena_new(LIMIT_REQUEST_ARENA),
		.csv = buf_in(a, FILE_MAX),
	};
	rc = put_lists(f, e);
	arena_free(f->page);
	return rc;
}

static str sha_of(struct arena *a, const struct filing *f)
{
	unsigned char sha[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sha, (const unsigned char *)f->csv.p, f->csv.n);
	return hex_of(a, sha, sizeof sha);
}

static void end_file(void *arena)
{
	arena_free(arena);
}

/* In an arena of its own: such a file can be large. */
int drop_vendor_file(
	struct desk *d, const struct drop_vendor *v, str *csv, struct err *e)
{
	struct arena *own = arena_new((size_t)2 * FILE_MAX);
	struct filing f;

	arena_defer(d->arena, end_file, own);
	if (make_file(d, own, v->id, &f, e))
		return -1;
	*csv = buf_str(&f.csv);
	return 0;
}

/* --- planning --- */

struct planning {
	const struct drop_pass *pass;
	const struct map_vendor *vendor;
	int64_t id;
	int64_t rows;
	str sha256;
};

static bool receives(const struct map_vendor *v, enum drop_list list)
{
	for (size_t i = 0; i < v->receives_n; i++)
		if (v->receives[i] == drop_list_kind(list))
			return true;
	return false;
}

/* The kinds of the lists that it receives. */
static str kinds_of(struct arena *a, const struct map_vendor *v)
{
	struct buf b = buf_in(a, KINDS_MAX);

	for (int l = 0; l < DROP_LISTS; l++) {
		if (!receives(v, (enum drop_list)l))
			continue;
		buf_puts(&b, b.n ? "," : "");
		buf_puts(
			&b, ident_kind_name(drop_list_kind((enum drop_list)l)));
	}
	return buf_str(&b);
}

/* Killed before, it goes on with the same one.  1, or 0: it was planned before. */
static int begin_plan(
	struct desk *d, struct planning *p, str kinds, struct err *e)
{
	struct sql_drop_vendor_add_in in = {
		.cycle_id = p->pass->cycle_id,
		.pass_id = p->pass->id,
		.vendor = p->vendor->name,
		.title = p->vendor->title,
		.role = str_of(vendor_role_name(p->vendor->role)),
		.kinds = kinds,
		.file = arena_fmt(d->arena, "drop-%lld-%.*s.csv",
			(long long)p->pass->id, STR_ARG(p->vendor->name)),
		.planned_at = desk_now(d),
	};
	struct sql_drop_vendor_of_in of = { p->pass->id, p->vendor->name };
	struct sql_drop_vendor_of_row row;

	if (sql_drop_vendor_add(d->db, &in, e) < 0 ||
		sql_drop_vendor_of(d->db, d->arena, &of, &row, e) != 1)
		return -1;
	p->id = row.id;
	return str_eq(row.state, STR("making"));
}

static int put_page(
	struct desk *d, const struct drop_page *page, void *ctx, struct err *e)
{
	const struct planning *p = ctx;
	struct sql_drop_vendor_row_put_in in = {
		.vendor_id = p->id,
		.vendor = p->vendor->name,
		.pass_id = p->pass->id,
		.list = page->list,
		.after = page->after,
		.upto = page->upto,
	};

	return sql_drop_vendor_row_put(d->db, &in, e) < 0 ? -1 : 0;
}

static int end_plan(struct desk *d, void *ctx, struct err *e)
{
	const struct planning *p = ctx;
	struct sql_drop_vendor_made_in in = { p->id, p->rows, p->sha256 };
	struct sql_drop_vendor_drop_in none = { p->id };
	int64_t n;

	if (!p->rows)
		return sql_drop_vendor_drop(d->db, &none, e) < 0 ? -1 : 0;
	n = sql_drop_vendor_made(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d, AUDIT_DROP_VENDOR_PLANNED, STR(""), e,
		AD("cycle", p->pass->cycle_id), AD("vendor", p->vendor->title),
		AD("rows", p->rows));
}

static int plan_vendor(struct desk *d, struct planning *p, struct err *e)
{
	str kinds = kinds_of(d->arena, p->vendor);
	struct filing f;
	int rc;

	if (!kinds.n)
		return 0;
	rc = begin_plan(d, p, kinds, e);
	if (rc <= 0)
		return rc;
	for (int l = 0; l < DROP_LISTS; l++)
		if (receives(p->vendor, (enum drop_list)l) &&
			drop_pages(d, (enum drop_list)l, put_page, p, e) < 0)
			return -1;
	if (make_file(d, d->arena, p->id, &f, e))
		return -1;
	p->rows = f.rows;
	p->sha256 = sha_of(d->arena, &f);
	return desk_write(d, end_plan, p, e);
}

static int plan_vendors(
	struct desk *d, const struct drop_pass *pass, struct err *e)
{
	struct arena *outer = d->arena;
	struct arena *own = arena_new((size_t)2 * FILE_MAX);
	struct map map;
	int rc;

	d->arena = own;
	rc = map_read(own, d->data_map, &map, e);
	for (size_t i = 0; !rc && i < map.vendors_n; i++) {
		struct planning p = {
			.pass = pass,
			.vendor = &map.vendors[i],
		};

		if (p.vendor->role != ROLE_THIRD_PARTY)
			rc = plan_vendor(d, &p, e);
	}
	d->arena = outer;
	arena_free(own);
	return rc;
}

int drop_vendors_plan(
	struct desk *d, const struct drop_pass *pass, struct err *e)
{
	struct sql_drop_pass_decides_in in = { pass->id };
	struct sql_drop_pass_decides_row row;

	if (sql_drop_pass_decides(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n ? plan_vendors(d, pass, e) : 0;
}

/* --- the link --- */

static void prove(
	struct desk *d, const unsigned char number[8], unsigned char out[32])
{
	unsigned char key[KEY_SIZE];

	keys_subkey(d->keys, "drop vendor link", key);
	crypto_generichash(out, 32, number, 8, key, KEY_SIZE);
	sodium_memzero(key, sizeof key);
}

str drop_vendor_token(struct desk *d, int64_t id)
{
	unsigned char token[TOKEN_SIZE];

	for (int i = 0; i < 8; i++)
		token[i] = (unsigned char)((uint64_t)id >> (8 * i));
	prove(d, token, token + 8);
	return base64url_of(d->arena, token, sizeof token);
}

static bool read_token(struct desk *d, str token, int64_t *id)
{
	unsigned char right[32];
	uint64_t n = 0;
	str bytes;

	if (token.n > 100 || !base64url_read(d->arena, token, &bytes) ||
		bytes.n != TOKEN_SIZE)
		return false;
	prove(d, (const unsigned char *)bytes.p, right);
	if (sodium_memcmp(right, bytes.p + 8, sizeof right))
		return false;
	for (int i = 0; i < 8; i++)
		n |= (uint64_t)(unsigned char)bytes.p[i] << (8 * i);
	*id = (int64_t)n;
	return true;
}

str drop_vendor_reference(struct arena *a, int64_t id)
{
	return arena_fmt(a, "DROP-%lld", (long long)id);
}

static int read_vendor(
	struct desk *d, int64_t id, struct drop_vendor *out, struct err *e)
{
	struct sql_drop_vendor_by_id_in in = { id };
	struct sql_drop_vendor_by_id_row r;
	int rc = sql_drop_vendor_by_id(d->db, d->arena, &in, &r, e);

	if (rc <= 0)
		return rc;
	*out = (struct drop_vendor){
		.id = r.id,
		.pass_id = r.pass_id,
		.vendor = r.vendor,
		.title = r.title,
		.role = r.role,
		.kinds = r.kinds,
		.rows = r.row_count,
		.file = r.file,
		.sha256 = r.sha256,
		.state = r.state,
		.planned_at = r.planned_at,
		.asked_at = r.asked_at,
		.opened_at = r.opened_at,
		.answered_at = r.answered_at,
		.answered_rows = r.answered_rows,
		.reason = r.reason,
	};
	out->is_late = date_parse(r.due_on, &out->due_on) && !r.answered_at &&
		       date_cmp(out->due_on, desk_today(d)) < 0;
	return 1;
}

/* A link that is older than its time opens nothing. */
int drop_vendor_open(
	struct desk *d, str token, struct drop_vendor *out, struct err *e)
{
	struct sql_drop_vendor_opened_in opened = { .at = desk_now(d) };
	int64_t oldest = desk_now(d) - LIMIT_VENDOR_LINK_DAYS * 86400000LL;
	int64_t id;
	int rc;

	if (!read_token(d, token, &id))
		return 0;
	rc = read_vendor(d, id, out, e);
	if (rc <= 0)
		return rc;
	if (!out->asked_at || out->asked_at < oldest)
		return 0;
	opened.id = id;
	return sql_drop_vendor_opened(d->db, &opened, e) < 0 ? -1 : 1;
}

/* Who has answered needs it no more. */
int drop_vendor_take(struct desk *d, str token, struct drop_vendor *out,
	str *csv, struct err *e)
{
	int rc = drop_vendor_open(d, token, out, e);

	if (rc <= 0)
		return rc;
	if (!out->answered_at)
		return drop_vendor_file(d, out, csv, e) ? -1 : 1;
	err_set(e, ERR_CONFLICT, "the file is not handed out after the answer");
	return err_hint(e, "ask who sent you the link, if you still need it");
}

/* --- telling --- */

struct told {
	const struct sql_drop_vendor_waiting_row *row;
	struct date due_on;
};

static int store_told(struct desk *d, void *ctx, struct err *e)
{
	const struct told *t = ctx;
	struct sql_drop_vendor_asked_in in = {
		.id = t->row->id,
		.at = desk_now(d),
		.due_on = date_iso(d->arena, t->due_on),
	};
	int64_t n = sql_drop_vendor_asked(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d, AUDIT_DROP_VENDOR_TOLD, STR(""), e,
		AD("cycle", t->row->cycle_id), AD("vendor", t->row->title));
}

/* The same letter each time: sent again after a crash, it is known as one. */
static int letter_of(struct desk *d,
	const struct sql_drop_vendor_waiting_row *r, const struct map_vendor *v,
	struct letter *out, struct err *e)
{
	struct letter_drop_vendor x = {
		.vendor = r->title,
		.duty = vendor_duty(VENDOR_ACT_DELETE, v->role),
		.reference = drop_vendor_reference(d->arena, r->id),
		.due_on =
			date_words(d->arena, date_add(desk_today(d), v->days)),
		.rows = (int)r->row_count,
		.link = post_address(
			d, "/v/drop/", drop_vendor_token(d, r->id)),
	};
	struct letter_words words;
	struct settings s;
	str from, local, host;

	if (settings_load(d, &s, e) || post_from(d, &from, e) ||
		post_sign(d, &x.sign, e))
		return -1;
	if (!str_cut(from, '@', &local, &host)) {
		err_set(e, ERR_UNAVAILABLE,
			"there is no address to send letters from");
		return err_hint(e, "set one: `toyon setting contact_email "
				   "privacy@example.com`");
	}
	words = letters_drop_vendor(d->arena, LANG_EN, &x);
	*out = (struct letter){
		.to = { v->email },
		.from = from,
		.from_name = s.business_name,
		.subject = words.subject,
		.text = words.text,
		.message_id = arena_fmt(d->arena, "%lld.drop.%lld@%.*s",
			(long long)r->planned_at, (long long)r->id,
			STR_ARG(host)),
		.reference = x.reference,
		.at = r->planned_at,
	};
	return 0;
}

static int tell_one(struct desk *d, const struct map *map,
	const struct mail_way *way,
	const struct sql_drop_vendor_waiting_row *row, struct err *e)
{
	const struct map_vendor *v = map_vendor_named(map, row->vendor);
	struct told t = { .row = row };
	struct letter letter;

	if (!v)
		return err_set(e, ERR_CONFLICT,
			"the data map has no vendor \"%.*s\" any more",
			STR_ARG(row->vendor));
	t.due_on = date_add(desk_today(d), v->days);
	if (letter_of(d, row, v, &letter, e) ||
		mail_deliver(d->arena, way, &letter, e))
		return -1;
	return desk_write(d, store_told, &t, e);
}

int drop_tell(struct desk *d, const struct install *in, size_t *told,
	str *problem, struct err *e)
{
	struct sql_drop_vendor_waiting_rows rows;
	struct mail_way way;
	struct map map;

	*told = 0;
	*problem = STR("");
	if (sql_drop_vendor_waiting(d->db, d->arena, &rows, e))
		return -1;
	if (!rows.n)
		return 0;
	if (map_read(d->arena, d->data_map, &map, e) ||
		post_way(d->arena, in, &way, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct err why = { 0 };
		struct sql_drop_vendor_problem_in in_row = { rows.at[i].id,
			STR("") };

		if (!tell_one(d, &map, &way, &rows.at[i], &why)) {
			++*told;
			continue;
		}
		in_row.problem = arena_fmt(d->arena, "%s", why.message);
		if (!problem->n)
			*problem = in_row.problem;
		if (sql_drop_vendor_problem(d->db, &in_row, e) < 0)
			return -1;
	}
	return 0;
}

/* --- its answer --- */

struct answering {
	int64_t id;
	int64_t cycle_id;
	str title;
	const struct drop_vendor_reply *reply;
};

static int store_answer(struct desk *d, void *ctx, struct err *e)
{
	const struct answering *x = ctx;
	struct sql_drop_vendor_answered_in in = {
		.id = x->id,
		.state = x->reply->answer,
		.at = desk_now(d),
		.answered_by = desk_actor(d),
		.answered_rows = x->reply->rows,
		.reason = x->reply->reason,
	};
	int64_t n = sql_drop_vendor_answered(d->db, &in, e);

	if (n <= 0) /* answered before: the first answer stands */
		return (int)n;
	return DESK_AUDIT(d, AUDIT_DROP_VENDOR_ANSWERED, STR(""), e,
		AD("cycle", x->cycle_id), AD("vendor", x->title),
		AD("answer", x->reply->answer));
}

static void check_reply(const struct drop_vendor_reply *r, struct problems *ps)
{
	if (!str_eq(r->answer, STR("deleted")) &&
		!str_eq(r->answer, STR("nothing")) &&
		!str_eq(r->answer, STR("kept")))
		problem_add(ps, "answer", "unknown",
			"Say that it is deleted, that nothing was found, or "
			"that you must keep something.");
	if (str_eq(r->answer, STR("kept")) && !str_trim(r->reason).n)
		problem_add(
			ps, "reason", "missing", "Say why you must keep it.");
	if (r->reason.n > LIMIT_NOTE_BYTES || !str_is_text(r->reason))
		problem_add(ps, "reason", "long", "The reason is too long.");
	if (r->rows < 0)
		problem_add(ps, "rows", "number", "Give a number of records.");
}

/* A vendor by its link, or staff who were told otherwise. */
int drop_vendor_reply(struct desk *d, int64_t id,
	const struct drop_vendor_reply *r, struct problems *ps, struct err *e)
{
	struct answering x = { .id = id, .reply = r };
	struct sql_drop_vendor_by_id_in in = { id };
	struct sql_drop_vendor_by_id_row row;
	int rc;

	if (d->actor.kind != ACTOR_VENDOR && desk_need(d, PERM_DROP, e))
		return -1;
	check_reply(r, ps);
	if (ps->n)
		return 0;
	rc = sql_drop_vendor_by_id(d->db, d->arena, &in, &row, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no direction %lld",
			(long long)id);
	x.cycle_id = row.cycle_id;
	x.title = row.title;
	return desk_write(d, store_answer, &x, e);
}

int drop_vendor_answer(struct desk *d, str token,
	const struct drop_vendor_reply *r, struct problems *ps, struct err *e)
{
	struct drop_vendor v;
	int rc = drop_vendor_open(d, token, &v, e);

	if (rc <= 0)
		return rc;
	d->actor = (struct actor){ .kind = ACTOR_VENDOR, .name = v.vendor };
	return drop_vendor_reply(d, v.id, r, ps, e) ? -1 : 1;
}
