#include "desk/package_parts.h"

#include "base/base.h"
#include "base/rand.h"
#include "desk/limit.h"

enum { RUN_BYTES = 12, SCRATCH_MAX = 16 << 20 };

static const str zip_label = STR_INIT("package");
static const str shape = STR_INIT("toyon package 1 ");

static str part_label(struct arena *a, str run, size_t number)
{
	return arena_fmt(a, "package part %.*s %zu", STR_ARG(run), number);
}

/* --- what is stored with the package --- */

str package_zip_seal(
	struct arena *a, const struct record *r, const struct package_zip *z)
{
	return seal_put(a, r->seal, zip_label,
		arena_fmt(a, "%.*s%.*s %zu %lld", STR_ARG(shape),
			STR_ARG(z->run), z->parts, (long long)z->bytes));
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_CORRUPT, "a stored package can't be read");
}

static int read_shape(str text, struct package_zip *out, struct err *e)
{
	int64_t parts;
	str rest;

	text = str_from(text, shape.n);
	if (!str_cut(text, ' ', &out->run, &rest) ||
		!str_cut(rest, ' ', &text, &rest) || !str_int(text, &parts) ||
		!str_int(rest, &out->bytes) || parts < 1 || out->bytes < 1)
		return damaged(e);
	out->parts = (size_t)parts;
	return 0;
}

int package_zip_open(struct desk *d, const struct record *r,
	struct package_zip *out, struct err *e)
{
	struct sql_package_zip_in in = { r->row.id };
	struct sql_package_zip_row row;
	str text;

	*out = (struct package_zip){ .request_id = r->row.id };
	if (sql_package_zip(d->db, d->arena, &in, &row, e) != 1 ||
		seal_get(d->arena, r->seal, zip_label, row.sealed, &text, e))
		return -1;
	if (str_starts(text, shape))
		return read_shape(text, out, e);
	out->whole = text;
	out->bytes = (int64_t)text.n;
	out->parts = 1;
	return 0;
}

static int open_part(struct desk *d, const struct record *r,
	const struct package_zip *z, size_t number, str *out, struct err *e)
{
	struct sql_package_part_in in = { r->row.id, z->run, (int64_t)number };
	struct sql_package_part_row row;
	int rc = sql_package_part(d->db, d->arena, &in, &row, e);

	if (rc <= 0)
		return rc < 0 ? -1 : damaged(e);
	return seal_get(d->arena, r->seal, part_label(d->arena, z->run, number),
		row.sealed, out, e);
}

int package_zip_part(struct desk *d, const struct package_zip *z, size_t number,
	str *out, struct err *e)
{
	struct record r;
	int rc;

	must(number < z->parts);
	if (z->whole.n) {
		*out = z->whole;
		return 0;
	}
	rc = record_by_id(d, z->request_id, &r, e);
	if (rc < 0)
		return -1;
	if (!rc || !r.seal)
		return err_set(e, ERR_NOT_FOUND,
			"the key to this person's data was destroyed");
	return open_part(d, &r, z, number, out, e);
}

/* --- for who makes it --- */

static void free_scratch(void *a)
{
	arena_free(a);
}

struct beginning {
	const struct package_plan *plan;
	struct record *record;
};

/* Another run may have handed in since this one was planned: its parts are the
 * package's then. */
static int drop_earlier(struct desk *d, void *ctx, struct err *e)
{
	const struct beginning *b = ctx;
	struct package_row row;

	if (record_need(d, b->plan->reference, b->record, e) ||
		record_lock(d, b->record, e) ||
		package_row(d, b->plan->request_id, &row, e))
		return -1;
	if (row.state != PACKAGE_WANTED || !b->record->seal)
		return err_set(
			e, ERR_CONFLICT, "the package is not wanted any more");
	return package_parts_drop(d, b->plan->request_id, STR(""), e);
}

int package_parts_begin(struct desk *d, const struct package_plan *p,
	struct package_parts *out, struct err *e)
{
	struct beginning b = { p, &out->record };

	*out = (struct package_parts){ .desk = d };
	if (desk_write(d, drop_earlier, &b, e))
		return -1;
	out->zip.request_id = p->request_id;
	out->zip.run = rand_token(d->arena, RUN_BYTES);
	out->part = buf_in(d->arena, LIMIT_PACKAGE_PART_BYTES);
	out->scratch = arena_new(SCRATCH_MAX);
	arena_defer(d->arena, free_scratch, out->scratch);
	return 0;
}

static int store_part(struct package_parts *p, struct err *e)
{
	str label = part_label(p->scratch, p->zip.run, p->zip.parts);
	struct sql_package_part_add_in in = {
		.request_id = p->zip.request_id,
		.run = p->zip.run,
		.number = (int64_t)p->zip.parts,
		.sealed = seal_put(
			p->scratch, p->record.seal, label, buf_str(&p->part)),
	};
	int64_t n = sql_package_part_add(p->desk->db, &in, e);

	arena_clear(p->scratch);
	buf_clear(&p->part);
	p->zip.parts++;
	return n < 0 ? -1 : 0;
}

static int take(void *ctx, str bytes, struct err *e)
{
	struct package_parts *p = ctx;

	p->zip.bytes += (int64_t)bytes.n;
	while (bytes.n) {
		size_t room = LIMIT_PACKAGE_PART_BYTES - p->part.n;

		buf_put(&p->part, str_head(bytes, room));
		bytes = str_from(bytes, room);
		if (p->part.n == LIMIT_PACKAGE_PART_BYTES && store_part(p, e))
			return -1;
	}
	return 0;
}

int package_parts_end(struct package_parts *p, struct err *e)
{
	return p->part.n ? store_part(p, e) : 0;
}

/* What is stored, and not what went there: that is what the person gets. */
static int give_back(void *ctx, const struct zip_sink *to, struct err *e)
{
	struct package_parts *p = ctx;
	struct desk d = *p->desk;

	if (package_parts_end(p, e))
		return -1;
	d.arena = p->scratch;
	for (size_t i = 0; i < p->zip.parts; i++) {
		str part;

		if (open_part(&d, &p->record, &p->zip, i, &part, e) ||
			to->put(to->ctx, part, e))
			return -1;
		arena_clear(p->scratch);
	}
	return 0;
}

struct know_store package_parts_store(struct package_parts *p)
{
	return (struct know_store){ { take, p }, give_back, p };
}

int package_parts_settle(
	struct desk *d, const struct package_zip *z, struct err *e)
{
	struct sql_package_parts_of_run_in in = { z->request_id, z->run };
	struct sql_package_parts_of_run_row row;

	if (sql_package_parts_of_run(d->db, d->arena, &in, &row, e) != 1)
		return -1;
	if (row.n != (int64_t)z->parts)
		return err_set(e, ERR_CONFLICT,
			"another run has begun to make this package");
	return package_parts_drop(d, z->request_id, z->run, e);
}

int package_parts_drop(
	struct desk *d, int64_t request_id, str kept, struct err *e)
{
	struct sql_package_parts_drop_in in = { request_id, kept };

	return sql_package_parts_drop(d->db, &in, e) < 0 ? -1 : 0;
}
