/* Kept rows, asked for one by one; and what is over. */
#include "desk/keep.h"

#include <stdlib.h>

#include "connect/map.h"
#include "desk/fulfil.h"
#include "desk/purpose.h"
#include "desk/record.h"
#include "desk/suppress.h"

/* --- asked for each row --- */

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct keep_row *)a)->key,
		((const struct keep_row *)b)->key);
}

static const struct keep_row *row_of(const struct keep_rows *k,
	const struct map_table *t, const struct cell *key)
{
	struct row_name name = { k->system, t->name, key->v };
	unsigned char hash[ROW_NAME_KEY_SIZE];
	struct keep_row wanted = { { (const char *)hash, sizeof hash }, 0 };

	if (!k->n)
		return NULL;
	row_name_hash(&k->names, &name, hash);
	return bsearch(&wanted, k->at, k->n, sizeof *k->at, by_key);
}

bool keep_has(const struct keep_rows *k, const struct map_table *t,
	const struct cell *key)
{
	return row_of(k, t, key) != NULL;
}

static bool has(void *ctx, const struct map_table *t, const struct cell *key)
{
	return keep_has(ctx, t, key);
}

static int count_rows(struct keep_rows *k, size_t keep,
	struct sql_keep_rows_rows *rows, struct err *e)
{
	struct sql_keep_rows_in in = { k->keeps.at[keep].id };

	if (sql_keep_rows(k->desk->db, k->desk->arena, &in, rows, e))
		return -1;
	k->n += rows->n;
	return 0;
}

int keep_load(struct desk *d, str system, struct keep_rows **out, struct err *e)
{
	struct keep_rows *k = arena_one(d->arena, struct keep_rows);
	struct sql_keep_in_force_in in = { system,
		date_iso(d->arena, desk_today(d)) };
	struct sql_keep_rows_rows *rows;
	size_t n = 0;

	*k = (struct keep_rows){ .desk = d, .system = system };
	k->exceptions = (struct row_exceptions){ has, k };
	*out = k;
	if (sql_keep_in_force(d->db, d->arena, &in, &k->keeps, e))
		return -1;
	rows = arena_many(d->arena, struct sql_keep_rows_rows, k->keeps.n);
	for (size_t i = 0; i < k->keeps.n; i++)
		if (count_rows(k, i, &rows[i], e))
			return -1;
	if (k->n)
		row_names_init(&k->names, d);
	k->at = arena_many(d->arena, struct keep_row, k->n);
	for (size_t i = 0; i < k->keeps.n; i++)
		for (size_t j = 0; j < rows[i].n; j++)
			k->at[n++] =
				(struct keep_row){ rows[i].at[j].row_key, i };
	qsort(k->at, k->n, sizeof *k->at, by_key);
	return 0;
}

/* --- what is said of it --- */

static int64_t rows_of(
	const struct keep_rows *k, size_t keep, const struct found_table *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct keep_row *row =
			t->rows[i].is_excepted
				? row_of(k, t->table, &t->rows[i].key)
				: NULL;

		n += row && row->keep == keep;
	}
	return n;
}

void keep_report(
	const struct keep_rows *k, const struct finding *f, struct erased *out)
{
	struct arena *a = k->desk->arena;
	struct kept *all = arena_many(a, struct kept, out->kept.n + k->keeps.n);

	for (size_t i = 0; i < out->kept.n; i++)
		all[i] = out->kept.at[i];
	out->kept.at = all;
	for (size_t i = 0; i < k->keeps.n; i++) {
		const struct sql_keep_in_force_row *keep = &k->keeps.at[i];
		const struct map_table *t =
			map_table_named(f->system, keep->held_in);
		struct kept *to = &out->kept.at[out->kept.n];

		*to = (struct kept){ .ground = keep->ground,
			.purpose = keep->purpose,
			.keep = keep->id };
		to->rows = t ? rows_of(k, i, &f->tables[t - f->system->tables])
			     : 0;
		if (!to->rows)
			continue;
		to->what = keep->title;
		out->kept.n++;
	}
}

/* --- their time is over --- */

/* The lock goes with the last that stays for its purpose.  When in doubt it stays: it
 * forbids more than it allows. */
static int is_used(struct desk *d, const struct sql_keep_by_id_row *k,
	const struct sql_keep_identifiers_rows *ids, struct err *e)
{
	for (size_t i = 0; i < ids->n; i++) {
		struct sql_keep_purpose_used_in in = { k->id, k->request_id,
			ids->at[i].id_key, k->purpose };
		struct sql_keep_purpose_used_row row;

		if (sql_keep_purpose_used(d->db, d->arena, &in, &row, e) < 0)
			return -1;
		if (row.n)
			return 1;
	}
	return 0;
}

/* What the data map keeps in the same case, for the same. */
static bool is_told(const struct record *r, str purpose)
{
	str rest = r->person.kept;
	struct kept k;

	while (kept_next(&rest, &k))
		if (!k.keep && str_eq(k.purpose, purpose))
			return true;
	return false;
}

static int release(struct desk *d, uint32_t lock,
	const struct sql_keep_by_id_row *k,
	const struct sql_keep_identifiers_rows *ids, struct err *e)
{
	for (size_t i = 0; i < ids->n; i++) {
		enum ident_kind kind;
		struct suppress_change change = {
			.kind = &kind,
			.key = (const uint8_t *)ids->at[i].id_key.p,
			.n = 1,
			.mask = lock,
			.source = STR("request"),
			.request_id = k->request_id,
		};

		if (ident_kind_read(ids->at[i].kind, &kind) &&
			ids->at[i].id_key.n == IDENT_KEY_SIZE &&
			suppress_replace(d, &change, e))
			return -1;
	}
	return 0;
}

static int drop(struct desk *d, int64_t keep_id, struct err *e)
{
	struct sql_keep_identifiers_drop_in identifiers = { keep_id };
	struct sql_keep_drop_in keep = { keep_id };

	return sql_keep_identifiers_drop(d->db, &identifiers, e) < 0 ||
			       sql_keep_drop(d->db, &keep, e) < 0
		       ? -1
		       : 0;
}

/* Of a request whose record is gone, nothing is left then; its lock, of which nobody
 * can say whether something else rests on it, stays. */
static int end_lock(
	struct desk *d, const struct sql_keep_by_id_row *k, struct err *e)
{
	struct sql_keep_identifiers_in in = { k->id };
	struct sql_keep_identifiers_rows ids;
	struct purposes all;
	struct record r;
	uint32_t lock;
	int rc = record_by_id(d, k->request_id, &r, e);

	if (rc < 0)
		return -1;
	if (!rc || !r.seal)
		return drop(d, k->id, e);
	if (k->changed || is_told(&r, k->purpose))
		return 0;
	if (sql_keep_identifiers(d->db, d->arena, &in, &ids, e))
		return -1;
	rc = is_used(d, k, &ids, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (purpose_lock(d, k->purpose, &lock, e) || purposes_load(d, &all, e))
		return -1;
	/* The last lock is that of several purposes. */
	if (!str_eq(purpose_of(&all, lock), k->purpose))
		return 0;
	return release(d, lock, k, &ids, e);
}

static int end_row(struct desk *d, const struct sql_keep_row_drop_in *row,
	bool is_changed, struct err *e)
{
	struct sql_keep_row_count_in count = { row->keep_id, !is_changed,
		is_changed };
	struct sql_keep_by_id_in in = { row->keep_id };
	struct sql_keep_by_id_row k;

	if (sql_keep_row_drop(d->db, row, e) < 0 ||
		sql_keep_row_count(d->db, &count, e) < 0 ||
		sql_keep_by_id(d->db, d->arena, &in, &k, e) < 0)
		return -1;
	return k.left ? 0 : end_lock(d, &k, e);
}

int keep_row_changed(
	struct desk *d, int64_t keep_id, str row_key, struct err *e)
{
	struct sql_keep_row_drop_in row = { keep_id, row_key };

	return end_row(d, &row, true, e);
}

int keep_row_gone(struct desk *d, str row_key, struct err *e)
{
	struct sql_keep_with_row_in in = { row_key };
	struct sql_keep_with_row_rows rows;

	if (sql_keep_with_row(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct sql_keep_row_drop_in row = { rows.at[i].keep_id,
			row_key };

		if (end_row(d, &row, false, e))
			return -1;
	}
	return 0;
}
