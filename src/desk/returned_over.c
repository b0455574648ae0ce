#include "desk/returned_over.h"

#include <string.h>

#include "connect/find.h"
#include "connect/map.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "ident/key.h"

static int list(struct desk *d, str system, struct sql_keep_over_rows *out,
	struct err *e)
{
	struct sql_keep_over_in in = { system,
		date_iso(d->arena, desk_today(d)) };

	return sql_keep_over(d->db, d->arena, &in, out, e);
}

int returned_any_over(struct desk *d, str system, bool *out, struct err *e)
{
	struct sql_keep_over_rows rows;

	if (list(d, system, &rows, e))
		return -1;
	*out = rows.n != 0;
	return 0;
}

/* A case knows people by these only: of an account number it can't be said whose. */
static bool is_telling(enum ident_kind kind)
{
	return kind == IDENT_EMAIL || kind == IDENT_PHONE;
}

static bool is_known(const struct sql_keep_identifiers_rows *ids,
	const uint8_t key[IDENT_KEY_SIZE])
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->at[i].id_key.n == IDENT_KEY_SIZE &&
			!memcmp(ids->at[i].id_key.p, key, IDENT_KEY_SIZE))
			return true;
	return false;
}

/* Does it lead to identifiers, and one of them is not the person's? */
static bool is_others(struct desk *d, const struct finding *f,
	const struct sql_keep_identifiers_rows *ids)
{
	const struct ident_keyring *ring = suppress_keyring(d->suppress);

	for (size_t i = 0; i < f->idents_n; i++) {
		uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];

		if (!is_telling(f->idents[i].kind))
			continue;
		ident_digest(&f->idents[i], digest);
		ident_key(ring, f->idents[i].kind, digest, key);
		if (!is_known(ids, key))
			return true;
	}
	return false;
}

static bool has_row(const struct finding *f, const struct map_table *t, str key)
{
	const struct found_table *found = &f->tables[t - f->system->tables];

	for (size_t i = 0; i < found->n; i++)
		if (str_eq(found->rows[i].key.v.v, key))
			return true;
	return false;
}

static int look_at(struct desk *d, struct conn *c, struct arena *page,
	const struct sql_keep_over_row *row, struct over_row *out,
	struct err *e)
{
	const struct map_table *t = map_table_named(c->system, row->held_in);
	struct sql_keep_identifiers_in in = { row->keep_id };
	struct sql_keep_identifiers_rows ids;
	struct find_keys keys = { .table = t, .at = &out->key, .n = 1 };
	struct finding f;

	if (!t) { /* nobody can look there: it is open until the map has it */
		out->is_unknown = true;
		return 0;
	}
	if (sql_keep_identifiers(d->db, page, &in, &ids, e) ||
		find_by_key(c, page, &keys, NULL, &f, e))
		return -1;
	if (!has_row(&f, t, out->key))
		out->key = STR("");
	else
		out->is_changed = is_others(d, &f, &ids);
	return 0;
}

int returned_over(struct desk *d, const struct row_names *names, struct conn *c,
	struct over_rows *out, struct err *e)
{
	struct arena *page;
	struct sql_keep_over_rows rows;
	int rc = 0;

	if (list(d, c->system->name, &rows, e))
		return -1;
	page = arena_new(LIMIT_JOB_ARENA);
	out->n = 0;
	out->at = arena_many(d->arena, struct over_row, rows.n);
	for (size_t i = 0; !rc && i < rows.n; i++) {
		struct over_row *x = &out->at[out->n++];
		personal key;

		arena_clear(page);
		*x = (struct over_row){ .table = rows.at[i].held_in,
			.row_key = rows.at[i].row_key,
			.keep_id = rows.at[i].keep_id };
		rc = row_name_open(d->arena, names, rows.at[i].sealed, &key, e);
		x->key = rc ? STR("") : key.v;
		rc = rc || look_at(d, c, page, &rows.at[i], x, e);
	}
	arena_free(page);
	return rc ? -1 : 0;
}
