#include "connect/change_rest.h"

#include <string.h>

#include "base/base.h"
#include "connect/change_keyless.h"
#include "connect/find_rest.h"
#include "connect/keys.h"

enum { CHANGES_MAX = 200000 };

struct spreading {
	struct arena *arena;
	const struct found_table *table;
	const struct change **rules; /* one of each: what becomes of a value */
	size_t rules_n;
	struct key_set kept;
	struct change *at; /* all of the request */
	size_t n;
	size_t cap;
};

static bool is_same_rule(const struct change *x, const struct change *y)
{
	return x->table == y->table && x->column == y->column &&
	       cell_eq(&x->was, &y->was) && cell_eq(&x->value, &y->value);
}

static bool is_known(const struct spreading *s, const struct change *c)
{
	for (size_t i = 0; i < s->rules_n; i++)
		if (is_same_rule(s->rules[i], c))
			return true;
	return false;
}

/* Every row that was kept and held the same gets this. */
static bool is_for_all(const struct spreading *s, const struct change *c,
	const struct change_request *q)
{
	size_t column = (size_t)(c->column - c->table->columns);
	size_t rows = 0, changed = 0;

	for (size_t i = 0; i < s->table->n; i++)
		rows += cell_eq(&s->table->rows[i].cells[column], &c->was);
	for (size_t i = 0; i < q->n; i++)
		changed += is_same_rule(&q->at[i], c);
	return rows == changed;
}

static void make_rules(struct spreading *s, const struct change_request *q)
{
	s->rules = arena_many(s->arena, const struct change *, q->n);
	for (size_t i = 0; i < q->n; i++) {
		const struct change *c = &q->at[i];

		if (c->table == s->table->table && c->was.type != CELL_NULL &&
			!is_known(s, c) && is_for_all(s, c, q))
			s->rules[s->rules_n++] = c;
	}
}

static void add(struct spreading *s, const struct change *c)
{
	if (s->n == s->cap) {
		struct change *at;

		s->cap = 2 * s->cap + 64;
		at = arena_many(s->arena, struct change, s->cap);
		if (s->n)
			memcpy(at, s->at, s->n * sizeof *at);
		s->at = at;
	}
	s->at[s->n++] = *c;
}

/* cells[0] is the key, then all columns of the table. */
static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct spreading *s = ctx;
	struct cell key = { .type = CELL_NULL };

	(void)n;
	if (key_set_find(&s->kept, cells[0].v.v))
		return 0;
	for (size_t i = 0; i < s->rules_n; i++) {
		struct change c = *s->rules[i];
		size_t column = (size_t)(c.column - c.table->columns);

		if (!cell_eq(&cells[1 + column], &c.was))
			continue;
		if (s->n == CHANGES_MAX)
			return err_set(e, ERR_LIMIT,
				"more than %d values to correct", CHANGES_MAX);
		if (key.type == CELL_NULL)
			key = cell_dup(s->arena, &cells[0]);
		c.key = key;
		add(s, &c);
	}
	return 0;
}

static int spread(struct conn *c, struct spreading *s, struct err *e)
{
	const struct map_table *t = s->table->table;
	str *columns = arena_many(s->arena, str, 1 + t->columns_n);
	struct row_query q = find_rest_query(s->table);

	if (change_is_keyless(t)) {
		err_set(e, ERR_LIMIT,
			"table \"%.*s\": too many rows without a key",
			STR_ARG(t->name));
		return err_hint(e, "name its key in the data map");
	}
	s->kept = key_set_in(s->arena, s->table->n);
	for (size_t i = 0; i < s->table->n; i++)
		key_set_add(&s->kept, &s->table->rows[i].key, 1, i);
	columns[0] = t->columns[t->key].name;
	for (size_t i = 0; i < t->columns_n; i++)
		columns[1 + i] = t->columns[i].name;
	q.columns = columns;
	q.columns_n = 1 + t->columns_n;
	q.cell_max = FIND_CELL_MAX;
	return conn_rows(c, &q, take, s, e);
}

int change_rest(struct conn *c, struct arena *a, const struct finding *f,
	struct change_request *q, struct err *e)
{
	struct spreading s = { .arena = a };

	for (size_t i = 0; i < q->n; i++)
		add(&s, &q->at[i]);
	for (size_t t = 0; t < f->system->tables_n; t++) {
		s.table = &f->tables[t];
		s.rules_n = 0;
		if (!s.table->rest.n)
			continue;
		make_rules(&s, q);
		if (s.rules_n && spread(c, &s, e))
			return -1;
	}
	q->at = s.at;
	q->n = s.n;
	return 0;
}
