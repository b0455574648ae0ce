/*
 * "May I store this?", for records with their identifiers, before they are
 * stored.  Nothing is kept about who was asked about.
 */
#include "law/screen.h"
#include "api/body.h"
#include "api/call.h"
#include "connect/map.h"
#include "desk/corrections.h"
#include "desk/limit.h"
#include "desk/statements.h"
#include "desk/suppress.h"

/* Which of all identifiers are a record's, and what it is about to hold. */
struct record {
	size_t first;
	size_t n;
	bool has_system;
	struct new_record stored;
	struct statements said;
};

struct asked {
	struct suppress_query *at;
	size_t n;
	struct record *record;
	size_t records;
	struct map *map; /* NULL until a record names a system */
};

static str place(struct call *c, size_t record, size_t item, const char *member)
{
	return arena_fmt(c->q->arena, "records/%zu/identifiers/%zu%s", record,
		item, member);
}

static void read_item(struct call *c, struct asked *a, size_t record, size_t i,
	const json_t *item)
{
	static const char *const known[] = { "kind", "value" };
	struct suppress_query *q = &a->at[a->n++];
	str path = place(c, record, i, "/");

	if (!json_is_object(item)) {
		call_problem(c, place(c, record, i, ""), "type",
			"An identifier is an object with kind and value");
		return;
	}
	body_only(c, item, path, known, COUNTOF(known));
	q->value = body_text(c, item, path, "value");
	if (!ident_kind_read(body_text(c, item, path, "kind"), &q->kind))
		call_problem(c, place(c, record, i, "/kind"), "unknown",
			"This is one of the kinds of identifier, as email or "
			"phone");
}

static const json_t *identifiers_of(const json_t *record)
{
	return json_object_get(record, "identifiers");
}

/* --- what it is about to hold --- */

/* *out is NULL when the data map has no such system. */
static int system_of(struct call *c, struct asked *a, str name,
	const struct map_system **out, struct err *e)
{
	if (!a->map) {
		a->map = arena_one(c->q->arena, struct map);
		if (map_read(c->q->arena, c->desk->data_map, a->map, e))
			return -1;
	}
	*out = map_system_named(a->map, name);
	return 0;
}

static void read_cell(struct call *c, const struct map_system *s,
	const json_t *cell, str path, struct new_cell *out)
{
	static const char *const known[] = { "column", "value" };
	str column;

	if (!json_is_object(cell)) {
		call_problem(c, path, "type",
			"A value is an object with column and value");
		return;
	}
	path = arena_fmt(c->q->arena, "%.*s/", STR_ARG(path));
	body_only(c, cell, path, known, COUNTOF(known));
	out->at.value = body_text(c, cell, path, "value");
	column = body_text(c, cell, path, "column");
	if (!corrected_place_of(s, column, &out->at))
		call_problem(c,
			arena_fmt(c->q->arena, "%.*scolumn", STR_ARG(path)),
			"unknown",
			"This is table.column, as the data map calls them");
}

static int read_stored(struct call *c, struct asked *a, size_t i,
	const json_t *record, struct err *e)
{
	struct record *r = &a->record[i];
	const json_t *cells = json_object_get(record, "values");
	str path = arena_fmt(c->q->arena, "records/%zu/", i);
	const struct map_system *s;

	r->stored.system = body_text(c, record, path, "system");
	r->has_system = r->stored.system.n > 0;
	if (!r->has_system && !cells)
		return 0;
	if (system_of(c, a, r->stored.system, &s, e))
		return -1;
	if (!s) {
		call_problem(c,
			arena_fmt(c->q->arena, "%.*ssystem", STR_ARG(path)),
			"unknown", "This is a system of the data map");
		return 0;
	}
	r->stored.cells_n = json_array_size(cells);
	r->stored.cells =
		arena_many(c->q->arena, struct new_cell, r->stored.cells_n);
	for (size_t k = 0; k < r->stored.cells_n; k++)
		read_cell(c, s, json_array_get(cells, k),
			arena_fmt(c->q->arena, "%.*svalues/%zu", STR_ARG(path),
				k),
			&r->stored.cells[k]);
	return 0;
}

static int find_corrected(struct call *c, struct asked *a, struct err *e)
{
	for (size_t i = 0; i < a->records; i++) {
		struct record *r = &a->record[i];

		r->stored.ids = &a->at[r->first];
		r->stored.ids_n = r->n;
		if (corrections_apply(c->desk, &r->stored, e))
			return -1;
	}
	return 0;
}

static int find_statements(struct call *c, struct asked *a, struct err *e)
{
	size_t bytes = 0;
	bool is_any;

	if (statements_are_any(c->desk, &is_any, e))
		return -1;
	for (size_t i = 0; is_any && i < a->records; i++) {
		struct record *r = &a->record[i];

		if (statements_of(c->desk, &a->at[r->first], r->n, &r->said, e))
			return -1;
		bytes += r->said.bytes;
		if (statements_check_bytes(bytes, e))
			return -1;
	}
	return 0;
}

static void put_statements(struct json *j, const struct statements *s)
{
	if (!s->n)
		return;
	json_key(j, "statements");
	json_begin_array(j);
	for (size_t i = 0; i < s->n; i++) {
		json_begin_object(j);
		if (s->at[i].about.v.n)
			json_put(j, "about", s->at[i].about.v);
		json_put(j, "text", s->at[i].text.v);
		json_end(j);
	}
	json_end(j);
}

static void put_corrected(
	struct json *j, struct arena *a, const struct new_record *r)
{
	json_key(j, "corrected");
	json_begin_array(j);
	for (size_t i = 0; i < r->cells_n; i++) {
		const struct new_cell *cell = &r->cells[i];

		if (!cell->is_corrected)
			continue;
		json_begin_object(j);
		json_put(j, "column",
			arena_fmt(a, "%.*s.%.*s", STR_ARG(cell->at.table),
				STR_ARG(cell->at.column)));
		json_put(j, "value", cell->at.value);
		json_end(j);
	}
	json_end(j);
}

static void read_record(
	struct call *c, struct asked *a, size_t i, const json_t *record)
{
	static const char *const known[] = { "identifiers", "system",
		"values" };
	const json_t *all = identifiers_of(record);
	str path = arena_fmt(c->q->arena, "records/%zu/", i);

	a->record[i] =
		(struct record){ .first = a->n, .n = json_array_size(all) };
	if (!json_array_size(all)) {
		call_problem(c, arena_fmt(c->q->arena, "records/%zu", i),
			"missing",
			"A record is an object with a list of identifiers");
		return;
	}
	body_only(c, record, path, known, COUNTOF(known));
	for (size_t k = 0; k < json_array_size(all); k++)
		read_item(c, a, i, k, json_array_get(all, k));
}

static int read_records(struct call *c, struct asked *a, struct err *e)
{
	static const char *const known[] = { "records" };
	const json_t *root, *all;
	size_t n = 0;

	if (body_read(c, &root, e))
		return -1;
	body_only(c, root, STR(""), known, COUNTOF(known));
	all = json_object_get(root, "records");
	a->records = json_array_size(all);
	if (!a->records)
		call_problem(
			c, STR("records"), "missing", "There are no records");
	for (size_t i = 0; i < a->records; i++)
		n += json_array_size(identifiers_of(json_array_get(all, i)));
	if (n > LIMIT_API_BATCH)
		return err_set(e, ERR_LIMIT, "more than %d identifiers",
			LIMIT_API_BATCH);
	a->at = arena_many(c->q->arena, struct suppress_query, n);
	a->record = arena_many(c->q->arena, struct record, a->records);
	for (size_t i = 0; i < a->records; i++) {
		read_record(c, a, i, json_array_get(all, i));
		if (read_stored(c, a, i, json_array_get(all, i), e))
			return -1;
	}
	return c->problems.n ? -1 : 0;
}

/* What is known of a part of it holds for all of it; where nothing is known and
 * something can't be read, nobody knows. */
static void put_record(struct json *j, struct arena *arena,
	const struct asked *a, const struct record *r)
{
	uint32_t reasons = 0;
	int64_t unreadable = 0;

	for (size_t i = r->first; i < r->first + r->n; i++) {
		reasons |= a->at[i].reasons;
		unreadable += a->at[i].fault != IDENT_FAULT_NONE;
	}
	json_begin_object(j);
	json_put(j, "screen",
		!reasons && unreadable
			? STR("unreadable")
			: str_of(screen_code(screen_of(reasons))));
	json_key(j, "reasons");
	json_begin_array(j);
	for (size_t i = 0; i < reason_count(); i++)
		if (reasons & (uint32_t)reason_at(i)->reason)
			json_str(j, str_of(reason_at(i)->code));
	json_end(j);
	json_put_int(j, "unreadable", unreadable);
	if (r->has_system && screen_of(reasons) != SCREEN_BLOCKED)
		put_corrected(j, arena, &r->stored);
	put_statements(j, &r->said);
	json_end(j);
}

int screen_records(struct call *c, struct err *e)
{
	struct asked a = { 0 };
	struct json j;

	if (read_records(c, &a, e) || suppress_check(c->desk, a.at, a.n, e) ||
		find_corrected(c, &a, e) || find_statements(c, &a, e))
		return -1;
	j = json_to(&c->r->body);
	json_begin_object(&j);
	json_key(&j, "data");
	json_begin_array(&j);
	for (size_t i = 0; i < a.records; i++)
		put_record(&j, c->q->arena, &a, &a.record[i]);
	json_end(&j);
	json_end(&j);
	return 0;
}
