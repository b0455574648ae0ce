/*
 * What stays corrected, in memory: an import asks for each of its rows.
 */
#include "desk/corrections.h"

#include <string.h>

#include "desk/correct_seal.h"
#include "desk/parts.h"
#include "desk/record.h"
#include "desk/suppress.h"

enum { PAGE = 1000 };

struct standing {
	uint8_t key[IDENT_KEY_SIZE];
	str table;
	str column;
	str was;
	str value;
};

/* In the order of the keys; those of one key from the oldest on. */
struct corrections {
	struct standing *at;
	size_t n;
	size_t cap;
};

static void grow(struct arena *a, struct corrections *c)
{
	size_t cap = c->cap ? 2 * c->cap : PAGE;
	struct standing *at = arena_many(a, struct standing, cap);

	if (c->n < c->cap)
		return;
	if (c->n)
		memcpy(at, c->at, c->n * sizeof *at);
	c->at = at;
	c->cap = cap;
}

/* in: table and column; the values are opened. */
static int take(struct desk *d, struct corrections *c, struct standing in,
	str sealed, struct err *e)
{
	struct change change;

	if (!sealed.n)
		return 0;
	if (correct_open(d, sealed, &change, e))
		return -1;
	in.was = str_trim(change.was.v.v);
	in.value = change.value.v.v;
	grow(d->arena, c);
	c->at[c->n++] = in;
	return 0;
}

static int take_row(struct desk *d, struct corrections *c,
	const struct sql_correction_page_row *row, struct err *e)
{
	struct standing s = { .table = row->table_name,
		.column = row->column_name };

	must(row->id_key.n == IDENT_KEY_SIZE);
	memcpy(s.key, row->id_key.p, IDENT_KEY_SIZE);
	return take(d, c, s, row->sealed, e);
}

int corrections_load(struct desk *d, const struct map_system *s,
	struct corrections **out, struct err *e)
{
	struct sql_correction_page_in in = { .system = s->name, .first = PAGE };
	struct sql_correction_page_rows rows = { .n = PAGE };

	*out = arena_one(d->arena, struct corrections);
	while (rows.n == PAGE) {
		if (sql_correction_page(d->db, d->arena, &in, &rows, e))
			return -1;
		for (size_t i = 0; i < rows.n; i++)
			if (take_row(d, *out, &rows.at[i], e))
				return -1;
		if (!rows.n)
			break;
		in.after_key = rows.at[rows.n - 1].id_key;
		in.after_id = rows.at[rows.n - 1].id;
	}
	return 0;
}

size_t corrections_count(const struct corrections *c)
{
	return c->n;
}

/* The first of a key. */
static size_t first_of(const struct corrections *c, const uint8_t *key)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(c->at[mid].key, key, IDENT_KEY_SIZE) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Names of tables may have dots. */
bool corrected_place_of(
	const struct map_system *s, str name, struct corrected_place *out)
{
	for (size_t i = 0; i < s->tables_n; i++) {
		const struct map_table *t = &s->tables[i];
		size_t column;

		if (!str_starts(name, t->name) || name.n == t->name.n ||
			name.p[t->name.n] != '.')
			continue;
		column = map_column_index(t, str_from(name, t->name.n + 1));
		if (column == t->columns_n)
			continue;
		out->table = t->name;
		out->column = t->columns[column].name;
		return true;
	}
	return false;
}

bool corrections_find(const struct corrections *c, const uint8_t *key,
	const struct corrected_place *p, str *value)
{
	str old = str_trim(p->value), now = old;
	bool is_found = false;

	for (size_t i = first_of(c, key);
		i < c->n && !memcmp(c->at[i].key, key, IDENT_KEY_SIZE); i++) {
		const struct standing *s = &c->at[i];

		if (!str_eq(s->table, p->table) ||
			!str_eq(s->column, p->column) ||
			(!str_eq_nocase(s->was, now) &&
				!str_eq_nocase(s->was, old)))
			continue;
		/* Corrected twice: on from what the first one said; and what was
		 * decided of the same value again is the last word. */
		*value = s->value;
		now = str_trim(s->value);
		is_found = true;
	}
	return is_found;
}

/* Those of one identifier. */
static int load_key(struct desk *d, str system, const uint8_t *key,
	struct corrections *c, struct err *e)
{
	struct sql_correction_of_key_in in = { system,
		{ (const char *)key, IDENT_KEY_SIZE } };
	struct sql_correction_of_key_rows rows;

	if (sql_correction_of_key(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct standing s = { .table = rows.at[i].table_name,
			.column = rows.at[i].column_name };

		memcpy(s.key, key, IDENT_KEY_SIZE);
		if (take(d, c, s, rows.at[i].sealed, e))
			return -1;
	}
	return 0;
}

int corrections_apply(struct desk *d, struct new_record *r, struct err *e)
{
	const struct ident_keyring *k = suppress_keyring(d->suppress);
	uint8_t key[IDENT_KEY_SIZE];

	for (size_t i = 0; r->cells_n && i < r->ids_n; i++) {
		struct corrections c = { 0 };

		if (r->ids[i].kind != IDENT_EMAIL ||
			ident_key_of(k, IDENT_EMAIL, r->ids[i].value, key))
			continue;
		if (load_key(d, r->system, key, &c, e))
			return -1;
		for (size_t n = 0; n < r->cells_n; n++) {
			struct new_cell *cell = &r->cells[n];

			cell->is_corrected |= corrections_find(
				&c, key, &cell->at, &cell->at.value);
		}
	}
	return 0;
}

int corrections_forget(struct desk *d, const struct record *r, struct err *e)
{
	str lines = arena_fmt(d->arena, "%.*s\n%.*s",
		STR_ARG(r->person.email.v), STR_ARG(r->person.other_emails.v));
	uint8_t key[IDENT_KEY_SIZE];
	str line;

	if (parts_of(&r->person)) /* what was not asked to go stays right */
		return 0;
	while (str_next(&lines, '\n', &line)) {
		struct sql_correction_identifier_forget_in in = {
			{ (const char *)key, sizeof key }
		};

		if (!ident_key_of(suppress_keyring(d->suppress), IDENT_EMAIL,
			    line, key) &&
			sql_correction_identifier_forget(d->db, &in, e) < 0)
			return -1;
	}
	return sql_correction_forget(d->db,
		       &(struct sql_correction_forget_in){ STR("") }, e) < 0
		       ? -1
		       : 0;
}

int corrections_drop(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_correction_drop_undone_identifiers_in whose = { request_id };
	struct sql_correction_drop_undone_in in = { request_id };

	if (sql_correction_drop_undone_identifiers(d->db, &whose, e) < 0)
		return -1;
	return sql_correction_drop_undone(d->db, &in, e) < 0 ? -1 : 0;
}

int corrections_end(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_correction_forget_closed_in forgotten = { request_id,
		STR("") };

	if (corrections_drop(d, request_id, e))
		return -1;
	return sql_correction_forget_closed(d->db, &forgotten, e) < 0 ? -1 : 0;
}
