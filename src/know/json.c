/*
 * data.json.  A value is null, a text or a number as it was; {"text", "base64"}
 * where its bytes are no plain text; {"held": true} or {"left_out": true} where
 * it is not given.
 */
#include "base/json.h"

#include "base/enc.h"
#include "know/build.h"
#include "know/files.h"
#include "know/value.h"

enum { KNOW_VERSION = 1 };

static void put_odd(struct json *j, struct arena *a, const struct know_value *v)
{
	json_begin_object(j);
	if (v->kind == KNOW_HELD)
		json_put_bool(j, "held", true);
	else if (v->kind == KNOW_LEFT_OUT)
		json_put_bool(j, "left_out", true);
	else {
		if (v->kind == KNOW_TEXT)
			json_put(j, "text", v->text);
		/* A copy is in the package once: it may be large. */
		if (v->file.n)
			json_put(j, "file", v->file);
		else
			json_put(j, "base64",
				base64_of(a, v->bytes.p, v->bytes.n));
	}
	json_end(j);
}

static void put_value(
	struct json *j, struct arena *a, const struct know_value *v)
{
	int64_t number;

	if (v->kind == KNOW_EMPTY)
		json_nil(j);
	else if (v->kind == KNOW_NUMBER && str_int(v->text, &number))
		json_int(j, number);
	else if (v->kind == KNOW_TEXT && !v->bytes.p)
		json_str(j, v->text);
	else
		put_odd(j, a, v);
}

static void put_about(struct json *j, const struct map_about *about)
{
	json_put(j, "source", about->source);
	json_put(j, "purpose", about->purpose);
	json_put(j, "retention", about->retention);
}

static void put_columns(struct json *j, const struct know_table *t)
{
	json_key(j, "columns");
	json_begin_array(j);
	for (size_t c = 0; c < t->columns.n; c++) {
		const struct know_column *column = &t->columns.at[c];

		json_begin_object(j);
		json_put(j, "name", column->map->name);
		json_put(j, "category", column->category);
		put_about(j, &column->about);
		json_put(j, "given_to", column->recipients);
		json_end(j);
	}
	json_end(j);
}

static void put_row(struct json *j, struct arena *a, const struct know_table *t,
	const struct know_row *r)
{
	json_begin_array(j);
	for (size_t c = 0; c < t->columns.n; c++)
		put_value(j, a, &r->values[c]);
	json_end(j);
}

void know_put_line(
	struct buf *b, const struct know_table *t, const struct know_row *r)
{
	struct json j = json_to(b);

	put_row(&j, b->arena, t, r);
	buf_putc(b, '\n');
}

static void put_table(
	struct json *j, struct arena *a, const struct know_table *t)
{
	json_begin_object(j);
	json_put(j, "system", t->place);
	json_put(j, "table", t->title);
	json_put(j, "file", know_csv_name(a, t));
	put_columns(j, t);
	if (t->is_apart) {
		json_put(j, "rows_file", know_lines_name(a, t));
		json_put_int(j, "rows_n", (int64_t)t->given);
	}
	json_key(j, "rows");
	json_begin_array(j);
	for (size_t r = 0; !t->is_apart && r < t->rows.n; r++)
		put_row(j, a, t, &t->rows.at[r]);
	json_end(j);
	json_put_int(j, "left_out_shared", (int64_t)t->shared_out);
	json_put_bool(j, "left_out_some", t->is_redacted);
	json_end(j);
}

static void put_held(struct json *j, const struct know *k)
{
	json_key(j, "held_and_not_shown");
	json_begin_array(j);
	for (size_t i = 0; i < k->held.n; i++) {
		json_begin_object(j);
		json_put(j, "what", k->held.at[i].sentence);
		json_put(j, "where", k->held.at[i].where);
		json_end(j);
	}
	json_end(j);
}

static void put_line(struct json *j, const struct know_line *l, bool is_given)
{
	char letter[] = { l->letter, '\0' };

	json_begin_object(j);
	json_put(j, "category", str_of(letter));
	json_put(j, "title", l->title);
	json_put(j, "purposes", l->purposes);
	if (is_given) {
		json_put(j, "given_to", l->parties);
	} else {
		json_put(j, "sources", l->sources);
		json_put(j, "retention", l->retention);
	}
	json_end(j);
}

static void put_lines(struct json *j, const char *key,
	const struct know_lines *lines, bool is_given)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < lines->n; i++)
		put_line(j, &lines->at[i], is_given);
	json_end(j);
}

static void put_given(struct json *j, const struct know *k, const char *key,
	const struct know_given *g)
{
	json_key(j, key);
	json_begin_object(j);
	put_lines(j, "categories", &g->kinds, true);
	json_key(j, "lists");
	json_begin_array(j);
	for (size_t i = 0; i < g->batches.n; i++) {
		const struct know_batch *b = g->batches.at[i];

		json_begin_object(j);
		json_put(j, "on", date_iso(k->arena, b->on));
		json_put(j, "to", know_own(k, b->title));
		json_put(j, "purpose", know_own(k, b->purpose));
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void put_case(struct json *j, const struct know *k)
{
	const struct know_case *c = k->of;

	json_put_int(j, "toyon_know", KNOW_VERSION);
	json_put(j, "business", c->business);
	json_put(j, "reference", c->reference);
	json_put(j, "language", str_of(k->words->code));
	json_put(j, "received_on", date_iso(k->arena, c->received_on));
	json_put(j, "made_on", date_iso(k->arena, c->made_on));
	json_put_bool(j, "has_pieces", c->is_specific);
	json_put_bool(j, "is_whole", k->is_whole);
}

static void put_range(struct json *j, const struct know *k)
{
	json_put(j, "from", date_iso(k->arena, k->of->range.from));
	json_put(j, "to", date_iso(k->arena, k->of->range.to));
	json_key(j, "not_by_date");
	json_begin_array(j);
	for (size_t i = 0; i < k->ranged.n; i++) {
		const struct know_ranged *r = &k->ranged.at[i];

		json_begin_object(j);
		json_put(j, "system", know_own(k, r->system->title));
		json_put(j, "table", know_own(k, r->map->holds));
		json_put_int(j, "other_days", (int64_t)r->outside);
		json_put_int(j, "without_day", (int64_t)r->undated);
		json_end(j);
	}
	json_end(j);
}

void know_put_json(struct buf *b, const struct know *k)
{
	struct json j = json_to(b);

	json_begin_object(&j);
	put_case(&j, k);
	if (!date_is_none(k->of->range.from))
		put_range(&j, k);
	put_held(&j, k);
	put_lines(&j, "collected", &k->collected, false);
	put_given(&j, k, "sold_or_shared", &k->sold);
	put_given(&j, k, "disclosed_for_a_business_purpose", &k->gave);
	json_key(&j, "not_searched");
	json_begin_array(&j);
	for (size_t i = 0; i < k->in->unsearched_n; i++)
		json_str(&j, know_own(k, k->in->unsearched[i]));
	for (size_t i = 0; i < k->in->map->systems_n; i++)
		if (k->in->map->systems[i].is_exempt)
			json_str(&j, know_own(k, k->in->map->systems[i].title));
	json_end(&j);
	json_key(&j, "tables");
	json_begin_array(&j);
	for (size_t i = 0; i < k->tables.n; i++)
		put_table(&j, b->arena, &k->tables.at[i]);
	json_end(&j);
	json_end(&j);
	buf_putc(b, '\n');
}
