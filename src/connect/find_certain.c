/*
 * Whose addresses stand in the rows found.  Whoever may write a row can write
 * somebody else's address into it: a friend's, a recipient's, an alias.  So an
 * address leads to the owner of its row, and from the row on, only where it can be
 * nobody else's; where the map says which columns are the owner's (`own`), these
 * are.  find.h has the rules.
 */
#include <string.h>

#include "base/base.h"
#include "connect/decimal.h"
#include "connect/find_rows.h"

static const struct map_table *table_at(const struct search *s, size_t i)
{
	return &s->system->tables[i];
}

static bool read_ident(
	const struct map_column *c, const struct cell *cell, struct ident *out)
{
	return c->is_identifier && cell->type != CELL_NULL && !cell->is_cut &&
	       ident_read(out, IDENT_TOYON_1, c->kind, cell->v.v) ==
		       IDENT_FAULT_NONE;
}

static bool is_same(const struct ident *a, const struct ident *b)
{
	return a->kind == b->kind &&
	       str_eq((str){ a->text, a->n }, (str){ b->text, b->n });
}

static bool is_among(const struct ident *ids, size_t n, const struct ident *id)
{
	for (size_t i = 0; i < n; i++)
		if (is_same(&ids[i], id))
			return true;
	return false;
}

static bool is_asked(const struct search *s, const struct ident *id)
{
	return is_among(s->ids, s->ids_n, id);
}

/* --- rows of two people --- */

/* What the columns of a row hold of one kind. */
struct held {
	struct ident first;
	bool has_any;
	bool differ;
	bool has_asked;
	bool has_other; /* that was not asked for */
};

static struct held held_by(const struct search *s, const struct map_table *t,
	const struct cell *cells, enum ident_kind kind, bool is_own)
{
	struct held h = { 0 };

	for (size_t i = 0; i < t->columns_n; i++) {
		const struct map_column *c = &t->columns[i];
		struct ident id;

		if (c->kind != kind || c->is_own != is_own ||
			!read_ident(c, &cells[i], &id))
			continue;
		h.differ |= h.has_any && !is_same(&h.first, &id);
		h.first = h.has_any ? h.first : id;
		h.has_any = true;
		h.has_asked |= is_asked(s, &id);
		h.has_other |= !is_asked(s, &id);
	}
	return h;
}

static bool has_own(const struct map_table *t, enum ident_kind kind)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].is_own && t->columns[i].kind == kind)
			return true;
	return false;
}

static bool is_torn_by(const struct search *s, const struct map_table *t,
	const struct cell *cells, enum ident_kind kind)
{
	struct held rest = held_by(s, t, cells, kind, false);
	struct held own;

	if (!has_own(t, kind))
		return rest.differ && rest.has_other;
	own = held_by(s, t, cells, kind, true);
	return rest.has_asked && own.has_any && !own.has_asked;
}

static size_t columns_of(const struct map_table *t, enum ident_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < t->columns_n; i++)
		n += t->columns[i].is_identifier && t->columns[i].kind == kind;
	return n;
}

bool search_is_torn(const struct search *s, const struct map_table *t,
	const struct cell *cells)
{
	for (int kind = 0; kind < IDENT_KINDS; kind++)
		if (columns_of(t, (enum ident_kind)kind) > 1 &&
			is_torn_by(s, t, cells, (enum ident_kind)kind))
			return true;
	return false;
}

static void mark_torn(struct search *s)
{
	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].n; i++) {
			struct search_row *r = &s->tables[t].rows[i];

			if (!search_is_torn(s, table_at(s, t), r->row.cells))
				continue;
			r->row.is_shared = true;
			r->is_certain = false;
		}
}

/* --- owners that were climbed to --- */

/* An owner's row, and the column whose address led to it. */
struct claim {
	const struct map_column *by;
	size_t table;
	const struct search_row *owner;
};

static bool is_rival(const struct claim *c, const struct map_column *column)
{
	return column != c->by && column->is_identifier &&
	       column->kind == c->by->kind;
}

/* Another address than what was asked for stands in a row of the table. */
static bool row_speaks_against(const struct search *s, const struct claim *c,
	const struct map_table *t, const struct found_row *r)
{
	for (size_t i = 0; i < t->columns_n; i++) {
		struct ident id;

		if (is_rival(c, &t->columns[i]) &&
			read_ident(&t->columns[i], &r->cells[i], &id) &&
			!is_asked(s, &id))
			return true;
	}
	return false;
}

static bool has_own_rival(const struct claim *c, const struct map_table *t)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (is_rival(c, &t->columns[i]) && t->columns[i].is_own)
			return true;
	return false;
}

static bool child_speaks_against(const struct search *s, const struct claim *c,
	size_t child, const struct map_link *l)
{
	const struct map_table *t = table_at(s, child);
	const struct cell *key = &c->owner->row.cells[l->to_column];

	if (has_own_rival(c, t))
		return true;
	for (size_t i = 0; i < s->tables[child].n; i++) {
		const struct search_row *r = &s->tables[child].rows[i];

		/* Whose row it is can't be told: it tells of nobody. */
		if (r->row.is_shared)
			continue;
		if ((r->is_respelled ||
			    str_eq(r->row.cells[l->column].v.v, key->v.v)) &&
			row_speaks_against(s, c, t, &r->row))
			return true;
	}
	return false;
}

/* An address that may be somebody else's than the owner's leads to nobody. */
static bool is_doubtful(const struct search *s, const struct claim *c)
{
	const struct map_table *owners = table_at(s, c->table);

	if (!c->by || c->by->is_own)
		return false;
	if (has_own_rival(c, owners) ||
		row_speaks_against(s, c, owners, &c->owner->row))
		return true;
	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->links_n; i++) {
			const struct map_link *l = &table_at(s, t)->links[i];

			if (!l->is_shared && l->to == c->table &&
				child_speaks_against(s, c, t, l))
				return true;
		}
	return false;
}

/* What certain rows that one column led to name by a link. */
struct named {
	struct values values;
	bool is_any; /* in another spelling: it can't be told which */
};

static struct named named_by(struct search *s, size_t table,
	const struct map_link *l, const struct map_column *by)
{
	const struct search_table *t = &s->tables[table];
	struct named n = { 0 };
	struct cell plain;

	for (size_t i = 0; i < t->n; i++) {
		const struct cell *c = &t->rows[i].row.cells[l->column];

		if (!t->rows[i].is_certain || t->rows[i].by != by)
			continue;
		n.is_any |= t->rows[i].is_respelled;
		values_add(s->arena, &n.values, c);
		if (decimal_form(s->arena, c, &plain))
			values_add(s->arena, &n.values, &plain);
	}
	values_sort(&n.values);
	return n;
}

/* True when an owner became certain that was not. */
static bool vouch(struct search *s, size_t table, const struct map_link *l,
	const struct map_column *by)
{
	struct search_table *owners = &s->tables[l->to];
	struct named n = named_by(s, table, l, by);
	bool has_grown = false;

	for (size_t i = 0; (n.values.n || n.is_any) && i < owners->n; i++) {
		struct search_row *o = &owners->rows[i];
		struct claim c = { by, l->to, o };

		if (!o->is_entry || o->is_certain || o->row.is_shared)
			continue;
		if (!n.is_any &&
			!values_have(&n.values, &o->row.cells[l->to_column]))
			continue;
		if (is_doubtful(s, &c))
			continue;
		o->is_certain = has_grown = true;
		o->by = by;
	}
	return has_grown;
}

/* By a key, or by any column of the system: what climbed on keeps its own. */
static bool vouch_by_all(
	struct search *s, size_t table, const struct map_link *l)
{
	bool has_grown = vouch(s, table, l, NULL);

	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->columns_n; i++)
			if (table_at(s, t)->columns[i].is_identifier)
				has_grown |= vouch(s, table, l,
					&table_at(s, t)->columns[i]);
	return has_grown;
}

static bool vouch_all(struct search *s)
{
	bool has_grown = false;

	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->links_n; i++) {
			const struct map_link *l = &table_at(s, t)->links[i];

			if (!l->is_shared && s->tables[t].n &&
				s->tables[l->to].n)
				has_grown |= vouch_by_all(s, t, l);
		}
	return has_grown;
}

void search_mark_uncertain(struct search *s)
{
	mark_torn(s);
	while (vouch_all(s))
		;
	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].n; i++) {
			struct search_row *r = &s->tables[t].rows[i];

			r->row.is_shared |= r->is_entry && !r->is_certain;
		}
}

/* --- what else stands there --- */

/* Few are found mostly: room is made as they come. */
static void add_ident(
	struct arena *a, struct ident **list, size_t *n, const struct ident *id)
{
	/* Full at 0 and at each power of two. */
	if (!(*n & (*n - 1))) {
		struct ident *at = arena_many(a, struct ident, *n ? 2 * *n : 1);

		if (*n)
			memcpy(at, *list, *n * sizeof *at);
		*list = at;
	}
	(*list)[(*n)++] = *id;
}

static bool is_known(
	const struct search *s, const struct finding *f, const struct ident *id)
{
	return is_asked(s, id) || is_among(f->idents, f->idents_n, id) ||
	       is_among(f->doubts, f->doubts_n, id);
}

static void note(struct search *s, struct finding *f, const struct ident *id,
	bool is_sure)
{
	if (is_known(s, f, id))
		return;
	if (is_sure && f->idents_n < FIND_IDENTS_MAX)
		add_ident(s->arena, &f->idents, &f->idents_n, id);
	else if (!is_sure && f->doubts_n < FIND_IDENTS_MAX)
		add_ident(s->arena, &f->doubts, &f->doubts_n, id);
}

/* Of what stands in a row that is the person's alone. */
static bool is_theirs(const struct map_table *t, const struct map_column *c,
	const struct found_row *r)
{
	return c->kind != IDENT_EMAIL || c->is_own ||
	       (r->is_entry && !has_own(t, c->kind));
}

static void note_rows(
	struct search *s, struct finding *f, size_t table, bool is_sure)
{
	const struct map_table *t = table_at(s, table);
	const struct found_table *ft = &f->tables[table];

	for (size_t i = 0; i < ft->n; i++)
		for (size_t k = 0; k < t->columns_n; k++) {
			const struct map_column *c = &t->columns[k];
			struct ident id;

			if (!ft->rows[i].is_shared &&
				is_theirs(t, c, &ft->rows[i]) == is_sure &&
				read_ident(c, &ft->rows[i].cells[k], &id))
				note(s, f, &id, is_sure);
		}
}

/* --- addresses that lead to somebody else here --- */

struct strangers {
	struct search *search;
	struct finding *found;
	size_t table;
	const struct map_column *column;
	bool *is_theirs; /* of each of found->idents */
};

/* cells: the key, the address, and what the row belongs to.  A row that belongs to
 * nothing, and nothing to it, tells of nobody. */
static int take_stranger(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct strangers *x = ctx;
	bool is_owned = n == 2;
	struct ident id;

	(void)e;
	for (size_t i = 2; i < n; i++)
		is_owned |= cells[i].type != CELL_NULL;
	if (!is_owned || search_row_of(x->search, x->table, &cells[0]) ||
		!read_ident(x->column, &cells[1], &id))
		return 0;
	for (size_t i = 0; i < x->found->idents_n; i++)
		x->is_theirs[i] |= is_same(&x->found->idents[i], &id);
	return 0;
}

static struct values emails_of(struct search *s, const struct finding *f)
{
	struct values v = { 0 };

	for (size_t i = 0; i < f->idents_n; i++) {
		const struct ident *id = &f->idents[i];
		struct cell c = cell_text(
			arena_dup(s->arena, (str){ id->text, id->n }));

		if (id->kind == IDENT_EMAIL)
			values_add(s->arena, &v, &c);
	}
	return v;
}

static bool has_children(const struct map_system *s, const struct map_table *t)
{
	for (size_t i = 0; i < s->tables_n; i++)
		for (size_t k = 0; k < s->tables[i].links_n; k++)
			if (&s->tables[s->tables[i].links[k].to] == t)
				return true;
	return false;
}

static int ask_strangers(
	struct strangers *x, const struct values *v, struct err *e)
{
	const struct search *s = x->search;
	const struct map_table *t = table_at(s, x->table);
	str columns[2 + MAP_LINKS_MAX] = { t->columns[t->key].name,
		x->column->name };
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = 2,
		.where = x->column->name,
		.match = x->column->is_standardized ? MATCH_STANDARDIZED
						    : MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = v->at,
		.values_n = v->n,
		.cell_max = s->limits.cell_max,
	};

	/* What owns rows is somebody whether it belongs to anything or not. */
	for (size_t i = 0; !has_children(s->system, t) && i < t->links_n; i++)
		if (!t->links[i].is_shared)
			columns[q.columns_n++] =
				t->columns[t->links[i].column].name;
	search_way(s, (str){ 0 });
	return conn_rows(s->conn, &q, take_stranger, x, e);
}

/* Those that stand in somebody else's row become doubts. */
static void give_back(
	struct search *s, struct finding *f, const bool *is_theirs)
{
	size_t n = 0;

	for (size_t i = 0; i < f->idents_n; i++)
		if (!is_theirs[i])
			f->idents[n++] = f->idents[i];
		else if (f->doubts_n < FIND_IDENTS_MAX)
			add_ident(s->arena, &f->doubts, &f->doubts_n,
				&f->idents[i]);
	f->idents_n = n;
}

static int doubt_strangers(struct search *s, struct finding *f, struct err *e)
{
	struct values v = emails_of(s, f);
	struct strangers x = { .search = s,
		.found = f,
		.is_theirs = arena_many(s->arena, bool, f->idents_n) };

	for (x.table = 0; v.n && x.table < s->system->tables_n; x.table++) {
		const struct map_table *t = table_at(s, x.table);

		if (map_stands_alone(s->system, t) || s->tables[x.table].rest.n)
			continue;
		for (size_t i = 0; i < t->columns_n; i++) {
			x.column = &t->columns[i];
			if (x.column->is_identifier &&
				x.column->kind == IDENT_EMAIL &&
				ask_strangers(&x, &v, e) < 0)
				return -1;
		}
	}
	give_back(s, f, x.is_theirs);
	return 0;
}

int search_note_idents(struct search *s, struct finding *f, struct err *e)
{
	for (size_t t = 0; t < s->system->tables_n; t++)
		note_rows(s, f, t, true);
	/* Who is known by a key is searched for by nothing else. */
	if (s->ids_n && doubt_strangers(s, f, e))
		return -1;
	for (size_t t = 0; t < s->system->tables_n; t++)
		note_rows(s, f, t, false);
	return 0;
}
