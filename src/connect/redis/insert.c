/*
 * Adding rows: all of them in one transaction, which the server holds until it is
 * whole.  A key that is there already is somebody's row, and ends it.  A row with
 * no fields is kept by the parts of its key: a hash has one field at least.
 */
#include "base/base.h"
#include "connect/keys.h"
#include "connect/redis/session.h"

enum { ROWS_SIZE_MAX = 256 << 20 };

struct target {
	struct redis_table table;
	struct redis_column *columns;
	size_t n;
};

/* A row, as the words of its command. */
struct row {
	str *words;
	size_t n;
	const char *what;
	struct row *next;
};

struct adding {
	struct redis_conn *conn;
	struct arena *arena;
	struct target *to;
	size_t n;
	struct row *first;
	struct row **last;
	size_t rows_n;
	size_t size;
};

static int prepare(
	struct adding *a, const struct insert_table *tables, struct err *e)
{
	a->last = &a->first;
	a->to = arena_many(a->arena, struct target, a->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct insert_table *t = &tables[i];
		struct target *to = &a->to[i];

		to->n = t->columns_n;
		to->columns = arena_many(a->arena, struct redis_column, to->n);
		if (redis_table_named(
			    a->conn, a->arena, t->name, &to->table, e) < 0)
			return -1;
		for (size_t c = 0; c < to->n; c++)
			if (redis_column_named(&to->table, t->columns[c],
				    &to->columns[c], e) < 0)
				return -1;
	}
	return 0;
}

static int key_of(struct adding *a, const struct target *to,
	const struct cell *cells, str *out, struct err *e)
{
	str parts[REDIS_PARTS_MAX] = { { 0 } };

	for (size_t c = 0; c < to->n; c++) {
		if (to->columns[c].from == REDIS_FROM_PART)
			parts[to->columns[c].part] = cells[c].v.v;
		if (to->columns[c].from != REDIS_FROM_KEY)
			continue;
		*out = arena_dup(a->arena, cells[c].v.v);
		if (redis_pattern_match(&to->table.pattern, *out, parts))
			return 0;
	}
	if (redis_pattern_key(a->arena, &to->table.pattern, parts, out))
		return 0;
	return err_set(e, ERR_INVALID,
		"%s: a row whose values make no key of the pattern",
		to->table.what);
}

static void put_word(struct adding *a, struct row *r, str word)
{
	r->words[r->n++] = arena_dup(a->arena, word);
	a->size += word.n;
}

static void put_fields(struct adding *a, const struct target *to,
	const struct cell *cells, enum redis_from from, struct row *r)
{
	for (size_t c = 0; c < to->n; c++) {
		if (to->columns[c].from != from || cells[c].type == CELL_NULL)
			continue;
		put_word(a, r, to->columns[c].name);
		put_word(a, r, cells[c].v.v);
	}
}

static int put_row(struct adding *a, const struct target *to,
	const struct cell *cells, struct err *e)
{
	struct row *r = arena_one(a->arena, struct row);
	str key;

	must(2 * to->n + 2 <= REDIS_WORDS_MAX);
	if (key_of(a, to, cells, &key, e) < 0)
		return -1;
	r->what = to->table.what;
	r->words = arena_many(a->arena, str, 2 * to->n + 2);
	put_word(a, r, STR("hset"));
	put_word(a, r, key);
	put_fields(a, to, cells, REDIS_FROM_FIELD, r);
	if (r->n == 2)
		put_fields(a, to, cells, REDIS_FROM_PART, r);
	if (r->n == 2)
		return err_set(e, ERR_INVALID, "%s: a row without a field",
			to->table.what);
	*a->last = r;
	a->last = &r->next;
	a->rows_n++;
	return 0;
}

static int gather(struct adding *a, insert_fn *next, void *ctx, struct err *e)
{
	const struct cell *cells;
	size_t t;
	int rc;

	while ((rc = next(ctx, &t, &cells, e)) == 1) {
		must(t < a->n);
		if (put_row(a, &a->to[t], cells, e) < 0)
			return -1;
		if (a->size > ROWS_SIZE_MAX)
			return err_set(e, ERR_LIMIT,
				"more than %d MiB of rows at once",
				ROWS_SIZE_MAX >> 20);
	}
	return rc;
}

static int exists(const struct row *r, struct err *e)
{
	return err_set(
		e, ERR_CONFLICT, "%s: a row with such a key is there", r->what);
}

/* One key on two of the rows. */
static int check_twice(struct adding *a, struct err *e)
{
	struct key_set once = key_set_in(a->arena, a->rows_n);

	for (const struct row *r = a->first; r; r = r->next) {
		struct cell c = cell_text(r->words[1]);

		if (key_set_find(&once, c.v.v))
			return exists(r, e);
		key_set_add(&once, &c, 1, 0);
	}
	return 0;
}

static int check_absent(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	const struct row *row = ctx;

	return i == 1 && r->integer ? exists(row, e) : 0;
}

/* Watched first: who is faster makes the transaction fail. */
static int watch(struct adding *a, struct err *e)
{
	for (struct row *r = a->first; r; r = r->next) {
		const str watch_key[] = { STR("watch"), r->words[1] };
		const str exists_key[] = { STR("exists"), r->words[1] };

		redis_link_send(&a->conn->link, watch_key, 2);
		redis_link_send(&a->conn->link, exists_key, 2);
		if (redis_link_take(
			    &a->conn->link, 2, check_absent, r, r->what, e) < 0)
			return -1;
	}
	return 0;
}

static int check_done(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	(void)ctx;
	(void)i;
	if (r->type == REDIS_REPLY_NIL)
		return err_set(e, ERR_UNAVAILABLE,
			"somebody else added one of the rows");
	for (size_t k = 0; k < r->elements; k++)
		if (r->element[k]->type == REDIS_REPLY_ERROR)
			return redis_refused(r->element[k], "adding rows", e);
	return 0;
}

static int put_all(struct adding *a, struct err *e)
{
	str exec = STR("exec");

	if (redis_link_say(&a->conn->link, "multi", "adding rows", e) < 0)
		return -1;
	for (const struct row *r = a->first; r; r = r->next) {
		redis_link_send(&a->conn->link, r->words, r->n);
		if (redis_link_take(&a->conn->link, 1, NULL, NULL, r->what, e) <
			0)
			return -1;
	}
	redis_link_send(&a->conn->link, &exec, 1);
	return redis_link_take(
		&a->conn->link, 1, check_done, NULL, "adding rows", e);
}

static int add(struct adding *a, const struct insert_table *tables,
	insert_fn *next, void *ctx, struct err *e)
{
	if (prepare(a, tables, e) < 0 || gather(a, next, ctx, e) < 0)
		return -1;
	if (!a->rows_n)
		return 0;
	if (check_twice(a, e) < 0 || watch(a, e) < 0)
		return -1;
	return put_all(a, e);
}

int redis_insert(struct conn *conn, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct adding a = { .conn = redis_own(conn), .n = n };
	int rc;

	if (redis_may_write(a.conn, e) < 0)
		return -1;
	a.arena = arena_new(REDIS_SCRATCH_MAX);
	rc = add(&a, tables, next, ctx, e);
	if (rc)
		redis_link_give_up(&a.conn->link);
	else
		*added = (int64_t)a.rows_n;
	arena_free(a.arena);
	return rc;
}
