/* The ledger of what went to whom: entered before it goes, asked afterwards. */
#include "desk/disclosure.h"

#include <string.h>

#include "base/base.h"
#include "connect/map.h"
#include "desk/disclosure_members.h"
#include "desk/limit.h"
#include "desk/notice_use.h"
#include "desk/suppress.h"
#include "store/sql.h"

enum { PAGE = 500, NEAR_EDITS = 4 };

/* --- whom, what for --- */

static int unknown_vendor(const struct map *m, str name, struct err *e)
{
	const struct map_vendor *near = NULL;
	int best = NEAR_EDITS;

	for (size_t i = 0; i < m->vendors_n; i++) {
		int edits = str_edits(name, m->vendors[i].name);

		if (edits < best) {
			best = edits;
			near = &m->vendors[i];
		}
	}
	err_set(e, ERR_NOT_FOUND, "the data map has no vendor \"%.*s\"",
		STR_ARG(str_head(name, 60)));
	if (near)
		return err_hint(e, "did you mean %.*s?", STR_ARG(near->name));
	return err_hint(e, "add who gets the list to the data map's vendors");
}

static bool is_purpose(str s)
{
	return str_trim(s).n && s.n <= LIMIT_PURPOSE_BYTES && str_is_text(s) &&
	       !str_has(s, '\n') && !str_has(s, '\r') && !str_has(s, '\t');
}

static const char *said_as(const struct notice_use *u)
{
	if (u->is_disclosed)
		return "disclosed";
	return u->use == USE_SALE ? "sold" : "shared";
}

static int hint_untold(const struct map_vendor *v, struct err *e)
{
	enum law_standing s = map_vendor_standing(v);

	if (standing_is_in_doubt(s))
		return err_hint(e, "%.*s %s (%s): mend that in the data map",
			STR_ARG(v->name), standing_row(s)->told,
			standing_row(s)->citation);
	return err_hint(
		e, "toyon notice diff policy; toyon notice publish policy");
}

/* Nobody was told that it goes there for this: then it does not (11 CCR 7002). */
static int refuse_untold(
	struct desk *d, const struct map_vendor *v, str purpose, struct err *e)
{
	struct notice_use u = notice_use_of(v);
	enum notice_silence silence;

	u.purpose = purpose;
	if (notice_silence(d, &u, desk_today(d), &silence, e))
		return -1;
	if (!notice_is_against(silence))
		return 0;
	if (silence == NOTICE_SAYS_NO_SALE) {
		err_set(e, ERR_CONFLICT,
			"the privacy policy in force does not say that this is "
			"%s: what %.*s gets may not go there (11 CCR 7002)",
			said_as(&u), STR_ARG(v->title));
		return hint_untold(v, e);
	}
	err_set(e, ERR_CONFLICT,
		"no notice in force has the purpose \"%.*s\" (11 CCR 7002)",
		STR_ARG(str_head(purpose, 80)));
	return err_hint(e, "the data map says for %.*s: \"%.*s\"",
		STR_ARG(v->name), STR_ARG(str_head(v->purpose, 80)));
}

int disclosure_to(struct desk *d, str vendor, str purpose,
	struct disclosure_to *out, struct err *e)
{
	const struct map_vendor *v;
	struct map map;

	if (desk_need(d, PERM_DISCLOSE, e))
		return -1;
	if (!is_purpose(purpose))
		return err_set(e, ERR_INVALID,
			"a purpose is one line of text of 1 to %d bytes",
			LIMIT_PURPOSE_BYTES);
	if (map_read(d->arena, d->data_map, &map, e))
		return -1;
	v = map_vendor_named(&map, vendor);
	if (!v)
		return unknown_vendor(&map, vendor, e);
	*out = (struct disclosure_to){
		.name = v->name,
		.title = v->title,
		.role = str_of(vendor_role_name(v->role)),
		.purpose = str_trim(purpose),
		.standing = map_vendor_standing(v),
	};
	return refuse_untold(d, v, out->purpose, e);
}

/* --- entering --- */

struct entering {
	const struct disclosure_in *in;
	int64_t batch;
};

static int enter(struct desk *d, void *ctx, struct err *e)
{
	struct entering *x = ctx;
	const struct receipt *r = x->in->receipt;
	struct sql_disclosure_add_in in = {
		.at = desk_now(d),
		.recipient = x->in->to->name,
		.title = x->in->to->title,
		.role = x->in->to->role,
		.purpose = x->in->to->purpose,
		.kept = r->kept,
		.members = (int64_t)x->in->members->tags,
		.mark = str_of(x->in->members->mark),
		.log_seq = r->log_seq,
		.in_sha256 = r->in_sha256,
		.out_sha256 = r->out_sha256,
		.receipt = x->in->receipt_text,
	};
	struct sql_disclosure_add_row row;

	if (sql_disclosure_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	x->batch = row.id;
	if (DESK_AUDIT(d, AUDIT_SCRUBBED, STR(""), e, AD("rows", r->rows),
		    AD("dropped", r->rows - r->kept)))
		return -1;
	return DESK_AUDIT(d, AUDIT_DISCLOSED, STR(""), e, AD("batch", row.id),
		AD("recipient", in.title), AD("rows", r->kept),
		AD("sha256", in.out_sha256));
}

int disclosure_record(struct desk *d, const struct disclosure_in *in,
	int64_t *batch, struct err *e)
{
	struct entering x = { .in = in };

	if (desk_need(d, PERM_DISCLOSE, e) || desk_write(d, enter, &x, e))
		return -1;
	*batch = x.batch;
	return 0;
}

int disclosure_receipt(struct desk *d, int64_t batch, str *text, struct err *e)
{
	struct sql_disclosure_receipt_in in = { .id = batch };
	struct sql_disclosure_receipt_row row;
	int rc;

	if (desk_need(d, PERM_DISCLOSE, e))
		return -1;
	rc = sql_disclosure_receipt(d->db, d->arena, &in, &row, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "the ledger has no batch %lld",
			(long long)batch);
	*text = row.receipt;
	return 0;
}

/* --- asking --- */

/* A search under way: keys beside the queries. */
struct asking {
	struct desk *desk;
	struct disclosure_search *s;
	uint8_t *key;
	struct arena *page; /* for one batch's file */
};

static struct disclosure *batch_of(
	struct arena *a, const struct sql_disclosure_list_row *row)
{
	struct disclosure *b = arena_one(a, struct disclosure);

	*b = (struct disclosure){
		.id = row->id,
		.at = row->at,
		.recipient = row->recipient,
		.title = row->title,
		.role = row->role,
		.purpose = row->purpose,
		.rows = row->kept,
		.out_sha256 = row->out_sha256,
		.mark = row->mark,
	};
	return b;
}

static void add_hit(struct asking *x, struct disclosure_query *q,
	const struct sql_disclosure_list_row *row, struct disclosure **batch)
{
	struct disclosure_hit *hit =
		arena_one(x->desk->arena, struct disclosure_hit);

	if (!*batch)
		*batch = batch_of(x->desk->arena, row);
	hit->batch = *batch;
	hit->next = q->hits;
	q->hits = hit;
}

/* -1: this batch's file can't be read, or not to its end. */
static int ask_batch(struct asking *x,
	const struct sql_disclosure_list_row *row, struct err *e)
{
	const struct ident_keyring *ring = suppress_keyring(x->desk->suppress);
	struct disclosure_search *s = x->s;
	struct disclosure *batch = NULL;
	struct members *m;
	int rc = 0;

	if (members_open(x->page, &m, s->folder, arena_cstr(x->page, row->mark),
		    ring->fingerprint, e))
		return err_context(e, "batch %lld", (long long)row->id);
	for (size_t i = 0; i < s->n && rc >= 0; i++) {
		if (s->q[i].fault)
			continue;
		rc = members_have(m, x->key + i * IDENT_KEY_SIZE, e);
		if (rc > 0)
			add_hit(x, &s->q[i], row, &batch);
	}
	if (rc < 0)
		err_context(e, "batch %lld", (long long)row->id);
	return rc < 0 ? -1 : 0;
}

/* A row whose file is gone or damaged is counted; the others go on. */
static void ask_rows(
	struct asking *x, const struct sql_disclosure_list_rows *rows)
{
	struct err e = { 0 };

	for (size_t i = 0; i < rows->n; i++) {
		if (ask_batch(x, &rows->at[i], &e) && !x->s->unknown++)
			x->s->why = e;
		arena_clear(x->page);
	}
}

static int ask_all(struct asking *x, struct err *e)
{
	struct sql_disclosure_list_in in = {
		.from_at = x->s->from,
		.to_at = x->s->to ? x->s->to : INT64_MAX,
		.first = PAGE,
	};
	struct sql_disclosure_list_rows rows;

	do {
		if (sql_disclosure_list(
			    x->desk->db, x->desk->arena, &in, &rows, e))
			return -1;
		ask_rows(x, &rows);
		if (rows.n)
			in.after = rows.at[rows.n - 1].id;
	} while (rows.n == PAGE);
	return 0;
}

static int ask(struct asking *x, struct err *e)
{
	int rc;

	x->s->unknown = 0;
	x->page = arena_new(1 << 20);
	rc = ask_all(x, e);
	arena_free(x->page);
	return rc;
}

static int note_asked(struct desk *d, void *ctx, struct err *e)
{
	const struct disclosure_search *s = ctx;

	return DESK_AUDIT(
		d, AUDIT_DISCLOSURES_ASKED, STR(""), e, AD("count", s->n));
}

int disclosure_find(struct desk *d, struct disclosure_search *s, struct err *e)
{
	struct asking x = { .desk = d, .s = s };

	if (desk_need(d, PERM_DISCLOSE, e))
		return -1;
	x.key = arena_array(d->arena, IDENT_KEY_SIZE, s->n);
	for (size_t i = 0; i < s->n; i++) {
		s->q[i].hits = NULL;
		s->q[i].fault = ident_key_of(suppress_keyring(d->suppress),
			s->q[i].kind, s->q[i].value,
			x.key + i * IDENT_KEY_SIZE);
	}
	if (ask(&x, e))
		return -1;
	return desk_write(d, note_asked, s, e);
}

/* Hits are newest first: of two batches of one company, the older replaces. */
static void add_recipient(
	struct disclosure_recipients *out, const struct disclosure *b)
{
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->at[i]->recipient, b->recipient)) {
			out->at[i] = b;
			return;
		}
	out->at[out->n++] = b;
}

int disclosure_between(struct desk *d, const struct disclosure_span *span,
	const uint8_t *key, struct disclosure_recipients *out, struct err *e)
{
	struct disclosure_query q = { .fault = IDENT_FAULT_NONE };
	struct disclosure_search s = {
		.folder = span->folder,
		.from = span->from,
		.to = span->to,
		.q = &q,
		.n = 1,
	};
	struct asking x = { .desk = d, .s = &s };
	size_t n = 0;

	x.key = arena_alloc(d->arena, IDENT_KEY_SIZE);
	memcpy(x.key, key, IDENT_KEY_SIZE);
	if (ask(&x, e))
		return -1;
	if (s.unknown) {
		*e = s.why;
		return -1;
	}
	for (const struct disclosure_hit *h = q.hits; h; h = h->next)
		n++;
	out->n = 0;
	out->at = arena_many(d->arena, const struct disclosure *, n);
	for (const struct disclosure_hit *h = q.hits; h; h = h->next)
		add_recipient(out, h->batch);
	return 0;
}
