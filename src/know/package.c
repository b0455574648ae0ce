#include "know/package.h"

#include "base/base.h"
#include "know/build.h"
#include "know/files.h"
#include "know/html.h"
#include "know/page.h"

enum { FILE_ARENA = 512 << 20, ROW_ARENA = 384 << 20 };

struct writing {
	struct know *k;
	const struct know_source *source;
	struct zip_out *zip;
};

void know_put_index(struct buf *b, const struct know *k)
{
	struct know_page v;

	know_page_fill(k, &v);
	html_know_index(b, &v);
}

static int put_file(struct writing *w, str name, str bytes, struct err *e)
{
	return zip_out_begin(w->zip, name, e) ||
			       zip_out_put(w->zip, bytes, e) ||
			       zip_out_end(w->zip, e)
		       ? -1
		       : 0;
}

static int put_made(
	struct writing *w, str name, const struct buf *b, struct err *e)
{
	if (!buf_ok(b))
		return err_set(e, ERR_LIMIT,
			"a file of the package would be larger than %d bytes",
			KNOW_FILE_MAX);
	return put_file(w, name, buf_str(b), e);
}

/* --- what is made in memory, and the memory given back --- */

static int put_index(struct writing *w, struct buf *b, struct err *e)
{
	know_put_index(b, w->k);
	return put_made(w, STR("index.html"), b, e);
}

static int put_data(struct writing *w, struct buf *b, struct err *e)
{
	know_put_json(b, w->k);
	return put_made(w, STR("data.json"), b, e);
}

static int put_one(struct writing *w,
	int (*put)(struct writing *, struct buf *, struct err *), struct err *e)
{
	struct arena *a = arena_new(FILE_ARENA);
	struct buf b = buf_in(a, KNOW_FILE_MAX);
	int rc = put(w, &b, e);

	arena_free(a);
	return rc;
}

static int put_held_table(
	struct writing *w, const struct know_table *t, struct err *e)
{
	struct arena *a = arena_new(FILE_ARENA);
	struct buf b = buf_in(a, KNOW_FILE_MAX);
	int rc;

	know_put_csv(&b, t);
	rc = put_made(w, know_csv_name(a, t), &b, e);
	arena_free(a);
	return rc;
}

/* Values that are files by themselves. */
static int put_values(
	struct writing *w, const struct know_table *t, struct err *e)
{
	for (size_t r = 0; r < t->rows.n; r++)
		for (size_t c = 0; c < t->columns.n; c++) {
			const struct know_value *v = &t->rows.at[r].values[c];

			if (v->file.n && put_file(w, v->file, v->bytes, e))
				return -1;
		}
	return 0;
}

/* --- what is set apart: a row at a time --- */

typedef void put_row_fn(
	struct buf *b, const struct know_table *t, const struct know_row *r);

struct apart {
	struct writing *w;
	struct know k;       /* the same, in memory of one row */
	struct know_table t; /* the same, counting by itself */
	struct know_ranged ranged;
	put_row_fn *put;
};

/* A row that was not kept is nobody else's: else its table was refused. */
static struct found_row whole_row(const struct apart *x,
	const struct found_row *kept, const struct cell *cells)
{
	struct found_row r = kept ? *kept : (struct found_row){ 0 };

	/* Read only. */
	r.cells = (struct cell *)(uintptr_t)cells;
	r.key = cells[x->t.map->key];
	return r;
}

static bool is_asked_for(struct apart *x, const struct cell *cells)
{
	if (!x->t.from->rest.n || date_is_none(x->k.of->range.from))
		return true;
	return know_range_has(&x->k, x->t.map, cells, &x->ranged);
}

static int put_row(void *ctx, const struct found_row *kept,
	const struct cell *cells, struct err *e)
{
	struct apart *x = ctx;
	struct found_row r = whole_row(x, kept, cells);
	struct know_row row;
	struct buf b;
	int rc = 0;

	if (!is_asked_for(x, cells))
		return 0;
	b = buf_in(x->k.arena, KNOW_FILE_MAX);
	if (know_row_take(&x->k, &x->t, &r, &row)) {
		x->t.given++;
		x->put(&b, &x->t, &row);
		rc = buf_ok(&b) ? zip_out_put(x->w->zip, buf_str(&b), e)
				: err_set(e, ERR_LIMIT,
					  "a row of the package would be "
					  "larger than %d bytes",
					  KNOW_FILE_MAX);
	}
	arena_clear(x->k.arena);
	return rc;
}

static int put_rows(struct apart *x, str name, struct err *e)
{
	struct zip_out *zip = x->w->zip;
	struct buf head = buf_in(x->k.arena, KNOW_FILE_MAX);

	x->t.given = x->t.shared_out = 0;
	x->t.is_redacted = false;
	x->ranged.outside = x->ranged.undated = 0;
	if (x->put == know_put_csv_row)
		know_put_csv_head(&head, &x->t);
	if (zip_out_begin(zip, name, e) ||
		zip_out_put(zip, buf_str(&head), e) ||
		x->w->source->each(x->w->source->ctx, &x->t, put_row, x, e))
		return -1;
	return zip_out_end(zip, e);
}

/* What was learned of it, for the letter and data.json. */
static void take_counts(
	struct writing *w, struct know_table *t, const struct apart *x)
{
	struct know *k = w->k;

	k->rows = k->rows - t->given + x->t.given;
	t->given = x->t.given;
	t->shared_out = x->t.shared_out;
	t->is_redacted = x->t.is_redacted;
	k->is_whole &= !t->shared_out && !t->is_redacted;
	if (!t->from->rest.n || (!x->ranged.outside && !x->ranged.undated))
		return;
	*know_ranged_of(k, t) = x->ranged;
}

static int put_apart(struct writing *w, struct know_table *t, struct err *e)
{
	struct apart x = { .w = w,
		.k = *w->k,
		.t = *t,
		.ranged = { .system = t->system, .map = t->map },
		.put = know_put_csv_row };
	str csv = know_csv_name(w->k->arena, t);
	str lines = know_lines_name(w->k->arena, t);
	int rc;

	must(w->source != NULL);
	x.k.arena = arena_new(ROW_ARENA);
	rc = put_rows(&x, csv, e);
	if (!rc) {
		take_counts(w, t, &x);
		x.put = know_put_line;
		rc = put_rows(&x, lines, e);
	}
	arena_free(x.k.arena);
	return rc;
}

/* --- all of it --- */

/* The letter last: it says what became of the tables that are set apart. */
static int put_all(struct writing *w, struct err *e)
{
	for (size_t i = 0; i < w->k->tables.n; i++) {
		struct know_table *t = &w->k->tables.at[i];

		if (t->is_apart ? put_apart(w, t, e) : put_held_table(w, t, e))
			return -1;
		if (!t->is_apart && put_values(w, t, e))
			return -1;
	}
	if (put_one(w, put_index, e) || put_one(w, put_data, e))
		return -1;
	return zip_out_finish(w->zip, e);
}

int know_package(struct arena *a, struct know *k,
	const struct know_source *source, const struct know_store *store,
	struct know_hits *hits, struct err *e)
{
	struct writing w = { .k = k, .source = source };

	hits->n = 0;
	if (k->cut)
		return err_set(e, ERR_INVALID,
			"%zu values of the package are not whole", k->cut);
	w.zip = zip_out_new(a, &store->in, k->of->made_on);
	return put_all(&w, e) || know_scan(a, k, store, hits, e) ? -1 : 0;
}
