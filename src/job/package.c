/*
 * Makes the package that answers a request to know.  A finding keeps only the
 * beginning of long values, for people to read; here they are read whole, from
 * the same rows.
 */
#include <string.h>

#include "base/buf.h"
#include "connect/connector.h"
#include "desk/package.h"
#include "job/job.h"
#include "know/package.h"
#include "know/page.h"

/* --- values that were cut --- */

struct filling {
	struct arena *arena;
	struct found_table *table;
	size_t filled;
};

static struct found_row *row_of(struct found_table *t, const struct cell *key)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->rows[i].key.v.v, key->v.v))
			return &t->rows[i];
	return NULL;
}

/* A value that begins otherwise than was approved is another one. */
static int fill_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct filling *f = ctx;
	struct found_row *r = row_of(f->table, &cells[f->table->table->key]);

	for (size_t i = 0; r && i < n; i++) {
		if (!r->cells[i].is_cut)
			continue;
		if (!str_starts(cells[i].v.v, r->cells[i].v.v))
			return err_set(e, ERR_CONFLICT,
				"table \"%.*s\" holds other values than were "
				"found",
				STR_ARG(f->table->table->name));
		r->cells[i] = cell_dup(f->arena, &cells[i]);
		f->filled++;
	}
	return 0;
}

static size_t cut_rows(
	struct arena *a, const struct found_table *t, struct cell **keys)
{
	size_t n = 0;

	*keys = arena_many(a, struct cell, t->n);
	for (size_t i = 0; i < t->n; i++)
		for (size_t c = 0; c < t->table->columns_n; c++)
			if (t->rows[i].cells[c].is_cut) {
				(*keys)[n++] = t->rows[i].key;
				break;
			}
	return n;
}

static int fill_table(
	struct job *j, struct conn *c, struct found_table *t, struct err *e)
{
	struct arena *a = j->desk->arena;
	struct filling f = { a, t, 0 };
	str *columns = arena_many(a, str, t->table->columns_n);
	struct cell *keys;
	struct row_query q = {
		.table = t->table->name,
		.columns = columns,
		.columns_n = t->table->columns_n,
		.where = t->table->columns[t->table->key].name,
		.cell_max = KNOW_VALUES_MAX + 1,
	};

	for (size_t i = 0; i < t->table->columns_n; i++)
		columns[i] = t->table->columns[i].name;
	q.values_n = cut_rows(a, t, &keys);
	q.values = keys;
	return q.values_n ? conn_rows(c, &q, fill_row, &f, e) : 0;
}

static bool has_cut(struct arena *a, const struct finding *f)
{
	struct cell *keys;

	for (size_t t = 0; t < f->system->tables_n; t++)
		if (cut_rows(a, &f->tables[t], &keys))
			return true;
	return false;
}

static int fill_finding(struct job *j, const struct package_plan *p,
	struct finding *f, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
	};
	struct conn *c;
	int rc = 0;

	if (!has_cut(j->desk->arena, f))
		return 0;
	if (conn_open(j->desk->arena, &p->map, f->system, &options, &c, e))
		return -1;
	for (size_t t = 0; t < f->system->tables_n && !rc; t++)
		rc = fill_table(j, c, &f->tables[t], e);
	conn_close(c);
	return rc;
}

/* --- the package --- */

static enum job_end stop(
	struct job *j, const struct package_plan *p, str why, struct err *e)
{
	return package_stopped(j->desk, p, why, e) ? JOB_FAILED : JOB_DONE;
}

static str hit_words(struct arena *a, const struct know_hit *h)
{
	return arena_fmt(a, "%.*s holds what looks like %s", STR_ARG(h->of),
		lookalike_row(h->what)->title);
}

static str letter_of(struct job *j, const struct know *k)
{
	struct buf b = buf_in(j->desk->arena, KNOW_LETTER_MAX);

	know_letter_put(&b, k);
	return buf_ok(&b) ? buf_str(&b) : STR("");
}

static enum job_end make(
	struct job *j, const struct package_plan *p, struct err *e)
{
	struct arena *a = j->desk->arena;
	struct know_hits *hits = arena_one(a, struct know_hits);
	struct package_files files;
	struct know k;

	if (know_make(a, &p->in, &p->of, &k, e) ||
		know_package(a, &k, &files.zip, hits, e))
		return stop(j, p, str_of(e->message), e);
	if (hits->n)
		return stop(j, p, hit_words(a, &hits->at[0]), e);
	files.letter = letter_of(j, &k);
	return package_made(j->desk, p, &k, &files, e) ? JOB_FAILED : JOB_DONE;
}

enum job_end job_package(struct job *j, struct err *e)
{
	const char *folder = install_path(j->install, STR("disclosures"));
	struct package_plan p;
	int rc = package_plan(j->desk, j->subject_id, folder, &p, e);

	if (rc <= 0)
		return rc < 0 ? JOB_FAILED : JOB_DONE;
	for (size_t i = 0; i < p.findings_n; i++) {
		if (!fill_finding(j, &p, &p.findings[i], e))
			continue;
		return e->code == ERR_UNAVAILABLE
			       ? JOB_AGAIN
			       : stop(j, &p, str_of(e->message), e);
	}
	return make(j, &p, e);
}
