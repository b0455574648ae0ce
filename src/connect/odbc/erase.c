/*
 * Rows that go or change.  A database may take "A" for "a" in a key, and then a
 * statement that names the keys would reach rows of others.  So the keys are
 * asked for first, in the same transaction: the statement names only those that
 * are there byte for byte, and when it still means another row, or changes more
 * rows than there are keys, nothing is done.
 */
#include "base/base.h"
#include "connect/odbc/order.h"
#include "connect/odbc/place.h"

struct step {
	struct odbc_conn *conn;
	const struct erase_step *step;
	const char *what;
	struct odbc_place key;
	struct odbc_place unlinked; /* of an unlink; else of no column */
	struct key_set targets;     /* of an unlink */
	struct odbc_kind *set_kinds;
};

/* Which rows of a part there are. */
struct present {
	const struct step *step;
	struct arena *arena;
	const struct key_set *wanted;
	struct odbc_wanted keys; /* of rows that are to change */
	bool has_others;
};

static int take_key(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct present *p = ctx;
	const struct step *s = p->step;
	size_t first = s->unlinked.columns.n;
	str key, target;
	struct key_entry *k =
		odbc_place_text(p->arena, &s->key, &cells[first], &key)
			? key_set_find(p->wanted, key)
			: NULL;

	(void)n;
	if (!k) {
		p->has_others = true;
		return 0;
	}
	if (k->is_seen)
		return err_set(e, ERR_CONFLICT,
			"%s: one key stands on two rows", p->step->what);
	k->is_seen = true;
	if (first &&
		(!odbc_place_text(p->arena, &s->unlinked, cells, &target) ||
			!key_set_find(&s->targets, target)))
		return 0;
	p->keys.at[p->keys.n++] = k->text;
	return 0;
}

/* What is unlinked, and the key. */
static struct insert_table names_of(struct arena *a, const struct step *s)
{
	str *columns = arena_many(a, str, 2 * MAP_PARTS_MAX);
	struct insert_table out = { s->step->table->name, columns, 0 };

	for (size_t i = 0; i < s->unlinked.columns.n; i++)
		columns[out.columns_n++] = s->unlinked.columns.at[i];
	for (size_t i = 0; i < s->key.columns.n; i++)
		columns[out.columns_n++] = s->key.columns.at[i];
	return out;
}

static int ask_present(const struct step *s, struct present *p,
	const struct odbc_part *part, struct err *e)
{
	struct insert_table read = names_of(p->arena, s);
	const struct statement_part parts[] = {
		{ "columns", odbc_columns(s->conn, p->arena, read.columns,
				     read.columns_n) },
		{ "table", odbc_name(s->conn, p->arena, read.name) },
		{ "same", part->same },
	};
	struct odbc_ask q = {
		.sql = statement_fill(p->arena,
			odbc_statements[ODBC_SAY_ROWS_AMONG], parts,
			COUNTOF(parts)),
		.values = part->values,
		.n = part->n,
		.what = s->what,
	};
	struct odbc_reader rd = { take_key, p, 0, SIZE_MAX };

	p->wanted = &part->set;
	p->keys = (struct odbc_wanted){ arena_many(p->arena, str, part->set.n),
		0 };
	p->has_others = false;
	return odbc_link_ask(&s->conn->link, &q, &rd, NULL, e);
}

/* The keys of rows that are to change, and nobody else's beside them. */
static int find_present(const struct step *s, struct present *p,
	const struct odbc_wanted *texts, struct err *e)
{
	struct odbc_part part =
		odbc_part_of(s->conn, p->arena, &s->key, ODBC_NAME_READ, texts);

	if (ask_present(s, p, &part, e) < 0)
		return -1;
	if (!p->has_others || !p->keys.n)
		return 0;
	part = odbc_part_of(
		s->conn, p->arena, &s->key, ODBC_NAME_READ, &p->keys);
	if (ask_present(s, p, &part, e) < 0)
		return -1;
	if (!p->has_others)
		return 0;
	err_set(e, ERR_CONFLICT,
		"%s: the database takes the keys of two rows for the same",
		s->what);
	return err_hint(e, "name a key in the data map whose values differ in "
			   "more than case and blanks");
}

/* `"name" = ?, "zip" = ?`, and the values in front of the keys. */
static str put_sets(const struct step *s, struct arena *a,
	struct odbc_value *values, size_t *n)
{
	static const struct cell null = { .type = CELL_NULL };
	const struct erase_step *step = s->step;
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	*n = step->unlink ? 1 : step->set_n;
	for (size_t i = 0; i < *n; i++) {
		str name = step->unlink ? map_column_unlinked(
						  step->table, step->unlink)
					: step->set[i].column->name;

		buf_fmt(&b, "%s%.*s = ?", i ? ", " : "",
			STR_ARG(odbc_name(s->conn, a, name)));
		values[i] = odbc_value_of(s->set_kinds[i].sort,
			step->unlink ? &null : &step->set[i].value);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

static int change(const struct step *s, const struct present *p,
	int64_t *changed, struct err *e)
{
	struct arena *a = p->arena;
	const struct map_table *t = s->step->table;
	struct odbc_part part =
		odbc_part_of(s->conn, a, &s->key, ODBC_NAME_WRITE, &p->keys);
	struct odbc_value *values =
		arena_many(a, struct odbc_value, part.n + 1 + s->step->set_n);
	size_t sets_n;
	const struct statement_part parts[] = {
		{ "table", odbc_name(s->conn, a, t->name) },
		{ "same", part.same },
		{ "sets", put_sets(s, a, values, &sets_n) },
	};
	enum odbc_statement say =
		step_deletes(s->step) ? ODBC_SAY_ERASE : ODBC_SAY_SET;
	struct odbc_ask q = {
		.sql = statement_fill(
			a, odbc_statements[say], parts, COUNTOF(parts)),
		.values = values,
		.n = sets_n + part.n,
		.what = s->what,
	};
	int64_t n = 0;

	for (size_t i = 0; i < part.n; i++)
		values[sets_n + i] = part.values[i];
	if (odbc_link_ask(&s->conn->link, &q, NULL, &n, e) < 0)
		return -1;
	if (n > (int64_t)p->keys.n)
		return err_set(e, ERR_CONFLICT,
			"%s: more rows would change than there are keys",
			s->what);
	*changed += (int64_t)p->keys.n;
	return 0;
}

static int run_part(const struct step *s, const struct odbc_wanted *texts,
	int64_t *changed, struct err *e)
{
	struct present p = { .step = s, .arena = arena_new(ODBC_SCRATCH_MAX) };
	int rc = find_present(s, &p, texts, e);

	if (!rc && p.keys.n)
		rc = change(s, &p, changed, e);
	arena_free(p.arena);
	return rc;
}

static size_t take_place(
	struct odbc_place *p, str *columns, const struct map_names *names)
{
	p->columns = *names;
	for (size_t i = 0; i < names->n; i++)
		columns[i] = names->at[i];
	return names->n;
}

/* What the columns of the step are: those that it sets or unlinks, then the key's. */
static int learn_kinds(struct step *s, struct arena *a, struct err *e)
{
	const struct erase_step *step = s->step;
	const struct map_table *t = step->table;
	struct map_names key = map_names_of(t, &t->columns[t->key]), unlinked;
	str *columns = arena_many(a, str, step->set_n + 2 * MAP_PARTS_MAX);
	struct insert_table named = { t->name, columns, 0 };
	struct odbc_kind *kinds = arena_many(
		a, struct odbc_kind, step->set_n + 2 * MAP_PARTS_MAX);
	size_t sets_n = step->unlink ? 0 : step->set_n;

	for (size_t i = 0; i < sets_n; i++)
		columns[named.columns_n++] = step->set[i].column->name;
	if (step->unlink) {
		unlinked = map_names_of(t, step->unlink);
		named.columns_n = take_place(&s->unlinked, columns, &unlinked);
	}
	named.columns_n += take_place(&s->key, &columns[named.columns_n], &key);
	if (odbc_kinds(s->conn, a, &named, kinds, e) < 0)
		return -1;
	for (size_t i = 0; i < key.n; i++)
		s->key.kinds[i] = kinds[named.columns_n - key.n + i];
	for (size_t i = 0; i < s->unlinked.columns.n; i++)
		s->unlinked.kinds[i] = kinds[i];
	/* Of an unlink it is the last column that is emptied. */
	s->set_kinds = step->unlink ? &kinds[unlinked.n - 1] : kinds;
	return 0;
}

static int run_parts(const struct step *s, const struct odbc_wanted *all,
	int64_t *changed, struct err *e)
{
	size_t most = odbc_at_once(&s->key);

	for (size_t at = 0; at < all->n; at += most) {
		struct odbc_wanted part = { all->at + at, all->n - at };

		part.n = part.n < most ? part.n : most;
		if (run_part(s, &part, changed, e) < 0)
			return -1;
	}
	return 0;
}

/* --- rows in a circle --- */

/* Most databases look at references at the end of each statement, and these rows don't go in
 * one: what they refer to by this link is forgotten first, where that may be. */
static int empty_link(const struct step *s, struct arena *a,
	const struct odbc_wanted *circle, const struct map_link *l,
	struct err *e)
{
	const struct map_table *t = s->step->table;
	str name = map_column_unlinked(t, &t->columns[l->column]);
	struct step_set none = {
		.column = &t->columns[map_column_index(t, name)]
	};
	struct erase_step step = { .table = t, .set = &none, .set_n = 1 };
	struct step emptying = {
		.conn = s->conn, .step = &step, .what = s->what
	};
	int64_t emptied = 0;

	if (map_column_has(t, t->key, map_column_index(t, name)))
		return 0;
	if (learn_kinds(&emptying, a, e) < 0)
		return -1;
	return emptying.set_kinds[0].may_be_null
		       ? run_parts(&emptying, circle, &emptied, e)
		       : 0;
}

static int break_circle(const struct step *s, struct arena *a,
	const struct odbc_wanted *circle, struct err *e)
{
	const struct map_table *t = s->step->table;
	size_t own = (size_t)(t - s->conn->head.system->tables);

	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].to == own &&
			empty_link(s, a, circle, &t->links[i], e) < 0)
			return -1;
	return 0;
}

/* *circle: rows of one that does not fit into one statement. */
static int put_in_parts(const struct step *s, struct arena *a,
	struct odbc_wanted *all, size_t *circle, struct err *e)
{
	struct odbc_wanted last;
	size_t first, most = odbc_at_once(&s->key);

	if (odbc_order(s->conn, s->step, &s->key, all, circle, e) < 0)
		return -1;
	first = all->n - *circle;
	if (!*circle || first / most == (all->n - 1) / most) {
		*circle = 0;
		return 0;
	}
	last = (struct odbc_wanted){ all->at + first, *circle };
	return break_circle(s, a, &last, e);
}

static void take_targets(struct step *s, struct arena *a)
{
	struct odbc_wanted all = odbc_wanted_of(
		s->conn, a, &s->unlinked, s->step->targets, s->step->targets_n);

	for (size_t i = 0; i < all.n; i++) {
		struct cell target = cell_text(all.at[i]);

		key_set_add(&s->targets, &target, 1, 0);
	}
}

static int run_step(struct odbc_conn *c, struct arena *a,
	const struct erase_step *step, int64_t *changed, struct err *e)
{
	struct step s = { .conn = c,
		.step = step,
		.what = table_in_words(a, step->table->name),
		.targets = key_set_in(a, step->targets_n) };
	struct odbc_wanted all;
	size_t circle = 0;

	*changed = 0;
	if (learn_kinds(&s, a, e) < 0)
		return -1;
	if (step->unlink)
		take_targets(&s, a);
	all = odbc_wanted_of(c, a, &s.key, step->keys, step->keys_n);
	if (step_deletes(step) && all.n > odbc_at_once(&s.key) &&
		put_in_parts(&s, a, &all, &circle, e) < 0)
		return -1;
	if (!run_parts(&s, &all, changed, e))
		return 0;
	if (circle && e->code == ERR_CONFLICT)
		err_hint(e,
			"%zu rows of the table refer to one another in a "
			"circle: let their reference be empty, or have the "
			"database check it at the end of a transaction",
			circle);
	return -1;
}

int odbc_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct odbc_conn *c = odbc_own(conn);
	struct arena *a;
	int rc;

	if (odbc_may_write(c, e) < 0 || odbc_begin(c, e) < 0)
		return -1;
	a = arena_new(ODBC_SCRATCH_MAX);
	rc = conn_ask_guard(conn, e);
	for (size_t i = 0; i < n && !rc; i++)
		rc = run_step(c, a, &steps[i], &erased[i], e);
	arena_free(a);
	return odbc_end(c, rc, e);
}
