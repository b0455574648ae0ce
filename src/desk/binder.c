/*
 * Asked for, made, handed out.  It is made in the transaction that stores it, with the
 * head of the audit trail signed in it: so every entry of the case has its seal, and
 * what the file shows is one moment of the record.
 */
#include "desk/binder.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/enc.h"
#include "base/file.h"
#include "desk/binder_data.h"
#include "desk/limit.h"
#include "know/zip.h"
#include "law/reference.h"

enum { EXPORT_MAX = 64 << 20 };

static const str label = STR_INIT("binder");

const struct signed_kind binder_kind = {
	"toyon_case_evidence",
	"toyon case evidence 1\n",
	1,
};

static int refuse_skeleton(const struct record *r, struct err *e)
{
	if (r->seal)
		return 0;
	return err_set(e, ERR_CONFLICT,
		"the record had its time, and only its skeleton is kept: there "
		"is no evidence file of it any more");
}

/* --- the ZIP --- */

struct packing {
	struct arena *arena;
	struct zip_out *zip;
	struct buf sums;
};

static int put_file(struct packing *p, str name, str bytes, struct err *e)
{
	unsigned char sha256[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sha256, (const unsigned char *)bytes.p, bytes.n);
	buf_put(&p->sums, signed_sum_line(p->arena, sha256, name));
	return zip_out_begin(p->zip, name, e) ||
			       zip_out_put(p->zip, bytes, e) ||
			       zip_out_end(p->zip, e)
		       ? -1
		       : 0;
}

static int take(void *ctx, str bytes, struct err *e)
{
	struct buf *b = ctx;

	buf_put(b, bytes);
	if (buf_ok(b))
		return 0;
	return err_set(e, ERR_LIMIT,
		"the evidence file would be larger than %d bytes",
		LIMIT_BINDER_BYTES);
}

static int put_all(struct packing *p, const struct binder *x,
	const struct keys *k, struct err *e)
{
	str page, json, sums;

	if (binder_put_page(x, &page, e) || binder_put_json(x, &json, e) ||
		put_file(p, STR("index.html"), page, e) ||
		put_file(p, STR("evidence.json"), json, e) ||
		put_file(p, STR("trail.jsonl"), x->trail.file, e) ||
		(x->receipt.n &&
			put_file(p, STR("receipt.json"), x->receipt, e)) ||
		(x->trail.exported.n &&
			put_file(p, STR("export.jsonl"), x->trail.exported, e)))
		return -1;
	must(buf_ok(&p->sums));
	sums = arena_dup(p->arena, buf_str(&p->sums));
	return put_file(p, STR("SHA256SUMS"), sums, e) ||
			       put_file(p, STR("SIGNATURE.json"),
				       signed_files_sign(
					       p->arena, &binder_kind, k, sums),
				       e) ||
			       zip_out_finish(p->zip, e)
		       ? -1
		       : 0;
}

static int pack(struct desk *d, const struct binder *x, str *out, struct err *e)
{
	struct buf b = buf_in(d->arena, LIMIT_BINDER_BYTES);
	struct zip_sink sink = { take, &b };
	struct packing p = {
		.arena = d->arena,
		.zip = zip_out_new(d->arena, &sink, desk_today(d)),
		.sums = buf_in(d->arena, 4096),
	};

	if (put_all(&p, x, d->keys, e))
		return -1;
	*out = buf_str(&b);
	return 0;
}

/* Through a file without a name: an export is written to a descriptor. */
static int put_export(struct desk *d, struct binder *x, struct err *e)
{
	struct audit_export way = {
		.keys = d->keys,
		.business = x->business,
		.at = desk_now(d),
		.from = x->trail.from,
		.to = x->trail.to,
	};
	struct file_source back = { .name = "the export" };
	FILE *f = tmpfile();
	int64_t count;
	int rc;

	if (!f)
		return err_errno(e, "make a temporary file");
	way.fd = back.fd = fileno(f);
	rc = audit_export(d->db, &way, &count, e);
	if (!rc && lseek(back.fd, 0, SEEK_SET))
		rc = err_errno(e, "read the export");
	if (!rc)
		rc = file_read_fd(
			d->arena, &back, EXPORT_MAX, &x->trail.exported, e);
	fclose(f);
	return rc ? -1 : 0;
}

/* In a transaction that writes: the head is signed first. */
static int make(struct desk *d, const struct record *r, struct binder *x,
	str *zip, struct err *e)
{
	must(keys_can_sign(d->keys));
	x->arena = d->arena;
	if (audit_seal_head(d->db, d->arena, d->keys, desk_now(d), e) < 0)
		return -1;
	return binder_load(d, r, x, e) ||
			       (x->has_export && put_export(d, x, e)) ||
			       pack(d, x, zip, e)
		       ? -1
		       : 0;
}

static str sha256_of(struct arena *a, str bytes)
{
	unsigned char sha256[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sha256, (const unsigned char *)bytes.p, bytes.n);
	return hex_of(a, sha256, sizeof sha256);
}

/* --- what staff see --- */

static enum binder_state state_of_text(str s)
{
	return str_eq(s, STR("wanted"))    ? BINDER_WANTED
	       : str_eq(s, STR("stopped")) ? BINDER_STOPPED
	       : str_eq(s, STR("made"))    ? BINDER_MADE
					   : BINDER_NONE;
}

int binder_of(struct desk *d, const struct record *r, struct binder_row *out,
	struct err *e)
{
	struct sql_binder_of_in in = { r->row.id };
	struct sql_binder_of_row row;
	int64_t last;
	int rc;

	*out = (struct binder_row){
		.reference = reference_show(d->arena, r->row.reference),
		.is_over = !r->seal,
		.can = desk_may(d, PERM_EVIDENCE) && r->seal,
	};
	rc = sql_binder_of(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	if (binder_last_entry(d, r, &last, e))
		return -1;
	out->state = state_of_text(row.state);
	out->problem = row.problem;
	out->bytes = row.bytes;
	out->made_at = row.made_at;
	out->sha256 = row.sha256;
	out->is_old = last != row.last;
	return 0;
}

int binder_look(
	struct desk *d, str reference, struct binder_row *out, struct err *e)
{
	struct record r;
	int rc;

	if (desk_need(d, PERM_SEE_QUEUE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	return binder_of(d, &r, out, e) ? -1 : 1;
}

static int want(struct desk *d, void *ctx, struct err *e)
{
	const str *reference = ctx;
	struct sql_binder_want_in in = { .nothing = STR("") };
	struct binder_row row;
	struct record r;

	if (record_need(d, *reference, &r, e) || record_lock(d, &r, e) ||
		refuse_skeleton(&r, e) || binder_of(d, &r, &row, e))
		return -1;
	if (row.state == BINDER_WANTED ||
		(row.state == BINDER_MADE && !row.is_old))
		return 0;
	in.request_id = r.row.id;
	if (sql_binder_want(d->db, &in, e) < 0 ||
		desk_job(d, JOB_BINDER, r.row.id, desk_now(d), e))
		return -1;
	return desk_audit(d, AUDIT_BINDER_ASKED, r.row.reference, NULL, 0, e);
}

int binder_want(struct desk *d, str reference, struct err *e)
{
	if (desk_need(d, PERM_EVIDENCE, e))
		return -1;
	return desk_write(d, want, &reference, e);
}

/* --- what the worker does --- */

struct making {
	int64_t request_id;
	str program;
};

static int store(struct desk *d, const struct record *r, const struct binder *x,
	str zip, struct err *e)
{
	struct sql_binder_made_in in = {
		.request_id = r->row.id,
		.last = x->trail.last,
		.bytes = (int64_t)zip.n,
		.sha256 = sha256_of(d->arena, zip),
		.at = desk_now(d),
		.sealed = seal_put(d->arena, r->seal, label, zip),
	};

	if (sql_binder_made(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_BINDER_MADE, r->row.reference, e,
		AD("bytes", in.bytes), AD("sha256", in.sha256));
}

/* An earlier run has made it, or the record had its time: nothing to do. */
static int make_wanted(struct desk *d, void *ctx, struct err *e)
{
	const struct making *m = ctx;
	struct binder *x = arena_one(d->arena, struct binder);
	struct binder_row row;
	struct record r;
	int rc = record_by_id(d, m->request_id, &r, e);
	str zip;

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e) || binder_of(d, &r, &row, e))
		return -1;
	if (row.state != BINDER_WANTED || !r.seal)
		return 0;
	x->program = m->program;
	return make(d, &r, x, &zip, e) || store(d, &r, x, zip, e) ? -1 : 0;
}

int binder_make(struct desk *d, int64_t request_id, str program, struct err *e)
{
	struct making m = { request_id, program };

	return desk_write(d, make_wanted, &m, e);
}

struct stopping {
	int64_t request_id;
	str why;
};

static int stop(struct desk *d, void *ctx, struct err *e)
{
	const struct stopping *s = ctx;
	struct sql_binder_stopped_in in = { s->request_id, s->why };
	struct record r;
	int64_t n;

	if (record_by_id(d, s->request_id, &r, e) != 1)
		return -1;
	n = sql_binder_stopped(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(
		d, AUDIT_BINDER_STOPPED, r.row.reference, e, AD("why", s->why));
}

int binder_stopped(struct desk *d, int64_t request_id, str why, struct err *e)
{
	struct stopping s = { request_id, why };

	return desk_write(d, stop, &s, e);
}

/* --- handed out --- */

struct fetching {
	str reference;
	struct binder_zip *out;
};

static int fetch(struct desk *d, void *ctx, struct err *e)
{
	const struct fetching *f = ctx;
	struct sql_binder_zip_row row = { .sealed = STR("") };
	struct record r;

	if (record_need(d, f->reference, &r, e) || refuse_skeleton(&r, e))
		return -1;
	if (sql_binder_zip(d->db, d->arena,
		    &(struct sql_binder_zip_in){ r.row.id }, &row, e) < 0)
		return -1;
	if (!row.sealed.n)
		return err_set(e, ERR_NOT_FOUND,
			"there is no evidence file of this case yet");
	if (seal_get(d->arena, r.seal, label, row.sealed, &f->out->bytes, e))
		return -1;
	f->out->reference = reference_show(d->arena, r.row.reference);
	/* Entered before a byte leaves. */
	return DESK_AUDIT(d, AUDIT_BINDER_DOWNLOADED, r.row.reference, e,
		AD("sha256", sha256_of(d->arena, f->out->bytes)));
}

int binder_download(
	struct desk *d, str reference, struct binder_zip *out, struct err *e)
{
	struct fetching f = { reference, out };

	if (desk_need(d, PERM_EVIDENCE, e))
		return -1;
	return desk_write(d, fetch, &f, e);
}

/* --- for a command --- */

struct writing {
	str reference;
	const struct binder_way *way;
	struct binder_zip *out;
};

static int write_now(struct desk *d, void *ctx, struct err *e)
{
	const struct writing *w = ctx;
	struct binder *x = arena_one(d->arena, struct binder);
	struct record r;

	if (record_need(d, w->reference, &r, e) || record_lock(d, &r, e) ||
		refuse_skeleton(&r, e))
		return -1;
	x->program = w->way->program;
	x->has_export = w->way->has_export;
	if (make(d, &r, x, &w->out->bytes, e))
		return -1;
	w->out->reference = x->reference;
	return DESK_AUDIT(d, AUDIT_BINDER_WRITTEN, r.row.reference, e,
		AD("sha256", sha256_of(d->arena, w->out->bytes)));
}

int binder_write(struct desk *d, str reference, const struct binder_way *way,
	struct binder_zip *out, struct err *e)
{
	struct writing w = { reference, way, out };

	if (desk_need(d, PERM_EVIDENCE, e))
		return -1;
	return desk_write(d, write_now, &w, e);
}
