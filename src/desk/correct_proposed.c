#include "desk/correct_proposed.h"

#include "base/json.h"
#include "desk/correct_keep.h"

enum { TEXT_MAX = 4 << 20 };

/* --- kept --- */

static void put_cells(struct json *j, const struct correcting *c)
{
	json_key(j, "cells");
	json_begin_array(j);
	for (size_t i = 0; i < c->typed_n; i++) {
		const struct correct_typed_cell *t = &c->typed[i];

		json_begin_object(j);
		json_put_int(j, "table", (int64_t)t->place.table);
		json_put_int(j, "row", (int64_t)t->place.row);
		json_put_int(j, "column", (int64_t)t->place.column);
		json_put(j, "value", t->value);
		json_put_bool(j, "is_emptied", t->is_emptied);
		json_end(j);
	}
	json_end(j);
}

str correct_proposal(struct arena *a, const struct correcting *c)
{
	struct buf b = buf_in(a, TEXT_MAX);
	struct json j = json_to(&b);
	const struct correction *k = c->c;

	json_begin_object(&j);
	json_put(&j, "seen", k->seen);
	json_put(&j, "done", k->done);
	json_put(&j, "source", k->source);
	json_put_bool(&j, "is_part", k->is_part);
	json_put_bool(&j, "health", k->health.is);
	json_put(&j, "health_items", k->health.items);
	json_put_bool(&j, "has_told", k->has_told);
	if (instead_allows(k->instead))
		json_put(&j, "instead", str_of(instead_row(k->instead)->code));
	json_put(&j, "instead_why", k->instead_why);
#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	json_put(&j, #name, k->weighed.name.v);
#include "desk/tbl/circumstances.h"
	put_cells(&j, c);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

/* --- read --- */

static bool says(const json_t *root, const char *key)
{
	return json_is_true(json_object_get(root, key));
}

static struct correction words_of(const json_t *root)
{
	return (struct correction){
		.seen = json_text(root, "seen"),
		.done = json_text(root, "done"),
		.source = json_text(root, "source"),
		.is_part = says(root, "is_part"),
		.health = { says(root, "health"),
			json_text(root, "health_items") },
		.has_told = says(root, "has_told"),
		.instead = instead_of(json_text(root, "instead")),
		.instead_why = json_text(root, "instead_why"),
		.weighed = {
#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	.name = { json_text(root, #name) },
#include "desk/tbl/circumstances.h"
		},
	};
}

static struct correct_typed_cell cell_of(const json_t *x)
{
	return (struct correct_typed_cell){
		.place = { (size_t)json_number(x, "table", 0),
			(size_t)json_number(x, "row", 0),
			(size_t)json_number(x, "column", 0) },
		.value = json_text(x, "value"),
		.is_emptied = says(x, "is_emptied"),
	};
}

static int read_proposal(struct arena *a, str text, str seen,
	struct correct_proposed *out, struct err *e)
{
	const json_t *cells;
	json_t *root;

	if (json_read(a, text, TEXT_MAX, &root, e))
		return -1;
	cells = json_object_get(root, "cells");
	out->is = true;
	out->words = words_of(root);
	out->is_same = str_eq(out->words.seen, seen);
	if (!out->is_same)
		return 0;
	out->n = json_array_size(cells);
	out->at = arena_many(a, struct correct_typed_cell, out->n);
	for (size_t i = 0; i < out->n; i++)
		out->at[i] = cell_of(json_array_get(cells, i));
	return 0;
}

int correct_proposed(struct desk *d, str reference, str seen,
	struct correct_proposed *out, struct err *e)
{
	struct record r;
	str text;

	*out = (struct correct_proposed){ .is = false };
	if (desk_need(d, PERM_REVEAL, e) || record_need(d, reference, &r, e) ||
		second_look(d, r.row.id, &out->second, e))
		return -1;
	if (!out->second.is_waiting || out->second.is_denial ||
		kind_row(r.kind)->flow != FLOW_CORRECT)
		return 0;
	if (second_details(d, &r, &text, e))
		return -1;
	return text.n ? read_proposal(d->arena, text, seen, out, e) : 0;
}

const struct correct_typed_cell *correct_proposed_at(
	const struct correct_proposed *p, const struct correct_place *at)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct correct_place *q = &p->at[i].place;

		if (q->table == at->table && q->row == at->row &&
			q->column == at->column)
			return &p->at[i];
	}
	return NULL;
}
