#include "connect/ripples.h"

#include "base/base.h"

/* A key of which no columns are a link of the map; where some are they find the same rows,
 * or more. */
struct unknown_key {
	str name;
	str table;
	str column;
	str refers_table;
	/* For each link of its table, how many of the link's columns are columns of the
	 * key that refer to the same. */
	size_t met[MAP_LINKS_MAX];
	bool is_linked;
	bool is_followed; /* by rows that go, or by what goes with them */
	struct unknown_key *next;
};

struct looking {
	struct arena *arena;
	const struct map_system *system;
	struct unknown_key *keys;
};

static const struct map_table *table_named(const struct map_system *s, str name)
{
	for (size_t i = 0; i < s->tables_n; i++)
		if (str_eq_nocase(s->tables[i].name, name))
			return &s->tables[i];
	return NULL;
}

/* It is one of the link's columns, and refers to what that leads to. */
static bool is_part(const struct ripple *r, const struct map_names *from,
	const struct map_names *to, bool is_key)
{
	for (size_t i = 0; i < from->n && i < to->n; i++)
		if (str_eq_nocase(from->at[i], r->column) &&
			(r->refers_column.n ? str_eq_nocase(to->at[i],
						      r->refers_column)
					    : is_key))
			return true;
	return false;
}

/* All columns of a link of the map are among those of the key. */
static void meet_links(const struct map_system *s, const struct ripple *r,
	struct unknown_key *k)
{
	const struct map_table *from = table_named(s, r->table);
	const struct map_table *to = table_named(s, r->refers_table);

	for (size_t i = 0; from && to && i < from->links_n; i++) {
		const struct map_link *l = &from->links[i];
		struct map_names mine =
			map_names_of(from, &from->columns[l->column]);
		struct map_names theirs =
			map_names_of(to, &to->columns[l->to_column]);

		if (&s->tables[l->to] != to ||
			!is_part(r, &mine, &theirs, l->to_column == to->key))
			continue;
		k->is_linked = k->is_linked || ++k->met[i] == mine.n;
	}
}

static int take_ripple(void *ctx, const struct ripple *r, struct err *e)
{
	struct looking *x = ctx;
	struct unknown_key *k = x->keys;

	(void)e;
	while (k && !str_eq(k->name, r->name))
		k = k->next;
	if (!k) {
		k = arena_one(x->arena, struct unknown_key);
		*k = (struct unknown_key){
			.name = arena_dup(x->arena, r->name),
			.table = arena_dup(x->arena, r->table),
			.column = arena_dup(x->arena, r->column),
			.refers_table = arena_dup(x->arena, r->refers_table),
			.next = x->keys,
		};
		x->keys = k;
	}
	meet_links(x->system, r, k);
	return 0;
}

/* Deidentified rows stay, and so does what refers to them. */
static bool has_unknown(const struct looking *x, const struct map_table *t)
{
	for (const struct unknown_key *k = x->keys; k; k = k->next)
		if (!k->is_linked && t->erase != ERASE_DEIDENTIFY &&
			str_eq_nocase(k->refers_table, t->name))
			return true;
	return false;
}

/* Marks what belongs to the marked; true when something was. */
static bool mark_children(const struct map_system *s, bool *is_marked)
{
	bool is_new = false;

	for (size_t t = 0; t < s->tables_n; t++) {
		const struct map_table *from = &s->tables[t];

		for (size_t i = 0; !is_marked[t] && i < from->links_n; i++) {
			const struct map_link *l = &from->links[i];

			is_marked[t] = !l->is_shared && is_marked[l->to];
			is_new |= is_marked[t];
		}
	}
	return is_new;
}

int ripples_reach(struct conn *c, struct arena *a, const struct map_table *t,
	bool *out, struct err *e)
{
	const struct map_system *s = c->system;
	struct looking x = { .arena = a, .system = s };
	bool *is_marked = arena_many(a, bool, s->tables_n);

	*out = false;
	if (conn_ripples(c, take_ripple, &x, e))
		return -1;
	is_marked[t - s->tables] = true;
	while (mark_children(s, is_marked))
		;
	for (size_t i = 0; i < s->tables_n; i++)
		*out = *out || (is_marked[i] && has_unknown(&x, &s->tables[i]));
	return 0;
}

static bool is_deleted_from(const struct erase_step *steps, size_t n, str table)
{
	for (size_t i = 0; i < n; i++)
		if (step_deletes(&steps[i]) &&
			str_eq_nocase(steps[i].table->name, table))
			return true;
	return false;
}

static int refuse(const struct unknown_key *k, struct err *e)
{
	err_set(e, ERR_CONFLICT,
		"the database deletes or empties rows of %.*s by itself when "
		"rows of %.*s go, and the data map has no link for that "
		"foreign key",
		STR_ARG(str_head(k->table, 60)),
		STR_ARG(str_head(k->refers_table, 60)));
	return err_hint(e,
		"add to the table %.*s the link { column: %.*s, to: %.*s... }, "
		"with shared: true where these rows are other people's, and "
		"search again",
		STR_ARG(str_head(k->table, 60)),
		STR_ARG(str_head(k->column, 60)),
		STR_ARG(str_head(k->refers_table, 60)));
}

/* Rows of the table go because others did, that the map may not know. */
static bool is_followed_to(const struct looking *x, str table)
{
	for (const struct unknown_key *k = x->keys; k; k = k->next)
		if (k->is_followed && str_eq_nocase(k->table, table))
			return true;
	return false;
}

/* Key after key, through tables that are not in the map; true when there was a new one. */
static bool follow(
	const struct looking *x, const struct erase_step *steps, size_t n)
{
	bool is_new = false;

	for (struct unknown_key *k = x->keys; k; k = k->next) {
		if (k->is_linked || k->is_followed)
			continue;
		k->is_followed = is_deleted_from(steps, n, k->refers_table) ||
				 is_followed_to(x, k->refers_table);
		is_new |= k->is_followed;
	}
	return is_new;
}

int ripples_refuse(struct conn *c, struct arena *a,
	const struct erase_step *steps, size_t n, struct err *e)
{
	struct looking x = { .arena = a, .system = c->system };

	if (conn_ripples(c, take_ripple, &x, e))
		return -1;
	while (follow(&x, steps, n))
		;
	for (const struct unknown_key *k = x.keys; k; k = k->next)
		if (k->is_followed && table_named(c->system, k->table))
			return refuse(k, e);
	return 0;
}
