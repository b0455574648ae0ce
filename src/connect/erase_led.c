#include "connect/erase_led.h"

#include "base/base.h"
#include "connect/limit.h"
#include "connect/map.h"

/* One system on the way, with all keys that lead to it. */
struct stop {
	struct conn *conn;
	str *lines;
	size_t n;
	size_t searched; /* of them */
	struct find_start *starts;
	size_t starts_n;
	struct finding found;
};

struct trail {
	const struct led_eraser *x;
	const struct map_system *from;
	struct stop *at; /* of the map's systems */
	size_t *order;   /* in which they were searched last */
	size_t n;
};

/* --- the way --- */

struct strangers {
	const struct found_table *known;
	bool is_any;
};

static int note_stranger(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct strangers *s = ctx;
	bool is_known = false;

	(void)n;
	(void)e;
	for (size_t i = 0; i < s->known->n && !is_known; i++)
		is_known = cell_eq(&s->known->rows[i].key, &cells[0]);
	s->is_any = s->is_any || !is_known;
	return 0;
}

static bool is_told_by(const struct find_crossing *c, const struct finding *f,
	const struct find_key *key)
{
	return c->there == f->system && c->is_entry == key->is_entry &&
	       str_eq(c->table->name, key->table) &&
	       str_eq(c->table->columns[c->column].name, key->column);
}

/* Does the value stand in a row of that table that was not found? */
static int ask_strangers(const struct trail *t, struct conn *c,
	const struct find_crossing *by, struct strangers *s,
	const struct find_key *key, struct err *e)
{
	const struct map_column *columns = by->there_table->columns;
	struct find_start same = { 0 };
	struct row_query q = {
		.table = by->there_table->name,
		.columns = &columns[by->there_table->key].name,
		.columns_n = 1,
		.where = columns[by->there_column].name,
		.cell_max = FIND_CELL_MAX,
	};

	find_start_add(t->x->arena, &same, key->value);
	q.values = same.values;
	q.values_n = same.n;
	return conn_rows(c, &q, note_stranger, s, e);
}

/* What our rows belong to is not asked: the others of it are the owner's, too.  A key
 * of the table is one row's. */
static int is_theirs(const struct trail *t, struct conn *c,
	const struct finding *f, const struct find_key *key, bool *out,
	struct err *e)
{
	const struct map_system *to = map_system_named(t->x->map, key->system);
	struct find_crossings all =
		find_crossings_of(t->x->arena, t->x->map, to);

	*out = true;
	for (size_t i = 0; i < all.n && *out && !key->is_entry; i++) {
		const struct find_crossing *by = &all.at[i];
		struct strangers s = { 0 };

		if (!is_told_by(by, f, key) ||
			by->there_column == by->there_table->key)
			continue;
		s.known = &f->tables[by->there_table - f->system->tables];
		if (ask_strangers(t, c, by, &s, key, e))
			return -1;
		*out = !s.is_any;
	}
	return 0;
}

static bool has_line(const struct stop *s, str line)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->lines[i], line))
			return true;
	return false;
}

static int too_many(struct err *e)
{
	return err_set(e, ERR_LIMIT,
		"one person's rows lead to other systems by %d keys or more",
		FIND_IDENTS_MAX);
}

static int follow(struct trail *t, struct conn *c, const struct finding *f,
	str line, struct err *e)
{
	const struct map_system *to;
	struct find_key key;
	struct stop *s;
	bool is_ok;

	must(find_key_read(t->x->arena, line, &key));
	to = map_system_named(t->x->map, key.system);
	s = &t->at[to - t->x->map->systems];
	if (map_asks_person(to) || has_line(s, line))
		return 0;
	if (is_theirs(t, c, f, &key, &is_ok, e))
		return -1;
	if (!is_ok)
		return 0;
	if (!s->lines)
		s->lines = arena_many(t->x->arena, str, FIND_IDENTS_MAX);
	if (s->n == FIND_IDENTS_MAX)
		return too_many(e);
	s->lines[s->n++] = line;
	return 0;
}

static int follow_all(
	struct trail *t, struct conn *c, const struct finding *f, struct err *e)
{
	size_t n;
	str *lines = find_keys_told(t->x->arena, t->x->map, f, &n);

	if (n == FIND_IDENTS_MAX)
		return too_many(e);
	for (size_t i = 0; i < n; i++)
		if (follow(t, c, f, lines[i], e))
			return -1;
	return 0;
}

/* So each comes after those that first told its keys. */
static void put_last(struct trail *t, size_t system)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->order[i] != system)
			t->order[n++] = t->order[i];
	t->order[n++] = system;
	t->n = n;
}

/* With all keys that lead there so far: what was found once is found again. */
static int search(struct trail *t, size_t system, struct err *e)
{
	const struct map_system *there = &t->x->map->systems[system];
	struct stop *s = &t->at[system];
	struct find_options o = { 0 };

	put_last(t, system);
	s->searched = s->n;
	s->starts = find_starts_of(
		t->x->arena, there, s->lines, s->n, &s->starts_n);
	o.starts = s->starts;
	o.starts_n = s->starts_n;
	if (!s->conn && t->x->open(t->x->ctx, there, &s->conn, e))
		return -1;
	if (find_person(s->conn, t->x->arena, NULL, 0, &o, &s->found, e) ||
		t->x->found(t->x->ctx, &s->found, e))
		return -1;
	return follow_all(t, s->conn, &s->found, e);
}

static int search_all(struct trail *t, struct err *e)
{
	size_t i = 0;

	while (i < t->x->map->systems_n) {
		if (t->at[i].searched == t->at[i].n) {
			i++;
			continue;
		}
		if (search(t, i, e))
			return -1;
		i = 0;
	}
	return 0;
}

/* --- erasing --- */

static int erase_at(const struct trail *t, size_t system, struct err *e)
{
	const struct led_eraser *x = t->x;
	struct stop *s = &t->at[system];
	struct led_group g = { .system = &x->map->systems[system] };
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan,
		.starts = s->starts,
		.starts_n = s->starts_n,
		.at_ms = x->at_ms,
	};

	erase_plan_of(x->arena, &s->found, false, &plan);
	erase_plan_uncount(&plan);
	erase_plan_sum(&plan, &g.planned, &g.standing);
	if (!g.planned)
		return 0;
	if (x->plan(x->ctx, &g, e) ||
		erase_run(s->conn, x->arena, &q, &g.result, e) ||
		x->done(x->ctx, &g, e))
		return -1;
	if (g.result.is_proven)
		return 0;
	err_set(e, ERR_CONFLICT, "rows came back while they were erased");
	return err_hint(e, "they are erased again by the next run");
}

/* What the trail leads back to is where it begins, and goes last. */
static int erase_all(const struct trail *t, struct err *e)
{
	size_t from = (size_t)(t->from - t->x->map->systems);

	for (size_t i = t->n; i > 0; i--)
		if (t->order[i - 1] != from && erase_at(t, t->order[i - 1], e))
			return -1;
	return t->at[from].n ? erase_at(t, from, e) : 0;
}

int erase_led(const struct led_eraser *x, struct conn *c,
	const struct finding *from, struct err *e)
{
	struct trail t = { .x = x, .from = from->system };

	t.at = arena_many(x->arena, struct stop, x->map->systems_n);
	t.order = arena_many(x->arena, size_t, x->map->systems_n);
	t.at[from->system - x->map->systems].conn = c;
	if (follow_all(&t, c, from, e) || search_all(&t, e))
		return -1;
	return erase_all(&t, e);
}
