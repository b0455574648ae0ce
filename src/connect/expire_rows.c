/*
 * Some rows of a table whose time is up, and all that belongs to them: from each row
 * down every link that leads to it, one look-up a link.  Then what can't go is marked,
 * and what depends on it, until nothing changes any more.
 *
 * Rows are erased by their keys, so each key is asked for once more, whatever led to it:
 * on how many rows it stands.  What stands on two is nobody's to erase.
 */
#include "connect/expire_rows.h"

#include "base/base.h"
#include "connect/keys.h"

struct going_row {
	struct found_row row;
	size_t roots; /* rows of the batch that have its key; 0: it came by a link */
	size_t standing;     /* rows of the system that have its key */
	enum expire_why why; /* EXPIRE_GOES, or why it waits */
};

struct going_table {
	struct going_row *at;
	size_t n;
	size_t done; /* of these, what belongs to them was asked for */
	struct key_set by_key; /* of whose rows; made with the first */
};

/* A row goes after what belongs to it, and that goes with it only. */
struct edge {
	struct going_row *child;
	struct going_row *owner;
	struct edge *next;
};

/* Somebody's row that points to one of these: it has to go before. */
struct pointer {
	size_t from; /* table */
	struct cell key;
	size_t link;
	struct cell value;
	struct pointer *next;
};

struct gathering {
	struct conn *conn;
	struct arena *arena;
	const struct map_system *system;
	struct expire_batch_rows *batch;
	struct going_table *tables;
	size_t rows_n;
	size_t cells_n;
	size_t size;
	struct pointer *pointers;
	struct edge *edges;
};

/* --- reading --- */

static int refuse_many(struct err *e)
{
	err_set(e, ERR_LIMIT, "too much belongs to one row");
	return err_hint(e, "a link of the data map may lead to rows that many "
			   "people share; mark it as shared");
}

static int need_room(
	struct gathering *g, const struct map_table *t, struct err *e)
{
	g->rows_n++;
	g->cells_n += t->columns_n;
	if (g->rows_n > EXPIRE_ROWS_MAX || g->cells_n > FIND_CELLS_MAX ||
		g->size > FIND_SIZE_MAX)
		return refuse_many(e);
	return 0;
}

static struct cell *cells_dup(
	struct gathering *g, const struct cell *cells, size_t n)
{
	struct cell *out = arena_many(g->arena, struct cell, n);

	for (size_t i = 0; i < n; i++) {
		out[i] = cell_dup(g->arena, &cells[i]);
		g->size += cells[i].v.v.n;
	}
	return out;
}

static int need_whole(
	const struct map_table *t, const struct cell *cells, struct err *e)
{
	bool is_cut = cells[t->key].is_cut;

	for (size_t i = 0; i < t->links_n; i++)
		is_cut = is_cut || cells[t->links[i].column].is_cut;
	if (!is_cut)
		return 0;
	return err_set(e, ERR_LIMIT,
		"table \"%.*s\": a key, or the value of a link, is too long",
		STR_ARG(t->name));
}

static struct going_row *row_of(
	const struct going_table *t, const struct cell *key)
{
	const struct key_entry *k =
		t->n ? key_set_find(&t->by_key, key->v.v) : NULL;

	return k ? &t->at[k->uses->number] : NULL;
}

struct reading {
	struct gathering *g;
	size_t table;
	const struct map_link *link; /* NULL: rows of the batch */
	struct key_set asked; /* the values that the link was asked for */
};

/* A system may take "abc" for "AbC".  Then the row has an owner, and which one of those
 * that were asked for can't be told here. */
static void need_owner(const struct reading *r, const struct cell *cells)
{
	if (r->link && !key_set_find(&r->asked, cells[r->link->column].v.v))
		r->g->batch->is_unsure = true;
}

/* Two rows may stand on one key: each has an owner. */
static void need_one(const struct reading *r, const struct map_table *t,
	const struct going_row *row, const struct cell *cells)
{
	for (size_t i = 0; r->link && i < t->links_n; i++) {
		size_t at = t->links[i].column;

		if (!cell_eq(&row->row.cells[at], &cells[at]))
			r->g->batch->is_unsure = true;
	}
}

/* What can't be erased by its key goes with nobody. */
static bool has_key(const struct reading *r, const struct cell *cells)
{
	const struct map_table *t = &r->g->system->tables[r->table];

	if (cells[t->key].type != CELL_NULL)
		return true;
	r->g->batch->is_unsure = true;
	return false;
}

static int add_row(
	const struct reading *r, const struct cell *cells, struct err *e)
{
	struct gathering *g = r->g;
	const struct map_table *t = &g->system->tables[r->table];
	struct going_table *to = &g->tables[r->table];
	struct going_row *row;

	if (need_whole(t, cells, e))
		return -1;
	row = row_of(to, &cells[t->key]);
	if (row) {
		need_one(r, t, row, cells);
		row->roots += !r->link;
		return 0;
	}
	if (need_room(g, t, e))
		return -1;
	if (!to->at) {
		to->at =
			arena_many(g->arena, struct going_row, EXPIRE_ROWS_MAX);
		to->by_key = key_set_in(g->arena, EXPIRE_ROWS_MAX);
	}
	row = &to->at[to->n];
	row->row.cells = cells_dup(g, cells, t->columns_n);
	row->row.key = row->row.cells[t->key];
	row->roots = !r->link;
	key_set_add(&to->by_key, &row->row.key, 1, to->n++);
	return 0;
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	const struct map_table *t = &r->g->system->tables[r->table];

	(void)n;
	if (!r->link && !expire_is_old(t, cells, r->g->batch->today))
		return 0; /* it was used since it was found */
	need_owner(r, cells);
	return has_key(r, cells) ? add_row(r, cells, e) : 0;
}

/* Whether it goes as well is known at the end only. */
static int take_pointer(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	struct gathering *g = r->g;
	const struct map_table *t = &g->system->tables[r->table];
	struct pointer *p = arena_one(g->arena, struct pointer);

	(void)n;
	if (!has_key(r, cells))
		return 0;
	if (need_whole(t, cells, e) || need_room(g, t, e))
		return -1;
	need_owner(r, cells);
	*p = (struct pointer){
		.from = r->table,
		.key = cell_dup(g->arena, &cells[t->key]),
		.link = (size_t)(r->link - t->links),
		.value = cell_dup(g->arena, &cells[r->link->column]),
		.next = g->pointers,
	};
	g->pointers = p;
	return 0;
}

static int look(struct reading *r, str where, const struct cell *values,
	size_t n, struct err *e)
{
	const struct map_table *t = &r->g->system->tables[r->table];
	str *columns = arena_many(r->g->arena, str, t->columns_n);
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = t->columns_n,
		.where = where,
		.values = values,
		.values_n = n,
		.cell_max = FIND_CELL_MAX,
		.is_loose = r->link != NULL,
	};
	bool is_pointer = r->link && r->link->is_shared;

	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = t->columns[i].name;
	return n ? conn_rows(r->g->conn, &q,
			   is_pointer ? take_pointer : take_row, r, e)
		 : 0;
}

/* The rows that belong, or point, to the new ones of a table by one link. */
static int descend(struct gathering *g, size_t table, size_t to,
	const struct map_link *l, struct err *e)
{
	const struct going_table *owners = &g->tables[to];
	struct reading r = { .g = g, .table = table, .link = l };
	struct cell *values =
		arena_many(g->arena, struct cell, owners->n - owners->done);
	size_t n = 0;

	for (size_t i = owners->done; i < owners->n; i++) {
		const struct cell *c = &owners->at[i].row.cells[l->to_column];

		if (c->type != CELL_NULL)
			values[n++] = *c;
	}
	r.asked = key_set_in(g->arena, n);
	key_set_add(&r.asked, values, n, 0);
	return look(&r, g->system->tables[table].columns[l->column].name,
		values, n, e);
}

static int descend_all(struct gathering *g, size_t to, struct err *e)
{
	size_t n = g->tables[to].n;

	for (size_t t = 0; t < g->system->tables_n; t++) {
		const struct map_table *from = &g->system->tables[t];

		for (size_t i = 0; i < from->links_n; i++)
			if (from->links[i].to == to &&
				descend(g, t, to, &from->links[i], e))
				return -1;
	}
	g->tables[to].done = n;
	return 0;
}

static int read_all(struct gathering *g, struct err *e)
{
	const struct map_table *t = g->batch->table;
	struct reading r = { .g = g, .table = (size_t)(t - g->system->tables) };
	bool is_any = true;

	if (look(&r, t->columns[t->key].name, g->batch->keys, g->batch->n, e))
		return -1;
	while (is_any) {
		is_any = false;
		for (size_t i = 0; i < g->system->tables_n; i++) {
			if (g->tables[i].done == g->tables[i].n)
				continue;
			is_any = true;
			if (descend_all(g, i, e))
				return -1;
		}
	}
	return 0;
}

/* --- whose keys they are --- */

struct counting {
	struct gathering *g;
	const struct going_table *table;
};

static int count_key(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct counting *x = ctx;
	struct going_row *row = row_of(x->table, &cells[0]);

	(void)n;
	(void)e;
	if (row)
		row->standing++;
	else
		x->g->batch->is_unsure = true;
	return 0;
}

static int count_keys(struct gathering *g, size_t table, struct err *e)
{
	const struct map_table *t = &g->system->tables[table];
	const struct going_table *rows = &g->tables[table];
	struct cell *keys = arena_many(g->arena, struct cell, rows->n);
	struct counting x = { g, rows };
	struct row_query q = {
		.table = t->name,
		.columns = &t->columns[t->key].name,
		.columns_n = 1,
		.where = t->columns[t->key].name,
		.values = keys,
		.values_n = rows->n,
		.cell_max = FIND_CELL_MAX,
	};

	if (!rows->n || table_has_own_key(t))
		return 0;
	for (size_t i = 0; i < rows->n; i++)
		keys[i] = rows->at[i].row.key;
	return conn_rows(g->conn, &q, count_key, &x, e);
}

static int count_all_keys(struct gathering *g, struct err *e)
{
	for (size_t t = 0; t < g->system->tables_n; t++)
		if (count_keys(g, t, e))
			return -1;
	return 0;
}

/* --- what can't go --- */

static void wait_for(struct going_row *row, enum expire_why why)
{
	if (!row->why)
		row->why = why;
}

static void mark_row(
	struct gathering *g, const struct map_table *t, struct going_row *row)
{
	const struct row_exceptions *x = g->conn->exceptions;

	if (x && x->has(x->ctx, t, &row->row.key))
		wait_for(row, EXPIRE_NEEDED);
	else if (row->standing > 1)
		wait_for(row, EXPIRE_UNSURE);
	else if (t->erase == ERASE_KEEP)
		wait_for(row, EXPIRE_KEPT);
	else if (t->expires && !expire_is_done(t, row->row.cells) &&
		 !expire_is_old(t, row->row.cells, g->batch->today))
		wait_for(row, EXPIRE_YOUNGER);
}

static void join(
	struct gathering *g, struct going_row *child, struct going_row *owner)
{
	struct edge *edge = arena_one(g->arena, struct edge);

	*edge = (struct edge){ child, owner, g->edges };
	g->edges = edge;
}

/* What goes by its own time goes whoever owns it. */
static void mark_links(struct gathering *g, const struct map_table *t,
	const struct key_set *owners, struct going_row *row)
{
	for (size_t i = 0; i < t->links_n; i++) {
		const struct map_link *l = &t->links[i];
		const struct cell *value = &row->row.cells[l->column];
		const struct key_entry *k;

		if (value->type == CELL_NULL)
			continue;
		k = key_set_find(&owners[i], value->v.v);
		for (struct key_use *u = k ? k->uses : NULL; u; u = u->next)
			join(g, row, &g->tables[l->to].at[u->number]);
		if (!k && !l->is_shared && !row->roots)
			wait_for(row, EXPIRE_OTHERS);
	}
}

static struct key_set owners_of(struct gathering *g, const struct map_link *l)
{
	const struct going_table *to = &g->tables[l->to];
	struct key_set out = key_set_in(g->arena, to->n);

	for (size_t i = 0; i < to->n; i++)
		key_set_add(&out, &to->at[i].row.cells[l->to_column], 1, i);
	return out;
}

static void mark_table(struct gathering *g, size_t table)
{
	const struct map_table *t = &g->system->tables[table];
	struct key_set *owners =
		arena_many(g->arena, struct key_set, t->links_n);

	for (size_t i = 0; i < t->links_n; i++)
		owners[i] = owners_of(g, &t->links[i]);
	for (size_t i = 0; i < g->tables[table].n; i++) {
		mark_row(g, t, &g->tables[table].at[i]);
		mark_links(g, t, owners, &g->tables[table].at[i]);
	}
}

/* What points to a row, and does not go itself, needs it. */
static void mark_pointed(struct gathering *g)
{
	for (const struct pointer *p = g->pointers; p; p = p->next) {
		const struct map_link *l =
			&g->system->tables[p->from].links[p->link];
		struct going_table *to = &g->tables[l->to];

		if (row_of(&g->tables[p->from], &p->key))
			continue; /* an edge has it */
		for (size_t i = 0; i < to->n; i++)
			if (str_eq(to->at[i].row.cells[l->to_column].v.v,
				    p->value.v.v))
				wait_for(&to->at[i], EXPIRE_OTHERS);
	}
}

/* True when something changed. */
static bool spread_edge(const struct edge *edge)
{
	struct going_row *child = edge->child, *owner = edge->owner;

	if (child->why && !owner->why)
		owner->why = child->why;
	else if (owner->why && !child->why && !child->roots)
		child->why = owner->why;
	else
		return false;
	return true;
}

static void spread(const struct gathering *g)
{
	bool has_changed = true;

	while (has_changed) {
		has_changed = false;
		for (const struct edge *i = g->edges; i; i = i->next)
			has_changed |= spread_edge(i);
	}
}

/* --- what goes --- */

static void hand_out(struct gathering *g)
{
	struct finding *f = &g->batch->going;

	*f = (struct finding){ .system = g->system };
	f->tables =
		arena_many(g->arena, struct found_table, g->system->tables_n);
	for (size_t t = 0; t < g->system->tables_n; t++) {
		const struct going_table *from = &g->tables[t];
		struct found_table *to = &f->tables[t];

		to->table = &g->system->tables[t];
		to->rows = arena_many(g->arena, struct found_row, from->n);
		for (size_t i = 0; i < from->n; i++) {
			const struct going_row *row = &from->at[i];

			if (!row->why)
				to->rows[to->n++] = row->row;
			if (row->roots)
				g->batch->waiting[row->why] +=
					(int64_t)row->roots;
			else
				g->batch->along += !row->why;
		}
		f->rows_n += to->n;
	}
	g->batch->goes = g->batch->waiting[EXPIRE_GOES];
	g->batch->waiting[EXPIRE_GOES] = 0;
}

int expire_gather(struct conn *c, struct arena *a, struct expire_batch_rows *b,
	struct err *e)
{
	struct gathering g = {
		.conn = c,
		.arena = a,
		.system = c->system,
		.batch = b,
		.tables =
			arena_many(a, struct going_table, c->system->tables_n),
	};

	if (read_all(&g, e) || count_all_keys(&g, e))
		return -1;
	if (b->is_unsure)
		return 0;
	for (size_t t = 0; t < g.system->tables_n; t++)
		mark_table(&g, t);
	mark_pointed(&g);
	spread(&g);
	hand_out(&g);
	return 0;
}
