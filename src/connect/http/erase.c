/*
 * Erasing: first which of the rows are there, some at a time; then a call for
 * each.  So a second run asks for what the first one left, and nothing is called
 * erased that was not there.
 */
#include <string.h>

#include "base/base.h"
#include "connect/http/fill.h"
#include "connect/http/http.h"
#include "connect/keys.h"

enum { ROWS_AT_FIRST = 64 };

/* Rows that are there: their keys, and what the column to unlink holds. */
struct standing {
	struct arena *arena;
	struct cell *keys;
	struct cell *links;
	size_t n;
	size_t cap;
};

static void grow(struct standing *s)
{
	size_t cap = s->cap ? 2 * s->cap : ROWS_AT_FIRST;
	struct cell *keys = arena_many(s->arena, struct cell, cap);
	struct cell *links = arena_many(s->arena, struct cell, cap);

	if (s->n) {
		memcpy(keys, s->keys, s->n * sizeof *keys);
		memcpy(links, s->links, s->n * sizeof *links);
	}
	s->keys = keys;
	s->links = links;
	s->cap = cap;
}

static int take_standing(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct standing *s = ctx;

	(void)e;
	if (s->n == s->cap)
		grow(s);
	s->keys[s->n] = cell_dup(s->arena, &cells[0]);
	s->links[s->n++] = n > 1 ? cell_dup(s->arena, &cells[1])
				 : (struct cell){ .type = CELL_NULL };
	return 0;
}

static int find_standing(struct http_conn *c, const struct erase_step *step,
	struct standing *out, struct err *e)
{
	const struct map_table *t = step->table;
	str columns[2] = { t->columns[t->key].name };
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = 1,
		.where = columns[0],
		.values = step->keys,
		.values_n = step->keys_n };

	if (step->unlink)
		columns[q.columns_n++] = step->unlink->name;
	return http_look_up(&c->head, &q, take_standing, out, e);
}

/* One step under way. */
struct doing {
	struct http_conn *conn;
	const struct erase_step *step;
	const struct http_table *table;
	json_t *row; /* what is set */
	struct key_set targets;
	int64_t *changed;
};

/* 1 done, 0 the row is not there any more, -1. */
static int call_for(struct doing *d, const struct http_call *call,
	const struct cell *key, struct err *e)
{
	struct arena *a = arena_new(HTTP_ARENA_MAX);
	struct http_fill f = { .key = key, .row = d->row };
	struct wire_request q = { .call = call };
	struct wire_answer an = { 0 };
	str target = http_fill_target(a, call->target, &f);
	int rc;

	q.url = arena_fmt(
		a, "%.*s%.*s", STR_ARG(d->conn->recipe.url), STR_ARG(target));
	q.body = http_fill_body(a, call, &f);
	rc = target.n ? wire_ask(d->conn->wire, a, &q, &an, e)
		      : err_set(e, ERR_LIMIT, "a key that is too long");
	arena_free(a);
	return rc < 0 ? -1 : an.status < 400;
}

static int delete_row(struct doing *d, const struct cell *key, struct err *e)
{
	bool is_done = false;

	for (size_t i = 0; i < d->table->erase_n; i++) {
		int rc = call_for(d, &d->table->erase[i], key, e);

		if (rc < 0)
			return -1;
		is_done |= rc == 1;
	}
	*d->changed += is_done;
	return 0;
}

static int change_row(struct doing *d, const struct cell *key,
	const struct cell *link, struct err *e)
{
	int rc;

	if (d->step->unlink && (link->type == CELL_NULL ||
				       !key_set_find(&d->targets, link->v.v)))
		return 0;
	rc = call_for(d, d->table->set, key, e);
	*d->changed += rc == 1;
	return rc < 0 ? -1 : 0;
}

static int put_value(struct doing *d, const struct map_column *column,
	const struct cell *value, struct err *e)
{
	const struct http_column *c;

	if (http_column_of(d->table, column->name, &c, e) < 0)
		return -1;
	if (json_path_put(d->row, &c->path, http_json_of(value)))
		return 0;
	return err_set(e, ERR_INVALID,
		"the column \"%.*s\" stands in a list, and can't be changed by "
		"itself",
		STR_ARG(c->name));
}

/* What is sent for each row, and whether the recipe can. */
static int prepare(struct doing *d, struct arena *a, struct err *e)
{
	static const struct cell null = { .type = CELL_NULL };
	const struct erase_step *s = d->step;

	if (http_table_of(d->conn, s->table->name, &d->table, e) < 0)
		return -1;
	if (step_deletes(s))
		return d->table->erase_n ? 0
					 : err_set(e, ERR_INVALID,
						   "the recipe has no "
						   "\"erase\"");
	if (!d->table->set) {
		err_set(e, ERR_INVALID,
			"rows are to be changed, and the recipe has no "
			"\"set\"");
		return err_hint(e, "a row that stays loses its links to one "
				   "that goes");
	}
	d->row = json_object();
	if (s->unlink) {
		d->targets = key_set_in(a, s->targets_n);
		key_set_add(&d->targets, s->targets, s->targets_n, 0);
		return put_value(d, s->unlink, &null, e);
	}
	for (size_t i = 0; i < s->set_n; i++)
		if (put_value(d, s->set[i].column, &s->set[i].value, e) < 0)
			return -1;
	return 0;
}

static int do_step(struct doing *d, struct err *e)
{
	struct standing there = { .arena = arena_new(HTTP_ARENA_MAX) };
	int rc = prepare(d, there.arena, e);

	if (!rc)
		rc = find_standing(d->conn, d->step, &there, e);
	if (!rc)
		rc = step_need_own(d->step, (int64_t)there.n, e);
	for (size_t i = 0; i < there.n && !rc; i++)
		rc = step_deletes(d->step) ? delete_row(d, &there.keys[i], e)
					   : change_row(d, &there.keys[i],
						     &there.links[i], e);
	json_decref(d->row);
	arena_free(there.arena);
	return rc ? http_in_table(d->step->table->name, e) : 0;
}

int http_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct http_conn *c = http_own(conn);

	for (size_t i = 0; i < n; i++)
		erased[i] = 0;
	if (c->mode == CONN_READ)
		return err_set(e, ERR_DENIED,
			"the service is to be used for reading only");
	for (size_t i = 0; i < n; i++) {
		struct doing d = {
			.conn = c, .step = &steps[i], .changed = &erased[i]
		};

		if (do_step(&d, e) < 0)
			return -1;
	}
	return 0;
}
