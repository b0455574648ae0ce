#include "desk/returned_over.h"

#include <string.h>

#include "connect/find.h"
#include "connect/map.h"
#include "desk/limit.h"
#include "desk/row_owner.h"
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

/* A case knows people by these only: of an account number it can't be said whose, but
 * that it is another one than was kept. */
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

/* What a row leads to, against what is known of the person. */
struct theirs {
	bool has_known;  /* one is the person's */
	bool has_others; /* one is not */
};

static struct theirs whose(struct desk *d, const struct finding *f,
	const struct sql_keep_identifiers_rows *ids)
{
	const struct ident_keyring *ring = suppress_keyring(d->suppress);
	struct theirs out = { false, false };

	for (size_t i = 0; i < f->idents_n; i++) {
		uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];

		if (!is_telling(f->idents[i].kind))
			continue;
		ident_digest(&f->idents[i], digest);
		ident_key(ring, f->idents[i].kind, digest, key);
		*(is_known(ids, key) ? &out.has_known : &out.has_others) = true;
	}
	return out;
}

static const struct found_row *row_of(
	const struct finding *f, const struct map_table *t, str key)
{
	const struct found_table *found = &f->tables[t - f->system->tables];

	for (size_t i = 0; i < found->n; i++)
		if (str_eq(found->rows[i].key.v.v, key))
			return &found->rows[i];
	return NULL;
}

struct over_look {
	struct desk *desk;
	const struct row_names *names;
	struct conn *conn;
	struct arena *page; /* of one row */
	const struct sql_keep_over_row *row;
};

/* It leads to somebody else; or another identifier stands in it than when it was kept,
 * and none that is known to be the person's. */
static bool is_changed(const struct over_look *l, const struct finding *f,
	const struct found_row *r, const struct sql_keep_identifiers_rows *ids)
{
	struct theirs t = whose(l->desk, f, ids);
	str owner = row_owner(l->page, l->names,
		map_table_named(f->system, l->row->held_in), r);

	if (t.has_others || t.has_known)
		return t.has_others;
	return l->row->owner_key.n && !row_owner_is(l->row->owner_key, owner);
}

static int look_at(
	const struct over_look *l, struct over_row *out, struct err *e)
{
	const struct map_table *t =
		map_table_named(l->conn->system, l->row->held_in);
	struct sql_keep_identifiers_in in = { l->row->keep_id };
	struct sql_keep_identifiers_rows ids;
	struct find_keys keys = { .table = t, .at = &out->key, .n = 1 };
	const struct found_row *row;
	struct finding f;

	if (!t) { /* nobody can look there: it is open until the map has it */
		out->is_unknown = true;
		return 0;
	}
	if (sql_keep_identifiers(l->desk->db, l->page, &in, &ids, e) ||
		find_by_key(l->conn, l->page, &keys, NULL, &f, e))
		return -1;
	row = row_of(&f, t, out->key);
	if (!row)
		out->key = STR("");
	else
		out->is_changed = is_changed(l, &f, row, &ids);
	return 0;
}

int returned_over(struct desk *d, const struct row_names *names, struct conn *c,
	struct over_rows *out, struct err *e)
{
	struct over_look l = { .desk = d, .names = names, .conn = c };
	struct sql_keep_over_rows rows;
	int rc = 0;

	if (list(d, c->system->name, &rows, e))
		return -1;
	l.page = arena_new(LIMIT_JOB_ARENA);
	out->n = 0;
	out->at = arena_many(d->arena, struct over_row, rows.n);
	for (size_t i = 0; !rc && i < rows.n; i++) {
		struct over_row *x = &out->at[out->n++];
		personal key;

		arena_clear(l.page);
		l.row = &rows.at[i];
		*x = (struct over_row){ .table = rows.at[i].held_in,
			.row_key = rows.at[i].row_key,
			.keep_id = rows.at[i].keep_id };
		rc = row_name_open(d->arena, names, rows.at[i].sealed, &key, e);
		x->key = rc ? STR("") : key.v;
		rc = rc || look_at(&l, x, e);
	}
	arena_free(l.page);
	return rc ? -1 : 0;
}
