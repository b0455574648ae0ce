#include "connect/find_others.h"

#include "base/base.h"
#include "connect/find_cross.h"
#include "connect/find_standing.h"

/* --- by an identifier --- */

static bool read_ident(const struct map_table *t, const struct found_row *r,
	size_t column, struct ident *out)
{
	const struct cell *c = &r->cells[column];

	return t->columns[column].is_identifier && c->type != CELL_NULL &&
	       !c->is_cut &&
	       ident_read(out, IDENT_TOYON_1, t->columns[column].kind,
		       c->v.v) == IDENT_FAULT_NONE;
}

static bool is_among(const struct ident *ids, size_t n, const struct ident *id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i].kind == id->kind &&
			str_eq((str){ ids[i].text, ids[i].n },
				(str){ id->text, id->n }))
			return true;
	return false;
}

static bool is_strange(const struct map_table *t, const struct found_row *r,
	const struct ident *ids, size_t n)
{
	for (size_t i = 0; i < t->columns_n; i++) {
		struct ident id;

		if (t->columns[i].is_identifier && r->cells[i].is_cut)
			return true;
		if (read_ident(t, r, i, &id) && !is_among(ids, n, &id))
			return true;
	}
	return false;
}

void find_mark_strange(struct finding *f, const struct ident *ids, size_t ids_n)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++) {
			struct found_row *r = &f->tables[t].rows[i];

			if (!r->is_entry && !r->is_shared &&
				is_strange(f->tables[t].table, r, ids, ids_n))
				r->is_shared = r->is_strange = true;
		}
}

static bool is_known_by(const struct found_row *r)
{
	return r->is_entry && !r->is_shared;
}

static size_t idents_most(const struct finding *f)
{
	size_t n = 0;

	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			n += is_known_by(&f->tables[t].rows[i])
				     ? f->tables[t].table->columns_n
				     : 0;
	return n;
}

struct ident *find_own_idents(
	struct arena *a, const struct finding *f, size_t *n)
{
	struct ident *ids = arena_many(a, struct ident, idents_most(f));

	*n = 0;
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++) {
			const struct found_row *r = &f->tables[t].rows[i];
			const struct map_table *tb = f->tables[t].table;

			for (size_t c = 0; is_known_by(r) && c < tb->columns_n;
				c++)
				*n += read_ident(tb, r, c, &ids[*n]) &&
				      !is_among(ids, *n, &ids[*n]);
		}
	return ids;
}

/* --- by a link to another system --- */

/* Values of one link that are not known as the person's, and those of them that stand
 * where it leads. */
struct claims {
	const struct find_others *x;
	struct found_table *table;
	const struct map_cross *cross;
	struct values others;
	struct values there;
};

static bool is_claim(const struct claims *k, const struct found_row *r)
{
	const struct cell *c = &r->cells[k->cross->column];

	return !r->is_shared && c->type != CELL_NULL &&
	       (c->is_cut || str_trim(c->v.v).n);
}

/* The beginning of a value can't be asked for: in doubt it is somebody's. */
static void collect(struct claims *k)
{
	for (size_t i = 0; i < k->table->n; i++) {
		struct found_row *r = &k->table->rows[i];
		const struct cell *c = &r->cells[k->cross->column];

		if (!is_claim(k, r))
			continue;
		if (c->is_cut)
			r->is_shared = true;
		else if (!k->x->is_own(
				 k->x->ctx, k->table->table, k->cross, c->v.v))
			values_add(k->x->arena, &k->others, c);
	}
	values_sort(&k->others);
}

/* The person's own value, written otherwise.  Whoever else stands there may be the same
 * person, or not. */
static bool is_known(void *ctx, const struct cell *there)
{
	const struct claims *k = ctx;

	return k->x->is_own(k->x->ctx, k->table->table, k->cross, there->v.v);
}

static int ask(struct claims *k, struct conn *c, struct err *e)
{
	const struct find_standing x = {
		.conn = c,
		.arena = k->x->arena,
		.table = &c->system->tables[k->cross->to],
		.column = k->cross->to_column,
		.is_known = is_known,
		.ctx = k,
	};

	return find_standing(&x, &k->others, &k->there, e);
}

static void mark_claims(struct claims *k, const struct values *v)
{
	for (size_t i = 0; i < k->table->n; i++) {
		struct found_row *r = &k->table->rows[i];

		if (is_claim(k, r) &&
			values_have(v, &r->cells[k->cross->column]))
			r->is_shared = true;
	}
}

static int mark_by_cross(const struct find_others *x, struct found_table *t,
	const struct map_cross *cross, struct err *e)
{
	const struct map_system *there = &x->map->systems[cross->system];
	struct claims k = { .x = x, .table = t, .cross = cross };
	struct conn *c;

	collect(&k);
	if (!k.others.n)
		return 0;
	if (map_asks_person(there)) {
		mark_claims(&k, &k.others);
		return 0;
	}
	if (x->open(x->ctx, there, &c, e) || ask(&k, c, e))
		return -1;
	mark_claims(&k, &k.there);
	return 0;
}

int find_mark_others(
	const struct find_others *x, struct finding *f, struct err *e)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].table->crosses_n; i++)
			if (mark_by_cross(x, &f->tables[t],
				    &f->tables[t].table->crosses[i], e))
				return -1;
	find_mark_down(x->arena, f);
	find_mark_strange(f, x->ids, x->ids_n);
	find_mark_down(x->arena, f);
	return 0;
}

/* --- by another finding --- */

static bool has_row(const struct found_table *t, const struct found_row *r)
{
	for (size_t i = 0; i < t->n; i++)
		if (cell_eq(&t->rows[i].key, &r->key))
			return true;
	return false;
}

void find_leave_out(struct finding *f, const struct finding *other)
{
	must(f->system == other->system);
	for (size_t t = 0; t < f->system->tables_n; t++) {
		struct found_table *at = &f->tables[t];
		size_t n = 0;

		for (size_t i = 0; i < at->n; i++)
			if (!has_row(&other->tables[t], &at->rows[i]))
				at->rows[n++] = at->rows[i];
		at->n = n;
	}
}

/* --- what belongs to them --- */

static struct values marked_of(
	struct arena *a, const struct found_table *t, size_t column)
{
	struct values v = { 0 };

	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i].is_shared)
			values_add(a, &v, &t->rows[i].cells[column]);
	values_sort(&v);
	return v;
}

static bool pass_down(struct arena *a, struct finding *f, struct found_table *t,
	const struct map_link *l)
{
	struct values v = marked_of(a, &f->tables[l->to], l->to_column);
	bool has_marked = false;

	for (size_t i = 0; i < t->n && v.n; i++) {
		struct found_row *r = &t->rows[i];
		const struct cell *c = &r->cells[l->column];

		if (r->is_shared || c->type == CELL_NULL || !values_have(&v, c))
			continue;
		r->is_shared = has_marked = true;
	}
	return has_marked;
}

static bool pass_all_down(struct arena *a, struct finding *f)
{
	bool has_marked = false;

	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].table->links_n; i++) {
			const struct map_link *l =
				&f->tables[t].table->links[i];

			if (!l->is_shared)
				has_marked |= pass_down(a, f, &f->tables[t], l);
		}
	return has_marked;
}

void find_mark_down(struct arena *a, struct finding *f)
{
	while (pass_all_down(a, f))
		;
}
