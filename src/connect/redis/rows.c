/*
 * Look-ups.  A value that is a row's key, or the part of it that the pattern
 * needs, is asked for at once.  Everything else is a scan of all keys: SCAN, which
 * lets others in between, never KEYS.  It is complete for keys that are there from
 * its beginning to its end; a key that it tells twice is one row of a look-up (of
 * a reading of all rows it may be two).
 */
#include <inttypes.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/matcher.h"
#include "connect/redis/session.h"

enum {
	SCAN_COUNT = 1000,    /* keys that the server looks at, at once */
	FETCH_AT_ONCE = 32,   /* rows on their way */
	FIRST_SEEN_MAX = 256, /* grows */
	WORD_MAX = 24,
};

struct look {
	struct redis_conn *conn;
	struct redis_table table;
	struct matcher matcher;
	row_fn *fn;
	void *ctx;
	struct arena *arena;          /* of the call */
	struct arena *batch;          /* of some keys */
	struct redis_column *columns; /* those of the query, then `where` */
	size_t columns_n;
	struct redis_column *where; /* NULL: all rows */
	str *words;                 /* HMGET, a key, the fields */
	size_t words_n;
	struct key_set seen; /* keys whose rows were handed out */
	size_t seen_max;
	uint64_t rows_n;
	size_t handed_out;
};

/* Some keys, as the server told them or as values make them. */
struct keys {
	str *at;
	size_t n;
};

static struct cell cell_of(str v)
{
	struct cell c = cell_by_look(v);

	if (!str_is_utf8(v))
		c.type = CELL_BLOB;
	return c;
}

static str text_of(const redisReply *r)
{
	return (str){ r->str, r->len };
}

static bool is_enough(const struct look *l)
{
	const struct row_query *q = l->matcher.query;

	return q->is_all && q->rows_max && l->handed_out >= q->rows_max;
}

/* --- rows by their keys --- */

struct fetch {
	struct look *look;
	const struct keys *keys;
	bool is_gone; /* the key whose fields come next */
};

/* The cell of a column of the row with that key; r has the fields in order. */
static struct cell column_cell(const struct redis_column *c, str key,
	const str *parts, const redisReply *r, size_t *field)
{
	const redisReply *f;

	if (c->from == REDIS_FROM_KEY)
		return cell_of(key);
	if (c->from == REDIS_FROM_PART)
		return cell_of(parts[c->part]);
	f = r->element[(*field)++];
	return f->type == REDIS_REPLY_STRING ? cell_of(text_of(f))
					     : (struct cell){ 0 };
}

static bool is_first_time(struct look *l, str key)
{
	struct cell c = { .type = CELL_TEXT };
	struct key_set more;

	if (key_set_find(&l->seen, key))
		return false;
	if (l->seen.n == l->seen_max) {
		l->seen_max *= 2;
		more = key_set_in(l->arena, l->seen_max);
		for (size_t i = 0; i < l->seen.n; i++) {
			c.v.v = l->seen.at[i].text;
			key_set_add(&more, &c, 1, 0);
		}
		l->seen = more;
	}
	c.v.v = arena_dup(l->arena, key);
	key_set_add(&l->seen, &c, 1, 0);
	return true;
}

static int take_fields(
	struct look *l, str key, const redisReply *r, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 2];
	str parts[REDIS_PARTS_MAX];
	size_t field = 0;

	must(l->columns_n <= COUNTOF(cells));
	must(redis_pattern_match(&l->table.pattern, key, parts));
	l->rows_n++;
	for (size_t i = 0; i < l->columns_n; i++) {
		cells[i] = column_cell(&l->columns[i], key, parts, r, &field);
		l->columns[i].is_there |= cells[i].type != CELL_NULL;
	}
	if (l->where && (!matcher_takes(&l->matcher, &cells[q->columns_n]) ||
				!is_first_time(l, key)))
		return 0;
	if (is_enough(l))
		return 0;
	l->handed_out++;
	for (size_t i = 0; i < q->columns_n; i++)
		cell_cut(&cells[i], q->cell_max);
	return l->fn(l->ctx, cells, q->columns_n, e);
}

/* HLEN says whether the row is there, whatever its fields are. */
static int take_row(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct fetch *f = ctx;

	if (i % 2 == 0) {
		f->is_gone = r->integer == 0;
		return 0;
	}
	if (f->is_gone)
		return 0;
	if (r->type != REDIS_REPLY_ARRAY || r->elements != f->look->words_n - 2)
		return err_set(e, ERR_UNAVAILABLE, "%s: half an answer",
			f->look->table.what);
	return take_fields(f->look, f->keys->at[i / 2], r, e);
}

static int fetch(struct look *l, const struct keys *keys, struct err *e)
{
	for (size_t at = 0; at < keys->n; at += FETCH_AT_ONCE) {
		struct keys some = { keys->at + at, keys->n - at };
		struct fetch f = { l, &some, false };

		if (some.n > FETCH_AT_ONCE)
			some.n = FETCH_AT_ONCE;
		for (size_t i = 0; i < some.n; i++) {
			str length[] = { STR("hlen"), some.at[i] };

			redis_link_send(&l->conn->link, length, 2);
			l->words[1] = some.at[i];
			redis_link_send(&l->conn->link, l->words, l->words_n);
		}
		if (redis_link_take(&l->conn->link, 2 * some.n, take_row, &f,
			    l->table.what, e) < 0)
			return -1;
	}
	return 0;
}

/* --- which keys --- */

/* Only the column that is looked at, of many rows: nearly none will match. */
struct probe {
	struct look *look;
	const struct keys *keys;
	struct keys *hits;
};

static int take_value(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct probe *p = ctx;
	struct cell c;

	(void)e;
	p->look->rows_n++;
	if (r->type != REDIS_REPLY_STRING)
		return 0;
	p->look->where->is_there = true;
	c = cell_of(text_of(r));
	if (matcher_takes(&p->look->matcher, &c))
		p->hits->at[p->hits->n++] = p->keys->at[i];
	return 0;
}

static int probe_fields(struct look *l, const struct keys *keys,
	struct keys *hits, struct err *e)
{
	for (size_t at = 0; at < keys->n; at += REDIS_AT_ONCE) {
		struct keys some = { keys->at + at, keys->n - at };
		struct probe p = { l, &some, hits };

		if (some.n > REDIS_AT_ONCE)
			some.n = REDIS_AT_ONCE;
		for (size_t i = 0; i < some.n; i++) {
			str words[] = { STR("hget"), some.at[i],
				l->where->name };

			redis_link_send(&l->conn->link, words, 3);
		}
		if (redis_link_take(&l->conn->link, some.n, take_value, &p,
			    l->table.what, e) < 0)
			return -1;
	}
	return 0;
}

static void probe_keys(
	const struct look *l, const struct keys *keys, struct keys *hits)
{
	for (size_t i = 0; i < keys->n; i++) {
		str parts[REDIS_PARTS_MAX];
		struct cell c = cell_of(keys->at[i]);

		must(redis_pattern_match(
			&l->table.pattern, keys->at[i], parts));
		if (l->where->from == REDIS_FROM_PART)
			c = cell_of(parts[l->where->part]);
		if (matcher_takes(&l->matcher, &c))
			hits->at[hits->n++] = keys->at[i];
	}
}

static int look_at_keys(struct look *l, const struct keys *keys, struct err *e)
{
	struct keys hits = { arena_many(l->batch, str, keys->n), 0 };

	if (!l->where)
		return fetch(l, keys, e);
	if (l->where->from != REDIS_FROM_FIELD)
		probe_keys(l, keys, &hits);
	else if (probe_fields(l, keys, &hits, e) < 0)
		return -1;
	return fetch(l, &hits, e);
}

struct scan {
	struct look *look;
	struct keys keys;
	char cursor[WORD_MAX];
};

/* The next cursor, and keys that are taken over when the pattern means them. */
static int take_keys(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct scan *s = ctx;
	const redisReply *keys;

	(void)i;
	if (r->type != REDIS_REPLY_ARRAY || r->elements != 2 ||
		r->element[0]->len >= WORD_MAX)
		return err_set(e, ERR_UNAVAILABLE, "%s: half an answer",
			s->look->table.what);
	memcpy(s->cursor, r->element[0]->str, r->element[0]->len + 1);
	keys = r->element[1];
	s->keys =
		(struct keys){ arena_many(s->look->batch, str, keys->elements),
			0 };
	for (size_t k = 0; k < keys->elements; k++) {
		str key = text_of(keys->element[k]), parts[REDIS_PARTS_MAX];

		if (redis_pattern_match(&s->look->table.pattern, key, parts))
			s->keys.at[s->keys.n++] =
				arena_dup(s->look->batch, key);
	}
	return 0;
}

static int scan_once(struct scan *s, str glob, struct err *e)
{
	struct look *l = s->look;
	const str words[] = { STR("scan"), str_of(s->cursor), STR("match"),
		glob, STR("count"), arena_fmt(l->batch, "%d", SCAN_COUNT) };

	redis_link_send(&l->conn->link, words, COUNTOF(words));
	if (redis_link_take(&l->conn->link, 1, take_keys, s, l->table.what, e) <
		0)
		return -1;
	return look_at_keys(l, &s->keys, e);
}

/* A field that no row has is mostly a wrong name. */
static int check_fields(const struct look *l, struct err *e)
{
	for (size_t i = 0; l->rows_n && i < l->columns_n; i++) {
		const struct redis_column *c = &l->columns[i];
		bool was_asked = !l->where || c == l->where;

		if (c->is_there || c->is_optional || !was_asked ||
			c->from != REDIS_FROM_FIELD)
			continue;
		err_set(e, ERR_INVALID, "%s: no row has a field \"%.*s\"",
			l->table.what, STR_ARG(c->name));
		return err_hint(e, "compare the data map with the server; what "
				   "few rows have is marked as optional");
	}
	return 0;
}

static int scan(struct look *l, struct err *e)
{
	struct scan s = { .look = l, .cursor = "0" };
	str glob = redis_pattern_glob(l->arena, &l->table.pattern);
	int rc;

	do {
		if (arena_used(l->batch))
			arena_clear(l->batch);
		rc = scan_once(&s, glob, e);
	} while (!rc && strcmp(s.cursor, "0") && !is_enough(l));
	return rc || is_enough(l) ? rc : check_fields(l, e);
}

static int look_up(struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct keys keys = { arena_many(l->arena, str, q->values_n), 0 };

	for (size_t i = 0; i < q->values_n; i++)
		if (q->values[i].type != CELL_NULL &&
			redis_key_of(l->arena, &l->table, l->where,
				q->values[i].v.v, &keys.at[keys.n]))
			keys.n++;
	return fetch(l, &keys, e);
}

/* A key tells at once whether the row is there; one in any spelling doesn't. */
static bool is_direct(const struct look *l)
{
	return l->where && l->matcher.query->match != MATCH_IDENT &&
	       redis_column_tells_key(&l->table, l->where);
}

static int prepare(struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	size_t n = q->columns_n + !q->is_all;

	if (redis_table_named(l->conn, l->arena, q->table, &l->table, e) < 0)
		return -1;
	l->columns = arena_many(l->arena, struct redis_column, n);
	l->columns_n = n;
	l->words = arena_many(l->arena, str, n + 3);
	l->words[0] = STR("hmget");
	l->words_n = 2;
	for (size_t i = 0; i < n; i++) {
		struct redis_column *c = &l->columns[i];

		if (redis_column_named(&l->table,
			    i < q->columns_n ? q->columns[i] : q->where, c,
			    e) < 0)
			return -1;
		if (c->from == REDIS_FROM_FIELD)
			l->words[l->words_n++] = c->name;
	}
	l->where = q->is_all ? NULL : &l->columns[n - 1];
	/* It takes one at least. */
	if (l->words_n == 2)
		l->words[l->words_n++] = STR("-");
	l->seen = key_set_in(l->arena, l->seen_max);
	return 0;
}

int redis_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct look l = { .conn = redis_own(conn),
		.fn = fn,
		.ctx = ctx,
		.arena = arena_new(REDIS_SCRATCH_MAX),
		.batch = arena_new(REDIS_SCRATCH_MAX),
		.seen_max = FIRST_SEEN_MAX };
	int rc;

	l.matcher = matcher_of(l.arena, q);
	rc = prepare(&l, e);
	if (!rc)
		rc = is_direct(&l) ? look_up(&l, e) : scan(&l, e);
	arena_free(l.batch);
	arena_free(l.arena);
	return rc;
}

int redis_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	struct look l = {
		.conn = redis_own(conn), .arena = a, .seen_max = FIRST_SEEN_MAX
	};
	struct buf b = buf_in(a, 1 << 16);

	l.matcher = matcher_of(a, q);
	if (prepare(&l, e) < 0)
		return -1;
	if (!is_direct(&l))
		buf_fmt(&b, "SCAN MATCH %.*s; ",
			STR_ARG(redis_pattern_glob(a, &l.table.pattern)));
	if (l.where && l.where->from == REDIS_FROM_FIELD)
		buf_fmt(&b, "HGET of each, \"%.*s\"; ", STR_ARG(l.where->name));
	buf_puts(&b, "HMGET ?");
	for (size_t i = 2; i < l.words_n; i++)
		buf_fmt(&b, " \"%.*s\"", STR_ARG(l.words[i]));
	*out = buf_str(&b);
	return 0;
}
