#include "connect/erase_led.h"

#include <string.h>

#include "base/base.h"
#include "connect/erase_ready.h"
#include "connect/find_others.h"
#include "connect/find_theirs.h"
#include "connect/limit.h"
#include "connect/map.h"

/* A value is looked for as text and as a number. */
enum { KEYS_MAX = CONNECT_VALUES_MAX / 2 };

/* A key that leads to a system, and bits of the systems whose rows told it; of those that
 * are stops, too. */
struct told {
	struct find_key key;
	size_t column; /* of its table */
	uint64_t by;
	uint64_t by_stops;
};

/* One system on the way, with all keys that lead to it. */
struct stop {
	const struct map_system *system;
	struct conn *conn;
	str *lines;
	struct told *told; /* of the lines */
	size_t n;
	size_t too_long; /* keys that its rows tell, and that nothing can be asked by */
	bool is_due; /* to be searched: keys came since */
	struct find_options by;
	struct finding found;
	uint64_t
		leads; /* bits of the stops that have rows by keys which it told */
};

struct trail {
	const struct led_eraser *x;
	struct led_erased *out;
	const struct finding *from; /* the rows that it begins with */
	struct ident *ids;          /* the person's */
	size_t ids_n;
	struct stop *at; /* of the map's systems */
	size_t cells;    /* of all findings */
	size_t too_long; /* keys of the rows that it begins with */
	str *refused;    /* lines that were not followed when they were told */
	size_t refused_n;
};

/* Whose rows tell keys: a stop's, or those that it begins with. */
struct teller {
	struct conn *conn;
	const struct finding *found;
	struct stop *stop; /* NULL: it begins with them */
};

/* Marks while one stop is searched. */
struct marking {
	struct trail *trail;
	struct stop *stop;
};

_Static_assert(MAP_SYSTEMS_MAX <= 64, "a bit for each system");

static size_t index_of(const struct trail *t, const struct map_system *s)
{
	return (size_t)(s - t->x->map->systems);
}

/* --- the way --- */

static int too_many(struct err *e)
{
	return err_set(e, ERR_LIMIT,
		"one person's rows lead to more in other systems than is "
		"deleted by itself");
}

static bool is_refused(const struct trail *t, str line)
{
	for (size_t i = 0; i < t->refused_n; i++)
		if (str_eq(t->refused[i], line))
			return true;
	return false;
}

static void refuse(struct trail *t, str line)
{
	size_t n = t->refused_n;
	str *more;

	if (is_refused(t, line))
		return;
	/* Full at 0 and at each power of two. */
	if (!(n & (n - 1))) {
		more = arena_many(t->x->arena, str, n ? 2 * n : 1);
		if (n)
			memcpy(more, t->refused, n * sizeof *more);
		t->refused = more;
	}
	t->refused[t->refused_n++] = line;
}

static struct told *told_of(const struct stop *s, str line)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->lines[i], line))
			return &s->told[i];
	return NULL;
}

static int add_told(const struct trail *t, struct stop *s, str line,
	const struct find_key *key, struct err *e)
{
	if (!s->n) {
		s->lines = arena_many(t->x->arena, str, KEYS_MAX);
		s->told = arena_many(t->x->arena, struct told, KEYS_MAX);
	}
	if (s->n == KEYS_MAX)
		return too_many(e);
	s->lines[s->n] = line;
	s->told[s->n++] = (struct told){
		.key = *key,
		.column = map_column_index(
			map_table_named(s->system, key->table), key->column),
	};
	return 0;
}

static struct stop *stop_of(const struct trail *t, const struct find_key *key)
{
	return &t->at[index_of(t, map_system_named(t->x->map, key->system))];
}

/* A key that a second system tells as well may make a row the person's that was not. */
static int lead_to(struct trail *t, const struct teller *w, struct stop *s,
	str line, const struct find_key *key, struct err *e)
{
	uint64_t by = (uint64_t)1 << index_of(t, w->found->system);
	struct told *told = told_of(s, line);
	bool is_ok = true;

	if (!told || !(told->by & by)) {
		const struct find_theirs x = { t->x->arena, t->x->map, w->conn,
			w->found };

		if (find_is_theirs(&x, key, &is_ok, e))
			return -1;
		if (!is_ok) {
			refuse(t, line);
			return 0;
		}
		if (!told && add_told(t, s, line, key, e))
			return -1;
		told_of(s, line)->by |= by;
		s->is_due = true;
	}
	if (w->stop)
		told_of(s, line)->by_stops |= (uint64_t)1
					      << index_of(t, w->stop->system);
	return 0;
}

static int follow(
	struct trail *t, const struct teller *w, str line, struct err *e)
{
	struct find_key key;

	must(find_key_read(t->x->arena, line, &key));
	return lead_to(t, w, stop_of(t, &key), line, &key, e);
}

static int keys_of(struct trail *t, const struct finding *f, size_t *too_long,
	struct find_lines *out, struct err *e)
{
	*out = find_keys_down(t->x->arena, t->x->map, f, CONNECT_VALUES_MAX);
	*too_long = out->too_long;
	return out->is_whole ? 0 : too_many(e);
}

static int follow_all(struct trail *t, const struct teller *w, struct err *e)
{
	struct find_lines told;
	size_t *too_long = w->stop ? &w->stop->too_long : &t->too_long;

	if (keys_of(t, w->found, too_long, &told, e))
		return -1;
	for (size_t i = 0; i < told.n; i++)
		if (follow(t, w, told.lines[i], e))
			return -1;
	return 0;
}

/* Of rows that the search began with. */
static int refuse_all(struct trail *t, const struct finding *f, struct err *e)
{
	struct find_lines told;
	size_t too_long;

	if (keys_of(t, f, &too_long, &told, e))
		return -1;
	t->too_long += too_long;
	for (size_t i = 0; i < told.n; i++)
		refuse(t, told.lines[i]);
	return 0;
}

/* What was refused first may have become the person's, when more was known. */
static int64_t count_unfollowed(const struct trail *t)
{
	size_t n = t->too_long;

	for (size_t i = 0; i < t->x->map->systems_n; i++)
		n += t->at[i].too_long;
	for (size_t i = 0; i < t->refused_n; i++) {
		struct find_key key;

		must(find_key_read(t->x->arena, t->refused[i], &key));
		n += !told_of(stop_of(t, &key), t->refused[i]);
	}
	return (int64_t)n;
}

/* --- what is found there --- */

static bool is_own(void *ctx, const struct map_table *t,
	const struct map_cross *c, str value)
{
	const struct marking *m = ctx;

	for (size_t i = 0; i < m->stop->n; i++) {
		const struct told *k = &m->stop->told[i];

		if ((k->by >> c->system & 1) && str_eq(k->key.value, value) &&
			str_eq(k->key.table, t->name) &&
			str_eq(k->key.column, t->columns[c->column].name))
			return true;
	}
	return false;
}

static int open_stop(struct trail *t, struct stop *s, struct err *e)
{
	return s->conn ? 0 : t->x->open(t->x->ctx, s->system, &s->conn, e);
}

static int open_there(
	void *ctx, const struct map_system *s, struct conn **out, struct err *e)
{
	const struct marking *m = ctx;
	struct stop *there = &m->trail->at[index_of(m->trail, s)];

	if (open_stop(m->trail, there, e))
		return -1;
	*out = there->conn;
	return 0;
}

/* The same when it is searched again to prove that nothing is left.  A circle of keys may come
 * back to the rows that it begins with: they go by their own plan. */
static int mark(void *ctx, struct finding *f, struct err *e)
{
	const struct marking *m = ctx;
	const struct trail *t = m->trail;
	struct find_others others = {
		.map = t->x->map,
		.arena = t->x->arena,
		.ids = t->ids,
		.ids_n = t->ids_n,
		.is_own = is_own,
		.open = open_there,
		.ctx = ctx,
	};

	if (f->system == t->from->system)
		find_leave_out(f, t->from);
	return t->x->mark(t->x->ctx, f, e) || find_mark_others(&others, f, e)
		       ? -1
		       : 0;
}

static int count_cells(struct trail *t, const struct finding *f, struct err *e)
{
	for (size_t i = 0; i < f->system->tables_n; i++)
		t->cells += f->tables[i].n * f->tables[i].table->columns_n;
	return t->cells > FIND_CELLS_MAX ? too_many(e) : 0;
}

/* With all keys that lead there so far: what was found once is found again. */
static int search(struct trail *t, struct stop *s, struct err *e)
{
	struct arena *a = t->x->arena;
	struct marking *m = arena_one(a, struct marking);
	struct teller w = { .found = &s->found, .stop = s };

	*m = (struct marking){ t, s };
	s->is_due = false;
	s->by = (struct find_options){
		.rows_max = CONNECT_VALUES_MAX,
		.mark = mark,
		.mark_ctx = m,
	};
	s->by.starts =
		find_starts_of(a, s->system, s->lines, s->n, &s->by.starts_n);
	if (open_stop(t, s, e) ||
		find_person(s->conn, a, NULL, 0, &s->by, &s->found, e) ||
		count_cells(t, &s->found, e) ||
		t->x->found(t->x->ctx, &s->found, e))
		return -1;
	w.conn = s->conn;
	return follow_all(t, &w, e);
}

static int search_all(struct trail *t, struct err *e)
{
	size_t i = 0;

	while (i < t->x->map->systems_n) {
		if (!t->at[i].is_due) {
			i++;
			continue;
		}
		if (search(t, &t->at[i], e))
			return -1;
		i = 0;
	}
	return 0;
}

/* --- erasing --- */

static int erase_at(const struct trail *t, struct stop *s, struct err *e)
{
	const struct led_eraser *x = t->x;
	struct led_group g = { .system = s->system };
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan,
		.found_by = &s->by,
		.at_ms = x->at_ms,
	};

	if (erase_ready(s->conn, x->arena, &s->found, e))
		return -1;
	erase_plan_of(x->arena, &s->found, false, &plan);
	erase_plan_uncount(&plan);
	erase_plan_sum(&plan, &g.planned, &g.standing);
	t->out->standing += g.standing;
	if (!g.planned)
		return 0;
	t->out->rows += g.planned;
	if (x->plan(x->ctx, &g, e) ||
		erase_run(s->conn, x->arena, &q, &g.result, e) ||
		x->done(x->ctx, &g, e))
		return -1;
	if (g.result.is_proven)
		return 0;
	err_set(e, ERR_CONFLICT, "rows came back while they were erased");
	return err_hint(e, "they are erased again by the next run");
}

/* Who told the key that opened a row; all of that column, where it is written otherwise. */
static uint64_t tellers_of(const struct stop *s, const struct map_table *t,
	size_t column, str value)
{
	uint64_t exact = 0, all = 0;
	bool is_exact = false;

	for (size_t i = 0; i < s->n; i++) {
		const struct told *k = &s->told[i];

		if (k->column != column || !str_eq(k->key.table, t->name))
			continue;
		all |= k->by_stops;
		if (!str_eq(k->key.value, value))
			continue;
		is_exact = true;
		exact |= k->by_stops;
	}
	return is_exact ? exact : all;
}

static uint64_t tellers_of_row(const struct stop *s, const struct map_table *t,
	const struct found_row *r)
{
	uint64_t out = 0;

	for (size_t i = 0; i < t->crosses_n && !r->is_shared; i++) {
		const struct cell *c = &r->cells[t->crosses[i].column];

		if (c->type != CELL_NULL)
			out |= tellers_of(s, t, t->crosses[i].column, c->v.v);
	}
	return out;
}

/* A key by which nothing is there puts nobody in any order. */
static void note_leads(const struct trail *t, const struct stop *s)
{
	uint64_t tellers = 0;

	for (size_t i = 0; i < s->system->tables_n && s->n; i++)
		for (size_t k = 0; k < s->found.tables[i].n; k++)
			tellers |= tellers_of_row(s, &s->system->tables[i],
				&s->found.tables[i].rows[k]);
	for (size_t i = 0; i < t->x->map->systems_n; i++)
		if (tellers >> i & 1)
			t->at[i].leads |= (uint64_t)1 << index_of(t, s->system);
}

/* The first of those that are left which leads to none of them; NULL. */
static struct stop *next_stop(const struct trail *t, uint64_t left)
{
	for (size_t i = 0; i < t->x->map->systems_n; i++)
		if (left >> i & 1 && !(t->at[i].leads & left))
			return &t->at[i];
	return NULL;
}

static int refuse_circle(const struct trail *t, uint64_t left, struct err *e)
{
	struct buf names = buf_in(t->x->arena, MAP_SYSTEMS_MAX * MAP_NAME_MAX);

	for (size_t i = 0; i < t->x->map->systems_n; i++)
		if (left >> i & 1)
			buf_fmt(&names, "%s%.*s", names.n ? ", " : "",
				STR_ARG(t->x->map->systems[i].name));
	return err_set(e, ERR_CONFLICT,
		"systems of the data map lead to each other (%.*s): whichever "
		"is erased first, the way to the other is gone",
		STR_ARG(buf_str(&names)));
}

/* Each before those that told its keys. */
static int put_in_order(
	const struct trail *t, struct stop **order, size_t *n, struct err *e)
{
	uint64_t left = 0;

	*n = 0;
	for (size_t i = 0; i < t->x->map->systems_n; i++)
		left |= (uint64_t)(t->at[i].n > 0) << i;
	while (left) {
		struct stop *s = next_stop(t, left);

		if (!s)
			return refuse_circle(t, left, e);
		order[(*n)++] = s;
		left &= ~((uint64_t)1 << index_of(t, s->system));
	}
	return 0;
}

static int erase_all(const struct trail *t, struct err *e)
{
	struct stop **order =
		arena_many(t->x->arena, struct stop *, MAP_SYSTEMS_MAX);
	size_t n;

	for (size_t i = 0; i < t->x->map->systems_n; i++)
		note_leads(t, &t->at[i]);
	if (put_in_order(t, order, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (erase_at(t, order[i], e))
			return -1;
	return 0;
}

/* To be marked, and the caller's is not. */
static struct finding *copy_of(struct arena *a, const struct finding *f)
{
	struct finding *out = arena_one(a, struct finding);
	size_t n = f->system->tables_n;

	*out = *f;
	out->tables = arena_many(a, struct found_table, n);
	for (size_t t = 0; t < n; t++) {
		struct found_table *to = &out->tables[t];

		*to = f->tables[t];
		to->rows = arena_many(a, struct found_row, to->n);
		if (to->n)
			memcpy(to->rows, f->tables[t].rows,
				to->n * sizeof *to->rows);
	}
	return out;
}

static void begin(struct trail *t, struct conn *c, struct finding *from)
{
	const struct map *m = t->x->map;

	t->at = arena_many(t->x->arena, struct stop, m->systems_n);
	for (size_t i = 0; i < m->systems_n; i++)
		t->at[i].system = &m->systems[i];
	t->at[index_of(t, from->system)].conn = c;
	t->from = from;
	t->ids = find_own_idents(t->x->arena, from, &t->ids_n);
	find_mark_strange(from, t->ids, t->ids_n);
	find_mark_down(t->x->arena, from);
}

/* Staff keep the row by which the person is known (struct row_exceptions), or one that it
 * belongs to: then what it leads to stays as well. */
static bool is_kept(const struct finding *from)
{
	bool has_entry = false, has_kept = false, is_kept_entry = false;

	for (size_t t = 0; t < from->system->tables_n; t++)
		for (size_t i = 0; i < from->tables[t].n; i++) {
			const struct found_row *r = &from->tables[t].rows[i];

			has_entry |= r->is_entry;
			has_kept |= r->is_excepted;
			is_kept_entry |= r->is_entry && r->is_excepted;
		}
	return has_entry ? is_kept_entry : has_kept;
}

static int64_t count_found(const struct trail *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->x->map->systems_n; i++) {
		const struct stop *s = &t->at[i];

		for (size_t k = 0; s->n && k < s->system->tables_n; k++)
			n += (int64_t)s->found.tables[k].n;
	}
	return n;
}

/* Rows that were marked in the copy, and go all the same by the map's word: whose keys
 * they tell is not known. */
static int refuse_strange(struct trail *t, const struct finding *from,
	const struct finding *marked, struct err *e)
{
	struct finding *strange = copy_of(t->x->arena, from);

	for (size_t i = 0; i < from->system->tables_n; i++)
		for (size_t k = 0; k < from->tables[i].n; k++)
			strange->tables[i].rows[k].is_shared =
				from->tables[i].rows[k].is_shared ||
				!marked->tables[i].rows[k].is_shared;
	return refuse_all(t, strange, e);
}

int erase_led(const struct led_eraser *x, struct conn *c,
	const struct finding *from, struct led_erased *out, struct err *e)
{
	struct trail t = { .x = x, .out = out };
	struct finding *own = copy_of(x->arena, from);
	struct teller w = { .conn = c, .found = own };

	*out = (struct led_erased){ 0 };
	begin(&t, c, own);
	if (!x->is_many && is_kept(from)) {
		if (refuse_all(&t, from, e))
			return -1;
		out->found = -1;
	} else {
		if (follow_all(&t, &w, e) || refuse_strange(&t, from, own, e) ||
			search_all(&t, e))
			return -1;
		out->found = count_found(&t);
	}
	out->unfollowed = count_unfollowed(&t);
	return erase_all(&t, e);
}
